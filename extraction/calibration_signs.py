"""What speaks for and against a reading, beyond the rule that made it: the signs that `calibration` weighs.

The signs of an item (a meeting, a package …) say whether it is there at all: how sure the extractor was of it, what
else is known of it, whether another item of the article could be the same. The signs of a value say whether it is
right of an item that is there: its rule, the confidence that the rule states, how far from the item it stands.
All are short texts such as "meetings bare"; a number is a sign for every bound that it reaches.
"""

from __future__ import annotations

import datetime
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from extraction.document import Document
from extraction.facts import Anchor, ContactGroup, Evidence, Facts, Meeting, Official, Package, Value
from extraction.gazetteer import gazetteer, key

Item = ContactGroup | Meeting | Official | Package
SECTIONS = ("contact_groups", "meetings", "officials", "packages")
# What a field's extractor states of the surest item, by which an item's own sureness is told from its values'.
_HEADS = {"contact_groups": ("name", 1.0), "meetings": ("label", 0.8), "officials": ("name", 1.0),
          "packages": ("amount", 0.99)}  # fmt: skip
# The bounds of numbers, rising.
STEPS: dict[str, tuple[float, ...]] = {
    "sure": (0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98),
    "stated": (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95),
    "away": (60, 200, 600),
}
_NOUNS = frozenset(
    ["meeting", "meetings", "summit", "session", "talks", "ministerial", "gathering", "conference", "forum"]
)
_WORD = re.compile(r"\w+")
_IN_TITLES = (
    ("comma", re.compile(",")),
    ("and", re.compile(r"\band\b")),
    ("of", re.compile(r"\bof\b")),
    ("past or for another", re.compile(r"\b(?:former|ex|then|acting|deputy)\b", re.I)),
)


@dataclass(frozen=True)
class Setting:
    """The article around the facts."""

    facts: Facts
    document: Document

    @property
    def published(self) -> str | None:
        day: datetime.date | None = self.document.published
        return day.isoformat() if day is not None else None

    @cached_property
    def between_blanks(self) -> frozenset[str]:
        """What stands between two blanks of the text."""
        return frozenset(self.document.view.split(" ")[1:-1])

    @cached_property
    def words(self) -> Counter[str]:
        """The words of the text."""
        return Counter(_WORD.findall(self.document.view))

    @cached_property
    def meetings_of(self) -> Counter[str]:
        """How many meetings each takes part in."""
        return Counter(one for meeting in self.facts.meetings for one in set(meeting.participants))

    @cached_property
    def _other_meetings(self) -> dict[Anchor, list[int]]:
        """For each meeting where the others are named, in order."""
        anchors = [meeting.anchor for meeting in self.facts.meetings]
        return {own: sorted(other.start for other in anchors if other != own) for own in anchors}

    def to_another_meeting(self, meeting: Meeting, position: int) -> int | None:
        """How far from a position another meeting than this one is named; None where there is no other."""
        others = self._other_meetings[meeting.anchor]
        after = bisect_left(others, position)
        return min((abs(position - other) for other in others[max(0, after - 1) : after + 1]), default=None)

    @cached_property
    def _shown(self) -> dict[int, Counter[tuple[Value, ...]]]:
        """By the identity of an item how often its evidence shows each field, and each value of a field."""
        items: list[Item] = [item for section in SECTIONS for item in getattr(self.facts, section)]
        return {
            id(item): Counter(what for e in item.evidence for what in ((e.field,), (e.field, e.value)))
            for item in items
        }

    def shown(self, item: Item, *what: Value) -> int:
        """How often the evidence of an item of the facts shows a field, or a value of a field."""
        return self._shown[id(item)][what]

    def named(self, word: str) -> int:
        """How often a text has a word, as one or within longer ones, counted to three."""
        return 3 if self.words[word] > 2 else min(3, self.document.view.count(word))


def signs_of_item(setting: Setting, section: str, index: int) -> list[str]:
    """What says whether an item is there at all."""
    items: Sequence[Item] = getattr(setting.facts, section)
    item = items[index]
    head, surest = _HEADS[section]
    stated = max((e.confidence for e in item.evidence if e.field == head), default=0.0)
    start = item.anchor.start - len(setting.document.title)
    found = ["", *_reached("sure", stated / surest)]
    found.append("in title" if start < 0 else "early" if start < 600 else "late" if start > 1500 else "middle")
    found.append("dated article" if setting.published else "undated article")
    found.append(f"of {min(4, len(items))}")
    if isinstance(item, Meeting):
        found += _meeting(setting, item, index)
    elif isinstance(item, Package):
        found += _package(setting, item, index)
    elif isinstance(item, Official):
        found += _official(setting, item)
    else:
        found += _group(setting, item)
    return list(_of(section, tuple(found)))


def _meeting(setting: Setting, item: Meeting, index: int) -> Iterator[str]:
    owner = "group" if item.contact_group else "no group"
    yield owner
    yield f"{owner}, date {len(item.starts or '')}"
    yield "placed" if item.place else "not placed"
    yield f"level {item.level}"
    yield f"status {item.status}"
    yield f"participants {min(4, len(item.participants))}"
    yield f"mode {item.mode}"
    noun = next((word for word in reversed(item.label.lower().split()) if word in _NOUNS), "otherwise")
    yield f"called {noun}"
    yield "organisation takes part" if any(len(p) > 2 for p in item.participants) else "states only"
    for sign, there in (
        ("numbered", item.ordinal is not None),
        ("counted", item.nation_count is not None),
        ("chaired", bool(item.chairs)),
        ("in Ukraine", item.country == "UA"),
        ("beside packages", bool(setting.facts.packages)),
        ("on the day of publication", item.starts is not None and item.starts == setting.published),
    ):
        if there:
            yield sign
    yield from (f"shows {sign}" for sign in item.signs)
    bare = not (item.starts or item.place or item.ordinal or item.venue)
    others = [o for i, o in enumerate(setting.facts.meetings) if i != index]
    kin = [o for o in others if o.contact_group == item.contact_group]
    if bare:
        yield "bare, another of its kind" if kin else "bare"
    if item.contact_group:
        yield f"others of the group {min(2, len(kin))}"
    if item.starts and any(o.starts == item.starts for o in kin):
        yield "another on its day"


