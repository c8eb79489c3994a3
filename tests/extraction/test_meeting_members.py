"""Joining a coalition is no attendance, and who only met chaired nothing. Texts written for these tests."""

import pytest

from tests.extraction.test_read import read


def first(text, title="Allies meet on arms for Ukraine"):
    return read(text, title)["meetings"][0]


@pytest.mark.parametrize(
    "aside",
    [
        "The minister said that Spain and Estonia have newly joined the drone coalition.",
        "Three countries have already joined it: Spain, Estonia and Latvia.",
        "He backed the wish of Spain and Estonia to join the drone coalition.",
        "The initiative includes three countries: Spain, Estonia and Latvia.",
        "Spain and Estonia lead the IT coalition.",
    ],
)
def test_members_of_a_coalition_did_not_attend_for_that(aside):
    meeting = first(
        "The Ukraine Defense Contact Group met in Brussels on Monday. German Defence Minister Karl Brandt and "
        f"Ukrainian Defence Minister Oleh Zorenko attended. {aside}"
    )
    assert set(meeting["participants"]) >= {"DE", "UA"}
    assert not set(meeting["participants"]) & {"ES", "EE", "LV"}
    assert meeting["nation_count"] is None


def test_whoever_only_convened_somewhere_is_not_in_the_chair():
    meeting = first(
        "The defence ministers of Japan, Australia and the Philippines convened in Singapore on Monday for a "
        "meeting on arms. Australian Defence Minister Ann Lee chaired the meeting.",
    )
    assert meeting["chairs"] == ["Ann Lee"]


def test_who_chaired_formerly_does_not_chair():
    meeting = first(
        "Defence ministers of the Ukraine Defense Contact Group met in Brussels on Monday. U.S. Defense Secretary Carl "
        "Moss, who had formerly chaired the meeting, was absent."
    )
    assert meeting["chairs"] == []


def test_whom_a_headline_says_somebody_hosts():
    meeting = first(
        "Secretary of War Carl Moss welcomed Australian Defence Minister Ann Lee and British Defence Secretary John "
        "Hale to the Pentagon on Monday for a meeting of AUKUS.",
        "Moss Hosts Australian, British Counterparts for AUKUS Talks",
    )
    assert meeting["chairs"] == ["Carl Moss"]


def test_whoever_was_telephoned_was_not_there():
    meeting = first(
        "The Ukraine Defense Contact Group met in Brussels on Monday, and U.S. Defense Secretary Carl Moss chaired it. "
        "Moss had spoken by telephone with Polish Defence Minister Jakub Kowal."
    )
    assert "PL" not in meeting["participants"]


@pytest.mark.parametrize(
    "said, count",
    [
        ("Britain will host around 30 nations at the meeting of the group.", 30),
        ("The meeting will bring together about 50 countries.", 50),
        ("Some 50 nations linked up by video for the meeting.", 50),
    ],
)
def test_how_many_nations_are_there(said, count):
    assert first(f"The Ukraine Defense Contact Group meets in Brussels on Friday. {said}")["nation_count"] == count


@pytest.mark.parametrize(
    "said, chairs",
    [
        ("The meeting was chaired by the defence ministers of Germany and the United Kingdom.", {"DE", "GB"}),
        ("The meeting, co-chaired by defense ministers from the UK and Germany, agreed on more.", {"DE", "GB"}),
        ("The meeting was led by the heads of defence agencies of Britain and France.", {"FR", "GB"}),
        ("The group met under U.S. Defense Secretary Carl Moss.", {"Carl Moss"}),
    ],
)
def test_whose_ministers_are_in_the_chair(said, chairs):
    found = read(f"The Ukraine Defense Contact Group met in Brussels on Monday. {said}")["meetings"]
    assert set(found[0]["chairs"]) == chairs


@pytest.mark.parametrize(
    "said, chairs",
    [
        (
            "Britain's John Healey met Rustem Umerov before the meeting. The British defence secretary chairs the "
            "meeting.",
            ["John Healey"],
        ),
        ("Rustem Umerov met John Healey. The British prime minister chairs the meeting.", ["GB"]),
        ("The meeting is alternately hosted by Malaysia and Singapore.", []),
        ("Co-chairs John Healey and Boris Pistorius welcomed Rustem Umerov.", ["John Healey", "Boris Pistorius"]),
    ],
)
def test_who_an_office_in_the_chair_is(said, chairs):
    found = read(f"Defence ministers of the Ukraine Defense Contact Group gather in Brussels. {said}")["meetings"]
    assert [c for m in found for c in m["chairs"]] == chairs


def test_who_wants_to_join_a_coalition_did_not_attend_for_that():
    meeting = first(
        "The Ukraine Defense Contact Group met in Brussels on Monday, chaired by Boris Pistorius. Norway, Spain and "
        "Italy want to join the electronic warfare coalition."
    )
    assert set(meeting["participants"]) == {"DE"}
