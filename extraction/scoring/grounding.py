"""Whether the quote given for a value stands in the text where it says, and shows the value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extraction.scoring.annotations import SECTIONS, Item
from extraction.shown import SHOWN, present, shows


@dataclass(frozen=True)
class Grounded:
    """The facts without the values that no quote shows.

    `sections`: as read, otherwise. `dropped`: (section, index of the item, field, value) of each single value taken
    out. `shown` of `given` values have a true quote; the elements of lists count one by one.
    """

    sections: dict[str, list[Item]]
    dropped: list[tuple[str, int, str, Any]]
    shown: int
    given: int


def ground(facts: Mapping[str, Any], content: str) -> Grounded:
    """Facts in the interchange format against the content of their article."""
    sections: dict[str, list[Item]] = {}
    dropped: list[tuple[str, int, str, Any]] = []
    shown = given = 0
    for section in SECTIONS:
        sections[section] = []
        for index, item in enumerate(facts.get(section) or []):
            quotes, kept = _true_quotes(item, content), dict(item)
            for field in SHOWN[section]:
                value = item.get(field)
                if not present(value):
                    continue
                if isinstance(value, list):
                    kept[field] = value[: len(quotes[field])]
                    given, shown = given + len(value), shown + len(kept[field])
                    continue
                given += 1
                if any(shows(field, value, quote) for quote in quotes[field]):
                    shown += 1
                else:
                    kept[field] = None
                    dropped.append((section, index, field, value))
            sections[section].append(kept)
    return Grounded(sections, dropped, shown, given)


def _true_quotes(item: Item, content: str) -> dict[str, set[str]]:
    """By field, the different quotes that stand where they are said to stand."""
    quotes: dict[str, set[str]] = defaultdict(set)
    for evidence in item.get("evidence") or []:
        if content[evidence["start"] : evidence["end"]] == evidence["quote"]:
            quotes[evidence["field"]].add(evidence["quote"])
    return quotes
