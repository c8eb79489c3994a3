"""Sums that are no packages: what has been given by now, and what rebuilds. All sentences are written here."""

import datetime

import pytest

import extraction

TUESDAY = datetime.date(2025, 9, 16)


def packages(text, title="Arms for Ukraine"):
    return extraction.read(title, text, TUESDAY).to_json("x")["packages"]


@pytest.mark.parametrize(
    "text",
    [
        # rule refused-cumulative
        "Spain is an active provider of military aid to Ukraine. Six packages of weapons have already been approved, "
        "totaling more than EUR 1.5 billion.",
        "The more than $40 billion provided in military assistance to Ukraine includes at least $13 billion worth of "
        "weapons from the Pentagon's stocks.",
        "The tanks bring Australia's military assistance to Ukraine to A$1.4 billion overall.",
        "Danish arms for Ukraine are secured, the ministry says. Danish military support from 2022 "
        "to 2028 comes to some 41.4 billion kroner.",
        # what a fund still holds
        "Arms for Ukraine are paid for out of the Danish fund, in which about 23.1 billion kroner are left.",
    ],
)
def test_what_has_been_given_by_now_is_no_package(text):
    assert packages(text) == []


def test_what_is_new_beside_it_is():
    (found,) = packages(
        "The more than $40 billion provided in military assistance to Ukraine came from the Pentagon. Washington "
        "announced $300 million in new military aid to Ukraine on Monday."
    )
    assert found["amount"] == 300_000_000


def test_a_sum_told_in_two_currencies_keeps_the_words_after_the_brackets():
    assert packages("Ministers spoke of arms for Ukraine. Germany announced 81 million euros ($95 million) in "
                    "humanitarian aid to Ukraine.") == []  # fmt: skip


def test_rebuilding_called_non_military_is_civil():
    assert (
        packages(
            "Donors pledged non-military aid on Monday to rebuild Ukraine's towns. Britain pledged 140 million pounds "
            "in aid for Ukraine, and France announced 90 million euros in support through 2027.",
            title="Allies pledge millions for rebuilding of Ukraine",
        )
        == []
    )


def test_what_pays_for_an_allys_yards_is_no_aid():
    """Rule refused-industry."""
    assert packages(
        "Under AUKUS Australia is about to deliver another US$1 billion for the building of submarines. In all it puts "
        "US$3 billion into American shipyards.",
        title="Canberra pays",
    ) == []  # fmt: skip


def test_what_goes_to_the_united_states_is_no_aid():
    """Rule refused-american."""
    assert packages(
        "Under AUKUS Canberra promised three billion U.S. dollars towards America's capacity and gets three boats.",
        title="Canberra pays",
    ) == []  # fmt: skip


def test_what_the_war_costs_its_aggressor_is_no_aid():
    """Rule refused: cost to the aggressor."""
    text = (
        "Russia has squandered up to $211 billion to equip its war. It will cost the Kremlin $1.3 trillion in growth."
    )
    assert packages(f"The weapons of Ukraine's partners count. {text}") == []
