"""Every model has its place in the admin, and no page of it costs more the more rows there are."""

import re

import pytest
from browsing import page_of
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from newsroom import pledge, seventeenth

from evidence.choices import Decision, Identity, RecordKind
from evidence.models import Claim, Record
from evidence.services import create_record, decide, judge, rate_outlet
from funding.models import ExchangeRate, Package
from ingest.services import submit_bytes
from meetings.models import Meeting

APPS = ("evidence", "people", "meetings", "funding", "ingest")
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
RECORDS = [model for model in MODELS if issubclass(model, Record) and model is not Record]

# Queries of a page: session, user, counts, rows, filters. More than these is a query a row, or a join forgotten.
LIST = 8
LISTS = {"evidence.record": 8 + len(RecordKind)}
# A record's page also reads its claims, who decided, and its parts by kind.
FORM = 10
RECORD_FORM = 21
# Its history reads settlements, claims, verdicts and judgements.
RECORD_HISTORY = 16


@pytest.fixture(scope="module")
def filled_register(module_db, django_db_blocker):
    """A register with at least two rows of almost everything."""
    chief = get_user_model().objects.create_superuser(username="chief", password="x")
    first = seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    seventeenth("Beta", "2023-11-24", "2023-11-23", "on Thursday")
    pledge("Alpha", "2023-11-21")
    pledge("Beta", "2023-11-22")
    meeting = Meeting.objects.get(ordinal=17)
    for nation in ("DE", "FR", "PL"):
        for kind, parent in ((RecordKind.ATTENDANCE, meeting.pk), (RecordKind.MEMBERSHIP, meeting.group_id)):
            create_record(kind=kind, values={"nation": nation}, by=chief, parent=parent)
        create_record(kind=RecordKind.CONTACT_GROUP, values={"name": f"Group of {nation}"}, by=chief)
    for phrase in ("air defence", "demining"):
        create_record(kind=RecordKind.MEETING_TOPIC, values={"phrase": phrase}, by=chief, parent=meeting.pk)
    for number in (18, 19):
        values = {"group": str(meeting.group_id), "ordinal": number}
        create_record(kind=RecordKind.MEETING, values=values, by=chief)
    claims = Claim.objects.filter(field="starts")
    for claim in claims[:2]:
        decide(claim=claim, decision=Decision.REJECT, by=chief, why="seen otherwise")
        decide(claim=claim, decision=Decision.WITHDRAW, by=chief)
    packages = list(Package.objects.values_list("pk", flat=True))
    others = list(Meeting.objects.values_list("pk", flat=True))
    judge(left=others[0], right=others[1], identity=Identity.DIFFERENT, by=chief)
    assert packages
    for why in ("first look", "second look"):
        rate_outlet(outlet=first.snapshot.article.outlet, reliability=0.7, by=chief, why=why)
    for day in ("2024-01-02", "2024-01-03"):
        ExchangeRate.objects.create(currency="USD", day=day, per_euro="1.09", source="a test")
        submit_bytes(f"{day}.json", day.encode(), chief.pk)
    client = Client()
    client.force_login(chief)
    return client


def test_no_column_of_a_list_goes_by_the_name_of_a_relation_to_many():
    # The list sorted by it would be sorted by the relation, and show a row once for each of those.
    taken = [
        f"{model._meta.label}: {name}"
        for model, found in admin.site._registry.items()
        for name in found.list_display
        if name in {field.name for field in model._meta.related_objects}
    ]
    assert taken == []


def queries_of(client, url, status=200):
    with CaptureQueriesContext(connection) as found:
        response = client.get(url)
    assert response.status_code == status, url
    # The content policy refuses all of these; a browser would drop them without a word to the editor.
    assert not re.findall(r"<style|<[^>]+ (?:style|on\w+)=|<script(?![^>]+src=)", response.content.decode()), url
    return len(found)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_registered_with_search(model):
    known = admin.site.get_model_admin(model)
    assert known.search_fields


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_pages_answer_within_their_budget(filled_register, monkeypatch, model):
    meta, known = model._meta, admin.site.get_model_admin(model)
    base = f"admin:{meta.app_label}_{meta.model_name}"
    url, budget = reverse(f"{base}_changelist"), LISTS.get(meta.label_lower, LIST)
    wide = queries_of(filled_register, url)
    assert wide <= budget
    assert queries_of(filled_register, f"{url}?q=a") <= budget
    if meta.label_lower not in LISTS:
        monkeypatch.setattr(known, "list_per_page", 1)
        # A second page brings a link, not a query; one row asks as much as all of them.
        assert queries_of(filled_register, url) == wide
    if hasattr(known, "kind") or model._meta.app_label != "evidence":
        assert queries_of(filled_register, reverse(f"{base}_add")) <= FORM
    row = model._default_manager.order_by("-pk").first()
    if row is not None:
        allowed = RECORD_FORM if model in RECORDS else FORM
        assert queries_of(filled_register, page_of(row)) <= allowed
        assert queries_of(filled_register, page_of(row, "history")) <= (RECORD_HISTORY if model in RECORDS else FORM)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label_lower)
def test_the_register_used_here_has_rows_of_every_kind(filled_register, model):
    assert model._default_manager.live().count() >= 1


def test_first_page_counts_what_waits(filled_register):
    page = filled_register.get(reverse("admin:index")).content.decode()
    assert "contested field" in page
    assert queries_of(filled_register, reverse("admin:index")) <= FORM


def test_names_are_suggested_only_of_what_the_register_states(filled_register):
    chief = get_user_model().objects.get(username="chief")
    hidden = Meeting.objects.get(ordinal=19)
    claim = Claim.objects.get(mention__binding__record=hidden.pk, field="exists")
    query = {"app_label": "funding", "model_name": "package", "field_name": "meeting", "term": "ukraine"}
    url = reverse("admin:autocomplete")
    before = [found["id"] for found in filled_register.get(url, query).json()["results"]]
    decide(claim=claim, decision=Decision.REJECT, by=chief, why="no such meeting")
    after = [found["id"] for found in filled_register.get(url, query).json()["results"]]
    assert set(before) - set(after) == {str(hidden.pk)}
