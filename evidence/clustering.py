"""Partitions the nodes of one block: which mentions are one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from evidence.fields import KindSpec, Node, Proposal


def cluster(
    nodes: Sequence[Node],
    spec: KindSpec,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> list[list[Node]]:
    """Partition nodes: judgements bind, proposals join from the surest down, a conflict keeps clusters apart.

    Faded nodes, which no live reading makes any more, join no others with each other; each goes to the cluster it fits
    best, so that what was decided on it and its address are kept. Pure: nothing depends on the order of `nodes`.
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
    living = [node for node in by_signature.values() if not node.faded]
    for proposal in _surest_first([*_twins(by_signature), *spec.proposals(living)]):
        if find(proposal.left) != find(proposal.right) and not forbidden(proposal.left, proposal.right):
            join(proposal.left, proposal.right)

    def adrift(signature: str) -> bool:
        cluster_of_it = (by_signature[member] for member in members[find(signature)])
        return all(node.faded or "correction" in node.features for node in cluster_of_it)

    if len(living) < len(by_signature):
        for proposal in _surest_first(spec.proposals(list(by_signature.values()))):
            one_faded = by_signature[proposal.left].faded != by_signature[proposal.right].faded
            one_adrift = adrift(proposal.left) != adrift(proposal.right)
            if one_faded and one_adrift and not forbidden(proposal.left, proposal.right):
                join(proposal.left, proposal.right)
    return [[by_signature[s] for s in sorted(group)] for _, group in sorted(members.items())]


def _surest_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda p: (-p.score, *sorted((p.left, p.right))))


def _twins(signatures: Iterable[str]) -> Iterable[Proposal]:
    """Nodes that say the same of themselves, parted only so that a judgement can tell them apart."""
    alike: dict[str, list[str]] = defaultdict(list)
    for signature in signatures:
        alike[signature.partition("#")[0]].append(signature)
    for group in alike.values():
        yield from (Proposal(2.0, a, b) for a, b in combinations(group, 2))
