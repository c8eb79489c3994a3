"""Packages: which sums are one, who gives, who gets, when and how far, and at which meeting."""

import datetime

import pytest

import extraction

PUBLISHED = datetime.date(2024, 3, 20)
LEAD = (
    "Defence ministers of the Amber Coalition met in Riga on Tuesday to arm Ukraine with missiles and ammunition.\n\n"
)


def packages(text, lead=LEAD, title="Ministers weigh arms for Ukraine", published=PUBLISHED):
    return extraction.read(title, lead + text, published).to_json("1")["packages"]


def only(text, **more):
    [package] = packages(text, **more)
    return package


@pytest.mark.parametrize(
    "text, donor",
    [
        ("Norway will give Ukraine $40 million for shells.", "NO"),
        ("A further $40 million for shells was pledged by Germany.", "DE"),
        ("Some $40 million for shells came from Canada.", "CA"),
        ("Denmark's contribution, worth $40 million, buys shells for Kyiv.", "DK"),
        ("Ukraine will get $40 million for shells, said Dutch Defence Minister Joris Vermeulen.", "NL"),
        ("Latvian Defence Minister Anna Ozola promised Kyiv $40 million for shells.", "LV"),
        ("Sweden, which hosted Finland and Norway last week, added $40 million for Ukraine's artillery.", "SE"),
        ("Italy joined Spain and Portugal with $40 million for shells for Ukraine.", "IT"),
        ("Poland spends $40 million on American missiles for Ukraine.", "PL"),
        ("Members of the Amber Coalition pledged $40 million for shells for Ukraine.", "Amber Coalition"),
        ("Germany, Norway and Poland will jointly pay $40 million for shells for Ukraine.", "DE"),
        ("A number of allies clubbed together and put up $40 million for shells for Ukraine.", None),
        ("Spain, Italy and Portugal have agreed on a $40 million gift of shells to Ukraine.", "ES"),
        ("The Council of the European Union gave $40 million for shells for Ukraine.", "EU"),
        ("All of them have pledged $40 million for shells for Ukraine.", "Amber Coalition"),
        ("A group of 26 countries pledged $40 million for shells for Ukraine, a Danish official said.", None),
        ("In all, $40 million was collected for shells for Ukraine.", None),
    ],
)
def test_who_gives(text, donor):
    assert only(text)["donor"] == donor


def test_donors_of_a_list_each_with_a_sum():
    found = packages("Spain will give €210 million, the Netherlands €95 million and Belgium €20 million for shells.")
    assert [(p["donor"], p["amount"]) for p in found] == [("ES", 210e6), ("NL", 95e6), ("BE", 20e6)]


def test_donors_named_after_their_sums():
    found = packages(
        "Kyiv gets €30 million for drones from Norway, 25 million from the Netherlands and C$20 million from Canada."
    )
    assert [(p["donor"], p["amount"], p["currency"]) for p in found] == [
        ("NO", 30e6, "EUR"),
        ("NL", 25e6, "EUR"),
        ("CA", 20e6, "CAD"),
    ]


def test_a_table_with_a_day_in_each_row():
    found = packages(
        "Tranches of military aid:\n\n| First | 3 March 2024 | €50 million |\n| Second | 12 March 2024 | €50 million |"
    )
    assert [(p["amount"], p["announced"]) for p in found] == [(50e6, "2024-03-03"), (50e6, "2024-03-12")]


def test_several_like_packages_are_several():
    found = packages("Washington approved two drawdowns of $80 million each for Ukraine.")
    assert [p["amount"] for p in found] == [80e6, 80e6]
    assert {p["programme"] for p in found} == {"Presidential Drawdown Authority"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway has sent Ukraine more than $4 billion of arms since the invasion.",
        "Contributions have now passed the mark of $4 billion.",
        "Poland's defence budget comes to $40 billion this year.",
        "The ministry awarded a contract worth $400 million for radios.",
        "The exercise with 4,000 troops costs $40 million.",
        "Each drone, at $2 million apiece, is built in Riga.",
    ],
)
def test_what_is_no_package(text):
    assert packages(text) == []


def test_an_article_on_relief_has_no_packages():
    text = "Germany put down 150 million euros and Japan 9 billion yen. NATO flew in tents with military aircraft."
    assert (
        packages(text, lead="Donors met in Amman on Sunday to help towns after the floods.\n\n", title="Flood relief")
        == []
    )


