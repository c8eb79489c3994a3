"""Meetings told by who is there: three states or more, each named or through its official, that meet, call or sign.

"Keir Starmer, Emmanuel Macron and Friedrich Merz sat down with the Ukrainian president", "the Secretary met with
Japanese Minister A and Korean Minister B": neither a group nor a body is named, yet the list says how many sides met.
"""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_beside import aside, at_margin
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention, Span
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screened

# Fewer states are no multinational meeting.
LEAST_STATES = 3
# In how many sentences from its headline on a talk comes to its matter.
_GREETINGS = 8
# A readout tells of its call in its first sentences, after the headline and whom it is attributable to.
_OPENING = 5
_MET = Screened(
    r"\b(?:(?:met|will meet|are to meet|meets?|gathered|convened|conferred)\b|"
    r"(?P<call>spoke|talked)(?= (?:by|on|via|over|together|jointly|today|yesterday|with|virtually|earlier|again|"
    r"this (?:morning|afternoon|evening))\b)|"
    r"joined (?=(?:[\w'-]+ ){1,5}?(?:at|in|for)\b)|"
    r"(?<=for )(?:their|an?|the) (?:[\w-]+ ){0,3}?(?:summit|meeting|talks|round|session)\b|"
    r"(?:sat|sit|sitting) down\b|got together\b|(?:held|holds?|holding|hosts?|hosted|hosting)"
    r"(?= (?:[\w'-]+ ){0,6}?(?:talks|meetings?|calls?|consultations|trilateral|summit|dialogue|video ?conference)\b)|"
    r"(?P<host>hosts?|hosted|hosting|welcomes?|welcomed|receives?|received)\b)"
)
_TOOK_PART = Screened(r"\b(?:took part|attended|participated|were (?:also )?(?:present|represented|there))\b")
# What the list of those who met may not run over.
_SAID = re.compile(
    r"\b(?:said|says|told|tells|wrote|warned|added|announced|pledged|visited|flew|accused|called|praised|thanked|"
    r"since|because|although|if|that|which|when|where|after|until|ahead|not|never)\b|[;\u2014]"
)
# "met President A of B, Chancellor C of D", "will host the presidents of A, B and C": those met follow at once.
_GUESTS = re.compile(
    r" (?:today |yesterday )?(?:(?=[A-Z])|(?:the |his |her |its |their )?(?:[\w'-]+ ){0,3}?"
    r"(?:[Ll]eaders|[Pp]residents|[Pp]rime [Mm]inisters|(?<![Pp]rime )[Mm]inisters|[Cc]ounterparts|"
    r"[Aa]dvis[eo]rs|[Cc]hiefs|[Ss]ecretaries|[Dd]irectors|[Hh]eads of (?:[Ss]tate|[Gg]overnment)) (?:of|from) )"
)
_TITLED = re.compile(r" (?:today |yesterday )?(?:(?:[A-Z][\w.'-]*|of|and|for|the) )*")
# How, when and where, up to "with": "met virtually while in Brussels today with", "met today on the sidelines of the
# ministerial in Oslo, Norway, with", "spoke, ahead of next week's summit, with".
_WORD = r"(?!with\b|to\b|and\b|about\b|that\b|who\b|which\b|but\b|after\b|before\b|as\b)[\w'.-]+,?"
_OCCASION = (
    r"(?:,? (?:on|at) the (?:sidelines|margins|fringes) of|, (?:ahead of|prior to|before|after|during|following|amid))"
    r"(?: (?!with\b|to [a-z]|that\b|who\b|which\b|where\b|when\b|he\b|she\b|they\b|[a-z]+ing\b)[\w'.&-]+,?){1,18}?"
)
_WITH = re.compile(rf"(?: {_WORD}){{0,9}}?(?:{_OCCASION}(?: {_WORD}){{0,3}}?)? with ")
_LIST_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\b[JSDM]r)(?<!\bMs)(?<!\bGen)(?<!\bAdm)\.|[;\u2014]|\b(?:to|who|which|where|when|while|ahead|before|after|following|about|regarding|amid|"
    r"and (?:said|discussed|agreed))\b|\bfor a\b"
)
# "Readout of the President's Call with European Leaders": the headline says that there was one call.
_ONE_CALL = re.compile(
    r"\b(?:[Rr]eadout|READOUT|[Ss]tatement)\b.*\b(?i:call|conversation|video ?conference|teleconference)\b|"
    r"'s (?:[A-Z]\w+ ){0,2}(?:Call|Conversation|Video ?[Cc]onference|Teleconference)\b"
)
# "Readout of the Secretary's Meeting with A and B", "Trilateral Meeting": and that there was one meeting.
_ONE_MEETING = re.compile(
    r"\b(?:[Rr]eadout|READOUT|[Ss]tatement)\b.*\b(?:[Mm]eeting|[Ss]ummit|[Vv]isit)\b|"
    r"'s? (?:[A-Z]\w+ ){0,3}(?:[Mm]eeting|[Ss]ummit)\b|\b[Tt]rilateral\b"
)
# One after the other, or in pairs.
_APART = re.compile(
    r"\b(?:sidelines?|margins?|fringes|separate(?:ly)?|individual(?:ly)?|bilateral(?:ly)?|respectively|in turn|each|"
    r"one-on-one|not (?:just|only)|[Aa]mong other(?:s| things)|also met|then met|as well as with|courtesy|series of)\b"
)
_TOGETHER = re.compile(r"\b(?:tri|quadri)lateral|\b(?:three|four|five)-way\b|\btogether\b|\bjointly\b|\bjoint call\b")
# "heads of government from seven European countries"
_COUNTED = re.compile(
    r"\b(?:from|of) (?:some |about |around |more than |over |the )?(?:three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|a dozen|[3-9]|[1-4]\d) (?:[A-Z]\w+ |other |allied )?(?:countries|nations|states)\b"
)
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]he (?:Vice )?(?:President|Secretary))\b(?= )")
# "spoke with the leaders of allied countries": more than one, whoever they are.
_OF_ALLIES = re.compile(
    r"\b(?:leaders|heads|ministers|chiefs|secretaries|advis[eo]rs) of (?:the )?(?:allied|partner|European|NATO) "
    r"(?:and partner )?(?:countries|nations|states|allies)\b"
)
_CALL = re.compile(r"\b[Tt]he (?P<call>call|conversation) (?:included|involved|brought together|was joined by) ")
_BETWEEN = re.compile(
    r"(?:,? (?:too|also|as well),?)? (?:today |yesterday )?"
    r"(?:(?:in|at|on) (?:the )?[A-Z\d][\w-]+(?:,? [A-Z\d][\w-]+){0,2},? )?"
    r"(?:between|among|of|(?P<with>with)) "
    r"(?:(?:close |key |fellow |other )?(?:allies|partners|counterparts|colleagues): )?"
)
_BEFORE = re.compile(
    r" (?:Before|before|Prior to|prior to|Ahead of|ahead of|After|after|Following|at|At) (?:[A-Z][\w-]+ |an? ){0,3}$"
)
_AND = re.compile(r"\band\b|&")
_JOINT = re.compile(r"[-\u2013/]")
_TO_HEAD = re.compile(r" (?:(?!and |or )[\w'+-]+ ){0,4}")
# "in Tokyo, Japan", "support for Ukraine": no state that meets.
_BESIDE = re.compile(
    r"(?:\b(?:in|at|near|to|against|over|on|for|about|into|around|toward|towards|outside|across|inside|within|"
    r"off) (?:the |eastern |western |northern |southern )?(?:[A-Z][\w-]+, )?|\b[A-Z][a-z]+, D\.?C\.?, )$"
)
# Parts of a realm with a government of their own.
_TERRITORIES = frozenset(["AX", "FO", "GL", "GI", "HK", "PR"])
ADVERSARIES = frozenset(["RU", "BY", "KP", "IR", "CN", "PS"])
_MATTER = re.compile(
    r"\b(?:defen[cs]e|military|weapons?|arms|ammunition|security(?! of)|deterrence|missiles?|NATO|drones?|"
    r"troops|mines?|warships?|navies)\b",
    re.I,
)
_INAUGURAL = re.compile(r"\binaugural\b", re.I)
_OF_THREE = re.compile(r"\b(?:trilateral|three-way|three-sided)\b", re.I)
_MANY_SIDED = re.compile(
    r"\b(?:[Tt]rilateral|TRILATERAL|[Qq]uadrilateral|[Tt]hree-way|[Ff]our-way|[Ff]ive-way|[Tt]hree-sided|"
    r"(?:U\.S\.|US|UK)[-\u2013](?:Nordic|Baltic))\b"
)


