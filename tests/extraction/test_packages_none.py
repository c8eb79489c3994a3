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


@pytest.mark.parametrize(
    ("title", "text"),
    [
        # rule refused-headline: what the text says of the sum
        (
            "Three years on, aid to Ukraine adds up to 167 billion euros",
            "Donors have given Ukraine some 167 billion euros in three years of war, an institute reckons. About 30 "
            "billion euros of it was military help. Europe has allocated 82 billion against 64 from Washington.",
        ),
        (
            "Kyiv buys drones for 2.6 billion dollars",
            "Ukraine will buy drones for 110 billion hryvnias ($2.6 billion).",
        ),
        # rule refused-of-years
        (
            "Help for Ukraine",
            "Britain has pledged \u00a312.8 billion in support to Ukraine, of which \u00a37.8 billion is military.",
        ),
        ("Help for Ukraine", "Finland's military aid for Ukraine amounts to 2.8 billion euros, the ministry said."),
        # what goes on about a sum says what it is for
        (
            "Another billion out of the G7 loan",
            "The European Commission transferred \u20ac1 billion to Ukraine on Monday. It is part of a macro-financial "
            "assistance loan of \u20ac18 billion.",
        ),
        ("Farm ministers quarrel over grain", "The Commission proposed a fund of 600 million euros on Monday."),
        # research and industry at home
        (
            "Brussels backs 62 projects",
            "The European Commission is investing \u20ac910 million in defence research. Ukraine's firms may join.",
        ),
        (
            "Shells",
            "Parliament gave 500 million euros to makers of ammunition in the EU so that they can raise output.",
        ),
        # courts and suppositions
        (
            "Court jails trader",
            "A court sentenced a man for faulty vests worth 2.3 million euros. The money was for Ukraine's army.",
        ),
        ("A coalition", "If every member of the drone coalition put up 100 million euros, Ukraine would have drones."),
        # the forces of Estonia are no fund
        ("Shells", "The EDF has asked for EUR 1.6 billion worth of ammunition. All of Estonia is to be defended."),
    ],
)
def test_tallies_loans_industry_and_courts_are_no_packages(title, text):
    assert packages(text, title) == []


def test_a_headline_of_military_aid_stands_by_itself():
    (found,) = packages(
        "The budget committee cleared 11 billion euros for Ukraine on Monday.",
        "Berlin clears \u20ac11 billion in arms aid",
    )
    assert found["amount"] == 11e9


def test_what_works_make_and_what_nobody_gives_is_none():
    """Rules refused-output, refused-denied, refused-unit-price and refused-civil, each beside what is given."""
    texts = [
        "The works at Dubnica turned out shells for 220 million euros last year, most of which went to Ukraine.",
        "Ukraine's own factories produced arms for 9 billion dollars in 2024, a minister said.",
        "Germany licensed exports of arms worth 8.15 billion euros to Ukraine in 2024, a ministry said.",
        "A drone maker from Munich will put 70 million euros into a factory in Ukraine, it said on Monday.",
        "Berlin denied a report that it planned to give Ukraine 3 billion euros more for weapons.",
        "For the 200 million euros that the opera cost we could have bought Ukraine forty tanks.",
        "One night of air defence costs Ukraine 10 million dollars, an adviser to the ministry said.",
        "Norway pays 250 million kroner for gas for Ukraine. Its troops freeze, too.",
        "Berlin's help for Ukraine's army now amounts to 28 billion euros, coming years included.",
    ]
    assert [text for text in texts if packages(text)] == []
    (given,) = packages(
        "The works at Dubnica make shells for Ukraine. Denmark gives Ukraine 130 million euros for them, said Prague."
    )
    assert given["amount"] == 130_000_000


