"""The people of an article: mentions that name one person, kept in reading order."""

from __future__ import annotations

import re
from bisect import bisect_left
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
    """All mentions of one person in an article."""

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

    @property
    def name(self) -> str:
        return tidy(self.fullest.text)

    @property
    def surname(self) -> str:
        return surname_key(self.fullest.words)


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
