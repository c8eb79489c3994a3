"""Which patterns can match a text at all, told by the words that every match of them holds.

A pattern that begins with a choice of words is tried at every letter of a text, which costs some microseconds a
sentence, and most sentences hold none of the words. Looking for the words themselves costs a tenth. They are read off
the pattern, so that who changes a rule need not know of this.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extraction import lexicon

# Longer lists of words cost more to look for than the pattern itself, and short words stand in every sentence.
_MOST_SPELLINGS = 32
_MOST_WORDS = 28
_MOST_CHOICES = 2000
_COMMONEST = 0.03
# What `re.I` takes for an ASCII letter though its small form is another.
_LIKE_ASCII = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s"})
_COMMON = lexicon.words("a an and are as at be by for from had has have he in is it its of on or the to was were")
_Words = frozenset[str]


def plain(text: str) -> str:
    """A text in the case in which words are looked for."""
    return text.lower() if text.isascii() else text.translate(_LIKE_ASCII).lower()


def words_of(pattern: re.Pattern[str]) -> _Words | None:
    """Strings in small letters of which every match of a pattern holds one at least; None where none are telling."""
    parser = importlib.import_module("re._parser")
    return _Walk(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)).words


class Screen:
    """Several patterns that are tried on the same text."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._rows: dict[str, int] = {}
        self._always = 0
        self._chosen: dict[int, frozenset[int]] = {}
        self._count = len(patterns)
        for index, pattern in enumerate(patterns):
            words = words_of(pattern)
            if words is None or len(words) > _MOST_WORDS:
                self._always |= 1 << index
            else:
                for word in words:
                    self._rows[word] = self._rows.get(word, 0) | 1 << index

    def possible(self, text: str) -> frozenset[int]:
        """The indexes of the patterns that may match the text; the others do not."""
        small = plain(text)
        found = self._always
        for word, patterns in self._rows.items():
            if word in small:
                found |= patterns
        chosen = self._chosen.get(found)
        if chosen is None:
            chosen = frozenset(i for i in range(self._count) if found >> i & 1)
            if len(self._chosen) < _MOST_CHOICES:
                self._chosen[found] = chosen
        return chosen


class Screened:
    """A pattern, compiled, that is searched for only in texts that hold one of its words."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.fullmatch = self.pattern.fullmatch
        # Every text holds the empty word.
        self._words = tuple(words_of(self.pattern) or [""])

    def may_match(self, text: str) -> bool:
        """False where the text holds none of the words."""
        small = text.lower() if text.isascii() else plain(text)
        # A loop, as `any` takes twice as long.
        for word in self._words:  # noqa: SIM110
            if word in small:
                return True
        return False

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None


class _Walk:
    """One way through a parsed pattern: `exact` is all that it can match, if that is little; `words` as above."""

    def __init__(self, parsed: Iterable[tuple[Any, Any]]) -> None:
        self._found: list[_Words] = []
        self._run: _Words = frozenset([""])
        self._whole = True
        for operation, argument in parsed:
            self._step(str(operation), argument)
        self.exact: _Words | None = self._run if self._whole else None
        self._flush()

    @property
    def words(self) -> _Words | None:
        best = min(self._found, key=_commonness, default=None)
        return best if best is not None and _commonness(best) < _COMMONEST else None

    def _step(self, operation: str, argument: Any) -> None:
        if operation in ("AT", "ASSERT", "ASSERT_NOT"):
            return
        if operation == "LITERAL":
            self._append(_letters([argument]))
        elif operation == "IN":
            self._append(_letters([value if str(kind) == "LITERAL" else None for kind, value in argument]))
        elif operation == "SUBPATTERN":
            self._join([_Walk(argument[3])])
        elif operation == "BRANCH":
            self._join([_Walk(way) for way in argument[1]])
        elif operation in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] > 0:
            self._flush()
            self._join([_Walk(argument[2])])
            self._flush()
        else:
            self._flush()

    def _join(self, ways: list[_Walk]) -> None:
        exact = [way.exact for way in ways]
        if all(one is not None for one in exact) and self._append(frozenset().union(*[e for e in exact if e])):
            return
        self._flush()
        words = [way.words for way in ways]
        if all(one is not None for one in words):
            self._found.append(_fewest(frozenset().union(*[w for w in words if w])))

    def _append(self, strings: _Words | None) -> bool:
        """Lengthens the run by one of several strings; ends it where they are too many or any letter will do."""
        if strings is None:
            self._flush()
            return False
        if len(self._run) * len(strings) > _MOST_SPELLINGS:
            self._flush()
            self._run = strings
            return len(strings) <= _MOST_SPELLINGS
        self._run = frozenset(a + b for a in self._run for b in strings)
        return True

    def _flush(self) -> None:
        self._whole = False
        if "" not in self._run:
            self._found.append(_fewest(self._run))
        self._run = frozenset([""])


def _letters(codes: Sequence[int | None]) -> _Words | None:
    """Some characters in small letters; None where one of them is not ASCII or not a character but a class."""
    if any(code is None or code > 127 for code in codes):
        return None
    return frozenset(chr(code).lower() for code in codes if code is not None)


def _fewest(words: _Words) -> _Words:
    """The same choice without the words that hold another of them."""
    return frozenset(w for w in words if not any(other != w and other in w for other in words))


def _commonness(words: _Words) -> float:
    """About how likely a sentence holds one of the words, in no unit."""
    return sum(1.0 if (bare := word.strip()) in _COMMON else 8.0 ** -len(bare) for word in words)
