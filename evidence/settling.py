"""Derives records from the claims of their mentions: settles every field, writes the columns, logs what changed."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evidence.changes import action_of, stated_before, tell
from evidence.choices import ChangeAction, Reason, RecordState
from evidence.circles import hold, lock_links, own_links
from evidence.fields import EXISTS, Candidate, FieldSpec, KindSpec, Value, kinds_in_order
from evidence.models import Change, Record
from evidence.review import drifted_at, priority
from evidence.rows import derived, fetch, update
from evidence.settlement import Settled, settle_fields
from evidence.statements import prepared
from evidence.weighing import candidates_of, leading_claims, loaded, parents_of


def settle(records: Iterable[UUID], *, balanced: bool = True) -> list[Change]:
    """Recompute the columns and states of these records, and log what changed.

    Call it inside the transaction that holds the locks on their blocks. Returns what changed. Where not `balanced`, the
    parts of a whole are not weighed against each other; the caller does that once all are settled.
    """
    ids = sorted(set(records))
    if not ids:
        return []
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("settle() runs inside the transaction that locked the blocks")
    candidates, heads, forced = candidates_of(ids), _heads(ids), _forced(ids)
    held = _hold_links(candidates, heads, forced)
    parts = [pk for spec in kinds_in_order() if spec.parent for pk in forced.get(spec.kind, ())]
    parents = parents_of(parts) if parts else {}
    log = _Log()
    wholes: set[UUID] = set()
    # In the order of kinds: what one is settled to be may rest on what those above it are.
    for spec in kinds_in_order():
        members = list(forced.get(spec.kind, ()))
        if not members:
            continue
        changed = []
        for instance in fetch(spec.model, members):
            pk = instance.pk
            wholes |= _whole(spec, instance)
            state = forced[spec.kind][pk]
            outcomes = settle_fields(spec, candidates.get(pk, {}), settings.PUBLICATION_THRESHOLD)
            outcomes |= {name: _held(outcomes[name]) for name in held.get(pk, ())}
            if _settle_record(spec, instance, outcomes, candidates.get(pk, {}), parents.get(pk), heads[pk], state, log):
                changed.append(instance)
            wholes |= _whole(spec, instance)
        update(spec.model, changed)
    log.write()
    return log.changes + (balance(wholes) if balanced else [])


def _hold_links(
    candidates: dict[UUID, dict[str, list[Candidate]]],
    heads: dict[UUID, dict[str, _Head]],
    forced: dict[str, dict[UUID, RecordState | None]],
) -> dict[UUID, set[str]]:
    """The fields of these records that are not settled on because links would lead in a circle.

    Adds to the three whatever records are to be settled besides, as what is held of them is another now.
    """
    held: dict[UUID, set[str]] = {}
    for spec in kinds_in_order():
        links = set(own_links(spec))
        members = forced.get(spec.kind, {})
        linked = [pk for pk in members if links & (candidates.get(pk, {}).keys() | heads[pk].keys())] if links else []
        if not linked:
            continue
        lock_links(spec)
        # Whoever held the lock before may have settled them too.
        heads.update(_heads(linked))
        named = {UUID(head.value) for pk in linked for name, head in heads[pk].items() if name in links and head.value}
        found = hold(spec, {pk: candidates.get(pk, {}) for pk in linked}, named)
        if found.further:
            further = sorted(found.further)
            candidates.update(candidates_of(further))
            heads.update(_heads(further))
            members.update(_forced(further)[spec.kind])
        held |= found.fields
    return held


def _held(outcome: Settled) -> Settled:
    """What becomes of a link that would close a circle: nothing is settled on, and editors are asked."""
    return replace(outcome, value=None, reason=Reason.CIRCLE, contested=True, decided=False)


def _whole(spec: KindSpec, instance: Any) -> set[UUID]:
    """The record whose parts are to be weighed against each other because this one was settled."""
    if spec.balance is not None:
        return {instance.pk}
    weighed = any(other.balance is not None and other.model is spec.whole for other in kinds_in_order())
    return {getattr(instance, f"{spec.parent}_id")} - {None} if weighed else set()


def balance(wholes: Iterable[UUID]) -> list[Change]:
    """Weigh the parts of each of these records against each other, and log what changed."""
    changed: list[Change] = []
    wholes = set(wholes)
    for spec in kinds_in_order():
        if spec.balance is None or not wholes:
            continue
        # Their parts lie in blocks of their own: whoever settles one of those waits here for who settles another.
        held = Record.objects.select_for_update(no_key=True).filter(kind=spec.kind, pk__in=wholes).order_by("pk")
        for part, columns in spec.balance(list(held.values_list("pk", flat=True))):
            for name, value in columns.items():
                setattr(part, name, value)
            part.version += 1
            part.save(update_fields=[*columns, "version", "updated_at"])
            action = ChangeAction.UPDATE if part.state == RecordState.LIVE else ChangeAction.UNSTATED
            changed.append(Change(record=part, action=action, fields=sorted(columns), version=part.version))
    tell(changed)
    return changed


# Is a mention bound to it, and a living one? Each is asked of an index, however many there are.
BOUND = """
SELECT r.id, r.kind, EXISTS (SELECT FROM evidence_binding b WHERE b.record_id = r.id),
       EXISTS (SELECT FROM evidence_binding b WHERE b.record_id = r.id AND b.live)
