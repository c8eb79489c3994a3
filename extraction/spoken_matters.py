"""Of whom a speaker only speaks: parties that remarks, briefings and press calls name as their matter.

A report names states beside a meeting mostly because they took part. Whoever speaks at length goes from one matter to
the next: whose weapons arrived, who is attacked, whom the minister received this morning.
"""

from __future__ import annotations

import re

from extraction.discourse import Segment
from extraction.folding import Party
from extraction.participation import FAINT, SURE, Candidate
from extraction.people import People
from extraction.reading import Reading

# One item of a briefing: "the secretary met with the Colombian minister", "will welcome General Phan to the Pentagon".
_RECEIVING = (
    r"\b(?:met|meets?|meeting|spoke|speaks?|talked|talks?|hosts?|hosted|welcom(?:es?|ed|ing)|receiv(?:es?|ed)|"
    r"visit(?:s|ed)?|called|sit(?:s|ting)? down|sat down)\b"
)
_RECEIVED = re.compile(rf"{_RECEIVING}[^.;:]*$")
# "Let me welcome", "I had the chance to meet": whoever speaks sees them where he speaks.
_BY_SPEAKER = re.compile(rf"\b(?:I|[Ww]e|[Ll]et me|[Ll]et us)(?:'\w+)?(?: [\w-]+){{0,6}}? ?{_RECEIVING}")
# "met the minister during the UDCG", "spoke at yesterday's session": there after all.
_GATHERED = re.compile(
    r"\b(?:at|during|in|for|following|after|before|of) (?:the|this|that|today's|yesterday's) (?:[\w'-]+ ){0,6}?"
    r"(?:meetings?|sessions?|summits?|talks|gatherings?|ministerials?|conferences?|consultations|[Gg]roup|[A-Z]{3,6})\b"
)
# "President Yoon of South -- of the Republic of Korea": whose official is named is there.
_HOLDER = re.compile(r"[A-Z][\w'-]+ (?:of|from) (?:[^.;:]{0,14}\b(?:of|from) )?(?:the )?$")
_SIDELONG = FAINT | {"company"}


class SpokenMatters:
    """Tells for one text which parties are only spoken of; of a report, none."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self._view = reading.view
        self._speakers = {person.affiliation for person in persons if person.turns and person.quotes}

    def among(self, found: dict[str, Candidate], segments: list[Segment]) -> set[str]:
        """Rule participation-spoken: the states among a meeting's parties of which the speakers only speak."""
        if not self._speakers:
            return set()
        # One paragraph of a briefing goes on about its own matter.
        told = {s.sentence.paragraph for s in segments if s.bond == "own" and not s.sentence.is_title}
        guests: dict[int, set[str]] = {}
        for value, candidate in found.items():
            for party, segment, _ in candidate.namings:
                if value not in self._speakers and party.kind in ("person", "office"):
                    guests.setdefault(segment.sentence.index, set()).add(value)
        return {
            value
            for value, candidate in found.items()
            if len(value) == 2
            and value not in self._speakers
            and all(self._idle(*naming, guests, told) for naming in candidate.namings)
        }

    def _idle(
        self, party: Party, segment: Segment, names: frozenset[str], guests: dict[int, set[str]], told: set[int]
    ) -> bool:
        beside = segment.bond in ("own", "follow") and segment.sentence.paragraph in told
        if party.kind in ("person", "office"):
            return not beside and (party.pronoun or self._received(party, segment, guests))
        if beside:
            alone = _HOLDER.search(self._view, max(0, party.span[0] - 40), party.span[0]) is None
            return alone and names <= _SIDELONG and (bool(names) or segment.bond == "follow")
        return not names & SURE

    def _received(self, party: Party, segment: Segment, guests: dict[int, set[str]]) -> bool:
        """Is somebody met, called or received alone, in an item of its own?"""
        sentence = segment.sentence
        lead = self._view[sentence.start : party.span[0]]
        return (
            not sentence.is_title
            and len(guests.get(sentence.index, ())) == 1
            and _RECEIVED.search(lead) is not None
            and _BY_SPEAKER.search(lead) is None
            and _GATHERED.search(sentence.text) is None
        )
