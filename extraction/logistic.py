"""Logistic models over named yes-or-no features: weights in a CSV file, evaluated and fitted in plain Python.

A weights file has the columns `feature` and `weight`; the row `bias` is the intercept in log-odds. A feature that the
fit never saw has no weight. The fit is full-batch AdaGrad with a quadratic penalty: deterministic, seconds for some
thousand examples, so that no numerical library is needed where articles are read.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path

Example = tuple[Collection[str], bool]

ROUNDS = 150
RATE = 0.3
# No score beyond this many log-odds counts further: the exponential stays in range.
_FAR = 30.0


class Model:
    """The weights of one CSV file, read once; without the file every feature weighs nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def weights(self) -> dict[str, float]:
        if not self.path.exists():
            return {}
        with self.path.open(encoding="utf-8", newline="") as handle:
            return {row["feature"]: float(row["weight"]) for row in csv.DictReader(handle)}

    def forget(self) -> None:
        """The file was written anew: read it again."""
        self.__dict__.pop("weights", None)

    def probability(self, features: Iterable[str]) -> float:
        """The chance, 0 to 1, that the answer for an example with these features is yes."""
        weights = self.weights
        return _chance(weights.get("bias", 0.0) + math.fsum([weights.get(f, 0.0) for f in features]))


def _chance(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-_FAR, min(_FAR, score))))


def fit(
    examples: Sequence[Example],
    penalty: float,
    least: int,
    worth: Sequence[float] | None = None,
    rounds: int = ROUNDS,
    rate: float = RATE,
) -> dict[str, float]:
    """Weights of the bias and of the features that at least `least` examples show; `penalty` is the ridge's.

    `worth`: how much each example counts, all the same where it is not given. Weights of rare features
    need more `rounds`, or longer steps, to settle.
    """
    counts = Counter(feature for features, _ in examples for feature in set(features))
    kept = {feature for feature, count in counts.items() if count >= least}
    inputs = [
        (sorted(set(features) & kept), answer, counted)
        for (features, answer), counted in zip(examples, worth or [1.0] * len(examples), strict=True)
    ]
    weights = {"bias": 0.0, **dict.fromkeys(sorted(kept), 0.0)}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(rounds):
        slopes = {feature: penalty * weight for feature, weight in weights.items()}
        slopes["bias"] = 0.0
        for features, answer, counted in inputs:
            error = counted * (_chance(weights["bias"] + sum(weights[feature] for feature in features)) - answer)
            slopes["bias"] += error
            for feature in features:
                slopes[feature] += error
        for feature, slope in slopes.items():
            squares[feature] += slope * slope
            weights[feature] -= rate * slope / math.sqrt(squares[feature])
    return weights


def write(path: Path, weights: dict[str, float]) -> None:
    """Writes the weights file that `Model` reads."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((feature, f"{weight:.3f}") for feature, weight in sorted(weights.items()))