FROM evidence_record r WHERE r.id = ANY(%s) ORDER BY r.id
"""


def _forced(records: Sequence[UUID]) -> dict[str, dict[UUID, RecordState | None]]:
    """These records by kind, each with the state that its mentions force on it, if any."""
    found: dict[str, dict[UUID, RecordState | None]] = defaultdict(dict)
    with prepared() as cursor:
        cursor.execute(BOUND, [list(records)])
        for pk, kind, bound, live in cursor.fetchall():
            found[kind][pk] = None if live else RecordState.WITHDRAWN if bound else RecordState.MERGED
    return found


HEADS = """
SELECT h.record_id, h.field, s.id, s.value, s.reason, s.contested,
       h.contested, h.decided, h.stories, h.support, h.priority, h.drifted_at
FROM evidence_settledfield h JOIN evidence_settlement s ON s.id = h.settlement_id
WHERE h.record_id = ANY(%s)
"""


class _Head(NamedTuple):
    """The settlement of a field that stands, what it says, and the weight that was behind it."""

    settlement: int
    value: Value
    reason: str
    contested: bool
    weight: tuple[Any, ...]


def _heads(records: Sequence[UUID]) -> dict[UUID, dict[str, _Head]]:
    heads: dict[UUID, dict[str, _Head]] = defaultdict(dict)
    with prepared() as cursor:
        cursor.execute(HEADS, [list(records)])
        for record, field, settlement, value, reason, contested, *weight in cursor.fetchall():
            heads[record][field] = _Head(settlement, loaded(value), reason, contested, tuple(weight))
    return heads


SETTLE = """
INSERT INTO evidence_settlement (record_id, field, value, claim_id, reason, contested, inputs, at)
SELECT record, field, value, claim, reason, contested, inputs, %s::timestamptz
FROM json_to_recordset(%s::json) AS outcome(
    record uuid, field text, value jsonb, claim bigint, reason text, contested bool, inputs jsonb
)
RETURNING record_id, field, id
"""

HEAD = """
INSERT INTO evidence_settledfield (
    record_id, field, settlement_id, contested, decided, stories, support, priority, drifted_at
)
SELECT record, field, settlement, contested, decided, stories, support, priority, drifted_at
FROM json_to_recordset(%s::json) AS head(
    record uuid, field text, settlement bigint, contested bool, decided bool, stories int, support float8,
    priority float8, drifted_at timestamptz
)
ON CONFLICT (record_id, field) DO UPDATE SET
    settlement_id = EXCLUDED.settlement_id, contested = EXCLUDED.contested, decided = EXCLUDED.decided,
    stories = EXCLUDED.stories, support = EXCLUDED.support, priority = EXCLUDED.priority,
    drifted_at = EXCLUDED.drifted_at
