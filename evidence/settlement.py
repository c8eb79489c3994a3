"""Settles each field of a record from its claims.

1. The latest human decision holds: an editor's statement, or an accepted value. A rejected value is out,
   whoever repeats it.
2. Else the value with the most support: the sum, over independent stories, of the best outlet reliability x
   confidence in each. A value also carries the support of those it makes more exact.
3. Ties go to the later article, then to content, never to what arrived first.
4. Nothing under the publication threshold is stated; two values at or above it that cannot both be true
   make the field contested.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from evidence.choices import ChangeAction, Decision, Reason, RecordState
from evidence.fields import EXISTS, Candidate, Combine, FieldSpec, KindSpec, Value, kind_spec
from evidence.models import Binding, Change, Record, SettledField, Settlement

EARLIEST = datetime.date.min


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
        current = [c for c in standing if (c.latest is not None and c.latest >= since) or c.stated_at]
        standing = current or standing
    weighed = [
        replace(
            c,
            support=sum(o.support for o in standing if o is c or o.value == c.value or spec.refines(c.value, o.value)),
        )
        for c in standing
    ]
    public = [c for c in weighed if c.support >= threshold]
    if spec.combine is Combine.MANY:
        return _settle_set(weighed, public)

    decided = [c for c in weighed if c.stated_at or c.accepted_at]
    if decided:
        winner = max(decided, key=_decided_at)
        latest_word_is_own = winner.stated_at is not None and winner.stated_at == _decided_at(winner)
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
        winner = max(public, key=lambda c: (spec.final(c.value), c.latest or EARLIEST, c.support, c.tie_break))
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
    contested = not decided and any(not spec.agree(winner.value, c.value) for c in public)
    return Settled(
        winner.value, winner.claim, reason, contested, bool(decided), winner.stories, round(winner.support, 4)
    )


def _settle_set(weighed: Sequence[Candidate], public: Sequence[Candidate]) -> Settled:
    members = {repr(c.value): c for c in [*public, *(c for c in weighed if c.stated_at or c.accepted_at)]}
    if not members:
        return Settled(None, None, Reason.NONE, False, False, 0, 0.0)
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


def _decided_at(candidate: Candidate) -> datetime.datetime:
    return max(moment for moment in (candidate.stated_at, candidate.accepted_at) if moment)


# One row a record, field, value and independent witness, so that a thousand copies cost one row.
WEIGHTS = """
WITH weighed AS (
    SELECT b.record_id, c.field, c.id, c.said_on, c.created_at, c.author_id,
           CASE WHEN c.target_id IS NULL THEN c.value ELSE to_jsonb(target.record_id::text) END AS value,
           CASE WHEN c.author_id IS NOT NULL THEN 'editor'
                WHEN c.snapshot_id IS NOT NULL THEN 'story ' || COALESCE(a.story_id, a.id)
                ELSE 'citation ' || c.citation_publisher || ' ' || c.citation_url END AS witness,
           c.confidence * CASE WHEN c.author_id IS NOT NULL THEN 1
                               ELSE COALESCE(o.reliability, %(reliability)s) END AS weight,
           COALESCE(s.content_sha256, i.content_sha256, '') AS content,
           COALESCE(c.start, 0) AS start
    FROM evidence_binding b
    JOIN evidence_claim c ON c.mention_id = b.mention_id
    LEFT JOIN evidence_binding target ON target.mention_id = c.target_id
    LEFT JOIN evidence_run r ON r.id = c.run_id
    LEFT JOIN evidence_snapshot s ON s.id = c.snapshot_id
    LEFT JOIN evidence_article a ON a.id = s.article_id
    LEFT JOIN evidence_importedrow i ON i.id = c.imported_row_id
    LEFT JOIN evidence_outlet o ON o.id = a.outlet_id OR (a.id IS NULL AND o.name = c.citation_publisher)
    WHERE b.record_id = ANY(%(records)s)
      AND (c.run_id IS NULL OR r.live)
      AND (c.imported_row_id IS NULL OR i.live)
)
SELECT record_id, field, value, witness, max(weight), max(said_on),
       (array_agg(id ORDER BY weight DESC, said_on DESC NULLS LAST, content, start, id))[1],
       min(content), max(created_at) FILTER (WHERE author_id IS NOT NULL)
FROM weighed
WHERE value IS NOT NULL
GROUP BY record_id, field, value, witness
"""

# Every decision on any claim that ever stood for the value, dead readings included: a rejection outlives them.
DECISIONS = """
SELECT b.record_id, c.field,
       CASE WHEN c.target_id IS NULL THEN c.value ELSE to_jsonb(target.record_id::text) END,
       v.decision, v.at, c.author_id IS NOT NULL
