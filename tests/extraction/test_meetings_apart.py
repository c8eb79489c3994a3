"""What sets meetings of one article apart, and what only seems to. All sentences are written here."""

import pytest
from retold import TUESDAY, meetings

import extraction


@pytest.mark.parametrize(
    "text",
    [
        "The 31st meeting of the Ukraine Defense Contact Group was held in Brussels on Monday. It was the first "
        "meeting since the election.",
        "The 31st meeting of the Ukraine Defense Contact Group was held in Brussels on Monday, the first event of "
        "its kind not chaired by Washington.",
        "The 31st meeting of the Ukraine Defense Contact Group was held in Brussels on Monday. This marks the first "
        "Ramstein meeting under the new minister.",
        "The 31st meeting of the Ukraine Defense Contact Group was held in Brussels on Monday. It is the first time "
        "that the meeting in the Ramstein format is chaired by Norway.",
        "The 31st meeting of the Ukraine Defense Contact Group was held in Brussels on Monday. The first session "
        "focused on ammunition.",
    ],
)
def test_a_first_that_is_qualified_or_of_a_part_numbers_no_other_meeting(text):
    """Rules ordinal-qualified, ordinal-part."""
    assert [m["ordinal"] for m in meetings(text)] == [31]


def test_the_first_of_a_person_numbers_no_meeting():
    """Rule ordinal-qualified."""
    (meeting,) = meetings("In Brussels on Monday he chaired his first NATO defence ministers' meeting.")
    assert meeting["ordinal"] is None


def test_a_meeting_told_of_before_it_is_the_one_that_was_held():
    """A day within the days of a meeting is that meeting's, whatever the tense of its own clause."""
    (meeting,) = meetings(
        "On 8-9 September Sweden's defence minister hosted a meeting of EU defence ministers in Malmo. The EU defence "
        "ministers dined on 8 September ahead of their informal meeting on Tuesday 9 September."
    )
    assert (meeting["starts"], meeting["ends"], meeting["status"]) == ("2025-09-08", "2025-09-09", "held")


def test_what_was_already_scheduled_is_still_to_come():
    """Rule meeting-tense."""
    found = meetings(
        "Latvia will host the seventh meeting of the Drone Coalition on 9 October in Riga. The last meeting of the "
        "Drone Coalition was held on 2 June in Oslo. The minister confirmed that the next meeting was already "
        "scheduled for October."
    )
    assert sorted(m["starts"] for m in found) == ["2025-06-02", "2025-10-09"]


def test_the_talks_of_two_states_are_none_of_the_coalition():
    """Rule meeting-of-pair."""
    found = meetings(
        "Chiefs of defence of the coalition of the willing met in Paris on Monday. Their meeting precedes "
        "Russia-Turkey talks set for Thursday in Ankara."
    )
    assert [m["place"] for m in found] == ["Paris"]


def test_its_summit_is_that_of_the_organisation_that_speaks():
    """Rule meeting-its-ministers."""
    found = meetings(
        "NATO chief Mark Rutte confirmed that Ukraine was invited to its summit in Ankara next year. The meeting of "
        "the Ukraine Defense Contact Group took place in Brussels on Monday."
    )
    assert {m["contact_group"]: m["place"] for m in found} == {
        None: "Ankara",
        "Ukraine Defense Contact Group": "Brussels",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Norway will buy shells for 40 million euros, its minister wrote after meeting the Czech army chief of staff "
        "on Monday.",
        "On Monday the president promised weapons during a meeting with NATO Secretary General Mark Rutte.",
    ],
)
def test_what_two_people_do_is_no_meeting(text):
    """Rules scope-two, meeting-gerund."""
    assert meetings(text) == []


def test_the_defence_ministers_are_those_of_the_organisation_spoken_of():
    """Rule meeting-unnamed-body."""
    (meeting,) = meetings(
        "The meeting of the defence ministers on Monday was hosted by Belgium. The ministers spoke of ammunition.",
        title="EU defence ministers convene in Brussels",
    )
    assert (meeting["starts"], meeting["place"]) == ("2025-09-15", "Brussels")