def on_one_call(reading: Reading, sentence: Sentence) -> bool:
    """Does a sentence open the readout of a single call?"""
    return _headed(reading, sentence, _ONE_CALL)


def _headed(reading: Reading, sentence: Sentence, pattern: re.Pattern[str]) -> bool:
    """Does a sentence stand at the opening of a text with a headline of such words?"""
    titles = [s for s in reading.sentences[:2] if s.is_title]
    return sentence.index < _OPENING and any(pattern.search(s.text) for s in titles)


def of_group(
    reading: Reading, sentence: Sentence, here: list[MeetingMention], groups: list[GroupMention]
) -> list[MeetingMention]:
    """Rule meeting-called: "spoke today with officials from the Bucharest Nine", in the readout of one call with it."""
    match = _MET.search(sentence.text) if on_one_call(reading, sentence) else None
    if match is None or match["call"] is None:
        return []
    start, end = sentence.start + match.start(), sentence.start + match.end()
    reach = _list_end(reading, sentence, (start, end))
    titled = [g for g in groups if any(s.is_title and s.start <= g.start < s.end for s in reading.sentences[:2])]
    called = [g for g in groups if end <= g.start < reach] or titled
    if not called or any(m.kind == "verb" and m.start <= start < m.end for m in here):
        return []
    return [MeetingMention("verb", start, end, start, end, sentence, group=called[0], clause=True)]


