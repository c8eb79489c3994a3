"""What the upper apps tell this one about their records: fields, how values compare, how mentions cluster.

evidence decides and writes every settled column, but knows no nation and no meeting. Each upper app
registers its kinds from `AppConfig.ready()`; imports keep going one way.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from evidence.choices import RecordKind
from evidence.models import Change, Record
from evidence.partial_dates import PartialDate

# Whatever JSON can hold; None stands for "no value".
Value = Any
EXISTS = "exists"
KEY_LENGTH = 300
NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
EARLIEST = datetime.date.min


class Combine(Enum):
    """How the values of one field become one."""

    # The value with the most support.
    SUPPORT = "support"
    # A history: what was said last holds, unless `final` says that nothing can follow.
    LATEST = "latest"
    # A set: every value above the threshold.
    MANY = "many"


def equal(a: Value, b: Value) -> bool:
    return bool(a == b)


def always(a: Value, b: Value) -> bool:
    """For words that sources vary freely: differing is no contradiction."""
    return True


@dataclass(frozen=True)
class Candidate:
    """One value of one field of one record, with everything that speaks for it."""

    value: Value
    support: float
    stories: int
    latest: datetime.date | None
    # Content-based, so that equal support is decided the same way whatever arrived first.
    tie_break: str
    accepted_at: datetime.datetime | None = None
    stated_at: datetime.datetime | None = None
    rejected: bool = False
    earliest: datetime.date | None = None
    rejected_at: datetime.datetime | None = None
    # When the latest of its stories came in; in a record on which somebody decided, when it was first heard to say so.
    heard_at: datetime.datetime | None = None
    # Does an imported row say so?
    cited: bool = False

    @property
    def decided(self) -> bool:
        """Does an editor stand for it?"""
        return not self.rejected and self.decided_at > NEVER

    @property
    def decided_at(self) -> datetime.datetime:
        """When an editor last spoke for it; `NEVER` where none did."""
        return max((moment for moment in (self.stated_at, self.accepted_at) if moment), default=NEVER)


@dataclass(frozen=True)
class FieldSpec:
    """One claimed field of a kind of record.

    `normalise` turns what a source gives into the JSON value that is compared, or raises ValueError saying why not.
    `columns` turns a settled value (None for none) into column values. `refines(a, b)`: a says all that b says, or
    more. `compatible(a, b)`: both can be true. `disputes(a, b)`: a cannot be true if b is, given when either
    was said; for a field of what was said last. `restart(all candidates by field)` gives the day before which
    statements about this field are out of date, if there is one. `reference` marks a field whose value is a record.
    """

    name: str
    label: str
    normalise: Callable[[Value], Value]
    columns: Callable[[Value], Mapping[str, Any]]
    combine: Combine = Combine.SUPPORT
    refines: Callable[[Value, Value], bool] = equal
    compatible: Callable[[Value, Value], bool] | None = None
    final: Callable[[Value], bool] = lambda value: False
    disputes: Callable[[Candidate, Candidate], bool] = lambda a, b: False
    restart: Callable[[Mapping[str, Sequence[Candidate]]], datetime.date | None] | None = None
    reference: RecordKind | None = None

    def agree(self, a: Value, b: Value) -> bool:
        """Can both values be true?"""
        if a == b or self.refines(a, b) or self.refines(b, a):
            return True
        return self.compatible is not None and self.compatible(a, b)


@dataclass(frozen=True)
class Reading:
    """What one mention says, as clustering sees it: values by field, the best first; records as their ids."""

    values: Mapping[str, Sequence[Value]]
    parent: UUID | None
    said_on: datetime.date | None

    def best(self, name: str) -> Value:
        """The most confident value of a field, or None."""
        values = self.values.get(name)
        return values[0] if values else None


@dataclass(frozen=True)
class Node:
    """Mentions of one block that say the same of themselves: one point for clustering.

    `faded`: no live reading makes any of them any more.
    """

    signature: str
    features: Mapping[str, Any]
    record_ids: tuple[UUID, ...] = ()
    earliest: UUID | None = None
    mentions: frozenset[UUID] = frozenset()
    faded: bool = False


@dataclass(frozen=True)
class Proposal:
    """Two nodes that may be one, and how surely: 0 to 1."""

    score: float
    left: str
    right: str


def as_they_are(nodes: Sequence[Node]) -> Sequence[Node]:
    """For kinds whose mentions say all that they are compared by."""
    return nodes


def no_proposals(nodes: Sequence[Node]) -> Iterable[Proposal]:
    """For kinds whose equal signature is their identity."""
    return ()


def no_conflict(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return False


def follow_nothing(changes: Sequence[Change]) -> set[UUID]:
    return set()


@dataclass(frozen=True)
class KindSpec:
    """One kind of record: its model, its fields, and how its mentions are told apart.

    `features(reading)` gives what is compared (JSON, from content alone) and `block(reading, features)` names the set
    within which it is compared. `in_context` completes the features of one mention by what the others of its block
    say. `proposals` suggests pairs, `conflict` forbids them. Of the fields in `either` one at most can be true.
    `finish` derives columns that no source states. `follows` names the mentions of this kind to compare anew after
    other records changed, where its features or block rest on what those were settled to be.
    `balance(ids)` weighs the parts of such records against each other and gives those whose `joint` columns change,
    with what these become. `refuse(row as typed, rows typed together with it)`: what an editor cannot state, and why,
    by field.
    `second_person(row, field, value)`: does a decision on this value count only once another person confirms it? The
    row is the record as it stands; of one that is entered only now, it has no more than what it is part of.

    `identity_keys(instance, settled values)`: two live records that share one are a candidate pair, and `likeness(key)`
    says why. `?key` is what a record may be and `!key` what it is to those that ask: only these two meet. `restates`
    names the field by which a record tells again what another of its kind did.
    """

    kind: RecordKind
    model: type[Record]
    fields: Sequence[FieldSpec]
    features: Callable[[Reading], dict[str, Any]]
    block: Callable[[Reading, Mapping[str, Any]], str]
    in_context: Callable[[Sequence[Node]], Sequence[Node]] = as_they_are
    proposals: Callable[[Sequence[Node]], Iterable[Proposal]] = no_proposals
    conflict: Callable[[Mapping[str, Any], Mapping[str, Any]], bool] = no_conflict
    identity_keys: Callable[[Any, Mapping[str, Value]], list[str]] = lambda instance, values: []
    likeness: Callable[[str], str] = lambda key: key
    restates: str = ""
    either: Sequence[str] = ()
    finish: Callable[[Any], None] = lambda instance: None
    follows: Callable[[Sequence[Change]], set[UUID]] = follow_nothing
    balance: Callable[[Collection[UUID]], Iterable[tuple[Any, dict[str, Any]]]] | None = None
    refuse: Callable[[Any, Sequence[Any]], Mapping[str, str]] = lambda row, beside: {}
    second_person: Callable[[Any, str, Value], bool] | None = None
    by_name: Mapping[str, FieldSpec] = field(init=False)

    @property
    def parent(self) -> str | None:
        """The column that holds the record which one of this kind is part of."""
        return self.model.whole or None

    @property
    def whole(self) -> Any:
        """The model of the records that those of this kind are part of."""
        return self.model._meta.get_field(self.parent).related_model if self.parent else None

    def refers_to(self, other: KindSpec) -> bool:
        """Can what is read of one of this kind name a record of the other, as its whole or as a value?"""
        return other.model is self.whole or any(spec.reference == other.kind for spec in self.fields)

    def keys(self, instance: Any, values: Mapping[str, Value]) -> list[str]:
        """The identity keys of a record, cut to what their column holds."""
        return sorted({key[:KEY_LENGTH] for key in self.identity_keys(instance, values)})

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {spec.name: spec for spec in self.fields})


_kinds: dict[RecordKind, KindSpec] = {}


def register(*specs: KindSpec) -> None:
    """Make kinds known; called once by each upper app."""
    for spec in specs:
        _kinds[spec.kind] = spec
    kinds_by_rank.cache_clear()


def kind_spec(kind: str) -> KindSpec:
    return _kinds[RecordKind(kind)]


def kinds_in_order() -> list[KindSpec]:
    """Every registered kind, such that each refers only to earlier ones."""
    return [_kinds[kind] for kind in RecordKind if kind in _kinds]


@lru_cache(maxsize=1)
def kinds_by_rank() -> list[list[KindSpec]]:
    """The same, those together that do not refer to each other: what one rank refers to stands in earlier ones."""
    ranks: list[list[KindSpec]] = []
    for spec in kinds_in_order():
        above = [n for n, rank in enumerate(ranks) if any(spec.refers_to(other) for other in rank)]
        place = max(above, default=-1) + 1
        if place == len(ranks):
            ranks.append([])
        ranks[place].append(spec)
    return ranks


# Normalisers and column writers of the common types.


def plain_text(value: Value) -> str:
    """White space folded; ValueError when nothing is left, or where PostgreSQL cannot store a character."""
    text = " ".join(str(value).split()) if value is not None else ""
    if not text:
        raise ValueError("empty")
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it has a NUL or half a surrogate pair in it")
    return text


def clean_text(limit: int) -> Callable[[Value], str]:
    """Plain text of at most so many characters; what is longer is cut."""
    return lambda value: plain_text(value)[:limit].rstrip()


def one_of(values: Iterable[str]) -> Callable[[Value], str]:
    allowed = tuple(values)

    def normalise(value: Value) -> str:
        text = str(value)
        if text not in allowed:
            raise ValueError(f"{text!r} is none of {', '.join(allowed)}")
        return text

    return normalise


def whole_number(value: Value) -> int:
    """A number of at least 1."""
    try:
        if not isinstance(value, bool) and int(value) == float(value) and 1 <= int(value) <= 2_000_000_000:
            return int(value)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError(f"{value!r} is not a whole number of at least 1")


def decimal_text(value: Value) -> str:
    """A decimal number as text without exponent or trailing zeros, so that equal numbers are equal JSON."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number") from None
    # Written out, 1e99999999 would fill the memory.
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError(f"{value!r} is not a number of a size that anybody states")
    return f"{number.normalize():f}"


