"""Meetings spoken of without a noun: "the next is due in May", "at A on 1 June and in B on 3 July", diary entries."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction import meeting_words as words
from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.lexicon import ordinal_of
from extraction.meeting_clauses import ClauseReader
from extraction.meeting_mentions import MeetingMention, Span

_LIST_LEAD = re.compile(r":\s|\btimes\b|\btwice\b|\bsessions\b|\bmeetings\b|\bgatherings\b")
_ITEM_LINK = re.compile(r"^(?:,|;| and|, and|, then|[^.:]{0,60}(?:,|;| and)) (?:(?:in|at|on) )?")
# "in April and in May", "on 4 June and again on 7 July".
_LINKED = re.compile(
    r"(?:,? and,?|,(?= in)) (?:again |then |for the (?:very )?first time, )?"
    r"(?:(?:in|at) [A-Z][\w-]+(?: [A-Z][\w-]+)? )?(?:in|on) (?:early |late |mid-)?"
)
# "summits were held in Riga in 2022 and on the island of Gotland in October".
_LINKED_FAR = re.compile(r",? and [^.;:]{0,50}\b(?:in|on) (?:early |late |mid-)?")
_SINCE = re.compile(r"\b(?:since|until|before|after|by)\s(?:the \w+ of |early |late )?$")
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014>]|\(?[a-z\d]{1,2}[.)])?\s*")
_MET_THERE = re.compile(r"\b(?:met|gathered|convened|held|sat|assembled|brought)\b")
_AND_IN = re.compile(r",? and (?:again |then )?(?:in|on) $")
_IN_PLACE = re.compile(r" (?:in|at) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_TOWN_OF_DATE = re.compile(r"\b(?P<town>[A-Z][\w-]+(?: [A-Z][\w-]+)?) \($")
_THEN = re.compile(r"\b(?:then|the second|the other|afterwards)\b")
_TWO = re.compile(r"\b(?:the two|both) (?:leaders|ministers|men|women|presidents|sides|officials|countries)\b", re.I)
_PREDICATE = re.compile(r"\b(?:be|is|was|are|were|marks?|marked|as|becomes?|became) (?:already |now )?$")
# "It was the fifth since the group was formed", "the third this year": the meeting is numbered, not described.
_COUNTED = re.compile(r"[ .?!]*$| (?:since|so far|to date|this year|in this (?:format|series)|of its kind)\b")
_SO_LONG = re.compile(r" (?:since|so far|this year)\b")
_GONE = ("previous", "last", "one before")
# Sentences this far apart still speak of the same meetings.
_NEAR = 3


class EllipsisReader(ClauseReader):
    """Finds the mentions of meetings that only the sentences before make mentions."""

    def elliptic(
        self, sentence: Sentence, found: list[MeetingMention], here: list[MeetingMention]
    ) -> list[MeetingMention]:
        """Rules meeting-ellipsis, meeting-again: "their first, on 28 September, was", "they reconvene in Brno"."""
        if sentence.is_title or not (found or self.groups):
            return []
        near = bool(here) or (bool(found) and sentence.index - found[-1].sentence.index <= _NEAR)
        new: list[MeetingMention] = []
        for pattern in (words.ELLIPSIS, words.AGAIN):
            for match in pattern.finditer(sentence.text):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                # "the third, and the first since Trump returned" says how long there was none.
                if match.group().endswith(" first") and _SO_LONG.match(self.view, end):
                    continue
                if pattern is words.AGAIN and (new or _TWO.search(self.view, sentence.start, start)):
                    continue
                # "It was the 21st." counts; "it will be the first one held online" says something of the meeting.
                if match.group().endswith("first of its kind"):
                    continue
                said = _PREDICATE.search(self.view, max(sentence.start, start - 24), start)
                if said and not _COUNTED.match(self.view[end : sentence.end]):
                    continue
                if any(m.left <= start < max(m.right, m.end) or start <= m.start < end for m in [*here, *new]):
                    continue
                mention = MeetingMention("anaphor", start, end, start, end, sentence, definite=True)
                which = (match.groupdict().get("which") or "").lower()
                if pattern is words.ELLIPSIS:
                    if not near:
                        continue
                    mention.when = {"next": "next"}.get(which, "previous" if which in _GONE else "")
                    # "two rounds, the first in the Ramstein format and then in another": no number of a series.
                    parts = which == "first" and _THEN.search(self.view, end, sentence.end)
                    mention.ordinal = None if parts else ordinal_of(which)
                    if mention.ordinal:
                        mention.ordinal_span = (
                            sentence.start + match.start("which"),
                            sentence.start + match.end("which"),
                        )
                else:
                    if self.last_group(start) is None and not near:
                        continue
                    mention.when = "previous" if match["past"] else "next"
                new.append(mention)
        return new

    def pronoun(self, sentence: Sentence, found: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-pronoun: "we have postponed that", "it will take place in May" after a meeting was named."""
        if not found or sentence.index - found[-1].sentence.index > 2 or sentence.is_title:
            return []
        match = words.PRONOUN_STATE.search(sentence.text)
        if match is None:
            return []
        start = sentence.start + match.start()
        end = sentence.start + match.end()
        return [MeetingMention("anaphor", start, end, start, end, sentence, definite=True)]

    def listed(self, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-list: "three times: at A on 21 February, in B on 15 June" is a meeting an item."""
        dates = [
            d
            for d in self.reading.dates_of(sentence)
            if (d.kind in ("day", "range", "month") or (d.kind == "year" and any(m.plural for m in here)))
            and not _SINCE.search(self.view[max(sentence.start, d.start - 14) : d.start])
        ]
        lead = next((m for m in here if dates and m.start < dates[-1].start), None)
        dates = [d for d in dates if lead is not None and d.start > lead.start]
        if len(dates) < 2 or lead is None:
            return []
        link = _LINKED_FAR if lead.plural else _LINKED
        if not _LIST_LEAD.search(self.view[lead.start : dates[0].start]) or dates[0].kind == "year":
            linked = next(
                (i for i in range(1, len(dates)) if not link.fullmatch(self.view[dates[i - 1].end : dates[i].start])),
                len(dates),
            )
            dates = dates[:linked]
        if len(dates) < 2:
            return []
        colon = self.view.find(":", lead.start, dates[-1].start)
        if colon >= 0:
            dates = [d for d in dates if d.start > colon]
        left = colon + 1 if colon >= 0 else max(lead.right, lead.end)
        items: list[MeetingMention] = []
        for i, date in enumerate(dates):
            if i and not _ITEM_LINK.match(self.view[dates[i - 1].end : date.start]):
                break
            following = dates[i + 1].start if i + 1 < len(dates) else sentence.end
            gap = self.view[date.end : following]
            cut = re.match(r"[^,;]*?(?=,| and |;|$)", gap)
            right = date.end + (cut.end() if cut else 0)
            items.append(
                replace(
                    lead,
                    kind="noun" if lead.group or lead.organisation or lead.body else "anaphor",
                    start=date.start,
                    end=date.end,
                    left=min(left, date.start),
                    right=right,
                    plural=False,
                    day=self._of_year(sentence, date),
                    town=self._town_before(left, date.start) or lead.town,
                    when="",
                    ordinal=None,
                    ordinal_span=None,
                    held=lead.clause and _MET_THERE.search(self.view, lead.start, lead.end) is not None,
                )
            )
            left = right
        if len(items) < 2:
            return []
        lead.plural = True
        return items

    def twice(self, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-and-then: "In June they had met in Oslo, and in February at Belvoir Castle" tells of two."""
        lead = next((m for m in here if m.group is not None or m.organisation is not None), None)
        dates = [d for d in self.reading.dates_of(sentence) if d.kind in ("day", "month")]
        if lead is None or sentence.is_title or len(dates) != 2 or dates[0].end > lead.start:
            return []
        last = dates[1]
        place = _IN_PLACE.match(self.view, last.end, sentence.end)
        if place is None or not _AND_IN.search(self.view, lead.end, last.start):
            return []
        return [
            replace(
                lead, start=last.start, end=last.end, left=last.start, right=place.end(), day=last, town=None,
                when="", ordinal=None, ordinal_span=None, held=bool(_MET_THERE.search(self.view, lead.start, lead.end)),
            )
        ]  # fmt: skip

    def _town_before(self, left: int, start: int) -> Span | None:
        """ "Berlin" in "in Berlin (November 2024), Warsaw (January 2025)"."""
        match = _TOWN_OF_DATE.search(self.view, left, start)
        return match.span("town") if match is not None else None

    def _of_year(self, sentence: Sentence, date: DateMention) -> DateMention:
        """A day in a list "in 2022" is of that year; a month that comes before "November 2024" is of the next."""
        year = next(
            (
                d.year + (d.month is not None and date.month is not None and date.month < d.month)
                for d in self.reading.dates_of(sentence)
                if d.year
                and d.start < date.start
                and not _SINCE.search(self.view[max(sentence.start, d.start - 14) : d.start])
            ),
            None,
        )
        return date if date.year or year is None else replace(date, year=year)

    def diary(self, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-diary: "14 May, Vilnius: JEF defence ministers", a line that begins with a day."""
        if here or sentence.is_title or len(sentence.text) > 200:
            return []
        dates = self.reading.dates_of(sentence)
        bullet = _BULLET.match(sentence.text)
        opening = sentence.start + (bullet.end() if bullet else 0)
        if not dates or dates[0].start > opening + 4:
            return []
        after = self.view[dates[0].end : sentence.end]
        if not re.match(r"\s?[,:;|\u2014-]|\s\(", after) and len(after) > 1:
            return []
        if re.search(r"\b(?:said|was|were|is|are|will|has|had|have|gave|announced)\b", after):
            return []
        groups = self.groups_in(dates[0].end, sentence.end)
        body = words.BODY_SUBJECT.search(after)
        if not groups and body is None:
            return []
        start = groups[0].start if groups else dates[0].end + (body.start() if body else 0)
        end = groups[0].end if groups else dates[0].end + (body.end() if body else 0)
        # "In September 2021, the three signed the pact" is a sentence, not an entry.
        if re.search(r"\b[a-z]{2,}ed\b", self.view[dates[0].end : start]):
            return []
        mention = MeetingMention("noun", start, end, start, sentence.end, sentence)
        self.describe(mention, self.view[start : sentence.end], start)
        mention.start, mention.end = start, end
        return [mention]
