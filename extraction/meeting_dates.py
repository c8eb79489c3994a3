"""When a meeting is: the day bound to its clause, or next door to it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from extraction.date_resolution import day_of, resolve
from extraction.dates import DateMention
from extraction.meeting_counted import STATEMENT_DAY, Dated, day_before, day_counted, direction_of, told_before
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_neighbours import ON_SIDELINES, coordinated, goes_back, of_a_thing
from extraction.meeting_states import POSTPONED
from extraction.reading import Reading
from extraction.screening import Screened

_MOVED_FROM = re.compile(
    r"\b(?:postponed|moved|put (?:off|back)|pushed back|rescheduled|delayed|deferred|shifted|brought forward) from $"
)
# What joins a date to the meeting named after it: "on Wednesday, at a meeting of", "on May 23, when the group".
_JOINS_NEXT = re.compile(
    r"^,?\s?(?:\(?\d{4}\)?,?\s?)?(?:in [A-Z][\w-]+,?\s)?(?:at|during|when|as|in|for|is|will be|after|"
    r"to(?! (?:discuss|debate|prepare|talk about|review)\b)|following|on the (?:sidelines|margins) of)\b[^.;]{0,45}$",
    re.I,
)
# "said Friday that …, as he opened a meeting": what was said at the meeting was said on its day.
_MEANWHILE = re.compile(
    r"\b(?:as|while|when) (?:he|she|they|the [\w ]{3,30}) (?:opened|open|hosted|chaired|convened|attended|met|"
    r"gathered|joined)\b"
    r"[^.;]{0,30}$|\b(?:speaking|opening|arriving) (?:at|for|to) (?:the |a |an )?[^,.;]{0,30}$|"
    r"\b(?:before|ahead of|at) the (?:start|opening|beginning) of [^.;]{0,30}$"
)
_TOLD_AFTER = re.compile(r",? after (?:they|the \w+|he|she) (?:had|have) ")
_TAKES_PLACE = re.compile(
    r"\b(?:(?:is|are|was|were|will|to) (?:be )?(?:currently |now )?(?:taking place|take place|being held|held)|"
    r"took place|takes place)\b"
)
_SINCE_YEAR = re.compile(r"\b(?:since|until|by|till|from|after)\s(?:the )?(?:[\w-]+ (?:of )?)?$")
# "they gather in Vilnius on 2 June ahead of the summit": a day with only the place before it is the first one's.
# Nor is the day of a call "to preview" a summit the summit's.
_AHEAD = re.compile(
    r"\b(?:ahead of|before|prior to|in the run-up to|on the eve of|to preview|previewing)\b|"
    r"\bto (?:discuss|debate|prepare|talk about|review)\b(?!.* (?:at|during)\b)"
)
# "after the next Council, on 18 November".
_APPOSED = re.compile(r",? (?:due |set |planned |scheduled )?(?:on|for) ")
_ONLY_PLACE = re.compile(r"\s?(?:(?:again )?(?:in|at) (?:the )?(?:[A-Z][\w'-]+,? ?){1,4})?(?:on )?")


_SEVERAL_DAYS = Screened(r"\b(?P<days>two|three|four|2|3|4)[- ]day\b", re.I)
_DAYS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_ENDS = re.compile(
    r"\b(?:wound up|wind up|wrapped up|wrap(?:s|ped)? up|ended|ends|concluded|closed|closes|"
    r"finished|came to an end)\b"
)
_BEGINS = re.compile(r"\b(?:opened|opens|began|begins|started|starts|kicked off|kicks off|gathered for|met for)\b")
THAT_DAY = Screened(
    r"\b(?:[Oo]n|[Ff]or|[Tt]he|[Ll]ater) (?:that|this|the same|same) (?:day|evening|afternoon|morning|date)\b|"
    r"^(?:Earlier|Later) in the day\b|"
    r"(?<=[\w)] )that (?:day|evening|afternoon|morning)(?=[,.;]| and\b)"
)
# A fragment that answers when: "On 17 March, in Mariehamn."
_FRAGMENT = re.compile(r"^(?:On|In|At|From|Last|Next|Yesterday|Today|Tomorrow)\b[^.]{3,70}\.?$")
_AND_PLANS = re.compile(r"\band (?:plans|wants|intends|hopes|will|is) ")
_WAS_TO = re.compile(r"\b(?:was|were) to\b")
# A day of something else: a package, a law, a war.
_FOREIGN_DAY = re.compile(
    r"\b(?:since|until|by|before|approved|signed|voted|killed|attacked|struck|born|founded|elected|launched|budget|"
    r"delivered|package|tranche|joining|join us|coming|being here)\b[^,;]*$",
    re.I,
)


# "The Netherlands had opened the list on 4 August. The coalition met": not on that day.
_HAD_DONE = re.compile(r"\bhad (?:\w+ )?(?!met\b|been\b|gathered\b|convened\b)[a-z]+(?:ed|en|wn|ne|ld|ht|de) [^.;]*$")
_ELSE_DAY = re.compile(
    # "because of the agreement we made yesterday"
    r"\b(?:agreement|decision|announcement|statement|deal|progress|call|package|step|speech|remarks|commitment|"
    r"visit)s? (?:that |which )?(?:we|I|he|she|they|you|[A-Z]\w+) (?:\w+ )?\w+ (?:on )?$|"
    r"\b(?:exercises?|drills?)'? (?:[a-z]+ )?(?:in|on|of|from) (?:early |late |mid-)?$|"
    r"\bsince (?:his|her|their|its) [^,;]*$"
)
# "on Thursday, one day after the group had met": the day is not the group's.
_DAYS_AFTER = re.compile(r"\b(?:days?|weeks?|months?) after\b")
# "BAKU, Azerbaijan, October 15.", "Brussels, 18 November 2024" is when and where the report was written.
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,}\b[^.]{0,40}\.?\s*|[A-Z][\w-]+, \d{1,2} [A-Z][a-z]+ \d{4}\s*")

# "Monday, 13 February 2023, 10:54", "Oct. 16, 2025, 11:03 a.m.": when the report was put on its page.
_POSTED = re.compile(r"(?=.*\b\d{1,2}:\d\d\b)(?=.*\b20\d\d\b)(?!.*\b(?!a\.m|p\.m|am\b|pm\b)[a-z]{2,}\b).{10,60}")


_TODAY = re.compile(r"(?i:today|this (?:morning|afternoon|evening)|earlier today)\b")
# A week further than this from a meeting's words is not its own, in characters.
_FAR = 120


def date_of(
    reading: Reading, mention: MeetingMention, siblings: list[MeetingMention], status: str | None
) -> Dated | None:
    """Rules date-*: the day bound to the meeting's clause; the day of a statement is passed over."""
    view = reading.view
    if mention.day is not None:
        return _dated(reading, mention.day, status, 2)
    best: tuple[float, DateMention, int] | None = None
    others = [m for m in siblings if m is not mention]
    same_day = THAT_DAY.search(mention.sentence.text)
    if same_day is not None and (back := day_before(reading, mention.sentence.index)) is not None:
        return _dated(reading, back, status, 1)
    counted = day_counted(reading, mention, status)
    if counted is not None:
        return counted
    # "before the directors' meeting, the council met on 16 May": the day is the other's.
    aside = re.search(
        r"\b(?:before|after|ahead of|since|until)\b[^,]{0,30}$", view[mention.sentence.start : mention.left + 4]
    )
    for date in reading.dates_of(mention.sentence):
        # "their third meeting since 2021" was not in that year.
        if date.kind == "week" or (date.kind == "year" and date.text.lower().startswith("since ")):
            continue
        # "a summit to adapt to today's challenges": the challenges are of that day.
        if of_a_thing(view, date) or (date.start >= mention.end and view.startswith("'s ", date.end)):
            continue
        beyond = view[mention.right : date.start] if date.start > mention.right else ""
        if aside and "," in beyond and not _APPOSED.fullmatch(beyond):
            continue
        # "met today with A, B and C at the NATO summit": the day is of those who met.
        if date.end <= mention.left and not mention.sides and any(m.sides and m.start < date.start for m in others):
            continue
        # "met today and discussed the upcoming summit": they met today.
        if mention.when == "next" and date.kind == "day_shift" and _TODAY.match(date.text):
            continue
        gap = view[date.end : mention.left] if date.end <= mention.left else ""
        meanwhile = bool(gap) and _MEANWHILE.search(gap)
        if gap and not meanwhile and (_AHEAD.search(view, date.end, mention.start) or _DAYS_AFTER.search(gap)):
            continue
        taken = any(m.kind == "noun" and m.left <= date.start and date.end <= m.right <= mention.left for m in others)
        joined = date.end <= mention.left and not taken and bool(_JOINS_NEXT.match(gap))
        inside = mention.left <= date.start < mention.right
        between = [
            m
            for m in others
            if (mention.right <= m.left < date.start or date.end <= m.left < mention.left)
            and not coordinated(view, mention, m)
        ]
        if between and not inside:
            continue
        own = date.start - mention.right >= 0 and _ONLY_PLACE.fullmatch(view, mention.right, date.start)
        next_joined = not own and any(
            date.end <= m.left
            and _JOINS_NEXT.match(view[date.end : m.left])
            and not _AHEAD.search(view[date.end : m.left])
            # "met in June, on the margins of a NATO meeting": both were in June.
            and not ON_SIDELINES.search(view, date.end, m.start)
            for m in others
            if m.kind != "anaphor"
        )
        if next_joined and not inside and not joined:
            continue
        before = view[max(mention.sentence.start, date.start - 60) : date.start]
        # "a week tomorrow", "the day after tomorrow" are other days.
        if date.kind == "day_shift" and re.search(r"\b(?:week|day after|fortnight|month) $", before):
            continue
        told = STATEMENT_DAY.search(before)
        # "the advisor spoke this evening with A and B" is the call itself.
        own_verb = (
            told is not None and mention.kind == "verb" and told.start() == mention.start - (date.start - len(before))
        )
        # "they wrote on Wednesday after they had conferred": the day of both.
        joined = joined or _TOLD_AFTER.match(view, date.end) is not None
        if told is not None and not own_verb and not joined and not meanwhile:
            continue
        if (
            re.search(
                r"\b(?:previously|originally|initially|first|earlier)\b[^,;]*\b(?:planned|set|scheduled|due|"
                r"slated)\b[^,;]*$",
                before,
            )
            and status != "held"
        ):
            continue
        if date.kind in ("year", "year_shift") and not (inside or own) and mention.right + 12 < date.start:
            continue
        moved = (
            status == "postponed"
            and bool(re.search(r"\b(?:until|to|till|for|now (?:\w+ ){1,2}on)\s(?:\w+ )?$", before))
            and bool(POSTPONED.search(view, mention.sentence.start, date.end))
        )
        if not inside and not moved and re.search(r"\b(?:since|until|by|through)\s(?:\w+ )?$", before):
            continue
        if not moved and goes_back(view, mention, date):
            continue
        if not re.match(r",? (?:when|as|at)\b", gap) and re.search(
            r"\b(?:established|founded|created|formed|launched|set up|started|held last)\b[^,;]*$", before
        ):
            continue
        # "the exercise in October", "since her appointment in May": the day of something else.
        if not inside and _ELSE_DAY.search(before) and not (mention.clause and mention.when == "previous"):
            continue
        distance = 0.0 if inside else float(max(0, mention.left - date.end, date.start - mention.right))
        # "On June 2, 2024, A of X, B of Y and C of Z held a meeting": however many names come between.
        if date.precise and not between and status == "held" and date.start - mention.sentence.start < 4:
            distance = min(distance, 60.0)
        # "The meeting of the group, an alliance of …, is taking place in Riga today": counted from the verb.
        verb = _TAKES_PLACE.search(view, mention.right, max(mention.right, date.start))
        if verb is not None and not between:
            distance = min(distance, float(date.start - verb.end()))
        cost = (
            distance
            + (0 if date.precise else 25)
            - (8 if date.month is not None else 0)
            - (40 if joined else 0)
            - (200 if moved else 0)
        )
        if re.search(r"[;:]", view[min(mention.right, date.start) : max(mention.left, date.start)]):
            cost += 60
        # "It takes over in July and plans to bring them together in October".
        if gap and _AND_PLANS.search(view, date.end, mention.start):
            cost += 60
        if best is None or cost < best[0]:
            best = cost, date, 2 if inside or joined else 1
    if best is None or best[0] > 140:
        return None
    dated = _dated(reading, best[1], status, best[2])
    # "postponed from March 19 to March 21": no days from one to the other, but another day.
    if dated.ends is not None and _MOVED_FROM.search(view, mention.sentence.start, best[1].start):
        return replace(dated, starts=dated.ends, ends=None)
    return _over_days(mention, dated)