def test_each_town_of_a_list_goes_with_the_month_in_brackets_after_it():
    """Rule meeting-list."""
    found = meetings(
        "The fifth meeting of the E5 Group was held in Rome on Monday. It followed previous sessions held in Berlin "
        "(November 2024), Warsaw (January 2025) and Paris (March 2025)."
    )
    assert {(m["place"], m["starts"]) for m in found} >= {
        ("Berlin", "2024-11"),
        ("Warsaw", "2025-01"),
        ("Paris", "2025-03"),
    }


def test_the_contact_group_is_known_with_the_defence_it_is_on():
    """Rule group-contact: a longer form of the name is no other group."""
    found = extraction.read(
        "Talks at Ramstein-15",
        "A meeting of the Contact Group on the Defense of Ukraine will be held on 18 September.",
        TUESDAY,
    ).to_json("x")
    assert [g["name"] for g in found["contact_groups"]] == ["Contact Group on the Defense of Ukraine"]
    assert [m["ordinal"] for m in found["meetings"]] == [15]


def test_the_number_goes_with_the_group_that_met_for_that_time():
    """Rule meeting-for-time: "for the 28th time" is said of the group nearest to it."""
    found = meetings(
        "NATO's defence ministers adopted targets in Brussels on Monday, one day after the Ukraine Defense Contact "
        "Group had met for the 28th time."
    )
    assert {m["contact_group"]: m["ordinal"] for m in found} == {None: None, "Ukraine Defense Contact Group": 28}


def test_a_series_goes_on_into_the_next_year():
    """Rule date-year-named."""
    found = meetings(
        "The E5 Group met in Rome on Monday. The series began in Berlin on 25 November 2024; the third meeting was "
        "held in Paris on 12 March."
    )
    assert "2025-03-12" in {m["starts"] for m in found}


def test_those_who_are_invited_are_the_body_that_meets():
    found = meetings(
        "The United States has invited the national armaments directors of the Ukraine Defense Contact Group and will "
        "lead the meeting on 30 September in Brussels."
    )
    assert [(m["contact_group"], m["starts"], m["status"]) for m in found] == [
        ("Ukraine Defense Contact Group", "2025-09-30", "planned")
    ]


def test_the_level_at_which_a_council_meets_is_no_second_meeting():
    (meeting,) = meetings(
        "The NATO-Ukraine Council met at the level of foreign ministers on Monday at NATO headquarters on arms."
    )
    assert meeting["starts"] == "2025-09-15"


def test_a_number_after_a_comma_is_of_the_meeting_before_it():
    found = meetings(
        "Norway and Britain held the launch meeting of the Maritime Coalition in London on Monday. It is one of the "
        "coalitions under the Ukraine Defense Contact Group. That group last met on 9 September, its 30th meeting."
    )
    assert {m["contact_group"]: m["ordinal"] for m in found} == {
        "Maritime Coalition": None,
        "Ukraine Defense Contact Group": 30,
    }


@pytest.mark.parametrize(
    "text",
    [
        "The minister said on Monday that there will be no Ramstein-format meeting in the near future.",
        "Officials spoke on Monday of weapons, amid uncertainty about the forum's future. The Ukraine Defense Contact "
        "Group has 50 members.",
    ],
)
def test_what_will_not_be_and_what_a_forum_has_is_no_meeting(text):
    assert meetings(text) == []


def test_who_takes_part_in_a_group_on_a_day_takes_part_in_its_meeting():
    """Rule meeting-group-as-event."""
    found = meetings(
        "Sweden's Minister of Defence takes part in the Ukraine Defense Contact Group on 24 September and in the "
        "meeting of NATO defence ministers on 25 September."
    )
    assert {m["starts"] for m in found} == {"2025-09-24", "2025-09-25"}


def test_the_steering_group_is_that_of_the_coalition_not_of_its_parent():
    found = meetings(
        "The steering group of the IT Coalition met in Tallinn on Monday. The coalition, which Estonia and Latvia lead "
        "under the Ukraine Defense Contact Group, has 12 members. The first steering group met in February in Riga."
    )
    assert {m["contact_group"] for m in found} == {"IT Coalition"}


def test_a_council_of_ministers_is_not_the_ministers_own_meeting():
    """Rule meeting-council: the NATO-Ukraine Council is one body at whatever level it sits."""
    found = meetings(
        "A meeting of the NATO-Ukraine Council at defence minister level will be held on 23 October. It is "
        "part of a meeting of NATO defence ministers in Brussels on 22-23 October.",
        title="NATO-Ukraine Council to meet on 23 October",
    )
    assert sorted(m["starts"] for m in found) == ["2025-10-22", "2025-10-23"]


