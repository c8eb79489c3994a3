"""Which meeting of a series a phrase counts: "the 19th meeting", "its sixth session", "meeting No. 26"."""

from __future__ import annotations

import re

from extraction import meeting_words as words
from extraction.lexicon import ordinal_of

Span = tuple[int, int]
Number = tuple[int, Span]

_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? (?:the )?$")
# "The session was the group's 29th".
_IS_NUMBER = re.compile(
    r"(?: today)? (?:was|is|will be) (?:already |now )?(?:the|its|their|our)(?: [\w-]+'s)? (?P<ordinal>[\w-]+)"
    r"(?: (?:so far|to date|of its kind|in (?:this|the same) format))?(?=[,.;]| and )"
)
# "the meeting of the Contact Group at Ramstein, the twentieth, had": the number comes in apposition.
_APPOSED_NUMBER = re.compile(
    r"[^,.;]{0,60}?, (?:the|its|their) (?P<ordinal>[\w-]+)(?: (?:so far|to date|"
    r"of its kind|in the series))?(?=[,.])"
)
# "in Seoul — the fourth such meeting —", "today's meeting — the second of its kind — built on".
_SET_OFF_NUMBER = re.compile(
    r"[^,.;\u2014]{0,40}?(?: ?\u2014 ?|, | - )(?:the|its|their) (?P<ordinal>[\w-]+) (?:of its kind|"
    r"(?:such |trilateral |regular )?(?:meeting|summit|session|gathering|one)(?: of (?:its|this) kind)?)\b"
)
_RAMSTEIN = re.compile(r"ramstein-(\d+)", re.I)
# "his first NATO ministers' meeting", "her last": the person's, whatever number it has in the series.
_PERSONAL = re.compile(r"\b(?:his|her|my)\s(?:\w+ )?$", re.I)
_OWN_LAST = re.compile(r"\b(?:[Hh]is|[Hh]er|[Mm]y)\s(?:own |very )?(?:last|final|latest|previous)\b")
# "the first in-person meeting", "the first leaders' session": the first of a sort, not of the series.
_SORT = re.compile(
    r"\b(?:physical|in[- ]person|face[- ]to[- ]face|virtual|online|hybrid|regular|leaders?(?:'s?)?[- ]level|leaders'|"
    r"wartime|peacetime|post-\w+|such)\b",
    re.I,
)
# "the first meeting … since Kallas took office", "… under British chairmanship", "… not chaired by".
_QUALIFIED = re.compile(
    r"(?:(?!\b(?:took|takes?|was|were|is|are|will|would|has|have|had|saw|heard|discussed)\b)[^.;]){0,110}?"
    r"\b(?:since(?! (?:its|the|their) (?:\w+ )?(?:creation|founding|foundation|establishment|formation|launch|"
    r"inception))|under (?!the (?:auspices|umbrella|framework))|outside|following|without|not|"
    r"(?:led|chaired|hosted|convened|attended) by|to be (?:held|hosted|chaired|led)|with (?:the |an? |its )?new|"
    r"(?:at|on) (?:the |a )?(?:leaders?[- ']|level of)|of (?:his|her) (?:\w+ )?(?:term|tenure|presidency)|"
    r"in (?:more than |over |almost |nearly )?(?:\d+|a|two|three|four|five|six|seven|eight|ten|twelve|several) "
    r"(?:years?|months?|decades?|weeks)|(?:of|in) 20\d\d|during|after|as)\b"
)
# "during the 78th United Nations General Assembly", "on the 75th anniversary": what is counted is no meeting.
_OF_ELSE = re.compile(
    r"(?: (?!meetings?\b|session|summit|round|talks|conference|ministerial|gathering|consultation|dialogue)"
    r"[\w.-]+){0,3}? "
    r"(?i:general assembly|united nations|anniversary|congress|parliament|army|corps|fleet|wing|brigade|division|"
    r"airborne|battalion|regiment|parallel|century|birthday|tranche|drawdown|package|(?:national|independence|victory|"
    r"armed forces) day|party congress)\b"
)
_OF_THE_YEAR = re.compile(r"[^,;.]{0,30}?\b(?:this year|of the year|this month|in office)\b")


def number_of(view: str, mention_end: int, phrase: str, offset: int, sentence_end: int) -> Number | None:
    """The number that a phrase for a meeting counts in its series, with the span that says it.

    `phrase` begins at `offset` of the view; the noun for the meeting ends at `mention_end`.
    """
    found: Number | None = None
    for match in words.ORDINAL.finditer(phrase):
        if match.start() + offset > mention_end:
            break
        # "on April 26th" counts no meetings.
        if _MONTH_BEFORE.search(phrase, 0, match.start()):
            continue
        number = ordinal_of(match["ordinal"])
        span = (offset + match.start(), offset + match.end())
        if not number or match["ordinal"].isupper():
            continue
        if not _counts_else(view, number, span, mention_end, sentence_end):
            found = number, span
    return found


def number_after(view: str, end: int, sentence_end: int) -> Number | None:
    """Rule ordinal-apposed: "the meeting at Ramstein, the twentieth, had", "the session was the group's 29th"."""
    following = view[end:sentence_end]
    match = _APPOSED_NUMBER.match(following) or _IS_NUMBER.match(following) or _SET_OFF_NUMBER.match(following)
    number = ordinal_of(match["ordinal"]) if match else None
    # "the first of its kind" may be the first of a sort.
    number = None if number == 1 and match is not None and match.re is _SET_OFF_NUMBER else number
    return (number, (end + match.start("ordinal"), end + match.end("ordinal"))) if match and number else None


def number_counted(view: str, start: int, end: int) -> Number | None:
    """Rule ordinal-numbered: "meeting No. 26", "Ramstein-26"."""
    counted = words.NUMBERED.match(view[end : end + 14])
    if counted:
        return int(counted["number"]), (end + counted.start("number"), end + counted.end("number"))
    named = _RAMSTEIN.fullmatch(view, start, end)
    return (int(named.group(1)), (start, end)) if named else None


def personal(view: str, left: int, start: int) -> bool:
    """Rule ordinal-personal: "he chaired his last meeting" is the meeting at hand, not the one before it."""
    return bool(_OWN_LAST.search(view, max(0, left - 5), start))


def _counts_else(view: str, number: int, span: Span, end: int, sentence_end: int) -> bool:
    """Rule ordinal-qualified: "his first", "the first since", "the first in-person session", "the second this year"."""
    if _PERSONAL.search(view, max(0, span[0] - 12), span[0]) or _OF_ELSE.match(view, span[1], sentence_end):
        return True
    if number > 1:
        return bool(_OF_THE_YEAR.match(view, end, min(sentence_end, end + 60)))
    if _SORT.search(view, span[1], max(span[1], end)):
        return True
    return any(p.match(view, end, min(sentence_end, end + 160)) for p in (_QUALIFIED, _OF_THE_YEAR))
