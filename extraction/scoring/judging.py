"""Every item and every value of one article, annotated or read, with its outcome.

An annotated item that was read is one right, one that was not is one missed, an invented one is one wrong. Each of
its fields counts in the same way, those of an invented item included, so that inventing costs what missing costs.
A wrong value in place of another is wrong and missed. What the annotation accepts, ignores or calls optional,
borderline or undecided neither counts for nor against.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from extraction.scoring import comparing as c
from extraction.scoring.annotations import SECTIONS, Annotation, Item
from extraction.scoring.grounding import Grounded
from extraction.scoring.matching import IDENTITY, canonical, is_as_annotated, left_aside, pairs
from extraction.shown import present

FIELDS: dict[str, dict[str, c.Compare]] = {
    "contact_groups": {"member_count": c.same},
    "meetings": {
        "contact_group": c.same_group,
        "ordinal": c.same,
        "starts": c.same,
        "ends": c.same,
        "place": c.same_place,
        "country": c.same,
        "venue": c.same_venue,
        "status": c.same,
        "nation_count": c.same,
    },
    "officials": {"name": c.same_full_name, "title": c.same_title, "affiliation": c.same_party, "quoted": c.same},
    "packages": {"programme": c.same_programme, "donor": c.same_party, "announced": c.same, "status": c.same},
}
LISTS = {"meetings": ("chairs", "participants"), "packages": ("recipients",)}


class Outcome(Enum):
    """`ACCEPTED`: not what the annotator wrote but right as well, so it counts neither way."""

    RIGHT = "right"
    ACCEPTED = "accepted"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True)
class Judgement:
    """The outcome of an item or of one value.

    `row`: what it counts under, "meetings" for an item, "meetings.starts" for a value. `item`: index of the read
    item in its section, None where something was missed. `field`, `value`: what was read, as far as it is a value.
    """

    row: str
    outcome: Outcome
    item: int | None = None
    field: str | None = None
    value: Any = None


def judge(annotation: Annotation, read: Grounded) -> list[Judgement]:
    """All outcomes of one article; values that `read` dropped for want of a true quote are wrong, and so missed."""
    wanted, found = canonical(annotation.sections, annotation), canonical(read.sections, annotation)
    outcomes = [
        Judgement(f"{section}.{field}", Outcome.WRONG, index, field, value)
        for section, index, field, value in read.dropped
        # Of a value that nobody decided on, a partial annotation says nothing.
        if not annotation.partial
    ]
    for section in SECTIONS:
        outcomes += _section(section, wanted[section], found[section], annotation)
    return outcomes


def _section(section: str, wanted: list[Item], found: list[Item], annotation: Annotation) -> Iterator[Judgement]:
    # A rejected item competes with the others for the read one that it is.
    matched = pairs(section, [*wanted, *annotation.rejected.get(section, ())], found)
    for index, got in enumerate(found):
        if index not in matched:
            if not left_aside(section, got, annotation):
                yield from _invented(section, got, index)
            continue
        if matched[index] >= len(wanted):
            yield from _invented(section, got, index)
            continue
        want = wanted[matched[index]]
        if _counts(want):
            yield from _item(section, want, got, index)
            yield from _values(section, want, got, index, set(annotation.ignore))
    for index, want in enumerate(wanted):
        if index not in matched.values() and _counts(want):
            yield from _missed(section, want)


def _item(section: str, want: Item, got: Item, index: int) -> Iterator[Judgement]:
    """An annotated item that was read, perhaps under a name or with a sum that is not its own."""
    identity = IDENTITY.get(section)
    value = got[identity] if identity else None
    if not is_as_annotated(section, want, got):
        yield Judgement(section, Outcome.WRONG, index, identity, value)
        yield Judgement(section, Outcome.MISSED)
    elif "exists" not in want.get("undecided", ()):
        yield Judgement(section, Outcome.RIGHT, index, identity, value)


def _counts(wanted: Item) -> bool:
    return wanted.get("scope") != "borderline" and not wanted.get("optional")


def _invented(section: str, item: Item, index: int) -> Iterator[Judgement]:
    """An invented item's name or amount counts once, as the item."""
    identity = "name" if section == "officials" else IDENTITY.get(section)
    yield Judgement(section, Outcome.WRONG, index, identity, item.get(identity) if identity else None)
    for field, value in _stated(section, item):
        yield Judgement(f"{section}.{field}", Outcome.WRONG, index, field, value)