def states_in(reading: Reading, persons: People, start: int, end: int) -> dict[str, Span]:
    """The states that a span names as parties, by name, by adjective or through an official of theirs, with where."""
    found: dict[str, Span] = {}
    for hit in reading.hits_in(start, end):
        entry = hit.get("nation", "demonym")
        if entry is not None and not _BESIDE.search(reading.view, max(0, hit.start - 40), hit.start):
            found.setdefault(entry.value, (hit.start, hit.end))
    for person, mention in persons.between(start, end):
        if person.affiliation is not None and len(person.affiliation) == 2:
            found.setdefault(person.affiliation, (mention.start, mention.end))
    return {state: span for state, span in found.items() if state not in _TERRITORIES}


def of_parties(
    reading: Reading,
    persons: People,
    sentence: Sentence,
    here: list[MeetingMention],
    grouped: bool,
    roll: dict[str, Span],
) -> list[MeetingMention]:
    """Rule meeting-parties: who is listed met; a mention `here` that the clause leads to is told of several sides.

    Where a group is named next to it (`grouped`), it is that group's meeting, which other rules read. Who met at the
    one meeting of a readout may be told further down, on a `roll`.
    """
    if sentence.is_title or grouped:
        return []
    one_call = on_one_call(reading, sentence)
    one = one_call or _headed(reading, sentence, _ONE_MEETING)
    for match in _MET.finditer(sentence.text):
        verb = (sentence.start + match.start(), sentence.start + match.end())
        company = _company(reading, persons, sentence, verb, match["host"] is not None)
        if company is None:
            continue
        reach = company[1]
        named = [m for m in here if m.kind != "anaphor" and not aside(reading, m)]
        if any(m.group or m.organisation for m in named):
            continue
        # "A and B flew to Jerusalem for their tenth summit with C": who flew meets.
        theirs = match.group().startswith("their ")
        floor = sentence.start if theirs else _clause_start(reading, sentence, verb[0])
        apart = match["call"] is not None and not one_call
        sides = _several(reading, persons, sentence, (floor, verb[0]), company, apart, one)
        if sides is None and one:
            sides = _with_roll(reading, persons, (floor, verb[0]), roll)
        if sides is None:
            continue
        # "on the sidelines of the security conference": what others held is no meeting by itself.
        here[:] = [m for m in here if m.group or m.organisation or m.body or not aside(reading, m)]
        if one_call and match["call"] is not None:
            # What stands in the list of who was called is no meeting of theirs.
            here[:] = [m for m in here if not verb[1] <= m.start < reach]
        # "held their inaugural trilateral meeting" is no meeting before the one at hand, as "held since the last" is.
        led_to = [m for m in here if m.start >= verb[0] - 1 and m.start - max(verb[1], reach) < 90]
        led_to = [m for m in led_to if not aside(reading, m)]
        led_to = [m for m in led_to if not m.when or _INAUGURAL.search(reading.view, m.left, m.start)]
        for mention in led_to[:1] or [m for m in here if m.start <= verb[0] < m.end][:1]:
            mention.states, mention.plural = True, False
            mention.kind = "noun" if mention.kind == "anaphor" else mention.kind
            mention.sides = sides
            return []
        if any(m.kind != "anaphor" for m in named):
            return []
        made = MeetingMention("verb", verb[0], verb[1], verb[0], max(verb[1], reach), sentence, clause=True)
        made.states, made.sides = True, sides
        return [made]
    return []


