"""Which patterns can match a text at all, told by the words that every match of them holds.

A pattern that begins with a choice of words is tried at every letter of a text, which costs some microseconds a
sentence, and most sentences hold none of the words. They are read off the pattern, so that who changes a rule need not
know of this. The words of all patterns are looked for at once, and what a text holds of them is remembered: a sentence
is asked about by dozens of patterns, and an article is made of words that were seen before.
"""

from __future__ import annotations

import importlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from extraction import lexicon

# Longer lists of words hold some common one, and short words stand in every sentence.
_MOST_SPELLINGS = 32
_MOST_STRINGS = 60
_MOST_CHOSEN = 5000
_COMMONEST = 0.03
# Texts longer than a sentence can be are not asked about twice.
_LONGEST_REMEMBERED = 2000
# What `re.I` takes for an ASCII letter though its small form is another.
_LIKE_ASCII = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s"})
_COMMON = lexicon.words("a an and are as at be by for from had has have he in is it its of on or the to was were")
_RUN = re.compile(r"\w+")
_RUN_OR_SIGN = re.compile("\\w+|[\ue000-\uf8ff]")
_DIGIT = re.compile(r"\d")
DIGIT = r"\d"
# Characters for private use stand for the parties of a sentence (`folding`): below this one in blocks of one kind.
_SINGLE = 0xF000
_BLOCK = 0x200
_Words = frozenset[str]


def plain(text: str) -> str:
    """A text in the case in which words are looked for."""
    if text.isascii() or not ("\u0130" in text or "\u0131" in text or "\u017f" in text):
        return text.lower()
    return text.translate(_LIKE_ASCII).lower()


def choices_of(pattern: re.Pattern[str]) -> list[_Words]:
    """All choices of strings, the most telling first, such that every match holds one string of each choice.

    `DIGIT` stands for any digit, the first character of a block for private use for any of the block.
    """
    parser = importlib.import_module("re._parser")
    return _Walk(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)).choices


# A bit for each run of letters that some string holds, and the runs by their first two letters.
_bits: dict[str, int] = {DIGIT: 1}
_by_start: dict[str, list[tuple[str, int]]] = defaultdict(list)


def _bits_of(string: str) -> int:
    """The bits that every text with this string in it has; 0 where the string has no two letters together."""
    global _last
    bits = 0
    sign = string == DIGIT or _is_sign(string)
    for run in [string] if sign else _RUN.findall(string):
        if len(run) < 2 and not sign:
            continue
        if run not in _bits:
            _bits[run] = 1 << len(_bits)
            _by_start[run[:2]].append((run, _bits[run]))
            _held_by.cache_clear()
            _remembered.cache_clear()
            _last = ("", 0)
        bits |= _bits[run]
    return bits


@lru_cache(maxsize=50_000)
def _held_by(token: str) -> int:
    """The bits of what stands between two blanks: most of it is seen again and again."""
    held = _bits[DIGIT] if _DIGIT.search(token) else 0
    for run in _RUN_OR_SIGN.findall(plain(token)):
        if _is_sign(run):
            held |= _bits.get(_sign_of(ord(run)), 0)
            continue
        for start in range(len(run) - 1):
            for part, bit in _by_start.get(run[start : start + 2], ()):
                if run.startswith(part, start):
                    held |= bit
    return held


def _look(text: str) -> int:
    held = 0
    for token in text.split():
        held |= _held_by(token)
    return held


_remembered = lru_cache(maxsize=4096)(_look)


# The text asked about last, by its identity, and its bits: one sentence is asked about by many patterns in turn.
_last: tuple[str, int] = ("", 0)


def _held(text: str) -> int:
    """The bits of all that a text may hold; a string one of whose bits is not set it does not."""
    global _last
    last, held = _last
    if last is not text:
        held = _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _look(text)
        _last = (text, held)
    return held


