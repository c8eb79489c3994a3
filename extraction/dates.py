"""Words of time, found with their parts. `date_resolution` says which day they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.screening import Screen

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

_MONTH = (
    r"(?P<month{n}>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day{n}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{n}>(?:19|20)\d\d)"
_DASH = r"\s?(?:-|\u2014|to|through|until|till|and)\s?"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WEEKDAY_BEFORE = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"


def _part(template: str, number: str = "") -> str:
    return template.replace("{n}", number)


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        ("iso", rf"\b{_part(_YEAR)}-(?P<mm>0[1-9]|1[0-2])-(?P<dd>0[1-9]|[12]\d|3[01])\b", 0),
        (
            "dotted_range",
            rf"\b(?P<dd>0?[1-9]|[12]\d|3[01])\.?(?:-|\u2013)(?P<dd2>0?[1-9]|[12]\d|3[01])\.(?P<mm>0?[1-9]|"
            rf"1[0-2])\.{_part(_YEAR)}\b",
            0,
        ),
        ("dotted", rf"\b(?P<dd>0?[1-9]|[12]\d|3[01])[./](?P<mm>0?[1-9]|1[0-2])[./]{_part(_YEAR)}\b", 0),
        (
            "range_days_month",
            rf"\b{_WEEKDAY_BEFORE}{_part(_DAY, '1')}{_DASH}{_WEEKDAY_BEFORE}{_part(_DAY, '2')}(?: of)? "
            rf"{_part(_MONTH)}(?:,? {_part(_YEAR)})?\b",
            0,
        ),
        (
            "range_month_days",
            rf"\b{_part(_MONTH)} {_part(_DAY, '1')}{_DASH}{_part(_DAY, '2')}\b(?!:)(?! (?:countr|nation|million|"
            rf"billion))"
            rf"(?:,? {_part(_YEAR)}\b)?",
            0,
        ),
        (
            "range_two_months",
            rf"\b{_part(_MONTH, '1')} {_part(_DAY, '1')}(?:, \d{{4}})?{_DASH}{_WEEKDAY_BEFORE}"
            rf"{_part(_MONTH, '2')} {_part(_DAY, '2')}\b(?:,? {_part(_YEAR)}\b)?",
            0,
        ),
        (
            "range_two_months",
            rf"\b{_part(_DAY, '1')} {_part(_MONTH, '1')}{_DASH}{_part(_DAY, '2')} {_part(_MONTH, '2')}\b"
            rf"(?:,? {_part(_YEAR)}\b)?",
            0,
        ),
        ("day", rf"\b{_WEEKDAY_BEFORE}{_part(_DAY)}(?: day)?(?: of)? {_part(_MONTH)}(?:,? {_part(_YEAR)}\b)?", 0),
        (
            "day",
            rf"\b{_WEEKDAY_BEFORE}{_part(_MONTH)} (?:the )?{_part(_DAY)}\b(?!:\d)(?:,? {_part(_YEAR)}\b)?",
            0,
        ),
        ("month_of_year", rf"\b{_part(_MONTH)} (?:of )?(?P<which>last|this|next) year\b", 0),
        ("month_of_year", rf"\b(?P<which>last|next|this) {_part(_MONTH)}\b(?! \d)", 0),
        (
            "weekdays",
            rf"\b(?:(?P<which>this|last|next|past) )?{_WEEKDAY},? (?:and|to|through|until|-) "
            rf"{_WEEKDAY.replace('weekday', 'weekday2')}\b"
            rf"(?: (?P<after>this|last|next) week| of (?P<of>this|last) week)?",
            0,
        ),
        (
            "month",
            rf"(?:\b(?:early|mid|late|the (?:start|end|beginning|middle) of)[- ])?\b{_part(_MONTH)}(?:,? (?:of )?"
            rf"{_part(_YEAR)}\b|(?! \d))",
            0,
        ),
        (
            "month_shift",
            r"\b(?:later |earlier |early |late |the (?:start|end|beginning|middle) of )?"
            r"(?P<which>this|last|next|the coming|the past|(?<=of )the) month\b(?!'s? package)",
            re.I,
        ),
        ("year_shift", r"\b(?:later |earlier |early |late )?(?P<which>last|next) year\b", re.I),
        (
            "weekday",
            rf"\b(?:(?P<which>this|last|next|past|this coming|this past|coming) )?{_WEEKDAY}"
            rf"(?: (?P<after>this|last|next) week| of (?P<of>this|last) week)?\b",
            0,
        ),
        ("years_ago", r"\b(?P<count>an?|one|two|three|four|five|six|\d) years? ago today\b", re.I),
        (
            "day_shift",
            r"\b(?P<word>the day (?:before yesterday|after tomorrow)|today|tonight|tomorrow|yesterday)\b",
            re.I,
        ),
        ("day_shift", r"\bthis (?P<word>morning|afternoon|evening)\b", re.I),
        ("days_ago", r"\b(?P<count>two|three|four|five|six|\d) days (?P<side>ago)\b", re.I),
        ("week", r"\b(?:(?:later|earlier|early) )?(?:this|last|next) week(?:end)?\b", re.I),
        (
            "year",
            # "the 2023 Vilnius NATO Summit": the year is part of its name.
            rf"(?:\b(?:[Ii]n|[Dd]uring|[Ss]ince|of) (?:early |late |the (?:spring|summer|autumn|fall|winter) of )?|"
            rf"(?<=\b[Tt]he )(?=20\d\d (?:[A-Z][\w.'-]* |\([A-Z]+\) ){{0,7}}?"
            rf"(?i:summit|meeting|ministerial|conference)\b))"
            rf"{_part(_YEAR)}\b",
            0,
        ),
    )
)
_SCREEN = Screen([pattern for _, pattern in _PATTERNS])
_IN_DIGITS = frozenset(
    index for index, (name, _) in enumerate(_PATTERNS) if name in ("iso", "dotted_range", "dotted", "day", "year")
)
_DIGIT = re.compile(r"\d")
_BEFORE_MONTH = re.compile(r"\b(?:in|for|since|until|till|by|to|last|next|this|of|early|late|mid|during|from)[ -]$")
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SHIFT = {
    "today": 0,
    "tonight": 0,
    "morning": 0,
    "afternoon": 0,
    "evening": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


@dataclass(frozen=True)
class DateMention:
    """Words of time in the view. `kind` says which parts are set; months are 1…12, weekdays Monday=0."""

    kind: str
    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    which: str = ""
    shift: int = 0

    @property
    def precise(self) -> bool:
        """Does it name a day?"""
        return self.kind in ("day", "range", "weekday", "weekdays", "day_shift", "years_ago")


def find_dates(text: str, offset: int = 0) -> list[DateMention]:
    """Every expression of time in a text, longest reading first, left to right."""
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    possible = _SCREEN.possible(text)
    for index in sorted(possible if _DIGIT.search(text) else possible - _IN_DIGITS):
        name, pattern = _PATTERNS[index]
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < right and left < end for left, right in taken):
                continue
            mention = _mention(name, match, offset)
            if mention is not None:
                taken.append((start, end))
                found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return found


def _month(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _mention(name: str, match: re.Match[str], offset: int) -> DateMention | None:
    parts = match.groupdict()
    start, end, text = offset + match.start(), offset + match.end(), match.group()
    year = int(parts["year"]) if parts.get("year") else None
    if name in ("iso", "dotted"):
        return DateMention("day", start, end, text, year, int(parts["mm"]), int(parts["dd"]))
    if name == "dotted_range":
        month = int(parts["mm"])
        return DateMention("range", start, end, text, year, month, int(parts["dd"]), month, int(parts["dd2"]))
    if name in ("range_days_month", "range_month_days"):
        first, last, month = int(parts["day1"]), int(parts["day2"]), _month(parts["month"])
        if first >= last:
            return None
        return DateMention("range", start, end, text, year, month, first, month, last)
    if name == "range_two_months":
        first_month, last_month = _month(parts["month1"]), _month(parts["month2"])
        return DateMention(
            "range", start, end, text, year, first_month, int(parts["day1"]), last_month, int(parts["day2"])
        )
    if name == "day":
        return DateMention("day", start, end, text, year, _month(parts["month"]), int(parts["day"]))
    if name == "month":
        # "May" and "March" are words, "Jan" and "April" given names too; as months they stand after a preposition or
        # before a year.
        before = match.string[max(0, match.start() - 14) : match.start()].lower()
        named = parts["month"] in ("Jan", "April", "June", "August") and re.match(
            r" [A-Z]", match.string[match.end() : match.end() + 2]
        )
        if (
            (parts["month"] in ("May", "March") or named)
            and year is None
            and not _BEFORE_MONTH.search(before)
            and not text.lower().startswith(("early", "mid", "late", "the "))
        ):
            return None
        return DateMention("month", start, end, text, year, _month(parts["month"]))
    if name in ("month_shift", "year_shift"):
        which = parts["which"].lower()
        shift = {"last": -1, "the past": -1, "next": 1, "the coming": 1}.get(which, 0)
        return DateMention(name, start, end, text, which=which, shift=shift)
    if name == "month_of_year":
        which = parts["which"].lower()
        kind = "month_of_year" if "year" in text else "named_month"
        return DateMention(kind, start, end, text, month=_month(parts["month"]), which=which)
    if name == "weekdays":
        first, second = WEEKDAYS[parts["weekday"].lower()], WEEKDAYS[parts["weekday2"].lower()]
        which = (parts["which"] or _week_of(parts)).lower()
        return DateMention("weekdays", start, end, text, weekday=first, end_day=(second - first) % 7, which=which)
    if name == "weekday":
        which = (parts["which"] or _week_of(parts)).lower()
        return DateMention("weekday", start, end, text, weekday=WEEKDAYS[parts["weekday"].lower()], which=which)
    if name == "day_shift":
        return DateMention("day_shift", start, end, text, shift=_SHIFT[parts["word"].lower()])
    if name in ("days_ago", "years_ago"):
        count = parts["count"].lower()
        kind = "day_shift" if name == "days_ago" else name
        return DateMention(kind, start, end, text, shift=-(_SMALL.get(count) or int(count)))
    if name == "year":
        return DateMention("year", start, end, text, year)
    return DateMention(name, start, end, text)


def _week_of(parts: dict[str, str | None]) -> str:
    """ "Wednesday last week" names its week after the day."""
    week = parts.get("after") or parts.get("of")
    return f"{week} week" if week else ""
