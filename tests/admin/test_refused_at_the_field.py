"""What no record can hold is refused at its field with the reason, at every door, and nothing is written.

Every constraint on a record's columns meets every field that an editor can set and that it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from browsing import filled, page_of
from django.db.models import CheckConstraint, F, Q
from django.urls import reverse
from factories import group, published

from evidence.choices import Decision, RecordKind
from evidence.editing.shapes import Form, shapes
from evidence.fields import kind_spec
from evidence.models import Claim, Judgement, Record, Verdict
from evidence.services import create_record, decide, state_value

pytestmark = pytest.mark.usefixtures("reference_db")


@dataclass(frozen=True)
class Case:
    """A record with these values; `typed` into a field, by the inputs that it has, breaks these rules.

    `given_up`: what the field held before an editor rejected it, where it may not hold anything beside `values`.
    """

    rules: tuple[str, ...]
    kind: str
    values: dict[str, Any]
    name: str
    typed: dict[str, str]
    reason: str
    given_up: Any = None
    doors: tuple[str, ...] = ("form", "queue", "contested", "many")

    def __str__(self) -> str:
        return f"{self.rules[0]}-{self.name}-{'-'.join(self.typed.values())}"


ORDER = "cannot stand together"
ONE = "Only one of nation and body can be given"
SELF = "That would make a circle"
LEAST = "greater than or equal to"
PERIOD = {"nation": "DE", "since": "2024-02", "until": "2025"}
HELD_POST = {"title": "Minister", "held_from": "2023", "held_to": "2024"}
OWN = {"": "self"}
MANY = "18 neighbours"
MEETING = {"ordinal": 1, "starts": "2024-05-06", "ends": "2024-05-07"}
MONEY = {"number": "900", "currency": "SEK"}
CASES = [
    Case(
        ("group_not_its_own_parent",), "contact_group", {"name": "A", "parent": "another"}, "parent", {"": "self"}, SELF
    ),
    Case(("meeting_ends_after_it_starts",), "meeting", MEETING, "ends", {"": "2024-05-05"}, ORDER),
    Case(("meeting_ends_after_it_starts",), "meeting", MEETING, "starts", {"": "2024-06"}, ORDER),
    Case(("meeting_ends_after_it_starts",), "meeting", {"ordinal": 1}, "ends", {"": "2024-05-05"}, ORDER, "2024-05-04"),
    Case(("meeting_ordinal",), "meeting", MEETING, "ordinal", {"": "0"}, f"{LEAST} 1"),
    Case(
        ("membership_until_after_since",),
        "membership",
        {"nation": "DE", "since": "2024-02", "until": "2025"},
        "until",
        {"": "2023"},
        ORDER,
    ),
    Case(
        ("membership_until_after_since",),
        "membership",
        {"nation": "DE", "since": "2024-02", "until": "2025"},
        "since",
        {"": "2026-01"},
        ORDER,
    ),
    Case(
        ("post_ends_after_it_starts",),
        "post",
        {"title": "Minister", "held_from": "2023", "held_to": "2024"},
        "held_to",
        {"": "2022-12-31"},
        ORDER,
    ),
    Case(
        ("post_ends_after_it_starts",),
        "post",
        {"title": "Minister", "held_from": "2023", "held_to": "2024"},
        "held_from",
        {"": "2025"},
        ORDER,
    ),
    *(
        Case((f"{kind}_one_party",), kind, {other: known}, name, {"": typed}, ONE, given_up)
        for kind in ("membership", "attendance", "contribution", "allocation")
        for name, typed, given_up, other, known in (
            ("nation", "PL", "UA", "organisation", "a body"),
            ("organisation", "a body", "a body", "nation", "DE"),
        )
    ),
    Case(
        ("package_amount_has_currency",),
        "package",
        {"amount": MONEY},
        "amount",
        {"_0": "", "_1": "5", "_2": ""},
        "no ISO 4217 code",
    ),
    Case(
        ("package_amount_has_currency",),
        "package",
        {"amount": MONEY},
        "amount",
        {"_0": "EUR", "_1": "0", "_2": ""},
        "no sum of money",
    ),
    Case(
        ("package_one_programme",),
        "package",
        {"amount": MONEY, "programme": "FMF"},
        "programme",
        {"_0": "fmf", "_1": "Loan"},
        "not both",
        doors=("form", "many"),
    ),
    *(
        Case((f"package_not_{name}_itself",), "package", {"amount": MONEY, name: "another"}, name, OWN, SELF)
        for name in ("part_of", "restates", "supersedes")
    ),
    *(
        Case((f"{kind}_fraction",), kind, {"nation": "DE", "fraction": "0.5"}, "fraction", {"": typed}, reason)
        for kind in ("contribution", "allocation")
        for typed, reason in (("1.1", "1.1 is no part of a whole"), ("-0.1", f"{LEAST} 0"))
    ),
    *(
        Case(
            (f"{kind}_amount",),
            kind,
            {"nation": "DE", "amount": "5"},
            "amount",
            {"": "-1"},
            f"{LEAST} 0",
        )
        for kind in ("contribution", "allocation")
    ),
    Case(
        ("allocation_basis_of_a_share",),
        "allocation",
        {"nation": "DE"},
        "basis",
        {"": "equal_split_assumed"},
        ORDER,
        "stated",
    ),
    Case(
        ("allocation_named_or_described",),
        "allocation",
        {"described": MANY},
        "nation",
        {"": "PL"},
        ORDER,
        "UA",
    ),
    Case(
        ("allocation_named_or_described",),
        "allocation",
        {"described": MANY},
        "organisation",
        {"": "a body"},
        ORDER,
        "a body",
    ),
    Case(
        ("allocation_named_or_described",),
        "allocation",
        {"nation": "DE"},
        "described",
        {"": MANY},
        ORDER,
        "19",
    ),
]

# Days: both columns follow from what is typed, which is a day, month or year that there is.
BASES = {
    "contact_group": {"name": "A"},
    "membership": {"nation": "DE"},
    "meeting": {"ordinal": 1, "starts": "2024-05-06"},
    "post": {"title": "Minister"},
    "package": {"amount": MONEY},
    "statement": {"quote": "We need more shells"},
}
CASES += [
    Case(
        tuple(f"{kind.removeprefix('contact_')}_{name}_{rule}" for rule in ("paired", "first")),
        kind,
        {**values, name: "2024-05-06"},
        name,
        {"": "2024-02-30"},
        "",
    )
    for kind, values in BASES.items()
    for name, shape in shapes(kind).items()
    if shape.form is Form.DATE
]
# What no input can break: a hedge without a number is no value, a share never lacks what its basis needs, and the days
# of citations are gathered in pairs.
HELD = {
    ("meeting_qualifier_of_a_count", "nation_count"),
    ("allocation_basis_of_a_share", "fraction"),
    ("allocation_basis_of_a_share", "amount"),
    ("post_cited_paired", "cited_on"),
}


def named(condition: Any) -> set[str]:
    """The columns that a condition speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in named(child)}
    lookup, value = condition
    return {lookup.partition("__")[0]} | ({value.name} if isinstance(value, F) else set())


