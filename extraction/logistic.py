"""Logistic models over named yes-or-no features: weights in a CSV file, evaluated and fitted in plain Python.

A weights file has the columns `feature` and `weight`; the row `bias` is the intercept in log-odds. A feature that the
fit never saw has no weight. The fit is coordinate descent by Newton's steps on the likelihood with a quadratic penalty:
deterministic, seconds for some thousand examples, so that no numerical library is needed where articles are read.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path

Example = tuple[Collection[str], bool]

# Sweeps over all weights end when none moves by more than this, or after so many.
TOLERANCE, SWEEPS = 0.005, 100
# No weight moves further in one step: where examples part altogether, Newton's step is endless.
LONGEST_STEP = 1.0
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
    examples: Sequence[Example], penalty: float, least: int, worth: Sequence[float] | None = None
) -> dict[str, float]:
    """Weights of the bias and of the features that at least `least` examples show; `penalty` is the ridge's.

    `worth`: how much each example counts, all the same where it is not given. The weights are those of the optimum, as
    steps that grow shorter with every round leave those of rare features far from it.
    """
    shown: dict[str, list[int]] = {}
    for index, (features, _) in enumerate(examples):
        for feature in set(features):
            shown.setdefault(feature, []).append(index)
    kept = {feature: shown[feature] for feature in sorted(shown) if len(shown[feature]) >= least}
    columns = {"bias": list(range(len(examples))), **kept}
    counted = list(worth or [1.0] * len(examples))
    answers = [float(answer) for _, answer in examples]
    weights = dict.fromkeys(columns, 0.0)
    scores = [0.0] * len(examples)
    chances = [0.5] * len(examples)
    for _ in range(SWEEPS):
        furthest = 0.0
        for feature, indexes in columns.items():
            ridge = 0.0 if feature == "bias" else penalty
            slope = ridge * weights[feature] + math.fsum([counted[i] * (chances[i] - answers[i]) for i in indexes])
            bend = ridge + math.fsum([counted[i] * chances[i] * (1.0 - chances[i]) for i in indexes])
            if not bend:
                continue
            step = max(-LONGEST_STEP, min(LONGEST_STEP, slope / bend))
            weights[feature] -= step
            for i in indexes:
                scores[i] -= step
                chances[i] = _chance(scores[i])
            furthest = max(furthest, abs(step))
        if furthest < TOLERANCE:
            break
    return weights


def write(path: Path, weights: dict[str, float]) -> None:
    """Writes the weights file that `Model` reads."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((feature, f"{weight:.3f}") for feature, weight in sorted(weights.items()))
