"""Officials: mentions of names joined into persons, with title, affiliation and direct quotations."""

from __future__ import annotations

import re
from itertools import groupby

from extraction import lexicon, offices, speech, transcripts
from extraction.affiliations import Affiliations
from extraction.distribution import distribute, share_plural_titles
from extraction.document import Document, Sentence
from extraction.entities import persons_in
from extraction.facts import Evidence, Official
from extraction.gazetteer import gazetteer
from extraction.people import People, Person, tidy
from extraction.persons import NameFinder, NameMention, TitleMention
from extraction.reading import Reading
from extraction.respelling import KnownPersons, family_first

_OFFICIALS = re.compile(
    r"\b(?:ministers?|secretar\w+|chiefs?|presidents?|officials?|envoys?|attended|took part|joined|colleague|"
    r"counterparts?|portfolio|hosts?|hosted|chair\w*|"
    r"leaders?|co-chair\w*|received|meeting|session|talks|among them|gathering|signed|promised|pledged|offered)\b",
    re.I,
)

# Nouns of office: where one stands, an unknown person in the sentence is likely to hold one.
_OFFICE_WORDS = re.compile(
    r"\b(?:ministers?|secretar(?:y|ies)|presidents?|ministry|colleagues?|counterparts?|delegations?|ambassadors?|"
    r"envoys?|government|portfolio)\b",
    re.I,
)
# "Lucas Brandwijk of the Delft Institute", "Ann Lee, Northern News" are not in office.
_OUTSIDE = re.compile(
    r" (?:20\d\d|[Ee]xercises?|[Dd]rills?|[Oo]perations?)\b|"
    r" (?:\w+ )?(?:government|administration|era|family|campaign|doctrine)\b|"
    r",? (?:of|from|at) (?:the )?(?:[A-Z][\w'-]+ )*(?:Institute|Institut|University|College|Foundation|Centre|Center|"
    r"School|Group|Research|think tank)\b"
)

# "the release of Ann Lee and Paul Orr": who is held or has died.
_HELD = re.compile(
    r"\b(?:release|return|release and return|detention|arrest|imprisonment|death|killing|murder|memory|family) of "
    r"(?:[A-Z][\w-]+(?:, | and |,? and )?\s?){0,5}$"
)
_BULLETS = ("-", "*", "\u2022", "\u2013", "\u2014")
_LONGEST_ITEM = 110
_OBJECT = re.compile(r" (?:an?|the) ", re.I)
_BARE = re.compile(r"(?:\w+ )?counterpart|(?:heads|leads|runs) \w+ \w+", re.I)
_SURENESS = {"affiliation-context": 0.7, "affiliation-possessor": 0.9}


