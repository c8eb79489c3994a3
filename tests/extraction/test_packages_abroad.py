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


@pytest.mark.parametrize(
    "text, programme",
    [
        # A sentence that goes on about the one before, over a paragraph's end.
        (
            "The EU helps Moldova under the European Peace Facility.\n\n"
            "The measure is worth 20 million euros and pays for missiles.",
            "European Peace Facility",
        ),
        (
            "Washington arms Estonia and Latvia through the Baltic Security Initiative.\n\n"
            "It gave $225 million of military aid to the initiative in 2023.",
            "Baltic Security Initiative",
        ),
        (
            "The EU gives Georgia a package of arms worth 20 million euros ($21 million).\n\n"
            "The assistance comes through the Union's off-budget European Peace Facility.",
            "European Peace Facility",
        ),
    ],
)
def test_the_programme_of_what_a_sentence_goes_on_about(text, programme):
    assert only(text)["programme"] == programme


def test_what_heads_a_list_of_givers_and_sums_heads_each_of_them():
    found = packages(
        "Pledges to the Czech initiative for shells for Ukraine came from the Netherlands (€250 million), Belgium "
        "(€200 million) and Norway (€140 million)."
    )
    assert [(p["amount"], p["donor"], p["programme"]) for p in found] == [
        (250e6, "NL", "Czech ammunition initiative"),
        (200e6, "BE", "Czech ammunition initiative"),
        (140e6, "NO", "Czech ammunition initiative"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Israel said it had reached agreement with the United States for an $8.7 billion package of weapons.",
        "Israel has secured an $8.7 billion package of weapons from the United States.",
    ],
)
def test_who_agrees_on_a_package_with_another_gets_it(text):
    package = only(text)
    assert (package["donor"], package["recipients"]) == ("US", ["IL"])


def test_a_part_of_that_is_a_package_though_it_buys():
    found = packages(
        "The United States gives Israel military aid worth 8.7 billion dollars.\n\n"
        "Of that, 3.5 billion dollars has already reached the country for purchases."
    )
    assert [p["amount"] for p in found] == [8.7e9, 3.5e9]


def test_a_sum_under_a_programme_of_arms_is_a_package():
    package = only(
        "Secretary of Defense Lloyd Austin shared details of what comes, including a $4.9 million package of foreign "
        "military financing, with Fiji's minister.",
        title="Fiji welcomes a closer tie",
    )
    assert package["programme"] == "Foreign Military Financing"


@pytest.mark.parametrize(
    "text, status",
    [
        ("Latvia's government approved a draft resolution that gives Ukraine €5 million for missiles.", "approved"),
        ("Washington is in the final stages of approving $2 billion of military aid to Taiwan.", "proposed"),
        (
            "Washington has a $4.9 million package of arms for Fiji, which is pending congressional approval.",
            "proposed",
        ),
    ],
)
def test_a_draft_that_is_adopted_is_approved_and_approval_to_come_is_not(text, status):
    assert only(text)["status"] == status


def test_parts_of_what_parliament_approved_are_approved():
    found = packages(
        "The parliament in Berlin approved a package of 11 billion euros of arms for Ukraine.\n\n"
        "This aid includes an allocation of 3 billion euros now and 8 billion euros earmarked for the years after."
    )
    assert [p["status"] for p in found] == ["approved"] * 3


def test_the_same_sum_again_is_a_second_package_where_the_text_says_so():
    found = packages(
        "The EU will give Ukraine one billion euros of shells from its stocks.\n\n"
        "Another one billion euros will pay for new shells for Ukraine."
    )
    assert [p["amount"] for p in found] == [1e9, 1e9]
    found = packages(
        "Latvia will give Ukraine 20 million euros for drones this year.\n\n"
        "Last year, Latvia gave Ukraine 20 million euros for drones."
    )
    assert [p["amount"] for p in found] == [20e6, 20e6]


@pytest.mark.parametrize(
    "text, amounts",
    [
        ("Finland has provided the 22nd package of military aid to Ukraine, worth 190 million euros.", [190e6]),
        ("The total value of military equipment packages that Finland gave Ukraine amounts to 1.8 billion euros.", []),
    ],
)
def test_the_twenty_second_package_is_one_and_the_value_of_all_is_none(text, amounts):
    assert [p["amount"] for p in packages(text)] == amounts


def test_the_letters_of_a_currency_name_no_state():
    found = packages(
        "Arms and boats for the islands were the matter of talks in Suva.\n\nAustralia is paying for two boats "
        "and has set aside A$83 million for a naval centre in Lami. New Zealand has given NZ$6 million for training.",
        title="Boats and a pact",
    )
    assert found
    assert "NZ" not in [who for package in found for who in package["recipients"]]


def test_who_money_comes_from_gives_it_and_the_value_of_all_pledges_is_of_nobody():
    found = packages(
        "Allies met to arm Ukraine. From Lithuania come 20 million euros for drones and from Iceland five million "
        "euros.\n\nJohn Healey, the British defence secretary, put the value of the pledges at 21 billion euros."
    )
    assert [(p["amount"], p["donor"]) for p in found] == [(20e6, "LT"), (5e6, "IS"), (21e9, None)]


def test_money_of_several_sums_comes_through_the_fund_that_is_named_after_them():
    found = packages(
        "The EU will give Ukraine 1.4 billion euros for shells next month and another 1 billion euros in the winter."
        "\n\nThe money will be channelled to Kyiv through the Ukraine Assistance Fund."
    )
    assert [p["programme"] for p in found] == ["Ukraine Assistance Fund"] * 2


