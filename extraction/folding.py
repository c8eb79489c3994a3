"""A sentence with its parties folded into single characters, so that short patterns see its structure.

"U.S. Defense Secretary Lloyd Austin and his British counterpart, John Healey, chaired the meeting" becomes
"P and P chaired the M", each capital standing for one private-use character that leads back to the party's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile

from extraction.affiliations import of_washington
from extraction.antecedents import american_before, subject_before
from extraction.discourse import Segment
from extraction.folded_offices import (
    BY_AMERICAN_OFFICE,
    BY_OFFICE,
    CAPITAL,
    DEMONYM,
    GROUP,
    LISTED_OFFICES,
    MEETING,
    NATION,
    OFFICE,
    OFFICES,
    ORGANISATION,
    OTHER_MEETING,
    OWNED_OFFICES,
    PERSON,
)
from extraction.gazetteer import Hit
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.people import People, Person
from extraction.persons import NameMention
from extraction.reading import Reading
from extraction.screening import Screened
from extraction.washington import heads_american

Span = tuple[int, int]

_GATHERING = re.compile(
    r"\b(?:[Mm]eetings?|[Ss]essions?|talks|[Gg]atherings?|huddle|[Ss]ummits?|[Mm]inisterials?|[Cc]onferences?|[Pp]lenary|"
    r"[Ff]orum|(?<!in the )event|"
    r"[Cc]onsultations|discussions|rounds?|[Vv]ideo ?[Cc]onference|get-together|Ramstein-\d+)\b"
)
_BASE = {"person": 0xE000, "office": 0xE200, "nation": 0xE400, "capital": 0xE600, "organisation": 0xE800,
         "demonym": 0xEA00}  # fmt: skip
_BLOCK = 0x200
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)(?= (?!said|added|noted|told))")
_APPOSED = re.compile(
    rf"(?<={PERSON})(?: \([^()]*\)|, (?:an?|the|his|her|its|their|who is|now|then) (?!{PERSON})"
    r"[^,;.\ue000-\ue3ff]{3,80}(?=,|$|\.)|, (?=[A-Z])[^,;.\ue000-\ue3ff]{3,80}(?=, [a-z]))"
)
# "Britain's John Healey", "his colleague Healey", "Mr Healey", "Healey of the UK": the person alone.
_OWNED = Screened(
    rf"(?:(?:{NATION}|{CAPITAL}|{ORGANISATION})'s?|{DEMONYM}|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)) (?:\w+ "
    rf"){{0,2}}?(?={PERSON})|"
    # "Japanese National Security Secretariat Secretary General Akiba", "the Right Honourable John Healey"
    rf"(?:{DEMONYM}|{NATION}) (?:[A-Z][\w.'-]* ){{1,4}}(?={PERSON})|\b(?:the )?(?:Right )?Honou?rable (?={PERSON})|"
    rf"\b(?:Mr|Ms|Mrs|Dr|General|Gen|Admiral|Adm|Colonel|Col|Ambassador|Amb|Secretary|Minister)\.? (?={PERSON})"
)
_OF_STATE = Screened(rf"(?<={PERSON}) (?:of|from) (?:the )?(?:{NATION}|{ORGANISATION})")
# "the British and German ministers, John Healey and Boris Pistorius": the persons alone.
_OFFICES_NAMED = Screened(
    rf"{OFFICE}(?: and {OFFICE})*,? (?={PERSON})|"
    # "the defence ministers of Britain and Germany, John Healey and Boris Pistorius"
    rf"\b(?:\w+ )?{OFFICES} (?:of|from) (?:the )?{NATION}(?:(?:,|,? and) (?:the )?{NATION})+,? (?={PERSON})"
)
# "Hegseth's predecessor, Lloyd Austin": the latter alone.
_BESIDE_PERSON = Screened(rf"{PERSON}'s? (?:predecessor|successor|deputy|counterpart|colleague|boss),? (?={PERSON})")
# "five EU countries", "NATO troops": members or things of the body, not the body.
_MEMBERS = re.compile(
    r"\s(?:member )?(?:countr(?:y|ies)|nations?|states?|allies|members?|partners|territory|troops|forces|standards|"
    r"membership|targets?|[Cc]harter|[Cc]onvention|[Tt]reaty|Security Council|General Assembly|[Rr]esolutions?|"
    r"accession|applications?|aspirations?|enlargement|[Oo]pen [Dd]oor|airspace|peacekeep\w+)\b"
)
_FIRST_PERSON = re.compile(r"\bI(?='|\b)|\bmy(?= (?:\w+ )?(?:honou?r|privilege|pleasure) to\b)")
_INSERTED = re.compile(
    r", (?:(?:joined|flanked|accompanied|backed|assisted) by|together|along|alongside) [^,;.]*,|"
    r"\u2014 [^\u2014.;]{3,80} \u2014 ?|"
    r" \((?:that's|that is|i\.e\.)?[^()]{0,60}\)"
)
# ", who took office last month,"; not "which Austin led", where the clause has its own subject.
# What is said of a meeting or of its group, "which was held under …", is said of the matter.
_RELATIVE = Screened(
    r"(?<![\uf000-\uf002])(?<![\uf000-\uf002],)(?<!\bthose),? (?:who|which|whose)\b(?! (?:the "
    r")?[\ue000-\uebff])[^,;.]*(?=[,;.]|$),?"
)
# "Healey, back from Kyiv, chaired": what stands between a person and the verb.
_ASIDES = re.compile(
    rf"(?<={PERSON}), (?!and |who )[^,;.\ue000-\ue3ff]{{3,80}}, (?=(?:will|would|has|had|is|was|are|were|to|also|"
    rf"then|"
    r"[a-z]+(?:ed|s)|led|ran|said|told|took|held|spoke|sat|joined|put)\b)|"
    # "South Korea and Japan, on the other hand, were represented"
    r"(?<=[\ue200-\ue9ff]), (?!and |who |which )[^,;.\ue000-\uebff]{3,60}, (?=(?:will|would|has|had|have|is|was|are|"
    r"were|also|[a-z]+(?:ed|es|s))\b)"
)
_BLANKS = re.compile(r" {2,}")
_BEFORE_COMMA = re.compile(r" +(?=[,;.])")
# "Germany, France and more than 20 other countries formed", "Ukraine and members of the group gathered": others beside.
_AND_OTHERS = Screened(
    r"(?<=[\ue000-\ue9ff]),? (?:and|as well as) (?:(?:more than|some|about|around|over|nearly|many|several|all) "
    r")?(?:the )?"
    rf"(?:(?:[\w-]+ ){{0,2}}?other(?: [\w-]+)? (?:countries|nations|states|allies|partners|members|ministers|leaders|"
    rf"participants)|"
    rf"others\b|members of the [^\w\s]?{GROUP}[^\w\s]?)"
)


@dataclass(frozen=True)
class Party:
    """What one character stands for: a value of the facts, its words, the person where it is one."""

    kind: str
    value: str | None
    span: Span
    person: Person | None = None
    mention: NameMention | None = None
    pronoun: bool = False
    metonym: bool = False


@dataclass
class Fold:
    """The folded text of a segment; `parties` maps its characters back.

    `raw` still has the appositions of persons, `text` has none, `core` has no relative clauses and insertions either.
    """

    text: str
    parties: dict[str, Party] = field(default_factory=dict)
    core: str = ""
    raw: str = ""

    def named(self, text: str) -> list[Party]:
        """The parties of a stretch of folded text, in order."""
        return [self.parties[c] for c in text if c in self.parties]


class Folder:
    """Folds the segments of one article."""

    def __init__(self, reading: Reading, persons: People, drafts: list[MeetingDraft]) -> None:
        self.reading = reading
        self.persons = persons
        self._turns: list[tuple[int, int, int]] | None = None
        self._american = of_washington(reading) is not None or heads_american(reading, persons)
        self.groups: list[Span] = sorted(
            {(m.group.start, m.group.end) for d in drafts for m in d.mentions if m.group is not None}
        )
        nouns = [(span, d) for d in drafts for m in d.mentions for span in [_noun_of(reading, m)] if span is not None]
        self.nouns: list[tuple[Span, MeetingDraft]] = sorted(nouns, key=lambda noun: noun[0])
        self._holders: dict[str, Person | None] = {}

    def fold(self, segment: Segment) -> Fold:
        """The segment with persons, offices, states, organisations, meetings and groups as characters."""
        start, end = max(segment.start, self.reading.body_start(segment.sentence)), segment.end
        pieces: list[tuple[int, int, str, Party | None]] = []
        for person, mention in self.persons.between(start, end):
            left, right = mention.start, mention.end
            # "ministers John Healey of Britain and Boris Pistorius": a title that one named before shares stays out.
            shared = mention.title is not None and any(
                mention.title.start <= other.start < mention.start
                for _, other in self.persons.between(start, mention.start)
            )
            if mention.title is not None and not shared:
                left, right = min(left, mention.title.start), max(right, mention.title.end)
                # "meets under Secretary General Rutte": the preposition is no part of the office.
                left += len("under ") if self.reading.view[left : left + 6] == "under " else 0
            pieces.append(
                (max(left, start), min(right, end), "person",
                 Party("person", person.affiliation, (mention.start, mention.end), person, mention))
            )  # fmt: skip
        for match in self._offices_in(start, end):
            holder = self._by_office(match["office"])
            last = holder.last_before(match.start()) if holder is not None else None
            if holder is not None and last is not None:
                pieces.append(
                    (*match.span(), "person",
                     Party("person", holder.affiliation, (last.start, last.end), holder, last, pronoun=True))
                )  # fmt: skip
            elif self._american and BY_AMERICAN_OFFICE.match(self.reading.view, match.start()):
                # Rule office-american: "the President" of a Washington press call, whom it does not name.
                pieces.append((*match.span(), "office", Party("office", "US", match.span())))
        for match in _FIRST_PERSON.finditer(self.reading.view, start, end):
            speaker = self._speaker(match.start())
            if speaker is not None:
                last = speaker.last_before(match.start() + 1) or speaker.mentions[-1]
                pieces.append(
                    (*match.span(), "person",
                     Party("person", speaker.affiliation, (last.start, last.end), speaker, last, pronoun=True))
                )  # fmt: skip
        for left, right in self.groups[bisect_left(self.groups, (start, 0)) :]:
            if left >= end:
                break
            if right <= end:
                pieces.append((left, right, GROUP, None))
        for (left, right), draft in self.nouns[bisect_left(self.nouns, start, key=lambda noun: noun[0][0]) :]:
            if left >= end:
                break
            if right <= end:
                pieces.append((left, right, MEETING if draft is segment.draft else OTHER_MEETING, None))
        for hit in self.reading.hits_in(start, end):
            # "the Wales pledge", "the Minsk agreements": a paper is called by the town where it was signed.
            if (hit.get("capital") or hit.text == "Wales") and _PAPER_OF.match(self.reading.view, hit.end):
                continue
            piece = _party_of(hit, _MEMBERS.match(self.reading.view, hit.end) is not None)
            if piece is not None and hit.end <= end:
                pieces.append((hit.start, hit.end, piece.kind, piece))
            elif hit.get("group") and hit.end <= end:
                pieces.append((hit.start, hit.end, GROUP, None))
        return self._written(start, end, pieces)

    def _written(self, start: int, end: int, pieces: list[tuple[int, int, str, Party | None]]) -> Fold:
        order = {"person": 0, GROUP: 1, MEETING: 2, OTHER_MEETING: 2}
        taken: list[tuple[int, int, str, Party | None]] = []
        for piece in sorted(pieces, key=lambda p: (order.get(p[2], 3), p[0], -p[1])):
            if not any(piece[0] < b and a < piece[1] for a, b, _, _ in taken):
                taken.append(piece)
        fold = Fold("")
        counts = dict.fromkeys(_BASE, 0)
        written: list[str] = []
        position = start
        for left, right, kind, party in sorted(taken, key=lambda p: p[0]):
            written.append(self.reading.view[position:left])
            if party is None:
                written.append(kind)
            elif counts[kind] < _BLOCK:
                character = chr(_BASE[kind] + counts[kind])
                counts[kind] += 1
                fold.parties[character] = party
                written.append(character)
            position = right
        written.append(self.reading.view[position:end])
        fold.text = "".join(written)
        self._offices(fold, counts)
        self._pronouns(fold, counts, start)
        if not fold.parties:
            # Nothing to be shown of anybody, whatever stands around it.
            fold.raw = fold.core = fold.text
            return fold
        fold.text = _BESIDE_PERSON.sub("", fold.text)
        fold.text = _OWNED.sub("", fold.text)
        fold.text = _OF_STATE.sub("", fold.text)
        fold.raw = fold.text
        fold.text = _APPOSED.sub("", fold.text)
        fold.text = _OFFICES_NAMED.sub("", fold.text)
        fold.text = LISTED_OFFICES.sub(r"\g<before>", fold.text)
        core = _ASIDES.sub(" ", _INSERTED.sub(" ", _RELATIVE.sub(" ", fold.text)))
        fold.core = _BEFORE_COMMA.sub("", _BLANKS.sub(" ", _AND_OTHERS.sub("", core)))
        return fold

    def _offices(self, fold: Fold, counts: dict[str, int]) -> None:
        """ "Sweden's minister", "the British and German defence ministers": the office stands for the state."""

        def office(match: re.Match[str]) -> str:
            owners = match.groupdict().get("owners") or match.groupdict().get("owner") or ""
            characters = []
            for party in fold.named(owners):
                if counts["office"] >= _BLOCK:
                    return match.group()
                character = chr(_BASE["office"] + counts["office"])
                counts["office"] += 1
                fold.parties[character] = Party("office", party.value, party.span, self._holder(party.value))
                characters.append(character)
            # "Spruds, the Latvian host, said": that he is the host counts.
            host = " host" if match.group().endswith("host") and fold.text.startswith(",", match.end()) else ""
            return " and ".join(characters) + host

        # Each of them needs an owner.
        for pattern in OWNED_OFFICES if fold.parties else ():
            fold.text = pattern.sub(office, fold.text)

    def _offices_in(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where an office alone stands for its holder; in a text of Washington's, its own offices written small too."""
        yield from BY_OFFICE.finditer(self.reading.view, start, end)
        if self._american:
            for match in BY_AMERICAN_OFFICE.finditer(self.reading.view, start, end):
                if match["office"].islower():
                    yield match

    def _by_office(self, office: str) -> Person | None:
        """Rule person-by-office: "the Defence Secretary" is the one person whom the article calls so by name; in a text
        of Washington's "the President" is the American one."""
        backwards = office.lower()[::-1]
        if backwards not in self._holders:
            first = bisect_left(self._backwards, (backwards,))
            titled = takewhile(lambda pair: pair[0].startswith(backwards), islice(self._backwards, first, None))
            named = [(title, self.persons[i]) for title, i in titled]
            if self._american:
                own = [pair for pair in named if pair[1].affiliation == "US"]
                named = [pair for pair in own if pair[0] == backwards] or own or named
            self._holders[backwards] = named[0][1] if len(named) == 1 else None
        return self._holders[backwards]

    @cached_property
    def _backwards(self) -> list[tuple[str, int]]:
        """The titles of all persons read from their ends, in order, each with whose it is."""
        return sorted((p.title.text.lower()[::-1], i) for i, p in enumerate(self.persons) if p.title is not None)

    def _speaker(self, position: int) -> Person | None:
        """Rule first-person: "I" inside a quotation, a turn of a transcript or a speech is the one whose it is."""
        if self._turns is None:
            spans = [(span, i) for i, p in enumerate(self.persons) for span in (*p.turns, *p.quotes)]
            self._turns = sorted((start, end, i) for (start, end), i in spans)
        index = bisect_right(self._turns, (position, len(self.reading.view), 0)) - 1
        if index < 0 or not self._turns[index][0] <= position < self._turns[index][1]:
            return None
        return self.persons[self._turns[index][2]]

    def _holder(self, state: str | None) -> Person | None:
        """The one person of a state in the article: "the Dutch defence minister" where she was named before."""
        people = self._titled_of.get(state, [])
        return people[0] if len(people) == 1 and "inister" in (people[0].title or people[0].mentions[0]).text else None

    @cached_property
    def _titled_of(self) -> dict[str | None, list[Person]]:
        found: dict[str | None, list[Person]] = defaultdict(list)
        for person in self.persons:
            if person.title is not None:
                found[person.affiliation].append(person)
        return found

    def _pronouns(self, fold: Fold, counts: dict[str, int], start: int) -> None:
        """ "He" and "she" are the person last named in this sentence, or whom the one before is about."""
        matches = list(_PRONOUN.finditer(fold.text))
        before = subject_before(self.reading, self.persons, start) if matches else None
        american = american_before(self.reading, self.persons, start) if matches and self._american else None
        for match in reversed(matches):
            within = [p for p in fold.named(fold.text[: match.start()]) if p.person is not None]
            if american is not None and not within and counts["office"] < _BLOCK:
                character = chr(_BASE["office"] + counts["office"])
                counts["office"] += 1
                fold.parties[character] = Party("office", "US", american)
                fold.text = fold.text[: match.start()] + character + fold.text[match.end() :]
                continue
            person, mention = (within[-1].person, within[-1].mention) if within else before or (None, None)
            if person is None or mention is None or counts["person"] >= _BLOCK:
                continue
            character = chr(_BASE["person"] + counts["person"])
            counts["person"] += 1
            fold.parties[character] = Party(
                "person", person.affiliation, (mention.start, mention.end), person, mention, pronoun=True
            )
            fold.text = fold.text[: match.start()] + character + fold.text[match.end() :]


