"""Joint statements and readouts: which meeting their headline means, and what in them is none."""

import datetime

from tests.retold import meetings

QUAD = (
    "We, the Secretary of State of the United States and the Foreign Ministers of Australia, India, and Japan, met in "
    "New York City during the 78th United Nations General Assembly to discuss maritime security."
)


def test_rule_meeting_paper():
    """The headline's meeting is the one told of; the Assembly at which they met is neither counted nor a party."""
    (found,) = meetings(QUAD, "Joint Readout of the Quad Foreign Ministers' Meeting in New York")
    assert (found["contact_group"], found["ordinal"]) == ("Quad", None)
    assert sorted(found["participants"]) == ["AU", "IN", "JP", "US"]


def test_rule_alliance_of_two():
    text = (
        "Deputy Secretary of Defense Carol Ashby met yesterday with Australian Secretary of Defence Greg Marsh to "
        "advance the United States-Australia Alliance. They discussed Alliance management "
        "issues and committed to advance Alliance priorities."
    )
    assert meetings(text, "Ashby and Marsh Discuss the Alliance") == []
    nato = "NATO defence ministers met in Brussels on Tuesday. The Alliance's ministers agreed on new plans."
    assert [m["participants"] for m in meetings(nato)] == [["NATO"]]


def told(text, title="Readout of Secretary Ashby's Meeting", day=datetime.date(2022, 5, 13)):
    return [(sorted(m["participants"]), m["status"], m["starts"], m["ends"]) for m in meetings(text, title, day)]


def test_rule_participant_preparing():
    """Who prepares a meeting is not at it by that, and it is still to come, whatever they did."""
    two = "U.S. Deputy Secretary of State Carol Ashby and Swedish Foreign Minister Karin Lund "
    assert told(
        two + "discussed plans for the upcoming NATO Foreign Ministers' meeting in Berlin May 14-15 and the June 28-30 "
        "NATO Summit in Madrid."
    ) == [
        (["NATO"], "planned", "2022-05-14", "2022-05-15"),
        (["NATO"], "planned", "2022-06-28", "2022-06-30"),
    ]
    met = "U.S. National Security Advisor Carol Ashby met today with NATO Secretary General Jan Berg to prepare for "
    assert told(met + "the July 11-12 NATO Summit in Vilnius.") == [(["NATO"], "planned", "2022-07-11", "2022-07-12")]


def test_rule_clause_once():
    """Ministers and representatives are met in one clause, with the Union's High Representative among them."""
    text = (
        "Secretary of State Carol Ashby met today in Washington with Foreign Ministers and representatives of Canada, "
        "France, Japan, and the United Kingdom and the EU High Representative for Foreign Affairs and Security Policy. "
        "They reaffirmed their support for Ukraine's defense."
    )
    (found,) = told(text, "Secretary Ashby's Meeting with Foreign Ministers and the High Representative of the EU")
    assert found[0] == ["CA", "EU", "FR", "GB", "JP", "US"]


def test_rule_chair_invited():
    """At whose invitation others met is in the chair; those who came after the comma are not."""
    for opening in ("Hosted by", "At the invitation of"):
        (found,) = meetings(
            f"{opening} Minister Karin Lund of Sweden, the defence ministers of Norway, Denmark and Finland met in "
            "Stockholm on March 28, 2024 to discuss military aid to Ukraine.",
            "Defence ministers meet in Stockholm",
        )
        assert found["chairs"] == ["Karin Lund"]
        assert sorted(found["participants"]) == ["DK", "FI", "NO", "SE"]
