"""How many submissions stand where, for the first page of the desk."""

from __future__ import annotations

from django import template
from django.db.models import Count

from ingest.choices import DONE, IntakeState
from ingest.models import Intake

register = template.Library()


@register.simple_tag
def intakes_waiting() -> dict[str, int]:
    """`quarantined`: those that wait for a person; `unfinished`: those on their way."""
    counts = dict(Intake.objects.order_by().values_list("state").annotate(Count("pk")))
    return {
        "quarantined": counts.get(IntakeState.QUARANTINED, 0),
        "unfinished": sum(count for state, count in counts.items() if state not in DONE),
    }
