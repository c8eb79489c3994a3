"""The admin of batches: how far each is, what it did, and its one revert; and the edit of many records at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from evidence import batches
from evidence.acceptable import acceptable
from evidence.choices import BatchKind, BatchState
from evidence.editing.batch_items import in_words, offers_in_words
from evidence.editing.decisions import Refused, hold, refusals, waiting_since
from evidence.editing.forms import changed_labels
from evidence.editing.inputs import NOTE, form_field, plain_words
from evidence.editing.readonly import InnerAdmin, ReadOnlyAdmin
from evidence.editing.requests import editor_of, note_of
from evidence.editing.shapes import Form, Names, shapes, written
from evidence.editing.telling_apart import Line, lines_of
from evidence.editing.trial import faults_of_many, settled_values
from evidence.fields import Combine
from evidence.models import Batch, BatchItem, Outlet
from evidence.tasks import advance_batch

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

# Records edited at once, in one transaction that settles each; and the items that a page names.
MOST = 200
SHOWN = 200
# Values named of those that an acceptance would only confirm.
SAMPLE = 30


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "state", "progress", "requested_by", "created_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["requested_by"]
    search_fields = ["title", "why"]
    change_form_template = "admin/batch/batch.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        left = Count("items", filter=Q(items__done=False))
        found: QuerySet[Any] = super().get_queryset(request).annotate(items_total=Count("items"), items_left=left)
        return found

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        back = ["reverted_by", "reverted_why"] if obj and obj.reverted_by_id else []
        return ["why", "requested_by", "created_at", "updated_at", *back]

    @admin.display(description="done")
    def progress(self, batch: Any) -> str:
        return f"{batch.items_total - batch.items_left:,} of {batch.items_total:,}"

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        batch: Any = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if batch is not None:
            rows = batch.items.order_by("pk")
            reread = batch.kind == BatchKind.REREAD
            if reread and batch.state != BatchState.WAITING:
                rows = rows.exclude(difference={}, fault="")
            context |= {
                "batch": batch,
                "rows": in_words(rows[:SHOWN]),
                "more": max(rows.count() - SHOWN, 0),
                "done_count": batch.items_total - batch.items_left,
                "working": batch.state in batches.UNFINISHED,
                "stands_still": batches.stands_still(batch),
                "can_move": request.user.has_perm(f"evidence.{'add' if reread else 'change'}_batch"),
                "move_url": f"admin:{'ingest_intake_reread' if reread else 'evidence_batch'}_",
                "note_limit": NOTE,
            }
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            found: URLPattern = path(route, self.admin_site.admin_view(view), name=f"evidence_batch_{name}")
            return found

        return [
            page("<int:pk>/revert/", self.revert_view, "revert"),
            page("<int:pk>/resume/", self.resume_view, "resume"),
            page("accept/<int:outlet>/", self.accept_view, "accept"),
            *super().get_urls(),
        ]

    def _must(self, request: HttpRequest, *, posting: bool) -> None:
        if not request.user.has_perm("evidence.change_batch") or (posting and request.method != "POST"):
            raise PermissionDenied

    def revert_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back every decision of a batch at once; `why` is needed."""
        self._must(request, posting=True)
        batch = get_object_or_404(Batch, pk=pk)
        try:
            why = note_of(request)
            if not why:
                raise Refused("A revert needs its reason.")
            with refusals():
                batches.revert_batch(batch=batch, by=editor_of(request), why=why)
                self.log_change(request, batch, f"Reverted: {why}")
        except ValueError as error:
            self.message_user(request, f"Nothing reverted. {error}", messages.ERROR)
        else:
            transaction.on_commit(partial(advance_batch.delay, pk), robust=True)
        return HttpResponseRedirect(reverse("admin:evidence_batch_change", args=[pk]))

    def resume_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hint at a batch again whose worker or message was lost."""
        self._must(request, posting=True)
        get_object_or_404(Batch.objects.exclude(kind=BatchKind.REREAD), pk=pk)
        transaction.on_commit(partial(advance_batch.delay, pk), robust=True)
        return HttpResponseRedirect(reverse("admin:evidence_batch_change", args=[pk]))

    def accept_view(self, request: HttpRequest, outlet: int) -> HttpResponse:
        """Accept all that an outlet says above a confidence: how many values that is first, then the batch."""
        self._must(request, posting=False)
        found = get_object_or_404(Outlet, pk=outlet)
        form = AcceptForm(request.POST or request.GET or None)
        count, changing, offers = None, 0, []
        if form.is_valid():
            offers = acceptable(found, form.cleaned_data["confidence"])
            count, changing = len(offers), sum(one.changes for one in offers)
            if request.method == "POST" and count and form.cleaned_data["why"]:
                if form.cleaned_data["counted"] == count:
                    return self._start(request, found, form)
                form.add_error(None, f"It were {form.cleaned_data['counted']} values when you looked, now {count}.")
            elif request.method == "POST":
                form.add_error("why", "A reason is needed, and at least one value.")
        # What would change the register is shown to the last, as far as a page goes.
        shown = max(min(changing, SHOWN), SAMPLE)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Accept what {found} says",
            "opts": self.opts,
            "form": form,
            "count": count,
            "read": found.articles.exists(),
            "changing": changing,
            "offers": offers_in_words(offers[:shown]),
            "more": max(len(offers) - shown, 0),
            "more_changing": max(changing - shown, 0),
        }
        return TemplateResponse(request, "admin/batch/accept.html", context)

    def _start(self, request: HttpRequest, outlet: Outlet, form: forms.Form) -> HttpResponse:
        data = form.cleaned_data
        batch = batches.accept_outlet(
            outlet=outlet, confidence=data["confidence"], by=editor_of(request), why=data["why"]
        )
        transaction.on_commit(partial(advance_batch.delay, batch.pk), robust=True)
        return HttpResponseRedirect(reverse("admin:evidence_batch_change", args=[batch.pk]))


class AcceptForm(forms.Form):
    """From which confidence on, and why. `counted` is how many values the page said that would be."""

    confidence = forms.FloatField(min_value=0, max_value=1, initial=0.95, help_text="0 to 1, as the reader gave it.")
    why = forms.CharField(label="Reason", max_length=NOTE, required=False)
    counted = forms.IntegerField(required=False, widget=forms.HiddenInput)


@admin.register(BatchItem)
class BatchItemAdmin(InnerAdmin):
    list_display = ["batch", "record", "article", "done", "fault"]
    list_select_related = ["batch", "record", "article"]
    search_fields = ["batch__title", "fault"]


class EditManyAdmin(ModelAdmin):
    """The action that states one value of many records: what it would change first, then the batch."""

    kind: str

    @admin.action(description="Edit one field of selected %(verbose_name_plural)s", permissions=["change"])
    def edit_many(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        form = self._edit_form(request)
        records = list(queryset.order_by("pk")[: MOST + 1])
        name, value, preview = "", None, []
        if len(records) > MOST:
            self.message_user(request, f"At most {MOST} are edited at once.", messages.ERROR)
            return None
        if form.is_bound and form.is_valid():
            name = form.cleaned_data["field"]
            value = self._value(form, name)
            for record, fault in faults_of_many(records, name, value) if value is not None else ():
                form.add_error(f"to_{name}", f"{record}: {fault}")
        if value is not None and not form.errors:
            preview = self._preview(records, name, value)
            if request.POST.get("confirm"):
                done = self._edit(request, queryset, form, name, value)
                if done is not None:
                    return done
        context = {
            **self.admin_site.each_context(request),
            "title": f"Edit one field of {len(records)} {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "form": form,
            "lines": lines_of(self, records),
            "preview": preview,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/batch/edit.html", context)

    def _edit_form(self, request: HttpRequest) -> forms.Form:
        editable = {
            name: shape
            for name, shape in shapes(self.kind).items()
            if shape.spec.combine is not Combine.MANY and shape.form is not Form.LINES
        }
        members: dict[str, Any] = {
            "field": forms.ChoiceField(choices=[(name, shape.label) for name, shape in editable.items()]),
            "why": forms.CharField(label="Reason", max_length=NOTE),
        }
        for name, shape in editable.items():
            members[f"to_{name}"] = form_field(shape, self.admin_site)
        form: forms.Form = type("EditForm", (forms.Form,), members)(request.POST if "field" in request.POST else None)
        return form

    def _value(self, form: forms.Form, name: str) -> Any:
        """The value typed for the field chosen, normalised; None, with an error at it, where there is none."""
        shape, typed = shapes(self.kind)[name], form.cleaned_data.get(f"to_{name}")
        try:
            if typed in (None, "", []):
                raise ValidationError("Give the value here.")
            if isinstance(typed, str):
                plain_words(typed)
            return shape.spec.normalise(str(typed.pk) if shape.form is Form.LINK else typed)
        except ValidationError as error:
            form.add_error(f"to_{name}", error)
        except (ValueError, TypeError) as error:
            form.add_error(f"to_{name}", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return None

    def _preview(self, records: list[Any], name: str, value: Any) -> list[tuple[Line, str, str]]:
        befores = [settled_values(record).get(name) for record in records]
        names = Names.of(self.kind, [(name, found) for found in [*befores, value]])
        now = written(self.kind, name, value, names)
        return [
            (line, written(self.kind, name, before, names), now)
            for line, before in zip(lines_of(self, records), befores, strict=True)
        ]

    def _edit(
        self, request: HttpRequest, queryset: QuerySet[Any], form: forms.Form, name: str, value: Any
    ) -> HttpResponse | None:
        label, begun = shapes(self.kind)[name].spec.label, timezone.now()
        try:
            with refusals():
                records = held(queryset)
                changed = changed_since(records, request.POST.getlist("seen"))
                if changed:
                    raise Refused(f"Changed while this page was open. {' '.join(changed)} Look again.")
                batch = batches.edit_many(
                    records=records,
                    field=name,
                    value=value,
                    title=f"{label} of {len(records)} {self.opts.verbose_name_plural}",
                    by=editor_of(request),
                    why=form.cleaned_data["why"],
                )
                for record in records:
                    self.log_change(request, record, f"Edited with others: {label}. Batch {batch.pk}.")
        except ValueError as error:
            form.add_error(None, f"Nothing edited. {error}")
            return None
        waits = waiting_since(editor_of(request), begun)
        told = f"Edited {len(records)}. {waits} One click on this page reverts all."
        self.message_user(request, told.replace("  ", " "), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:evidence_batch_change", args=[batch.pk]))


def held(queryset: QuerySet[Any]) -> list[Any]:
    """The records of a bulk action, each kept from changing until the end of the transaction, as they then are."""
    pks = list(queryset.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        hold(pk)
    return list(queryset.order_by("pk"))


def changed_since(records: Any, seen: list[str]) -> list[str]:
    """What became of the records of a confirmation page since it showed them, a sentence each; none if nothing."""
    versions = dict(pair.partition(":")[::2] for pair in seen)
    told = []
    for record in records:
        version = versions.get(str(record.pk), "")
        if version != str(record.version):
            labels = changed_labels(record, int(version)) if version.isdecimal() and len(version) < 9 else []
            told.append(f"{record}: {', '.join(labels) or 'not shown before'}.")
    return told
