"""Contested fields: values that cannot both be true, side by side, until an editor chooses one or states a third."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
    visit = Visit.of(request, site, CONTESTED)
    item = visit.first(request.GET.get("after", ""))
    return visit.empty() if item is None else _page(visit, item, _form(visit, item))


def contested_item(request: HttpRequest, site: AdminSite, record: UUID, field: str) -> HttpResponse:
    """One field with its rivals; a post decides it and leads to the next."""
    visit = Visit.of(request, site, CONTESTED)
    item = visit.load(record, field)
    if item is None:
        return HttpResponseRedirect(visit.address())
    if request.method != "POST":
        return _page(visit, item, _form(visit, item))
    do = request.POST.get("do", "")
    if do == "skip":
        return visit.skip(item)
    if not visit.may_decide(item):
        raise PermissionDenied
    form = _form(visit, item, request.POST)
    return visit.carry_out(item, _wanted(request, item, form, do), form, lambda *shown: _page(visit, *shown))


def _form(visit: Visit, item: Item, data: Any = None) -> ValueForm:
    return ValueForm(
        data,
        kind=item.spec.kind,
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
        return state(form.normalised, str(form.cleaned_data["value"]), by, form.basis())
    verb, _, number = do.partition(":")
    option, why = item.option(number), form.cleaned_data["why"]
    if option is None or verb not in ("accept", "reject"):
        form.add_error(None, "Choose one of the values, or state another.")
        return None
    return accept(option, by, why) if verb == "accept" else reject(option, by, why)


def _page(visit: Visit, item: Item, form: Any) -> HttpResponse:
    context = {**visit.item_context(item, form), "open": item.open.contested}
    return TemplateResponse(visit.request, "admin/desk/contested.html", context)
