"""What a decision that waits for a second person would change: confirmed on trial, compared, and rolled back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, connection, transaction

from evidence.approvals import confirm_on_trial, mentions_of
from evidence.editing.shapes import Names, with_links, written
from evidence.editing.trial import settled_values
from evidence.fields import EXISTS, Value, kind_spec
from evidence.models import ApprovalRequest, Mention
from evidence.services import current_record

# A trial waits and works no longer than this: it is looked at, and holds up those who write.
PATIENCE = "3s"
BUSY = "The register is being written to; what this would change is not known now. Look again in a moment."


@dataclass(frozen=True)
class Effect:
    """One field of a record in words, as it is and as it would be; `state` stands among the fields."""

    record: str
    label: str
    now: str
    then: str


@dataclass(frozen=True)
class _Standing:
    """`whole`: the record that this one is part of, where it is."""

    name: str
    state: str
    whole: UUID | None
    values: dict[str, Value]


def effects(held: ApprovalRequest) -> tuple[list[Effect], str]:
    """What would change in the records that the decision is about, and why that is not known, if it is not."""
    mentions = mentions_of(held)
    kind = Mention.objects.values_list("kind", flat=True).get(pk=mentions[0])
    before, after = _standing(kind, mentions), {}
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'; SET LOCAL statement_timeout = '{PATIENCE}'")
            confirm_on_trial(held)
            after = _standing(kind, [*before, *mentions])
            transaction.set_rollback(True)
    except OperationalError:
        return [], BUSY
    return list(_compared(kind, before, after)), ""


def _standing(kind: str, pks: Iterable[UUID]) -> dict[UUID, _Standing]:
    """The records that these ids stand for, by id; also those that are part of another one, which hold nothing."""
    found = {}
    rows = with_links(kind_spec(kind).model)
    for pk in dict.fromkeys(pks):
        for row in rows.filter(pk__in=[one for one in (pk, current_record(pk)) if one]):
            whole = current_record(row.pk)
            inner = whole != row.pk
            state, values = row.get_state_display().lower(), {} if inner else settled_values(row)
            found[row.pk] = _Standing(str(row), state, whole if inner else None, values)
    return found


def _compared(kind: str, before: dict[UUID, _Standing], after: dict[UUID, _Standing]) -> Iterable[Effect]:
    none = _Standing("", "–", None, {})
    sides = [(before.get(pk, none), after.get(pk, none)) for pk in dict.fromkeys([*before, *after])]
    names = Names.of(kind, [pair for side in sides for one in side for pair in one.values.items()])
    for old, new in sides:
        name = old.name or new.name
        # A whole is called what it is called now.
        now, then = (f"part of {(after | before)[one.whole].name}" if one.whole else one.state for one in (old, new))
        if now != then:
            yield Effect(name, "state", now, then)
        for spec in kind_spec(kind).fields:
            values = [one.values.get(spec.name) for one in (old, new)]
            if values[0] != values[1] and spec.name != EXISTS and new.values:
                now, then = (written(kind, spec.name, value, names) for value in values)
                yield Effect(name, spec.label, now, then)
