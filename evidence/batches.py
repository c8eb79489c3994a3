"""Decisions on many values in one go, each an ordinary statement or verdict, and the way back from all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.acceptable import acceptable
from evidence.actions import latest_verdict
from evidence.choices import BatchKind, BatchState, Decision
from evidence.fields import Combine, Value, kind_spec
from evidence.models import Batch, BatchItem, Outlet, Record, SettledField
from evidence.services import decide, state_of_many, undo, withdraw_statement

# Decisions of one task: well within its time, so that a lost worker costs little.
CHUNK = 100
UNFINISHED = (BatchState.WAITING, BatchState.RUNNING, BatchState.REVERTING)
# Longer than the hard time limit of a task: whoever had the batch in hand is gone, or the message was lost.
FORGOTTEN = datetime.timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 10)


def edit_many(
    *, records: Iterable[Record], field: str, value: Value, title: str, by: AbstractBaseUser, why: str
) -> Batch:
    """State one value of many records. All or nothing: raises what stating one raises, and then nothing is stated."""
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=BatchKind.EDIT, state=BatchState.DONE, title=title[:300], why=why, requested_by_id=by.pk
        )
        for record, claim in state_of_many(records=records, field=field, value=value, by=by, why=why):
            BatchItem.objects.create(batch=batch, record=record, mention_id=claim.mention_id, done=True)
    return batch


def accept_outlet(*, outlet: Outlet, confidence: float, by: AbstractBaseUser, why: str) -> Batch:
    """Set down what is to be accepted; `advance` does it, a chunk at a time."""
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=BatchKind.ACCEPT,
            title=f"Accept what {outlet} says with confidence {confidence:g} or more"[:300],
            why=why,
            requested_by_id=by.pk,
        )
        found = acceptable(outlet, confidence)
        BatchItem.objects.bulk_create(BatchItem(batch=batch, claim=one.claim, record_id=one.record) for one in found)
    return batch


def stands_still(batch: Batch) -> bool:
    """Has nobody touched what is not finished for so long that its worker or its message must be lost?"""
    return batch.state in UNFINISHED and batch.updated_at < timezone.now() - FORGOTTEN


def forgotten() -> list[Batch]:
    """Batches that stand still, the oldest first; they count as touched now."""
    now = timezone.now()
    found = list(Batch.objects.filter(state__in=UNFINISHED, updated_at__lt=now - FORGOTTEN).order_by("id"))
    Batch.objects.filter(pk__in=[batch.pk for batch in found]).update(updated_at=now)
    return found


def advance(pk: int) -> bool:
    """Do the next chunk of a batch, or take it back; is there more to do? Two at once do not do one item twice."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.kind == BatchKind.REREAD or batch.state not in UNFINISHED:
            return False
        reverting = batch.state == BatchState.REVERTING
        left = batch.items.filter(done=False)
        found = left.select_related("claim__mention__binding", "claim__target__binding", "verdict__claim", "mention")
        # The other way round, so that of two decisions on one value the later is taken back first.
        for item in found.order_by("-pk" if reverting else "pk")[:CHUNK]:
            (_take_back if reverting else _accept)(batch, item)
            item.done = True
            item.save(update_fields=["verdict", "fault", "done"])
        more = left.exists()
        if not more:
            _move(batch, BatchState.REVERTED if reverting else BatchState.DONE)
        else:
            _move(batch, BatchState.REVERTING if reverting else BatchState.RUNNING)
    return more


def _accept(batch: Batch, item: BatchItem) -> None:
    claim: Any = item.claim
    if _decided(claim):
        item.fault = "An editor decided on it meanwhile."
    else:
        try:
            with transaction.atomic():
                item.verdict = decide(claim=claim, decision=Decision.ACCEPT, by=batch.requested_by, why=batch.why)
        except IntegrityError:
            item.fault = "It cannot stand beside what the record holds."


def _decided(claim: Any) -> bool:
    """Did anybody decide on the field; of a set, on this value of it?"""
    if kind_spec(claim.mention.kind).by_name[claim.field].combine is Combine.MANY:
        return latest_verdict(claim) is not None
    fields = SettledField.objects.filter(record__bindings__mention=claim.mention_id, field=claim.field)
    return fields.filter(decided=True).exists()


def revert_batch(*, batch: Batch, by: AbstractBaseUser, why: str) -> None:
    """Let every decision of a batch that still counts be taken back; `advance` does it, a chunk at a time.

    Raises ValueError for one that decided nothing or was reverted already.
    """
    with transaction.atomic():
        held = Batch.objects.select_for_update().get(pk=batch.pk)
        if held.kind == BatchKind.REREAD or held.state != BatchState.DONE:
            raise ValueError("only what is done and not reverted yet can be reverted")
        held.reverted_by_id, held.reverted_why = by.pk, why
        held.save(update_fields=["reverted_by", "reverted_why"])
        held.items.exclude(verdict=None, mention=None).update(done=False)
        _move(held, BatchState.REVERTING)


def _take_back(batch: Batch, item: BatchItem) -> None:
    by: Any = batch.reverted_by
    standing = True
    if item.verdict is not None:
        try:
            with transaction.atomic():
                undo(verdict=item.verdict, by=by, why=batch.reverted_why)
        except ValueError:
            standing = False
    elif item.mention is not None:
        standing = withdraw_statement(mention=item.mention, by=by, why=batch.reverted_why)
    if not standing:
        item.fault = "Taken back or replaced before the revert."


def _move(batch: Batch, state: BatchState) -> None:
    batch.state = state
    batch.save(update_fields=["state", "updated_at"])
