"""The drift inbox: where sources disagree with what an editor decided before, or articles with what was imported."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from evidence.choices import Decision, Reason
from evidence.desk.acts import Act, accept, keep
from evidence.desk.forms import NoteForm
from evidence.desk.items import Item
from evidence.desk.visits import Visit
from evidence.desk.worklists import DRIFT
from evidence.editing.claims import stated_text
from evidence.editing.requests import editor_of
from evidence.fields import EXISTS
from evidence.models import Claim, Settlement, Verdict


@dataclass(frozen=True)
class Extracted:
    """What sources alone gave last, before an editor decided."""

    text: str
    reason: str
    at: datetime.datetime
    claim: Claim | None


@dataclass(frozen=True)
class LastWord:
    """The latest decision on a field: who, what they did, when and why."""

    by: str
    did: str
    at: datetime.datetime
    why: str


def drift(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What drifted, a page at a time, the latest first."""
    return Visit.of(request, site, DRIFT).listed("admin/desk/drift_list.html")


def next_drift(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The first field that drifted, from a place on."""
    return Visit.of(request, site, DRIFT).next(_form, _page)


def drift_item(request: HttpRequest, site: AdminSite, record: UUID, field: str) -> HttpResponse:
    """One field: last extracted, current and new; a post keeps the current value or takes a new one."""
    return Visit.of(request, site, DRIFT).one(record, field, _form, _wanted, _page)


def _form(visit: Visit, item: Item, data: Any = None) -> NoteForm:
    return NoteForm(data)


def _wanted(request: HttpRequest, item: Item, form: NoteForm, do: str) -> Act | None:
    """What the editor asked for: `keep`, or `take:<number>` of a new value."""
    if not form.is_valid():
        return None
    by, why = editor_of(request), form.cleaned_data["why"]
    if do == "keep":
        return keep(by, why)
    verb, _, number = do.partition(":")
    option = item.option(number)
    if verb != "take" or option is None:
        form.add_error(None, "Keep the current value, or take one of the new ones.")
        return None
    return accept(option, by, why)


def _page(visit: Visit, item: Item, form: Any) -> HttpResponse:
    context = {
        **visit.item_context(item, form),
        "extracted": _extracted(item),
        "decision": _last_word(item),
        "current": [option for option in item.options if option.open.leads and not option.open.rejected],
        "new": [option for option in item.options if option.is_news],
    }
    return TemplateResponse(visit.request, "admin/desk/drift.html", context)


def _extracted(item: Item) -> Extracted | None:
    row = (
        Settlement.objects.filter(record=item.record.pk, field=item.field.name)
        .exclude(reason__in=[Reason.EDITOR, Reason.ACCEPTED])
        .exclude(pk=item.head.settlement_id)
        .select_related("claim__snapshot__article__outlet")
        .order_by("-pk")
        .first()
    )
    if row is None:
        return None
    text = "nothing" if row.value is None else "yes"
    if row.value is not None and item.field.name != EXISTS:
        text = stated_text(item.record, item.field.name, row.value)
    return Extracted(text, Reason(row.reason).label, row.at, row.claim)


def _last_word(item: Item) -> LastWord | None:
    """Who spoke last on this field, by a statement or a verdict that holds."""
    here = {"mention__binding__record": item.record.pk, "field": item.field.name}
    stated = Claim.objects.filter(author__isnull=False, **here).select_related("author").order_by("-pk").first()
    verdict = (
        Verdict.objects.standing()
        .filter(**{f"claim__{name}": value for name, value in here.items()})
        .exclude(decision=Decision.WITHDRAW)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    words = []
    if stated is not None and stated.author is not None:
        words.append(LastWord(stated.author.get_username(), "stated", stated.created_at, stated.why))
    if verdict is not None:
        did = "accepted" if verdict.decision == Decision.ACCEPT else "rejected"
        words.append(LastWord(verdict.by.get_username(), did, verdict.at, verdict.why))
    return max(words, key=lambda word: word.at, default=None)
