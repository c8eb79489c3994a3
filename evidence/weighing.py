"""Gathers what speaks for and against every value of a record: claims weighed by witness, and decisions."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Sequence
from math import fsum
from typing import Any
from uuid import UUID

from django.conf import settings

from evidence.choices import Decision
from evidence.fields import Candidate, Value
from evidence.statements import prepared

# What living readings, imports and editors say of these records, one row a claim.
WEIGHED = """
    SELECT b.record_id, c.field, c.id, c.said_on, COALESCE(confirmed.at, c.created_at) AS created_at, c.author_id,
           CASE WHEN c.target_id IS NULL THEN c.value ELSE to_jsonb(target.record_id::text) END AS value,
           CASE WHEN c.author_id IS NOT NULL THEN 'editor'
                WHEN c.snapshot_id IS NOT NULL THEN 'story ' || COALESCE(a.story_id, a.id)
                -- A page that was cited and then read is one witness.
                WHEN same.id IS NOT NULL THEN 'story ' || COALESCE(same.story_id, same.id)
                ELSE 'citation ' || c.citation_publisher || ' ' || c.citation_url END AS witness,
           c.confidence * CASE WHEN c.author_id IS NOT NULL THEN 1
                               ELSE COALESCE(o.reliability, cited.reliability, %(reliability)s::float8) END AS weight,
           COALESCE(s.content_sha256, i.content_sha256, '') COLLATE "C" AS content,
           COALESCE(c.start, 0) AS start, c.imported_row_id IS NOT NULL AS cited
    FROM evidence_binding b
    JOIN evidence_claim c ON c.mention_id = b.mention_id
    LEFT JOIN evidence_binding target ON target.mention_id = c.target_id
    LEFT JOIN evidence_run r ON r.id = c.run_id
    LEFT JOIN evidence_snapshot s ON s.id = c.snapshot_id
    LEFT JOIN evidence_article a ON a.id = s.article_id
    LEFT JOIN evidence_importedrow i ON i.id = c.imported_row_id
    LEFT JOIN evidence_article same ON c.snapshot_id IS NULL AND c.citation_url <> '' AND same.key = c.citation_url
    LEFT JOIN evidence_outlet o ON o.id = a.outlet_id
    LEFT JOIN evidence_outlet cited ON a.id IS NULL AND cited.name = c.citation_publisher
    LEFT JOIN evidence_approvalrequest held ON held.mention_id = c.mention_id
    LEFT JOIN evidence_approval confirmed ON confirmed.request_id = held.id AND confirmed.granted
    WHERE b.record_id = ANY(%(records)s)
      AND (c.run_id IS NULL OR r.live)
      AND (c.imported_row_id IS NULL OR i.live)
      AND (held.id IS NULL OR confirmed.id IS NOT NULL)
"""

# One row a record, field, value and independent witness, so that a thousand copies cost one row. Nothing here asks for
# an order: thousands of claims of one body are hashed, where sorting them took most of the time.
WEIGHTS = f"""
SELECT record_id, field, value, witness, max(weight), max(said_on), min(content),
       max(created_at) FILTER (WHERE author_id IS NOT NULL), min(said_on), min(created_at),
       bool_or(cited)
FROM ({WEIGHED}) AS weighed
WHERE value IS NOT NULL
GROUP BY record_id, field, value, witness
"""  # noqa: S608  both are ours

# The claim that best says a value, asked for only where it is to be written down.
LEADING = f"""
SELECT DISTINCT ON (record_id, field) record_id, field, id
FROM ({WEIGHED}) AS weighed
JOIN json_to_recordset(%(wanted)s::json) AS wanted(record_id uuid, field text, value jsonb, stated bool)
    USING (record_id, field, value)
WHERE stated OR author_id IS NULL
ORDER BY record_id, field, weight DESC, said_on DESC NULLS LAST, content, start, id
"""  # noqa: S608

# Every decision on any claim that ever stood for the value, dead readings included: a rejection outlives them.
# One that needs a second person counts from when it was confirmed.
DECISIONS = """
SELECT b.record_id, c.field,
       CASE WHEN c.target_id IS NULL THEN c.value ELSE to_jsonb(target.record_id::text) END,
       v.decision, COALESCE(confirmed.at, v.at), c.author_id IS NOT NULL
FROM evidence_binding b
JOIN evidence_claim c ON c.mention_id = b.mention_id
JOIN evidence_verdict v ON v.claim_id = c.id
LEFT JOIN evidence_binding target ON target.mention_id = c.target_id
LEFT JOIN evidence_approvalrequest held ON held.verdict_id = v.id
LEFT JOIN evidence_approval confirmed ON confirmed.request_id = held.id AND confirmed.granted
LEFT JOIN evidence_verdict undoing ON undoing.withdraws_id = v.id AND NOT EXISTS (
    SELECT FROM evidence_approvalrequest asked WHERE asked.verdict_id = undoing.id AND NOT EXISTS (
        SELECT FROM evidence_approval a WHERE a.request_id = asked.id AND a.granted))
WHERE b.record_id = ANY(%(records)s) AND v.withdraws_id IS NULL AND undoing.id IS NULL
  AND (held.id IS NULL OR confirmed.id IS NOT NULL)
