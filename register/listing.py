"""A list page: its filters as form and chips, and one page of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField, NumberInput
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django_filters import FilterSet

from register.keyset import Order, Page, page_of

PLACES = ("after", "before", "page")


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the query string without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class FilterBar:
    """The filters of a page: those that are set as chips, all as a form, and what of them cannot be read."""

    chips: list[Chip]
    fields: list[BoundField]
    hidden: list[BoundField]
    errors: list[str]
    faulty: bool

    @property
    def status(self) -> int:
        return 400 if self.faulty else 200


@dataclass(frozen=True)
class Listing(FilterBar):
    """What a list's template needs. `queryset` is what the filters leave; nothing while one cannot be read."""

    page: Page
    queryset: QuerySet


def filter_bar(filterset: FilterSet, query: QueryDict, *, silent: Sequence[str] = ()) -> FilterBar:
    """The filters as a template shows them; `silent` ones get no chip."""
    faulty = not filterset.is_valid()
    for field in filterset.form.fields.values():
        if isinstance(field.widget, NumberInput):
            # A browser shows nothing of a number field's value that is no number.
            field.widget.input_type = "text"
            field.widget.attrs["inputmode"] = "numeric"
    return FilterBar(
        chips=_chips(filterset, query, silent),
        fields=filterset.form.visible_fields(),
        hidden=filterset.form.hidden_fields(),
        errors=list(filterset.form.non_field_errors()),
        faulty=faulty,
    )


def list_page(
    request: HttpRequest, filters: type[FilterSet], queryset: QuerySet, order: Order, *, size: int = 50
) -> Listing:
    """Filter, order and cut a list as the address asks. A filter that cannot be read empties the list and says why."""
    filterset = filters(request.GET, queryset=queryset, request=request)
    bar = filter_bar(filterset, request.GET)
    found = queryset.none() if bar.faulty else filterset.qs
    return Listing(**vars(bar), page=page_of(found, order, request.GET, size), queryset=found)


def _chips(filterset: FilterSet, query: QueryDict, silent: Sequence[str]) -> list[Chip]:
    chips = []
    for field in filterset.form:
        if field.name in silent:
            continue
        value = getattr(filterset.form, "cleaned_data", {}).get(field.name)
        if value in (None, "", []) or (hasattr(value, "exists") and not query.get(field.name)):
            continue
        chips.append(Chip(str(field.label), _spoken(field, value), _without(query, field.name)))
    return chips


def _spoken(field: BoundField, value: Any) -> str:
    choices = getattr(field.field, "choices", None)
    if isinstance(value, str) and choices is not None:
        return str(dict(choices).get(value, value))
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _without(query: QueryDict, name: str) -> str:
    kept = query.copy()
    for key in (name, *PLACES):
        kept.pop(key, None)
    return f"?{kept.urlencode()}"


def feed_address(name: str, *args: Any, query: QueryDict | None = None) -> str:
    """The same view as JSON: the feed of that name with the same filters; empty while there is none."""
    try:
        address = reverse(f"api:{name}", args=args)
    except NoReverseMatch:
        return ""
    kept = query.copy() if query is not None else QueryDict(mutable=True)
    for key in PLACES:
        kept.pop(key, None)
    for key in [key for key, value in kept.items() if not value]:
        kept.pop(key)
    return f"{address}?{kept.urlencode()}" if kept else address
