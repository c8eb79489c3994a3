"""The admin of a kind of record: search, form, claims and parts of it, retraction. Columns follow from claims."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from evidence.approvals import waiting_for
from evidence.choices import Decision, RecordState
from evidence.editing import decisions
from evidence.editing.approvals import decision_words
from evidence.editing.batches import EditManyAdmin, changed_since, held
from evidence.editing.claims import claim_table
from evidence.editing.filters import ContestedFilter, StateFilter
from evidence.editing.forms import BASIS, record_form
from evidence.editing.history import HistoryAdmin
from evidence.editing.inputs import NOTE
from evidence.editing.readonly import admin_url
from evidence.editing.requests import editor_of, is_id, note_of
from evidence.editing.shapes import parts_of, shapes, with_links
from evidence.editing.source_admin import SourcesAdmin
from evidence.editing.telling_apart import lines_of
from evidence.fields import KindSpec, kind_spec
from evidence.models import Claim, Record
from evidence.services import current_record

# Parts shown on a record's page; more than these are reached through the list.
PARTS_SHOWN = 60


class RecordAdmin(HistoryAdmin, SourcesAdmin, EditManyAdmin):
    """Edits records of one kind by stating claims; a subclass says what lists and search show."""

    kind: str
    list_filter: ClassVar[Any] = [StateFilter, ContestedFilter]
    list_per_page = 50
    show_full_result_count = False
    actions = ["edit_many", "retract_records", "restore_records"]
    change_form_template = "admin/record/change_form.html"
    save_on_top = True

    @property
    def spec(self) -> KindSpec:
        return kind_spec(self.kind)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Everywhere, not in the list alone: suggestions name what they find too.
        return super().get_queryset(request).select_related(*cast(Any, self.list_select_related) or ())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            # Only what the register states can be named as another record's value.
            queryset = queryset.filter(state=RecordState.LIVE)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="contested")
    def contested(self, record: Record) -> str:
        labels = [self.spec.by_name[name].label for name in record.contested_fields if name in self.spec.by_name]
        return ", ".join(labels) or "–"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are retracted, never deleted."""
        return False

    # The form

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return record_form(self.kind, self.admin_site, add=obj is None, refusal=getattr(request, "refusal", ""))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return []
        parent = [self.spec.parent] if obj is None and self.spec.parent else []
        values = [*parent, *shapes(self.kind)]
        effect = (
            "A changed value is kept as your statement and holds whatever later articles say. "
            "Emptying a field rejects the value shown: the next best one takes its place, if there is one."
        )
        return [
            ("Values", {"fields": values, "description": "" if obj is None else effect}),
            ("Reason and source", {"fields": [*BASIS, "seen_version", "seen"]}),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {name: value for name, value in request.GET.items() if name in (self.spec.parent, *shapes(self.kind))}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if object_id is not None:
            moved = self._moved(request, object_id)
            if moved is not None:
                return moved
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                if object_id is not None and is_id(object_id):
                    decisions.hold(uuid.UUID(object_id))
                return super().changeform_view(request, object_id, form_url, extra_context)
        except decisions.Refused as error:
            # The page is shown again with what was typed and with what the database refused.
            cast(Any, request).refusal = str(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        # Only here: who is refused, or sent on after saving, needs nothing of it.
        original = context["original"]
        # As it is stored: what was typed may be written on the row at hand.
        stored = self.get_object(request, str(original.pk)) if original is not None else None
        more = self._context(request, stored) if stored is not None else {}
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def _moved(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """To the record that this id stands for today, where it was merged away."""
        current = current_record(uuid.UUID(object_id)) if is_id(object_id) else None
        if current is None or str(current) == object_id.lower():
            return None
        self.message_user(request, "The record you asked for is part of this one now.", messages.INFO)
        meta = self.opts
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[current]))

    def _context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        parent = getattr(record, self.spec.parent) if self.spec.parent else None
        meta = self.opts
        return {
            "record": record,
            "contested": self.contested(record) if record.contested_fields else "",
            "claims": claim_table(record),
            "waiting": [(held, decision_words(held)) for held in waiting_for(record)],
            "parts": self._parts(request, record),
            "parent": parent,
            "parent_url": admin_url(parent) if parent else "",
            "decide_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_decide", args=[record.pk]),
            "history_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[record.pk]),
            "sources_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_sources", args=[record.pk]),
            "can_decide": self.has_change_permission(request, record),
            "next_url": next_contested(record.pk),
            "note_limit": NOTE,
            "show_save_and_add_another": False,
        }

    def _parts(self, request: HttpRequest, record: Record) -> list[dict[str, Any]]:
        found = []
        for _, model, column in parts_of(self.model):
            other = self.admin_site.get_model_admin(model)
            if not other.has_view_permission(request):
                continue
            meta = model._meta
            base = f"admin:{meta.app_label}_{meta.model_name}"
            rows = list(
                with_links(model).filter(**{column: record}).exclude(state=RecordState.MERGED)[: PARTS_SHOWN + 1]
            )
            found.append(
                {
                    "name": meta.verbose_name_plural,
                    "singular": meta.verbose_name,
                    "rows": [(admin_url(row), row) for row in rows[:PARTS_SHOWN]],
                    "more": len(rows) > PARTS_SHOWN,
                    "list_url": f"{reverse(f'{base}_changelist')}?{column}={record.pk}",
                    "add_url": f"{reverse(f'{base}_add')}?{column}={record.pk}"
                    if other.has_add_permission(request)
                    else "",
                }
            )
        return found

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        # The list of a record's parts.
        return lookup == self.spec.parent or super().lookup_allowed(lookup, value, cast(HttpRequest, request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by, basis = editor_of(request), form.basis()
        if change:
            done = decisions.state_and_empty(record=obj, stated=form.stated, emptied=form.emptied, by=by, basis=basis)
        else:
            parent = form.cleaned_data.get(self.spec.parent) if self.spec.parent else None
            started = timezone.now()
            pk = decisions.add_record(
                kind=self.kind, stated=form.stated, parent=parent.pk if parent else None, by=by, basis=basis
            )
            # The record may be one that was there already, where its values identify it.
            known = self.model._default_manager.get(pk=pk)
            obj.id = obj.record_ptr_id = pk
            done = []
            if known.created_at < started:
                done.append("It was in the register already; your values were added to it.")
            if waiting_for(known).filter(asked_by=by.pk, asked_at__gte=started).exists():
                done.append(decisions.WAITS)
        obj.refresh_from_db()
        form.done = done
        for line in done:
            self.message_user(request, line, messages.INFO)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        told = ["Added."] if add else form.done or ["Saved without a change."]
        reason = form.cleaned_data.get("reason")
        return " ".join([*told, f"Reason: {reason}" if reason else ""]).strip()

    # Deciding on claims

    def get_urls(self) -> list[URLPattern]:
        meta = self.opts
        own = path(
            "<path:object_id>/decide/",
            self.admin_site.admin_view(require_POST(self.decide_view)),
            name=f"{meta.app_label}_{meta.model_name}_decide",
        )
        return [own, *super().get_urls()]

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Accept, reject or take back the value of one claim: `do` is `<decision>:<claim>`, `why` the reason."""
        if not is_id(object_id):
            return HttpResponse("No such record.", status=404)
        record = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        decision, _, number = request.POST.get("do", "").partition(":")
        claims: QuerySet[Claim] = Claim.objects.filter(mention__binding__record=record.pk)
        claim = claims.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if decision not in Decision.values or claim is None:
            self.message_user(request, "Nothing decided: this record has no such claim.", messages.ERROR, "decision")
        else:
            try:
                why = note_of(request)
                told = decisions.decide_value(
                    record=record, claim=claim, decision=Decision(decision), by=editor_of(request), why=why
                )
            except decisions.Refused as error:
                self.message_user(request, f"Nothing decided. {error}", messages.ERROR, "decision")
            else:
                self.log_change(request, record, told + (f" Reason: {why}" if why else ""))
                self.message_user(request, told, messages.SUCCESS, "decision")
        return HttpResponseRedirect(f"{admin_url(record)}#claims")

    # Retracting

    @admin.action(description="Retract selected %(verbose_name_plural)s", permissions=["change"])
    def retract_records(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        effect = "They are no longer shown, whatever later articles say. They and their history are kept."
        return self._confirmed(request, queryset, ("retract", "retracted"), effect, decisions.retract)

    @admin.action(description="Restore selected %(verbose_name_plural)s", permissions=["change"])
    def restore_records(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        effect = "The retraction is taken back; they are shown again where their sources suffice."
        return self._confirmed(request, queryset, ("restore", "restored"), effect, decisions.restore)

    def _confirmed(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        words: tuple[str, str],
        effect: str,
        act: Callable[..., bool],
    ) -> HttpResponse | None:
        """Ask for a reason first; then act on every record, or say how many were left alone."""
        verb, past = words
        fault = "A reason is needed." if "why" in request.POST else ""
        try:
            why = note_of(request)
        except decisions.Refused as error:
            why, fault = "", str(error)
        if why:
            changed = self._act(request, queryset, past, act, why)
            if not changed:
                return None
            fault = f"Not done: changed while this page was open. {' '.join(changed)} Look again, then confirm."
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb.capitalize()} {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "verb": verb,
            "effect": effect,
            "lines": lines_of(self, list(queryset)),
            "fault": fault,
            "typed": request.POST.get("why", ""),
            "action": f"{verb}_records",
            "checkbox": ACTION_CHECKBOX_NAME,
            "note_limit": NOTE,
        }
        return TemplateResponse(request, "admin/record/retract.html", context)

    def _act(
        self, request: HttpRequest, queryset: QuerySet[Any], past: str, act: Callable[..., bool], why: str
    ) -> list[str]:
        """Act on every record, unless one changed since it was shown; returns what changed."""
        done, begun, by = 0, timezone.now(), editor_of(request)
        with transaction.atomic():
            records = held(queryset)
            changed = changed_since(records, request.POST.getlist("seen"))
            if changed:
                return changed
            for record in records:
                if act(record=record, by=by, why=why):
                    done += 1
                    self.log_change(request, record, f"{past.capitalize()}. Reason: {why}")
        left = len(records) - done
        told = f"{done} {past}." + (f" {left} left as they were." if left else "")
        told = f"{told} {decisions.waiting_since(by, begun)}".strip()
        self.message_user(request, told, messages.SUCCESS if done else messages.WARNING)
        return []


def next_contested(after: uuid.UUID) -> str:
    """Address of the claims of the next live record with a contested field, round the end; empty if there is none."""
    waiting = Record.objects.live().exclude(contested_fields=[]).exclude(pk=after)
    later = Case(When(pk__gt=after, then=0), default=1, output_field=IntegerField())
    found = waiting.order_by(later, "pk").values_list("pk", "kind").first()
    if found is None:
        return ""
    meta = kind_spec(found[1]).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[found[0]]) + "#claims"
