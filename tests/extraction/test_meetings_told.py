"""Meetings and groups as articles tell them: numbers, sides, neighbours. All sentences are written here."""

import pytest
from retold import facts, meetings

# -- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "the first in-person meeting of the Drone Coalition",
        "the first meeting of the Drone Coalition, known as the buyers' club, since Latvia took the chair",
        "the first meeting of the Drone Coalition outside Europe",
        "her first meeting of the Drone Coalition",
    ],
)
def test_the_first_of_a_sort_numbers_no_meeting(phrase):
    """Rule ordinal-qualified."""
    (found,) = meetings(f"On Monday in Oslo the minister opened {phrase}.")
    assert (found["contact_group"], found["ordinal"]) == ("Drone Coalition", None)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the first meeting of the Drone Coalition since its foundation took place in Oslo.",
        "On Monday the first meeting of the Drone Coalition was held in Oslo after a year of talks.",
    ],
)
def test_the_first_of_the_series_is_counted(text):
    (found,) = meetings(text)
    assert found["ordinal"] == 1


def test_a_persons_last_meeting_is_the_one_at_hand():
    """Rule ordinal-personal."""
    (found,) = meetings(
        "The 31st meeting of the Ukraine Defense Contact Group was held in Brussels on Monday. Norway's minister, who "
        "chaired his last meeting in the Ramstein format, thanked the allies."
    )
    assert (found["ordinal"], found["starts"], found["status"]) == (31, "2025-09-15", "held")


def test_what_follows_the_copula_is_no_meeting_of_its_own():
    """Rule meeting-ellipsis."""
    (found,) = meetings(
        "The 32nd meeting of the Ukraine Defense Contact Group will be held in Oslo on 9 October 2025. It will be the "
        "first one held without American ministers."
    )
    assert found["ordinal"] == 32


def test_a_numbered_meeting_that_was_held_is_not_the_next_one():
    found = meetings(
        "The next meeting of the Ukraine Defense Contact Group may take place in October. Norway's minister said so "
        "after the 31st meeting of the Contact Group."
    )
    assert sorted((m["ordinal"], m["status"]) for m in found if m["ordinal"]) == [(31, "held")]


def test_a_steering_group_that_held_its_first_meeting_goes_on_about_it():
    (found,) = meetings(
        "The steering group of the drone coalition held its first meeting and settled its purchases. The purpose of "
        "the Steering Group meeting was to agree priorities."
    )
    assert (found["ordinal"], found["status"]) == (1, "held")


def test_a_visit_called_off_calls_no_meeting_off():
    """Rule status-visit."""
    (found,) = meetings(
        "Norway's minister cancelled his visit to Germany, during which he was to take part in a meeting of the "
        "Ukraine Defense Contact Group on 9 October."
    )
    assert found["status"] == "planned"


# -- sides -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Australia's defence minister will hold talks with his Japanese and Philippine counterparts in Manila on "
        "Friday on missile defence and military exercises.",
        "Military planning was the matter of a meeting on Monday among Australia, Japan and the Philippines in Manila, "
        "which was held at the level of defence ministers.",
    ],
)
def test_counterparts_of_two_nations_make_three_sides(text):
    """Rule scope-sides."""
    (found,) = meetings(text, title="Defence ministers on missiles")
    assert found["place"] == "Manila"


def test_a_separate_meeting_of_three_is_another():
    """Rule meeting-separate."""
    found = meetings(
        "On Monday the defence ministers of Japan, Australia, Canada and the Philippines met in Manila on missile "
        "defence. The Japanese defence minister and his Australian and Canadian counterparts also had a separate "
        "meeting on military exercises."
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Latvia's defence minister arrived in Kyiv on Monday to discuss the drone coalition with his Ukrainian "
        "counterpart.",
        "The two ministers met in Kyiv on Monday to speak about the drone coalition, missiles and ammunition.",
        "At the annual general meeting of a business club in Oslo on Monday the minister praised the drone coalition.",
        "In September 2023 the three countries signed the Harbour Defence Pact, which arms the navy.",
        "The Ramstein format has brought together over 50 countries that send weapons.",
        "The minister spoke of missiles at a high-level meeting in New York at the United Nations General Assembly.",
    ],
)
def test_two_sides_clubs_and_memberships_are_no_meetings(text):
    """Rules scope-counterpart, scope-assembly, meeting-weighed."""
    assert meetings(text) == []


