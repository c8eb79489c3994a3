"""What a register says, apart from ids, times and versions: two of the same content compare equal."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.db import models

from evidence.choices import RecordState
from evidence.fields import kind_spec
from evidence.models import (
    Binding,
    Change,
    Claim,
    Judgement,
    Mention,
    OutletRating,
    Record,
    Run,
    SettledField,
    Settlement,
    Snapshot,
    Verdict,
)

LOG = (Snapshot, Run, Mention, Claim, Verdict, Judgement, OutletRating, Settlement, Change)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
SKIPPED = {"id", "record_ptr", "version", "created_at", "updated_at"}


def row_counts() -> dict[str, int]:
    """Rows of every table of the log, and of records."""
    return {model.__name__: model._default_manager.count() for model in (*LOG, Record, Binding, SettledField)}


def _places() -> dict[UUID, str]:
    """Where each mention stands: content and path, the same in every register that read the same."""
    places = {}
    rows = Mention.objects.values_list("pk", "key", "kind", "snapshot__content_sha256")
    for pk, key, kind, content in rows:
        path = key.split(":", 2)[2] if content else key
        places[pk] = f"{kind} {content or ''} {path if not key.startswith('editor:') else 'editor'}"
    return places


def register_content() -> dict[str, Any]:
    """Records named by the first of their mentions' places: mentions, columns, settled values and weights; claims."""
    places = _places()
    members: dict[UUID, list[str]] = {}
    for mention, record in Binding.objects.values_list("mention", "record"):
        members.setdefault(record, []).append(places[mention])
    names = {record: min(found) for record, found in members.items()}

    def named(value: Any) -> Any:
        if isinstance(value, UUID):
            return names.get(value, f"unknown {value}")
        if isinstance(value, str):
            return ID.sub(lambda match: str(named(UUID(match.group()))), value)
        if isinstance(value, list):
            return sorted((named(element) for element in value), key=str)
        return value

    records: dict[str, Any] = {}
    for pk, kind in Record.objects.exclude(state=RecordState.MERGED).values_list("pk", "kind"):
        instance = kind_spec(kind).model.objects.get(pk=pk)
        columns = {
            f.name: named(getattr(instance, f.attname))
            for f in instance._meta.concrete_fields
            if f.name not in SKIPPED and not (isinstance(f, models.OneToOneField))
        }
        records[names[pk]] = {"mentions": sorted(members[pk]), **columns}
    # That nothing is settled on is said by the column; a head for it remains where something once was.
    settled = SettledField.objects.exclude(record__state=RecordState.MERGED).exclude(settlement__value__isnull=True)
    for head in settled.select_related("settlement"):
        records[names[head.record_id]][f"settled {head.field}"] = (
            named(head.settlement.value),
            head.settlement.reason,
            head.contested,
            head.decided,
            head.stories,
            round(head.support, 3),
        )
    claims = sorted(
        (places[mention], field, str(value), places.get(target, ""), start or 0, end or 0, live is not False)
        for mention, field, value, target, start, end, live in Claim.objects.values_list(
            "mention", "field", "value", "target", "start", "end", "run__live"
        )
    )
    return {"records": records, "claims": claims}


def differences(a: dict[str, Any], b: dict[str, Any]) -> list[str]:
    """What tells two registers apart, a line each."""
    found = []
    for name in sorted(set(a["records"]) | set(b["records"])):
        left, right = a["records"].get(name), b["records"].get(name)
        if left is None or right is None:
            found.append(f"{name}: only in the {'first' if left else 'second'}: {left or right}")
            continue
        keys = sorted(set(left) | set(right))
        found += [f"{name} {k}: {left.get(k)!r} != {right.get(k)!r}" for k in keys if left.get(k) != right.get(k)]
    found += [f"claim {c}" for c in sorted(set(a["claims"]) ^ set(b["claims"]), key=str)]
    return found
