"""Who may do what: four roles as Django groups, each with all that the one before it may, and more.

They are put right after every `migrate`, so that a model added later is covered; groups of one's own stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import models

from evidence.models import Outlet, Record

VIEWER, EDITOR, APPROVER, ADMINISTRATOR = ROLES = ("Viewer", "Editor", "Approver", "Administrator")
APPS = ("evidence", "people", "meetings", "funding", "ingest")


def permissions_of(role: str) -> set[str]:
    """`app.codename` of everything that a role may."""
    found: set[str] = set()
    for name in ROLES[: ROLES.index(role) + 1]:
        found |= set(OWN[name]())
    return found


def _viewer() -> Iterator[str]:
    for app in APPS:
        yield from _named("view", apps.get_app_config(app).get_models())


def _editor() -> Iterator[str]:
    edited = [model for model in _records() if model is not Record]
    yield from _named("add", [*edited, *_vocabularies(), Outlet, apps.get_model("ingest.intake")])
    yield from _named("change", [*edited, *_vocabularies(), Outlet, apps.get_model("ingest.intake")])
    yield from ("evidence.add_judgement", "evidence.change_batch")


def _approver() -> Iterator[str]:
    yield "evidence.add_approval"


def _administrator() -> Iterator[str]:
    yield from _named("delete", _vocabularies())
    yield from ("ingest.add_factsimport", "evidence.add_batch")
    # Accounts are closed, not deleted: what their owners decided names them for ever.
    yield from ("auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group")
    yield from _named("view", apps.get_app_config("axes").get_models())
    yield "axes.delete_accessattempt"


OWN = {VIEWER: _viewer, EDITOR: _editor, APPROVER: _approver, ADMINISTRATOR: _administrator}


def _records() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models() if issubclass(model, Record)]


def _vocabularies() -> list[type[models.Model]]:
    """Reference data: what records name, and is no record itself."""
    return [
        model
        for app in ("people", "meetings", "funding")
        for model in apps.get_app_config(app).get_models()
        if not issubclass(model, Record)
    ]


def _named(action: str, found: Iterable[type[models.Model]]) -> Iterator[str]:
    for model in found:
        yield f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def load(**kwargs: Any) -> None:
    """Make the groups and give each exactly what its role may; the receiver of the last app's `post_migrate`."""
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(known[name] for name in permissions_of(role))
