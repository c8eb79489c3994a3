"""Meetings: mentions joined into meetings, each with its own date, place, state, chairs and participants."""

from __future__ import annotations

import re

from extraction.dates import day_of
from extraction.group_names import Group
from extraction.meeting_attributes import Span, attendance_in, place_of
from extraction.meeting_dates import Dated, date_of, state_of
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_mentions import MeetingFinder, MeetingMention
from extraction.people import People
from extraction.reading import Reading

__all__ = ["MeetingDraft", "MeetingReader"]

_MILITARY = re.compile(
    r"\b(?:defen[cs]e|military|weapons?|arms|ammunition|security|troops|air defen[cs]e|munitions|missiles?|"
    r"shells?|deterrence|war)\b",
    re.I,
)


# Beyond these an article is a list or garbage; joining compares every mention with every meeting.
MOST_MEETINGS = 40
MOST_MENTIONS = 40


class MeetingReader:
    """Reads the meetings of one article."""

    def __init__(self, reading: Reading, groups: list[Group], persons: People) -> None:
        self.reading = reading
        self.groups = groups
        self.persons = persons
        self.group_mentions = sorted((m for g in groups for m in g.mentions), key=lambda m: m.start)
        self.name_spans = [(m.start, m.end) for p in persons for m in p.mentions]

    def read(self) -> list[MeetingDraft]:
        """Every meeting, in order of first mention."""
        mentions = MeetingFinder(self.reading, self.group_mentions).find()
        self._adopt_subjects(mentions)
        drafts: list[MeetingDraft] = []
        body = [m for m in mentions if not m.sentence.is_title]
        headline = [m for m in mentions if m.sentence.is_title]
        # The text names meetings more fully than the headline, which is joined to what the text has.
        umbrellas: list[Seen] = []
        for mention in [*body, *headline]:
            siblings = [m for m in mentions if m.sentence is mention.sentence]
            seen = self._see(mention, siblings)
            if len(drafts) >= MOST_MEETINGS:
                break
            if mention.plural:
                umbrellas.append(seen)
            else:
                self._place_mention(seen, drafts)
        self._spread(umbrellas, drafts)
        drafts = [d for d in drafts if self._is_meeting(d)]
        drafts.sort(key=lambda d: min(m.start for m in d.mentions))
        self._inherit_group(drafts)
        return drafts

    def _see(self, mention: MeetingMention, siblings: list[MeetingMention]) -> Seen:
        status, span = state_of(self.reading, mention, siblings)
        date = date_of(self.reading, mention, siblings, status)
        place = place_of(self.reading, mention, siblings, self.name_spans)
        return Seen(mention, status, span, date, place)

    def _adopt_subjects(self, mentions: list[MeetingMention]) -> None:
        """Rule meeting-subject: "EU defence ministers agreed at an informal meeting" names the body beside the noun."""
        finder = MeetingFinder(self.reading, self.group_mentions)
        for mention in mentions:
            if mention.kind != "anaphor" or mention.definite or mention.plural:
                continue
            clause = self.reading.view[mention.sentence.start : mention.sentence.end]
            probe = MeetingMention("noun", mention.start, mention.end, mention.left, mention.right, mention.sentence)
            finder._describe(probe, clause, mention.sentence.start)
            if (
                probe.body_span is not None
                and probe.body in ("ministers", "armaments_directors", "chiefs_of_defence")
                and (probe.organisation is not None or probe.group is not None)
                and "minister"
                in self.reading.view[slice(*probe.body_span)].lower() + "minister" * (probe.body != "ministers")
            ):
                plural = re.search(r"ministers|directors|chiefs", self.reading.view[slice(*probe.body_span)], re.I)
                if plural:
                    mention.kind = "noun"
                    mention.body, mention.body_span = probe.body, probe.body_span
                    mention.organisation, mention.organisation_span = probe.organisation, probe.organisation_span
                    mention.group = probe.group

    # -- joining ------------------------------------------------------------------------------------------

    def _place_mention(self, seen: Seen, drafts: list[MeetingDraft]) -> None:
        mention = seen.mention
        if mention.kind == "anaphor":
            draft = self._antecedent(seen, drafts)
            if draft is not None:
                self._join(draft, seen)
            elif self._stands_alone(seen):
                drafts.append(self._new(seen))
            return
        order = sorted(drafts, key=lambda d: -max(m.start for m in d.mentions))
        if mention.sentence.is_title:
            # A headline speaks of the article's own meeting, not of the last or the next one.
            order = sorted(drafts, key=lambda d: (bool(d.when()), min(m.start for m in d.mentions)))
        for draft in order:
            if self._compatible(draft, seen):
                self._join(draft, seen)
                return
        self._adopt_group(mention)
        if (
            mention.sentence.is_title
            and mention.group is not None
            and any(
                d.key == mention.group.key and (d.body == mention.body or None in (d.body, mention.body))
                for d in drafts
            )
        ):
            return
        drafts.append(self._new(seen))

    def _adopt_group(self, mention: MeetingMention) -> None:
        """Rule meeting-body-of-group: "the ten defence ministers" are those of the group last named."""
        if mention.group is not None or mention.organisation is not None or mention.body_span is None:
            return
        start, end = mention.body_span
        view = self.reading.view
        definite = re.search(r"\b[Tt]he (?:\w+ )?$", view[max(mention.sentence.start, start - 16) : start])
        if definite and not re.match(r" (?:of|from) ", view[end : end + 6]):
            mention.group = next((g for g in reversed(self.group_mentions) if g.start < start), None)

    def _new(self, seen: Seen) -> MeetingDraft:
        return MeetingDraft([seen], seen.mention.group)

    def _join(self, draft: MeetingDraft, seen: Seen) -> None:
        if len(draft.seen) >= MOST_MENTIONS:
            return
        draft.seen.append(seen)
        if draft.group is None and seen.mention.group is not None:
            draft.group = seen.mention.group

    def _stands_alone(self, seen: Seen) -> bool:
        """Rule meeting-of-same-group: "its first session", "our next meeting" is another of the group at hand."""
        mention = seen.mention
        if mention.sentence.is_title or not (mention.ordinal or mention.when or seen.date):
            return False
        last = next((g for g in reversed(self.group_mentions) if g.start < mention.start), None)
        if last is None:
            return False
        mention.group, mention.kind = last, "noun"
        return True

    def _spread(self, umbrellas: list[Seen], drafts: list[MeetingDraft]) -> None:
        """Rule meeting-plural: "both meetings were held at …" speaks of every one of them."""
        for seen in umbrellas:
            mention = seen.mention
            if (
                mention.kind == "anaphor"
                and not mention.definite
                and not re.match(r"[Bb]oth\b", self.reading.view[mention.left :])
            ):
                continue
            key = mention.group.key if mention.group is not None else None
            body = mention.body
            concerned = [
                d for d in drafts if (key is None or d.key in (key, None)) and (body is None or d.body == body)
            ]
            if mention.group is None and mention.kind != "anaphor":
                continue
            for draft in concerned:
                draft.seen.append(Seen(mention, None, None, None, seen.place))

    def _antecedent(self, seen: Seen, drafts: list[MeetingDraft]) -> MeetingDraft | None:
        """The meeting that "the huddle" or "the session" means: the last spoken of that nothing contradicts."""
        mention = seen.mention
        for draft in sorted(drafts, key=lambda d: -max(m.start for m in d.mentions)):
            if mention.when and draft.when() and mention.when != draft.when():
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
            ):
                continue
            if mention.ordinal and mention.ordinal != draft.ordinal and self._places_conflict(draft, seen):
                continue
            if mention.when == "previous" and draft.plain_status() == "planned":
                continue
            if self._dates_conflict(draft, seen) or self._ordinals_conflict(draft, mention):
                continue
            return draft
        return None

    def _places_conflict(self, draft: MeetingDraft, seen: Seen) -> bool:
        mine, theirs = seen.place, draft.place
        return bool(mine and theirs and mine.place and theirs.place and mine.place != theirs.place)

    def _ordinals_conflict(self, draft: MeetingDraft, mention: MeetingMention) -> bool:
        return bool(mention.ordinal and draft.ordinal and mention.ordinal != draft.ordinal)

    def _dates_conflict(self, draft: MeetingDraft, seen: Seen) -> bool:
        mine, theirs = seen.date, draft.date
        if mine is None or theirs is None or mine.starts is None or theirs.starts is None:
            if mine is not None and mine.starts is None and seen.mention.kind != "anaphor":
                # Unresolved dates still differ by their words.
                others = [s.date for s in draft.seen if s.date is not None]
                return bool(others) and all(_words_differ(mine, o) for o in others)
            return False
        a, b = mine.starts, theirs.starts
        if a.startswith(b) or b.startswith(a):
            return False
        first, second = day_of(a), day_of(b)
        if first is not None and second is not None:
            if mine.ends is None and theirs.ends and b <= a <= theirs.ends:
                return False
            # "Saturday's meeting" means the Saturday already spoken of.
            if mine.mention.weekday == second.weekday() and abs((first - second).days) <= 14:
                return False
            # A group does not meet twice within days: such dates are two tellings of one meeting.
            same_group = seen.mention.group is not None and seen.mention.group.key == draft.key
            return not (
                same_group
                and abs((first - second).days) <= 12
                and draft.body == seen.mention.body
                and a[:7] == b[:7]
                and draft.body not in ("steering", "working")
            )
        return True

    def _compatible(self, draft: MeetingDraft, seen: Seen) -> bool:
        mention = seen.mention
        if mention.group is not None and draft.group is not None and mention.group.key != draft.group.key:
            return False
        if (mention.group is None) != (draft.group is None) and (mention.organisation or draft.organisation):
            return False
        if mention.organisation and not draft.organisation and draft.group is None:
            return False
        if mention.organisation and draft.organisation and mention.organisation != draft.organisation:
            return False
        if self._ordinals_conflict(draft, mention) or self._dates_conflict(draft, seen):
            return False
        if (
            {mention.body, draft.body} >= {"armaments_directors"}
            and mention.body != draft.body
            and not (mention.kind == "anaphor" or mention.group is None)
        ):
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
        if mention.when == "next" and status == "held" and draft.when() != "next":
            return False
        apart = {seen.status, status} in ({"held", "planned"}, {"held", "postponed"})
        if (
            apart
            and not mention.sentence.is_title
            and (seen.date is not None or seen.place is not None or mention.when)
        ):
            return bool(seen.date and draft.date and seen.date.starts and seen.date.starts == draft.date.starts)
        # "the ministers" without group or organisation are those of the meeting last spoken of.
        return not self._places_conflict(draft, seen) or bool(seen.date and draft.date)

    # -- filters ------------------------------------------------------------------------------------------

    def _is_meeting(self, draft: MeetingDraft) -> bool:
        """Rules scope-*: a contact group's meeting, or one of an organisation's ministers, board or leaders."""
        named = [m for m in draft.mentions if m.kind != "anaphor"]
        if not named:
            return False
        if draft.group is not None:
            return True
        body, organisation = draft.body, draft.organisation
        text = " ".join(m.sentence.text for m in named)
        if body in ("armaments_directors", "chiefs_of_defence"):
            return True
        if organisation == "NATO":
            return any(m.kind == "noun" or m.body for m in named)
        defence = any(
            m.body_span and re.search(r"defen[cs]e", self.reading.view[slice(*m.body_span)], re.I) for m in named
        )
        if organisation is not None:
            return defence or (body in ("ministers", "leaders", "council") and bool(_MILITARY.search(text)))
        if defence:
            return any(self._many_nations(m) for m in named)
        return body == "steering" and bool(self.groups)

    def _many_nations(self, mention: MeetingMention) -> bool:
        """Does the sentence speak of three or more states?"""
        if attendance_in(self.reading, mention.sentence.start, mention.sentence.end):
            return True
        hits = self.reading.hits_in(mention.sentence.start, mention.sentence.end)
        nations = {e.value for h in hits if (e := h.get("nation", "demonym")) is not None}
        return len(nations - {"RU"}) >= 3 or bool(
            re.search(
                r"\b(?:Nordic|Baltic|allied|European|Western|NATO|G7)\b",
                self.reading.view[mention.left : mention.right],
            )
        )

    def _inherit_group(self, drafts: list[MeetingDraft]) -> None:
        """Rule group-auspices: the body of a group named elsewhere ("under the auspices of", "members of the")."""
        for draft in drafts:
            if draft.group is not None or draft.organisation == "EU":
                continue
            for mention in draft.mentions:
                window = self._following(mention)
                for group in self.group_mentions:
                    if not window[0] <= group.start < window[1]:
                        continue
                    before = self.reading.view[max(window[0], group.start - 60) : group.start]
                    if re.search(
                        r"\b(?:auspices of|under|umbrella of|framework of|part of|falls under|belong to|members? of)\b",
                        before,
                    ):
                        draft.group = group
                        break
                if draft.group is not None:
                    break
            if (
                draft.group is None
                and draft.body in ("steering", "working", "armaments_directors")
                and draft.organisation is None
            ) and len({g.key for g in self.groups}) == 1:
                draft.group = self.group_mentions[0]

    def _following(self, mention: MeetingMention) -> Span:
        """The mention's sentence and the two after it in the same paragraph."""
        end = mention.sentence.end
        for sentence in self.reading.sentences[mention.sentence.index + 1 : mention.sentence.index + 3]:
            end = sentence.end
        return mention.sentence.start, end


def _words_differ(a: Dated, b: Dated) -> bool:
    return (a.mention.month, a.mention.day, a.mention.weekday) != (b.mention.month, b.mention.day, b.mention.weekday)
