"""Filters of meetings and contact groups, for pages and feeds alike.

What concerns a meeting's rows is asked by EXISTS: joins would multiply the meetings.
"""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from evidence.filters import (
    Joined,
    PartialDateFilter,
    RecordFilter,
    RegisterFilter,
    YearFilter,
    having_words,
    reaches,
    text_filter,
)
from evidence.partial_dates import PartialDate
from meetings.choices import AttendanceRole, GroupKind, Level, MeetingStatus
from meetings.models import Attendance, ContactGroup, MeetingTopic, Membership, Topic
from people.filters import nation_filter
from people.models import Nation, Official


class MeetingFilter(RegisterFilter):
    """Meetings by group, party, person, time, place, subject and words."""

    q = text_filter("Words", "with_words")
    group = RecordFilter(label="Contact group", queryset=ContactGroup.objects.live(), empty_label="Any")
    nation = nation_filter("Nation attending or hosting", method="with_nation")
    official = RecordFilter(
        label="Official", queryset=Official.objects.live(), method="with_official", widget=forms.HiddenInput
    )
    year = YearFilter(method="in_year")
    # `from` is no name that Python lets a class body assign.
    vars()["from"] = PartialDateFilter(
        label="From", method="from_day", help_text="YYYY, YYYY-MM or YYYY-MM-DD: what may have gone on then or later."
    )
    to = PartialDateFilter(
        label="To", method="to_day", help_text="YYYY, YYYY-MM or YYYY-MM-DD: what may have begun by its last day."
    )
    level = django_filters.ChoiceFilter(label="Level", choices=Level.choices, empty_label="Any")
    status = django_filters.ChoiceFilter(label="Status", choices=MeetingStatus.choices, empty_label="Any")
    place = text_filter("Town or venue", "at_place")
    country = nation_filter("Country")
    topic = django_filters.ModelChoiceFilter(
        label="Topic", queryset=Topic.objects.all(), method="with_topic", empty_label="Any"
    )
    contested = django_filters.ChoiceFilter(
        label="Sources disagree", choices=[("true", "Yes"), ("false", "No")], method="if_contested", empty_label="Any"
    )

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        group = ("group__name", "group__abbreviation", Joined("group__aliases"))
        return having_words(queryset, value, "title", "venue", "place_name", "country__name", *group)

    def with_nation(self, queryset: QuerySet, name: str, value: Nation) -> QuerySet:
        """Attending, hosting or chairing, itself or through its officials; invited only while nothing was held."""
        present = (
            Attendance.objects.live()
            .filter(Q(nation=value) | Q(official__nation=value), meeting=OuterRef("pk"))
            .exclude(role=AttendanceRole.ABSENT)
        )
        attending = present.exclude(role=AttendanceRole.INVITED)
        return queryset.filter(
            Q(country=value) | Exists(attending) | (~Q(status=MeetingStatus.HELD) & Q(Exists(present)))
        )

    def with_official(self, queryset: QuerySet, name: str, value: Official) -> QuerySet:
        return queryset.filter(Exists(Attendance.objects.live().filter(official=value, meeting=OuterRef("pk"))))

    def in_year(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        year = PartialDate(int(value))
        return self.to_day(self.from_day(queryset, name, year), name, year)

    def from_day(self, queryset: QuerySet, name: str, value: PartialDate) -> QuerySet:
        """May still have gone on then: what is known to the month alone counts with its whole month."""
        ended = Q(ends__isnull=False) & reaches("ends", value.first)
        return queryset.filter(ended | (Q(ends__isnull=True) & reaches("starts", value.first)))

    def to_day(self, queryset: QuerySet, name: str, value: PartialDate) -> QuerySet:
        return queryset.filter(starts__lte=value.last)

    def at_place(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return having_words(queryset, value, "place_name", "venue")

    def with_topic(self, queryset: QuerySet, name: str, value: Topic) -> QuerySet:
        return queryset.filter(Exists(MeetingTopic.objects.live().filter(topic=value, meeting=OuterRef("pk"))))

    def if_contested(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.exclude(contested_fields=[]) if value == "true" else queryset.filter(contested_fields=[])


class ContactGroupFilter(RegisterFilter):
    """Contact groups by name, kind, parent and members."""

    q = text_filter("Name", "with_words")
    kind = django_filters.ChoiceFilter(
        label="Kind of group", field_name="group_kind", choices=GroupKind.choices, empty_label="Any"
    )
    nation = nation_filter("Member", method="with_member")
    parent = RecordFilter(
        label="Belongs to",
        queryset=ContactGroup.objects.live(),
        empty_label="Any",
    )

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return having_words(queryset, value, "name", "abbreviation", Joined("aliases"))

    def with_member(self, queryset: QuerySet, name: str, value: Nation) -> QuerySet:
        return queryset.filter(Exists(Membership.objects.live().filter(nation=value, group=OuterRef("pk"))))
