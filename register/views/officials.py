"""Officials: the list, and one person with posts, meetings and statements."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evidence.choices import RecordKind
from meetings.models import Attendance, Statement
from people.filters import OfficialFilter
from people.models import Official, Post
from register.counts import count_of
from register.dossier import Dossier
from register.keyset import by_name, with_name_folded
from register.listing import feed_address, list_page
from register.lookup import elsewhere
from register.views.history import dated

PAGE = 100
# Rows of one kind on a person's page; the newest are shown.
MOST = 100


def official_list(request: HttpRequest) -> HttpResponse:
    officials = (
        Official.objects.live()
        .select_related("nation", "organisation")
        .prefetch_related(Prefetch("posts", Post.objects.filter(state="live")))
        .annotate(meetings_count=count_of(Attendance.objects.live(), "official", "meeting"))
    )
    listing = list_page(request, OfficialFilter, with_name_folded(officials), by_name(), size=PAGE)
    context = {"listing": listing, "feed": feed_address("official-list", query=request.GET)}
    return render(request, "register/official_list.html", context, status=listing.status)


@dated(RecordKind.OFFICIAL)
def official_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    official = Official.objects.live().select_related("nation", "organisation").filter(pk=pk).first()
    if official is None:
        return elsewhere(request, Official, RecordKind.OFFICIAL, pk)
    posts = list(Post.objects.filter(state="live", official=official).select_related("nation", "organisation")[:MOST])
    attendances = list(
        Attendance.objects.live()
        .filter(official=official, meeting__state="live")
        .select_related("meeting__group", "nation", "organisation")
        .order_by(F("meeting__starts").desc(nulls_last=True), "-pk")[: MOST + 1]
    )
    statements = list(
        Statement.objects.filter(state="live", official=official)
        .select_related("meeting__group", "topic")
        .order_by("-said_on", "-pk")[:MOST]
    )
    context = {
        "official": official,
        "posts": posts,
        "attendances": attendances[:MOST],
        "more": len(attendances) > MOST,
        "statements": statements,
        "dossier": Dossier([official, *posts, *attendances[:MOST], *statements]),
        "feed": feed_address("official-detail", official.pk),
        "history_url": reverse("register:record-history", args=[official.pk]),
    }
    return render(request, "register/official.html", context)
