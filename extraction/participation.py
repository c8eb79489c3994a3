"""Does this state or organisation take part in that meeting? A logistic model over what the text shows of it.

Each party named in the stretches of text that speak of a meeting is a candidate. Its features are the patterns
(`attendance.signs`) that its namings stand in, and where they stand; `participation.csv` holds their weights,
made by `python -m extraction.participation_fit` from the tuning articles and from published ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

from extraction.attendance import ADVERSARIES, signs
from extraction.discourse import Segment
from extraction.folded_offices import GROUP
from extraction.folding import Fold, Party
from extraction.logistic import Model
from extraction.meeting_draft import MeetingDraft

WEIGHTS = Model(Path(__file__).with_name("participation.csv"))
# From this probability on a party is said to take part: under one half, as confidence marks the doubtful.
THRESHOLD = 0.38
# How likely it is that somebody takes part where the text leaves no doubt, and where it shows nothing of it: the model
# decides between. Of parties that a meeting's own sentence shows at the meeting, nine in ten take part; of those named
# elsewhere as places, matters or recipients, one in twenty.
CERTAIN, CLEAR, UNLIKELY = 0.9, 0.8, 0.2
# Whose presidents and commissioners sit at the table for the Union.
_UNION = dict.fromkeys(
    ["European Commission", "European Council", "Council of the European Union", "European External Action Service"],
    "EU",
)
# Patterns in the order in which they show best that somebody takes part.
_SHOWING = (
    "attends", "attends-clause", "assembled", "led-in", "inverted", "bodies-of", "at-meeting", "speaks", "of-hosting",
    "hosts-clause", "with", "beside", "agrees", "state-speaks", "pledges", "list", "pledge-listed", "pledge-of",
    "pledge-from", "aids", "acts", "members",
)  # fmt: skip
SURE = frozenset(_SHOWING[: _SHOWING.index("speaks")]) | {"of-hosting", "hosts-clause"}
_JOINING = frozenset(["attends", "attends-clause", "led-in", "inverted"])
_MEDIUM = frozenset(
    [
        "speaks",
        "acts",
        "with",
        "beside",
        "agrees",
        "list",
        "pledges",
        "pledge-listed",
        "pledge-of",
        "pledge-from",
        "aids",
    ]
)
# What a donor's part in a round of pledges looks like.
_GIVING = frozenset(["pledges", "pledge-listed", "pledge-of", "pledge-from", "aids"])
# Signs of nothing: they count where a party shows no other.
# Patterns that say the same of a party in other words weigh the same.
_ALIKE = {
    "attends-clause": "attends", "assembled": "attends", "inverted": "attends", "hosts-clause": "of-hosting",
    "pledge-of": "pledges", "aids": "pledges",
}  # fmt: skip
FAINT = frozenset(
    [
        "receives",
        "located",
        "possessor",
        "object",
        "meanwhile",
        "circumstance",
        "modifier",
        "reported",
        "hypothetical",
        "earlier",
        "asked",
        "inserted",
    ]
)
# What a town shows as the place of a meeting, not as a capital that stands for its state.
_OF_TOWN = frozenset(["of-hosting", "at-meeting"])
_AGAINST = frozenset(["away", "absent", "apart"])
# Beside the word that somebody stays away these say nothing.
_OUTWEIGHED = SURE | frozenset(["speaks", "acts", "list"])
_GRADES = ("idle", "weak", "medium", "strong", "against")
# What leaves no doubt, and what shows nothing: how strongly the best naming speaks for a part, and where it stands.
_SHOWN = (
    frozenset(["strong|own"]),
    frozenset(["strong|follow", "main|held"]),
    frozenset(["medium|own", "main|held"]),
    frozenset(["medium|own", "main|planned"]),
)
_BYSTANDING = frozenset(
    [
        "idle|around",
        "idle|far",
        "idle|aside",
        "idle|title",
        "idle|follow",
        "weak|aside",
        "weak|title",
        "medium|aside",
    ]
)
_UNSHOWN = (frozenset(["medium|around", "main|planned"]), frozenset(["weak|state", "bare"]))
_BONDS = ("far", "aside", "title", "around", "follow", "own")
# What is no party whatever the rest shows, and what is one.
_NO_PARTY = "no-party"
_WHOLE = "whole-group"
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"], 3
    )
}
_NUMBER = "|".join(_NUMBERS)
# "the twelve nations of the group met", "all ten members were represented"
_ALL_MET = re.compile(
    rf"\b(?:[Tt]he|[Aa]ll(?: of)?(?: the)?) (?P<number>{_NUMBER}|\d{{1,2}}) (?:{GROUP} |[\w-]+ ){{0,3}}?(?:nations|"
    rf"countries|"
    r"states|members|allies|ministers|leaders|partners)\b[^.;,]{0,40}? (?:met|meet|gathered|gather|convened?|"
    r"attended|attend|"
    r"took part|take part|were represented|came together|conferred|discussed)\b"
)
# "the Bucharest Nine", "NB8"
_SO_CALLED = re.compile(rf"\b(?P<word>{_NUMBER})\b|\b[A-Z]{{1,2}}-?(?P<digits>\d{{1,2}})\b", re.I)
_KINDS = {
    "person": "official", "office": "official", "nation": "state", "capital": "state", "organisation": "organisation",
    "demonym": "demonym",
}  # fmt: skip


@dataclass
class Candidate:
    """A party that a meeting's text names: its features, and each naming with the patterns it stands in."""

    value: str
    features: set[str] = field(default_factory=set)
    namings: list[tuple[Party, Segment, frozenset[str]]] = field(default_factory=list)

    @property
    def joins(self) -> bool:
        """Whether it is said, where the meeting is told of, that the party attended."""
        return any(names & _JOINING and segment.bond in ("own", "follow") for _, segment, names in self.namings)

    @property
    def best(self) -> tuple[Party, str]:
        """The naming whose quote shows best that the party takes part, with its pattern."""

        def rank(naming: tuple[Party, Segment, frozenset[str]]) -> tuple[int, bool, int]:
            party, segment, names = naming
            place = min((_SHOWING.index(n) for n in names if n in _SHOWING), default=len(_SHOWING))
            return place, segment.bond not in ("own", "follow"), party.span[0]

        party, _, names = min(self.namings, key=rank)
        # Of equals the first by name, as the order of a set differs from one process to the next.
        return party, min(names, key=lambda n: (_SHOWING.index(n) if n in _SHOWING else 99, n), default="named")


