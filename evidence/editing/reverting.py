"""Reverts: a field to what it held before, or one act of an editor. Each is a new decision; nothing is removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from evidence.actions import STATED, actions
from evidence.choices import Decision, Identity
from evidence.editing import decisions
from evidence.editing.claims import claims_of, label_of, stated_text
from evidence.editing.decisions import Refused, refusals
from evidence.editing.pairs import PairRefused, check_unmerge
from evidence.editing.trial import settled_values
from evidence.fields import EXISTS, Combine, Value, kind_spec
from evidence.models import Judgement, Mention, Record, Settlement, Verdict
from evidence.services import decide, judge, undo, withdraw_statement

DONE_ALREADY = "It is no longer in force, so there is nothing to revert."


@transaction.atomic
def revert_field(*, record: Record, settlement: int, by: AbstractBaseUser, why: str) -> str:
    """Let a field hold again what it held before this settlement; returns what was done, in a sentence.

    Raises Refused where it holds that already, or where nothing says so any more and nobody can state it.
    """
    row = Settlement.objects.filter(record=record.pk, pk=settlement).first()
    if row is None:
        raise Refused("This record has no such change.")
    before = Settlement.objects.filter(record=record.pk, field=row.field, pk__lt=row.pk).order_by("-pk").first()
    wanted, current = before.value if before else None, settled_values(record).get(row.field)
    if wanted == current:
        raise Refused("It holds that value already.")
    if row.field == EXISTS:
        act = decisions.restore if wanted is True else decisions.retract
        if not act(record=record, by=by, why=why):
            raise Refused("No source says so, so an editor has to enter it anew.")
    else:
        _restate(record, row.field, wanted, current, by, why)
    label = label_of(record, row.field)
    return f"Reverted: {label} is {stated_text(record, row.field, wanted) if wanted is not None else 'nothing'} again."


def _restate(record: Record, field: str, wanted: Value, current: Value, by: AbstractBaseUser, why: str) -> None:
    basis = {"why": why, "citation_url": "", "citation_publisher": "", "citation_date": ""}
    if kind_spec(record.kind).by_name[field].combine is Combine.MANY:
        before, now = wanted or [], current or []
        stated: Any = [element for element in before if element not in now]
        emptied: Any = [element for element in now if element not in before]
    else:
        stated, emptied = wanted, None
        while wanted is None and current is not None:
            # What comes to lead in its place held no more then than what is taken away.
            decisions.state_and_empty(record=record, stated={}, emptied={field: current}, by=by, basis=basis)
            after = settled_values(record).get(field)
            if after == current:
                raise Refused("No live source says it, so there is nothing to reject.")
            current = after
        sources = [claim for claim in claims_of(record, field, wanted) if claim.author_id is None] if wanted else []
        if sources:
            # An article that says so is a better witness than the editor who says it again.
            with refusals():
                decide(claim=sources[0], decision=Decision.ACCEPT, by=by, why=why)
            return
    decisions.state_and_empty(
        record=record,
        stated={field: stated} if stated else {},
        emptied={field: emptied} if emptied else {},
        by=by,
        basis=basis,
    )


@transaction.atomic
def revert_action(*, record: Record, key: str, by: AbstractBaseUser, why: str) -> str:
    """Undo one act on a record, named as `evidence.actions` names it; returns what was done, in a sentence.

    Raises Refused where the record knows no such act, or where it is no longer in force.
    """
    action = next((found for found in actions(record.pk) if found.key == key), None)
    if action is None:
        raise Refused("This record knows no such act.")
    if not action.revertible:
        raise Refused(DONE_ALREADY)
    number = key.partition(":")[2]
    with refusals():
        if action.verb == STATED:
            withdraw_statement(mention=Mention.objects.get(pk=UUID(number)), by=by, why=why)
        elif key.startswith("verdict:"):
            try:
                undo(verdict=Verdict.objects.select_related("claim").get(pk=number), by=by, why=why)
            except ValueError as error:
                raise Refused(f"Nothing to revert: {error}.") from None
        else:
            row = Judgement.objects.get(pk=number)
            if row.identity == Identity.SAME:
                _must_unmerge(row)
            judge(left=row.left_id, right=row.right_id, identity=Identity.WITHDRAW, by=by, why=why)
    return f"Reverted what {action.by} did on {action.at:%-d %B %Y at %H:%M} UTC."


def _must_unmerge(judgement: Judgement) -> None:
    try:
        check_unmerge(judgement)
    except PairRefused as refused:
        raise Refused(str(refused)) from None
