"""Dates known to the day, the month or the year."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.partial_dates import PartialDate, Precision

days = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31))
texts = st.one_of(days.map(str), days.map(lambda d: f"{d:%Y-%m}"), days.map(lambda d: f"{d:%Y}"))
partials = texts.map(PartialDate.parse)


@given(texts)
def test_what_is_read_is_written_again(text):
    assert str(PartialDate.parse(text)) == text


@given(partials)
def test_column_and_precision_give_it_back(date):
    assert PartialDate.of(date.first, date.precision) == date


@given(partials)
def test_first_and_last_enclose_what_it_can_mean(date):
    assert date.first <= date.last
    days_meant = (date.last - date.first).days + 1
    expected = {Precision.DAY: (1, 1), Precision.MONTH: (28, 31), Precision.YEAR: (365, 366)}
    low, high = expected[date.precision]
    assert low <= days_meant <= high
    after = date.last + datetime.timedelta(days=1)
    if date.precision == Precision.MONTH:
        assert after.day == 1
    if date.precision == Precision.YEAR:
        assert (after.month, after.day) == (1, 1)


@given(partials, partials, partials)
def test_refining_is_an_order(a, b, c):
    assert a.refines(a)
    if a.refines(b) and b.refines(a):
        assert a == b
    if a.refines(b) and b.refines(c):
        assert a.refines(c)


@given(partials, partials)
def test_one_of_two_comes_first(a, b):
    assert [a < b, a == b, a > b].count(True) == 1
    assert sorted([a, b]) == sorted([b, a])


@given(days)
def test_a_day_refines_its_month_and_its_year(day):
    exact = PartialDate.of(day)
    assert exact.refines(PartialDate.of(day, Precision.MONTH))
    assert exact.refines(PartialDate.of(day, Precision.YEAR))
    assert not PartialDate.of(day, Precision.YEAR).refines(exact)


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-9", "2022-13", "2022-02-30", "2023-02-29", "2022-09-08T10:00", " 2022", "2022\n", "0000", None, 5],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        PartialDate.parse(text)
