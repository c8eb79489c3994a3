"""Readouts of one meeting or call of several, told in the many ways that governments tell it. All sentences are written
here."""

import datetime

import pytest

import extraction

WEDNESDAY = datetime.date(2027, 5, 12)
ARMS = " The leaders discussed further military assistance and air defence."


def meetings(text, title):
    return extraction.read(title, text, WEDNESDAY).to_json("x")["meetings"]


@pytest.mark.parametrize(
    ("text", "title", "parties"),
    [
        (
            "On Thursday, President Paul Marsh of the United States will welcome Prime Minister Karin Lund of Sweden "
            "and President Matti Salo of Finland to the White House." + ARMS,
            "Statement on the Visit of Prime Minister Lund and President Salo",
            "US SE FI",
        ),
        (
            "President Paul Marsh of the United States hosted the Presidents of Estonia, Latvia, and Lithuania today."
            + ARMS,
            "Readout of President Marsh's Meeting with Baltic Leaders",
            "US EE LV LT",
        ),
        (
            "The Prime Minister met President Anne Petit of France, Chancellor Karl Brandt of Germany and President "
            "Jan Kowal of Poland today in Lisbon." + ARMS,
            "Readout of the Prime Minister's Meeting with President Petit, Chancellor Brandt and President Kowal",
            "FR DE PL",
        ),
        (
            "President Paul Marsh of the United States held a secure call today with his counterparts from France, "
            "Germany, and Poland." + ARMS,
            "Readout of President Marsh's Call with European Counterparts",
            "US FR DE PL",
        ),
        (
            "Secretary of Defense Paul Marsh of the United States met with Japanese Minister of Defense Aoki Ren and "
            "Australian Minister Ann Lee today on the margins of the Dialogue in Singapore." + ARMS,
            "Secretary Marsh's Trilateral Meeting",
            "US JP AU",
        ),
    ],
)
def test_who_hosts_or_meets_several_at_one_meeting(text, title, parties):
    """Rule meeting-parties: guests follow "welcome", "hosted" and "met" at once; the headline tells of one meeting."""
    (found,) = meetings(text, title)
    assert set(found["participants"]) == set(parties.split())


@pytest.mark.parametrize(
    "text",
    [
        "President Paul Marsh of the United States welcomed the decisions of Denmark, Norway and Sweden to send arms.",
        "President Paul Marsh of the United States will welcome Chancellor Karl Brandt of Germany on Thursday." + ARMS,
        "President Paul Marsh of the United States welcomed Prime Minister Lund's and President Salo's statement on "
        "the security of Sweden and Finland.",
    ],
)
def test_who_welcomes_a_decision_or_one_guest_meets_no_two(text):
    """Rule meeting-parties."""
    assert meetings(text, "Statement of the White House") == []


@pytest.mark.parametrize(
    "text",
    [
        "President Paul Marsh of the United States convened a call today with allies and partners.{arms}\n\n"
        "Participants included:\n\n- Canadian Prime Minister Jean Roy\n- European Commission President Eva de la Vega\n"
        "- German Chancellor Karl Brandt",
        "President Paul Marsh of the United States spoke today with leaders from across Europe and America.{arms} "
        "Joining the call were Prime Minister Jean Roy of Canada, European Commission President Eva de la Vega and "
        "Chancellor Karl Brandt of Germany.",
        "President Paul Marsh of the United States spoke by phone today with counterparts.{arms}\n\nOfficials who "
        "participated in the call include Adviser to the Canadian Prime Minister Jean Roy; European Commission "
        "President Eva de la Vega; and Director for Security for the German Chancellor Karl Brandt.",
    ],
)
def test_the_roll_of_a_readout_says_that_several_met(text):
    """Rule meeting-parties: who was on the call is told further down."""
    (found,) = meetings(text.format(arms=ARMS), "Readout of President Marsh's Call with Allies")
    assert (found["starts"], set(found["participants"])) == ("2027-05-12", {"US", "CA", "EU", "DE"})


@pytest.mark.parametrize(
    "text",
    [
        "President Paul Marsh of the United States met today with President Jana Novak of Slovakia and Prime Minister "
        "Olav Dahl of Norway on the sidelines of the NATO Summit in Lisbon, Portugal." + ARMS,
        "On the margins of the NATO Summit in Lisbon today, President Paul Marsh of the United States met with the "
        "leaders of Norway and Slovakia." + ARMS,
        "President Paul Marsh of the United States had the opportunity to meet today with the prime ministers of "
        "Norway and Slovakia at the NATO Summit in Lisbon." + ARMS,
    ],
)
def test_who_meets_at_a_summit_has_a_meeting_beside_it(text):
    """Rules meeting-own-sides, place-sidelines: the town is that of both, the day and the parties of their own."""
    found = meetings(text, "Readout of President Marsh's Meeting with Leaders")
    theirs, summit = sorted(found, key=lambda m: m["participants"] == ["NATO"])
    assert (set(theirs["participants"]), theirs["place"], theirs["status"]) == ({"US", "NO", "SK"}, "Lisbon", "held")
    assert (summit["participants"], summit["place"]) == (["NATO"], "Lisbon")


