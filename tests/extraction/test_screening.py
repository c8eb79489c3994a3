"""Screening passes over a pattern only where it cannot match: tried on every pattern that the rules have."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extraction
from extraction.screening import DIGIT, Screen, Screened, choices_of


def _patterns(value):
    if isinstance(value, Screened):
        yield value.pattern
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _patterns(part)


MODULES = [importlib.import_module(f"extraction.{m.name}") for m in pkgutil.iter_modules(extraction.__path__)]
PATTERNS = list(
    {p.pattern: p for m in MODULES for v in vars(m).values() for p in _patterns(v) if choices_of(p)}.values()
)
# Words of the patterns themselves, else hardly any text would match.
SCREEN = Screen(PATTERNS)
PIECES = sorted({w for p in PATTERNS for w in choices_of(p)[0]} | set(" ,.;'\"-\n$€\ue000\ue200\ue400\uf000İıſK"))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_match_is_passed_over(pieces):
    for text in ("".join(pieces), "".join(pieces).upper()):
        possible = SCREEN.possible(text)
        for index, pattern in enumerate(PATTERNS):
            if index not in possible:
                assert pattern.search(text) is None, pattern.pattern


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_a_pattern_generates_holds_one_of_its_words(data):
    pattern = data.draw(st.sampled_from([p for p in PATTERNS if "(?-i:" not in p.pattern]))
    text = data.draw(st.from_regex(pattern))
    assert Screened(pattern.pattern, pattern.flags).may_match(text)


@pytest.mark.parametrize(
    "pattern, flags, words",
    [
        (r"\b(?:defen[cs]e|arms) ministers?\b", 0, {"arms minister", "defence minister", "defense minister"}),
        (r"(?:co-?)?chair(?:s|ed)?\b", 0, {"chair"}),
        (r"\b[Tt]he (?:group|pact)", 0, {"the group", "the pact"}),
        (r"\w+ (?:met|gather\w+) in [A-Z]", 0, {"gather", "met"}),
        (r"\bin the \w+", 0, {"in the "}),
        (r"\b(?:in|of) \d", 0, {DIGIT}),
        (r"(?:met)+", re.I, {"met"}),
        (r"(?:met|\d+)", 0, {"met", DIGIT}),
        (r"(?:met|[^\d])", 0, None),
        (r"(?:met)?", 0, None),
        (r"[0-9]+", 0, {DIGIT}),
        (r"[0-9a-f]+", 0, None),
        (r"\w+", 0, None),
    ],
)
def test_the_words_of_a_pattern(pattern, flags, words):
    assert next(iter(choices_of(re.compile(pattern, flags))), None) == words


def test_a_pattern_of_several_choices_needs_a_word_of_each():
    pattern = r"\b(?:twelve|\d+) (?:states|nations)\b(?: of the (?:group|pact))?[^.]* (?:joined|signed up)\b"
    assert choices_of(re.compile(pattern)) == [
        {" joined", " signed up"},
        {" states", " nations"},
        {"twelve", DIGIT},
    ]
    screened = Screened(pattern)
    assert screened.search("All 12 states have signed up.")
    for text in ("All the states have signed up.", "All 12 states have signed.", "All 12 have signed up."):
        assert not screened.may_match(text)


def test_a_part_of_a_text_is_passed_over_by_what_the_text_holds():
    screened = Screened(r"\bhybrid\b")
    assert screened.search("a hybrid session", 0, 8, of="a hybrid session")
    assert screened.search("session", of="a hybrid session") is None
    assert screened.search("a hybrid session", 9, of="a hybrid session") is None


def test_letters_that_ignoring_case_takes_for_others_are_not_passed_over():
    pattern = re.compile(r"\bsession(?:s|k)", re.I)
    for text in ("ſeſſion\u017f", "SESSİONS", "sessıonK"):
        assert (pattern.search(text) is not None) <= Screened(pattern.pattern, pattern.flags).may_match(text)
        assert pattern.search(text)
