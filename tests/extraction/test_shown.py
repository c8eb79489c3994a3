"""No value without words of the text that show it, and no two elements of a list by the same words."""

from __future__ import annotations

import datetime

import pytest

from extraction.engine import read
from extraction.scoring.grounding import ground

DAY = datetime.date(2026, 6, 10)


def facts_of(text, title="Allies talk about arms for Ukraine"):
    facts = read(title, text, DAY).to_json("1")
    grounded = ground(facts, f"{title}\n\n{text}")
    assert grounded.shown == grounded.given, text
    return facts


def quotes(item, field):
    return {e["value"]: e["quote"] for e in item["evidence"] if e["field"] == field}


def test_a_name_made_of_two_parties_shows_each_by_words_of_its_own():
    facts = facts_of(
        "Defence ministers will meet in the NATO-Ukraine Council in Brussels on 12 June to discuss air defence."
    )
    council = facts["meetings"][0]
    assert set(council["participants"]) >= {"NATO", "UA"}
    shown = quotes(council, "participants")
    assert shown["UA"] == "Ukraine"
    assert len(set(shown.values())) == len(shown)


def test_an_abbreviation_of_single_letters_is_shown_with_the_word_after_it():
    facts = facts_of(
        "The Ukraine Defense Contact Group meets on 16 June, when the U.K.'s John Healey will chair it, NATO said."
    )
    healey = next(o for o in facts["officials"] if o["name"] == "John Healey")
    assert healey["affiliation"] == "GB"
    assert quotes(healey, "affiliation")["GB"] == "U.K.'s John"


@pytest.mark.parametrize(
    "text",
    [
        "The Ukraine Defence Contact Group will convene for its 38th meeting this evening, the minister said.",
        "Germany pledged two and a half billion euros in military aid for Ukraine, and Spain a quarter of a billion.",
        "Norway promised one hundred and fifty million euros for artillery shells for Ukraine on Monday.",
    ],
)
def test_every_value_is_shown(text):
    facts_of(text)


def test_a_day_that_no_word_of_time_shows_is_left_open():
    facts = facts_of("The Ukraine Defence Contact Group will convene for its 38th meeting this evening in Brussels.")
    assert [m["starts"] for m in facts["meetings"]] == [None]
