"""Keeps links among records of one kind (part of, restates, parent group) from leading back to where they start.

Sources may state links that cannot all be true: A is part of B, B restates A. Each field is settled by itself first.
Of the links that this gives, those that an editor decided are kept first, the latest decision before others, then those
with the most support, then those said last; on a tie the order of what the records say of themselves. A link with which
those kept would lead back to its start is held: its field is settled on no value, as contested, and says why.

What is kept rests on every link that a circle can run through, so records that nothing else touches may have to be
settled anew. Only links of live records count; a record that names itself never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from evidence.choices import Reason
from evidence.fields import EARLIEST, EXISTS, NEVER, Candidate, KindSpec
from evidence.models import SettledField
from evidence.resolution import lock_blocks
from evidence.settlement import Settled, settle_fields
from evidence.weighing import candidates_of

Candidates = Mapping[UUID, Mapping[str, Sequence[Candidate]]]


class Link(NamedTuple):
    """One record names another of its kind in a field."""

    source: UUID
    field: str
    target: UUID


@dataclass
class Held:
    """Links that are not settled on, as fields by record, and the records besides those asked for that this changes."""

    fields: dict[UUID, set[str]] = field(default_factory=dict)
    further: set[UUID] = field(default_factory=set)


def own_links(spec: KindSpec) -> list[str]:
    """The fields of a kind that name a record of the same kind."""
    return [found.name for found in spec.fields if found.reference == spec.kind]


def lock_links(spec: KindSpec) -> None:
    """Keep everybody else from settling links of this kind until the end of the transaction.

    Two who each settle one half of a circle would otherwise each see none.
    """
    lock_blocks(spec.kind, ["links among them"])


def hold(spec: KindSpec, candidates: Candidates, before: Iterable[UUID]) -> Held:
    """Which links of these records, and of those that they lead to, are held. Call it under `lock_links`.

    `candidates` are those of every record to be settled, `before` the records of the kind that any of these named.
    """
    links = own_links(spec)
    wanted: dict[Link, Settled] = {}
    # Of records that are not asked for: the fields that are held now.
    others: dict[UUID, set[str]] = {}
    _want(spec, candidates, wanted)
    seen = set(candidates)
    frontier = {link.target for link in wanted} | set(before)
    while frontier := frontier - seen:
        seen |= frontier
        linked: dict[UUID, set[str]] = {}
        heads = SettledField.objects.filter(record__in=frontier, field__in=links)
        for pk, name, reason in heads.values_list("record", "field", "settlement__reason"):
            linked.setdefault(pk, set()).update({name} if reason == Reason.CIRCLE else ())
        if not linked:
            break
        others |= linked
        further = _want(spec, candidates_of(list(linked)), wanted)
        frontier = {link.target for link in further}
    held = Held()
    # Seldom is there a circle at all.
    for link in closing(wanted, _content(wanted)) if _beyond(wanted) else ():
        held.fields.setdefault(link.source, set()).add(link.field)
    held.further = {pk for pk, was in others.items() if held.fields.get(pk, set()) != was}
    return held


def _want(spec: KindSpec, candidates: Candidates, wanted: dict[Link, Settled]) -> list[Link]:
    """Add the links that these records would have if nothing but their own claims counted; returns them."""
    added = []
    for pk, options in candidates.items():
        outcomes = settle_fields(spec, options, settings.PUBLICATION_THRESHOLD)
        for name in own_links(spec):
            value = outcomes[name].value
            if value is not None and (outcomes[EXISTS].value is True or value == str(pk)):
                link = Link(pk, name, UUID(value))
                wanted[link] = outcomes[name]
                added.append(link)
    return added


def closing(wanted: Mapping[Link, Settled], content: Mapping[UUID, str]) -> set[Link]:
    """Those of these links that close a circle of stronger ones. Pure, and blind to their order.

    `content` is what each record says of itself, in words of whatever order; it decides between equals.
    """

    def strength(link: Link) -> tuple[Any, ...]:
        outcome = wanted[link]
        leading = outcome.leading
        return (
            outcome.decided,
            leading.decided_at if leading and outcome.decided else NEVER,
            outcome.support,
            (leading and leading.latest) or EARLIEST,
            content.get(link.source, ""),
            content.get(link.target, ""),
            link.field,
            link,
        )

    return set(_beyond(sorted(wanted, key=strength, reverse=True)))


def _beyond(links: Iterable[Link]) -> list[Link]:
    """Those of these links, taken in their order, that close a circle with the ones kept before them."""
    closing = []
    kept: dict[UUID, set[UUID]] = {}
    for link in links:
        if link.source == link.target or link.source in reached(kept, link.target):
            closing.append(link)
        else:
            kept.setdefault(link.source, set()).add(link.target)
    return closing


def reached(leads: Mapping[UUID, Iterable[UUID]], start: UUID) -> set[UUID]:
    """Where these lead from a start, in one step or more."""
    found: set[UUID] = set()
    frontier = {start}
    while frontier:
        frontier = {target for pk in frontier for target in leads.get(pk, ())} - found
        found |= frontier
    return found


# The hash of what is compared, without the block's, which may rest on ids.
CONTENT = """
SELECT record_id, min(left(signature, 40) COLLATE "C") FROM evidence_binding
WHERE record_id = ANY(%s) AND live AND features->>'correction' IS NULL GROUP BY record_id
"""


def _content(links: Iterable[Link]) -> dict[UUID, str]:
    records = {pk for link in links for pk in (link.source, link.target)}
    with connection.cursor() as cursor:
        cursor.execute(CONTENT, [list(records)])
        return dict(cursor.fetchall())
