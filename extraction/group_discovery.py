"""Groups that no list knows: a capitalised name that the text treats as a body of several states.

Every capitalised phrase of two words and more is weighed by what stands around it (rule group-weighed): a list or a
number of member states, "the defence ministers of", "ministerial" or "members" after it, a collective noun as its
head, its head alone taken up again later, a word of the trade in it. No single cue is needed; together they must
reach a bar, which is higher for heads that also name offices, agencies and events ("Council", "Conference").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from extraction.document import Sentence
from extraction.gazetteer import gazetteer
from extraction.group_names import COLLECTIVE, TRADE, UNIT, WEAK_COLLECTIVE
from extraction.lexicon import NOT_NAMES, ROLE_HEADS
from extraction.reading import Reading
from extraction.screening import Screened

_NAME = re.compile(
    r"\b(?P<name>[A-Z][\w'-]*(?:(?: (?:of|for|on|and)(?: the)?)? [A-Z][\w-]*){1,6})"
    r"(?: \(\"?(?P<short>[A-Z][A-Za-z0-9-]{1,9})\"?\))?"
)
# "the Lublin format", "Skagerrak mine pact": a common noun for the kind of group after a name.
_LOWER = Screened(
    r"\b(?P<name>(?:[A-Z][\w'-]+ )(?:(?:[A-Z][\w-]+|[a-z]{3,}(?:-[a-z]+)?) ){0,2}?(?P<kind>group|format|pact|club|"
    r"circle|initiative|platform|compact|alliance|quartet|trio|quad|league|pool|dialogue|forum|grouping|bloc|"
    r"consortium|"
    r"partnership|network|ring|cluster|framework|roundtable))\b(?: \(\"?(?P<short>[A-Z][A-Za-z0-9-]{1,9})\"?\))?"
)
# "BALTARM", "Weimar+", "B9": a short name that ministers, members or meetings are said to be of.
_ACRONYM = re.compile(r"\b(?P<name>[A-Z][A-Z\d]{1,9}\+?|[A-Z][a-z]+[A-Z+][A-Za-z]*\+?)(?![\w'-])(?P<short>)")
_NUMBERED = r"(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty)"
_PEOPLE = (
    r"(?:ministers?|ministerials?|members?|member states|countries|nations|capitals|directors|chiefs|leaders|"
    r"partners|"
    r"allies|delegations|signatories)"
)
_GATHERING = r"(?:meetings?|sessions?|gatherings?|summits?|talks|huddle|ministerial|plenary|rounds?|conference)"
_BEFORE = Screened(
    rf"\b(?:{_PEOPLE}|{_GATHERING}) (?:of|in|from|under) (?:the )?(?:so-called )?\"?$|"
    rf"\b{_NUMBERED}[- ](?:nation|country|member|state|strong) \"?$|"
    rf"\b(?:coordinator|chairmanship|founding|presidency|launch|creation) of the \"?$",
    re.I,
)
_AFTER = re.compile(
    rf"^\"?(?:'s?)? (?:(?:defen[cs]e|armaments|national|(?:\w+th|first|second|third)) )?(?:{_PEOPLE}|{_GATHERING})\b",
    re.I,
)
_MADE_OF = re.compile(
    rf"^\"?,? ?(?:\([^)]*\) ?)?(?:,? ?(?:which|that|it) )?(?:now |also )?(?:groups|unites|brings together|"
    rf"comprises|links|counts|joins together|consists of|is made up of|has {_NUMBERED} members|"
    rf"as the {_NUMBERED}[- ](?:nation|country)|(?:-|\u2014) as the group of|(?:met|meets|convened|huddles?|"
    rf"gathers|gathered|reconvenes?|came together)\b)",
    re.I,
)
_LISTED = re.compile(r"^\"?,? ?(?:\((?:that's |i\.e\. )?|-|\u2014|:|of|made up of|which groups|groups|comprises)")
_NOT = re.compile(
    r"^(?:Exercise|Operation|Camp|Fort|Port|Lake|Mount|Saint|St|San|Minister|Mr|Mrs|Ms|Dr|HMS|USS|Prime|President|"
    r"Defen[cs]e Secretary|Brigadier|General|Colonel|Admiral|Captain|Lieutenant)\b|"
    r"\b(?:Agency|Ministry|Department|University|Institute|Times|Post|News|Wire|Press|Office|House|Senate|Parliament|"
    r"Assembly|Court|Bank|Fund|Foundation|Museum|Palace|Castle|Base|Airport|Island|Sea|Ocean|Street|Road|Square|"
    r"Corps|Brigade|Battalion|Regiment|Division|Command|Squadron|Fleet|Airlines|Airways|Aerospace|Dynamics|"
    r"Industries|Systems|Technologies|Inc|Ltd|AG|SA|ASA|AB|GmbH|Corporation|Company|Holdings?|Steering|Working|"
    r"Cabinet|Committee|Commission|Secretariat|Treaty|Agreement|Memorandum|Strategy|Programme|Program|Day|War|"
    r"Group of (?:Seven|Eight|Twenty)|Council of (?:the )?(?:EU|European Union|Europe)|"
    r"Shangri-La|"
    r"Peace|Recovery|Reconstruction|Security Council|Military Committee|Party|Democrats|Church|Union|Act|Bill|"
    r"Support Initiative|Assistance Initiative|Deterrence Initiative|Facility|List|Requirements|Minister|Secretary|"
    r"Action Group|Strike Group|Battle|Volunteer|Wagner|Carrier|Consulting|Media|Planning Group|"
    r"Chief|President|States|Republic|Kingdom|Federation|Affairs Council|European Council|Security Conference)\b"
)
_MILITARY = re.compile(
    r"\b(?:defen[cs]e|military|weapons?|arms|armaments?|ammunition|troops|munitions?|missiles?|shells?|"
    r"deterrence|war|"
    r"navy|navies|army|armies|drones?|air force|soldiers|warships?|guns?|howitzers?)\b",
    re.I,
)
_CALLED = Screened(
    r"\b(?:called|known as|dubbed|christened|named|nicknamed|so-called|by the name of|under the name(?: of)?|"
    r"styled|baptised|labelled)(?: the)? \"?$|\b(?:goes by|formed|founded|joined|join|launch(?:ed)?|set up) the \"?$",
    re.I,
)
_DRILL = re.compile(
    r"\b(?:exercises?|drills?|manoeuvres|maneuvers|troops|sailors|firm|company|shares|CEO|yard)\b", re.I
)
# These begin a name though they are common words.
_OPENING = frozenset(
    [
        "Joint",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "International",
        "European",
        "Royal",
        "Strategic",
        "Arms",
    ]
)
_ARTICLE = re.compile(r"\b[Tt]he (?:so-called )?\"?$")
_PAIR = re.compile(r"\b(?:[A-Z]\w+-[A-Z]\w+)\b")
_NOT_FIRST = NOT_NAMES | {"both"}
_FIRST = _OPENING | COLLECTIVE
# "the Compact", and no longer name after it.
_HEAD_ALONE = re.compile(r"\b[Tt]he ([A-Z][\w-]+)\b(?! (?:(?:of|for|on) )?[A-Z])")
_COMMON = frozenset(
    [
        "ASEAN",
        "IISS",
        "APEC",
        "BRICS",
        "OPEC",
        "TV",
        "UN",
        "EU",
        "NATO",
        "US",
        "UK",
        "USA",
        "GDP",
        "CEO",
        "MP",
        "MPs",
        "MEP",
        "MEPs",
        "PM",
        "AM",
        "HQ",
        "IT",
        "AI",
        "UAV",
        "UAVs",
        "FPV",
        "SEK",
        "NOK",
        "DKK",
        "EUR",
        "USD",
        "GBP",
        "CAD",
        "AUD",
        "PURL",
        "PDA",
        "USAI",
        "FMF",
        "EPF",
        "EPFs",
        "HIMARS",
        "NASAMS",
        "IRIS",
        "SAMP",
        "ATACMS",
    ]
)
_WORD = re.compile(r"\w+")
_BAR = 4
_BAR_OTHER = 5
_BAR_WEAK = 6


@dataclass(frozen=True)
class Discovered:
    """A name found to be a group's, its short form, and what it weighed."""

    name: str
    short: str | None
    weight: int

    def mentions(self, words: WordIndex) -> Iterator[tuple[int, int]]:
        """Where a text has the name, or the short one, as words of their own; not overlapping."""
        names = [self.name] + ([self.short] if self.short else [])
        position = 0
        for start, end in sorted(words.spans(names)):
            if start >= position:
                yield start, end
                position = end