def test_two_meetings_joined_by_and_keep_their_own_days_and_towns():
    """Rule meeting-another: "the meeting on 16 June in Brussels and the Summit in Madrid"."""
    found = meetings(
        "B9 defence ministers met on Monday. They spoke of the preparations for the NATO meeting on 16 October in "
        "Brussels and the NATO Summit in Madrid on 29 and 30 October."
    )
    assert [(m["starts"], m["place"]) for m in found] == [
        ("2025-09-15", None),
        ("2025-10-16", "Brussels"),
        ("2025-10-29", "Madrid"),
    ]


def test_a_meeting_on_the_sidelines_is_not_the_one_it_is_beside():
    """Rule meeting-sidelines."""
    found = meetings(
        "Defence ministers of the four Nordic and Baltic countries met in Malmo on Monday on the sidelines of the Five "
        "Power Defence Arrangements meeting. They agreed on arms for the flank."
    )
    assert [m["contact_group"] for m in found] == [None, "Five Power Defence Arrangements"]


def test_foreign_ministers_and_defence_ministers_meet_apart():
    """Rule meeting-office."""
    found = meetings(
        "An informal meeting of EU foreign ministers will be held in Malmo on 18 September to discuss arms. An "
        "informal meeting of defence ministers is scheduled for 19 September, at which aid will be discussed."
    )
    assert [m["starts"] for m in found] == ["2025-09-18", "2025-09-19"]


def test_two_towns_within_days_are_two_meetings_of_a_group():
    """Rule meeting-places: "another meeting in London on 3 September", "the fourth took place in Paris on the 12th"."""
    found = meetings(
        "There was another meeting of the Northern Group in London on 3 September. The fourth meeting of the Northern "
        "Group took place in Paris on 12 September."
    )
    assert [(m["starts"], m["place"], m["ordinal"]) for m in found] == [
        ("2025-09-03", "London", None),
        ("2025-09-12", "Paris", 4),
    ]


def test_a_meeting_that_somebody_convened_is_not_the_one_to_come():
    """Rule meeting-introduced."""
    found = meetings(
        "A meeting in the Ramstein format will be held in Brussels on 25 September. The coalition of the willing was "
        "launched on 17 February, when the French president convened a small meeting of leaders on arms for Ukraine."
    )
    assert ("2025-02-17", "held") in [(m["starts"], m["status"]) for m in found]
    assert ("2025-09-25", "planned") in [(m["starts"], m["status"]) for m in found]


def test_a_day_of_an_exercise_or_an_appointment_is_none_of_the_meeting():
    """Rule date-else."""
    found = meetings(
        "The Northern Group met in Oslo on Monday. The meeting, attended for the first time by the minister since her "
        "appointment in May 2024, discussed the exercise in October 2023."
    )
    assert [(m["starts"], m["place"]) for m in found] == [("2025-09-15", "Oslo")]


def test_the_first_of_its_kind_numbers_and_an_inaugural_one_parts_nothing():
    """Rules ordinal-qualified, meeting-it-was."""
    found = meetings(
        "Defence ministers of Norway, Finland, Denmark and Estonia met in Oslo on Monday to speak of air defence. The "
        "gathering was the first of its kind. It was the inaugural meeting of these four defence ministers."
    )
    assert [m["starts"] for m in found] == ["2025-09-15"]
    (meeting,) = meetings("The Northern Group meets in Oslo on Thursday, the first of its kind with leaders present.")
    assert meeting["ordinal"] is None


def test_meetings_held_between_three_states_are_told_as_one():
    """Rule meeting-plural-sides."""
    found = meetings(
        "The Northern Group meets in Oslo on Thursday. On 4 September, meetings were held in Kyiv between military "
        "representatives of France, the United Kingdom and Ukraine."
    )
    assert ("2025-09-04", "Kyiv", None) in [(m["starts"], m["place"], m["contact_group"]) for m in found]


