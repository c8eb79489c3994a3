"""A record as its settled values alone make it: of today, to hold its stored row against, or of a day gone by."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from evidence.choices import RecordState
from evidence.fields import EXISTS, KindSpec, kind_spec
from evidence.history import PastValue, as_of, as_of_each
from evidence.models import Mention, Record
from evidence.services import current_record
from evidence.weighing import parents_of

# Parts of one record that are read back; more than these are told by their number.
PARTS = 400


def written_out(
    spec: KindSpec, pk: UUID, values: Mapping[str, Any], whole: UUID | None, reported: datetime.date | None = None
) -> Any:
    """A row of the kind, never saved, whose columns hold these settled values and what follows from them.

    `reported`: when it was first reported, which no field says.
    """
    # The child's key is a link of its own, which only saving would fill.
    instance: Any = spec.model(pk=pk, id=pk, kind=spec.kind, first_reported=reported)
    for name in spec.fields:
        if name.name != EXISTS:
            for column, value in name.columns(values.get(name.name)).items():
                setattr(instance, column, value)
    if spec.parent:
        setattr(instance, f"{spec.parent}_id", whole)
    spec.finish(instance)
    instance.identity_keys = spec.keys(instance, values)
    return instance


@dataclass(frozen=True)
class PastRecord:
    """What the register stated of one record at an instant. `row` is never saved; `parts` are stated with it."""

    pk: UUID
    kind: str
    at: datetime.datetime
    values: Mapping[str, PastValue]
    row: Any
    parts: list[PastRecord] = field(default_factory=list)


def past_record(pk: UUID, at: datetime.datetime) -> PastRecord | None:
    """The state of a record at an instant with its parts; None where the register did not state that it exists.

    Other records that its values name are as they are today.
    """
    kind = Record.objects.filter(pk=pk).values_list("kind", flat=True).first()
    values = as_of(pk, at)
    if kind is None or EXISTS not in values:
        return None
    parents = parents_of([pk])
    return PastRecord(pk, kind, at, values, _row(kind, pk, values, parents.get(pk)), _parts(pk, at))


def _parts(pk: UUID, at: datetime.datetime) -> list[PastRecord]:
    whole = current_record(pk)
    mentions = Mention.objects.filter(parent__binding__record=whole)
    if whole != pk:
        # Of what was merged away, only what its own source said of it is known apart from the rest.
        mentions = mentions.filter(parent=pk)
    kinds = dict(Record.objects.filter(pk__in=mentions.values("pk")).order_by("pk").values_list("pk", "kind"))
    states = as_of_each(kinds, at)
    stated = [part for part in kinds if EXISTS in states.get(part, {})][:PARTS]
    order = list(kinds.values())
    stated.sort(key=lambda part: (order.index(kinds[part]), part))
    return [
        PastRecord(part, kinds[part], at, states[part], _row(kinds[part], part, states[part], pk)) for part in stated
    ]


def _row(kind: str, pk: UUID, values: Mapping[str, PastValue], whole: UUID | None) -> Any:
    row = written_out(kind_spec(kind), pk, {name: past.value for name, past in values.items()}, whole)
    row.state = RecordState.LIVE
    row.contested_fields = sorted(name for name, past in values.items() if past.contested)
    return row
