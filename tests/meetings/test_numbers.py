"""Hedged numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.choices import Qualifier
from meetings.numbers import bounds, counted, measured, number_refines, numbers_agree

numbers = st.integers(1, 10_000)
values = st.builds(
    lambda number, qualifier: counted({"number": number, "qualifier": qualifier}),
    numbers,
    st.sampled_from([None, *Qualifier.values]),
)


@given(values)
def test_bounds_enclose_something(value):
    low, high = bounds(value)
    assert 0 <= low <= high


@given(values, values, values)
def test_refining_is_reflexive_and_transitive(a, b, c):
    assert number_refines(a, a)
    if number_refines(a, b) and number_refines(b, c):
        assert number_refines(a, c)


@given(values, values)
def test_agreement_is_mutual_and_follows_from_refining(a, b):
    assert numbers_agree(a, b) == numbers_agree(b, a)
    if number_refines(a, b):
        assert numbers_agree(a, b)


@given(numbers, numbers)
def test_flat_numbers_agree_only_if_equal(a, b):
    assert numbers_agree(counted(a), counted(b)) == (a == b)


@pytest.mark.parametrize(
    ("number", "qualifier", "flat", "agree"),
    [
        (40, "more_than", 41, True),
        (40, "more_than", 39, False),
        (40, "more_than", 60, False),
        (50, "about", 47, True),
        (50, "about", 40, False),
        (50, "nearly", 49, True),
        (50, "nearly", 51, False),
        (50, "up_to", 12, True),
        (50, "up_to", 51, False),
        (30, "at_least", 30, True),
    ],
)
def test_hedges(number, qualifier, flat, agree):
    assert numbers_agree(counted({"number": number, "qualifier": qualifier}), counted(flat)) is agree


@pytest.mark.parametrize("value", [0, -1, 1.5, True, None, "many", {"number": 5, "qualifier": "some"}, {}, [], 3e9])
def test_no_count(value):
    with pytest.raises((ValueError, TypeError)):
        counted(value)


def test_equal_measures_are_equal_values():
    assert measured("2200000000.00") == measured(2_200_000_000) == measured({"number": "2.2e9"})