@pytest.mark.parametrize(
    "line",
    ["- European Commission President Eva Maria de la Vega", "European Commission President Eva Maria de la Vega"],
)
def test_an_item_of_a_list_is_no_headline(line):
    text = (
        "The President convened a call with NATO allies on arms.\n\nParticipants included:\n\nCanadian Prime Minister "
        f"Jean Roy\n\n{line}\n\nGerman Chancellor Karl Brandt"
    )
    found = extraction.read("Readout of the Call", text, WEDNESDAY).to_json("x")["officials"]
    assert {o["name"]: o["affiliation"] for o in found}["Eva Maria de la Vega"] == "EU"


def test_an_adviser_serves_the_state_of_whom_he_advises():
    """Rule affiliation-title: not the state that the article is about."""
    found = extraction.read(
        "Readout of National Security Advisor Paul Marsh's Call",
        "He spoke of NATO arms. On the call was Chief Foreign Affairs Adviser to the Lithuanian President Jonas Balys.",
        WEDNESDAY,
    ).to_json("x")["officials"]
    assert found[-1]["affiliation"] == "LT"


@pytest.mark.parametrize(
    ("where", "place", "country"),
    [
        ("in Claymont, Delaware", "Claymont", "US"),
        ("in Petawawa, Ontario", "Petawawa", "CA"),
        ("in Cromarty, Queensland", "Cromarty", "AU"),
        ("in Tallinn, Washington's ally since 1991,", "Tallinn", "EE"),
    ],
)
def test_a_state_or_province_after_a_town_tells_the_nation(where, place, country):
    """Rule place-subdivision."""
    (found,) = meetings(
        f"The defence ministers of Australia, Canada and the United States met today {where} to discuss arms.",
        "Three ministers meet",
    )
    assert (found["place"], found["country"]) == (place, country)


@pytest.mark.parametrize(
    ("title", "header"),
    [
        (
            "Remarks by President Marsh of the United States and Prime Minister Aoki Ren of Japan Before Trilateral "
            "Meeting",
            "Grand Hotel\nHanoi, Vietnam\n\n4:37 P.M. ICT\n\n",
        ),
        (
            "Remarks by President Marsh of the United States and Prime Minister Aoki Ren of Japan at the Trilateral "
            "Meeting | Hanoi, Vietnam",
            "",
        ),
    ],
)
def test_a_transcript_is_spoken_where_its_first_lines_or_headline_say(title, header):
    """Rules place-header, participant-titled: so is the meeting it opens; who is named in the headline is there."""
    (found,) = meetings(
        f"{header}PRESIDENT MARSH: I am glad that we meet. Today we will speak about our trilateral defense "
        "cooperation and missiles.\n\nPRIME MINISTER AOKI: I thank you. We stand for security.",
        title,
    )
    assert (found["place"], found["country"]) == ("Hanoi", "VN")
    assert set(found["participants"]) >= {"US", "JP"}


def test_a_building_above_the_town_of_a_transcript_is_the_venue():
    """Rule place-header."""
    (found,) = meetings(
        "Grand Hotel\nHanoi, Vietnam\n\n4:37 P.M. ICT\n\nPRESIDENT MARSH: Today we will speak about defense.",
        "Remarks by President Marsh of the United States Before Trilateral Meeting",
    )
    assert (found["venue"], found["starts"]) == ("Grand Hotel", "2027-05-12")


def test_a_dialogue_of_one_state_with_the_union_is_of_two():
    """Rule scope-pair."""
    assert not meetings(
        "Deputy Secretary of State Paul Marsh met today in Brussels with European External Action Service Secretary "
        "General Carlo Neri before the third High-Level Meeting of the U.S.-EU Dialogue on China. They spoke of "
        "military assistance to Ukraine.",
        "Deputy Secretary Marsh's Meeting with Secretary General Neri",
    )


def test_a_name_may_end_in_a_full_stop_on_the_list_of_guests():
    """Rule meeting-parties."""
    (found,) = meetings(
        "President Paul Marsh of the United States will host President Luis Cruz Jr. of the Philippines and Prime "
        "Minister Aoki Ren of Japan on May 20 for the first trilateral summit on maritime security and defense.",
        "Statement on the Trilateral Summit",
    )
    assert set(found["participants"]) == {"US", "PH", "JP"}


