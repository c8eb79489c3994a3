"""Lists of thousands of names, groups or offices are read in step with their length: what the reader calls is counted,
not timed. `benchmarks/bad_input.py` times them."""

import cProfile
import datetime
import gc
import importlib
from itertools import product

import pytest

import extraction
from extraction.document import MAX_SENTENCES, Document

GIVEN = ["Bar", "Len", "Mor", "Tas", "Vik", "Dor", "Nel", "Shu", "Kor", "Rip"]
SURNAMES = ["".join(parts) for parts in product(["Bar", "Len", "Mor", "Tas"], *[["dov", "lin", "kra", "ses"]] * 4)]
OF = ["German", "French", "Polish", "Italian", "Norwegian", "Swedish", "Finnish", "Estonian"]
POSTS = ["minister", "defence chief", "spokesman", "state secretary"]
TEXTS = {
    "in a list": lambda i: f"Minister {GIVEN[i % 10]}tan {SURNAMES[i]} of Norway, ",
    "in sentences": lambda i: f"Minister {GIVEN[i % 10]}tan {SURNAMES[i]} met {SURNAMES[-i]} in Oslo, he said. ",
    "bare": lambda i: f"{GIVEN[i % 10]}tan {SURNAMES[i]}, ",
    "questions and answers": lambda i: f"\n\nQ: Will it be in the talks?\n\nA: He is to be with {SURNAMES[i]} in Oslo.",
    "groups": lambda i: (
        f"Ministers of the {GIVEN[i % 10]}tan {SURNAMES[i]} Mine Compact met. The format and the group. "
    ),
    "offices": lambda i: f"The {OF[i % 8]} {POSTS[i // 8 % 4]} said so. {GIVEN[i % 10]}tan {SURNAMES[i]} said it. ",
    "strangers": lambda i: f'"We go," said {GIVEN[i % 10]}tan {SURNAMES[i]}. The {OF[i % 8]} said: "We stay." ',
    "in a transcript": lambda i: f"\n\nMINISTER {SURNAMES[i].upper()}: We will send shells.",
}


def read(text: str) -> None:
    head = "The Ukraine Defense Contact Group met in Oslo on Tuesday to coordinate military aid to Ukraine. There were "
    extraction.read("Ministers meet on arms", head + text, datetime.date(2023, 9, 20))


def calls(text: str) -> int:
    """How many functions and steps of generators a reading takes."""
    profile = cProfile.Profile(builtins=False)
    profile.runcall(read, text)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("item", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_names_take_about_twice_the_steps(item):
    once, twice = ("".join(map(item, range(1, size))) for size in (120, 240))
    read(once)
    assert calls(twice) < 2.3 * calls(once)


def test_sentences_beyond_the_bound_cost_nothing():
    """A word on every line: each is a sentence, and rules look at every sentence."""
    lines = "Talks\n" * MAX_SENTENCES
    once, twice = (Document("Ministers meet", lines * times, None).sentences for times in (1, 2))
    assert len(once) == len(twice) == MAX_SENTENCES


def test_the_collector_of_garbage_is_left_as_it_was():
    assert gc.isenabled()
    read("Ministers met.")
    assert gc.isenabled()
    gc.disable()
    try:
        read("Ministers met.")
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(("module", "name"), [("groups", "OTHER_CONTACT_GROUP"), ("reading", "_OF_NATO")])
def test_a_whole_text_is_gone_through_once_for_what_it_speaks_of(monkeypatch, module, name):
    """Asked anew for every mention, a text of a thousand mentions would be gone through a thousand times."""
    asked = []
    pattern = getattr(importlib.import_module(f"extraction.{module}"), name)

    class Counting:
        def search(self, text):
            asked.append(len(text))
            return pattern.search(text)

    monkeypatch.setattr(f"extraction.{module}.{name}", Counting())
    text = (
        "Defence ministers of the Contact Group met on arms. The Alliance sent a minister to the Contact Group. " * 20
    )
    extraction.read("Allies meet on arms", text, None)
    assert len(asked) == 1