def _over_days(mention: MeetingMention, dated: Dated) -> Dated:
    """Rule date-several-days: "wound up a two-day summit on Tuesday" ends then; "opened on Monday" begins then."""
    long = _SEVERAL_DAYS.search(mention.sentence.text)
    day = day_of(dated.starts) if dated.starts and dated.ends is None else None
    if long is None or day is None:
        return dated
    more = datetime.timedelta(days=_DAYS.get(long["days"].lower(), 2) - 1)
    if _ENDS.search(mention.sentence.text):
        return replace(dated, starts=(day - more).isoformat(), ends=dated.starts)
    if _BEGINS.search(mention.sentence.text):
        return replace(dated, ends=(day + more).isoformat())
    return dated


def late_date(reading: Reading, mention: MeetingMention, status: str | None, taken: set[int]) -> Dated | None:
    """Rule date-neighbour: "When did they meet? On 17 March", "… on Tuesday. The group met …": the day next door.

    A fragment right after counts first, then the sentence before in the same paragraph; never one that tells of another
    meeting (`taken` holds the sentences that do).
    """
    sentence = mention.sentence
    following = reading.sentences[sentence.index + 1] if sentence.index + 1 < len(reading.sentences) else None
    if following is not None and _FRAGMENT.match(following.text) and following.index not in taken:
        dates = reading.dates_of(following)
        if dates and dates[0].kind != "week":
            return _dated(reading, dates[0], status, 1)
    for earlier in reversed(reading.sentences[max(0, sentence.index - 1) : sentence.index]):
        if earlier.is_title or earlier.index in taken or earlier.paragraph < sentence.paragraph - 1:
            continue
        if _DATELINE.fullmatch(earlier.text) or _POSTED.fullmatch(earlier.text):
            continue
        for date in reading.dates_of(earlier):
            before = reading.view[earlier.start : date.start]
            foreign = _FOREIGN_DAY.search(before) or _ELSE_DAY.search(before) or _HAD_DONE.search(before)
            if date.precise and not STATEMENT_DAY.search(before) and not foreign:
                # "He opened the day on Wednesday. The council was to sit first": told of that day, not of the next.
                return _dated(reading, date, None if _WAS_TO.search(sentence.text) else status, 1)
    return None


