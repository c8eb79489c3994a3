"""The day of a meeting where its month is said first: "Last month the group met on the screen. It was January 23"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.date_resolution import resolve
from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.meeting_counted import Dated, direction_of
from extraction.meeting_draft import MeetingDraft
from extraction.reading import Reading

_DAY = len("2024-02-14")
# "In February, on the 14th".
_ORDINAL_DAY = re.compile(r"\b(?:on|for) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! [a-z]*(?:time|meeting|session|of)\b)")
# "It was January 23", "The date was 23 January", "That day, the 23rd".
_GOES_ON = re.compile(r"(?:It|That|This|The (?:date|day)) (?:was|is|fell on|will be) (?:on )?(?:the )?$")
_ANOTHER_CLAUSE = re.compile(r";|\b(?:and|but|while|whereas|before|after)\b")


def narrow(reading: Reading, drafts: Sequence[MeetingDraft]) -> None:
    """Rule date-narrowed: a day of the month that a meeting is known by takes its place.

    It stands in the sentence that tells of this meeting alone, or opens the next one.
    """
    told = [m.sentence.index for d in drafts for m in d.mentions]
    for draft in drafts:
        _narrow(reading, draft, told)


def _narrow(reading: Reading, draft: MeetingDraft, told: Sequence[int]) -> None:
    """`told` are the numbers of the sentences that tell of meetings, one for each mention."""
    date = draft.date
    if date is None or date.starts is None or len(date.starts) != len("2024-02") or date.ends is not None:
        return
    for seen in draft.seen:
        if seen.date is not date:
            continue
        sentence = seen.mention.sentence
        if told.count(sentence.index) > sum(m.sentence is sentence for m in draft.mentions):
            continue
        day = _in_sentence(reading, sentence, date) or _in_next(reading, sentence, date)
        if day is not None:
            seen.date = Dated(f"{date.starts}-{day.day:02}", None, (day.start, day.end), day, date.bound)


def _in_sentence(reading: Reading, sentence: Sentence, date: Dated) -> DateMention | None:
    days = [d for d in reading.dates_of(sentence) if _within(reading, d, date)]
    if len(days) == 1:
        between = reading.view[min(date.span[1], days[0].end) : max(date.span[0], days[0].start)]
        return None if _ANOTHER_CLAUSE.search(between) else days[0]
    match = _ORDINAL_DAY.search(sentence.text, max(0, date.span[1] - sentence.start))
    if days or match is None or match.start() + sentence.start - date.span[1] > 40:
        return None
    start, end = sentence.start + match.start("day"), sentence.start + match.end()
    return DateMention("day", start, end, reading.view[start:end], None, date.mention.month, int(match["day"]))


def _in_next(reading: Reading, sentence: Sentence, date: Dated) -> DateMention | None:
    following = reading.sentences[sentence.index + 1 : sentence.index + 2]
    for after in following:
        for day in reading.dates_of(after):
            if _within(reading, day, date) and _GOES_ON.fullmatch(reading.view, after.start, day.start):
                return day
    return None


def _within(reading: Reading, day: DateMention, month: Dated) -> bool:
    """Is it a day of that month, by date or counted from publication?"""
    if not day.precise or day.day is None:
        return False
    found = resolve(day, reading.anchor, direction_of("held")) if reading.anchor is not None else None
    return found is not None and len(found[0]) == _DAY and found[0].startswith(month.starts or "-")
