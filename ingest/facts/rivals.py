"""Which row another row belongs to: rows that give rival values speak of one thing, and must never become two.

The remark of such a row says so (`disagrees`, `differing`, `same package`); what it belongs to is found among the
rows that do not. A row that nothing is found for stands by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from evidence.partial_dates import PartialDate
from ingest.facts.files import Row

# A number of a series stays one meeting however often it is put off, within reason.
SAME_ORDINAL = datetime.timedelta(days=150)
# Announcement, memorandum and report of one package lie no further apart.
SAME_PACKAGE = datetime.timedelta(days=5)
RETOLD = datetime.timedelta(days=730)
MEMORANDUM = "presidential memorandum, delegation under FAA section 506"


def _apart(a: str, b: str) -> datetime.timedelta:
    """The least time between two dates as written; a very long one where either is none."""
    try:
        left, right = PartialDate.parse(a), PartialDate.parse(b)
    except ValueError:
        return datetime.timedelta.max
    return max(left.first - right.last, right.first - left.last, datetime.timedelta(0))


def meeting_of(rows: Iterable[Row], group: str, starts: str) -> Row | None:
    """The row that a group and a first day, as written, point to: sooner one that disagrees with no other."""
    found = [row for row in rows if (row["group_slug"], row["starts"]) == (group, starts)]
    return min(found, key=lambda row: row.is_rival, default=None)


def primary_meeting(row: Row, rows: Iterable[Row]) -> Row | None:
    """The row of the meeting that a rival row speaks of: of that title, day or number, in this order."""
    if not row.is_rival:
        return None
    others = [other for other in rows if other["group_slug"] == row["group_slug"] and not other.is_rival]
    same_level = [other for other in others if row["level"] in (other["level"], "other") or other["level"] == "other"]
    ranked = [
        *(other for other in others if other["title"] == row["title"]),
        *(other for other in same_level if other["starts"] == row["starts"]),
        *(other for other in same_level if _apart(other["starts"], row["starts"]) == datetime.timedelta(0)),
        *(
            other
            for other in same_level
            if row["ordinal"]
            and other["ordinal"] == row["ordinal"]
            and _apart(other["starts"], row["starts"]) <= SAME_ORDINAL
        ),
    ]
    return ranked[0] if ranked else None


def primary_package(row: Row, rows: Iterable[Row]) -> Row | None:
    """The row of the package that a rival row, or the memorandum behind an announcement, speaks of."""
    if not row.is_rival and row["remark"] != MEMORANDUM:
        # Most rows: not worth a look at every other of a long file.
        return None
    others = [
        other
        for other in rows
        if (other["donor"], other["programme"]) == (row["donor"], row["programme"])
        and other is not row
        and not other.is_rival
    ]
    if row.is_rival:
        near = [other for other in others if _apart(other["announced_on"], row["announced_on"]) <= SAME_PACKAGE]
        told = [
            other
            for other in others
            if (other["amount"], other["currency"]) == (row["amount"], row["currency"])
            and _apart(other["announced_on"], row["announced_on"]) <= RETOLD
        ]
        return min(told or near, key=lambda other: _unlike(row, other), default=None)
    same = [other for other in others if other["recipients"] == row["recipients"]]
    near = [other for other in same if _apart(other["announced_on"], row["announced_on"]) <= SAME_PACKAGE]
    if any(other["amount"] == row["amount"] for other in near):
        return None
    # Of another sum than what was announced that day: one drawdown, of which the two sources differ.
    return next((other for other in near if other["announced_on"] == row["announced_on"]), None)


def _unlike(row: Row, other: Row) -> tuple[bool, bool, datetime.timedelta, bool]:
    return (
        (len(row.several("recipients")) > 1) != (len(other.several("recipients")) > 1),
        row["currency"] != other["currency"],
        _apart(other["announced_on"], row["announced_on"]),
        row["meeting_starts"] != other["meeting_starts"],
    )
