"""Reads of meetings, shared by pages, feeds and admin."""

from __future__ import annotations

import datetime

from django.db.models import F, Q

from evidence.querysets import RecordQuerySet
from meetings.choices import MeetingStatus


class MeetingQuerySet(RecordQuerySet):
    """Meetings."""

    def newest_first(self) -> MeetingQuerySet:
        """By first day, undated last; the id breaks ties so that keyset paging is stable."""
        return self.order_by(F("starts").desc(nulls_last=True), F("record_ptr").desc())

    def upcoming(self, today: datetime.date) -> MeetingQuerySet:
        """Not yet held, not cancelled, and not known to lie in the past."""
        return self.filter(
            Q(status__in=[MeetingStatus.PROPOSED, MeetingStatus.PLANNED, MeetingStatus.POSTPONED]),
            Q(starts__gte=today)
            | Q(starts_precision="month", starts__gte=today.replace(day=1))
            | Q(starts_precision="year", starts__gte=today.replace(day=1, month=1)),
        ).order_by("starts", "record_ptr")

    def with_place(self) -> MeetingQuerySet:
        """With what a line of a list shows."""
        return self.select_related("group", "country", "place")
