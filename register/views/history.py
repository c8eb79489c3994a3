"""The history of any record, and its state on any day gone by."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from evidence.actions import PARTED, STATED, Action, actions
from evidence.choices import Decision, Identity, RecordKind, RecordState
from evidence.fields import EXISTS, kind_spec
from evidence.history import PastValue, Transition, day_gone_by, end_of_day, transitions
from evidence.models import Record
from evidence.projection import PastRecord, past_record
from evidence.services import current_record
from register.dossier import Names
from register.listing import feed_address

# Entries of a page; a record that changed more often is read on through `?from=`.
ENTRIES = 200
# Parts of a record whose histories are named on its page.
PARTS = 100
VERBS = {
    Decision.ACCEPT: "accepted",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "took back what was decided on",
    STATED: "stated",
    PARTED: "took a source out that is not of",
}
JUDGED = {
    Identity.SAME: "said that it is the same as",
    Identity.DIFFERENT: "said that it is different from",
    Identity.UNSURE: "was not sure whether it is the same as",
    Identity.WITHDRAW: "took back what was said of it and",
}
FEEDS = {
    RecordKind.MEETING: "meeting-detail",
    RecordKind.CONTACT_GROUP: "group-detail",
    RecordKind.OFFICIAL: "official-detail",
    RecordKind.PACKAGE: "package-detail",
}


@dataclass(frozen=True)
class Entry:
    """One line of a history: a value that changed, or an act that changed none."""

    at: datetime.datetime
    label: str
    old: str
    new: str
    change: Transition | None
    act: Action | None
    verb: str = ""


@dataclass(frozen=True)
class ShownPast:
    """One value as it stood."""

    label: str
    text: str
    past: PastValue


def dated(kind: RecordKind) -> Callable[..., Callable[..., HttpResponse]]:
    """Lets a record's page show the state of a day that `?as_of=` names."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, pk: UUID) -> HttpResponse:
            return past_page(request, kind, pk) if "as_of" in request.GET else view(request, pk)

        return shown

    return wrap


def record_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of any record by its id alone; of a part that has none, that of its whole."""
    if "as_of" in request.GET:
        return past_page(request, None, pk)
    record = _readable(request, pk, None)
    if isinstance(record, HttpResponse):
        return record
    current = current_record(pk) or pk
    row: Any = kind_spec(record.kind).model.objects.filter(pk=current).first()
    while row is not None and not hasattr(row, "get_absolute_url"):
        row = getattr(row, row.whole) if row.whole else None
    if row is None:
        return redirect("register:record-history", pk=current)
    return redirect(row)


def record_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every change of a record, the latest first: from what to what, when, by which article or whom, and why."""
    record = _readable(request, pk, None)
    if isinstance(record, HttpResponse):
        return record
    spec = kind_spec(record.kind)
    row = spec.model.objects.get(pk=pk)
    current = current_record(pk)
    entries = _entries(record)
    asked = request.GET.get("from", "")
    start = min(int(asked), len(entries)) if asked.isdecimal() and len(asked) < 9 else 0
    context = {
        "record": row,
        "kind": spec.model._meta.verbose_name,
        "name": str(row),
        "entries": entries[start : start + ENTRIES],
        "earlier": start + ENTRIES if len(entries) > start + ENTRIES else None,
        "parts": _parts(row),
        "merged": current if current != pk else None,
        "days": sorted({entry.at.date() for entry in entries}, reverse=True)[:60],
        "page": reverse("register:record-detail", args=[pk]),
        "today": timezone.now().date(),
    }
    return render(request, "register/history.html", context)


def past_page(request: HttpRequest, kind: RecordKind | None, pk: UUID) -> HttpResponse:
    """The state of a record on the day that `?as_of=` names, at its end in UTC."""
    record = _readable(request, pk, kind)
    if isinstance(record, HttpResponse):
        return record
    try:
        day = day_gone_by(request.GET["as_of"])
    except ValueError as fault:
        context = {"asked": request.GET["as_of"], "fault": str(fault), "record": record}
        return render(request, "register/as_of_fault.html", context, status=400)
    past = past_record(pk, end_of_day(day))
    if past is None:
        raise Http404(f"The register did not state this record on {day.isoformat()}.")
    names = _names([past, *past.parts])
    current = current_record(pk)
    context = {
        "record": record,
        "kind": kind_spec(record.kind).model._meta.verbose_name,
        "past": past,
        "day": day,
        "name": str(past.row),
        "values": _shown(past, names),
        "parts": [
            (kind_spec(part.kind).model._meta.verbose_name, str(part.row), part.pk, _shown(part, names))
            for part in past.parts
        ],
        "merged": current if current != pk else None,
        "feed": feed_address(FEEDS[RecordKind(record.kind)], pk, query=request.GET) if record.kind in FEEDS else "",
    }
    return render(request, "register/past.html", context)


def _readable(request: HttpRequest, pk: UUID, kind: RecordKind | None) -> Record | HttpResponse:
    """The record; Http404 for none of this kind. One that was retracted is kept, and gone for all but staff."""
    record = Record.objects.filter(pk=pk, **({"kind": kind} if kind else {})).first()
    if record is None:
        raise Http404("The register has no record of this id.")
    if record.state == RecordState.RETRACTED and not request.user.has_perm("evidence.view_record"):
        return render(request, "410.html", status=410)
    return record


def _names(records: Iterable[PastRecord]) -> Names:
    names = Names()
    for record in records:
        for name, past in record.values.items():
            names.want(record.kind, name, past.value)
    names.fetch()
    return names


def _shown(past: PastRecord, names: Names) -> list[ShownPast]:
    return [
        ShownPast(spec.label, names.text(past.kind, spec.name, past.values[spec.name].value), past.values[spec.name])
        for spec in kind_spec(past.kind).fields
        if spec.name in past.values and (spec.name != EXISTS or len(past.values) == 1)
    ]


def _entries(record: Record) -> list[Entry]:
    changes = transitions(record.pk)
    acts = [act for act in actions(record.pk) if act.approval not in ("waiting", "refused")]
    names = Names()
    for change in changes:
        for value in (change.old, change.new):
            names.want(record.kind, change.field, value)
    for act in acts:
        for name, value in act.values:
            names.want(record.kind, name, value)
    names.fetch()
    labels = {spec.name: spec.label for spec in kind_spec(record.kind).fields}

    def text(name: str, value: Any) -> str:
        return names.text(record.kind, name, value)

    found = [Entry(c.at, c.label, text(c.field, c.old), text(c.field, c.new), c, None) for c in changes]
    for act in acts:
        said = "; ".join(f"{labels.get(name, name)}: {text(name, value)}" for name, value in act.values)
        verb = VERBS[act.verb] if act.verb in VERBS else JUDGED[Identity(act.verb)]
        found.append(Entry(act.at, "", "", said, None, act, verb))
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _parts(row: Any) -> list[Any]:
    found: list[Any] = []
    for kind in RecordKind:
        spec = kind_spec(kind)
        if spec.parent and spec.model._meta.get_field(spec.parent).related_model is type(row):
            links = [f.name for f in spec.model._meta.concrete_fields if f.is_relation and not f.one_to_one]
            rows = spec.model.objects.filter(**{spec.parent: row.pk}).exclude(
                state__in=(RecordState.MERGED, RecordState.RETRACTED)
            )
            found += rows.select_related(*links).order_by("pk")[:PARTS]
    return found
