"""Meetings of those who speak: "our three countries", "our foreign ministers", where a text lists its own parties.

A joint statement ("We, the leaders of A, B and C, met today") and remarks of several leaders in one meeting name once
who speaks; from then on "we", "our three nations" and "our national security advisors" are theirs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.document import Sentence
from extraction.meeting_mentions import MeetingMention, Span
from extraction.meeting_parties import ADVERSARIES, LEAST_STATES, states_in
from extraction.people import People
from extraction.reading import Reading

# Who speaks is said at once.
_OPENING = 4
_JOINT = re.compile(
    r"\b(?:Remarks|Statement|READOUT|Readout)\b[^.|]{0,30}?\b(?:by|from|of|With|with) |"
    r"\b[Ww]e, the (?:\w+ ){0,3}?(?:leaders|ministers|heads|secretaries|advisors|advisers) (?:of|from) "
)
_LIST_ENDS = re.compile(
    r"\b(?:[Bb]efore|[Pp]rior|[Aa]fter|[Ii]n|[Aa]t|[Oo]n|[Ff]ollowing|[Tt]o|met|mark|convened?|gather(?:ed)?|announce|"
    r"today|reaffirm\w*|issue)\b|[;:|]|$"
)
_OURS = re.compile(
    r" (?:between|of|among|for|by) (?:the (?:leaders|ministers|heads) of )?(?:all of )?(?:our|these|the) "
    r"(?:two |three |four |five )?(?:countries|nations|leaders|states|governments)\b"
)
_WHO = (
    r"(?:(?:national security|defen[cs]e|foreign|prime|military|deputy|\w+-level) ){0,2}"
    r"(?:advis[eo]rs|ministers|secretaries|chiefs|leaders|officials|counterparts|chiefs of (?:defen[cs]e|staff))"
)
_OUR_PEOPLE = re.compile(
    rf"\b[Oo]ur (?:respective |three |countries' )?(?P<who>{_WHO})(?: have| had)? (?P<verb>met|convened|gathered)\b"
)
_AGAIN = re.compile(r",? and (?:then )?again\b")


class OwnParties:
    """The states whose leaders speak in one text, and the meetings it tells as theirs."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self.reading = reading
        self.sides = self._sides(persons)

    def _sides(self, persons: People) -> dict[str, Span]:
        for sentence in self.reading.sentences[:_OPENING]:
            match = _JOINT.search(sentence.text)
            if match is None:
                continue
            start = sentence.start + match.end()
            stop = _LIST_ENDS.search(self.reading.view, start + 1, sentence.end)
            sides = states_in(self.reading, persons, start, stop.start() if stop is not None else sentence.end)
            if len(sides) >= LEAST_STATES and not sides.keys() & ADVERSARIES:
                return sides
        return {}

    def give(self, here: list[MeetingMention]) -> None:
        """Rule meeting-ours: "the first summit between our three countries" is one of those who speak."""
        if not self.sides:
            return
        for mention in here:
            unowned = mention.group is None and mention.organisation is None and not mention.sides
            if unowned and mention.kind != "verb" and _OURS.match(self.reading.view, mention.end, mention.sentence.end):
                mention.kind, mention.states, mention.sides = "noun", True, dict(self.sides)

    def told(self, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-our-ministers: "our national security advisors met in Tokyo, and again virtually in December
        2023"; each month or day they met on is a meeting."""
        match = _OUR_PEOPLE.search(sentence.text) if self.sides and not sentence.is_title else None
        if match is None:
            return []
        start, end = sentence.start + match.start(), sentence.start + match.end()
        here[:] = [m for m in here if not (start <= m.start < end or m.start <= start < m.end)]
        dates = [d for d in self.reading.dates_of(sentence) if d.kind in ("day", "month", "range")]
        body = (sentence.start + match.start("who"), sentence.start + match.end("who"))
        lead = MeetingMention("verb", start, end, start, end, sentence, clause=True, states=True)
        lead.sides, lead.held = dict(self.sides), True
        lead.body, lead.body_span = ("ministers" if "minister" in match["who"] else None), body
        before = [d for d in dates if d.end <= start]
        # "In July and September 2023": both are of that year.
        year = next((d.year for d in reversed(before) if d.year), None)
        before = [d if d.year else replace(d, year=year) for d in before]
        after = [d for d in dates if d.start >= end]
        again = _AGAIN.search(self.reading.view, end, sentence.end)
        first_reach = again.start() if again is not None else sentence.end
        found = [replace(lead, day=d) for d in before] or [replace(lead, right=first_reach)]
        found[-1].right = first_reach
        if again is not None and before:
            left = again.start()
            found += [replace(lead, start=d.start, end=d.end, left=left, right=d.end, day=d) for d in after]
        return found
