"""Meetings without a named group: who is listed says how many sides met. All sentences are written here."""

import datetime

import pytest

import extraction

TUESDAY = datetime.date(2025, 9, 16)


def meetings(text, title="Talks on the flank"):
    return extraction.read(title, text, TUESDAY).to_json("x")["meetings"]


@pytest.mark.parametrize(
    "text",
    [
        "The defence secretary of the United States, Paul Marsh, met with Japanese Defense Minister Aoki Ren and "
        "Philippine Secretary of National Defense Jose Cruz in Manila on Monday to discuss missile defence.",
        "Norway, Sweden and Finland sat down in Oslo on Monday to discuss joint air defence.",
        "The foreign ministers of Greece, Cyprus and Egypt gathered in Athens on Monday. They spoke of arms and "
        "security at sea.",
        "Italian Prime Minister Carlo Neri and Slovene President Ana Kranj flew to Zagreb on Monday for their third "
        "summit with Croatian Prime Minister Ivo Babic, devoted to air defence.",
    ],
)
def test_three_states_that_meet_are_a_meeting(text):
    """Rule meeting-parties."""
    (found,) = meetings(text)
    assert (found["starts"], found["status"], found["contact_group"]) == ("2025-09-15", "held", None)


@pytest.mark.parametrize(
    "text",
    [
        "Secretary of Defense Paul Marsh spoke today with the defence ministers of Canada, France and Poland about "
        "the military situation.",
        "Norwegian Defence Minister Per Dahl met separately with Latvian Minister Janis Ozols and Estonian Minister "
        "Jaan Tamm in Oslo on Monday to discuss arms.",
        "Japan and Australia sat down in Tokyo on Monday to discuss the security of the sea lanes.",
    ],
)
def test_one_after_the_other_or_two_are_none(text):
    """Rule meeting-parties: calls and sidelines are of two, unless the text says that they were held together."""
    assert meetings(text) == []


def test_a_list_next_to_a_group_is_of_the_groups_meeting():
    """Rule meeting-parties: the group named beside keeps its meeting."""
    (found,) = meetings(
        "Estonia, Latvia, Poland and Romania met today in Riga and agreed on arms. The secretary general took part in "
        "the meeting.",
        "The Bucharest Nine agree on arms",
    )
    assert (found["contact_group"], found["place"], found["starts"]) == ("Bucharest Nine", "Riga", "2025-09-16")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        # rule scope-peace
        (
            "Lucerne hosts first three-way talks on ending the war",
            "Envoys of Russia, Ukraine and the United States sat at one table in Lucerne on Monday.",
        ),
        # governments that are no states, and security of supply
        (
            "Islands to store more grain",
            "Åland, the Faroe Islands and Greenland met in Nuuk on Monday. They adopted a statement on security of "
            "supply. Iceland holds the presidency of the Ministerial Council.",
        ),
    ],
)
def test_peace_talks_and_civil_ones_are_none(title, text):
    assert meetings(text, title) == []


def test_the_day_of_a_call_to_preview_a_summit_is_not_the_summits():
    """Rules date-ahead, status-planned."""
    (found,) = meetings(
        "Thank you for joining us today for our call to preview the NATO Summit.", "Background call on defence"
    )
    assert (found["starts"], found["status"]) == (None, "planned")


def test_a_trilateral_meeting_says_how_many_sides_it_has():
    """Rule scope-many-sided: and the adjective of another noun names no meeting."""
    (found,) = meetings(
        "The national security advisers held a trilateral meeting in Seoul on Monday. They praised trilateral "
        "security cooperation against missiles."
    )
    assert (found["place"], found["starts"]) == ("Seoul", "2025-09-15")


def test_a_videoconference_with_allies_is_of_several():
    """Rule scope-sides."""
    (found,) = meetings(
        "President Paul Marsh hosted a videoconference on Monday with Allies and partners to discuss security "
        "assistance for Ukraine."
    )
    assert found["starts"] == "2025-09-15"


def test_ministers_of_three_states_sign_in_a_town():
    """Rule meeting-decided."""
    (found,) = meetings(
        "Estonia, Latvia and Lithuania will fortify their border under an agreement that their defence ministers "
        "signed in Riga on Monday."
    )
    assert (found["place"], found["starts"]) == ("Riga", "2025-09-15")


def test_what_one_looks_forward_to_is_planned():
    """Rule status-planned."""
    (found,) = meetings(
        "The advisers look forward to the trilateral summit on defence to be hosted by the President in Seoul."
    )
    assert found["status"] == "planned"


def test_the_year_since_is_no_date_of_a_meeting():
    """Rule date-since."""
    (found,) = meetings(
        "On September 15, Japan, the United States and Australia held their third defence ministers' meeting since "
        "2021."
    )
    assert found["starts"] == "2025-09-15"


