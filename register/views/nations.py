"""Nations: the list, and one nation's meetings, money, people and alliances."""

from __future__ import annotations

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from funding.models import Allocation, Contribution
from meetings.models import Attendance, Meeting, Membership
from people.filters import NationFilter
from people.models import Nation, Official, Post
from register.counts import count_of
from register.delegations import mark_whole
from register.dossier import Dossier
from register.keyset import by_name, with_name_folded
from register.listing import feed_address, list_page
from register.views.packages import with_package

PAGE = 100
# Rows of one kind on a nation's page; the newest are shown, the rest is a list away.
MOST = 100


def nation_list(request: HttpRequest) -> HttpResponse:
    nations = Nation.objects.annotate(
        attended=count_of(Attendance.objects.live(), "nation", "meeting"),
        hosted=count_of(Meeting.objects.live(), "country"),
        gave=count_of(Contribution.objects.filter(state="live"), "nation", "package"),
        received=count_of(Allocation.objects.filter(state="live"), "nation", "package"),
        people=count_of(Official.objects.live(), "nation"),
    )
    if not any(request.GET.get(name) for name in NationFilter.base_filters):
        named = Q(attended__gt=0) | Q(hosted__gt=0) | Q(gave__gt=0) | Q(received__gt=0) | Q(people__gt=0)
        nations = nations.filter(named)
    listing = list_page(request, NationFilter, with_name_folded(nations), by_name(), size=PAGE)
    context = {"listing": listing, "feed": feed_address("nation-list", query=request.GET)}
    return render(request, "register/nation_list.html", context, status=listing.status)


def nation_detail(request: HttpRequest, code: str) -> HttpResponse:
    nation = (
        Nation.objects.filter(pk=code.upper()).first() if len(code) == 2 and code.isascii() and code.isalpha() else None
    )
    if nation is None:
        raise Http404("No nation has this code. Addresses of nations end in their two-letter ISO 3166-1 code.")
    if code != nation.pk:
        return redirect(nation, permanent=True)
    attendances = mark_whole(
        Attendance.objects.live()
        .filter(nation=nation, meeting__state="live")
        .select_related("meeting__group", "official", "nation")
        .order_by(F("meeting__starts").desc(nulls_last=True), "-meeting", "official__name")[: MOST + 1]
    )
    gave = with_package(Contribution.objects.filter(state="live", nation=nation))[:MOST]
    received = with_package(Allocation.objects.filter(state="live", nation=nation))[:MOST]
    posts = list(
        Post.objects.filter(state="live", official__nation=nation, official__state="live")
        .select_related("official")
        .order_by("title", "official__name", "pk")[:MOST]
    )
    memberships = list(
        Membership.objects.filter(state="live", nation=nation, group__state="live").select_related("group")[:MOST]
    )
    gave, received = list(gave), list(received)
    packages = [row.package for row in (*gave, *received)]
    dossier = Dossier([*attendances[:MOST], *gave, *received, *posts, *memberships, *packages])
    context = {
        "nation": nation,
        "attendances": attendances[:MOST],
        "more": len(attendances) > MOST,
        "meetings": len({a.meeting_id for a in attendances}),
        "gave": gave,
        "received": received,
        "posts": posts,
        "people": len({post.official_id for post in posts}),
        "memberships": memberships,
        "alliances": nation.alliances.order_by("alliance", "since"),
        "hosted": Meeting.objects.live().filter(country=nation).with_place().newest_first()[:MOST],
        "dossier": dossier,
        "feed": feed_address("nation-detail", nation.pk),
    }
    return render(request, "register/nation.html", context)
