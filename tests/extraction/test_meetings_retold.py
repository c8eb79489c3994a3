"""Meetings as agencies retell them: hosts, lists, series and neighbours. All sentences are written here."""

import pytest
from retold import facts, meetings

# -- who chairs and who is there -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Norway today was host, for the first time, to the defence ministers of the Northern Group.",
        "Norway is calling the defence ministers together for a meeting of the Northern Group in Oslo on Monday.",
    ],
)
def test_a_host_is_told_from_the_gathering(text):
    (found,) = meetings(text)
    assert (found["contact_group"], found["chairs"]) == ("Northern Group", ["NO"])


def test_the_seat_in_the_chair_is_no_office():
    text = (
        "National armaments directors of the Ukraine Defense Contact Group conferred in Brussels on Friday. In the "
        "chair was Harald Stone, the U.S. Under Secretary of Defense for Acquisition and Sustainment."
    )
    found = facts(text)
    (official,) = found["officials"]
    assert official["title"] == "U.S. Under Secretary of Defense for Acquisition and Sustainment"
    assert found["meetings"][0]["chairs"] == ["Harald Stone"]


def test_whoever_sits_with_another_is_at_the_table_too():
    (found,) = meetings(
        "The defence ministers of the Northern Group met in Oslo on Monday. Around the table with the United Kingdom "
        "were Denmark, Finland and Poland."
    )
    assert set(found["participants"]) >= {"GB", "DK", "FI", "PL"}


def test_each_came_from_his_own_country():
    """Rule affiliation-of."""
    text = (
        "The defence ministers of the E5 met in Rome on Monday. Marc Dubois came from France, Jens Albers from Germany "
        "and Paul Archer from the United Kingdom."
    )
    found = facts(text)
    assert {o["name"]: o["affiliation"] for o in found["officials"]} == {
        "Marc Dubois": "FR", "Jens Albers": "DE", "Paul Archer": "GB",
    }  # fmt: skip


def test_a_second_guest_is_no_field_of_the_firsts_office():
    found = facts("He met US Secretary of Defense Carl Hobart and Amanda Reid, Minister for Defence of Australia.")
    assert [(o["name"], o["affiliation"]) for o in found["officials"]] == [("Carl Hobart", "US"), ("Amanda Reid", "AU")]


# -- which meeting ---------------------------------------------------------------------------------------------


def test_towns_with_months_are_a_meeting_each():
    """Rule meeting-list: a month before November 2024 is of the next year."""
    found = meetings(
        "The ministers of the E5 met in Rome yesterday. The ministers had previously gathered in Berlin in November "
        "2024, in Warsaw in January and in Paris in March."
    )
    assert [(m["place"], m["starts"], m["nation_count"]) for m in found] == [
        ("Rome", "2025-09-15", None),
        ("Berlin", "2024-11", None),
        ("Warsaw", "2025-01", None),
        ("Paris", "2025-03", None),
    ]


def test_a_council_is_a_meeting_by_its_name():
    """Rule meeting-council."""
    found = meetings(
        "EU defence ministers met in Luxembourg on Monday. His term runs out after the next Foreign Affairs Council, "
        "on November 18."
    )
    assert [(m["place"], m["starts"], m["status"]) for m in found] == [
        ("Luxembourg", "2025-09-15", "held"),
        (None, "2025-11-18", "planned"),
    ]


def test_a_council_of_ministers_is_a_meeting():
    (found,) = meetings(
        "She was speaking after an informal Council of EU defence ministers, held in Copenhagen on Monday with Danish "
        "Defence Minister Lars Holm as host."
    )
    assert (found["place"], found["chairs"]) == ("Copenhagen", ["Lars Holm"])


def test_they_come_together_again():
    """Rule meeting-again."""
    found = meetings(
        "The armaments directors of the Ukraine Defense Contact Group conferred in Brussels on Friday. The directors "
        "plan to come together again in December."
    )
    assert [(m["starts"], m["status"]) for m in found] == [("2025-09-12", "held"), ("2025-12", "planned")]


