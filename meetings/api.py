"""The feeds of contact groups and of nations. That of meetings needs their packages and stands above."""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from evidence.api import FeedViewSet, RecordViewSet, documented
from meetings.filters import ContactGroupFilter
from meetings.models import ContactGroup, Membership
from meetings.serializers import GroupListSerializer, GroupSerializer, NationSerializer
from people.filters import NationFilter
from people.models import Nation, Official, Post
from people.serializers import NationListSerializer


def counted(queryset: QuerySet, column: str) -> Coalesce:
    """How many of these rows name the nation at hand; asked apart, as joins would multiply one another."""
    rows = queryset.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def live_memberships(*related: str) -> QuerySet[Membership]:
    return Membership.objects.live().select_related(*related).order_by(F("since").asc(nulls_last=True), "pk")


@documented(NationListSerializer, NationSerializer, merges=False)
class NationViewSet(FeedViewSet):
    """Nations by name, with their alliances and, in the detail, the groups they belong to."""

    queryset = Nation.objects.all()
    list_serializer_class = NationListSerializer
    serializer_class = NationSerializer
    filterset_class = NationFilter
    lookup_value_regex = "[A-Za-z]{2}"
    detail_rows = ("memberships",)

    def get_queryset(self) -> QuerySet[Nation]:
        nations = Nation.objects.prefetch_related("alliances").annotate(
            officials_count=counted(Official.objects.live(), "nation"),
            posts_count=counted(Post.objects.live().filter(official__state="live"), "official__nation"),
        )
        if self.action == "list":
            return nations
        return nations.prefetch_related(
            Prefetch("memberships", live_memberships("group", "nation", "organisation").filter(group__state="live"))
        )

    def retrieve(self, request: Request, *args: object, **kwargs: object) -> Response | HttpResponse:
        code = self.kwargs["pk"]
        if code != code.upper():
            return self.moved(code.upper())
        return super().retrieve(request, *args, **kwargs)


@documented(GroupListSerializer, GroupSerializer)
class GroupViewSet(RecordViewSet):
    """Contact groups by name, with their members."""

    queryset = ContactGroup.objects.live()
    list_serializer_class = GroupListSerializer
    serializer_class = GroupSerializer
    filterset_class = ContactGroupFilter
    detail_rows = ("memberships",)

    def get_queryset(self) -> QuerySet[ContactGroup]:
        groups = ContactGroup.objects.live().select_related("parent")
        if self.action == "list":
            return groups
        return groups.prefetch_related(
            Prefetch("children", ContactGroup.objects.live().order_by("name", "pk")),
            Prefetch("memberships", live_memberships("nation", "organisation")),
        )
