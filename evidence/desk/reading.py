"""The text that an item rests on, cut so that its words stand out and those of other claims can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from evidence.desk.items import Item, Option
from evidence.models import Article, Claim

PARAGRAPH = re.compile(r"[^\n]+")
# Of longer texts, what stands around the words in question; the rest is a click away.
LONG, AROUND = 20_000, 4_000

Span = tuple[int, int]


@dataclass(frozen=True)
class Segment:
    """Words that the item rests on (`now`), that another claim rests on (`dim`), or neither (empty)."""

    text: str
    mark: str
    first: bool = False


@dataclass(frozen=True)
class Passage:
    """An article as the desk shows it: headline and paragraphs, each in segments. `cut`: there is more of it."""

    article: Article
    option: Option
    claim: int
    headline: list[Segment]
    paragraphs: list[list[Segment]]
    cut: bool
    reliability: float
    original: str


def passage_of(item: Item, claim: str) -> Passage | None:
    """The article of this claim, if the item has it; else of the best quote of what is proposed; None without any."""
    found = [
        (option, quote) for option in item.options for quote in option.quotes if quote.basis == "span" and quote.article
    ]
    proposed = item.proposed
    chosen = next((pair for pair in found if str(pair[1].claim) == claim), None) or next(
        (pair for pair in found if pair[0] is proposed), next(iter(found), None)
    )
    if chosen is None:
        return None
    option, quote = chosen
    row = Claim.objects.select_related("snapshot__article__outlet").get(pk=quote.claim)
    snapshot = row.snapshot
    if snapshot is None:
        return None
    now = {(q.start, q.end) for o, q in found if o is option and q.article == quote.article}
    others = Claim.objects.filter(run=row.run_id).values_list("start", "end").distinct()
    content, article = snapshot.content, snapshot.article
    pieces = list(PARAGRAPH.finditer(content))
    headline = pieces.pop(0) if pieces and snapshot.title.strip() else None
    start = quote.start or 0
    shown = pieces
    if len(content) > LONG:
        shown = [piece for piece in pieces if piece.end() > start - AROUND and piece.start() < start + AROUND]
    spans = _valid(now), _valid(others) - _valid(now)
    return Passage(
        article=article,
        option=option,
        claim=quote.claim,
        headline=_segments(content, headline.start(), headline.end(), *spans, start) if headline else [],
        paragraphs=[_segments(content, piece.start(), piece.end(), *spans, start) for piece in shown],
        cut=len(shown) < len(pieces),
        reliability=article.outlet.reliability,
        original=article.url if article.url.startswith(("https://", "http://")) else "",
    )


def _valid(spans: Iterable[tuple[int | None, int | None]]) -> set[Span]:
    return {(start, end) for start, end in spans if start is not None and end is not None}


def _segments(content: str, start: int, end: int, now: set[Span], dim: set[Span], first: int) -> list[Segment]:
    cuts = {start, end}
    inside = [span for span in now | dim if span[0] < end and span[1] > start]
    for left, right in inside:
        cuts |= {max(start, left), min(end, right)}
    found = []
    for left, right in pairwise(sorted(cuts)):
        covering = {span for span in inside if span[0] < right and span[1] > left}
        mark = "now" if covering & now else "dim" if covering else ""
        found.append(Segment(content[left:right], mark, first=mark == "now" and left == first))
    return found
