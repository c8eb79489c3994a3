"""Clusters mentions into records.

Whole blocks are clustered again whenever a mention arrives, over content and judgements, never over arrival: any
order of the same articles gives the same clusters. Only the record's id depends on who came first.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from evidence.choices import Identity, RecordState
from evidence.clustering import cluster
from evidence.fields import KindSpec, Node, Reading, kinds_in_order
from evidence.models import Binding, Claim, Judgement, Mention, Record


@dataclass
class _Block:
    """The nodes of the blocks that are clustered together, and the judgements among them."""

    nodes: list[Node]
    same: list[tuple[str, str]]
    different: list[tuple[str, str]]


def resolve(mentions: Iterable[UUID]) -> set[UUID]:
    """Bind these mentions, and every other that this moves, to records.

    Runs inside a transaction; locks the blocks it touches until the end of it, always in the order of kinds and
    then of block names, so that two workers cannot wait for each other. Returns the records to settle.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("resolve() holds its locks until the end of a transaction; open one")
    pending = _kinds_of(set(mentions))
    touched: set[UUID] = set()
    for spec in kinds_in_order():
        batch = pending.pop(spec.kind, set())
        while batch:
            moved, records = _resolve_kind(spec, batch)
            touched |= records
            dependants = _kinds_of(_dependants(moved))
            # A package may be part of another, a group the child of another.
            batch = dependants.pop(spec.kind, set())
            for kind, found in dependants.items():
                pending.setdefault(kind, set()).update(found)
    return touched


def _kinds_of(mentions: set[UUID]) -> dict[str, set[UUID]]:
    grouped: dict[str, set[UUID]] = defaultdict(set)
    if mentions:
        for pk, kind in Mention.objects.filter(pk__in=mentions).values_list("pk", "kind"):
            grouped[kind].add(pk)
    return grouped


def _dependants(moved: set[UUID]) -> set[UUID]:
    """Mentions whose features name the record of one of these: its parts, and those that point at it."""
    if not moved:
        return set()
    children = Mention.objects.filter(parent__in=moved).values_list("pk", flat=True)
    pointing = Claim.objects.filter(target__in=moved).values_list("mention", flat=True)
    return set(children) | set(pointing)


