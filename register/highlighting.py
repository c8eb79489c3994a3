"""An article's text cut at the spans of its claims, so that overlapping spans stay whole and nothing nests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from evidence.choices import RecordKind

PARAGRAPH = re.compile(r"[^\n]+")
# Innermost first where two passages cover the same words; the order decides between passages of one length.
KINDS = ("money", "count", "where", "people", "group")
BY_RECORD = {
    RecordKind.ORGANISATION: "group",
    RecordKind.CONTACT_GROUP: "group",
    RecordKind.MEMBERSHIP: "group",
    RecordKind.MEETING: "group",
    RecordKind.OFFICIAL: "people",
    RecordKind.POST: "people",
    RecordKind.ATTENDANCE: "people",
    RecordKind.STATEMENT: "people",
    RecordKind.MEETING_TOPIC: "count",
    RecordKind.PACKAGE: "money",
    RecordKind.CONTRIBUTION: "money",
    RecordKind.PACKAGE_ITEM: "money",
    RecordKind.ALLOCATION: "where",
}
BY_FIELD = {
    "starts": "where",
    "ends": "where",
    "announced_on": "where",
    "place": "where",
    "country": "where",
    "venue": "where",
    "nation_count": "count",
    "member_count": "count",
}


def kind_of(record_kind: str, field_name: str) -> str:
    """Which of the five kinds of highlight a claim has."""
    return BY_FIELD.get(field_name) or BY_RECORD[RecordKind(record_kind)]


@dataclass
class Passage:
    """Some words that claims rest on; `number` counts them in the order of the text."""

    start: int
    end: int
    kind: str
    number: int = 0
    notes: list[Any] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"s{self.start}-{self.end}"


@dataclass(frozen=True)
class Segment:
    """Words covered by the same passages. `opens` and `closes` are those that begin or end with it."""

    text: str
    passage: Passage | None
    opens: list[Passage]
    closes: list[Passage]

    @property
    def is_linked(self) -> bool:
        """Does it lead to the note of its passage? A space alone would be a link without a name."""
        return self.passage is not None and bool(self.closes or self.text.strip())


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, and the passages that begin in it."""

    segments: list[Segment]
    passages: list[Passage]


def paragraphs(content: str, passages: Iterable[Passage]) -> list[Paragraph]:
    """Cut a text into paragraphs and segments. Offsets are code points of `content`; numbers are set here."""
    ordered = sorted(passages, key=lambda p: (p.start, -p.end))
    for number, passage in enumerate(ordered, 1):
        passage.number = number
    found = []
    for match in PARAGRAPH.finditer(content):
        inside = [p for p in ordered if p.start < match.end() and p.end > match.start()]
        found.append(
            Paragraph(
                _segments(content, match.start(), match.end(), inside),
                [p for p in inside if p.start >= match.start()],
            )
        )
    return found


def _segments(content: str, start: int, end: int, passages: list[Passage]) -> list[Segment]:
    cuts = {start, end}
    for passage in passages:
        cuts |= {max(start, passage.start), min(end, passage.end)}
    edges = sorted(cuts)
    segments = []
    for left, right in pairwise(edges):
        covering = [p for p in passages if p.start < right and p.end > left]
        innermost = min(covering, key=lambda p: (p.end - p.start, KINDS.index(p.kind)), default=None)
        segments.append(
            Segment(
                text=content[left:right],
                passage=innermost,
                opens=[p for p in covering if max(p.start, start) == left and p.start >= start],
                closes=[p for p in covering if min(p.end, end) == right and p.end <= end],
            )
        )
    return segments
