"""Rolls of those who took part: "Joining the President on the call were …", "Participants included:" with a list after.

Readouts tell the parties of a call or meeting in such a sentence, often as a list with one line for each.
"""

from __future__ import annotations

import re

from extraction.meeting_parties import states_in
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screened

Span = tuple[int, int]

_GATHERING = (
    r"(?:call|meeting|video ?conference|teleconference|summit|discussion|conversation|session|talks|ministerial)"
)
_ROLL = Screened(
    rf"\b(?:[Jj]oining|[Pp]articipating|[Tt]aking part|[Aa]ttending|"
    rf"who (?:joined|participated|took part|attended|were))\b(?=[^.;:]{{0,60}}\b{_GATHERING}\b)[^.;:]{{0,70}}?"
    rf"\b(?:were|was|included?s?)\b|"
    rf"\b(?:was|were) joined (?:(?:on|in|at|for|via) [^.;:,]{{0,30}})?by\b|"
    rf"\b[Pp]articipants (?:(?:in|on|of) [^.;:]{{0,40}}\b{_GATHERING}\b )?(?:were|included?)\b|"
    r"^(?:Participants|Attendees|Heads of [Dd]elegation|Participating (?:countries|nations)):?$"
)
# A line that tells something is no item of a list.
_TOLD = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|[a-z]{3,}(?:ssed|sed|med|ted|ded|ned|red|ked|led|ied|ced))\b"
)
_LONGEST_ITEM = 110


def roll_of(reading: Reading, persons: People) -> dict[str, Span]:
    """Rule participant-roll: the states on the first roll of an article, by name or through an official of theirs."""
    for sentence in reading.sentences:
        match = _ROLL.search(sentence.text) if not sentence.is_title else None
        if match is None:
            continue
        found = states_in(reading, persons, sentence.start, sentence.end)
        if len(found) < 2 or sentence.text.rstrip().endswith(":"):
            found |= _listed(reading, persons, sentence.index + 1) | found
        return found if len(found) > 1 else {}
    return {}


def _listed(reading: Reading, persons: People, first: int) -> dict[str, Span]:
    """The states of the list's lines, as far as lines go on that tell nothing."""
    found: dict[str, Span] = {}
    for item in reading.sentences[first:]:
        if len(item.text) > _LONGEST_ITEM or _TOLD.search(item.text):
            break
        found |= states_in(reading, persons, item.start, item.end)
    return found
