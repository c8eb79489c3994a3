"""Where two readings of one article compete, value by value, on calibrated confidence.

A confidence is the chance that a value is right. Two readings that err independently of each other and agree are both
wrong with the product of their chances; where they differ, at most one is right, and the surer one keeps what is left
of its chance once the other has spoken against it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from extraction.facts import ContactGroup, Evidence, Facts, Meeting, Official, Package
from extraction.gazetteer import gazetteer, key, surname_key

Item = TypeVar("Item", ContactGroup, Meeting, Official, Package)

CERTAIN = 0.99
# Those that follow belong to the value that leads them, and come from the same reading where values differ.
_GROUPED = {
    ContactGroup: (("name",), ("member_count",), ("abbreviation",)),
    Meeting: (
        ("label",), ("contact_group",), ("ordinal",), ("starts", "ends"), ("place",), ("country",), ("venue",),
        ("status",), ("nation_count", "nation_count_qualifier"), ("level",), ("mode",),
    ),
    Official: (("name",), ("title",), ("affiliation",), ("quoted",)),
    Package: (
        ("amount", "qualifier"), ("currency",), ("programme",), ("donor",), ("announced",), ("status",), ("part_of",),
        ("meeting",),
    ),
}  # fmt: skip
_LISTS = {
    ContactGroup: ("aliases",),
    Meeting: ("chairs", "participants", "topics", "coordinated_with", "officials_present"),
    Official: ("aliases",),
    Package: ("recipients", "contents"),
}
_SAME_WORDS = 6  # the two speak of the very same words of the text


def merge(rules: Facts, other: Facts, *, independent: bool = True) -> Facts:
    """One set of facts out of two readings of the same content; equals go to `rules`, whose indices stay true.

    `independent`: False for two parts read by one reader, whose agreement proves nothing.
    """
    contest = _Contest(independent)
    officials, people = contest.section(rules.officials, other.officials, _same_person)
    groups, bodies = contest.section(rules.contact_groups, other.contact_groups, _same_group)
    names = {old: new for old, new in (people | bodies).items() if old != new}
    meetings, _ = contest.section(
        tuple(_renamed(m, names) for m in rules.meetings),
        tuple(_renamed(m, names) for m in other.meetings),
        _same_meeting,
    )
    # The rest of the other reading would point at its own list of meetings, and the rules lack nothing there.
    packages, _ = contest.section(
        rules.packages, tuple(replace(p, meeting=None, part_of=None) for p in other.packages), _same_package
    )
    statements = tuple(replace(s, official=names.get(s.official, s.official)) for s in rules.statements)
    return replace(
        rules,
        contact_groups=groups,
        meetings=meetings,
        officials=officials,
        packages=packages,
        statements=statements,
    )


class _Contest:
    """The rules of the competition, for readings that are independent or not."""

    def __init__(self, independent: bool) -> None:
        self.independent = independent

    def agreed(self, first: float, second: float) -> float:
        return min(CERTAIN, 1 - (1 - first) * (1 - second)) if self.independent else max(first, second)

    def contested(self, winner: float, loser: float) -> float:
        """The chance of the winner given that the two differ: it is right and the other wrong, or not."""
        if not self.independent:
            return winner
        right = winner * (1 - loser)
        return right / (right + (1 - winner)) if right else 0.0

    def section(
        self, firsts: tuple[Item, ...], seconds: tuple[Item, ...], same: Callable[[Item, Item], int]
    ) -> tuple[tuple[Item, ...], dict[str, str]]:
        """The items of both, those that are the same joined; and what the names of joined items became."""
        scored = sorted(
            ((score, -i, -j) for i, a in enumerate(firsts) for j, b in enumerate(seconds) if (score := same(a, b)) > 0),
            reverse=True,
        )
        partner: dict[int, int] = {}
        for _, i, j in scored:
            if -i not in partner and -j not in partner.values():
                partner[-i] = -j
        found: list[Item] = []
        names: dict[str, str] = {}
        for i, item in enumerate(firsts):
            joined = self.item(item, seconds[partner[i]]) if i in partner else item
            found.append(joined)
            if i in partner:
                new = getattr(joined, "name", "")
                names |= {getattr(item, "name", ""): new, getattr(seconds[partner[i]], "name", ""): new}
        found.extend(item for j, item in enumerate(seconds) if j not in partner.values())
        return tuple(found), names

    def item(self, first: Item, second: Item) -> Item:
        """One item out of two; what has no evidence makes no claim and yields to what has."""
        values: dict[str, Any] = {}
        evidence: list[Evidence] = []
        for fields in _GROUPED[type(first)]:
            evidence += self._single(fields, first, second, values)
        for field in _LISTS[type(first)]:
            evidence += self._elements(field, first, second, values)
        handled = {e for fields in _GROUPED[type(first)] for e in fields} | set(_LISTS[type(first)])
        evidence += [e for e in first.evidence if e.field not in handled]
        return replace(first, **values, evidence=tuple(evidence))

    def _single(self, fields: tuple[str, ...], first: Item, second: Item, values: dict[str, Any]) -> list[Evidence]:
        lead = fields[0]
        a, b = _shown(first, lead), _shown(second, lead)
        mine, theirs = getattr(first, lead), getattr(second, lead)
        if not b:
            return self._taken(first, fields)
        if not a:
            values.update({field: getattr(second, field) for field in fields})
            return self._taken(second, fields)
        sure, rival = _confidence(a), _confidence(b)
        finer = _finer(lead, mine, theirs)
        if finer is None:
            winner = first if sure >= rival else second
            values.update({field: getattr(winner, field) for field in fields})
            chance = self.contested(max(sure, rival), min(sure, rival))
            return _with(self._taken(winner, fields), lead, chance)
        base = first if finer == mine else second
        filler = second if base is first else first
        found = self._taken(base, fields)
        for field in fields:
            # What one reading leaves open of an agreed value, the other may fill in.
            gap = field != lead and not _shown(base, field) and bool(_shown(filler, field))
            values[field] = getattr(filler if gap else base, field)
            found += self._taken(filler, (field,)) if gap else []
        if _folded(mine) == _folded(theirs):
            return _with(found, lead, self.agreed(sure, rival))
        return found

    def _taken(self, item: Item, fields: tuple[str, ...]) -> list[Evidence]:
        return [e for e in item.evidence if e.field in fields]

    def _elements(self, field: str, first: Item, second: Item, values: dict[str, Any]) -> list[Evidence]:
        """Lists are joined: each element is a claim of its own, raised where both make it."""
        found = self._taken(first, (field,))
        elements = list(getattr(first, field))
        by_key = {_folded(element): element for element in elements}
        for element in getattr(second, field):
            shown = [e for e in second.evidence if e.field == field and e.value == element]
            own = by_key.get(_folded(element))
            if own is None:
                by_key[_folded(element)] = element
                elements.append(element)
                found += shown
                continue
            rival = _confidence(shown)
            found = [
                replace(e, confidence=round(self.agreed(e.confidence, rival), 2)) if e.value == own and rival else e
                for e in found
            ]
        values[field] = tuple(elements)
        return found


def _shown(item: Item, field: str) -> list[Evidence]:
    """The evidence of a field that says something."""
    value = getattr(item, field)
    return [] if value is None or value is False else [e for e in item.evidence if e.field == field]


def _confidence(evidence: list[Evidence]) -> float:
    return max((e.confidence for e in evidence), default=0.0)


def _with(evidence: list[Evidence], field: str, confidence: float) -> list[Evidence]:
    """The evidence with a new confidence for its surest quote of a field; others of that field count no more."""
    top = max(e.confidence for e in evidence if e.field == field)
    return [
        replace(e, confidence=round(confidence if e.confidence == top else min(e.confidence, confidence), 2))
        if e.field == field
        else e
        for e in evidence
    ]


def _finer(field: str, mine: Any, theirs: Any) -> Any:
    """The more exact of two values that can both be true, mine if they are equal; None if they cannot."""
    if _folded(mine) == _folded(theirs):
        return mine
    if field in ("starts", "ends", "announced"):
        longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
        return longer if longer.startswith(f"{shorter}-") else None
    # Two phrases for one thing do not contradict each other: "Austin" and "Lloyd Austin", two titles of one person.
    a, b = set(key(str(mine))), set(key(str(theirs)))
    if field in ("name", "title", "venue") or (field == "contact_group" and _canonical(mine) == _canonical(theirs)):
        return theirs if a < b else mine if b < a or field != "venue" else None
    return mine if field == "label" else None


def _folded(value: Any) -> Any:
    return key(value) if isinstance(value, str) and key(value) else value


def _renamed(meeting: Meeting, names: dict[str, str]) -> Meeting:
    """A meeting whose people and group bear the names that they were joined under."""
    if not names:
        return meeting
    return replace(
        meeting,
        contact_group=names.get(meeting.contact_group or "", meeting.contact_group),
        chairs=tuple(names.get(name, name) for name in meeting.chairs),
        officials_present=tuple(names.get(name, name) for name in meeting.officials_present),
        evidence=tuple(
            replace(e, value=names.get(e.value, e.value))
            if e.field in ("contact_group", "chairs", "officials_present") and isinstance(e.value, str)
            else e
            for e in meeting.evidence
        ),
    )


# Which items are the same: 0 or less says that they are not


def _overlap(first: Item, second: Item) -> bool:
    return first.anchor.start < second.anchor.end and second.anchor.start < first.anchor.end


def _canonical(name: str) -> str:
    entry = gazetteer().lookup(name, "group")
    return entry.value if entry is not None else " ".join(key(name))


def _same_group(first: ContactGroup, second: ContactGroup) -> int:
    mine = {_canonical(name) for name in (first.name, first.abbreviation, *first.aliases) if name}
    theirs = {_canonical(name) for name in (second.name, second.abbreviation, *second.aliases) if name}
    return _SAME_WORDS if mine & theirs else 1 if _overlap(first, second) else 0


def _same_person(first: Official, second: Official) -> int:
    a, b = key(first.name), key(second.name)
    if a == b:
        return _SAME_WORDS
    if surname_key(a) != surname_key(b):
        return 1 if _overlap(first, second) else 0
    if len(a) == 1 or len(b) == 1:
        return 1
    return 2 if a[0] == b[0] or a[0][:1] == b[0] or b[0][:1] == a[0] else 0


def _same_package(first: Package, second: Package) -> int:
    if _overlap(first, second):
        return _SAME_WORDS
    if (first.amount, first.currency) != (second.amount, second.currency):
        return 0
    return 1 if None in (first.donor, second.donor) or _folded(first.donor) == _folded(second.donor) else 0


def _same_meeting(first: Meeting, second: Meeting) -> int:
    """Two for an agreement that few meetings share, less for one that many do; more is taken away for a conflict."""
    if _overlap(first, second):
        return _SAME_WORDS
    score = -1
    if first.ordinal is not None and second.ordinal is not None:
        score += 3 if first.ordinal == second.ordinal else -5
    if first.starts is not None and second.starts is not None:
        both_days = len(first.starts) == len(second.starts) == 10
        score += 2 if first.starts == second.starts else -5 if both_days else 0
    if first.contact_group is not None and second.contact_group is not None:
        score += 1 if _canonical(first.contact_group) == _canonical(second.contact_group) else -3
    if first.place is not None and second.place is not None:
        score += 1 if _folded(first.place) == _folded(second.place) else -1
    return score
