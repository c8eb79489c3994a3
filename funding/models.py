"""Programmes, packages, who gives, who receives, and exchange rates."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.models import Record, record_link
from evidence.partial_dates import PartialDate, Precision, partial_date_constraints
from funding.choices import Coverage, ShareBasis, Stage
from funding.querysets import PackageQuerySet
from meetings.choices import Qualifier
from meetings.models import ONE_PARTY_AT_MOST, Capability, Meeting
from people.models import Nation, Organisation, name_list

FRACTION = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]


def amount_field(help_text: str) -> models.DecimalField:
    """A sum in whole units of its currency."""
    return models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True, help_text=help_text)


def fraction_field() -> models.DecimalField:
    return models.DecimalField(
        max_digits=9,
        decimal_places=8,
        null=True,
        blank=True,
        validators=FRACTION,
        help_text="Part of the whole, 0 to 1.",
    )


def set_aside_field() -> models.BooleanField:
    return models.BooleanField(
        default=False,
        editable=False,
        help_text="With this part the stated parts would exceed the whole; shown with its sources, counted nowhere.",
    )


def share_constraints(table: str) -> list[models.CheckConstraint]:
    """What the database holds of any share of a package."""
    return [
        models.CheckConstraint(
            condition=Q(fraction__isnull=True) | Q(fraction__gte=0, fraction__lte=1), name=f"{table}_fraction"
        ),
        models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name=f"{table}_amount"),
    ]


class Programme(models.Model):
    """A standing channel for military aid: FMF, PDA, USAI, EPF, PURL. Reference data."""

    slug = models.SlugField(primary_key=True, help_text="Usual abbreviation, in lower case.")
    name = models.CharField(max_length=200, unique=True)
    aliases = name_list("Abbreviation and other names.")
    donor = models.CharField(max_length=100, blank=True, help_text="ISO code or name of the body it belongs to.")
    source_publisher = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=2000, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Package(Record):
    """Money committed, proposed or delivered for arms or military aid, as one announcement states it."""

    record_ptr = record_link()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="packages")
    programme_name = models.CharField(
        max_length=200, blank=True, help_text="As the sources call it, where it is no known programme."
    )
    amount = amount_field("Exactly as stated, in whole currency units.")
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217, as stated.")
    qualifier = models.CharField(max_length=10, choices=Qualifier, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, blank=True, db_index=True)
    covers = models.CharField(
        max_length=13,
        choices=Coverage,
        blank=True,
        help_text="Set where the sum is a total, a frame or an authority and not money of its own; it counts nowhere.",
    )
    announced_on = models.DateField(null=True, blank=True)
    announced_on_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packages",
        help_text="Where it was announced.",
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="Total that includes it.",
    )
    restates = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="restatements",
        help_text="Earlier announcement of the same money.",
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="Plan it replaces.",
    )

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ["-announced_on", "-record_ptr"]
        indexes = [models.Index(F("announced_on").desc(nulls_last=True), F("record_ptr").desc(), name="package_newest")]
        constraints = [
            models.CheckConstraint(
                # A comparison with null is neither true nor false, and a check that is not false is passed.
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__isnull=False, amount__gt=0, currency__regex=r"^[A-Z]{3}$"),
                name="package_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=True) | Q(programme_name=""), name="package_one_programme"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{link}__isnull": True}) | ~Q(**{link: F("record_ptr")}),
                    name=f"package_not_{link}_itself",
                )
                for link in ("part_of", "restates", "supersedes")
            ),
            *partial_date_constraints("package", "announced_on"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,.0f}" if self.amount is not None else "package without a sum"

    @property
    def announced_partial(self) -> PartialDate | None:
        if self.announced_on is None:
            return None
        return PartialDate.of(self.announced_on, self.announced_on_precision)

    def get_absolute_url(self) -> str:
        return reverse("register:package-detail", args=[self.pk])


class Contribution(Record):
    """A donor's part in a package; a joint package has several."""

    whole = "package"
    joint = ("set_aside",)
    record_ptr = record_link()
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="contributions")
    nation = models.ForeignKey(Nation, models.PROTECT, null=True, blank=True, related_name="contributions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="contributions")
    donor_name = models.CharField(
        max_length=200, blank=True, help_text="A donor that is neither a nation nor a known body."
    )
    fraction = fraction_field()
    amount = amount_field("Stated part, in the package's currency.")
    set_aside = set_aside_field()

    class Meta:
        ordering = ["nation"]
        constraints = [
            models.CheckConstraint(condition=ONE_PARTY_AT_MOST, name="contribution_one_party"),
            *share_constraints("contribution"),
        ]

    def __str__(self) -> str:
        return str(self.nation or self.organisation or self.donor_name or "unknown donor")


class Allocation(Record):
    """A recipient's part in a package: a nation, a body, or a described set such as 18 neighbours."""

    whole = "package"
    joint = ("set_aside",)
    record_ptr = record_link()
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="allocations")
    nation = models.ForeignKey(Nation, models.PROTECT, null=True, blank=True, related_name="allocations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="allocations")
    described = models.CharField(max_length=300, blank=True, help_text="A set that the source does not name.")
    fraction = fraction_field()
    amount = amount_field("Stated part, in the package's currency.")
    basis = models.CharField(max_length=20, choices=ShareBasis, default=ShareBasis.UNKNOWN)
    set_aside = set_aside_field()

    class Meta:
        ordering = ["nation", "described"]
        constraints = [
            models.CheckConstraint(condition=ONE_PARTY_AT_MOST, name="allocation_one_party"),
            models.CheckConstraint(
                condition=Q(described="") | Q(nation__isnull=True, organisation__isnull=True),
                name="allocation_named_or_described",
            ),
            models.CheckConstraint(
                condition=Q(basis=ShareBasis.UNKNOWN) | Q(fraction__isnull=False) | Q(amount__isnull=False),
                name="allocation_basis_of_a_share",
            ),
            *share_constraints("allocation"),
        ]

    def __str__(self) -> str:
        return str(self.nation or self.organisation or self.described or "unknown recipient")


class PackageItem(Record):
    """Something a package contains, in the words of the sources and, where known, of the vocabulary."""

    whole = "package"
    record_ptr = record_link()
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="items")
    phrase = models.CharField(max_length=300, blank=True, help_text="As the source puts it.")
    capability = models.ForeignKey(Capability, models.PROTECT, null=True, blank=True, related_name="packages")

    class Meta:
        ordering = ["phrase"]

    def __str__(self) -> str:
        return str(self.capability or self.phrase)


class ExchangeRate(models.Model):
    """Units of a currency for one euro on one day. Reference data; conversions are derived from it."""

    currency = models.CharField(max_length=3, help_text="ISO 4217.")
    day = models.DateField()
    per_euro = models.DecimalField(max_digits=18, decimal_places=6, help_text="Units for 1 EUR.")
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["currency", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="rate_once_a_day"),
            models.CheckConstraint(condition=Q(per_euro__gt=0), name="rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.per_euro} {self.currency} on {self.day}"
