"""Meetings and groups by rule: what is one, which mentions are of one, when it is. All sentences are written here."""

import datetime

import pytest

import extraction
from extraction.date_resolution import resolve
from extraction.dates import find_dates

TUESDAY = datetime.date(2025, 9, 16)


def read(text, title="Arms for the flank", published=TUESDAY):
    return extraction.read(title, text, published).to_json("x")


def meetings(text, **more):
    return read(text, **more)["meetings"]


def groups(text, **more):
    return [g["name"] for g in read(text, **more)["contact_groups"]]


# -- groups ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, name",
    [
        # rule group-weighed
        (
            "The Limfjord Compact, which groups Denmark, Norway and Sweden, met on Monday. Defence ministers of the "
            "Compact bought mines and missiles.",
            "Limfjord Compact",
        ),
        (
            "Defence ministers of the Danube Shell Watch met in Vienna. The five-nation Danube Shell Watch pools "
            "ammunition, and arms depots are open to its military staffs.",
            "Danube Shell Watch",
        ),
        ("Ministers of the Tatra Ten (Poland, Czechia, Slovakia) met on arms, ammunition and troops.", "Tatra Ten"),
    ],
)
def test_a_group_that_no_list_knows_is_found_by_what_stands_around_its_name(text, name):
    assert name in groups(text)


@pytest.mark.parametrize(
    "text",
    [
        "Troops of nine nations took part in Exercise Amber Shield, a military drill with ammunition and missiles.",
        "Shares of Baltic Armour Group rose after the company won a contract for military vehicles and ammunition.",
        "The Alpine Forum met in Chur. Seven ministers of the Alpine Forum agreed on rail tunnels.",
    ],
)
def test_exercises_companies_and_civil_bodies_are_no_groups(text):
    assert groups(text) == []


def test_head_initials_and_short_form_are_the_group():
    """Rules group-head-alias, group-initials, group-short-form."""
    facts = read(
        "The International Howitzer Platform met in Lyon on Monday. Members of the Howitzer Platform buy artillery "
        "together. The Platform has a budget. The IHP will grow, defence ministers said."
    )
    assert [g["name"] for g in facts["contact_groups"]] == ["International Howitzer Platform"]
    assert {"IHP", "Platform"} <= set(facts["contact_groups"][0]["aliases"])


# -- mentions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "clause",
    [
        "The Contact Group came together in Oslo on Monday",
        "Ministers of the Contact Group conferred in Oslo on Monday",
        "The Contact Group got together in Oslo on Monday",
        "Defence ministers of the Contact Group sat down in Oslo on Monday",
    ],
)
def test_verbs_of_gathering(clause):
    [found] = meetings(f"The Ukraine Defense Contact Group arms Kyiv. {clause}.")
    assert (found["starts"], found["status"]) == ("2025-09-15", "held")


@pytest.mark.parametrize(
    "text",
    [
        "The Ukraine Defense Contact Group meets every month.",
        "The Ukraine Defense Contact Group has not met.",
        "Defence ministers of Norway and Sweden are members of the Ukraine Defense Contact Group.",
    ],
)
def test_habits_and_what_did_not_happen_are_no_meetings(text):
    assert meetings(text) == []


def test_the_next_one_and_the_first_one_need_no_noun():
    """Rule meeting-ellipsis."""
    found = meetings(
        "The Ukraine Defense Contact Group held its second meeting in Oslo on Monday. The first, in Riga on "
        "3 March 2025, was brief. The next is due in Ghent on 5 November."
    )
    assert [(m["ordinal"], m["starts"], m["status"]) for m in found] == [
        (2, "2025-09-15", "held"),
        (1, "2025-03-03", "held"),
        (None, "2025-11-05", "planned"),
    ]


def test_a_list_of_days_is_a_list_of_meetings():
    """Rule meeting-list."""
    found = meetings(
        "The Joint Expeditionary Force trains together. In 2023 ministers of the Joint Expeditionary Force conferred "
        "three times: in Riga on 3 March, in Oslo on 4 June and in Bergen on 5 October."
    )
    assert [m["starts"] for m in found] == ["2023-03-03", "2023-06-04", "2023-10-05"]


def test_a_diary_line_is_a_meeting():
    """Rule meeting-diary."""
    [found] = meetings("Dates on defence.\n\n14 October, Vilnius: defence ministers of the Joint Expeditionary Force")
    assert (found["starts"], found["status"]) == ("2025-10-14", "planned")


def test_a_sentence_without_the_usual_words_is_weighed():
    """Rule meeting-weighed."""
    [found] = meetings(
        "The Skagen Mine Compact is small. Ministers of the Compact, seven in all, took their places round the table "
        "in Oslo on Monday with missiles, mines and arms to share among their military staffs."
    )
    assert found["starts"] == "2025-09-15"


# -- joining --------------------------------------------------------------------------------------------------


def test_a_month_sets_an_earlier_meeting_apart_and_a_definite_noun_takes_up_the_last():
    found = meetings(
        "The 30th meeting of the Ukraine Defense Contact Group opened in London on Monday. Healey recalled the "
        "group's meeting in July. The gathering ended late."
    )
    assert [(m["ordinal"], m["starts"]) for m in found] == [(30, "2025-09-15"), (None, "2025-07")]


def test_a_clause_and_the_noun_in_it_are_one_meeting():
    [found] = meetings(
        "Defence Secretary John Healey hosted his Australian and American counterparts in London on Monday for talks "
        "on AUKUS, a pact under which Canberra is to get submarines."
    )
    assert (found["contact_group"], found["starts"], found["status"]) == ("AUKUS", "2025-09-15", "held")


# -- scope ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Delegations from 40 countries met in Rome on Monday to rebuild hospitals and schools in Ukraine.",
        "Norway's defence minister met his Danish counterpart in Oslo on Monday to discuss air defence.",
        "Russian and Ukrainian negotiators met in Doha on Monday for ceasefire talks under the eyes of the military.",
    ],
)
def test_civil_conferences_bilaterals_and_peace_talks_are_out(text):
    assert meetings(text) == []


def test_ministers_of_many_states_on_defence_are_in_without_a_group():
    [found] = meetings("Defence ministers of 12 countries met in Turin on Monday to pool ammunition.")
    assert found["starts"] == "2025-09-15"


# -- days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, expected",
    [
        ("on Wednesday and Thursday last week", ("2025-09-10", "2025-09-11")),
        ("last Thursday and Friday", ("2025-09-11", "2025-09-12")),
        ("on Friday of last week", ("2025-09-12", None)),
        ("in January of last year", ("2024-01", None)),
        ("last March", ("2025-03", None)),
        ("next November", ("2025-11", None)),
    ],
)
def test_weeks_and_years_named_beside_a_day_or_a_month(text, expected):
    [mention] = find_dates(text)
    assert resolve(mention, TUESDAY, "past") == expected


def test_days_before_something_else_count_from_no_publication():
    assert [d.kind for d in find_dates("two days before the directors' meeting")] == []
    assert [d.kind for d in find_dates("two days ago")] == ["day_shift"]


def test_that_day_is_the_day_just_named():
    """Rule date-neighbour."""
    [found] = meetings(
        "All eyes are on 16 October. On that day the Ukraine Defense Contact Group will confer by video link."
    )
    assert (found["starts"], found["mode"]) == ("2025-10-16", "virtual")
