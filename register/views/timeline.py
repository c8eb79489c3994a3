"""The home page: meetings by month, what comes next, what is missing or contested."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from meetings.choices import MeetingStatus
from meetings.filters import MeetingFilter
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from register.density import density
from register.keyset import by_day
from register.lines import MeetingLine, meeting_lines, with_lines
from register.listing import feed_address, list_page

PAGE = 40
BESIDE = 5


@dataclass
class Month:
    """The meetings of one month on a page, and how many it has in all; 0 where that is not counted."""

    anchor: str
    heading: str
    total: int
    lines: list[MeetingLine] = field(default_factory=list)


def timeline(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    live = Meeting.objects.live()
    listing = list_page(request, MeetingFilter, with_lines(live), by_day("starts"), size=PAGE)
    strip = density(listing.queryset, request.GET)
    context = {
        "today": today,
        "listing": listing,
        "months": _months(meeting_lines(listing.page.rows, today), strip.totals),
        "density": strip,
        "upcoming": meeting_lines(with_lines(live.upcoming(today))[:BESIDE], today),
        "unreported": _unreported(live, today).with_place().newest_first()[:BESIDE],
        "contested": meeting_lines(with_lines(live.exclude(contested_fields=[])).newest_first()[:BESIDE], today),
        "feed": feed_address("meeting-list", query=request.GET),
    }
    return render(request, "register/timeline.html", context, status=listing.status)


def _months(lines: Iterable[MeetingLine], totals: dict[tuple[int, int], int]) -> list[Month]:
    months: dict[str, Month] = {}
    for line in lines:
        start = line.start
        if start is None:
            month = Month("undated", "No day stated", 0)
        elif start.month is None:
            month = Month(f"y{start.year}", f"{start.year}, month not known", 0)
        else:
            month = Month(
                f"m{start.year}-{start.month:02d}",
                f"{calendar.month_name[start.month]} {start.year}",
                totals.get((start.year, start.month), 0),
            )
        months.setdefault(month.anchor, month).lines.append(line)
    return list(months.values())


def _unreported(meetings: MeetingQuerySet, today: datetime.date) -> MeetingQuerySet:
    """Planned or proposed for a time that has wholly passed."""
    return meetings.filter(status__in=[MeetingStatus.PLANNED, MeetingStatus.PROPOSED]).filter(
        Q(starts_precision="day", starts__lt=today, ends=None)
        | Q(ends_precision="day", ends__lt=today)
        | Q(starts_precision="month", starts__lt=today.replace(day=1))
        | Q(starts_precision="year", starts__lt=today.replace(month=1, day=1))
    )
