"""Packages beside which other words stand: earlier gifts, lists, wholes of many, tallies that are none."""

import datetime

import pytest

from tests.retold import facts, meetings

WEDNESDAY = datetime.date(2025, 12, 3)


def packages(text, title="Arms for partners", published=WEDNESDAY):
    return facts(text, title, published)["packages"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The United States will send Ukraine another $700 million in equipment, its president said on Tuesday. "
            "That comes on the heels of a $700 million military aid package that he signed last week.",
            ["2025-12-02", None],
        ),
        (
            "Norway will give Ukraine 600 million kroner for radars, the ministry in Oslo said on Tuesday. It follows "
            "a gift of 600 million kroner made in March for ammunition.",
            ["2025-12-02", None],
        ),
        (
            "Germany will send Ukraine shells worth 120 million euros, the government said on Tuesday. The 120 million "
            "euro package, announced last week, has drones too.",
            ["2025-12-02"],
        ),
    ],
)
def test_a_like_sum_of_some_time_ago_is_another_package(text, days):
    assert [p["announced"] for p in packages(text)] == days


def test_what_a_drawdown_holds_does_not_part_it_from_its_value():
    (package,) = packages(
        "This is a Presidential Drawdown with more rockets for launchers, artillery rounds, and anti-armor systems for "
        "Ukraine valued at up to $275 million."
    )
    assert package["programme"] == "Presidential Drawdown Authority"


def test_the_size_of_each_portion_is_no_package():
    found = packages(
        "Lithuania and two Nordic countries pay for missiles worth 300 million euros for Ukraine. Washington releases "
        "such goods in portions of about $500 million."
    )
    assert [p["amount"] for p in found] == [300e6]


def test_who_pays_together_with_others_gets_nothing():
    (package,) = packages(
        "Missiles worth 300 million euros for Ukraine will be paid for by Lithuania and two Nordic countries."
    )
    assert package["recipients"] == ["UA"]


def test_nothing_until_now_is_no_tally():
    (package,) = packages(
        "Ireland, which has given no weapons so far, will provide Ukraine with radars worth 20 million euros, its "
        "defence minister said on Tuesday."
    )
    assert package["donor"] == "IE"


def test_roads_that_an_army_builds_are_not_civil():
    (package,) = packages(
        "Japan equips the armed forces of Tonga. The diggers, wanted for road building, will cost 300 million yen and "
        "be paid for out of the Official Security Assistance programme."
    )
    assert (package["donor"], package["recipients"]) == ("JP", ["TO"])


def test_the_facility_named_before_pays_again():
    first, second, third = packages(
        "A measure of €20 million under the European Peace Facility for the Rwandan troops in Mozambique was adopted "
        "on Tuesday. For the armed forces of Ghana €12 million has been approved. Mozambique's own army already "
        "receives 89 million euros from the facility."
    )
    assert [p["donor"] for p in (first, second, third)] == ["EU"] * 3
    assert second["recipients"] == ["GH"]
    assert third["recipients"] == ["MZ"]
    assert third["programme"] == "European Peace Facility"


def test_goods_from_the_alliances_list_are_not_its_gift():
    first, second = packages(
        "Canada told Ukraine how it will spend its military aid. Of $900 million that are needed at once most is for "
        "vehicles, and $600 million is to go on equipment from NATO's list of priorities.",
        "Canada explains its arms money",
    )
    assert [(p["donor"], p["currency"]) for p in (first, second)] == [("CA", "CAD")] * 2
    assert first["status"] == "announced"


def test_a_round_of_aid_is_no_meeting():
    (meeting,) = meetings(
        "The latest round of security assistance has key capabilities, the Pentagon said. This next round is a "
        "combination of two authorities. The Ukraine Defense Contact Group meets in Brussels on September 18, after "
        "talks in Doha ended without a ceasefire."
    )
    assert meeting["place"] == "Brussels"


@pytest.mark.parametrize(
    "text",
    [
        "Last year the Philippines was awarded \u00a5600 million through Official Security Assistance for radars.",
        "Moldova's soldiers were awarded 40 million euros from the European Peace Facility for trucks.",
    ],
)
def test_a_state_that_is_awarded_a_sum_wins_no_order(text):
    (package,) = packages(text)
    assert package["donor"] in ("JP", "EU")
    assert package["recipients"] in (["PH"], ["MD"])


def test_money_that_had_been_saved_pays_for_aid():
    (package,) = packages(
        "The Pentagon announced a package of military aid for Ukraine on Tuesday, paid with 300 million dollars that "
        "had been saved on orders."
    )
    assert (package["donor"], package["recipients"]) == ("US", ["UA"])


def test_civil_money_beside_arms_is_none_of_ours():
    found = packages(
        "Sweden gives Ukraine missiles worth 90 million euros. The European Commission proposed a further 5 billion "
        "euros in financial aid to keep the Ukrainian state running.\n\nDenmark sets aside 400 million kroner for "
        "Ukraine. One half is for food and shelter in its east, the other for reconstruction. Its military aid over "
        "the same time comes to about $7.5 billion."
    )
    assert [p["amount"] for p in found] == [90e6]


