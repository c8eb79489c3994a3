"""One meeting: facts, delegations, money announced there, what was said, sources."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evidence.choices import RecordKind
from evidence.opening import Quote
from funding.models import Package
from meetings.choices import AttendanceRole, MeetingStatus
from meetings.models import Attendance, Meeting, MeetingTopic, Statement
from register.delegations import mark_whole, nations_present
from register.dossier import Dossier, ShownField
from register.listing import feed_address
from register.lookup import elsewhere
from register.views.history import dated
from register.wording import money_words

# Children shown on a page; a meeting with more delegations than states exist is a fault of reading.
MOST = 400
ROLES = [AttendanceRole(value) for value in AttendanceRole.values]


@dataclass(frozen=True)
class Said:
    """One status and the first time it was said."""

    label: str
    quote: Quote
    current: bool


@dataclass(frozen=True)
class Series:
    """A meeting among the numbered ones of its group. Ticks stand `step` apart."""

    previous: Meeting | None
    following: Meeting | None
    ticks: list[tuple[str, str]]
    labels: list[tuple[str, int, bool]]
    length: int


@dated(RecordKind.MEETING)
def meeting_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = Meeting.objects.live().with_place().filter(pk=pk).first()
    if meeting is None:
        return elsewhere(request, Meeting, RecordKind.MEETING, pk)
    rows = Attendance.objects.live().filter(meeting=meeting).select_related("nation", "organisation", "official")
    attendances = mark_whole(_in_order(rows[:MOST]))
    topics = list(
        MeetingTopic.objects.filter(state="live", meeting=meeting).select_related("topic", "capability")[:MOST]
    )
    statements = list(
        Statement.objects.filter(state="live", meeting=meeting).select_related("official", "topic")[:MOST]
    )
    packages = list(
        Package.objects.live()
        .filter(meeting=meeting)
        .with_parties()
        .select_related("part_of", "restates")
        .order_by("currency", "-amount")[:MOST]
    )
    children = [*attendances, *topics, *statements, *packages]
    parts = [row for p in packages for row in (*p.contributions.all(), *p.allocations.all())]
    dossier = Dossier([meeting, *children, *parts])
    status = dossier.field(meeting, "status")
    context = {
        "meeting": meeting,
        "today": timezone.localdate(),
        "dossier": dossier,
        "attendances": [a for a in attendances if a.role != AttendanceRole.COORDINATOR],
        "nations_named": nations_present(attendances),
        "coordinated": [a for a in attendances if a.role == AttendanceRole.COORDINATOR],
        "chairs": [a for a in attendances if a.role in (AttendanceRole.CHAIR, AttendanceRole.HOST)],
        "topics": topics,
        "statements": statements,
        "packages": packages,
        "sums": [
            money_words(p.amount, p.currency, p.qualifier) for p in packages if not p.part_of_id and not p.restates_id
        ],
        "history": _history(status),
        "series": _series(meeting),
        "same_day": _same_day(meeting),
        "feed": feed_address("meeting-detail", meeting.pk),
        "history_url": reverse("register:record-history", args=[meeting.pk]),
    }
    return render(request, "register/meeting.html", context)


def _in_order(attendances: QuerySet) -> list[Attendance]:
    """Hosts and chairs first, then by nation or body, then by name."""
    return sorted(
        attendances,
        key=lambda a: (
            ROLES.index(AttendanceRole(a.role)) if a.role else len(ROLES),
            a.nation.name if a.nation else str(a.organisation or "~"),
            str(a.official or "~"),
        ),
    )


def _history(status: ShownField | None) -> list[Said]:
    """Every status that a source gives, in the order in which it was first said."""
    if status is None:
        return []
    labels = dict(MeetingStatus.choices)
    found = []
    for value in status.field.values:
        dated = [quote for quote in value.quotes if quote.said_on]
        first = min(dated, key=lambda quote: quote.said_on, default=value.quotes[0] if value.quotes else None)
        if first is not None and not value.rejected:
            found.append(Said(labels.get(value.value, str(value.value)), first, value.leads))
    return sorted(found, key=lambda said: (str(said.quote.said_on or ""), said.current))


def _series(meeting: Meeting) -> Series | None:
    """Its neighbours and the whole series as ticks, two queries; nothing for a meeting without a number."""
    if not meeting.group_id or not meeting.ordinal:
        return None
    numbered = Meeting.objects.live().filter(group=meeting.group_id, ordinal__isnull=False).exclude(pk=meeting.pk)
    rows = list(numbered.select_related("group").order_by("ordinal", "starts", "pk"))
    before = [m for m in rows if m.ordinal < meeting.ordinal]
    behind = [m for m in rows if m.ordinal > meeting.ordinal]
    known = {m.ordinal for m in rows}
    length = max(known | {meeting.ordinal})
    if length < 2:
        return None
    step = 460 / length
    ticks = [
        (f"{(n - 0.5) * step:.1f}", "now" if n == meeting.ordinal else "tick" if n in known else "gap")
        for n in range(1, min(length, 200) + 1)
    ]
    shown = {1, meeting.ordinal, length}
    labels = [(f"{(n - 0.5) * step:.1f}", n, n == meeting.ordinal) for n in sorted(shown)]
    return Series(before[-1] if before else None, behind[0] if behind else None, ticks, labels, length)


def _same_day(meeting: Meeting) -> list[Meeting]:
    if meeting.starts is None or meeting.starts_precision != "day":
        return []
    others = Meeting.objects.live().with_place().filter(starts=meeting.starts, starts_precision="day")
    return list(others.exclude(pk=meeting.pk).order_by("pk")[:5])