def _resolve_kind(spec: KindSpec, batch: set[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Bind a batch of one kind; returns the mentions that left a record, and the records to settle."""
    bindings = _described(spec, batch)
    blocks = {b.block for b in bindings} | set(
        Binding.objects.filter(mention__in=batch).values_list("block", flat=True)
    )
    judged = _any_judgement(spec.kind)
    if judged:
        blocks = _with_judged(blocks, spec.kind)
    lock_blocks(spec.kind, blocks)
    earlier = {b.mention_id: b for b in Binding.objects.filter(mention__in=batch)}
    changed, restless = [], set()
    known = {} if judged else _settled_signatures(spec, [b.signature for b in bindings])
    for binding in bindings:
        before = earlier.get(binding.mention_id)
        if before is not None:
            binding.record_id = before.record_id
            if (before.signature, before.live) == (binding.signature, binding.live) and before.record_id and not judged:
                continue
            restless.add(before.block)
        elif binding.live and known.get(binding.signature, binding.mention_id) < binding.mention_id:
            # It says nothing that its block has not heard: clustering again would give what is there.
            binding.record_id = known[binding.signature]
            changed.append(binding)
            continue
        restless.add(binding.block)
        changed.append(binding)
    Binding.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["mention"],
        update_fields=["kind", "block", "features", "signature", "live", "record"],
    )
    touched = {b.record_id for b in [*earlier.values(), *bindings] if b.record_id}
    if not restless:
        return set(), touched
    moved, records = _rebind(spec, _with_judged(restless, spec.kind) if judged else restless)
    touched |= records
    touched.update(Binding.objects.filter(mention__in=batch, record__isnull=False).values_list("record", flat=True))
    return moved, touched


def _any_judgement(kind: str) -> bool:
    return Judgement.objects.filter(left__kind=kind).exists()


def _settled_signatures(spec: KindSpec, signatures: list[str]) -> dict[str, UUID]:
    """The record of each signature all of whose living mentions are bound to one."""
    rows = Binding.objects.filter(kind=spec.kind, signature__in=signatures, live=True).values_list(
        "signature", "record"
    )
    found: dict[str, set[UUID | None]] = defaultdict(set)
    for signature, record in rows.distinct():
        found[signature].add(record)
    return {s: record for s, records in found.items() if len(records) == 1 for record in records if record}


REBIND = """
UPDATE evidence_binding AS b SET record_id = wanted.record
FROM unnest(%s::uuid[], %s::uuid[]) AS wanted(mention, record)
WHERE b.mention_id = wanted.mention
"""


def _rebind(spec: KindSpec, blocks: set[str]) -> tuple[set[UUID], set[UUID]]:
    """Cluster these blocks again; returns the mentions that left a record, and the records that lost or won any."""
    wanted: dict[UUID, UUID] = {}
    for block in _load(spec, blocks):
        for group in cluster(block.nodes, spec, block.same, block.different):
            earliest = min(node.earliest for node in group if node.earliest)
            wanted.update(
                (mention, earliest) for node in group if node.record_ids != (earliest,) for mention in node.mentions
            )
    current = dict(Binding.objects.filter(mention__in=wanted).values_list("mention", "record"))
    wanted = {mention: record for mention, record in wanted.items() if current[mention] != record}
    if not wanted:
        return set(), set()
    _ensure_records(spec, set(wanted.values()))
    with connection.cursor() as cursor:
        cursor.execute(REBIND, [list(wanted), list(wanted.values())])
    left = {mention: current[mention] for mention in wanted}
    return (
        {mention for mention, record in left.items() if record},
        set(wanted.values()) | {record for record in left.values() if record},
    )


def lock_blocks(kind: str, blocks: Iterable[str]) -> None:
    """Hold these blocks until the end of the transaction."""
    keys = [
        int.from_bytes(hashlib.blake2b(f"{kind}\0{block}".encode(), digest_size=8).digest(), "big", signed=True)
        for block in sorted(blocks)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def _described(spec: KindSpec, batch: set[UUID]) -> list[Binding]:
    """Fresh features of these mentions, from their claims and the records those point at.

    A mention that no live reading makes any more keeps what its last reading said, so that what was decided on it
    stays with the mentions that say the same today.
    """
    mentions = {m.pk: m for m in Mention.objects.filter(pk__in=batch)}
    parents = dict(
        Binding.objects.filter(mention__in={m.parent_id for m in mentions.values() if m.parent_id}).values_list(
            "mention", "record"
        )
    )
    read: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    claims = (
        Claim.objects.filter(mention__in=batch)
        .order_by("-confidence", "start", "value")
        .annotate(live=Coalesce("run__live", "imported_row__live", Value(True)))
        .values_list("mention", "field", "value", "target__binding__record", "said_on", "live", "run", "imported_row")
    )
    for row in claims:
        read[row[0]].append(row[1:])
    values: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    said_on: dict[UUID, Any] = {}
    live = {pk for pk, rows in read.items() if any(row[4] for row in rows)}
    for pk, rows in read.items():
        last = max((row[5] or 0, row[6] or 0) for row in rows)
        for field, value, record, day, alive, run, imported in rows:
            if alive if pk in live else (run or 0, imported or 0) == last:
                values[pk][field].append(str(record) if record else value)
                said_on[pk] = said_on.get(pk) or day
    corrected = _corrections({pk for pk, mention in mentions.items() if mention.author_id})
    bindings = []
    for pk in sorted(batch):
        reading = Reading(values.get(pk, {}), _parent_of(mentions[pk], parents), said_on.get(pk))
        if pk in corrected:
            # An editor's correction says too little of itself to be compared; a judgement says where it belongs.
            features, block = {"correction": str(pk)}, corrected[pk]
        else:
            features = spec.features(reading)
            block = spec.block(reading, features)
        bindings.append(
            Binding(
                mention_id=pk,
                kind=spec.kind,
                block=block[:300],
                features=features,
                signature=_signature(spec.kind, block, features),
                live=pk in live,
            )
        )
    return bindings


def _parent_of(mention: Mention, records: Mapping[UUID, UUID | None]) -> UUID | None:
    return records.get(mention.parent_id) if mention.parent_id else None


def _signature(kind: str, block: str, features: Mapping[str, Any]) -> str:
    # The block is left out of the order-giving head: it may name a record, whose id depends on arrival.
    content = json.dumps(features, sort_keys=True, ensure_ascii=False)
    head = hashlib.sha256(content.encode()).hexdigest()[:40]
    return head + hashlib.sha256(f"{kind}\0{block}".encode()).hexdigest()[:16]


def _corrections(authored: set[UUID]) -> dict[UUID, str]:
    """Those of these editors' mentions that a judgement binds to another, with the block of that other."""
    found: dict[UUID, str] = {}
    if not authored:
        return found
    for left, right in _latest_judgements(authored, Identity.SAME):
        mine, other = (left, right) if left in authored else (right, left)
        block = Binding.objects.filter(mention=other).values_list("block", flat=True).first()
        if block is not None:
            found[mine] = block
    return found


def _latest_judgements(mentions: set[UUID], *wanted: Identity) -> list[tuple[UUID, UUID]]:
    latest: dict[tuple[UUID, UUID], str] = {}
    if not mentions:
        return []
    rows = Judgement.objects.filter(Q(left__in=mentions) | Q(right__in=mentions)).order_by("id")
    for left, right, identity in rows.values_list("left", "right", "identity"):
        latest[left, right] = identity
    return [pair for pair, identity in sorted(latest.items()) if identity in wanted]


NODES = """
SELECT block, signature, features, array_agg(mention_id), array_agg(DISTINCT record_id), bool_or(live)
FROM evidence_binding
WHERE kind = %s AND block = ANY(%s)
GROUP BY block, signature, features
"""


def _load(spec: KindSpec, names: set[str]) -> list[_Block]:
    """The nodes of these blocks, apart from each other unless a judgement spans them.

    A mention that a judgement names is a node of its own, so that it can be taken out of its signature. Those that no
    live reading makes any more come along with living ones that say the same, or where a judgement ties them.
    """
    with connection.cursor() as cursor:
        cursor.execute(NODES, [spec.kind, sorted(names)])
        rows = cursor.fetchall()
    home = {mention: row[0] for row in rows for mention in row[3]}
    same, different = (
        ([], [])
        if not _any_judgement(spec.kind)
        else (_latest_judgements(set(home), identity) for identity in (Identity.SAME, Identity.DIFFERENT))
    )
    judged = {mention for pair in [*same, *different] for mention in pair} & set(home)
    records = dict(Binding.objects.filter(mention__in=judged).values_list("mention", "record")) if judged else {}
    head = {row[0]: row[0] for row in rows}
    for left, right in same:
        if left in home and right in home:
            old, new = head[home[left]], head[home[right]]
            head = {block: new if name == old else name for block, name in head.items()}
    blocks = {name: _Block([], [], []) for name in sorted(set(head.values()))}
    node_of: dict[UUID, str] = {}
    for block, signature, features, mentions, record_ids, live in rows:
        nodes = blocks[head[block]].nodes
        features = json.loads(features) if isinstance(features, str) else features
        plain = [mention for mention in mentions if mention not in judged]
        if plain and live:
            bound = () if None in record_ids else tuple(record_ids)
            nodes.append(Node(signature, features, bound, min(plain), frozenset(plain)))
        for mention in sorted(set(mentions) - set(plain)):
            node_of[mention] = f"{signature}#{mention}"
            bound = (records[mention],) if records.get(mention) else ()
            nodes.append(Node(node_of[mention], features, bound, mention, frozenset((mention,))))
    for pairs, kept in ((same, "same"), (different, "different")):
        for left, right in pairs:
            if left in node_of and right in node_of and head[home[left]] == head[home[right]]:
                getattr(blocks[head[home[left]]], kept).append((node_of[left], node_of[right]))
    return list(blocks.values())


def _with_judged(blocks: set[str], kind: str) -> set[str]:
    """These blocks and those that a "same" ties to them, so that they are clustered as one."""
    found, frontier = set(blocks), set(blocks)
    while frontier:
        inside = set(
            Binding.objects.filter(kind=kind, block__in=frontier)
            .filter(Q(mention__judgements_left__isnull=False) | Q(mention__judgements_right__isnull=False))
            .values_list("mention", flat=True)
        )
        others = {mention for pair in _latest_judgements(inside, Identity.SAME) for mention in pair} - inside
        frontier = set(Binding.objects.filter(mention__in=others).values_list("block", flat=True)) - found
        found |= frontier
    return found


def _ensure_records(spec: KindSpec, wanted: set[UUID]) -> None:
    there = set(Record.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for pk in sorted(wanted - there):
        spec.model(id=pk, kind=spec.kind, state=RecordState.UNCONFIRMED).save(force_insert=True)
