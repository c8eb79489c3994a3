"""Checks one value of an answer against the words quoted for it, by the normalisers that the rules use.

Each function takes the span of the quote in the view and the value given; it returns the value as the register writes
it with the span that shows it, or None where the words do not yield the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extraction.date_resolution import Direction, resolve
from extraction.dates import MONTHS
from extraction.document import MAX_QUOTE, Document
from extraction.gazetteer import Entry, Hit, gazetteer, key
from extraction.lexicon import HONORIFICS, RANKS, number_of, ordinal_of
from extraction.llm.prompt import Part, headline
from extraction.meeting_counted import direction_of
from extraction.meeting_mentions import MeetingMention, mode_of
from extraction.meeting_states import state_of
from extraction.money import Money, find_money
from extraction.people import tidy
from extraction.reading import Reading

Span = tuple[int, int]
Shown = tuple[str, Span]

_NATION = ("nation", "demonym", "capital", "metonym")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[A-Za-z]+(?:-[A-Za-z]+)?")
_ORDINAL = re.compile(r"\w+(?:-\w+)?")
_NUMBERED = re.compile(r"(?P<before>[^\W\d]+)(?:-| |\. ?| ?#)(?P<number>\d{1,3})(?!\w)")
_STAGES = {
    "announced": r"announc|pledg|promis|unveil|commit|contribut|donat|allocat|provid|giv|send|offer|earmark|set aside|"
    r"financ|fund|pay|suppl|will\b",
    "proposed": r"propos|request|plan|consider|suggest|ask|seek|sought|want|call|could|would|discuss|intend|hop|"
    r"project|expect|aim",
    "approved": r"approv|adopt|sign|pass|authori[sz]|agree|clear|green|back|endors|vot",
    "delivered": r"deliver|arriv|receiv|disburs|transfer|hand|sent|gave|provided|paid|spent|supplied|reached",
}
_CURRENCY_OF = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "DK": "DKK", "SE": "SEK", "NO": "NOK"}
_FAMILIES = {"dollar": {"USD", "CAD", "AUD", "NZD"}, "krone": {"NOK", "DKK", "SEK"}}


class Words:
    """Finds what an answer quotes in what the model was shown: one part of the article, and its headline."""

    def __init__(self, reading: Reading, part: Part) -> None:
        self.view = reading.view
        self._shown = [(part.start, part.end), headline(reading.document)]

    def spans(self, quote: object, within: Iterable[Span] | None = None) -> list[Span]:
        """Every place where the quote stands word for word, in the body first; breaks of lines count as blanks."""
        if not isinstance(quote, str) or not 0 < len(quote) <= MAX_QUOTE:
            return []
        # The quote is cleaned as the text was, so that typographic quotation marks do not part them.
        words = Document("", quote, None).view.split()
        plain = " ".join(words)
        if not re.search(r"\w", plain):
            return []
        left = r"(?<!\w)" if plain[0].isalnum() else ""
        right = r"(?!\w)" if plain[-1].isalnum() else ""
        pattern = re.compile(left + r"\s+".join(map(re.escape, words)) + right)
        return [m.span() for start, end in (within or self._shown) for m in pattern.finditer(self.view, start, end)]

    def nearest(self, quote: object, anchor: int) -> Span | None:
        """The place of a quote that is nearest to the head of its item."""
        return min(self.spans(quote), key=lambda span: (abs(span[0] - anchor), span[0]), default=None)


def literal(words: Words, span: Span, value: object) -> Shown | None:
    """A piece of the text itself, standing within the quote."""
    found = words.spans(value, [span])
    return (tidy(words.view[slice(*found[0])]), found[0]) if found else None


def person(words: Words, span: Span, value: object) -> Shown | None:
    """A person's name, rank and honorific left out."""
    found = literal(words, span, value)
    if found is None:
        return None
    start, end = found[1]
    for match in re.finditer(r"\S+\s+", words.view[start:end]):
        if match.group().strip().lower() not in RANKS | HONORIFICS:
            break
        start = found[1][0] + match.end()
    name = tidy(words.view[start:end])
    if not name[:1].isupper() or len(name.split()) > 6 or any(c.isdigit() for c in name):
        return None
    return name, (start, end)


def _entries(reading: Reading, span: Span, *kinds: str) -> list[tuple[Entry, Hit]]:
    hits = reading.hits_in(*span)
    return [(entry, hit) for hit in hits for entry in hit.entries if entry.kind in kinds]


def _reference(name: object, kind: str) -> str | None:
    """What the reference rows of a kind call a thing that has this among its names."""
    entry = gazetteer().lookup(name, kind) if isinstance(name, str) else None
    return entry.value if entry is not None else None


def nation(reading: Reading, span: Span, value: object, *more: str) -> Shown | None:
    """An ISO code that a name, demonym, capital or metonym in the quote stands for; `more`: kinds that have one too."""
    if not isinstance(value, str):
        return None
    named = gazetteer().lookup(value, "nation")
    code = named.value if named is not None and value not in ("EU", "UN") else value
    for entry, hit in _entries(reading, span, *_NATION, *more):
        if entry.country == code:
            return code, (hit.start, hit.end)
    return None