def week_date(reading: Reading, mention: MeetingMention) -> Dated | None:
    """Rule date-week: "next week" is some day of it, so that the month is known where all its working days have one."""
    anchor = reading.anchor
    for date in reading.dates_of(mention.sentence):
        # "a year ago next week"
        if date.kind != "week" or anchor is None or reading.view.endswith(" ago ", 0, date.start):
            continue
        gap = reading.view[min(mention.right, date.start) : max(mention.left, date.start)]
        told = STATEMENT_DAY.search(reading.view[max(mention.sentence.start, date.start - 60) : date.start])
        if len(gap) > _FAR or ";" in gap or (told is not None and date.start > mention.right):
            continue
        first, last = _week(date, anchor)
        if first.month == last.month:
            return Dated(first.isoformat()[:7], None, (date.start, date.end), date, 1)
    return None


def _week(date: DateMention, anchor: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that "next week", "earlier this week" or "last weekend" may mean."""
    words = date.text.lower()
    monday = anchor - datetime.timedelta(days=anchor.weekday())
    monday += datetime.timedelta(days=-7 if "last" in words else 7 if "next" in words else 0)
    if "weekend" in words:
        return monday + datetime.timedelta(days=5), monday + datetime.timedelta(days=6)
    first, last = monday, monday + datetime.timedelta(days=4)
    if words.startswith("earlier"):
        last = max(first, min(last, anchor))
    elif words.startswith("later"):
        first = min(last, max(first, anchor))
    return first, last


def _in_year_named(reading: Reading, date: DateMention) -> DateMention:
    """Rule date-year-named: "the format appeared in the spring of 2022; on April 26 it met" is a day of 2022."""
    if date.kind != "day" or date.year is not None or date.month is None:
        return date
    sentence = reading.document.sentence_at(date.start)
    named = [d for d in reading.dates_of(sentence) if d.year is not None and d.end <= date.start]
    if not named or _SINCE_YEAR.search(reading.view, sentence.start, named[-1].start):
        return date
    # "It began on 25 November 2024; the third was held on 12 March": a series goes on into the next year.
    if named[-1].month is not None and date.month < named[-1].month:
        return date
    return replace(date, year=named[-1].year)


def _dated(reading: Reading, date: DateMention, status: str | None, bound: int) -> Dated:
    date = _in_year_named(reading, date)
    found = told_before(reading, date) or resolve(date, reading.anchor, direction_of(status))
    return Dated(found[0] if found else None, found[1] if found else None, (date.start, date.end), date, bound)
