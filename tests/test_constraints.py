"""What the database refuses, whoever writes: each constraint with a row that violates it and one that does not."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from evidence.choices import Decision, Identity, Reason, RunOutcome
from evidence.models import (
    Approval,
    ApprovalRequest,
    Article,
    Band,
    Binding,
    Change,
    ChangeEpoch,
    Claim,
    ImportedRow,
    Judgement,
    Mention,
    Outlet,
    OutletRating,
    Record,
    Run,
    SettledField,
    Settlement,
    Snapshot,
    Verdict,
)
from funding.models import Allocation, Contribution, ExchangeRate, Package, Programme
from ingest.models import FactsImport, Intake
from meetings.models import Attendance, ContactGroup, Meeting, Membership, Place, Statement
from people.models import AllianceMembership, Nation, Official, Organisation, Post

pytestmark = pytest.mark.django_db
APPS = ("evidence", "people", "meetings", "funding", "ingest")
DAY = datetime.date(2025, 2, 12)
FIRST = datetime.date(2025, 2, 1)
EARLIER = datetime.date(2025, 1, 1)
LATER = datetime.date(2026, 2, 1)


class World:
    """One valid row of everything, made when it is first asked for."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], models.Model] = {}

    def get(self, model: type[models.Model]) -> Any:
        if model not in self.rows:
            self.rows[model] = model._default_manager.create(**self.values(model))
        return self.rows[model]

    def values(self, model: type[models.Model]) -> dict[str, Any]:
        return {name: value(self) if callable(value) else value for name, value in VALID[model].items()}


def of(model: type[models.Model]) -> Callable[[World], Any]:
    return lambda world: world.get(model)


USER = get_user_model()
VALID: dict[type[models.Model], dict[str, Any]] = {
    USER: {"username": "somebody"},
    Outlet: {"name": "Paper", "reliability": 0.8},
    OutletRating: {"outlet": of(Outlet), "reliability": 0.5, "by": of(USER), "why": "checked"},
    Article: {"key": "https://news.example/a", "outlet": of(Outlet), "title": "A"},
    Snapshot: {"article": of(Article), "title": "A", "text": "B", "content_sha256": "0" * 64},
    Band: {"article": of(Article), "position": 0, "digest": 5},
    Run: {"snapshot": of(Snapshot), "engine": "rules", "engine_version": "1", "outcome": RunOutcome.READ},
    ImportedRow: {"file": "f.csv", "row_key": "a", "content": {}, "content_sha256": "0" * 64},
    Mention: {"kind": "meeting", "key": "snapshot:1:a", "snapshot": of(Snapshot)},
    Claim: {
        "mention": of(Mention),
        "field": "starts",
        "value": "2025",
        "confidence": 0.9,
        "run": of(Run),
        "snapshot": of(Snapshot),
        "start": 0,
        "end": 1,
        "quote": "A",
    },
    Verdict: {"claim": of(Claim), "decision": Decision.ACCEPT, "by": of(USER)},
    Judgement: {
        "left": of(Mention),
        "right": lambda world: Mention.objects.create(kind="meeting", key="snapshot:1:b", snapshot=world.get(Snapshot)),
        "identity": Identity.SAME,
        "by": of(USER),
    },
    ApprovalRequest: {"mention": of(Mention), "asked_by": of(USER)},
    Approval: {
        "request": of(ApprovalRequest),
        "asked_by": of(USER),
        "by": lambda world: USER._default_manager.create(username="another"),
        "granted": True,
    },
    Record: {"kind": "meeting"},
    Settlement: {
        "record": of(Record),
        "field": "starts",
        "value": "2025",
        "claim": of(Claim),
        "reason": Reason.SUPPORT,
    },
    SettledField: {"record": of(Record), "field": "starts", "settlement": of(Settlement)},
    Change: {"record": of(Record), "action": "create", "version": 2},
    ChangeEpoch: {"origin": "here"},
    Nation: {"iso2": "DE", "iso3": "DEU", "name": "Germany"},
    AllianceMembership: {"nation": of(Nation), "alliance": "NATO", "source_publisher": "NATO"},
    Organisation: {"kind": "organisation", "name": "NATO"},
    Official: {"kind": "official", "name": "A B"},
    Post: {"kind": "post", "title": "Minister"},
    Place: {"name": "Ramstein", "nation": of(Nation)},
    ContactGroup: {"kind": "contact_group", "name": "Group"},
    Membership: {"kind": "membership", "nation": of(Nation)},
    Meeting: {"kind": "meeting", "starts": DAY, "starts_precision": "day"},
    Attendance: {"kind": "attendance", "nation": of(Nation)},
    Statement: {"kind": "statement", "quote": "Yes"},
    Programme: {"slug": "fmf", "name": "Foreign Military Financing"},
    Package: {"kind": "package", "amount": 5, "currency": "USD"},
    Contribution: {"kind": "contribution", "nation": of(Nation), "fraction": "0.5"},
    Allocation: {"kind": "allocation", "nation": of(Nation), "fraction": "0.5", "basis": "stated"},
    ExchangeRate: {"currency": "USD", "day": DAY, "per_euro": "1.1", "source": "ECB"},
    Intake: {"key": "a", "name": "a.json", "payload": b"{}"},
    FactsImport: {"requested_by": of(USER)},
}
BOTH_PARTIES = {"nation": of(Nation), "organisation": of(Organisation)}
EDITORS = {"run": None, "snapshot": None, "start": None, "end": None, "quote": "", "author": of(USER)}

