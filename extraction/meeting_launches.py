"""Meetings told as the start of a group, or as the next stop of one: no noun for a gathering, no verb of meeting.

"The coalition was launched on Thursday in Paris, where 23 countries …", "Warsaw followed in January and Paris on 12
March", "Paris was the host on 12 March": where a group is spoken of, a day or month and a town make these meetings.
"""

from __future__ import annotations

import re

from extraction import meeting_words as words
from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_decisions import decided, many_sided, met_ours
from extraction.meeting_ellipsis import EllipsisReader
from extraction.meeting_mentions import MeetingMention, mode_of
from extraction.screening import Screened

_STARTED = Screened(
    r"\b(?P<verb>founded|launched|launches|set up|sets up|established|inaugurated|started|starts up|start up|"
    r"kicked off|created|formed|born)\b|"
    r"\b(?P<noun>launch(?:ing)?|start|founding|inauguration|birth|signing)(?= (?:of|in)\b| ceremony\b)|"
    r"\b(?P<signed>signed|put their (?:names|signatures) to|inked) (?:the |a |its |their |"
    r"an? joint )?(?:[\w-]+ ){0,3}?"
    r"(?:memorand(?:um|a)|letters? of intent|declaration|statement of intent|charter|agreement|joint statement)\b",
    re.I,
)
# Who founds at a gathering does so in company.
_COMPANY = re.compile(
    r"\b(?:ministers|delegations?|representatives|countries|nations|states|partners|allies|guests?|hosts?|hosted|"
    r"hosting|received|welcomed|presid(?:ed|ing)|ceremony|counterparts?|colleagues|signed|signing|in the presence|"
    r"attended|attending|present|took part|joined|invitation|initiative|stage|memorandum|letter of intent|"
    r"declaration)\b"
)
_LONG_AGO = re.compile(r"\b(?:since|ever since|was|were) (?:its |the |first )?$")
_NAMED_AGAIN = re.compile(r"\b[Tt](?:he|his) (?:format|club|coalition|initiative)\b(?! of| for)")
_SUBJECT = re.compile(
    r"\b(?:It|The (?:format|club|group|coalition|initiative|forum)|[Tt]h(?:is|e) (?:club|"
    r"coalition))\b"
)
_TOWN = r"[A-Z\u00c0-\u017d][\w\u00c0-\u017e-]+(?: [A-Z\u00c0-\u017d][\w\u00c0-\u017e-]+)?"
_WHEN = r"(?:on|in|last|this|next)"
# Each town of "Warsaw followed in January and Paris on March 12".
_FOLLOWED = Screened(
    rf"(?:^|[.;,] |\b(?:and|then|before|while) )(?P<town>{_TOWN})"
    rf" (?:then |soon |duly )?(?:followed(?! suit)|came next|was next|hosted the (?:next|second|third|following)|"
    rf"was the (?:host|venue|next stop|scene)|had its turn|took (?:its|the) turn)\b(?=[^.;]{{0,40}}\b{_WHEN} )"
)
_AND_TOWN = re.compile(rf"^,? (?:and|then|and then) (?P<town>{_TOWN}) (?={_WHEN} )")


class LaunchReader(EllipsisReader):
    """Finds the starts of groups and the stops of a series."""

    def launches(self, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-launch: a group is founded, launched or signed into being on a day, in a town, in company."""
        told = decided(self, sentence, here) or met_ours(self, sentence, here) or many_sided(self, sentence, here)
        match = _STARTED.search(sentence.text) if not told else None
        if match is None or sentence.is_title or any(m.kind != "anaphor" for m in here):
            return told
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if words.ROUND_MADE.search(self.view, max(sentence.start, start - 20), start):
            return []
        group = self._started(sentence, start)
        dates = [d for d in self.reading.dates_of(sentence) if d.kind != "year" and d.kind != "year_shift"]
        placed = self._town(sentence) or any(d.kind == "day" for d in dates)
        if group is None or not dates or not placed or not _COMPANY.search(sentence.text):
            return []
        if _LONG_AGO.search(self.view[max(sentence.start, start - 12) : start]) and not dates[0].precise:
            return []
        mention = MeetingMention("noun", start, end, start, end, sentence, definite=True)
        mention.group, mention.mode = group, mode_of(sentence.text)
        mention.day = min(dates, key=lambda d: abs(d.start - start))
        return [mention]

    def _started(self, sentence: Sentence, position: int) -> GroupMention | None:
        """The group that is said to start: the nearest of the sentence, else the one that "it" means."""
        inside = self.groups_in(sentence.start, sentence.end)
        if inside:
            return min(inside, key=lambda g: abs(g.start - position))
        last = self.last_group(position)
        again = _NAMED_AGAIN.search(sentence.text)
        if again is not None:
            return self.last_group(position, again.group().split()[-1].lower())
        if _SUBJECT.search(sentence.text) or re.match(r"[A-Z]\w+ed\b", sentence.text) or "when" in sentence.text:
            near = last is not None and sentence.index - self.reading.document.sentence_at(last.start).index <= 2
            return last if near else None
        return None

    def stops(self, sentence: Sentence, here: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-stop: a town that "followed", or "was the host", on a day or in a month is the next "
        "meeting."""
        last = self.last_group(sentence.end)
        if sentence.is_title or last is None or any(m.kind == "noun" and not m.definite for m in here):
            return []
        found: list[MeetingMention] = []
        for match in _FOLLOWED.finditer(sentence.text):
            self._stop(sentence, match["town"], match.start("town"), match.end(), last, found)
        return found

    def _stop(
        self, sentence: Sentence, town: str, left: int, right: int, group: GroupMention, found: list[MeetingMention]
    ) -> None:
        """One stop, and those that "and" adds to it."""
        start = sentence.start + left
        date = self._date_after(sentence, sentence.start + right)
        if date is None:
            return
        mention = MeetingMention("noun", start, sentence.start + right, start, date.end, sentence, definite=True)
        mention.group, mention.day = group, date
        mention.town = (start, sentence.start + left + len(town))
        found.append(mention)
        more = _AND_TOWN.match(self.view[date.end : sentence.end])
        if more is not None:
            begin = date.end + more.start("town") - sentence.start
            self._stop(sentence, more["town"], begin, date.end + more.end() - sentence.start, group, found)

    def _date_after(self, sentence: Sentence, position: int) -> DateMention | None:
        return next((d for d in self.reading.dates_of(sentence) if 0 <= d.start - position < 30), None)

    def _town(self, sentence: Sentence) -> bool:
        """Whether the sentence names a town or building after a preposition of place."""
        return any(
            hit.get("place", "capital", "venue") and words.PLACED.search(self.view[max(0, hit.start - 20) : hit.start])
            for hit in self.reading.hits_in(self.reading.body_start(sentence), sentence.end)
        ) or bool(words.UNLISTED_TOWN.search(sentence.text))
