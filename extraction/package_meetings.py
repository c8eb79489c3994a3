"""At which of an article's meetings a package was announced, so far as the text lets it be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.date_resolution import day_of
from extraction.facts import Meeting
from extraction.meeting_draft import MeetingDraft
from extraction.package_scope import PackageDraft, Span
from extraction.reading import Reading
from extraction.screening import Screened

# Money of another time than the meeting's.
_EARLIER = Screened(
    r"\b(?:previous(?:ly)?|earlier|already|last (?:week|month|year|spring|summer|autumn|fall|winter|[A-Z]\w+)|"
    r"(?:a|two|three|\d+) (?:days?|weeks?|months?|years?) (?:ago|before|earlier)|the (?:week|month|day|year) before|"
    r"since|until then|had (?:\w+ )?(?:pledged|promised|announced|given|committed|approved|delivered)|"
    r"in (?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d)|"
    r"(?:delivered|supplied) (?:in|last)|on top of|[Bb]ack then|at the time|on that occasion)\b"
)
_OFFERED = re.compile(
    r"\b(?:pledg|promis|announc|contribut|commit|offer|donat|gave|give|giv|provid|bring|brought|add|put|allocat|earmark|"
    r"unveil|agree|decid|approv|collect|rais|fund|financ|spend|package|aid|assistance|send|sent|support)\w*\b",
    re.I,
)
_HEADED = re.compile(r"(?:[-\u2022*\u2013\u2014]|\(?[a-z\d]{1,2}\))\s|(?:The |the )?[A-Z][\w ]{2,25}(?::| - | \u2014 )")


@dataclass(frozen=True)
class MeetingLink:
    """The meeting's index, the words that show it, how sure, and by which rule."""

    index: int
    span: Span
    confidence: float
    rule: str


