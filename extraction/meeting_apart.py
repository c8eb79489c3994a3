"""What shows by itself that two meetings told of are not one."""

from __future__ import annotations

import re

from extraction.date_resolution import day_of
from extraction.meeting_beside import beside
from extraction.meeting_counted import Dated
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_states import BEGUN
from extraction.meeting_words import MANY_SIDED
from extraction.reading import Reading

_BROUGHT_ABOUT = re.compile(r"\b(?:convened|held|hosted|chaired|organi[sz]ed|attended|took part in) $")
# A report tells of what was at most so many days ago.
_RECENT = 45
_EXPECTED = re.compile(r" ?(?:is|are|was|were) (?:\w+ )?(?:expected|planned|foreseen|due|scheduled|to follow)\b")
_INDEFINITE = re.compile(r"(?:[Aa]n?|[Aa]nother) ")

_PAST_AFTER = re.compile(
    r"\s(?:also |itself |only )?(?!(?:is|will)\b)(?!(?:was|were|had been) (?:\w+ )?(?:scheduled|planned|set|due|"
    r"expected|slated|announced)\b)(?:was|were|had|saw|heard|took|began|ended|paid|brought|gave|"
    r"came|went|[a-z]{3,}ed)\b"
    r"(?! (?:for|to be) )"
)


def introduced(reading: Reading, seen: Seen) -> bool:
    """Rule meeting-introduced: "he convened a small meeting of leaders", "a trilateral meeting is expected in summer"
    bring in one not spoken of before."""
    view, mention = reading.view, seen.mention
    told = _BROUGHT_ABOUT.search(view, max(mention.sentence.start, mention.left - 20), mention.left)
    new = mention.kind == "noun" and _INDEFINITE.match(view, mention.left) is not None
    return new and (told is not None or (seen.status == "planned" and _EXPECTED.match(view, mention.right) is not None))


def other_office(reading: Reading, draft: MeetingDraft, mention: MeetingMention) -> bool:
    """Rule meeting-office: foreign ministers and defence ministers do not meet as one, unless both are named."""
    mine = _office(reading, mention)
    theirs = {_office(reading, m) for m in draft.mentions} - {None}
    return mine is not None and bool(theirs) and mine not in theirs


def other_sides(draft: MeetingDraft, mention: MeetingMention) -> bool:
    """Rule meeting-sides: the talks of three of four ministers are not the meeting of all four, nor is the summit of
    their leaders that of the ministers."""
    theirs = [m.sides.keys() for m in draft.mentions if m.sides]
    if mention.sides and theirs and None not in (mention.body, draft.body) and mention.body != draft.body:
        return True
    return bool(mention.sides) and bool(theirs) and all(mention.sides.keys() != sides for sides in theirs)


def of_own_sides(reading: Reading, draft: MeetingDraft, mention: MeetingMention) -> bool:
    """Rule meeting-own-sides: the meeting of the states on a list, or a trilateral one, is none of an organisation."""

    def its_own(one: MeetingMention) -> bool:
        if one.organisation is not None or one.group is not None:
            return False
        return bool(one.sides) or MANY_SIDED.search(reading.view, one.left, max(one.right, one.end)) is not None

    if draft.organisation is not None and draft.group is None:
        return its_own(mention)
    return mention.organisation is not None and any(its_own(m) for m in draft.mentions)


def of_another_year(reading: Reading, draft: MeetingDraft) -> bool:
    """Rule meeting-year: "the 2014 summit" is known by its year alone and is not the meeting at hand."""
    if reading.anchor is None or draft.date is None or draft.date.mention.kind != "year":
        return False
    return draft.date.starts != str(reading.anchor.year)


def told_apart(reading: Reading, draft: MeetingDraft, mention: MeetingMention) -> bool:
    """Is it plain that a mention is not of this meeting?"""
    return (
        beside(reading, draft, mention)
        or other_office(reading, draft, mention)
        or other_sides(draft, mention)
        or of_own_sides(reading, draft, mention)
    )


def _office(reading: Reading, mention: MeetingMention) -> str | None:
    words = reading.view[slice(*mention.body_span)].lower() if mention.body_span is not None else ""
    foreign, defence = "foreign" in words, "defen" in words
    return None if foreign == defence else "foreign" if foreign else "defence"


