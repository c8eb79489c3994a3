"""One directory of annotated articles read and measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import extraction
from extraction import gate
from extraction.scoring.annotations import Article, Example
from extraction.scoring.grounding import ground
from extraction.scoring.judging import Judgement, judge
from extraction.scoring.reliability import Rated, rated
from extraction.scoring.tally import Tally, interval, rows

# An engine: an article in, its facts in the interchange format out.
Read = Callable[[Article], dict[str, Any]]


def read(article: Article) -> dict[str, Any]:
    """What the engine of the house reads."""
    return extraction.read(article.title, article.text, article.published).to_json(article.id)


@dataclass(frozen=True)
class Outcomes:
    """One article's judgements, its values with their confidence, and how many values have a true quote."""

    id: str
    negative: bool
    judgements: list[Judgement]
    values: list[Rated]
    shown: int
    given: int

    @cached_property
    def rows(self) -> dict[str, Tally]:
        return rows(self.judgements)

    @property
    def total(self) -> Tally:
        return self.rows.get("all", Tally())

    @property
    def false_alarm(self) -> bool:
        """A meeting or a package where there is neither."""
        return self.negative and any(self.rows[row].wrong for row in ("meetings", "packages") if row in self.rows)


@dataclass(frozen=True)
class Evaluation:
    """All articles of a directory. `gate_passed` of `gate_expected` articles with something to read pass the gate."""

    articles: list[Outcomes]
    gate_passed: int
    gate_expected: int

    @cached_property
    def rows(self) -> dict[str, Tally]:
        return rows(one for article in self.articles for one in article.judgements)

    @property
    def total(self) -> Tally:
        return self.rows.get("all", Tally())

    @cached_property
    def interval(self) -> tuple[float, float]:
        """95 % bootstrap interval of the overall F1."""
        return interval([article.total for article in self.articles])

    @property
    def values(self) -> list[Rated]:
        return [value for article in self.articles for value in article.values]

    @property
    def negatives(self) -> int:
        return sum(article.negative for article in self.articles)

    @property
    def false_alarms(self) -> list[str]:
        return [article.id for article in self.articles if article.false_alarm]

    @property
    def ungrounded(self) -> list[str]:
        """Articles with a value whose quote is missing or does not show it."""
        return [article.id for article in self.articles if article.shown < article.given]


def evaluate(examples: Sequence[Example], read: Read = read) -> Evaluation:
    """Reads every article with `read` and judges what it gave. `examples` must not be empty."""
    expected = [example.article.content for example in examples if example.annotation.something_to_read]
    passed = sum(gate.is_relevant(content) for content in expected)
    return Evaluation([_outcomes(example, read) for example in examples], passed, len(expected))


def _outcomes(example: Example, read: Read) -> Outcomes:
    facts = read(example.article)
    grounded = ground(facts, example.article.content)
    judgements = judge(example.annotation, grounded)
    values = rated(judgements, facts)
    return Outcomes(example.article.id, example.annotation.negative, judgements, values, grounded.shown, grounded.given)
