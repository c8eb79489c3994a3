"""Turns a model's answer about a part of an article into facts; what the text does not show is dropped and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from extraction.facts import Anchor, ContactGroup, Evidence, Facts, Meeting, Official, Package, Value
from extraction.llm import values
from extraction.llm.prompt import Part
from extraction.llm.schema import SECTIONS
from extraction.llm.values import Span, Words
from extraction.money import Money
from extraction.reading import Reading

# What a grounded value of a model counts. No model has been measured for this register, so it is a cautious prior:
# enough to fill what the rules left open, too little to overrule a value that they are sure of.
CONFIDENCE = 0.8
RULE = "llm"
# More of anything than one part of an article can state.
MAX_ITEMS = 60
_ATTEMPTS = 50

Dropped = Counter[str]
Shown = tuple[Value, Span]
Check = Callable[[Span, object], Shown | None]


class AnswerFault(ValueError):
    """An answer that is no object of facts; the message says why, in words that hold nothing of the answer."""


def parse_answer(text: str) -> dict[str, Any]:
    """The first JSON object with a section of facts in an answer, whatever stands around it. Raises AnswerFault."""
    decoder = json.JSONDecoder()
    position = text.find("{")
    seen = False
    for _ in range(_ATTEMPTS):
        if position < 0:
            break
        try:
            found, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            seen = True
            if any(isinstance(found.get(section), list) for section in SECTIONS):
                return dict(found)
        position = text.find("{", end)
    raise AnswerFault(
        "answered with JSON that is no list of facts" if seen else "answered with something else than JSON"
    )


def read_answer(reading: Reading, part: Part, answer: dict[str, Any]) -> tuple[Facts, Dropped]:
    """The facts of an answer that the part shows, and how many values of which field it does not."""
    reader = _AnswerReader(reading, part)
    facts = Facts(
        "en",
        True,
        contact_groups=tuple(reader.items(answer, "contact_groups", reader.contact_group)),
        meetings=tuple(reader.items(answer, "meetings", reader.meeting)),
        officials=tuple(reader.items(answer, "officials", reader.official)),
        packages=tuple(reader.items(answer, "packages", reader.package)),
    )
    return facts, reader.dropped


class _Item:
    """One item of an answer, and the evidence of what the text shows of it."""

    def __init__(self, reader: _AnswerReader, section: str, raw: dict[str, Any]) -> None:
        self.reading, self.words, self.dropped = reader.reading, reader.words, reader.dropped
        self.section, self.raw = section, raw
        self.evidence: list[Evidence] = []
        self.head: Span = (0, 0)

    def head_of(self, field: str, check: Check) -> Any:
        """The value that the item stands or falls with; other quotes are looked for near to it."""
        value, quote = _parts(self.raw.get(field))
        for span in self.words.spans(quote):
            found = check(span, value)
            if found is not None:
                self.head = found[1]
                self.show(field, *found)
                return found[0]
        return None

    def value(self, field: str, check: Check) -> Any:
        """A single value, None where there is none or the text does not show it."""
        raw = self.raw.get(field)
        return None if raw is None else self._checked(field, raw, check)

    def values(self, field: str, check: Check) -> tuple[Any, ...]:
        """The elements of a list that the text shows, each once."""
        raw = self.raw.get(field)
        if raw is None:
            return ()
        if not isinstance(raw, list):
            self.drop(field)
            return ()
        if len(raw) > MAX_ITEMS:
            self.drop(field, len(raw) - MAX_ITEMS)
        shown = [self._checked(field, element, check) for element in raw[:MAX_ITEMS]]
        return tuple(dict.fromkeys(value for value in shown if value is not None))

    def _checked(self, field: str, raw: object, check: Check) -> Any:
        value, quote = _parts(raw)
        span = self.words.nearest(quote, self.head[0])
        found = check(span, value) if span is not None else None
        if found is None:
            self.drop(field)
            return None
        # The first of two equal elements shows it.
        if all((e.field, e.value) != (field, found[0]) for e in self.evidence):
            self.show(field, *found)
        return found[0]

    def show(self, field: str, value: Value, span: Span) -> None:
        self.evidence.append(self.reading.document.evidence(field, value, *span, CONFIDENCE, RULE))

    def drop(self, field: str, number: int = 1) -> None:
        self.dropped[f"{self.section}.{field}"] += number

    @property
    def anchor(self) -> Anchor:
        return self.reading.document.anchor(*self.head)

    # The checks that several fields share

    def literal(self, span: Span, value: object) -> Shown | None:
        return values.literal(self.words, span, value)

    def person(self, span: Span, value: object) -> Shown | None:
        return values.person(self.words, span, value)

    def party(self, span: Span, value: object) -> Shown | None:
        return values.party(self.reading, self.words, span, value)

    def count(self, span: Span, value: object) -> Shown | None:
        return values.count(self.reading, span, value)

    def known(self, kind: str) -> Check:
        return lambda span, value: values.known(self.reading, self.words, span, value, kind)

    def date(self, status: str | None) -> Check:
        return lambda span, value: values.date(self.reading, span, value, status)


def _parts(raw: object) -> tuple[object, object]:
    return (raw.get("value"), raw.get("quote")) if isinstance(raw, dict) else (None, None)


def _later(starts: str | None, ends: values.Shown | None) -> values.Shown | None:
    """The last day of a meeting; one of a single day has none."""
    return ends if starts is not None and ends is not None and ends[0] > starts else None


class _AnswerReader:
    """One answer's reading; `dropped` counts by section and field."""

    def __init__(self, reading: Reading, part: Part) -> None:
        self.reading = reading
        self.words = Words(reading, part)
        self.dropped: Dropped = Counter()

    def items(self, answer: dict[str, Any], section: str, read: Callable[[_Item], Any]) -> tuple[Any, ...]:
        """The items of a section whose head the text shows."""
        given = answer.get(section)
        if given is None:
            return ()
        if not isinstance(given, list):
            self.dropped[section] += 1
            return ()
        shown = [read(_Item(self, section, raw)) for raw in given[:MAX_ITEMS] if isinstance(raw, dict)]
        found = tuple(item for item in shown if item is not None)
        if len(found) < len(given):
            self.dropped[section] += len(given) - len(found)
        return found

    def contact_group(self, item: _Item) -> ContactGroup | None:
        name = item.head_of("name", item.literal)
        if name is None:
            return None
        members = item.value("member_count", item.count)
        return ContactGroup(name, members, (), None, item.anchor, tuple(item.evidence))

    def meeting(self, item: _Item) -> Meeting | None:
        reading, words = self.reading, self.words
        label = item.head_of("mention", item.literal)
        if label is None:
            return None
        item.evidence[0] = replace(item.evidence[0], field="label")
        # The tense that the model read decides between two Wednesdays before its own words are looked at.
        said = _parts(item.raw.get("status"))[0]
        tense = said if isinstance(said, str) else None
        starts = item.value("starts", item.date(tense))
        ends = item.value(
            "ends", lambda span, value: _later(starts, values.date(reading, span, value, tense, end=True))
        )
        status = item.value("status", lambda span, value: values.meeting_status(reading, span, value, starts))
        return Meeting(
            label=label,
            contact_group=item.value("contact_group", item.literal),
            ordinal=item.value("ordinal", lambda span, value: values.ordinal(reading, span, value)),
            starts=starts,
            ends=ends,
            place=item.value("place", lambda span, value: values.place(reading, words, span, value)),
            country=item.value("country", lambda span, value: values.country(reading, span, value)),
            venue=item.value("venue", item.literal),
            status=status or "held",
            chairs=item.values("chairs", item.party),
            participants=item.values("participants", item.party),
            nation_count=item.value("nation_count", item.count),
            nation_count_qualifier=None,
            topics=item.values("topics", item.known("topic")),
            level=None,
            mode=item.value("mode", lambda span, value: values.mode(reading, span, value)),
            coordinated_with=(),
            officials_present=item.values("officials_present", item.person),
            anchor=item.anchor,
            evidence=tuple(item.evidence),
        )

    def official(self, item: _Item) -> Official | None:
        name = item.head_of("name", item.person)
        if name is None:
            return None
        title = item.value("title", item.literal)
        affiliation = item.value("affiliation", item.party)
        quoted = item.value("quoted", lambda span, value: values.quotation(self.reading, span, value))
        return Official(name, title, affiliation, bool(quoted), (), item.anchor, tuple(item.evidence))

    def package(self, item: _Item) -> Package | None:
        sums: list[Money] = []

        def amount(span: Span, value: object) -> Shown | None:
            money = values.money(self.reading, span, value)
            if money is None:
                return None
            sums.append(money)
            return money.amount, (money.start, money.end)

        if item.head_of("amount", amount) is None:
            return None
        [money] = sums
        donor = item.value("donor", item.party)
        currency = values.currency(money, item.raw.get("currency"), donor)
        if currency is None:
            item.drop("currency")
            currency = money.currency
        item.show("currency", currency, item.head)
        if money.qualifier is not None:
            before = max(self.reading.document.sentence_at(money.start).start, money.start - 24)
            item.show("qualifier", money.qualifier, (before, money.start))
        return Package(
            amount=money.amount,
            currency=currency,
            qualifier=money.qualifier,
            programme=item.value("programme", item.known("programme")),
            donor=donor,
            recipients=item.values("recipients", item.party),
            shares=(),
            announced=item.value("announced", item.date("held")),
            status=item.value("status", lambda span, value: values.stage(self.reading, span, value)),
            contents=item.values("contents", item.known("capability")),
            part_of=None,
            meeting=None,
            anchor=item.anchor,
            evidence=tuple(item.evidence),
        )
