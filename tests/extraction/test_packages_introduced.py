"""Packages of which the words around the sum tell little: an introduction, a list, a later sentence tell the rest."""

import datetime

import extraction

THURSDAY = datetime.date(2025, 4, 24)


def packages(text, title="Arms for partners"):
    return extraction.read(title, text, THURSDAY).to_json("1")["packages"]


def test_what_introduces_packages_tells_giver_programme_and_day():
    """Rules donor-introduced, announced-introduction: the sums follow in sentences of their own."""
    first, second = packages(
        "The armies of Moldova and Georgia get gear. Two measures under the European Peace Facility were adopted by "
        "the "
        "EU Council on Wednesday.\n\nFor the Republic of Moldova \u20ac42 million has been earmarked over three years. "
        "Georgia's Defence Forces are to receive \u20ac31 million."
    )
    for package, recipient in ((first, "MD"), (second, "GE")):
        assert package["donor"] == "EU"
        assert package["recipients"] == [recipient]
        assert package["programme"] == "European Peace Facility"
    assert first["announced"] == "2025-04-23"


def test_what_it_comes_to_is_of_the_day_before_it():
    (package,) = packages(
        "Radars for Ukraine are in a military package that Norway made public on Wednesday. It comes to 175 million "
        "euros."
    )
    assert (package["donor"], package["announced"]) == ("NO", "2025-04-23")


def test_who_agreed_on_the_package_gives_it():
    """Rule donor-after, against the currency."""
    (package,) = packages(
        "Guns for Ukraine will be bought for 92 million pounds. The Joint Expeditionary Force agreed on the package "
        "when "
        "its defence ministers met in Oslo on Tuesday."
    )
    assert package["donor"] == "Joint Expeditionary Force"
    assert package["announced"] == "2025-04-22"


def test_all_on_a_list_of_getters_get():
    """Rule recipient-in-turn."""
    found = packages(
        "The Senate in Washington passed a law of military aid that gives Ukraine 60 billion dollars, Israel 26 "
        "billion "
        "and Taiwan 8 billion dollars."
    )
    assert [p["recipients"] for p in found] == [["UA"], ["IL"], ["TW"]]
    assert "IL" not in [p["donor"] for p in found]


def test_parts_set_against_each_other_keep_their_getters():
    found = packages(
        "Washington moves military aid. The larger part, $55 million, goes to Taiwan; the other $30 million is set "
        "aside "
        "for Lebanon. Both sums come out of Foreign Military Financing."
    )
    assert [p["recipients"] for p in found] == [["TW"], ["LB"]]
    assert {p["programme"] for p in found} == {"Foreign Military Financing"}


def test_its_forces_are_those_of_the_state_spoken_of():
    """Rule recipient-its-forces."""
    (package,) = packages(
        "Armenia draws on European money for the first time. The EU cleared ten million euros of military aid for its "
        "armed forces on Monday."
    )
    assert package["recipients"] == ["AM"]


def test_who_sells_the_arms_of_the_list_does_not_give_them():
    """Rule donor-seller."""
    (package,) = packages(
        "Under PURL, the list by which allies buy American weapons for Ukraine, 500 million dollars have been found.",
        title="America sells arms for Ukraine",
    )
    assert package["donor"] != "US"


def test_who_got_a_grant_gives_none_in_the_givers_coin():
    """Rule donor-getter."""
    first, second = packages(
        "Japan will give the Philippines 1.6 billion yen of military aid to watch its coasts. It is Manila's second "
        "turn: "
        "a year ago 600 million yen went to the country for radars."
    )
    assert (first["donor"], second["donor"]) == ("JP", "JP")
    assert second["recipients"] == ["PH"]


def test_the_day_a_ministry_speaks_is_of_all_its_sums():
    found = packages(
        "The Netherlands is adding 300 million euros to the 150 million already set aside for ammunition for Ukraine's "
        "jets, the ministry of defence said on Wednesday."
    )
    assert {p["announced"] for p in found} == {"2025-04-23"}


