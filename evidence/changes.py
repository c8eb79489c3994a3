"""The feed of changes: what happened to the records that the register states, in an order that nobody can miss.

Places are ordered by (transaction, id); those of one record follow its versions. Only transactions older than any that
still runs are listed, so that one that commits late stands behind what was told already, never before it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from evidence.choices import ChangeAction, RecordState
from evidence.fields import KindSpec
from evidence.models import Change

# Those that followers know of: stated, or redirected.
TOLD = (RecordState.LIVE, RecordState.MERGED)


def action_of(before: str, after: str, *, known: bool) -> ChangeAction:
    """What a record's change from one state to another is to followers.

    `known`: was anything settled of it before? RESTORE then stands for CREATE too, until `stated_before` tells them
    apart.
    """
    if after == RecordState.LIVE:
        if before == RecordState.LIVE:
            return ChangeAction.UPDATE
        return ChangeAction.RESTORE if known else ChangeAction.CREATE
    if after == RecordState.MERGED and before != RecordState.MERGED:
        return ChangeAction.MERGE
    if before not in TOLD or after == RecordState.MERGED:
        return ChangeAction.UNSTATED
    return ChangeAction.RETRACT if after == RecordState.RETRACTED else ChangeAction.WITHDRAW


def stated_before(records: Iterable[UUID]) -> set[UUID]:
    """Those of these records that followers were told of as new."""
    wanted = list(records)
    if not wanted:
        return set()
    return set(Change.objects.filter(record__in=wanted, action=ChangeAction.CREATE).values_list("record", flat=True))


# No lower than that of the record's change before, which a transaction that began later may have made and ended; one
# that still runs lists neither, so that nobody has passed this place.
PLACE = "greatest(evidence_change_place(), (SELECT max(transaction) FROM evidence_change WHERE record_id = %s))"


def tell(changes: Sequence[Change]) -> None:
    """Write entries; those of one record stand in the order in which it was changed."""
    for change in changes:
        change.transaction = RawSQL(PLACE, [change.record_id])  # noqa: S611  a constant
    Change.objects.bulk_create(changes)


def told_fields(spec: KindSpec, columns: Collection[str]) -> list[str]:
    """Names of the fields that these columns hold, as evidence names them; a column of no field by its own."""
    field_of = {column: field.name for field in spec.fields for column in field.columns(None)}
    return sorted({field_of.get(name, name) for name in columns} - {"state", "identity_keys"})


class Place(NamedTuple):
    """Where an entry stands: its transaction, counted over restores, and its id. Nothing stands before (0, 0)."""

    transaction: int
    entry: int


START = Place(0, 0)


class Epoch(NamedTuple):
    """Whose places can be compared, and what is added to the number of a transaction in it."""

    token: UUID
    ahead: int


# A dump that is restored makes another table or database, a backup of files that is rolled forward another timeline.
ORIGIN = """
concat_ws('/', (SELECT system_identifier FROM pg_control_system()), (SELECT timeline_id FROM pg_control_checkpoint()),
          (SELECT oid FROM pg_database WHERE datname = current_database()), 'evidence_change'::regclass::oid)
"""
EPOCH = f"SELECT token, ahead FROM evidence_changeepoch WHERE origin = {ORIGIN}"  # noqa: S608
RENEW = f"""
INSERT INTO evidence_changeepoch (single, token, origin, ahead, began_at)
SELECT true, %s, {ORIGIN},
       greatest(0, 1 + (SELECT max(transaction) FROM evidence_change) - pg_current_xact_id()::text::bigint), now()
ON CONFLICT (single) DO UPDATE
SET token = EXCLUDED.token, origin = EXCLUDED.origin, ahead = EXCLUDED.ahead, began_at = EXCLUDED.began_at
"""  # noqa: S608


def epoch() -> Epoch:
    """The epoch that this database is in; the first who asks after a restore begins another."""
    with connection.cursor() as cursor:
        cursor.execute(EPOCH)
        row = cursor.fetchone()
        if row is None:
            with transaction.atomic():
                # Whoever writes an entry meanwhile waits: its place must follow all that were restored.
                cursor.execute("LOCK TABLE evidence_change IN SHARE ROW EXCLUSIVE MODE")
                cursor.execute(EPOCH)
                row = cursor.fetchone()
                if row is None:
                    cursor.execute(RENEW, [uuid.uuid4()])
                    cursor.execute(EPOCH)
                    row = cursor.fetchone()
    return Epoch(*row)


# The oldest transaction that may still write an entry. The number of one that is known to work in another database of
# the server is passed over; where the role may not see whose it is, it counts.
OLDEST = """
(SELECT coalesce(min(running::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
 FROM pg_snapshot_xip(pg_current_snapshot()) AS running
 WHERE NOT EXISTS (SELECT FROM pg_stat_activity AS session JOIN pg_database AS home ON home.oid = session.datid
                   WHERE session.backend_xid = running::xid AND home.datname <> current_database())) + %s
"""


def is_entry(place: Place) -> bool:
    """Does an entry stand there? One that was told and is not there was lost when a database was restored."""
    return place == START or Change.objects.filter(pk=place.entry, transaction=place.transaction).exists()


def entries_after(place: Place, ahead: int, number: int) -> Sequence[Change]:
    """The next entries, each with its record, that are sure to have nothing before them that is still to come."""
    listed: QuerySet[Change] = Change.objects.filter(
        ~Q(action=ChangeAction.UNSTATED),
        # As one comparison, which the index answers however many entries one transaction has.
        RawSQL("(evidence_change.transaction, evidence_change.id) > (%s, %s)", place, output_field=BooleanField()),
        transaction__lt=RawSQL(OLDEST, [ahead]),  # noqa: S611  a constant
    )
    return list(listed.select_related("record").order_by("transaction", "id")[:number])