FROM evidence_binding b
JOIN evidence_claim c ON c.mention_id = b.mention_id
JOIN evidence_verdict v ON v.claim_id = c.id
LEFT JOIN evidence_binding target ON target.mention_id = c.target_id
WHERE b.record_id = ANY(%(records)s)
ORDER BY v.id
"""

PARENTS = """
SELECT b.record_id, min(parent.record_id::text)
FROM evidence_binding b
JOIN evidence_mention m ON m.id = b.mention_id
JOIN evidence_binding parent ON parent.mention_id = m.parent_id
WHERE b.record_id = ANY(%(records)s)
GROUP BY b.record_id
"""


def _rows(query: str, records: Sequence[UUID]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"records": list(records), "reliability": settings.OUTLET_RELIABILITY})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _loaded(value: Value) -> Value:
    """psycopg hands raw JSON over as text where no model field says otherwise."""
    return json.loads(value) if isinstance(value, str) else value


def candidates_of(records: Sequence[UUID]) -> dict[UUID, dict[str, list[Candidate]]]:
    """Every live value of every field of these records, with its weight and the decisions on it."""
    decisions: dict[tuple[UUID, str, str], tuple[str, datetime.datetime, bool]] = {}
    for record, field, value, decision, at, own in _rows(DECISIONS, records):
        decisions[record, field, repr(_loaded(value))] = (decision, at, own)

    grouped: dict[tuple[UUID, str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in _rows(WEIGHTS, records):
        value = _loaded(row[2])
        grouped[row[0], row[1], repr(value)].append((*row[:2], value, *row[3:]))

    found: dict[UUID, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for key, rows in grouped.items():
        record, field, _ = key
        decision, at, own = decisions.get(key, ("", None, False))
        stated = max((row[8] for row in rows if row[8]), default=None)
        if decision == Decision.WITHDRAW and own and stated is not None and at is not None and at > stated:
            # The editor took their own statement back: it no longer speaks, other sources of the value do.
            rows = [row for row in rows if row[3] != "editor"]
            stated = None
            if not rows:
                continue
        best = max(rows, key=lambda row: (row[4], row[5] or EARLIEST, row[7]))
        found[record][field].append(
            Candidate(
                value=rows[0][2],
                support=sum(row[4] for row in rows),
                stories=len(rows),
                latest=max((row[5] for row in rows if row[5]), default=None),
                claim=best[6],
                tie_break=max(row[7] for row in rows) + repr(rows[0][2]),
                accepted_at=at if decision == Decision.ACCEPT else None,
                stated_at=stated,
                rejected=decision == Decision.REJECT and (stated is None or at is None or at > stated),
            )
        )
    return found


def settle(records: Iterable[UUID]) -> int:
    """Recompute the columns and states of these records, and log what changed.

    Call it inside the transaction that holds the locks on their blocks. Returns how many records changed.
    """
    ids = sorted(set(records))
    if not ids:
        return 0
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("settle() runs inside the transaction that locked the blocks")
    candidates = candidates_of(ids)
    parents = {record: UUID(parent) for record, parent in _rows(PARENTS, ids) if parent}
    live = set(Binding.objects.filter(record__in=ids, live=True).values_list("record", flat=True))
    bound = set(Binding.objects.filter(record__in=ids).values_list("record", flat=True))
    heads: dict[UUID, dict[str, SettledField]] = defaultdict(dict)
    for head in SettledField.objects.filter(record__in=ids).select_related("settlement"):
        heads[head.record_id][head.field] = head

    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for pk, kind in Record.objects.filter(pk__in=ids).values_list("pk", "kind"):
        by_kind[kind].append(pk)
    log = _Log()
    for kind, members in by_kind.items():
        spec = kind_spec(kind)
        for instance in spec.model.objects.filter(pk__in=members).order_by("pk"):
            state = None
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
    log.write()
    return len(log.changes)


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
            update_fields=["settlement", "contested", "decided", "stories", "support"],
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
    contested: list[str] = []
    threshold = settings.PUBLICATION_THRESHOLD
    if forced is not RecordState.MERGED:
        for field in spec.fields:
            options = candidates.get(field.name, ())
            since = field.restart(candidates) if field.restart else None
            outcome = settle_field(field, options, threshold, since)
            if field.name == EXISTS:
                if forced is None:
                    instance.state = _state(outcome)
            else:
                for column, value in field.columns(outcome.value).items():
                    setattr(instance, column, value)
            if outcome.contested:
                contested.append(field.name)
            if options or field.name in heads:
                _log_field(instance, field.name, outcome, options, heads.get(field.name), log)
        if spec.parent:
            setattr(instance, f"{spec.parent}_id", parent)
        spec.finish(instance)
        instance.identity_keys = spec.identity_keys(instance)
    instance.contested_fields = sorted(contested)
    if forced is not None:
        instance.state = forced
    after = _columns(instance)
    changed = sorted(name for name in after if after[name] != before[name])
    if not changed:
        return
    instance.version += 1
    instance.save(update_fields=[*changed, "version", "updated_at"])
    log.changes.append(Change(record_id=instance.pk, action=_action(instance.state), fields=changed))


def _state(outcome: Settled) -> RecordState:
    if outcome.rejected:
        return RecordState.RETRACTED
    return RecordState.LIVE if outcome.value is True else RecordState.UNCONFIRMED


def _action(state: str) -> ChangeAction:
    if state == RecordState.MERGED:
        return ChangeAction.MERGE
    return ChangeAction.UPSERT if state == RecordState.LIVE else ChangeAction.RETRACT


def _columns(instance: Any) -> dict[str, Any]:
    skipped = {"id", "record_ptr", "kind", "version", "created_at", "updated_at"}
    return {f.name: getattr(instance, f.attname) for f in instance._meta.concrete_fields if f.name not in skipped}


def _log_field(
    instance: Any,
    name: str,
    outcome: Settled,
    options: Sequence[Candidate],
    head: SettledField | None,
    log: _Log,
) -> None:
    weights = {
        "contested": outcome.contested,
        "decided": outcome.decided,
        "stories": outcome.stories,
        "support": outcome.support,
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
