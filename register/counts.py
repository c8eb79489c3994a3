"""Numbers beside the rows of a list, as subqueries, so that a list stays one query."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet, link: str, distinct: str = "pk") -> Coalesce:
    """How many of these rows point at the outer row through `link`; 0 for none."""
    grouped = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    found = grouped.annotate(n=Count(distinct, distinct=True)).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)
