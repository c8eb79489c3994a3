"""Lists of thousands of names are read in step with their length: what the reader calls is counted, not timed."""

import datetime
import sys
from itertools import product

import pytest

import extraction

GIVEN = ["Bar", "Len", "Mor", "Tas", "Vik", "Dor", "Nel", "Shu", "Kor", "Rip"]
SURNAMES = ["".join(parts) for parts in product(["Bar", "Len", "Mor", "Tas"], *[["dov", "lin", "kra", "ses"]] * 4)]
TEXTS = {
    "in a list": lambda i: f"Minister {GIVEN[i % 10]}tan {SURNAMES[i]} of Norway, ",
    "in sentences": lambda i: f"Minister {GIVEN[i % 10]}tan {SURNAMES[i]} met {SURNAMES[-i]} in Oslo, he said. ",
    "bare": lambda i: f"{GIVEN[i % 10]}tan {SURNAMES[i]}, ",
    "in a transcript": lambda i: f"\n\nMINISTER {SURNAMES[i].upper()}: We will send shells.",
}


def read(text: str) -> None:
    head = "The Ukraine Defense Contact Group met in Oslo on Tuesday to coordinate military aid to Ukraine. There were "
    extraction.read("Ministers meet on arms", head + text, datetime.date(2023, 9, 20))


def calls(text: str) -> int:
    """How many functions and steps of generators a reading takes."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("item", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_names_take_about_twice_the_steps(item):
    once, twice = ("".join(map(item, range(1, size))) for size in (300, 600))
    read(once)
    assert calls(twice) < 2.3 * calls(once)
