"""Whether the quote given for a value stands in the text where it says, and shows the value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extraction.scoring.annotations import SECTIONS, Item
from extraction.scoring.comparing import without_parentheses, words

MAX_QUOTE = 400
# What needs a quote; list fields need one an element.
SHOWN = {
    "contact_groups": ("name", "member_count"),
    "meetings": (
        "contact_group", "ordinal", "starts", "ends", "place", "country", "venue", "status", "nation_count",
        "chairs", "participants",
    ),
    "officials": ("name", "title", "affiliation", "quoted"),
    "packages": ("amount", "programme", "donor", "announced", "status", "recipients"),
}  # fmt: skip
_OF_TIME = re.compile(
    r"\d|today|tomorrow|yesterday|week|month|day\b|spring|summer|autumn|fall|winter|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|"
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)\b",
    re.IGNORECASE,
)
_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_UNITS = {word: number for row in (_CARDINALS, _ORDINALS) for number, word in enumerate(row.split())}
_TENS = {"twenty": 20, "thirty": 30, "thirtieth": 30, "forty": 40, "fortieth": 40, "fifty": 50, "fiftieth": 50}


@dataclass(frozen=True)
class Grounded:
    """The facts without the values that no quote shows.

    `sections`: as read, otherwise. `dropped`: (section, index of the item, field, value) of each single value taken
    out. `shown` of `given` values have a true quote; the elements of lists count one by one.
    """

    sections: dict[str, list[Item]]
    dropped: list[tuple[str, int, str, Any]]
    shown: int
    given: int


def present(value: object) -> bool:
    """Whether a field says anything; `quoted: false` does not."""
    return value is not None and value is not False and value != "" and value != []


def ground(facts: Mapping[str, Any], content: str) -> Grounded:
    """Facts in the interchange format against the content of their article."""
    sections: dict[str, list[Item]] = {}
    dropped: list[tuple[str, int, str, Any]] = []
    shown = given = 0
    for section in SECTIONS:
        sections[section] = []
        for index, item in enumerate(facts.get(section) or []):
            quotes, kept = _true_quotes(item, content), dict(item)
            for field in SHOWN[section]:
                value = item.get(field)
                if not present(value):
                    continue
                if isinstance(value, list):
                    kept[field] = value[: len(quotes[field])]
                    given, shown = given + len(value), shown + len(kept[field])
                    continue
                given += 1
                if any(shows(field, value, quote) for quote in quotes[field]):
                    shown += 1
                else:
                    kept[field] = None
                    dropped.append((section, index, field, value))
            sections[section].append(kept)
    return Grounded(sections, dropped, shown, given)


def _true_quotes(item: Item, content: str) -> dict[str, set[str]]:
    """By field, the different quotes that stand where they are said to stand."""
    quotes: dict[str, set[str]] = defaultdict(set)
    for evidence in item.get("evidence") or []:
        if content[evidence["start"] : evidence["end"]] == evidence["quote"]:
            quotes[evidence["field"]].add(evidence["quote"])
    return quotes


def shows(field: str, value: Any, quote: str) -> bool:
    """Strict where the value is itself a piece of text or a number, lenient where it follows from the quote."""
    if len(quote.strip()) < 2 or len(quote) > MAX_QUOTE:
        return False
    if field in ("name", "place", "venue", "title"):
        wanted, found = set(words(without_parentheses(value)).split()), set(words(quote).split())
        return bool(set(words(value).split()) & found) and 2 * len(wanted & found) >= len(wanted)
    if field in ("amount", "ordinal", "nation_count", "member_count"):
        return _shows_number(value, quote.lower())
    if field in ("starts", "ends", "announced"):
        return bool(_OF_TIME.search(quote))
    return bool(re.search(r"\w\w", quote))


def _shows_number(value: float, quote: str) -> bool:
    """Digits or number words; zeros at the end do not count, so that "2.2 billion" shows 2200000000."""
    digits = str(int(value)) if float(value).is_integer() else str(value)
    significant = digits.rstrip("0") or digits
    for run in re.findall(r"\d[\d,.]*", quote):
        bare = run.replace(",", "").replace(".", "").lstrip("0")
        if bare == digits or bare.rstrip("0") == significant:
            return True
    spelt = re.findall(r"[a-z]+", quote)
    numbers = [_UNITS[word] for word in spelt if word in _UNITS]
    round_numbers = [*numbers, *(20 for word in spelt if word == "twenty")]
    if any(str(number).rstrip("0") == significant for number in round_numbers):
        return True
    if sum(numbers) + sum(_TENS.get(word, 0) for word in spelt) == value:
        return True
    return (significant == "5" and "half" in spelt) or (significant == "1" and bool({"a", "an"} & set(spelt)))
