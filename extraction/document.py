"""An article as the rules see it: a cleaned view of its content, cut into paragraphs, sentences and tokens.

Evidence must point into the untouched content, while rules want text without markup, zero-width characters
and typographic variants. So rules read `Document.view`, and every span goes back through `Document.evidence`.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from extraction.facts import Anchor, Evidence, Value

MAX_QUOTE = 400
MAX_SENTENCE = 1200
# The longest briefing transcripts have 60,000 characters; what comes after this many is not read.
MAX_READ = 100_000
# So long a text has some 900 sentences, a roll of names by lines 3,000; every one costs the rules their tenth of a
# millisecond however short it is, so that a text of words on lines of their own is not read to its end.
MAX_SENTENCES = 4000

# One-to-one replacements keep offsets; what must vanish altogether is handled by DROPPED.
_SAME_LENGTH = {
    "\u2019": "'",
    "\u02bc": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "\u2014",
    "\u2015": "\u2014",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\t": " ",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
}
DROPPED = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff\ufe0f]"  # zero-width, bidirectional marks, soft hyphens
    r"|</?[A-Za-z][^<>]{0,300}>"  # tags left in the text
    r"|\]\((?:https?:)?//[^)\s]{1,500}\)"  # the address half of a Markdown link
    r"|\[(?=[^\[\]]{1,300}\]\((?:https?:)?//)"
    # What an editor put into a quotation: "[Russian President Vladimir] Putin".
    r"|\[(?=[A-Z][a-z][\w.' -]{0,60}\][ ,.'])"
    r"|(?<=[a-z.])\](?=[ ,.'])"
)
# Most tokens are plain words, so that what abbreviations look like is asked first.
TOKEN = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+"
    r"|(?=[A-Z][A-Za-z]{1,3}\.)"
    r"(?:(?:Gen|Lt|Col|Maj|Adm|Brig|Capt|Cmdr|Sgt|Sen|Rep|Dr|Mr|Mrs|Ms|Gov|Amb|Jr|Sr|St|Prof|Hon)\.(?=[ ,])"
    r"|(?:GEN|LT|COL|MAJ|ADM|BRIG|CAPT|CMDR|SEN|REP|DR|MR|MRS|MS|GOV|AMB|JR|SR)\.(?=[ ,:]))"
    r"|[A-Z]\.(?= [A-Z])"
    r"|'s(?![^\W_])"
    r"|[^\W_]+(?:['-](?!s(?![^\W_]))[^\W_]+)*"
    r"|\S"
)
# A full stop after these does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|[A-Za-z]\.[A-Za-z]|Gen|Lt|Col|Maj|Adm|Brig|Capt|Cmdr|Sgt|Sen|Rep|Dr|Mr|Mrs|Ms|Gov|Amb|St|Prof|"
    r"GEN|LT|COL|MAJ|ADM|BRIG|CAPT|CMDR|SEN|REP|DR|MR|MRS|MS|GOV|AMB|Hon|Jr|Sr|Sept?|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|No|vs|approx|Inc|Ltd|Co|Corp|etc|e\.g|i\.e))\.$"
)
_SENTENCE_END = re.compile(r"[.!?\u2026]+[\"')\]]*(?=\s)|[.!?][\"]")
_STARTER = re.compile(r"\s*[\"'(\[]*[A-Z0-9\u20ac\u00a3$\u00c0-\u017e\u2014-]")


class Token(NamedTuple):
    """A word, abbreviation, possessive 's or punctuation mark of the view; `capital`: it begins with a capital.

    A tuple, as an article has hundreds and every rule asks them for their case.
    """

    text: str
    start: int
    end: int
    lower: str
    capital: bool


_HEADING = re.compile(r"[^,;:()|\n]*[^.!?,;:()|\n]")
_BULLETS = frozenset("-*\u2022\u2013\u2014")
_READABLE = re.compile(r"\w\w")
_WIDER = re.compile(r"(?:\W{0,3}\w\b)*\W{0,3}\w+")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the view; paragraph 0 is the title."""

    index: int
    paragraph: int
    start: int
    end: int
    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        offset, make = self.start, tuple.__new__
        # Made as the tuple that it is, which takes half the time of calling `Token`.
        return tuple(
            [
                make(Token, (text := m[0], offset + m.start(), offset + m.end(), text.lower(), text[0].isupper()))
                for m in TOKEN.finditer(self.text)
            ]
        )

    @cached_property
    def is_title(self) -> bool:
        return self.paragraph == 0

    @cached_property
    def is_heading(self) -> bool:
        """A line between paragraphs that capitalises like a headline: "Defence Ministers Call Out Night Raids"."""
        words = self.text.split()
        if self.is_title or not 5 < len(words) < 25 or not _HEADING.fullmatch(self.text):
            return False
        # An item of a list: "- European Commission President Ann Lee".
        if words[0] in _BULLETS:
            return False
        return all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 4)

    @cached_property
    def lower(self) -> str:
        return self.text.lower()


