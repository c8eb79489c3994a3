"""Pages of a list by key: no counting and no offsets, however long the list."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from evidence.filters import Folded

SEPARATOR = "~"


@dataclass(frozen=True)
class Order:
    """A list's order: a column, then the primary key. Newest first puts rows without a value last."""

    column: str
    newest_first: bool
    parse: Callable[[str], Any]


def by_day(column: str) -> Order:
    return Order(column, True, datetime.date.fromisoformat)


def by_name() -> Order:
    """By name, whatever its capitals and accents: the order readers expect, in any database's collation."""
    return Order("name_folded", False, str)


def with_name_folded(queryset: QuerySet) -> QuerySet:
    """With the column that `by_name` orders by."""
    return queryset.annotate(name_folded=Folded("name"))


@dataclass(frozen=True)
class Page:
    """The rows of one page and the query strings of its neighbours, empty where there is none."""

    rows: list[Any]
    earlier: str
    later: str


def page_of(queryset: QuerySet, order: Order, query: QueryDict, size: int) -> Page:
    """The page that `?after=` or `?before=` asks for; raises BadRequest for a key that no list gave out."""
    after, before = query.get("after"), query.get("before")
    backwards = before is not None
    key = before if backwards else after
    if key is not None:
        queryset = queryset.filter(_beyond(queryset, order, key, backwards))
    rows = list(_ordered(queryset, order, backwards)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_before = more if backwards else key is not None
    has_after = backwards or more
    return Page(
        rows=rows,
        earlier=_link(query, "before", _key(rows[0], order)) if rows and has_before else "",
        later=_link(query, "after", _key(rows[-1], order)) if rows and has_after else "",
    )


def _ordered(queryset: QuerySet, order: Order, backwards: bool) -> QuerySet:
    if order.newest_first:
        column = F(order.column)
        if backwards:
            return queryset.order_by(column.asc(nulls_first=True), "pk")
        return queryset.order_by(column.desc(nulls_last=True), "-pk")
    return queryset.order_by(f"-{order.column}", "-pk") if backwards else queryset.order_by(order.column, "pk")


def _beyond(queryset: QuerySet, order: Order, key: str, backwards: bool) -> Q:
    """What lies past a key in the direction of travel. A day without an id is the day's own edge."""
    text, _, identity = key.rpartition(SEPARATOR) if SEPARATOR in key else (key, "", "")
    try:
        value = order.parse(text) if text or not order.newest_first else None
        pk = queryset.model._meta.pk.to_python(identity) if identity else None
    except (ValueError, ValidationError):
        raise BadRequest(f"{key!r} is no place in this list") from None
    if "\0" in key:
        raise BadRequest("A place in a list holds no NUL")
    column = order.column
    downwards = order.newest_first != backwards
    step, identity_step = ("lt", "pk__lt") if downwards else ("gt", "pk__gt")
    same = Q(**{identity_step: pk}) if pk is not None else Q(pk__in=[])
    if value is None:
        here = Q(**{f"{column}__isnull": True}) & same
        return here | Q(**{f"{column}__isnull": False}) if backwards else here
    past = Q(**{f"{column}__{step}": value}) | (Q(**{column: value}) & same)
    return past | Q(**{f"{column}__isnull": True}) if order.newest_first and not backwards else past


def _key(row: Any, order: Order) -> str:
    value = getattr(row, order.column)
    return f"{'' if value is None else value}{SEPARATOR}{row.pk}"


def _link(query: QueryDict, name: str, key: str) -> str:
    kept = query.copy()
    for other in ("after", "before"):
        kept.pop(other, None)
    kept[name] = key
    return f"?{kept.urlencode()}"
