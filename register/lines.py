"""Meetings as lines of a list: the day on its month, who called it, money announced there, what is contested."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from evidence.fields import kind_spec
from evidence.models import SettledField
from evidence.partial_dates import PartialDate
from funding.models import Package
from meetings.choices import AttendanceRole
from meetings.models import Attendance, Meeting
from meetings.querysets import MeetingQuerySet
from register.delegations import nations_present
from register.wording import day_words, money_words, short_span, until_words

TRACK = 88.0
# Sums shown in a line before the rest is only counted.
SUMS = 2


@dataclass(frozen=True)
class Bar:
    """A stretch of a month's track: `on` stated, `un` only the month known, `alt` a rival day."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class ContestedField:
    name: str
    label: str


@dataclass
class MeetingLine:
    """One meeting in a list. `named` counts nations that articles name; `nations` is the number they state."""

    meeting: Meeting
    today: datetime.date
    rivals: Sequence[str] = ()
    track: list[Bar] = field(init=False)

    def __post_init__(self) -> None:
        self.track = _track(self.meeting, self.rivals)

    @property
    def start(self) -> PartialDate | None:
        return self.meeting.starts_partial

    @property
    def day(self) -> str:
        return short_span(self.start, self.meeting.ends_partial) if self.start else "–"

    @property
    def day_full(self) -> str:
        """The day where no heading gives the year."""
        if self.start is None:
            return "Day not stated"
        short = short_span(self.start, self.meeting.ends_partial)
        return short if self.start.year == self.today.year or self.start.month is None else f"{short} {self.start.year}"

    @property
    def until(self) -> str:
        return until_words(self.start, self.today) if self.start else ""

    @property
    def weekday(self) -> str:
        one_day = self.start and self.start.day and self.meeting.ends_partial in (None, self.start)
        return calendar.day_abbr[self.start.first.weekday()] if self.start and one_day else ""

    @property
    def vague(self) -> str:
        if self.start is None:
            return "day not stated"
        return "" if self.start.day else "day not known" if self.start.month else "month not known"

    @property
    def track_label(self) -> str:
        assert self.start is not None  # noqa: S101  a track is only drawn for a month
        label = day_words(self.start) if self.start.day else f"{day_words(self.start)}, day not known"
        rivals = [day_words(PartialDate.parse(day)) for day in self.rivals]
        return f"{label}; also said: {', '.join(rivals)}" if rivals else label

    @property
    def kind(self) -> str:
        """Level, mode, and who chairs or hosts: `Ministers, in person. Chair DE, GB`."""
        first = [self.meeting.get_level_display(), self.meeting.get_mode_display().lower()]
        parts = [", ".join(part for part in first if part).capitalize()]
        for role, word in ((AttendanceRole.CHAIR, "Chair"), (AttendanceRole.HOST, "Host")):
            codes = sorted({_code(row) for row in self.meeting.attendances.all() if row.role == role} - {""})
            parts.append(f"{word} {', '.join(codes)}" if codes else "")
        return ". ".join(part for part in parts if part)

    @property
    def detail(self) -> str:
        """Country and venue, under the town."""
        return ", ".join(part for part in (self.meeting.country_id or "", self.meeting.venue) if part)

    @property
    def where(self) -> str:
        """Town, country and venue in one line."""
        town = " ".join(part for part in (self.meeting.place_name, self.meeting.country_id or "") if part)
        return ", ".join(part for part in (town, self.meeting.venue) if part)

    @property
    def nations(self) -> int | None:
        return self.meeting.nation_count

    @property
    def named(self) -> int:
        return nations_present(self.meeting.attendances.all())

    @property
    def _announced(self) -> list[Package]:
        return list(self.meeting.packages.all())

    @property
    def packages(self) -> int:
        return len(self._announced)

    @property
    def sums(self) -> str:
        """The first stated sums side by side; sums are not added, whatever their currency."""
        stated = [money_words(p.amount, p.currency, p.qualifier) for p in self._announced if p.amount is not None]
        return ", ".join(stated[:SUMS]) or "no sums"

    @property
    def more(self) -> int:
        return max(0, len([p for p in self._announced if p.amount is not None]) - SUMS)

    @property
    def contested(self) -> list[ContestedField]:
        labels = kind_spec(self.meeting.kind).by_name
        return [ContestedField(name, labels[name].label) for name in self.meeting.contested_fields if name in labels]


def with_lines(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """With what a line shows: two more queries, however many meetings."""
    return meetings.with_place().prefetch_related(
        Prefetch("attendances", Attendance.objects.live().select_related("organisation")),
        # Money told again and parts of a sum shown beside it are not counted a second time.
        Prefetch(
            "packages", Package.objects.live().filter(part_of=None, restates=None).order_by("currency", "-amount")
        ),
    )


def meeting_lines(meetings: Iterable[Meeting], today: datetime.date) -> list[MeetingLine]:
    """Lines for meetings that were fetched `with_lines`; one more query finds rival days."""
    rows = list(meetings)
    disputed = [m.pk for m in rows if "starts" in m.contested_fields]
    heads = SettledField.objects.filter(record__in=disputed, field="starts").select_related("settlement")
    rivals = {
        head.record_id: [
            entry["value"]
            for entry in head.settlement.inputs
            if entry["value"] != head.settlement.value and not entry.get("rejected")
        ]
        for head in heads
    }
    return [MeetingLine(meeting, today, rivals.get(meeting.pk, ())) for meeting in rows]


def _code(row: Attendance) -> str:
    return row.nation_id or (row.organisation.abbreviation if row.organisation else "")


def _track(meeting: Meeting, rivals: Sequence[str]) -> list[Bar]:
    """Where in its month a meeting lies; nothing where the month is not known."""
    start = meeting.starts_partial
    if start is None or start.month is None:
        return []
    days = calendar.monthrange(start.year, start.month)[1]
    bars = []
    if start.day is None:
        bars.append(_bar("un", 1, days, days))
    else:
        end = meeting.ends_partial
        same_month = end is not None and end.day and (end.year, end.month) == (start.year, start.month)
        last = (end.day if same_month else days) if end is not None and end != start else start.day
        bars.append(_bar("on", start.day, last or start.day, days))
    for text in rivals:
        rival = PartialDate.parse(text)
        if rival.day and (rival.year, rival.month) == (start.year, start.month):
            bars.append(_bar("alt", rival.day, rival.day, days))
    return bars


def _bar(kind: str, first: int, last: int, days: int) -> Bar:
    step = TRACK / days
    return Bar(kind, f"{(first - 1) * step:.1f}", f"{max((last - first + 1) * step, 3.0):.1f}")
