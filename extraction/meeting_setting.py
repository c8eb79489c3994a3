"""The place of a meeting settled over all that the article says of it: mentions, what follows, headline, dateline."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cached_property

from extraction.date_resolution import day_of
from extraction.discourse import Segment
from extraction.gazetteer import Hit
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_headers import place_of_header
from extraction.meeting_mentions import mode_of
from extraction.meeting_places import place_in
from extraction.meeting_spots import Placed
from extraction.people import People, Person
from extraction.reading import Reading

Span = tuple[int, int]
Shown = tuple[Span, float, str]
# Who hosts or receives has the meeting at home.
_HOST_RULES = frozenset(["chair-active", "chair-clause", "chair-receives", "chair-guests", "chair-passive"])
_BY_LINK = re.compile(
    r"\bby (?:secure )?(?:video|link|phone|screen)|\bon screens\b|\bdial(?:l?ed|s)? in|\bremote(?:ly)?\b"
)
_WELCOME = re.compile(r"\b(?:[Ww]elcome (?:\w+ )?(?:back )?to (?:the|this)|[Gg]ood \w+ from the) [A-Z]")
# "we're back at Ramstein", "right here in Oslo", "thank you for coming to Washington": where the speaker is.
_WHERE_SPOKEN = re.compile(
    r"\b(?:here (?:at|in)|(?:be|are|'re|am|'m) (?:all |again |here |once again )?back (?:here )?(?:at|in)|"
    r"great to be (?:here )?(?:at|in)|"
    r"[Ww]elcome(?: you)?(?: all| everyone)?(?: back)? to|"
    r"(?:coming|joining us|hosting us|having us)(?: all)? (?:to|at|in)) (?=[A-Z])"
)
# Where news of meetings elsewhere is written, too.
_NEWSROOMS = frozenset(["Washington", "London", "Kyiv", "Moscow", "New York"])
_HOSTS = re.compile(r"\bhost|\breceiv|\bwelcom|\bguests?\b|\binvit")


class SettingReader:
    """Settles places of one article's meetings."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self.reading = reading
        self.persons = persons

    def place(
        self, draft: MeetingDraft, segments: list[Segment], main: bool, held: bool, chairs: dict[str, Shown]
    ) -> Placed | None:
        """Town, country and venue, each from the words nearest to the meeting; None where nothing says so."""
        placed = [s for s in draft.seen if s.place is not None and not s.mention.sentence.is_title]
        # What a speaker goes on about, "the visit" or "our talks", is sooner elsewhere than where he speaks.
        named = [s for s in placed if s.mention.kind != "anaphor"] if draft.spoken else placed
        found = _fused([s.place for s in named if s.place is not None])
        if not self._virtual(draft, segments):
            # Further away than the headline, which places it, the text speaks of other places.
            titled = any(s.place is not None and s.place.place and s.mention.sentence.is_title for s in draft.seen)
            if draft.spoken:
                said = self._where_spoken() if found is None or found.place is None else None
                found = _joined(_joined(found, said), place_of_header(self.reading))
            found = self._continued(found, draft, segments, main and not titled and not draft.spoken, chairs)
            if (main and held) or any(s.mention.sentence.is_title for s in draft.seen):
                found = _joined(found, self._headline(draft))
            found = self._dateline(found, draft, main, held)
        if found is None:
            return None if self._virtual(draft, segments) else self._with_host(segments, chairs)
        return self._at_home(self._town_of_venue(found), segments, chairs)

    def _virtual(self, draft: MeetingDraft, segments: list[Segment]) -> bool:
        """Whether the meeting is held by link only, so that no town but one named with it is its place."""
        if any(m.mode == "virtual" for m in draft.mentions):
            return True
        if any(s.place is not None and s.place.place for s in draft.seen):
            return False
        return any(
            s.bond in ("own", "follow") and (mode_of(s.sentence.text) == "virtual" or _BY_LINK.search(s.sentence.text))
            for s in segments
        )

    def _continued(
        self,
        found: Placed | None,
        draft: MeetingDraft,
        segments: list[Segment],
        main: bool,
        chairs: dict[str, Shown],
    ) -> Placed | None:
        """Rule place-follows: the sentences that go on about the meeting; further away only for the article's own."""
        hosts = sorted(span[0] for span, _, rule in chairs.values() if rule in _HOST_RULES)
        for bond in ("own", "follow", "around"):
            for segment in segments:
                if segment.bond != bond or segment.sentence.is_title or (bond == "around" and not main):
                    continue
                # "Welcome to the Pentagon": where it is spoken, not where that meeting was.
                if bond == "around" and _WELCOME.search(segment.sentence.text):
                    continue
                start = max(segment.start, self.reading.body_start(segment.sentence))
                if bond == "own" and (found is not None or draft.spoken):
                    continue
                hosted = bisect_left(hosts, segment.start) < bisect_left(hosts, segment.end)
                found = _joined(found, place_in(self.reading, start, segment.end, self.persons, hosted))
        return found

    def _where_spoken(self) -> Placed | None:
        """Rule place-spoken: the town in which the speaker says that he is."""
        for sentence in self.reading.sentences:
            cue = None if sentence.is_title else _WHERE_SPOKEN.search(sentence.text)
            if cue is not None and not self.reading.in_quote(sentence.start + cue.start()):
                reach = min(sentence.end, sentence.start + cue.end() + 60)
                found = place_in(self.reading, sentence.start + cue.start(), reach, self.persons, hosted=True)
                if found is not None:
                    return found
        return None

    def _headline(self, draft: MeetingDraft) -> Placed | None:
        """Rule place-headline: the town of the headline of the article that is about this meeting."""
        titled = _fused([s.place for s in draft.seen if s.place is not None and s.mention.sentence.is_title])
        title = self.reading.sentences[0] if self.reading.sentences and self.reading.sentences[0].is_title else None
        if titled is not None or title is None:
            return titled
        return place_in(self.reading, title.start, title.end, self.persons)

    def _dateline(self, found: Placed | None, draft: MeetingDraft, main: bool, held: bool) -> Placed | None:
        """Rule place-dateline: the dateline's town where the text says "here" or the building stands there."""
        if found is not None and found.place is not None:
            return found
        here = any(re.search(r"\bhere\b", m.sentence.text) for m in draft.mentions)
        hits = self._dateline_hits() if main or here else []
        if not hits:
            return found
        hit, span = hits[0], (hits[0].start, hits[0].end)
        base = hit.get("venue")
        if base is not None and held and "base" in hit.text.lower():
            building = base.value if hit.text.isupper() else hit.text
            return _joined(found, Placed(base.extra or None, span, base.country or None, span, building, span))
        row = hit.get("place", "capital")
        there = here or self._stands_in(found, row.name, row.extra) if row is not None else False
        if row is None or not (there or (main and held and self._reported_from(draft, row.name))):
            return found
        town = hit.text.title() if hit.text.isupper() else hit.text
        return _joined(found, Placed(town, span, row.country, span, None, None))

    def _reported_from(self, draft: MeetingDraft, town: str) -> bool:
        """Rule place-reported: a meeting held as the report was written was where it was written, unless news of all
        the world comes from there."""
        day = day_of(draft.date.starts) if draft.date is not None and draft.date.starts is not None else None
        anchor = self.reading.anchor
        return town not in _NEWSROOMS and day is not None and anchor is not None and abs((anchor - day).days) <= 1

    def _dateline_hits(self) -> list[Hit]:
        """The places of the dateline, in order."""
        for sentence in self.reading.sentences[:6]:
            body = self.reading.body_start(sentence)
            if body > sentence.start:
                return [h for h in self.reading.hits_in(sentence.start, body) if h.get("place", "capital", "venue")]
        return []

    def _stands_in(self, found: Placed | None, *towns: str) -> bool:
        town = self._town(found)
        return bool(town) and town in towns

    def _town(self, found: Placed | None) -> str:
        """The town of a listed building."""
        if found is None or found.venue_span is None:
            return ""
        hit = next((h for h in self.reading.hits_in(*found.venue_span) if h.get("venue")), None)
        if hit is None:
            return ""
        venue = hit.need("venue")
        # A castle in the country is its own place on the map: "in Harpsund", but "at Belvoir Castle" names no town.
        if venue.extra == venue.value and self.reading.view.startswith("at ", hit.start - 3):
            return ""
        return venue.extra

    def _town_of_venue(self, found: Placed) -> Placed:
        """Rule place-of-venue: a listed building's town, where the article names that town anywhere."""
        town = self._town(found) if found.place is None else ""
        for hit in self.reading.hits if town else []:
            row = hit.get("place", "capital")
            if row is not None and town in (row.name, row.extra):
                span = (hit.start, hit.end)
                name = hit.text.title() if hit.text.isupper() else hit.text
                return replace(found, place=name, place_span=span, country=found.country or row.country,
                               country_span=found.country_span or span)  # fmt: skip
        return found

    def _with_host(self, segments: list[Segment], chairs: dict[str, Shown]) -> Placed | None:
        """Rule country-host: "will be hosted by Luxembourg" tells where it is, if no more."""
        states = {name: shown for name, shown in chairs.items() if len(name) == 2}
        hosts = {
            name: span
            for name, (span, _, rule) in states.items()
            if rule in _HOST_RULES and _HOSTS.search(self.reading.view, max(0, span[0] - 30), span[1] + 40)
        }
        if len(hosts) != 1 or len(chairs) != 1:
            return None
        home, span = hosts.popitem()
        return Placed(None, None, home, span, None, None)

    @cached_property
    def _by_name(self) -> dict[str, Person]:
        """The first person of each name."""
        return {person.name: person for person in reversed(self.persons)}

    def _at_home(self, found: Placed, segments: list[Segment], chairs: dict[str, Shown]) -> Placed:
        """Rule country-host: a town that no list knows lies in the country of the one host."""
        if found.country is not None or found.place is None:
            return found
        homes: dict[str, Span] = {}
        for name, (span, _, rule) in chairs.items():
            around = self.reading.document.sentence_at(span[0]).text
            if rule not in _HOST_RULES or not _HOSTS.search(around):
                continue
            person = self._by_name.get(name)
            home = person.affiliation if person is not None else name
            if home is not None and len(home) == 2:
                homes[home] = span
        if len(homes) != 1:
            return found
        home, span = homes.popitem()
        return replace(found, country=home, country_span=span)


def _fused(places: list[Placed]) -> Placed | None:
    """The fullest of several, filled up from the others."""
    found: Placed | None = None
    for place in sorted(places, key=lambda p: -p.weight):
        found = _joined(found, place)
    return found


def _joined(found: Placed | None, more: Placed | None) -> Placed | None:
    """What is missing in the first taken from the second, unless the two lie in different countries or towns."""
    if found is None or more is None:
        return found or more
    if found.country and more.country and found.country != more.country:
        return found
    if found.place and more.place and found.place != more.place:
        return found
    joined = found
    if found.place is None and more.place is not None:
        joined = replace(joined, place=more.place, place_span=more.place_span)
    if found.country is None and more.country is not None:
        joined = replace(joined, country=more.country, country_span=more.country_span)
    if found.venue is None and more.venue is not None:
        joined = replace(joined, venue=more.venue, venue_span=more.venue_span)
    return joined