def test_money_that_a_cabinet_sets_aside_is_no_package():
    lead = "The coalition fell out over its defence minister and over taxes on Tuesday; Ukraine was not discussed.\n\n"
    assert packages("Some 40 million euros was set aside for roads.", lead=lead, title="A coalition at odds") == []


def test_recipients_other_than_ukraine():
    lead = "The United States gave Moldova a first radar in military aid.\n\n"
    found = only(
        "Washington also announced $40 million in Foreign Military Financing.", lead=lead, title="Radars for Moldova"
    )
    assert found["recipients"] == ["MD"]


def test_recipients_in_a_list():
    found = only(
        "Australia will equip Fiji, Tonga and Samoa with patrol boats and missiles worth $40 million.",
        lead="Pacific defence ministers met in Suva on Tuesday to talk about arms.\n\n",
        title="Pacific defence ministers meet",
    )
    assert found["recipients"] == ["FJ", "TO", "WS"]


@pytest.mark.parametrize(
    "text, shares",
    [
        (
            "Canada will spend $60 million on drones, half of it for Ukraine and the other half for Moldova.",
            [{"recipient": "UA", "fraction": 0.5}, {"recipient": "MD", "fraction": 0.5}],
        ),
        (
            "Canada will spend $60 million on drones, split two ways: 40 for Ukraine and 20 for Moldova.",
            [{"recipient": "UA", "amount": 40e6}, {"recipient": "MD", "amount": 20e6}],
        ),
        (
            'Canada will spend $60 million on drones. "Is it all for Kyiv?" "No, it is not," the minister said. '
            "Three quarters go to Ukraine, the rest to Moldova.",
            [{"recipient": "UA", "fraction": 0.75}, {"recipient": "MD", "fraction": 0.25}],
        ),
        ("Canada will give Ukraine $60 million, half for training and half for scanners.", []),
    ],
)
def test_shares(text, shares):
    assert only(text)["shares"] == shares


@pytest.mark.parametrize(
    "text, announced",
    [
        ("On Monday, Norway announced $40 million for Ukraine's artillery.", "2024-03-18"),
        ("Norway's package is worth $40 million. It was presented on 15 March.", "2024-03-15"),
        ("The following was made known on Monday:\n\n- Norway: $40 million for shells", "2024-03-18"),
        ("Norway pledged $40 million for Ukraine's artillery.", "2024-03-19"),
        ("Norway had pledged $40 million for Ukraine's artillery last year.", None),
    ],
)
def test_when_it_was_announced(text, announced):
    assert only(text)["announced"] == announced


@pytest.mark.parametrize(
    "text, status",
    [
        ("Norway pledged $40 million for Ukraine.", "announced"),
        ("Norway said it would give Ukraine $40 million for shells.", "announced"),
        ("Norway intends to put $40 million into shells for Ukraine.", "proposed"),
        ("Ministers are expected to approve $40 million for shells for Ukraine.", "proposed"),
        ("Norway's parliament approved $40 million for shells for Ukraine.", "approved"),
        ("Guns worth $40 million, which Norway had promised, were delivered to Ukraine.", "delivered"),
    ],
)
def test_how_far_the_money_has_come(text, status):
    assert only(text)["status"] == status


def test_the_programme_of_a_fund_that_no_list_knows():
    assert only("Norway gives Ukraine $40 million through the Amber Shell Fund.")["programme"] == "Amber Shell Fund"


def test_contents_belong_to_their_sum():
    found = packages("Norway gives Ukraine $40 million for howitzers, and Denmark $20 million for F-16 jets.")
    assert ["F-16" in " ".join(p["contents"]) for p in found] == [False, True]


@pytest.mark.parametrize(
    "text, linked",
    [
        ("Norway pledged $40 million for Ukraine at the meeting.", True),
        ("Norway pledged $40 million for Ukraine.", True),
        ("Norway had already given $40 million for Ukraine's artillery last year.", False),
        ("On 2 March, Norway pledged $40 million for Ukraine's artillery.", False),
    ],
)
def test_the_meeting_at_which_it_was_announced(text, linked):
    facts = extraction.read("Amber Coalition meets in Riga", LEAD + text, PUBLISHED).to_json("1")
    assert len(facts["meetings"]) == 1
    assert facts["packages"][0]["meeting"] == (0 if linked else None)


