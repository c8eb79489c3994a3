"""Meetings of those who speak: joint statements, remarks of leaders, transcripts. All texts are written here."""

import datetime

import pytest
from retold import meetings

PUBLISHED = datetime.date(2024, 5, 14)


def told(text, title):
    return {
        (m["starts"], m["place"], m["status"], tuple(sorted(m["participants"])))
        for m in meetings(text, title, PUBLISHED)
    }


def test_our_countries_and_our_ministers_are_those_of_the_joint_statement():
    """Rules meeting-ours, meeting-our-ministers: every month that "our ministers" met in is a meeting."""
    text = (
        "We, the leaders of Japan, Australia, and Canada, met today for the first summit between our three countries. "
        "We stand for the defence of the region.\n\nIn March 2023, our national security advisors met in Osaka, and "
        "again virtually in October 2023, on deterrence. In July and November 2023, our foreign ministers met to "
        "advance security."
    )
    sides = ("AU", "CA", "JP")
    assert told(text, "Joint Statement from the Leaders of Japan, Australia, and Canada") == {
        ("2024-05-14", None, "held", sides),
        ("2023-03", "Osaka", "held", sides),
        ("2023-10", None, "held", sides),
        ("2023-07", None, "held", sides),
        ("2023-11", None, "held", sides),
    }


def test_trade_ministers_of_a_joint_statement_are_left_out():
    text = (
        "We, the leaders of Japan, Australia, and Canada, met today for the first summit between our three countries "
        "on the defence of the region. In July 2023, our trade ministers met."
    )
    assert len(told(text, "Joint Statement from the Leaders of Japan, Australia, and Canada")) == 1


def test_remarks_in_a_meeting_are_of_its_day_and_of_the_town_at_the_end_of_the_headline():
    """Rules meeting-headed, place-spoken: not of the summit that the speaker looks back to."""
    title = (
        "Remarks by President Hale, Prime Minister Ono Kenji of Japan, and President Park Min-jun of the Republic of "
        "Korea in Trilateral Meeting | Lima, Peru"
    )
    text = (
        "PRESIDENT HALE: Welcome. Fifteen months ago we held the first leader-level summit of our three countries. I "
        "believe in our defence.\n\nPRESIDENT PARK: I thank you. We act together today with the new Prime Minister Ono."
        "\n\nPRIME MINISTER ONO: I agree. We count on missile defence."
    )
    assert ("2024-05-14", "Lima", "held") in {m[:3] for m in told(text, title)}


def test_a_transcript_put_out_later_counts_from_the_day_it_bears():
    """Rule date-spoken."""
    text = (
        "Via Teleconference\n\n(May 12, 2024)\n\n3:05 P.M. EDT\n\nMODERATOR: Thank you all for joining. Defence "
        "ministers of NATO will meet in Brussels tomorrow.\n\nOFFICIAL: We expect much of it.\n\nMODERATOR: Thank you."
    )
    assert {m[:2] for m in told(text, "Press Call on the Meeting of Ministers")} == {("2024-05-13", "Brussels")}


def test_a_part_of_the_world_is_no_town():
    text = "The defence ministers of NATO met on 7 May 2024 at a time of war in Europe, on arms in Southeast Asia."
    assert {m[:2] for m in told(text, "Allies confer")} == {("2024-05-07", None)}


def test_an_event_with_many_allies_is_of_several():
    """Rule scope-sides: however many they are, a number of allies makes more than two."""
    text = "President Hale launched the Compact at an event with 32 allies and partners today. It is on arms for Kyiv."
    assert {m[0] for m in told(text, "President Hale Launches the Compact")} == {"2024-05-14"}


@pytest.mark.parametrize(
    "text",
    [
        "The Ramstein meeting on arms planned for May 20 has been moved to May 22, the ministry said.",
        "The Contact Group's meeting on arms has been postponed from May 20 to May 22.",
        "The Contact Group will now meet on arms on May 22 instead of May 20.",
    ],
)
def test_a_meeting_that_was_moved_has_its_new_day(text):
    assert [m[0] for m in told(text, "New day")] == ["2024-05-22"]