def test_he_who_met_the_leaders_is_the_one_last_named():
    """Rule meeting-parties."""
    (found,) = meetings(
        "President Paul Marsh of the United States spoke today. He met with the leaders of the three Baltic countries: "
        "Estonia, Latvia, and Lithuania. They discussed deterrence and defence.",
        "Background on the President's day",
    )
    assert set(found["participants"]) == {"US", "EE", "LV", "LT"}


def test_the_day_of_an_agreement_is_not_that_of_the_summit():
    """Rule date: what "we made yesterday" is another thing."""
    (found,) = meetings(
        "Welcome to the NATO summit in Vilnius. This NATO summit on defence matters because of the agreement we made "
        "yesterday. We will speak of arms for Ukraine.",
        "Remarks at an Official Greeting",
    )
    assert found["starts"] != "2027-05-11"


def test_what_bears_the_name_of_an_organisation_is_no_party():
    """Rule participant: "the United Nations Charter" does not attend."""
    (found,) = meetings(
        "President Paul Marsh of the United States spoke today with President Anne Petit of France and Chancellor Karl "
        "Brandt of Germany, including on the United Nations Charter and the arms that they send.",
        "Readout of President Marsh's Call with Allies",
    )
    assert set(found["participants"]) == {"US", "FR", "DE"}


def test_leaders_of_three_after_a_comma_are_three():
    """Rule participant-bodies-of: "the leaders of A, B and C" is no office of A."""
    (found,) = meetings(
        "Today, we have the fourth Quad Leaders Summit on maritime security and defense in Wilmington.\n\nPresident "
        "Marsh opened his home to the leaders of India, Japan, and Australia.",
        "Quad Leaders Summit",
    )
    assert {"IN", "JP", "AU"} <= set(found["participants"])


def test_whom_a_host_will_host_chairs_nothing():
    """Rule chair-noun."""
    (found,) = meetings(
        "President Paul Marsh of the United States will host President Luis Cruz of the Philippines and Prime Minister "
        "Aoki Ren of Japan on May 20 for a trilateral summit on defense.",
        "Statement on the Trilateral Summit",
    )
    assert found["chairs"] == ["Paul Marsh"]


@pytest.mark.parametrize("thing", ["the May 10 statement by Sweden", "the May 10th terrorist attack"])
def test_a_day_that_names_a_thing_is_no_day_of_a_meeting(thing):
    """Rule date-of-thing."""
    (found,) = meetings(
        f"The defence ministers of Norway, Sweden and Finland met in Oslo. The ministers discussed {thing} and arms.",
        "Three ministers meet",
    )
    assert found["starts"] is None


def test_an_event_with_so_many_allies_is_of_several():
    """Rule scope-sides."""
    (found,) = meetings(
        "Today, President Paul Marsh launched the compact at an event with 32 allies and partners for the security of "
        "Ukraine.\n\nWe the leaders of the United States, Belgium, Canada, and Denmark commend the weapons.",
        "President Marsh Launches the Compact",
    )
    assert set(found["participants"]) >= {"US", "BE", "CA", "DK"}


def test_a_summit_named_by_its_building_is_held_there_and_no_other_is():
    """Rule place: "the historic Camp David Trilateral Summit"; rule ordinal-apposed: the number set off by dashes."""
    found = meetings(
        "The ministers of Japan, the Republic of Korea and the United States spoke of missile defence today. They "
        "recalled the historic Camp David Trilateral Summit in August 2023.\n\nTheir trilateral defence meeting in "
        "Seoul on May 3 \u2014 the fourth such meeting of all \u2014 was on deterrence.",
        "Three ministers speak",
    )
    summit = next(m for m in found if m["starts"] == "2023-08")
    assert (summit["country"], summit["venue"]) == ("US", "Camp David")
    seoul = next(m for m in found if m["place"] == "Seoul")
    assert seoul["ordinal"] == 4


def test_a_town_before_those_who_met_is_where_their_meeting_was():
    """Rule place: however long the list between the town and the noun."""
    (found,) = meetings(
        "On May 11, 2027 in Tokyo Japan, National Security Advisor Paul Marsh of the United States met with Japanese "
        "National Security Secretariat Secretary General Aoki Ren and Korean National Security Office Director Lee "
        "Ji-ho for a trilateral national security advisors meeting on defense.",
        "Readout of National Security Advisor Marsh's Meeting",
    )
    assert (found["place"], found["country"]) == ("Tokyo", "JP")


def test_whom_he_met_among_other_things_he_met_in_turn():
    """Rule meeting-parties."""
    assert not meetings(
        "President Paul Marsh of the United States spoke of security on Monday. Among other things, he met with the "
        "presidents of Lithuania, Jonas Balys, the Czech Republic, Petr Dvorak, and Latvia, Janis Kalns, about arms.",
        "Marsh travels",
    )
