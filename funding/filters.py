"""Filters of packages, for pages and feeds alike."""

from __future__ import annotations

from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q, QuerySet

from evidence.filters import Joined, RecordFilter, RegisterFilter, YearFilter, having_words, text_filter
from evidence.services import current_record
from funding.choices import LeftOut, Stage
from funding.models import Allocation, Contribution, Package, PackageItem, Programme
from funding.totals import ANY_REASON, GROUPINGS, STAGES
from meetings.models import Meeting
from people.models import Nation, Organisation


def parties() -> list[tuple[str, str]]:
    """Nations by code and live bodies by id, each with its name."""
    bodies = [(str(body.pk), str(body)) for body in Organisation.objects.live().order_by("name")]
    return [*Nation.objects.order_by("name").values_list("iso2", "name"), *bodies]


class PartyField(forms.ChoiceField):
    """A nation's ISO code or a body's id, which may be one that it has taken over in a merger."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        try:
            return str(current_record(UUID(text)) or text)
        except ValueError:
            return text

    def validate(self, value: str) -> None:
        if value and not self.valid_value(value):
            raise ValidationError(f"“{value[:50]}” is neither the code of a nation nor the id of a body.")


class PartyFilter(django_filters.Filter):
    """A nation or a body."""

    field_class = PartyField


def party_is(value: str) -> Q:
    return Q(nation=value) if len(value) == 2 else Q(organisation=value)


class PackageFilter(RegisterFilter):
    """Packages by donor, recipient, programme, currency, stage, year, meeting and words."""

    q = text_filter("Words", "with_words")
    donor = PartyFilter(label="Donor", choices=lambda: [("", "Any"), *parties()], method="with_donor")
    recipient = PartyFilter(label="Recipient", choices=lambda: [("", "Any"), *parties()], method="with_recipient")
    programme = django_filters.ModelChoiceFilter(label="Programme", queryset=Programme.objects.all(), empty_label="Any")
    currency = django_filters.CharFilter(
        label="Currency", validators=[RegexValidator(r"^[A-Z]{3}$", "Three capital letters, as in EUR.")]
    )
    stage = django_filters.ChoiceFilter(label="Stage", choices=Stage.choices, empty_label="Any")
    year = YearFilter("Year announced", field_name="announced_on", lookup_expr="year")
    meeting = RecordFilter(label="Announced at", queryset=Meeting.objects.live(), widget=forms.HiddenInput)

    def with_donor(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(Contribution.objects.live().filter(party_is(value), package=OuterRef("pk"))))

    def with_recipient(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(Allocation.objects.live().filter(party_is(value), package=OuterRef("pk"))))

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """In the programme's names, or in those of one donor, recipient or item."""
        mine = {"package": OuterRef("pk")}
        party = ("nation__name", "organisation__name", "organisation__abbreviation")
        donors = having_words(Contribution.objects.live().filter(**mine), value, "donor_name", *party)
        recipients = having_words(Allocation.objects.live().filter(**mine), value, "described", *party)
        items = having_words(PackageItem.objects.live().filter(**mine), value, "phrase", "capability__name")
        programmes = having_words(
            Package.objects.filter(pk=OuterRef("pk")),
            value,
            "programme_name",
            "programme__name",
            Joined("programme__aliases"),
        )
        return queryset.filter(Exists(programmes) | Exists(donors) | Exists(recipients) | Exists(items))


class TotalsFilter(PackageFilter):
    """Which packages to add up, and by what they are grouped."""

    others = ()
    by = django_filters.ChoiceFilter(
        label="Grouped by", choices=[(by, by.capitalize()) for by in GROUPINGS], method="all", widget=forms.HiddenInput
    )
    # A stage, or that none is stated, is looked for among the totals.
    stage = django_filters.ChoiceFilter(label="Stage", choices=list(STAGES.items()), method="all", empty_label="Any")

    def all(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        """What picks from the totals and not from the packages."""
        return queryset

    @property
    def chosen(self) -> set[UUID] | None:
        """The packages that its filters leave, or None where none of them is set; for valid filters only."""
        said = self.form.cleaned_data
        narrowing = [name for name in PackageFilter.base_filters if name != "stage" and said[name] not in (None, "")]
        return set(self.qs.values_list("pk", flat=True)) if narrowing else None


class LedgerFilter(TotalsFilter):
    """The packages behind a total, which the key of its row names; or those left out."""

    others = ("page",)
    row = django_filters.CharFilter(label="Row", method="all", max_length=2000, widget=forms.HiddenInput)
    left_out = django_filters.ChoiceFilter(
        label="Left out",
        choices=[(ANY_REASON, "For any reason"), *((r.value, r.label) for r in LeftOut if r != LeftOut.UNCONFIRMED)],
        method="all",
        empty_label="No: counted",
    )
