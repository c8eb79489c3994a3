"""How sure the engine is, measured: the confidence that a rule states is moved by how often the rule was right.

`calibration.csv` holds, by field and rule, the values judged on the annotated articles that rules are tuned on, how
many were right, and `shift`, what is added to the log-odds of the stated confidence. A rule keeps telling its surer
values from its less sure ones; only the level moves. `benchmarks/calibrate.py` writes the file.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from extraction.facts import ContactGroup, Evidence, Facts, Meeting, Official, Package

FILE = Path(__file__).parent / "calibration.csv"
_Item = TypeVar("_Item", ContactGroup, Meeting, Official, Package)
# Nothing that rules read is certain, nor is what they give worthless.
_LEAST, _MOST = 0.05, 0.99


@dataclass(frozen=True)
class Rating:
    """One row of the file. `field` is section and field ("packages.donor"); an empty `rule` stands for all others."""

    field: str
    rule: str
    values: int
    right: int
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
    confidence = round(shifted(one.confidence, shift), 2)
    # Written out, as `replace` costs three times as much and an article has some fifty values.
    return Evidence(one.field, one.start, one.end, one.quote, confidence, one.rule, one.value)


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


def fit(values: list[Judged]) -> list[Rating]:
    """The rows of the file, fields in order, each field's row for unknown rules first."""
    if not values:
        return []
    overall = _mean(values)
    ratings: list[Rating] = []
    for name in sorted({v.field for v in values}):
        of_field = [v for v in values if v.field == name]
        mean = _shrunk(of_field, overall)
        ratings.append(_rating(name, "", of_field, mean))
        for rule in sorted({v.rule for v in of_field}):
            of_rule = [v for v in of_field if v.rule == rule]
            ratings.append(_rating(name, rule, of_rule, _shrunk(of_rule, mean)))
    return ratings


def _mean(values: list[Judged]) -> float:
    return sum(v.right for v in values) / len(values)


def _shrunk(values: list[Judged], towards: float) -> float:
    """The share right with a beta prior of weight PRIOR around a mean."""
    return (sum(v.right for v in values) + PRIOR * towards) / (len(values) + PRIOR)


def _rating(name: str, rule: str, values: list[Judged], target: float) -> Rating:
    """The shift, found by halving, that brings the mean confidence to the share of right values."""
    low, high = -6.0, 6.0
    for _ in range(40):
        middle = (low + high) / 2
        reached = sum(shifted(v.confidence, middle) for v in values) / len(values)
        low, high = (middle, high) if reached < target else (low, middle)
    return Rating(name, rule, len(values), sum(v.right for v in values), round((low + high) / 2, 3))
