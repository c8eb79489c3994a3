"""Partitions the nodes of one block: which mentions are one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from evidence.fields import KindSpec, Node, Proposal


class _Groups:
    """Disjoint sets of signatures."""

    def __init__(self, signatures: Iterable[str]) -> None:
        self.parent = {signature: signature for signature in signatures}
        self.members = {signature: [signature] for signature in self.parent}

    def find(self, signature: str) -> str:
        while self.parent[signature] != signature:
            self.parent[signature] = self.parent[self.parent[signature]]
            signature = self.parent[signature]
        return signature

    def of(self, signature: str) -> list[str]:
        return self.members[self.find(signature)]

    def join(self, left: str, right: str) -> None:
        a, b = sorted((self.find(left), self.find(right)))
        if a != b:
            self.parent[b] = a
            self.members[a] += self.members.pop(b)


def cluster(
    nodes: Sequence[Node],
    spec: KindSpec,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
    alone: Iterable[str] = (),
) -> list[list[Node]]:
    """Partition nodes: judgements bind, proposals join from the surest down, a conflict keeps apart what is alike.

    Whoever says that two mentions are the same says it of all that gathers about either, however the two conflict.
    What is to stay `alone` gathers with nothing by likeness, with its twins neither: only "same" joins it.
    Faded nodes, which no live reading makes any more, join no others with each other; each goes to the cluster it fits
    best, so that what was decided on it and its address are kept. Pure: nothing depends on the order of `nodes`.
    """
    by_signature = {node.signature: node for node in sorted(spec.in_context(nodes), key=lambda node: node.signature)}
    # What is alike, and what is one because it is alike or was judged so.
    alike, one = _Groups(by_signature), _Groups(by_signature)
    apart, lone = {frozenset(pair) for pair in different}, set(alone)
    for left, right in same:
        if left in by_signature and right in by_signature:
            one.join(left, right)

    def join(proposal: Proposal) -> None:
        left, right = proposal.left, proposal.right
        if left in lone or right in lone:
            return
        if alike.find(left) == alike.find(right):
            return
        if any(frozenset((a, b)) in apart for a in one.of(left) for b in one.of(right)):
            return
        if any(
            spec.conflict(by_signature[a].features, by_signature[b].features)
            for a in alike.of(left)
            for b in alike.of(right)
        ):
            return
        alike.join(left, right)
        one.join(left, right)

    living = [node for node in by_signature.values() if not node.faded]
    for proposal in _surest_first([*_twins(by_signature), *spec.proposals(living)]):
        join(proposal)

    def adrift(signature: str) -> bool:
        return all(by_signature[member].faded for member in alike.of(signature))

    if len(living) < len(by_signature):
        for proposal in _surest_first(spec.proposals(list(by_signature.values()))):
            one_faded = by_signature[proposal.left].faded != by_signature[proposal.right].faded
            if one_faded and adrift(proposal.left) != adrift(proposal.right):
                join(proposal)
    return [[by_signature[s] for s in sorted(group)] for _, group in sorted(one.members.items())]


def _surest_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda p: (-p.score, *sorted((p.left, p.right))))


def _twins(signatures: Iterable[str]) -> Iterable[Proposal]:
    """Nodes that say the same of themselves, parted only so that a judgement can tell them apart."""
    alike: dict[str, list[str]] = defaultdict(list)
    for signature in signatures:
        alike[signature.partition("#")[0]].append(signature)
    for group in alike.values():
        yield from (Proposal(2.0, a, b) for a, b in combinations(group, 2))
