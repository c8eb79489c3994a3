"""What waits on each page of the desk, in the order in which it is worked off, and where an editor stands in it.

Each list is read by one partial index of `SettledField`, from a cursor on, so that the thousandth item costs what the
first does and one that is decided meanwhile shifts nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from evidence.choices import RecordState
from evidence.models import SettledField


@dataclass(frozen=True)
class Worklist:
    """One page's fields: `column` orders them, the highest first; `condition` is that of its index."""

    name: str
    title: str
    column: str
    condition: Q

    def rows(self, kinds: Collection[str] | None = None) -> QuerySet[SettledField]:
        """Everything that waits; `kinds` limits of which kinds of record."""
        found = SettledField.objects.filter(self.condition).select_related("record")
        if kinds is not None:
            found = found.filter(record__kind__in=kinds)
        return found.order_by(f"-{self.column}", "-record", "-field")

    def after(self, rows: QuerySet[SettledField], cursor: str) -> QuerySet[SettledField]:
        """Those behind a place in the list; all of them where the cursor is none or makes no sense."""
        try:
            text, record, field = cursor.split("~")
            value = float(text) if self.column == "priority" else datetime.datetime.fromisoformat(text)
            place = UUID(record)
        except ValueError:
            return rows
        if (isinstance(value, datetime.datetime) and value.tzinfo is None) or value != value:
            return rows
        same = {self.column: value}
        # The first condition alone is one the index can start from.
        return rows.filter(**{f"{self.column}__lte": value}).filter(
            Q(**{f"{self.column}__lt": value}) | Q(record__lt=place, **same) | Q(record=place, field__lt=field, **same)
        )

    def cursor(self, head: SettledField) -> str:
        """The place of an item in the list."""
        value: Any = getattr(head, self.column)
        text = value.isoformat() if isinstance(value, datetime.datetime) else repr(value)
        return f"{text}~{head.record_id}~{head.field}"

    def counts(self) -> dict[str, int]:
        """How many wait, by kind of record."""
        rows = SettledField.objects.filter(self.condition).values_list("record__kind").annotate(Count("pk"))
        return dict(rows.order_by())


QUEUE = Worklist("queue", "Review queue", "priority", Q(priority__gt=0))
CONTESTED = Worklist("contested", "Contested fields", "priority", Q(contested=True, record__state=RecordState.LIVE))
DRIFT = Worklist("drift", "Drift inbox", "drifted_at", Q(drifted_at__isnull=False))
WORKLISTS = (QUEUE, CONTESTED, DRIFT)
