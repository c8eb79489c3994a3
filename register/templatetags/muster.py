"""What templates need beyond Django's own: dates, sums, parties, glyphs and the evidence figure."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from evidence.choices import RecordState
from evidence.models import Record
from evidence.partial_dates import PartialDate
from meetings.choices import MeetingStatus
from meetings.models import Meeting
from register import wording
from register.dossier import Dossier

register = template.Library()

GLYPHS = {
    "decided": '<path d="M1.5 5.6 4 8.2 8.7 1.8"/>',
    "contested": '<path d="M1 3.6h8M1 6.6h8M7 1 3 9.2"/>',
    "rejected": '<path d="M2 2l6 6M8 2l-6 6"/>',
}
STATUS_GLYPHS = {
    MeetingStatus.HELD: '<circle class="f" cx="6" cy="6" r="4"/>',
    MeetingStatus.PLANNED: '<circle cx="6" cy="6" r="4"/>',
    MeetingStatus.PROPOSED: '<circle cx="6" cy="6" r="4"/>',
    MeetingStatus.POSTPONED: '<path d="M1 6h8M6 2.5 9.5 6 6 9.5"/>',
    MeetingStatus.CANCELLED: '<path d="M2.5 2.5l7 7M9.5 2.5l-7 7"/>',
    "overdue": '<circle cx="6" cy="6" r="4" stroke-dasharray="2 1.8"/>',
}


@register.simple_tag
def glyph(name: str) -> SafeString:
    """One of the inline signs; the word stands beside it."""
    body = mark_safe(GLYPHS[name])  # noqa: S308  a constant of this module
    return format_html('<svg class="g" viewBox="0 0 10 10" aria-hidden="true">{}</svg>', body)


@register.simple_tag
def status(meeting: Meeting, today: datetime.date) -> SafeString:
    """Where a meeting stands, by glyph and word; a planned day that has passed says that no report is known."""
    key, label = meeting.status, meeting.get_status_display()
    if not key:
        return mark_safe('<span class="quiet">not stated</span>')
    if overdue(meeting, today):
        key, label = "overdue", "No report yet"
    body = mark_safe(STATUS_GLYPHS[key])  # noqa: S308  a constant of this module
    return format_html(
        '<span class="st st-{}"><svg viewBox="0 0 12 12" aria-hidden="true">{}</svg><span>{}</span></span>',
        meeting.status,
        body,
        label,
    )


def overdue(meeting: Meeting, today: datetime.date) -> bool:
    """Was it planned for a day that has passed, and does nobody say whether they met?"""
    last = meeting.ends_partial or meeting.starts_partial
    return meeting.status in (MeetingStatus.PLANNED, MeetingStatus.PROPOSED) and last is not None and last.last < today


@register.filter
def partial(date: datetime.date | None, precision: str) -> str:
    """A stored date in words, as exact as its precision."""
    return wording.day_words(PartialDate.of(date, precision)) if date else ""


@register.filter
def iso_partial(date: datetime.date | None, precision: str) -> str:
    """A stored date as `2022-09-28`, `2022-09` or `2022`, for columns of data."""
    return str(PartialDate.of(date, precision)) if date else ""


@register.filter
def meeting_days(meeting: Meeting) -> str:
    """First and last day in words, with the day of the week."""
    start = meeting.starts_partial
    return wording.span_words(start, meeting.ends_partial, weekday=True) if start else "day not stated"


@register.filter
def meeting_days_plain(meeting: Meeting) -> str:
    """First and last day in words."""
    start = meeting.starts_partial
    return wording.span_words(start, meeting.ends_partial) if start else "day not stated"


@register.filter
def money(package: Any) -> str:
    """A package's stated sum."""
    return wording.money_words(package.amount, package.currency, package.qualifier)


@register.filter
def share(part: Any) -> str:
    return wording.share_words(part)


@register.filter
def share_amount(row: Any) -> str:
    """A stated part, in its package's currency."""
    return wording.money_words(row.amount, row.package.currency)


@register.filter
def spoken_duration(time: datetime.timedelta) -> str:
    """A time in words: `30 minutes`, `2 hours`."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes % 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    return f"{minutes // 60} hour{'s' if minutes > 60 else ''}"


@register.filter
def qualifier(value: str) -> str:
    return wording.qualified("", value).strip()


@register.filter
def is_live(record: Record | None) -> bool:
    """Does it have a page of its own?"""
    return record is not None and record.state == RecordState.LIVE


@register.inclusion_tag("register/parts/party.html")
def party(row: Any) -> dict[str, Any]:
    """The nation or body of a row, or what else stands for it."""
    other = getattr(row, "donor_name", "") or getattr(row, "described", "")
    return {"nation": row.nation, "organisation": row.organisation, "other": other}


@register.inclusion_tag("register/parts/nation.html")
def nation(code: Any) -> dict[str, Any]:
    """A nation as chip and name."""
    return {"nation": code}


@register.inclusion_tag("register/parts/stage.html")
def stage(value: str, label: str) -> dict[str, Any]:
    """How far money has come: five boxes and the word."""
    from funding.choices import Stage

    done = Stage.values.index(value) + 1 if value else 0
    boxes = [{"x": f"{i * 8 + 0.5}", "full": i < done} for i in range(len(Stage.values))]
    return {"value": value, "label": label, "boxes": boxes}


@register.inclusion_tag("register/parts/evidence.html")
def evidence(dossier: Dossier, record: Record, field: str, what: str = "") -> dict[str, Any]:
    """The evidence figure of one value, or nothing where no source speaks of it."""
    shown = dossier.field(record, field)
    return {"shown": shown, "what": what or (shown.field.label if shown else "")}


@register.inclusion_tag("register/parts/row_evidence.html")
def row_evidence(dossier: Dossier, record: Record, what: str) -> dict[str, Any]:
    """The evidence figure of a whole row of a table."""
    return {"row": dossier.row(record), "what": what}


@register.inclusion_tag("register/parts/flag.html")
def contested_flag(record: Record, *fields: str) -> dict[str, Any]:
    """The word `contested` where one of these fields is."""
    return {"contested": bool(set(fields) & set(record.contested_fields))}
