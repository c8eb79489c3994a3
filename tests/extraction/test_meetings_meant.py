"""Whom a clause means: leaders of the coalition, of the three countries, who were meeting. Texts are written here."""

import datetime

import pytest
from retold import meetings

import extraction


def told(text):
    return [
        (m["contact_group"], m["starts"], m["place"], sorted(m["participants"]))
        for m in meetings(text, "Talks on arms")
    ]


def test_leaders_of_the_coalition_meet_as_the_coalition():
    text = (
        "The Harbour Coalition plans a force to protect Ukraine. The minister was in the chair on 2 September when the "
        "leaders of the coalition held a summit in Oslo."
    )
    assert ("Harbour Coalition", "2025-09-02", "Oslo") in {t[:3] for t in told(text)}


def test_leaders_of_the_three_countries_are_those_listed_and_not_their_ministers():
    """Rules meeting-company, meeting-sides."""
    text = (
        "A meeting of the defence chiefs of Kenya, Ghana and Senegal is being arranged. A radar is high on the list. "
        "The leaders of the three countries agreed on the idea at a summit in Accra, Ghana, in November 2024."
    )
    assert (None, "2024-11", "Accra", ["GH", "KE", "SN"]) in told(text)


def test_a_body_that_a_relative_clause_says_met():
    text = "He spoke of shells to more than 50 defence leaders from Europe, who were meeting in Oslo on 2 September."
    assert ("2025-09-02", "Oslo") in {t[1:3] for t in told(text)}


def test_a_coalition_that_is_being_gathered_has_not_met():
    assert not told('"We are gathering a demining coalition to arm Ukraine," the minister said.')
    assert not told("A drone coalition is being assembled by Norway to arm Ukraine.")


def test_who_came_to_the_alliance_need_not_be_its_ministers():
    text = (
        "Ministers from 30 countries came to NATO on 4 September for talks on a force. Those who took part in this "
        'meeting of the "Harbour Coalition" spoke of arms.'
    )
    assert {(t[0], t[1]) for t in told(text)} == {("Harbour Coalition", "2025-09-04")}


def test_a_joint_meeting_too_is_apart_from_the_one_before():
    text = (
        "At the 11th ASEAN Defense Ministers' Meeting-Plus in Laos on 2 September, Secretary Ann Hale of the United "
        "States spoke of arms.\n\nThe Secretary had a joint meeting, too, with close allies: Australian Minister Pat "
        "Cole, Japanese Minister Ono Kenji, and Korean Minister Park Min-jun."
    )
    found = meetings(text, "Talks on arms")
    assert [m["ordinal"] for m in found] == [11, None]
    assert {"AU", "JP", "KR"} <= set(found[1]["participants"])


def test_in_the_chair_and_called_it():
    """Who said that another was in the chair was not, nor is who called it a project its convener."""
    text = (
        "The Harbour Coalition met on arms on 2 September, with Norway in the chair, spokesperson Ann Berg said. "
        '"It will help," commented Per Holm, the Danish Defence Minister, who called it a joint project.'
    )
    (met,) = meetings(text, "Talks on arms")
    assert met["chairs"] == ["NO"]


@pytest.mark.parametrize(
    "lead",
    [
        "The Harbour Coalition held its first conference on arms in Oslo on 3 September.",
        "The latest round of the Harbour Coalition on arms was held on 3 September in Oslo.",
        "The previous meeting of the Harbour Coalition on arms was in Oslo on 3 September.",
    ],
)
def test_the_sentences_right_after_a_meeting_go_on_about_it(lead):
    (met,) = meetings(f"{lead} Twenty nations were represented. Denmark's Per Holm also took part.", "Arms for Kyiv")
    assert (met["starts"], met["place"], met["nation_count"], met["participants"]) == ("2025-09-03", "Oslo", 20, ["DK"])


