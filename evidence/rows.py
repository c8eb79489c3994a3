"""Rows of records, a kind's table and its base together, read and written many at a time.

The ORM takes two statements for each record that is saved, and puts every one of them together anew; here each is put
together once a kind, and carries its rows as one JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from evidence.models import Record
from evidence.statements import prepared

# Held by the row itself, and not derived from claims.
OWN = {"id", "record_ptr", "kind", "version", "created_at", "updated_at"}


@cache
def derived(model: type[Record]) -> tuple[tuple[str, str, Any], ...]:
    """Name, attribute and default of every column that settling one record derives from its claims."""
    skipped = {*OWN, *model.joint}
    return tuple((f.name, f.attname, f.get_default) for f in model._meta.concrete_fields if f.name not in skipped)


@cache
def _tables(model: type[Record]) -> tuple[tuple[str, list[Any]], ...]:
    """Both tables with the fields that lie in them, the base first."""
    fields = model._meta.concrete_fields
    return tuple((owner._meta.db_table, [f for f in fields if f.model is owner]) for owner in (Record, model))


@cache
def _selecting(model: type[Record]) -> str:
    (base, _), (own, _) = _tables(model)
    columns = ", ".join(f'"{f.model._meta.db_table}"."{f.column}"' for f in model._meta.concrete_fields)
    return (
        f'SELECT {columns} FROM "{own}" JOIN "{base}" ON "{base}".id = "{own}".record_ptr_id '  # noqa: S608  names of ours
        f'WHERE "{own}".record_ptr_id = ANY(%s) ORDER BY "{own}".record_ptr_id'
    )


@cache
def _inserting(model: type[Record]) -> tuple[str, ...]:
    statements = []
    for table, fields in _tables(model):
        columns = ", ".join(f'"{f.column}"' for f in fields)
        statements.append(
            f'INSERT INTO "{table}" ({columns}) '  # noqa: S608
            f'SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s::json)'
        )
    return tuple(statements)


@cache
def _updating(model: type[Record]) -> tuple[str, ...]:
    names = {name for name, _, _ in derived(model)} | {"version", "updated_at"}
    statements = []
    for table, fields in _tables(model):
        key = next(f.column for f in fields if f.primary_key)
        written = [f.column for f in fields if f.name in names]
        columns = ", ".join(f'"{column}" = new."{column}"' for column in written)
        statements.append(
            f'UPDATE "{table}" AS row SET {columns} '  # noqa: S608
            f'FROM json_populate_recordset(NULL::"{table}", %s::json) AS new WHERE row."{key}" = new."{key}"'
            if written
            else ""
        )
    return tuple(statements)


def fetch(model: type[Record], records: Collection[UUID]) -> list[Any]:
    """These records of a kind, in the order of their ids."""
    names = [f.attname for f in model._meta.concrete_fields]
    with prepared() as cursor:
        cursor.execute(_selecting(model), [list(records)])
        return [model.from_db(connection.alias, names, row) for row in cursor.fetchall()]


def insert(model: type[Record], records: Sequence[Any]) -> None:
    """Write new records, whose ids and kinds are given."""
    now = timezone.now()
    for record in records:
        record.created_at = record.updated_at = now
        record.record_ptr_id = record.id
    _write(_inserting(model), model, records)


def update(model: type[Record], records: Sequence[Any]) -> None:
    """Write what was derived anew of these records, as a next version of each."""
    now = timezone.now()
    for record in records:
        record.version += 1
        record.updated_at = now
    _write(_updating(model), model, records)


def _write(statements: Sequence[str], model: type[Record], records: Sequence[Any]) -> None:
    if not records:
        return
    with connection.cursor() as cursor:
        for statement, (_, fields) in zip(statements, _tables(model), strict=True):
            if statement:
                rows = [{f.column: getattr(record, f.attname) for f in fields} for record in records]
                # Days, ids, numbers and instants as text, which PostgreSQL reads as the type of the column.
                cursor.execute(statement, [json.dumps(rows, ensure_ascii=False, default=str)])
