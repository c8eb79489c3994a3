"""How a package is split: "half for A and half for B", "split between A, which receives €1 billion, and B"."""

from __future__ import annotations

import re

from extraction.facts import Share
from extraction.money import find_money
from extraction.reading import Reading
from extraction.screening import Screened

Span = tuple[int, int]

_FRACTIONS = {
    "half": 0.5,
    "one half": 0.5,
    "the other half": 0.5,
    "a half": 0.5,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "two thirds": 2 / 3,
    "a quarter": 0.25,
    "one quarter": 0.25,
    "three quarters": 0.75,
    "a fifth": 0.2,
    "one fifth": 0.2,
    "two fifths": 0.4,
    "three fifths": 0.6,
    "four fifths": 0.8,
}
_FRACTION = (
    r"(?P<fraction>(?:the other |one |a )?half|(?:a|one|two|three|four) (?:third|quarter|fifth)s?|"
    r"\d{1,2}(?:\.\d)? ?(?:%|per ?cent)|"
    r"the (?:rest|remainder|remaining half)|the other)"
)
_NAME = r"(?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)*"
_WHO_LIST = rf"(?-i:{_NAME}(?:, {_NAME})+,? and {_NAME})"
_EACH = Screened(
    rf"\b{_FRACTION}(?: of (?:it|them|this|that|the (?:money|sum|total|amount)))?(?: (?:is|was|will be|are|to be|"
    rf"would be))?"
    r"(?: (?:go(?:es|ing)?|will go|to go|meant|reserved|earmarked|set aside|intended))*(?: ?: ?| (?:for|to|"
    rf"on|(?:is |are |will )?(?:to )?be (?:shared|divided|split) (?:by|among|between|amongst)) )(?:the )?"
    rf"(?P<who>{_WHO_LIST}|[^,.;]{{2,70}}?)"
    r"(?=[,.;]| (?:that|which|who) |"
    r" and (?:the (?:other|rest|remain)|half|one|two|three|a (?:third|quarter|fifth|half)|\d)|$)",
    re.I,
)
# "120 for Fiji, 80 for Tonga" of $200 million, "60 percent for Fiji, 40 for Tonga".
_COUNTED = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d+)?)(?P<percent> ?(?:%|per ?cent))?(?: (?:goes|go|will go|is|are|would go))? (?:to|for) "
    r"(?:the )?(?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})(?=[,.;]| and |$)"
)
_BETWEEN = Screened(
    r"\b(?:split|divided|shared|shared out)\b(?: (?P<how>in half|equally|evenly|in two|"
    r"fifty-fifty))?(?: (?:between|among|amongst)) (?:the )?(?P<who>[^.;]{4,200})",
    re.I,
)
STARTS_SPLIT = re.compile(
    r"(?:[A-Z][A-Z. '-]{2,30}: )?(?:(?:No|Yes)[.,] )?(?:One |The other )?"
    r"(?:[Hh]alf|[Tt]hree quarters|[Tt]wo thirds|A third|A quarter|One third|\d{1,2} ?(?:%|per ?cent))\b"
)


def find_shares(reading: Reading, start: int, end: int, amount: float) -> list[tuple[Share, Span]]:
    """The stated shares after a sum; `start` is where the sum ends.

    Rules share-each, share-counted, share-between, share-amount. Of the shares one at least is a state's or group's:
    what money is spent on is no share of it.
    """
    text = reading.view[start:end]
    each = _each(reading, text, start)
    if len(each) < 2:
        each = _counted(reading, text, start, amount)
    if len(each) >= 2:
        return each if any(_is_party(share.recipient) for share, _ in each) else []
    match = _BETWEEN.search(text)
    if match is None:
        return []
    offset = start + match.start("who")
    parties = _parties(reading, offset, start + match.end("who"))
    sums = [m for m in find_money(match["who"], offset) if m.amount < amount]
    if sums and len(sums) == len(parties):
        return [
            (Share(value, amount=m.amount), (span[0], m.end)) for (value, span), m in zip(parties, sums, strict=True)
        ]
    if match["how"] and len(parties) >= 2:
        return [(Share(value, fraction=round(1 / len(parties), 4)), span) for value, span in parties]
    return []