def _package(setting: Setting, item: Package, index: int) -> Iterator[str]:
    packages = setting.facts.packages
    yield "programme" if item.programme else "no programme"
    yield f"recipients {min(2, len(item.recipients))}"
    yield f"status {item.status}"
    yield "announced" if item.announced else "no day"
    yield f"qualifier {item.qualifier}"
    yield f"digits {int(math.log10(max(1.0, item.amount)))}"
    yield f"currency {item.currency if item.currency in ('USD', 'EUR', 'GBP') else 'other'}"
    yield "no donor" if item.donor is None else "donor receives" if item.donor == "UA" else "donor"
    for sign, there in (
        ("part", item.part_of is not None),
        ("total", any(o.part_of == index for o in packages)),
        ("at a meeting", item.meeting is not None),
        ("contents", bool(item.contents)),
    ):
        if there:
            yield sign
    yield f"others of the donor {min(3, sum(o.donor == item.donor for o in packages) - 1)}"


def _official(setting: Setting, item: Official) -> Iterator[str]:
    words = _WORD.findall(item.name)
    yield f"words {min(3, len(words))}"
    yield "title" if item.title else "no title"
    yield "affiliation" if item.affiliation else "no affiliation"
    yield "quoted" if item.quoted else "not quoted"
    yield f"aliases {min(2, len(item.aliases))}"
    yield "known to hold office" if gazetteer().affiliation_of(key(item.name)) is not None else "not known"
    common = sum(word.lower() in setting.between_blanks for word in words)
    yield f"words of the text {min(2, common)}"
    yield f"named {setting.named(words[-1]) if words else 0} times"


def _group(setting: Setting, item: ContactGroup) -> Iterator[str]:
    yield from (e.rule for e in item.evidence[:1])
    yield f"aliases {min(2, len(item.aliases))}"
    yield "abbreviated" if item.abbreviation else "not abbreviated"
    yield f"words {min(5, len(item.name.split()))}"
    yield "meets" if any(m.contact_group == item.name for m in setting.facts.meetings) else "does not meet"


def signs_of_value(setting: Setting, section: str, item: Item, one: Evidence) -> list[str]:
    """What says whether a value is right of an item that is there."""
    field = f"{section}.{one.field}"
    held = getattr(item, one.field, None)
    several = isinstance(held, tuple)
    found = ["", f"by {one.rule}", *_reached("stated", one.confidence)]
    found += _reached("away", abs(one.start - item.anchor.start))
    found += _sentences_away(setting.document, item.anchor.start, one.start)
    if one.start < len(setting.document.title):
        found.append("in title")
    if setting.shown(item, *((one.field, one.value) if several else (one.field,))) > 1:
        found.append("shown twice")
    if isinstance(held, tuple):
        found.append(f"of {min(8, len(held))}")
    value = str(one.value)
    if one.field in ("starts", "announced"):
        found.append(f"precision {len(value)}")
        found.append("in digits" if re.search(r"\d", one.quote) else "in words")
        day = setting.published
        if day is not None:
            found.append("on publication" if value == day else "before it" if value < day else "after it")
    elif one.field in ("participants", "chairs", "donor"):
        found.append("Ukraine" if value == "UA" else "state" if len(value) == 2 else "body or person")
    elif one.field == "status":
        found.append(f"is {value}")
    elif one.field == "title":
        found.append(f"words {min(6, len(value.split()))}")
        found.append("after the name" if one.start > item.anchor.start else "before the name")
        found.append("begins with a capital" if value[:1].isupper() else "begins in lower case")
        found += [sign for sign, pattern in _IN_TITLES if pattern.search(value)]
    if isinstance(item, Meeting):
        own = abs(one.start - item.anchor.start)
        other = setting.to_another_meeting(item, one.start)
        found.append("only meeting" if other is None else "another meeting nearer" if other < own else "nearest")
    if one.field == "participants" and isinstance(item, Meeting):
        found.append("chairs" if value in item.chairs else "does not chair")
        found.append(f"at {min(3, setting.meetings_of[value])} meetings")
    return list(_of(field, tuple(found)))


@lru_cache(maxsize=5000)
def _of(what: str, signs: tuple[str, ...]) -> tuple[str, ...]:
    """Signs as those of a section or field; a list of names has the same ones again and again."""
    return tuple(f"{what} {sign}".strip() for sign in signs)


@lru_cache(maxsize=2000)
def _reached(name: str, number: float) -> tuple[str, ...]:
    """A sign for each bound that a number reaches."""
    return tuple(f"{name} {bound}" for bound in takewhile(lambda b: number >= b, STEPS[name]))


def _sentences_away(document: Document, anchor: int, start: int) -> list[str]:
    """How many sentences a value stands from what names its item, if it is in another."""
    if start == anchor:
        return []
    own, there = (document.sentence_at(document.view_offset(position)).index for position in (anchor, start))
    apart = there - own
    if abs(apart) > 1:
        return ["some sentences away" if abs(apart) <= 3 else "many sentences away"]
    return ["sentence after"] if apart == 1 else ["sentence before"] if apart else []
