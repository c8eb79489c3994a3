"""Joint statements and readouts: which meeting their headline means, and what in them is none."""

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
