"""Meetings told by who is there: three states or more, each named or through its official, that meet, call or sign.

"Keir Starmer, Emmanuel Macron and Friedrich Merz sat down with the Ukrainian president", "the Secretary met with
Japanese Minister A and Korean Minister B": neither a group nor a body is named, yet the list says how many sides met.
"""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention, Span
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screened

# Fewer states are no multinational meeting.
LEAST_STATES = 3
# A readout tells of its call in its first sentences, after the headline and whom it is attributable to.
_OPENING = 5
_MET = Screened(
    r"\b(?:(?:met|will meet|are to meet|meets?|gathered|convened|conferred)\b|"
    r"(?P<call>spoke|talked)(?= (?:by|on|via|over|together|jointly|today|yesterday|with|virtually|earlier|again|"
    r"this (?:morning|afternoon|evening))\b)|"
    r"joined (?=(?:[\w'-]+ ){1,5}?(?:at|in|for)\b)|"
    r"(?<=for )(?:their|an?|the) (?:[\w-]+ ){0,3}?(?:summit|meeting|talks|round|session)\b|"
    r"(?:sat|sit|sitting) down\b|got together\b|(?:held|hold|holds|holding) (?=(?:[\w'-]+ ){0,6}?(?:talks|meetings?|"
    r"calls?|consultations|trilateral|summit|dialogue|video ?conference)\b))"
)
_TOOK_PART = Screened(r"\b(?:took part|attended|participated|were (?:also )?(?:present|represented|there))\b")
# What the list of those who met may not run over.
_SAID = re.compile(
    r"\b(?:said|says|told|tells|wrote|warned|added|announced|pledged|visited|flew|accused|called|praised|thanked|"
    r"since|because|although|if|that|which|when|where|after|until|ahead|not|never)\b|[;\u2014]"
)
# How, when and where, up to "with": "met virtually while in Brussels today with".
_WITH = re.compile(
    r"(?: (?!with\b|to\b|and\b|about\b|that\b|who\b|which\b|but\b|after\b|before\b|as\b)[\w'.-]+,?){0,9}? with "
)
_LIST_STOP = re.compile(
    r"(?<!\b[A-Z])\.|[;\u2014]|\b(?:to|who|which|where|when|while|ahead|before|after|following|about|regarding|amid|"
    r"and (?:said|discussed|agreed))\b|\bfor a\b"
)
# "Readout of the President's Call with European Leaders": the headline says that there was one call.
_ONE_CALL = re.compile(
    r"\b(?:[Rr]eadout|READOUT|[Ss]tatement)\b.*\b(?i:call|conversation|video ?conference|teleconference)\b|"
    r"'s (?:[A-Z]\w+ ){0,2}(?:Call|Conversation|Video ?[Cc]onference|Teleconference)\b"
)
# One after the other, or in pairs.
_APART = re.compile(
    r"\b(?:sidelines?|margins?|fringes|separate(?:ly)?|individual(?:ly)?|bilateral(?:ly)?|respectively|in turn|each|"
    r"one-on-one|also met|then met|as well as with|courtesy|series of)\b"
)
_TOGETHER = re.compile(r"\b(?:tri|quadri)lateral|\b(?:three|four|five)-way\b|\btogether\b|\bjointly\b|\bjoint call\b")
# "heads of government from seven European countries"
_COUNTED = re.compile(
    r"\b(?:from|of) (?:some |about |around |more than |over |the )?(?:three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|a dozen|[3-9]|[1-4]\d) (?:[A-Z]\w+ |other |allied )?(?:countries|nations|states)\b"
)
# "spoke with the leaders of allied countries": more than one, whoever they are.
_OF_ALLIES = re.compile(
    r"\b(?:leaders|heads|ministers|chiefs|secretaries|advis[eo]rs) of (?:the )?(?:allied|partner|European|NATO) "
    r"(?:and partner )?(?:countries|nations|states|allies)\b"
)
_CALL = re.compile(r"\b[Tt]he (?P<call>call|conversation) (?:included|involved|brought together|was joined by) ")
_BETWEEN = re.compile(
    r" (?:today |yesterday )?(?:(?:in|at|on) (?:the )?[A-Z\d][\w-]+(?:,? [A-Z\d][\w-]+){0,2},? )?"
    r"(?:between|among|of|with) "
)
_AND = re.compile(r"\band\b|&")
# "in Tokyo, Japan", "support for Ukraine": no state that meets.
_BESIDE = re.compile(
    r"(?:\b(?:in|at|near|to|against|over|on|for|about|into|around|toward|towards|outside|across|inside|within|"
    r"off) (?:the |eastern |western |northern |southern )?(?:[A-Z][\w-]+, )?|\b[A-Z][a-z]+, D\.?C\.?, )$"
)
# Parts of a realm with a government of their own.
_TERRITORIES = frozenset(["AX", "FO", "GL", "GI", "HK", "PR"])
_ADVERSARIES = frozenset(["RU", "BY", "KP", "IR", "CN", "PS"])
_MATTER = re.compile(
    r"\b(?:defen[cs]e|military|weapons?|arms|ammunition|security(?! of)|deterrence|missiles?|NATO|drones?|"
    r"troops|mines?|warships?|navies)\b",
    re.I,
)
_INAUGURAL = re.compile(r"\binaugural\b", re.I)
_OF_THREE = re.compile(r"\b(?:trilateral|three-way|three-sided)\b", re.I)
_MANY_SIDED = re.compile(
    r"\b(?:[Tt]rilateral|TRILATERAL|[Qq]uadrilateral|[Tt]hree-way|[Ff]our-way|[Ff]ive-way|[Tt]hree-sided)\b"
)


