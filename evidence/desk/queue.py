"""The review queue: one doubtful value after the other, beside the words that it rests on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.forms import MultiWidget
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from evidence.desk.acts import Act, accept, reject, state
from evidence.desk.forms import ValueForm
from evidence.desk.items import Item, Line, lines
from evidence.desk.reading import Passage, passage_of
from evidence.desk.visits import Visit
from evidence.desk.worklists import QUEUE
from evidence.editing.requests import editor_of
from evidence.models import Claim

OTHERS_SHOWN = 8


def queue(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The item that is first from a place on."""
    return Visit.of(request, site, QUEUE).next(_form, _page)


def queue_item(request: HttpRequest, site: AdminSite, record: UUID, field: str) -> HttpResponse:
    """One item, whether it still waits or not; a post decides it and leads to the next."""
    return Visit.of(request, site, QUEUE).one(record, field, _form, _wanted, _page)


def _form(visit: Visit, item: Item, data: Any = None) -> ValueForm:
    form = ValueForm(
        data,
        stating=_is_own(data) if data else False,
        row=item.record,
        name=item.field.name,
        site=visit.site,
        request=visit.request,
    )
    if form.takes_value and not isinstance(form.fields["value"].widget, MultiWidget):
        # The label before it names the choice; what is made of several inputs names each itself.
        form.fields["value"].widget.attrs["aria-label"] = "Another value"
    return form


def _is_own(sent: Any) -> bool:
    """Is it the editor's own value that is to be accepted?"""
    return bool(sent.get("do") == "correct" or (sent.get("do") == "accept" and sent.get("choice") == "other"))


def _wanted(request: HttpRequest, item: Item, form: ValueForm, do: str) -> Act | None:
    """What the editor asked for; None where the form has to be filled in differently, and says how."""
    by, choice = editor_of(request), request.POST.get("choice", "")
    if "why" in form.errors:
        return None
    why = form.cleaned_data["why"]
    if form.stating:
        if not form.is_valid():
            return None
        if not form.takes_value:
            form.add_error(None, "Whether a record exists is accepted or rejected; correct its values on its own page.")
            return None
        return state(form.normalised, by, form.basis())
    option = item.option(choice)
    if option is None or do not in ("accept", "reject"):
        form.add_error(None, "Choose a value first." if choice != "other" else "A value of your own is not rejected.")
        return None
    if form.cleaned_data.get("value") not in (None, "", []):
        form.add_error(None, "You wrote a value of your own and chose another. Choose “Another”, or empty it.")
        return None
    return accept(option, by, why) if do == "accept" else reject(option, by, why)


def _page(visit: Visit, item: Item, form: Any) -> HttpResponse:
    request = visit.request
    passage = passage_of(item, request.GET.get("claim", ""))
    asked = passage.option if passage and str(passage.claim) == request.GET.get("claim") else item.proposed
    context = {
        **visit.item_context(item, form),
        "passage": passage,
        "chosen": request.POST.get("choice") or (asked.key if asked else ""),
        "open": item.head.priority > 0,
        "beside": _beside(visit, passage, item) if passage else [],
    }
    return TemplateResponse(request, "admin/desk/queue.html", context)


def _beside(visit: Visit, passage: Passage, item: Item) -> list[Line]:
    """Other values that the same article gives and that wait too, the most doubtful first."""
    run = Claim.objects.filter(pk=passage.claim).values("run")
    spoken = Claim.objects.filter(run__in=run).values("mention__binding__record")
    heads = list(
        QUEUE.rows(visit.kinds)
        .filter(record__in=spoken)
        .exclude(record=item.record.pk, field=item.field.name)
        .select_related("settlement")[:OTHERS_SHOWN]
    )
    return lines(heads)
