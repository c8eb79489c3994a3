"""Records of one name told apart on a page that acts on many of them: by a link, and by what their list says beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field

from evidence.editing.readonly import admin_url

# What a list says of the row, not of the thing.
OF_THE_ROW = {"state", "contested", "updated_at"}


@dataclass(frozen=True)
class Line:
    """A record, its address, and the columns of its list after the first, in words: `19 June 2025, held, Oslo`."""

    record: Any
    url: str
    beside: str


def lines_of(admin: ModelAdmin[Any], records: list[Any]) -> list[Line]:
    """One line a record; no query of its own where the rows carry what the list shows."""
    columns = [name for name in admin.list_display if isinstance(name, str) and name not in OF_THE_ROW][1:]
    return [
        Line(record, admin_url(record), ", ".join(filter(None, (_said(admin, record, name) for name in columns))))
        for record in records
    ]


def _said(admin: ModelAdmin[Any], record: Any, name: str) -> str:
    column, _, value = lookup_field(name, record, admin)
    if value in (None, "", "–"):
        return ""
    if column is None or column.is_relation:
        return str(display_for_value(value, ""))
    return str(display_for_field(value, column, ""))
