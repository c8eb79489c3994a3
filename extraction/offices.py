"""Offices that stand without a name, linked to the person named before or after."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from extraction import lexicon
from extraction.document import Sentence
from extraction.gazetteer import gazetteer
from extraction.people import People, Person
from extraction.persons import NameFinder, TitleMention
from extraction.reading import Reading
from extraction.roles import is_head
from extraction.speech import speaks

_VERB_AFTER = re.compile(r",? (?:also |later |who |had |has )?(?P<verb>\w+)")
_DEFENCE = re.compile(r"\bdefen[cs]e (?:minister|secretary|chief)\b|\bminister of (?:national )?defen[cs]e\b", re.I)
_SPEECH_BEFORE = re.compile(r"\b(?:according to|said|told)(?: the)? $")


# A title that does not say whose it is.
_UNSAID = "-"
_Held = tuple[Person, TitleMention]


@dataclass(frozen=True)
class NamelessTitle:
    """An office without a name; `speaks` where a verb of speech stands by it."""

    title: TitleMention
    sentence: Sentence
    speaks: bool


def nameless_titles(reading: Reading, finder: NameFinder, persons: People) -> list[NamelessTitle]:
    """Offices of the text that no name stands by, in order."""
    taken = {i for p in persons for m in p.mentions if m.title is not None for i in range(m.title.start, m.title.end)}
    found: list[NamelessTitle] = []
    for sentence in reading.sentences:
        if sentence.is_title:
            continue
        for index, token in enumerate(sentence.tokens):
            if token.lower not in lexicon.ROLE_HEADS or token.lower.endswith("s") or token.start in taken:
                continue
            cover = finder.covering(sentence)
            begin = finder.titles.title_start(sentence.tokens, cover, index + 1)
            stop = max(index + 1, finder.titles.title_end(sentence.tokens, cover, index))
            title = finder.titles.title(sentence.tokens, cover, begin, stop, "title-nameless-linked")
            if title is None or title.start in taken or title.end - 1 in taken:
                continue
            taken.update(range(title.start, title.end))
            verb = _VERB_AFTER.match(reading.view[title.end : title.end + 30])
            speaks_after = verb is not None and verb["verb"] in lexicon.SPEECH_VERBS
            speaks_before = _SPEECH_BEFORE.search(reading.view[max(0, title.start - 20) : title.start]) is not None
            found.append(NamelessTitle(title, sentence, speaks_after or speaks_before))
    return found


class Offices:
    """The offices without a name of one article and the titles that its persons have, each found by what is asked."""

    def __init__(self, reading: Reading, finder: NameFinder, persons: People) -> None:
        self.reading = reading
        self.finder = finder
        self.persons = persons
        self._in_sentence: dict[int, list[NamelessTitle]] = defaultdict(list)
        # The states whose defence office is among them.
        self._defended: set[str | None] = set()
        for office in nameless_titles(reading, finder, persons):
            self._in_sentence[office.sentence.index].append(office)
            if _of_defence(office.title):
                self._defended.add(office.title.affiliation)
        self._owned_by: dict[str, list[Person]] = defaultdict(list)
        # By whose office it is, and by the noun for it with whose it is, "" for all.
        self._serving: dict[str, list[_Held]] = defaultdict(list)
        self._held: dict[tuple[str, str], list[_Held]] = defaultdict(list)
        for person in persons:
            for owner in _owners(person):
                self._owned_by[owner].append(person)
            self._hold(person)

    def give(self, person: Person, title: TitleMention) -> None:
        """Makes a title a person's."""
        person.title = title
        self._hold(person)

    def _hold(self, person: Person) -> None:
        title = person.title
        if title is None:
            return
        held = person, title
        self._serving[title.affiliation or ""].append(held)
        for noun in _nouns(title):
            for whose in ("", title.affiliation) if title.affiliation else (_UNSAID, ""):
                self._held[noun, whose].append(held)

    def link(self, person: Person) -> TitleMention | None:
        """Rule title-nameless-linked: "the Pentagon's acquisitions chief said … . …, Bill LaPlante told reporters".

        A person without office who speaks, or who "heads the ministry", takes the nearest office that speaks
        without a name, before or after; one that could be somebody else's (the same head noun) is passed over.
        """
        if not any(len(m.words) > 1 for m in person.mentions):
            return None
        reading, at = self.reading, person.mentions[0].sentence.index
        heads = any(
            re.match(
                r", (?:who|the (?:man|woman) who) (?:heads|leads|runs|chairs|commands)\b",
                reading.view[m.end : m.end + 40],
            )
            for m in person.mentions
        )
        opens = any(m.start - m.sentence.start < 3 and not m.sentence.is_title for m in person.mentions)
        after = sorted({m.sentence.index + 1 for m in person.mentions})
        taken_up = any(self._resumes(office, person)[1] for i in after for office in self._in_sentence.get(i, ()))
        owners = _owners(person)
        owned = len(owners) == 1 and self._only_one(person, *owners)
        if (
            not heads
            and not opens
            and not taken_up
            and not owned
            and not any(speaks(reading, m) for m in person.mentions)
        ):
            return None
        # The nearest first, of equally near ones the one before.
        for distance in (0, 1, -1, 2, -2, 3, -3, 4, -4):
            for office in self._in_sentence.get(at - distance, ()):
                title = office.title
                resumes, alone = self._resumes(office, person)
                if len(title.text.split()) < 2 and not (resumes and alone):
                    continue
                beside = owned and title.affiliation in owners and -1 <= distance <= 1 and _of_defence(title)
                if not (office.speaks or resumes or beside or (opens and distance > 0)):
                    continue
                if owners and title.affiliation is not None and title.affiliation not in owners:
                    continue
                if alone or not self._anothers(title, person):
                    return title
        return None

    def _resumes(self, office: NamelessTitle, person: Person) -> tuple[bool, bool]:
        """Does "X is here. The Dutch defence minister, who …" take a name up again by its office; is X alone before
        it?"""
        sentence = office.sentence
        if office.title.start - sentence.start >= 6:
            return False, False
        first = bisect_left(person.mentions, sentence.index - 1, key=lambda m: m.sentence.index)
        before = person.mentions[first] if first < len(person.mentions) else None
        if before is None or before.sentence.index != sentence.index - 1 or before.sentence.is_title:
            return False, False
        others = self.persons.between(before.sentence.start, before.sentence.end)
        alone = all(p is person for p, _ in others) and before.sentence.paragraph == sentence.paragraph
        return alone or before.start - before.sentence.start < 8, alone

    def _only_one(self, person: Person, state: str) -> bool:
        """Is a defence office of a state that of the only person whom the text gives that state?"""
        return (
            state in self._defended
            and all(p is person for p in self._owned_by[state])
            and not _another(self._serving[state], person)
        )

    def _anothers(self, title: TitleMention, person: Person | None) -> bool:
        """Is the nameless office plausibly that of another person, whose own title shares its nation and head?"""
        whose = (title.affiliation, _UNSAID) if title.affiliation else ("",)
        return any(_another(self._held[noun, one], person) for noun in _nouns(title) for one in whose)

    def link_headline(self) -> None:
        """Rule title-headline: the only person without office who is addressed as member of a house, or labelled as
        speaker, has the one office that the headline names without a name: "Defence Secretary on the Aberdeen
        meeting"."""
        bare = [p for p in self.persons if p.title is None and any(m.honoured or m.speaker_label for m in p.mentions)]
        if len(bare) != 1:
            return
        for sentence in self.reading.sentences:
            if not sentence.is_title:
                return
            cover = self.finder.covering(sentence)
            for index, token in enumerate(sentence.tokens):
                if not is_head(token) or token.lower.endswith("s"):
                    continue
                begin = self.finder.titles.title_start(sentence.tokens, cover, index + 1)
                title = self.finder.titles.title(sentence.tokens, cover, begin, index + 1, "title-headline")
                if title is not None and not self._anothers(title, None):
                    self.give(bare[0], title)
                    return


