"""How dates, sums, counts and shares are put into words; every page speaks through these."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from fractions import Fraction

from evidence.partial_dates import PartialDate
from meetings.choices import Qualifier

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "C$", "AUD": "A$", "JPY": "¥"}
SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
SHARES = {
    Fraction(1): "the whole",
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
    Fraction(1, 5): "a fifth",
    Fraction(1, 10): "a tenth",
}


def day_words(date: PartialDate, weekday: bool = False) -> str:
    """`Friday 11 April 2025`, `April 2025`, `2025`: never more exact than it is known."""
    if date.month is None:
        return str(date.year)
    month = f"{calendar.month_name[date.month]} {date.year}"
    if date.day is None:
        return month
    name = f"{calendar.day_name[date.first.weekday()]} " if weekday else ""
    return f"{name}{date.day} {month}"


def span_words(start: PartialDate, end: PartialDate | None, weekday: bool = False) -> str:
    """A first and a last day: `2–3 April 2025`, `30 May – 1 June 2025`."""
    if end is None or end == start:
        return day_words(start, weekday)
    if start.day and end.day and (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    if start.day and end.day and start.year == end.year:
        return f"{start.day} {calendar.month_name[start.month or 1]} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def short_span(start: PartialDate, end: PartialDate | None) -> str:
    """The same within a list headed by month and year: `28–29 Aug`, `Nov`."""
    if start.month is None:
        return str(start.year)
    month = calendar.month_abbr[start.month]
    if start.day is None:
        return month
    if end is None or end == start or not end.day:
        return f"{start.day} {month}"
    if end.month == start.month:
        return f"{start.day}–{end.day} {month}"
    return f"{start.day} {month} – {end.day} {calendar.month_abbr[end.month or 1]}"


def until_words(date: PartialDate, today: datetime.date) -> str:
    """How far away a day is: `today`, `in 3 days`, `in 11 weeks`; nothing where the day is not known."""
    if date.day is None:
        return "day not known"
    days = (date.first - today).days
    if days <= 1:
        return {0: "today", 1: "tomorrow"}.get(days, "")
    return f"in {days} days" if days < 21 else f"in {days // 7} weeks"


def qualified(text: str, qualifier: str | None) -> str:
    return f"{Qualifier(qualifier).label.lower()} {text}" if qualifier else text


def number_words(number: Decimal | int | str) -> str:
    """Digits grouped by commas, without trailing zeros."""
    value = Decimal(str(number))
    return f"{value:,.2f}" if value != value.to_integral_value() else f"{value:,.0f}"


def money_words(amount: Decimal | str | None, currency: str, qualifier: str | None = None) -> str:
    """A stated sum, shortened only where nothing is lost: `about $2.2bn`, `SEK 13.5bn`, `€1,234,567`."""
    if amount is None:
        return "no sum stated"
    value = Decimal(str(amount))
    sign = SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    for scale, unit in SCALES:
        shortened = value / scale
        if value >= scale and shortened == round(shortened, 3):
            return qualified(f"{sign}{shortened.normalize():,f}{unit}", qualifier)
    return qualified(f"{sign}{number_words(value)}", qualifier)


def rounded_money(amount: Decimal, currency: str) -> str:
    """A sum that was worked out, to three figures or so: `€44.1bn`, `$7.5m`, `€980`."""
    sign = SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    for scale, unit in SCALES:
        # What rounds up to a thousand millions is a billion.
        if amount >= scale * Decimal("0.9995"):
            figure = amount / scale
            return f"{sign}{figure:,.{2 if figure < 10 else 1 if figure < 1000 else 0}f}{unit}"
    return f"{sign}{amount:,.0f}"


def share_words(part: Decimal | str) -> str:
    """A part of the whole: `half`, `5/18`, `12.5%`."""
    value = Fraction(str(part))
    near = value.limit_denominator(60)
    # Stored to eight decimals, so that a third comes back as 0.33333333.
    if abs(near - value) < Fraction(1, 10**7):
        return SHARES.get(near, f"{near.numerator}/{near.denominator}")
    return f"{float(value) * 100:.3g}%"
