"""Names that are looked up rather than recognised: nations, bodies, places, programmes, groups, equipment.

The rows come from the reference CSV files, which the register loads into its database as well, so that both
know the same names. A token trie finds the longest name at each position in time linear in the text.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
WORD = re.compile(r"[A-Za-z]\.(?:[A-Za-z]\.)+|[^\W_]+")
# Between two words of one name: a blank, a hyphen, an apostrophe or an abbreviation's full stop, never a comma.
_GROUP_NOUN = re.compile(
    r"coalition|group|format|force|council|committee|minist|initiative|forum|partner|nations|countries", re.I
)
_JOIN = re.compile(r"[ \n]?|' |['-]|\. |/| - | & ")
_BRITISH = {
    "defence": "defense",
    "armour": "armor",
    "armoured": "armored",
    "programme": "program",
    "manoeuvre": "maneuver",
    "prioritised": "prioritized",
    "organisation": "organization",
    "centre": "center",
    "labour": "labor",
    "programmes": "programs",
    "defences": "defenses",
    "manoeuvrability": "maneuverability",
    "and": "&",
}
_ENDING = re.compile(r"(?:[iy]j|[iy]{1,2})$")
# Kinds whose names are common words when written small.
PROPER = frozenset({"nation", "demonym", "organisation", "metonym", "place", "venue", "capital"})


@dataclass(frozen=True)
class Entry:
    """One reference row under one of its names.

    `value` is what facts hold (ISO2, organisation name, town, …); `country` is ISO2 where the row has one.
    """

    kind: str
    value: str
    name: str
    country: str = ""
    extra: str = ""


@dataclass(frozen=True)
class Hit:
    """A name found in the text, with every row it may mean, most specific kind first."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]

    def need(self, *kinds: str) -> Entry:
        """The first row of one of these kinds, which the caller knows to be there."""
        return next(e for kind in kinds for e in self.entries if e.kind == kind)

    def get(self, *kinds: str) -> Entry | None:
        """The first row of one of these kinds."""
        for kind in kinds:
            for entry in self.entries:
                if entry.kind == kind:
                    return entry
        return None


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word as the trie keys it: small letters without accents, American spelling, no abbreviation stops."""
    plain = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").lower()
    plain = plain.replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("æ", "ae")
    return _BRITISH.get(plain, plain)


def key(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase."""
    return tuple(fold(m.group()) for m in WORD.finditer(phrase))


def _rows(name: str) -> list[dict[str, str]]:
    path = REFERENCE / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _cells(row: dict[str, str], *columns: str) -> list[str]:
    return [part.strip() for column in columns for part in (row.get(column) or "").split("|") if part.strip()]


@dataclass(frozen=True)
class Officeholder:
    """A folded name, whom its bearer serves, and the first and last month of that as `YYYY-MM` where it is told."""

    name: tuple[str, ...]
    affiliation: str
    since: str
    until: str

    def serves(self, month: str) -> bool:
        """Does the bearer serve in a month, or, without one, to this day?"""
        return self.since <= month <= (self.until or month) if month else not self.until


def _officeholders() -> dict[str, list[Officeholder]]:
    """By surname: the people known to hold office."""
    found: dict[str, list[Officeholder]] = defaultdict(list)
    for row in _rows("officeholders"):
        for name in [row["name"], *_cells(row, "aliases")]:
            words = key(name)
            found[surname_key(words)].append(Officeholder(words, row["affiliation"], row["since"], row["until"]))
    return found


@lru_cache(maxsize=1)
def nation_names() -> dict[str, str]:
    """The plain English name of each nation by its ISO 3166-1 alpha-2 code."""
    return {row["iso2"]: row["name"] for row in _rows("nations")}


