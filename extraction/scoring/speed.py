"""How fast reading and the relevance gate are on one core."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import extraction
from extraction import gate
from extraction.scoring.annotations import Article

ROUNDS = 5
ARTICLE_WORDS = 600
# A round of the gate is over too soon to be timed unless it goes through the articles several times.
GATE_PASSES = 20


@dataclass(frozen=True)
class Speed:
    """Medians over `ROUNDS` rounds. `relevant`: articles the gate lets through, the ones that reading is timed on."""

    relevant: int
    words_per_second: float
    gate_articles_per_second: float

    @property
    def articles_per_second(self) -> float:
        """Articles of `ARTICLE_WORDS` words."""
        return self.words_per_second / ARTICLE_WORDS


def measure(articles: Sequence[Article]) -> Speed:
    """Reads each article again and again; the caller has read them once, so that nothing is loaded meanwhile."""
    relevant = [article for article in articles if gate.is_relevant(article.content)]
    contents = [article.content for article in articles] * GATE_PASSES
    reading = _seconds(lambda: [extraction.read(a.title, a.text, a.published) for a in relevant])
    gating = _seconds(lambda: [gate.is_relevant(content) for content in contents])
    words = sum(len(article.content.split()) for article in relevant)
    return Speed(len(relevant), words / reading, len(contents) / gating)


def _seconds(work: Callable[[], object]) -> float:
    """The median of several rounds, in processor time, which other programs on the machine do not lengthen."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        rounds.append(time.process_time() - started)
    return statistics.median(rounds)