def on_one_call(reading: Reading, sentence: Sentence) -> bool:
    """Does a sentence open the readout of a single call?"""
    titles = [s for s in reading.sentences[:2] if s.is_title]
    return sentence.index < _OPENING and any(_ONE_CALL.search(s.text) for s in titles)


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
    reading: Reading, persons: People, sentence: Sentence, here: list[MeetingMention], grouped: bool
) -> list[MeetingMention]:
    """Rule meeting-parties: who is listed met; a mention `here` that the clause leads to is told of several sides.

    Where a group is named next to it (`grouped`), it is that group's meeting, which other rules read.
    """
    if sentence.is_title or grouped or any(m.group or m.organisation for m in here if m.kind != "anaphor"):
        return []
    one_call = on_one_call(reading, sentence)
    for match in _MET.finditer(sentence.text):
        verb = (sentence.start + match.start(), sentence.start + match.end())
        reach = _list_end(reading, sentence, verb)
        # "A and B flew to Jerusalem for their tenth summit with C": who flew meets.
        theirs = match.group().startswith("their ")
        floor = sentence.start if theirs else _clause_start(reading, sentence, verb[0])
        apart = match["call"] is not None and not one_call
        sides = _several(reading, persons, sentence, (floor, verb[0]), (verb[1], reach), apart)
        if sides is None:
            continue
        if one_call and match["call"] is not None:
            # What stands in the list of who was called is no meeting of theirs.
            here[:] = [m for m in here if not verb[1] <= m.start < reach]
        # "held their inaugural trilateral meeting" is no meeting before the one at hand, as "held since the last" is.
        led_to = [m for m in here if m.start >= verb[0] - 1 and m.start - max(verb[1], reach) < 90]
        led_to = [m for m in led_to if not m.when or _INAUGURAL.search(reading.view, m.left, m.start)]
        for mention in led_to[:1] or [m for m in here if m.start <= verb[0] < m.end][:1]:
            mention.states, mention.plural = True, False
            mention.kind = "noun" if mention.kind == "anaphor" else mention.kind
            mention.sides = sides
            return []
        if any(m.kind != "anaphor" for m in here):
            return []
        made = MeetingMention("verb", verb[0], verb[1], verb[0], max(verb[1], reach), sentence, clause=True)
        made.states, made.sides = True, sides
        return [made]
    return []


