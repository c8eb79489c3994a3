"""Nothing is stated without words of the text that show it: what shows a value, and the last check of a reading."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from extraction.document import DROPPED, MAX_QUOTE, Document
from extraction.facts import ContactGroup, Evidence, Facts, Meeting, Official, Package, Value
from extraction.gazetteer import gazetteer

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
_RUN = re.compile("[a-z0-9]+")
_READABLE = re.compile(r"\w\w")
_IN_PARENTHESES = re.compile(r"\([^)]*\)")
_Item = TypeVar("_Item", ContactGroup, Meeting, Official, Package)
_Named = TypeVar("_Named", ContactGroup, Official)


def words(value: object) -> str:
    """Lower-case ASCII letters and digits, one space between; "defence" reads "defense"."""
    text = str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join("defense" if run == "defence" else run for run in _RUN.findall(text.lower()))


def without_parentheses(value: object) -> str:
    return _IN_PARENTHESES.sub(" ", str(value))


def present(value: object) -> bool:
    """Whether a field says anything; `quoted: false` does not."""
    return value is not None and value is not False and value != "" and value != []


def shows(field: str, value: Any, quote: str) -> bool:
    """Strict where the value is itself a piece of text or a number, lenient where it follows from the quote."""
    if len(quote.strip()) < 2 or len(quote) > MAX_QUOTE:
        return False
    quote = DROPPED.sub("", quote)
    if field in ("name", "place", "venue", "title"):
        wanted, found = set(words(without_parentheses(value)).split()), set(words(quote).split())
        return bool(set(words(value).split()) & found) and 2 * len(wanted & found) >= len(wanted)
    if field in ("amount", "ordinal", "nation_count", "member_count"):
        return _shows_number(value, quote.lower())
    if field in ("starts", "ends", "announced"):
        return bool(_OF_TIME.search(quote))
    return bool(_READABLE.search(quote))


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
    if _spelt_number(spelt) == significant:
        return True
    return (significant == "5" and "half" in spelt) or (significant == "1" and bool({"a", "an"} & set(spelt)))


def _spelt_number(spelt: list[str]) -> str | None:
    """The digits of a number in words without its zeros: "two and a half", "a hundred and fifty", "a quarter"."""
    number, said = 0.0, False
    for word in spelt:
        if word == "hundred":
            number = 100 * (number or 1)
        number += _UNITS.get(word, 0) + _TENS.get(word, 0) + {"half": 0.5, "quarter": 0.25}.get(word, 0.0)
        said = said or number > 0
    # "a billion and a half" is one and a half.
    if spelt[:1] in (["a"], ["one"]) and "and" in spelt and number == 0.5:
        number = 1.5
    return f"{number:g}".replace(".", "").strip("0") if said else None


# -- the last check of a reading ------------------------------------------------------------------------------


def only_shown(document: Document, facts: Facts) -> Facts:
    """Rule only-shown: the facts without the values that no quote shows, each element of a list by a quote of its own.

    Where one name shows two elements ("NATO-Ukraine Council"), the second is shown by its own part of the name, else
    by the name and a word beside it. An item whose name or amount is not shown stays out as a whole.
    """
    packages = [_checked(document, "packages", one) for one in facts.packages]
    stay = [i for i, one in enumerate(packages) if any(e.field == "amount" for e in one.evidence)]
    moved = {old: new for new, old in enumerate(stay)}
    return replace(
        facts,
        contact_groups=_named(_checked(document, "contact_groups", one) for one in facts.contact_groups),
        meetings=tuple(_checked(document, "meetings", one) for one in facts.meetings),
        officials=_named(_checked(document, "officials", one) for one in facts.officials),
        packages=tuple(
            replace(packages[i], part_of=moved.get(p) if (p := packages[i].part_of) is not None else None) for i in stay
        ),
    )


def _named(items: Iterable[_Named]) -> tuple[_Named, ...]:
    return tuple(item for item in items if any(e.field == "name" for e in item.evidence))


def _checked(document: Document, section: str, item: _Item) -> _Item:
    """The item with the values that are shown; evidence of a value that is not goes with it."""
    evidence = list(item.evidence)
    changed: dict[str, Any] = {}
    for name in SHOWN[section]:
        value = getattr(item, name)
        if not present(value):
            continue
        own = [e for e in evidence if e.field == name]
        if isinstance(value, tuple):
            shown = _each_shown(document, value, own)
            if [e for _, e in shown] != own:
                changed[name] = tuple(element for element, _ in shown)
                evidence = [e for e in evidence if e.field != name] + [e for _, e in shown]
        elif not any(shows(name, value, e.quote) for e in own):
            if name not in ("name", "amount", "status"):
                changed[name] = False if value is True else None
            evidence = [e for e in evidence if e.field != name]
    return replace(item, **changed, evidence=tuple(evidence)) if changed or len(evidence) < len(item.evidence) else item


def _each_shown(document: Document, values: tuple[str, ...], own: list[Evidence]) -> list[tuple[str, Evidence]]:
    """Every element with a quote that shows no other element, in order; elements without one are left out."""
    used: set[str] = set()
    found: list[tuple[str, Evidence]] = []
    of_value: dict[Value, list[Evidence]] = defaultdict(list)
    for one in own:
        of_value[one.value].append(one)
    for value in values:
        for one in of_value[value]:
            quote = next((q for q in _quotes(document, one) if q.quote not in used), None)
            if quote is not None and shows("", value, quote.quote):
                used.add(quote.quote)
                found.append((value, quote))
                break
    return found


def _quotes(document: Document, one: Evidence) -> Iterator[Evidence]:
    """The quote itself, the part of it that names the value, and the quote with a word more on either side."""
    yield one
    # A longer name hides the names in it, so they are looked up word by word.
    for word in re.finditer(r"\w+", one.quote):
        entry = gazetteer().lookup(word.group(), "nation", "demonym", "capital", "organisation")
        if entry is not None and entry.value == one.value:
            yield _cut(document, one, one.start + word.start(), one.start + word.end())
    after = re.compile(r"[ '\w]{1,3}\w*").match(document.content, one.end)
    if after is not None:
        yield _cut(document, one, one.start, after.end())
    before = re.search(r"\w+ $", document.content[max(0, one.start - 40) : one.start])
    if before is not None:
        yield _cut(document, one, one.start - len(before.group()), one.end)


def _cut(document: Document, one: Evidence, start: int, end: int) -> Evidence:
    end = min(end, start + MAX_QUOTE)
    return replace(one, start=start, end=end, quote=document.content[start:end])
