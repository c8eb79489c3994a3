"""The claims of one record as its editors see them: every value of every field, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evidence.choices import Decision
from evidence.editing.shapes import Names, shapes, written
from evidence.fields import EXISTS, kind_spec
from evidence.models import Claim, Record, Verdict
from evidence.opening import OpenField, OpenValue, Quote, open_records

DECIDED = {Decision.ACCEPT: "accepted", Decision.REJECT: "rejected", Decision.WITHDRAW: "taken back"}


@dataclass(frozen=True)
class Move:
    """One thing an editor can do to a value: which claim it is done to, and what it brings about."""

    decision: str
    claim: int
    label: str
    effect: str


@dataclass(frozen=True)
class ValueRow:
    """One value of one field."""

    text: str
    value: OpenValue
    mark: str
    word: str
    verdict: Verdict | None
    moves: list[Move]
    quotes: list[Quote]

    @property
    def decided(self) -> str:
        """What the latest verdict was, in a word."""
        return DECIDED[Decision(self.verdict.decision)] if self.verdict else ""


@dataclass(frozen=True)
class FieldRows:
    """One field with its rivals, the leading one first."""

    name: str
    label: str
    field: OpenField
    rows: list[ValueRow]


def claim_table(record: Record) -> list[FieldRows]:
    """Every field of a record that anything was said about: contested ones first, whether it exists last."""
    opened = open_records([record.pk]).get(record.pk, {})
    pairs = [(name, value.value) for name, field in opened.items() for value in field.values]
    names = Names.of(record.kind, pairs)
    verdicts = _latest_verdicts(record.pk)
    table = []
    for spec in kind_spec(record.kind).fields:
        field = opened.get(spec.name)
        if field is None:
            continue
        rows = [_row(record.kind, field, value, names, verdicts) for value in field.values]
        table.append(FieldRows(spec.name, spec.label[:1].upper() + spec.label[1:], field, rows))
    return sorted(table, key=lambda found: (not found.field.contested, found.name == EXISTS))


def _row(
    kind: str, field: OpenField, value: OpenValue, names: Names, verdicts: dict[tuple[str, str], Verdict]
) -> ValueRow:
    text = "yes" if field.name == EXISTS else written(kind, field.name, value.value, names)
    verdict = verdicts.get((field.name, repr(value.value)))
    own = [quote for quote in value.quotes if quote.basis == "editor"]
    if value.rejected:
        mark, word = "rejected", "rejected"
    elif value.taken_back:
        mark, word = "machine", "taken back"
    elif value.accepted:
        mark, word = "decided", "stated" if own else "accepted"
    elif value.leads:
        mark, word = ("contested", "shown, contested") if field.contested else ("machine", "shown")
    else:
        mark, word = ("contested", "rival") if field.contested else ("machine", "not shown")
    return ValueRow(text, value, mark, word, verdict, _moves(value, own), value.quotes)


def _moves(value: OpenValue, own: list[Quote]) -> list[Move]:
    if not value.quotes:
        return []
    others = [quote for quote in value.quotes if quote.basis != "editor"]
    first = (others or own)[0].claim
    moves = []
    if not value.accepted:
        moves.append(Move(Decision.ACCEPT, first, "Accept", "It holds, whatever later articles say."))
    if not value.rejected and not value.taken_back:
        moves.append(Move(Decision.REJECT, first, "Reject", "It is out, whoever repeats it; the next best leads."))
    # Taking a rejection back through an editor's own claim would take the statement back with it.
    if value.rejected and others:
        moves.append(Move(Decision.WITHDRAW, first, "Take back", "As if it had never been rejected."))
    elif value.accepted and own:
        moves.append(Move(Decision.WITHDRAW, own[0].claim, "Take back", "The editor's statement no longer counts."))
    elif value.accepted:
        moves.append(Move(Decision.WITHDRAW, first, "Take back", "As if it had never been accepted."))
    return moves


def _latest_verdicts(record: UUID) -> dict[tuple[str, str], Verdict]:
    """The latest verdict on each (field, value), by whomever and on whichever claim of it."""
    rows: Any = (
        Verdict.objects.standing()
        .filter(claim__mention__binding__record=record)
        .select_related("by", "claim__target__binding")
        .order_by("id")
    )
    found = {}
    for verdict in rows:
        claim = verdict.claim
        value = str(claim.target.binding.record_id) if claim.target_id else claim.value
        found[claim.field, repr(value)] = verdict
    return found


def claims_of(record: Record, field: str, value: Any = None) -> list[Claim]:
    """Live claims of a field, those of others before editors'; with `value`, only those that say it."""
    opened = open_records([record.pk], [field]).get(record.pk, {}).get(field)
    quotes = [
        quote
        for found in (opened.values if opened else [])
        if value is None or found.value == value
        for quote in found.quotes
    ]
    quotes.sort(key=lambda quote: (quote.basis == "editor", quote.claim))
    by_id = Claim.objects.in_bulk([quote.claim for quote in quotes])
    return [by_id[quote.claim] for quote in quotes]


def stated_text(record: Record, name: str, value: Any) -> str:
    """A value in words, for a message about it."""
    values = value if isinstance(value, list) else [value]
    return written(record.kind, name, value, Names.of(record.kind, [(name, element) for element in values]))


def label_of(record: Record, name: str) -> str:
    shape = shapes(record.kind).get(name)
    return shape.spec.label if shape else kind_spec(record.kind).by_name[name].label
