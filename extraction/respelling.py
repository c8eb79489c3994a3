"""One person in two forms of one article: Umerov and Umyerov; Hayashi Yoshimasa and Minister Hayashi."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from extraction.gazetteer import gazetteer
from extraction.people import Person
from extraction.persons import NameMention

_ALIKE = 0.8
_SHORTEST = 5
# "Chang Ho-jin", "Lee Jong-Sup": no other given names are written so.
_KOREAN = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]{1,4}-[A-Za-z][a-z]{1,4}$")
# Where the family name stands first, as governments write it.
_FAMILY_FIRST = frozenset(["CN", "HU", "JP", "KH", "KP", "KR", "TW", "VN"])


def respelt(mention: NameMention, persons: list[Person]) -> Person | None:
    """The one person whose surname a mention spells otherwise, None where it is nobody's or may be another's name."""
    found = [p for p in persons if _alike(mention, p) and not _apart(mention, p)]
    return found[0] if len(found) == 1 else None


def by_family_name(words: tuple[str, ...], persons: list[Person]) -> Person | None:
    """Rule name-family-first: after "Japanese Foreign Minister Hayashi Yoshimasa", "Minister Hayashi" is the same."""
    if len(words) != 1:
        return None
    found = [p for p in persons if len(p.mentions[0].words) > 1 and p.mentions[0].words[0] == words[0]]
    found = [p for p in found if _served(p) & _FAMILY_FIRST or _KOREAN.match(p.mentions[0].text)]
    return found[0] if len(found) == 1 else None


def _served(person: Person) -> set[str]:
    """The states or bodies that the words beside a person's name say that he or she serves."""
    served = {m.title.affiliation for m in person.mentions if m.title is not None and m.title.affiliation}
    return served | {m.of_nation[0] for m in person.mentions if m.of_nation is not None}


def _alike(mention: NameMention, person: Person) -> bool:
    words, full = mention.words, person.mentions[0].words
    if len(full) < 2 or (len(words) > 1 and words[0] != full[0]):
        return False
    ours, theirs = words[-1], full[-1]
    if min(len(ours), len(theirs)) < _SHORTEST or ours[0] != theirs[0]:
        return False
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= _ALIKE


def _apart(mention: NameMention, person: Person) -> bool:
    """Are the two known, or said, to serve different states or bodies?"""
    served = _served(person)
    own = mention.title.affiliation if mention.title is not None else None
    known = gazetteer().affiliation_of(mention.words)
    theirs = gazetteer().affiliation_of(person.mentions[0].words, full=True)
    return bool(own and served and own not in served) or bool(known and (served | {theirs}) != {known})