def candidates(draft: MeetingDraft, status: str, main: bool, folds: list[tuple[Segment, Fold]]) -> dict[str, Candidate]:
    """Every state and organisation named in a meeting's segments, with its features."""
    found: dict[str, Candidate] = {}
    lists: list[set[str]] = []
    sure: set[str] = set()
    own = sorted({s.sentence.paragraph for s, _ in folds if s.bond == "own" and not s.sentence.is_title})
    for segment, fold in folds:
        patterns: dict[str, set[str]] = {}
        for character, name in signs(fold):
            patterns.setdefault(character, set()).add(name)
        bond = _bond(segment, own)
        listed = (fold.parties[c].value for c, names in patterns.items() if "members" in names)
        lists.append({value for value in listed if value is not None})
        sure |= {fold.parties[c].value or "" for c, names in patterns.items() if "assembled" in names}
        for character, party in fold.parties.items():
            if party.value is None or party.value in ADVERSARIES:
                continue
            names = frozenset(patterns.get(character, ()))
            if character not in fold.core:
                # "Britain's John Healey" names Britain once.
                if any(c in fold.core and fold.parties[c].value == party.value for c in fold.parties):
                    continue
                names |= {"inserted"}
            # Who asks whether somebody will be there does not say it.
            if segment.sentence.text.rstrip().endswith("?"):
                names = frozenset(["asked"])
            # "A, B and C make up the IT Coalition": a list of members away from the meeting is no attendance, nor is
            # joining a coalition, unless it is the coalition's meeting.
            if "telephoned" in names:
                names = frozenset(["away"])
            if "circumstance" in names:
                names = frozenset(["circumstance"])
            if "away" in names:
                names -= _OUTWEIGHED
            if "joins-group" in names:
                names = (names - {"joins-group"}) | (frozenset() if _of_coalition(draft) else {"members"})
            if "members" in names and bond != "own":
                names = frozenset(["members"])
            elif names - FAINT:
                names -= FAINT
            # "Brussels will host the meeting": the town.
            if party.kind == "capital" and not party.metonym:
                names -= _OF_TOWN
            # "Finland and Sweden are not members" far from the meeting says nothing of who was there.
            if bond in ("aside", "far"):
                names -= _AGAINST
            value = _UNION.get(party.value, party.value)
            found.setdefault(value, Candidate(value)).namings.append((party, segment, names))
    sizes = _sizes(draft, folds)
    sure |= {v for members in lists if len(members) in sizes for v in members}
    for value in sure & found.keys():
        found[value].features.add(_WHOLE)
    givers = sum(1 for c in found.values() if len(c.value) == 2 and any(names & _GIVING for _, _, names in c.namings))
    for candidate in found.values():
        if _only_member(candidate, own) or _stands_by(candidate) or _only_absent(candidate):
            candidate.features.add(_NO_PARTY)
        candidate.features |= _of_namings(candidate, own)
        candidate.features |= _summary(candidate, own, status, main)
        candidate.features |= _whole(candidate, draft, status, main, len(found))
        if givers > 2 and any(names & _GIVING for _, _, names in candidate.namings):
            candidate.features |= {"giver-of-many", f"giver-of-many|{'main' if main else 'other'}"}
    return found