def link_signatures(reading: Reading, finder: NameFinder, persons: People) -> None:
    """Rule title-next-line: under a name that fills its line stands the office that fills the next."""
    for person in persons:
        if person.title is not None and person.title.rule != "rank-before-name":
            continue
        for mention in person.mentions:
            line = mention.sentence
            rest = reading.view[line.start : mention.start] + reading.view[mention.end : line.end]
            if line.is_title or line.index + 1 >= len(reading.sentences) or len(re.findall(r"\w+", rest)) > 3:
                continue
            below = reading.sentences[line.index + 1]
            tokens, cover = below.tokens, finder.covering(below)
            if len(tokens) > 16 or below.paragraph == line.paragraph:
                continue
            begin = 1 if tokens[0].lower == "the" else 0
            stop = finder.titles.title_end(tokens, cover, begin)
            if begin < stop and (stop == len(tokens) or tokens[stop].text == ","):
                title = finder.titles.title(tokens, cover, begin, stop, "title-next-line")
                if title is not None:
                    person.title = title
                    mention.of_nation = mention.of_nation or _nation_below(reading, below.index + 1)
                    break


def _nation_below(reading: Reading, index: int) -> tuple[str, int, int] | None:
    """The nation that fills the third line of a signature, "Republic of Estonia"."""
    if index >= len(reading.sentences) or len(reading.sentences[index].text.split()) > 6:
        return None
    line = reading.sentences[index]
    hits = [h for h in reading.hits_in(line.start, line.end) if h.get("nation")]
    return (hits[0].need("nation").value, hits[0].start, hits[0].end) if len(hits) == 1 else None


def _owners(person: Person) -> set[str]:
    owners = {m.of_nation[0] for m in person.mentions if m.of_nation is not None}
    known = gazetteer().affiliation_of(person.fullest.words, full=True)
    return owners | ({known} if known is not None else set())


def _of_defence(title: TitleMention) -> bool:
    return _DEFENCE.search(title.text) is not None


def _nouns(title: TitleMention) -> set[str]:
    return {word for word in title.text.lower().split() if word in lexicon.ROLE_HEADS}


def _another(holders: list[_Held], person: Person | None) -> bool:
    """Does one of these hold the title still, other than the person?"""
    return any(holder is not person and holder.title is title for holder, title in holders)