# "was host to": what shows who is in the chair is not the gathering.
_PAPER_OF = re.compile(
    r" (?:[Dd]efen[cs]e [Ii]nvestment )?(?:[Pp]ledge|[Cc]ommitment|[Dd]eclaration|[Cc]onvention|[Aa]ccords?|[Tt]reaty|"
    r"[Mm]emorandum|[Aa]greements?|[Ss]ummit)\b"
)
_WORD = re.compile(
    r"(?!(?:hosts?|chairs?|chairing|hosting|presiding|gavel|invit\w+|welcom\w+|receiv\w+)$)[a-z-]+(?<!ed)"
)


def _noun_of(reading: Reading, mention: MeetingMention) -> Span | None:
    """The very word for a gathering in a mention, which may be a whole clause."""
    match = _GATHERING.search(reading.view, mention.start, max(mention.end, mention.right))
    if match is None and mention.kind == "noun" and _WORD.fullmatch(reading.view, mention.start, mention.end):
        return mention.start, mention.end
    return match.span() if match else None


def _party_of(hit: Hit, membership: bool) -> Party | None:
    """The state or organisation that a reference name stands for; a venue or a group is none, nor is the body whose
    members only are meant (`membership`)."""
    if hit.get("group", "programme"):
        return None
    span = (hit.start, hit.end)
    nation = hit.get("nation")
    if nation is not None:
        return Party("nation", nation.value, span)
    organisation = hit.get("organisation")
    # At the United Nations' assembly others meet.
    if organisation is not None and not membership and organisation.value != "UNGA":
        return Party("organisation", organisation.value, span)
    named = hit.get("demonym") or hit.get("capital")
    if named is not None:
        return Party(named.kind, named.value, span)
    metonym = hit.get("metonym")
    if metonym is not None:
        return Party("capital", metonym.value, span, metonym=True)
    return None
