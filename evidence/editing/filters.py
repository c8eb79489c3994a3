"""List filters shared by the admins of records and of the log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from evidence.choices import RecordState
from evidence.fields import kinds_in_order

# What an editor works on; the rest is kept for those who look for it.
WORKED_ON = (RecordState.LIVE, RecordState.UNCONFIRMED)


class StateFilter(admin.SimpleListFilter):
    """Records by state; without a choice those that an editor works on."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(state.value), str(state.label)) for state in RecordState), ("all", "Every state")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Live and unconfirmed"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(state__in=[self.value()] if self.value() else WORKED_ON)


class ContestedFilter(admin.SimpleListFilter):
    """Records with a field on which sources disagree and no editor has decided."""

    title = "contested"
    parameter_name = "contested"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "With a contested field"), ("no", "Without")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        empty = Q(contested_fields=[])
        return queryset.filter(~empty if self.value() == "yes" else empty)


class ValueFilter(admin.AllValuesFieldListFilter):
    """Records by a value in words; those without one have a name to be chosen by."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "None stated"}


class FieldFilter(admin.SimpleListFilter):
    """Rows of the log by field. The names come from the kinds: collecting them from the rows would read them all."""

    title = "field"
    parameter_name = "field"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = {field.name for kind in kinds_in_order() for field in kind.fields}
        return [(name, name) for name in sorted(names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        prefix = "claim__field" if queryset.model._meta.model_name == "verdict" else "field"
        return queryset.filter(**{prefix: self.value()}) if self.value() else queryset
