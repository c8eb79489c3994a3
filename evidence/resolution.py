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
from django.db.models import Q

from evidence.choices import RecordState
from evidence.clustering import cluster
from evidence.fields import KindSpec, Node, kinds_by_rank
from evidence.judged import Words, with_echoes, words_on
from evidence.models import Binding, Claim, Judgement, Mention, Record
from evidence.rows import insert
from evidence.said import Said
from evidence.statements import prepared


@dataclass
class _Block:
    """The nodes of the blocks that are clustered together, and the judgements among them."""

    nodes: list[Node]
    same: list[tuple[str, str]]
    different: list[tuple[str, str]]
    alone: list[str]


def resolve(mentions: Iterable[UUID]) -> set[UUID]:
    """Bind these mentions, and every other that this moves, to records.

    Runs inside a transaction; locks the blocks it touches until the end of it, always in the order of ranks,
    then of kinds and block names, so that two workers cannot wait for each other. For very many mentions, as of a
    long file of facts, it locks the whole register as a rebuild does: the server's table of locks is finite.
    Returns the records to settle.
    """
    mentions = set(mentions)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("resolve() holds its locks until the end of a transaction; open one")
    # Before anything is read: what a rebuild changes meanwhile must not be missed.
    alone = len(mentions) > MANY
    if alone:
        lock_register()
    else:
        lock_blocks("", ())
    said = Said(mentions)
    judged = set(Judgement.objects.order_by().values_list("left__kind", flat=True).distinct())
    touched: set[UUID] = set()
    for rank in kinds_by_rank():
        batches = [(spec, batch) for spec in rank if (batch := said.of_kind(spec.kind))]
        if not batches:
            continue
        moved, records = _resolve_rank(batches, said, judged, alone)
        dependants = _dependants(moved)
        said.add(dependants)
        # Those of their own kind are not compared by what they point at, but are settled on another record now.
        beside = {pk for spec in rank for pk in dependants & said.of_kind(spec.kind)}
        touched |= records | {record for pk in beside if (record := said.records.get(pk))}
    return touched


def _dependants(moved: set[UUID]) -> set[UUID]:
    """Mentions whose features name the record of one of these: its parts, and those that point at it."""
    if not moved:
        return set()
    children = Mention.objects.filter(parent__in=moved).values_list("pk", flat=True)
    pointing = Claim.objects.filter(target__in=moved).values_list("mention", flat=True)
    return set(children) | set(pointing)


def _resolve_rank(
    batches: list[tuple[KindSpec, set[UUID]]], said: Said, judged: set[str], alone: bool
) -> tuple[set[UUID], set[UUID]]:
    """Bind batches of several kinds; returns the mentions that left a record, and the records to settle."""
    bindings: list[Binding] = []
    blocks: set[tuple[str, str]] = set()
    for spec, batch in batches:
        of_kind = described(spec, batch, said)
        names = {b.block for b in of_kind} | {said.blocks[pk] for pk in batch if pk in said.blocks}
        if spec.kind in judged:
            names = _with_judged(names, spec.kind)
        bindings += of_kind
        blocks |= {(spec.kind, name) for name in names}
    if not alone:
        _lock(blocks)
    # What another worker did to a mention that was there before is known only under the lock.
    before = _bound([b.mention_id for b in bindings if b.mention_id in said.blocks])
    known = _settled_signatures([b for b in bindings if b.kind not in judged])
    changed: list[Binding] = []
    restless: dict[str, set[str]] = defaultdict(set)
    for binding in bindings:
        if binding.mention_id in before:
            binding.record_id, block, *state = before[binding.mention_id]
            unchanged = state == [binding.signature, binding.live]
            if unchanged and binding.record_id and binding.kind not in judged:
                continue
            restless[binding.kind].add(block)
        elif binding.live and known.get(binding.signature, binding.mention_id) < binding.mention_id:
            # It says nothing that its block has not heard: clustering again would give what is there.
            binding.record_id = known[binding.signature]
            changed.append(binding)
            continue
        restless[binding.kind].add(binding.block)
        changed.append(binding)
    _bind(changed)
    now = {b.mention_id: b.record_id for b in bindings}
    touched = set(now.values())
    moved: set[UUID] = set()
    for spec, _ in batches:
        if spec.kind not in restless:
            continue
        rebound = rebind(spec, restless[spec.kind], spec.kind in judged)
        touched |= {record for pair in rebound.values() for record in pair}
        moved |= {mention for mention, (left, _) in rebound.items() if left}
        now.update((mention, record) for mention, (_, record) in rebound.items())
    said.records.update(now)
    return moved, {record for record in [*touched, *now.values()] if record}