def _is_party(recipient: str) -> bool:
    """A state, a list of names, a group or a described set, rather than a purpose."""
    return len(recipient) == 2 or recipient[:1].isupper() or describes_states(recipient)


def _counted(reading: Reading, text: str, start: int, amount: float) -> list[tuple[Share, Span]]:
    """Numbers that stand for millions of the sum or percents of it; they must add up to it."""
    matches = list(_COUNTED.finditer(text))
    numbers = [float(m["number"]) for m in matches]
    if len(matches) < 2:
        return []
    spans = [(start + m.start(), start + m.end()) for m in matches]
    whos = [_party(reading, start + m.start("who"), start + m.end("who")) for m in matches]
    if matches[0]["percent"] and sum(numbers) <= 100.5:
        return [
            (Share(who, fraction=round(number / 100, 4)), span)
            for who, number, span in zip(whos, numbers, spans, strict=True)
        ]
    for unit in (1e6, 1e9):
        if abs(sum(numbers) * unit - amount) <= 0.01 * amount:
            return [
                (Share(who, amount=number * unit), span) for who, number, span in zip(whos, numbers, spans, strict=True)
            ]
    return []


def _each(reading: Reading, text: str, start: int) -> list[tuple[Share, Span]]:
    found: list[tuple[Share, Span]] = []
    left = 1.0
    for match in _EACH.finditer(text):
        words = match["fraction"].lower()
        if words.startswith(("the rest", "the remain")) or words == "the other":
            fraction = left
        elif words[0].isdigit():
            fraction = float(re.match(r"[\d.]+", words).group()) / 100  # type: ignore[union-attr]
        else:
            fraction = _FRACTIONS.get(words, 0.5 if "half" in words else 0.0)
        if not 0 < fraction <= left + 0.01:
            continue
        span = (start + match.start("who"), start + match.end("who"))
        found.append((Share(_party(reading, *span), fraction=round(fraction, 4)), span))
        left -= fraction
    return found


def _party(reading: Reading, start: int, end: int) -> str:
    """A nation where the words are its name alone, else the words."""
    text = reading.view[start:end].strip()
    hits = [h for h in reading.hits_in(start, end) if h.get("nation", "capital")]
    if len(hits) == 1 and len(text) <= len(hits[0].text) + 4:
        entry = hits[0].get("nation", "capital")
        if entry is not None:
            return entry.value
    return re.sub(r"^(?:the|its|their) ", "", text)


def _parties(reading: Reading, start: int, end: int) -> list[tuple[str, Span]]:
    """The recipients of a list: nations, and described sets ("18 of its Eastern European neighbors")."""
    found: list[tuple[str, Span]] = []
    for hit in reading.hits_in(start, end):
        entry = hit.get("nation", "capital")
        if entry is not None and entry.value not in [value for value, _ in found]:
            found.append((entry.value, (hit.start, hit.end)))
    match = re.search(
        r"\b(?:and|,) (?P<set>(?:\d{1,3}|\w+) (?:of (?:it|its|their|the) )?[^,.;]*?(?:neighbou?rs|"
        r"countries|nations|allies|partners|states)(?: in [A-Z][\w ]+?)?)(?=[,.;]|$| who| that|"
        r" which| and)",
        reading.view[start:end],
    )
    if match:
        found.append((match["set"], (start + match.start("set"), start + match.end("set"))))
    return found


def describes_states(text: str) -> bool:
    """Is a described recipient a set of states?"""
    return bool(re.search(r"\b(?:neighbou?rs|countries|nations|allies|partners|states)\b", text, re.I))
