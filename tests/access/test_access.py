"""Every route answers each role as the table says, and no route is without a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import plain_reader
import pytest
from access_table import (
    ALWAYS_OPEN,
    ANYONE,
    EDITOR,
    MODELS,
    NOBODY,
    ORDER,
    RECORD,
    RECORD_PAGES,
    ROUTES,
    STAFF,
    Model,
)
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.template.backends.django import Template
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from factories import published, row

import extraction
from evidence import batches
from evidence.choices import Decision, Identity, RecordKind
from evidence.models import Approval, ApprovalRequest, Article, Claim, ImportedRow, Outlet, Verdict
from evidence.roles import ROLES, permissions_of
from evidence.services import decide, judge, rate_outlet, state_value
from funding.models import ExchangeRate, Package
from ingest.models import FactsImport
from meetings.models import Meeting
from people.models import Official

PEOPLE = [ANYONE, STAFF, *ROLES]
PAGES = {
    "changelist": "view",
    "history": "view",
    "add": "add",
    "change": "change",
    "delete": "delete",
}


LINES = [
    "OFFICIAL name=Anna Persona; title=Minister; affiliation=DE",
    "MEETING contact_group=Ukraine Defense Contact Group; ordinal=1; starts=2025-02-12; participants=DE; topics=drones",
    "PACKAGE amount=1000000; currency=EUR; donor=DE; recipients=UA; contents=HIMARS",
    "STATEMENT quote=Words; official=Anna Persona",
]


@dataclass(frozen=True)
class Route:
    """One pattern: its row's key, and its name for reversing where it has one."""

    key: str
    name: str


def routes(patterns: Any = None, namespace: str = "", prefix: str = "") -> Iterator[Route]:
    """Every pattern of the site."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{namespace}:{entry.name}" if namespace and entry.name else entry.name or ""
            yield Route(name or where, name)
        else:
            inner = entry.namespace or ""
            yield from routes(entry.url_patterns, inner or namespace, where)


def of_model(route: Route) -> tuple[str, str] | None:
    """The model and page of a route of the admin of a model, as the table has them."""
    for label in MODELS:
        app, model = label.split(".")
        if route.name.startswith(f"admin:{app}_{model}_"):
            page = route.name.removeprefix(f"admin:{app}_{model}_")
            if page in PAGES or (MODELS[label] is RECORD and page in RECORD_PAGES):
                return label, page
        # The old address of a row, which leads on to its page.
        if route.key == f"admin/{app}/{model}/<path:object_id>/":
            return label, "old"
    return None


ALL = list(routes())


def test_every_route_has_a_row_and_every_row_a_route():
    known = {route.key for route in ALL if of_model(route)} | set(ROUTES)
    assert sorted({route.key for route in ALL} - known) == []
    assert sorted(set(ROUTES) - {route.key for route in ALL}) == []
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == set(MODELS)


def test_a_route_without_a_row_is_seen():
    assert of_model(Route("admin:meetings_meeting_new", "admin:meetings_meeting_new")) is None
    assert {"admin:meetings_meeting_decide", "healthz", "api:root"} <= {route.key for route in ALL}


@pytest.fixture(scope="module", autouse=True)
def _unwritten_pages():
    """Whether somebody is let in is decided before a page is written, which is what takes the time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SimpleTemplateResponse, "rendered_content", "")
        patched.setattr(Template, "render", lambda self, context=None, request=None: "")
        yield


@pytest.fixture(scope="module")
def browsers(module_db):
    """One for each role, in a register with a row of everything a route may ask for."""
    found = {ANYONE: Client()}
    for name in PEOPLE[1:]:
        user = get_user_model().objects.create_user(username=name, password="x", is_staff=True)
        user.groups.set(Group.objects.filter(name=name))
        found[name] = Client()
        found[name].force_login(user)
    chief = get_user_model().objects.get(username=ROLES[-1])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extraction, "read", plain_reader.read)
        published(*LINES, name="one")
    meeting = Meeting.objects.get(ordinal=1)
    row(chief, RecordKind.MEMBERSHIP, meeting.group_id, nation="FR")
    state_value(record=meeting, field="venue", value="Hall", by=chief)
    decide(claim=Claim.objects.filter(field="starts").first(), decision=Decision.ACCEPT, by=chief)
    rate_outlet(outlet=Outlet.objects.first(), reliability=0.8, by=chief, why="a look")
    _rows_of_the_rest(chief, meeting)
    return found


