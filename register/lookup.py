"""Where an address leads that is no live record: on to another, to a word of explanation, or nowhere."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evidence.choices import RecordState
from evidence.models import Record
from evidence.services import current_record

EXPLANATIONS = {
    RecordState.WITHDRAWN: "The record at this address was withdrawn: no article reads that way any more.",
    RecordState.UNCONFIRMED: "What stands at this address is not established: too little speaks for it.",
}


def elsewhere(request: HttpRequest, model: type[Record], kind: str, pk: UUID) -> HttpResponse:
    """A permanent redirect for a merged record, 410 for a retracted one; raises Http404 with the reason for others."""
    current = current_record(pk)
    if current is not None and current != pk:
        target = model.objects.filter(pk=current).first()
        if target is not None:
            answer = redirect(target, permanent=True)
            # A browser keeps a permanent redirect for good, and a merge can be taken back.
            answer["Cache-Control"] = "no-cache"
            return answer
    record = Record.objects.filter(pk=pk, kind=kind).first()
    if record is not None and record.state == RecordState.RETRACTED:
        return render(request, "410.html", status=410)
    raise Http404(EXPLANATIONS.get(record.state, "") if record is not None else "")
