"""How many meetings each month had: the strip above the timeline, drawn as SVG on the server."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import QueryDict

from evidence.partial_dates import Precision
from meetings.choices import MeetingStatus

SLOT = 24
HEIGHT = 76
TALLEST = 70
# Older years are only counted, so that one old meeting does not squeeze the rest.
YEARS = 8


@dataclass(frozen=True)
class StripBar:
    kind: str
    x: int
    y: str
    height: str


@dataclass(frozen=True)
class StripMonth:
    x: int
    label: str
    link: str
    bars: list[StripBar]


@dataclass(frozen=True)
class StripYear:
    number: int
    link: str
    months: list[StripMonth]


@dataclass(frozen=True)
class Density:
    """The strip; `unplaced` meetings have no known month, `earlier` ones lie before its first year."""

    years: list[StripYear]
    unplaced: int
    earlier: int
    totals: dict[tuple[int, int], int]


def density(meetings: QuerySet, query: QueryDict) -> Density:
    """Count meetings by month in one query. Links keep the filters of `query` and lead into the list."""
    rows = (
        meetings.order_by()
        .values(year=ExtractYear("starts"), month=ExtractMonth("starts"), precision=F("starts_precision"))
        .annotate(
            held=Count("pk", filter=Q(status=MeetingStatus.HELD), distinct=True), total=Count("pk", distinct=True)
        )
    )
    counts: dict[tuple[int, int], tuple[int, int]] = {}
    unplaced = 0
    for row in rows:
        if row["precision"] in (Precision.DAY, Precision.MONTH):
            held, total = counts.get((row["year"], row["month"]), (0, 0))
            counts[row["year"], row["month"]] = (held + row["held"], total + row["total"])
        else:
            unplaced += row["total"]
    if not counts:
        return Density([], unplaced, 0, {})
    last = max(counts)[0]
    first = max(min(counts)[0], last - YEARS + 1)
    unit = TALLEST / max(max(total for _, total in counts.values()), 6)
    return Density(
        years=[
            StripYear(
                year,
                _jump(query, year, 12),
                [_month(year, month, counts.get((year, month), (0, 0)), unit, query) for month in range(1, 13)],
            )
            for year in range(first, last + 1)
        ],
        unplaced=unplaced,
        earlier=sum(total for (year, _), (_, total) in counts.items() if year < first),
        totals={month: total for month, (_, total) in counts.items()},
    )


def _month(year: int, month: int, count: tuple[int, int], unit: float, query: QueryDict) -> StripMonth:
    held, total = count
    x = (month - 1) * SLOT
    bars = []
    if held:
        bars.append(StripBar("b1", x + 4, f"{HEIGHT - held * unit:.1f}", f"{held * unit:.1f}"))
    if total > held:
        bars.append(StripBar("b2", x + 4, f"{HEIGHT - total * unit:.1f}", f"{(total - held) * unit:.1f}"))
    meetings = "meeting" if total == 1 else "meetings"
    label = f"{calendar.month_name[month]} {year}: {total} {meetings}, {held} held"
    return StripMonth(x, label, _jump(query, year, month), bars)


def _jump(query: QueryDict, year: int, month: int) -> str:
    """The page of the list that begins with this month, at its heading."""
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    kept = query.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    kept["after"] = after.isoformat()
    return f"?{kept.urlencode()}#m{year}-{month:02d}"
