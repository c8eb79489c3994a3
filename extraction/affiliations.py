"""Whom an official serves: what the title says, else what the text says beside the name, else what it is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from extraction import lexicon
from extraction.document import Sentence
from extraction.gazetteer import Entry, Hit, gazetteer
from extraction.people import People, Person
from extraction.persons import NameMention, TitleMention
from extraction.reading import Reading

_STATES = ("nation", "demonym", "metonym", "capital")
_WARRING = ("RU", "UA")
# A state in these places receives, is met or is where something happens; it is not whose office is spoken of.
_NOT_OWNER = re.compile(r"\b(?:for|to|with|against|between|and|from|into|joined|other|than)\s(?:the\s)?$|,\s$")
_REPRESENTS = re.compile(r",? (?:\w+ ){0,3}(?:representing|represented|represents|on behalf of) (?:the )?")
_BESIDE = re.compile(r" (?:by|sent|with|through) (?:its|their) ")
_LOCATION = re.compile(r"\b(?:in|at|near|from|to|outside)\s$")
# Who briefs the press of Washington; no other state says "administration official" or leaves these names unexplained.
_WASHINGTON = re.compile(
    r"\b(?i:administration officials?)\b|\b(?:Pentagon|White House|NSC|DOD|DoD|State Department)\b"
)
# Secretaries with a deputy, an under secretary and assistants; elsewhere they are ministers.
_AMERICAN_OFFICE = re.compile(
    r"(?:(?:Principal )?(?:Deputy|Under|Assistant|Acting) ){1,3}Secretary(?: of (?:State|Defense|War))?(?: for .*)?",
    re.I,
)
_MINISTER = re.compile(r"\b(?:minister|chancellor|premier)\b", re.I)
_COUNTERPARTS = re.compile(r"\bcounterparts?\b")
_PEER = re.compile(r"\b(?:counterpart|colleague|opposite number)$", re.I)
# Nothing but offices and names: no verb leads to somebody else.
_OFFICES_ALONE = re.compile(r"[ ,\u2014-]*(?:(?:[A-Z][\w.'-]*|of|and|for|the)[ ,]*)*")
_SPOKESMAN = re.compile(r"\bspokes\w+|\bpress secretary\b", re.I)
_READ_OUT = re.compile(
    r"\b(?:[Aa]ttribut(?:able|ed) to|[Aa]s stated by|[Ss]tatement (?:by|from)|"
    r"(?:provided|issued|released) the following)\b"
)
# Rules by which a person's own words or name say whom he or she serves.
_NAMED = frozenset(["affiliation-title", "affiliation-of", "affiliation-officeholder"])
# The score under which a state is mentioned for other reasons.
_UNLIKELY = -0.3
_FAMILIES = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("deputy", r"\b(?:deputy|vice|under|assistant|state secretary|parliamentary|former|ex)\b"),
        ("defence", r"\bdefen[cs]e (?:minister|secretary)|(?:minister|secretary) (?:of|for) (?:national )?defen[cs]e|"
         r"secretary of (?:war|state for defence)|armed forces minister|minister of the armed forces"),
        ("foreign", r"\bforeign (?:minister|secretary)|minister (?:of|for) foreign|secretary of state$"),
        ("government", r"\b(?:prime minister|premier|chancellor|taoiseach)\b"),
        ("president", r"\bpresident\b"),
        ("chief", r"\bchief of (?:the )?(?:defen[cs]e|general) (?:staff)?"),
    )
)  # fmt: skip


def of_washington(reading: Reading) -> tuple[int, int] | None:
    """The words in the first lines that say that a text is Washington's own, if it is."""
    for sentence in reading.sentences[:8]:
        match = _WASHINGTON.search(sentence.text)
        if match is not None:
            return sentence.start + match.start(), sentence.start + match.end()
    return None


class _Named(NamedTuple):
    """A state or body that a sentence names: is it the subject, and what weighs for and against it by itself."""

    hit: Hit
    value: str
    subject: bool
    weights: tuple[float, ...]