def test_to_come_together_again_each_month_is_a_habit():
    """Rule meeting-again: the meeting is the one at which that was agreed."""
    (found,) = meetings(
        "The defence ministers who met in Riga on Wednesday under the name of the Ukraine Defense Contact Group agreed "
        "to come together again each month."
    )
    assert (found["place"], found["status"]) == ("Riga", "held")


# -- when and where --------------------------------------------------------------------------------------------


def test_that_day_is_the_one_named_before_and_not_when_it_was_told():
    (found,) = meetings(
        "There will be no gathering in Germany on October 12. The session of the Ukraine Defense Contact Group planned "
        "for that day has been put off, the press service told the broadcaster Kanal on Monday."
    )
    assert (found["starts"], found["status"]) == ("2025-10-12", "postponed")


def test_a_dateline_in_small_letters_dates_no_meeting():
    found = meetings("Brussels, 15 September 2025\n\nThe defence ministers of the Northern Group will meet in Oslo.")
    assert [m["starts"] for m in found] == [None]


def test_a_state_in_the_meetings_own_words_outdoes_a_town_of_another():
    found = meetings(
        "The sixth meeting of the Northern Group was held in Berlin on Friday. Norway invited the Northern Group to "
        "its next meeting.",
        title="Northern Group confers in Berlin, next meeting in Norway",
    )
    assert [(m["place"], m["country"]) for m in found] == [("Berlin", "DE"), (None, "NO")]


def test_minutes_in_a_town_are_no_soldiers_there():
    (found,) = meetings(
        "The defence ministers of Japan, Australia and the Philippines conferred on Monday. They met for about 35 "
        "minutes in Singapore."
    )
    assert found["place"] == "Singapore"


def test_who_shares_in_an_order_has_not_met():
    """Rule meeting-weighed."""
    text = "Shells go out in early 2026. The Netherlands, Estonia and Denmark take part in the order as partners."
    assert not meetings(text)


def test_what_a_group_held_was_held_whatever_is_to_come():
    (found,) = meetings(
        "Drones from Canada, due to start arriving this summer: that is the outcome of an extraordinary session which "
        "the leaders of the Drone Coalition held on Monday, the ministry said."
    )
    assert (found["starts"], found["status"]) == ("2025-09-15", "held")


def test_presidents_of_two_states_are_named_in_turn():
    """Rule office-distributed."""
    found = facts("Presidents of Ukraine and Poland Oleh Zorenko and Pavel Reyski discussed a pact on security.")
    assert [(o["name"], o["affiliation"]) for o in found["officials"]] == [
        ("Oleh Zorenko", "UA"),
        ("Pavel Reyski", "PL"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The gathering of September 12 of the Northern Group was held in Oslo.", None),
        ("Some 40 countries are sending envoys to Monday's meeting of the Ukraine Defense Contact Group in Oslo.", 40),
        ("The 31st meeting of the Ukraine Defense Contact Group is in Oslo. Over 50 countries have joined it.", None),
    ],
)
def test_who_is_sent_counts_and_who_has_joined_does_not(text, count):
    """Rule count-attendance."""
    (found,) = meetings(text)
    assert found["nation_count"] == count


def test_a_summit_in_the_council_is_one_meeting():
    """Rule meeting-in-council."""
    (found,) = meetings(
        "The president and the defence ministers of NATO member states will hold a meeting of the NATO-Ukraine Council "
        "this Friday, 19 September.",
        title="President to join NATO ministers on Friday",
    )
    assert (found["starts"], found["status"]) == ("2025-09-19", "planned")


def test_the_first_part_of_two_has_no_number():
    """Rule meeting-ellipsis."""
    found = meetings(
        "NATO defence ministers met in Brussels on Monday. Two rounds came before, the first in the Ramstein format on "
        "Sunday and then in another format."
    )
    assert {m["ordinal"] for m in found} == {None}


def test_played_host_to_the_group():
    found = meetings(
        "AUKUS defence ministers met in London on Monday, for the first time outside Asia. In December last year, it "
        "was Defense Secretary Carl Hobart who played host to the group, in Honolulu."
    )
    assert [m["starts"] for m in found] == ["2025-09-15", "2024-12"]
    assert found[1]["chairs"] == ["Carl Hobart"]


