"""Sums of money in text: amount in whole units and ISO 4217 currency.

"$2.2 billion", "€1.3bn", "USD 500 mln", "2.2 billion kronor", "NOK 75 billion", "half a billion euros",
"between 1 and 2 billion euros" (the lower counts), "CAD 35 million".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

from extraction.lexicon import NUMBER_WORDS, words
from extraction.screening import plain

_CODES = (
    "USD|EUR|GBP|NOK|SEK|DKK|CAD|AUD|NZD|JPY|CHF|PLN|CZK|HUF|RON|BGN|ISK|UAH|KRW|TRY|INR|SGD|TWD|ILS|CNY|RUB|"
    "SAR|AED|QAR|MDL|THB|PHP|IDR|MYR|ZAR|BRL"
)
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
    "usd$": "USD",
    "usd $": "USD",
    "cad $": "CAD",
    "aud $": "AUD",
    "nzd $": "NZD",
    "nt$": "TWD",
    "hk$": "HKD",
    "s$": "SGD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "₩": "KRW",
    "zł": "PLN",
    "us $": "USD",
    "kr": "NOK",
    "dkr": "DKK",
    "nkr": "NOK",
    "skr": "SEK",
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
    (r"(?:Russian )?r(?:o|ou|u)bles?", "RUB"),
    (r"Moldovan lei", "MDL"),
    (r"(?:Saudi )?riyals?", "SAR"),
    (r"(?:Emirati )?dirhams?", "AED"),
    (r"Qatari riyals?", "QAR"),
    (r"(?:Israeli )?(?:new )?shekels?", "ILS"),
    (r"(?:Indian )?rupees?", "INR"),
    (r"(?:Thai )?baht", "THB"),
    (r"(?:Philippine )?pesos?", "PHP"),
    (r"(?:Chinese )?(?:yuan|renminbi)", "CNY"),
    (r"(?:South African )?rand\b", "ZAR"),
)
_CODE = re.compile(_CODES, re.I)
_SPELLED = tuple((re.compile(pattern, re.I), code) for pattern, code in _WORDS)
_SCALES = {
    "trillion": 1e12,
    "tn": 1e12,
    "billion": 1e9,
    "milliard": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "million": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "mil": 1e6,
    "thousand": 1e3,
    "k": 1e3,
}
_SCALE = r"(?:trillion|tn|billion|milliard|bn|bln|million|mln|mio|mn|mil|thousand|[mbk](?![A-Za-z0-9]))"
_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d)"
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UNITS = {word: number for word, number in NUMBER_WORDS.items() if 0 < number < 20}
_UNIT_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
_CARDINAL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_UNIT_WORD}))?|{_UNIT_WORD})\b"
_WORD_NUMBER = (
    rf"(?:a |{_CARDINAL} )?hundred(?:(?: and)? {_CARDINAL})?|{_CARDINAL} and a (?:half|quarter)|"
    r"(?:a |one |another |a further |a second |second )?(?:half|quarter)(?:[ -]of)?[ -]an?|half[ -]an?|"
    r"(?:a |another |a further |an additional )?half(?=[ -](?:billion|million|trillion))|"
    r"an? (?:further |additional |extra |second |third |new )?(?=billion|million|trillion)|"
    r"(?:second|third|first|another|further) (?=billion|million)|"
    rf"{_CARDINAL}"
)
# How the above can begin, asked before all of it is tried at every word.
_BEGINNING = "|".join(sorted({word[:2] for word in (*_TENS, *_UNITS, "half", "quarter", "hundred", "first", "second",
                                                    "third", "further")} | {"a", r"\d"}))  # fmt: skip
_FIRST_OF_CARDINAL = "".join(sorted({word[0] for word in (*_TENS, *_UNITS)}))
_CODE_OR_SYMBOL = (
    r"(?:\b(?:US|C|CA|CAN|A|AU|NZ|S|NT|HK)\$|\b(?:USD|CAD|AUD|NZD) ?\$|\bUS \$|\$|€|£|¥|₴|₩|"
    r"\b[DNS]?kr\b\.?(?=\s?\d)|\b[DNS]kr(?=\d)|"
    rf"\b(?:{_CODES})(?![A-Za-z]))"
)
_CURRENCY_WORD = "|".join(f"(?:{pattern})" for pattern, _ in _WORDS)

_PREFIXED = re.compile(
    rf"(?=[$\u20ac\xa3\xa5\u20b4\u20a9u]|\b[a-z])"
    rf"(?P<cur>{_CODE_OR_SYMBOL})\s?(?P<num>{_NUMBER})(?:[ -]?(?P<scale>{_SCALE})(?![A-Za-z])\.?)?",
    re.I,
)
_SUFFIXED = re.compile(
    rf"(?<![\w.,$€£])(?={_BEGINNING})(?P<num>{_NUMBER}|{_WORD_NUMBER})[ -]?"
    rf"(?:(?P<scale>{_SCALE})\.?(?: and a half)?(?:[ -](?:of |in )?|(?=[€$£])))?"
    rf"(?P<cur>{_CURRENCY_WORD}|\b(?:{_CODES})\b|kr\b|€|zł)(?![A-Za-z])",
    re.I,
)
# "$1 to $2 billion", "between 1 and 2 billion euros": one sum of which the text gives the bounds; the lower counts.
_RANGE_TAIL = re.compile(rf"\s?(?:to|and|-|or)\s?(?:{_CODE_OR_SYMBOL})?\s?(?:{_NUMBER})[ -]?(?P<scale>{_SCALE})", re.I)
# "$64.8 million CAD", "$3 million (AUD)": the sign alone leaves the dollar open, the code after the sum does not.
_NAMED_AFTER = re.compile(r" (?:in )?\(?(?P<code>USD|CAD|AUD|NZD)\b\)?(?! ?\$?\d)")
_RANGED = re.compile(
    rf"(?=[\d{_FIRST_OF_CARDINAL}])(?:(?<=between )|(?<=from )|(?<![\w.,$€£]))(?P<num>{_NUMBER}|{_CARDINAL})"
    r"(?:\s?to\s?|(?<=\d)\s?-\s?(?=\d)|(?<!\d\d\d\d) and )"
    rf"(?P<high>{_NUMBER}|{_CARDINAL})[ -]?(?P<scale>{_SCALE})[ -](?:of )?(?P<cur>{_CURRENCY_WORD}|\b(?:{_CODES})\b)"
    r"(?![A-Za-z])",
    re.I,
)
_ELIDED = re.compile(
    rf"(?<![\w.,$€£-])(?P<num>\d+(?:[.,]\d{{1,2}})?|half an?|another|a further|an additional|(?:a|one) hundred|"
    rf"{_CARDINAL}) "
    r"(?P<scale>million|billion|mln|bn|bln)"
    r"(?=[.,;:)]|$|"
    r" (?:from|for|to|and|on|in|by|of it|of that|of this|of which|of the (?:sum|total|money|package|tranche|aid)|"
    r"over|was|were|is|are|has|have|had|will|would|can|"
    r"goes|go|going|each|more|so far|with|into|at|as|through|under|the (?:year|month|week) (?:before|earlier)|"
    r"last (?:year|month)|a year|annually|"
    r"yearly|per|until|between|this|next|extra)\b)",
    re.I,
)
# What stands in every sum: a sign, a word that begins so, or a run of letters that ends so or is a code. Each pattern
# costs ten times what looking for them does, and most numbers are no sums.
_SIGN = re.compile("[$\u20ac\u00a3\u00a5\u20b4\u20a9]", re.I)
_SIGN_AFTER = re.compile("\u20ac|z\u0142", re.I)
_LETTERS = re.compile("[a-z]+")
_STEMS = tuple(
    sorted(
        words("""
    dollar euro pound kron crown korun zlot franc hryvn forint lira roble rouble ruble riyal dirham shekel rupee baht
    peso yuan renminbi rand leva