class Affiliations:
    """Settles the affiliation of every person of one article."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self.reading = reading
        self.view = reading.view
        self.persons = persons
        self._named: dict[tuple[int, bool], list[_Named]] = {}
        self._best: dict[tuple[int, int, bool], Collection[tuple[str, float, Hit]]] = {}
        self._owned = {
            m.title.affiliation_span: p for p in persons for m in p.mentions if m.title and m.title.affiliation_span
        }
        self._owners = {id(person) for person in self._owned.values()}

    def settle(self) -> None:
        """Rules affiliation-*: the surest first for all persons, then those that build on other persons."""
        for person in self.persons:
            self._by_title(person)
            self._by_nation(person)
        for person in self.persons:
            if person.affiliation is None:
                self._by_representing(person)
            elif self._owner_only(person):
                self._by_office_list(person, full=True)
        for person in self.persons:
            if person.affiliation is None:
                self._by_possessor(person)
        for person in self.persons:
            if person.affiliation is None:
                self._by_office_list(person)
        for person in self.persons:
            if person.affiliation is None:
                self._by_counterparts(person)
            if person.affiliation is None:
                self._by_readout(person)
            if person.affiliation is None:
                self._by_briefing(person)
            if person.affiliation is None:
                self._by_context(person)

    def _by_title(self, person: Person) -> None:
        """Rule affiliation-title: "Dutch Defence Minister"."""
        for title in [person.title, *(m.title for m in person.mentions)]:
            if title is not None and title.affiliation and title.affiliation_span and self._spoken_of(title):
                person.affiliation, person.affiliation_span = title.affiliation, title.affiliation_span
                person.affiliation_rule = "affiliation-title"
                return

    def _spoken_of(self, title: TitleMention) -> bool:
        """Rule affiliation-shared: a "Foreign Secretary" is Britain's where Britain is named; Manila has one too."""
        if title.affiliation_span is None or not lexicon.SHARED_OFFICES.search(self.view, *title.affiliation_span):
            return True
        return title.affiliation in self._spoken

    @cached_property
    def _spoken(self) -> set[str]:
        """The states and bodies that the text names."""
        return {_union(entry.value) for hit in self.reading.hits if (entry := self._body(hit)) is not None}

    def _by_nation(self, person: Person) -> None:
        """Rule affiliation-of: "Marie Lund of Denmark", "Canada's Bill Blair"."""
        for mention in person.mentions:
            if mention.of_nation is not None and (
                person.affiliation is None or mention.shared or self._owner_only(person)
            ):
                person.affiliation = mention.of_nation[0]
                person.affiliation_span = mention.of_nation[1:]
                person.affiliation_rule = "affiliation-of"
                return

    def _by_representing(self, person: Person) -> None:
        """Rule affiliation-represents: "Foreign Minister Baiba Ozola was representing Latvia"."""
        for mention in person.mentions:
            match = _REPRESENTS.match(self.view, mention.end, mention.sentence.end)
            hits = self.reading.hits_in(match.end(), match.end() + 30) if match is not None else []
            if match is not None and hits and hits[0].start == match.end() and (entry := self._body(hits[0])):
                self._give(person, _union(entry.value), (hits[0].start, hits[0].end), "affiliation-represents")
                return

    def _owner_only(self, person: Person) -> bool:
        """Was the affiliation inferred from the kind of office rather than named?"""
        if person.affiliation_span is None:
            return True
        text = self.view[slice(*person.affiliation_span)]
        return any(pattern.search(text) for pattern, _ in lexicon.OFFICE_OWNERS)

    def _by_possessor(self, person: Person) -> None:
        """Rule affiliation-possessor: "The African Union sent its commissioner", "his deputy Ivan Havryliuk",
        "Zelensky's chief of staff": whose office it is stands before as subject or as person."""
        title = person.title
        if title is None:
            return
        lead = self.view[max(0, title.start - 40) : title.start]
        if re.search(r"\b(?:his|her)\s$", lead, re.I) and not _PEER.search(title.text):
            before = self.persons.last_before(title.start)
            if before is not None and before[0] is not person and before[0].affiliation is not None:
                self._give(person, before[0].affiliation, before[0].affiliation_span, "affiliation-deputy")
        elif re.search(r"\b(?:its|their)\s$", lead):
            hit = self._subject_before(title.start)
            entry = self._body(hit) if hit is not None else None
            if hit is not None and entry is not None:
                self._give(person, _union(entry.value), (hit.start, hit.end), "affiliation-possessor")
        else:
            owner = re.search(r"(?P<name>[^\W\d_][\w'-]+)'s\s$", lead)
            if owner is None:
                return
            start = title.start - len(lead) + owner.start("name")
            named = self.persons.between(start, start + 1)
            known = named[0][0].affiliation if named else gazetteer().affiliation_of((owner["name"].lower(),))
            self._give(person, known, (start, start + len(owner["name"])), "affiliation-possessor")

    def _give(self, person: Person, value: str | None, span: tuple[int, int] | None, rule: str) -> None:
        if value is not None and span is not None:
            person.affiliation, person.affiliation_span, person.affiliation_rule = value, span, rule

    def _subject_before(self, position: int) -> Hit | None:
        """The state or body that "its" takes up: the subject of the sentence, else of the one before."""
        sentence = self.reading.document.sentence_at(position)
        for index in range(sentence.index, max(-1, sentence.index - 3), -1):
            earlier = self.reading.sentences[index]
            hits = [h for h in self.reading.hits_in(earlier.start, min(earlier.end, position)) if self._body(h)]
            if not hits:
                continue
            # "and France by its high commissioner": right beside it.
            if index == sentence.index and _BESIDE.fullmatch(self.view, hits[-1].end, position):
                return hits[-1]
            first = hits[0]
            if first.start - earlier.start < 25 or index < sentence.index:
                return first
            return next((h for h in reversed(hits) if self.view[h.end : h.end + 2] != "'s"), hits[-1])
        return None

    def _by_office_list(self, person: Person, full: bool = False) -> None:
        """Rule affiliation-officeholder: a person known to hold office; by the full name more surely than any office
        that several states have. Of two with that name it is the one whose state the text speaks of."""
        if full and len(person.fullest.words) < 2:
            return
        month = self.reading.anchor.isoformat()[:7] if self.reading.anchor is not None else ""
        fitting = gazetteer().affiliations_of(person.fullest.words, full=full, month=month)
        if len(fitting) > 1:
            fitting &= self._states_told
        known = fitting.pop() if len(fitting) == 1 else None
        self._give(person, known, (person.fullest.start, person.fullest.end), "affiliation-officeholder")

    def _by_counterparts(self, person: Person) -> None:
        """Rule affiliation-counterparts: "their Philippine counterparts, Secretary A and Secretary B,": both are."""
        for mention in person.mentions:
            start = mention.title.start if mention.title is not None else mention.start
            for match in _COUNTERPARTS.finditer(self.view, mention.sentence.start, start):
                hits = self.reading.hits_in(max(mention.sentence.start, match.start() - 40), match.start())
                entry = hits[-1].get("nation", "demonym") if hits and match.start() - hits[-1].end < 2 else None
                if entry is not None and _OFFICES_ALONE.fullmatch(self.view, match.end(), start):
                    self._give(person, entry.value, (hits[-1].start, hits[-1].end), "affiliation-counterparts")
                    return

    def _by_readout(self, person: Person) -> None:
        """Rule affiliation-readout: the spokesman a readout is attributed to serves whom its first official serves."""
        mention = person.mentions[0]
        title = person.title.text if person.title is not None else ""
        if mention.sentence.index > 3 or not _SPOKESMAN.search(title) or not _READ_OUT.search(mention.sentence.text):
            return
        for other in self._in_order:
            if other is not person and other.affiliation is not None:
                self._give(person, other.affiliation, other.affiliation_span, "affiliation-readout")
                return

    @cached_property
    def _states_told(self) -> set[str]:
        """The states that the text names."""
        hits = (h for s in self.reading.sentences for h in self.reading.hits_in(s.start, s.end))
        return {entry.value for hit in hits if (entry := hit.get("nation", "demonym", "metonym")) is not None}

    @cached_property
    def _in_order(self) -> list[Person]:
        return sorted(self.persons, key=lambda p: p.mentions[0].start)

    def _by_briefing(self, person: Person) -> None:
        """Rule affiliation-briefing: whom a label of a transcript names serves the state whose officials brief."""
        if any(m.speaker_label for m in person.mentions):
            self._give(person, "US", of_washington(self.reading), "affiliation-briefing")

    def _state(self, hit: Hit) -> Entry | None:
        return None if self.persons.named_in(hit.start, hit.start + 1) else hit.get(*_STATES)

    def _body(self, hit: Hit) -> Entry | None:
        return hit.get("nation", "organisation", "metonym", "demonym", "capital")

    def _by_context(self, person: Person) -> None:
        """Rule affiliation-context: the states named around a person compete; nearness, standing as subject, in the
        dateline or the first sentences count for one, standing as receiver, as place or as another's against it.

        The weights were set by hand and moved towards what fits the tuning articles best, then rounded.
        """
        body = [m for m in person.mentions if not m.sentence.is_title] or person.mentions
        mention = next((m for m in body if m.title is person.title), body[0])
        title = person.title.text if person.title else ""
        if re.search(r"secretary[- ]general", title, re.I):
            match = re.search(r"\bNATO\b", self.view[:20_000])
            if match is not None:
                self._give(person, "NATO", match.span(), "affiliation-context")
                return
        american = _AMERICAN_OFFICE.fullmatch(title) is not None
        if (title == "Secretary" or american) and person.title is not None:
            # So called without a department in American usage alone.
            self._give(person, "US", (person.title.start, person.title.end), "affiliation-context")
            return
        # America has secretaries, no ministers.
        barred = self._held(title) | ({"US"} if _MINISTER.search(title) else set())
        # A spokesman without more speaks for whom the text is about, body or state.
        speaks_for_body = bool(re.fullmatch(r"(?:\w+ )?spokes\w+", title, re.I))
        best: dict[str, tuple[float, Hit]] = {}
        index = mention.sentence.index
        window = [*range(max(0, index - 6), min(index + 3, len(self.reading.sentences)))]
        window += [i for i in range(min(3, len(self.reading.sentences))) if i not in window]
        for number in window:
            for value, score, hit in self._weighed(number, mention, person, speaks_for_body):
                if value not in barred and (value not in best or score > best[value][0]):
                    best[value] = score, hit
        if best:
            value, (score, hit) = max(best.items(), key=lambda item: item[1][0])
            if score > _UNLIKELY:
                self._give(person, value, (hit.start, hit.end), "affiliation-context")
                return

    def _named_in(self, number: int, bodies: bool) -> list[_Named]:
        """The states, or states and bodies, that a sentence names; weighed once, not for every person near it."""
        if (number, bodies) not in self._named:
            sentence = self.reading.sentences[number]
            self._named[number, bodies] = [
                _Named(
                    hit, entry.value, hit.start - self.reading.body_start(sentence) < 8, self._alone(hit, entry.value)
                )
                for hit in self.reading.hits_in(sentence.start, sentence.end)
                if (entry := self._state(hit) or (hit.get("organisation") if bodies else None)) is not None
            ]
        return self._named[number, bodies]

    def _weighed(
        self, number: int, mention: NameMention, person: Person, bodies: bool
    ) -> Collection[tuple[str, float, Hit]]:
        """What a sentence names with the weight for a mention; of another sentence the weightiest name of each."""
        sentence = self.reading.sentences[number]
        if sentence is mention.sentence or id(person) in self._owners:
            return [
                (n.value, self._weight(n, sentence, mention, person), n.hit) for n in self._named_in(number, bodies)
            ]
        # The same for all who are named in one sentence.
        key = number, mention.sentence.index, bodies
        if key not in self._best:
            best: dict[str, tuple[str, float, Hit]] = {}
            for named in self._named_in(number, bodies):
                score = self._weight(named, sentence, mention, person)
                if named.value not in best or score > best[named.value][1]:
                    best[named.value] = named.value, score, named.hit
            self._best[key] = best.values()
        return self._best[key]

    def _weight(self, named: _Named, sentence: Sentence, mention: NameMention, person: Person) -> float:
        hit = named.hit
        distance = mention.sentence.index - sentence.index
        if distance == 0:
            score = 3.3 if hit.start < mention.start else 0.95
            score -= 0.85 * min(abs(mention.start - hit.start), 200) / 200
        elif distance < 0:
            score = 0.35
        else:
            score = 1.5 - 0.2 * min(distance, 6) + 0.5 * (sentence.paragraph == mention.sentence.paragraph)
        score += 0.85 * named.subject + 0.35 * (named.subject and 0 <= distance < 2)
        for weight in named.weights:
            score += weight
        owner = self._owned.get((hit.start, hit.end))
        if owner is not None and owner is not person:
            score -= 1.3
        return score

    def _alone(self, hit: Hit, value: str) -> tuple[float, ...]:
        """What a name of a state weighs by itself, whoever stands near it."""
        sentence = self.reading.document.sentence_at(hit.start)
        lead = self.view[max(0, hit.start - 14) : hit.start]
        place = -1.3 if _NOT_OWNER.search(lead) else -0.7 if _LOCATION.search(lead) else 0.0
        before = sentence is self.reading.first_body and hit.start < self.reading.body_start(sentence)
        weights = (
            0.95 * (sentence.index < 3) - 0.4 * sentence.is_title,
            0.6 * before,
            0.3 * (hit.get("nation") is None and hit.get("demonym") is not None),
            place,
            -0.7 if value in _WARRING else 0.0,
        )
        return tuple(weight for weight in weights if weight)

    def _held(self, title: str) -> set[str]:
        """States whose same office the text gives to somebody else: one office, one holder."""
        family = office_family(title)
        return self._holders.get(family, set()) if family is not None else set()

    @cached_property
    def _holders(self) -> dict[str, set[str]]:
        """The states whose office of each family is held; asked for once the rules that name them have been applied."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.persons:
            if (
                person.affiliation is not None
                and person.affiliation_rule in _NAMED
                and person.title is not None
                and (family := office_family(person.title.text)) is not None
            ):
                found[family].add(person.affiliation)
        return found


def office_family(title: str) -> str | None:
    """The office that a state has once; None for those it has many of."""
    found = next((name for name, pattern in _FAMILIES if pattern.search(title)), None)
    return None if found == "deputy" else found


def _union(value: str) -> str:
    return "EU" if value in ("European Commission", "European Council", "EC") else value
