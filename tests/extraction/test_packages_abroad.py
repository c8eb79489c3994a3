"""Packages to others than Ukraine: who gets them where several are named, and sums that only look like one."""

import datetime

import pytest

import extraction

PUBLISHED = datetime.date(2025, 4, 25)


def packages(text, title="Arms for partners", published=PUBLISHED):
    return extraction.read(title, text, published).to_json("1")["packages"]


def only(text, **more):
    [package] = packages(text, **more)
    return package


@pytest.mark.parametrize(
    "text, recipients",
    [
        ("The EU adopted a €20 million measure in support of the Armed Forces of the Republic of Moldova.", ["MD"]),
        ("The EU approved €60 million of military aid to support the Lebanese Armed Forces.", ["LB"]),
        ("The Georgian Defence Forces will receive €20 million of military aid from the EU.", ["GE"]),
        (
            "The EU adopted measures of military aid for four partner nations: Georgia, Lebanon, Jordan and Rwanda.\n\n"
            "The package of 68 million euros pays for armoured vehicles.",
            ["GE", "LB", "JO", "RW"],
        ),
        (
            "The United States helps the armies of the region and gives arms to Estonia, Latvia and Lithuania.\n\n"
            "Washington allocated $225 million of military aid in 2023.",
            ["EE", "LV", "LT"],
        ),
    ],
)
def test_all_that_are_named_as_receivers_get_it(text, recipients):
    package = only(text, title="Council adopts measures of military aid")
    assert package["donor"] in ("EU", "US")
    assert package["recipients"] == recipients


def test_a_scheme_that_a_state_runs_is_not_for_that_state():
    package = only("Norway will give $153 million for the Czech Republic's initiative to buy shells for Ukraine.")
    assert package["recipients"] == ["UA"]


def test_a_sum_told_again_in_another_currency_does_not_part_its_sentence():
    package = only(
        "Norway will give 570 million Norwegian kroner ($53.32 million) to the International Fund for Ukraine."
    )
    assert package["programme"] == "International Fund for Ukraine"


@pytest.mark.parametrize(
    "text",
    [
        "Norway is giving Ukraine 1.5 billion Norwegian kroner, which is roughly $146 million, for shells.",
        "Norway gave Ukraine a 12.75-million-euro grant for shells ($13.5 million) last year.",
    ],
)
def test_a_conversion_in_a_clause_or_in_parentheses_is_no_second_package(text):
    assert len(packages(text)) == 1


def test_what_a_total_consists_of_is_not_cumulative():
    found = packages(
        "The package brings American aid to Ukraine to about $6.3 billion since 2021 and consists of $350 million of "
        "weapons under a presidential drawdown and $650 million under the Ukraine Security Assistance Initiative."
    )
    assert [p["amount"] for p in found] == [350e6, 650e6]


@pytest.mark.parametrize(
    "text",
    [
        "The sum of military aid for Estonia and Latvia is $11 million higher than that of last year.",
        "The $838.7 billion defence package that the president signed keeps military aid for Estonia going.",
    ],
)
def test_differences_and_what_a_state_spends_on_all_its_forces_are_no_packages(text):
    assert packages(text) == []


def test_money_from_a_budget_is_a_package():
    found = packages(
        "Latvia will give Ukraine €5 million for American missiles, of which €3 million comes from the budget of its "
        "defence ministry and €2 million from the budget of its foreign ministry."
    )
    assert [p["amount"] for p in found] == [5e6, 3e6, 2e6]
