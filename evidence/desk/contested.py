"""Contested fields: values that cannot both be true, side by side, until an editor chooses one or states a third."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from evidence.desk.acts import Act, accept, reject, state
from evidence.desk.forms import ValueForm
from evidence.desk.items import Item
from evidence.desk.visits import Visit
from evidence.desk.worklists import CONTESTED
from evidence.editing.requests import editor_of


def contested(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What is contested, a page at a time, the farthest-reaching first."""
    visit = Visit.of(request, site, CONTESTED)
    return visit.listed("admin/desk/contested_list.html")


def next_contested(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The first contested field from a place on."""
    return Visit.of(request, site, CONTESTED).next(_form, _page)


def contested_item(request: HttpRequest, site: AdminSite, record: UUID, field: str) -> HttpResponse:
    """One field with its rivals; a post decides it and leads to the next."""
    return Visit.of(request, site, CONTESTED).one(record, field, _form, _wanted, _page)


def _form(visit: Visit, item: Item, data: Any = None) -> ValueForm:
    return ValueForm(
        data,
        row=item.record,
        name=item.field.name,
        site=visit.site,
        request=visit.request,
        stating=bool(data) and data.get("do") == "state",
        sourced=True,
    )


def _wanted(request: HttpRequest, item: Item, form: ValueForm, do: str) -> Act | None:
    """What the editor asked for: `state`, or `accept:<number>` or `reject:<number>` of a rival."""
    by = editor_of(request)
    if "why" in form.errors or (form.stating and not form.is_valid()):
        return None
    if form.stating:
        return state(form.normalised, by, form.basis())
    verb, _, number = do.partition(":")
    option, why = item.option(number), form.cleaned_data["why"]
    if option is None or verb not in ("accept", "reject"):
        form.add_error(None, "Choose one of the values, or state another.")
        return None
    return accept(option, by, why) if verb == "accept" else reject(option, by, why)


def _page(visit: Visit, item: Item, form: Any) -> HttpResponse:
    context = {**visit.item_context(item, form), "open": item.open.contested}
    return TemplateResponse(visit.request, "admin/desk/contested.html", context)
