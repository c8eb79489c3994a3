"""An editor does not state parts that come to more than the whole."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from factories import package, row

from evidence.choices import RecordKind
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
