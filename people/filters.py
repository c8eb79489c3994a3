"""Filters of nations and officials, for pages and feeds alike."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from evidence.filters import Joined, RegisterFilter, having_words, text_filter
from people.models import Nation


def nation_filter(label: str, **kwargs: object) -> django_filters.ModelChoiceFilter:
    """A nation by its ISO 3166-1 alpha-2 code."""
    return django_filters.ModelChoiceFilter(
        label=label,
        queryset=Nation.objects.order_by("name"),
        empty_label="Any",
        error_messages={"invalid_choice": "“%(value)s” is no ISO 3166-1 alpha-2 code, in capitals, of a nation."},
        **kwargs,
    )


class NationFilter(RegisterFilter):
    """Nations by their names."""

    q = text_filter("Name", "with_words")

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return having_words(queryset, value, "iso2", "iso3", "name", "official_name", Joined("aliases"))


class OfficialFilter(RegisterFilter):
    """Officials by name and by the nation for which they speak."""

    q = text_filter("Name", "with_words")
    nation = nation_filter("Nation")

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return having_words(queryset, value, "name", Joined("aliases"), "nation__name")
