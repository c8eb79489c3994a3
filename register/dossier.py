"""What stands behind the values of a page: opened fields, their values put into words, and how well all is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model

from evidence.choices import RecordKind
from evidence.fields import EXISTS, kind_spec
from evidence.models import Record
from evidence.opening import OpenField, Quote, open_records
from evidence.partial_dates import SHAPE, PartialDate
from funding.models import Package
from meetings.models import Meeting
from people.models import Nation
from register.wording import day_words, money_words, number_words, qualified, share_words

# As many quotes as a panel shows before the rest has to be asked for.
FIRST_QUOTES = 3


@dataclass(frozen=True)
class ShownValue:
    """One value of a field in words, with its quotes: the first few, and the rest."""

    text: str
    leads: bool
    rejected: bool
    stories: int
    quotes: list[Quote]

    @property
    def first(self) -> list[Quote]:
        return self.quotes[:FIRST_QUOTES]

    @property
    def rest(self) -> list[Quote]:
        return self.quotes[FIRST_QUOTES:]


@dataclass(frozen=True)
class ShownField:
    """One field as its panel shows it. `mark` is `decided`, `contested` or `machine`."""

    field: OpenField
    values: list[ShownValue]

    @property
    def mark(self) -> str:
        return self.field.mark

    @property
    def stories(self) -> int:
        return self.field.stories

    @property
    def several(self) -> bool:
        """Does any value stand beside the settled one?"""
        return len(self.values) > 1

    @property
    def ranked(self) -> bool:
        """Does one value lead others? Not where all of a set of names stand side by side."""
        return not all(value.leads for value in self.values)

    @property
    def spoken(self) -> str:
        return spoken_mark(self.stories, self.mark)


@dataclass(frozen=True)
class ShownRow:
    """A record that is one row of a table: all its fields behind one sign."""

    fields: list[ShownField]

    @property
    def stories(self) -> int:
        return max((field.stories for field in self.fields), default=0)

    @property
    def mark(self) -> str:
        marks = {field.mark for field in self.fields}
        if "contested" in marks:
            return "contested"
        return "decided" if marks == {"decided"} else "machine"

    @property
    def contested(self) -> list[str]:
        return [field.field.label for field in self.fields if field.mark == "contested"]

    @property
    def spoken(self) -> str:
        return spoken_mark(self.stories, self.mark)


@dataclass(frozen=True)
class Standing:
    """How well a page is known: its articles, stories, and values by who stands behind them."""

    articles: int
    stories: int
    cited: int
    decided: int
    contested: int
    machine: int

    @property
    def values(self) -> int:
        return self.decided + self.contested + self.machine


def spoken_mark(stories: int, mark: str) -> str:
    """What a sign says to those who hear the page."""
    words = {
        "decided": "decided by an editor",
        "contested": "contested",
        "machine": "not yet reviewed",
    }
    return f"{stories} {'story' if stories == 1 else 'stories'}, {words[mark]}"


class Dossier:
    """The evidence of a page's records, fetched together: the number of queries does not grow with their number."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.kinds = {record.pk: record.kind for record in records}
        self.opened = open_records(self.kinds)
        self.names = Names()
        for pk, fields in self.opened.items():
            for opened in fields.values():
                for value in opened.values:
                    self.names.want(self.kinds[pk], opened.name, value.value)
        self.names.fetch()

    def field(self, record: Record, name: str) -> ShownField | None:
        opened = self.opened.get(record.pk, {}).get(name)
        return self._shown(record.kind, opened) if opened is not None else None

    def row(self, record: Record) -> ShownRow:
        """Every field of a record that a source speaks of; that it exists only where nothing more is said."""
        opened = self.opened.get(record.pk, {})
        told = [f for name, f in opened.items() if name != EXISTS and f.values] or list(opened.values())
        return ShownRow([self._shown(record.kind, field) for field in told])

    def standing(self) -> Standing:
        articles, stories, cited, marks = set(), set(), set(), []
        for fields in self.opened.values():
            for opened in fields.values():
                if opened.name != EXISTS and opened.value not in (None, []):
                    marks.append(opened.mark)
                for value in opened.values:
                    articles |= {quote.article for quote in value.quotes if quote.article}
                    stories |= {quote.story for quote in value.quotes if quote.article}
                    cited |= {quote.story for quote in value.quotes if quote.basis == "citation"}
        return Standing(
            articles=len(articles),
            stories=len(stories),
            cited=len(cited),
            decided=marks.count("decided"),
            contested=marks.count("contested"),
            machine=marks.count("machine"),
        )

    def sources(self) -> list[list[Quote]]:
        """The articles quoted, one quote each, those of one story together; citations are not articles."""
        found: dict[str, dict[int, Quote]] = defaultdict(dict)
        for fields in self.opened.values():
            for opened in fields.values():
                for value in opened.values:
                    for quote in value.quotes:
                        if quote.article:
                            found[quote.story].setdefault(quote.article, quote)
        stories = [list(articles.values()) for articles in found.values()]
        return sorted(stories, key=lambda story: (-len(story), str(story[0].said_on or ""), story[0].article))

    def cited(self) -> list[Quote]:
        """The pages that imports and editors cite, one quote each, by publisher and day."""
        found: dict[tuple[str, str], Quote] = {}
        for fields in self.opened.values():
            for opened in fields.values():
                for value in opened.values:
                    for quote in value.quotes:
                        if not quote.article and quote.outlet:
                            found.setdefault((quote.outlet, quote.url), quote)
        return sorted(found.values(), key=lambda quote: (quote.outlet.casefold(), quote.date_text, quote.url))

    def _shown(self, kind: str, opened: OpenField) -> ShownField:
        values = [
            ShownValue(
                text=self.names.text(kind, opened.name, value.value),
                leads=value.leads,
                rejected=value.rejected,
                stories=value.stories,
                quotes=value.quotes,
            )
            for value in opened.values
        ]
        return ShownField(opened, values)