def country(reading: Reading, span: Span, value: object) -> Shown | None:
    """The nation of a place: its name, or a town or base in it."""
    return nation(reading, span, value, "place", "venue")


def party(reading: Reading, words: Words, span: Span, value: object) -> Shown | None:
    """A nation's ISO code, an organisation as the register calls it, else the text's own words."""
    found = nation(reading, span, value)
    if found is not None or not isinstance(value, str):
        return found
    named = _reference(value, "organisation")
    for entry, hit in _entries(reading, span, "organisation"):
        if entry.value == named:
            return entry.value, (hit.start, hit.end)
    # Two letters that no name in the quote stands for are a code that was made up.
    return literal(words, span, value) if len(value) > 2 else None


def known(reading: Reading, words: Words, span: Span, value: object, kind: str) -> Shown | None:
    """The reference name of a kind (programme, topic, capability) that the quote holds, else the text's own words."""
    found = literal(words, span, value)
    named = _reference(value, kind)
    for entry, hit in _entries(reading, found[1] if found else span, kind):
        if found is not None or entry.value == named:
            return entry.value, (hit.start, hit.end)
    return found


def place(reading: Reading, words: Words, span: Span, value: object) -> Shown | None:
    """A town by its reference name, that of a base named in the quote included, else the text's own word."""
    for entry, hit in _entries(reading, span, "place", "capital", "venue"):
        town = entry.value if entry.kind == "place" else entry.extra
        if town and isinstance(value, str) and key(value) in (key(town), key(entry.name)):
            return town, (hit.start, hit.end)
    return literal(words, span, value)


def date(reading: Reading, span: Span, value: object, status: str | None, *, end: bool = False) -> Shown | None:
    """A date as the words of time in the quote resolve, by the tense that the status implies or to the nearest."""
    sentence = reading.document.sentence_at(span[0])
    for mention in reading.dates_of(sentence):
        if mention.start >= span[1] or mention.end <= span[0]:
            continue
        directions: tuple[Direction, Direction] = (direction_of(status), "near")
        for direction in directions:
            resolved = resolve(mention, reading.anchor, direction)
            if resolved is not None and value == (resolved[1] if end and resolved[1] else resolved[0]):
                return str(value), (mention.start, mention.end)
    return None


def count(reading: Reading, span: Span, value: object) -> tuple[int, Span] | None:
    """A cardinal in digits or words."""
    if not _is_whole(value):
        return None
    for match in _NUMBER.finditer(reading.view, *span):
        number = number_of(match.group())
        if number is not None and number == value:
            return number, match.span()
    return None


def ordinal(reading: Reading, span: Span, value: object) -> tuple[int, Span] | None:
    """An ordinal in digits or words, or the number in a name ("Ramstein-26")."""
    if not _is_whole(value):
        return None
    for match in _ORDINAL.finditer(reading.view, *span):
        number = ordinal_of(match.group())
        if number is not None and number == value:
            return number, match.span()
    for match in _NUMBERED.finditer(reading.view, *span):
        if int(match["number"]) == value and match["before"].lower() not in MONTHS:
            return int(match["number"]), match.span("number")
    return None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1000


def money(reading: Reading, span: Span, value: object) -> Money | None:
    """A sum whose amount is the value."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    sentence = reading.document.sentence_at(span[0])
    for found in find_money(sentence.text, sentence.start):
        if found.start < span[1] and span[0] < found.end and found.amount == value:
            return found
    return None


def currency(found: Money, value: object, donor: str | None) -> str | None:
    """The sum's own currency; a bare "$" or "kroner" may be the donor's."""
    if value == found.currency:
        return found.currency
    if value in _FAMILIES.get(found.family, ()) and value == _CURRENCY_OF.get(donor or ""):
        return str(value)
    return None


def meeting_status(reading: Reading, span: Span, value: object, starts: str | None) -> Shown | None:
    """What the quote's sentence says of a meeting's state, else which side of publication its date lies on."""
    sentence = reading.document.sentence_at(span[0])
    probe = MeetingMention("noun", *span, *span, sentence)
    cue, where = state_of(reading, probe, [])
    if cue is not None:
        return (cue, where or span) if cue == value else None
    if value not in ("planned", "held") or starts is None or reading.anchor is None:
        return None
    today = reading.anchor.isoformat()[: len(starts)]
    if starts == today or (starts > today) == (value == "planned"):
        return str(value), span
    return None


def mode(reading: Reading, span: Span, value: object) -> Shown | None:
    """How a meeting is held."""
    return (str(value), span) if value is not None and mode_of(reading.view[slice(*span)]) == value else None


def stage(reading: Reading, span: Span, value: object) -> Shown | None:
    """How far the money has come, by a verb in the quote."""
    cue = _STAGES.get(value) if isinstance(value, str) else None
    return (str(value), span) if cue and re.search(rf"\b(?:{cue})", reading.view[slice(*span)], re.I) else None


def quotation(reading: Reading, span: Span, value: object) -> tuple[bool, Span] | None:
    """That a person is quoted, by words that stand in a direct quotation."""
    inside = any(start < span[1] and span[0] < end for start, end in reading.quotes)
    return (True, span) if value is True and inside else None