def _rows_of_the_rest(chief: User, meeting: Meeting) -> None:
    """One each of what the register does not fill by itself."""
    batches.edit_many(records=[meeting], field="mode", value="virtual", title="Mode", by=chief, why="a look")
    judge(left=meeting.pk, right=row(chief, RecordKind.MEETING, None, ordinal=9), identity=Identity.UNSURE, by=chief)
    ApprovalRequest.objects.create(verdict=Verdict.objects.first(), asked_by=chief)
    Approval.objects.create(
        request=ApprovalRequest.objects.get(),
        asked_by=chief,
        by=User.objects.get(username=ROLES[-2]),
        granted=True,
    )
    ImportedRow.objects.create(file="a.csv", row_key="a", content={}, content_sha256="0" * 64)
    FactsImport.objects.create(state="done")
    ExchangeRate.objects.create(currency="USD", day="2024-01-02", per_euro="1.09", source="a bank")
    AccessAttempt.objects.create(username="nobody", failures_since_start=1)
    AccessFailureLog.objects.create(username="nobody")
    AccessLog.objects.create(username="nobody")


def address(route: Route) -> str:
    """The address of a route of the table, about something that is there."""
    meeting = Meeting.objects.get(ordinal=1)
    keys: dict[str, list[Any]] = {
        "register:meeting-detail": [meeting.pk],
        "register:group-detail": [meeting.group_id],
        "register:nation-detail": ["DE"],
        "register:official-detail": [Official.objects.get(name="Anna Persona").pk],
        "register:package-detail": [Package.objects.get().pk],
        "register:record-detail": [meeting.pk],
        "register:record-history": [meeting.pk],
        "register:article-detail": [Article.objects.get().pk],
        "admin:app_list": ["meetings"],
        "admin:auth_user_password_change": [User.objects.get(username=ROLES[0]).pk],
        "admin:evidence_approvalrequest_answer": [1],
        "admin:evidence_batch_accept": [Outlet.objects.first().pk],
        "admin:evidence_batch_resume": [0],
        "admin:ingest_factsimport_answer": [1],
        "admin:ingest_intake_reread_resume": [0],
        "admin:ingest_intake_reread_revert": [0],
        "admin:evidence_batch_revert": [0],
        "admin:ingest_intake_reread_apply": [0],
        "admin:evidence_candidatepair_unmerge": [1],
        "admin:view_on_site": [ContentType.objects.get_for_model(Meeting).pk, meeting.pk],
    }
    if route.name.startswith("admin:desk_") and route.name.endswith("_item"):
        keys[route.name] = [meeting.pk, "starts"]
    if route.name.startswith("api:") and route.name.endswith("-detail"):
        keys[route.name] = keys["register:" + route.name.removeprefix("api:")]
    if not route.name:
        return {"healthz": "/healthz"}.get(route.key, "/admin/nothing/here/")
    query = "?app_label=funding&model_name=package&field_name=meeting&term=a" if route.name.endswith("complete") else ""
    return reverse(route.name, args=keys.get(route.name, [])) + query


def refused(response: Any) -> bool:
    """Forbidden, or sent to log in."""
    return response.status_code == 403 or (
        response.status_code == 302 and response["Location"].startswith(reverse("admin:login") + "?next=")
    )


def may(person: str, least: str) -> bool:
    return least != NOBODY and ORDER.index(person) >= ORDER.index(least)


def answers(browsers: dict[str, Client], method: str, path: str, data: dict[str, str] | None = None) -> list[str]:
    """Who is let in; nobody is answered by a fault of ours."""
    found = []
    for person, client in browsers.items():
        response = client.get(path) if method == "GET" else client.post(path, data or {})
        assert response.status_code < 500, (path, person)
        # As a server does; what is sent from a file is open until then.
        response.close()
        if not refused(response):
            found.append(person)
    return found


