"""Sums of money in text: amount in whole units and ISO 4217 currency.

"$2.2 billion", "€1.3bn", "USD 500 mln", "2.2 billion kronor", "NOK 75 billion", "half a billion euros",
"between 1 and 2 billion euros" (two sums), "CAD 35 million".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.lexicon import NUMBER_WORDS

_CODES = "USD|EUR|GBP|NOK|SEK|DKK|CAD|AUD|NZD|JPY|CHF|PLN|CZK|HUF|RON|BGN|ISK|UAH|KRW|TRY|INR|SGD|TWD|ILS|CNY|RUB"
_SYMBOLS = {
    "us$": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "can$": "CAD",
    "cad$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "aud$": "AUD",
    "nz$": "NZD",
    "nzd$": "NZD",
    "s$": "SGD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "₩": "KRW",
    "zł": "PLN",
    "us $": "USD",
}
_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:U\.?S\.?|American) dollars?", "USD"),
    (r"Canadian dollars?", "CAD"),
    (r"Australian dollars?", "AUD"),
    (r"New Zealand dollars?", "NZD"),
    (r"(?:U\.?S\.? )?dollars?", "USD"),
    (r"euros?", "EUR"),
    (r"(?:British )?pounds?(?: sterling)?", "GBP"),
    (r"(?:Norwegian (?:kroner|kronor|krone|crowns?))", "NOK"),
    (r"(?:Danish (?:kroner|kronor|krone|crowns?))", "DKK"),
    (r"(?:Swedish (?:kroner|kronor|krona|crowns?))", "SEK"),
    (r"(?:Icelandic (?:kr[oó]nur|kronur|kroner|kronor|crowns?))", "ISK"),
    (r"(?:Czech (?:koruna[s]?|crowns?|korun))", "CZK"),
    (r"kronor|krona", "SEK"),
    (r"kroner|krone|crowns?", "NOK"),
    (r"koruna[s]?|korun", "CZK"),
    (r"(?:Japanese )?yen", "JPY"),
    (r"(?:Polish )?zlot(?:ys?|ies)", "PLN"),
    (r"(?:Swiss )francs?", "CHF"),
    (r"hryvnias?|hryvnyas?", "UAH"),
    (r"(?:South Korean )?won\b", "KRW"),
    (r"(?:Romanian )?lei\b", "RON"),
    (r"(?:Bulgarian )?leva?\b", "BGN"),
    (r"(?:Hungarian )?forints?", "HUF"),
    (r"(?:Turkish )?liras?", "TRY"),
    (r"(?:Russian )?rou?bles?", "RUB"),
)
_SCALES = {
    "trillion": 1e12,
    "tn": 1e12,
    "billion": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "mil": 1e6,
    "thousand": 1e3,
    "k": 1e3,
}
_SCALE = r"(?:trillion|tn|billion|bn|bln|million|mln|mn|mil|thousand|[mbk](?![A-Za-z0-9]))"
_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d)"
_WORD_NUMBER = (
    r"(?:a |one |another |a further |a second |second )?(?:half|quarter)(?: of)? an? |half an? |an? (?:further |"
    r"additional |extra |second |third |new )?|"
    r"(?:second|third|first|another|further) (?=billion|million)|"
    + "|".join(sorted((w for w in NUMBER_WORDS if w != "zero"), key=len, reverse=True))
)
_CODE_OR_SYMBOL = rf"(?:\b(?:US|C|CA|CAN|CAD|A|AU|AUD|NZ|NZD|S)\$|US \$|\$|€|£|¥|₴|₩|\b(?:{_CODES})\b)"
_CURRENCY_WORD = "|".join(f"(?:{pattern})" for pattern, _ in _WORDS)

_PREFIXED = re.compile(
    rf"(?P<cur>{_CODE_OR_SYMBOL})\s?(?P<num>{_NUMBER})(?:[ -]?(?P<scale>{_SCALE})(?![A-Za-z]))?", re.I
)
_SUFFIXED = re.compile(
    rf"(?<![\w.,$€£])(?P<num>{_NUMBER}|{_WORD_NUMBER})[ -]?(?:(?P<scale>{_SCALE})(?:[ -](?:of )?|(?=[€$£])))?"
    rf"(?P<cur>{_CURRENCY_WORD}|\b(?:{_CODES})\b|€|zł)(?![A-Za-z])",
    re.I,
)
# "$1 to $2 billion", "between €1 and €2 billion": the first number borrows the second one's scale.
_RANGE_TAIL = re.compile(rf"\s?(?:to|and|-|or)\s?(?:{_CODE_OR_SYMBOL})?\s?(?:{_NUMBER})[ -]?(?P<scale>{_SCALE})", re.I)
_ELIDED = re.compile(
    r"(?<![\w.,$€£-])(?P<num>\d+(?:[.,]\d{1,2})?|half an?) (?P<scale>million|billion|mln|bn|bln)(?=[.,;)]|$|"
    r" (?:from|for|to|and|on|in|by|of it|of that|over|was|were|is|will|would)\b)",
    re.I,
)
_QUALIFIER = re.compile(
    r"(?P<about>about|around|approximately|some|roughly|circa|an estimated|close to)"
    r"|(?P<more_than>more than|over|in excess of|upwards of|above|exceeding)|(?P<at_least>at least|a minimum of|"
    r"no less than)"
    r"|(?P<nearly>nearly|almost|just under|just short of)|(?P<up_to>up to|as much as|a maximum of|not more than)",
    re.I,
)


@dataclass(frozen=True)
class Money:
    """A sum in the view; `family` is dollar or krone where the word alone leaves several currencies open."""

    start: int
    end: int
    text: str
    amount: float
    currency: str
    family: str
    qualifier: str | None


def find_money(text: str, offset: int = 0) -> list[Money]:
    """Every sum in a text, left to right, not overlapping."""
    found: list[Money] = []
    for pattern in (_PREFIXED, _SUFFIXED):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < m.end - offset and m.start - offset < end for m in found):
                continue
            money = _money(text, match, offset)
            if money is not None:
                found.append(money)
    found.sort(key=lambda money: money.start)
    return _with_elided(text, offset, found)


def _with_elided(text: str, offset: int, found: list[Money]) -> list[Money]:
    """Rule money-elided: in "Spain €70m, Luxembourg 12 million and Portugal 8 million" the currency is said once."""
    if not found:
        return found
    extra: list[Money] = []
    for match in _ELIDED.finditer(text):
        start, end = offset + match.start(), offset + match.end()
        first = next((m for m in reversed(found) if m.end <= start), None)
        if first is None or any(start < m.end and m.start < end for m in found):
            continue
        number = _value(match["num"])
        if number is None:
            continue
        amount = number * _SCALES[match["scale"].lower()]
        extra.append(
            Money(
                start,
                end,
                match.group(),
                round(amount, 2),
                first.currency,
                first.family,
                qualifier_before(text, match.start()),
            )
        )
    return sorted([*found, *extra], key=lambda money: money.start)


def qualifier_before(text: str, position: int) -> str | None:
    """about | more_than | at_least | nearly | up_to, where such words stand right before a position."""
    before = text[max(0, position - 24) : position].rstrip()
    for match in _QUALIFIER.finditer(before):
        if match.end() >= len(before) and (match.start() == 0 or not before[match.start() - 1].isalnum()):
            return match.lastgroup
    return None


def _money(text: str, match: re.Match[str], offset: int) -> Money | None:
    number = _value(match["num"])
    if number is None:
        return None
    scale = (match["scale"] or "").lower()
    if not scale:
        tail = _RANGE_TAIL.match(text, match.end())
        scale = tail["scale"].lower() if tail else ""
    amount = number * _SCALES.get(scale, 1.0)
    if amount <= 0 or amount > 1e15:
        return None
    currency = _currency(match["cur"])
    if currency is None:
        return None
    word = match["cur"].lower()
    family = (
        "dollar"
        if word in ("$", "dollar", "dollars")
        else "krone"
        if word in ("kroner", "krone", "crown", "crowns")
        else ""
    )
    return Money(
        offset + match.start(),
        offset + match.end(),
        match.group(),
        round(amount, 2),
        currency,
        family,
        qualifier_before(text, match.start()),
    )


def _value(text: str) -> float | None:
    plain = text.lower().strip()
    if plain[:1].isdigit():
        # "1,3" is a decimal comma, "1,300" and "1 300" are thousands.
        if re.fullmatch(r"\d+,\d{1,2}", plain):
            return float(plain.replace(",", "."))
        try:
            return float(plain.replace(",", "").replace(" ", ""))
        except ValueError:
            return None
    if "half" in plain:
        return 0.5
    if "quarter" in plain:
        return 0.25
    last = plain.split()[-1] if plain else ""
    return float(NUMBER_WORDS.get(plain) or NUMBER_WORDS.get(last) or 1)


def _currency(text: str) -> str | None:
    lower = re.sub(r"\s+", " ", text.lower())
    if lower in _SYMBOLS:
        return _SYMBOLS[lower]
    if re.fullmatch(_CODES, text, re.I):
        return text.upper()
    return next((code for pattern, code in _WORDS if re.fullmatch(pattern, text, re.I)), None)