def _with_roll(reading: Reading, persons: People, subject: Span, roll: dict[str, Span]) -> dict[str, Span] | None:
    """Who met at the one meeting of a readout, and who is on its roll; None where they are fewer than three."""
    doers = states_in(reading, persons, *subject)
    both = roll | doers
    return both if doers and len(both) >= LEAST_STATES and not both.keys() & ADVERSARIES else None


def call_of(reading: Reading, persons: People, sentence: Sentence) -> list[MeetingMention]:
    """Rule meeting-call: "the call included the leaders of A, B and C" was of several."""
    match = _CALL.search(sentence.text)
    if match is None or sentence.is_title:
        return []
    start, end = sentence.start + match.start("call"), sentence.start + match.end("call")
    states = states_in(reading, persons, end, sentence.end)
    if len(states) < LEAST_STATES or states.keys() & ADVERSARIES:
        return []
    return [MeetingMention("noun", start, end, start, end, sentence, definite=True, states=True)]


def take_part(reading: Reading, persons: People, sentence: Sentence, last: MeetingMention) -> None:
    """Rule meeting-attended: after "a meeting in Helsinki", "ministers of A, B and C took part" says how many met."""
    if last.states or last.group is not None or last.organisation is not None or last.sentence.is_title:
        return
    match = _TOOK_PART.search(sentence.text)
    if match is None:
        return
    states = states_in(reading, persons, sentence.start, sentence.start + match.start())
    if len(states) >= LEAST_STATES and not states.keys() & ADVERSARIES:
        last.kind, last.states = "noun", True


def _several(
    reading: Reading, persons: People, sentence: Sentence, subject: Span, company: Span, apart: bool, one: bool
) -> dict[str, Span] | None:
    """Three states or more on the list before the verb (`subject`) and after "with" (`company`), or None.

    Empty where the text counts them only. Who "spoke with" several by telephone (`apart`) mostly did so one by one,
    as who met them on the sidelines did, unless the headline says that it was `one` meeting.
    """
    doers = states_in(reading, persons, *subject) or _meant(reading, persons, subject)
    guests = states_in(reading, persons, *company)
    both = guests | doers
    if both.keys() & ADVERSARIES:
        return None
    if any(_COUNTED.search(reading.view, *span) for span in ((subject,) if apart else (subject, company))):
        return both if len(both) > LEAST_STATES and _AND.search(reading.view, *company) else {}
    if doers and _OF_ALLIES.search(reading.view, *company):
        return {}
    if len(both) < LEAST_STATES:
        return None
    if len(doers) >= LEAST_STATES and _AND.search(reading.view, *subject):
        return both
    all_named = one and len(guests) >= LEAST_STATES
    if not (doers or all_named) or not guests.keys() - doers.keys():
        return None
    if not _AND.search(reading.view, subject[0], company[1]):
        return None
    apart = apart or (not one and _APART.search(sentence.text) is not None)
    return both if not apart or _TOGETHER.search(sentence.text) else None


def _meant(reading: Reading, persons: People, subject: Span) -> dict[str, Span]:
    """Whom "he" or "the President" serves, who met the others: the person last named."""
    pronoun = _PRONOUN.search(reading.view, *subject)
    last = persons.last_before(pronoun.start()) if pronoun is not None else None
    if last is None or last[0].affiliation is None or len(last[0].affiliation) > 2:
        return {}
    return {last[0].affiliation: (last[1].start, last[1].end)}


def _clause_start(reading: Reading, sentence: Sentence, verb: int) -> int:
    """Where the list before the verb may begin: after what is said of others."""
    start = sentence.start
    for match in _SAID.finditer(reading.view, start, verb):
        start = match.end()
    return start


def _company(reading: Reading, persons: People, sentence: Sentence, verb: Span, hosts: bool) -> Span | None:
    """Where the list after "met with", "met" or "hosted" stands, empty at the verb's end where there is none.

    None for who "welcomed" a thing: those who are hosted (`hosts`) are officials named at once.
    """
    match = None if hosts else _WITH.match(reading.view, verb[1], sentence.end)
    if match is None:
        guests = _GUESTS.match(reading.view, verb[1], sentence.end)
        first = next(iter(persons.between(verb[1], min(sentence.end, verb[1] + 90))), None)
        official = first is not None and _TITLED.fullmatch(reading.view, verb[1], first[1].start)
        owned = first is not None and reading.view.startswith("'s", first[1].end)
        if guests is None or owned or not (official or guests.end() - verb[1] > 11):
            return None if hosts else (verb[1], verb[1])
        start = verb[1]
    else:
        start = match.end()
    stop = _LIST_STOP.search(reading.view, start, sentence.end)
    return start, stop.start() if stop is not None else sentence.end