def test_every_constraint_is_tried_at_every_field_that_it_speaks_of():
    spoken = {
        (rule.name, name)
        for kind in RecordKind
        for rule in kind_spec(kind).model._meta.constraints
        if isinstance(rule, CheckConstraint)
        for name, shape in shapes(kind).items()
        if named(rule.condition) & {column.name for column in shape.columns.values()}
    }
    tried = {(rule, case.name) for case in CASES for rule in case.rules}
    assert spoken == tried | HELD
    assert not tried & HELD


def whole_of(kind: str, by: Any) -> Any:
    match kind_spec(kind).parent:
        case "package":
            return create_record(kind=RecordKind.PACKAGE, values={"amount": MONEY}, by=by)
        case "official":
            return create_record(kind=RecordKind.OFFICIAL, values={"name": "Bill LaPlante"}, by=by)
        case "meeting":
            return create_record(kind=RecordKind.MEETING, values={"ordinal": 9}, by=by)
        case "group":
            return group(by, "Coalition of Three")
    return None


@pytest.fixture
def prepared(chief):
    def make(case: Case) -> tuple[Any, dict[str, str]]:
        """The record, and what is typed with what it names."""
        known = {}
        if "a body" in (case.given_up, *case.values.values(), *case.typed.values()):
            known["a body"] = str(create_record(kind=RecordKind.ORGANISATION, values={"name": "Some Fund"}, by=chief))
        if "another" in case.values.values():
            other = {**case.values, "name": "B"} if case.kind == RecordKind.CONTACT_GROUP else {"amount": MONEY}
            other.pop(case.name, None)
            known["another"] = str(create_record(kind=case.kind, values=other, by=chief))
        values = {
            name: known.get(value, value) if isinstance(value, str) else value for name, value in case.values.items()
        }
        first = values if case.given_up is None else {case.name: known.get(case.given_up, case.given_up)}
        pk = create_record(kind=case.kind, values=first, by=chief, parent=whole_of(case.kind, chief))
        row = kind_spec(case.kind).model.objects.get(pk=pk)
        if case.given_up is not None:
            claim = Claim.objects.get(mention=pk, field=case.name)
            decide(claim=claim, decision=Decision.REJECT, by=chief)
            for name, value in values.items():
                state_value(record=row, field=name, value=value, by=chief)
        known["self"] = str(pk)
        row.refresh_from_db()
        return row, {suffix: known.get(text, text) for suffix, text in case.typed.items()}

    return make


