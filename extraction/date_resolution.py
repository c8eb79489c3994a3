"""Words of time resolved against the day an article was published.

Precision is kept: a month stays `YYYY-MM`. Without a publication date nothing relative is resolved, and a day
without a year has none.
"""

from __future__ import annotations

import datetime
from typing import Literal

from extraction.dates import DateMention

Direction = Literal["past", "future", "near"]


def resolve(
    mention: DateMention, anchor: datetime.date | None, direction: Direction = "near"
) -> tuple[str, str | None] | None:
    """(starts, ends) as `YYYY[-MM[-DD]]`, or None where the text and the anchor do not settle it.

    `direction` is the tense of the clause: a bare weekday or month lies before or after the anchor accordingly.
    """
    if mention.kind in ("day", "range"):
        return _resolve_day(mention, anchor, direction)
    if mention.kind == "month" and mention.month:
        year = mention.year or (_year_of(mention.month, 15, anchor, direction) if anchor else None)
        return (f"{year:04d}-{mention.month:02d}", None) if year else None
    if mention.kind == "year" and mention.year:
        return f"{mention.year:04d}", None
    if anchor is None:
        return None
    if mention.kind == "month_shift":
        index = anchor.year * 12 + anchor.month - 1 + mention.shift
        return f"{index // 12:04d}-{index % 12 + 1:02d}", None
    if mention.kind == "year_shift":
        return f"{anchor.year + mention.shift:04d}", None
    if mention.kind == "day_shift":
        return _shifted(anchor, mention.shift)
    if mention.kind == "years_ago":
        # Of 29 February there is none in other years.
        leap = (anchor.month, anchor.day) == (2, 29)
        return None if leap else (f"{anchor.year + mention.shift:04d}{anchor.isoformat()[4:]}", None)
    if mention.kind in ("month_of_year", "named_month") and mention.month:
        return f"{_year_named(mention, anchor):04d}-{mention.month:02d}", None
    if mention.kind == "weekdays" and mention.weekday is not None and mention.end_day:
        shift = _weekday_shift(mention.weekday, mention.which, anchor, direction)
        found, last = _shifted(anchor, shift), _shifted(anchor, shift + mention.end_day)
        return (found[0], last[0]) if found and last else None
    if mention.kind == "weekday" and mention.weekday is not None:
        return _shifted(anchor, _weekday_shift(mention.weekday, mention.which, anchor, direction))
    return None


def _shifted(anchor: datetime.date, days: int) -> tuple[str, str | None] | None:
    try:
        return (anchor + datetime.timedelta(days=days)).isoformat(), None
    except OverflowError:
        return None


def _year_named(mention: DateMention, anchor: datetime.date) -> int:
    """ "January of last year" counts years; "last March" is the latest March before the anchor."""
    month = mention.month or 1
    if mention.kind == "month_of_year" or mention.which == "this":
        return anchor.year + {"last": -1, "next": 1}.get(mention.which, 0)
    if mention.which == "last":
        return anchor.year if month < anchor.month else anchor.year - 1
    return anchor.year if month > anchor.month else anchor.year + 1


def _weekday_shift(weekday: int, which: str, anchor: datetime.date, direction: Direction) -> int:
    ahead = (weekday - anchor.weekday()) % 7
    if which.endswith(" week"):
        return weekday - anchor.weekday() + {"last": -7, "next": 7}.get(which.split()[0], 0)
    if which in ("next",):
        # On a Thursday, Friday is tomorrow and next Friday a week later.
        return ahead + 7 if ahead <= 2 and weekday >= anchor.weekday() else ahead
    if which in ("last", "past", "this past"):
        return ahead - 7
    if which in ("coming", "this coming") or direction == "future":
        return ahead
    if direction == "past" or which != "this":
        return ahead - 7 if ahead else 0
    return weekday - anchor.weekday()


def _resolve_day(
    mention: DateMention, anchor: datetime.date | None, direction: Direction
) -> tuple[str, str | None] | None:
    if mention.month is None or mention.day is None:
        return None
    year = mention.year or (_year_of(mention.month, mention.day, anchor, direction) if anchor else None)
    if year is None:
        return None
    end_year = year
    if mention.kind == "range" and mention.end_month and mention.end_month < mention.month:
        year, end_year = (year - 1, year) if mention.year else (year, year + 1)
    try:
        first = datetime.date(year, mention.month, mention.day)
        if mention.kind == "day" or not mention.end_month or not mention.end_day:
            return first.isoformat(), None
        return first.isoformat(), datetime.date(end_year, mention.end_month, mention.end_day).isoformat()
    except ValueError:
        return None


def _year_of(month: int, day: int, anchor: datetime.date, direction: Direction) -> int | None:
    """The year that puts a day nearest to the anchor on the side the tense asks for."""
    best: tuple[int, int] | None = None
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            distance = (datetime.date(year, month, min(day, 28) if month == 2 else day) - anchor).days
        except ValueError:
            continue
        # A tense read wrongly must not move a date by a year, so the wrong side is only penalised.
        wrong = (direction == "past" and distance > 20) or (direction == "future" and distance < -20)
        # Of what is past, the text is surer than of what is to come.
        cost = abs(distance) + (0 if not wrong else 300 if direction == "past" else 200)
        if best is None or cost < best[0]:
            best = cost, year
    return best[1] if best else None


def day_of(value: str) -> datetime.date | None:
    """A `YYYY-MM-DD` value as a date; None for coarser ones."""
    try:
        return datetime.date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