ORDER BY COALESCE(confirmed.at, v.at), v.id
"""

# When each value came in from the latest story that says it. A story that is read again, or whose text changes, is
# counted from the first time it said so.
HEARD = """
WITH told AS (
    SELECT b.record_id, c.field,
           CASE WHEN c.target_id IS NULL THEN c.value ELSE to_jsonb(target.record_id::text) END AS value,
           c.created_at, COALESCE(r.live, i.live, false) AS live,
           CASE WHEN c.snapshot_id IS NOT NULL THEN 'story ' || COALESCE(a.story_id, a.id)
                -- A page that was cited and then read is one witness.
                WHEN same.id IS NOT NULL THEN 'story ' || COALESCE(same.story_id, same.id)
                ELSE 'citation ' || c.citation_publisher || ' ' || c.citation_url END AS witness
    FROM evidence_binding b
    JOIN evidence_claim c ON c.mention_id = b.mention_id
    LEFT JOIN evidence_binding target ON target.mention_id = c.target_id
    LEFT JOIN evidence_run r ON r.id = c.run_id
    LEFT JOIN evidence_snapshot s ON s.id = c.snapshot_id
    LEFT JOIN evidence_article a ON a.id = s.article_id
    LEFT JOIN evidence_importedrow i ON i.id = c.imported_row_id
    LEFT JOIN evidence_article same ON c.snapshot_id IS NULL AND c.citation_url <> '' AND same.key = c.citation_url
    WHERE b.record_id = ANY(%(records)s) AND c.author_id IS NULL
), first AS (
    SELECT record_id, field, value, min(created_at) AS at FROM told
    WHERE value IS NOT NULL GROUP BY record_id, field, value, witness HAVING bool_or(live)
)
SELECT record_id, field, value, max(at) FROM first GROUP BY record_id, field, value
"""

PARENTS = """
SELECT b.record_id, min(parent.record_id::text)
FROM evidence_binding b
JOIN evidence_mention m ON m.id = b.mention_id
JOIN evidence_binding parent ON parent.mention_id = m.parent_id
WHERE b.record_id = ANY(%(records)s)
GROUP BY b.record_id
"""


def leading_claims(wanted: Sequence[tuple[UUID, str, Candidate]]) -> dict[tuple[UUID, str], int]:
    """The claim that best says each of these values, by record and field."""
    if not wanted:
        return {}
    values = [
        # What an editor said and took back no longer speaks.
        {"record_id": record, "field": field, "value": said.value, "stated": said.stated_at is not None}
        for record, field, said in wanted
    ]
    found = _rows(LEADING, list({record for record, _, _ in wanted}), wanted=json.dumps(values, default=str))
    return {(record, field): claim for record, field, claim in found}


def _rows(query: str, records: Sequence[UUID], **more: str) -> list[tuple[Any, ...]]:
    with prepared() as cursor:
        cursor.execute(query, {"records": list(records), "reliability": settings.OUTLET_RELIABILITY, **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def loaded(value: Value) -> Value:
    """psycopg hands raw JSON over as text where no model field says otherwise."""
    return json.loads(value) if isinstance(value, str) else value


def candidates_of(records: Sequence[UUID]) -> dict[UUID, dict[str, list[Candidate]]]:
    """Every live value of every field of these records, with its weight and the decisions on it."""
    decisions: dict[tuple[UUID, str, str], tuple[str, datetime.datetime]] = {}
    taken_back: dict[tuple[UUID, str, str], datetime.datetime] = {}
    for record, field, value, decision, at, own in _rows(DECISIONS, records):
        key = (record, field, repr(loaded(value)))
        decisions[key] = (decision, at)
        if decision == Decision.WITHDRAW and own:
            taken_back[key] = at

    grouped: dict[tuple[UUID, str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in _rows(WEIGHTS, records):
        value = loaded(row[2])
        grouped[row[0], row[1], repr(value)].append((*row[:2], value, *row[3:]))
    # Only against a decision can anything be news.
    decided = {key[0] for key in decisions} | {key[0] for key, rows in grouped.items() if any(row[7] for row in rows)}
    # What somebody decided on is followed by when each story was first heard; of the rest, by what stands today.
    heard = {
        (record, field, repr(loaded(value))): at
        for record, field, value, at in (_rows(HEARD, sorted(decided)) if decided else ())
    }

    found: dict[UUID, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for key, rows in grouped.items():
        record, field, _ = key
        decision, at = decisions.get(key, ("", None))
        stated = max((row[7] for row in rows if row[7]), default=None)
        if stated is not None and key in taken_back and taken_back[key] > stated:
            # The editor took their own statement back: it no longer speaks, other sources of the value do.
            rows = [row for row in rows if row[3] != "editor"]
            stated = None
            if not rows:
                continue
        told = max((row[9] for row in rows if row[3].startswith("story ")), default=None)
        rejected = decision == Decision.REJECT and (stated is None or at is None or at > stated)
        found[record][field].append(
            Candidate(
                value=rows[0][2],
                support=fsum(row[4] for row in rows),
                stories=len(rows),
                latest=max((row[5] for row in rows if row[5]), default=None),
                earliest=min((row[8] for row in rows if row[8]), default=None),
                tie_break=max(row[6] for row in rows) + repr(rows[0][2]),
                accepted_at=at if decision == Decision.ACCEPT else None,
                stated_at=stated,
                rejected=rejected,
                rejected_at=at if rejected else None,
                heard_at=heard.get(key) if record in decided else told,
                cited=any(row[10] for row in rows),
            )
        )
    return found


def parents_of(records: Sequence[UUID]) -> dict[UUID, UUID]:
    """The record that each of these is part of, where it is part of one."""
    return {record: UUID(parent) for record, parent in _rows(PARENTS, records) if parent}
