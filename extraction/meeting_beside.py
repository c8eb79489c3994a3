"""Meetings beside others: who met on the sidelines of a summit has a meeting of his own, and so has the summit."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_neighbours import ON_SIDELINES
from extraction.reading import Reading

# "on the sidelines of the summit", "at the NATO Summit in Lisbon": where others met.
_ASIDE = re.compile(r"\b(?:sidelines|margins|fringes) of |\b(?:at|during) (?:the |today's )?(?:[A-Z][\w'-]+ ){0,2}$")
# At that meeting were others: who met on its sidelines.
_MARGIN = re.compile(r"\b(?:sidelines|margins|fringes) of (?:[\w'-]+ ){0,7}$")

# "On the sidelines the ministers of the coalition held talks": of the meeting told of before.
_ITS_SIDELINES = re.compile(r"\b[Oo]n (?:the|its|their) (?:sidelines|margins|fringes)\b(?! of\b)")


def aside(reading: Reading, mention: MeetingMention) -> bool:
    """Is it a meeting on whose sidelines others met, or an organisation's or group's at which they did?"""
    if at_margin(reading, mention.sentence, mention.start):
        return True
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


def host(reading: Reading, mention: MeetingMention) -> bool:
    """Is it the meeting on whose sidelines another was held?"""
    return bool(ON_SIDELINES.search(reading.view, max(mention.sentence.start, mention.left - 14), mention.start))


def beside_last(reading: Reading, mention: MeetingMention) -> bool:
    """Was it held on the sidelines of the meeting told of before?"""
    return _ITS_SIDELINES.search(reading.view, mention.sentence.start, mention.sentence.end) is not None


def beside(reading: Reading, draft: MeetingDraft, mention: MeetingMention) -> bool:
    """Rule meeting-sidelines: "they met on the sidelines of the ministers' meeting" tells of two."""
    return host(reading, mention) and any(m.sentence is mention.sentence and m.clause for m in draft.mentions)


def place_beside(reading: Reading, drafts: list[MeetingDraft]) -> None:
    """Rule place-sidelines: on whose sidelines others met in Brussels, met in Brussels, and the other way round."""
    for draft in drafts:
        if draft.place is not None:
            continue
        for seen in draft.seen:
            sentence, hosts = seen.mention.sentence, host(reading, seen.mention)
            if seen.mention.kind != "anaphor" and beside_last(reading, seen.mention):
                before = [d for d in drafts if any(0 < sentence.index - m.sentence.index < 3 for m in d.mentions)]
                seen.place = before[-1].place if before else None
                break
            if (hosts and len(draft.seen) > 1) or not (hosts or seen.mention.sides):
                continue
            beside_it = [
                d
                for d in drafts
                if d is not draft and any(m.sentence is sentence and (hosts or aside(reading, m)) for m in d.mentions)
            ]
            if len(beside_it) == 1 and beside_it[0].place is not None:
                seen.place = beside_it[0].place
                break
