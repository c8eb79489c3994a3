"""Contact groups, their members, their meetings, who attended, and what about."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.models import Record, record_link
from evidence.partial_dates import PartialDate, Precision, partial_date_constraints
from evidence.querysets import RecordQuerySet
from meetings.choices import (
    AttendanceRole,
    GroupKind,
    Level,
    MeetingStatus,
    MembershipRole,
    Mode,
    Qualifier,
)
from meetings.querysets import MeetingQuerySet
from people.models import Nation, Official, Organisation, name_list

ONE_PARTY_AT_MOST = Q(nation__isnull=True) | Q(organisation__isnull=True)


class Place(models.Model):
    """A town or base where meetings are held. Reference data."""

    name = models.CharField(max_length=100)
    aliases = name_list("Other names of the town.")
    nation = models.ForeignKey(Nation, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=20, blank=True, help_text="city, town, base or hq.")
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "nation"], name="place_once"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, latitude__range=(-90, 90))
                & Q(longitude__isnull=False, longitude__range=(-180, 180)),
                name="place_position",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A subject of coordination, from a small vocabulary. Reference data."""

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    terms = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text="Words and phrases that show it.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Capability(models.Model):
    """A weapon, munition or other equipment, with its maker. Reference data."""

    slug = models.SlugField(primary_key=True, max_length=100)
    name = models.CharField(max_length=200, unique=True)
    aliases = name_list("Other names.")
    maker = models.CharField(max_length=200, blank=True, help_text="Main manufacturer; empty if unknown or many.")
    kind = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "capabilities"

    def __str__(self) -> str:
        return self.name


class ContactGroup(Record):
    """A named multinational group that coordinates arms or defence: the UDCG, a coalition, AUKUS."""

    record_ptr = record_link()
    name = models.CharField(max_length=300, blank=True)
    abbreviation = models.CharField(max_length=50, blank=True)
    aliases = name_list("Other names under which it appears.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="Group it belongs to.",
    )
    group_kind = models.CharField("kind of group", max_length=20, choices=GroupKind, blank=True)
    purpose = models.CharField(max_length=500, blank=True)
    established = models.DateField(null=True, blank=True)
    established_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    member_count = models.PositiveIntegerField(
        null=True, blank=True, help_text="Reported size of the group, not attendance at a meeting."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("record_ptr")), name="group_not_its_own_parent"
            ),
            *partial_date_constraints("group", "established"),
        ]

    def __str__(self) -> str:
        return self.name or "unnamed group"

    def get_absolute_url(self) -> str:
        return reverse("register:group-detail", args=[self.pk])


class Membership(Record):
    """A party's part in a group over a period."""

    whole = "group"
    record_ptr = record_link()
    group = models.ForeignKey(ContactGroup, models.PROTECT, null=True, related_name="memberships")
    nation = models.ForeignKey(Nation, models.PROTECT, null=True, blank=True, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=10, choices=MembershipRole, blank=True)
    since = models.DateField(null=True, blank=True)
    since_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    until = models.DateField(null=True, blank=True)
    until_precision = models.CharField(max_length=5, choices=Precision, blank=True)

    class Meta:
        ordering = ["nation", "since"]
        constraints = [
            models.CheckConstraint(condition=ONE_PARTY_AT_MOST, name="membership_one_party"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="membership_until_after_since",
            ),
            *partial_date_constraints("membership", "since", "until"),
        ]

    def __str__(self) -> str:
        return f"{self.nation or self.organisation or 'unknown party'} in {self.group}"


