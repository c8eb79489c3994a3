"""An editor does not state parts that come to more than the whole."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from factories import package, row

from evidence.choices import RecordKind
from evidence.models import Claim
from evidence.services import create_record
from funding.models import Allocation, Package

pytestmark = pytest.mark.usefixtures("reference_db")


@pytest.fixture
def desk():
    chief = get_user_model()._default_manager.create_superuser(username="chief", password="x")
    client = Client()
    client.force_login(chief)
    return client


@pytest.fixture
def half(editor):
    """A package of which Ukraine is to have half."""
    pk = package(editor, "1000")
    row(editor, RecordKind.ALLOCATION, pk, nation="UA", fraction="0.5")
    return Package.objects.get(pk=pk)


def allot(client, whole, **values):
    url = reverse("admin:funding_allocation_add")
    return client.post(url, {"package": str(whole.pk), "nation": "PL", **values})


@pytest.mark.parametrize(("field", "value"), [("fraction", "0.6"), ("amount", "600")])
def test_a_share_above_the_whole_is_refused_at_the_field(desk, half, field, value):
    response = allot(desk, half, **{field: value})
    errors = response.context["adminform"].form.errors
    assert errors == {field: ["With this the parts come to 110 % of the package; the others come to 50 % already."]}
    assert Allocation.objects.count() == 1


@pytest.mark.parametrize(("field", "value"), [("fraction", "0.5"), ("amount", "500")])
def test_a_share_that_fits_is_taken(desk, half, field, value):
    assert allot(desk, half, **{field: value}).status_code == 302
    assert Allocation.objects.live().count() == 2


def test_a_sum_less_than_its_shares_is_refused(desk, editor, half):
    row(editor, RecordKind.ALLOCATION, half.pk, nation="PL", amount="400")
    url = reverse("admin:funding_package_change", args=[half.pk])
    form = desk.get(url).context["adminform"].form
    seen = {"seen": form["seen"].value(), "seen_version": form["seen_version"].value()}
    response = desk.post(url, {**seen, "amount_0": "EUR", "amount_1": "700", "amount_2": ""})
    assert "come to 107.1 % of this" in response.context["adminform"].form.errors["amount"][0]


def edit_many(client, model: str, rows, **sent):
    url = reverse(f"admin:{model}_changelist")
    chosen = {"_selected_action": [str(row.pk) for row in rows], "seen": [f"{row.pk}:{row.version}" for row in rows]}
    sent = {"action": "edit_many", "why": "all the same", "confirm": "1", **chosen, **sent}
    return client.post(url, sent, follow=True)


def test_an_edit_of_many_is_refused_where_one_goes_above_the_whole(desk, editor, half):
    row(editor, RecordKind.ALLOCATION, half.pk, nation="PL", fraction="0.4")
    rows = list(Allocation.objects.live().order_by("-fraction"))
    page = edit_many(desk, "funding_allocation", rows, field="fraction", to_fraction="0.7")
    assert page.context["form"].errors["to_fraction"] == [
        "Ukraine: With this the parts come to 140 % of the package; the others come to 70 % with it.",
        "Poland: With this the parts come to 140 % of the package; the others come to 70 % with it.",
    ]
    assert {str(found.fraction)[:3] for found in Allocation.objects.live()} == {"0.5", "0.4"}


def test_shares_that_exceed_the_whole_only_together_are_refused_before_anything_is_written(desk, editor, half):
    for nation in ("PL", "MD"):
        row(editor, RecordKind.ALLOCATION, half.pk, nation=nation, fraction="0.2")
    elsewhere = package(editor, "900")
    row(editor, RecordKind.ALLOCATION, elsewhere, nation="UA", fraction="0.2")
    rows = list(Allocation.objects.live().exclude(fraction="0.5").order_by("pk"))
    claims = Claim.objects.count()
    page = edit_many(desk, "funding_allocation", rows, field="fraction", to_fraction="0.3")
    assert page.context["form"].errors["to_fraction"] == [
        f"{nation}: With this the parts come to 110 % of the package; the others come to 80 % with it."
        for nation in ("Poland", "Moldova")
    ]
    assert page.context["preview"] == []
    assert Claim.objects.count() == claims
    page = edit_many(desk, "funding_allocation", rows, field="fraction", to_fraction="0.25")
    assert not Allocation.objects.filter(set_aside=True).exists()
    assert sorted(float(found.fraction) for found in Allocation.objects.live()) == [0.25, 0.25, 0.25, 0.5]


def test_what_is_made_less_together_has_room(desk, editor, half):
    row(editor, RecordKind.ALLOCATION, half.pk, nation="PL", fraction="0.5")
    rows = list(Allocation.objects.live())
    edit_many(desk, "funding_allocation", rows, field="amount", to_amount="300")
    assert {found.amount for found in Allocation.objects.live()} == {300}


def test_an_edit_of_many_gives_no_second_party(desk, editor, half):
    body = create_record(kind=RecordKind.ORGANISATION, values={"name": "Some Fund"}, by=editor)
    rows = list(Allocation.objects.live())
    page = edit_many(desk, "funding_allocation", rows, field="organisation", to_organisation=str(body))
    assert "Only one of nation and body can be given" in str(page.context["form"].errors["to_organisation"])


def test_the_desk_takes_no_share_above_the_whole(desk, editor, half):
    row(editor, RecordKind.ALLOCATION, half.pk, nation="PL", fraction="0.4")
    ukraine = Allocation.objects.get(nation="UA")
    url = reverse("admin:desk_contested_item", args=[ukraine.pk, "fraction"])
    page = desk.get(url)
    sent = {**page.context["form"].initial, "do": "state", "value": "0.7", "citation_publisher": "The Ministry"}
    seen = dict(re.findall(r'name="(seen[^"]*|version)" value="([^"]*)"', page.content.decode()))
    page = desk.post(url, {**sent, **{name: unescape(value) for name, value in seen.items()}})
    assert "come to 110 % of the package" in str(page.context["form"].errors["value"])
    ukraine.refresh_from_db()
    assert str(ukraine.fraction)[:3] == "0.5"