BOUND = "SELECT mention_id, record_id, block, signature, live FROM evidence_binding WHERE mention_id = ANY(%s)"

# The lowest and the highest record of a signature's living mentions, each the end of an index, however many they are.
SETTLED = """
SELECT wanted.signature, low.record_id, high.record_id
FROM (SELECT DISTINCT * FROM unnest(%s::text[], %s::text[], %s::text[])) AS wanted(kind, block, signature)
CROSS JOIN LATERAL (
    SELECT b.record_id FROM evidence_binding b
    WHERE (b.kind, b.block, b.signature) = (wanted.kind, wanted.block, wanted.signature) AND b.live
    ORDER BY b.kind, b.block, b.signature, b.record_id LIMIT 1
) AS low
CROSS JOIN LATERAL (
    SELECT b.record_id FROM evidence_binding b
    WHERE (b.kind, b.block, b.signature) = (wanted.kind, wanted.block, wanted.signature) AND b.live
    ORDER BY b.kind DESC, b.block DESC, b.signature DESC, b.record_id DESC LIMIT 1
) AS high
"""

BIND = """
INSERT INTO evidence_binding (mention_id, record_id, kind, block, features, signature, live)
SELECT mention, record, kind, block, features, signature, live
FROM json_to_recordset(%s::json) AS bound(
    mention uuid, record uuid, kind text, block text, features jsonb, signature text, live bool
)
ON CONFLICT (mention_id) DO UPDATE SET
    record_id = EXCLUDED.record_id, kind = EXCLUDED.kind, block = EXCLUDED.block, features = EXCLUDED.features,
    signature = EXCLUDED.signature, live = EXCLUDED.live
"""


def _bound(mentions: list[UUID]) -> dict[UUID, list[Any]]:
    """Record, block, signature and liveness of those of these mentions that are bound."""
    if not mentions:
        return {}
    with prepared() as cursor:
        cursor.execute(BOUND, [mentions])
        return {mention: row for mention, *row in cursor.fetchall()}


def _settled_signatures(bindings: list[Binding]) -> dict[str, UUID]:
    """The record of each signature all of whose living mentions are bound to one."""
    if not bindings:
        return {}
    with prepared() as cursor:
        cursor.execute(SETTLED, [[getattr(b, name) for b in bindings] for name in ("kind", "block", "signature")])
        return {signature: low for signature, low, high in cursor.fetchall() if low and low == high}


def _bind(bindings: list[Binding]) -> None:
    """Store these, in the place of what the same mentions were bound as before."""
    if not bindings:
        return
    rows = [
        {
            "mention": str(b.mention_id),
            "record": b.record_id and str(b.record_id),
            "kind": b.kind,
            "block": b.block,
            "features": b.features,
            "signature": b.signature,
            "live": b.live,
        }
        for b in bindings
    ]
    with prepared() as cursor:
        cursor.execute(BIND, [json.dumps(rows, ensure_ascii=False)])


REBIND = """
UPDATE evidence_binding AS b SET record_id = wanted.record
FROM unnest(%s::uuid[], %s::uuid[]) AS wanted(mention, record)
WHERE b.mention_id = wanted.mention
"""


def rebind(spec: KindSpec, blocks: set[str], judged: bool) -> dict[UUID, tuple[UUID | None, UUID]]:
    """Cluster these blocks again; returns, for each mention that this moves, the record it left and its new one."""
    wanted: dict[UUID, UUID] = {}
    for block in _load(spec, _with_judged(blocks, spec.kind) if judged else blocks, judged):
        for group in cluster(block.nodes, spec, block.same, block.different, block.alone):
            earliest = min(node.earliest for node in group if node.earliest)
            wanted.update(
                (mention, earliest) for node in group if node.record_ids != (earliest,) for mention in node.mentions
            )
    current = dict(Binding.objects.filter(mention__in=wanted).values_list("mention", "record"))
    rebound: dict[UUID, tuple[UUID | None, UUID]] = {
        mention: (current[mention], record) for mention, record in wanted.items() if current[mention] != record
    }
    if rebound:
        targets = [record for _, record in rebound.values()]
        _ensure_records(spec, set(targets))
        with prepared() as cursor:
            cursor.execute(REBIND, [list(rebound), targets])
    return rebound


# Held shared by whoever binds or settles, and exclusively by a rebuild. The key is any number nobody else uses.
REGISTER_LOCK = 7_205_759_403_792_794
# An article has some hundred mentions. A server of default settings has room for 6,400 locks of all transactions.
MANY = 2000
# Shared lock first: a writer that waited for it with blocks in hand could block the one that a rebuild waits for.
LOCK = """
WITH entered AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(%s))
SELECT pg_advisory_xact_lock(key) FROM entered LEFT JOIN unnest(%s::bigint[]) AS key ON true
"""


