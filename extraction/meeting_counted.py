"""Days that are counted from another: "the day after", "four days earlier", "a day before the group convenes"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from extraction.date_resolution import Direction, day_of, resolve
from extraction.dates import DateMention
from extraction.lexicon import number_of
from extraction.meeting_mentions import MeetingMention
from extraction.reading import Reading

Span = tuple[int, int]

# "said Friday", "told reporters on Tuesday", "who spoke on March 8": the day of the statement.
STATEMENT_DAY = re.compile(
    r"\b(?:said|says|filled in|laid out|outlined|explained|asked|announced?|told|added|stated|confirmed|reported|"
    r"reports|spoke|speaking|wrote|posted|tweeted|noted|statement|interview|briefing|released|published|declared|"
    r"revealed|warned|pledged|disclosed|according to|unveiled|(?:speak|talk) to (?:you|reporters|the press))\b"
    r"(?: (?!at|during|after|ahead|before|when|that|the|for\b|"
    r"in)[\w']+){0,4}(?:(?<=told) the \w+(?: [A-Z][\w-]+)?)?(?:,)?"
    r"(?: on| late| early| in a statement| in a statement on)?\s?,?\s?$",
    re.I,
)
# "The day after, he takes part in", "One day earlier the ministers had met".
_BACK = re.compile(r"previous|preceding|before|earlier")
COUNTED_DAY = re.compile(
    r"\W*(?P<words>[Tt]he (?:next|following|previous|preceding) day|"
    r"(?:[Tt]he|[Oo]ne|[Aa]|(?P<count>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|"
    r"\d{1,2})) days? "
    r"(?:afterwards|later|earlier|(?:after|before)(?! (?:the|a|its|his|their)\b)))(?=,| [a-z]+ | [A-Z])"
)
# "on Thursday, one day before the partners assemble", "two days after the group had met".
_BESIDE_DAY = re.compile(
    r"(?P<words>on the eve of|(?:(?:the|one|an?|(?P<count>two|three|four|five|six|ten|\d{1,2})) days? "
    r"(?P<side>before|after|ahead of)))(?: (?:the|an?|its|their|his|her|when))?(?: [\w'-]+){0,3} ?$",
    re.I,
)
# "the gathering of the coalition in Brussels the day before", "met two days later".
_AFTER_WORDS = re.compile(
    r"[^;:,.\u2014]{0,70}? (?P<words>(?:the day|(?:an?|one|(?P<count>two|three|four|five)) days?) "
    r"(?:before|earlier|after|later)|the (?:previous|following|next|preceding) day)\b"
    r"(?! (?:the|an?|of|its|his|her|their|when|that|[A-Z\d]|yesterday|tomorrow))"
)


@dataclass(frozen=True)
class Dated:
    """A resolved date of a meeting with its words."""

    starts: str | None
    ends: str | None
    span: Span
    mention: DateMention
    bound: int


def direction_of(status: str | None) -> Direction:
    """Which side of publication a meeting in this state lies on."""
    return "past" if status == "held" else "future" if status in ("planned", "postponed", "cancelled") else "near"


def day_counted(reading: Reading, mention: MeetingMention, status: str | None) -> Dated | None:
    """Rule date-counted: "the day after, the ministers meet" counts from the day last named before it."""
    sentence = mention.sentence
    beside = _BESIDE_DAY.search(reading.view, sentence.start, mention.start)
    if beside is not None:
        return _day_beside(reading, mention, beside)
    later = _AFTER_WORDS.match(reading.view, mention.end, sentence.end)
    if later is not None and not any(d.start >= mention.left for d in reading.dates_of(sentence)):
        return _day_beside(reading, mention, later)
    match = COUNTED_DAY.match(sentence.text)
    # "A day later the minister filled in the details: the talks are to …" is the day of the telling.
    if match is not None and ":" in reading.view[sentence.start : mention.start]:
        return None
    base = day_before(reading, sentence.index) if match is not None else None
    if match is None or base is None:
        return None
    found = told_before(reading, base) or resolve(base, reading.anchor, direction_of(status))
    day = day_of(found[1] or found[0]) if found else None
    if day is None:
        return None
    start = sentence.start + match.start("words")
    return _moved(day, base, match, start, back=_BACK.search(match["words"]) is not None)


def _day_beside(reading: Reading, mention: MeetingMention, beside: re.Match[str]) -> Dated | None:
    """Rule date-beside: "on Thursday, a day before the group convenes": the group's day is the one after."""
    days = [d for d in reading.dates_of(mention.sentence) if d.precise and d.end <= beside.start("words")]
    base = days[-1] if days else day_before(reading, mention.sentence.index)
    found = (told_before(reading, base) or resolve(base, reading.anchor)) if base is not None else None
    day = day_of(found[1] or found[0]) if found else None
    if day is None or base is None:
        return None
    side = beside.groupdict().get("side")
    # "a day after the group had met": the group's day is before; "met a day earlier" is itself.
    back = side.lower() == "after" if side else _BACK.search(beside["words"]) is not None
    return _moved(day, base, beside, beside.start("words"), back=back)


def _moved(day: datetime.date, base: DateMention, match: re.Match[str], start: int, *, back: bool) -> Dated | None:
    """The day that `match` counts from `day`, which is told at `base`; its words begin at `start`."""
    count = (number_of((match["count"] or "one").lower()) or 1) * (-1 if back else 1)
    try:
        moved = day + datetime.timedelta(days=count)
    except OverflowError:
        return None
    # "12 September. Four days earlier": without the day that it counts from a number of days shows none.
    alone = not match["count"] and "day" in match["words"].lower()
    span = (start if alone else base.start, start + len(match["words"]))
    words = DateMention("day", *span, match["words"], moved.year, moved.month, moved.day)
    return Dated(moved.isoformat(), None, span, words, 1)


def day_before(reading: Reading, index: int) -> DateMention | None:
    """The day last named in the four sentences before; the day of a statement only where no other is."""
    told: list[DateMention] = []
    for sentence in reversed(reading.sentences[max(0, index - 4) : index]):
        days = [d for d in reading.dates_of(sentence) if d.precise]
        for day in reversed(days):
            if not STATEMENT_DAY.search(reading.view, sentence.start, day.start):
                return day
        told += reversed(days)
    return told[0] if told else None


def told_before(reading: Reading, date: DateMention) -> tuple[str, str | None] | None:
    """Rule date-weekday-told: "On Thursday 10 April" was named, so "on Thursday" is that day.

    Only a bare weekday is bound so, and only to a day within ten days of publication.
    """
    if date.kind != "weekday" or date.which or date.weekday is None or reading.anchor is None:
        return None
    for told in reading.told_days:
        if told.weekday() == date.weekday and abs((told - reading.anchor).days) <= 10:
            return told.isoformat(), None
    return None
