"""Which read item is which annotated one: the best pairs first, each item once."""

from __future__ import annotations

import re
from typing import Any

from extraction.scoring.annotations import SECTIONS, Annotation, Item
from extraction.scoring.comparing import group_key, overlap, same_group, same_party, same_person, same_place

# The value that makes an item this item and has no row of its own.
IDENTITY = {"contact_groups": "name", "packages": "amount"}
# What two meetings must reach to be one: a shared group, or a label and something besides.
SAME_MEETING = 1.25
_WRITTEN_AMOUNT = re.compile(r"(\d[\d,.]*)\s*(b(?:illio)?n|bln|m(?:illio)?n|mln|m)?")
_SCALE = {"b": 1e9, "m": 1e6, "": 1.0}


def canonical(sections: dict[str, list[Item]], annotation: Annotation) -> dict[str, list[Item]]:
    """A copy where each alias of an annotated group gives way to its main name, and a one-day meeting has no end."""
    main = {
        group_key(name): group["name"]
        for group in annotation.sections["contact_groups"]
        for name in (group["name"], *group.get("aliases_in_text", []))
    }
    copy = {section: [dict(item) for item in sections[section]] for section in SECTIONS}
    for meeting in copy["meetings"]:
        group = meeting.get("contact_group")
        if group:
            meeting["contact_group"] = main.get(group_key(group), group)
        if meeting.get("ends") == meeting.get("starts"):
            meeting["ends"] = None
    return copy


def pairs(section: str, wanted: list[Item], found: list[Item]) -> dict[int, int]:
    """By index of the read item, the index of the annotated item it is."""
    fits = [
        (fit, i, j)
        for i, want in enumerate(wanted)
        for j, got in enumerate(found)
        if (fit := affinity(section, want, got)) is not None
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(fits, reverse=True):
        if i not in taken and j not in matched:
            matched[j] = i
            taken.add(i)
    return matched


def affinity(section: str, wanted: Item, found: Item) -> float | None:
    """How well two items fit, None where they cannot be one; a corrected item is known by what it corrects as well."""
    fits = [_affinity(section, wanted, found)]
    if wanted.get("rejected"):
        fits.append(_affinity(section, as_rejected(wanted), found))
    return max((fit for fit in fits if fit is not None), default=None)


def as_rejected(item: Item) -> Item:
    """The item with the first of the values that it calls wrong in place of the right ones."""
    wrong = {field: values[0] for field, values in item["rejected"].items() if not isinstance(item.get(field), list)}
    return {**item, **wrong}


def is_as_annotated(section: str, wanted: Item, found: Item) -> bool:
    """Is what makes the item this item (a group's name, a package's sum) as the annotation has it?"""
    return section not in IDENTITY or _affinity(section, wanted, found) is not None


def _affinity(section: str, wanted: Item, found: Item) -> float | None:
    if section == "meetings":
        fit = _meeting_fit(wanted, found)
        return fit if fit >= SAME_MEETING else None
    if section == "contact_groups":
        names = (wanted["name"], *wanted.get("aliases_in_text", []))
        return 1.0 if any(same_group(name, found.get("name")) for name in names) else None
    if section == "officials":
        name = found.get("name") or ""
        return 1.0 + overlap(wanted["name"], name) if same_person(wanted["name"], name) else None
    if not _same_sum(wanted, found):
        return None
    return 1.5 if same_party(wanted.get("donor"), found.get("donor")) else 1.0


def _meeting_fit(wanted: Item, found: Item) -> float:
    """Points for what agrees, against for what contradicts; what one of the two leaves out says nothing."""
    fit = 1.5 * overlap(wanted.get("label") or "", found.get("label") or "")
    if wanted.get("status") == found.get("status"):
        fit += 0.25
    days = [day for day in (wanted.get("starts"), *_accepted(wanted, "starts")) if day]
    day = found.get("starts")
    if day and days:
        fit += 3 if any(day.startswith(other) or other.startswith(day) for other in days) else -3
    if wanted.get("contact_group") and found.get("contact_group"):
        fit += 2 if same_group(wanted["contact_group"], found["contact_group"]) else -2
    if wanted.get("ordinal") and found.get("ordinal"):
        fit += 1.5 if wanted["ordinal"] == found["ordinal"] else -2
    if wanted.get("place") and found.get("place"):
        fit += 1 if same_place(wanted["place"], found["place"]) else -1
    elif wanted.get("country") and found.get("country"):
        fit += 0.5 if wanted["country"] == found["country"] else -1
    return fit


def _same_sum(wanted: Item, found: Item) -> bool:
    """The amount within 1 % in the same currency, in any form that the annotation allows."""
    amount = found.get("amount")
    if amount is None:
        return False
    sums = [
        (other, currency)
        for other in (wanted["amount"], *_accepted(wanted, "amount"))
        for currency in (wanted["currency"], *_accepted(wanted, "currency"))
    ]
    other_sums = wanted.get("amount_alt") or []
    sums += [(one["amount"], one["currency"]) for one in (other_sums if isinstance(other_sums, list) else [other_sums])]
    return any(other and abs(amount - other) <= 0.01 * other and found.get("currency") == c for other, c in sums)


def _accepted(item: Item, field: str) -> list[Any]:
    accepted: list[Any] = item.get("accept", {}).get(field, [])
    return accepted


def left_aside(section: str, found: Item, annotation: Annotation) -> bool:
    """Whether an item without a partner is one that the annotator said neither to reward nor to punish."""
    if annotation.partial:
        return True
    notes = [str(note) for note in annotation.ignore.get(section, [])]
    if section == "meetings":
        notes += annotation.out_of_scope_meetings
    if section == "packages":
        amount = found.get("amount") or 0
        return any(value and abs(value - amount) <= 0.01 * value for note in notes for value in _amounts(note))
    label = found.get("label") or found.get("name") or ""
    return any(overlap(label, note) >= 0.5 for note in notes)


def _amounts(note: str) -> list[float]:
    """The sums that an annotator's note names: "$55 billion", "250 million"."""
    return [
        float(number.replace(",", "").rstrip(".") or 0) * _SCALE[scale[:1]]
        for number, scale in _WRITTEN_AMOUNT.findall(note)
    ]