def left_behind(draft: MeetingDraft, mention: MeetingMention) -> bool:
    """Rule meeting-back-to: a new paragraph's "the talks" are not the last or next ones that the old one ended with."""
    last = max(draft.mentions, key=lambda m: m.start)
    return (
        bool(draft.when() or draft.plain_status() == "planned")
        and not mention.when
        and last.sentence.paragraph != mention.sentence.paragraph
    )


def past_of(reading: Reading, mention: MeetingMention) -> bool:
    """Rule meeting-tense: what "the meeting paid" or "the session heard" has been held."""
    return mention.definite and bool(_PAST_AFTER.match(reading.view, mention.end))


def over(draft: MeetingDraft, seen: Seen) -> bool:
    """Rule meeting-over: "another is to be held soon, they agreed when they met on Monday" tells of two. "Today" may
    be of either."""
    mine = seen.date
    if mine is None or mine.starts is None or mine.mention.kind == "day_shift":
        return False
    return seen.status == "held" and draft.plain_status() == "planned" and draft.date is None


def places_conflict(draft: MeetingDraft, seen: Seen) -> bool:
    """Do a meeting and a mention stand in different towns, or a building of one and a town of another country?"""
    mine, theirs = seen.place, draft.place
    if mine is None or theirs is None or (mine.place and theirs.place):
        return bool(mine and theirs and not _one_town(mine.place or "", theirs.place or ""))
    abroad = bool(mine.country and theirs.country) and mine.country != theirs.country
    # A forum in Halifax and ministers in Cambodia; of one group or body the country alone may be another's.
    nameless = draft.group is None and draft.organisation is None
    towns = mine.place or theirs.place if nameless else (mine.place and theirs.venue) or (mine.venue and theirs.place)
    return abroad and bool(towns)


def _one_town(a: str, b: str) -> bool:
    """ "New York City" is New York."""
    return a.startswith(b) or b.startswith(a)


def of_others(draft: MeetingDraft, seen: Seen) -> bool:
    """Rule meeting-of-others: "They will meet again in Bucharest": the three listed, not the alliance's ministers."""
    mention, placed = seen.mention, seen.date is not None or seen.place is not None
    return bool(mention.sides) and placed and draft.organisation is not None and mention.organisation is None


def founded_long_ago(reading: Reading, draft: MeetingDraft, seen: Seen) -> bool:
    """Rule meeting-founded: "The coalition was founded in January": not the meeting that the report is about."""
    anchor = reading.anchor
    day = day_of(seen.date.starts) if seen.date is not None and seen.date.starts is not None else None
    if anchor is None or day is None or draft.date is not None:
        return False
    begun = BEGUN.fullmatch(reading.view, seen.mention.start, seen.mention.end)
    return begun is not None and (anchor - day).days > _RECENT


def open_body(reading: Reading, draft: MeetingDraft) -> bool:
    """May a body without a group be a group's? Not where the text says whose ministers they are."""
    for mention in draft.mentions:
        phrase = reading.view[mention.left : max(mention.right, mention.end)]
        if re.search(r"\b(?:[Ff]oreign [Mm]inisters|Nordic|Baltic|European|EU|Allied|Alliance|of the other)\b", phrase):
            return False
    return True


def within(day: Dated, days: Dated) -> bool:
    """Is a single day one of several?"""
    return day.ends is None and bool(days.ends and (days.starts or "") <= (day.starts or "") <= days.ends)


def words_differ(a: Dated, b: Dated) -> bool:
    """Without a resolved date: "on Friday" may be "Friday, 14 November", and no other day."""
    weekdays = {_weekday(a), _weekday(b)} - {None}
    if None in (a.mention.day, b.mention.day) and len(weekdays) == 1 and None not in (_weekday(a), _weekday(b)):
        return False
    return (a.mention.month, a.mention.day, a.mention.weekday) != (b.mention.month, b.mention.day, b.mention.weekday)


def _weekday(date: Dated) -> int | None:
    day = day_of(date.starts) if date.starts is not None else None
    return date.mention.weekday if day is None else day.weekday()
