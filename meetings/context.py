"""What the other mentions of a series say of one: the number it does not give, the day it was moved to.

Seen alone, a report of the 20th and the announcement of the 8th meeting for the 30th are two days; beside one that
calls the meeting of the 20th the 8th, they are one meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence.fields import Node
from evidence.partial_dates import PartialDate
from meetings.identity import SAME_ORDINAL, levels_differ

Features = Mapping[str, Any]


def in_context(nodes: Sequence[Node]) -> list[Node]:
    """The nodes of one block as they are compared; blind to their order, and to those that faded."""
    living = [node.features for node in nodes if not node.faded and "correction" not in node.features]
    moves = _moves(living)
    numbers = _numbers(living)
    return [replace(node, features=_read(node.features, moves, numbers)) for node in nodes]


def _read(features: Features, moves: Mapping[str, list[Features]], numbers: Mapping[str, list[Features]]) -> Features:
    if "correction" in features or not features.get("starts"):
        return features
    day = features["starts"]
    moved = {other["starts"] for other in moves.get(day, ()) if _planned(features) and _one_level(features, other)}
    if len(moved) == 1:
        features = {**features, "starts": moved.pop(), "ends": None}
    if not features["ordinal"]:
        given = [other for other in numbers.get(day, ()) if _one_level(features, other) and _one_place(features, other)]
        if len({other["ordinal"] for other in given}) == 1:
            features = {**features, "ordinal": given[0]["ordinal"]}
    return features


def _numbers(living: Sequence[Features]) -> dict[str, list[Features]]:
    """The numbered mentions of each exact day."""
    found: dict[str, list[Features]] = defaultdict(list)
    for features in living:
        if features["ordinal"] and features.get("starts") and PartialDate.parse(features["starts"]).day:
            found[features["starts"]].append(features)
    return found


def _moves(living: Sequence[Features]) -> dict[str, list[Features]]:
    """By day for which a meeting was only ever planned: what says that one was put off to a later day.

    The last planned day before the new one is meant, and no other: two plans apart are two meetings.
    """
    dated = [f for f in living if f.get("starts") and PartialDate.parse(f["starts"]).day]
    planned = sorted({f["starts"] for f in dated if _planned(f)} - {f["starts"] for f in dated if not _planned(f)})
    found: dict[str, list[Features]] = defaultdict(list)
    for later in dated:
        if later["status"] != "postponed":
            continue
        new = PartialDate.parse(later["starts"]).first
        before = [
            day
            for day in planned
            if (old := PartialDate.parse(day).first) < new
            and new - old <= SAME_ORDINAL
            and any(f["starts"] == day and _one_level(f, later) and _one_number(f, later) for f in dated)
        ]
        if before:
            found[before[-1]].append(later)
    return found


def _planned(features: Features) -> bool:
    return bool(features["status"] == "planned")


def _one_level(a: Features, b: Features) -> bool:
    return not levels_differ(a, b)


def _one_number(a: Features, b: Features) -> bool:
    return not (a["ordinal"] and b["ordinal"] and a["ordinal"] != b["ordinal"])


def _one_place(a: Features, b: Features) -> bool:
    return not any(a.get(name) and b.get(name) and a[name] != b[name] for name in ("place", "country"))
