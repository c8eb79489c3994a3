"""Meetings told by who is there: three states or more, each named or through its official, that meet, call or sign.

"Keir Starmer, Emmanuel Macron and Friedrich Merz sat down with the Ukrainian president", "the Secretary met with
Japanese Minister A and Korean Minister B": neither a group nor a body is named, yet the list says how many sides met.
"""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.meeting_mentions import MeetingMention, Span
from extraction.people import People
from extraction.reading import Reading

# Fewer states are no multinational meeting.
LEAST_STATES = 3
_MET = re.compile(
    r"\b(?:(?:met|will meet|are to meet|meets?|gathered|convened|conferred)\b|"
    r"(?P<call>spoke|talked)(?= (?:by|on|via|over|together|jointly|today|yesterday|with)\b)|"
    r"joined (?=(?:[\w'-]+ ){1,5}?(?:at|in|for)\b)|"
    r"(?<=for )(?:their|an?|the) (?:[\w-]+ ){0,3}?(?:summit|meeting|talks|round|session)\b|"
    r"(?:sat|sit|sitting) down\b|got together\b|(?:held|hold|holds|holding) (?=(?:[\w'-]+ ){0,6}?(?:talks|meetings?|"
    r"calls?|consultations|trilateral|summit|dialogue|video ?conference)\b))"
)
# What the list of those who met may not run over.
_SAID = re.compile(
    r"\b(?:said|says|told|tells|wrote|warned|added|announced|pledged|visited|flew|accused|called|praised|thanked|"
    r"since|because|although|if|that|which|when|where|after|until|ahead|not|never)\b|[;\u2014]"
)
_WITH = re.compile(
    r"(?: [\w-]+ly)?(?: (?:today|yesterday|(?:on )?\w+day))?(?: (?:via|by) [\w-]+)?"
    r"(?: (?:in|at) (?:the )?[A-Z][\w-]+(?:,? [A-Z][\w-]+)*,?)?(?:(?: on)? [A-Z][a-z]+ \d{1,2},?)?"
    r"(?: together| jointly)?"
    r" (?:with|for [\w -]{3,40} with) "
)
_LIST_STOP = re.compile(
    r"[.;\u2014]|\b(?:to|who|which|where|when|while|ahead|before|after|and (?:said|discussed|agreed))\b|\bfor a\b"
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
_MANY_SIDED = re.compile(
    r"\b(?:[Tt]rilateral|TRILATERAL|[Qq]uadrilateral|[Tt]hree-way|[Ff]our-way|[Ff]ive-way|[Tt]hree-sided)\b"
)


def states_in(reading: Reading, persons: People, start: int, end: int) -> set[str]:
    """The states that a span names as parties: by name, by adjective or through an official of theirs."""
    found: set[str] = set()
    for hit in reading.hits_in(start, end):
        entry = hit.get("nation", "demonym")
        if entry is not None and not _BESIDE.search(reading.view, max(0, hit.start - 40), hit.start):
            found.add(entry.value)
    for person, _ in persons.between(start, end):
        if person.affiliation is not None and len(person.affiliation) == 2:
            found.add(person.affiliation)
    return found - _TERRITORIES


def of_parties(
    reading: Reading, persons: People, sentence: Sentence, here: list[MeetingMention], grouped: bool
) -> list[MeetingMention]:
    """Rule meeting-parties: who is listed met; a mention `here` that the clause leads to is told of several sides.

    Where a group is named next to it (`grouped`), it is that group's meeting, which other rules read.
    """
    if sentence.is_title or grouped or any(m.group or m.organisation for m in here if m.kind != "anaphor"):
        return []
    for match in _MET.finditer(sentence.text):
        verb = (sentence.start + match.start(), sentence.start + match.end())
        reach = _list_end(reading, sentence, verb)
        floor = _clause_start(reading, sentence, verb[0])
        call = match["call"] is not None
        if not _several(reading, persons, sentence, (floor, verb[0]), (verb[1], reach), call):
            continue
        led_to = [m for m in here if m.start >= verb[0] - 1 and m.start - max(verb[1], reach) < 90 and not m.when]
        for mention in led_to[:1] or [m for m in here if m.start <= verb[0] < m.end][:1]:
            mention.states, mention.plural = True, False
            mention.kind = "noun" if mention.kind == "anaphor" else mention.kind
            return []
        if any(m.kind != "anaphor" for m in here):
            return []
        made = MeetingMention("verb", verb[0], verb[1], verb[0], max(verb[1], reach), sentence, clause=True)
        made.states = True
        return [made]
    return []


def _several(reading: Reading, persons: People, sentence: Sentence, subject: Span, company: Span, call: bool) -> bool:
    """Are three states or more on the list before the verb (`subject`) and after "with" (`company`)?

    Who "spoke with" several by telephone mostly did so one by one.
    """
    doers = states_in(reading, persons, *subject)
    guests = states_in(reading, persons, *company)
    counted = _COUNTED.search(reading.view, *subject)
    if counted is not None and doers | guests and not (doers | guests) & _ADVERSARIES:
        return True
    if (doers | guests) & _ADVERSARIES or len(doers | guests) < LEAST_STATES:
        return False
    if len(doers) >= LEAST_STATES and _AND.search(reading.view, *subject):
        return True
    if not doers or not guests - doers or not _AND.search(reading.view, subject[0], company[1]):
        return False
    apart = call or _APART.search(sentence.text) is not None
    return not apart or _TOGETHER.search(sentence.text) is not None


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


def on_defence(reading: Reading, mention: MeetingMention) -> bool:
    """Is defence or security spoken of where the meeting is, or in the two sentences after it?"""
    near = reading.sentences[mention.sentence.index : mention.sentence.index + 3]
    return any(_MATTER.search(s.text) for s in near)


def many_sided(phrase: str) -> bool:
    """Rule scope-many-sided: a "trilateral" or "four-way" meeting says itself how many sides it has."""
    return _MANY_SIDED.search(phrase) is not None
