"""What of all packages is counted, and what is left out and why: pure rules, blind to the order of what comes in.

1. A package that is not confirmed, states no sum, or whose sum is a total, a frame or an authority is left out.
2. Packages that tell the same money, however they are linked, count once: the first telling that is committed.
3. A package gives way to the whole that it is part of, or to what replaced it, through however many steps; yet money
   committed never gives way to what is only proposed.
4. A whole whose parts are all known and come to it gives way to its parts, which say more than it does.

A link that would close a circle is not followed.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import NamedTuple
from uuid import UUID

from funding.choices import LeftOut, Stage
from meetings.numbers import bounds


class Told(NamedTuple):
    """A package as far as counting goes; links name others by their id."""

    pk: UUID
    confirmed: bool
    amount: Decimal | None
    currency: str
    qualifier: str
    stage: str
    covers: str
    day: datetime.date | None
    part_of: UUID | None = None
    restates: UUID | None = None
    supersedes: UUID | None = None


class Outcome(NamedTuple):
    """Why a package is left out, None for one that is counted; and in favour of which other, where there is one."""

    left_out: LeftOut | None
    because: UUID | None = None

    @property
    def counted(self) -> bool:
        return self.left_out is None


class Link(NamedTuple):
    """One group of tellings gives way to another: as a part to its whole, or as a plan to what replaced it."""

    kind: LeftOut
    target: UUID


@dataclass(frozen=True)
class Tellings:
    """What is known of one sum of money: the telling that speaks for it, None where none may be counted."""

    speaker: Told | None
    links: Sequence[Link]


COUNTED = Outcome(None)


def count(packages: Iterable[Told]) -> dict[UUID, Outcome]:
    """The outcome of every package. Links to packages that are not among them say nothing."""
    told = {package.pk: package for package in packages}
    outcomes = {pk: Outcome(reason) for pk, package in told.items() if (reason := _by_itself(package))}
    eligible = {pk: package for pk, package in told.items() if pk not in outcomes}
    linked = _linked(told)
    for pk in eligible:
        if pk not in linked:
            outcomes[pk] = COUNTED
    first = _same_money(told, linked)
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for pk in linked:
        members[first[pk]].append(pk)
    speakers: dict[UUID, Told | None] = {}
    for group, pks in members.items():
        able = [eligible[pk] for pk in pks if pk in eligible]
        speaker = speakers[group] = min(able, key=_precedence, default=None)
        for other in able:
            if speaker is not None and other.pk != speaker.pk:
                outcomes[other.pk] = Outcome(LeftOut.RESTATES, speaker.pk)
    links = _acyclic(_links(told, linked, first))
    groups = {group: Tellings(speakers[group], links.get(group, ())) for group in members}
    outcomes |= _give_way(groups, told)
    return outcomes


def committed(stage: str) -> bool:
    """Is the money more than a proposal?"""
    return stage != Stage.PROPOSED


def _by_itself(package: Told) -> LeftOut | None:
    """Why a package is left out whatever else there is."""
    if not package.confirmed:
        return LeftOut.UNCONFIRMED
    if package.amount is None:
        return LeftOut.NO_SUM
    return LeftOut(package.covers) if package.covers else None


def _linked(told: Mapping[UUID, Told]) -> set[UUID]:
    """Packages that link to another, or that another links to; of most, neither holds."""
    found = set()
    for package in told.values():
        for target in (package.part_of, package.restates, package.supersedes):
            if target in told and target != package.pk:
                found |= {package.pk, target}
    return found


def _precedence(package: Told) -> tuple[bool, bool, datetime.date, str]:
    """Of several tellings of one sum the smallest speaks for it."""
    day = package.day or datetime.date.max
    return not committed(package.stage), package.restates is not None, day, str(package.pk)


def _same_money(told: Mapping[UUID, Told], linked: set[UUID]) -> dict[UUID, UUID]:
    """Of each linked package the smallest id among those that tell the same money."""
    parent = {pk: pk for pk in linked}

    def root(pk: UUID) -> UUID:
        while parent[pk] != pk:
            parent[pk] = parent[parent[pk]]
            pk = parent[pk]
        return pk

    for pk in linked:
        other = told[pk].restates
        if other in linked:
            small, large = sorted((root(pk), root(other)))
            parent[large] = small
    return {pk: root(pk) for pk in linked}


def _links(told: Mapping[UUID, Told], linked: set[UUID], first: Mapping[UUID, UUID]) -> list[tuple[UUID, Link]]:
    """Every link between groups, in an order of content."""
    found = set()
    for pk in linked:
        package = told[pk]
        if package.part_of in linked:
            found.add((first[pk], Link(LeftOut.PART, first[package.part_of])))
        # What is not confirmed replaces nothing that is.
        if package.supersedes in linked and package.confirmed:
            found.add((first[package.supersedes], Link(LeftOut.REPLACED, first[pk])))
    return sorted(found)


def _acyclic(links: Iterable[tuple[UUID, Link]]) -> dict[UUID, list[Link]]:
    """The links by where they start, without those that would lead back to their start."""
    kept: dict[UUID, list[Link]] = defaultdict(list)
    for start, link in links:
        reached, frontier = set(), [link.target]
        while frontier:
            group = frontier.pop()
            if group not in reached:
                reached.add(group)
                frontier += [further.target for further in kept.get(group, ())]
        if start not in reached:
            kept[start].append(link)
    return kept


def _give_way(groups: Mapping[UUID, Tellings], told: Mapping[UUID, Told]) -> dict[UUID, Outcome]:
    """The outcome of each group's speaker: wholes and replacements are decided before what gives way to them."""
    parts: dict[UUID, list[UUID]] = defaultdict(list)
    for group, tellings in groups.items():
        for link in tellings.links:
            if link.kind is LeftOut.PART:
                parts[link.target].append(group)
    outcomes: dict[UUID, Outcome] = {}
    # Of each group: the packages counted to which it, and what is part of it or was replaced by it, gives way.
    ahead: dict[UUID, set[UUID]] = {}
    made_of_parts: set[UUID] = set()
    order = TopologicalSorter({group: [link.target for link in tellings.links] for group, tellings in groups.items()})
    for group in order.static_order():
        speaker, links = groups[group].speaker, groups[group].links
        ahead[group] = set()
        reason: tuple[LeftOut, str, UUID] | None = None
        for kind, target in links:
            candidates = set(ahead[target])
            whole = groups[target].speaker
            if target in made_of_parts and kind is LeftOut.REPLACED and whole is not None:
                candidates.add(whole.pk)
            ahead[group] |= candidates
            for pk in candidates:
                if speaker is not None and (committed(told[pk].stage) or not committed(speaker.stage)):
                    this = kind, str(pk), pk
                    reason = min(reason, this) if reason else this
        if speaker is None:
            continue
        if reason:
            outcomes[speaker.pk] = Outcome(reason[0], reason[2])
        elif _come_to(speaker, [groups[part] for part in parts[group]]):
            made_of_parts.add(group)
            outcomes[speaker.pk] = Outcome(LeftOut.SUM_OF_PARTS)
        else:
            outcomes[speaker.pk] = COUNTED
            ahead[group].add(speaker.pk)
    return outcomes


def _come_to(whole: Told, parts: Sequence[Tellings]) -> bool:
    """Do the parts come to the whole, or to as much more as its hedge allows? Each must be able to stand for itself."""
    speakers = [part.speaker for part in parts if part.speaker is not None and len(part.links) == 1]
    if not parts or len(speakers) < len(parts):
        return False
    if any((part.currency, committed(part.stage)) != (whole.currency, committed(whole.stage)) for part in speakers):
        return False
    total = sum((part.amount for part in speakers if part.amount is not None), Decimal(0))
    return whole.amount is not None and whole.amount <= total <= max(
        whole.amount, bounds({"number": whole.amount, "qualifier": whole.qualifier})[1]
    )
