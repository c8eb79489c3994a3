"""A decision on much money counts only once a second person has confirmed it."""

from __future__ import annotations

import pytest
from browsing import filled, page_of
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from newsroom import pledge

from evidence.actions import actions
from evidence.approvals import NotForYou, answer
from evidence.choices import Decision, RecordKind, RecordState
from evidence.models import Approval, ApprovalRequest, Claim
from evidence.rebuild import rebuild
from evidence.services import create_record, decide, state_value
from funding.models import ExchangeRate, Package

BILLION = 1_000_000_000


@pytest.fixture(autouse=True)
def _threshold(settings):
    settings.APPROVAL_AMOUNT = float(BILLION)


@pytest.fixture
def person(reference_db):
    def make(name: str, role: str):
        user = get_user_model().objects.create_user(username=name, password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def ed(person):
    return person("ed", "Editor")


@pytest.fixture
def ann(person):
    return person("ann", "Approver")


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def package(reference_db) -> Package:
    """1.3 billion euros, as an article says."""
    pledge("Alpha", "2023-11-21")
    return Package.objects.get()


def sum_of(package) -> tuple[int, str]:
    package.refresh_from_db()
    return int(package.amount or 0), package.state


def respond(user, held, do="confirm", why=""):
    url = reverse("admin:evidence_approvalrequest_answer", args=[held.pk])
    return browser(user).post(url, {"do": do, "why": why}, follow=True)


def test_a_sum_waits_until_another_confirms_it(ed, ann, package):
    client = browser(ed)
    url = page_of(package)
    page = client.post(url, filled(client, url, amount_1="2000000000", reason="the ministry"), follow=True)
    assert "waits for an approver other than you" in page.content.decode()
    assert sum_of(package) == (1_300_000_000, "live")
    assert "Waits for a second person" in client.get(url).content.decode()
    held = ApprovalRequest.objects.get()
    assert respond(ed, held).status_code == 403
    assert sum_of(package) == (1_300_000_000, "live")
    assert "EUR 2,000,000,000" in browser(ann).get(page_of(held)).content.decode()
    assert "Confirmed" in respond(ann, held).content.decode()
    assert sum_of(package) == (2_000_000_000, "live")


def test_nobody_confirms_what_they_decided_themselves(ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ann)
    held = ApprovalRequest.objects.get()
    assert "You decided it yourself" in respond(ann, held).content.decode()
    assert 'value="confirm"' not in browser(ann).get(page_of(held)).content.decode()
    with pytest.raises(NotForYou):
        answer(request=held, granted=True, by=ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(request=held, asked_by=ann, by=ann, granted=True)
    assert sum_of(package)[0] == 1_300_000_000


def test_a_refusal_needs_its_reason_and_is_final(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ed)
    held = ApprovalRequest.objects.get()
    assert "needs its reason" in respond(ann, held, "refuse").content.decode()
    assert "never counts" in respond(ann, held, "refuse", "no source").content.decode()
    assert "answered already" in respond(ann, held).content.decode()
    assert sum_of(package)[0] == 1_300_000_000
    assert [(a.approval, a.approver, a.standing) for a in actions(package.pk)] == [("refused", "ann", False)]


@pytest.mark.parametrize("field", ["amount", "exists"])
@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.ACCEPT])
def test_verdicts_on_sum_and_existence_wait(ed, ann, package, field, decision):
    claim = Claim.objects.get(mention=package.pk, field=field)
    before = sum_of(package)
    decide(claim=claim, decision=decision, by=ed)
    assert sum_of(package) == before
    head = package.settled.get(field=field)
    assert not head.decided
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    head.refresh_from_db()
    assert head.decided == (decision == Decision.ACCEPT)
    assert sum_of(package)[1] == (
        RecordState.RETRACTED if (field, decision) == ("exists", Decision.REJECT) else RecordState.LIVE
    )


def test_a_package_entered_waits_as_a_whole(ed, ann, reference_db):
    values = {"amount": {"number": "3e9", "currency": "EUR"}, "announced_on": "2024-01-02"}
    pk = create_record(kind=RecordKind.PACKAGE, values=values, by=ed)
    package = Package.objects.get(pk=pk)
    assert sum_of(package) == (0, "unconfirmed")
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    assert sum_of(package) == (3 * BILLION, "live")


@pytest.mark.parametrize(
    ("number", "currency", "waits"),
    [
        ("1000000000", "EUR", False),
        ("1000000000.01", "EUR", True),
        ("1090000000", "USD", False),
        ("1", "XTS", True),
        ("5000000000", "SEK", False),
    ],
)
def test_the_sum_is_taken_in_euros_and_an_unknown_currency_waits(ed, reference_db, number, currency, waits):
    ExchangeRate.objects.create(currency="USD", day="2099-01-01", per_euro="1.09", source="a test")
    values = {"amount": {"number": number, "currency": currency}}
    create_record(kind=RecordKind.PACKAGE, values=values, by=ed)
    assert ApprovalRequest.objects.exists() is waits


def test_other_decisions_and_smaller_sums_do_not_wait(ed, package, settings):
    state_value(record=package, field="programme", value="fmf", by=ed)
    settings.APPROVAL_AMOUNT = float("inf")
    state_value(record=package, field="amount", value={"number": "9e9", "currency": "EUR"}, by=ed)
    assert not ApprovalRequest.objects.exists()


def test_what_waits_is_not_told_to_readers_and_survives_a_replay(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2.345e9", "currency": "EUR"}, by=ed, why="a hunch")
    pages = [package.get_absolute_url(), reverse("register:record-history", args=[package.pk])]
    for path in [*pages, f"/api/v1/packages/{package.pk}/?evidence=1"]:
        page = Client().get(path).content.decode()
        assert "a hunch" not in page
        assert "2345000000" not in page
    assert rebuild().changed == 0
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    assert "a hunch" in Client().get(pages[0]).content.decode()
    assert rebuild().changed == 0


def test_of_two_confirmed_sums_the_one_confirmed_last_holds(ed, ann, package):
    for number in ("2e9", "3e9"):
        state_value(record=package, field="amount", value={"number": number, "currency": "EUR"}, by=ed)
    first, second = ApprovalRequest.objects.all()
    answer(request=second, granted=True, by=ann)
    answer(request=first, granted=True, by=ann)
    assert sum_of(package)[0] == 2 * BILLION


def test_requests_are_listed_while_they_wait(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ed)
    client, url = browser(ann), reverse("admin:evidence_approvalrequest_changelist")
    assert "2,000,000,000" in client.get(url).content.decode()
    assert "1</b> decision waiting for a second person" in client.get(reverse("admin:index")).content.decode()
    respond(ann, ApprovalRequest.objects.get())
    assert "2,000,000,000" not in client.get(url).content.decode()
    assert "2,000,000,000" in client.get(f"{url}?answer=granted").content.decode()
