"""Replays the log: drops what was derived from it, and derives it again.

The log is what nobody can change: mentions, claims, verdicts, judgements, ratings and settlements, with which runs and
imported rows are live. Derived are the reliability of rated outlets, bindings, the columns of records and the settled
fields. On a sound register a replay changes nothing: no id, no column, no new settlement, no change in the feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from evidence.choices import RecordKind
from evidence.fields import KindSpec, kinds_in_order
from evidence.models import Binding, Judgement, Mention, Record, SettledField
from evidence.resolution import described, lock_register, rebind
from evidence.said import Said
from evidence.settling import balance, settle

BATCH = 1000

RATED = """
UPDATE evidence_outlet AS o SET reliability = latest.reliability
FROM (SELECT DISTINCT ON (outlet_id) outlet_id, reliability FROM evidence_outletrating ORDER BY outlet_id, id DESC)
    AS latest
WHERE latest.outlet_id = o.id AND latest.reliability <> o.reliability
"""

# The last settlement of each field stands until something else is settled on; the weights follow from the claims.
HEADS = """
INSERT INTO evidence_settledfield (record_id, field, settlement_id, contested, decided, stories, support, priority)
SELECT DISTINCT ON (record_id, field) record_id, field, id, contested, false, 0, 0, 0
FROM evidence_settlement ORDER BY record_id, field, id DESC
"""


@dataclass(frozen=True)
class Rebuilt:
    """What a replay went through, and how many records came out other than they were."""

    mentions: int
    records: int
    changed: int


def rebuild(batch: int = BATCH, report: Callable[[str], None] = lambda line: None) -> Rebuilt:
    """Derive everything anew, so many rows at a time, in one transaction: interrupted, it has changed nothing.

    Waits for whoever is binding or settling, and keeps them waiting until it is done; readers are not held up.
    """
    with transaction.atomic():
        lock_register()
        with connection.cursor() as cursor:
            cursor.execute(RATED)
        Binding.objects.all().delete()
        SettledField.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(HEADS)
        records = changed = 0
        judged = set(Judgement.objects.values_list("left__kind", flat=True).distinct())
        for spec in kinds_in_order():
            bound = _bind_kind(spec, batch, spec.kind in judged)
            report(f"{RecordKind(spec.kind).label}: {bound} mentions bound")
            # Settled before the next kind is bound: what that is compared by may rest on it.
            for pks in _batches(Record.objects.filter(kind=spec.kind), "pk", batch):
                changed += len(settle(pks, balanced=False))
                records += len(pks)
        # Only now: what a part weighs beside the others is known once all of them are settled.
        for pks in _batches(Record.objects.all(), "pk", batch):
            changed += len(balance(pks))
        report(f"{records} records settled, {changed} of them changed")
        return Rebuilt(Binding.objects.count(), records, changed)


def _bind_kind(spec: KindSpec, batch: int, judged: bool) -> int:
    """Describe every mention of a kind, then cluster block after block; the kinds it refers to are bound already."""
    mentions = Mention.objects.filter(kind=spec.kind)
    bound = 0
    for pks in _batches(mentions, "pk", batch):
        Binding.objects.bulk_create(described(spec, set(pks), Said(pks)))
        bound += len(pks)
    if judged:
        # What a judgement ties to another mention is described by that one's block, which is known only now.
        for pks in _batches(mentions.filter(author__isnull=False), "pk", batch):
            Binding.objects.bulk_update(described(spec, set(pks), Said(pks)), ["block", "features", "signature"])
    for blocks in _batches(Binding.objects.filter(kind=spec.kind), "block", batch):
        rebind(spec, set(blocks), judged)
    return bound


def _batches(rows: QuerySet[Any], column: str, size: int) -> Iterator[list[Any]]:
    """The distinct values of a column in their order, so many at a time, each batch a query of its own."""
    last: UUID | str | None = None
    while True:
        further = rows if last is None else rows.filter(**{f"{column}__gt": last})
        values = list(further.order_by(column).values_list(column, flat=True).distinct()[:size])
        if not values:
            return
        yield values
        last = values[-1]