def test_they_are_the_leaders_of_the_force_named_before_each_time_in_its_own_town():
    text = (
        "The leaders of the Harbour Coalition met in Tallinn on 3 September on arms. They had met in Oslo in October "
        "2024 and in Riga in December 2023. A fifth summit is to follow in Bergen in May 2026."
    )
    assert {(t[0], t[1], t[2]) for t in told(text)} == {
        ("Harbour Coalition", "2025-09-03", "Tallinn"),
        ("Harbour Coalition", "2024-10", "Oslo"),
        ("Harbour Coalition", "2023-12", "Riga"),
        ("Harbour Coalition", "2026-05", "Bergen"),
    }


def test_a_previous_meeting_that_brought_many_together_has_its_town():
    text = (
        "The Harbour Coalition meets on arms in Oslo on 19 September. The previous meeting, on 3 June, brought "
        "together 50 countries in Brussels."
    )
    assert ("Harbour Coalition", "2025-06-03", "Brussels") in {t[:3] for t in told(text)}


def test_a_meeting_counted_after_those_in_other_towns_tells_of_them_too():
    text = (
        "Defence ministers of the Harbour Coalition met in Paris on 10 September, their third meeting after Berlin "
        "in November and Warsaw in January. They spoke of arms."
    )
    assert {(t[1], t[2]) for t in told(text)} == {("2025-09-10", "Paris"), ("2024-11", "Berlin"), ("2025-01", "Warsaw")}


def test_the_meeting_of_so_many_countries_is_that_of_the_group_named_before():
    text = (
        "For the first time Norway led the Harbour Coalition. Minister Per Holm of Norway chaired the meeting of more "
        "than 50 countries on arms in Brussels on 10 September."
    )
    assert {t[:3] for t in told(text)} == {("Harbour Coalition", "2025-09-10", "Brussels")}


def test_the_day_of_a_meeting_is_counted_from_the_one_before_it():
    text = (
        "Defence ministers from eleven countries met on arms at Tapa in Estonia on 10 September, a day before the "
        "Harbour Coalition convened in Oslo. The coalition next meets in May, two days after the ministers."
    )
    assert {t[:3] for t in told(text)} >= {(None, "2025-09-10", "Tapa"), ("Harbour Coalition", "2025-09-11", "Oslo")}


@pytest.mark.parametrize(
    "text",
    [
        "On 23 September the Harbour Contact Group is back in Oslo to speak about arms.",
        "Arms for Kyiv are the business that the Harbour Contact Group will see to in Oslo on 23 September.",
        "The members of the Harbour Coalition are expected in Oslo on 23 September.",
    ],
)
def test_a_group_that_is_in_a_town_on_a_day_meets_there(text):
    assert {t[1:3] for t in told(text)} == {("2025-09-23", "Oslo")}


def test_a_coalition_launched_in_a_town_on_a_day_has_not_met_for_that():
    assert not told("Norway unveiled the Harbour Coalition for drones to the press in Oslo on 3 September.")


def test_a_year_told_after_the_town_is_the_meetings():
    (met,) = told("The Harbour Contact Group on arms met in Oslo in the autumn of 2023.")
    assert met[1:3] == ("2023", "Oslo")


@pytest.mark.parametrize(
    "text, day, town",
    [
        ("Ann Berg told NATO's defence ministers in Brussels on 10 September that arms are short.", "10", "Brussels"),
        ("Arms top the agenda of NATO's defence ministers, who are in Brussels today.", "16", "Brussels"),
        ("Armaments directors from 30 countries have been asked to Oslo for 24 September.", "24", "Oslo"),
        ("Armaments directors from 30 countries go to Oslo on 24 September to speak of shells.", "24", "Oslo"),
        (
            "The defence ministers of Germany, France and Italy travelled to Oslo on 10 September for arms talks with "
            "their Norwegian colleague.",
            "10",
            "Oslo",
        ),
        ("Oslo on 10 September played host to the defence ministers of Germany, France and Italy.", "10", "Oslo"),
    ],
)
def test_ministers_in_a_town_on_a_day_meet_there(text, day, town):
    assert [t[1:3] for t in told(text)] == [(f"2025-09-{day}", town)]


HELD = "The Harbour Contact Group met in Oslo on 10 September to speak of arms. "