class _Needed:
    """What a pattern needs of a text: one string of each of its choices."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._choices: list[tuple[int, tuple[int, ...]]] = []
        # Most choices are between strings of a bit each, so that one of them must be set.
        self._any_of: list[int] = []
        for strings in choices_of(pattern):
            bits = {_bits_of(string) for string in strings}
            if 0 not in bits and len(bits) <= _MOST_STRINGS:
                single = sum(one for one in bits if not one & (one - 1))
                several = tuple(one for one in bits if one & (one - 1) and not one & single)
                if several:
                    self._choices.append((single, several))
                else:
                    self._any_of.append(single)

    def in_all(self, held: int) -> bool:
        """Whether a text of these bits may hold what is needed."""
        for single in self._any_of:
            if not held & single:
                return False
        for single, several in self._choices:
            if held & single:
                continue
            for bits in several:
                if held & bits == bits:
                    break
            else:
                return False
        return True

    @property
    def bits(self) -> int:
        """All bits that are asked about."""
        asked = 0
        for single in self._any_of:
            asked |= single
        for single, several in self._choices:
            for bits in (single, *several):
                asked |= bits
        return asked


class Screen:
    """Several patterns that are tried on the same text."""

    def __init__(self, patterns: Sequence[re.Pattern[str] | Screened]) -> None:
        self._needed = [_Needed(one.pattern if isinstance(one, Screened) else one) for one in patterns]
        self._chosen: dict[int, frozenset[int]] = {}
        self._asked = 0
        for needed in self._needed:
            self._asked |= needed.bits

    def possible(self, text: str) -> frozenset[int]:
        """The indexes of the patterns that may match the text; the others do not."""
        held = _held(text) & self._asked
        chosen = self._chosen.get(held)
        if chosen is None:
            chosen = frozenset([index for index, needed in enumerate(self._needed) if needed.in_all(held)])
            if len(self._chosen) < _MOST_CHOSEN:
                self._chosen[held] = chosen
        return chosen


class Screened:
    """A pattern, compiled, that is searched for only in texts that hold its words.

    A part of a text that is asked about once is better passed over by what the whole text holds, if at all: `of`.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.match = self.pattern.match
        self.fullmatch = self.pattern.fullmatch
        self._search, self._finditer = self.pattern.search, self.pattern.finditer
        self._needed = _Needed(self.pattern)
        self._in_all = self._needed.in_all

    def may_match(self, text: str) -> bool:
        """False where the text holds none of the words."""
        return self._in_all(_held(text))

    def finditer(self, text: str, *span: int, of: str | None = None) -> Iterator[re.Match[str]]:
        if (of is not None or not span) and not self.may_match(text if of is None else of):
            return iter(())
        return self._finditer(text, *span)

    def search(self, text: str, *span: int, of: str | None = None) -> re.Match[str] | None:
        if (of is not None or not span) and not self.may_match(text if of is None else of):
            return None
        return self._search(text, *span)

    def sub(self, written: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.pattern.sub(written, text) if self.may_match(text) else text

    def findall(self, text: str) -> list[str]:
        return self.pattern.findall(text) if self.may_match(text) else []


class _Walk:
    """One way through a parsed pattern: `exact` is all that it can match, if that is little; `choices` as above."""

    def __init__(self, parsed: Iterable[tuple[Any, Any]]) -> None:
        self._found: list[_Words] = []
        self._run: _Words = frozenset([""])
        self._whole = True
        for operation, argument in parsed:
            self._step(str(operation), argument)
        self.exact: _Words | None = self._run if self._whole else None
        self._flush()

    @property
    def choices(self) -> list[_Words]:
        weighed = sorted([(_commonness(strings), sorted(strings), strings) for strings in set(self._found)])
        return [strings for commonness, _, strings in weighed if commonness < _COMMONEST]

    def _step(self, operation: str, argument: Any) -> None:
        if operation in ("AT", "ASSERT", "ASSERT_NOT"):
            return
        signs = _signs([("LITERAL", argument)] if operation == "LITERAL" else argument if operation == "IN" else ())
        if signs:
            self._flush()
            self._found.append(signs)
        elif operation == "LITERAL":
            self._append(_letters([argument]))
        elif operation == "IN" and all(_is_digit(*part) for part in argument):
            self._flush()
            self._found.append(frozenset([DIGIT]))
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
        for choice in zip(*(way.choices for way in ways), strict=False):
            self._found.append(_fewest(frozenset().union(*choice)))

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


def _is_digit(kind: Any, value: Any) -> bool:
    """Does a part of a class of characters stand for digits alone?"""
    if str(kind) == "CATEGORY":
        return str(value) == "CATEGORY_DIGIT"
    codes = [value] if str(kind) == "LITERAL" else value if str(kind) == "RANGE" else [0]
    return all(ord("0") <= code <= ord("9") for code in codes)


def _is_sign(string: str) -> bool:
    return len(string) == 1 and "\ue000" <= string <= "\uf8ff"


def _sign_of(code: int) -> str:
    """The character that stands for one for private use and all of its block."""
    return chr(code if code >= _SINGLE else code - code % _BLOCK)


def _signs(parts: Iterable[tuple[Any, Any]]) -> _Words | None:
    """What stands for a class of characters for private use; None where other characters are in it."""
    found: set[str] = set()
    for kind, value in parts:
        low, high = value if str(kind) == "RANGE" else (value, value)
        if str(kind) not in ("RANGE", "LITERAL") or not 0xE000 <= low <= high <= 0xF8FF or low < _SINGLE <= high:
            return None
        found.update(_sign_of(code) for code in range(low, high + 1))
    return frozenset(found)


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
    return sum(
        1.0 if (bare := word.strip()) in _COMMON else 0.001 if _is_sign(bare) else 8.0 ** -len(bare) for word in words
    )
