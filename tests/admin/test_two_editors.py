"""Whoever saves from an older state is refused, field by field, on every form, and nothing they typed is lost."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import pytest
from browsing import filled, page_of
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.forms import ModelMultipleChoiceField
from django.test import RequestFactory
from django.urls import reverse
from newsroom import pledge, seventeenth

from evidence.choices import RecordKind, RecordState
from evidence.fields import kind_spec, kinds_in_order
from evidence.models import Batch, Outlet, Record
from evidence.services import create_record, state_value
from funding.models import ExchangeRate
from ingest.choices import IntakeState
from ingest.models import Intake
from meetings.models import Meeting, Place
from people.models import AllianceMembership, Nation

# Of each model: what the first editor stores, and what the second types into another field meanwhile.
FIRST = {
    "people.nation": ("capital", "Bonn"),
    "people.alliancemembership": ("source_publisher", "The Alliance"),
    "people.organisation": ("abbreviation", "SF"),
    "people.official": ("name", "Anna Persona"),
    "people.post": ("held_from", "2020-01"),
    "meetings.place": ("aliases", ["Old Town"]),
    "meetings.topic": ("terms", ["first term"]),
    "meetings.capability": ("maker", "First Works"),
    "meetings.contactgroup": ("purpose", "demining"),
    "meetings.membership": ("since", "2022-04"),
    "meetings.meeting": ("venue", "Hall 3"),
    "meetings.attendance": ("mode", "virtual"),
    "meetings.meetingtopic": ("phrase", "air defence"),
    "meetings.statement": ("said_on", "2023-11-22"),
    "funding.programme": ("aliases", ["First Fund"]),
    "funding.exchangerate": ("source", "the first bank"),
    "funding.package": ("stage", "approved"),
    "funding.contribution": ("fraction", "0.25"),
    "funding.allocation": ("fraction", "0.25"),
    "funding.packageitem": ("phrase", "air defence"),
    "evidence.outlet": ("reliability", 0.4),
    "auth.user": ("first_name", "Anna"),
    "auth.group": ("permissions", None),
}
SECOND = {
    "people.nation": {"region": "Second Region"},
    "people.alliancemembership": {"alliance": "Second League"},
    "people.organisation": {"name": "Second Name"},
    "people.official": {"aliases": "Second Name"},
    "people.post": {"title": "Second Title"},
    "meetings.place": {"name": "Second Town"},
    "meetings.topic": {"name": "Second Topic"},
    "meetings.capability": {"name": "Second System"},
    "meetings.contactgroup": {"name": "Second Group"},
    "meetings.membership": {"until": "2025-05"},
    "meetings.meeting": {"title": "Second Title"},
    "meetings.attendance": {"post_title": "Second Minister"},
    "meetings.meetingtopic": {"phrase": "Second phrase"},
    "meetings.statement": {"quote": "Second words"},
    "funding.programme": {"name": "Second Programme"},
    "funding.exchangerate": {"per_euro": "2.22"},
    "funding.package": {"announced_on": "2024-02-02"},
    "funding.contribution": {"donor_name": "Second donor"},
    "funding.allocation": {"described": "Second recipients"},
    "funding.packageitem": {"phrase": "Second phrase"},
    "evidence.outlet": {"domain": "second.example"},
    "auth.user": {"last_name": "Second"},
    "auth.group": {"name": "Second Group"},
}
# Pairs have a page of their own, with tests of its own; the log of logins shows every field read-only.
ELSEWHERE = {"evidence.candidatepair", "axes.accessattempt", "axes.accessfailurelog", "axes.accesslog"}


def editable() -> list[str]:
    """Every model whose rows somebody can change in the admin."""
    request: Any = RequestFactory().get("/")
    request.user = get_user_model()(is_superuser=True, is_active=True)
    return sorted(
        model._meta.label_lower
        for model, known in admin.site._registry.items()
        if known.has_change_permission(request) and model._meta.label_lower not in ELSEWHERE
    )


@dataclass(frozen=True)
class Row:
    """A row, its page, and how another editor changes it."""

    row: Any
    label: str
    before: Any

    def change(self, by: Any) -> None:
        name, value = FIRST[self.label]
        if isinstance(self.row, Record):
            state_value(record=self.row, field=name, value=value, by=by)
        elif name == "permissions":
            self.row.permissions.clear()
        else:
            type(self.row).objects.filter(pk=self.row.pk).update(**{name: value})


@pytest.fixture
def rows(reference_db, chief):
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    pledge("Alpha", "2023-11-21")
    meeting = Meeting.objects.get(ordinal=17)
    create_record(kind=RecordKind.ORGANISATION, values={"name": "Some Fund"}, by=chief)
    for kind, values, parent in (
        (RecordKind.ATTENDANCE, {"nation": "DE"}, meeting.pk),
        (RecordKind.MEMBERSHIP, {"nation": "DE"}, meeting.group_id),
        (RecordKind.MEETING_TOPIC, {"phrase": "drones"}, meeting.pk),
    ):
        create_record(kind=kind, values=values, by=chief, parent=parent)
    ExchangeRate.objects.create(currency="USD", day="2024-01-02", per_euro="1.09", source="a bank")

    def row(label: str) -> Row:
        model = apps.get_model(label)
        if issubclass(model, Record):
            found = model._default_manager.filter(state=RecordState.LIVE).order_by("-pk").first()
        elif label == "people.nation":
            found = Nation.objects.get(pk="DE")
        elif label == "auth.group":
            found = Group.objects.get(name="Editor")
        else:
            found = model._default_manager.order_by("-pk").first()
        return Row(found, label, None)

    return row


def inlines_of(client, url: str) -> dict[str, Any]:
    """The rows within a page, as a browser would send them back."""
    data: dict[str, Any] = {}
    for found in client.get(url).context["inline_admin_formsets"]:
        for form in [found.formset.management_form, *found.formset.initial_forms]:
            for field in form:
                value = field.value()
                data[field.html_name] = "" if value is None else value
        data[f"{found.formset.prefix}-TOTAL_FORMS"] = len(found.formset.initial_forms)
    return data


def loaded(client, row: Any, **typed: Any) -> dict[str, Any]:
    url = page_of(row)
    data = filled(client, url, **inlines_of(client, url))
    form = client.get(url).context["adminform"].form
    for name, field in form.fields.items():
        if isinstance(field, ModelMultipleChoiceField):
            data[name] = [str(getattr(chosen, "pk", chosen)) for chosen in form[name].value() or ()]
    user = {f"{key}_{i}": part for key in ("last_login", "date_joined") for i, part in enumerate(("", ""))}
    if row._meta.label_lower == "auth.user":
        data = {k: v for k, v in data.items() if k not in user and k != "password"}
        data |= {"date_joined_0": f"{row.date_joined:%Y-%m-%d}", "date_joined_1": f"{row.date_joined:%H:%M:%S}"}
    return {k: v for k, v in data.items() if v is not False} | typed


def test_every_editable_model_is_tried():
    assert editable() == sorted(FIRST) == sorted(SECOND)


@pytest.mark.parametrize("label", sorted(FIRST))
def test_a_stale_save_is_refused_with_a_comparison_and_keeps_what_was_typed(desk, chief, rows, label):
    found = rows(label)
    url, typed = page_of(found.row), SECOND[label]
    data = loaded(desk, found.row, **typed)
    found.change(chief)
    stored = type(found.row).objects.filter(pk=found.row.pk).values().get()
    response = desk.post(url, data)
    assert response.status_code == 200, response.get("Location")
    page = html.unescape(response.content.decode())
    assert "Not saved:" in page
    assert "is now “" in page
    for value in typed.values():
        assert page.count(value) >= 1
    form = response.context["adminform"].form
    for name, value in typed.items():
        shown = form[name].value()
        assert (shown if not isinstance(shown, list) else "\n".join(shown)) == value
    after = type(found.row).objects.filter(pk=found.row.pk).values().get()
    assert after == stored


@pytest.mark.parametrize("label", ["people.nation", "meetings.place", "auth.group", "evidence.outlet"])
def test_saving_again_keeps_both(desk, chief, rows, label):
    found = rows(label)
    url, typed = page_of(found.row), SECOND[label]
    data = loaded(desk, found.row, **typed)
    found.change(chief)
    form = desk.post(url, data).context["adminform"].form
    again = {name: form.data.getlist(name) for name in form.data}
    assert desk.post(url, again).status_code == 302
    found.row.refresh_from_db()
    name, value = FIRST[label]
    if name == "permissions":
        assert not found.row.permissions.exists()
    else:
        assert getattr(found.row, name) == value
    for field, text in typed.items():
        assert getattr(found.row, field) == text


def test_the_first_save_of_two_goes_through_everywhere(desk, rows):
    for label in ("people.nation", "funding.exchangerate", "auth.group", "evidence.outlet"):
        found = rows(label)
        response = desk.post(page_of(found.row), loaded(desk, found.row, **SECOND[label]))
        assert response.status_code == 302, (label, response.context and response.context["errors"])


# Rows within a page


@pytest.fixture
def member(rows) -> AllianceMembership:
    return AllianceMembership.objects.filter(nation="DE").order_by("pk").first()


def place_of(client, member: AllianceMembership) -> str:
    """The prefix of a row's inputs on the page of its nation."""
    (found,) = client.get(page_of(member.nation)).context["inline_admin_formsets"]
    return next(form.prefix for form in found.formset.initial_forms if form.instance == member)


