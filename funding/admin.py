"""Admin of packages and their shares, and of programmes and exchange rates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F

from evidence.choices import RecordKind
from evidence.editing.filters import ContestedFilter, StateFilter, ValueFilter
from evidence.editing.records import RecordAdmin
from evidence.editing.vocabulary import VocabularyAdmin
from funding.models import Allocation, Contribution, ExchangeRate, Package, PackageItem, Programme


@admin.register(Programme)
class ProgrammeAdmin(VocabularyAdmin):
    list_display = ["name", "slug", "donor", "source_publisher"]
    list_filter = ["donor"]
    search_fields = ["name", "slug", "aliases"]


@admin.register(ExchangeRate)
class ExchangeRateAdmin(VocabularyAdmin):
    list_display = ["currency", "day", "per_euro", "source"]
    list_filter = ["currency"]
    search_fields = ["currency", "source"]
    date_hierarchy = "day"


@admin.register(Package)
class PackageAdmin(RecordAdmin):
    kind = RecordKind.PACKAGE
    list_display = ["__str__", "stage", "announced", "programme_given", "meeting", "state", "contested"]
    list_filter = [
        StateFilter,
        ContestedFilter,
        "stage",
        ("currency", ValueFilter),
        ("programme", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["programme", "meeting__group"]
    ordering = [F("announced_on").desc(nulls_last=True), "-record_ptr"]
    search_fields = ["amount", "currency", "programme__name", "programme_name", "contributions__nation__name"]
    date_hierarchy = "announced_on"

    @admin.display(description="announced", ordering="announced_on")
    def announced(self, package: Package) -> Any:
        return package.announced_partial or "–"

    @admin.display(description="programme")
    def programme_given(self, package: Package) -> str:
        return str(package.programme or package.programme_name or "–")


@admin.register(Contribution)
class ContributionAdmin(RecordAdmin):
    kind = RecordKind.CONTRIBUTION
    list_display = ["__str__", "package", "fraction", "amount", "state", "contested"]
    list_select_related = ["package", "nation", "organisation"]
    search_fields = ["nation__name", "organisation__name", "donor_name"]
    date_hierarchy = "package__announced_on"


@admin.register(Allocation)
class AllocationAdmin(RecordAdmin):
    kind = RecordKind.ALLOCATION
    list_display = ["__str__", "package", "fraction", "amount", "basis", "state", "contested"]
    list_filter = [StateFilter, ContestedFilter, "basis"]
    list_select_related = ["package", "nation", "organisation"]
    search_fields = ["nation__name", "organisation__name", "described"]
    date_hierarchy = "package__announced_on"


@admin.register(PackageItem)
class PackageItemAdmin(RecordAdmin):
    kind = RecordKind.PACKAGE_ITEM
    list_display = ["phrase", "capability", "package", "state", "contested"]
    list_select_related = ["package", "capability"]
    search_fields = ["phrase", "capability__name"]
    date_hierarchy = "package__announced_on"
