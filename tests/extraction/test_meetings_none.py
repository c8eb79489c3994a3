"""What speaks of meetings and tells of none: talks over weeks, visits of one state, needs that are met."""

import pytest
from retold import TUESDAY, meetings

import extraction


@pytest.mark.parametrize(
    "text",
    [
        # rule meeting-clause: needs are met, too
        "Norway will go on working with some 40 allies through the Ukraine Defense Contact Group to meet Ukraine's "
        "most urgent battlefield requirements.",
        # rule scope-counterpart: who is met at the station meets one
        "Latvia's minister spoke of the drone coalition. He came to Kyiv by train on Monday and was met at the station "
        "by Ukraine's defence minister, Denys Shmyhal.",
        "Latvia spoke of the drone coalition. The prime minister of Hungary has invited his Swedish counterpart, who "
        "will fly there on Friday.",
        # both sides of a "2+2" send two ministers
        "Security of supply was named in a statement issued in Perth on Monday after the latest 2+2 meeting of foreign "
        "and defence ministers of Japan and Australia.",
        # talks that go on for weeks
        "Training under the Baltic Security Initiative would be cut on 6 September, said a person familiar with the "
        "discussions. Estonia and Lithuania asked the United States for weapons.",
        "The Ukraine Defense Contact Group has 50 members. Talks were ongoing on Monday, a spokesperson said of arms.",
        "AUKUS is a pact on submarines. It was announced by the leaders of the three countries on 15 September 2021.",
        "The members of the drone coalition finalised the signing of the agreement on 12 February.",
        # what a group unites are its members
        "The Ukraine Defense Contact Group is in good hands. Created on American initiative in 2022, the group gathers "
        "more than 50 countries.",
        # who meets officials and lawmakers visits one state
        "While in Washington, the president of Ukraine met with defense officials and lawmakers.",
        # a minister who has not taken office yet
        "The Ukraine Defense Contact Group is asked for more. Secretary of Defense Paul Marsh will travel to Berlin on "
        "Monday to meet with the incoming German Defense Minister Anna Kern.",
        # when a list was agreed
        "The drone coalition asks for more. Under the Prioritized Ukraine Requirements List, agreed in July, European "
        "allies pay for arms from the United States.",
    ],
)
def test_no_meeting(text):
    assert meetings(text) == []


def test_the_visit_of_one_states_people_is_not_a_second_meeting():
    """Rule scope-one-state."""
    (found,) = meetings(
        "British defence leaders have gone to Washington to hold talks about AUKUS. On Monday AUKUS defence ministers "
        "met at the Pentagon."
    )
    assert found["starts"] == "2025-09-15"


def test_the_ministers_of_two_nations_and_a_group_do_meet():
    (found,) = meetings("On Monday the Swedish and Finnish defence ministers joined the JEF defence ministers in Oslo.")
    assert found["contact_group"] == "JEF"


def test_trade_blocs_are_no_groups_for_arms():
    found = extraction.read(
        "Arms for the flank",
        "The defence ministers of the BRICS spoke on Monday in Kazan of missiles; the BRICS summit is in May.",
        TUESDAY,
    ).to_json("x")
    assert found["contact_groups"] == []


def test_ministers_in_a_council_are_the_council():
    (found,) = meetings("Defence ministers will meet in the NATO-Ukraine Council in Brussels on 18 September on arms.")
    assert set(found["participants"]) >= {"NATO", "UA"}


@pytest.mark.parametrize(
    "text",
    [
        # rule scope-pair
        "The United States and Australia held their 40th talks in Washington on Monday, where the ministers spoke of "
        "AUKUS.",
        "Two ministers spoke of AUKUS as the pair convened for the yearly ministerial in Adelaide on Monday.",
        # rule meeting-of-two
        "On Monday ministers of Britain and Australia spoke of AUKUS at the annual AUKMIN meeting in Adelaide. After "
        "the ministerial they named a yard.",
        # rule meeting-clause: who belongs to a group
        "Latvia spoke on Monday of the Drone Coalition, which has already brought together almost 20 countries.",
    ],
)
def test_talks_of_two_are_none_of_the_group_they_speak_of(text):
    assert meetings(text) == []


def test_five_who_open_talks_are_no_pair():
    (found,) = meetings(
        "The coalition for armoured vehicles is at work. Representatives of Poland, Germany, Britain, Italy and Sweden "
        "held their opening talks in Warsaw on Monday."
    )
    assert found["place"] == "Warsaw"


