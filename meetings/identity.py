"""What makes two mentions of a meeting one meeting.

Group and ordinal, or group, level, date and place; never the title. A meeting that is put off, moved or retold stays
one; where it is not sure, two records are better than a silent guess.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from evidence.fields import Node, Proposal, Reading
from evidence.partial_dates import PartialDate
from meetings.choices import Level
from meetings.series import series
from people.names import fold

Features = Mapping[str, Any]
# One number of a series stays one meeting however often it is put off, within reason.
SAME_ORDINAL = datetime.timedelta(days=150)
# What is said to have been held, on two days further apart than this, is two meetings whatever their number.
SAME_HELD = datetime.timedelta(days=31)
# Sources are off by a day where a meeting crosses midnight or a time zone.
OFF_BY = datetime.timedelta(days=1)
# "The group's latest meeting", without a date, is one held within this time before the text.
RECENTLY = datetime.timedelta(days=8)
SOON = datetime.timedelta(days=45)


def meeting_features(reading: Reading) -> dict[str, Any]:
    """Ordinal, dates, level, place; for an undated mention also what it was said of and when.

    For a meeting of a group's body for one level, that level as `body`.
    """
    features: dict[str, Any] = {
        name: reading.best(name) for name in ("ordinal", "starts", "ends", "level", "country", "status")
    }
    features["place"] = fold(str(reading.best("place") or "")) or None
    # Whether it was still to come tells whether it can have been moved; the rest of its course says nothing more.
    features["status"] = features["status"] if features["status"] in ("planned", "postponed", "held") else None
    if features["starts"] is None:
        features["said_on"] = reading.said_on.isoformat() if reading.said_on else None
        features["title"] = fold(str(reading.best("title") or ""))
    group = reading.best("group")
    features["body"] = series(group, features["level"]).level if group else None
    return features


def meeting_block(reading: Reading, features: Features) -> str:
    """All meetings of a group and of its bodies for one level together; without a group, those of one year."""
    group = reading.best("group")
    if group:
        home = series(group, features["level"]) if features["body"] else None
        return f"group {home.whole if home else group}"
    if features["starts"]:
        return f"year {features['starts'][:4]}"
    return f"undated {features['title']} {features['said_on']}"


def _date(features: Features) -> PartialDate | None:
    return PartialDate.parse(features["starts"]) if features.get("starts") else None


def _known_to_differ(a: Features, b: Features, name: str) -> bool:
    return bool(a.get(name) and b.get(name) and a[name] != b[name])


def levels_differ(a: Features, b: Features) -> bool:
    """Are they of two series? `other` is the level of whoever did not say more."""
    if a.get("body") != b.get("body"):
        return True
    return _known_to_differ(a, b, "level") and Level.OTHER not in (a["level"], b["level"])


def _apart(a: PartialDate, b: PartialDate) -> datetime.timedelta:
    """The least time between two partial dates; zero where they can mean one day."""
    if a.first <= b.last and b.first <= a.last:
        return datetime.timedelta(0)
    return max(a.first - b.last, b.first - a.last)


def _span(features: Features) -> tuple[datetime.date, datetime.date] | None:
    start = _date(features)
    if start is None:
        return None
    end = PartialDate.parse(features["ends"]) if features.get("ends") else start
    return start.first, max(start.last, end.last)


def meeting_conflict(a: Features, b: Features) -> bool:
    """Can these two not be one meeting?"""
    if "correction" in a or "correction" in b:
        return False
    left, right = _date(a), _date(b)
    apart = _apart(left, right) if left and right else None
    same_ordinal = bool(a["ordinal"] and a["ordinal"] == b["ordinal"])
    # A source may give a wrong number to a day, but two numbers within one month are two meetings.
    one_day = left is not None and left == right and left.day is not None
    if _known_to_differ(a, b, "ordinal") and not one_day:
        return True
    if levels_differ(a, b):
        return True
    if apart is None:
        return False
    if same_ordinal:
        both_held = a.get("status") == b.get("status") == "held"
        return apart > (SAME_HELD if both_held else SAME_ORDINAL)
    postponed = "postponed" in (a.get("status"), b.get("status"))
    if postponed:
        return apart > SAME_ORDINAL
    if apart > OFF_BY and not _spans_touch(a, b):
        return True
    if _spans_cross(a, b):
        return True
    # The same day at two places is two meetings.
    return _known_to_differ(a, b, "place") or _known_to_differ(a, b, "country")


def _spans_touch(a: Features, b: Features) -> bool:
    left, right = _span(a), _span(b)
    return bool(left and right and left[0] <= right[1] and right[0] <= left[1])


def _spans_cross(a: Features, b: Features) -> bool:
    """Do both last some days, the one beginning and ending before the other? Then one follows the other."""
    left, right = _span(a), _span(b)
    if not (a.get("ends") and b.get("ends") and left and right):
        return False
    return (left[0] < right[0] and left[1] < right[1]) or (right[0] < left[0] and right[1] < left[1])


def meeting_proposals(nodes: Sequence[Node]) -> Iterable[Proposal]:
    """Pairs of one block that may be one meeting, with how surely."""
    real = [node for node in nodes if "correction" not in node.features]
    for a, b in combinations(real, 2):
        score = _score(a.features, b.features)
        if score:
            yield Proposal(score, a.signature, b.signature)
    yield from _vague(real)


def _score(a: Features, b: Features) -> float:
    left, right = _date(a), _date(b)
    if a["ordinal"] and a["ordinal"] == b["ordinal"]:
        # A number that two meetings are given says less than the day.
        near = left is None or right is None or _apart(left, right) <= OFF_BY
        return 1.0 if near else 0.85
    if left is None or right is None:
        return 0.0
    exact = left.day and right.day
    if exact and left == right:
        return 0.95
    if exact and _spans_touch(a, b):
        return 0.9
    if exact and _apart(left, right) <= OFF_BY and a["place"] and a["place"] == b["place"]:
        return 0.8
    if (
        not exact
        and _apart(left, right) == datetime.timedelta(0)
        and (a["level"] == b["level"] or (a["place"] and a["place"] == b["place"]))
    ):
        return 0.6
    return 0.0


def _when(features: Features) -> tuple[datetime.date, datetime.date] | None:
    """The days within which a meeting lies that is not dated to the day; none where nothing tells."""
    stated, said = _date(features), features.get("said_on")
    held = features["status"] == "held"
    if stated is not None:
        return None if stated.day else (stated.first, stated.last)
    if said:
        day = datetime.date.fromisoformat(said)
        return (day - RECENTLY, day) if held else (day, day + SOON)
    return None


def _vague(nodes: Sequence[Node]) -> Iterable[Proposal]:
    """A mention without a day is linked to the one meeting of its group that it can mean, if there is just one."""
    dated = [node for node in nodes if (date := _date(node.features)) and date.day]
    for node in nodes:
        when = _when(node.features)
        if when is None:
            continue
        fitting = [
            other
            for other in dated
            if when[0] <= PartialDate.parse(other.features["starts"]).first <= when[1]
            # Who says the level and no day may mean another meeting of that month.
            and (node.features.get("said_on") or node.features["level"] in (None, other.features["level"]))
            and not meeting_conflict(node.features, other.features)
        ]
        days = {(other.features["starts"], other.features["level"]) for other in fitting}
        if len({day for day, _ in days}) == 1 and len({level for _, level in days if level}) <= 1:
            yield from (Proposal(0.5, node.signature, other.signature) for other in fitting)
