"""The page of a record's sources in the admin, where one is taken out of the record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from evidence.editing.decisions import WAITS, Refused
from evidence.editing.inputs import NOTE
from evidence.editing.readonly import admin_url
from evidence.editing.requests import editor_of, is_id, note_of
from evidence.editing.sources import PART, SHOWN, sources_of, take_out
from evidence.fields import kind_spec
from evidence.models import Record

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class SourcesAdmin(ModelAdmin):
    """Its URL `<record>/sources/` shows what speaks of a record; posted `mention`, `why` and `seen` take one out."""

    def get_urls(self) -> list[URLPattern]:
        meta = self.opts
        own = path(
            "<path:object_id>/sources/",
            self.admin_site.admin_view(self.sources_view),
            name=f"{meta.app_label}_{meta.model_name}_sources",
        )
        return [own, *super().get_urls()]

    def _may_take_out(self, request: HttpRequest, record: Record) -> bool:
        return self.has_change_permission(request, record) and request.user.has_perm("evidence.add_judgement")

    def sources_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not is_id(object_id):
            return HttpResponse("No such record.", status=404)
        record: Any = get_object_or_404(self.get_queryset(request), pk=uuid.UUID(object_id))
        allowed = self._may_take_out(request, record)
        if not self.has_view_permission(request, record) or (request.method == "POST" and not allowed):
            raise PermissionDenied
        refusal, typed = "", request.POST.get("why", "")[:NOTE]
        if request.method == "POST":
            try:
                why, mention = note_of(request), request.POST.get("mention", "")
                seen = request.POST.get("seen", "")
                told = take_out(record=record, mention=mention, by=editor_of(request), why=why, seen=seen)
            except Refused as refused:
                refusal = str(refused)
                record.refresh_from_db()
            else:
                self.log_change(request, record, f"{told} Reason: {why}")
                self.message_user(request, told, messages.WARNING if told == WAITS else messages.SUCCESS)
                own = Record.objects.filter(pk=mention).exclude(state="merged").first()
                after = kind_spec(record.kind).model._default_manager.get(pk=own.pk) if own else record
                return HttpResponseRedirect(admin_url(after))
        meta = self.opts
        context = {
            **self.admin_site.each_context(request),
            "title": f"Sources of {record}",
            "opts": meta,
            "record": record,
            "record_url": admin_url(record),
            "history_url": reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[record.pk]),
            "sources": sources_of(record),
            "shown": SHOWN,
            "part": PART if kind_spec(record.kind).parent else "",
            "may_take_out": allowed and not kind_spec(record.kind).parent,
            "refusal": refusal,
            "typed": typed,
            "note_limit": NOTE,
        }
        return TemplateResponse(request, "admin/record/sources.html", context)