def test_a_paper_is_signed_at_no_meeting_of_its_own():
    """Rule meeting-signing."""
    (found,) = meetings(
        "Nordic defence ministers met in Oslo on Monday within the Nordic Defence Cooperation (NORDEFCO). Work was "
        "speeded up with the signing of the concept for air defence that NATO had asked for."
    )
    assert found["contact_group"] in ("Nordic Defence Cooperation", "NORDEFCO")


def test_this_meeting_is_a_noun_and_not_what_it_does():
    (found,) = meetings(
        "Latvia's minister attended the meeting of NATO defence ministers in Brussels on Monday. Eight countries "
        "joined the drone coalition. It is clearly reflected in the decisions of this Meeting."
    )
    assert found["contact_group"] is None


@pytest.mark.parametrize(
    "text",
    [
        "During a meeting with the deputy commander of the French army, the deputy minister spoke of the artillery "
        "coalition. In the meeting he thanked France for its howitzers.",
        "At her first conference call on Monday the minister spoke of the drone coalition with one general.",
    ],
)
def test_a_meeting_of_two_stays_one_of_two(text):
    """Rule meeting-of-two."""
    assert meetings(text) == []


def test_some_states_that_met_elsewhere_are_not_the_group_named_before():
    found = meetings(
        "The Ukraine Defense Contact Group met in Oslo on 12 September 2025. On 10 September, representatives of 11 "
        "countries met in Tallinn and pledged military support."
    )
    assert [(m["starts"], m["contact_group"] is None) for m in found] == [("2025-09-12", False), ("2025-09-10", True)]


def test_an_organisation_among_the_guests_is_not_the_host():
    (found,) = meetings(
        "Defence leaders from about 50 countries and NATO will confer at Ramstein Air Base in Germany on 19 September."
    )
    assert found["participants"] != ["NATO"]


# -- neighbours ------------------------------------------------------------------------------------------------


def test_meetings_told_together_share_day_and_town():
    """Rule meeting-coordinated."""
    found = meetings(
        "Latvia's minister attended the meeting of NATO defence ministers and a separate Ukraine Defence Contact Group "
        "meeting in Brussels on 8-9 September 2025."
    )
    assert [(m["contact_group"] is None, m["starts"], m["place"]) for m in found] == [
        (True, "2025-09-08", "Brussels"),
        (False, "2025-09-08", "Brussels"),
    ]


def test_names_before_the_verb_do_not_part_it_from_its_day():
    (found,) = meetings(
        "On September 2, 2025, Minister of National Defence Aino Kallio of Finland, Minister of Defence Toms Berzins "
        "of Latvia, and Minister of Defence Erik Solberg of Norway held a trilateral defence ministerial meeting in "
        "Riga."
    )
    assert found["starts"] == "2025-09-02"


@pytest.mark.parametrize(
    "text",
    [
        "The minister travelled on 16 September. A meeting of the Ukraine Defence Contact Group is taking place in "
        "Brussels on this day.",
        "The meeting of the Ukraine Defense Contact Group, a gathering of European states, certain states of Asia, "
        "Canada and the United States of America, which has its own staff, is taking place at the Alliance's "
        "headquarters in Brussels today.",
    ],
)
def test_what_is_taking_place_is_under_way(text):
    (found,) = meetings(text)
    assert (found["starts"], found["status"]) == ("2025-09-16", "held")