def call_of(reading: Reading, persons: People, sentence: Sentence) -> list[MeetingMention]:
    """Rule meeting-call: "the call included the leaders of A, B and C" was of several."""
    match = _CALL.search(sentence.text)
    if match is None or sentence.is_title:
        return []
    start, end = sentence.start + match.start("call"), sentence.start + match.end("call")
    states = states_in(reading, persons, end, sentence.end)
    if len(states) < LEAST_STATES or states.keys() & _ADVERSARIES:
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
    if len(states) >= LEAST_STATES and not states.keys() & _ADVERSARIES:
        last.kind, last.states = "noun", True


def _several(
    reading: Reading, persons: People, sentence: Sentence, subject: Span, company: Span, apart: bool
) -> dict[str, Span] | None:
    """Three states or more on the list before the verb (`subject`) and after "with" (`company`), or None.

    Empty where the text counts them only. Who "spoke with" several by telephone (`apart`) mostly did so one by one.
    """
    doers = states_in(reading, persons, *subject)
    guests = states_in(reading, persons, *company)
    both = guests | doers
    if both.keys() & _ADVERSARIES:
        return None
    if any(_COUNTED.search(reading.view, *span) for span in ((subject,) if apart else (subject, company))):
        return {}
    if doers and _OF_ALLIES.search(reading.view, *company):
        return {}
    if len(both) < LEAST_STATES:
        return None
    if len(doers) >= LEAST_STATES and _AND.search(reading.view, *subject):
        return both
    if not doers or not guests.keys() - doers.keys() or not _AND.search(reading.view, subject[0], company[1]):
        return None
    apart = apart or _APART.search(sentence.text) is not None
    return both if not apart or _TOGETHER.search(sentence.text) else None


def _clause_start(reading: Reading, sentence: Sentence, verb: int) -> int:
    """Where the list before the verb may begin: after what is said of others."""
    start = sentence.start
    for match in _SAID.finditer(reading.view, start, verb):
        start = match.end()
    return start


def _list_end(reading: Reading, sentence: Sentence, verb: tuple[int, int]) -> int:
    """Where the list after "met with" ends; the verb's own end where there is none."""
    match = _WITH.match(reading.view, verb[1], sentence.end)
    if match is None:
        return verb[1]
    stop = _LIST_STOP.search(reading.view, match.end(), sentence.end)
    return stop.start() if stop is not None else sentence.end


def sides_between(reading: Reading, persons: People, sentence: Sentence, end: int) -> dict[str, Span]:
    """Rule meeting-between: the three states or more of "the trilateral meeting in Jakarta between Minister A of …"."""
    between = _BETWEEN.match(reading.view, end, sentence.end)
    if between is None:
        return {}
    stop = _LIST_STOP.search(reading.view, between.end(), sentence.end)
    reach = stop.start() if stop is not None else sentence.end
    sides = states_in(reading, persons, between.end(), reach)
    several = len(sides) >= LEAST_STATES and not sides.keys() & _ADVERSARIES
    return sides if several and _AND.search(reading.view, between.end(), reach) else {}


def on_defence(reading: Reading, mention: MeetingMention) -> bool:
    """Is defence or security spoken of where the meeting is, or in the two sentences after it?"""
    near = reading.sentences[mention.sentence.index : mention.sentence.index + 3]
    return any(_MATTER.search(s.text) for s in near)


def sides_of(reading: Reading, draft: MeetingDraft, drafts: list[MeetingDraft]) -> dict[str, Span]:
    """Rule participant-sides: who is listed met; "their trilateral meeting in May" has the three sides listed before.

    A group's or an organisation's meeting has whom other rules find.
    """
    if draft.group is not None or draft.organisation is not None:
        return {}
    own = max((m.sides for m in draft.mentions), key=len)
    if own or not any(_OF_THREE.search(reading.view, m.left, max(m.right, m.end)) for m in draft.mentions):
        return own
    at = draft.mentions[0].start
    told = [m for d in drafts for m in d.mentions if d is not draft and len(m.sides) == LEAST_STATES]
    return min(told, key=lambda m: (m.start > at, abs(m.start - at))).sides if told else {}


def many_sided(phrase: str) -> bool:
    """Rule scope-many-sided: a "trilateral" or "four-way" meeting says itself how many sides it has."""
    return _MANY_SIDED.search(phrase) is not None
