"""The last meeting and the next one, told without the words for them. All sentences are written here."""

import pytest
from retold import meetings

NORTHERN = "The defence ministers of the Northern Group met in Palanga on Monday and discussed air defence. "
WEIMAR = (
    "The foreign ministers of the Weimar Triangle, France, Germany and Poland, met on Monday near Paris to discuss "
    "arms for Ukraine. "
)
FIVE = (
    "The defence ministers of Germany, France, Britain, Italy and Poland will meet in Paris on Friday to discuss arms. "
)


@pytest.mark.parametrize(
    ("text", "starts", "place"),
    [
        ("Poland will be the host in 2026.", "2026", None),
        ("It will be Poland's turn in June 2026, when the ministers are invited to Gdansk.", "2026-06", None),
        ("In 2026 Poland takes over as host.", "2026", None),
        ("Poland is to host them in 2026.", "2026", None),
        ("In June 2026 it is Riga that expects them.", "2026-06", "Riga"),
    ],
)
def test_who_is_host_next_has_the_next_meeting(text, starts, place):
    """Rule meeting-stations."""
    held, planned = meetings(NORTHERN + text)
    assert (held["starts"], held["status"]) == ("2025-09-15", "held")
    assert (planned["contact_group"], planned["starts"], planned["status"]) == ("Northern Group", starts, "planned")
    assert planned["place"] == place or place is None


def test_a_host_of_anything_else_has_no_meeting():
    assert len(meetings(NORTHERN + "Poland will host American soldiers in 2026.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The ministers will be in session again in early summer.",
        "Another meeting of the three is to be held in early summer.",
        "Early summer is when they meet again.",
        "A further round in this format is planned for early summer.",
    ],
)
def test_one_more_is_another_than_the_one_at_hand(text):
    """Rule meeting-of-same-group."""
    held, planned = meetings(WEIMAR + text)
    assert [(m["contact_group"], m["status"]) for m in (held, planned)] == [
        ("Weimar Triangle", "held"),
        ("Weimar Triangle", "planned"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Warsaw talks were held on January 13.",
        "The session in Warsaw took place on January 13.",
        "At the Warsaw meeting on January 13, they agreed to pool air defence.",
    ],
)
def test_the_talks_of_another_town_and_day_are_of_the_same_series(text):
    """Rule meeting-of-same-series."""
    planned, held = meetings(FIVE + text)
    assert (planned["place"], planned["status"]) == ("Paris", "planned")
    assert (held["place"], held["starts"], held["status"]) == ("Warsaw", "2025-01-13", "held")


def test_what_others_meet_about_is_of_no_series():
    assert len(meetings(FIVE + "American and Russian officials are to meet in Riyadh on Thursday.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "An enlarged meeting of the Northern Group is to be held soon. So the ministers decided when they met in "
        "Palanga on Tuesday.",
        "The Northern Group will meet again soon with Ukraine at the table. Its ministers agreed on this in Palanga on "
        "Tuesday, where they conferred.",
        "Another gathering of the Northern Group will be held in autumn. The ministers announced it at the end of "
        "their session in Palanga on Tuesday.",
    ],
)
def test_what_is_to_come_is_not_what_was_held_today(text):
    """Rule meeting-over: the one to come is told of first."""
    planned, held = meetings(text)
    assert (planned["status"], held["status"], held["place"]) == ("planned", "held", "Palanga")
    assert held["starts"] == "2025-09-16"


def test_where_a_group_meets_next_is_not_where_it_met():
    held, planned = meetings(NORTHERN + "The ministers are to sit down next in Riga on 12 November.")
    assert (held["place"], planned["place"], planned["starts"]) == ("Palanga", "Riga", "2025-11-12")


def test_the_donors_conference_and_the_next_one():
    """Rule meeting-company: more than two, whoever they are."""
    held, planned = meetings(
        "Ukraine's allies have found a billion euros for its army at a conference in Copenhagen, the ministry of "
        "defence said. Training and ammunition were discussed. November is when the donors are to confer next."
    )
    assert (held["place"], held["status"]) == ("Copenhagen", "held")
    assert (planned["starts"], planned["status"]) == ("2025-11", "planned")