@pytest.mark.parametrize(
    "named",
    [
        "18 countries of the region",
        "12 nations of the alliance",
        "six states of the Western Balkans",
        "nine neighbours",
        "five partners in Southeast Asia",
    ],
)
def test_a_described_set_of_recipients_ends_with_a_whole_phrase(named):
    """A set is named as the text names it, up to the end of its phrase and no further."""
    found = only(f"Norway announced $40 million in military aid for shells for {named} on Tuesday.")
    assert named in found["recipients"]


@pytest.mark.parametrize(
    "text",
    [
        "The maker of trucks announced a framework agreement with the German armed forces worth 3.5 billion euros.",
        "Sweden has now contributed military support to a value of 30 billion kronor.",
        "Latvia set aside a further 600 million euros for national defence, with which the army is to buy drones.",
        "To pay for its tanks, Warsaw borrows through a fund that plans to issue bonds for 40 billion zloty.",
        "The shipyard raised 90 million euros from investors, and the state adds a grant of 8 million for a plant.",
        "An amount of 739 billion hryvnias has been set aside in Ukraine's budget for buying arms.",
    ],
)
def test_the_sieve_leaves_out_what_no_single_word_gives_away(text):
    assert packages(text) == []


def test_a_sum_is_kept_where_much_speaks_for_it_though_a_word_of_giving_is_missing():
    found = packages("For Ukraine's air defence, the new Dutch package: 150 million euros.")
    assert [p["amount"] for p in found] == [1.5e8]


def test_nothing_about_a_package_is_surer_than_that_it_is_one():
    for package in packages("Norway pledged $40 million for Ukraine's artillery on Monday."):
        amount = next(e["confidence"] for e in package["evidence"] if e["field"] == "amount")
        assert all(e["confidence"] <= 0.99 for e in package["evidence"])
        assert amount > 0.5


def test_givers_told_by_an_adjective_after_the_sum():
    found = packages("The parcel for Ukraine's army is worth £450m. £350m of it is British, and £100m Norwegian.")
    assert [(p["amount"], p["donor"]) for p in found][1:] == [(3.5e8, "GB"), (1e8, "NO")]


def test_a_programme_in_the_headline_is_not_that_of_every_sum():
    found = packages(
        "London joined the Prioritised Ukraine Requirements List with £150 million for Ukraine. "
        "Apart from that, Britain ordered missiles for Ukraine for £390 million."
    )
    assert [p["programme"] for p in found] == ["Prioritised Ukraine Requirements List", None]


@pytest.mark.parametrize(
    "title, text, amount, currency",
    [
        (
            "Oslo sends $290m in shells to Ukraine",
            "Norway will give Ukraine 3 billion kroner (289.4 million dollars) for shells.",
            3e9,
            "NOK",
        ),
        ("Ottawa finds nearly $65 million", "Canada will give Ukraine $64.6 million for shells.", 64.6e6, "CAD"),
    ],
)
def test_a_headline_rounds_and_converts_the_package_of_the_text(title, text, amount, currency):
    package = only(text, title=title)
    assert (package["amount"], package["currency"]) == (amount, currency)


def test_a_conversion_told_again_is_the_same_package():
    text = "Denmark will give Ukraine 2 billion kroner ($290 million) for shells.\n\nThe $290 million will help Kyiv."
    assert [(p["amount"], p["currency"]) for p in packages(text)] == [(2e9, "DKK")]


def test_like_sums_side_by_side_are_two():
    found = packages("Poland will give Ukraine €50 million for drones as well as €50 million for air defence.")
    assert [p["amount"] for p in found] == [50e6, 50e6]


