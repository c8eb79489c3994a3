"""What waits for an editor, for the first page of the desk."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib import admin
from django.template import Context
from django.urls import reverse

from evidence import approvals
from evidence.choices import RecordKind, RecordState
from evidence.desk.visits import visible_kinds
from evidence.desk.worklists import WORKLISTS
from evidence.models import CandidatePair, Record

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_waiting(context: Context) -> dict[str, Any]:
    """What waits on each page of the desk, of the kinds that this person may see; empty for who may see none.

    `lists`: (title, address, number) of each worklist. `kinds`: (name, cells) of each kind of which anything waits,
    a cell being (address, number) of one list. `unconfirmed`: records below the threshold; `pairs`: that may be one.
    """
    request = context["request"]
    seen = visible_kinds(request, admin.site)
    if not seen:
        return {}
    counts = {worklist: worklist.counts() for worklist in WORKLISTS}
    rows = []
    for kind in RecordKind:
        if kind in seen and any(found.get(kind) for found in counts.values()):
            cells = [
                (f"{reverse(f'admin:desk_{worklist.name}')}?kind={kind.value}", found.get(kind, 0))
                for worklist, found in counts.items()
            ]
            rows.append((kind.label.capitalize(), cells))
    return {
        "lists": [
            (
                worklist.title,
                reverse(f"admin:desk_{worklist.name}"),
                sum(number for kind, number in found.items() if kind in seen),
            )
            for worklist, found in counts.items()
        ],
        "kinds": rows,
        "unconfirmed": Record.objects.filter(state=RecordState.UNCONFIRMED, kind__in=seen).count(),
        "approvals": approvals.waiting().count(),
        "pairs": CandidatePair.objects.waiting().filter(kind__in=seen).count(),
    }


@register.filter
def first_words(text: str, count: int) -> str:
    """The first words of a text, its leading space kept, so that it can follow a quote."""
    words = text.split(" ")
    return text if len(words) <= count else " ".join(words[:count]) + " …"


@register.filter
def last_words(text: str, count: int) -> str:
    """The last words of a text, its trailing space kept, so that a quote can follow it."""
    words = text.split(" ")
    return text if len(words) <= count else "… " + " ".join(words[-count:])
