"""Several bodies that one phrase has meet. All sentences are written here."""

import pytest
from retold import meetings


@pytest.mark.parametrize(
    "text",
    [
        "He spoke ahead of two sittings on 15 October, that of the NATO-Ukraine Council and that of the Ukraine "
        "Defense Contact Group.",
        "Two meetings are scheduled for 15 October: one of the NATO-Ukraine Council, one of the Ukraine Defense "
        "Contact Group.",
        "On 15 October the NATO-Ukraine Council and the Ukraine Defense Contact Group will both be in session.",
        "Ministers will sit twice on 15 October, first as the NATO-Ukraine Council and then as the Ukraine Defense "
        "Contact Group.",
        "The minister attends the meetings of the NATO defence ministers and the Ukraine Defense Contact Group on "
        "15 October.",
    ],
)
def test_bodies_named_in_one_breath_meet_each(text):
    """Rule meeting-together."""
    found = meetings(text)
    assert {m["contact_group"] for m in found} == {None, "Ukraine Defense Contact Group"}
    assert [(m["starts"], m["status"]) for m in found] == [("2025-10-15", "planned")] * 2


def test_one_meeting_on_several_bodies_stays_one():
    (found,) = meetings("The Ukraine Defense Contact Group met on Monday and heard of the drone coalition.")
    assert found["contact_group"] == "Ukraine Defense Contact Group"


def test_the_day_of_a_dateline_is_no_meetings():
    """Rule place-dateline: a town in small letters with the day of the report."""
    (found,) = meetings(
        "Tallinn, September 16 (BNS) - The defence ministers of the Northern Group will meet in Reykjavik early next "
        "year, the British ministry said."
    )
    assert (found["place"], found["starts"]) == ("Reykjavik", None)


@pytest.mark.parametrize(
    "text",
    [
        "The minister has three meetings before her in Brussels this week. On Wednesday the Ukraine Defense Contact "
        "Group is in session. On Thursday NATO defence ministers follow.",
        "Two events await the minister in Brussels. The Ukraine Defense Contact Group is first, on Wednesday. NATO "
        "defence ministers come on Thursday.",
        "The minister travels to Brussels for several meetings: on Wednesday the Ukraine Defense Contact Group, on "
        "Thursday NATO defence ministers.",
        "The minister takes part in several meetings in Brussels. Wednesday is for the Ukraine Defense Contact Group, "
        "Thursday for NATO defence ministers.",
    ],
)
def test_a_programme_has_a_meeting_for_each_body_with_a_day(text):
    """Rule meeting-programme."""
    group, alliance = meetings(text)
    assert (group["contact_group"], group["starts"], group["place"]) == (
        "Ukraine Defense Contact Group",
        "2025-09-17",
        "Brussels",
    )
    assert (alliance["participants"], alliance["starts"], alliance["status"]) == (["NATO"], "2025-09-18", "planned")


def test_bodies_without_a_day_are_on_no_programme():
    assert not meetings("The minister has three meetings before her on Wednesday. The drone coalition is the subject.")


def test_a_group_that_comes_out_of_anothers_meeting_has_not_met():
    """Rule meeting-clause: the subject of a clause goes before a group that is named ahead of it."""
    (found,) = meetings(
        "Germany and France take the lead of a coalition, the president said after the Ramstein format had met for the "
        "17th time on Monday.",
        "Air defence coalition emerges from 17th Ramstein",
    )
    assert (found["contact_group"], found["ordinal"], found["starts"]) == ("Ramstein format", 17, "2025-09-15")


def test_its_leaders_are_those_of_the_coalition_that_belongs_to_a_group():
    (found,) = meetings(
        "Latvia directs the Drone Coalition, which belongs to the Ukraine Defense Contact Group. Riga was where its "
        "leadership group met on Monday."
    )
    assert found["contact_group"] == "Drone Coalition"
