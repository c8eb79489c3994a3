"""Clusters mentions into records.

Whole blocks are clustered again whenever a mention arrives, over content and judgements, never over arrival: any
order of the same articles gives the same clusters. Only the record's id depends on who came first.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from evidence.choices import Identity, RecordState
from evidence.fields import KindSpec, Node, Reading, kinds_in_order
from evidence.models import Binding, Claim, Judgement, Mention, Record

Pair = frozenset[str]


def cluster(
    nodes: Sequence[Node],
    spec: KindSpec,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> list[list[Node]]:
    """Partition nodes: judgements bind, proposals join from the surest down, a conflict keeps clusters apart.

    Pure and deterministic: nothing in it depends on the order of `nodes`.
    """
    by_signature = {node.signature: node for node in sorted(nodes, key=lambda node: node.signature)}
    parent = {signature: signature for signature in by_signature}
    members = {signature: [signature] for signature in by_signature}
    apart = {frozenset(pair) for pair in different}

    def find(signature: str) -> str:
        while parent[signature] != signature:
            parent[signature] = parent[parent[signature]]
            signature = parent[signature]
        return signature

    def join(left: str, right: str) -> None:
        a, b = sorted((find(left), find(right)))
        if a != b:
            parent[b] = a
            members[a] += members.pop(b)

    def forbidden(left: str, right: str) -> bool:
        return any(
            frozenset((a, b)) in apart or spec.conflict(by_signature[a].features, by_signature[b].features)
            for a in members[find(left)]
            for b in members[find(right)]
        )

    for left, right in same:
        if left in parent and right in parent:
            join(left, right)
    proposals = sorted(
        spec.proposals(list(by_signature.values())),
        key=lambda p: (-p.score, *sorted((p.left, p.right))),
    )
    for proposal in proposals:
        if find(proposal.left) != find(proposal.right) and not forbidden(proposal.left, proposal.right):
            join(proposal.left, proposal.right)
    return [[by_signature[s] for s in sorted(group)] for _, group in sorted(members.items())]


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
        if not batch:
            continue
        moved, records = _resolve_kind(spec, batch)
        touched |= records
        for kind, found in _kinds_of(_dependants(moved)).items():
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
    bindings = _described(spec, batch)
    earlier = list(Binding.objects.filter(mention__in=batch))
    blocks = _with_judged({b.block for b in bindings} | {b.block for b in earlier}, spec.kind)
    lock_blocks(spec.kind, blocks)
    Binding.objects.bulk_create(
        bindings,
        update_conflicts=True,
        unique_fields=["mention"],
        update_fields=["kind", "block", "features", "signature", "live"],
    )
    moved: set[UUID] = set()
    touched = {b.record_id for b in Binding.objects.filter(mention__in=batch) if b.record_id}
    clusters = (
        group for block in _load(spec, blocks) for group in cluster(block.nodes, spec, block.same, block.different)
    )
    for group in clusters:
        earliest = min(node.earliest for node in group if node.earliest)
        stale = [node for node in group if node.record_ids != (earliest,)]
        touched.add(earliest)
        if not stale:
            continue
        _ensure_record(spec, earliest)
        for node in stale:
            touched.update(node.record_ids)
            found = Binding.objects.filter(mention__in=node.mentions).exclude(record=earliest)
            moved.update(found.values_list("mention", flat=True))
            found.update(record=earliest)
    _follow_the_living(spec, touched)
    return moved, touched


def lock_blocks(kind: str, blocks: Iterable[str]) -> None:
    """Hold these blocks until the end of the transaction."""
    with connection.cursor() as cursor:
        for block in sorted(blocks):
            digest = hashlib.blake2b(f"{kind}\0{block}".encode(), digest_size=8).digest()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)])


def _described(spec: KindSpec, batch: set[UUID]) -> list[Binding]:
    """Fresh features of these mentions, from their live claims and the records those point at."""
    mentions = {m.pk: m for m in Mention.objects.filter(pk__in=batch)}
    parents = dict(
        Binding.objects.filter(mention__in={m.parent_id for m in mentions.values() if m.parent_id}).values_list(
            "mention", "record"
        )
    )
    values: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    said_on: dict[UUID, Any] = {}
    claims = (
        Claim.objects.filter(mention__in=batch)
        .exclude(run__isnull=False, run__live=False)
        .exclude(imported_row__isnull=False, imported_row__live=False)
        .order_by("-confidence", "start", "value")
        .values_list("mention", "field", "value", "target__binding__record", "said_on")
    )
    for mention, field, value, record, day in claims:
        values[mention][field].append(str(record) if record else value)
        said_on[mention] = said_on.get(mention) or day
    corrected = _corrections(batch)
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
                live=pk in values,
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


def _corrections(batch: set[UUID]) -> dict[UUID, str]:
    """Editors' mentions that a judgement binds to another, with the block of that other."""
    authored = set(Mention.objects.filter(pk__in=batch, author__isnull=False).values_list("pk", flat=True))
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
SELECT block, signature, features, array_agg(mention_id), array_agg(DISTINCT record_id)
FROM evidence_binding
WHERE kind = %s AND block = ANY(%s) AND live
GROUP BY block, signature, features
"""


def _load(spec: KindSpec, names: set[str]) -> list[_Block]:
    """The nodes of these blocks, apart from each other unless a judgement spans them.

    A mention that a judgement names is a node of its own, so that it can be taken out of its signature.
    """
    with connection.cursor() as cursor:
        cursor.execute(NODES, [spec.kind, sorted(names)])
        rows = cursor.fetchall()
    home = {mention: row[0] for row in rows for mention in row[3]}
    same = _latest_judgements(set(home), Identity.SAME)
    different = _latest_judgements(set(home), Identity.DIFFERENT)
    judged = {mention for pair in [*same, *different] for mention in pair} & set(home)
    records = dict(Binding.objects.filter(mention__in=judged).values_list("mention", "record")) if judged else {}
    head = {row[0]: row[0] for row in rows}
    for left, right in same:
        if left in home and right in home:
            old, new = head[home[left]], head[home[right]]
            head = {block: new if name == old else name for block, name in head.items()}
    blocks = {name: _Block([], [], []) for name in sorted(set(head.values()))}
    node_of: dict[UUID, str] = {}
    for block, signature, features, mentions, record_ids in rows:
        nodes = blocks[head[block]].nodes
        features = json.loads(features) if isinstance(features, str) else features
        plain = [mention for mention in mentions if mention not in judged]
        if plain:
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


def _ensure_record(spec: KindSpec, pk: UUID) -> None:
    if not Record.objects.filter(pk=pk).exists():
        spec.model(id=pk, kind=spec.kind, state=RecordState.UNCONFIRMED).save(force_insert=True)


def _follow_the_living(spec: KindSpec, records: set[UUID]) -> None:
    """Mentions that no live reading makes any more go where the living ones of their record went."""
    stranded = Binding.objects.filter(kind=spec.kind, live=False, record__in=records).exclude(
        record__in=Binding.objects.filter(kind=spec.kind, live=True, record__in=records).values("record")
    )
    for binding in stranded:
        heir = (
            Binding.objects.filter(kind=spec.kind, block=binding.block, live=True, signature=binding.signature)
            .order_by("mention")
            .first()
        )
        if heir is not None:
            Binding.objects.filter(pk=binding.pk).update(record=heir.record_id)