def test_whom_somebody_met_before_a_conference_did_not_hold_it_there():
    """Rule meeting-beside."""
    (found,) = meetings(
        "The Ukraine Defense Contact Group meets at Ramstein Air Base on Friday. Austin was due to meet Germany's "
        "minister in Berlin before the Ramstein conference, but she resigned."
    )
    assert (found["venue"], found["starts"]) == ("Ramstein Air Base", "2025-09-19")


def test_discussions_in_general_are_no_meeting():
    """Rule meeting-in-general."""
    assert meetings("The general wants to bring partners on board in NATO discussions of arms to the full.") == []


@pytest.mark.parametrize(
    "text",
    [
        # rule scope-wished
        "Ministers should not hide behind yet another meeting of NATO or of some coalition, and send the shells.",
        "The drone coalition has money. Governments ought to sit down in Riga and decide.",
        "Ramstein meetings come and go. Ministers ought to meet until the sum for the Contact Group is found.",
        # rule scope-two
        "The President spoke today with Prime Minister Ann Lee of Japan. They praised the cooperation under AUKUS on "
        "submarines. The leaders looked forward to meeting in person in Jakarta in November.",
        "President Tom Ray met today with Prime Minister Ann Lee of Japan. The two leaders reviewed work on drones "
        "within the Quad.",
        "Australia pays for the yards of AUKUS, Defence Minister Jack Ross confirmed after meeting Paul Marsh in "
        "Washington.",
        "Defence Ministers Arun Sen and Andrei Belov co-chaired the 21st meeting of the India-Norway Commission on "
        "Military Cooperation in Oslo on Monday.",
        # nobody gathers in a yard
        "Canberra pays for the yard near Perth, where submarines of the AUKUS partners are to be repaired.",
        # rule scope-assembly
        "The speakers of the parliaments of the Nordic-Baltic Eight met in Tartu on Monday to discuss arms.",
        "Delegates of Norway's Social Democrats met in Oslo from Friday to Sunday. They backed the defence minister.",
        # rule scope-civil-matters
        "The presidents of Czechia, Slovakia, Hungary and Poland met in Prague to talk about transport and culture.",
        "The G7 leaders agreed in Jakarta on Monday to tighten sanctions on Russia's diamond trade.",
        "Foreign Minister Ann Lee of Chile and her counterparts from Peru and Bolivia met in Lima on Monday. Border "
        "security "
        "and a peace treaty were discussed.",
        # units and their commanders are no groups
        "The evening in Dundee on Monday was hosted by Commander of Standing NATO Maritime Group one, Commodore Jan "
        "Friis, for guests from Belgium, Denmark and Norway.",
    ],
)
def test_wishes_visits_and_assemblies_are_no_meetings(text):
    assert meetings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ministers of the drone coalition should meet in Riga on 3 October, the Latvian minister said.",
        "On Monday Defence Minister Ann Lee of Norway received her Joint Expeditionary Force colleagues in Oslo.",
        "The presidents of Czechia, Slovakia, Hungary and Poland met in Prague on Monday to talk about transport, air "
        "defence and arms for Ukraine.",
    ],
)
def test_a_day_a_group_or_defence_make_it_one(text):
    assert len(meetings(text)) == 1


def test_an_anniversary_of_an_announcement_is_no_meeting():
    text = (
        "Today marks three years since the leaders of our three countries announced AUKUS, and arms are on their way."
    )
    assert not meetings(text, "Joint Statement of the Leaders of Australia, the United Kingdom and the United States")


def test_a_briefing_that_speaks_of_itself_is_no_meeting():
    (met,) = meetings(
        "Ambassador Lee discusses the NATO Defense Ministerial to take place at NATO headquarters this week.\n\n"
        "MODERATOR: Good afternoon. As a reminder, today's session is on the record.\n\nAMBASSADOR LEE: Good morning "
        "to those sitting on the other side of the Atlantic. We have a NATO Defense Ministerial tomorrow.",
        "Online Briefing with Ambassador Ann Lee",
    )
    assert (met["starts"], met["status"]) == ("2025-09-17", "planned")


@pytest.mark.parametrize(
    "text",
    [
        "From January 1, 2026, Estonia presides over the Nordic-Baltic Eight.",
        "Estonia chairs the Northern Group from January 1, 2026.",
        "Starting on November 1, Poland will chair the Northern Group for half a year.",
        "Since July 1 Poland has chaired the Northern Group.",
    ],
)
def test_how_long_a_state_presides_is_no_meeting(text):
    assert not meetings(text + " Support for Ukraine comes first.")