def test_the_day_of_a_scheme_is_not_that_of_a_gift():
    (package,) = packages(
        "Germany will pay 500 million euros into the Prioritised Ukraine Requirements List, agreed last July by two "
        "leaders."
    )
    assert (package["announced"], package["recipients"]) == (None, ["UA"])


def test_who_has_it_told_gives():
    """Rules donor-speaker, programme-drawdown: a ministry speaks, and what is numbered is a drawdown."""
    (package,) = packages(
        "Ukraine is to get weapons worth $400 million, the State Department said on Tuesday. They come out of Pentagon "
        "depots. It is the 42nd drawdown since August 2021."
    )
    assert (package["donor"], package["programme"]) == ("US", "Presidential Drawdown Authority")


def test_the_alliances_list_by_other_words():
    (package,) = packages(
        "Germany will pay 500 million dollars for equipment from NATO's list of priorities for Ukraine, its defence "
        "minister said on Tuesday."
    )
    assert (package["donor"], package["programme"]) == ("DE", "Prioritised Ukraine Requirements List")


def test_parts_and_wholes_keep_their_own_stage():
    part, whole, third = packages(
        "Ukraine received 752 million pounds from Britain for arms, the first part of a 2.26 billion pound loan. "
        "Denmark agreed on a plan worth 2 billion kroner to supply Ukraine with shells."
    )
    assert [p["status"] for p in (part, whole, third)] == ["delivered", "announced", "announced"]


def test_a_number_of_millions_goes_somewhere_or_has_been_given():
    """Rule money-elided: the currency is that of the sum before."""
    found = packages(
        "Latvia gives Ukraine ten million euros for shells. A further 20 million has been allotted to drones, and of "
        "that 7 million goes to training."
    )
    assert [p["amount"] for p in found] == [10e6, 20e6, 7e6]


def test_who_is_promised_arms_gets_them_for_his_country():
    (package,) = packages(
        "The United States promised its visitor Volodymyr Zelensky a further $325 million in arms from its stocks on "
        "Tuesday, a spokesman told reporters."
    )
    assert (package["recipients"], package["announced"]) == (["UA"], "2025-12-02")


def test_drones_at_a_price_of_millions():
    (package,) = packages("Kyiv will get 90,000 drones from Britain this year at a price of 340 million pounds.")
    assert (package["donor"], package["recipients"]) == ("GB", ["UA"])


def test_one_predicate_tells_of_all_its_sums():
    """Rules package-chain, programme-chain."""
    found = packages(
        "Eleven million euros for Armenia's army and 60 million for Moldova's are planned by the EU from its European "
        "Peace Facility, diplomats said on Tuesday."
    )
    assert [p["recipients"] for p in found] == [["AM"], ["MD"]]
    for package in found:
        assert (package["donor"], package["status"]) == ("EU", "proposed")
        assert package["programme"] == "European Peace Facility"


def test_a_drawdown_is_that_of_the_sum_beside_it():
    found = packages(
        "Ukraine gets vehicles in a U.S. package of $3.75 billion, of which $2.85 billion is a drawdown, $220 million "
        "is military financing for it and $680 million goes to other countries."
    )
    assert [p["programme"] for p in found] == [None, "Presidential Drawdown Authority", None, None]


def test_where_goods_come_from_and_who_speaks_of_them():
    (first,) = packages(
        "Three tanks that clear mines are going from Finland to Ukraine in a package valued at 161 million euros."
    )
    assert (first["donor"], first["status"]) == ("FI", "announced")
    (second,) = packages(
        "Ukraine will be given 49 old tanks by Australia. Their value is put at A$240 million, Defence Industry "
        "Minister Pat Conroy said on Tuesday."
    )
    assert second["donor"] == "AU"
    (third,) = packages("EU member states agreed on Monday to put 5 billion euros into arms for Ukraine.")
    assert third["donor"] == "EU"


def test_congress_is_notified_of_aid_too():
    found = packages(
        "The Secretary notified Congress on Tuesday of $225 million in PDA equipment for Ukraine. The United States is "
        "sending another $500 million in direct economic assistance to the Ukrainian government."
    )
    assert [(p["amount"], p["programme"]) for p in found] == [(225e6, "Presidential Drawdown Authority")]


def test_whose_government_it_is_and_how_many_partners_a_network_has():
    read = facts(
        "The government of Chancellor Friedrich Merz pays for drones. The Ukraine Defense Contact Group, a network of "
        "approximately 50 partners, met in Brussels on September 15."
    )
    assert [o["title"] for o in read["officials"]] == ["Chancellor"]
    assert [g["member_count"] for g in read["contact_groups"]] == [50]


def test_a_headlines_bare_kroner_are_those_of_the_text():
    (package,) = packages(
        "Denmark and its partners put a further DKK 3.2 billion into weapons for Ukraine.",
        "Danish model brings another 3.2 billion kroner",
    )
    assert (package["currency"], package["programme"]) == ("DKK", "Danish model")


