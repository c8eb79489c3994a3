"""Who came for whom: what the rows of attendance say together."""

from __future__ import annotations

from collections.abc import Iterable

from meetings.choices import AttendanceRole
from meetings.models import Attendance

AWAY = (AttendanceRole.ABSENT, AttendanceRole.INVITED, AttendanceRole.COORDINATOR)


def nations_present(attendances: Iterable[Attendance]) -> int:
    """Nations that are said to have taken part, each counted once, however many of its officials are named."""
    return len({row.nation_id for row in attendances if row.role not in AWAY} - {None})


def mark_whole(attendances: Iterable[Attendance]) -> list[Attendance]:
    """Set `whole` on rows that name a party alone where others of the same meeting name its officials."""
    rows = list(attendances)
    led = {(row.meeting_id, row.nation_id, row.organisation_id) for row in rows if row.official_id}
    for row in rows:
        row.whole = not row.official_id and (row.meeting_id, row.nation_id, row.organisation_id) in led
    return rows