class OfficialReader:
    """Reads the officials of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.view = reading.view
        self.finder = NameFinder(reading)
        self.persons = People()
        self._answering: set[int] = set()

    def read(self) -> People:
        """Every person in office, in order of first mention."""
        found = transcripts.turns(self.reading)
        labels = transcripts.label_mentions(self.finder, found)
        self._answering = transcripts.answers(self.reading, found)
        labelled = sorted(turn.label for turn in found)
        named = self.finder.find()
        for _, same in groupby(named, key=lambda m: m.sentence.index):
            row = list(same)
            share_plural_titles(row, self.view)
            distribute(row, self.finder)
        mentions = [m for m in named if not transcripts.within(labelled, m.start)] + labels
        mentions += transcripts.signatures(self.finder)
        # "Minister Jr": a suffix alone is nobody's name.
        mentions = [m for m in mentions if m.words]
        transcripts.reporters(found, mentions)
        self.persons = self._cluster(mentions)
        self._titles()
        self.persons = self._decide()
        Affiliations(self.reading, self.persons).settle()
        known = {id(m) for p in self.persons for m in p.mentions}
        outsiders = [m for m in mentions if id(m) not in known and len(m.words) > 1 and not m.sentence.is_title]
        surnames = {m.words[-1] for m in outsiders if m.private}
        outsiders += [m for m in mentions if id(m) not in known and len(m.words) == 1 and m.words[0] in surnames]
        speech.attribute(self.reading, self.persons, outsiders)
        transcripts.attribute_turns(self.reading, self.persons, found)
        transcripts.attribute_blocks(self.reading, self.persons)
        if not found:
            transcripts.attribute_address(self.reading, self.persons)
        return People(sorted(self.persons, key=lambda p: p.mentions[0].start))

    def _cluster(self, mentions: list[NameMention]) -> People:
        body = [m for m in mentions if not self._in_headline(m)]
        persons = People()
        known = KnownPersons()
        unknown: list[NameMention] = []
        # Longest forms first, so that a bare surname finds the person it belongs to.
        for mention in sorted(body, key=lambda m: (-len(m.words), m.start)):
            words = mention.words
            person = known.same(words) or known.respelt(mention) or known.by_family_name(words)
            if person is not None:
                person.mentions.append(mention)
            elif (
                len(words) > 1
                or (mention.addressed and (mention.title is not None or mention.speaker_label))
                or self._known_surname(mention)
                or self._described(mention)
            ):
                persons.append(Person([mention]))
                known.add(persons[-1])
            else:
                unknown.append(mention)
        for mention in mentions:
            if self._in_headline(mention):
                self._join_headline(mention, persons, known)
        # "Mr Jonson will travel to Oslo" below a headline that alone names him in full.
        for mention in unknown:
            person = known.same(mention.words) or known.by_family_name(mention.words)
            if person is not None:
                person.mentions.append(mention)
        for person in persons:
            person.mentions.sort(key=lambda m: m.start)
        return persons

    def _in_headline(self, mention: NameMention) -> bool:
        """Does a name stand in the headline or in a headline between paragraphs, where every word has a capital?"""
        sentence = mention.sentence
        return sentence.is_title or (sentence.is_heading and not self._in_list(sentence))

    def _in_list(self, sentence: Sentence) -> bool:
        """Is a line an item of a list: a bullet, or next to a line that ends like one?"""
        beside = (
            self.reading.sentences[i]
            for i in (sentence.index - 1, sentence.index + 1)
            if 0 <= i < len(self.reading.sentences)
        )
        return sentence.text.startswith(_BULLETS) or any(
            not s.is_title and len(s.text) < _LONGEST_ITEM and s.text[-1:].isalpha() for s in beside
        )

    def _known_surname(self, mention: NameMention) -> bool:
        """Rule official-by-surname: "Zelenskyy said", without anything else, where one officeholder has the name."""
        return gazetteer().affiliation_of(mention.words) is not None and speech.speaks(self.reading, mention)

    def _described(self, mention: NameMention) -> bool:
        """Rule official-described: "According to Sprude, the Latvian defence minister," with no given name at all."""
        title = mention.title
        after = title is not None and title.rule == "title-after-name" and title.affiliation is not None
        return after and speech.speaks(self.reading, mention)

    def _join_headline(self, mention: NameMention, persons: People, known: KnownPersons) -> None:
        """Headlines capitalise every word, so a run of capitals is cut to a name that the text confirms."""
        for size in range(len(mention.words), 0, -1):
            for first in range(len(mention.words) - size + 1):
                words = mention.words[first : first + size]
                person = known.same(words) or known.by_family_name(words)
                full = person.fullest.words if person is not None else ()
                # "President Yoon Suk Yeol of the Republic of Korea", and "President Yoon" in the text.
                if person is not None and size == 1 < len(mention.words) and first == 0 and family_first(mention):
                    person.mentions.append(mention)
                    return
                if person is None or (size > 1 and len(full) > 1 and full[0][:1] != words[0][:1]):
                    continue
                parts = list(re.finditer(r"\S+", mention.text))[first : first + size]
                mention.end = mention.start + parts[-1].end()
                mention.start += parts[0].start()
                mention.text = self.view[mention.start : mention.end]
                mention.words = words
                if first:
                    mention.title = None
                person.mentions.append(mention)
                return
        title = mention.title
        if title is None or title.rule == "rank-before-name" or re.search(r"\b(?:M|m)inisters$|s$", title.text):
            return
        # "Defense Officials Hold a Background Briefing": a verb before its object.
        verb = len(mention.words) == 1 and _OBJECT.match(self.view, mention.end)
        if len(mention.words) <= 3 and not verb:
            persons.append(Person([mention]))
            known.add(persons[-1])

    def _titles(self) -> None:
        for person in self.persons:
            titled = [m for m in person.mentions if m.title is not None]
            if titled:
                person.title = max(titled, key=_title_rank).title
        offices.link_signatures(self.reading, self.finder, self.persons)
        known = offices.Offices(self.reading, self.finder, self.persons)
        for person in self.persons:
            if person.title is None or person.title.rule == "rank-before-name" or _bare(person.title.text):
                linked = known.link(person)
                if linked is not None:
                    known.give(person, linked)
        known.link_headline()

    def _decide(self) -> People:
        """Who holds office: those the rules say so of, and of the undecided those the entity recogniser confirms."""
        decided = {id(p) for p in self.persons if self._in_office(p)}
        undecided = {id(p): self._candidates(p) for p in self.persons if id(p) not in decided}
        sentences = {m.sentence.index: m.sentence for row in undecided.values() for m in row}
        entities = persons_in([s.text for s in sentences.values()])
        confirmed = {
            (sentence.start + start, sentence.start + end)
            for sentence, row in zip(sentences.values(), entities, strict=True)
            for start, end in row
        }
        for key, row in undecided.items():
            # Rule official-recognised: the recogniser's span may take in a title before the name.
            if any(start <= m.start and m.end <= end for m in row for start, end in confirmed):
                decided.add(key)
        return People(p for p in self.persons if id(p) in decided)

    def _candidates(self, person: Person) -> list[NameMention]:
        """The mentions that would make a person an official if only the name were sure to be a person's."""
        if person.title is not None or any(m.private for m in person.mentions):
            return []
        return [
            m
            for m in person.mentions
            if len(m.words) > 1
            and not m.sentence.is_title
            and (m.of_nation is not None or _OFFICE_WORDS.search(m.sentence.text))
            and not self.reading.in_quote(m.start)
            and not _OUTSIDE.match(self.view, m.end)
            and not _HELD.search(self.view, m.sentence.start, m.start)
        ]

    def _in_office(self, person: Person) -> bool:
        """A person without any office, or whose description is of a private calling, is left out."""
        private = sum(m.private for m in person.mentions)
        if any(m.speaker_label and m.sentence.start in self._answering for m in person.mentions):
            return True
        if person.title is None:
            return not private and self._among_officials(person)
        if lexicon.PRIVATE.search(person.title.text):
            return False
        if len(person.fullest.words) == 1 and not any(
            m.title is not None and (m.addressed or self._described(m)) for m in person.mentions
        ):
            return False
        return not private or any(m.title is not None and not m.private for m in person.mentions)

    def _among_officials(self, person: Person) -> bool:
        """Rule official-by-nation: "Canada's Bill Blair" where officials are spoken of; "Rt Hon Ann Lee MP"."""
        # A full name known to hold office needs no title beside it.
        full = len(person.fullest.words) > 1
        if gazetteer().affiliation_of(person.fullest.words, full=full) is not None and (
            full or any(self._known_surname(m) for m in person.mentions)
        ):
            return True
        return any(
            len(m.words) > 1
            and not m.sentence.is_title
            and (m.honoured or m.shared or (m.of_nation is not None and self._speaks_of_officials(m)))
            for m in person.mentions
        )

    def _speaks_of_officials(self, mention: NameMention) -> bool:
        body = self.view[mention.end : mention.end + 60].split(",")[0]
        sentence = mention.sentence
        lead = ""
        if len(sentence.text.split()) < 8:
            # An item of a list is introduced before it.
            lead = " ".join(s.text for s in self.reading.sentences[max(0, sentence.index - 4) : sentence.index])
        return bool(
            _OFFICIALS.search(sentence.text)
            or _OFFICIALS.search(lead)
            or speech.speaks(self.reading, mention)
            or (body.startswith(" of ") and lexicon.PUBLIC_BODY.search(body))
        )

    def facts(self, persons: People) -> tuple[Official, ...]:
        """The persons as facts with their evidence; an initial alone, left of a line in capitals, is nobody."""
        return tuple(self._fact(person) for person in persons if len(" ".join(person.fullest.words)) > 2)

    def _fact(self, person: Person) -> Official:
        document = self.reading.document
        full = person.fullest
        evidence: list[Evidence] = []
        sure = 0.95 if len(full.words) > 1 else 0.85
        name = _written(document, full)
        evidence.append(document.evidence("name", name, full.start, full.end, sure, "name-fullest-form"))
        title = None
        if person.title is not None:
            title = _written(document, person.title)
            confidence = 0.9 if "name" in person.title.rule or "shared" in person.title.rule else 0.75
            evidence.append(
                document.evidence("title", title, person.title.start, person.title.end, confidence, person.title.rule)
            )
        if person.affiliation is not None and person.affiliation_span is not None:
            confidence = _SURENESS.get(person.affiliation_rule, 0.97)
            start, end = person.affiliation_span
            evidence.append(
                document.evidence("affiliation", person.affiliation, start, end, confidence, person.affiliation_rule)
            )
        for start, end in person.quotes[:1]:
            evidence.append(document.evidence("quoted", True, start, end, 0.9, "quotation-attributed"))
        aliases = {_written(document, m) for m in person.mentions} - {name}
        return Official(
            name,
            title,
            person.affiliation,
            bool(person.quotes),
            tuple(sorted(aliases)),
            document.anchor(full.start, full.end),
            tuple(evidence),
        )


def _written(document: Document, mention: NameMention | TitleMention) -> str:
    """A name or title as the article writes it; where the text of a mention was recased or recut, that text."""
    if mention.text != document.view[mention.start : mention.end]:
        return tidy(mention.text)
    return tidy(document.as_written(mention.start, mention.end))


def _bare(title: str) -> bool:
    return bool(_BARE.fullmatch(title))


def _title_rank(mention: NameMention) -> tuple[int, int, int, int]:
    """The office by the full name outranks one by the surname, the richer one the poorer, the earlier the later."""
    text = mention.title.text if mention.title is not None else ""
    rule = mention.title.rule if mention.title is not None else ""
    return (
        rule != "rank-before-name" and not _bare(text),
        not mention.sentence.is_title,
        min(len(mention.words), 2),
        -mention.start,
    )
