"""The filter backend of the feeds."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

# Parameters that belong to paging and representation, not to filters.
OTHERS = {"cursor", "page_size", "evidence"}


class StrictFilterBackend(DjangoFilterBackend):
    """Refuses a parameter it does not know, naming those it does: a misspelt filter must not return everything."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = self.get_filterset(request, queryset, view)
        known = set(filterset.filters) if filterset is not None else set()
        unknown = sorted(set(request.query_params) - known - OTHERS)
        if unknown:
            raise ValidationError(
                {name: [f"Unknown parameter; known are {', '.join(sorted(known | OTHERS))}."] for name in unknown}
            )
        return super().filter_queryset(request, queryset, view)
