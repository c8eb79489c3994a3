#!/usr/bin/env python3
"""Measures what articles made to be slow cost: processor time for 100 kB, how it grows with length, and memory.

    python benchmarks/bad_input.py [KIND…]

Every kind of article is written here, read once at 50 kB and 100 kB in a process of its own that has read nothing like
it before, and the slowest of them at 1 MB and 5 MB too. Prints a table; ends with status 1 where 100 kB take more than
the second allowed. With names of kinds only those are measured.
"""

from __future__ import annotations

import argparse
import calendar
import datetime
import itertools
import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extraction  # noqa: E402

ALLOWED = 1.0
KB = 1000
DAY = datetime.date(2024, 5, 1)
TITLE = "Defence ministers meet on military aid"
# Enough of it for the language to be told by.
OPENING = (
    "Defence ministers of the Ukraine Defence Contact Group met in Brussels on Tuesday to coordinate military aid to "
    "Ukraine. The United States announced a package of $1.3 billion, half of it for air defence. The next meeting "
    "will be held at Ramstein Air Base in Germany on 12 June, the German Defence Minister said.\n\n"
) * 10

_SYLLABLES = re.split(" ", "ka lo mi ru ten vor sak dim pel gor hin bar len mor tas vik")
_STATES = re.split(
    " ", "Germany France Poland Italy Norway Sweden Finland Estonia Latvia Japan Canada Spain Greece Peru"
)
_HEADS = re.split(" ", "Coalition Group Compact Partnership Initiative Alliance Forum Network")
_DEMONYMS = re.split(" ", "German French Polish Italian Norwegian Swedish Finnish Estonian Latvian Japanese")
_OFFICES = ("minister", "defence chief", "spokesman", "state secretary")
_MONTHS = list(calendar.month_name)[1:]


def name(number: int) -> str:
    """A word that is no word: another one for every number below 4,096."""
    return "".join(_SYLLABLES[number >> shift & 15] for shift in (0, 4, 8)).title()


def person(number: int) -> str:
    return f"{name(number * 7 % 4096)} {name(number * 31 % 4096)}"


def state(number: int) -> str:
    return _STATES[number % len(_STATES)]


def day(number: int) -> str:
    return f"{number % 28 + 1} {_MONTHS[number // 28 % 12]}"


