"""What the feeds send of contact groups, meetings and the nations in them."""

from __future__ import annotations

from rest_framework import serializers

from evidence.serializers import ChoiceField, LiveReference, PartialDateField, RecordSerializer, names, number, text
from meetings.choices import AttendanceRole, GroupKind, Level, MeetingStatus, MembershipRole, Mode, Qualifier
from people.serializers import NationListSerializer, NationReference, OfficialReference, OrganisationReference


class GroupReference(LiveReference):
    """A contact group in short."""

    name = text()
    abbreviation = text()


class MeetingReference(LiveReference):
    """A meeting in short."""

    name = serializers.CharField(read_only=True)
    status = ChoiceField(MeetingStatus)
    starts = PartialDateField()


class TopicReference(serializers.Serializer):
    """A subject, from the vocabulary."""

    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class CapabilityReference(TopicReference):
    """A weapon, munition or other equipment, from the vocabulary."""

    maker = text("Main manufacturer.")


class PlaceSerializer(serializers.Serializer):
    """A known place with its position."""

    name = serializers.CharField(read_only=True)
    latitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Degrees north.")
    longitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Degrees east.")


class PartySerializer(RecordSerializer):
    """A row about a nation or a body; both are null where the source names neither."""

    nation = NationReference(read_only=True, allow_null=True)
    organisation = OrganisationReference(read_only=True, allow_null=True)


class MembershipSerializer(PartySerializer):
    """A party's part in a group."""

    role = ChoiceField(MembershipRole)
    since = PartialDateField()
    until = PartialDateField()


class NationMembershipSerializer(MembershipSerializer):
    """A nation's part in a group."""

    group = GroupReference(read_only=True, allow_null=True)


class NationSerializer(NationListSerializer):
    """A nation with the groups it belongs to."""

    memberships = NationMembershipSerializer(many=True, read_only=True)


class GroupListSerializer(RecordSerializer):
    """A named multinational group that coordinates arms or defence."""

    name = text()
    abbreviation = text()
    aliases = names("Other names under which it appears.")
    group_kind = ChoiceField(GroupKind)
    parent = GroupReference(read_only=True, allow_null=True)
    purpose = text()
    established = PartialDateField()
    member_count = number("Reported size of the group, not attendance at a meeting.")


class GroupSerializer(GroupListSerializer):
    """A contact group with its members and the groups below it."""

    children = GroupReference(many=True, read_only=True)
    memberships = MembershipSerializer(many=True, read_only=True)


class AttendanceSerializer(PartySerializer):
    """A party or an official at a meeting, in one capacity."""

    official = OfficialReference(read_only=True, allow_null=True)
    post_title = text("The post held on the day, as the sources gave it.")
    role = ChoiceField(AttendanceRole)
    mode = ChoiceField(Mode)


class MeetingTopicSerializer(RecordSerializer):
    """Something a meeting was about."""

    phrase = text("In the words of the source.")
    topic = TopicReference(read_only=True, allow_null=True)
    capability = CapabilityReference(read_only=True, allow_null=True)


class StatementSerializer(RecordSerializer):
    """A short quotation of an official."""

    official = OfficialReference(read_only=True, allow_null=True)
    quote = text()
    said_on = PartialDateField()
    topic = TopicReference(read_only=True, allow_null=True)


class MeetingListSerializer(RecordSerializer):
    """A gathering of several states or of an international body about defence or arms."""

    name = serializers.CharField(read_only=True, help_text="What to call it: number and group, or as the sources do.")
    group = GroupReference(read_only=True, allow_null=True)
    ordinal = number("Its number in the group's series.")
    title = text("As the sources call it.")
    level = ChoiceField(Level)
    mode = ChoiceField(Mode)
    status = ChoiceField(MeetingStatus)
    starts = PartialDateField(help_text="First day, by the calendar of the place.")
    ends = PartialDateField(help_text="Last day, where it lasts more than one.")
    place_name = text("Town.")
    place = PlaceSerializer(read_only=True, allow_null=True)
    country = NationReference(read_only=True, allow_null=True)
    venue = text("Building or base.")
    nation_count = number("Stated number of nations attending.")
    nation_count_qualifier = ChoiceField(Qualifier)
