"""Meetings held on the sidelines of others: two meetings, in one town."""

from __future__ import annotations

import re

from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_neighbours import ON_SIDELINES
from extraction.meeting_parties import aside
from extraction.reading import Reading

# "On the sidelines the ministers of the coalition held talks": of the meeting told of before.
_ITS_SIDELINES = re.compile(r"\b[Oo]n (?:the|its|their) (?:sidelines|margins|fringes)\b(?! of\b)")


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