""")
    )
)
_RUNS = frozenset(_CODES.lower().split("|")) | {"kr"}
_TAILS = words("yen won lei lev") | {f"{letter}kr" for letter in ascii_lowercase}
_DIGIT_OR_SCALE = re.compile(r"\d|illion|milliard")
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


def find_money(text: str, offset: int = 0, earlier: Money | None = None) -> list[Money]:
    """Every sum in a text, left to right, not overlapping.

    A number without a currency takes that of the sum before it; `earlier` is such a sum in the sentences before.
    """
    if not _DIGIT_OR_SCALE.search(text):
        return []
    found: list[Money] = []
    for pattern in _possible(text):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < m.end - offset and m.start - offset < end for m in found):
                continue
            if pattern is _RANGED and " and " in match.group() and not text[: match.start()].endswith("between "):
                continue
            money = _money(text, match, offset)
            if money is not None:
                found.append(money)
    found.sort(key=lambda money: money.start)
    return _with_elided(text, offset, found, earlier)


@lru_cache(maxsize=2000)
def names_money(text: str) -> bool:
    """Whether a text has a sum at all; what stands around a sum is asked for each that is near it."""
    return bool(find_money(text))


def _possible(text: str) -> list[re.Pattern[str]]:
    """The patterns of a sum whose signs, codes or words for a currency a text holds."""
    small = plain(text)
    runs = _LETTERS.findall(small)
    coded = not _RUNS.isdisjoint(runs) or not _TAILS.isdisjoint([run[-3:] for run in runs])
    worded = coded or any(map(small.__contains__, _STEMS))
    found = [_RANGED] if worded else []
    if coded or _SIGN.search(text):
        found.append(_PREFIXED)
    if worded or _SIGN_AFTER.search(text):
        found.append(_SUFFIXED)
    return found


def _with_elided(text: str, offset: int, found: list[Money], earlier: Money | None) -> list[Money]:
    """Rule money-elided: in "Spain €70m, Luxembourg 12 million and Portugal 8 million" the currency is said once."""
    if not found and earlier is None:
        return found
    extra: list[Money] = []
    for match in _ELIDED.finditer(text):
        start, end = offset + match.start(), offset + match.end()
        first = next((m for m in reversed(found) if m.end <= start), earlier)
        if first is None or any(start < m.end and m.start < end for m in found):
            continue
        number = _value(match["num"])
        if number is None:
            continue
        amount = number * _SCALES[match["scale"].lower()]
        qualifier = qualifier_before(text, match.start())
        extra.append(Money(start, end, match.group(), round(amount, 2), first.currency, first.family, qualifier))
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
    end = match.end()
    if not scale:
        tail = _RANGE_TAIL.match(text, match.end())
        scale = tail["scale"].lower() if tail else ""
        end = tail.end() if tail else end
    if "and a half" in match.group().lower() and "half" not in match["num"].lower():
        number += 0.5
    amount = number * _SCALES.get(scale, 1.0)
    if amount <= 0 or amount > 1e15:
        return None
    named = _NAMED_AFTER.match(text, end) if match["cur"] == "$" else None
    end = named.end() if named else end
    currency = _currency(named["code"] if named else match["cur"])
    if currency is None:
        return None
    word = match["cur"].lower()
    family = (
        "dollar"
        if word in ("$", "dollar", "dollars") and named is None
        else "krone"
        if word.rstrip(".") in ("kroner", "krone", "crown", "crowns", "kr")
        else ""
    )
    return Money(
        offset + match.start(),
        offset + end,
        text[match.start() : end],
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
    words = plain.replace("-", " ").split()
    total = 0.0
    for word in words:
        if word == "hundred":
            total = 100 * (total or 1)
        total += _TENS.get(word, 0) + _UNITS.get(word, 0)
    part = 0.5 if "half" in words else 0.25 if "quarter" in words else 0.0
    return total + part if " and a " in plain else part or total or 1.0


def _currency(text: str) -> str | None:
    lower = re.sub(r"\s+", " ", text.lower()).rstrip(".")
    if lower in _SYMBOLS:
        return _SYMBOLS[lower]
    if _CODE.fullmatch(text):
        return text.upper()
    return next((code for pattern, code in _SPELLED if pattern.fullmatch(text)), None)
