"""Reads of packages, shared by pages, feeds and admin."""

from __future__ import annotations

from django.db.models import F, Prefetch

from evidence.querysets import RecordQuerySet


class PackageQuerySet(RecordQuerySet):
    """Packages."""

    def newest_first(self) -> PackageQuerySet:
        """By day of announcement, undated last; the id breaks ties so that keyset paging is stable."""
        return self.order_by(F("announced_on").desc(nulls_last=True), F("record_ptr").desc())

    def with_parties(self) -> PackageQuerySet:
        """With programme, donors and recipients: three queries, however many packages."""
        from funding.models import Allocation, Contribution

        return self.select_related("programme", "meeting__group").prefetch_related(
            Prefetch("contributions", Contribution.objects.live().select_related("nation", "organisation")),
            Prefetch("allocations", Allocation.objects.live().select_related("nation", "organisation")),
        )