def test_ministers_of_an_organisation_are_no_groups_of_the_article():
    """Rule meeting-own-body."""
    found = meetings(
        "In Brussels, the Ukraine Defense Contact Group held its 31st meeting on Monday. In Paris, on the same day, "
        "foreign ministers met in a format that is new and goes by the name of the Bucharest Nine. They met to "
        "coordinate arms for Ukraine. NATO defence ministers were to follow in Brussels on 18 September."
    )
    assert [(m["contact_group"], m["place"], m["starts"]) for m in found] == [
        ("Ukraine Defense Contact Group", "Brussels", "2025-09-15"),
        ("Bucharest Nine", "Paris", "2025-09-15"),
        (None, "Brussels", "2025-09-18"),
    ]


def test_a_day_after_another_meeting_is_not_that_meetings_day():
    """Rule date-days-after."""
    found = meetings(
        "NATO's defence ministers adopted new targets at their meeting in Brussels on Monday, one day after the "
        "Ukraine Defense Contact Group had met for the 31st time."
    )
    assert [(m["ordinal"], m["starts"]) for m in found] == [(None, "2025-09-15"), (31, "2025-09-14")]


def test_the_day_on_which_talks_were_told_of_is_not_theirs():
    """Rule date-counted: what stands after a colon is what was told on that day."""
    found = meetings(
        "The Northern Group will meet in Oslo on 28 September. The minister made it known on 8 September in Riga. A "
        "day later his deputy filled in the details: the talks will be about factories."
    )
    assert [m["starts"] for m in found] == ["2025-09-28"]


def test_the_group_on_whose_sidelines_another_was_formed_is_not_the_one_spoken_of():
    """Rule group-passing."""
    found = meetings(
        "The Demining Capability Coalition met in Odesa on Monday. It was formed on the margins of a Ramstein meeting. "
        "The group will next meet in Vilnius in November."
    )
    assert ("Demining Capability Coalition", "2025-11") in [(m["contact_group"], m["starts"]) for m in found]


def test_a_coalition_for_air_and_missile_defence_is_the_listed_one():
    """Rule group-coalition-for."""
    found = meetings("The coalition for air and missile defence had its kick-off conference in Berlin on 9 September.")
    assert [(m["contact_group"], m["place"]) for m in found] == [("coalition for air and missile defence", "Berlin")]


def test_the_eve_of_a_meeting_is_not_its_day():
    """Rule date-ahead."""
    found = meetings(
        "Britain is convening a meeting of the Ukraine Defense Contact Group on 15 October in Brussels on the eve of "
        "the NATO defence ministers' meeting. The Contact Group will meet ahead of a meeting of NATO defence ministers."
    )
    assert [m["contact_group"] for m in found if m["starts"] == "2025-10-15"] == ["Ukraine Defense Contact Group"]


def test_a_journey_called_off_calls_no_meeting_off():
    """Rule status-visit."""
    (meeting,) = meetings(
        "The Northern Group met in Oslo on Monday. Estonia's minister, who had called off his journey, joined the "
        "meeting by video."
    )
    assert meeting["status"] == "held"


def test_a_trilateral_meeting_is_none_of_a_forum_named_later():
    """Rule meeting-of-same-group."""
    found = meetings(
        "North Korea's tests were condemned by the defence chiefs of Australia, Japan and the United States, who held "
        "their tenth trilateral meeting in Singapore on Monday. Besides, Pacific forums are to be strengthened, among "
        "them the Five Power Defence Arrangements."
    )
    assert [(m["contact_group"], m["ordinal"]) for m in found] == [(None, 10)]


def test_a_minister_and_two_counterparts_are_three_sides():
    """Rule scope-sides."""
    found = meetings(
        "The Northern Group met in Oslo on Monday. Earlier the Japanese defence minister and his US and Australian "
        "counterparts had a separate meeting in Tokyo on 10 September."
    )
    assert ("2025-09-10", None) in [(m["starts"], m["contact_group"]) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "Defence chiefs of Japan, Norway and Estonia used a meeting of the Northern Group in Oslo to announce a series "
        "of initiatives that will help their yards.",
        "This was announced by Latvia's defence minister during a meeting of the Northern Group in Oslo. The session "
        "will be followed by deliveries.",
        "The minister is in Oslo for the meeting of the Northern Group. The three-day meeting commenced on Monday. The "
        "talks will set the tone.",
    ],
)
def test_what_will_follow_from_a_meeting_leaves_it_held(text):
    """Rules status-relative, status-told-at."""
    (meeting,) = meetings(text)
    assert meeting["status"] == "held"
