import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.money import _PREFIXED, _RANGED, _SUFFIXED, _possible, find_money


@pytest.mark.parametrize(
    "text, amount, currency",
    [
        ("$2.2 billion", 2.2e9, "USD"),
        ("€1.3bn", 1.3e9, "EUR"),
        ("USD 500 mln", 5e8, "USD"),
        ("2.2 billion kronor", 2.2e9, "SEK"),
        ("NOK 75 billion", 75e9, "NOK"),
        ("half a billion euros", 5e8, "EUR"),
        ("a further £150 million", 1.5e8, "GBP"),
        ("C$500 million", 5e8, "CAD"),
        ("one billion euros", 1e9, "EUR"),
        ("$1,200,000,000", 1.2e9, "USD"),
        ("1,5 billion euros", 1.5e9, "EUR"),
        ("3.4 billion Danish crowns", 3.4e9, "DKK"),
        ("a $425-million package", 4.25e8, "USD"),
        ("500 million Canadian dollars", 5e8, "CAD"),
        ("PLN 310 million", 3.1e8, "PLN"),
        ("EUR1.5bn", 1.5e9, "EUR"),
        ("half-a-billion-dollar aid", 5e8, "USD"),
        ("two and a half billion dollars", 2.5e9, "USD"),
        ("a billion and a half euros", 1.5e9, "EUR"),
        ("three hundred million euros", 3e8, "EUR"),
        ("twenty-five million euros", 2.5e7, "EUR"),
        ("300 mio. euros", 3e8, "EUR"),
        ("Nkr10bn", 1e10, "NOK"),
        ("500 million Saudi riyals", 5e8, "SAR"),
        ("between 1 and 2 billion euros", 1e9, "EUR"),
        ("$50-60 million", 5e7, "USD"),
        ("another half billion kronor", 5e8, "SEK"),
        ("16 billion rubles", 16e9, "RUB"),
        ("NT$900 million", 9e8, "TWD"),
        ("CAD $12.5 million", 1.25e7, "CAD"),
        ("$12.5 million (AUD)", 1.25e7, "AUD"),
    ],
)
def test_reads_sums(text, amount, currency):
    [money] = find_money(text)
    assert (money.amount, money.currency) == (amount, currency)


@pytest.mark.parametrize("text", ["15 European firms", "5 million rounds", "155 mm shells", "2.5 percent", "F-16s"])
def test_other_numbers_are_no_money(text):
    assert find_money(text) == []


def test_a_currency_said_once_holds_for_the_list():
    found = find_money("Spain gave €70m, Luxembourg 12 million and Portugal 8 million.")
    assert [(m.amount, m.currency) for m in found] == [(70e6, "EUR"), (12e6, "EUR"), (8e6, "EUR")]


def test_another_billion_is_in_the_currency_said_before():
    found = find_money("Some 1.4 billion euros is paid next month and another billion by December.")
    assert [(m.amount, m.currency) for m in found] == [(1.4e9, "EUR"), (1e9, "EUR")]


def test_a_currency_said_before_holds_for_the_next_sentence():
    [said] = find_money("France pays 50 million euros.")
    [bare] = find_money("For the rest Paris seeks another 280 million.", 40, said)
    assert (bare.amount, bare.currency, bare.start) == (280e6, "EUR", 73)
    assert find_money("The city has 280 million visitors.", 40, said) == []


@pytest.mark.parametrize(
    "text, qualifier",
    [("more than $5 million", "more_than"), ("nearly $5 million", "nearly"), ("up to €5 million", "up_to"),
     ("about €5 million", "about"), ("€5 million", None)],
)  # fmt: skip
def test_qualifiers(text, qualifier):
    assert find_money(text)[0].qualifier == qualifier


def test_the_end_of_a_word_is_no_currency():
    assert [m.text for m in find_money("the previous $800 million package")] == ["$800 million"]


@given(st.integers(1, 999), st.sampled_from(["million", "billion"]), st.sampled_from(["$", "€", "£"]))
def test_a_written_sum_is_read_back(number, scale, sign):
    [money] = find_money(f"They gave {sign}{number} {scale} in aid.")
    assert money.amount == number * {"million": 1e6, "billion": 1e9}[scale]


@given(st.text(max_size=300))
def test_any_text_gives_spans_of_itself(text):
    for money in find_money(text, 3):
        assert text[money.start - 3 : money.end - 3] == money.text
        assert money.amount > 0


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([_SUFFIXED, _RANGED, _PREFIXED]).flatmap(st.from_regex))
def test_no_text_with_a_sum_is_passed_over(text):
    """Each way of writing a sum is tried only where a currency of it is named; the patterns say what that may be."""
    for pattern in (_SUFFIXED, _RANGED, _PREFIXED):
        assert pattern in _possible(text) or not pattern.search(text)
