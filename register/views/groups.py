"""Contact groups: the list, and one group with its parts, members and meetings."""

from __future__ import annotations

from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evidence.choices import RecordKind
from meetings.choices import MembershipRole
from meetings.filters import ContactGroupFilter
from meetings.models import ContactGroup, Meeting, Membership
from register.counts import count_of
from register.dossier import Dossier
from register.keyset import by_day, by_name, page_of, with_name_folded
from register.lines import meeting_lines, with_lines
from register.listing import feed_address, list_page
from register.lookup import elsewhere
from register.series import chairs_of, series_of
from register.views.history import dated

LEADING = (MembershipRole.LEAD, MembershipRole.CO_LEAD)
PAGE = 100
MOST = 400


def group_list(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.live()
    latest = meetings.filter(group=OuterRef("pk"), starts__isnull=False).order_by("-starts", "-pk")
    groups = (
        ContactGroup.objects.live()
        .select_related("parent")
        .annotate(
            meetings_count=count_of(meetings, "group"),
            latest=Subquery(latest.values("starts")[:1]),
            latest_precision=Subquery(latest.values("starts_precision")[:1]),
        )
    )
    listing = list_page(request, ContactGroupFilter, with_name_folded(groups), by_name(), size=PAGE)
    context = {"listing": listing, "feed": feed_address("group-list", query=request.GET)}
    return render(request, "register/group_list.html", context, status=listing.status)


@dated(RecordKind.CONTACT_GROUP)
def group_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    group = ContactGroup.objects.live().select_related("parent").filter(pk=pk).first()
    if group is None:
        return elsewhere(request, ContactGroup, RecordKind.CONTACT_GROUP, pk)
    today = timezone.localdate()
    members = list(Membership.objects.filter(state="live", group=group).select_related("nation", "organisation")[:MOST])
    leading = sorted((m for m in members if m.role in LEADING), key=lambda m: (m.since is None, m.since, m.pk))
    page = page_of(with_lines(Meeting.objects.live().filter(group=group)), by_day("starts"), request.GET, 50)
    context = {
        "group": group,
        "today": today,
        "leading": leading,
        "members": [m for m in members if m.role not in LEADING],
        "series": series_of(group, Meeting.objects.live().filter(group=group).order_by("starts", "pk")[:2000]),
        "chairs": chairs_of(group),
        "children": ContactGroup.objects.live().filter(parent=group).order_by("name")[:MOST],
        "page": page,
        "lines": meeting_lines(page.rows, today),
        "dossier": Dossier([group, *members]),
        "feed": feed_address("group-detail", group.pk),
        "history_url": reverse("register:record-history", args=[group.pk]),
    }
    return render(request, "register/group.html", context)
