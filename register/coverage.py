"""How well the register covers what it is about: records by group and year, and what stands behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from evidence.choices import RecordKind
from evidence.fields import EXISTS
from evidence.models import Claim, Record, SettledField
from funding.models import Package
from meetings.models import Attendance, ContactGroup, Meeting
from register.series import Gap, series_of

NO_GROUP = "(no group)"
UNDATED = "undated"


@dataclass
class Cell:
    """The live records of one kind of one group and year."""

    group: str
    year: str
    kind: str
    # By the number of independent sources that say the record exists.
    sources: Counter[int] = field(default_factory=Counter)
    contested: int = 0
    # No article that was read says that it exists; only citations and editors do.
    unread: int = 0
    # Numbers of the group's series that no meeting has, told with the year of the next known one.
    missing: list[int] = field(default_factory=list)

    @property
    def records(self) -> int:
        return self.sources.total()

    def with_sources(self, low: int, high: int | None = None) -> int:
        """How many have at least `low` and at most `high` independent sources."""
        return sum(many for n, many in self.sources.items() if n >= low and (high is None or n <= high))


def coverage() -> list[Cell]:
    """Meetings, attendances and packages by group and year; packages stand with the meeting they were announced at."""
    names = {group.pk: group.abbreviation or group.name for group in ContactGroup.objects.live()}
    meetings = list(Meeting.objects.live().order_by("starts", "pk"))
    where = {m.pk: (_group(names, m.group_id), _year(m.starts)) for m in meetings}
    cells: dict[tuple[str, str, str], Cell] = {}
    records: list[tuple[Record, str, str]] = [(m, *where[m.pk]) for m in meetings]
    records += [(a, *where[a.meeting_id]) for a in Attendance.objects.live() if a.meeting_id in where]
    for package in Package.objects.live():
        group = where[package.meeting_id][0] if package.meeting_id in where else NO_GROUP
        records.append((package, group, _year(package.announced_on)))
    ids = [record.pk for record, _, _ in records]
    stories, read = _stories(ids), _read(ids)
    for record, group, year in records:
        cell = cells.setdefault((group, year, record.kind), Cell(group, year, record.kind))
        cell.sources[stories.get(record.pk, 0)] += 1
        cell.contested += bool(record.contested_fields)
        cell.unread += record.pk not in read
    by_group: dict[UUID, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.group_id in names:
            by_group[meeting.group_id].append(meeting)
    for group in ContactGroup.objects.in_bulk(by_group).values():
        for number, year in _missing(group, by_group[group.pk]):
            cells[names[group.pk], year, RecordKind.MEETING].missing.append(number)
    order = list(RecordKind)
    return sorted(
        cells.values(),
        key=lambda cell: (cell.group == NO_GROUP, cell.group.casefold(), cell.year, order.index(cell.kind)),
    )


def _group(names: dict[UUID, str], pk: UUID | None) -> str:
    return names.get(pk, NO_GROUP) if pk else NO_GROUP


def _year(day: object) -> str:
    return str(day)[:4] if day else UNDATED


def _stories(ids: Iterable[UUID]) -> dict[UUID, int]:
    heads = SettledField.objects.filter(record__in=ids, field=EXISTS)
    return dict(heads.values_list("record", "stories"))


def _read(ids: Iterable[UUID]) -> set[UUID]:
    claims = Claim.objects.filter(run__live=True, field=EXISTS, mention__binding__record__in=ids)
    return set(claims.values_list("mention__binding__record", flat=True).distinct())


def _missing(group: ContactGroup, meetings: list[Meeting]) -> Iterable[tuple[int, str]]:
    """The missing numbers of a group's longest series, each with the year of the next known number."""
    for series in series_of(group, meetings)[:1]:
        steps = series.steps
        for number, step in enumerate(steps, 1):
            if isinstance(step, Gap):
                following = next(known for known in steps[number:] if not isinstance(known, Gap))
                yield number, _year(following[0].starts)
