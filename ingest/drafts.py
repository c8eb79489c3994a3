"""The mentions and claims of one run, gathered and then written at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from evidence.choices import RecordKind
from evidence.fields import kind_spec
from evidence.models import Run, mint_id
from evidence.statements import prepared

Item = dict[str, Any]


@dataclass(eq=False)
class Mention:
    """A mention that is to be written, or found to be there already."""

    kind: RecordKind
    key: str
    parent: Mention | None
    id: UUID = field(default_factory=mint_id)


@dataclass(frozen=True)
class Told:
    """An item of a run, and the mention it became; of a list of it, one element and its mention."""

    section: str
    item: Item
    mention: Mention
    field: str = ""
    element: Any = None


@dataclass
class Draft:
    """The mentions and claims of one run, before they are written; `told` says what in the run they come from."""

    run: Run
    content: str
    mentions: dict[str, Mention] = field(default_factory=dict)
    claims: list[tuple[Mention, Item]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def mention(self, kind: RecordKind, path: str, parent: Mention | None = None) -> Mention:
        """The mention at this path, the same object each time it is asked for."""
        key = f"snapshot:{self.run.snapshot_id}:{path}"[:300]
        if key not in self.mentions:
            self.mentions[key] = Mention(kind, key, parent)
        return self.mentions[key]

    def claim(self, mention: Mention, name: str, value: Any, evidence: Item | None) -> None:
        """One claim, unless it has no quote or the field cannot hold the value."""
        if evidence is None or value is None or value == "":
            return
        spec = kind_spec(mention.kind).by_name[name]
        if not spec.reference:
            try:
                value = spec.normalise(value)
            except (ValueError, TypeError):
                return
        start, end = evidence["start"], evidence["end"]
        row = {
            "field": name,
            "target" if spec.reference else "value": value,
            "confidence": min(max(float(evidence.get("confidence", 0.5)), 0.0), 1.0),
            "rule": str(evidence.get("rule", ""))[:100],
            "start": start,
            "end": end,
            "quote": self.content[start:end],
        }
        self.claims.append((mention, row))

    def write(self) -> None:
        """Write what is not there yet. Needs the lock on the article, so that no other writes the same."""
        with prepared() as cursor:
            cursor.execute(THERE, [list(self.mentions)])
            there = dict(cursor.fetchall())
            for mention in self.mentions.values():
                mention.id = there.get(mention.key, mention.id)
            fresh = [
                {"id": m.id, "kind": m.kind, "key": m.key, "parent": m.parent and m.parent.id}
                for m in self.mentions.values()
                if m.key not in there
            ]
            claims = [{"mention": mention.id, **row} for mention, row in self.claims]
            run = {"run": self.run.pk, "snapshot": self.run.snapshot_id, "said_on": self.run.published}
            run["now"] = timezone.now()
            cursor.execute(MENTIONS, {"rows": _json(fresh), **run})
            cursor.execute(CLAIMS, {"rows": _json(claims), **run})


def _json(rows: list[Item]) -> str:
    return json.dumps(rows, ensure_ascii=False, default=_id)


def _id(value: Mention | UUID) -> str:
    return str(value.id if isinstance(value, Mention) else value)


THERE = "SELECT key, id FROM evidence_mention WHERE key = ANY(%s)"

# As rows of one JSON text: some hundred claims an article, which as parameters of their own cost more than to store.
MENTIONS = """
INSERT INTO evidence_mention (id, kind, key, snapshot_id, parent_id, created_at)
SELECT id, kind, key, %(snapshot)s::bigint, parent, %(now)s::timestamptz
FROM json_to_recordset(%(rows)s::json) AS drafted(id uuid, kind text, key text, parent uuid)
"""

CLAIMS = """
INSERT INTO evidence_claim (
    mention_id, field, value, target_id, confidence, rule, run_id, snapshot_id, start, "end", quote, said_on,
    citation_url, citation_publisher, citation_date, why, created_at
)
SELECT mention, field, value, target, confidence, rule, %(run)s::bigint, %(snapshot)s::bigint, start, "end", quote,
       %(said_on)s::date, '', '', '', '', %(now)s::timestamptz
FROM json_to_recordset(%(rows)s::json) AS drafted(
    mention uuid, field text, value jsonb, target uuid, confidence float8, rule text, start int, "end" int, quote text
)
ON CONFLICT DO NOTHING
"""
