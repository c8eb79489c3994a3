"""The filter backend of the feeds."""

from __future__ import annotations

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError

# Parameters of a feed that are no filters.
OTHERS = ("cursor", "evidence", "page_size")


class StrictFilterBackend(DjangoFilterBackend):
    """Applies the filters that pages have too, and refuses whatever their form refuses."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        if view.action != "list":
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        filterset.others = OTHERS
        if not filterset.is_valid():
            raise ValidationError({name: list(messages) for name, messages in filterset.errors.items()})
        return filterset.qs