def at(door: str, client, row, name: str, typed: dict[str, str]) -> list[str]:
    """Send what is typed through one of the desk's doors; returns what is said at the field."""
    if door == "form":
        url = page_of(row)
        sent = {f"{name}{suffix}": text for suffix, text in typed.items()}
        return client.post(url, filled(client, url, **sent)).context["adminform"].form.errors.get(name, [])
    if door == "many":
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
        sent = {f"to_{name}{suffix}": text for suffix, text in typed.items()}
        chosen = {"_selected_action": [str(row.pk)], "seen": [f"{row.pk}:{row.version}"]}
        page = client.post(url, {"action": "edit_many", "field": name, "why": "so", "confirm": "1", **chosen, **sent})
        return page.context["form"].errors.get(f"to_{name}", [])
    url = reverse(f"admin:desk_{door}_item", args=[row.pk, name])
    shown = client.get(url).context
    sent = {
        "seen": shown["item"].seen,
        "place": shown["place"],
        "kind": "",
        "why": "",
        "citation_publisher": "The Ministry",
    }
    do = "state" if door == "contested" else "correct"
    page = client.post(url, {**sent, "do": do, **{f"value{suffix}": text for suffix, text in typed.items()}})
    return page.context["form"].errors.get("value", [])


# What only the record as a whole cannot hold at one door, in turn; everything at every door in the long run.
TURNS = [(case, case.doors[n % len(case.doors)]) for n, case in enumerate(CASES) if case.reason in (ORDER, ONE, SELF)]


@pytest.mark.parametrize(
    ("case", "doors"),
    [
        *(pytest.param(case, [door], id=f"{case}-{door}") for case, door in TURNS),
        *(pytest.param(case, case.doors, id=str(case), marks=pytest.mark.long) for case in CASES),
    ],
)
def test_what_a_record_cannot_hold_is_refused_at_its_field(desk, prepared, case, doors):
    row, typed = prepared(case)

    def written() -> list[int]:
        return [model.objects.count() for model in (Claim, Verdict, Judgement)]

    before = written()
    for door in doors:
        said = at(door, desk, row, case.name, typed)
        assert said, door
        assert case.reason in " ".join(said), door
    assert written() == before
    assert Record.objects.get(pk=row.pk).version == row.version


@pytest.mark.parametrize("door", ["queue", "contested", "drift", "record"])
def test_a_value_of_an_article_is_not_accepted_where_it_cannot_stand(desk, chief, plain_reader, door):
    line = "MEETING contact_group=Ukraine Defense Contact Group; ordinal=17; starts=2023-11-22"
    published(f"{line}; ends=2023-11-23", name="a")
    row = kind_spec(RecordKind.MEETING).model.objects.get(ordinal=17)
    state_value(record=row, field="starts", value="2023-11-22", by=chief)
    state_value(record=row, field="ends", value="2023-11-24", by=chief)
    published(f"{line}; ends=2023-11-21", name="b")
    claim = Claim.objects.get(field="ends", value="2023-11-21")
    before = Verdict.objects.count()
    if door == "record":
        page = desk.post(page_of(row, "decide"), {"do": f"accept:{claim.pk}"}, follow=True)
        said = " ".join(map(str, page.context["messages"]))
    else:
        url = reverse(f"admin:desk_{door}_item", args=[row.pk, "ends"])
        shown = desk.get(url).context
        option = next(option for option in shown["item"].options if option.value == "2023-11-21")
        sent = {"seen": shown["item"].seen, "place": shown["place"], "kind": "", "why": ""}
        do = {"queue": "accept", "contested": f"accept:{option.number}", "drift": f"take:{option.number}"}[door]
        page = desk.post(url, {**sent, "do": do, "choice": option.key})
        said = " ".join(page.context["form"].non_field_errors())
    assert "ast day 2023-11-21: These values cannot stand together: meeting ends after it starts" in said
    assert Verdict.objects.count() == before
