"""An import that somebody asks for, and that changes packages of much money, waits for a second person."""

from __future__ import annotations

import pytest
from browsing import page_of
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from funding.models import Package
from ingest.facts import running
from ingest.facts.files import write
from ingest.models import FactsImport

SMALL = {
    "donor": "DE", "amount": "900000000", "currency": "EUR", "stage": "announced", "announced_on": "2024-01-02",
    "recipients": "UA", "source_url": "https://ministry.example/1", "source_publisher": "The Ministry",
}  # fmt: skip
LARGE = SMALL | {"donor": "FR", "amount": "3000000000", "source_url": "https://ministry.example/2"}


@pytest.fixture(autouse=True)
def _threshold(settings, reference_db):
    settings.APPROVAL_AMOUNT = 1e9


@pytest.fixture
def person():
    def make(name: str, role: str) -> Client:
        user = get_user_model().objects.create_user(username=name, password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def adam(person):
    return person("adam", "Administrator")


@pytest.fixture
def ann(person):
    return person("ann", "Approver")


def handed_in(client: Client, *rows: dict[str, str]) -> FactsImport:
    """An import as a worker finds it and takes it up."""
    file = SimpleUploadedFile("packages.csv", write("packages.csv", rows).encode())
    page = client.post(reverse("admin:ingest_factsimport_add"), {"files": [file]})
    assert page.status_code == 302, page.context["form"].errors if page.context else page.status_code
    wanted = FactsImport.objects.latest("id")
    running.run(wanted.pk)
    wanted.refresh_from_db()
    return wanted


def answered(client: Client, wanted: FactsImport, do: str, why: str = "") -> str:
    url = reverse("admin:ingest_factsimport_answer", args=[wanted.pk])
    return client.post(url, {"do": do, "why": why}, follow=True).content.decode()


def sums() -> list[int]:
    return sorted(int(amount) // 10**6 for amount in Package.objects.live().values_list("amount", flat=True))


def test_nothing_of_it_is_written_before_another_confirms_it(adam, ann):
    wanted = handed_in(adam, SMALL, LARGE)
    assert (wanted.state, sums()) == ("held", [])
    assert "packages.csv:3 FR, EUR 3000000000" in wanted.report
    assert "packages.csv:2 DE, EUR" not in wanted.report
    assert "import of facts waiting for a second person" in ann.get(reverse("admin:index")).content.decode()
    assert "You asked for it yourself" in answered(adam, wanted, "confirm")
    assert 'value="confirm"' not in adam.get(page_of(wanted)).content.decode()
    assert 'value="confirm"' in ann.get(page_of(wanted)).content.decode()
    assert "Confirmed" in answered(ann, wanted, "confirm")
    running.run(wanted.pk)
    wanted.refresh_from_db()
    assert (wanted.state, wanted.answered_by.username, sums()) == ("done", "ann", [900, 3000])
    assert "does not wait" in answered(ann, wanted, "refuse", "after all")


def test_a_refusal_needs_its_reason_and_nothing_comes_in(adam, ann):
    wanted = handed_in(adam, LARGE)
    assert "needs its reason" in answered(ann, wanted, "refuse")
    answered(ann, wanted, "refuse", "no such page")
    running.run(wanted.pk)
    wanted.refresh_from_db()
    assert (wanted.state, wanted.faults, sums()) == ("refused", "Refused by ann: no such page", [])


def test_to_change_or_withdraw_much_money_waits_too(adam, tmp_path):
    # Whoever runs a command on the server asks nobody.
    (tmp_path / "packages.csv").write_text(write("packages.csv", [SMALL, LARGE]), newline="")
    call_command("import_facts", tmp_path)
    assert sums() == [900, 3000]
    wanted = handed_in(adam, SMALL, LARGE | {"amount": "800000000"})
    assert (wanted.state, "packages.csv:3 FR" in wanted.report) == ("held", True)
    wanted = handed_in(adam, SMALL)
    assert (wanted.state, "no more: FR" in wanted.report) == ("held", True)
    assert sums() == [900, 3000]
    assert handed_in(adam, SMALL, LARGE).state == "done"
    assert handed_in(adam, SMALL | {"amount": "700000000"}, LARGE).state == "done"
    assert sums() == [700, 3000]


def test_nobody_confirms_their_own_behind_the_form(adam):
    wanted = handed_in(adam, LARGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactsImport.objects.filter(pk=wanted.pk).update(answered_by=wanted.requested_by)