def _list_end(reading: Reading, sentence: Sentence, verb: Span) -> int:
    """Where the list after "met with" ends; the verb's own end where there is none."""
    match = _WITH.match(reading.view, verb[1], sentence.end)
    if match is None:
        return verb[1]
    stop = _LIST_STOP.search(reading.view, match.end(), sentence.end)
    return stop.start() if stop is not None else sentence.end


def sides_between(reading: Reading, persons: People, sentence: Sentence, start: int, end: int) -> dict[str, Span]:
    """Rule meeting-between: the three states or more of "the trilateral meeting in Jakarta between Minister A of …", or
    of the headline "Remarks by President A, Minister B of …, and Minister C of … Before Trilateral Meeting"."""
    if sentence.is_title and (ahead := _BEFORE.search(reading.view, sentence.start, start)) is not None:
        sides = _listed(reading, persons, sentence.start, ahead.start())
        if sides:
            return sides
    between = _BETWEEN.match(reading.view, end, sentence.end)
    if between is None:
        return _joined(reading, sentence, start)
    if between["with"] and at_margin(reading, sentence, start):
        return {}
    stop = _LIST_STOP.search(reading.view, between.end(), sentence.end)
    return _listed(reading, persons, between.end(), stop.start() if stop is not None else sentence.end)


def _joined(reading: Reading, sentence: Sentence, start: int) -> dict[str, Span]:
    """Rule meeting-joined: the three sides of "the U.S.-Japan-ROK trilateral meeting"."""
    hits = [h for h in reading.hits_in(max(sentence.start, start - 90), start) if h.get("nation")]
    if not hits or _TO_HEAD.fullmatch(reading.view, hits[-1].end, start) is None:
        return {}
    first = len(hits) - 1
    while first and _JOINT.fullmatch(reading.view, hits[first - 1].end, hits[first].start):
        first -= 1
    sides = {h.need("nation").value: (h.start, h.end) for h in hits[first:]}
    return sides if len(sides) >= LEAST_STATES and not sides.keys() & ADVERSARIES else {}


def _listed(reading: Reading, persons: People, start: int, end: int) -> dict[str, Span]:
    """The states of a list in a span, where they are three or more."""
    sides = states_in(reading, persons, start, end)
    several = len(sides) >= LEAST_STATES and not sides.keys() & ADVERSARIES
    return sides if several and _AND.search(reading.view, start, end) else {}


def on_defence(reading: Reading, mention: MeetingMention) -> bool:
    """Is defence or security spoken of where the meeting is or its sides are listed, or in two sentences after it?

    What a headline names a talk may come to only after its greetings.
    """
    listed = min((span[0] for span in mention.sides.values()), default=mention.start)
    first = reading.document.sentence_at(min(listed, mention.start)).index
    reach = _GREETINGS if mention.sentence.is_title else 3
    near = reading.sentences[first : mention.sentence.index + reach]
    return any(_MATTER.search(s.text) for s in near)


def sides_of(reading: Reading, draft: MeetingDraft, drafts: list[MeetingDraft]) -> dict[str, Span]:
    """Rule participant-sides: who is listed met; "their trilateral meeting in May" has the three sides listed before.

    A group's or an organisation's meeting has whom other rules find.
    """
    if draft.group is not None or draft.organisation is not None:
        return {}
    own = max((m.sides for m in draft.mentions), key=len)
    of_three = any(_OF_THREE.search(reading.view, m.left, max(m.right, m.end)) for m in draft.mentions)
    if own or not (of_three or draft.when()):
        return own
    at = draft.mentions[0].start
    told = [
        m
        for d in drafts
        for m in d.mentions
        if d is not draft
        and len(m.sides) >= LEAST_STATES
        # "Their next meeting", "the previous round" of the same officials.
        and (len(m.sides) == LEAST_STATES if of_three else draft.body in (d.body, None))
    ]
    return min(told, key=lambda m: (m.start > at, abs(m.start - at))).sides if told else {}


def many_sided(phrase: str) -> bool:
    """Rule scope-many-sided: a "trilateral" or "four-way" meeting says itself how many sides it has."""
    return _MANY_SIDED.search(phrase) is not None
