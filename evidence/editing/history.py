"""The history of a record in the admin: every change and every act, each with the way back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from evidence.actions import PARTED, STATED, Action, actions
from evidence.choices import Decision, Identity
from evidence.editing import decisions
from evidence.editing.inputs import NOTE
from evidence.editing.requests import editor_of, is_id, note_of
from evidence.editing.reverting import revert_action, revert_field
from evidence.editing.shapes import Names, with_links, written
from evidence.fields import EXISTS, kind_spec
from evidence.history import Transition, transitions
from evidence.models import Binding, Record
from evidence.services import current_record

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

SHOWN = 300
VERBS = {
    STATED: "stated",
    PARTED: "took a source out: it is not",
    Decision.ACCEPT: "accepted",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "took back the decision on",
    Identity.SAME: "said: the same as",
    Identity.DIFFERENT: "said: different from",
    Identity.UNSURE: "said: not sure whether the same as",
}


@dataclass(frozen=True)
class ChangeRow:
    """A value that changed, in words; `back` is the `do` that sets the field back to `old`."""

    change: Transition
    old: str
    new: str
    back: str


@dataclass(frozen=True)
class ActRow:
    """An act in words, with the record judged against as it is named now; `undo` reverts it, empty if out of force."""

    act: Action
    verb: str
    said: str
    other: str
    undo: str


class HistoryAdmin(ModelAdmin):
    """The history page of a record with its reverts. Its URL `<record>/revert/` takes `do`, `why`, `seen_version`."""

    object_history_template = "admin/record/history.html"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if record is not None and self.has_view_permission(request, record):
            meta, now = self.opts, _current(record)
            context |= {
                **history_rows(record),
                "record": record,
                "now": now,
                "now_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[now.pk]) if now else "",
                "can_revert": self.has_change_permission(request, record),
                "revert_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_revert", args=[record.pk]),
                "note_limit": NOTE,
            }
        return super().history_view(request, object_id, context)

    def get_urls(self) -> list[URLPattern]:
        meta = self.opts
        own = path(
            "<path:object_id>/revert/",
            self.admin_site.admin_view(self.revert_view),
            name=f"{meta.app_label}_{meta.model_name}_revert",
        )
        return [own, *super().get_urls()]

    @method_decorator(require_POST)
    def revert_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`do` is `field:<settlement>` or the key of an act; `why` the reason, which is needed."""
        if not is_id(object_id):
            return HttpResponse("No such record.", status=404)
        record = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        begun = timezone.now()
        try:
            why = note_of(request)
            with transaction.atomic():
                decisions.hold(uuid.UUID(object_id))
                record.refresh_from_db()
                told = self._revert(request, record, why)
        except decisions.Refused as error:
            self.message_user(request, f"Nothing reverted. {error}", messages.ERROR)
        else:
            if decisions.waiting_since(editor_of(request), begun):
                told = decisions.WAITS
            self.log_change(request, record, f"{told} Reason: {why}")
            self.message_user(request, told, messages.SUCCESS)
        meta, after = self.opts, _current(record) or record
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[after.pk]))

    def _revert(self, request: HttpRequest, record: Record, why: str) -> str:
        if request.POST.get("seen_version") != str(record.version):
            raise decisions.Refused("The record changed while this page was open; look at its history once more.")
        if not why:
            raise decisions.Refused("A revert needs its reason.")
        by, do = editor_of(request), request.POST.get("do", "")
        kind, _, number = do.partition(":")
        if kind == "field" and number.isdecimal() and len(number) < 19:
            return revert_field(record=record, settlement=int(number), by=by, why=why)
        return revert_action(record=record, key=do, by=by, why=why)


def history_rows(record: Record) -> dict[str, Any]:
    """Changes and acts of a record in words, the latest first, for the template."""
    changes, acts = transitions(record.pk)[:SHOWN], actions(record.pk)[:SHOWN]
    pairs = [(c.field, value) for c in changes for value in _each(c.old) + _each(c.new)]
    pairs += [(name, value) for act in acts for name, value in act.values]
    names = Names.of(record.kind, pairs)
    labels = {spec.name: spec.label for spec in kind_spec(record.kind).fields}

    def text(name: str, value: Any) -> str:
        return "yes" if name == EXISTS and value is True else written(record.kind, name, value, names)

    bound = dict(
        Binding.objects.filter(mention__in=[act.other for act in acts if act.other]).values_list("mention", "record")
    )
    others = with_links(kind_spec(record.kind).model).in_bulk(set(bound.values()) - {record.pk})

    def other(act: Action) -> str:
        if act.other is None:
            return ""
        found = others.get(bound.get(act.other))
        return str(found) if found else "another that is part of this record"

    return {
        "changes": [
            ChangeRow(c, text(c.field, c.old), text(c.field, c.new), f"field:{c.settlement}" if c.old != c.new else "")
            for c in changes
        ],
        "acts": [
            ActRow(
                act,
                VERBS.get(act.verb, "took back what was said of it and"),
                "; ".join(f"{labels.get(name, name)}: {text(name, value)}" for name, value in act.values),
                other(act),
                act.key if act.revertible else "",
            )
            for act in acts
        ],
    }


def _current(record: Record) -> Any:
    """The record that one which was merged belongs to now; None for one that is a record of its own."""
    found = current_record(record.pk)
    return None if found in (None, record.pk) else kind_spec(record.kind).model._default_manager.get(pk=found)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
