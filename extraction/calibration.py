"""How sure the engine is, measured: the confidence that a rule states is moved by how often the rule was right.

`calibration.csv` holds, by field and rule, the values judged on the annotated articles that rules are tuned on, how
many were right, the same for first readings, and `shift`, what is added to the log-odds of the stated confidence. A
rule keeps telling its surer values from its less sure ones; only the level moves. `benchmarks/calibrate.py` writes it.

A rule is right more often on the articles it was written on than on others. First readings (`data/gold/
first_readings.csv`) are what the engine read in articles before any rule was changed for them; how far their share of
right values lies below that of the tuning articles is taken off every rule of the field.

What is not nearly sure is held back: a value under `SURE` gets no more than `HELD_BACK`, which one outlet of
ordinary reliability does not publish and two that agree do (docs/decisions/009).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from extraction.facts import ContactGroup, Evidence, Facts, Meeting, Official, Package

FILE = Path(__file__).parent / "calibration.csv"
_Item = TypeVar("_Item", ContactGroup, Meeting, Official, Package)
# Nothing that rules read is certain, nor is what they give worthless.
_LEAST, _MOST = 0.05, 0.99
# Of values stated at less than this more than one in ten is wrong on text not seen before.
SURE = 0.9
# Times the reliability of an ordinary outlet (0.8) this stays under the publication threshold (0.5).
HELD_BACK = 0.62


@dataclass(frozen=True)
class Rating:
    """One row of the file. `field` is section and field ("packages.donor"); an empty `rule` stands for all others."""

    field: str
    rule: str
    values: int
    right: int
    first_values: int
    first_right: int
    shift: float


@lru_cache(maxsize=1)
def shifts() -> dict[tuple[str, str], float]:
    """By field and rule; empty where the file is not there."""
    if not FILE.exists():
        return {}
    with FILE.open(encoding="utf-8", newline="") as handle:
        return {(row["field"], row["rule"]): float(row["shift"]) for row in csv.DictReader(handle)}


@lru_cache(maxsize=10_000)
def shifted(confidence: float, shift: float) -> float:
    """A confidence whose log-odds are moved by `shift`."""
    bounded = min(max(confidence, _LEAST), _MOST)
    odds = math.log(bounded / (1 - bounded)) + shift
    return min(max(1 / (1 + math.exp(-odds)), _LEAST), _MOST)


def calibrated(facts: Facts) -> Facts:
    """The same facts with measured confidence; fields that no annotation judges keep what their rules state."""
    table = shifts()
    if not table:
        return facts
    return replace(
        facts,
        contact_groups=tuple(_item("contact_groups", item, table) for item in facts.contact_groups),
        meetings=tuple(_item("meetings", item, table) for item in facts.meetings),
        officials=tuple(_item("officials", item, table) for item in facts.officials),
        packages=tuple(_item("packages", item, table) for item in facts.packages),
    )


def _item(section: str, item: _Item, table: dict[tuple[str, str], float]) -> _Item:
    return replace(item, evidence=tuple(_evidence(section, one, table) for one in item.evidence))


def _evidence(section: str, one: Evidence, table: dict[tuple[str, str], float]) -> Evidence:
    name = f"{section}.{one.field}"
    shift = table.get((name, one.rule), table.get((name, "")))
    if shift is None:
        return one
    confidence = round(stated(shifted(one.confidence, shift)), 2)
    # Written out, as `replace` costs three times as much and an article has some fifty values.
    return Evidence(one.field, one.start, one.end, one.quote, confidence, one.rule, one.value)


def stated(chance: float) -> float:
    """The confidence given for a chance of being right: itself where it is sure enough, else at most `HELD_BACK`."""
    return chance if chance >= SURE else min(chance, HELD_BACK)


# -- fitting --------------------------------------------------------------------------------------------------

# How many values of the field's own mean a rule's share is mixed with, and a field's with that of all fields.
PRIOR = 8


@dataclass(frozen=True)
class Judged:
    """A value that was judged: its field and rule, the confidence stated, and whether it was right."""

    field: str
    rule: str
    confidence: float
    right: bool


def fit(values: Sequence[Judged], first: Sequence[Judged] = ()) -> list[Rating]:
    """The rows of the file, fields in order, each field's row for unknown rules first.

    `values` are from articles that rules were tuned on, `first` from articles before rules were tuned on them.
    """
    if not values:
        return []
    overall, faded = _mean(values), _mean(first or values)
    ratings: list[Rating] = []
    for name in sorted({v.field for v in (*values, *first)}):
        tuned = [v for v in values if v.field == name]
        seen = [v for v in first if v.field == name]
        known = _shrunk(tuned, overall)
        # What the field keeps on new text; without first readings of its own, what all fields keep.
        mean = _shrunk(seen, _moved(known, _odds(faded) - _odds(overall)))
        fade = _odds(mean) - _odds(known)
        ratings.append(_rating(name, "", tuned, seen, mean))
        for rule in sorted({v.rule for v in (*tuned, *seen)}):
            old, new = [v for v in tuned if v.rule == rule], [v for v in seen if v.rule == rule]
            ratings.append(_rating(name, rule, old, new, _shrunk(new, _moved(_shrunk(old, known), fade))))
    return ratings


def _mean(values: Sequence[Judged]) -> float:
    return sum(v.right for v in values) / len(values)


def _odds(share: float) -> float:
    """Log-odds; nothing is taken for impossible or certain."""
    bounded = min(max(share, _LEAST), 1 - _LEAST / 10)
    return math.log(bounded / (1 - bounded))


def _moved(share: float, odds: float) -> float:
    return 1 / (1 + math.exp(-(_odds(share) + odds)))


def _shrunk(values: Sequence[Judged], towards: float) -> float:
    """The share right with a beta prior of weight PRIOR around a mean."""
    return (sum(v.right for v in values) + PRIOR * towards) / (len(values) + PRIOR)


def _rating(name: str, rule: str, tuned: list[Judged], seen: list[Judged], target: float) -> Rating:
    """The shift, found by halving, that brings the mean confidence to the share of right values."""
    values = [*tuned, *seen]
    low, high = -6.0, 6.0
    for _ in range(40):
        middle = (low + high) / 2
        reached = sum(shifted(v.confidence, middle) for v in values) / len(values)
        low, high = (middle, high) if reached < target else (low, middle)
    return Rating(
        name,
        rule,
        len(tuned),
        sum(v.right for v in tuned),
        len(seen),
        sum(v.right for v in seen),
        round((low + high) / 2, 3),
    )