# What an article of each kind is made of: its pieces by their number, one after another until it is long enough.
KINDS: dict[str, Callable[[int], str]] = {
    "names in a list": lambda i: f"Minister {person(i)}, ",
    "names in sentences": lambda i: f"Defence Minister {person(i)} met {name(i)} in {name(i + 9)}. ",
    "names bare": lambda i: f"{person(i)}, ",
    "two surnames met": lambda i: f"Minister {person(i)} met {name(i + 3)} and {name(i + 5)} in Oslo. ",
    "no full stop": lambda i: (
        f"defence ministers of the Contact Group will meet in {name(i)} on {day(i)} to pledge ${i} million and the "
        f"talks in Berlin with {state(i)} and the summit at Ramstein will be held by Minister {name(i)} "
    ),
    "one dense sentence": lambda i: (
        "the meeting in Oslo and the meeting of ministers at Ramstein and the talks in Kyiv and the session in Berlin "
    ),
    "mixed scripts": lambda i: f"Минiстр {name(i)} met ministers κ {name(i)}ь в Brussels 会議 on {day(i)}. ",
    "right to left": lambda i: f"\u202bاجتمع وزراء الدفاع\u202c of {state(i)} met in שלום Oslo \u200fon {day(i)}. ",
    "zero-width characters": lambda i: "\u200b".join(f"Ministers of {state(i)} met in Oslo on {day(i)}. "),
    "markup": lambda i: (
        f'<p class="x">Minister <b>{person(i)}</b> met <a href="https://a.example/{i}">ministers</a> in Oslo.</p>\n'
    ),
    "Markdown": lambda i: f"[Minister {person(i)}](https://a.example/{i}) met **ministers** in [Oslo](//o.example). ",
    "tags never closed": lambda i: f"<a <b [x](//y met [{name(i)} ",
    "groups": lambda i: f"Ministers of the {person(i)} {_HEADS[i % 8]} met in Oslo. ",
    "groups with short names": lambda i: f"The {name(i)} Drone {_HEADS[i % 8]} ({name(i)[:3].upper()}{i % 97}) met. ",
    "groups with members": lambda i: (
        f"The {i % 40 + 3}-nation {name(i)} {_HEADS[i % 8]}, which groups {state(i)}, {state(i + 1)} and "
        f"{state(i + 2)}. "
    ),
    "states": lambda i: f"{state(i)}, ",
    "names among states": lambda i: f"Minister {person(i)} and {state(i)} and ",
    "states and their ministers": lambda i: f"{state(i)}'s {person(i)}, ",
    "sums of money": lambda i: f"${i + 1} million, €{i % 9 + 1}bn and {i} million kroner; ",
    "packages": lambda i: (
        f"{state(i)} pledged ${i + 1} million in military aid to Ukraine, {i % 50} million of it for {name(i)} and "
        f"half for {state(i + 3)}. "
    ),
    "a sum in many parts": lambda i: f"including ${i + 1} million for shells, of which half for {state(i)}, ",
    "dates": lambda i: (
        f"on {day(i)}, from {i % 28 + 1} to {(i + 3) % 28 + 1} {_MONTHS[i % 12]} {2000 + i % 30}, last Thursday, "
    ),
    "years": lambda i: f"in {1990 + i % 40} and ",
    "meetings dated": lambda i: f"Ministers of the Contact Group met in {name(i)} on {day(i)} {2015 + i % 9}. ",
    "meetings numbered": lambda i: f"The {i}th meeting of the Contact Group was held in {name(i)} on {day(i)}. ",
    "meetings of parties": lambda i: f"Ministers of {state(i)}, {state(i + 1)} and {state(i + 2)} met in {name(i)}. ",
    "the meeting, it": lambda i: "The meeting was held there. It was chaired by him. The gathering ended. ",
    "quotes and speakers": lambda i: f'"We will send shells to Ukraine," Minister {person(i)} said. "It is time." ',
    "quotes never closed": lambda i: f'"We meet {name(i)} said "',
    "typographic quotes": lambda i: f"\u2018We\u2019ll go, said {name(i)}, \u2018and \u201cmeet\u201d\u2019 ",
    "a transcript": lambda i: f"\n\nMINISTER {name(i).upper()}: We will send {i} shells.",
    "questions and answers": lambda i: f"\n\nQ: When do ministers meet?\n\nA: On {day(i)} in {name(i)}.",
    "nested parentheses": lambda i: "(the meeting " * 8 + "in Oslo" + ")" * (i % 8),
    "brackets": lambda i: "(",
    "full stops": lambda i: ". ",
    "one word": lambda i: "ministers ",
    "one short word": lambda i: "of the ",
    "one capital word": lambda i: "Minister ",
    "titles": lambda i: "Deputy Assistant Secretary of Defense for the Joint Staff of the Ministry ",
    "titles and names": lambda i: f"Lt. Gen. {person(i)}, the deputy chief of the general staff of {state(i)}, ",
    "chairs": lambda i: f"The meeting was chaired by Minister {person(i)} and hosted by {state(i)}. ",
    "a roll": lambda i: f"\n- {person(i)}, Minister of Defence of {state(i)};",
    "offices without names": lambda i: (
        f"The {_DEMONYMS[i % 10]} {_OFFICES[i // 10 % 4]} said so. {person(i)} said it. "
    ),
    "offices for names": lambda i: (
        f'{_DEMONYMS[i % 10]} Defence Minister {person(i)} met. "Yes," the {_DEMONYMS[i % 7]} said. The Defence '
        "Minister and the British minister hosted. "
    ),
    "strangers quoted": lambda i: f'"We go," {person(i)} said. Analyst {name(i)} {name(i + 5)} left. ',
    "one speaker": lambda i: "\n\nMINISTER LEN BARDO: We met and I said that we will send shells.",
    "one name": lambda i: "Minister Len Bardo met Minister Bardo. He said: I met the Minister. ",
    "one group": lambda i: "The meeting of the Contact Group, the group and its meeting under the Contact Group. ",
    "groups of no article": lambda i: f"{name(i)} Mine Compact. The format and the group. ",
    "all capitals": lambda i: f"DEFENCE MINISTER {person(i).upper()} MET MINISTERS IN OSLO ON {day(i).upper()}. ",
    "a sentence a word": lambda i: f"{('Ministers', 'Met', name(i), 'Oslo', 'Talks')[i % 5]}. ",
    "a line a word": lambda i: f"{('Ministers', 'met', name(i), 'in Oslo', 'talks')[i % 5]}\n",
    "no blank": lambda i: "defence",
    "figures": lambda i: f"{i * 7919 % 1000003} ",
    "letters for private use": lambda i: chr(0xE000 + i % 6400),
    "surrogates": lambda i: "\ud800 NATO \x00 met ",
    "empty lines": lambda i: "\n",
    "possessives": lambda i: f"{name(i)}'s ministers' ",
    "hyphens": lambda i: f"{name(i)}-{state(i)}-",
    "abbreviations": lambda i: "U.S. Gen. St. No. ",
    "weapons": lambda i: "HIMARS, Patriot, F-16s, 155mm shells, Leopard 2 tanks, ",
}
LENGTHS = (50, 100)
GREAT_LENGTHS = (1000, 5000)
SLOWEST = 4


