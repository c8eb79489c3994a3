"""One person in several forms of one article: Umerov and Umyerov; Hayashi Yoshimasa and Minister Hayashi."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from extraction.gazetteer import gazetteer, surname_key
from extraction.people import Person
from extraction.persons import NameMention

_ALIKE = 0.8
_SHORTEST = 5
# "Chang Ho-jin", "Lee Jong-Sup": no other given names are written so.
_KOREAN = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]{1,4}-[A-Za-z][a-z]{1,4}$")
# Where the family name stands first, as governments write it.
_FAMILY_FIRST = frozenset(["CN", "HU", "JP", "KH", "KP", "KR", "TW", "VN"])


class KnownPersons:
    """The persons of one article so far, by their names, so that a name is compared with those it can be alone."""

    def __init__(self) -> None:
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._by_first_word: dict[str, list[Person]] = defaultdict(list)
        # By given name, and under "" whatever that is, and the initial of the surname: the surnames with their
        # letters, each with its persons.
        self._spellings: dict[tuple[str, str], dict[tuple[str, int], list[Person]]] = defaultdict(dict)

    def add(self, person: Person) -> None:
        """Makes a person known by the name of the first mention."""
        words = person.mentions[0].words
        self._by_surname[surname_key(words)].append(person)
        if len(words) < 2:
            return
        self._by_first_word[words[0]].append(person)
        surname = words[-1]
        if len(surname) >= _SHORTEST:
            for given in ("", words[0]):
                spellings = self._spellings[given, surname[0]]
                spellings.setdefault((surname, _letters(surname)), []).append(person)

    def same(self, words: tuple[str, ...]) -> Person | None:
        """The first person with this surname whom the rest of the name fits."""
        return next((p for p in self._by_surname.get(surname_key(words), ()) if _same_person(words, p)), None)

    def respelt(self, mention: NameMention) -> Person | None:
        """The one person whose surname a mention spells otherwise, None where it is nobody's or may be another's
        name."""
        found = None
        for person in self._alike(mention.words):
            if not _apart(mention, person):
                if found is not None:
                    return None
                found = person
        return found

    def by_family_name(self, words: tuple[str, ...]) -> Person | None:
        """Rule name-family-first: after "Japanese Foreign Minister Hayashi Yoshimasa", "Minister Hayashi" is the
        same."""
        if len(words) != 1:
            return None
        found = [
            p
            for p in self._by_first_word.get(words[0], ())
            if family_first(p.mentions[0]) or _served(p) & _FAMILY_FIRST
        ]
        return found[0] if len(found) == 1 else None

    def _alike(self, words: tuple[str, ...]) -> Iterator[Person]:
        """The persons of the same given name, if there is one, whose surnames are spelt much like these words' last."""
        surname = words[-1]
        if len(surname) < _SHORTEST:
            return
        given = words[0] if len(words) > 1 else ""
        letters, size = _letters(surname), len(surname)
        for (other, theirs), persons in self._spellings.get((given, surname[0]), {}).items():
            # A letter that one of them lacks matches nothing, which tells nearly all apart without comparing them.
            unmatched, both = (letters ^ theirs).bit_count(), size + len(other)
            if both - unmatched < _ALIKE * both:
                continue
            if _spelt_alike(surname, other):
                yield from persons


def family_first(mention: NameMention) -> bool:
    """Is a name written or said to be of a state where the family name stands first?"""
    return bool(_said_to_serve(mention) & _FAMILY_FIRST) or _KOREAN.match(mention.text) is not None


@lru_cache(maxsize=20_000)
def _spelt_alike(surname: str, other: str) -> bool:
    return SequenceMatcher(None, surname, other, autojunk=False).ratio() >= _ALIKE


def _letters(word: str) -> int:
    """The letters of a word as bits, others for those that it has again; two letters may share one."""
    bits = 0
    for letter in word:
        bit = 1 << ord(letter) % 64
        bits |= bit << 64 if bits & bit else bit
    return bits


def _same_person(words: tuple[str, ...], person: Person) -> bool:
    # Persons are put together from the longest form down, so the first mention is the fullest.
    full = person.mentions[0].words
    if len(words) < len(full) and words == full[-len(words) :]:
        return True
    return len(words) == 1 or len(full) == 1 or words[0][:1] == full[0][:1]


def _served(person: Person) -> set[str]:
    """The states or bodies that the words beside a person's name say that he or she serves."""
    return {served for mention in person.mentions for served in _said_to_serve(mention)}


def _said_to_serve(mention: NameMention) -> set[str]:
    """The same of one mention."""
    served = {mention.title.affiliation} if mention.title is not None and mention.title.affiliation else set()
    return served | ({mention.of_nation[0]} if mention.of_nation is not None else set())


def _apart(mention: NameMention, person: Person) -> bool:
    """Are the two known, or said, to serve different states or bodies?"""
    served = _served(person)
    own = mention.title.affiliation if mention.title is not None else None
    known = gazetteer().affiliation_of(mention.words)
    theirs = gazetteer().affiliation_of(person.mentions[0].words, full=True)
    return bool(own and served and own not in served) or bool(known and (served | {theirs}) != {known})