@pytest.mark.parametrize(
    "text",
    [
        "The new pledge takes Norway's total contribution to the arming of Ukraine to $790 million.",
        "With this tranche the support of the facility for Ukraine's army will now total $2.5 billion.",
        "Allies will fund arms for Ukraine in $500 million tranches.",
        "The scheme means packages of missiles for Ukraine worth around $500 million each.",
        "Poland has sent Ukraine arms worth $900 million up to now.",
        "Poland has sent Ukraine arms with a value of $900 million so far.",
        "Kyiv's defence ministry will put 260 million hryvnias into interceptor drones.",
        "The value of all aid packages given to Ukraine, the latest included, is about 2.5bn euros.",
        "Norway's gifts go on; total support over two years will reach $90 million for Ukraine's drones.",
        "The Baltic scheme allocated $377 million for missiles from 2018 to 2023.",
        "Washington gave another $10 million to keep Ukraine's energy infrastructure running.",
        "Investigators say $40 million meant for Ukraine's shells was embezzled.",
    ],
)
def test_totals_sizes_own_money_and_crimes_are_no_packages(text):
    assert packages(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sweden gave Ukraine arms worth $700 million, its largest package since the invasion.",
        "I authorise our 31st drawdown of arms and equipment for Ukraine since August 2021, worth $700 million.",
        "Sweden will give Ukraine arms for $700 million from 2024 to 2028.",
        "Britain and Norway have already committed an additional $700 million for shells to Ukraine.",
        "Drawing on the support provided so far, Sweden will give Ukraine $700 million for shells.",
    ],
)
def test_a_record_and_what_was_given_before_leave_a_package_one(text):
    assert only(text)["amount"] == 700e6


@pytest.mark.parametrize(
    "title, text",
    [
        (
            "Washington clears missile sale to Poland",
            "The State Department cleared a possible sale of missiles to Poland. Poland asked for 200 missiles for "
            "about $219 million, with an arms package of spare parts worth $30 million.",
        ),
        (
            "Drone start-up finds investors",
            "A drone maker in Munich received 600 million euros for its fighter drones in June.",
        ),
        (
            "Brussels shares out rearmament loans",
            "The Commission confirmed the low-interest loans for arms. Poland will receive €43 billion, Belgium "
            "€8 billion and Latvia €5 billion for tanks.",
        ),
        (
            "London plans new warships",
            "The United Kingdom commits £1.5 billion to new munitions factories. It will spend £15 billion on its "
            "warhead programme.",
        ),
        (
            "Seoul signs $6 billion tank deal with Warsaw",
            "South Korea signed an export agreement on tanks valued at $6 billion with Poland, after Russia's war.",
        ),
        (
            "Tallinn buys shells",
            "The three-party coalition in Estonia spoke on Monday. Lithuania will buy missiles from a Swedish maker "
            "for EUR 147 million.",
        ),
        ("India buys fighters", "India approved $4.6 billion for the emergency procurement of missiles."),
    ],
)
def test_sales_investments_loans_and_own_purchases_are_no_packages(title, text):
    assert packages(text, lead="", title=title) == []


def test_two_contributions_of_one_size():
    found = packages("Latvia will make two $4 million contributions to the arming of Ukraine.")
    assert [p["amount"] for p in found] == [4e6, 4e6]


def test_an_elided_currency_is_that_of_its_donor():
    text = (
        "Denmark will give Ukraine 100 million kroner for shells, 372 million for US weapons and 80 million for fuel."
    )
    assert [(p["amount"], p["currency"], p["donor"]) for p in packages(text)] == [
        (100e6, "DKK", "DK"),
        (372e6, "DKK", "DK"),
        (80e6, "DKK", "DK"),
    ]


@pytest.mark.parametrize(
    "text, donor",
    [
        ("Manila is set to receive radars and missiles from Japan through a $40 million grant.", "JP"),
        (
            "Drones for Ukraine will be bought by a coalition led by Latvia and Norway with $40 million from Poland.",
            "PL",
        ),
        ("Spain will give Ukraine $40 million, which buys US weapons, and $3 million for shells.", "ES"),
    ],
)
def test_receivers_leaders_and_makers_do_not_give(text, donor):
    assert {p["donor"] for p in packages(text)} == {donor}


def test_the_government_of_a_domestic_outlet_is_that_of_its_ministers():
    text = (
        "The government is putting $15 million towards shells for Ukraine.\n\n"
        "New Zealand Defence Minister Ana Parata made it known at night."
    )
    package = only(text, lead="", title="Government puts $15m towards shells for Ukraine")
    assert (package["donor"], package["currency"]) == ("NZ", "NZD")


def test_a_total_of_several_donors_is_nobodys_and_is_told_twice():
    text = (
        "Norway announced a $500 million package of missiles for Ukraine on Monday. Spain gave $400 million for shells."
        " Together, the two packages amount to more than $900 million for Ukraine. An American official said that more "
        "than $900 million in arms would help Kyiv."
    )
    assert [(p["amount"], p["donor"]) for p in packages(text)] == [(5e8, "NO"), (4e8, "ES"), (9e8, None)]


