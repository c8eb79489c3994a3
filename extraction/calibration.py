"""How sure the engine is: the chance that an item is there, times the chance that a value of it is then right.

Both chances come from logistic models over the signs of `calibration_signs`, so that what is read of a doubtful
meeting is doubted too, however plainly a rule read it. `benchmarks/calibrate.py` makes their weights,
`calibration_items.csv` and `calibration_values.csv`, above all from articles read before any rule was tuned on them,
as on the others every rule looks better than it is.

What the engine is not nearly sure of is not for one article to state: below its field's level (`level_of`) a chance is
lowered so far that an outlet of ordinary reliability does not publish it alone. A second outlet, one of high
reliability or an editor does. The order of values is kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from extraction.calibration_signs import Setting, signs_of_item, signs_of_value
from extraction.document import Document
from extraction.facts import ContactGroup, Evidence, Facts, Meeting, Official, Package
from extraction.logistic import Model

ITEMS = Model(Path(__file__).with_name("calibration_items.csv"))
VALUES = Model(Path(__file__).with_name("calibration_values.csv"))
_Item = TypeVar("_Item", ContactGroup, Meeting, Official, Package)
# Nothing that is read is certain, nor is it worthless.
_LEAST, _MOST = 0.05, 0.99
# The chance from which on one article states a value (docs/decisions/022).
NEARLY_SURE = 0.92
# Of what a meeting is known by, so that it is not shown without.
PLAIN_ENOUGH = 0.73
KNOWN_BY = frozenset(["meetings.contact_group", "meetings.starts", "meetings.place", "meetings.status"])
# Just below what an outlet of ordinary reliability (0.8) needs to publish alone (0.5), and from where on a chance that
# does not reach its level is lowered to less than that.
_HELD_BACK, _LOWERED = 0.62, 0.55


def calibrated(facts: Facts, document: Document) -> Facts:
    """The same facts with measured confidence; fields that no annotation judges are no surer than their item."""
    if not VALUES.weights:
        return facts
    setting = Setting(facts, document)
    return replace(
        facts,
        contact_groups=_section(setting, "contact_groups", facts.contact_groups),
        meetings=_section(setting, "meetings", facts.meetings),
        officials=_section(setting, "officials", facts.officials),
        packages=_section(setting, "packages", facts.packages),
    )


def _section(setting: Setting, section: str, items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(_calibrated(setting, section, index, item) for index, item in enumerate(items))


def _calibrated(setting: Setting, section: str, index: int, item: _Item) -> _Item:
    there = ITEMS.probability(signs_of_item(setting, section, index))
    evidence = []
    for one in item.evidence:
        if f"{section}.{one.field}" in VALUES.weights:
            chance = there * VALUES.probability(signs_of_value(setting, section, item, one))
            sure = vouched(chance, f"{section}.{one.field}")
        else:
            sure = round(min(one.confidence, there), 2)
        # Written out, as `replace` costs three times as much and an article has some fifty values.
        evidence.append(Evidence(one.field, one.start, one.end, one.quote, sure, one.rule, one.value))
    return replace(item, evidence=tuple(evidence))


@lru_cache(maxsize=10_000)
def vouched(chance: float, field: str = "") -> float:
    """The confidence that one article's reading of a field is given for a chance of being right, to two places."""
    level = level_of(field)
    if _LOWERED < chance < level:
        chance = _LOWERED + (chance - _LOWERED) * (_HELD_BACK - _LOWERED) / (level - _LOWERED)
    return round(min(max(chance, _LEAST), _MOST), 2)


def level_of(field: str) -> float:
    """The chance from which on one article states a field such as "meetings.starts"."""
    return PLAIN_ENOUGH if field in KNOWN_BY else NEARLY_SURE
