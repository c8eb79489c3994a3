"""Enumerations of the meetings app; each docstring says what the distinction means."""

from django.db.models import TextChoices


class GroupKind(TextChoices):
    """What a group is for. A capability coalition is a child of the contact group it reports to."""

    CONTACT_GROUP = "contact_group", "Contact group"
    ARMAMENTS_DIRECTORS = "armaments_directors", "Armaments directors"
    CAPABILITY_COALITION = "capability_coalition", "Capability coalition"
    ALLIANCE_BODY = "alliance_body", "Body of an alliance"
    MINISTERIAL = "ministerial", "Standing meeting of ministers"
    OTHER = "other"


class MembershipRole(TextChoices):
    """A lead answers for the group's work; an observer takes no part in its decisions."""

    LEAD = "lead"
    CO_LEAD = "co_lead", "Co-lead"
    MEMBER = "member"
    OBSERVER = "observer"


class Level(TextChoices):
    """The rank of those for whom the meeting is called, whoever else attends."""

    LEADERS = "leaders"
    MINISTERS = "ministers"
    CHIEFS_OF_DEFENCE = "chiefs_of_defence", "Chiefs of defence"
    ARMAMENTS_DIRECTORS = "armaments_directors", "Armaments directors"
    STEERING = "steering", "Steering body"
    WORKING = "working", "Working level"
    OTHER = "other"


class Mode(TextChoices):
    """Hybrid: some in the room, some by video link."""

    IN_PERSON = "in_person", "In person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class MeetingStatus(TextChoices):
    """Where a meeting stands. `held` includes under way; a postponed meeting stays the same record."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"


class AttendanceRole(TextChoices):
    """In what capacity. Host, chair and speaker imply taking part; `coordinator` is a body it was agreed with."""

    HOST = "host"
    CHAIR = "chair"
    SPEAKER = "speaker"
    PARTICIPANT = "participant"
    COORDINATOR = "coordinator"
    INVITED = "invited"
    ABSENT = "absent"


class Qualifier(TextChoices):
    """How a stated number is hedged. Empty means stated flat."""

    ABOUT = "about"
    MORE_THAN = "more_than", "more than"
    AT_LEAST = "at_least", "at least"
    NEARLY = "nearly"
    UP_TO = "up_to", "up to"
