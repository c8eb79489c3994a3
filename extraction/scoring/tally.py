"""Counts of right, wrong and missed, and the figures that follow from them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.scoring.judging import Judgement, Outcome

RESAMPLES = 400
ALL = "all"


@dataclass
class Tally:
    """How many were right, wrong (read, not annotated) and missed (annotated, not read)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """1.0 where nothing was read: nothing was read wrongly."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """1.0 where there was nothing to read."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def rows(judgements: Iterable[Judgement]) -> dict[str, Tally]:
    """By row in name order: items ("meetings"), fields ("meetings.starts"), both ("meetings.*") and "all"."""
    table: dict[str, Tally] = {}
    for one in judgements:
        counted = Tally(one.outcome is Outcome.RIGHT, one.outcome is Outcome.WRONG, one.outcome is Outcome.MISSED)
        for row in (one.row, f"{one.row.partition('.')[0]}.*", ALL):
            table[row] = table.get(row, Tally()) + counted
    return dict(sorted(table.items()))


def interval(articles: Sequence[Tally]) -> tuple[float, float]:
    """The middle 95 % of the F1 of articles drawn again with replacement; the same articles give the same interval."""
    draw = random.Random(7)  # noqa: S311 -- resampling, not secrets
    drawn = sorted(sum((draw.choice(articles) for _ in articles), Tally()).f1 for _ in range(RESAMPLES))
    outside = RESAMPLES // 40
    return drawn[outside], drawn[-1 - outside]
