"""What counts as a meeting: three states and more, or an organisation's ministers, board or leaders, on defence."""

from __future__ import annotations

import re

from extraction.meeting_attributes import attendance_in
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_words import MANY_SIDED
from extraction.reading import Reading
from extraction.screening import Screened

MILITARY = Screened(
    r"\b(?:defen[cs]e|military|weapons?|arms|ammunition|security|troops|air defen[cs]e|munitions|missiles?|"
    r"shells?|deterrence|war)\b",
    re.I,
)
CIVIL = re.compile(
    r"\b(?:hospitals?|schools?|floods?|climate|railways?|trade|tourism|fisheries|refugees|reconstruction|"
    r"recovery|relief|"
    r"health|vaccines?|firefighters|peace talks|ceasefire|truce|parliamentary|lawmakers|exercise|drill|manoeuvres)\b",
    re.I,
)


def in_scope(reading: Reading, draft: MeetingDraft, groups: bool) -> bool:
    """Rules scope-*: a contact group's meeting, or one of an organisation's ministers, board or leaders."""
    named = [m for m in draft.mentions if m.kind != "anaphor"]
    if not named:
        return False
    if draft.group is not None:
        return True
    body, organisation = draft.body, draft.organisation
    text = " ".join(m.sentence.text for m in named)
    if body in ("armaments_directors", "chiefs_of_defence"):
        return True
    if organisation == "NATO":
        return any(m.kind == "noun" or m.body for m in named)
    defence = any(m.body_span and re.search(r"defen[cs]e", reading.view[slice(*m.body_span)], re.I) for m in named)
    if organisation is not None:
        return defence or (body in ("ministers", "leaders", "council") and bool(MILITARY.search(text)))
    if defence:
        return any(names_many(reading, m) for m in named)
    if any(m.states for m in named):
        return not CIVIL.search(text)
    return body == "steering" and groups


def names_many(reading: Reading, mention: MeetingMention) -> bool:
    """Does the sentence of a mention speak of three or more states?"""
    if attendance_in(reading, mention.sentence.start, mention.sentence.end):
        return True
    hits = reading.hits_in(mention.sentence.start, mention.sentence.end)
    nations = {e.value for h in hits if (e := h.get("nation", "demonym")) is not None}
    phrase = reading.view[mention.left : mention.right]
    return (
        len(nations - {"RU"}) >= 3
        or bool(re.search(r"\b(?:Nordic|Baltic|[Aa]llied|European|Western|NATO|ASEAN|G7)\b", phrase))
        or bool(MANY_SIDED.search(phrase))
    )