def article(kind: str, kilobytes: int) -> str:
    """The text of an article of a kind, in so many thousand characters."""
    size, piece = kilobytes * KB, KINDS[kind]
    pieces, length = [OPENING], len(OPENING)
    for number in itertools.count():
        if length >= size:
            break
        pieces.append(piece(number))
        length += len(pieces[-1])
    return "".join(pieces)[:size]


def measure(task: tuple[str, int]) -> tuple[float, float]:
    """Seconds of processor time for one article and the most MiB that the process held."""
    kind, kilobytes = task
    text = article(kind, kilobytes)
    started = time.process_time()
    extraction.read(TITLE, text, DAY)
    taken = time.process_time() - started
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    asked = parser.parse_args().kinds
    if unknown := [kind for kind in asked if kind not in KINDS]:
        parser.error(f"no such kind: {', '.join(unknown)}; there are {', '.join(KINDS)}")
    # What is loaded once a process, the recogniser of names by the second, is no part of an article's time.
    extraction.read(TITLE, article("mixed scripts", 10), DAY)
    # A fresh process for each: what one article leaves behind would make the next one cheaper.
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        print(f"{'':28}{'50 kB':>9}{'100 kB':>9}{'peak memory':>15}")
        taken = {}
        for kind in asked or KINDS:
            (half, _), (whole, memory) = (pool.apply(measure, ((kind, length),)) for length in LENGTHS)
            taken[kind] = whole
            print(
                f"{kind:28}{half:7.2f} s{whole:7.2f} s{memory:11.0f} MiB{'  OVER' if whole > ALLOWED else ''}",
                flush=True,
            )
        print(f"\n{'':28}{'1 MB':>9}{'5 MB':>9}{'peak memory':>15}")
        for kind in sorted(taken, key=lambda kind: -taken[kind])[:SLOWEST]:
            (one, _), (five, memory) = (pool.apply(measure, ((kind, length),)) for length in GREAT_LENGTHS)
            print(f"{kind:28}{one:7.2f} s{five:7.2f} s{memory:11.0f} MiB", flush=True)
    over = [kind for kind, seconds in taken.items() if seconds > ALLOWED]
    print(f"\n{len(taken)} kinds; over {ALLOWED:g} s for 100 kB: {', '.join(over) or 'none'}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
