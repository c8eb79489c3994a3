"""By which keys two meetings are one or may be: what an editor is shown as a candidate pair, and in which words.

A key belongs to one level; a meeting of no stated level may be of any. `?key` asks for what another meeting offers
as `!key`: a report without a group may be any group's meeting of that day, but two groups' meetings are two.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from meetings.choices import Level, MeetingStatus
from meetings.identity import OFF_BY, RECENTLY, SOON
from meetings.models import Meeting
from meetings.series import OF_ONE_LEVEL, parent_of, series


def meeting_keys(meeting: Meeting, values: Mapping[str, Any]) -> list[str]:
    """Every key of a meeting, sorted."""
    group = series(str(meeting.group_id), meeting.level).group if meeting.group_id else ""
    day = meeting.starts if meeting.starts_precision == "day" else None
    keys = set()
    if group and day:
        if meeting.level in OF_ONE_LEVEL:
            keys |= {f"!body {parent} {day}" for parent in parent_of(group)}
        elif meeting.level in ("", Level.OTHER):
            keys.add(f"?body {group} {day}")
    of_any_level = _of_a_day(meeting, day, group) if day else _of_no_day(meeting, group)
    if group and meeting.ordinal:
        of_any_level = [*of_any_level, f"number ANY {group} {meeting.ordinal}"]
    for level in _levels(meeting):
        keys |= {key.replace(" ANY ", f" {level} ") for key in of_any_level}
    return sorted(keys)


def _levels(meeting: Meeting) -> Iterable[str]:
    known = meeting.level and meeting.level != Level.OTHER
    return [meeting.level] if known else [level for level in Level.values if level != Level.OTHER]


def _of_a_day(meeting: Meeting, day: datetime.date, group: str) -> list[str]:
    """Keys of a meeting whose day is known, with ANY in the place of the level."""
    if not group:
        countries = [meeting.country_id, "-"] if meeting.country_id else ["*"]
        return [f"day ANY - {day}", *(f"?maybe ANY {day} {country}" for country in countries)]
    # Two towns on two days are two meetings; where one gives none, a day may be a slip.
    near = [f"near ANY {group} {day}", f"near ANY {group} {day + OFF_BY}"]
    placed = meeting.place_name or meeting.country_id
    return [
        f"day ANY {group} {day}",
        *([f"!{key}" for key in near] if placed else [*near, *(f"?{key}" for key in near)]),
        *(f"!month ANY {group} {day:%Y-%m} {number}" for number in (meeting.ordinal or "-", "*")),
        *(f"!maybe ANY {day} {country}" for country in (meeting.country_id or "-", "*")),
    ]


def _of_no_day(meeting: Meeting, group: str) -> list[str]:
    """Keys of a meeting of a group of which no day is known, likewise: it may be any of the months it can mean."""
    if not group:
        return []
    numbers = [meeting.ordinal, "-"] if meeting.ordinal else ["*"]
    return [f"?month ANY {group} {month} {number}" for month in _months(meeting) for number in numbers]


def _months(meeting: Meeting) -> list[str]:
    """The months in which a meeting without a day can have been or be, as YYYY-MM; none if that is anybody's guess."""
    if meeting.starts is not None:
        return [f"{meeting.starts:%Y-%m}"] if meeting.starts_precision == "month" else []
    said = meeting.first_reported
    if said is None or meeting.status in (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED):
        return []
    first, last = (said - RECENTLY, said) if meeting.status == MeetingStatus.HELD else (said, said + SOON)
    days = [first + datetime.timedelta(n) for n in range((last - first).days + 1)]
    return list(dict.fromkeys(f"{day:%Y-%m}" for day in days))


def meeting_likeness(key: str) -> str:
    """What two meetings that share this key have in common, in words."""
    what, *rest = key.split(" ")
    if what == "number":
        return f"Both are number {rest[2]} of the series."
    if what == "near":
        return "Both are of one series, on the same day or a day apart."
    if what == "month":
        return f"Only one gives a day, and the other may be the meeting of that series in {rest[2]}."
    if what == "body":
        return f"One names no level, and may be the meeting of the group's own body on {rest[1]}."
    if what == "maybe":
        return f"One names no group, and may be the other group's meeting of {rest[1]}."
    return f"Both are of {rest[2]}, of one level or of none that is stated."
