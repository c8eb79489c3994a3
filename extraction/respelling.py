"""One surname in two spellings of one article: Umerov and Umyerov, Healey and Healy, Lecornu and Lekornyu."""

from __future__ import annotations

from difflib import SequenceMatcher

from extraction.gazetteer import gazetteer
from extraction.people import Person
from extraction.persons import NameMention

_ALIKE = 0.8
_SHORTEST = 5


def respelt(mention: NameMention, persons: list[Person]) -> Person | None:
    """The one person whose surname a mention spells otherwise, None where it is nobody's or may be another's name."""
    found = [p for p in persons if _alike(mention, p) and not _apart(mention, p)]
    return found[0] if len(found) == 1 else None


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
    served = {m.title.affiliation for m in person.mentions if m.title is not None and m.title.affiliation}
    served |= {m.of_nation[0] for m in person.mentions if m.of_nation is not None}
    own = mention.title.affiliation if mention.title is not None else None
    known = gazetteer().affiliation_of(mention.words)
    theirs = gazetteer().affiliation_of(person.mentions[0].words, full=True)
    return bool(own and served and own not in served) or bool(known and (served | {theirs}) != {known})