def test_parts_for_different_states_are_shares():
    found = packages(
        "Washington approved a package of $2 billion in military aid. It includes $1.2 billion for Taipei, $500 "
        "million for Manila and $300 million for Fiji.",
        lead="The United States spoke of arms in Honolulu on Tuesday.\n\n",
        title="Arms for the Pacific",
    )
    assert found[0]["shares"] == [
        {"recipient": "TW", "amount": 1.2e9},
        {"recipient": "PH", "amount": 5e8},
        {"recipient": "FJ", "amount": 3e8},
    ]
    assert [p["recipients"] for p in found] == [["TW", "PH", "FJ"], ["TW"], ["PH"], ["FJ"]]


@pytest.mark.parametrize(
    "text, status",
    [
        ("A document shows that Norway plans to allocate $40 million for Ukraine's artillery.", "proposed"),
        ("Norway announced yesterday that its gift of shells to Ukraine would amount to $40 million.", "announced"),
        ("As part of a $40 million package from Norway, Ukraine's army would receive shells by May.", "announced"),
        ("Norway is preparing a new programme of shells for Ukraine for $40 million.", "proposed"),
        ("Norway pledged $40 million for shells under a scheme for Ukraine, which aims to end shortages.", "announced"),
    ],
)
def test_plans_reports_and_purposes(text, status):
    assert only(text)["status"] == status


@pytest.mark.parametrize(
    "text, day",
    [
        ("Ahead of a meeting on Friday, Norway announced $40 million for Ukraine's artillery.", None),
        (
            "Norway will give $40 million for Ukraine's artillery.\n\nHe made the announcement on 18 March in Riga.",
            "2024-03-18",
        ),
        ("Norway announced $40 million (38 million euros) for Ukraine's artillery on Monday.", "2024-03-18"),
    ],
)
def test_the_day_of_another_event_and_a_conversion_before_the_day(text, day):
    assert only(text)["announced"] == day


def test_a_programme_named_further_down():
    text = (
        "The United States will give Ukraine a package worth $500 million.\n\nIt holds shells and vehicles.\n\n"
        "The package is funded using Presidential Drawdown Authority."
    )
    assert only(text)["programme"] == "Presidential Drawdown Authority"


def test_a_drawdown_is_american_whoever_gave_before():
    text = (
        "Canada gave Ukraine C$3 million for drones. On May 10, the President had approved a drawdown of $400 million."
    )
    assert [(p["amount"], p["donor"]) for p in packages(text)] == [(3e6, "CA"), (4e8, "US")]


def test_civil_money_beside_military_money():
    text = (
        "The bill gives $60 billion to Ukraine. It also provides $26 billion in arms for Israel, of which $9 billion "
        "is meant for humanitarian aid, and $1 million for displaced persons."
    )
    assert [p["amount"] for p in packages(text, lead="", title="Congress passes arms for Ukraine")] == [60e9, 26e9]


def test_they_are_the_state_that_the_sentence_before_names():
    text = "The Netherlands gave Ukraine €200 million for guns.\n\nThey are investing an extra €110 million in drones."
    assert [(p["amount"], p["donor"]) for p in packages(text)] == [(200e6, "NL"), (110e6, "NL")]


def test_a_state_and_a_set_of_its_neighbours():
    text = "Washington will make $2.2 billion available to bolster the security of Ukraine and 18 of its neighbors."
    assert only(text)["recipients"] == ["UA", "18 of its neighbors"]


def test_who_got_money_before_does_not_give_it_now():
    text = (
        "The House passed a $1 billion aid bill to replenish Israel's supply of missiles. It was folded into a "
        "$1.5 trillion omnibus spending package with $13 billion in military aid for Ukraine."
    )
    found = packages(text, lead="", title="US House votes on aid")
    assert [(p["amount"], p["donor"], p["recipients"]) for p in found] == [(1e9, "US", ["IL"]), (13e9, "US", ["UA"])]


def test_a_promise_that_describes_a_sum_is_not_its_stage():
    text = "Some $40 million in military aid to Ukraine, promised in a memorandum, was approved on Monday by Norway."
    assert only(text)["status"] == "approved"


def test_money_for_arms_out_of_the_revenues_of_frozen_assets():
    text = "The EU has agreed on €1 billion for Ukraine's artillery from the revenues of blocked Russian assets."
    assert only(text)["amount"] == 1e9
