"""What every page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from evidence.choices import RecordState
from evidence.models import Article, Change, Record


@dataclass(frozen=True)
class Freshness:
    """How far the register has come."""

    as_of: datetime | None
    articles: int
    quarantined: int
    contested: int


def site(request: HttpRequest) -> dict[str, Any]:
    """The section a page belongs to, and the line of freshness, which is only fetched where a template shows it."""
    name = request.resolver_match.url_name if request.resolver_match else None
    section, _, kind = (name or "").partition("-")
    if section == "meeting":
        section = "timeline"
    return {
        "section": section,
        "section_current": "true" if kind == "detail" else "page",
        "freshness": SimpleLazyObject(freshness),
    }


def freshness() -> Freshness:
    latest = Change.objects.order_by("-pk").values_list("at", flat=True).first()
    # What was submitted belongs to the app that writes, which this one does not import; the relation leads there.
    intake = Article._meta.get_field("intakes").related_model
    return Freshness(
        as_of=latest,
        articles=Article.objects.count(),
        quarantined=intake.objects.filter(state="quarantined").count(),
        contested=Record.objects.filter(state=RecordState.LIVE).exclude(contested_fields=[]).count(),
    )
