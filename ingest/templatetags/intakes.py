"""How many submissions stand where, for the first page of the desk."""

from __future__ import annotations

from django import template
from django.db.models import Count

from ingest.choices import DONE, ImportState, IntakeState
from ingest.models import FactsImport, Intake

register = template.Library()


@register.simple_tag
def intakes_waiting() -> dict[str, int]:
    """`quarantined`: those that wait for a person; `unfinished`: those on their way; `held`: imports that wait."""
    submitted, imports = (
        model.objects.order_by().values_list("state").annotate(Count("pk")) for model in (Intake, FactsImport)
    )
    counts = dict(submitted.union(imports.filter(state=ImportState.HELD)))
    return {
        "held": counts.pop(ImportState.HELD, 0),
        "quarantined": counts.get(IntakeState.QUARANTINED, 0),
        "unfinished": sum(count for state, count in counts.items() if state not in DONE),
    }
