"""Where a sentence speaks of several meetings: which of its words belong to which."""

from __future__ import annotations

import re

from extraction.dates import DateMention
from extraction.meeting_mentions import MeetingMention

Span = tuple[int, int]

_AND = re.compile(r",?\s?(?:and|as well as|and then)\s(?:also |in )?(?:an? |the )?(?:separate )?")

ON_SIDELINES = re.compile(r"\b(?:sidelines|margins|fringes) of ")


def territory(view: str, mention: MeetingMention, siblings: list[MeetingMention]) -> Span:
    """The part of the sentence whose attributes belong to this mention, where several meetings share it."""
    start, end = mention.sentence.start, mention.sentence.end
    for other in siblings:
        if other is mention or (other.kind == "anaphor" and mention.kind == "anaphor"):
            continue
        if mention.day is None and _one_clause(mention, other):
            continue
        if other.left >= mention.right and coordinated(view, mention, other):
            continue
        if other.left >= mention.right:
            end = min(end, other.left)
        elif other.right <= mention.left:
            start = max(start, other.right)
    return start, end


def _one_clause(one: MeetingMention, two: MeetingMention) -> bool:
    """ "hosted his counterparts on Wednesday for talks on …": the clause and the noun in it are one meeting."""
    first, second = (one, two) if one.left <= two.left else (two, one)
    gap = first.sentence.text[max(0, first.right - first.sentence.start) : max(0, second.left - first.sentence.start)]
    groups = {m.group.key for m in (one, two) if m.group is not None}
    return (
        one.clause != two.clause
        and len(groups) < 2
        and one.day is two.day is None
        and not (one.when or two.when)
        and len(gap) < 70
        and not re.search(r"[,;:.]| and | but |\b(?:before|after|ahead|since|until|next|last)\b", gap)
    )


def coordinated(view: str, one: MeetingMention, two: MeetingMention) -> bool:
    """Rule meeting-coordinated: "the meeting of A and the meeting of B in Brussels on 14 May" share day and town."""
    return one.kind == two.kind == "noun" and bool(_AND.fullmatch(view, one.right, max(one.right, two.left)))


# "the 10 July statement by Sweden", "the October 7th terrorist attack": known by its day.
_NO_NAME = r"(?:with|by|in|on|of|and|or|to|for|an?|the|after|about|at|that|as)\b"
_THING = re.compile(
    rf"(?:'s)? (?:(?!{_NO_NAME})[a-z]+ ){{0,2}}?(?:statements?|declarations?|attacks?|agreements?|invasion|decisions?|"
    r"announcements?|deadline|elections?|incident|strikes?|massacre|referendum|war|pledges?|memorand\w+|accords?|"
    r"resolutions?|speech|letter|killings?)\b"
)


def of_a_thing(view: str, date: DateMention) -> bool:
    """Rule date-of-thing: is a day part of the name of something that is no meeting?"""
    return date.month is not None and _THING.match(view, date.end) is not None


_BACK_TO = re.compile(
    r"\b(?:since|until (?:\w+ ){1,8}?(?:in|on))\s(?:early |late |mid-)?$|\bsince (?:the |its |it )[^,;]*$|"
    r", which (?:was|were|had been) (?:\w+ly |first )?(?:announced|agreed|unveiled|proposed)\b[^,;]*$"
)


def goes_back(view: str, mention: MeetingMention, date: DateMention) -> bool:
    """Rule date-goes-back: "the third meeting since May 2024", "hosted by the Czechs until the vote in January", "of
    the consultations, which were announced in November": the date is of what was before."""
    return _BACK_TO.search(view, max(mention.sentence.start, mention.left), date.start) is not None
