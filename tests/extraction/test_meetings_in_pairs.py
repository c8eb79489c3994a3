"""Whom somebody meets one by one, beside a meeting or on its sidelines."""

import pytest

from tests.retold import meetings

ATTENDED = "Secretary of Defense Carol Ashby attended the NATO defense ministers' meeting in Brussels today. "


def parties(text, **named):
    return [sorted(m["participants"]) for m in meetings(text, **named)]


@pytest.mark.parametrize(
    "rest",
    [
        "Secretary Ashby also met with each of her counterparts from Spain, Portugal, Greece and Croatia.",
        "She held separate meetings with the ministers of Spain, Portugal and Greece.",
        "In separate meetings, she met the ministers of Spain, Portugal and Greece.",
        "She had a series of bilaterals with her counterparts from Spain, Portugal and Greece.",
        "Between sessions she met the Spanish, Portuguese and Greek ministers one after the other.",
    ],
)
def test_rule_meeting_pairs(rest):
    assert parties(ATTENDED + rest) == [["NATO", "US"]]


def test_rule_discourse_pairs_within_a_sentence():
    text = (
        "U.S. Defense Secretary Carol Ashby chaired the Ramstein group's meeting in Brussels today and met separately "
        "with the ministers of Spain, Portugal and Greece."
    )
    assert parties(text) == [["US"]]


def test_partners_to_work_with_are_not_there():
    rest = "She will work closely with partners, including Spain, Portugal, Greece and Croatia, on air defense."
    assert parties(ATTENDED + rest) == [["NATO", "US"]]
    assert parties(ATTENDED + "She thanked Spain, Portugal and Greece for training pilots.") == [["NATO", "US"]]


def test_rule_participant_beside():
    """Those who met on the sidelines of a meeting have one of their own; how and where stands before "with"."""
    text = (
        "Secretary of State Carol Ashby met today on the sidelines of the NATO Informal Foreign Ministers Meeting in "
        "Oslo, Norway, with French Foreign Minister Luc Barre, German Foreign Minister Jan Wulf, and Italian Foreign "
        "Minister Anna Tani. They agreed on the need to raise defense spending."
    )
    own, others = meetings(text, "Secretary Ashby's Meeting With European Foreign Ministers")
    assert (sorted(own["participants"]), own["starts"], own["place"]) == (
        ["DE", "FR", "IT", "US"],
        "2025-09-16",
        "Oslo",
    )
    assert others["participants"] == ["NATO"]


def test_the_occasion_before_with():
    text = (
        "Secretary of Defense Carol Ashby met, during her visit to Tokyo for the yearly consultations, with Defense "
        "Minister Mori Ken of Japan and Defense Minister Cho Hyun of the Republic of Korea. They discussed missiles."
    )
    (found,) = meetings(text, "Readout of Secretary Ashby's Meeting")
    assert sorted(found["participants"]) == ["JP", "KR", "US"]
