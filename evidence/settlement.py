"""Settles each field of a record from its claims.

1. The latest human decision holds: an editor's statement, or an accepted value. A rejected value is out,
   whoever repeats it.
2. Else the value with the most support: the sum, over independent stories, of the best outlet reliability x
   confidence in each. A value also carries the support of those it makes more exact, once it is public itself.
3. Ties go to the later article, then to content, never to what arrived first.
4. Nothing under the publication threshold is stated, counting those who say the value or more; two values at or
   above it that cannot both be true make the field contested.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import fsum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from evidence.choices import ChangeAction, Reason, RecordState
from evidence.fields import EXISTS, NEVER, Candidate, Combine, FieldSpec, KindSpec, Value, kinds_in_order
from evidence.models import Binding, Change, Record, SettledField, Settlement
from evidence.review import drifted_at, priority
from evidence.weighing import EARLIEST, candidates_of, parents_of


@dataclass(frozen=True)
class Settled:
    """The outcome for one field."""

    value: Value
    claim: int | None
    reason: Reason
    contested: bool
    decided: bool
    stories: int
    support: float
    rejected: bool = False


def settle_field(
    spec: FieldSpec, candidates: Sequence[Candidate], threshold: float, since: datetime.date | None = None
) -> Settled:
    """Choose the value of one field; pure, and independent of the order of `candidates`."""
    standing = [candidate for candidate in candidates if not candidate.rejected]
    if since is not None:
        current = [c for c in standing if (c.latest or EARLIEST) >= since or c.stated_at or c.accepted_at]
        standing = current or standing
    weighed = [
        replace(
            c,
            # Summed exactly: rounding must not depend on the order.
            support=fsum(o.support for o in standing if o is c or o.value == c.value or spec.refines(c.value, o.value)),
        )
        for c in standing
    ]
    # Whoever says the day says the month: a value is public by those who say it or more, not by those who say less.
    public = [
        c
        for c in weighed
        if fsum(o.support for o in standing if o.value == c.value or spec.refines(o.value, c.value)) >= threshold
    ]
    if spec.combine is Combine.MANY:
        return _settle_set(weighed, public)

    decided = [c for c in weighed if c.decided]
    if decided:
        winner = max(decided, key=lambda c: (c.decided_at, c.tie_break))
        latest_word_is_own = winner.stated_at is not None and winner.stated_at == winner.decided_at
        reason = Reason.EDITOR if latest_word_is_own else Reason.ACCEPTED
    elif not public:
        return Settled(
            None,
            None,
            Reason.NONE,
            False,
            False,
            0,
            max((c.support for c in weighed), default=0.0),
            rejected=bool(candidates) and not standing,
        )
    elif spec.combine is Combine.LATEST:

        def last(c: Candidate) -> bool:
            """Nothing can follow it, unless more is said for what it would have to follow."""
            return spec.final(c.value) and not any(spec.disputes(c, o) and o.support > c.support for o in public)

        winner = max(public, key=lambda c: (last(c), c.latest or EARLIEST, c.support, c.tie_break))
        reason = Reason.TRANSITION
    else:
        # A more exact value carries all that the vaguer one has; it must win even where that is all there is.
        winner = max(
            public,
            key=lambda c: (
                c.support,
                sum(spec.refines(c.value, o.value) for o in public),
                c.latest or EARLIEST,
                c.tie_break,
            ),
        )
        reason = Reason.SUPPORT
    contested = not decided and any(
        not spec.agree(a.value, b.value) or spec.disputes(a, b) or spec.disputes(b, a)
        for a, b in combinations(public, 2)
    )
    return Settled(
        winner.value, winner.claim, reason, contested, bool(decided), winner.stories, round(winner.support, 4)
    )


def _settle_set(weighed: Sequence[Candidate], public: Sequence[Candidate]) -> Settled:
    members = {repr(c.value): c for c in [*public, *(c for c in weighed if c.stated_at or c.accepted_at)]}
    if not members:
        return NOTHING
    ordered = [members[key] for key in sorted(members)]
    best = max(ordered, key=lambda c: (c.support, c.tie_break))
    decided = any(c.stated_at or c.accepted_at for c in ordered)
    return Settled(
        [c.value for c in ordered],
        best.claim,
        Reason.EDITOR if decided else Reason.SUPPORT,
        False,
        decided,
        best.stories,
        round(best.support, 4),
    )


NOTHING = Settled(None, None, Reason.NONE, False, False, 0, 0.0)


def settle_fields(
    spec: KindSpec, candidates: Mapping[str, Sequence[Candidate]], threshold: float
) -> dict[str, Settled]:
    """Choose the value of every field of a kind; of fields that exclude each other one holds, by the same rules."""
    outcomes = {}
    for field in spec.fields:
        since = field.restart(candidates) if field.restart else None
        outcomes[field.name] = settle_field(field, candidates.get(field.name, ()), threshold, since)
    rivals = [name for name in spec.either if outcomes[name].value is not None]
    if len(rivals) > 1:

        def weight(name: str) -> tuple[bool, datetime.datetime, float, str]:
            latest = max((c.decided_at for c in candidates[name] if c.decided), default=NEVER)
            return outcomes[name].decided, latest, outcomes[name].support, name

        for name in sorted(rivals, key=weight)[:-1]:
            outcomes[name] = replace(NOTHING, support=outcomes[name].support)
    return outcomes


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
    candidates = candidates_of(ids)
    parents = parents_of(ids)
    bindings = set(Binding.objects.filter(record__in=ids).values_list("record", "live").distinct())
    live = {record for record, alive in bindings if alive}
    bound = {record for record, _ in bindings}
    heads: dict[UUID, dict[str, SettledField]] = defaultdict(dict)
    for head in SettledField.objects.filter(record__in=ids).select_related("settlement"):
        heads[head.record_id][head.field] = head

    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for pk, kind in Record.objects.filter(pk__in=ids).values_list("pk", "kind"):
        by_kind[kind].append(pk)
    log = _Log()
    wholes = set(ids)
    # In the order of kinds: what one is settled to be may rest on what those above it are.
    for spec in kinds_in_order():
        if spec.kind not in by_kind:
            continue
        for instance in spec.model.objects.filter(pk__in=by_kind[spec.kind]).order_by("pk"):
            state = None
            wholes |= _whole(spec, instance)
            if instance.pk not in bound:
                state = RecordState.MERGED
            elif instance.pk not in live:
                state = RecordState.WITHDRAWN
            _settle_record(
                spec,
                instance,
                candidates.get(instance.pk, {}),
                parents.get(instance.pk),
                heads[instance.pk],
                state,
                log,
            )
            wholes |= _whole(spec, instance)
    log.write()
    return log.changes + (balance(wholes) if balanced else [])


def _whole(spec: KindSpec, instance: Any) -> set[UUID]:
    return {getattr(instance, f"{spec.parent}_id")} - {None} if spec.parent else set()


def balance(wholes: Iterable[UUID]) -> list[Change]:
    """Weigh the parts of each of these records against each other, and log what changed."""
    changed: list[Change] = []
    for spec in kinds_in_order():
        if spec.balance is None:
            continue
        # Their parts lie in blocks of their own: whoever settles one of those waits here for who settles another.
        held = Record.objects.select_for_update(no_key=True).filter(kind=spec.kind, pk__in=set(wholes)).order_by("pk")
        for part, columns in spec.balance(list(held.values_list("pk", flat=True))):
            for name, value in columns.items():
                setattr(part, name, value)
            part.version += 1
            part.save(update_fields=[*columns, "version", "updated_at"])
            changed.append(Change(record_id=part.pk, action=_action(part.state), fields=sorted(columns)))
    Change.objects.bulk_create(changed)
    return changed


class _Log:
    """Rows gathered over a batch of records, written together."""

    def __init__(self) -> None:
        self.settlements: list[Settlement] = []
        self.heads: list[SettledField] = []
        self.changes: list[Change] = []

    def write(self) -> None:
        # Records first: the heads point at settlements, which get their ids here.
        Settlement.objects.bulk_create(self.settlements)
        for head in self.heads:
            head.settlement_id = head.settlement.pk
        SettledField.objects.bulk_create(
            self.heads,
            update_conflicts=True,
            unique_fields=["record", "field"],
            update_fields=["settlement", "contested", "decided", "stories", "support", "priority", "drifted_at"],
        )
        Change.objects.bulk_create(self.changes)


def _settle_record(
    spec: KindSpec,
    instance: Any,
    candidates: Mapping[str, Sequence[Candidate]],
    parent: UUID | None,
    heads: Mapping[str, SettledField],
    forced: RecordState | None,
    log: _Log,
) -> None:
    before = _columns(instance)
    # From nothing, so that a column holds what its claims say today and no trace of what it held before.
    _empty(instance)
    contested: list[str] = []
    outcomes = settle_fields(spec, candidates, settings.PUBLICATION_THRESHOLD)
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
    instance.identity_keys = spec.identity_keys(instance, {name: found.value for name, found in outcomes.items()})
    instance.contested_fields = sorted(contested)
    after = _columns(instance)
    changed = sorted(name for name in after if after[name] != before[name])
    if not changed:
        return
    instance.version += 1
    instance.save(update_fields=[*changed, "version", "updated_at"])
    log.changes.append(Change(record=instance, action=_action(instance.state), fields=changed))


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


def _action(state: str) -> ChangeAction:
    if state == RecordState.MERGED:
        return ChangeAction.MERGE
    return ChangeAction.UPSERT if state == RecordState.LIVE else ChangeAction.RETRACT


def _projected(instance: Any) -> list[Any]:
    skipped = {"id", "record_ptr", "kind", "version", "created_at", "updated_at", *instance.joint}
    return [f for f in instance._meta.concrete_fields if f.name not in skipped]


def _columns(instance: Any) -> dict[str, Any]:
    return {f.name: getattr(instance, f.attname) for f in _projected(instance)}


def _empty(instance: Any) -> None:
    for f in _projected(instance):
        setattr(instance, f.attname, f.get_default())


def _log_field(
    kind: KindSpec,
    instance: Any,
    field: FieldSpec,
    outcome: Settled,
    options: Sequence[Candidate],
    head: SettledField | None,
    log: _Log,
) -> None:
    name, threshold = field.name, settings.PUBLICATION_THRESHOLD
    weights: dict[str, Any] = {
        "contested": outcome.contested,
        "decided": outcome.decided,
        "stories": outcome.stories,
        "support": outcome.support,
        "priority": priority(kind, field, instance.state, outcome, options, threshold),
        "drifted_at": drifted_at(field, options, threshold),
    }
    last = head.settlement if head else None
    same = last is not None and (last.value, last.reason, last.contested) == (
        outcome.value,
        outcome.reason,
        outcome.contested,
    )
    if last is not None and same and head is not None:
        if any(getattr(head, key) != value for key, value in weights.items()):
            log.heads.append(SettledField(record_id=instance.pk, field=name, settlement=last, **weights))
        return
    settlement = Settlement(
        record_id=instance.pk,
        field=name,
        value=outcome.value,
        claim_id=outcome.claim,
        reason=outcome.reason,
        contested=outcome.contested,
        inputs=[_input(candidate) for candidate in sorted(options, key=lambda c: repr(c.value))],
    )
    log.settlements.append(settlement)
    log.heads.append(SettledField(record_id=instance.pk, field=name, settlement=settlement, **weights))


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