def test_a_plain_gift_beside_others_is_one():
    """Rule package-plain."""
    found = packages(
        "The EU will spend 60 million euros of military aid on the Moldovan army, it announced on Tuesday. Germany is "
        "adding 7 million euros of its own for patrol vehicles.",
        title="Radars for Chisinau",
    )
    assert [(p["donor"], p["recipients"]) for p in found] == [("EU", ["MD"]), ("DE", ["MD"])]


def test_dollars_are_those_of_the_giver_where_others_share_them():
    (first, second) = packages(
        "New Zealand brings NZ$16 million of military aid for Ukraine. Four million dollars will be shared by NATO's "
        "training mission and the Drone Coalition, which Britain and Latvia lead."
    )
    assert (second["currency"], second["donor"]) == ("NZD", "NZ")
    assert first["amount"] == 16e6


def test_each_of_a_list_gives_its_own_respectively():
    """Rules donor-respectively, programme-list-of-arms."""
    found = packages(
        "The Netherlands will buy Ukraine a package of American arms for 480 million euros, it was announced on "
        "Monday. "
        "Washington sends them under the Prioritised Ukraine Requirements List. Denmark, Norway and Sweden followed "
        "suit "
        "on Tuesday with 90 million, 146 million and 275 million dollars respectively.",
        title="The Hague first to pay",
    )
    assert [p["donor"] for p in found] == ["NL", "DK", "NO", "SE"]
    assert {p["programme"] for p in found} == {"Prioritised Ukraine Requirements List"}
    assert {p["announced"] for p in found[1:]} == {"2025-04-22"}


def test_a_sum_in_words_is_shown_by_its_digits_further_down():
    (package,) = packages(
        "Ninety-five million dollars of military aid will go to Lebanon, the Pentagon said on Monday.\n\nThe $95 "
        "million is "
        "to pay for training."
    )
    assert [e["quote"] for e in package["evidence"] if e["field"] == "amount"] == ["$95 million"]


def test_what_was_meant_for_one_army_goes_to_another():
    (package,) = packages(
        "Washington has 95 million dollars of military aid that had been meant for Egypt's army and will go to Lebanon."
    )
    assert package["recipients"] == ["LB"]


def test_a_conversion_does_not_hide_the_day():
    (package,) = packages(
        "Five million New Zealand dollars, about 3.4 million U.S. dollars, in military help were promised to "
        "Ukraine by "
        "New Zealand's prime minister on Monday."
    )
    assert package["announced"] == "2025-04-21"


def test_many_nations_pay_into_the_international_fund():
    found = packages(
        "The International Fund for Ukraine buys drones. For the fund's next purchases Norway has pledged 60 "
        "million pounds "
        "and Sweden 45 million.",
        title="The International Fund for Ukraine grows",
    )
    assert [(p["donor"], p["programme"]) for p in found] == [
        ("NO", "International Fund for Ukraine"),
        ("SE", "International Fund for Ukraine"),
    ]


def test_what_a_bill_holds_for_others_is_theirs():
    """Rule package-in-bill: no part of the budget around it."""
    found = packages(
        "250 million dollars for Taiwan is contained in the defence budget of the United States that the Senate "
        "approved "
        "on Monday.",
        title="Senate keeps money for Taiwan's defence",
    )
    assert [p["recipients"] for p in found] == [["TW"]]


def test_the_programme_that_the_next_sentence_names_makes_a_sum_a_package():
    (package,) = packages(
        "DEPUTY PRESS SECRETARY ANN REED: Good afternoon. The secretary will travel to Asia next week.\n\nYesterday, "
        "the department announced a new security assistance package of munitions totaling $1.3 billion. This USAI "
        "package meets Ukraine's pressing requirements.",
        "Deputy Pentagon Press Secretary Ann Reed Holds a Press Briefing",
    )
    assert (package["amount"], package["recipients"], package["announced"]) == (1.3e9, ["UA"], "2025-04-23")