class Names:
    """Puts claimed values into words, looking up the names of what they point at: one query a model."""

    def __init__(self) -> None:
        self.wanted: dict[type[Model], set[Any]] = defaultdict(set)
        self.found: dict[type[Model], dict[Any, Model]] = {}

    def want(self, kind: str, field: str, value: Any) -> None:
        model = _points_at(kind, field)
        if model is not None and value is not None:
            for each in value if isinstance(value, list) else [value]:
                self.wanted[model].add(UUID(each) if issubclass(model, Record) else each)

    def fetch(self) -> None:
        for model, keys in self.wanted.items():
            rows = model._default_manager.all()
            if model is Meeting:
                rows = rows.select_related("group")
            self.found[model] = rows.in_bulk(keys)

    def text(self, kind: str, field: str, value: Any) -> str:
        """A claimed value as a reader sees it; `nothing stated` for none."""
        if value is None or value == []:
            return "nothing stated"
        if isinstance(value, list):
            return ", ".join(self.text(kind, field, each) for each in value)
        model = _points_at(kind, field)
        if model is not None:
            found = self.found.get(model, {}).get(UUID(value) if issubclass(model, Record) else value)
            if isinstance(found, Package):
                return money_words(found.amount, found.currency, found.qualifier)
            return str(found) if found is not None else str(value)
        return _plain_text(kind, field, value)


def _column(kind: str, field: str) -> Field | None:
    try:
        return kind_spec(kind).model._meta.get_field(field)
    except FieldDoesNotExist:
        return None


def _points_at(kind: str, field: str) -> type[Model] | None:
    """The model of which a field's values are keys, if they are."""
    if field == "donor":
        return Nation
    spec = kind_spec(kind).by_name.get(field)
    if spec is not None and spec.reference is not None:
        return kind_spec(RecordKind(spec.reference)).model
    column = _column(kind, field)
    # Claims name reference data by code or slug; a town is claimed by its name and only then looked up.
    if isinstance(column, ForeignKey) and column.related_model._meta.pk.get_internal_type() in (
        "CharField",
        "SlugField",
    ):
        return column.related_model
    return None


def _plain_text(kind: str, field: str, value: Any) -> str:
    if value is True:
        return "it exists" if field == EXISTS else "yes"
    if isinstance(value, dict):
        if "currency" in value:
            return money_words(value["number"], value["currency"], value.get("qualifier"))
        return qualified(number_words(value["number"]), value.get("qualifier"))
    if field == "fraction":
        return share_words(value)
    if field == "amount":
        return number_words(value)
    column = _column(kind, field)
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if (
        isinstance(value, str)
        and SHAPE.fullmatch(value)
        and (column is None or column.get_internal_type() == "DateField")
    ):
        return day_words(PartialDate.parse(value))
    return str(value)