@lru_cache(maxsize=1)
def subdivisions() -> dict[str, str]:
    """The nation of each state or province by its name and by its code (Delaware, DE) of ISO 3166-2.

    Not of one that bears the name of a nation or town (Georgia, New York), nor of a code that two nations' have.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("subdivisions"):
        for name in (row["name"], row["code"].partition("-")[2]):
            if gazetteer().lookup(name, "nation", "capital", "place") is None:
                found[name].add(row["country_iso2"])
    return {name: homes.pop() for name, homes in sorted(found.items()) if len(homes) == 1}


def surname_key(words: tuple[str, ...]) -> str:
    """A surname without what transliterations differ in: Zelensky, Zelenskyy, Zelenskiy; Støre, Stoere."""
    if not words:
        return ""
    return _ENDING.sub("y", words[-1].replace("oe", "o").replace("ae", "a"))


class Gazetteer:
    """Every reference name, found by `find`."""

    def __init__(self) -> None:
        # How many words the names have that begin with a word, the longest first.
        self._sizes: dict[str, list[int]] = defaultdict(list)
        self._known: dict[tuple[str, ...], list[Entry]] = {}
        self.demonym_of: dict[str, str] = {}
        for row in _rows("nations"):
            iso2, name = row["iso2"], row["name"]
            for alias in (name, *_cells(row, "official_name", "aliases")):
                self._add(Entry("nation", iso2, alias, iso2))
            for alias in _cells(row, "demonyms"):
                self._add(Entry("demonym", iso2, alias, iso2))
            for alias in _cells(row, "capital", "capital_aliases"):
                self._add(Entry("capital", iso2, alias, iso2, row.get("capital", "")))
        nations = {row["iso2"] for row in _rows("nations")}
        for row in _rows("organisations"):
            # The abbreviation is the form that readers and registers know; bodies without one keep their name.
            value = row.get("abbreviation") or row["name"]
            # The African Union is not Australia.
            if value in nations:
                value = row["name"]
            for alias in (row["name"], *_cells(row, "abbreviation", "aliases")):
                self._add(Entry("organisation", value, alias, "", row.get("kind", "")))
        for row in _rows("metonyms"):
            self._add(Entry("metonym", row["iso2"], row["name"], row["iso2"], row.get("kind", "")))
        for row in _rows("places"):
            for alias in (row["name"], *_cells(row, "aliases")):
                self._add(Entry("place", row["name"], alias, row["country_iso2"], row.get("kind", "")))
        for row in _rows("venues"):
            for alias in (row["name"], *_cells(row, "aliases")):
                self._add(Entry("venue", row["name"], alias, row["country_iso2"], row.get("place", "")))
        for row in _rows("programmes"):
            for alias in (row["name"], *_cells(row, "aliases")):
                self._add(Entry("programme", row["name"], alias, "", row.get("donor", "")))
        for row in _rows("topics"):
            for alias in (row["name"], *_cells(row, "terms")):
                self._add(Entry("topic", row["name"], alias))
        for row in _rows("capabilities"):
            for alias in (row["name"], *_cells(row, "aliases")):
                self._add(Entry("capability", row["name"], alias, "", row.get("maker", "")))
        for row in _rows("contact_groups"):
            for alias in (row["name"], *_cells(row, "abbreviation", "aliases")):
                self._add(Entry("group", row["name"], alias, "", row["slug"]))
        self.officeholders = _officeholders()
        for sizes in self._sizes.values():
            sizes.sort(reverse=True)

    def _add(self, entry: Entry) -> None:
        # "the Alliance": an article in front would steal the next name's first word from a longer name.
        words = key(entry.name.removeprefix("the ").removeprefix("The "))
        if not words:
            return
        if words in self._known:
            if all((e.kind, e.value) != (entry.kind, entry.value) for e in self._known[words]):
                self._known[words].append(entry)
            return
        self._known[words] = [entry]
        if len(words) not in self._sizes[words[0]]:
            self._sizes[words[0]].append(len(words))

    def lookup(self, name: str, *kinds: str) -> Entry | None:
        """The row of one of these kinds that has exactly this name."""
        known = self._known.get(key(name), ())
        return next((e for kind in kinds for e in known if e.kind == kind), None)

    def affiliation_of(self, words: tuple[str, ...], full: bool = False) -> str | None:
        """Whom a known officeholder of this name serves, None where several bear it; `full`: given name included."""
        fitting = self.affiliations_of(words, full=full)
        return fitting.pop() if len(fitting) == 1 else None

    def affiliations_of(self, words: tuple[str, ...], full: bool = False, month: str = "") -> set[str]:
        """Whom the known officeholders of this name serve, in a `YYYY-MM` month or to this day."""
        words = tuple(part for word in words for part in word.split("-") if part)
        return {
            known.affiliation
            for known in self.officeholders.get(surname_key(words), [])
            if (len(words) == 1 or words[0] == known.name[0] or (not full and words[0][:1] == known.name[0][:1]))
            and known.serves(month)
        }

    def find(self, text: str, offset: int = 0) -> list[Hit]:
        """The longest names in a text, left to right, not overlapping; `offset` is added to their positions."""
        matches = list(WORD.finditer(text))
        words = tuple([fold(match[0]) for match in matches])
        hits: list[Hit] = []
        done = 0
        for position, word in enumerate(words):
            if position < done or word not in self._sizes:
                continue
            hit = self._longest(text, matches, words, position, offset)
            if hit is not None:
                hits.append(hit[0])
                done = position + hit[1]
        return hits

    def _longest(
        self, text: str, matches: list[re.Match[str]], words: tuple[str, ...], position: int, offset: int
    ) -> tuple[Hit, int] | None:
        for size in self._sizes[words[position]]:
            entries = self._known.get(words[position : position + size])
            if entries is None or position + size > len(words):
                continue
            if size > 1 and not all(
                _JOIN.fullmatch(text, matches[i].end(), matches[i + 1].start())
                for i in range(position, position + size - 1)
            ):
                continue
            start, end = matches[position].start(), matches[position + size - 1].end()
            surface = text[start:end]
            kept = tuple([e for e in entries if _case_fits(e.kind, e.name, surface, size)])
            if kept:
                return Hit(offset + start, offset + end, surface, kept), size
        return None


@lru_cache(maxsize=50_000)
def _case_fits(kind: str, name: str, surface: str, size: int) -> bool:
    """Proper names need their capital; short all-capital abbreviations ("US", "IT") their exact case."""
    letters = [c for c in name if c.isalpha()]
    if size == 1 and len(letters) <= 5 and letters and all(c.isupper() for c in letters):
        return surface.replace(".", "").isupper()
    if kind in PROPER:
        return surface[0].isupper()
    if kind == "group" and (size == 1 or (name[0].isupper() and not _GROUP_NOUN.search(name))):
        # "artillery for Ukraine" is a coalition's name only with its capital.
        return surface[0].isupper()
    return True


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process, read on first use."""
    return Gazetteer()