def test_who_took_part_says_how_many_met():
    """Rule meeting-attended."""
    (found,) = meetings(
        "The plan was made public after a meeting in Helsinki.\n\nThe defence ministers of Denmark, Estonia and Norway "
        "took part, and Iceland sent its foreign minister. They talked about security in the region."
    )
    assert (found["place"], sorted(found["participants"])) == ("Helsinki", ["DK", "EE", "IS", "NO"])


def test_an_abbreviation_ends_no_list():
    """Rule meeting-parties: the stop of "U.S." is none of the sentence."""
    (found,) = meetings(
        "For an hour on Monday, Aoki Ren, Japan's Defense Minister, sat down with U.S. Defense Secretary Paul Marsh, "
        "Australian Defense Minister Ann Reed and Philippine Defense Secretary Jose Cruz. Their statement speaks of "
        "security at sea."
    )
    assert sorted(found["participants"]) == ["AU", "JP", "PH", "US"]


def test_two_meetings_of_one_journey():
    """Rules meeting-counted, discourse-pairs: where both were; and whom he met one by one took part in neither."""
    first, second = meetings(
        "National Security Advisor Paul Marsh traveled to Tokyo, Japan, for two trilateral meetings.\n\n"
        "On June 15, the United States, Japan and South Korea held their third security advisors' trilateral meeting."
        "\n\nOn June 16, the United States, Japan and the Philippines held their first security advisors' trilateral "
        "meeting.\n\nMarsh met bilaterally with his counterparts Aoki Ren of Japan, Han Jun of South Korea and Jose "
        "Cruz of the Philippines."
    )
    assert (first["place"], first["starts"], first["participants"]) == ("Tokyo", "2025-06-15", ["US", "JP", "KR"])
    assert (second["place"], second["starts"], second["participants"]) == ("Tokyo", "2025-06-16", ["US", "JP", "PH"])


def test_a_call_with_the_leaders_of_allies_is_of_several():
    """Rules meeting-parties, meeting-call."""
    (found,) = meetings(
        "President Paul Marsh spoke with the leaders of allied countries and NATO on Monday about military support for "
        "Ukraine. The call included the leaders of Canada, Germany and Poland, the White House said."
    )
    assert (found["starts"], found["status"]) == ("2025-09-15", "held")
    assert set(found["participants"]) >= {"US", "CA", "DE", "PL"}


def test_a_council_is_called_by_its_name():
    """Rule meeting-head."""
    (found,) = meetings("The NATO-Ukraine Council met in Brussels on Monday to discuss air defence.")
    assert found["label"].startswith("NATO-Ukraine Council")


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        # rule meeting-parties: a number of countries says enough
        (
            "Heads of government from seven European countries joined Anne Roux in Paris on Monday to weigh how to "
            "keep arming Ukraine and how defence ministers can buy ammunition together.",
            "Paris",
            "2025-09-15",
        ),
        # who flew to a summit meets there
        (
            "Greek Prime Minister Nikos Kyrou and Cypriot President Petros Liasos flew to Jerusalem on Monday for "
            "their tenth summit with Israeli Prime Minister David Adler. They agreed on military cooperation.",
            "Jerusalem",
            "2025-09-15",
        ),
        # rule meeting-decided: their ministers are those of the states spoken of
        (
            "The Nordic and Baltic states will jointly finance a package of American arms for Ukraine, their defence "
            "ministers decided in Helsinki on Monday. Norway and Denmark are among the participating countries.",
            "Helsinki",
            "2025-09-15",
        ),
        # rule meeting-clause: to bring together is to convene; the month before it is another's
        (
            "The Visegrad countries train together. The Czech Republic takes over the presidency in October and plans "
            "to bring the four chiefs of staff together in Prague in November, its defence ministry said of military "
            "aid.",
            "Prague",
            "2025-11",
        ),
    ],
)
def test_who_meets_in_a_town(text, place, date):
    (found,) = meetings(text, "Arms for the east")
    assert (found["place"], found["starts"]) == (place, date)


def test_the_meeting_on_whose_sidelines_others_met():
    """Rules place-sidelines, meeting-of-same-series: it is in the same town, and "they meet again" is not it."""
    sidelines, ministers, again = meetings(
        "The foreign ministers of Bulgaria, Romania and Turkey sat down in Brussels on Monday to discuss security. "
        "They held the trilateral on the sidelines of a meeting of NATO foreign ministers. They will meet again in "
        "Bucharest in the spring."
    )
    assert (sidelines["place"], sidelines["starts"]) == ("Brussels", "2025-09-15")
    assert (ministers["place"], ministers["participants"]) == ("Brussels", ["NATO"])
    assert (again["place"], again["status"]) == ("Bucharest", "planned")