class PackageMeetings:
    """Links packages to meetings; `drafts` and `meetings` are the same meetings in the same order."""

    def __init__(self, reading: Reading, drafts: list[MeetingDraft], meetings: tuple[Meeting, ...]) -> None:
        self.reading = reading
        self.drafts = drafts
        self.meetings = meetings
        self._named: dict[int, list[tuple[int, int, Span]]] = {}
        for index, draft in enumerate(drafts):
            for mention in draft.mentions:
                span = (mention.start, max(mention.end, mention.start + 2))
                self._named.setdefault(mention.sentence.index, []).append((mention.start, index, span))

    def link(self, package: PackageDraft) -> MeetingLink | None:
        """The first rule that fits, unless package and meeting were on different days."""
        for rule in (self._in_sentence, self._on_day, self._in_paragraph, self._of_list, self._main):
            found = rule(package)
            if found is not None and not self._days_differ(package, found.index):
                return found
        return None

    def date(self, package: PackageDraft, link: MeetingLink) -> tuple[str, Span, float, str] | None:
        """Rule announced-at-meeting: what was pledged at a meeting that has been held was pledged on its day."""
        # That an article is about a meeting does not date its sums: the sentence before must speak of the meeting.
        before = self._named.get(package.sentence.index - 1, [])
        if link.rule == "meeting-main" and all(index != link.index for _, index, _ in before):
            return None
        meeting, dated = self.meetings[link.index], self.drafts[link.index].date
        anchor = self.reading.anchor
        if meeting.status != "held" or meeting.starts is None or dated is None or day_of(meeting.starts) is None:
            return None
        if meeting.ends is not None or (anchor is not None and meeting.starts > anchor.isoformat()):
            return None
        if package.status[0] in ("proposed", "delivered") or _EARLIER.search(package.sentence.text):
            return None
        return meeting.starts, dated.span, link.confidence - 0.1, "announced-at-meeting"

    def _in_sentence(self, package: PackageDraft) -> MeetingLink | None:
        """Rule meeting-in-sentence: "pledged at the meeting"; of several the one nearest before the sum."""
        named = self._named.get(package.sentence.index, [])
        if not named or package.sentence.is_title:
            return None
        if len({index for _, index, _ in named}) > 1:
            named = [n for n in named if n[0] < package.money.start] or named
            named = [max(named) if named[0][0] < package.money.start else min(named)]
        _, index, span = named[0]
        return MeetingLink(index, span, 0.85, "meeting-in-sentence")

    def _on_day(self, package: PackageDraft) -> MeetingLink | None:
        """Rule meeting-on-day: announced on the day on which one meeting of the article was held."""
        if package.announced is None or len(package.announced[0]) < 10:
            return None
        day = package.announced[0]
        fits = [
            i
            for i, m in enumerate(self.meetings)
            if m.starts is not None and m.status == "held" and m.starts <= day <= (m.ends or m.starts)
        ]
        return MeetingLink(fits[0], package.announced[1], 0.8, "meeting-on-day") if len(fits) == 1 else None

    def _in_paragraph(self, package: PackageDraft) -> MeetingLink | None:
        """Rule meeting-in-paragraph: the one meeting that the sentences before, in the same paragraph, speak of."""
        if _EARLIER.search(package.sentence.text):
            return None
        for sentence in reversed(self.reading.sentences[: package.sentence.index]):
            if sentence.paragraph != package.sentence.paragraph:
                break
            named = self._named.get(sentence.index, [])
            if named:
                _, index, span = max(named)
                one = len({i for _, i, _ in named}) == 1 and self.meetings[index].status == "held"
                return MeetingLink(index, span, 0.75, "meeting-in-paragraph") if one else None
        return None

    def _of_list(self, package: PackageDraft) -> MeetingLink | None:
        """Rule meeting-of-list: the items under "What was pledged at the meeting:"."""
        if not _HEADED.match(package.sentence.text):
            return None
        for sentence in reversed(self.reading.sentences[max(0, package.sentence.index - 9) : package.sentence.index]):
            if _HEADED.match(sentence.text):
                continue
            named = self._named.get(sentence.index, [])
            if len({i for _, i, _ in named}) == 1 and self.meetings[named[0][1]].status == "held":
                return MeetingLink(named[0][1], named[0][2], 0.75, "meeting-of-list")
            if not sentence.text.rstrip().endswith(":"):
                return None
        return None

    def _main(self, package: PackageDraft) -> MeetingLink | None:
        """Rule meeting-main: an article on one meeting that was held reports what was offered there."""
        held = [i for i, m in enumerate(self.meetings) if m.status == "held" and self._leads(i)]
        if len(held) != 1 or package.status[0] not in ("announced", "approved"):
            return None
        text = package.sentence.text
        if _EARLIER.search(text) or not _OFFERED.search(text):
            return None
        if self._other_before(package, held[0]):
            return None
        head = self.drafts[held[0]].head
        return MeetingLink(held[0], (head.start, max(head.end, head.start + 2)), 0.65, "meeting-main")

    def _other_before(self, package: PackageDraft, index: int) -> bool:
        """Does the text before the sum, its paragraph and the last one, speak of another meeting last?"""
        paragraph = package.sentence.paragraph
        for sentence in reversed(self.reading.sentences[: package.sentence.index]):
            if sentence.paragraph < paragraph - 1 or sentence.is_title:
                return False
            named = self._named.get(sentence.index, [])
            if named:
                return max(named)[1] != index
        return False

    def _leads(self, index: int) -> bool:
        first = [s.index for s in self.reading.sentences if not s.is_title][:2]
        sentences = {m.sentence.index for m in self.drafts[index].mentions}
        return bool(sentences & set(first)) or any(m.sentence.is_title for m in self.drafts[index].mentions)

    def _days_differ(self, package: PackageDraft, index: int) -> bool:
        meeting = self.meetings[index]
        if package.announced is None or meeting.starts is None:
            return False
        day, first, last = package.announced[0], day_of(meeting.starts), day_of(meeting.ends or meeting.starts)
        said = day_of(day)
        if said is None or first is None or last is None:
            return not (meeting.starts.startswith(day) or day.startswith(meeting.starts))
        # What is offered on the eve or told the day after is still the meeting's.
        return not -1 <= (said - first).days <= (last - first).days + 1
