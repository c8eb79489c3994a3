"""Whom "he" or "she" at the head of a sentence means: whoever did something in the sentence before.

"Pevkur met Mark Rutte on Friday. He briefed him": the first of those named, unless a preposition or a verb leads in to
him; in a text of Washington's the secretary who "met with the Colombian minister" rather than the minister.
"""

from __future__ import annotations

import re

from extraction.folded_offices import BY_AMERICAN_OFFICE
from extraction.people import People, Person
from extraction.persons import NameMention
from extraction.reading import Reading

# How far back a pronoun points, in characters.
REACH = 700
# What makes somebody the object: "met with the Danish minister", "by Ann Lee of", "told".
_LED_TO = re.compile(
    r"\b(?:with|by|to|for|of|from|after|before|about|on|under|and|as|met|meets?|told|host(?:s|ed)|welcom(?:es|ed)|"
    r"receiv(?:es|ed)|join(?:s|ed)|thank(?:s|ed)|congratulat(?:es|ed)|succeed(?:s|ed)|replac(?:es|ed)|telephoned|called|"
    r"saw|sees) (?:(?:the|his|her|its|then|new|newly|appointed|[A-Z][\w.'-]*|(?i:defen[cs]e|foreign|prime|minister|"
    r"president|secretary|general|of)) )*$"
)
Named = tuple[Person, NameMention]


def subject_before(reading: Reading, persons: People, start: int) -> Named | None:
    """The person whom the last sentence with persons before a position is about; None where none is named near."""
    last = persons.last_before(start)
    if last is None or start - last[1].start > REACH:
        return None
    sentence = reading.document.sentence_at(last[1].start)
    if sentence.is_title:
        return last
    named = persons.between(sentence.start, min(sentence.end, start))
    return next(
        (n for n in named if not _LED_TO.search(reading.view, max(sentence.start, n[1].start - 60), n[1].start)), last
    )


def american_before(reading: Reading, persons: People, start: int) -> tuple[int, int] | None:
    """Where Washington's "the secretary" stands who, rather than whom he met, the sentences before are about."""
    last = persons.last_before(start)
    sentence = reading.document.sentence_at(last[1].start if last is not None else max(0, start - 2))
    if sentence.is_title or start - sentence.start > REACH:
        return None
    office = BY_AMERICAN_OFFICE.search(reading.view, sentence.start, start)
    if office is None or not office["office"].islower():
        return None
    first = next(iter(persons.between(sentence.start, sentence.end)), None)
    before = first is not None and first[1].start < office.start() < sentence.end
    return None if before else office.span()