def _sizes(draft: MeetingDraft, folds: list[tuple[Segment, Fold]]) -> set[int]:
    """Rule participation-whole: how many met where all of a group are said to, or where its name tells how many it has.

    Who its members are, a list elsewhere says.
    """
    told = [m["number"] for _, fold in folds if (m := _ALL_MET.search(fold.core)) is not None]
    name = _SO_CALLED.search(draft.group.text) if draft.group is not None else None
    told += [name["word"] or name["digits"]] if name is not None else []
    return {_NUMBERS[n.lower()] if n.lower() in _NUMBERS else int(n) for n in told} - {0, 1, 2}


def _of_coalition(draft: MeetingDraft) -> bool:
    return "coalition" in (draft.key or "").lower()


def _only_member(candidate: Candidate, own: list[int]) -> bool:
    """Whether a party is named away from the meeting only, in lists of some group's members."""
    names = {name for _, _, names in candidate.namings for name in names}
    return (
        "members" in names
        and names <= {"members"} | FAINT
        and all(_bond(segment, own) != "own" for _, segment, _ in candidate.namings)
    )


def _only_absent(candidate: Candidate) -> bool:
    """Whether a party is said to stay away, or to have part in what went before, and nothing else speaks for it."""
    names = {name for _, _, names in candidate.namings for name in names}
    if "circumstance" in names and names <= FAINT:
        return True
    return bool(names & {"away", "absent", "apart"}) and not names & (SURE | _MEDIUM)


def _stands_by(candidate: Candidate) -> bool:
    """Whether an organisation is named only ("the force complements NATO"), by no sign that it takes part."""
    return len(candidate.value) > 2 and not any(
        names & (SURE | _MEDIUM) or party.person is not None for party, _, names in candidate.namings
    )


def _bond(segment: Segment, own: list[int]) -> str:
    if segment.sentence.is_title:
        return "title"
    if segment.bond != "around" or not own:
        return segment.bond
    after = bisect_left(own, segment.sentence.paragraph)
    distance = min(abs(segment.sentence.paragraph - p) for p in own[max(0, after - 1) : after + 1])
    return "around" if distance <= 4 else "far"


def _of_namings(candidate: Candidate, own: list[int]) -> set[str]:
    """Features of all namings together; idle ones count where none says more."""
    telling = [naming for naming in candidate.namings if naming[2] - FAINT] or candidate.namings
    found: set[str] = set()
    for party, segment, names in telling:
        found |= {f"{_KINDS[party.kind]}|{_bond(segment, own)}", *({_ALIKE.get(n, n) for n in names} or {"bare"})}
    return found


def _summary(candidate: Candidate, own: list[int], status: str, main: bool) -> set[str]:
    """Features of the naming that says most: how strong its pattern is, in which bond, of what kind."""
    when = "held" if status == "held" else "planned"

    def rank(naming: tuple[Party, Segment, frozenset[str]]) -> tuple[int, int]:
        _, segment, names = naming
        bond = _bond(segment, own)
        return _GRADES.index(_grade(names, bond)), _BONDS.index(bond)

    party, segment, names = max(candidate.namings, key=rank)
    bond, kind = _bond(segment, own), _KINDS[party.kind]
    grade = _grade(names, bond)
    return {
        grade, f"{grade}|{when}", f"{grade}|{bond}", f"{grade}|{kind}", f"{bond}|{when}", f"{kind}|{when}",
        f"{grade}|{bond}|{when}|{kind}", f"{grade}|{'main' if main else 'other'}|{bond}",
    }  # fmt: skip


def _grade(names: frozenset[str], bond: str) -> str:
    if names & _AGAINST or ("members" in names and bond != "own"):
        return "against"
    if names & SURE:
        return "strong"
    if names & _MEDIUM:
        return "medium"
    return "idle" if names & FAINT else "weak"


def _whole(candidate: Candidate, draft: MeetingDraft, status: str, main: bool, rivals: int) -> set[str]:
    when = "held" if status == "held" else "planned"
    found = {f"main|{when}" if main else f"other|{when}"}
    if candidate.value == "UA":
        found |= {"UA", f"UA|{when}"}
        found |= {f"UA|{party.kind}" for party, _, _ in candidate.namings}
    if len(candidate.value) > 2:
        found |= {"organisation", f"is-{candidate.value}"}
    # A minister without a name is somebody too.
    persons = {
        party.person.name if party.person is not None else party.kind
        for party, _, names in candidate.namings
        if names - FAINT or not names
        if party.person is not None or party.kind == "office"
    }
    found.add(f"persons-{min(2, len(persons))}")
    found.add(f"namings-{min(4, len(candidate.namings))}")
    if rivals > 12:
        found.add("crowd")
    return found


def probability(candidate: Candidate) -> float:
    """How likely it is that the candidate takes part, 0 to 1."""
    features = candidate.features
    if _WHOLE in features:
        return CERTAIN
    if _NO_PARTY in features:
        return 0.0
    likely = WEIGHTS.probability(features)
    if any(shown <= features for shown in _SHOWN):
        return max(likely, CLEAR)
    return min(likely, UNLIKELY) if features & _BYSTANDING or any(s <= features for s in _UNSHOWN) else likely