def partial_date(value: Value) -> str:
    return str(PartialDate.parse(str(value)))


def date_refines(a: Value, b: Value) -> bool:
    return PartialDate.parse(a).refines(PartialDate.parse(b))


def text_column(name: str) -> Callable[[Value], dict[str, Any]]:
    return lambda value: {name: value or ""}


def plain_column(name: str) -> Callable[[Value], dict[str, Any]]:
    return lambda value: {name: value}


def list_column(name: str) -> Callable[[Value], dict[str, Any]]:
    return lambda value: {name: value or []}


def record_column(name: str) -> Callable[[Value], dict[str, Any]]:
    return lambda value: {f"{name}_id": UUID(value) if value else None}


def date_columns(name: str) -> Callable[[Value], dict[str, Any]]:
    def write(value: Value) -> dict[str, Any]:
        if value is None:
            return {name: None, f"{name}_precision": ""}
        date = PartialDate.parse(value)
        return {name: date.first, f"{name}_precision": str(date.precision)}

    return write


def text_field(name: str, label: str, limit: int, column: str | None = None) -> FieldSpec:
    """Words that sources vary freely."""
    return FieldSpec(name, label, clean_text(limit), text_column(column or name), compatible=always)


def choice_field(name: str, label: str, choices: Iterable[str], column: str | None = None) -> FieldSpec:
    return FieldSpec(name, label, one_of(choices), text_column(column or name))


def date_field(name: str, label: str) -> FieldSpec:
    return FieldSpec(name, label, partial_date, date_columns(name), refines=date_refines)


def names_field(name: str, label: str) -> FieldSpec:
    return FieldSpec(name, label, clean_text(300), list_column(name), combine=Combine.MANY)


def record_field(name: str, label: str, kind: RecordKind) -> FieldSpec:
    """A field whose value is another record; claims name a mention of it."""
    return FieldSpec(name, label, lambda value: str(UUID(str(value))), record_column(name), reference=kind)


def parent_block(reading: Reading, features: Mapping[str, Any]) -> str:
    """Children are told apart within the record they belong to."""
    return str(reading.parent)
