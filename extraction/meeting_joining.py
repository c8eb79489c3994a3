"""Which mentions speak of one meeting: nothing said of them may contradict."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property

from extraction import meeting_apart
from extraction.date_resolution import day_of
from extraction.group_names import GroupMention
from extraction.meeting_apart import (
    introduced,
    left_behind,
    of_another_year,
    other_office,
    over,
    told_apart,
)
from extraction.meeting_beside import host
from extraction.meeting_counted import Dated
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_mentions import MeetingMention, NamedGroups
from extraction.meeting_scope import MILITARY, names_many
from extraction.meeting_words import MANY_SIDED, NOUN
from extraction.reading import Reading

_OWNER = re.compile(r"\bNATO\b|\b[Tt]he [Aa]lliance\b|\b(?P<eu>(?:[Tt]he )?(?:EU|European Union))\b")
_BODY_OF = re.compile(
    r"\b(?:(?P<nato>NATO(?:'s)?|Allied|Alliance's)|(?:EU|European Union)(?:'s)?) (?:foreign and |own )?[Dd]efen[cs]e "
    r"(?:and foreign )?(?:[Mm]inisters|chiefs)\b"
)
_ITS = re.compile(r"\b(?:its|[Oo]ur) (?:next |own |annual |upcoming )?$")
# "Russia-U.S. talks", "French-German consultations": a pair of states has its own.
_PAIR = re.compile(r"(?<![\w.\u2013-])[A-Z][\w.]+[-\u2013][A-Z][\w.]+ (?:[a-z]+ )?$")
_COMES_AFTER = re.compile(
    r"\b(?:[Cc]omes?|[Cc]ame|[Cc]oming) (?:[\w-]+ ){0,4}?(?:after|before|ahead of) (?:an? |the )?$"
)
_OF_EUROPE = re.compile(r" of (?:the )?(?:European|EU|Nordic|Baltic|NATO|Allied) (?:defen[cs]e |foreign )?ministers\b")
# How far back in a talk "our summit" reaches for whose it is, in characters.
_TALKED = 1500
_APPOSED_TO = re.compile(r",? ?(?:its|their|the) ")


class Joiner:
    """Decides whether a mention belongs to a meeting already found."""

    def __init__(self, reading: Reading, group_mentions: list[GroupMention]) -> None:
        self.reading = reading
        self.group_mentions = group_mentions
        self.groups = NamedGroups(reading.view, group_mentions)

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
            if mention.when == "next" and draft.when() != "next" and draft.plain_status() == "held":
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

    def _of_its_own(self, mention: MeetingMention) -> bool:
        """Rule meeting-own-body: "NATO defence ministers were to follow in Brussels" are no group's."""
        body, owner = mention.body_span, mention.organisation_span
        if mention.group is not None or mention.body != "ministers" or body is None or owner is None:
            return False
        return owner[0] <= body[0] and body[0] - owner[1] < 4

    def _of_pair(self, mention: MeetingMention) -> bool:
        """Rule meeting-of-pair: "Russia-Turkey talks" are neither the meeting at hand nor another of its group."""
        pair = _PAIR.search(self.reading.view, max(mention.sentence.start, mention.start - 40), mention.start)
        # A person's name with a hyphen is no pair.
        hits = self.reading.hits_in(*pair.span()) if pair is not None else []
        return any(h.get("nation", "demonym", "organisation") for h in hits)

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
        """A past month is no date of a meeting that is still to come, nor a coming one of one that was held."""
        anchor, status = self.reading.anchor, draft.plain_status()
        if anchor is None or date.starts is None or date.mention.month is None:
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
        if mention.group is None and draft.group is not None and _OF_EUROPE.match(self.reading.view, mention.end):
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

    def adopt_group(self, mention: MeetingMention) -> None:
        """Rule meeting-body-of-group: "the ten defence ministers" are those of the group last named."""
        if mention.group is not None or mention.organisation is not None or mention.body_span is None:
            return
        start, end = mention.body_span
        view = self.reading.view
        if self._owned(mention, start) or _OF_EUROPE.match(view, mention.end):
            return
        definite = re.search(r"\b[Tt]he (?:[a-z\d]\w* )?$", view[max(mention.sentence.start, start - 16) : start])
        if re.match(r" (?:of|from) ", view[end : end + 6]):
            return
        if definite:
            mention.group = self.groups.spoken_of(start)
            if mention.group is not None:
                return
        # Rule meeting-body-alone: in an article of one group, ministers without a country are that group's.
        owners = self.reading.hits_in(max(mention.sentence.start, start - 25), start)
        bare = not any(h.get("nation", "demonym", "organisation") for h in owners)
        last = self.groups.named(start)
        near = last and (mention.sentence.index - self._sentence(last.start) <= 4 or len(self.group_mentions) > 2)
        if bare and "oreign" not in view[start:end] and near and len(self._named) == 1:
            mention.group = last

    def adopt_organisation(self, mention: MeetingMention, drafts: list[MeetingDraft]) -> None:
        """Rule meeting-office: after the EU's foreign ministers, "a meeting of defence ministers" is of the EU's."""
        if mention.group is not None or mention.organisation is not None or mention.kind != "noun":
            return
        other = next((d for d in reversed(drafts) if other_office(self.reading, d, mention)), None)
        if other is not None and other.organisation is not None and len({d.organisation for d in drafts}) == 1:
            first = other.first("organisation")
            mention.organisation = other.organisation
            mention.organisation_span = first.organisation_span if first is not None else None

    def _owned(self, mention: MeetingMention, start: int) -> bool:
        """Rule meeting-its-ministers: "The alliance has targets, and the next meeting of its defence ministers", "
        "NATO's secretary general said that Ukraine was invited to its summit"."""
        view = self.reading.view
        its = _ITS.search(view, max(0, start - 16), start)
        if its is None:
            return False
        # "Our summit in Lithuania next month": of the alliance that the speaker has talked of all along.
        floor = mention.sentence.start if its.group().startswith("its") else max(0, start - _TALKED)
        owner = next(iter(reversed(list(_OWNER.finditer(view, floor, start)))), None)
        last = self.groups.named(start)
        if owner is None or (last is not None and owner.start() < last.start):
            return False
        mention.organisation, mention.organisation_span = "EU" if owner["eu"] else "NATO", owner.span()
        return True

    def adopt_nearest(self, seen: Seen, drafts: list[MeetingDraft]) -> None:
        """Rule meeting-of-same-group: "its first session", "our next meeting" is another of the group at hand."""
        mention = seen.mention
        if self._of_pair(mention):
            return
        if (mention.body == "leaders" and self._owned(mention, mention.start)) or self._of_its_own(mention):
            mention.kind = "noun"
            return
        if mention.states and seen.date is not None and seen.place is not None:
            self._of_states(mention)
            return
        last = self._at_hand(mention)
        if last is None and len(self._named) == 1:
            last = self._named_later(mention)
        if last is None:
            self._of_organisation(mention)
            self._of_states(mention)
            return
        if mention.sentence.is_title or mention.sentence.text.rstrip().endswith("?"):
            return
        apart = bool(mention.ordinal or mention.when or seen.date)
        if not (apart or mention.definite or seen.place):
            return
        # Rule meeting-implied: "the talks" of an article on a group, though nothing has said that it met.
        far = last.start > mention.start or mention.sentence.index - self._sentence(last.start) > 6
        if not apart and (far or drafts):
            return
        mention.group, mention.kind = mention.group or last, "noun"

    def _named_later(self, mention: MeetingMention) -> GroupMention | None:
        """The article's one group, if it is soon named or spoken of more than in passing."""
        first = self.group_mentions[0]
        # "their tenth trilateral meeting" is not of the wider forum that the article comes to speak of.
        phrase = self.reading.view[mention.left : mention.end]
        if MANY_SIDED.search(phrase) and first.start > mention.end and first.slug != "aukus":
            return None
        if NOUN.fullmatch(self.reading.view, mention.start, mention.end):
            return first
        passing = len(self.group_mentions) == 1 and self._sentence(first.start) - mention.sentence.index > 2
        return None if passing else first

    def _at_hand(self, mention: MeetingMention) -> GroupMention | None:
        """The group last named, unless it was named in passing and another is what the article is about."""
        last = self.groups.spoken_of(mention.start)
        if last is None or mention.sentence.index - self._sentence(last.start) <= 1:
            return last
        main = self._named.most_common(1)[0][0]
        if self._named[main] >= 3 and self._named[last.key] == 1:
            before = bisect_left(self.group_mentions, mention.start, key=lambda g: g.start)
            return next((g for g in reversed(self.group_mentions[:before]) if g.key == main), last)
        return last

    @cached_property
    def _named(self) -> Counter[str]:
        """How often each group is named, in order of first mention."""
        return Counter(g.key for g in self.group_mentions)

    def _of_organisation(self, mention: MeetingMention) -> None:
        """Rule meeting-of-body: "EU defence ministers failed to … after the meeting" is theirs."""
        if mention.organisation is not None or not mention.definite:
            return
        for sentence in reversed(
            self.reading.sentences[max(0, mention.sentence.index - 2) : mention.sentence.index + 1]
        ):
            match = _BODY_OF.search(sentence.text)
            if match is not None and sentence.start + match.start() < mention.start:
                mention.organisation = "NATO" if match["nato"] else "EU"
                start = sentence.start + match.start()
                mention.organisation_span = (start, sentence.start + match.end())
                mention.body, mention.body_span = "ministers", mention.organisation_span
                mention.kind = "noun"
                return

    def _of_states(self, mention: MeetingMention) -> None:
        """Rule meeting-of-states: no group is named, but three states or more are said to meet on defence."""
        if (mention.states or names_many(self.reading, mention)) and MILITARY.search(mention.sentence.text):
            mention.kind, mention.states = "noun", True

    def _sentence(self, position: int) -> int:
        return self.reading.document.sentence_at(position).index
