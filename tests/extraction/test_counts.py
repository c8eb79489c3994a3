"""How many nations attend a meeting, apart from how many belong to its group, read through the public door."""

from __future__ import annotations

import datetime

import pytest

import extraction

DAY = datetime.date(2027, 5, 14)
FIRST = "The Ukraine Defense Contact Group met in Brussels on Wednesday. "


def read(text):
    return extraction.read("Allies meet", text, DAY).to_json("x")


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("About 50 countries dialed in.", 50),
        ("Representatives of 31 states turned up.", 31),
        ("The arms buyers of 45 nations were in the hall.", 45),
        ("The number of participating states was once more 45.", 45),
        ("The talks took place with more than 40 allies and partner nations.", 40),
        ("The twelve Northern Group nations met for an hour before.", 12),
        ("The session assembled 23 countries.", 23),
    ],
)
def test_ways_to_say_how_many_attend(sentence, number):
    """Rule count-attendance."""
    assert {m["nation_count"] for m in read(FIRST + sentence)["meetings"]} - {None} == {number}


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers gathered on 7 March for a dinner.",
        "Norway spoke for the nine other nations present.",
        "It has brought together more than 50 countries.",
        "The group consists of 51 states that signed a letter.",
        "Eight countries decided to join the Radar Coalition at the meeting.",
    ],
)
def test_numbers_that_are_no_attendance(sentence):
    assert {m["nation_count"] for m in read(FIRST + sentence)["meetings"]} == {None}


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("It has brought together more than 50 countries.", 50),
        ("It now counts nine.", 9),
        ("Twelve states belong to it.", 12),
        ("More than 50 belong to the group.", 50),
        ("The talks were about the group, to which some fifty countries belong.", 50),
        ("Ten countries are members.", 10),
        ("Its membership stands at nine nations.", 9),
        ("All 14 members took part.", 14),
        ("Ministers of the ten participating nations of the Ukraine Defense Contact Group spoke.", 10),
        ("The 53 nations of the Ukraine Defense Contact Group are gathering.", 53),
        ("Eleven countries have joined the Ukraine Defense Contact Group so far.", 11),
        ("The group, which goes by many names, unites 53 countries.", 53),
        ("Belgium has become the 18th member of the Ukraine Defense Contact Group.", 18),
        ("The Ukraine Defense Contact Group, led by Latvia, has grown to 18 countries.", 18),
        ("The number of countries in the Ukraine Defense Contact Group has risen to 18.", 18),
        ("Estonia leads the Ukraine Defense Contact Group, in which 18 countries take part.", 18),
        ("The Ukraine Defense Contact Group, a group of ten northern European nations, trains pilots.", 10),
    ],
)
def test_ways_to_say_how_many_belong(sentence, number):
    """Rules count-*."""
    (group,) = read(FIRST + sentence)["contact_groups"]
    assert group["member_count"] == number


@pytest.mark.parametrize(
    "text",
    [
        "The Ukraine Defense Contact Group in Brussels will gather representatives of 40 countries.",
        "Seven countries of the Ukraine Defense Contact Group signed a letter in Brussels on Wednesday.",
        "France set up the Ukraine Defense Contact Group in Paris with 21 other nations.",
    ],
)
def test_numbers_that_are_no_membership(text):
    assert [g["member_count"] for g in read(text)["contact_groups"]] == [None]


def test_who_founds_a_coalition_is_its_size():
    found = read("In Brussels on Wednesday, 20 countries led by Latvia established the Radar Capability Coalition.")
    assert [(g["name"], g["member_count"]) for g in found["contact_groups"]] == [("Radar Capability Coalition", 20)]
