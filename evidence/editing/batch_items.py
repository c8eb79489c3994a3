"""The items of a batch as its page shows them: by name, with what was stated, accepted or would be read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from evidence.acceptable import Acceptable
from evidence.actions import value_of
from evidence.choices import RecordKind
from evidence.editing.readonly import admin_url
from evidence.editing.shapes import Names, with_links, written
from evidence.fields import kind_spec
from evidence.models import BatchItem, Claim


@dataclass(frozen=True)
class ItemInWords:
    """An item, what it is about and where that is seen, and the value decided on: `venue: Hall 3`."""

    row: BatchItem
    name: str
    url: str
    words: str


def in_words(items: QuerySet[BatchItem]) -> list[ItemInWords]:
    """A query a kind of record and of value, not a row."""
    found = list(
        items.select_related(
            "record",
            "article",
            "claim__target__binding",
            "verdict__approval_request__answer",
            "mention__approval_request__answer",
        ).prefetch_related("mention__claims__target__binding")
    )
    ids: dict[str, set[UUID]] = defaultdict(set)
    for item in found:
        if item.record is not None:
            ids[item.record.kind].add(item.record.pk)
    records: dict[UUID, Any] = {}
    for kind, members in ids.items():
        records |= with_links(kind_spec(kind).model).in_bulk(members)
    names = {
        kind: Names.of(kind, [pair for item in found if _kind(item) == kind for pair in _values(item)]) for kind in ids
    }
    return [_in_words(item, records, names) for item in found]


@dataclass(frozen=True)
class OfferInWords:
    """A value that could be accepted: of which record and field, and what stands there now and then."""

    kind: str
    name: str
    url: str
    label: str
    now: str
    then: str
    offer: Acceptable


def offers_in_words(offers: list[Acceptable]) -> list[OfferInWords]:
    """As many queries as for items."""
    by_kind: dict[str, list[Acceptable]] = defaultdict(list)
    for one in offers:
        by_kind[one.kind].append(one)
    records: dict[UUID, Any] = {}
    names: dict[str, Names] = {}
    for kind, members in by_kind.items():
        records |= with_links(kind_spec(kind).model).in_bulk({one.record for one in members})
        values = [(one.claim.field, value) for one in members for value in (one.now, one.then)]
        names[kind] = Names.of(kind, values)
    return [
        OfferInWords(
            kind=RecordKind(one.kind).label,
            name=str(records[one.record]),
            url=admin_url(records[one.record]),
            label=kind_spec(one.kind).by_name[one.claim.field].label,
            now=written(one.kind, one.claim.field, one.now, names[one.kind]),
            then=written(one.kind, one.claim.field, one.then, names[one.kind]),
            offer=one,
        )
        for one in offers
    ]


def _kind(item: BatchItem) -> str:
    return item.record.kind if item.record is not None else ""


def _values(item: BatchItem) -> list[tuple[str, Any]]:
    claims: list[Claim] = list(item.mention.claims.all()) if item.mention else [item.claim] if item.claim else []
    return [(claim.field, value_of(claim)) for claim in claims]


def _in_words(item: BatchItem, records: dict[UUID, Any], names: dict[str, Names]) -> ItemInWords:
    if item.record is None:
        return ItemInWords(
            item, str(item.article), reverse("admin:evidence_article_change", args=[item.article_id]), ""
        )
    kind = item.record.kind
    labels = kind_spec(kind).by_name
    said = "; ".join(
        f"{labels[name].label}: {written(kind, name, value, names[kind])}" for name, value in _values(item)
    )
    record = records[item.record.pk]
    return ItemInWords(item, str(record), admin_url(record), said)