"""


class _Log:
    """Rows gathered over a batch of records, written together."""

    def __init__(self) -> None:
        self.settlements: list[tuple[UUID, dict[str, Any], Candidate | None]] = []
        self.heads: list[dict[str, Any]] = []
        self.changes: list[Change] = []

    def write(self) -> None:
        with prepared() as cursor:
            # Settlements first: heads point at them by the ids that they get here.
            made: dict[tuple[str, str], int] = {}
            if self.settlements:
                wanted = [(record, row["field"], said) for record, row, said in self.settlements if said]
                claims = leading_claims(wanted)
                rows = [{**row, "claim": claims.get((record, row["field"]))} for record, row, _ in self.settlements]
                cursor.execute(SETTLE, [timezone.now(), json.dumps(rows, ensure_ascii=False)])
                made = {(str(record), field): pk for record, field, pk in cursor.fetchall()}
            if self.heads:
                heads = [{"settlement": made.get((h["record"], h["field"])), **h} for h in self.heads]
                cursor.execute(HEAD, [json.dumps(heads)])
        settled: dict[UUID, list[int]] = defaultdict(list)
        for (record, _), pk in made.items():
            settled[UUID(record)].append(pk)
        again = stated_before(change.record_id for change in self.changes if change.action == ChangeAction.RESTORE)
        for change in self.changes:
            change.settlements = sorted(settled[change.record_id])
            if change.action == ChangeAction.RESTORE and change.record_id not in again:
                change.action = ChangeAction.CREATE
        tell(self.changes)


def _settle_record(
    spec: KindSpec,
    instance: Any,
    outcomes: Mapping[str, Settled],
    candidates: Mapping[str, Sequence[Candidate]],
    parent: UUID | None,
    heads: Mapping[str, _Head],
    forced: RecordState | None,
    log: _Log,
) -> bool:
    """Derive the columns of one record; was any of them other before?"""
    before = _columns(instance)
    # From nothing, so that a column holds what its claims say today and no trace of what it held before.
    _empty(instance)
    contested: list[str] = []
    instance.state = forced or _state(outcomes[EXISTS])
    for field in spec.fields:
        options, outcome = candidates.get(field.name, ()), outcomes[field.name]
        if field.name != EXISTS:
            for column, value in field.columns(outcome.value).items():
                setattr(instance, column, value)
        if outcome.contested:
            contested.append(field.name)
        if options or field.name in heads:
            _log_field(spec, instance, field, outcome, options, heads.get(field.name), log)
    if spec.parent:
        setattr(instance, f"{spec.parent}_id", parent)
    instance.first_reported, instance.last_reported = _reported(candidates)
    spec.finish(instance)
    instance.identity_keys = spec.keys(instance, {name: found.value for name, found in outcomes.items()})
    instance.contested_fields = sorted(contested)
    after = _columns(instance)
    changed = sorted(name for name in after if after[name] != before[name])
    if changed:
        action = action_of(before["state"], instance.state, known=bool(heads))
        # The version that the row gets when it is written.
        log.changes.append(Change(record=instance, action=action, fields=changed, version=instance.version + 1))
    return bool(changed)


def _reported(candidates: Mapping[str, Sequence[Candidate]]) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day on which a source said anything of the record."""
    everything = [candidate for options in candidates.values() for candidate in options]
    return (
        min((c.earliest for c in everything if c.earliest), default=None),
        max((c.latest for c in everything if c.latest), default=None),
    )


def _state(outcome: Settled) -> RecordState:
    if outcome.rejected:
        return RecordState.RETRACTED
    return RecordState.LIVE if outcome.value is True else RecordState.UNCONFIRMED


def _columns(instance: Any) -> dict[str, Any]:
    return {name: getattr(instance, attribute) for name, attribute, _ in derived(instance.__class__)}


def _empty(instance: Any) -> None:
    for _, attribute, default in derived(instance.__class__):
        setattr(instance, attribute, default())


def _log_field(
    kind: KindSpec,
    instance: Any,
    field: FieldSpec,
    outcome: Settled,
    options: Sequence[Candidate],
    head: _Head | None,
    log: _Log,
) -> None:
    threshold = settings.PUBLICATION_THRESHOLD
    drifted = drifted_at(field, options, threshold)
    weight = {
        "contested": outcome.contested,
        "decided": outcome.decided,
        "stories": outcome.stories,
        "support": outcome.support,
        "priority": priority(kind, field, instance.state, outcome, options, threshold),
        "drifted_at": drifted,
    }
    at = {"record": str(instance.pk), "field": field.name}
    weighed = {**at, **weight, "drifted_at": drifted.isoformat() if drifted else None}
    said = (outcome.value, outcome.reason, outcome.contested)
    if head is not None and (head.value, head.reason, head.contested) == said:
        if head.weight != tuple(weight.values()):
            log.heads.append({**weighed, "settlement": head.settlement})
        return
    inputs = [_input(candidate) for candidate in sorted(options, key=lambda c: repr(c.value))]
    row = {
        **at,
        "value": outcome.value,
        "reason": outcome.reason,
        "contested": outcome.contested,
        "inputs": inputs,
    }
    log.settlements.append((instance.pk, row, outcome.leading))
    log.heads.append(weighed)


def _input(candidate: Candidate) -> dict[str, Any]:
    return {
        "value": candidate.value,
        "support": round(candidate.support, 4),
        "stories": candidate.stories,
        "latest": candidate.latest.isoformat() if candidate.latest else None,
        "accepted": candidate.accepted_at is not None,
        "stated": candidate.stated_at is not None,
        "rejected": candidate.rejected,
    }
