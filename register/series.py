"""A group's numbered meetings as series, with the numbers that are missing, and who was in the chair when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from evidence.choices import RecordState
from meetings.choices import AttendanceRole, GroupKind, Level, MeetingStatus
from meetings.models import Attendance, ContactGroup, Meeting, ordinal_words
from people.models import Nation, Official, Organisation

# Numbers of a series that a page lists one by one; a slip of a million must not.
LONGEST = 300
MOST = 400


@dataclass(frozen=True)
class Gap:
    """A number that no meeting has, and the meetings without a number that were held between its neighbours."""

    number: int
    between: list[Meeting]

    @property
    def name(self) -> str:
        return ordinal_words(self.number)


@dataclass(frozen=True)
class Series:
    """The numbered meetings of one level of a group, in order, each number with its meetings or its gap."""

    name: str
    steps: list[Sequence[Meeting] | Gap]
    # Held after the last number, or of a day that is not known to lie between two.
    later: list[Meeting]

    @property
    def numbered(self) -> int:
        return sum(not isinstance(step, Gap) for step in self.steps)

    @property
    def gaps(self) -> list[Gap]:
        return [step for step in self.steps if isinstance(step, Gap)]

    @property
    def last(self) -> str:
        return ordinal_words(len(self.steps))

    @property
    def rows(self) -> list[tuple[int, Sequence[Meeting], Gap | None]]:
        """Each number with its meetings, or with its gap."""
        return [
            (number, () if isinstance(step, Gap) else step, step if isinstance(step, Gap) else None)
            for number, step in enumerate(self.steps, 1)
        ]


@dataclass(frozen=True)
class Chair:
    """Somebody in the chair: the first and the last meeting at which a source says so, and how many there are."""

    official: Official | None
    nation: Nation | None
    organisation: Organisation | None
    first: datetime.date | None
    last: datetime.date | None
    meetings: int


def series_of(group: ContactGroup, meetings: Iterable[Meeting]) -> list[Series]:
    """The series of a group's meetings, the longest first; a level without any number has none."""
    by_level: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        by_level[_level(group, meeting)].append(meeting)
    found = [_series(level, rows) for level, rows in sorted(by_level.items()) if any(m.ordinal for m in rows)]
    return sorted(found, key=lambda series: -series.numbered)


def _level(group: ContactGroup, meeting: Meeting) -> str:
    """The level of a meeting; of one whose level nobody states, the one for which its group meets."""
    if meeting.level:
        return meeting.level
    return Level.ARMAMENTS_DIRECTORS if group.group_kind == GroupKind.ARMAMENTS_DIRECTORS else Level.MINISTERS


def _series(level: str, meetings: list[Meeting]) -> Series:
    numbered: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.ordinal:
            numbered[meeting.ordinal].append(meeting)
    loose = [m for m in meetings if not m.ordinal and m.status == MeetingStatus.HELD and m.starts]
    placed: set[int] = set()
    steps: list[Sequence[Meeting] | Gap] = []
    length = min(max(numbered), LONGEST)
    for number in range(1, length + 1):
        if number in numbered:
            steps.append(numbered[number])
            continue
        after, before = _nearest(numbered, range(number - 1, 0, -1)), _nearest(numbered, range(number + 1, length + 1))
        between = [m for m in loose if after and before and after < m.starts < before]
        placed |= {id(m) for m in between}
        steps.append(Gap(number, between))
    later = sorted((m for m in loose if id(m) not in placed), key=lambda m: m.starts)
    return Series(Level(level).label, steps, later)


def _nearest(numbered: dict[int, list[Meeting]], numbers: Iterable[int]) -> datetime.date | None:
    """The day of the first of these numbers that has one."""
    for number in numbers:
        days = [meeting.starts for meeting in numbered.get(number, ()) if meeting.starts]
        if days:
            return min(days)
    return None


def chairs_of(group: ContactGroup) -> list[Chair]:
    """Who was in the chair of a group's meetings that were held, in order of the first time."""
    rows = (
        Attendance.objects.live()
        .filter(
            meeting__group=group,
            meeting__state=RecordState.LIVE,
            meeting__status=MeetingStatus.HELD,
            role=AttendanceRole.CHAIR,
        )
        .values("official", "nation", "organisation")
        .annotate(first=Min("meeting__starts"), last=Max("meeting__starts"), meetings=Count("meeting", distinct=True))
        .order_by("first", "last", "official", "nation")[:MOST]
    )
    found = list(rows)
    officials = Official.objects.in_bulk({row["official"] for row in found} - {None})
    nations = Nation.objects.in_bulk({row["nation"] for row in found} - {None})
    bodies = Organisation.objects.in_bulk({row["organisation"] for row in found} - {None})
    return [
        Chair(
            officials.get(row["official"]),
            nations.get(row["nation"]),
            bodies.get(row["organisation"]),
            row["first"],
            row["last"],
            row["meetings"],
        )
        for row in found
    ]