def lock_register() -> None:
    """Keep everybody else from binding and settling until the end of the transaction; waits for those who do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTER_LOCK])


def lock_blocks(kind: str, blocks: Iterable[str]) -> None:
    """Hold these blocks until the end of the transaction, and keep rebuilds out."""
    _lock((kind, block) for block in blocks)


def _lock(blocks: Iterable[tuple[str, str]]) -> None:
    keys = [
        int.from_bytes(hashlib.blake2b(f"{kind}\0{block}".encode(), digest_size=8).digest(), "big", signed=True)
        for kind, block in sorted(blocks)
    ]
    with prepared() as cursor:
        cursor.execute(LOCK, [REGISTER_LOCK, keys])


def described(spec: KindSpec, batch: set[UUID], said: Said) -> list[Binding]:
    """What these mentions say of themselves, as bindings not yet stored."""
    # Who enters a record says that it exists; who corrects one speaks of what is there.
    corrected = _corrections({pk for pk in batch if said.mentions[pk].author and not said.claims_existence(pk)})
    bindings = []
    for pk in sorted(batch):
        if pk in corrected:
            # An editor's correction says too little of itself to be compared; a judgement says where it belongs.
            features, block = {"correction": str(pk)}, corrected[pk]
        else:
            reading = said.reading(pk)
            features = spec.features(reading)
            block = spec.block(reading, features)
        bindings.append(
            Binding(
                mention_id=pk,
                kind=spec.kind,
                block=block[:300],
                features=features,
                signature=_signature(spec.kind, block, features),
                live=said.is_live(pk),
            )
        )
    return bindings


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
    for left, right in words_on(authored).same:
        mine, other = (left, right) if left in authored else (right, left)
        block = Binding.objects.filter(mention=other).values_list("block", flat=True).first()
        if block is not None:
            found[mine] = block
    return found


NODES = """
SELECT block, signature, features, array_agg(mention_id), array_agg(DISTINCT record_id), bool_or(live)
FROM evidence_binding
WHERE kind = %s AND block = ANY(%s)
GROUP BY block, signature, features
"""


def _load(spec: KindSpec, names: set[str], judged_kind: bool) -> list[_Block]:
    """The nodes of these blocks, apart from each other unless a judgement spans them.

    A mention that a judgement names is a node of its own, so that it can be taken out of its signature.
    """
    with prepared() as cursor:
        cursor.execute(NODES, [spec.kind, sorted(names)])
        rows = cursor.fetchall()
    home = {mention: row[0] for row in rows for mention in row[3]}
    words = with_echoes(words_on(home)) if judged_kind else Words()
    judged = words.mentions & set(home)
    own = {b.mention_id: b for b in Binding.objects.filter(mention__in=judged)} if judged else {}
    head = {row[0]: row[0] for row in rows}
    for left, right in words.same:
        if left in home and right in home:
            old, new = head[home[left]], head[home[right]]
            head = {block: new if name == old else name for block, name in head.items()}
    blocks = {name: _Block([], [], [], []) for name in sorted(set(head.values()))}
    node_of: dict[UUID, str] = {}
    for block, signature, features, mentions, record_ids, live in rows:
        nodes = blocks[head[block]].nodes
        features = json.loads(features) if isinstance(features, str) else features
        plain = [mention for mention in mentions if mention not in judged]
        if plain:
            bound = () if None in record_ids else tuple(record_ids)
            nodes.append(Node(signature, features, bound, min(plain), frozenset(plain), faded=not live))
        for mention in sorted(set(mentions) - set(plain)):
            node_of[mention] = f"{signature}#{mention}"
            record = own[mention].record_id
            bound, faded = (record,) if record else (), not own[mention].live
            nodes.append(Node(node_of[mention], features, bound, mention, frozenset((mention,)), faded))
    for mention in words.alone & node_of.keys():
        blocks[head[home[mention]]].alone.append(node_of[mention])
    for pairs, kept in ((words.same, "same"), (words.different, "different")):
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
        others = {mention for pair in words_on(inside).same for mention in pair} - inside
        frontier = set(Binding.objects.filter(mention__in=others).values_list("block", flat=True)) - found
        found |= frontier
    return found


def _ensure_records(spec: KindSpec, wanted: set[UUID]) -> None:
    there = set(Record.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = sorted(wanted - there)
    insert(spec.model, [spec.model(id=pk, kind=spec.kind, state=RecordState.UNCONFIRMED) for pk in missing])