def test_what_was_planned_before_is_not_what_is_added_to_it():
    assert only("Norway adds 10 billion kroner of arms for Ukraine to what it had planned.")["status"] == "announced"


def test_a_coalition_named_after_what_it_gives_needs_its_capital():
    def of(text):
        return extraction.read("Shells for Kyiv", text, PUBLISHED).to_json("1")["contact_groups"]

    assert of("Portugal will pay for artillery for Ukraine, and the ministers of defence thanked it.") == []
    assert len(of("Portugal has joined Artillery for Ukraine, and the ministers of defence thanked it.")) == 1


def test_digits_show_a_sum_better_than_words_where_the_text_has_both():
    package = only("Norway gives Ukraine twenty-five million euros for shells.", title="Oslo arms Kyiv with €25m")
    assert [e["quote"] for e in package["evidence"] if e["field"] == "amount"] == ["€25m"]


def test_the_programme_before_and_is_that_of_the_sum_before():
    found = packages(
        "The United States will give Ukraine $350 million under the Presidential Drawdown Authority and $650 million "
        "in funds for longer orders through the Ukraine Security Assistance Initiative."
    )
    assert [p["programme"] for p in found] == [
        "Presidential Drawdown Authority",
        "Ukraine Security Assistance Initiative",
    ]


def test_the_total_of_all_pledges_is_not_under_the_programme_of_some():
    found = packages(
        "Five countries pledged money for American weapons under the Prioritised Ukraine Requirements List.\n\n"
        "John Healey, the British defence secretary, spoke after the meeting in Brussels.\n\n"
        "Ukraine's allies pledged a total of £35 billion in support."
    )
    assert [(p["amount"], p["programme"]) for p in found] == [(35e9, None)]


def test_a_relationship_of_two_states_gets_nothing():
    package = only("The House approved a $4.8 billion package of arms for Israel, as support for the U.S.-Israel pact.")
    assert package["recipients"] == ["IL"]


def test_money_moved_from_one_state_to_another_is_for_the_other():
    package = only("The US has reallocated $95 million in military aid for Egypt to Lebanon.")
    assert package["recipients"] == ["LB"]


def test_what_an_army_needs_and_what_aid_has_totalled_are_no_packages():
    assert packages("Lebanon says its army needs $400 million of military aid to equip the troops in the south.") == []
    assert packages("Australia's military aid to Ukraine has already totalled over AUD 655 million.") == []


def test_what_is_listed_alongside_a_programme_is_not_under_it():
    found = packages(
        "Australia gives Ukraine $50 million of arms under the Prioritised Ukraine Requirements List.\n\n"
        "Alongside the PURL contribution, the package includes:\n\n- $43 million in Australian radars and munitions.\n"
        "- $2 million for the Drone Coalition."
    )
    assert [p["programme"] for p in found] == ["Prioritised Ukraine Requirements List", None, "Drone Coalition"]


def test_what_a_minister_explained_would_be_spent_is_announced():
    found = packages(
        "Defence Minister Richard Marles explained that AUD 50 million of the aid to Ukraine would be spent on mines "
        "and AUD 30 million on drones for Ukraine."
    )
    assert [p["status"] for p in found] == ["announced"] * 2


@pytest.mark.parametrize(
    ("text", "donor", "currency"),
    [
        (
            "Almost 866 million crowns is what the Czech Republic itself will spend on shells for Ukraine.",
            "CZ",
            "CZK",
        ),
        ("Ukraine received $585 million that Denmark and Norway gave together for American arms.", "DK", "USD"),
        ("The largest part of the arms for Ukraine comes from Sweden with over EUR 230 million.", "SE", "EUR"),
    ],
)
def test_a_donor_may_come_after_the_sum(text, donor, currency):
    """Rule donor-relative."""
    (found,) = packages(text)
    assert (found["donor"], found["currency"]) == (donor, currency)


@pytest.mark.parametrize(
    "text",
    [
        "EU arms money of over 6 billion euros meant for Ukraine's forces remains frozen by Hungary.",
        "€500 million in military aid from the EU cannot go to Ukraine as a member state withholds its consent.",
    ],
)
def test_money_that_a_member_blocks_is_proposed(text):
    """Rule status-blocked."""
    (found,) = packages(text)
    assert (found["donor"], found["status"]) == ("EU", "proposed")


@pytest.mark.parametrize(
    ("text", "programme", "currency"),
    [
        # rule programme-goes-on: of both sums, and out of a fund of many
        (
            "Norway and Denmark will pay for a package of arms for Ukraine of about 5 billion Norwegian kroner. "
            "Oslo's share is to be 1.5 billion kroner. The money goes into the Prioritised Ukraine Requirements List.",
            "Prioritised Ukraine Requirements List",
            "NOK",
        ),
        (
            "The army of Bosnia and Herzegovina will be equipped with ten million euros from the European Union. The "
            "Council approved the military aid.\n\nThe money comes out of the European Peace Facility.",
            "European Peace Facility",
            "EUR",
        ),
        # rule programme-drawdown: announced in the sentence before
        (
            "The secretary will then travel to Australia. The department announced its 43rd drawdown of equipment for "
            "Ukraine. Today's $400 million commitment in security assistance includes air defense munitions.",
            "Presidential Drawdown Authority",
            "USD",
        ),
    ],
)
def test_a_programme_named_beside_the_sum(text, programme, currency):
    found = packages(text)
    assert {(p["programme"], p["currency"]) for p in found} == {(programme, currency)}
