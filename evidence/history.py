"""What the register held on any day, and how each value came to be: read from the settlements, which are all kept.

Instants are aware datetimes, compared in UTC. An id that was merged away has a history of its own; which record it
leads to today is for `services.current_record` to say.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from evidence.approvals import NOT_CONFIRMED
from evidence.choices import Decision, Reason
from evidence.fields import kind_spec
from evidence.models import Claim, Record, Settlement, Verdict


@dataclass(frozen=True)
class PastValue:
    """What one field held at an instant: value (a record's id for a field that names one), since when and why."""

    value: Any
    reason: str
    contested: bool
    since: datetime.datetime
    settlement: int
    claim: int


@dataclass(frozen=True)
class Transition:
    """One field of a record taking another value.

    `claim` is the claim that best said the new value; None where nothing is stated any more. `article` is the text it
    stands in; else `citation` names its publisher. `editor` is who stated, accepted or rejected, and `why` their words.
    """

    field: str
    label: str
    old: Any
    new: Any
    at: datetime.datetime
    reason: str
    reason_text: str
    contested: bool
    settlement: int
    claim: int | None
    article: int | None
    article_title: str
    outlet: str
    quote: str
    citation: str
    citation_url: str
    editor: str
    why: str


def as_of(record: UUID, at: datetime.datetime) -> dict[str, PastValue]:
    """The stated values of a record at an instant, by field; empty before it was known or where it held nothing."""
    return as_of_each([record], at).get(record, {})


def as_of_each(records: Iterable[UUID], at: datetime.datetime) -> dict[UUID, dict[str, PastValue]]:
    """The same for many records, in one query. Raises ValueError for an instant without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone: which day it is depends on it")
    rows = (
        Settlement.objects.filter(record__in=list(records), at__lte=at)
        .order_by("record", "field", "-id")
        .distinct("record", "field")
    )
    found: dict[UUID, dict[str, PastValue]] = defaultdict(dict)
    for row in rows:
        if row.claim_id is not None:
            found[row.record_id][row.field] = PastValue(
                row.value, row.reason, row.contested, row.at, row.pk, row.claim_id
            )
    return dict(found)


def end_of_day(day: datetime.date) -> datetime.datetime:
    """The last instant of a day in UTC: what `as_of` takes for the state "on that day"."""
    return datetime.datetime.combine(day, datetime.time.max, tzinfo=datetime.UTC)


def day_gone_by(text: str) -> datetime.date:
    """The day that `YYYY-MM-DD` names. Raises ValueError, with what to give instead, for anything else or to come."""
    today = timezone.now().date()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("It is a day written YYYY-MM-DD.")
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("There is no such day.") from None
    if day > today:
        raise ValueError(f"It is a day to come; {today.isoformat()} is the latest that can be told.")
    return day


def transitions(record: UUID) -> list[Transition]:
    """Every change of a value of this record, the latest first; four queries, however many there are."""
    kind = Record.objects.values_list("kind", flat=True).get(pk=record)
    labels = {spec.name: spec.label for spec in kind_spec(kind).fields}
    verdicts = _verdicts(record)
    rows = (
        Settlement.objects.filter(record=record)
        .select_related("claim__snapshot__article__outlet", "claim__author")
        .order_by("id")
    )
    last: dict[str, tuple[Any, bool]] = {}
    found = []
    for row in rows:
        old, contested = last.get(row.field, (None, False))
        last[row.field] = (row.value, row.contested)
        if (old, contested) != (row.value, row.contested):
            found.append(_transition(row, old, labels.get(row.field, row.field), verdicts.get(row.field, ())))
    return found[::-1]


def _transition(row: Settlement, old: Any, label: str, verdicts: Iterable[Mapping[str, Any]]) -> Transition:
    claim = row.claim
    article = claim.snapshot.article if claim and claim.snapshot else None
    editor, why = _editor(row, old, claim, verdicts)
    return Transition(
        field=row.field,
        label=label,
        old=old,
        new=row.value,
        at=row.at,
        reason=row.reason,
        reason_text=Reason(row.reason).label,
        contested=row.contested,
        settlement=row.pk,
        claim=row.claim_id,
        article=article.pk if article else None,
        article_title=article.title if article else "",
        outlet=article.outlet.name if article else "",
        quote=claim.quote if claim else "",
        citation=claim.citation_publisher if claim else "",
        citation_url=claim.citation_url if claim else "",
        editor=editor,
        why=why,
    )


def _editor(row: Settlement, old: Any, claim: Claim | None, verdicts: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Who decided on this value, and their words; nobody where the sources did."""
    if row.reason == Reason.EDITOR and claim is not None and claim.author is not None:
        return claim.author.get_username(), claim.why
    # A rejection takes a value away, an acceptance gives one.
    value, decision = (row.value, Decision.ACCEPT) if row.reason == Reason.ACCEPTED else (old, Decision.REJECT)
    for verdict in verdicts:
        if verdict["at"] <= row.at and verdict["value"] == value:
            if verdict["decision"] == decision:
                return verdict["by"], verdict["why"]
            break
    return "", ""


def _verdicts(record: UUID) -> dict[str, list[dict[str, Any]]]:
    """The decisions on values of this record, by field, the latest first."""
    rows = (
        Verdict.objects.filter(~NOT_CONFIRMED, claim__mention__binding__record=record)
        .order_by("-id")
        .values_list(
            "claim__field", "claim__value", "claim__target__binding__record", "decision", "by__username", "why", "at"
        )
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for field, value, target, decision, by, why, at in rows:
        found[field].append(
            {"value": str(target) if target else value, "decision": decision, "by": by, "why": why, "at": at}
        )
    return found
