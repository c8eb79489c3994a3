"""Two readings of one text compete value by value: agreement raises, contradiction lowers, the surer one stays."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from model_answers import TEXT, TITLE, WEDNESDAY, meeting, official, package, read, shown

import extraction
from extraction.competition import CERTAIN, merge
from extraction.facts import Anchor, Evidence, Facts, Meeting, Official, Package

ANCHOR = Anchor(10, 17)


def seen(field: str, value: object, confidence: float, at: int = 100) -> Evidence:
    return Evidence(field, at, at + 5, "words", confidence, "rule", value)  # type: ignore[arg-type]


def a_meeting(anchor: Anchor = ANCHOR, confidence: float = 0.9, **values: object) -> Meeting:
    fields: dict = dict.fromkeys(
        ("contact_group", "ordinal", "starts", "ends", "place", "country", "venue", "nation_count", "level", "mode")
    )
    fields |= {"nation_count_qualifier": None, "label": "meeting", "status": "held"}
    fields |= dict.fromkeys(("chairs", "participants", "topics", "coordinated_with", "officials_present"), ())
    evidence = [
        seen(name, element, confidence)
        for name, value in values.items()
        for element in (value if isinstance(value, tuple) else [value])
    ]
    return Meeting(**{**fields, **values}, anchor=anchor, evidence=tuple(evidence))


def together(first: Meeting, second: Meeting, **how: bool) -> Facts:
    return merge(Facts("en", True, meetings=(first,)), Facts("en", True, meetings=(second,)), **how)


def confidence_of(item: Meeting, field: str) -> float:
    return max(e.confidence for e in item.evidence if e.field == field)


def test_agreement_raises_the_confidence_to_what_two_independent_errors_leave():
    [one] = together(a_meeting(place="Riga"), a_meeting(place="Riga", confidence=0.8)).meetings
    assert (one.place, confidence_of(one, "place")) == ("Riga", 0.98)
    [same] = together(a_meeting(place="Riga"), a_meeting(place="Riga", confidence=0.8), independent=False).meetings
    assert confidence_of(same, "place") == 0.9
    [sure] = together(a_meeting(place="Riga", confidence=0.97), a_meeting(place="Riga", confidence=0.97)).meetings
    assert confidence_of(sure, "place") == CERTAIN


@pytest.mark.parametrize("mine, theirs, stays", [(0.9, 0.8, "Riga"), (0.6, 0.8, "Oslo"), (0.8, 0.8, "Riga")])
def test_the_surer_value_stays_and_loses_what_the_other_takes_from_it(mine, theirs, stays):
    [one] = together(a_meeting(place="Riga", confidence=mine), a_meeting(place="Oslo", confidence=theirs)).meetings
    winner, loser = max(mine, theirs), min(mine, theirs)
    assert one.place == stays
    assert confidence_of(one, "place") == round(winner * (1 - loser) / (winner * (1 - loser) + 1 - winner), 2)
    assert {e.value for e in one.evidence if e.field == "place"} == {stays}


def test_what_one_leaves_open_the_other_fills():
    [one] = together(a_meeting(place="Riga"), a_meeting(ordinal=19, nation_count=50, confidence=0.8)).meetings
    assert (one.place, one.ordinal, one.nation_count) == ("Riga", 19, 50)
    assert confidence_of(one, "ordinal") == 0.8


def test_a_value_without_evidence_yields_to_one_that_has_it():
    mine = a_meeting(place="Riga")
    [one] = together(mine, a_meeting(status="planned", confidence=0.8)).meetings
    assert (one.status, confidence_of(one, "status")) == ("planned", 0.8)


def test_a_day_within_the_month_is_no_contradiction():
    [one] = together(a_meeting(starts="2024-04"), a_meeting(starts="2024-04-25", confidence=0.8)).meetings
    assert (one.starts, confidence_of(one, "starts")) == ("2024-04-25", 0.8)


def test_the_last_day_comes_from_the_reading_whose_first_day_wins():
    mine = a_meeting(starts="2024-04-25", ends="2024-04-26", confidence=0.6)
    [one] = together(mine, a_meeting(starts="2024-05-02", confidence=0.8)).meetings
    assert (one.starts, one.ends) == ("2024-05-02", None)
    assert "ends" not in {e.field for e in one.evidence}
    [agreed] = together(a_meeting(starts="2024-04-25"), a_meeting(starts="2024-04-25", ends="2024-04-26")).meetings
    assert agreed.ends == "2024-04-26"


def test_lists_are_joined_and_common_elements_raised():
    [one] = together(
        a_meeting(participants=("DE", "FR")), a_meeting(participants=("FR", "NO"), confidence=0.8)
    ).meetings
    assert one.participants == ("DE", "FR", "NO")
    assert {e.value: e.confidence for e in one.evidence} == {"DE": 0.9, "FR": 0.98, "NO": 0.8}


UDCG = "Ukraine Defense Contact Group"
ELSEWHERE = Anchor(500, 507)


@pytest.mark.parametrize(
    "mine, theirs, one",
    [
        ({"ordinal": 19}, {"ordinal": 19}, True),
        ({"starts": "2024-03-19"}, {"starts": "2024-03-19"}, True),
        ({"contact_group": "UDCG", "place": "Riga"}, {"contact_group": UDCG, "place": "Riga"}, True),
        ({"contact_group": "UDCG"}, {"contact_group": "UDCG"}, False),
        ({"ordinal": 19, "starts": "2024-03-19"}, {"ordinal": 20, "starts": "2024-03-19"}, False),
        ({"starts": "2024-03-19", "place": "Riga"}, {"starts": "2024-04-25", "place": "Riga"}, False),
        ({"ordinal": 3, "contact_group": "UDCG"}, {"ordinal": 3, "contact_group": "Drone Coalition"}, False),
        ({}, {}, False),
    ],
)  # fmt: skip
def test_which_meetings_are_one(mine, theirs, one):
    found = together(a_meeting(**mine), a_meeting(ELSEWHERE, **theirs)).meetings
    assert len(found) == (1 if one else 2)


def test_the_same_words_are_the_same_meeting_whatever_is_read_into_them():
    assert len(together(a_meeting(ordinal=19), a_meeting(ordinal=20)).meetings) == 1


def person(name: str, at: int, **values: object) -> Official:
    fields = {"title": None, "affiliation": None, "quoted": False, "aliases": (), **values}
    return Official(name, **fields, anchor=Anchor(at, at + 5), evidence=(seen("name", name, 0.9, at),))


@pytest.mark.parametrize(
    "mine, theirs, names",
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", ["Volodymyr Zelensky"]),
        ("Austin", "Lloyd Austin", ["Lloyd Austin"]),
        ("Lloyd Austin", "L. Austin", ["Lloyd Austin"]),
        ("Lloyd Austin", "Larry Austin", ["Lloyd Austin", "Larry Austin"]),
        ("Lloyd Austin", "Mark Tanner", ["Lloyd Austin", "Mark Tanner"]),
    ],
)
def test_which_people_are_one_and_that_the_fullest_name_stays(mine, theirs, names):
    rules = Facts("en", True, officials=(person(mine, 50),))
    found = merge(rules, Facts("en", True, officials=(person(theirs, 90),)))
    assert [o.name for o in found.officials] == names


def test_a_new_name_is_the_same_everywhere():
    rules = Facts("en", True, officials=(person("Austin", 50),), meetings=(a_meeting(chairs=("Austin",)),))
    found = merge(rules, Facts("en", True, officials=(person("Lloyd Austin", 90),)))
    assert found.meetings[0].chairs == ("Lloyd Austin",)
    assert [e.value for e in found.meetings[0].evidence] == ["Lloyd Austin"]


def money(amount: float, at: int, donor: str | None) -> Package:
    evidence = (seen("amount", amount, 0.9, at), *([seen("donor", donor, 0.9, at)] if donor else []))
    return Package(amount, "EUR", None, None, donor, (), (), None, None, (), None, None, Anchor(at, at + 5), evidence)


@pytest.mark.parametrize(
    "mine, theirs, number",
    [
        ((5e8, 50, "DE"), (5e8, 90, "DE"), 1),
        ((5e8, 50, "DE"), (5e8, 90, None), 1),
        ((5e8, 50, "DE"), (5e8, 90, "FR"), 2),
        ((5e8, 50, "DE"), (6e8, 90, "DE"), 2),
    ],
)
def test_which_sums_are_one(mine, theirs, number):
    rules = Facts("en", True, packages=(money(*mine),))
    assert len(merge(rules, Facts("en", True, packages=(money(*theirs),))).packages) == number


def test_indices_of_the_rules_stay_true():
    rules = Facts(
        "en", True, packages=(money(9e8, 50, "DE"), replace(money(5e8, 90, "DE"), part_of=0, meeting=0)),
        meetings=(a_meeting(),),
    )  # fmt: skip
    found = merge(rules, Facts("en", True, meetings=(a_meeting(ELSEWHERE),), packages=(money(7e8, 20, "DE"),)))
    assert [p.amount for p in found.packages] == [9e8, 5e8, 7e8]
    assert (found.packages[1].part_of, found.packages[1].meeting) == (0, 0)
    assert len(found.meetings) == 2


def test_nothing_against_nothing_changes_nothing():
    facts = extraction.read(TITLE, TEXT, WEDNESDAY)
    assert facts.meetings
    assert merge(facts, Facts("en", True)).to_json("x") == facts.to_json("x")


SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples").glob("[0-9]*.json"))


@pytest.mark.parametrize("path", SAMPLES[::6], ids=lambda path: path.stem)
def test_a_reading_against_itself_changes_nothing(path):
    article = json.loads(path.read_text())
    facts = extraction.read(article["title"], article["text"], datetime.date.fromisoformat(article["published"]))
    once, twice = facts.to_json("x"), merge(facts, facts, independent=False).to_json("x")
    for section in ("contact_groups", "meetings", "officials", "packages", "statements"):
        for item in (*once[section], *twice[section]):
            item["evidence"] = sorted(item["evidence"], key=lambda e: (e["field"], e["start"], str(e["value"])))
    assert once == twice


def test_a_reading_of_the_same_article_finds_its_partners():
    rules = extraction.read(TITLE, TEXT, datetime.date(2024, 3, 20))
    answer = {
        **meeting("19th meeting", starts=shown("2024-03-19", "on Tuesday")),
        **official("Lloyd Austin"),
        **package(donor=shown("DE", "Germany")),
    }
    both = merge(rules, read(answer)[0])
    assert [len(both.meetings), len(both.officials), len(both.packages)] == [
        len(rules.meetings),
        len(rules.officials),
        len(rules.packages),
    ]
