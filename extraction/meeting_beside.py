"""Meetings beside others: who met on the sidelines of a summit has a meeting of his own, and so has the summit."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.reading import Reading

# "on the sidelines of the summit", "at the NATO Summit in Lisbon": where others met.
_ASIDE = re.compile(r"\b(?:sidelines|margins|fringes) of |\b(?:at|during) (?:the |today's )?(?:[A-Z][\w'-]+ ){0,2}$")
# At that meeting were others: who met on its sidelines.
_MARGIN = re.compile(r"\b(?:sidelines|margins|fringes) of (?:[\w'-]+ ){0,7}$")


def aside(reading: Reading, mention: MeetingMention) -> bool:
    """Is it an organisation's or group's meeting at which, or on the sidelines of which, others met?"""
    if mention.organisation is None and mention.group is None:
        return False
    return _ASIDE.search(reading.view, max(mention.sentence.start, mention.left - 24), mention.start) is not None


def at_margin(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Does a word for a meeting at `start` tell on whose sidelines something was?"""
    return _MARGIN.search(reading.view, sentence.start, start) is not None


def met_beside(reading: Reading, draft: MeetingDraft, drafts: list[MeetingDraft]) -> frozenset[str]:
    """Rule participant-beside: the states that met on the sidelines of a meeting, by the sentence that says so, are
    parties to a meeting of their own."""
    beside = {m.sentence.index for m in draft.mentions if aside(reading, m)}
    others = [m for d in drafts if d is not draft for m in d.mentions if m.sentence.index in beside]
    return frozenset(state for m in others for state in m.sides)
