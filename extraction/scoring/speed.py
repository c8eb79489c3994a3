"""How fast reading and the relevance gate are on one core, in articles of 600 words a second."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import extraction
from extraction import gate
from extraction.scoring.annotations import Article

ROUNDS = 5
ARTICLE_WORDS = 600
# A round of the gate is over too soon to be timed unless it goes through the texts several times.
GATE_PASSES = 20
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Speed:
    """Medians over `ROUNDS` rounds, in words a second. `relevant`: how many articles reading was timed on.

    The gate is timed on text that it turns down: it must look for all its words there, where it stops at the first
    in a relevant article. None where the articles hold no such text.
    """

    relevant: int
    read_words: float
    gate_words: float | None

    @property
    def read_articles(self) -> float:
        return self.read_words / ARTICLE_WORDS

    @property
    def gate_articles(self) -> float | None:
        return None if self.gate_words is None else self.gate_words / ARTICLE_WORDS


def measure(articles: Sequence[Article]) -> Speed:
    """Reads each article again and again; the caller has read them once, so that nothing is loaded meanwhile."""
    relevant = [article for article in articles if gate.is_relevant(article.content)]
    reading = _seconds(lambda: [extraction.read(a.title, a.text, a.published) for a in relevant])
    read_words = _words(article.content for article in relevant) / reading if relevant else 0.0
    irrelevant = turned_down(articles) * GATE_PASSES
    gating = _seconds(lambda: [gate.is_relevant(text) for text in irrelevant])
    return Speed(len(relevant), read_words, _words(irrelevant) / gating if irrelevant else None)


def turned_down(articles: Sequence[Article]) -> list[str]:
    """Texts of about an article's length that do not pass the gate, of sentences of the articles."""
    texts, text = [], ""
    for article in articles:
        for sentence in _BETWEEN_SENTENCES.split(article.content):
            longer = f"{text} {sentence}".strip()
            if gate.is_relevant(longer):
                continue
            text = longer
            if len(text.split()) >= ARTICLE_WORDS:
                texts.append(text)
                text = ""
    return [*texts, text] if text else texts


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _seconds(work: Callable[[], object]) -> float:
    """The median of several rounds, in processor time, which other programs on the machine do not lengthen."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        rounds.append(time.process_time() - started)
    return statistics.median(rounds)
