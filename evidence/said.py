"""What mentions say, gathered in as few queries as possible for resolution to compare."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from evidence.fields import EXISTS, Reading
from evidence.statements import prepared

MENTIONS = "SELECT id, kind, parent_id, author_id FROM evidence_mention WHERE id = ANY(%s)"

CLAIMS = """
SELECT c.mention_id, c.field, c.value, c.target_id, c.said_on, COALESCE(r.live, i.live, true),
       COALESCE(c.run_id, 0), COALESCE(c.imported_row_id, 0)
FROM evidence_claim c
LEFT JOIN evidence_run r ON r.id = c.run_id
LEFT JOIN evidence_importedrow i ON i.id = c.imported_row_id
WHERE c.mention_id = ANY(%s)
ORDER BY c.confidence DESC, c.start, c.value
"""

BOUND = "SELECT mention_id, record_id, block FROM evidence_binding WHERE mention_id = ANY(%s)"


class _Mention(NamedTuple):
    kind: str
    parent: UUID | None
    author: int | None


class _Said(NamedTuple):
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
    stays with the mentions that say the same today. `blocks` are those in which these mentions were before.
    """

    def __init__(self, mentions: Iterable[UUID]) -> None:
        self.mentions: dict[UUID, _Mention] = {}
        self.blocks: dict[UUID, str] = {}
        self.records: dict[UUID, UUID | None] = {}
        self._claims: dict[UUID, list[_Said]] = defaultdict(list)
        self.add(set(mentions))

    def add(self, mentions: set[UUID]) -> None:
        """Gather these too."""
        fresh = list(mentions - self.mentions.keys())
        if not fresh:
            return
        with prepared() as cursor:
            cursor.execute(MENTIONS, [fresh])
            found = {pk: _Mention(*row) for pk, *row in cursor.fetchall()}
            cursor.execute(CLAIMS, [fresh])
            for mention, field, value, target, day, live, run, row in cursor.fetchall():
                # psycopg hands raw JSON over as text.
                loaded = None if value is None else json.loads(value)
                self._claims[mention].append(_Said(field, loaded, target, day, live, (run, row)))
            named = {m.parent for m in found.values() if m.parent}
            named |= {said.target for pk in found for said in self._claims[pk] if said.target}
            cursor.execute(BOUND, [list(named | found.keys())])
            for mention, record, block in cursor.fetchall():
                self.records[mention] = record
                if mention in found:
                    self.blocks[mention] = block
        self.mentions.update(found)

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
        parent = self.mentions[pk].parent
        return Reading(values, self.records.get(parent) if parent else None, day)
