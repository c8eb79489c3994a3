"""Confidence follows how often a rule was right, keeps its order, and changes nothing else."""

import dataclasses
import datetime

import pytest

import extraction
from extraction import calibration
from extraction.calibration import Judged, fit, shifted
from extraction.engine import read_uncalibrated

ARTICLE = (
    "Norway pledges shells",
    "Norwegian Defence Minister Lars Holm pledged $40 million for Ukraine's artillery on Monday.",
    datetime.date(2024, 3, 20),
)


def judged(rule, right, wrong, confidence=0.9, field="packages.donor"):
    return [Judged(field, rule, confidence, True)] * right + [Judged(field, rule, confidence, False)] * wrong


def shift_of(ratings, rule):
    [rating] = [r for r in ratings if r.rule == rule and r.field == "packages.donor"]
    return rating.shift


def test_a_rule_often_wrong_falls_and_one_always_right_rises():
    ratings = fit(judged("weak", 50, 50) + judged("strong", 100, 0))
    assert shifted(0.9, shift_of(ratings, "weak")) == pytest.approx(0.5, abs=0.05)
    assert shifted(0.9, shift_of(ratings, "strong")) > 0.95


def test_few_values_say_little():
    known = judged("known", 90, 10)
    once = shifted(0.9, shift_of(fit(known + judged("once", 0, 1)), "once"))
    often = shifted(0.9, shift_of(fit(known + judged("once", 0, 40)), "once"))
    assert once > 0.75
    assert often < 0.3


def test_a_rule_keeps_its_surer_values_surer():
    values = judged("mixed", 30, 10, 0.7) + judged("mixed", 38, 2, 0.95)
    shift = shift_of(fit(values), "mixed")
    assert shifted(0.7, shift) < shifted(0.95, shift)


@pytest.mark.parametrize("confidence", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("shift", [-6.0, 0.0, 6.0])
def test_confidence_stays_between_nothing_and_certainty(confidence, shift):
    assert 0 < shifted(confidence, shift) < 1


def test_a_field_has_a_row_for_rules_not_seen():
    assert {r.rule for r in fit(judged("known", 9, 1))} == {"", "known"}
    assert fit([]) == []


def test_only_confidence_changes():
    stated, given = read_uncalibrated(*ARTICLE), extraction.read(*ARTICLE)
    flat = [
        [dataclasses.replace(e, confidence=0.0) for p in facts.packages for e in p.evidence]
        for facts in (stated, given)
    ]
    assert flat[0] == flat[1]
    assert stated.packages[0].amount == given.packages[0].amount
    before, after = ([e.confidence for e in facts.packages[0].evidence] for facts in (stated, given))
    assert before != after


def test_the_file_has_numbers_for_the_rules_it_names():
    table = calibration.shifts()
    assert ("packages.amount", "money") in table
    assert all(-6 <= shift <= 6 for shift in table.values())