@pytest.mark.parametrize(
    "more, day, town",
    [
        ("It was the group's 20th meeting; the 19th was held in Bergen on 4 June.", "2025-06-04", "Bergen"),
        ("The one before, on 4 June, was in Bergen.", "2025-06-04", "Bergen"),
        ("The group will be back in Bergen on 2 October.", "2025-10-02", "Bergen"),
        ("On the sidelines, the ministers of the Drone Coalition held talks.", None, "Oslo"),
    ],
)
def test_a_second_meeting_is_told_beside_the_one_at_hand(more, day, town):
    assert sorted(str(t[1:3]) for t in told(HELD + more)) == sorted([str(("2025-09-10", "Oslo")), str((day, town))])


def test_a_day_before_on_the_margins_of_is_that_of_both():
    text = "The Harbour Contact Group will come together on arms on 2 October, on the margins of a NATO summit in Oslo."
    assert {t[1] for t in told(text)} == {"2025-10-02"}


def test_what_is_held_on_the_eve_of_another_tells_its_day():
    text = (
        "The Harbour Coalition met in Oslo on 10 September on arms, on the eve of a meeting of NATO defence ministers."
    )
    assert {t[1] for t in told(text)} == {"2025-09-10", "2025-09-11"}


def test_a_meeting_that_is_expected_is_another_than_the_one_held():
    text = (
        "The defence ministers of Japan, Italy and France met in Oslo on 10 September. A trilateral meeting on exports "
        "of arms is expected in the first half of the year."
    )
    assert [m["status"] for m in meetings(text, "Talks on arms")] == ["held", "planned"]


def test_a_visit_to_a_capital_is_no_place_of_a_meeting():
    text = (
        "The Harbour Contact Group met online on 10 September to speak of arms, two days after the minister's visit to "
        "the Ukrainian capital."
    )
    assert [m["country"] for m in meetings(text, "Talks on arms")] == [None]


def test_the_day_after_counts_from_no_day_of_a_statement():
    text = (
        "The Harbour Contact Group will meet on arms in Oslo on 23 September, two officials said on Monday. The day "
        "after, NATO's defence ministers gather in Oslo."
    )
    assert {t[1] for t in told(text)} == {"2025-09-23", "2025-09-24"}


def test_what_had_been_done_on_a_day_dates_no_meeting_told_next():
    text = (
        "Norway had opened the list for arms on 4 August. The Harbour Coalition met online, led by Per Holm of Norway."
    )
    assert [t[1] for t in told(text)] == [None]


def test_what_is_called_for_a_day_is_to_come():
    (met,) = meetings("Norway has called a meeting of the Harbour Coalition on arms for Saturday.", "Talks on arms")
    assert (met["starts"], met["status"]) == ("2025-09-20", "planned")


def test_who_took_part_was_not_at_the_summit_that_was_spoken_of():
    text = (
        "Norway's Per Holm hosted defence officials from the Nordic-Baltic Eight in Oslo today. The group exchanged "
        "views on arms and on NATO's Vilnius Summit. Participants included representatives of Denmark and Latvia."
    )
    met = {m["place"]: m["participants"] for m in meetings(text, "Talks on arms")}
    assert {"DK", "LV"} <= set(met["Oslo"])
    assert not {"DK", "LV"} & set(met["Vilnius"])


def test_the_next_one_of_an_organisation_is_its_next():
    text = "A NATO summit in Oslo on 10 September agreed on arms. The next will be held in The Hague in June 2026."
    met = meetings(text, "Talks on arms")
    assert [(m["starts"], m["place"], m["participants"]) for m in met] == [
        ("2025-09-10", "Oslo", ["NATO"]),
        ("2026-06", "The Hague", ["NATO"]),
    ]


def test_a_capital_that_the_text_names_elsewhere_is_the_town():
    text = "TALLINN — Ministers of the Harbour Contact Group met in the Estonian capital on 10 September about arms."
    assert [t[1:3] for t in told(text)] == [("2025-09-10", "Tallinn")]