def test_the_fourth_time_numbers_the_meeting_that_was():
    (found,) = meetings("The defence ministers of the E5 met in Rome yesterday, the fourth time since its creation.")
    assert found["ordinal"] == 4


def test_what_might_be_instead_settles_neither_town_nor_day():
    """Rule meeting-instead."""
    found = meetings(
        "The session of the Ukraine Defense Contact Group planned for October 12 has been put off. The group might "
        "come together in Brussels instead."
    )
    assert [(m["starts"], m["place"], m["status"]) for m in found] == [("2025-10-12", None, "postponed")]


def test_ministers_of_two_states_are_a_pair():
    """Rule scope-two-states."""
    assert not meetings(
        "A visit begins.", title="Defence Ministers of Norway and India to Hold Key Talks in Oslo Tomorrow"
    )


def test_one_who_goes_to_meet_one_is_no_meeting_of_his_group():
    """Rule scope-two."""
    found = meetings(
        "AUKUS defence ministers met in London on Monday. Today Carl Hobart flew on to meet Amanda Reid, the foreign "
        "secretary, in Paris."
    )
    assert [m["place"] for m in found] == ["London"]


def test_a_town_within_a_town_is_placed():
    (found,) = meetings("AUKUS defence ministers met on Monday at the Old Naval College in Greenwich, London.")
    assert (found["place"], found["country"]) == ("London", "GB")


def test_a_roll_of_states_makes_an_unnamed_meeting_one():
    """Rule meeting-attended."""
    found = meetings(
        "The pledge was made public when their defence ministers had met in Helsinki.\n\nDenmark, Estonia, Finland and "
        "Latvia were represented by their ministers."
    )
    assert [m["place"] for m in found] == ["Helsinki"]


def test_where_it_is_that_they_meet():
    (found,) = meetings(
        "The pact is ripe. It is at the Ministry of Defense in Tokyo that South Korea's Minister of National Defense "
        "Lee Sang-ho, U.S. Defense Secretary Carl Hobart and their Japanese counterpart Ken Mori are going to hold the "
        "trilateral on Sunday."
    )
    assert (found["place"], found["country"]) == ("Tokyo", "JP")


def test_a_base_that_hosts_is_the_venue_and_a_general_who_leaves_has_not_met():
    (found,) = meetings(
        "Defense Secretary Carl Hobart and General Ray Orton, Chairman of the Joint Chiefs of Staff, left for Germany "
        "on Monday. There they are to take part in the 20th meeting of the Ukraine Defense Contact Group, which "
        "Ramstein Air Base hosts on Wednesday."
    )
    assert (found["venue"], found["starts"]) == ("Ramstein Air Base", "2025-09-17")


def test_who_chairs_the_staff_does_not_chair_the_meeting():
    (found,) = meetings(
        "The 31st meeting of the Ukraine Defense Contact Group is being held in Oslo on Tuesday with Defense Secretary "
        "Carl Hobart in the chair. Also present are NATO Secretary General Piet Maas and General Ray Orton, who chairs "
        "the U.S. Joint Chiefs of Staff."
    )
    assert found["chairs"] == ["Carl Hobart"]


def test_the_first_time_since_is_no_first_meeting():
    """Rule ordinal-qualified."""
    (found,) = meetings("The Drone Coalition met in Oslo on Monday for the first time since March.")
    assert found["ordinal"] is None


def test_who_takes_part_in_a_format_is_not_counted_at_a_meeting():
    """Rule count-attendance."""
    (found,) = meetings(
        "The 31st meeting of the Ukraine Defense Contact Group is held in Oslo on Monday. More than 50 countries take "
        "part in the Ramstein format."
    )
    assert found["nation_count"] is None


def test_there_is_the_town_last_named():
    """Rule place-there."""
    (found,) = meetings(
        "The blockade was unjustified, she told reporters in Copenhagen on Monday. She was speaking after an informal "
        "Council of EU defence ministers, held there with Danish Defence Minister Lars Holm as host."
    )
    assert (found["place"], found["country"]) == ("Copenhagen", "DK")
