"""What an editor cannot state of a record: tried out before anything is written, so that it is refused at its field."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, Q

from evidence.choices import RecordState
from evidence.circles import own_links
from evidence.editing.shapes import shapes
from evidence.fields import Combine, KindSpec, Value, kind_spec
from evidence.models import SettledField

CIRCLE = "That would make a circle: the one named here leads back to this record."


def fault_of(row: Any, name: str, value: Value, beside: Sequence[Any] = ()) -> str:
    """Why one value cannot be stated of a record that is there; empty where it can.

    `beside`: the rows for which it is stated too, as `with_value` makes them.
    """
    spec = kind_spec(row.kind)
    if leads_back(spec, row, name, value):
        return CIRCLE
    if name in spec.either and (fault := one_too_many(spec, {**settled_values(row), name: value})):
        return fault
    tried = with_value(row, name, value)
    if fault := spec.refuse(tried, beside).get(name, ""):
        return fault
    return next((rule for _, rule in _broken_rules(tried)), "")


def with_value(row: Any, name: str, value: Value) -> Any:
    """A copy of a row in whose columns a value stands; not saved, and not completed by what would follow from it."""
    tried = copy.copy(row)
    _set(tried, kind_spec(row.kind), {name: value})
    return tried


def faults_of_many(rows: Sequence[Any], name: str, value: Value) -> Iterator[tuple[Any, str]]:
    """Those of these records of one kind of which a value cannot be stated once it is of all of them, and why."""
    tried = [with_value(row, name, value) for row in rows]
    for row in rows:
        if fault := fault_of(row, name, value, tried):
            yield row, fault


def faults_of(row: Any, kind: str, stated: Mapping[str, Value], emptied: Collection[str]) -> Iterator[tuple[str, str]]:
    """Fields and faults of a row as typed, whose columns it sets; of what the database would refuse as well.

    The field is empty where none of those typed is to blame.
    """
    spec = kind_spec(kind)
    _set(row, spec, {**dict.fromkeys(emptied), **stated})
    yield from ((name, fault) for name, fault in spec.refuse(row, ()).items() if name in stated)
    for constraint, rule in _broken_rules(row):
        yield _field_of(constraint, kind, {*stated, *emptied}), rule


def _broken_rules(row: Any) -> Iterator[tuple[Any, str]]:
    """The constraints that the database would hold against a row, each in words."""
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, row, exclude={"id", "record_ptr"})
            except ValidationError as error:
                yield constraint, refused_rule(" ".join(error.messages))


def leads_back(spec: KindSpec, row: Any, name: str, value: Value) -> bool:
    """Does a record of the same kind, named in a field, lead back to the one that would name it, by whatever links?"""
    if row._state.adding or spec.by_name[name].reference != spec.kind:
        return False
    links = [f"{link}_id" for link in own_links(spec)]
    seen: set[UUID] = set()
    frontier = {UUID(value)}
    while frontier and row.pk not in frontier:
        seen |= frontier
        rows = spec.model._default_manager.filter(pk__in=frontier, state=RecordState.LIVE).values_list(*links)
        frontier = {target for found in rows for target in found if target} - seen
    return bool(frontier)


def one_too_many(spec: KindSpec, values: Mapping[str, Value]) -> str:
    """The fault of values of which one at most can be true, where there are more."""
    labels = [spec.by_name[name].label for name in spec.either if values.get(name) is not None]
    return f"Only one of {' and '.join(labels)} can be given; empty the other." if len(labels) > 1 else ""


def _set(row: Any, spec: KindSpec, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        if spec.by_name[name].combine is not Combine.MANY:
            for column, content in spec.by_name[name].columns(value).items():
                setattr(row, column, content)


def _field_of(constraint: Any, kind: str, typed: Collection[str]) -> str:
    """The last of the fields typed in that a constraint speaks of."""
    columns = _named_columns(getattr(constraint, "condition", None))
    touched = [
        name
        for name, shape in shapes(kind).items()
        if name in typed and any(column in columns or found.name in columns for column, found in shape.columns.items())
    ]
    return touched[-1] if touched else ""


def _named_columns(condition: Any) -> set[str]:
    """The columns that a condition compares, on either side."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in _named_columns(child)}
    if isinstance(condition, tuple):
        lookup, value = condition
        return {lookup.partition("__")[0], *([cast(Any, value).name] if isinstance(value, F) else [])}
    return set()


def refused_rule(rule: str) -> str:
    """A constraint's name in words, so that an editor can tell what the record would break."""
    name = rule.partition("“")[2].partition("”")[0] or rule
    return f"These values cannot stand together: {name.replace('_', ' ')}."


def settled_values(record: Any) -> dict[str, Value]:
    """The settled value of every field of a record that has one."""
    rows = SettledField.objects.filter(record=record.pk).values_list("field", "settlement__value")
    return {name: value for name, value in rows if value is not None}
