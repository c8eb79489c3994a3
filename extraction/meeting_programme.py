"""A programme of meetings: "three meetings await her in Brussels. On Wednesday the Contact Group is in session …".

After meetings in the plural, each body that a sentence names beside a day of its own has a meeting then, whatever the
verb, if there is one."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.meeting_mentions import MeetingMention, PhraseReader, Span
from extraction.meeting_together import bodies
from extraction.screening import Screened

_SEVERAL = Screened(
    r"\b(?:meetings|sessions|events|talks|rounds|appointments|dates|entries|ministerials|gatherings)\b", re.I
)
_MANY = re.compile(
    r"\b(?:two|three|four|five|several|a number of|a (?:series|run|round|string|week|day|set) of|sets of|a pair of|"
    r"both|double|next) (?:[\w-]+ ){0,3}$",
    re.I,
)
_DAYS = frozenset(["day", "weekday", "day_shift", "range"])
_SINCE = re.compile(r"\b(?:since|until|by|said|told|announced|reported|from) (?:on |late |early )?$")
_TOWN = re.compile(r"\b(?:in|to|for|of) (?:the )?$")
_OVER = re.compile(
    r"\b(?:was|were|had|took|went|came|flew|spent|saw|held|met|sat|gave|left|back|brought|ended|past|last|"
    r"(?!unscheduled|scheduled|planned|invited|expected|named|united|needed|allied|armed|related)[a-z]{2,}ed)\b"
)
# How many sentences a programme goes on.
_GOES_ON = 3


def programme(reader: PhraseReader, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
    """Rule meeting-programme: the mentions `here`, with those that a programme begun here or before adds."""
    if sentence.is_title or not reader.reading.dates_of(sentence):
        return here
    begun = _begun(reader, sentence)
    if begun is None:
        return here
    lead, position = begun
    named = [s for s in bodies(reader, sentence) if s[0] >= position]
    days = [
        d
        for d in reader.reading.dates_of(sentence)
        if d.kind in _DAYS
        and d.start >= position
        and not _SINCE.search(reader.view, max(sentence.start, d.start - 20), d.start)
    ]
    told = _paired(reader, sentence, named, days)
    if not told:
        return here
    town = _town_of(reader, lead)
    made = []
    for span, day in told:
        mention = MeetingMention("noun", *span, min(span[0], day.start), max(span[1], day.end), sentence)
        reader.describe(mention, reader.view[slice(*span)], span[0])
        mention.start, mention.end = span
        taken = [m for m in here if m.left < span[1] and span[0] < max(m.end, m.right)]
        if any(m.kind != "anaphor" and m.group is mention.group is not None for m in taken) or not (
            mention.group or mention.organisation
        ):
            continue
        here = [m for m in here if m not in taken or m.plural]
        over = _OVER.search(lead.text) is not None
        made.append(replace(mention, day=day, town=town, held=over, coming=not over))
    return sorted([*here, *made], key=lambda m: m.start)


def _begun(reader: PhraseReader, sentence: Sentence) -> tuple[Sentence, int] | None:
    """The sentence with meetings in the plural that a programme follows, and from where on it does."""
    sentences = reader.reading.sentences
    for before in reversed(sentences[max(0, sentence.index - _GOES_ON) : sentence.index + 1]):
        if before.is_title:
            continue
        for match in _SEVERAL.finditer(before.text):
            start = before.start + match.start()
            if _MANY.search(reader.view, max(before.start, start - 50), start):
                return before, before.start + match.end() if before is sentence else sentence.start
    return None


def _paired(
    reader: PhraseReader, sentence: Sentence, named: list[Span], days: list[DateMention]
) -> list[tuple[Span, DateMention]]:
    """Each body with the day it stands by: one of each in a clause, or as many of one as of the other."""
    if len(named) == len(days):
        return list(zip(named, days, strict=True))
    told = []
    for span in named:
        left = max(reader.view.rfind(sign, sentence.start, span[0]) for sign in ";:") + 1 or sentence.start
        right = min((p for sign in ";:" if (p := reader.view.find(sign, span[1], sentence.end)) >= 0),
                    default=sentence.end)  # fmt: skip
        mine = [d for d in days if left <= d.start < right]
        others = [s for s in named if left <= s[0] < right]
        if len(mine) == len(others) == 1:
            told.append((span, mine[0]))
    return told


def _town_of(reader: PhraseReader, lead: Sentence) -> Span | None:
    """The one town of the sentence that announces the programme."""
    towns = [
        (h.start, h.end)
        for h in reader.reading.hits_in(reader.reading.body_start(lead), lead.end)
        if h.get("place", "capital") and _TOWN.search(reader.view, max(lead.start, h.start - 8), h.start)
    ]
    return towns[0] if len(towns) == 1 else None
