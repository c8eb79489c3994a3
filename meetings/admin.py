"""Admin of contact groups, meetings and their parts, and of places, topics and capabilities."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F

from evidence.choices import RecordKind
from evidence.editing.filters import ContestedFilter, StateFilter
from evidence.editing.records import RecordAdmin
from evidence.editing.vocabulary import VocabularyAdmin
from meetings.models import (
    Attendance,
    Capability,
    ContactGroup,
    Meeting,
    MeetingTopic,
    Membership,
    Place,
    Statement,
    Topic,
)


@admin.register(Place)
class PlaceAdmin(VocabularyAdmin):
    list_display = ["name", "nation", "kind", "latitude", "longitude"]
    list_filter = ["kind"]
    list_select_related = ["nation"]
    search_fields = ["name", "aliases", "nation__name"]
    autocomplete_fields = ["nation"]


@admin.register(Topic)
class TopicAdmin(VocabularyAdmin):
    list_display = ["name", "slug", "words"]
    search_fields = ["name", "slug", "terms"]

    @admin.display(description="terms")
    def words(self, topic: Topic) -> str:
        return ", ".join(topic.terms)


@admin.register(Capability)
class CapabilityAdmin(VocabularyAdmin):
    list_display = ["name", "kind", "maker", "slug"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "aliases", "maker"]


@admin.register(ContactGroup)
class ContactGroupAdmin(RecordAdmin):
    kind = RecordKind.CONTACT_GROUP
    list_display = ["name", "abbreviation", "group_kind", "parent", "member_count", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, "group_kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "abbreviation", "aliases"]


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    kind = RecordKind.MEMBERSHIP
    list_display = ["__str__", "role", "since", "until", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, "role"]
    list_select_related = ["group", "nation", "organisation"]
    search_fields = ["group__name", "nation__name", "organisation__name"]
    date_hierarchy = "since"


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    kind = RecordKind.MEETING
    list_display = ["name", "first_day", "status", "level", "place_name", "country", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, "status", "level", "mode"]
    list_select_related = ["group", "country", "place"]
    ordering = [F("starts").desc(nulls_last=True), "-record_ptr"]
    search_fields = ["title", "group__name", "group__abbreviation", "place_name", "venue", "starts"]
    date_hierarchy = "starts"

    @admin.display(description="first day", ordering="starts")
    def first_day(self, meeting: Meeting) -> Any:
        return meeting.starts_partial or "–"


@admin.register(Attendance)
class AttendanceAdmin(RecordAdmin):
    kind = RecordKind.ATTENDANCE
    list_display = ["__str__", "meeting", "role", "mode", "post_title", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, "role", "mode"]
    list_select_related = ["meeting__group", "nation", "organisation", "official"]
    search_fields = ["official__name", "nation__name", "organisation__name", "meeting__group__name", "meeting__title"]
    date_hierarchy = "meeting__starts"


@admin.register(MeetingTopic)
class MeetingTopicAdmin(RecordAdmin):
    kind = RecordKind.MEETING_TOPIC
    list_display = ["phrase", "topic", "capability", "meeting", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, ("topic", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__group", "topic", "capability"]
    search_fields = ["phrase", "topic__name", "capability__name", "meeting__group__name"]
    date_hierarchy = "meeting__starts"


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    kind = RecordKind.STATEMENT
    list_display = ["quote", "official", "said_on", "meeting", "topic", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, ("topic", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["official", "meeting__group", "topic"]
    ordering = [F("said_on").desc(nulls_last=True), "record_ptr"]
    search_fields = ["quote", "official__name"]
    date_hierarchy = "said_on"
