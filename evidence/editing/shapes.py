"""What a claimed field looks like to an editor: which input takes it, and how its values are written out.

A field's specification names the columns it writes; the columns' types say the rest, so that no upper app has to
describe its fields twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evidence.choices import RecordKind
from evidence.fields import EXISTS, Combine, FieldSpec, Value, kind_spec
from evidence.models import Record


class Form(Enum):
    """The form in which an editor gives a value."""

    # A record or a term of a vocabulary, found by typing.
    LINK = auto()
    # A known term, or else words.
    TERM = auto()
    CHOICE = auto()
    DATE = auto()
    # A number with its hedge and, for money, its currency.
    MEASURE = auto()
    WHOLE = auto()
    DECIMAL = auto()
    TEXT = auto()
    # Several values, one a line.
    LINES = auto()


@dataclass(frozen=True)
class Shape:
    """One editable field: its specification, its form, and the columns behind it."""

    spec: FieldSpec
    form: Form
    columns: Mapping[str, models.Field[Any, Any]]

    @property
    def link(self) -> models.ForeignKey[Any, Any]:
        """The column that points at the record or term."""
        return next(column for column in self.columns.values() if isinstance(column, models.ForeignKey))

    @property
    def words(self) -> models.Field[Any, Any]:
        """The column of text."""
        return next(column for column in self.columns.values() if isinstance(column, models.CharField))

    @property
    def parts(self) -> dict[str, models.Field[Any, Any]]:
        """The columns of a measure by their keys in its value: number, qualifier, currency."""
        return {
            name.rpartition("_")[2] if isinstance(column, models.CharField) else "number": column
            for name, column in self.columns.items()
        }

    @property
    def label(self) -> str:
        return self.spec.label[:1].upper() + self.spec.label[1:]


@lru_cache
def shapes(kind: str) -> dict[str, Shape]:
    """The fields of a kind that an editor can state, in their order."""
    spec = kind_spec(kind)
    by_attname = {column.attname: column for column in spec.model._meta.concrete_fields}
    found = {}
    for item in spec.fields:
        columns = {name: by_attname[name] for name in item.columns(None)}
        # A field without columns only tells records apart; whether a record exists is decided by retracting it.
        if columns and item.name != EXISTS:
            found[item.name] = Shape(item, _form(item, columns), columns)
    return found


def _form(spec: FieldSpec, columns: Mapping[str, models.Field[Any, Any]]) -> Form:
    first = next(iter(columns.values()))
    if spec.combine is Combine.MANY or isinstance(first, ArrayField):
        return Form.LINES
    if any(isinstance(column, models.ForeignKey) for column in columns.values()):
        return Form.TERM if len(columns) > 1 else Form.LINK
    if isinstance(first, models.DateField):
        return Form.DATE
    if len(columns) > 1:
        return Form.MEASURE
    if first.choices:
        return Form.CHOICE
    if isinstance(first, models.DecimalField):
        return Form.DECIMAL
    return Form.WHOLE if isinstance(first, models.IntegerField) else Form.TEXT


def with_links(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows of a model with all that naming them takes, in one query: a meeting is named by its group."""
    paths = []
    for link in _links(model):
        paths.append(link.name)
        target = link.remote_field.model
        if issubclass(target, Record):
            paths += [f"{link.name}__{inner.name}" for inner in _links(target)]
    return model._default_manager.select_related(*paths)


def _links(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and not isinstance(column, models.OneToOneField)
    ]


@dataclass
class Names:
    """Names of the records and terms that values point at, fetched together: one query a model."""

    found: dict[type[models.Model], dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: str, values: Iterable[tuple[str, Value]]) -> Names:
        """For these (field, value) pairs of one kind."""
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for name, value in values:
            shape = shapes(kind).get(name)
            if shape and shape.form in (Form.LINK, Form.TERM) and value:
                wanted[_target(shape)].add(str(value))
        names = cls()
        for model, keys in wanted.items():
            rows = with_links(model).filter(pk__in=keys)
            names.found[model] = {str(row.pk): str(row) for row in rows}
        return names


def _target(shape: Shape) -> type[models.Model]:
    model: Any = shape.link.remote_field.model
    return kind_spec(shape.spec.reference).model if shape.spec.reference else model


def written(kind: str, name: str, value: Value, names: Names) -> str:
    """A value in words: `about 50`, `USD 2,200,000,000`, the name of a nation or record."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(written(kind, name, element, names) for element in value)
    shape = shapes(kind).get(name)
    if shape is None:
        return "yes" if value is True else str(value)
    if shape.form in (Form.LINK, Form.TERM):
        return names.found.get(_target(shape), {}).get(str(value), str(value))
    if shape.form is Form.CHOICE:
        return str(dict(shape.words.flatchoices).get(value, value))
    if shape.form is Form.MEASURE:
        hedge = dict(shape.parts["qualifier"].flatchoices).get(value.get("qualifier"), "")
        number = f"{Decimal(value['number']):,f}"
        return " ".join(part for part in (str(hedge).lower(), value.get("currency") or "", number) if part)
    return str(value)


def label_of_column(kind: str, column: str) -> str:
    """What an editor calls a column; internal ones give the empty string."""
    for shape in shapes(kind).values():
        if column in shape.columns or any(column == found.name for found in shape.columns.values()):
            return shape.spec.label
    return {"state": "state"}.get(column, "")


def parts_of(model: type[Record]) -> list[tuple[RecordKind, type[Record], str]]:
    """Kinds whose records are part of one of this model: kind, model, and the column that says of which."""
    found = []
    for kind in RecordKind:
        spec = kind_spec(kind)
        if spec.parent and spec.model._meta.get_field(spec.parent).related_model is model:
            found.append((kind, spec.model, spec.parent))
    return found
