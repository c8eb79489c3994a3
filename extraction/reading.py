"""The layers that every extractor reads: names, dates and quotations of each sentence, found once an article."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from extraction.date_resolution import day_of, resolve
from extraction.dates import DateMention, find_dates
from extraction.document import Document, Sentence
from extraction.gazetteer import Hit, gazetteer
from extraction.screening import Screened

# Single quotation marks count only where typographic ones make them unambiguous.
_QUOTE = re.compile(r'"([^"\n]{1,2000})"?')
_SINGLE_QUOTE = re.compile("\u2018([^\u2018\u2019\n]{3,1500}(?:\u2019\\w[^\u2018\u2019\n]*)*)\u2019(?!\\w)")
_SAME_YEAR = re.compile(r",? (?:of |in )?(?:the same|that) year\b")
_WEEK = re.compile(r"\b(?:this|last|next) week\b", re.I)
_WEEKDAY = Screened(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z' .]{2,30}(?:, [A-Z][A-Za-z. ]{2,25})?)(?:, (?P<date>[^()\u2014-]{3,30}?))?"
    r"(?: ?\((?P<source>[^()]{2,90})\) ?(?:\u2014|--|-|:)?| ?(?:\u2014|--|-|:)) ?(?=\S)"
)
# "New Delhi, September 23:", "Tallinn, 5 June (BNS) -": a town in small letters with the day of the report.
_DATED_LINE = re.compile(
    r"^[A-Z][\w'. -]{2,30}?(?: \[[A-Z][\w ]+\])?(?: \([A-Z][^()]{1,40}\))?, "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?)(?:,? 20\d\d)?"
    r"(?:(?:,? ?\([A-Z][^()]{1,40}\))? ?(?:\u2014|--|-|:)|,? ?\([A-Z][^()]{1,40}\)(?= [A-Z\"])) ?(?=\S)"
)
_DAY_ALONE = re.compile(r"\(?(?:[A-Z][a-z]+day, )?(?:[A-Z][a-z]+\.? \d{1,2}, |\d{1,2} [A-Z][a-z]+,? )20\d\d\)?")
_PUT_OUT_WITHIN = 7
_DATE_LINE = re.compile(
    r"^[^.!?]{0,60}?(?:\d{1,2}[./]\d{1,2}[./]20\d\d|\d{1,2} [A-Z][a-z]+,? 20\d\d|"
    r"[A-Z][a-z]+\.? \d{1,2}, 20\d\d)[^.!?]{0,25}$"
)


# "The Alliance" is NATO where a text speaks of it; that of a text on two states is theirs.
_OF_NATO = re.compile(
    r"\bNATO\b|\bNato\b|\bNorth Atlantic\b|\bAtlantic [Aa]lliance\b|\b[Tt]ransatlantic\b|\bEuro-Atlantic\b|"
    r"\b(?:Stoltenberg|Rutte|SACEUR|SHAPE)\b|\bArticle (?:5|[Ff]ive)\b"
)
_OF_TWO = re.compile(r"\b[A-Z][\w.]*(?:-| and | & )(?:the )?(?:[A-Z][\w.]*,? ){1,4}$")


class Reading:
    """A document with its layers; positions are offsets of `document.view`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.view = document.view
        self.sentences = document.sentences
        self._sentence_dates: dict[int, list[DateMention]] = {}

    @cached_property
    def hits(self) -> list[Hit]:
        """Every reference name of the article, in order; the letters of "NZ$6 million" name no state, nor does
        "my home state of Georgia"."""
        found: list[Hit] = []
        for sentence in self.sentences:
            found.extend(gazetteer().find(sentence.text, sentence.start))
        return [
            hit
            for hit in found
            if not self.view.startswith("$", hit.end)
            and not self.view.endswith("home state of ", 0, hit.start)
            and (hit.text != "Alliance" or self._of_nato(hit))
        ]

    def _of_nato(self, hit: Hit) -> bool:
        """Rule alliance-of-two: "the United States-Australia Alliance" is not NATO, nor is what a text that has no word
        on NATO calls the Alliance."""
        if _OF_TWO.search(self.view, max(0, hit.start - 60), hit.start):
            return False
        return self._speaks_of_nato

    @cached_property
    def capitals(self) -> dict[str, Hit]:
        """By state, where the article first names its capital."""
        found: dict[str, Hit] = {}
        for hit in self.hits:
            row = hit.get("capital")
            if row is not None:
                found.setdefault(row.country, hit)
        return found

    @cached_property
    def _speaks_of_nato(self) -> bool:
        return _OF_NATO.search(self.view) is not None

    @cached_property
    def _hit_starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """The names that begin in a span."""
        starts = self._hit_starts
        left = bisect_left(starts, start)
        return self.hits[left : bisect_left(starts, end, left)]

    def dates_of(self, sentence: Sentence) -> list[DateMention]:
        """The words of time of a sentence, the dateline's apart."""
        if sentence.index not in self._sentence_dates:
            body = self.body_start(sentence)
            found = find_dates(self.view[body : sentence.end], body)
            self._sentence_dates[sentence.index] = [
                self._of_week(self._of_same_year(one, found), found) for one in found
            ]
        return self._sentence_dates[sentence.index]

    def _of_same_year(self, date: DateMention, others: list[DateMention]) -> DateMention:
        """Rule date-same-year: "on November 18 of the same year" is of the year named before it in the sentence."""
        if date.year is not None or date.month is None or not _SAME_YEAR.match(self.view, date.end):
            return date
        years = [other.year for other in others if other.year is not None and other.start < date.start]
        return replace(date, year=years[-1]) if years else date

    def _of_week(self, date: DateMention, others: list[DateMention]) -> DateMention:
        """Rule date-of-week: "next week, on Thursday and Friday" is next week's Thursday."""
        if date.weekday is None or date.which:
            return date
        week = next((o for o in others if o.kind == "week" and 0 < date.start - o.end < 7), None)
        which = _WEEK.search(week.text) if week is not None else None
        return replace(date, which=which.group().lower()) if which is not None else date

    @cached_property
    def told_days(self) -> list[datetime.date]:
        """Days that the article gives both by weekday and by date, in order."""
        found = []
        for sentence in self.sentences:
            for mention in self.dates_of(sentence) if _WEEKDAY.search(sentence.text) else ():
                resolved = resolve(mention, self.anchor) if mention.kind in ("day", "range") else None
                if resolved is not None and _WEEKDAY.search(mention.text):
                    found += [day for value in resolved if value and (day := day_of(value)) is not None]
        return found

    @cached_property
    def first_body(self) -> Sentence | None:
        """The first sentence after the title."""
        return next((sentence for sentence in self.sentences if not sentence.is_title), None)

    def body_start(self, sentence: Sentence) -> int:
        """Where a sentence begins once its dateline is left out."""
        if self.first_body is None or sentence.paragraph > self.first_body.paragraph + 2 or sentence.is_title:
            return sentence.start
        match = _DATED_LINE.match(sentence.text) or _DATELINE.match(sentence.text)
        return sentence.start + match.end() if match else sentence.start

    @cached_property
    def anchor(self) -> datetime.date | None:
        """The day that relative dates count from: publication, else a full date in dateline or date line."""
        published = self.document.published
        if published is not None:
            return self._spoken_on(published) or published
        for sentence in self.sentences[:6]:
            match = _DATED_LINE.match(sentence.text) or _DATELINE.match(sentence.text)
            text = match.group() if match else sentence.text if _DATE_LINE.match(sentence.text) else ""
            for mention in find_dates(text):
                found = resolve(mention, None)
                if found and len(found[0]) == 10:
                    return datetime.date.fromisoformat(found[0])
        return None

    def _spoken_on(self, published: datetime.date) -> datetime.date | None:
        """Rule date-spoken: a transcript put out some days later counts from the day on a line of its own, "(April 10,
        2024)", before its first words."""
        for sentence in self.sentences[:6]:
            if sentence.is_title or not _DAY_ALONE.fullmatch(sentence.text):
                continue
            for mention in find_dates(sentence.text):
                found = resolve(mention, None)
                day = day_of(found[0]) if found and len(found[0]) == 10 else None
                if day is not None and 0 < (published - day).days <= _PUT_OUT_WITHIN:
                    return day
        return None

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """Spans of direct quotation, marks left out."""
        found = []
        for sentence in self._paragraph_spans:
            start, end = sentence
            for match in _QUOTE.finditer(self.view, start, end):
                found.append(match.span(1))
            if "\u2018" in self.view[start:end]:
                content = self.document.content
                left, right = self.document.content_offset(start), self.document.content_offset(end - 1) + 1
                if right - left == end - start:
                    for match in _SINGLE_QUOTE.finditer(content, left, right):
                        found.append((match.start(1) - left + start, match.end(1) - left + start))
        return sorted(found)

    @cached_property
    def _paragraph_spans(self) -> list[tuple[int, int]]:
        spans: dict[int, tuple[int, int]] = {}
        for sentence in self.sentences:
            left, _ = spans.get(sentence.paragraph, (sentence.start, 0))
            spans[sentence.paragraph] = (left, sentence.end)
        return list(spans.values())

    def in_quote(self, position: int) -> bool:
        """Does a position stand inside a direct quotation?"""
        before = bisect_right(self._quote_starts, position)
        return before > 0 and position < self._quoted_until[before - 1]

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [start for start, _ in self.quotes]

    @cached_property
    def _quoted_until(self) -> list[int]:
        """For each quotation the furthest end of it and those that begin before it."""
        return list(accumulate((end for _, end in self.quotes), max))
