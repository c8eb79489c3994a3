"""What the other mentions of a series say of one: the number or day it does not give, the day it was moved to.

Seen alone, a report of the 20th and the announcement of the 8th meeting for the 30th are two days; beside one that
calls the meeting of the 20th the 8th, they are one meeting. And whoever says that a group meets, on a day and in a town
for which others name the group's armaments directors and nobody another level, speaks of the directors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence.fields import Node
from evidence.partial_dates import PartialDate
from meetings.choices import Level
from meetings.identity import SAME_ORDINAL, levels_differ

Features = Mapping[str, Any]


def in_context(nodes: Sequence[Node]) -> list[Node]:
    """The nodes of one block as they are compared; blind to their order, and to those that faded."""
    living = [node.features for node in nodes if not node.faded and "correction" not in node.features]
    bodies = _of_bodies(living)
    living = [_of_a_body(features, bodies) for features in living]
    moves = _moves(living)
    numbers = _numbers(living)
    days = _days(living)
    return [replace(node, features=_read(_of_a_body(node.features, bodies), moves, numbers, days)) for node in nodes]


def _read(
    features: Features,
    moves: Mapping[str, list[Features]],
    numbers: Mapping[str, list[Features]],
    days: Mapping[int, list[Features]],
) -> Features:
    if "correction" in features:
        return features
    if not features.get("starts"):
        told = [other for other in days.get(features["ordinal"], ()) if _one_level(features, other)]
        # Undated, it could be held against none of its number that another source numbers otherwise.
        if len({other["starts"] for other in told}) == 1 and all(_near(features, other) for other in told):
            features = {**features, "starts": told[0]["starts"]}
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


def _of_a_body(features: Features, bodies: Mapping[str, list[Features]]) -> Features:
    """As the body's, where it names no level and all else that is said of the day is said of the body."""
    if features.get("body") or "correction" in features or features.get("level") not in (None, Level.OTHER):
        return features
    others = bodies.get(features.get("starts") or "", ())
    if len({other.get("body") for other in others}) != 1 or not all(_surely(features, other) for other in others):
        return features
    return {**features, "body": others[0]["body"], "level": others[0]["body"]}


def _of_bodies(living: Sequence[Features]) -> dict[str, list[Features]]:
    """By exact day what is said of bodies' meetings; of days on which the group itself met, nothing."""
    found: dict[str, list[Features]] = defaultdict(list)
    own = set()
    for features in living:
        if features.get("body") and _exact(features):
            found[features["starts"]].append(features)
        elif features.get("starts") and features.get("level") not in (None, Level.OTHER):
            own.add(features["starts"])
    return {day: others for day, others in found.items() if day not in own}


def _surely(features: Features, body: Features) -> bool:
    """Beside the day, do town or number agree, and nothing that both give differ?"""
    agree = [name for name in ("place", "ordinal") if features.get(name) and features[name] == body.get(name)]
    return bool(agree) and _one_place(features, body) and _one_number(features, body)


def _days(living: Sequence[Features]) -> dict[int, list[Features]]:
    """The dated mentions of each number."""
    found: dict[int, list[Features]] = defaultdict(list)
    for features in living:
        if features["ordinal"] and _exact(features):
            found[features["ordinal"]].append(features)
    return found


def _numbers(living: Sequence[Features]) -> dict[str, list[Features]]:
    """The numbered mentions of each exact day."""
    found: dict[str, list[Features]] = defaultdict(list)
    for features in living:
        if features["ordinal"] and _exact(features):
            found[features["starts"]].append(features)
    return found


def _moves(living: Sequence[Features]) -> dict[str, list[Features]]:
    """By day for which a meeting was only ever planned: what says that one was put off to a later day.

    The last planned day before the new one is meant, and no other: two plans apart are two meetings.
    """
    dated = [f for f in living if _exact(f)]
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


def _exact(features: Features) -> bool:
    return bool(features.get("starts") and PartialDate.parse(features["starts"]).day)


def _near(features: Features, dated: Features) -> bool:
    """Is the day one of which a text of that time can speak?"""
    if not features.get("said_on"):
        return False
    said = PartialDate.parse(features["said_on"]).first
    return abs(said - PartialDate.parse(dated["starts"]).first) <= SAME_ORDINAL


def _planned(features: Features) -> bool:
    return bool(features["status"] == "planned")


def _one_level(a: Features, b: Features) -> bool:
    return not levels_differ(a, b)


def _one_number(a: Features, b: Features) -> bool:
    return not (a["ordinal"] and b["ordinal"] and a["ordinal"] != b["ordinal"])


def _one_place(a: Features, b: Features) -> bool:
    return not any(a.get(name) and b.get(name) and a[name] != b[name] for name in ("place", "country"))
