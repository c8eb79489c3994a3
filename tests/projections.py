"""What is derived from the log, row by row and column by column, times and versions aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from evidence.fields import kinds_in_order
from evidence.models import Binding, Mention, Outlet, Record, Run, SettledField
from evidence.services import current_record

SKIPPED = {"version", "created_at", "updated_at"}


def record_rows() -> dict[UUID, dict[str, Any]]:
    """Every column of every record, its kind's table included."""
    rows: dict[UUID, dict[str, Any]] = {}
    for spec in kinds_in_order():
        names = [f.attname for f in spec.model._meta.concrete_fields if f.name not in SKIPPED]
        rows |= {row["id"]: row for row in spec.model._base_manager.values(*names)}
    assert len(rows) == Record.objects.count()
    return rows


def _bindings() -> dict[UUID, dict[str, Any]]:
    """All but the block of a correction: it stands where the record it corrects once was, and is bound by judgement."""
    rows = {row["mention_id"]: row for row in Binding.objects.values()}
    for row in rows.values():
        if "correction" in row["features"]:
            del row["block"], row["signature"]
    return rows


def projections() -> dict[str, Any]:
    """Records, where every mention's id leads, bindings, settled fields, reliabilities and live runs."""
    return {
        "records": record_rows(),
        "redirects": {pk: current_record(pk) for pk in Mention.objects.values_list("pk", flat=True)},
        "bindings": _bindings(),
        "settled": {
            (row.pop("record_id"), row.pop("field")): row
            for row in SettledField.objects.values(
                "record_id",
                "field",
                "settlement_id",
                "settlement__value",
                "settlement__reason",
                "contested",
                "decided",
                "stories",
                "support",
                "priority",
                "drifted_at",
            )
        },
        "outlets": dict(Outlet.objects.values_list("pk", "reliability")),
        "runs": dict(Run.objects.values_list("pk", "live")),
    }


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What tells two of them apart, a line each."""
    found = []
    for table in before:
        for key in sorted(before[table].keys() | after[table].keys(), key=str):
            left, right = before[table].get(key), after[table].get(key)
            if left != right and isinstance(left, dict) and isinstance(right, dict):
                left, right = ({k: v for k, v in a.items() if v != b.get(k)} for a, b in ((left, right), (right, left)))
            if left != right:
                found.append(f"{table} {key}: {left} != {right}")
    return found
