"""What waits for an editor, for the first page of the desk."""

from __future__ import annotations

from django import template
from django.db.models import Count, Q

from evidence.choices import RecordKind, RecordState
from evidence.models import Record, SettledField

register = template.Library()


@register.simple_tag
def records_waiting() -> dict[str, object]:
    """`contested`: fields of live records on which nobody decided; `unconfirmed`: records below the threshold.

    `kinds` gives both by kind, in the order of kinds, without those that have neither.
    """
    counts = {
        row["kind"]: row
        for row in Record.objects.values("kind").annotate(
            contested=Count("pk", filter=Q(state=RecordState.LIVE) & ~Q(contested_fields=[])),
            unconfirmed=Count("pk", filter=Q(state=RecordState.UNCONFIRMED)),
        )
    }
    kinds = [
        {"kind": kind.value, "name": kind.label, **counts[kind]}
        for kind in RecordKind
        if kind in counts and (counts[kind]["contested"] or counts[kind]["unconfirmed"])
    ]
    return {
        "contested": SettledField.objects.filter(contested=True, record__state=RecordState.LIVE).count(),
        "unconfirmed": sum(row["unconfirmed"] for row in counts.values()),
        "kinds": kinds,
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
