"""Summits called after their town: "the Washington summit" of a text about NATO is the alliance's."""

from __future__ import annotations

import re

from extraction.meeting_mentions import MeetingMention
from extraction.reading import Reading

Span = tuple[int, int]

# How far around a summit its owner is looked for, in characters.
_NEAR = 600
_ALLIANCE = re.compile(r"\bNATO\b|\bNorth Atlantic\b|\b[Tt]he Alliance\b|\bAllies\b|\b[Aa]llied (?=leaders|heads)")
_IN = re.compile(r" (?:in|at) (?:[Tt]he )?")
# Those who hold summits of their own.
_OTHERS = re.compile(
    r"\b(?:EU|European (?:Union|Council|Political Community)|G-?7|G-?20|Group of (?:Seven|Twenty)|ASEAN|APEC|Quad|"
    r"AUKUS|SCO|BRICS|OSCE|COP\d*|Bucharest Nine|B9|JEF|CARICOM|Commonwealth|[Tt]rilateral|[Bb]ilateral|[Pp]eace|"
    r"[Nn]ordic|[Cc]limate|[Ff]ormula|African|Arab|Gulf|Americas|Weimar|coalition)\b"
)


def of_alliance(reading: Reading, mentions: list[MeetingMention]) -> None:
    """Rule meeting-town: give a summit called after a town the alliance, where the text speaks of no other owner."""
    if not any("ummit" in s.text for s in reading.sentences) or _ALLIANCE.search(reading.view) is None:
        return
    for mention in mentions:
        if mention.group is not None or mention.organisation is not None or mention.plural or mention.sides:
            continue
        if reading.view[mention.start : mention.end].lower() != "summit":
            continue
        owner = _owner(reading, mention)
        if owner is not None:
            mention.kind, mention.summit = "noun", True
            mention.organisation, mention.organisation_span = "NATO", owner
            mention.body, mention.body_span = "leaders", (mention.start, mention.end)


def _town_after(reading: Reading, mention: MeetingMention) -> bool:
    match = _IN.match(reading.view, mention.end, mention.sentence.end)
    return match is not None and any(
        hit.start == match.end() and hit.get("capital", "place") is not None
        for hit in reading.hits_in(match.end(), match.end() + 20)
    )


def _town_before(reading: Reading, mention: MeetingMention) -> bool:
    return any(
        hit.end == mention.start - 1 and hit.get("capital", "place") is not None
        for hit in reading.hits_in(max(mention.sentence.start, mention.start - 30), mention.start)
    )


def _owner(reading: Reading, mention: MeetingMention) -> Span | None:
    """The nearest naming of the alliance, unless another that holds summits is named nearer; "the summit in Brussels",
    which says less than "the Brussels summit", where none is named at all."""
    called = _town_before(reading, mention)
    if not called and not _town_after(reading, mention):
        return None
    low, high = max(0, mention.start - _NEAR), mention.end + _NEAR
    ours = [m.span() for m in _ALLIANCE.finditer(reading.view, low, high)]
    others = [m.span() for m in _OTHERS.finditer(reading.view, low, high)]

    def distance(span: Span) -> int:
        return mention.start - span[1] if span[1] <= mention.start else span[0] - mention.end

    nearest = min(ours, key=distance, default=None)
    if nearest is None or any(not called or distance(other) < distance(nearest) for other in others):
        return None
    return nearest