def _missed(section: str, item: Item) -> Iterator[Judgement]:
    undecided = set(item.get("undecided", ()))
    if "exists" not in undecided:
        yield Judgement(section, Outcome.MISSED)
    for field, _ in _stated(section, item):
        # Of a list, undecided is only what it does not hold.
        if field not in undecided or field in LISTS.get(section, ()):
            yield Judgement(f"{section}.{field}", Outcome.MISSED)


def _stated(section: str, item: Item) -> Iterator[tuple[str, Any]]:
    """The values of an item without a partner; shares count within matched packages only."""
    for field in FIELDS[section]:
        if field != "name" and present(item.get(field)):
            yield field, item[field]
    for field in LISTS.get(section, ()):
        for value in item.get(field) or []:
            yield field, value


def _values(section: str, wanted: Item, found: Item, index: int, ignored: set[str]) -> Iterator[Judgement]:
    accept: dict[str, list[Any]] = wanted.get("accept", {})
    undecided, rejected = set(wanted.get("undecided", ())), wanted.get("rejected", {})
    for field, compare in FIELDS[section].items():
        if field in undecided:
            yield from _refused(section, field, compare, found.get(field), rejected.get(field, []), index)
        elif field not in ignored:
            yield from _value(
                section, field, compare, wanted.get(field), found.get(field), accept.get(field, []), index
            )
    for field in LISTS.get(section, ()):
        got = found.get(field) or []
        if field in undecided:
            known = [*(wanted.get(field) or []), *rejected.get(field, [])]
            got = [value for value in got if any(c.same_party(other, value) for other in known)]
        yield from _list(section, field, wanted.get(field) or [], got, accept.get(field), index)
    if section == "packages" and "shares" not in undecided:
        yield from _shares(wanted.get("shares") or [], found.get("shares") or [], index)


def _refused(
    section: str, field: str, compare: c.Compare, got: Any, rejected: list[Any], index: int
) -> Iterator[Judgement]:
    """A value of a field of which only what it is not was decided."""
    if present(got) and any(compare(got, other) for other in rejected):
        yield Judgement(f"{section}.{field}", Outcome.WRONG, index, field, got)


def _value(
    section: str, field: str, compare: c.Compare, want: Any, got: Any, accept: list[Any], index: int
) -> Iterator[Judgement]:
    row = f"{section}.{field}"
    if present(got) and present(want) and compare(want, got):
        yield Judgement(row, Outcome.RIGHT, index, field, got)
    elif any(compare(got, other) for other in accept if other is not None or got is None):
        if present(got):
            yield Judgement(row, Outcome.ACCEPTED, index, field, got)
    else:
        if present(got):
            yield Judgement(row, Outcome.WRONG, index, field, got)
        if present(want):
            yield Judgement(row, Outcome.MISSED)


def _list(
    section: str, field: str, want: list[Any], got: list[Any], accept: list[Any] | None, index: int
) -> Iterator[Judgement]:
    """Accepted elements stand in for annotated ones; an empty list of them says that the field may be incomplete."""
    row, rest, stand_ins = f"{section}.{field}", list(want), 0
    for value in got:
        hit = next((other for other in rest if c.same_party(other, value)), None)
        if hit is not None:
            rest.remove(hit)
            yield Judgement(row, Outcome.RIGHT, index, field, value)
        elif any(c.same_party(other, value) for other in accept or []):
            stand_ins += 1
            yield Judgement(row, Outcome.ACCEPTED, index, field, value)
        else:
            yield Judgement(row, Outcome.WRONG, index, field, value)
    if accept != []:
        for _ in rest[stand_ins:]:
            yield Judgement(row, Outcome.MISSED)


def _shares(want: list[c.Share], got: list[c.Share], index: int) -> Iterator[Judgement]:
    """A share is known by recipient and size; its quote is filed under its recipient."""
    rest = list(want)
    for share in got:
        hit = next((other for other in rest if c.same_share(other, share)), None)
        if hit is not None:
            rest.remove(hit)
        outcome = Outcome.WRONG if hit is None else Outcome.RIGHT
        yield Judgement("packages.shares", outcome, index, "shares", share["recipient"])
    for _ in rest:
        yield Judgement("packages.shares", Outcome.MISSED)
