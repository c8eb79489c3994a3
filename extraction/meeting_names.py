"""How the text itself calls a meeting that belongs to no group and no organisation."""

from __future__ import annotations

import re

from extraction.meeting_draft import MeetingDraft
from extraction.meeting_words import NOUN
from extraction.reading import Reading

# Longer phrases are clauses.
_LONGEST = 160
# After day, place and whom the text is attributable to.
_OPENING = 5
_SINGLE = re.compile(
    r"^(?:(?:Joint )?(?:Readout|READOUT) of (?:the )?|Statement .{3,60}? on (?:the )?)?"
    r"(?P<name>.*\b(?i:call|conversation|video ?conference|teleconference|meeting|summit|ministerial)\b(?!s).*)$"
)
_BEFORE = re.compile(r"^(?:.*\b(?:an?|the|this|that|these|its|their|his|her|our|another)\s+|\W+)", re.I | re.S)
_SPACE = re.compile(r"\s+")


def headline_of(reading: Reading, draft: MeetingDraft) -> str | None:
    """Rule label-headline: "Readout of the President's Call with European Leaders" names what the text begins with."""
    title = next((s for s in reading.sentences[:1] if s.is_title), None)
    match = _SINGLE.match(title.text) if title is not None and len(title.text) < 2 * _LONGEST else None
    first = next((s for s in reading.sentences if not s.is_title), None)
    if match is None or first is None:
        return None
    listed = any(m.states and m.sentence.index - first.index < _OPENING for m in draft.mentions)
    return match["name"] if listed and not draft.when() else None


def phrase_of(reading: Reading, draft: MeetingDraft) -> str | None:
    """Rule label-phrase: "the historic trilateral summit" without its article; of several such phrases the one beside
    the meeting's day or place, then the first that names who meets."""
    told = [s for s in draft.seen if s.mention.kind != "verb" and s.mention.end - s.mention.left <= _LONGEST]
    told = [s for s in told if NOUN.fullmatch(reading.view, s.mention.start, s.mention.end)]
    if not told:
        return None
    seen = max(
        told,
        key=lambda s: (
            not s.mention.sentence.is_title,
            s.date is not None or s.place is not None,
            s.mention.kind == "noun",
            -s.mention.start,
        ),
    )
    left = seen.mention.left
    # "Chiefs of Defense Meeting" begins with the body.
    left = min([left, *(b[0] for m in draft.mentions if (b := m.body_span) is not None and b[0] < left < b[1])])
    phrase = _SPACE.sub(" ", _BEFORE.sub("", reading.view[left : seen.mention.end])).strip()
    return phrase if " " in phrase else None
