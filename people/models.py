"""Nations, organisations, officials and the posts they hold."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.models import Record, record_link
from evidence.partial_dates import Precision, partial_date_constraints
from people.choices import OrganisationKind


def name_list(help_text: str) -> ArrayField:
    """A set of other names. They are claims too, settled together."""
    return ArrayField(models.CharField(max_length=300), default=list, blank=True, help_text=help_text)


class Nation(models.Model):
    """A state or territory with an ISO 3166-1 code, and Kosovo under XK. Reference data."""

    iso2 = models.CharField(
        "ISO code",
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Two capital letters.")],
        help_text="ISO 3166-1 alpha-2; XK for Kosovo.",
    )
    iso3 = models.CharField(max_length=3, unique=True, help_text="ISO 3166-1 alpha-3; XKX for Kosovo.")
    name = models.CharField(max_length=100, unique=True, help_text="Short English name.")
    official_name = models.CharField(max_length=200, blank=True)
    aliases = name_list("Other names in the news.")
    demonyms = name_list("Adjectives and nouns for its people.")
    capital = models.CharField(max_length=100, blank=True, help_text="Also used in the news for its government.")
    region = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north of a point inside it.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east of a point inside it.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(iso2__regex=r"^[A-Z]{2}$"), name="nation_iso2_shape"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, latitude__range=(-90, 90))
                & Q(longitude__isnull=False, longitude__range=(-180, 180)),
                name="nation_position",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("register:nation-detail", args=[self.iso2])


class AllianceMembership(models.Model):
    """A nation's time in an alliance or union. Reference data."""

    nation = models.ForeignKey(Nation, models.CASCADE, related_name="alliances")
    alliance = models.CharField(max_length=50, help_text="NATO, EU, JEF, …")
    since = models.DateField(null=True, blank=True)
    since_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    until = models.DateField(null=True, blank=True)
    until_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    source_publisher = models.CharField(max_length=200)
    source_url = models.URLField(max_length=2000, blank=True)

    class Meta:
        ordering = ["alliance", "nation"]
        constraints = [
            models.UniqueConstraint(
                fields=["nation", "alliance", "since"], nulls_distinct=False, name="alliance_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="alliance_until_after_since",
            ),
            *partial_date_constraints("alliance", "since", "until"),
        ]

    def __str__(self) -> str:
        return f"{self.nation_id} in {self.alliance}"


class Organisation(Record):
    """An international body that takes part, gives or receives: NATO, the European Union, an agency."""

    record_ptr = record_link()
    name = models.CharField(max_length=300, blank=True)
    abbreviation = models.CharField(max_length=50, blank=True)
    aliases = name_list("Other names.")
    organisation_kind = models.CharField(
        "kind of body", max_length=30, choices=OrganisationKind, blank=True, help_text="Empty while unknown."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.abbreviation or self.name or "unnamed organisation"


class Official(Record):
    """A person who holds or held public, military or international office."""

    record_ptr = record_link()
    name = models.CharField(max_length=200, blank=True, help_text="Fullest form, without rank or honorific.")
    aliases = name_list("Other spellings and shorter forms.")
    nation = models.ForeignKey(
        Nation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officials",
        help_text="For whom they speak.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officials",
        help_text="For an office of an international body.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or "unnamed official"

    def get_absolute_url(self) -> str:
        return reverse("register:official-detail", args=[self.pk])


class Post(Record):
    """An office that an official holds or held, with the days it was held and the days it was cited."""

    whole = "official"
    record_ptr = record_link()
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="posts")
    title = models.CharField(max_length=300, blank=True, help_text="As the sources give it.")
    nation = models.ForeignKey(Nation, models.PROTECT, null=True, blank=True, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="posts")
    held_from = models.DateField(null=True, blank=True, help_text="Stated first day in office.")
    held_from_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    held_to = models.DateField(null=True, blank=True, help_text="Stated last day in office.")
    held_to_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    first_cited = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="Earliest source that gives the title; not the start.",
    )
    last_cited = models.DateField(
        null=True, blank=True, editable=False, help_text="Latest source that gives the title; not the end."
    )

    class Meta:
        ordering = ["-last_cited", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_from__isnull=True) | Q(held_to__gte=models.F("held_from")),
                name="post_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(first_cited__isnull=True, last_cited__isnull=True)
                | Q(first_cited__isnull=False, last_cited__isnull=False, last_cited__gte=models.F("first_cited")),
                name="post_cited_paired",
            ),
            *partial_date_constraints("post", "held_from", "held_to"),
        ]

    def __str__(self) -> str:
        return self.title or "untitled post"
