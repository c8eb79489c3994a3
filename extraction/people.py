"""The people of an article: mentions that name one person, kept in reading order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from extraction.gazetteer import surname_key
from extraction.persons import NameMention, TitleMention

_BLANKS = re.compile(r"\s+")


def tidy(text: str) -> str:
    """A name or title on one line."""
    return _BLANKS.sub(" ", text).strip(" ,")


@dataclass
class Person:
    """All mentions of one person in an article, in reading order once all are found."""

    mentions: list[NameMention]
    title: TitleMention | None = None
    affiliation: str | None = None
    affiliation_span: tuple[int, int] | None = None
    affiliation_rule: str = ""
    quotes: list[tuple[int, int]] = field(default_factory=list)
    # Where "I" is this person: whole turns of a transcript, a whole speech or signed statement.
    turns: list[tuple[int, int]] = field(default_factory=list)
    # How many mentions there were when it was last asked which is the fullest, and which it was.
    _fullest: tuple[int, NameMention] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def fullest(self) -> NameMention:
        """The longest form of the name, the first of equals; headlines count last, as they shorten."""
        if self._fullest is None or self._fullest[0] != len(self.mentions):
            fullest = max(
                self.mentions, key=lambda m: (len(m.words), not m.sentence.is_title, not m.speaker_label, -m.start)
            )
            self._fullest = len(self.mentions), fullest
        return self._fullest[1]

    def last_before(self, position: int) -> NameMention | None:
        """The last mention that begins before a position."""
        before = bisect_left(self.mentions, position, key=lambda m: m.start)
        return self.mentions[before - 1] if before else None

    @property
    def name(self) -> str:
        return tidy(self.fullest.text)

    @property
    def titles(self) -> str:
        """All titles that the article gives the person, in small letters."""
        titles = " ".join(m.title.text.lower() for m in self.mentions if m.title is not None)
        return f"{titles} {self.title.text.lower() if self.title else ''}"

    @property
    def surname(self) -> str:
        return surname_key(self.fullest.words)


Namings = tuple[list[int], list[Person]]


class People(list[Person]):
    """Persons with an index of their mentions, so that a sentence's are found without going through all."""

    @cached_property
    def mentions(self) -> list[tuple[int, int, NameMention]]:
        """(position, index of the person, mention) in reading order."""
        return sorted(((m.start, i, m) for i, p in enumerate(self) for m in p.mentions), key=lambda item: item[:2])

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self.mentions]

    @cached_property
    def _reach(self) -> list[int]:
        """How far the names reach that begin no later than each mention."""
        return list(accumulate((mention.end for _, _, mention in self.mentions), max))

    def named_in(self, start: int, end: int) -> bool:
        """Does a name, or part of one, stand in a span?"""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def between(self, start: int, end: int) -> list[tuple[Person, NameMention]]:
        """The persons named in a span, in order."""
        left, right = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [(self[i], mention) for _, i, mention in self.mentions[left:right]]

    def last_before(self, position: int) -> tuple[Person, NameMention] | None:
        """The last person named before a position."""
        right = bisect_left(self._starts, position)
        if not right:
            return None
        _, index, mention = self.mentions[right - 1]
        return self[index], mention

    @cached_property
    def by_affiliation(self) -> dict[str | None, list[Person]]:
        """The persons whom each state or body has, in order; asked for once affiliations are settled."""
        found: dict[str | None, list[Person]] = defaultdict(list)
        for person in self:
            found[person.affiliation].append(person)
        return found

    def last_of(self, affiliation: str, position: int) -> Person | None:
        """The person of a state or body whom the text, headlines apart, named last before a position."""
        if affiliation not in self._of:
            self._of[affiliation] = self._named(self.by_affiliation[affiliation], headlines=False)
        return _last(self._of[affiliation], position)

    def last_titled(self, office: re.Pattern[str], position: int) -> Person | None:
        """The person in whose titles, in small letters, an office stands, who was named last before a position."""
        if office not in self._titled:
            self._titled[office] = self._named([p for p in self if office.search(p.titles)], headlines=True)
        return _last(self._titled[office], position)

    def _named(self, persons: list[Person], headlines: bool) -> Namings:
        """Where some persons are named and who is named there, in order."""
        found = [(m.start, p) for p in persons for m in p.mentions if headlines or not m.sentence.is_title]
        found.sort(key=lambda pair: pair[0])
        return [start for start, _ in found], [person for _, person in found]

    @cached_property
    def _of(self) -> dict[str, Namings]:
        return {}

    @cached_property
    def _titled(self) -> dict[re.Pattern[str], Namings]:
        return {}


def _last(namings: Namings, position: int) -> Person | None:
    starts, persons = namings
    before = bisect_left(starts, position)
    return persons[before - 1] if before else None
