"""Confidence is the chance of the item times that of the value, and what is not nearly sure is held back."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extraction
from extraction import calibration, logistic
from extraction.calibration import KNOWN_BY, NEARLY_SURE, calibrated, level_of, vouched
from extraction.calibration_signs import SECTIONS, Setting, signs_of_item, signs_of_value
from extraction.document import Document
from extraction.engine import read_uncalibrated
from extraction.logistic import Model

ARTICLE = Document(
    "Norway pledges shells",
    "Norwegian Defence Minister Lars Holm pledged $40 million for Ukraine's artillery on Monday.",
    datetime.date(2024, 3, 20),
)
MEETINGS = Document(
    "Contact Group meets in Brussels",
    "The 19th meeting of the Ukraine Defense Contact Group was held at NATO headquarters in Brussels on February 14, "
    "2024. Norway and Denmark took part. At the group's meeting in January, allies had spoken about drones.",
    datetime.date(2024, 2, 15),
)
# What an outlet of ordinary reliability publishes alone: 0.5 / 0.8.
PUBLISHED = 0.625


@pytest.fixture
def models(monkeypatch):
    """Models of given weights in place of the measured ones."""

    def use(items, values):
        for name, weights in (("ITEMS", items), ("VALUES", values)):
            model = Model(calibration.ITEMS.path)
            model.weights = weights
            monkeypatch.setattr(calibration, name, model)

    return use


def confidences(item):
    return {(e.field, e.value): e.confidence for e in item.evidence}


def signs(document):
    """The signs of every item and of every value that is read."""
    facts = read_uncalibrated(document)
    setting = Setting(facts, document)
    for section in SECTIONS:
        for index, item in enumerate(getattr(facts, section)):
            yield section, signs_of_item(setting, section, index)
            for one in item.evidence:
                yield f"{section}.{one.field}", signs_of_value(setting, section, item, one)


def test_a_doubtful_item_makes_all_its_values_doubtful(models):
    values = {"bias": 5.0, "packages.donor": 0.0, "packages.recipients": 0.0}
    models({"bias": 6.0}, values)
    sure = confidences(calibrated(read_uncalibrated(ARTICLE), ARTICLE).packages[0])
    models({"bias": 0.0}, values)
    doubtful = confidences(calibrated(read_uncalibrated(ARTICLE), ARTICLE).packages[0])
    assert sure["donor", "NO"] >= NEARLY_SURE
    assert doubtful["donor", "NO"] < PUBLISHED
    assert sure["recipients", "UA"] > 1.5 * doubtful["recipients", "UA"]
    # No annotation judges currencies by themselves: they are no surer than the sum they are of.
    assert doubtful["currency", "USD"] <= 0.5 < sure["currency", "USD"]


def test_a_value_doubted_leaves_the_others_of_its_item_alone(models):
    models({"bias": 6.0}, {"bias": 5.0, "packages.donor": -6.0, "packages.recipients": 0.0})
    found = confidences(calibrated(read_uncalibrated(ARTICLE), ARTICLE).packages[0])
    assert found["donor", "NO"] < PUBLISHED <= found["recipients", "UA"]


def test_without_weights_rules_are_taken_at_their_word(models):
    models({}, {})
    stated = read_uncalibrated(ARTICLE)
    assert calibrated(stated, ARTICLE) == stated


def test_only_confidence_changes():
    stated, given = read_uncalibrated(ARTICLE), extraction.read(ARTICLE.title, ARTICLE.text, ARTICLE.published)
    assert stated.packages[0].amount == given.packages[0].amount
    shown = [[(e.field, e.quote, e.rule, e.value) for p in f.packages for e in p.evidence] for f in (stated, given)]
    assert shown[0] == shown[1]
    assert confidences(stated.packages[0]) != confidences(given.packages[0])


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["packages.donor", *sorted(KNOWN_BY)]))
def test_what_is_not_nearly_sure_is_not_published_alone_and_order_is_kept(one, other, field):
    less, more = sorted((one, other))
    assert 0 < vouched(less, field) <= vouched(more, field) < 1
    assert (vouched(more, field) >= PUBLISHED) == (more >= level_of(field))


@given(st.floats(0.06, 0.98))
def test_two_articles_publish_what_is_likelier_than_not(chance):
    stated = vouched(chance, "packages.donor")
    assert (2 * 0.8 * stated >= 0.5) or chance < 0.32
    # A chance is stated as it is but for those that are held back though they are likely.
    assert stated == round(chance, 2) or 0.55 <= stated <= 0.62 < NEARLY_SURE


def test_what_a_meeting_is_known_by_is_stated_a_little_sooner():
    assert vouched(0.8, "meetings.starts") == 0.8 > PUBLISHED > vouched(0.8, "meetings.participants")


def test_another_meeting_of_the_group_without_day_or_place_is_a_sign():
    numbered, bare = [found for of, found in signs(MEETINGS) if of == "meetings"]
    assert {"meetings numbered", "meetings placed", "meetings others of the group 1"} <= set(numbered)
    assert "meetings bare, another of its kind" not in numbered
    assert "meetings of 2" in bare


def test_a_value_of_another_sentence_is_marked_and_what_the_meeting_model_saw_is_passed_on():
    found = dict(signs(MEETINGS))
    assert "meetings.participants sentence after" in found["meetings.participants"]
    assert not any("sentence" in sign for sign in found["contact_groups.name"])
    assert any(sign.startswith("meetings shows ") for sign in found["meetings"])
    facts = extraction.read(MEETINGS.title, MEETINGS.text, MEETINGS.published)
    assert facts.meetings[0].signs
    assert "signs" not in facts.to_json("01")["meetings"][0]


def test_signs_begin_with_what_they_are_of_and_none_is_told_twice():
    for of, found in itertools.chain(signs(ARTICLE), signs(MEETINGS)):
        assert found[0] == of
        assert all(sign.startswith(of) for sign in found)
        assert len(found) == len(set(found)), of


def test_the_measured_weights_are_of_signs_that_are_given():
    known = {sign for _, found in itertools.chain(signs(ARTICLE), signs(MEETINGS)) for sign in found}
    fields = {f"packages.{name}" for name in ("amount", "donor", "recipients", "status")}
    assert fields <= set(calibration.VALUES.weights)
    weighed = set(calibration.ITEMS.weights) | set(calibration.VALUES.weights)
    assert len(known & weighed) > len(known) / 2


def test_an_example_of_half_worth_counts_half():
    examples = [({"a"}, True)] * 30 + [({"a"}, False)] * 30
    even = logistic.fit(examples, 0.1, 1)
    tilted = logistic.fit(examples, 0.1, 1, [1.0] * 30 + [0.5] * 30)
    chances = [Model(calibration.ITEMS.path) for _ in range(2)]
    for model, weights in zip(chances, (even, tilted), strict=True):
        model.weights = weights
    assert chances[0].probability({"a"}) == pytest.approx(0.5, abs=0.02)
    assert chances[1].probability({"a"}) == pytest.approx(2 / 3, abs=0.02)