def test_a_row_within_a_page_is_not_overwritten(desk, member):
    nation = Nation.objects.get(pk="DE")
    data = loaded(desk, nation, **{f"{place_of(desk, member)}-alliance": "Second League"})
    AllianceMembership.objects.filter(pk=member.pk).update(source_publisher="The Alliance")
    response = desk.post(page_of(nation), data)
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert "is now “The Alliance”" in page
    assert "Second League" in page
    member.refresh_from_db()
    assert member.source_publisher == "The Alliance"
    assert member.alliance != "Second League"


def test_a_row_within_a_page_is_not_deleted_unseen(desk, member):
    nation = Nation.objects.get(pk="DE")
    data = loaded(desk, nation, **{f"{place_of(desk, member)}-DELETE": "on"})
    AllianceMembership.objects.filter(pk=member.pk).update(source_publisher="The Alliance")
    response = desk.post(page_of(nation), data)
    assert "Not deleted: Not saved: this changed" in html.unescape(response.content.decode())
    assert AllianceMembership.objects.filter(pk=member.pk).exists()


def test_a_row_that_somebody_deleted_is_told_and_its_text_kept(desk, member):
    nation = Nation.objects.get(pk="DE")
    data = loaded(desk, nation, **{f"{place_of(desk, member)}-alliance": "Second League"})
    member.delete()
    response = desk.post(page_of(nation), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody deleted this row meanwhile" in page
    assert "Second League" in page


# Deleting


def test_what_changed_meanwhile_is_not_deleted(desk, reference_db):
    place = Place.objects.create(name="Nowhere", nation_id="DE", latitude=1, longitude=1)
    url = page_of(place, "delete")
    seen = desk.get(url).context["seen"]
    Place.objects.filter(pk=place.pk).update(name="Somewhere")
    response = desk.post(url, {"post": "yes", "seen": seen}, follow=True)
    assert "name was “Nowhere”, is now “Somewhere”" in html.unescape(response.content.decode())
    assert desk.post(url, {"post": "yes"}, follow=True).status_code == 200
    assert Place.objects.filter(pk=place.pk).exists()
    desk.post(url, {"post": "yes", "seen": desk.get(url).context["seen"]})
    assert not Place.objects.filter(pk=place.pk).exists()


VOCABULARIES = sorted(
    label
    for label in FIRST
    if label.split(".")[0] in ("people", "meetings", "funding")
    and label not in {spec.model._meta.label_lower for spec in kinds_in_order()}
)


@pytest.mark.parametrize("label", VOCABULARIES)
def test_several_are_not_deleted_where_one_changed_meanwhile(desk, chief, rows, label):
    found = rows(label)
    if label in ("people.nation",):
        found = Row(Nation.objects.create(iso2="ZZ", iso3="ZZZ", name="Nowhere"), label, None)
    url = reverse("admin:{}_{}_changelist".format(*label.split(".")))
    chosen = {"action": "delete_selected", "_selected_action": [str(found.row.pk)]}
    asked = desk.post(url, chosen)
    if "seen" not in asked.context or "use; nothing was deleted" in asked.content.decode():
        return
    seen = asked.context["seen"]
    found.change(chief)
    told = desk.post(url, {**chosen, "post": "yes", "seen": seen}, follow=True)
    assert "Nothing deleted." in told.content.decode()
    assert type(found.row).objects.filter(pk=found.row.pk).exists()
    fresh = desk.post(url, chosen).context["seen"]
    desk.post(url, {**chosen, "post": "yes", "seen": fresh})
    assert not type(found.row).objects.filter(pk=found.row.pk).exists()


# Bulk


@pytest.mark.parametrize("kind", sorted(RecordKind.values))
def test_bulk_actions_are_refused_for_what_changed_meanwhile(desk, chief, rows, kind):
    label = kind_spec(kind).model._meta.label_lower
    found = rows(label)
    url = reverse("admin:{}_{}_changelist".format(*label.split("."))) + "?state=all"
    chosen = {"_selected_action": [str(found.row.pk)], "why": "my long reason"}
    # An allocation to a nation is not described as well.
    own = {RecordKind.OFFICIAL: ("name", "Second Name"), RecordKind.ALLOCATION: ("fraction", "0.125")}
    name, value = own.get(RecordKind(kind)) or next(iter(SECOND[label].items()))
    edit = {**chosen, "action": "edit_many", "field": name, f"to_{name}": value}
    preview = desk.post(url, edit)
    assert [line.record.pk for line, _, _ in preview.context["preview"]] == [found.row.pk]
    seen = [f"{line.record.pk}:{line.record.version}" for line in preview.context["lines"]]
    found.change(chief)
    page = desk.post(url, {**edit, "seen": seen, "confirm": "1"}).content.decode()
    assert "Changed while this page was open" in page
    assert value in page
    for action in ("retract_records", "restore_records"):
        page = desk.post(url, {**chosen, "action": action, "seen": seen}).content.decode()
        assert "Not done: changed while this page was open" in page
        assert 'value="my long reason"' in page
    assert not Batch.objects.exists()
    found.row.refresh_from_db()
    assert found.row.state == RecordState.LIVE


def test_a_second_try_of_a_submission_is_left_alone(desk, reference_db):
    intake = Intake.objects.create(key="k", name="a.json", payload=b"{", state=IntakeState.QUARANTINED, fault="bad")
    url, chosen = reverse("admin:ingest_intake_changelist"), {"action": "try_again", "_selected_action": [intake.pk]}
    assert "1 will be read again" in desk.post(url, chosen, follow=True).content.decode()
    assert "1 left as they were" in desk.post(url, chosen, follow=True).content.decode()


def test_markup_is_refused_in_names_of_reference_data(desk, rows):
    for label, name in (("people.nation", "capital"), ("meetings.place", "aliases"), ("evidence.outlet", "domain")):
        found = rows(label)
        response = desk.post(page_of(found.row), loaded(desk, found.row, **{name: "<img src=x>"}))
        assert "is markup" in str(response.context["adminform"].form.errors[name]), label
    assert Outlet.objects.exists()