@pytest.mark.parametrize(
    "text, day, town",
    [
        (
            "EU leaders are to discuss air defence for Ukraine at their summit in Brussels on 27 September.",
            "27",
            "Brussels",
        ),
        ("NATO's Military Committee met in Oslo on 13 September to speak of arms.", "13", "Oslo"),
        ("OSLO, Norway — The Harbour Contact Group met on Tuesday to speak of arms.", "16", "Oslo"),
        ("The minister spoke in Oslo on 10 September at a meeting of the Harbour Contact Group on arms.", "10", "Oslo"),
    ],
)
def test_bodies_of_organisations_meet_and_where_reports_and_speeches_place_them(text, day, town):
    assert [t[1:3] for t in told(text)] == [(f"2025-09-{day}", town)]


def test_who_joins_and_leads_a_coalition_is_no_party_to_the_meeting():
    (met,) = meetings(
        "Per Holm of Norway spoke on 10 September at a meeting of the Harbour Contact Group on arms. Ten countries "
        "signed up to the Drone Coalition. The coalition, launched at the same meeting, is led by Latvia.",
        "Talks on arms",
    )
    assert (met["chairs"], met["nation_count"]) == ([], None)


def test_the_day_before_told_after_a_meeting_is_its_day():
    text = (
        "NATO's defence ministers met in Oslo on 11 September. Norway took part in the gathering of the Harbour "
        "Coalition on arms the day before. Nine days later the Harbour Coalition meets in Bergen."
    )
    assert [(t[0], t[1]) for t in told(text)][1:] == [
        ("Harbour Coalition", "2025-09-10"),
        ("Harbour Coalition", "2025-09-20"),
    ]


def test_what_a_colon_explains_places_no_meeting_before_it():
    text = (
        "The defence ministers of Germany, France and Italy held talks on arms at Oslo's Fornebu airport on 10 "
        "September. It is their second meeting: they started in Bergen in June."
    )
    assert told(text)[0][1:3] == ("2025-09-10", "Oslo")


def test_talks_on_ukraine_at_ramstein_are_of_several():
    text = (
        "Allies of Ukraine ended a round of talks at the American base in Ramstein on 12 September with few new "
        "promises of weapons. Ann Berg of Norway had the chair of the meeting, the eleventh of its kind."
    )
    assert [(m["starts"], m["place"], m["chairs"]) for m in meetings(text, "Few promises for Kyiv")] == [
        ("2025-09-12", "Ramstein", ["Ann Berg"])
    ]


@pytest.mark.parametrize(
    "words",
    [
        "The Ramstein leaders' meeting",
        "The Ramstein defence ministers' session",
        "The Ramstein group's meeting",
    ],
)
def test_whoever_meets_as_ramstein_is_the_group(words):
    (met,) = meetings(f"{words} on arms for Ukraine, planned for 12 September, was put off.", "Talks on arms")
    assert (met["contact_group"] is not None, met["starts"], met["status"]) == (True, "2025-09-12", "postponed")


def test_the_council_with_ukraine_is_of_no_group():
    text = (
        "NATO's defence ministers met in Oslo on 11 September. On Friday ministers hold a NATO-Ukraine Council. The "
        "Harbour Contact Group on arms had met in June."
    )
    assert [t[0] for t in told(text) if t[1] in ("2025-09-19", "2025-09-12")] == [None]


def test_a_year_to_come_dates_no_meeting_that_was_held():
    text = (
        "Defence ministers of the Harbour Contact Group met in Oslo this month on arms. In 2026 Norway is to host the "
        "meeting."
    )
    assert told(text)[0][1:3] == ("2025-09", "Oslo")


@pytest.mark.parametrize("published", [datetime.date.min, datetime.date.max])
def test_a_day_counted_beyond_the_calendar_is_none(published):
    text = (
        "Defence ministers of the Harbour Contact Group met in Oslo today on arms, a day before NATO's "
        "defence ministers convene. The Drone Coalition had met the day before."
    )
    found = extraction.read("Talks on arms", text, published).to_json("x")["meetings"]
    assert published.isoformat() in {m["starts"] for m in found}
