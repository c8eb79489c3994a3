"""The feeds of packages, and of meetings with their packages."""

from __future__ import annotations

from django.db.models import F, Prefetch, QuerySet

from evidence.api import RecordViewSet, documented
from funding.filters import PackageFilter
from funding.models import Package, PackageItem
from funding.serializers import MeetingSerializer, PackageListSerializer, PackageSerializer
from meetings.filters import MeetingFilter
from meetings.models import Attendance, Meeting, MeetingTopic, Statement
from meetings.serializers import MeetingListSerializer


@documented(PackageListSerializer, PackageSerializer)
class PackageViewSet(RecordViewSet):
    """Packages, the latest announced first, with donors, recipients and what is left between them."""

    queryset = Package.objects.live()
    list_serializer_class = PackageListSerializer
    serializer_class = PackageSerializer
    filterset_class = PackageFilter
    order_column = "announced_on"
    newest_first = True
    rows = ("contributions", "allocations")
    detail_rows = ("contributions", "allocations", "items")

    def get_queryset(self) -> QuerySet[Package]:
        packages = Package.objects.live().with_parties()
        if self.action == "list":
            return packages
        items = PackageItem.objects.live().select_related("capability").order_by("pk")
        later = [
            Prefetch(name, Package.objects.live().order_by("pk")) for name in ("parts", "restatements", "successors")
        ]
        return packages.select_related("part_of", "restates", "supersedes").prefetch_related(
            Prefetch("items", items), *later
        )


@documented(MeetingListSerializer, MeetingSerializer)
class MeetingViewSet(RecordViewSet):
    """Meetings, the latest first, undated ones last."""

    queryset = Meeting.objects.live()
    list_serializer_class = MeetingListSerializer
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    order_column = "starts"
    newest_first = True
    detail_rows = (
        "attendances",
        "topics",
        "statements",
        "packages",
        "packages.contributions",
        "packages.allocations",
    )

    def get_queryset(self) -> QuerySet[Meeting]:
        meetings = Meeting.objects.live().with_place()
        if self.action == "list":
            return meetings
        attendances = Attendance.objects.live().select_related("nation", "organisation", "official").order_by("pk")
        topics = MeetingTopic.objects.live().select_related("topic", "capability").order_by("pk")
        statements = Statement.objects.live().select_related("official", "topic").order_by("pk")
        packages = Package.objects.live().with_parties().order_by(F("announced_on").asc(nulls_last=True), "pk")
        return meetings.prefetch_related(
            Prefetch("attendances", attendances),
            Prefetch("topics", topics),
            Prefetch("statements", statements),
            Prefetch("packages", packages),
        )