class WordIndex:
    """Where each word of a text stands, so that a name is tried only where its first word is."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self.text):
            found[match.group()].append(match.start())
        return found

    def spans(self, names: list[str]) -> Iterator[tuple[int, int]]:
        """Where one of the names, which begin with a letter, stands as words of its own; the first that does."""
        taken = set()
        for name in names:
            first = _WORD.match(name)
            ends_so = name[-1:].isalnum() or name.endswith("_")
            for start in self._starts.get(first.group(), ()) if first is not None else ():
                end = start + len(name)
                after = self.text[end : end + 1]
                if start not in taken and self.text.startswith(name, start) and bool(_WORD.match(after)) is not ends_so:
                    taken.add(start)
                    yield start, end


def discover(reading: Reading) -> list[Discovered]:
    """The unlisted groups of an article, the heaviest first."""
    weights: dict[str, int] = {}
    # An article that hardly speaks of arms has no group for them, unless its name says so.
    civil = sum(1 for _ in islice(_MILITARY.finditer(reading.view, 0, 20_000), 4)) < 4
    shorts: dict[str, str] = {}
    alone = {m[1] for m in _HEAD_ALONE.finditer(reading.view)}
    for sentence in reading.sentences:
        for match in _candidates(sentence.text):
            name = _bare(match["name"]) if match.re is not _ACRONYM else _acronym(match["name"])
            if name is None:
                continue
            offset = match.start() + match["name"].index(name)
            weight = _weigh(reading, sentence, offset, offset + len(name), name, alone)
            weight -= 2 * (civil and not TRADE.search(name))
            weights[name] = max(weights.get(name, -9), weight)
            if match["short"]:
                shorts[name] = match["short"]
    found = [Discovered(name, shorts.get(name), weight) for name, weight in weights.items() if weight >= _bar(name)]
    return sorted(found, key=lambda d: -d.weight)


def _bar(name: str) -> int:
    """What a name must weigh: less where its head is a noun for a body of members and for nothing else."""
    head = name.split()[-1]
    if head in WEAK_COLLECTIVE:
        return _BAR_WEAK
    return _BAR if head in COLLECTIVE and " " in name else _BAR_OTHER


def _candidates(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_NAME, _LOWER, _ACRONYM):
        yield from pattern.finditer(text)


def _acronym(name: str) -> str | None:
    """A short name that no list knows as something else."""
    return None if not 2 < len(name) < 8 or name in _COMMON or _known(name) else name


def _known(name: str) -> bool:
    return gazetteer().lookup(name) is not None or gazetteer().lookup(name.title()) is not None


def _bare(name: str) -> str | None:
    """A phrase without the words that only begin a sentence; None where it cannot be a group's name."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in _NOT_FIRST and words[0] not in _FIRST:
        words.pop(0)
    if len(words) < 2 or any(p.search(" ".join(words)) for p in (_NOT, UNIT)) or words[-1].lower() in ROLE_HEADS:
        return None
    name = " ".join(words)
    if name.isupper():
        return None
    if words[-1][:1].islower() and gazetteer().lookup(words[0], "nation", "organisation") is not None:
        return None
    known = gazetteer().lookup(name)
    if known is not None and known.kind != "group":
        return None
    return name if words[-1] in COLLECTIVE or words[0] in COLLECTIVE or words[-1].isalpha() else None


