"""Which mentions speak of one meeting: nothing said of them may contradict."""

from __future__ import annotations

import re

from extraction import meeting_apart
from extraction.date_resolution import day_of
from extraction.meeting_apart import (
    introduced,
    left_behind,
    of_another_year,
    over,
    told_apart,
)
from extraction.meeting_beside import host
from extraction.meeting_counted import Dated
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_owners import OF_EUROPE, Owners

_COMES_AFTER = re.compile(
    r"\b(?:[Cc]omes?|[Cc]ame|[Cc]oming) (?:[\w-]+ ){0,4}?(?:after|before|ahead of) (?:an? |the )?$"
)
_APPOSED_TO = re.compile(r",? ?(?:its|their|the) ")


class Joiner(Owners):
    """Decides whether a mention belongs to a meeting already found."""

    def antecedent(self, seen: Seen, drafts: list[MeetingDraft]) -> MeetingDraft | None:
        """The meeting that "the huddle" or "the session" means: the last spoken of that nothing contradicts."""
        mention = seen.mention
        if self._of_pair(mention):
            return None
        order = sorted(
            drafts,
            key=lambda d: (
                # "this was the fourth round": whichever the text has numbered so.
                mention.ordinal is None or d.ordinal != mention.ordinal,
                self.background(d) or left_behind(d, mention),
                -max(m.start for m in d.mentions),
            ),
        )
        if mention.sentence.is_title:
            order = sorted(drafts, key=lambda d: (bool(d.when()), min(m.start for m in d.mentions)))
        if mention.ordinal and _APPOSED_TO.match(self.reading.view[max(0, mention.left - 2) : mention.start + 1]):
            # "That group last met on 22 November, its 17th meeting": said of the meeting before the comma.
            for draft in order:
                near = any(m.sentence is mention.sentence for m in draft.mentions)
                if near and draft.ordinal is None and not self._dates_conflict(draft, seen):
                    return draft
        any_held = any(d.plain_status() == "held" for d in drafts)
        for draft in order:
            if draft.group is not None and self._of_its_own(mention):
                continue
            if mention.when and draft.when() and mention.when != draft.when():
                continue
            if meeting_apart.past_of(self.reading, mention) and draft.plain_status() == "planned" and any_held:
                continue
            if mention.when and self.background(draft):
                continue
            if draft.when() == "next" and self.reading.view.startswith(" today", mention.end):
                continue
            if over(draft, seen):
                continue
            told = draft.plain_status() == "held" or (draft.plain_status() is None and draft.unnamed)
            if mention.when == "next" and draft.when() != "next" and told:
                continue
            if (
                mention.when == "previous"
                and draft.when() != "previous"
                and (seen.date is not None or seen.place is not None)
                and not re.search(r"\b(?:latest|most recent)\b", self.reading.view[mention.left : mention.start])
            ):
                continue
            if mention.ordinal and draft.ordinal is None and draft.when() != mention.when:
                continue
            if (
                mention.ordinal
                and mention.ordinal != draft.ordinal
                and seen.date is not None
                and draft.date is not None
                and (draft.ordinal is not None or seen.date.starts is None or seen.date.starts != draft.date.starts)
            ):
                continue
            if mention.ordinal and mention.ordinal != draft.ordinal and meeting_apart.places_conflict(draft, seen):
                continue
            if mention.when == "previous" and draft.plain_status() == "planned":
                continue
            if self._dates_conflict(draft, seen) or self._ordinals_conflict(draft, mention):
                continue
            if meeting_apart.places_conflict(draft, seen) and (seen.date is not None or mention.when):
                continue
            return draft
        return None

    def background(self, draft: MeetingDraft) -> bool:
        """Rule meeting-background: what another meeting "comes after" is not what "the meeting" goes on about."""
        if len(draft.seen) > 1:
            return False
        mention = draft.mentions[0]
        if host(self.reading, mention) or of_another_year(self.reading, draft):
            return True
        return bool(_COMES_AFTER.search(self.reading.view, mention.sentence.start, mention.left))

    def _ordinals_conflict(self, draft: MeetingDraft, mention: MeetingMention) -> bool:
        return bool(mention.ordinal and draft.ordinal and mention.ordinal != draft.ordinal)

    def _tenses_conflict(self, draft: MeetingDraft, date: Dated) -> bool:
        """A past month or year is no date of a meeting that is still to come, nor a coming one of one that was held."""
        anchor, status = self.reading.anchor, draft.plain_status()
        if anchor is None or date.starts is None or (date.mention.month is None and date.mention.kind != "year"):
            return False
        today = anchor.isoformat()[: len(date.starts)]
        return (date.starts < today and status == "planned") or (date.starts > today and status == "held")

    def _dates_conflict(self, draft: MeetingDraft, seen: Seen) -> bool:
        mine, theirs = seen.date, draft.date
        # "the group's meeting in July" is told apart by its month from the numbered one at hand.
        by_month = mine is not None and mine.bound == 2 and mine.mention.kind == "month" and theirs is None
        if by_month and draft.ordinal and not seen.mention.ordinal and not seen.mention.sentence.is_title:
            return True
        if mine is None or theirs is None or mine.starts is None or theirs.starts is None:
            if mine is not None and mine.starts is not None and self._tenses_conflict(draft, mine):
                return True
            if mine is not None and mine.starts is None and seen.mention.kind != "anaphor":
                # Unresolved dates still differ by their words.
                others = [s.date for s in draft.seen if s.date is not None]
                return bool(others) and all(meeting_apart.words_differ(mine, o) for o in others)
            return False
        a, b = mine.starts, theirs.starts
        if a.startswith(b) or b.startswith(a):
            return False
        first, second = day_of(a), day_of(b)
        if first is not None and second is not None:
            if meeting_apart.within(mine, theirs) or meeting_apart.within(theirs, mine):
                return False
            # "Saturday's meeting" means the Saturday already spoken of.
            if mine.mention.weekday == second.weekday() and abs((first - second).days) <= 14:
                return False
            # A group does not meet twice within days: such dates are two tellings of one meeting.
            same_group = seen.mention.group is not None and seen.mention.group.key == draft.key
            return not (
                same_group
                and not meeting_apart.places_conflict(draft, seen)
                and abs((first - second).days) <= 12
                and (draft.body == seen.mention.body or (seen.mention.states and seen.mention.body is None))
                and a[:7] == b[:7]
                and draft.body not in ("steering", "working")
            )
        return True

    def compatible(self, draft: MeetingDraft, seen: Seen) -> bool:
        """May a mention that names its meeting speak of this one?"""
        mention = seen.mention
        if mention.group is not None and draft.group is not None and mention.group.key != draft.group.key:
            return False
        if (mention.group is None) != (draft.group is None) and (mention.organisation or draft.organisation):
            return False
        if mention.organisation and not draft.organisation and draft.group is None:
            return False
        if mention.group is not None and draft.group is None and not meeting_apart.open_body(self.reading, draft):
            return False
        # "before the meeting of European defence ministers": whose they are is said.
        if mention.group is None and draft.group is not None and OF_EUROPE.match(self.reading.view, mention.end):
            return False
        if mention.organisation and draft.organisation and mention.organisation != draft.organisation:
            return False
        if self._ordinals_conflict(draft, mention) or self._dates_conflict(draft, seen):
            return False
        if told_apart(self.reading, draft, mention) or meeting_apart.founded_long_ago(self.reading, draft, seen):
            return False
        if meeting_apart.of_others(draft, seen):
            return False
        if (
            {mention.body, draft.body} >= {"armaments_directors"}
            and mention.body != draft.body
            and not (mention.kind == "anaphor" or mention.group is None)
        ):
            return False
        if self._council_of_day(draft, seen):
            return True
        if mention.body and draft.body and mention.body != draft.body and draft.organisation:
            return False
        if mention.body and draft.body and mention.body != draft.body and "leaders" not in (mention.body, draft.body):
            return False
        if mention.when != draft.when() and (mention.when == "previous" or draft.when() == "previous"):
            shared = (
                seen.date is not None
                and draft.date is not None
                and seen.date.starts == draft.date.starts
                and seen.date.starts
            )
            latest = re.search(r"\b(?:latest|most recent)\b", self.reading.view[mention.left : mention.start + 1])
            if not shared and not (latest and draft.plain_status() == "held"):
                return False
        status = draft.plain_status()
        # "after the 25th meeting" speaks of no meeting that is yet to come.
        if mention.ordinal and seen.status == "held" and draft.when() == "next" and draft.ordinal is None:
            return False
        if mention.when == "next" and status == "held" and draft.when() != "next":
            return False
        apart = {seen.status, status} in ({"held", "planned"}, {"held", "postponed"})
        if (
            apart
            and not mention.sentence.is_title
            and (seen.date is not None or seen.place is not None or mention.when or introduced(self.reading, seen))
        ):
            return self._covers(draft, seen)
        # "the ministers" without group or organisation are those of the meeting last spoken of.
        return not meeting_apart.places_conflict(draft, seen) or bool(seen.date and draft.date and mention.group)

    def _council_of_day(self, draft: MeetingDraft, seen: Seen) -> bool:
        """Rule meeting-in-council: the alliance's ministers of the day on which its council sits are that council."""
        mine, theirs = seen.date, draft.date
        same_day = mine is not None and theirs is not None and mine.starts is not None and mine.starts == theirs.starts
        bodies = {seen.mention.body, draft.body} == {"ministers", "council"}
        return same_day and bodies and seen.mention.organisation == draft.organisation is not None

    def _covers(self, draft: MeetingDraft, seen: Seen) -> bool:
        """Is the day said the draft's own, or one of its days? Today is, of one that was told without a day."""
        mine, theirs = seen.date, draft.date
        if mine is None or mine.starts is None:
            return False
        if theirs is None or theirs.starts is None:
            anchor = self.reading.anchor
            # "Another is to be held soon, the ministers agreed when they met on Monday": not that one.
            return anchor is not None and mine.starts == anchor.isoformat() and not over(draft, seen)
        return mine.starts == theirs.starts or meeting_apart.within(mine, theirs)
