"""Who chairs a meeting, who takes part and how many nations attend, as far as the text says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extraction.affiliations import office_family
from extraction.chairs import chairs_in
from extraction.discourse import Segment, main_of, segments_of
from extraction.folding import Fold, Folder, Party
from extraction.meeting_attributes import attendance_in
from extraction.meeting_beside import met_beside
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_parties import sides_of
from extraction.meeting_setting import SettingReader
from extraction.meeting_spots import Placed
from extraction.participation import THRESHOLD, candidates, probability
from extraction.people import People, Person
from extraction.reading import Reading
from extraction.rolls import roll_of
from extraction.spoken_matters import SpokenMatters

Span = tuple[int, int]
Shown = tuple[Span, float, str]


_BODIES_OF = {
    "EU": frozenset(["Council of the European Union", "European Council", "EDA", "European Defence Agency"]),
    "NATO": frozenset(["NAC", "NATO Military Committee"]),
}


@dataclass
class Roles:
    """Chairs and participants with the span and confidence of each."""

    chairs: dict[str, Shown] = field(default_factory=dict)
    participants: dict[str, Shown] = field(default_factory=dict)
    present: dict[str, Shown] = field(default_factory=dict)
    count: tuple[int, Span, str | None] | None = None
    place: Placed | None = None


class RoleReader:
    """Reads the roles of one article's meetings."""

    def __init__(self, reading: Reading, persons: People) -> None:
        self.reading = reading
        self.persons = persons
        self.settings = SettingReader(reading, persons)
        self._matters = SpokenMatters(reading, persons)
        self._folds: list[tuple[Segment, Fold]] | None = None
        self._main: MeetingDraft | None = None
        self._roll: dict[str, Span] = {}
        self._holders: dict[tuple[str | None, str | None], list[Person]] = {}

    def read(self, draft: MeetingDraft, status: str, drafts: list[MeetingDraft]) -> Roles:
        """Roles of one of the article's meetings."""
        if self._folds is None:
            folder = Folder(self.reading, self.persons, drafts)
            self._folds = [(segment, folder.fold(segment)) for segment in segments_of(self.reading, drafts)]
            self._main = main_of(drafts)
            self._roll = roll_of(self.reading, self.persons)
        folds = [pair for pair in self._folds if pair[0].draft is draft]
        roles = Roles()
        self._organisation(roles, draft)
        self._chairs(roles, draft, status, folds)
        self._participants(roles, draft, status, folds, drafts)
        if draft.spoken:
            self._titled(roles)
        if draft.speaker is not None:
            roles.participants.setdefault(draft.speaker[0], (draft.speaker[1], 0.85, "participant-speaker"))
        self._count(roles, folds)
        segments = [segment for segment, _ in folds]
        roles.place = self.settings.place(draft, segments, draft is self._main, status == "held", roles.chairs)
        return roles

    def _organisation(self, roles: Roles, draft: MeetingDraft) -> None:
        """Rule participant-organisation: an organisation's ministers, board or leaders meet as the organisation."""
        mention = draft.first("organisation")
        if draft.organisation is None or mention is None or mention.organisation_span is None:
            return
        shown = (mention.organisation_span, 0.85, "participant-organisation")
        roles.participants[draft.organisation] = shown
        if re.search(
            r"\bUkraine\b.{0,3}Council|NATO-Ukraine|Ukraine-NATO", self.reading.view[mention.left : mention.right]
        ):
            roles.participants["UA"] = (shown[0], 0.8, "participant-council")

    # -- chairs -------------------------------------------------------------------------------------------

    def _chairs(self, roles: Roles, draft: MeetingDraft, status: str, folds: list[tuple[Segment, Fold]]) -> None:
        found: list[tuple[Party, float, str]] = []
        for segment, fold in folds:
            if segment.bond == "aside" or (segment.sentence.is_title and found):
                continue
            if segment.bond == "around" and not _SPEAKS_OF_MEETING.search(fold.raw):
                continue
            found.extend(chairs_in(fold))
        people = {p.person.affiliation for p, _, _ in found if p.person is not None}
        for party, confidence, rule in found:
            # A person in the chair stands for the state; the state itself is then no second chair.
            if party.person is not None:
                name = party.person.name
                roles.chairs.setdefault(name, (party.span, confidence, rule))
                roles.present.setdefault(name, (party.span, confidence, rule))
            elif (holder := self._holder(party)) is not None:
                mention = holder.last_before(party.span[0]) or holder.mentions[0]
                shown = ((mention.start, mention.end), confidence, rule)
                roles.chairs.setdefault(holder.name, shown)
                roles.present.setdefault(holder.name, shown)
            elif party.value is not None and party.value not in people:
                roles.chairs.setdefault(party.value, (party.span, confidence, rule))
            if party.value is not None:
                roles.participants.setdefault(party.value, (party.span, confidence, rule))

    def _holder(self, party: Party) -> Person | None:
        """ "Britain's John Healey … before the British defence secretary took the chair": the one person named before
        who serves the state and holds that office, or no office that is told."""
        if party.kind != "office":
            return None
        office = _OFFICE.match(self.reading.view, party.span[0])
        family = office_family(office.group()) if office is not None else None
        fitting = self._named_before(party, family)
        named = self._named_before(party, "") if family == "defence" else []
        if len(named) == 1 and named[0].title is None:
            fitting = named
        return fitting[0] if family is not None and len(fitting) == 1 else None

    def _named_before(self, party: Party, family: str | None) -> list[Person]:
        """Up to two persons of a party's state named before it who hold an office of a family, any for ""."""
        if (party.value, family) not in self._holders:
            fitting = [
                p
                for p in self.persons.by_affiliation.get(party.value, ())
                if family == "" or (p.title is not None and office_family(p.title.text) == family)
            ]
            self._holders[party.value, family] = sorted(fitting, key=lambda p: p.mentions[0].start)
        return [p for p in self._holders[party.value, family][:2] if p.mentions[0].start < party.span[0]]

    # -- participants -------------------------------------------------------------------------------------

    def _participants(
        self,
        roles: Roles,
        draft: MeetingDraft,
        status: str,
        folds: list[tuple[Segment, Fold]],
        drafts: list[MeetingDraft],
    ) -> None:
        """Rules participant-*: the parties that the model of participation holds likely to take part; where the text
        lists whose meeting it is, those sides and no other state."""
        sides = sides_of(self.reading, draft, drafts)
        for value, span in sides.items():
            roles.participants.setdefault(value, (span, 0.92, "participant-side"))
        if draft is self._main:
            for value, span in self._roll.items():
                roles.participants.setdefault(value, (span, 0.92, "participant-roll"))
        for segment, _ in folds:
            self._share_subject(roles, segment)
            self._two_there(roles, segment)
        elsewhere = met_beside(self.reading, draft, drafts)
        found = candidates(draft, status, draft is self._main, folds)
        spoken_of = self._matters.among(found, [segment for segment, _ in folds])
        for value, candidate in found.items():
            if value in spoken_of:
                continue
            # An organisation's own bodies are no parties beside it.
            if value in _BODIES_OF.get(draft.organisation or "", ()):
                continue
            # Beside the sides of a meeting only those that are said to have joined them.
            if sides and len(value) == 2 and value not in {*sides, "EU"} and not candidate.joins:
                continue
            if value in elsewhere:
                continue
            likely = probability(candidate)
            if likely < THRESHOLD:
                continue
            party, pattern = candidate.best
            shown = (party.span, min(0.95, likely), f"participant-{pattern}")
            roles.participants.setdefault(value, shown)
            for naming, _, _ in candidate.namings:
                if naming.person is not None:
                    roles.present.setdefault(naming.person.name, (naming.span, shown[1], shown[2]))

    def _titled(self, roles: Roles) -> None:
        """Rule participant-titled: who gives the "Remarks by A of B and C of D Before Trilateral Meeting" is there."""
        for title in (s for s in self.reading.sentences[:2] if s.is_title):
            for person, mention in self.persons.between(title.start, title.end):
                if person.affiliation is not None and len(person.affiliation) == 2:
                    shown = ((mention.start, mention.end), 0.9, "participant-titled")
                    roles.participants.setdefault(person.affiliation, shown)
                    roles.present.setdefault(person.name, shown)

    def _two_there(self, roles: Roles, segment: Segment) -> None:
        """Rule participant-two: after "A will welcome Minister B", "the two last met at the summit" has both there."""
        sentence = segment.sentence
        at = [m.start for m in segment.draft.mentions if m.sentence is sentence and m.kind != "anaphor"]
        leads = bool(at) and _TWO_THERE.search(self.reading.view[sentence.start : at[0]]) is not None
        if segment.bond != "own" or not sentence.index or not leads:
            return
        before = self.reading.sentences[sentence.index - 1]
        named = {p.affiliation: m for p, m in self.persons.between(before.start, before.end) if p.affiliation}
        if before.paragraph == sentence.paragraph and len(named) == 2:
            for state, mention in named.items():
                roles.participants.setdefault(state, ((mention.start, mention.end), 0.8, "participant-two"))

    def _share_subject(self, roles: Roles, segment: Segment) -> None:
        """Rule participant-shared: "Marsh will lead the group's meeting and attend one of NATO's ministers"."""
        sentence = segment.sentence
        if segment.bond != "own" or segment.start <= sentence.start:
            return
        view = self.reading.view
        if _ATTENDS_NEXT.match(view, segment.start, segment.end) is None:
            return
        first = self.persons.between(sentence.start, segment.start)
        if first and first[0][0].affiliation is not None and first[0][1].start - sentence.start < 60:
            person, mention = first[0]
            shown = ((mention.start, mention.end), 0.85, "participant-shared")
            roles.participants.setdefault(person.affiliation or "", shown)
            roles.present.setdefault(person.name, shown)

    def _count(self, roles: Roles, folds: list[tuple[Segment, Fold]]) -> None:
        for segment, _ in sorted(folds, key=lambda pair: _CLOSENESS.index(pair[0].bond)):
            if segment.bond != "aside":
                roles.count = attendance_in(self.reading, segment.start, segment.end)
            if roles.count is not None:
                return


