"""Meetings: mentions joined into meetings, each with its own date, place, state, chairs and participants."""

from __future__ import annotations

import re
from collections import defaultdict

from extraction.group_names import Group
from extraction.meeting_apart import places_conflict
from extraction.meeting_attributes import Span, place_of
from extraction.meeting_beside import place_beside
from extraction.meeting_briefings import without_briefings
from extraction.meeting_dates import date_of, late_date, week_date
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_finder import MeetingFinder
from extraction.meeting_headline import headline_of
from extraction.meeting_joining import Joiner
from extraction.meeting_likelihood import is_meeting
from extraction.meeting_mentions import MeetingMention, PhraseReader
from extraction.meeting_narrowing import narrow
from extraction.meeting_neighbours import coordinated
from extraction.meeting_places import INSTEAD
from extraction.meeting_refusals import refusal
from extraction.meeting_speeches import spoken_of
from extraction.meeting_states import state_of
from extraction.meeting_twins import MOST_MENTIONS, without_twins
from extraction.meeting_words import ONE_MORE
from extraction.people import People
from extraction.reading import Reading

__all__ = ["MeetingDraft", "MeetingReader"]

# Beyond these an article is a list or garbage; joining compares every mention with every meeting.
MOST_MEETINGS = 40
_PRECEDES = re.compile(
    r"(?: [\w-]+){0,3}? (?:precedes|preceded|follows|followed|comes? (?:\w+ ){0,3}?(?:after|before|ahead of)|"
    r"came (?:\w+ ){0,3}?(?:after|before|ahead of))(?= (?:an? |the |his |her |their )| "
    r"(?:\w+'s? |[A-Z])[^,.;]*\b(?:talks|meetings?|sessions?|summits?|gatherings?|calls?)\b)"
)
# "met her in Berlin before the Contact Group's conference": day, town and state are of what comes before it.
_BESIDE = re.compile(
    r"\b(?:meet|meets|met|receives?|received|hosts?|hosted|talks with) (?!in\b|at\b|on\b)[^.;:]{0,100}"
    r"\b(?:before|ahead of|prior to|after|following) (?:the |a )?$"
)
_THE_GROUP = re.compile(r"(?:The|the|This|this) (?:group|format|coalition|alliance)'s ")
_SO_MANY_OF_THEM = re.compile(
    r"\b[Tt]he (?:three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:defen[cs]e |foreign )?"
    r"(?:ministers|leaders|chiefs)\b(?! (?:of|from)\b)"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4}
_SO_MANY = re.compile(r"\b(?:two|three|four)\b")
_ALL = re.compile(r"\b(?:[Bb]oth|[Aa]ll|[Ee]ach|[Tt]he (?:two|three|four))\b")


# What somebody speaks about now has its own day.
_SPOKEN_ABOUT = re.compile(
    r"\b(?:discuss|preview|talk about|speak about|brief (?:you|us|reporters) on|recap|read ?out)(?:es|s|ed|ing)? "
    r"(?:the |our |this )?(?:[a-z-]+ ){0,3}$"
)