@pytest.mark.parametrize("key", sorted(ROUTES))
def test_a_route_lets_in_whom_the_table_names(browsers, key):
    method, least = ROUTES[key]
    route = next(route for route in ALL if route.key == key)
    if key == "admin:logout":
        # Asked last of all, it would end the sessions of the others.
        assert not refused(Client().post(reverse(key)))
        return
    assert answers(browsers, method, address(route)) == [p for p in PEOPLE if may(p, least)]


def row_of(model: Any) -> Any:
    """The latest row of a model; there is one of each."""
    if model._meta.model_name == "candidatepair":
        # Any two records can be held against each other.
        meeting = Meeting.objects.get(ordinal=1)
        return f"{meeting.pk}.{meeting.group_id}"
    return model._default_manager.latest("pk").pk


@pytest.mark.parametrize("label", sorted(MODELS))
def test_the_admin_of_a_model_lets_in_whom_the_table_names(browsers, label):
    table: Model = MODELS[label]
    model = apps.get_model(label)
    base, pk = "admin:{}_{}".format(*label.split(".")), row_of(model)

    def in_(least: str) -> list[str]:
        return [person for person in PEOPLE if may(person, least)]

    assert answers(browsers, "GET", reverse(f"{base}_changelist")) == in_(table.view)
    assert answers(browsers, "GET", reverse(f"{base}_add")) == in_(table.add)
    assert answers(browsers, "GET", reverse(f"{base}_changelist") + f"{pk}/") == in_(STAFF)
    assert answers(browsers, "GET", reverse(f"{base}_change", args=[pk])) == in_(table.view)
    assert answers(browsers, "POST", reverse(f"{base}_change", args=[pk])) == in_(table.change)
    if label != "evidence.candidatepair":
        # A pair is no row of a table, and has no such pages.
        assert answers(browsers, "GET", reverse(f"{base}_history", args=[pk])) == in_(table.view)
        assert answers(browsers, "GET", reverse(f"{base}_delete", args=[pk])) == in_(table.delete)
    if table is RECORD:
        for page, (method, least) in RECORD_PAGES.items():
            assert answers(browsers, method, reverse(f"{base}_{page}", args=[pk])) == in_(least)


@pytest.mark.parametrize("worklist", ["queue", "contested", "drift"])
def test_deciding_at_the_desk_is_for_editors(browsers, worklist):
    path = reverse(f"admin:desk_{worklist}_item", args=[Meeting.objects.get(ordinal=1).pk, "starts"])
    assert answers(browsers, "POST", path, {"do": "accept"}) == [p for p in PEOPLE if may(p, EDITOR)]


@pytest.mark.parametrize("key", sorted(key for key, (_, least) in ROUTES.items() if least == ANYONE))
def test_where_reading_is_for_staff_nobody_else_is_let_in(browsers, settings, key):
    settings.PUBLIC_READING = False
    path = address(next(route for route in ALL if route.key == key))
    assert refused(Client().get(path)) == (key not in ALWAYS_OPEN)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_permissions_of_the_code_and_no_others(browsers, role):
    group = Group.objects.get(name=role)
    held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
    assert held == permissions_of(role)


def test_each_role_may_all_that_the_one_before_it_may():
    for less, more in pairwise(ROLES):
        assert permissions_of(less) < permissions_of(more)


def test_an_administrator_does_not_make_more_of_themselves(browsers):
    chief, url = browsers[ROLES[-1]], "admin:auth_user_change"
    superuser = get_user_model().objects.create_superuser(username="root", password="x")
    assert refused(chief.post(reverse(url, args=[superuser.pk]), {"username": "mine"}))
    assert refused(chief.get(reverse("admin:auth_user_password_change", args=[superuser.pk])))
    own = User.objects.get(username=ROLES[-1])
    data = {"username": own.username, "is_active": "on", "is_staff": "on", "is_superuser": "on", "groups": ["1"]}
    chief.post(reverse(url, args=[own.pk]), data)
    own.refresh_from_db()
    assert not own.is_superuser