def test_a_council_that_sits_is_a_meeting():
    """Rule meeting-council."""
    (found,) = meetings("The minister asked the Allies for missiles during the NATO-Ukraine Council on Monday.")
    assert (found["starts"], found["status"]) == ("2025-09-15", "held")


def test_todays_meetings_of_the_ministers_are_one():
    """Rule meeting-of-days."""
    (found,) = meetings(
        "The secretary general welcomed Norway's minister to NATO Headquarters ahead of today's meetings of Allied "
        "defence ministers on missiles."
    )
    assert found["starts"] == "2025-09-16"


def test_what_somebody_is_leading_on_a_weekday_is_to_come():
    found = meetings(
        "Austin is leading the Ukraine Defense Contact Group meeting on Wednesday and attending a meeting of NATO "
        "defence ministers on Thursday."
    )
    assert [(m["starts"], m["status"]) for m in found] == [("2025-09-17", "planned"), ("2025-09-18", "planned")]


def test_a_day_is_of_the_year_named_before_it():
    """Rule date-year-named."""
    (found,) = meetings(
        "The Ramstein format appeared in the spring of 2022: on April 26, the first meeting of the group took place."
    )
    assert found["starts"] == "2022-04-26"


def test_today_is_before_and_after():
    """What "takes place" today and was opened today is one meeting."""
    (found,) = meetings(
        "Norway's minister opened the 31st meeting of the Ukraine Defense Contact Group. The Ramstein meeting takes "
        "place on 16 September in Brussels."
    )
    assert (found["ordinal"], found["starts"], found["status"]) == (31, "2025-09-16", "held")


def test_those_who_attended_are_no_body_that_met():
    """Rule meeting-passive."""
    (found,) = meetings(
        "The steering group of the drone coalition met in Riga on Monday. The meeting was attended by Latvia and "
        "Norway as countries that are leaders of the initiative."
    )
    assert found["starts"] == "2025-09-15"


def test_what_partners_do_frequently_is_no_meeting():
    assert meetings("AUKUS partners gather frequently to plan submarines and missiles.") == []


def test_the_day_somebody_was_asked_is_not_the_meetings():
    (found,) = meetings(
        "Asked late Monday whether the next meeting of the Ukraine Defense Contact Group in Oslo could be moved, the "
        "minister said that talks with the allies went on."
    )
    assert (found["place"], found["starts"]) == ("Oslo", None)


# -- groups ----------------------------------------------------------------------------------------------------


def test_the_contact_group_by_its_longer_names_is_one_group():
    (found,) = facts(
        "The 31st meeting of the Contact Group on Defense of Ukraine was held on Monday in Oslo. The Ukraine Defense "
        "Contact Group arms Kyiv. The Contact Group on Defence Issues of Ukraine has 50 members."
    )["contact_groups"]
    assert found["name"] == "Ukraine Defense Contact Group"


def test_a_coalition_is_one_with_its_capabilities_and_without_the_verb_of_a_headline():
    found = facts(
        "The Artillery Capabilities Coalition met in Oslo on Monday. The Artillery Coalition buys howitzers, "
        "and the Coalition of Artillery Capabilities has a plan.",
        title="Expanding the Artillery Coalition",
    )["contact_groups"]
    assert len(found) == 1


def test_assemblies_of_states_are_no_contact_groups():
    found = facts(
        "ASEAN defence ministers met in Jakarta. The Group of Seven countries sent weapons. The Ukraine coalition, as "
        "one diplomat called it, meets on missiles."
    )["contact_groups"]
    assert found == []


def test_chiefs_of_defence_who_confer_need_no_name_for_their_circle():
    """Rule meeting-likely: for a body of defence less will do."""
    text = (
        "The defence chiefs of Kenya, Ghana and Senegal joined forces. On Thursday they conferred as a threesome for "
        "the second time. The talks were hard."
    )
    (met,) = meetings(text, "A day of talks")
    assert (met["ordinal"], met["starts"], met["participants"]) == (2, "2025-09-11", ["KE", "GH", "SN"])