def test_what_is_for_rescuers_or_denied_is_none():
    """Rules refused-civil, refused-denied and refused-in-general."""
    texts = [
        "Fire engines worth 11 million euros rolled into Kharkiv on Monday, a gift from Japan to Ukraine.",
        "Three ministers came to Kyiv's hospital. Norway gives 20 million kroner for prostheses of Ukraine's soldiers.",
        "Berlin was said to plan a fund of 3 billion euros for Ukraine's arms. There is no such plan, he said.",
        "Paris will give Ukraine 3 billion euros for missiles, a paper wrote. That is not true, a ministry said.",
        "A package of 100 million dollars for Ukraine may be a lorry of missiles or a train of tyres.",
    ]
    assert [text for text in texts if packages(text)] == []
    (given,) = packages(
        "Latvia's package of military aid for Ukraine, worth 3 million euros, has ambulances and drones."
    )
    assert given["donor"] == "LV"


@pytest.mark.parametrize(
    "title, text",
    [
        (
            # rule refused-about: what strengthens bridges, and what a state spends on itself
            "Bridges get tanks across",
            "The Commission named projects that get money for military mobility. Poland receives 215 million euros, "
            "most for rails, and Germany 162 million.",
        ),
        (
            "Canberra's shopping list",
            "Australia will spend A$330 billion on its forces over ten years. For partners nothing changes; two supply "
            "ships worth A$4.1 billion are dropped.",
        ),
        (
            "Brussels sorts out research money",
            "The Commission has chosen 62 projects of arms research. Ukrainian firms take part. Norway pays in "
            "50 million euros of its own.",
        ),
        (
            # rule refused-goes-on
            "Help for Sudan",
            "Ministers spoke about the war in Sudan. Britain promised 120 million pounds for food and schools, the "
            "European Union 522 million euros. Germany gives another 125 million. In Paris 2 billion had been pledged.",
        ),
        (
            # soldiers help after floods, too
            "After the flood: army engineers at work",
            "Poland can count on 10 billion euros to make good what the flood has done. Warsaw has itself set aside "
            "2 billion zlotys at once. Some 23,000 soldiers are shovelling mud.",
        ),
        (
            # rule refused-in-doubt: nothing beside the sum or in the headline tells of aid or arms
            "A long day in Kyiv",
            "Russian troops took a village in Ukraine on Monday. Alan Stone and Petro Bilyk signed a partnership in "
            "Kyiv. Britain's prime minister recalled that his government would give three billion pounds a year.",
        ),
        (
            "Insurers offer ships to Odesa a discount",
            "Ships that fetch grain from Ukraine can be insured against missiles. Fourteen insurers share the risk up "
            "to 50 million dollars a voyage for Ukraine.",
        ),
        (
            "Seed, nets and hope",
            "The food programme has collected 60 million dollars for farmers in Ukraine. Twenty million is to pay for "
            "clearing mines.",
        ),
        (
            # rule refused-cumulative: who has given most by now
            "Who gives most",
            "In absolute terms Germany comes second with 17.7 billion euros for Ukraine's army, Britain third with "
            "13.8 billion and Denmark fourth with 9.2 billion.",
        ),
        (
            # rule refused-goes-on: what the sentence before has told
            "Winter in Ukraine",
            "At a conference 53 states agreed to clear Ukraine of mines. Switzerland pays 100 million francs, Canada "
            "15 million dollars and Norway 8 million euros.",
        ),
        (
            "Missiles",
            "Washington lets Kyiv buy missiles for 825 million dollars and Patriot parts for 179 million. Denmark and "
            "the Netherlands are to pay part of it.",
        ),
        (
            "Tanks from Lower Saxony",
            "A maker will deliver 25 tanks to Ukraine; the order's value is put at 250 million euros. A second one "
            "over 130 million is expected.",
        ),
        (
            # rule refused-trade
            "Strike at the shell works",
            "The works' order book holds 31 billion kronor, among them 1.4 billion from Ukraine and 5 billion from the "
            "German army. Dividends of 900 million were paid in the spring.",
        ),
        (
            "Baku buys guns",
            "Serbian exports rose. Shells for 800 million euros have gone to Ukraine by way of third countries.",
        ),
    ],
)
def test_sums_of_articles_on_other_matters_are_none(title, text):
    assert packages(text, title) == []
