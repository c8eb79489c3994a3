"""What an editor's save or click does to a record: claims and verdicts, and what follows in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from evidence.actions import value_of
from evidence.approvals import waiting, waiting_for
from evidence.choices import Decision, RecordState
from evidence.editing.claims import DECIDED, claims_of, label_of, stated_text
from evidence.editing.trial import fault_of, refused_rule, settled_values
from evidence.fields import EXISTS, Combine, kind_spec
from evidence.models import Binding, Claim, Record
from evidence.resolution import lock_blocks
from evidence.services import create_record, decide, state_values

WAITS = "A decision on so much money waits for an approver other than you; until then nothing changes."


def waiting_since(by: AbstractBaseUser, begun: datetime.datetime) -> str:
    """How many of the decisions that somebody has made since then wait for a second person; empty for none."""
    count = waiting().filter(asked_by=by.pk, asked_at__gte=begun).count()
    return (
        f"{count} of these decisions wait{'s' if count == 1 else ''} for an approver other than you." if count else ""
    )


class Refused(ValueError):
    """What the database would not take, in words for an editor."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a constraint that the database holds into one an editor can read; nothing is half done."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        raise Refused(refused_rule(getattr(diagnosis, "constraint_name", None) or "a rule of the register")) from error


def hold(record: UUID) -> None:
    """Keep others from settling a record until the end of the transaction, so that its version stands still.

    The locks are those resolution takes, taken first: locking the row instead could deadlock with a worker.
    """
    rows = Binding.objects.filter(record=record).values_list("kind", "block").distinct()
    for kind, block in rows.order_by("kind", "block"):
        lock_blocks(kind, [block])


def state_and_empty(
    *,
    record: Record,
    stated: Mapping[str, Any],
    emptied: Mapping[str, Any],
    by: AbstractBaseUser,
    basis: dict[str, str],
) -> list[str]:
    """State values and reject those taken away; returns what was done, one sentence each."""
    by_name = kind_spec(record.kind).by_name
    done = []
    with refusals():
        # Rejected first: a statement of the same moment is the later word.
        for name, value in emptied.items():
            for element in value if by_name[name].combine is Combine.MANY else [value]:
                claims = claims_of(record, name, element)
                if claims:
                    decide(claim=claims[0], decision=Decision.REJECT, by=by, why=basis["why"])
        single = {name: value for name, value in stated.items() if by_name[name].combine is not Combine.MANY}
        several = {name: list(value) for name, value in stated.items() if name not in single}
        while single or several:
            batch = {**single, **{name: elements.pop(0) for name, elements in several.items()}}
            state_values(record=record, values=batch, by=by, **basis)
            single, several = {}, {name: elements for name, elements in several.items() if elements}
    if waiting_for(record).filter(asked_by=by.pk).exists():
        done.append(WAITS)
    after = settled_values(record)
    for name, value in emptied.items():
        if name not in stated:
            now = f"now {stated_text(record, name, after[name])}" if name in after else "now nothing"
            done.append(f"Rejected: {label_of(record, name)} {stated_text(record, name, value)}; {now}.")
    done += [f"Stated: {label_of(record, name)} {stated_text(record, name, value)}." for name, value in stated.items()]
    return done


def add_record(
    *, kind: str, stated: Mapping[str, Any], parent: UUID | None, by: AbstractBaseUser, basis: dict[str, str]
) -> UUID:
    """Enter a record with its values; returns the id of the record it became part of."""
    by_name = kind_spec(kind).by_name
    first = {k: v[0] if by_name[k].combine is Combine.MANY else v for k, v in stated.items()}
    rest = {k: v[1:] for k, v in stated.items() if by_name[k].combine is Combine.MANY and v[1:]}
    with refusals():
        pk = create_record(kind=kind, values=first, by=by, parent=parent, **basis)
        if rest:
            record = kind_spec(kind).model.objects.get(pk=pk)
            state_and_empty(record=record, stated=rest, emptied={}, by=by, basis=basis)
    return pk


def retract(*, record: Record, by: AbstractBaseUser, why: str) -> bool:
    """Reject that a record exists; False where nothing says that it does."""
    claims = claims_of(record, EXISTS)
    if not claims or record.state == RecordState.RETRACTED:
        return False
    with refusals():
        decide(claim=claims[0], decision=Decision.REJECT, by=by, why=why)
    return True


def restore(*, record: Record, by: AbstractBaseUser, why: str) -> bool:
    """Undo a retraction; False where there is none."""
    claims = claims_of(record, EXISTS)
    if not claims or record.state != RecordState.RETRACTED:
        return False
    # Withdrawing through an editor's own claim would withdraw the statement too; what only editors say is accepted.
    decision = Decision.WITHDRAW if claims[0].author_id is None else Decision.ACCEPT
    with refusals():
        decide(claim=claims[0], decision=decision, by=by, why=why)
    return True


def decide_value(*, record: Record, claim: Claim, decision: Decision, by: AbstractBaseUser, why: str) -> str:
    """Decide on a claim of a record; returns what follows, in a sentence. Raises Refused for what cannot stand."""
    value = value_of(claim)
    shown = settled_values(record).get(claim.field)
    changes = decision == Decision.ACCEPT and claim.field != EXISTS and value != shown
    if changes and (fault := fault_of(record, claim.field, value)):
        raise Refused(f"{label_of(record, claim.field)} {stated_text(record, claim.field, value)}: {fault}")
    with refusals():
        decide(claim=claim, decision=decision, by=by, why=why)
    name = claim.field
    word = DECIDED[decision].capitalize()
    record.refresh_from_db()
    if waiting_for(record).filter(verdict__claim=claim, asked_by=by.pk).exists():
        return f"{word}. {WAITS}"
    if name == EXISTS:
        return f"{word}. The record is now {record.get_state_display().lower()}."
    after = settled_values(record).get(name)
    now = stated_text(record, name, after) if after is not None else "nothing"
    return f"{word}. {label_of(record, name)[:1].upper()}{label_of(record, name)[1:]} is now {now}."
