"""Undoing what an editor did on the desk, one act after the other, back to the item it was done to."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from evidence.desk.acts import record_of, undo_done
from evidence.desk.visits import forget_last, remembered, visible_kinds
from evidence.editing.decisions import Refused
from evidence.editing.requests import editor_of
from evidence.fields import kind_spec


@require_POST
def undo_last(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Undo the latest act of this session and show its item again."""
    if not visible_kinds(request, site):
        raise PermissionDenied
    last = remembered(request)[-1:]
    if not last:
        messages.info(request, "Nothing to undo: you have decided nothing since you signed in.")
        return HttpResponseRedirect(reverse("admin:desk_queue"))
    (entry,) = last
    written = {"verdicts": entry["verdicts"], "statements": entry["statements"]}
    if any(written.values()):
        record = record_of(**written)
        if record is not None:
            admin = site.get_model_admin(kind_spec(record.kind).model)
            if not admin.has_change_permission(request, record):
                raise PermissionDenied
        try:
            undo_done(**written, by=editor_of(request))
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Undone. {entry['told']}")
    forget_last(request)
    page = reverse(f"admin:desk_{entry['list']}_item", args=[UUID(entry["record"]), entry["field"]])
    # A session from before the kind was kept has none.
    kind = entry.get("kind", "")
    return HttpResponseRedirect(page + (f"?{urlencode({'kind': kind})}" if kind else ""))
