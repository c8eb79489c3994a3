"""Whether confidence means what it says: of the values given 0.9, nine in ten should be right."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extraction.scoring.annotations import Item
from extraction.scoring.judging import Judgement, Outcome

# Half-open, the last closed; finer near 1, where most values lie.
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True)
class Rated:
    """A value that was read: how sure the engine was, and whether it was right (as annotated, or accepted).

    `field` is section and field ("packages.donor"), `rule` the rule of its surest quote.
    """

    confidence: float
    right: bool
    field: str = dataclasses.field(default="", compare=False)
    rule: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True)
class Band:
    """The values of one range of confidence; the means are None where there are none."""

    low: float
    high: float
    values: int
    right: int
    confidence: float | None

    @property
    def share_right(self) -> float | None:
        return self.right / self.values if self.values else None


def rated(judgements: Iterable[Judgement], sections: dict[str, list[Item]]) -> list[Rated]:
    """The judged values with the confidence of their surest quote; `sections` are the facts as read.

    What the annotation leaves aside has no judgement and so is not here. A package's amount and a group's name stand
    for the item itself.
    """
    values = []
    for one in judgements:
        if one.item is None or one.field is None or one.value is None:
            continue
        section = one.row.partition(".")[0]
        item = sections[section][one.item]
        surest = _surest(item, one.field, one.value)
        if surest is not None:
            right = one.outcome is not Outcome.WRONG
            values.append(Rated(surest["confidence"], right, f"{section}.{one.field}", surest.get("rule") or ""))
    return values


def _surest(item: Item, field: str, value: object) -> dict[str, Any] | None:
    """Lists have evidence an element, found by its value; a single value has all evidence of its field."""
    several = isinstance(item.get(field), list)
    shown: list[dict[str, Any]] = [
        evidence
        for evidence in item.get("evidence") or []
        if evidence["field"] == field and (not several or evidence.get("value") == value)
    ]
    return max(shown, key=lambda evidence: float(evidence["confidence"]), default=None)


def bands(values: Sequence[Rated]) -> list[Band]:
    table = []
    for low, high in pairwise(EDGES):
        last = high == EDGES[-1]
        inside = [v for v in values if low <= v.confidence and (v.confidence < high or last)]
        mean = sum(v.confidence for v in inside) / len(inside) if inside else None
        table.append(Band(low, high, len(inside), sum(v.right for v in inside), mean))
    return table


def calibration_error(values: Sequence[Rated]) -> float | None:
    """Expected calibration error: how far confidence and share of right values lie apart, weighted by values."""
    if not values:
        return None
    apart = 0.0
    for band in bands(values):
        if band.confidence is not None and band.share_right is not None:
            apart += band.values * abs(band.confidence - band.share_right)
    return apart / len(values)


def published(values: Iterable[Rated], reliability: float, threshold: float) -> tuple[int, int]:
    """How many values one outlet of this reliability alone would publish, and how many of them are right.

    A value is published where confidence x reliability reaches the threshold.
    """
    shown = [value.right for value in values if value.confidence * reliability >= threshold]
    return len(shown), sum(shown)
