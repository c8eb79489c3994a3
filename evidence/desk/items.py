"""One field of one record as the desk shows it: its values, what speaks for each, and what deciding would do."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from evidence.choices import RecordKind, RecordState
from evidence.editing.readonly import admin_url
from evidence.editing.shapes import Names, shapes, with_links, written
from evidence.fields import EXISTS, Candidate, Combine, FieldSpec, KindSpec, Value, kind_spec
from evidence.models import SettledField
from evidence.opening import OpenField, OpenValue, Quote, open_records
from evidence.review import news, undecided
from evidence.settlement import Settled, settle_fields
from evidence.weighing import candidates_of


@dataclass(frozen=True)
class Option:
    """One value that somebody says. `number` is its key on the page; `word` how it stands."""

    number: int
    text: str
    word: str
    open: OpenValue
    candidate: Candidate
    is_news: bool
    accepting: str
    rejecting: str

    @property
    def key(self) -> str:
        """Its number as a form sends it."""
        return str(self.number)

    @property
    def value(self) -> Value:
        return self.open.value

    @property
    def quotes(self) -> list[Quote]:
        return self.open.quotes

    @property
    def outlets(self) -> str:
        """Who says so, each once, the first three by name."""
        names = list(dict.fromkeys(q.author or q.outlet or q.url for q in self.quotes))
        return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

    @property
    def day(self) -> str:
        """When it was last said."""
        return max((q.date_text for q in self.quotes), default="")


@dataclass(frozen=True)
class Item:
    """A field to decide. `parent` is the record this one is part of, `details` what else is settled of a row."""

    record: Any
    parent: Any
    spec: KindSpec
    field: FieldSpec
    head: SettledField
    open: OpenField
    options: list[Option]
    details: list[tuple[str, str]]
    taken: str

    @property
    def of_existence(self) -> bool:
        return self.field.name == EXISTS

    @property
    def label(self) -> str:
        if self.of_existence:
            return RecordKind(self.spec.kind).label.capitalize()
        return self.field.label[:1].upper() + self.field.label[1:]

    @property
    def admin_url(self) -> str:
        return admin_url(self.record)

    @property
    def public_url(self) -> str:
        """The page that shows it to readers, if one does."""
        shown = self.parent or self.record
        live = self.record.state == RecordState.LIVE == shown.state
        return shown.get_absolute_url() if live and hasattr(shown, "get_absolute_url") else ""

    @property
    def proposed(self) -> Option | None:
        """What the page offers first: the leading value that is undecided, else the first that is not rejected."""
        waiting = [option for option in self.options if option.candidate in undecided([option.candidate])]
        standing = [option for option in self.options if not option.open.rejected]
        return next(iter([*waiting, *standing, *self.options]), None)

    @property
    def why(self) -> str:
        """Why it is in the queue, in a sentence."""
        told = self.open.stories
        by = f"{told} {'story' if told == 1 else 'stories'}" if told else "no story that counts"
        if self.open.contested:
            standing = sum(not option.open.rejected for option in self.options)
            return f"In the queue because {standing} values stand against each other and nobody has decided."
        side = "below" if self.open.support < settings.PUBLICATION_THRESHOLD else "above"
        return (
            f"In the queue because its support, {self.open.support:.2f} from {by}, is little {side} "
            f"the {settings.PUBLICATION_THRESHOLD:g} from which a value is shown."
        )

    def option(self, number: str) -> Option | None:
        """The option with this number, as a form sends it."""
        return next((option for option in self.options if option.key == number), None)

    @property
    def seen(self) -> str:
        """What this page showed, for the form to bring back; see `differences`."""
        return json.dumps([[option.text, option.value, _standing(option.open)] for option in self.options])


def _standing(value: OpenValue) -> str:
    if value.rejected:
        return "rejected"
    return "decided" if value.accepted else "shown" if value.leads else "not shown"


def differences(seen: str, item: Item) -> list[str] | None:
    """What changed since a page was shown, a sentence each; None where the form does not say what it showed."""
    try:
        before = {json.dumps(value): (str(text), str(standing)) for text, value, standing in json.loads(seen)}
    except (ValueError, TypeError):
        return None
    now = {json.dumps(option.value): option for option in item.options}
    told = [f"“{text}” is no longer said" for key, (text, _) in before.items() if key not in now]
    for key, option in now.items():
        standing = _standing(option.open)
        if key not in before:
            told.append(f"“{option.text}” came in ({option.outlets})")
        elif before[key][1] != standing:
            by = f" by {item.open.decided_by}" if standing == "decided" and item.open.decided_by else ""
            told.append(f"“{option.text}” was {before[key][1]} and is now {standing}{by}")
    return told


def load_item(record: UUID, field: str) -> Item | None:
    """A field with its values; None where the register knows no such record or nothing was ever said of the field."""
    head = SettledField.objects.filter(record=record, field=field).select_related("record", "settlement").first()
    spec = kind_spec(head.record.kind) if head is not None else None
    if head is None or spec is None or field not in spec.by_name:
        return None
    row: Any = with_links(spec.model).get(pk=record)
    opened = open_records([record], [field])[record][field]
    candidates = candidates_of([record]).get(record, {})
    settled = dict(SettledField.objects.filter(record=record).values_list("field", "settlement__value"))
    pairs = [(field, value.value) for value in opened.values]
    if field == EXISTS:
        pairs += [(name, value) for name, value in settled.items() if not isinstance(value, list)]
    names = Names.of(spec.kind, [*pairs, *_elements(field, settled.get(field))])
    return Item(
        record=row,
        parent=getattr(row, spec.parent) if spec.parent else None,
        spec=spec,
        field=spec.by_name[field],
        head=head,
        open=opened,
        options=_options(spec, field, opened, candidates, names),
        details=_details(spec, settled, names) if field == EXISTS else [],
        taken="" if opened.value is None else _text(spec, field, opened.value, names),
    )


def _elements(field: str, value: Value) -> list[tuple[str, Value]]:
    return [(field, element) for element in (value if isinstance(value, list) else [value])]


def _details(spec: KindSpec, settled: Mapping[str, Value], names: Names) -> list[tuple[str, str]]:
    return [
        (shape.spec.label, written(spec.kind, name, settled[name], names))
        for name, shape in shapes(spec.kind).items()
        if settled.get(name) not in (None, [])
    ]


def _text(spec: KindSpec, field: str, value: Value, names: Names) -> str:
    return "yes" if field == EXISTS else written(spec.kind, field, value, names)


def _options(
    spec: KindSpec, field: str, opened: OpenField, candidates: Mapping[str, Sequence[Candidate]], names: Names
) -> list[Option]:
    by_value = {json.dumps(candidate.value): candidate for candidate in candidates.get(field, ())}
    fresh = news(spec.by_name[field], candidates.get(field, ()), settings.PUBLICATION_THRESHOLD)
    found: list[Option] = []
    for value in opened.values:
        candidate = by_value.get(json.dumps(value.value))
        if candidate is None:
            continue
        text = _text(spec, field, value.value, names)
        effects = [_effect(spec, field, opened, candidates, candidate, take, text, names) for take in (True, False)]
        found.append(Option(len(found) + 1, text, _word(opened, value), value, candidate, candidate in fresh, *effects))
    return found


def _word(opened: OpenField, value: OpenValue) -> str:
    if value.rejected:
        return "rejected"
    if value.accepted:
        return "stated" if any(quote.basis == "editor" for quote in value.quotes) else "accepted"
    if value.leads:
        return "shown now, contested" if opened.contested else "shown now"
    return "rival" if opened.contested else "not shown"


def _effect(
    spec: KindSpec,
    field: str,
    opened: OpenField,
    candidates: Mapping[str, Sequence[Candidate]],
    candidate: Candidate,
    accepting: bool,
    text: str,
    names: Names,
) -> str:
    """What accepting or rejecting a value would do, worked out by settling on trial."""
    after = _tried(spec, field, candidates, candidate, accepting)
    count = len(opened.values[0].quotes) if field == EXISTS else _claims(opened, candidate)
    claims = f"{count} claim{'s' if count != 1 else ''}"
    if field == EXISTS:
        if accepting:
            return "It is shown, whatever later articles say."
        falls = "falls" if count == 1 else "fall"
        return f"No longer shown, with all that is part of it: {claims} {falls}, and so do those to come."
    then = "nothing" if after.value is None else _text(spec, field, after.value, names)
    now = "nothing" if opened.value is None else _text(spec, field, opened.value, names)
    settles = " The field is no longer contested." if opened.contested and not after.contested else ""
    if accepting:
        if spec.by_name[field].combine is Combine.MANY or after.value == opened.value:
            return f"{text} is shown, whatever later articles say.{settles}"
        return f"{then} is shown in place of {now}, whatever later articles say.{settles}"
    follows = f"Still shown: {then}." if after.value == opened.value else f"Shown then: {then}."
    return f"{text} is out, with {claims} and whatever repeats it. {follows}{settles}"


def _claims(opened: OpenField, candidate: Candidate) -> int:
    return next((len(value.quotes) for value in opened.values if value.value == candidate.value), 0)


def _tried(
    spec: KindSpec,
    field: str,
    candidates: Mapping[str, Sequence[Candidate]],
    candidate: Candidate,
    accepting: bool,
) -> Settled:
    now = timezone.now()
    tried = (
        replace(candidate, accepted_at=now, rejected=False, rejected_at=None)
        if accepting
        else replace(candidate, rejected=True, rejected_at=now, accepted_at=None)
    )
    options = [tried if other is candidate else other for other in candidates[field]]
    return settle_fields(spec, {**candidates, field: options}, settings.PUBLICATION_THRESHOLD)[field]


@dataclass(frozen=True)
class Line:
    """An item as one line of a list: what it is about and what is settled."""

    head: SettledField
    record: Any
    parent: Any
    label: str
    text: str
    rivals: list[str]


def lines(heads: Sequence[SettledField]) -> list[Line]:
    """The lines of these fields, in their order; the number of queries grows with the kinds, not with the fields."""
    by_kind: dict[str, list[SettledField]] = defaultdict(list)
    for head in heads:
        by_kind[head.record.kind].append(head)
    candidates = candidates_of([head.record_id for head in heads]) if heads else {}
    found: dict[int, Line] = {}
    for kind, members in by_kind.items():
        spec = kind_spec(kind)
        rows = with_links(spec.model).in_bulk([head.record_id for head in members])
        others = {head.pk: _others(head, candidates.get(head.record_id, {}).get(head.field, ())) for head in members}
        pairs = [pair for head in members for pair in _elements(head.field, head.settlement.value)]
        pairs += [(head.field, value) for head in members for value in others[head.pk]]
        names = Names.of(kind, pairs)
        for head in members:
            row: Any = rows[head.record_id]
            value = head.settlement.value
            about = head.field != EXISTS and spec.by_name.get(head.field)
            found[head.pk] = Line(
                head,
                row,
                getattr(row, spec.parent) if spec.parent else None,
                about.label if about else RecordKind(kind).label.capitalize(),
                "" if value is None else _text(spec, head.field, value, names),
                [_text(spec, head.field, other, names) for other in others[head.pk]],
            )
    return [found[head.pk] for head in heads]


def _others(head: SettledField, candidates: Sequence[Candidate]) -> list[Value]:
    """Values beside the settled one: those that stand, and rejected ones that came in again; the best first."""
    settled = [value for _, value in _elements(head.field, head.settlement.value)]
    fresh = news(kind_spec(head.record.kind).by_name[head.field], candidates, settings.PUBLICATION_THRESHOLD)
    found = [c for c in candidates if c.value not in settled and (not c.rejected or c in fresh)]
    return [c.value for c in sorted(found, key=lambda c: (-c.support, repr(c.value)))]
