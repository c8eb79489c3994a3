"""What mentions say, gathered in as few queries as possible for resolution to compare."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Coalesce

from evidence.fields import EXISTS, Reading
from evidence.models import Binding, Claim, Mention


@dataclass(frozen=True)
class _Said:
    """One claim as read: the value, or the mention that stands for it."""

    field: str
    value: Any
    target: UUID | None
    day: datetime.date | None
    live: bool
    source: tuple[int, int]


class Said:
    """The claims of a growing set of mentions, and the records that the mentions they name belong to.

    A mention that no live reading makes any more keeps what its last reading said, so that what was decided on it
    stays with the mentions that say the same today.
    """

    def __init__(self, mentions: Iterable[UUID]) -> None:
        self.mentions: dict[UUID, Mention] = {}
        self.earlier: dict[UUID, Binding] = {}
        self.records: dict[UUID, UUID | None] = {}
        self._claims: dict[UUID, list[_Said]] = defaultdict(list)
        self.add(set(mentions))

    def add(self, mentions: set[UUID]) -> None:
        """Gather these too."""
        fresh = mentions - self.mentions.keys()
        if not fresh:
            return
        found = Mention.objects.in_bulk(fresh)
        self.mentions.update(found)
        claims = (
            Claim.objects.filter(mention__in=found)
            .order_by("-confidence", "start", "value")
            .annotate(live=Coalesce("run__live", "imported_row__live", Value(True)))
            .values_list("mention", "field", "value", "target", "said_on", "live", "run", "imported_row")
        )
        for mention, field, value, target, day, live, run, row in claims:
            self._claims[mention].append(_Said(field, value, target, day, live, (run or 0, row or 0)))
        named = {m.parent_id for m in found.values() if m.parent_id}
        named |= {said.target for pk in found for said in self._claims[pk] if said.target}
        for binding in Binding.objects.filter(mention__in=named | found.keys()):
            self.records[binding.mention_id] = binding.record_id
            if binding.mention_id in found:
                self.earlier[binding.mention_id] = binding

    def of_kind(self, kind: str) -> set[UUID]:
        return {pk for pk, mention in self.mentions.items() if mention.kind == kind}

    def is_live(self, pk: UUID) -> bool:
        return any(said.live for said in self._claims[pk])

    def claims_existence(self, pk: UUID) -> bool:
        """Did any reading of this mention say that there is such a thing, taken back or not?"""
        return any(said.field == EXISTS for said in self._claims[pk])

    def reading(self, pk: UUID) -> Reading:
        """What a mention says, with records in the place of the mentions it names."""
        claims = self._claims[pk]
        if self.is_live(pk):
            heard = [said for said in claims if said.live]
        else:
            last = max((said.source for said in claims), default=None)
            heard = [said for said in claims if said.source == last]
        values: dict[str, list[Any]] = defaultdict(list)
        day = None
        for said in heard:
            record = self.records.get(said.target) if said.target else None
            values[said.field].append(str(record) if record else said.value)
            day = day or said.day
        parent = self.mentions[pk].parent_id
        return Reading(values, self.records.get(parent) if parent else None, day)