class Meeting(Record):
    """A gathering of three or more states, or of an international body, about defence or arms.

    What makes it the same meeting is group and ordinal, or group, level, date and place; never its title.
    """

    record_ptr = record_link()
    group = models.ForeignKey(ContactGroup, models.PROTECT, null=True, blank=True, related_name="meetings")
    ordinal = models.PositiveIntegerField(null=True, blank=True, help_text="Its number in the group's series.")
    title = models.CharField(max_length=300, blank=True, help_text="As the sources call it.")
    level = models.CharField(max_length=20, choices=Level, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, blank=True)
    status = models.CharField(max_length=10, choices=MeetingStatus, blank=True, db_index=True)
    starts = models.DateField(
        null=True, blank=True, help_text="First day, by the calendar of the place; see its precision."
    )
    starts_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    ends = models.DateField(null=True, blank=True, help_text="Last day, where it lasts more than one.")
    ends_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    place_name = models.CharField("town", max_length=100, blank=True)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="meetings",
        help_text="The known place of that name in that country; gives the position.",
    )
    country = models.ForeignKey(Nation, models.PROTECT, null=True, blank=True, related_name="meetings_hosted")
    venue = models.CharField(max_length=200, blank=True, help_text="Building or base.")
    nation_count = models.PositiveIntegerField(null=True, blank=True, help_text="Stated number attending.")
    nation_count_qualifier = models.CharField(max_length=10, choices=Qualifier, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-record_ptr"]
        indexes = [
            # The timeline, newest first, paged by key.
            models.Index(F("starts").desc(nulls_last=True), F("record_ptr").desc(), name="meeting_timeline"),
            # A group's numbered series.
            models.Index(fields=["group", "ordinal"], name="meeting_series"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ordinal__isnull=True) | Q(ordinal__gte=1), name="meeting_ordinal"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=False, ends__gte=F("starts")),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(nation_count_qualifier="") | Q(nation_count__isnull=False),
                name="meeting_qualifier_of_a_count",
            ),
            *partial_date_constraints("meeting", "starts", "ends"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What to call it: number and group, or group and level, or as the sources do."""
        level = self.get_level_display().lower()
        # A group may be known by its members alone, and have no name yet.
        group = self.group.name if self.group_id and self.group else ""
        if group and self.ordinal:
            # A contact group's numbered meetings are its ministers'; those of its directors are another series.
            usual = self.level in ("", Level.MINISTERS) or self.group.group_kind == self.level
            return f"{ordinal_words(self.ordinal)} {group}" + ("" if usual else f", {level}")
        if group and self.level:
            return f"{group}, {level}"
        return self.title or group or "Unnamed meeting"

    @property
    def starts_partial(self) -> PartialDate | None:
        return PartialDate.of(self.starts, self.starts_precision) if self.starts else None

    @property
    def ends_partial(self) -> PartialDate | None:
        return PartialDate.of(self.ends, self.ends_precision) if self.ends else None

    def get_absolute_url(self) -> str:
        return reverse("register:meeting-detail", args=[self.pk])


def ordinal_words(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 21st."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


class Attendance(Record):
    """A party or an official at a meeting, in one capacity."""

    whole = "meeting"
    record_ptr = record_link()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="attendances")
    nation = models.ForeignKey(Nation, models.PROTECT, null=True, blank=True, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="attendances")
    official = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="attendances")
    post_title = models.CharField(
        max_length=300, blank=True, help_text="The post held on the day, frozen as the sources gave it."
    )
    role = models.CharField(max_length=12, choices=AttendanceRole, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["nation", "official"]
        constraints = [models.CheckConstraint(condition=ONE_PARTY_AT_MOST, name="attendance_one_party")]

    def __str__(self) -> str:
        return str(self.official or self.nation or self.organisation or "unknown party")


class MeetingTopic(Record):
    """Something a meeting was about, in the words of the sources and, where known, of the vocabularies."""

    whole = "meeting"
    record_ptr = record_link()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="topics")
    phrase = models.CharField(max_length=300, blank=True, help_text="As the source puts it.")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="meetings")
    capability = models.ForeignKey(Capability, models.PROTECT, null=True, blank=True, related_name="meetings")

    class Meta:
        ordering = ["phrase"]

    def __str__(self) -> str:
        return str(self.topic or self.capability or self.phrase)


class Statement(Record):
    """A short quotation of an official, perhaps at a meeting."""

    whole = "official"
    record_ptr = record_link()
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="statements")
    quote = models.CharField(max_length=400, blank=True)
    said_on = models.DateField(null=True, blank=True)
    said_on_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="statements")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="statements")

    class Meta:
        ordering = ["-said_on"]
        constraints = [*partial_date_constraints("statement", "said_on")]

    def __str__(self) -> str:
        return f"{self.official}: {self.quote[:60]}"