@dataclass
class Document:
    """The content `title + "\\n\\n" + text` of one article and the layers that rules read."""

    title: str
    text: str
    published: datetime.date | None
    content: str = field(init=False)
    view: str = field(init=False)
    _starts: list[int] = field(init=False, default_factory=list)
    _offsets: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.content = f"{self.title}\n\n{self.text}"
        pieces: list[str] = []
        position = length = 0
        readable = min(len(self.content), MAX_READ)
        for match in DROPPED.finditer(self.content, 0, readable):
            if match.start() > position:
                pieces.append(self.content[position : match.start()])
                self._starts.append(length)
                self._offsets.append(position)
                length += match.start() - position
            position = match.end()
        pieces.append(self.content[position:readable])
        self._starts.append(length)
        self._offsets.append(position)
        self.view = "".join(pieces)
        # Few of them are in one article, and `str.translate` looks at every letter.
        for written, meant in _SAME_LENGTH.items():
            if written in self.view:
                self.view = self.view.replace(written, meant)

    def content_offset(self, position: int) -> int:
        """The offset in `content` of a character of the view."""
        piece = max(0, bisect_right(self._starts, position) - 1)
        return self._offsets[piece] + position - self._starts[piece]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the view in order, as many as are read."""
        found: list[Sentence] = []
        title_end = len(self.view) if not self.text else max(0, self.view_offset(len(self.title)))
        paragraph, start = 0, 0
        for line in self.view.split("\n"):
            if line.strip():
                number = 0 if start < title_end else max(1, paragraph)
                for left, right in _split(line):
                    left += len(line[left:right]) - len(line[left:right].lstrip())
                    body = line[left:right].rstrip()
                    if body:
                        found.append(Sentence(len(found), number, start + left, start + left + len(body), body))
                paragraph = number + 1
            start += len(line) + 1
            if len(found) >= MAX_SENTENCES:
                break
        return found[:MAX_SENTENCES]

    def view_offset(self, content_position: int) -> int:
        """The offset in the view of a character of `content`, or of the next that the view has."""
        piece = max(0, bisect_right(self._offsets, content_position) - 1)
        return self._starts[piece] + content_position - self._offsets[piece]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds a position of the view, else the nearest before it."""
        index = bisect_right(self._sentence_starts, position) - 1
        return self.sentences[max(0, index)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def evidence(self, name: str, value: Value, start: int, end: int, confidence: float, rule: str) -> Evidence:
        """Evidence for a span of the view, cut to the longest quote that is allowed."""
        # "U.S." alone shows no word; the one beside it makes the quote readable.
        if not _READABLE.search(self.view, start, end):
            wider = _WIDER.match(self.view, end)
            end = wider.end() if wider else end
        left = self.content_offset(start)
        right = self.content_offset(max(start, end - 1)) + 1
        right = min(right, left + MAX_QUOTE)
        return Evidence(name, left, right, self.content[left:right], round(confidence, 2), rule, value)

    def as_written(self, start: int, end: int) -> str:
        """A span of the view with the article's own apostrophes and hyphens, unless markup stands in it."""
        left, right = self.content_offset(start), self.content_offset(max(start, end - 1)) + 1
        return self.content[left:right] if right - left == end - start else self.view[start:end]

    def anchor(self, start: int, end: int) -> Anchor:
        """The span of the view as an anchor into the content."""
        return Anchor(self.content_offset(start), self.content_offset(max(start, end - 1)) + 1)


def _split(line: str) -> list[tuple[int, int]]:
    """Cut a paragraph into sentences; a run without a full stop is cut at a blank so that work stays bounded."""
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(line):
        end = match.end()
        if _ABBREVIATION.search(line, max(start, match.start() - 10), match.start() + 1) or not _STARTER.match(
            line, end
        ):
            continue
        cuts.append((start, end))
        start = end
    cuts.append((start, len(line)))
    bounded: list[tuple[int, int]] = []
    for left, right in cuts:
        while right - left > MAX_SENTENCE:
            blank = line.rfind(" ", left + 1, left + MAX_SENTENCE)
            middle = blank if blank > left else left + MAX_SENTENCE
            bounded.append((left, middle))
            left = middle
        bounded.append((left, right))
    return bounded