def test_parts_of_a_tranche_and_what_all_aid_rises_to():
    found = packages(
        "Another 500 million euros for the Ukrainian forces was agreed by the EU on Monday. It raises military aid "
        "under the European Peace Facility to 3.1 billion. Lethal goods account for 490 million of the tranche; "
        "ten million is for gear. The ceiling of the facility has been raised to 7.98 billion euros. Moldova "
        "gets 40 million and Georgia 30 million from it."
    )
    assert [p["amount"] for p in found] == [500e6, 490e6, 10e6, 40e6, 30e6]
    assert [p["recipients"] for p in found[3:]] == [["MD"], ["GE"]]
    assert {p["donor"] for p in found} == {"EU"}


def test_what_russian_assets_yield_buys_arms():
    (package,) = packages(
        "EU ministers signed a declaration on Monday by which one billion euros of profits from Russian assets goes "
        "into orders with Ukrainian arms makers."
    )
    assert (package["donor"], package["recipients"]) == ("EU", ["UA"])


def test_the_czech_drive_by_other_words():
    (package,) = packages("Finland is putting 30 million euros into the Czech drive to buy shells for Ukraine.")
    assert package["programme"] == "Czech ammunition initiative"


def test_what_an_editor_puts_into_a_quotation_is_read_as_if_it_stood_there():
    read = facts(
        '"As President [Joe] Biden told President [Volodymyr] Zelenskyy, the people have defied [Russian President '
        "Vladimir] Putin's will,\" spokesman John Kirby said."
    )
    found = {o["name"]: (o["title"], o["affiliation"]) for o in read["officials"]}
    assert found["Volodymyr Zelenskyy"] == ("President", "UA")
    assert found["Vladimir Putin"] == ("Russian President", "RU")
    quotes = {e["quote"] for o in read["officials"] for e in o["evidence"] if e["field"] == "name"}
    assert "Joe] Biden" in quotes or "[Joe] Biden" in quotes


def test_a_line_in_capitals_leaves_no_initial_behind():
    read = facts(
        "STATEMENT BY SECRETARY OF DEFENSE LLOYD J. AUSTIN III\n\nI have authorized a drawdown for Ukraine.",
        "Statement by Secretary of Defense Lloyd J. Austin III on Ukraine",
    )
    assert [o["name"] for o in read["officials"]] == ["Lloyd J. Austin III"]


def test_an_army_that_gets_money_this_year_and_next():
    first, second = packages(
        "The Lebanese army will get 20 million euros from the European Union this year and another 40 million in 2026, "
        "EU foreign policy chief Kaja Kallas told reporters in Paris on Tuesday."
    )
    for package in (first, second):
        assert (package["donor"], package["recipients"]) == ("EU", ["LB"])


def test_who_gives_the_goods_need_not_give_the_money():
    (package,) = packages(
        "Denmark is contributing 1.8 billion Danish kroner ($264 million) to the vehicles that Sweden gives to Ukraine."
    )
    assert package["donor"] == "DK"


def test_whose_colleague_he_is_tells_not_whom_he_serves():
    read = facts(
        "Defence Secretary John Healey was in Kyiv for talks with his colleague Rustem Umerov. Dutch Defence Minister "
        "Ruben Brekelmans met his counterpart P\u00e5l Jonson."
    )
    served = {o["name"]: o["affiliation"] for o in read["officials"]}
    assert (served["Rustem Umerov"], served["P\u00e5l Jonson"]) == ("UA", "SE")


def test_a_numbered_package_is_no_record_of_all_help():
    found = packages(
        "Belgium spends 100 million euros on fighters for Ukraine. It is the 25th package of military aid from the "
        "country, whose help since the invasion has passed the mark of one billion euros."
    )
    assert [p["amount"] for p in found] == [100e6]


def test_packages_apiece_stand_beside_a_gift():
    found = packages(
        "Under the Prioritised Ukraine Requirements List Germany paid for one package apiece with Canada, and "
        "Lithuania gave 30 million dollars. They are to release another 500 million euros from the "
        "European Peace Facility."
    )
    assert [(p["amount"], p["donor"]) for p in found] == [(30e6, "LT"), (500e6, "EU")]


def test_what_stands_outside_a_gift_tells_nothing_of_it():
    found = packages(
        "Canada gives Ukraine drones worth 70 million dollars and imposes sanctions on ships. Estonia, which spends "
        "0.25 percent of its GDP on Ukraine, will give it shells worth 50 million euros. Despite cuts to its own "
        "budget Belgium sends Ukraine missiles for 90 million euros. Croatia passes its 14th package of military aid "
        "for Ukraine; it is worth 15 million euros and bought from its own makers."
    )
    assert [p["amount"] for p in found] == [70e6, 50e6, 90e6, 15e6]
    civil = packages("Iceland gives Ukraine one million euros for shelters at schools, its foreign minister said.")
    assert civil == []
