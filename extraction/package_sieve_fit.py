"""Make the weights of `package_sieve.csv`: `python -m extraction.package_sieve_fit data/gold/tune`.

Every sum of the annotated articles is an example, right where an annotated package has its amount; what an annotation
ignores or calls optional is left out. With --check the articles are cut into
eight parts, each judged with what the others taught, and nothing is written.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from extraction.document import Document
from extraction.groups import GroupReader
from extraction.logistic import Example, fit, write
from extraction.officials import OfficialReader
from extraction.package_scope import SMALLEST
from extraction.package_sieve import THRESHOLD, WEIGHTS, features
from extraction.packages import PackageReader
from extraction.reading import Reading
from extraction.scoring.annotations import Annotation, annotation_of
from extraction.scoring.matching import left_aside

PARTS = 8
PENALTY = 3.0
LEAST_EXAMPLES = 3


def examples_of(path: Path) -> Iterator[tuple[Example, bool]]:
    """Features and answer of every sum of one article, and whether the stated refusals let it through."""
    record = json.loads((path.parent.parent / "articles" / path.name).read_text(encoding="utf-8"))
    day = datetime.date.fromisoformat(record["published"]) if record["published"] else None
    annotation = annotation_of(json.loads(path.read_text(encoding="utf-8")))
    reading = Reading(Document(record["title"], record["text"], day))
    reader = PackageReader(reading, OfficialReader(reading).read(), GroupReader(reading).read())
    for sentence in reading.sentences:
        for money in reader.sums(sentence):
            answer = _answer(money.amount, money.currency, annotation)
            if money.amount >= SMALLEST and answer is not None:
                passed = reader.refusal(money, sentence) is None
                yield (features(reader, money, sentence), answer), passed


def _answer(amount: float, currency: str, annotation: Annotation) -> bool | None:
    """None where the annotation does not judge a sum."""
    for package in annotation.sections["packages"]:
        amounts = [
            package["amount"],
            *package.get("accept", {}).get("amount", []),
            *(other["amount"] for other in package.get("amount_alt") or []),
        ]
        if any(abs(one - amount) <= 0.01 * one for one in amounts):
            return None if package.get("optional") else True
    return None if left_aside("packages", {"amount": amount, "currency": currency}, annotation) else False


def _taught(rows: list[Example]) -> dict[str, float]:
    return fit(rows, PENALTY, LEAST_EXAMPLES)


def check(articles: list[list[tuple[Example, bool]]]) -> None:
    """Print how many sums the model keeps and leaves out that it was not taught with."""
    table = {(answer, kept): 0 for answer in (True, False) for kept in (True, False)}
    for part in range(PARTS):
        weights = _taught([example for i, a in enumerate(articles) if i % PARTS != part for example, _ in a])
        for (found, answer), passed in (row for i, a in enumerate(articles) if i % PARTS == part for row in a):
            score = weights["bias"] + sum(weights.get(one, 0.0) for one in found)
            if passed:
                table[answer, 1 / (1 + math.exp(-score)) >= THRESHOLD] += 1
    sys.stdout.write(f"packages kept {table[True, True]}, left out {table[True, False]}\n")
    sys.stdout.write(f"other sums left out {table[False, False]}, kept {table[False, True]}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--check", action="store_true", help="judge by cross-validation and write nothing")
    options = parser.parse_args()
    articles = [list(examples_of(path)) for path in sorted((options.directory / "gold").glob("*.json"))]
    if options.check:
        check(articles)
        return
    rows = [example for article in articles for example, _ in article]
    write(WEIGHTS, _taught(rows))
    sys.stdout.write(f"{len(rows)} sums read\n")


if __name__ == "__main__":
    main()