def _weigh(reading: Reading, sentence: Sentence, start: int, end: int, name: str, alone: set[str]) -> int:
    text = sentence.text
    before, after = text[max(0, start - 60) : start], text[end : end + 130]
    words = name.split()
    head = words[-1] if words[0] not in COLLECTIVE or len(words) < 3 else words[0]
    weight = 0
    if _ARTICLE.search(before):
        weight += 1
    if head in COLLECTIVE:
        weight += 2
    elif head.capitalize() in COLLECTIVE:
        weight += 1
    elif len(words) == 1:
        weight += 2
    if _CALLED.search(before, of=text):
        weight += 2
    if head in WEAK_COLLECTIVE:
        weight += 1
    if TRADE.search(name):
        weight += 1
    if _BEFORE.search(before, of=text):
        weight += 2
    if _AFTER.match(after):
        weight += 2
    if _MADE_OF.match(after):
        weight += 2
    listed = _LISTED.match(after)
    if listed and _nations(reading, sentence.start + end, sentence.start + end + 120) >= 3:
        weight += 2
    elif head in COLLECTIVE and _nations(reading, sentence.start, sentence.end) >= 4:
        weight += 1
    if head in alone:
        weight += 1
    if _DRILL.search(before[-25:]) or _DRILL.search(after[:25]):
        weight -= 3
    if _PAIR.search(name):
        weight -= 1
    return weight


def _nations(reading: Reading, start: int, end: int) -> int:
    return len({e.value for h in reading.hits_in(start, end) if (e := h.get("nation", "demonym")) is not None})
