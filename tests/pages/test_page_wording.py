"""Dates, sums and shares are put into words without adding or losing anything."""

import datetime
from decimal import Decimal

import pytest

from evidence.partial_dates import PartialDate
from register.wording import day_words, money_words, number_words, share_words, short_span, span_words, until_words


def date(text):
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("amount", "currency", "qualifier", "expected"),
    [
        ("2200000000", "USD", "", "$2.2bn"),
        ("2200000000.00", "USD", "about", "about $2.2bn"),
        ("11000000000", "EUR", "up_to", "up to €11bn"),
        ("4600000", "GBP", "more_than", "more than £4.6m"),
        ("1234567", "EUR", "", "€1,234,567"),
        ("2234500001", "EUR", "", "€2,234,500,001"),
        ("500000", "USD", "", "$500,000"),
        ("999.50", "USD", "", "$999.50"),
        ("13500000000", "SEK", "nearly", "nearly SEK\u00a013.5bn"),
        ("440000000", "CAD", "at_least", "at least C$440m"),
    ],
)
def test_a_sum_is_shortened_only_where_nothing_is_lost(amount, currency, qualifier, expected):
    assert money_words(Decimal(amount), currency, qualifier) == expected


def test_no_sum_is_not_zero():
    assert money_words(None, "") == "no sum stated"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2025-04-11", "Friday 11 April 2025"), ("2025-04", "April 2025"), ("2025", "2025")],
)
def test_a_date_is_never_more_exact_than_it_is_known(text, expected):
    assert day_words(date(text), weekday=True) == expected


@pytest.mark.parametrize(
    ("first", "last", "words", "short"),
    [
        ("2025-04-02", "2025-04-03", "2–3 April 2025", "2–3 Apr"),
        ("2025-05-30", "2025-06-01", "30 May – 1 June 2025", "30 May – 1 Jun"),
        ("2024-12-31", "2025-01-01", "31 December 2024 – 1 January 2025", "31 Dec – 1 Jan"),
        ("2025-04-02", "2025-04-02", "2 April 2025", "2 Apr"),
        ("2025-04", None, "April 2025", "Apr"),
        ("2025", None, "2025", "2025"),
    ],
)
def test_first_and_last_day(first, last, words, short):
    end = date(last) if last else None
    assert span_words(date(first), end) == words
    assert short_span(date(first), end) == short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-04-10", "today"),
        ("2025-04-11", "tomorrow"),
        ("2025-04-13", "in 3 days"),
        ("2025-06-26", "in 11 weeks"),
        ("2025-05", "day not known"),
    ],
)
def test_how_far_away(text, expected):
    assert until_words(date(text), datetime.date(2025, 4, 10)) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [("0.5", "half"), ("0.33333333", "a third"), ("0.05555556", "1/18"), ("0.12345678", "12.3%"), ("1", "the whole")],
)
def test_shares(part, expected):
    assert share_words(Decimal(part)) == expected


def test_numbers_keep_their_digits():
    assert [number_words(n) for n in (50, "1234.5", Decimal("7.00"))] == ["50", "1,234.50", "7"]