_OFFICE = re.compile(
    r"[\w'.-]+ (?:[a-z]+ ){0,2}?(?:(?i:minister|secretary|president|chancellor|premier)\b(?! of state\b))"
    r"(?: of (?:national )?defen[cs]e)?"
)
_TWO_THERE = re.compile(
    r"(?:[Tt]he (?:two|pair)(?: \w+)?|[Tt]hey|[Bb]oth(?: \w+)?) (?:have |had |also |both )*(?:last |most recently |"
    r"first |previously )?(?:met|spoke|saw each other|talked|attended|took part)(?: in person| most recently| last)? "
    r"(?:in|at|during|on the (?:margins|sidelines) of) (?:the |an? |that |this )?"
    r"(?:(?!before|after|ahead)[\w.'-]+ ){0,5}$"
)
_ATTENDS_NEXT = re.compile(
    r"[\s,;]*(?:and |then |also |later |will |to |is |was |he |she |on \w+day,? |he'll |she'll ){0,5}"
    r"(?:attend\w*|tak\w+ part|took part|participat\w*|join\w*|host\w*|chair\w*|lead\w*|led)\b"
)
_CLOSENESS = ("own", "follow", "around", "aside")
_SPEAKS_OF_MEETING = re.compile(
    "\uf000|\uf002|\\b(?:meeting|session|talks|event|gathering|summit|conference|ministerial|forum|ceremony|"
    "[Hh]ost\\w*|conven\\w+|chairs?|chaired|in charge|initiative for|presid\\w+|"
    "invitation|gavel|counterparts?|colleagues|guests|call|proceedings|deliberations|consultations)\\b"
)
