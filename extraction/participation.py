"""Does this state or organisation take part in that meeting? A logistic model over what the text shows of it.

Each party named in the stretches of text that speak of a meeting is a candidate. Its features are the patterns
(`attendance.signs`) that its namings stand in, and where they stand; `participation.csv` holds their weights,
made by `python -m extraction.participation_fit` from the tuning articles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extraction.attendance import signs
from extraction.discourse import Segment
from extraction.folding import Fold, Party
from extraction.logistic import Model
from extraction.meeting_draft import MeetingDraft

WEIGHTS = Model(Path(__file__).with_name("participation.csv"))
# From this probability on a party is said to take part: under one half, as confidence marks the doubtful.
THRESHOLD = 0.46
# Never parties to such a meeting, however often an article names them.
_ADVERSARIES = frozenset(["RU", "BY", "KP", "IR"])
# Patterns in the order in which they show best that somebody takes part.
_SHOWING = (
    "attends", "attends-clause", "assembled", "led-in", "inverted", "bodies-of", "at-meeting", "speaks", "of-hosting",
    "hosts-clause", "with", "beside", "agrees", "pledges", "list", "pledge-listed", "pledge-of", "pledge-from", "aids",
    "acts", "members",
)  # fmt: skip
_STRONG = frozenset(_SHOWING[: _SHOWING.index("speaks")]) | {"of-hosting", "hosts-clause"}
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
_IDLE = frozenset(["receives", "located", "possessor"])
# What a town shows as the place of a meeting, not as a capital that stands for its state.
_OF_TOWN = frozenset(["of-hosting", "at-meeting"])
_AGAINST = frozenset(["absent", "apart"])
_GRADES = ("weak", "medium", "strong", "against")
_BONDS = ("far", "aside", "title", "around", "follow", "own")
# What is no party whatever the rest shows.
_NO_PARTY = "no-party"
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
    own = [s.sentence.paragraph for s, _ in folds if s.bond == "own" and not s.sentence.is_title]
    for segment, fold in folds:
        patterns: dict[str, set[str]] = {}
        for character, name in signs(fold):
            patterns.setdefault(character, set()).add(name)
        bond = _bond(segment, own)
        for character, party in fold.parties.items():
            if party.value is None or party.value in _ADVERSARIES:
                continue
            names = frozenset(patterns.get(character, ()))
            # "A, B and C make up the IT Coalition": a list of members away from the meeting is no attendance, nor is
            # joining a coalition, unless it is the coalition's meeting.
            if "telephoned" in names:
                names = frozenset(["absent"])
            if "joins-group" in names:
                names = (names - {"joins-group"}) | (frozenset() if _of_coalition(draft) else {"members"})
            if "members" in names and bond != "own":
                names = frozenset(["members"])
            elif names - _IDLE:
                names -= _IDLE
            # "Brussels will host the meeting": the town.
            if party.kind == "capital" and not party.metonym:
                names -= _OF_TOWN
            # "Finland and Sweden are not members" far from the meeting says nothing of who was there.
            if bond in ("aside", "far"):
                names -= _AGAINST
            found.setdefault(party.value, Candidate(party.value)).namings.append((party, segment, names))
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


def _of_coalition(draft: MeetingDraft) -> bool:
    return "coalition" in (draft.key or "").lower()


def _only_member(candidate: Candidate, own: list[int]) -> bool:
    """Whether a party is named away from the meeting only, in lists of some group's members."""
    names = {name for _, _, names in candidate.namings for name in names}
    return (
        "members" in names
        and names <= {"members", "receives", "located", "possessor"}
        and all(_bond(segment, own) != "own" for _, segment, _ in candidate.namings)
    )


def _only_absent(candidate: Candidate) -> bool:
    """Whether a party is said to stay away and nothing else speaks for it."""
    names = {name for _, _, names in candidate.namings for name in names}
    return "absent" in names and not names & (_STRONG | _MEDIUM)


def _stands_by(candidate: Candidate) -> bool:
    """Whether an organisation is named only ("the force complements NATO"), by no sign that it takes part."""
    return len(candidate.value) > 2 and not any(
        names & (_STRONG | _MEDIUM) or party.person is not None for party, _, names in candidate.namings
    )


def _bond(segment: Segment, own: list[int]) -> str:
    if segment.sentence.is_title:
        return "title"
    if segment.bond != "around" or not own:
        return segment.bond
    distance = min(abs(segment.sentence.paragraph - p) for p in own)
    return "around" if distance <= 4 else "far"


def _of_namings(candidate: Candidate, own: list[int]) -> set[str]:
    """Features of all namings together; idle ones count where none says more."""
    telling = [naming for naming in candidate.namings if naming[2] - _IDLE] or candidate.namings
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
    return "strong" if names & _STRONG else "medium" if names & _MEDIUM else "weak"


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
        for party, _, _ in candidate.namings
        if party.person is not None or party.kind == "office"
    }
    found.add(f"persons-{min(2, len(persons))}")
    found.add(f"namings-{min(4, len(candidate.namings))}")
    if rivals > 12:
        found.add("crowd")
    return found


def probability(candidate: Candidate) -> float:
    """How likely it is that the candidate takes part, 0 to 1."""
    if _NO_PARTY in candidate.features:
        return 0.0
    return WEIGHTS.probability(candidate.features)
