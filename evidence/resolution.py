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
    earlier = {b.mention_id: b for b in Binding.objects.filter(mention__in=batch)}
    blocks = {b.block for b in bindings} | {b.block for b in earlier.values()}
    lock_blocks(spec.kind, blocks)
    Binding.objects.bulk_create(
        bindings,
        update_conflicts=True,
        unique_fields=["mention"],
        update_fields=["kind", "block", "features", "signature", "live"],
    )
    block = _load(spec, blocks)
    moved: set[UUID] = set()
    touched = {b.record_id for b in Binding.objects.filter(mention__in=batch) if b.record_id}
    for group in cluster(block.nodes, spec, block.same, block.different):
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
        reading = Reading(values.get(pk, {}), parents.get(mentions[pk].parent_id), said_on.get(pk))
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
    from django.db.models import Q

    latest: dict[tuple[UUID, UUID], str] = {}
    rows = Judgement.objects.filter(Q(left__in=mentions) | Q(right__in=mentions)).order_by("id")
    for left, right, identity in rows.values_list("left", "right", "identity"):
        latest[left, right] = identity
    return [pair for pair, identity in sorted(latest.items()) if identity in wanted]


NODES = """
SELECT signature, features, array_agg(mention_id), array_agg(DISTINCT record_id)
FROM evidence_binding
WHERE kind = %s AND block = ANY(%s) AND live
GROUP BY signature, features
"""


def _load(spec: KindSpec, blocks: set[str]) -> _Block:
    """The nodes of these blocks. A mention that a judgement names is a node of its own."""
    with connection.cursor() as cursor:
        cursor.execute(NODES, [spec.kind, sorted(blocks)])
        rows = cursor.fetchall()
    everyone = {mention for row in rows for mention in row[2]}
    pairs_same = _latest_judgements(everyone, Identity.SAME)
    pairs_different = _latest_judgements(everyone, Identity.DIFFERENT)
    judged = {m for pair in [*pairs_same, *pairs_different] for m in pair} & everyone
    nodes: list[Node] = []
    names: dict[UUID, str] = {}
    # A judged mention stays with the others of its signature unless a judgement takes it away.
    same: list[tuple[str, str]] = []
    records = dict(Binding.objects.filter(mention__in=judged).values_list("mention", "record")) if judged else {}
    for signature, features, mentions, record_ids in rows:
        features = json.loads(features) if isinstance(features, str) else features
        plain = [m for m in mentions if m not in judged]
        if plain:
            nodes.append(
                Node(
                    signature,
                    features,
                    tuple(r for r in record_ids if r) if None not in record_ids else (),
                    min(plain),
                    frozenset(plain),
                )
            )
        for mention in sorted(set(mentions) - set(plain)):
            name = f"{signature}#{mention}"
            names[mention] = name
            record = records.get(mention)
            nodes.append(Node(name, features, (record,) if record else (), mention, frozenset((mention,))))
    same += [(names[a], names[b]) for a, b in pairs_same if a in names and b in names]
    different = [(names[a], names[b]) for a, b in pairs_different if a in names and b in names]
    return _Block(nodes, same, different)


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