class MeetingReader:
    """Reads the meetings of one article."""

    def __init__(self, reading: Reading, groups: list[Group], persons: People) -> None:
        self.reading = reading
        self.groups = groups
        self.persons = persons
        self.group_mentions = sorted((m for g in groups for m in g.mentions if not m.in_series), key=lambda m: m.start)
        self.joiner = Joiner(reading, self.group_mentions)

    def read(self) -> list[MeetingDraft]:
        """Every meeting, in order of first mention."""
        drafts = self.drafts()
        unbarred = [d for d in drafts if refusal(self.reading, self.persons, d) is None]
        likely = [d for d in unbarred if is_meeting(self.reading, d, len(self.groups))]
        if not any(d.unnamed for d in likely):
            return likely
        return [d for d in unbarred if any(d is other for other in likely) or d.of_a_series]

    def drafts(self) -> list[MeetingDraft]:
        """Everything that might be a meeting, in order of first mention."""
        mentions = without_briefings(MeetingFinder(self.reading, self.group_mentions, self.persons).find())
        self._adopt_subjects(mentions)
        drafts: list[MeetingDraft] = []
        body = [m for m in mentions if not m.sentence.is_title]
        headline = [m for m in mentions if m.sentence.is_title]
        # The text names meetings more fully than the headline, which is joined to what the text has.
        umbrellas: list[Seen] = []
        in_sentence: dict[int, list[MeetingMention]] = defaultdict(list)
        for mention in mentions:
            in_sentence[mention.sentence.index].append(mention)
        for mention in [*body, *headline]:
            if len(drafts) >= MOST_MEETINGS:
                break
            seen = self._see(mention, in_sentence[mention.sentence.index])
            if mention.plural:
                umbrellas.append(seen)
            else:
                self._place_mention(seen, drafts)
        self._date_late(drafts)
        narrow(self.reading, drafts)
        place_beside(self.reading, drafts)
        self._spread(umbrellas, drafts)
        drafts.sort(key=lambda d: min(m.start for m in d.mentions))
        self._inherit_group(drafts)
        return without_twins(self.reading, drafts)

    def _see(self, mention: MeetingMention, siblings: list[MeetingMention]) -> Seen:
        status, span = state_of(self.reading, mention, siblings)
        if status == "planned" and not mention.when and ONE_MORE.match(self.reading.view, mention.left):
            mention.when = "next"
        date = date_of(self.reading, mention, siblings, status)
        # "Our meeting today" of a text without a date tells nothing apart.
        date = None if date is not None and date.starts is None and date.mention.kind == "day_shift" else date
        apart = [m for m in siblings if not coordinated(self.reading.view, mention, m)]
        place = place_of(self.reading, mention, apart, self.persons)
        # Rule meeting-precedes: day, place and state of what a meeting precedes or follows are not its own.
        other = _PRECEDES.match(self.reading.view, mention.end, mention.sentence.end)
        if other is not None:
            beyond = other.end()
            status, span = (None, None) if span is not None and span[0] >= beyond else (status, span)
            date = None if date is not None and date.mention.start >= beyond else date
            spots = (place.place_span, place.country_span, place.venue_span) if place is not None else ()
            place = None if any(s is not None and s[0] >= beyond for s in spots) else place
        # Rule meeting-beside: nor are those of a talk that somebody had before or after it.
        if _BESIDE.search(self.reading.view, mention.sentence.start, mention.left):
            status, span = (None, None) if span is not None and span[0] < mention.left else (status, span)
            date = None if date is not None and date.mention.start < mention.left else date
            spots = (place.place_span, place.country_span, place.venue_span) if place is not None else ()
            place = None if any(s is not None and s[0] < mention.left for s in spots) else place
        # Rule meeting-spoken-about: "Today, I'm joined by Ann Lee to discuss the recent meeting" is no day of it.
        about = _SPOKEN_ABOUT.search(self.reading.view, mention.sentence.start, mention.left + 1)
        if about is not None and date is not None and date.mention.start < about.start():
            date, status, span = None, None, None
        # Rule meeting-instead: "might come together in Brussels instead": neither day nor town is settled.
        if INSTEAD.search(self.reading.view, mention.left, mention.sentence.end):
            date = place = None
        return spoken_of(self.reading, Seen(mention, status, span, date, place))

    def _adopt_subjects(self, mentions: list[MeetingMention]) -> None:
        """Rule meeting-subject: "EU defence ministers agreed at an informal meeting" names the body beside the "
        "noun."""
        phrases = PhraseReader(self.reading, self.group_mentions)
        for mention in mentions:
            if mention.kind != "anaphor" or mention.definite or mention.plural:
                continue
            clause = self.reading.view[mention.sentence.start : max(mention.right, mention.end)]
            probe = MeetingMention("noun", mention.start, mention.end, mention.left, mention.right, mention.sentence)
            phrases.describe(probe, clause, mention.sentence.start)
            if (
                probe.body_span is not None
                and probe.body in ("ministers", "armaments_directors", "chiefs_of_defence", "leaders")
                and (probe.organisation is not None or probe.group is not None)
                and "minister"
                in self.reading.view[slice(*probe.body_span)].lower() + "minister" * (probe.body != "ministers")
            ):
                plural = re.search(
                    r"ministers|directors|chiefs|leaders", self.reading.view[slice(*probe.body_span)], re.I
                )
                if plural:
                    mention.kind = "noun"
                    mention.body, mention.body_span = probe.body, probe.body_span
                    mention.organisation, mention.organisation_span = probe.organisation, probe.organisation_span
                    mention.group = probe.group

    # -- joining ------------------------------------------------------------------------------------------

    def _place_mention(self, seen: Seen, drafts: list[MeetingDraft]) -> None:
        mention = seen.mention
        self._continue_series(mention, drafts)
        # Rule meeting-separate: "he and his Japanese and Korean counterparts had a separate meeting".
        if mention.separate:
            mention.kind = "noun"
            drafts.append(self._new(seen))
            return
        if mention.kind == "anaphor":
            if drafts and self._part(seen):
                mention.ordinal = mention.ordinal_span = None
            draft = self.joiner.antecedent(seen, drafts)
            if draft is not None:
                seen.place = None if places_conflict(draft, seen) else seen.place
                self._join(draft, seen)
            else:
                self.joiner.adopt_nearest(seen, drafts)
                drafts.append(self._new(seen))
            return
        # "A meeting of leaders" goes on about the leaders' one rather than the last spoken of.
        same_body = mention.body is not None and any(d.body == mention.body for d in drafts)
        order = sorted(drafts, key=lambda d: (same_body and d.body != mention.body, -max(m.start for m in d.mentions)))
        if mention.sentence.is_title:
            # A headline speaks of the article's own meeting, not of the last or the next one.
            # Nor of the one on whose sidelines it was held.
            order = sorted(
                drafts, key=lambda d: (bool(d.when()), self.joiner.background(d), min(m.start for m in d.mentions))
            )
        # "He had joined the five ministers": those of the group named last, whichever met before.
        if not mention.sentence.is_title and _SO_MANY_OF_THEM.search(self.reading.view, mention.left, mention.end):
            self.joiner.adopt_group(mention)
        for draft in order:
            if self.joiner.compatible(draft, seen):
                self._join(draft, seen)
                return
        headline = headline_of(self.reading, seen, drafts)
        if headline is not None:
            self._join(headline, seen)
            return
        self.joiner.adopt_group(mention)
        self.joiner.adopt_organisation(mention, drafts)
        if (
            mention.sentence.is_title
            and mention.group is not None
            and any(
                d.key == mention.group.key
                and not d.when()
                and (d.body == mention.body or None in (d.body, mention.body))
                for d in drafts
            )
        ):
            return
        if mention.sentence.is_title and drafts and seen.date is None and not mention.ordinal and seen.place is None:
            return
        drafts.append(self._new(seen))

    def _continue_series(self, mention: MeetingMention, drafts: list[MeetingDraft]) -> None:
        """Rule meeting-series: after "the ninth meeting of the Contact Group", "the group's eighth" is its eighth."""
        if mention.ordinal is None or mention.group is None or not _THE_GROUP.match(self.reading.view, mention.left):
            return
        for draft in drafts:
            if draft.group is not None and draft.ordinal in (mention.ordinal - 1, mention.ordinal + 1):
                mention.group = draft.group

    def _part(self, seen: Seen) -> bool:
        """Rule ordinal-part: "the first session focused on ammunition" numbers what one meeting consists of."""
        mention = seen.mention
        head = self.reading.view[mention.start : mention.end].lower()
        apart = seen.date is not None or seen.place is not None or mention.when or seen.status == "planned"
        if self.reading.view[mention.left : mention.start].lower().removeprefix("in ").startswith("this "):
            apart = False
        return bool(
            mention.ordinal and mention.ordinal < 6 and head in ("session", "round", "discussion") and not apart
        )

    def _date_late(self, drafts: list[MeetingDraft]) -> None:
        """A meeting without a day takes the one next door to a mention of it."""
        taken = {m.sentence.index for d in drafts for m in d.mentions}
        for draft in drafts:
            if draft.date is not None:
                continue
            for seen in draft.seen:
                if seen.mention.sentence.is_title or seen.date is not None:
                    continue
                seen.date = week_date(self.reading, seen.mention)
                seen.date = seen.date or late_date(self.reading, seen.mention, seen.status, taken)
                if seen.date is not None:
                    break

    def _new(self, seen: Seen) -> MeetingDraft:
        return MeetingDraft([seen], seen.mention.group)

    def _join(self, draft: MeetingDraft, seen: Seen) -> None:
        if len(draft.seen) >= MOST_MENTIONS:
            return
        draft.seen.append(seen)
        if draft.group is None and seen.mention.group is not None:
            draft.group = seen.mention.group

    def _spread(self, umbrellas: list[Seen], drafts: list[MeetingDraft]) -> None:
        """Rule meeting-plural: "both meetings were held at …" speaks of every one of them."""
        for seen in umbrellas:
            mention = seen.mention
            # Rule meeting-counted: "travelled to Tokyo for two trilateral meetings", and two are told.
            counted = _SO_MANY.search(self.reading.view, mention.left, mention.start)
            held = [d for d in drafts if d.plain_status() == "held" and d.group is None and d.organisation is None]
            if counted is not None and len(held) == _NUMBERS[counted.group()]:
                for draft in held:
                    draft.seen.append(Seen(mention, None, None, None, seen.place))
                continue
            if (
                mention.kind == "anaphor"
                and not mention.definite
                and not re.match(r"[Bb]oth\b", self.reading.view[mention.left :])
            ):
                continue
            # Rule meeting-plural-sides: "meetings were held in Kyiv on Friday between A, B and C" are told as one.
            if mention.states and mention.group is None and seen.date is not None and seen.place is not None:
                drafts.append(self._new(seen))
                continue
            # "They met in Oslo in October and in Riga in December": what it says, it says of those two.
            if any(m.day is not None and m.sentence is mention.sentence for d in drafts for m in d.mentions):
                continue
            key = mention.group.key if mention.group is not None else None
            body = mention.body
            concerned = [
                d for d in drafts if (key is None or d.key in (key, None)) and (body is None or d.body == body)
            ]
            if mention.group is None and mention.kind != "anaphor":
                # Rule meeting-of-days: "today's meetings of Allied defence ministers" are one meeting in its sittings.
                if mention.organisation and body == "ministers" and not concerned and seen.date is not None:
                    drafts.append(self._new(seen))
                continue
            # "one of the sessions, which …": only what is said of all places them all.
            everywhere = mention.kind != "anaphor" or _ALL.search(self.reading.view, mention.left, mention.end)
            for draft in concerned:
                draft.seen.append(Seen(mention, None, None, None, seen.place if everywhere else None))

    def _inherit_group(self, drafts: list[MeetingDraft]) -> None:
        """Rule group-auspices: the body of a group named elsewhere ("under the auspices of", "members of the")."""
        for draft in drafts:
            if draft.group is not None or (draft.organisation is not None and draft.body != "armaments_directors"):
                continue
            for mention in draft.mentions:
                window = self._following(mention)
                for group in self.group_mentions:
                    if not window[0] <= group.start < window[1]:
                        continue
                    before = self.reading.view[max(window[0], group.start - 60) : group.start]
                    if re.search(
                        r"\b(?:auspices of|under|umbrella of|framework of|part of|falls under|belong to|"
                        r"members? of)\b|\b(?:as|format of) (?:the )?$",
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
