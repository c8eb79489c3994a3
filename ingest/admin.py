"""Admin of what was submitted: how far it has come, what went wrong, upload and another try."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

import extraction
from evidence.choices import BatchKind
from evidence.editing.approvals import answer_of
from evidence.editing.decisions import Refused
from evidence.editing.inputs import NOTE
from evidence.editing.readonly import ReadOnlyAdmin, link_to
from evidence.editing.requests import editor_of, note_of
from evidence.models import Batch
from ingest import rereading
from ingest.choices import ImportState, IntakeState
from ingest.facts import approving
from ingest.facts.forms import FactsForm, FilesField
from ingest.facts.running import request_import
from ingest.formats import MAX_BYTES
from ingest.models import FactsImport, Intake
from ingest.services import refuse, retry, submit_bytes
from ingest.tasks import advance, import_facts, reread_batch


class UploadForm(forms.Form):
    """Article files, as an editor has them on disk."""

    files = FilesField(
        label="Article files",
        allow_empty_file=True,
        help_text="JSON, HTML or plain text in UTF-8, 10 MB each at most.",
    )


@admin.register(Intake)
class IntakeAdmin(ReadOnlyAdmin):
    list_display = ["name", "state", "fault", "attempts", "article_link", "submitted_by", "created_at"]
    list_filter = ["state"]
    list_select_related = ["article", "submitted_by"]
    search_fields = ["name", "fault", "article__title"]
    date_hierarchy = "created_at"
    exclude = ["payload"]
    actions = ["try_again"]
    article_link = link_to("article", "article")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intake]:
        return super().get_queryset(request).defer("payload", "run__facts", "snapshot__text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingest.add_intake")

    def get_urls(self) -> list[URLPattern]:
        return [
            path("reread/", self.admin_site.admin_view(self.reread_view), name="ingest_intake_reread"),
            *(
                path(f"reread/<int:batch>/{do}/", self.admin_site.admin_view(view), name=f"ingest_intake_reread_{do}")
                for do, view in (
                    ("apply", self.apply_view),
                    ("resume", self.resume_view),
                    ("revert", self.revert_view),
                )
            ),
            *super().get_urls(),
        ]

    def reread_view(self, request: HttpRequest) -> HttpResponse:
        """How many articles another version of the engine read; POST with `why` reads them dry, as a batch."""
        if not request.user.has_perm("evidence.add_batch"):
            raise PermissionDenied
        if request.method == "POST":
            try:
                why = note_of(request)
                if not why:
                    raise Refused("A reason is needed.")
                batch = rereading.preview(by=editor_of(request), why=why)
            except ValueError as error:
                self.message_user(request, f"Not begun. {error}", messages.ERROR)
            else:
                transaction.on_commit(partial(reread_batch.delay, batch.pk), robust=True)
                return HttpResponseRedirect(reverse("admin:evidence_batch_change", args=[batch.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Read articles anew",
            "opts": self.opts,
            "count": len(rereading.outdated()),
            "version": f"{extraction.ENGINE} {extraction.VERSION}",
        }
        return TemplateResponse(request, "admin/batch/reread.html", context)

    def apply_view(self, request: HttpRequest, batch: int) -> HttpResponse:
        """Do in earnest what was read dry."""
        return self._moved(request, batch, rereading.apply, "Not applied")

    def revert_view(self, request: HttpRequest, batch: int) -> HttpResponse:
        """Let the readings before be live again; `why` is needed."""

        def revert(pk: int) -> None:
            why = note_of(request)
            if not why:
                raise Refused("a revert needs its reason")
            rereading.revert(pk, by=editor_of(request), why=why)
            self.log_change(request, Batch.objects.get(pk=pk), f"Reverted: {why}")

        return self._moved(request, batch, revert, "Nothing reverted")

    def resume_view(self, request: HttpRequest, batch: int) -> HttpResponse:
        """Hint at a batch again whose worker or message was lost."""
        return self._moved(request, batch, lambda pk: None, "")

    def _moved(self, request: HttpRequest, pk: int, move: Callable[[int], None], refused: str) -> HttpResponse:
        if not request.user.has_perm("evidence.add_batch") or request.method != "POST":
            raise PermissionDenied
        get_object_or_404(Batch, pk=pk, kind=BatchKind.REREAD)
        try:
            move(pk)
        except ValueError as error:
            self.message_user(request, f"{refused}: {error}.", messages.ERROR)
        else:
            transaction.on_commit(partial(reread_batch.delay, pk), robust=True)
        return HttpResponseRedirect(reverse("admin:evidence_batch_change", args=[pk]))

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingest.change_intake")

    @admin.action(description="Try selected quarantined ones again", permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Intake]) -> None:
        with transaction.atomic():
            found = queryset.filter(state=IntakeState.QUARANTINED, payload__isnull=False).select_for_update(
                of=("self",)
            )
            chosen = [intake.pk for intake in found]
            for intake in found:
                retry(intake)
                hint(intake.pk)
        left = queryset.exclude(pk__in=chosen).count()
        told = f"{len(chosen)} will be read again."
        if left:
            told += f" {left} left as they were: not quarantined, or refused before their bytes were kept."
        self.message_user(request, told, messages.SUCCESS if chosen else messages.WARNING)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Upload article files; what cannot be read is quarantined with its fault, the rest goes on."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
        if posted and form.is_valid():
            self._submit(request, form.cleaned_data["files"])
            return HttpResponseRedirect(reverse("admin:ingest_intake_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Upload articles",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/ingest/intake/upload.html", context)

    def _submit(self, request: HttpRequest, files: list[UploadedFile]) -> None:
        for file in files:
            name, size = file.name or "unnamed", file.size or 0
            if size > MAX_BYTES:
                fault = f"is {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read"
                intake = refuse(name, fault, request.user.pk)
            else:
                intake = submit_bytes(name, file.read(), request.user.pk)
            if intake.state == IntakeState.QUARANTINED:
                self.message_user(request, f"Refused: {name} {intake.fault}.", messages.ERROR)
            elif intake.state == IntakeState.SETTLED:
                self.message_user(request, f"Nothing to do: {name} was read before, as {intake.name}.", messages.INFO)
            else:
                hint(intake.pk)
                self.message_user(request, f"Submitted: {name}.", messages.SUCCESS)


def hint(pk: int) -> None:
    """Tell a worker once the row is committed; a message that cannot be sent is made good by the sweeper."""
    transaction.on_commit(partial(advance.delay, pk), robust=True)


@admin.register(FactsImport)
class FactsImportAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "progress", "dry_run", "left_out", "requested_by", "created_at"]
    list_filter = ["state", "dry_run"]
    list_select_related = ["requested_by"]
    search_fields = ["report", "faults"]
    exclude = ["texts"]
    change_form_template = "admin/record/approval.html"

    @admin.display(description="rows")
    def progress(self, row: FactsImport) -> str:
        return f"{row.rows_done} of {row.rows_total}" if row.rows_total else "–"

    @admin.display(description="faults")
    def left_out(self, row: FactsImport) -> int:
        return len(row.faults.splitlines())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ingest.add_factsimport")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        row = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if row is not None:
            own = row.requested_by_id == request.user.pk
            context |= {
                "open": row.state == ImportState.HELD,
                "own": own,
                "may_answer": not own and request.user.has_perm("evidence.add_approval"),
                "answer_url": reverse("admin:ingest_factsimport_answer", args=[row.pk]),
                "note_limit": NOTE,
            }
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer_view)
        return [path("<int:pk>/answer/", view, name="ingest_factsimport_answer"), *super().get_urls()]

    @method_decorator(require_POST)
    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The second person's word: `do` is `confirm` or `refuse`, `why` the reason; a refusal needs one."""
        if not request.user.has_perm("evidence.add_approval"):
            raise PermissionDenied
        get_object_or_404(FactsImport, pk=pk)
        try:
            granted, why = answer_of(request)
            approving.answer(pk=pk, granted=granted, by=editor_of(request), why=why)
        except (Refused, approving.NotForYou) as error:
            self.message_user(request, f"Not answered. {error}", messages.ERROR)
        else:
            if granted:
                transaction.on_commit(partial(import_facts.delay, pk), robust=True)
            told = "Confirmed; a worker imports it." if granted else "Refused; nothing of it is imported."
            self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:ingest_factsimport_change", args=[pk]))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Hand in files, or ask for those shipped; a worker imports them, and the list says how far it is."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        form = FactsForm(request.POST, request.FILES) if posted else FactsForm()
        if posted and form.is_valid():
            wanted = request_import(
                form.cleaned_data["files"], dry_run=form.cleaned_data["dry_run"], by=request.user.pk
            )
            transaction.on_commit(partial(import_facts.delay, wanted.pk), robust=True)
            self.message_user(request, f"Asked for: {wanted}. Load this page again to see how far it is.")
            return HttpResponseRedirect(reverse("admin:ingest_factsimport_change", args=[wanted.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Import facts",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/ingest/factsimport/upload.html", context)