# What makes the valid row above violate the constraint. For a unique constraint: what a second row differs in.
Case = tuple[type[models.Model], dict[str, Any]]
CASES: dict[str, list[Case]] = {
    "outlet_reliability_in_0_1": [(Outlet, {"reliability": 1.1}), (Outlet, {"reliability": -0.1})],
    "rating_reliability_in_0_1": [(OutletRating, {"reliability": 1.1}), (OutletRating, {"reliability": -0.1})],
    "snapshot_once_per_content_and_date": [(Snapshot, {"title": "Another"})],
    "band_once": [(Band, {})],
    "run_once_per_version": [(Run, {}), (Run, {"outcome": RunOutcome.NOT_ENGLISH})],
    "run_error_iff_failed": [(Run, {"error": "died"}), (Run, {"outcome": RunOutcome.FAILED})],
    "run_live_only_if_read": [(Run, {"live": True, "outcome": RunOutcome.FAILED, "error": "died"})],
    "run_live_only_if_not_withdrawn": [(Run, {"live": True, "withdrawn": True})],
    "imported_row_once": [(ImportedRow, {"live": False})],
    "record_reported_paired": [
        (Record, {"first_reported": datetime.date(2022, 9, 9)}),
        (Record, {"first_reported": datetime.date(2022, 9, 9), "last_reported": datetime.date(2022, 9, 8)}),
    ],
    "mention_has_one_source": [
        (Mention, {"snapshot": None}),
        (Mention, {"author": of(USER)}),
        (Mention, {"imported_row": of(ImportedRow)}),
    ],
    "claim_rests_on_one_thing": [
        (Claim, {"author": of(USER)}),
        (Claim, {"imported_row": of(ImportedRow)}),
        (Claim, {"quote": ""}),
        (Claim, {"end": 0}),
        (Claim, {"start": None}),
        (Claim, {"snapshot": None}),
        (Claim, {**EDITORS, "author": None}),
        (Claim, {**EDITORS, "quote": "A"}),
        (Claim, {**EDITORS, "imported_row": of(ImportedRow)}),
        (Claim, {**EDITORS, "author": None, "imported_row": of(ImportedRow), "citation_publisher": ""}),
    ],
    "claim_has_value_or_target": [(Claim, {"value": None}), (Claim, {"target": of(Mention)})],
    "claim_confidence_in_0_1": [(Claim, {"confidence": 1.01}), (Claim, {"confidence": -0.01})],
    "claim_once_per_run": [(Claim, {"confidence": 0.1})],
    "judgement_parts_one_of_its_two": [
        (Judgement, {"parted": of(Mention)}),
        (
            Judgement,
            {
                "identity": Identity.DIFFERENT,
                "parted": lambda world: Mention.objects.create(
                    kind="meeting", key="snapshot:1:c", snapshot=world.get(Snapshot)
                ),
            },
        ),
    ],
    "judgement_ordered_pair": [
        (Judgement, {"right": of(Mention)}),
        (
            Judgement,
            {
                "left": lambda world: Mention.objects.create(
                    kind="meeting", key="snapshot:1:c", snapshot=world.get(Snapshot)
                ),
                "right": of(Mention),
            },
        ),
    ],
    "verdict_undone_by_withdrawal": [(Verdict, {"withdraws": of(Verdict)})],
    "approval_request_of_one_decision": [
        (ApprovalRequest, {"verdict": of(Verdict)}),
        (ApprovalRequest, {"judgement": of(Judgement)}),
        (ApprovalRequest, {"mention": None}),
    ],
    "approval_by_another_person": [(Approval, {"by": of(USER)})],
    "settlement_value_has_claim": [
        (Settlement, {"claim": None}),
        (Settlement, {"value": None}),
        (Settlement, {"reason": Reason.NONE}),
    ],
    "change_epoch_is_one": [(ChangeEpoch, {"single": False})],
    "settled_field_once": [(SettledField, {"stories": 2})],
    "nation_iso2_shape": [(Nation, {"iso2": "de"}), (Nation, {"iso2": "D"})],
    "nation_position": [
        (Nation, {"latitude": 91, "longitude": 0}),
        (Nation, {"latitude": 0, "longitude": 181}),
        (Nation, {"latitude": 50}),
        (Nation, {"longitude": 50}),
    ],
    "alliance_membership_once": [(AllianceMembership, {"source_publisher": "EU"})],
    "alliance_until_after_since": [
        (
            AllianceMembership,
            {"since": DAY, "since_precision": "day", "until": EARLIER, "until_precision": "day"},
        )
    ],
    "post_ends_after_it_starts": [
        (Post, {"held_from": DAY, "held_from_precision": "day", "held_to": EARLIER, "held_to_precision": "day"})
    ],
    "post_cited_paired": [
        (Post, {"first_cited": DAY}),
        (Post, {"last_cited": DAY}),
        (Post, {"first_cited": DAY, "last_cited": EARLIER}),
    ],
    "place_once": [(Place, {"kind": "base"})],
    "place_position": [(Place, {"latitude": -91, "longitude": 0}), (Place, {"latitude": 5})],
    "group_not_its_own_parent": [(ContactGroup, {"id": Record().pk, "parent_id": "itself"})],
    "membership_one_party": [(Membership, BOTH_PARTIES)],
    "membership_until_after_since": [
        (Membership, {"since": DAY, "since_precision": "day", "until": EARLIER, "until_precision": "day"})
    ],
    "meeting_ordinal": [(Meeting, {"ordinal": 0})],
    "meeting_ends_after_it_starts": [
        (Meeting, {"ends": EARLIER, "ends_precision": "day"}),
        (Meeting, {"starts": None, "starts_precision": "", "ends": DAY, "ends_precision": "day"}),
    ],
    "meeting_qualifier_of_a_count": [(Meeting, {"nation_count_qualifier": "about"})],
    "attendance_one_party": [(Attendance, BOTH_PARTIES)],
    "package_amount_has_currency": [
        (Package, {"currency": ""}),
        (Package, {"amount": None}),
        (Package, {"amount": 0}),
        (Package, {"currency": "usd"}),
    ],
    "package_one_programme": [(Package, {"programme": of(Programme), "programme_name": "FMF"})],
    **{
        f"package_not_{link}_itself": [(Package, {"id": Record().pk, f"{link}_id": "itself"})]
        for link in ("part_of", "restates", "supersedes")
    },
    "contribution_one_party": [(Contribution, BOTH_PARTIES)],
    "contribution_fraction": [(Contribution, {"fraction": "1.1"}), (Contribution, {"fraction": "-0.1"})],
    "contribution_amount": [(Contribution, {"amount": -1})],
    "allocation_one_party": [(Allocation, BOTH_PARTIES)],
    "allocation_named_or_described": [(Allocation, {"described": "18 neighbours"})],
    "allocation_basis_of_a_share": [(Allocation, {"fraction": None})],
    "allocation_fraction": [(Allocation, {"fraction": "1.1"}), (Allocation, {"fraction": "-0.1"})],
    "allocation_amount": [(Allocation, {"amount": -1})],
    "rate_once_a_day": [(ExchangeRate, {"source": "Fed"})],
    "rate_positive": [(ExchangeRate, {"per_euro": 0})],
    "intake_fault_iff_quarantined": [(Intake, {"fault": "is empty"}), (Intake, {"state": "quarantined"})],
    "intake_has_payload": [(Intake, {"payload": None})],
    "facts_import_second_person": [(FactsImport, {"answered_by": of(USER)})],
}
# Column and precision: both or neither, and no day where none was stated.
DATED = {
    "alliance": (AllianceMembership, ["since", "until"]),
    "post": (Post, ["held_from", "held_to"]),
    "group": (ContactGroup, ["established"]),
    "membership": (Membership, ["since", "until"]),
    "meeting": (Meeting, ["starts", "ends"]),
    "statement": (Statement, ["said_on"]),
    "package": (Package, ["announced_on"]),
}
for table, (dated, columns) in DATED.items():
    for column in columns:
        precision = f"{column}_precision"
        CASES[f"{table}_{column}_paired"] = [
            (dated, {column: DAY, precision: ""}),
            (dated, {column: None, precision: "day"}),
            (dated, {column: LATER, precision: "hour"}),
        ]
        CASES[f"{table}_{column}_first"] = [
            (dated, {column: DAY, precision: "month"}),
            (dated, {column: LATER, precision: "year"}),
        ]


def constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def save(world: World, model: type[models.Model], changes: dict[str, Any]) -> models.Model:
    values = world.values(model) | {k: v(world) if callable(v) else v for k, v in changes.items()}
    if "itself" in values.values():
        values = {k: values["id"] if v == "itself" else v for k, v in values.items()}
    row = model(**values)
    row.save(force_insert=True)
    return row


def test_every_constraint_has_a_case():
    assert set(CASES) == set(constraints())


def test_every_model_with_constraints_has_a_valid_row():
    world = World()
    for model in VALID:
        assert world.get(model).pk


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, cases in CASES.items() for number in range(len(cases))]
)
def test_the_database_refuses_what_the_constraint_forbids(name, number):
    model, changes = CASES[name][number]
    world = World()
    if isinstance(constraints()[name], models.UniqueConstraint):
        world.get(model)
    else:
        with transaction.atomic():
            save(world, model, {})
            transaction.set_rollback(True)
        world = World()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        save(world, model, changes)
    # A date without a precision is refused by both constraints of the pair; PostgreSQL names one.
    assert refused.value.__cause__.diag.constraint_name in (name, name.replace("_paired", "_first"))


def test_the_first_of_a_month_or_year_is_taken():
    world = World()
    for date, precision in ((FIRST, "month"), (EARLIER, "year"), (DAY, "day"), (None, "")):
        save(world, Meeting, {"starts": date, "starts_precision": precision})
    assert Meeting.objects.count() == 4


