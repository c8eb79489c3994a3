"""The meeting at which a text is spoken, and whom a speaker or an office without a name stands for."""

import datetime

import pytest

import extraction

DAY = datetime.date(2024, 5, 21)
SPEECH = (
    "It's great to see everyone again. And thanks for joining us for the 22nd meeting of the Ukraine Defense Contact "
    "Group.\n\nLet me start by welcoming our partners from Ukraine: Minister Lenko and his teammates. They stand up "
    "for Ukraine again today. We will send more howitzers."
)


def meetings(text, title, published=DAY):
    return extraction.read(title, text, published).to_json("x")["meetings"]


def only(text, title, **more):
    [meeting] = meetings(text, title, **more)
    return meeting


def test_opening_remarks_are_of_the_meetings_day_and_speaker():
    title = "Opening Remarks by Secretary of Defense Daniel Holt at the 22nd Ukraine Defense Contact Group"
    meeting = only(SPEECH, title)
    assert (meeting["status"], meeting["starts"], meeting["ordinal"]) == ("held", "2024-05-21", 22)
    assert sorted(meeting["participants"]) == ["UA", "US"]


def test_without_a_day_of_publication_there_is_no_day():
    assert only(SPEECH, "Opening Remarks at the 22nd Ukraine Defense Contact Group", published=None)["starts"] is None


def test_what_we_have_wrapped_up_was_today():
    text = (
        "Good afternoon. We think today of all who serve. Now, we have just wrapped up the ninth meeting of the "
        "Ukraine Defense Contact Group. I thanked our hosts for howitzers."
    )
    meeting = only(text, "Remarks by Secretary of Defense Daniel Holt")
    assert (meeting["status"], meeting["starts"], meeting["participants"]) == ("held", "2024-05-21", ["US"])


@pytest.mark.parametrize(
    "text",
    [
        "Thank you all for joining us today for our call to preview the meeting of the Ukraine Defense Contact Group. "
        "We will keep it short. I have one thing to say about our howitzers.",
        "Good afternoon. I'm pleased to announce today that we will hold the tenth meeting of the Ukraine Defense "
        "Contact Group. We send more howitzers. Our allies do, too.",
    ],
)
def test_a_meeting_only_spoken_of_is_to_come(text):
    assert [(m["status"], m["starts"]) for m in meetings(text, "Remarks on Howitzers")] == [("planned", None)]


def test_a_headline_that_places_the_meeting_outranks_places_further_down():
    text = (
        "SECRETARY OF DEFENSE DANIEL HOLT: We continue the work that we started. We look forward to it.\n\nIt has to "
        "happen by the summer in Oslo. So our focus is on howitzers.\n\nMay 21, 2024"
    )
    meeting = only(
        text, "Secretary of Defense Daniel Holt Statement at the NATO Defense Ministerial Meeting in Brussels"
    )
    assert (meeting["place"], meeting["starts"], meeting["status"]) == ("Brussels", "2024-05-21", "held")


def test_where_we_are_back_is_where_we_meet():
    text = (
        "Thanks for joining the 20th meeting of the Ukraine Defense Contact Group. It's great to be back at "
        "Ramstein.\n\nSo our message today is clear."
    )
    meeting = only(text, "Opening Remarks at the 20th Ukraine Defense Contact Group")
    assert (meeting["place"], meeting["country"], meeting["starts"]) == ("Ramstein", "DE", "2024-05-21")


def test_the_day_on_which_somebody_joins_a_call_is_not_that_of_the_summit_it_is_about():
    text = (
        "MODERATOR: Ambassador Lee, thank you so much for joining us today. I'll turn it over to Ambassador Lee for "
        "more on the NATO Leaders' Summit.\n\nMS. LEE: Greetings. Our howitzers are on the way."
    )
    assert only(text, "Press Briefing with Ambassador Ann Lee, U.S. Permanent Representative to NATO")["starts"] is None


def test_the_president_of_a_washington_press_call_is_the_host():
    text = (
        "SENIOR ADMINISTRATION OFFICIAL: On Wednesday, in San Diego, the President will host the prime ministers of "
        "Australia and Great Britain for our next AUKUS meeting."
    )
    meeting = only(text, "Background Press Call by Senior Administration Officials on AUKUS")
    assert meeting["chairs"] == ["US"]
    assert sorted(meeting["participants"]) == ["AU", "GB", "US"]
    elsewhere = only(text.replace("SENIOR ADMINISTRATION OFFICIAL: ", ""), "Leaders on AUKUS")
    assert elsewhere["chairs"] == []


def test_days_of_a_month_are_no_count_and_a_home_state_no_nation():
    text = (
        "We met today at the ninth meeting of the Ukraine Defense Contact Group. I come from my home state of Georgia. "
        "We had gathered on April 26, 2022, for our first meeting."
    )
    for meeting in meetings(text, "Remarks by Secretary of Defense Daniel Holt"):
        assert meeting["nation_count"] is None
        assert "GE" not in meeting["participants"]


@pytest.mark.parametrize(
    "title",
    [
        "Remarks by the Vice President Prior to a Meeting with the Presidents of Latvia, Lithuania and Estonia",
        "Remarks by Secretary Lane Before the Meeting of the Ukraine Defense Contact Group in Munich, Germany",
    ],
)
def test_what_is_said_right_before_a_meeting_is_said_on_its_day(title):
    """Rule meeting-ahead."""
    (found,) = meetings(
        "February 18, 2022\n\nGood afternoon, everyone. Today, we will discuss security assistance and the defense of "
        "NATO's eastern flank.",
        title,
        datetime.date(2022, 2, 18),
    )
    assert (found["status"], found["starts"]) == ("planned", "2022-02-18")


def test_remarks_to_a_group_or_a_press_conference_after_it_tell_of_its_meeting():
    text = (
        "Good morning. I'm glad to see everyone. We are here for Ukraine. Our support today is strong. I thank you all."
    )
    for title in (
        "Remarks by Secretary of Defense Ann J. Lee at the Ukraine Defense Contact Group (As Delivered)",
        "Opening Statement by Secretary of Defense Ann Lee to the Ukraine Defense Contact Group",
        "Secretary of Defense Ann Lee Holds a Post-Ukraine Defense Contact Group Press Conference",
    ):
        (met,) = meetings(text, title)
        assert met["contact_group"] == "Ukraine Defense Contact Group"
        assert (met["starts"], met["status"]) == (DAY.isoformat(), "held")
    assert not meetings(text, "Statement by Secretary of Defense Ann Lee on the Ukraine Defense Contact Group")


@pytest.mark.parametrize(
    ("told", "group", "starts"),
    [
        ("So yesterday President Lenko spoke to the Ukraine Defense Contact Group.", "Contact Group", "2024-05-20"),
        ("Ukraine's defence minister briefed the Contact Group on the needs of the front.", "Contact Group", None),
    ],
)
def test_whom_somebody_addresses_has_met(told, group, starts):
    (met,) = meetings(told, "Briefing on Ukraine")
    assert group in met["contact_group"]
    assert met["starts"] == starts
