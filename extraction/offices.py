"""Offices that stand without a name, linked to the person named before or after."""

from __future__ import annotations

import re
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


def link_title(
    reading: Reading,
    person: Person,
    nameless: list[NamelessTitle],
    persons: People,
) -> TitleMention | None:
    """Rule title-nameless-linked: "the Pentagon's acquisitions chief said … . …, Bill LaPlante told reporters".

    A person without office who speaks, or who "heads the ministry", takes the nearest office that speaks
    without a name, before or after; one that could be somebody else's (the same head noun) is passed over.
    """
    if not any(len(m.words) > 1 for m in person.mentions):
        return None
    first = person.mentions[0]
    heads = any(
        re.match(
            r", (?:who|the (?:man|woman) who) (?:heads|leads|runs|chairs|commands)\b", reading.view[m.end : m.end + 40]
        )
        for m in person.mentions
    )
    opens = any(m.start - m.sentence.start < 3 and not m.sentence.is_title for m in person.mentions)
    taken_up = any(_resumes(office, person, persons)[1] for office in nameless)
    owned = [office for office in nameless if _only_one(office.title, person, persons)]
    if not heads and not opens and not taken_up and not owned and not any(speaks(reading, m) for m in person.mentions):
        return None
    best: tuple[int, TitleMention] | None = None
    for office in nameless:
        title, sentence = office.title, office.sentence
        distance = first.sentence.index - sentence.index
        resumes, alone = _resumes(office, person, persons)
        if not -4 <= distance <= 4 or (len(title.text.split()) < 2 and not (resumes and alone)):
            continue
        beside = office in owned and -1 <= distance <= 1
        if not (office.speaks or resumes or beside or (opens and distance > 0)) or _contradicts(title, person):
            continue
        if not alone and any(_could_be(title, other) for other in persons if other is not person):
            continue
        cost = abs(distance) * 2 + (distance < 0)
        if best is None or cost < best[0]:
            best = cost, title
    return best[1] if best else None


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


def link_headline(reading: Reading, finder: NameFinder, persons: People) -> None:
    """Rule title-headline: the only person without office who is addressed as member of a house, or labelled as
    speaker, has the one office that the headline names without a name: "Defence Secretary on the Aberdeen meeting"."""
    bare = [p for p in persons if p.title is None and any(m.honoured or m.speaker_label for m in p.mentions)]
    if len(bare) != 1:
        return
    for sentence in reading.sentences:
        if not sentence.is_title:
            return
        cover = finder.covering(sentence)
        for index, token in enumerate(sentence.tokens):
            if not is_head(token) or token.lower.endswith("s"):
                continue
            begin = finder.titles.title_start(sentence.tokens, cover, index + 1)
            title = finder.titles.title(sentence.tokens, cover, begin, index + 1, "title-headline")
            if title is not None and not any(_could_be(title, other) for other in persons):
                bare[0].title = title
                return


def _resumes(office: NamelessTitle, person: Person, persons: People) -> tuple[bool, bool]:
    """Does "X is here. The Dutch defence minister, who …" take a name up again by its office; is X alone before it?"""
    sentence = office.sentence
    if office.title.start - sentence.start >= 6:
        return False, False
    before = [m for m in person.mentions if m.sentence.index == sentence.index - 1 and not m.sentence.is_title]
    if not before:
        return False, False
    others = persons.between(before[0].sentence.start, before[0].sentence.end)
    alone = all(p is person for p, _ in others) and before[0].sentence.paragraph == sentence.paragraph
    return alone or before[0].start - before[0].sentence.start < 8, alone


def _only_one(title: TitleMention, person: Person, persons: People) -> bool:
    """Is the defence office of a state that of the only person whom the text gives that state?"""
    state = title.affiliation
    if state is None or not _DEFENCE.search(title.text) or _owners(person) != {state}:
        return False
    return not any(
        state in _owners(p) or (p.title is not None and p.title.affiliation == state)
        for p in persons
        if p is not person
    )


def _owners(person: Person) -> set[str]:
    owners = {m.of_nation[0] for m in person.mentions if m.of_nation is not None}
    known = gazetteer().affiliation_of(person.fullest.words, full=True)
    return owners | ({known} if known is not None else set())


def _contradicts(title: TitleMention, person: Person) -> bool:
    """Is the office another nation's than the one that the person is said to be of?"""
    owners = _owners(person)
    return bool(owners) and title.affiliation is not None and title.affiliation not in owners


def _could_be(title: TitleMention, other: Person) -> bool:
    """Is the nameless office plausibly that of another person, whose own title shares its nation and head?"""
    if other.title is None:
        return False
    mine, theirs = title.text.lower().split(), other.title.text.lower().split()
    if title.affiliation and other.title.affiliation and title.affiliation != other.title.affiliation:
        return False
    return bool({w for w in mine if w in lexicon.ROLE_HEADS} & set(theirs))