def test_a_failed_run_may_be_repeated():
    world = World()
    for _ in range(2):
        save(world, Run, {"outcome": RunOutcome.FAILED, "error": "died"})
    assert Run.objects.filter(outcome=RunOutcome.FAILED).count() == 2


# The log

LOG = [Snapshot, OutletRating, Mention, Claim, Verdict, Judgement, ApprovalRequest, Approval, Settlement, Change]


@pytest.mark.parametrize("model", LOG, ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["DELETE FROM {table}", "UPDATE {table} SET id = id"])
def test_postgresql_refuses_to_change_the_log(model, statement):
    World().get(model)
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=connection.ops.quote_name(model._meta.db_table)))
    assert model.objects.exists()


@pytest.mark.parametrize("model", LOG, ids=lambda model: model.__name__)
def test_the_log_cannot_be_emptied_by_removing_what_it_points_at(model):
    for field in model._meta.concrete_fields:
        if field.remote_field:
            assert field.remote_field.on_delete is models.PROTECT, field


def test_every_trigger_stands_in_the_database():
    from pgtrigger import registered

    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        installed = {name for (name,) in cursor.fetchall()}
    ours = {trigger.get_pgid(model) for model, trigger in registered()}
    assert len(ours) >= len(LOG)
    assert ours <= installed


def test_a_binding_may_move():
    world = World()
    mention = world.get(Mention)
    binding = Binding.objects.create(mention=mention, record=world.get(Record), kind="meeting", block="", signature="")
    binding.record = None
    binding.save()
    assert Binding.objects.get(mention=mention).record is None
