"""A value counts only where its quote stands in the text and shows it; confidence must mean what it says."""

from __future__ import annotations

import pytest
from worked_example import CONTENT, evidence, example, reading

from extraction.scoring.evaluation import evaluate
from extraction.scoring.grounding import ground
from extraction.scoring.reliability import Rated, bands, calibration_error, published
from extraction.shown import shows


@pytest.mark.parametrize(
    ("field", "value", "quote"),
    [
        ("amount", 2200000000, "$2.2 billion"),
        ("amount", 500000000, "half a billion euros"),
        ("amount", 1000000000, "a billion euros"),
        ("amount", 2500000000, "two and a half billion euros"),
        ("amount", 1500000000, "a billion and a half euros"),
        ("amount", 150000000, "one hundred and fifty million euros"),
        ("amount", 250000000, "a quarter of a billion"),
        ("nation_count", 50, "more than 50 countries"),
        ("nation_count", 26, "twenty-six nations"),
        ("ordinal", 21, "twenty-first"),
        ("ordinal", 20, "the twentieth time"),
        ("ordinal", 16, "Ramstein-16"),
        ("starts", "2025-03-04", "on Wednesday"),
        ("place", "Brussels", "in Brussels"),
        ("title", "U.S. Secretary of Defense", "Secretary of Defence"),
        ("status", "held", "met"),
    ],
)
def test_a_quote_that_shows_its_value(field, value, quote):
    assert shows(field, value, quote)


@pytest.mark.parametrize(
    ("field", "value", "quote"),
    [
        ("amount", 2200000000, "$2.3 billion"),
        ("amount", 2500000000, "two billion euros"),
        ("starts", "2025-03-04", "this evening"),
        ("nation_count", 50, "many countries"),
        ("ordinal", 21, "twenty-second"),
        ("starts", "2025-03-04", "in Brussels"),
        ("place", "Brussels", "in Riga"),
        ("name", "Anna Maria Kalna Berg", "Anna"),
        ("status", "held", " m "),
        ("place", "Brussels", "Brussels " * 50),
    ],
)
def test_a_quote_that_does_not(field, value, quote):
    assert not shows(field, value, quote)


def test_values_without_a_true_quote_are_taken_out():
    grounded = ground(reading(), CONTENT)
    assert (grounded.shown, grounded.given) == (20, 21)
    assert grounded.dropped == [("packages", 0, "donor", "LV")]
    assert grounded.sections["packages"][0]["donor"] is None


def test_a_list_needs_a_quote_an_element():
    facts = reading()
    facts["meetings"][0]["evidence"] = [e for e in facts["meetings"][0]["evidence"] if e["value"] != "UA"]
    grounded = ground(facts, CONTENT)
    assert grounded.sections["meetings"][0]["participants"] == ["LV", "EE"]
    assert (grounded.shown, grounded.given) == (19, 21)


def test_the_worked_example_is_as_reliable_as_by_hand():
    values = evaluate([example()], lambda article: reading()).values
    # The optional package and the end of a one-day meeting leave the table; the accepted participant is right.
    assert [(band.low, band.values, band.right) for band in bands(values)] == [
        (0.0, 0, 0),
        (0.5, 0, 0),
        (0.6, 1, 0),  # Riga Format
        (0.7, 3, 1),  # EE accepted; country, UA
        (0.8, 6, 6),
        (0.9, 5, 4),  # donor
        (0.95, 4, 4),
    ]
    assert calibration_error(values) == pytest.approx(
        (0.6 + 3 * 0.38333 + 6 * 0.175 + 5 * 0.1 + 4 * 0.045) / 19, abs=1e-5
    )
    assert published(values, 0.8, 0.5) == (18, 15)


def test_the_surest_quote_of_a_value_counts():
    facts = reading()
    facts["meetings"][0]["evidence"].append(evidence("participants", "UA", "Ukraine", 0.99))
    values = evaluate([example()], lambda article: facts).values
    assert Rated(0.99, right=False) in values
    assert len(values) == 19


def test_bands_meet_without_gap_or_overlap():
    table = bands([Rated(c, right=True) for c in (0.0, 0.4999, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)])
    assert [band.values for band in table] == [2, 1, 1, 1, 1, 1, 2]


def test_what_reaches_the_threshold_exactly_is_published():
    assert published([Rated(0.625, right=True), Rated(0.624, right=False)], 0.8, 0.5) == (1, 1)
    assert published([], 0.8, 0.5) == (0, 0)
    assert calibration_error([]) is None
