"""Make the weights of `participation.csv`: `python -m extraction.participation_fit data/gold/tune`.

Every meeting of the annotated articles that the engine finds gives one example a party named around it; parties
that an annotation tolerates are left out. The fit is a logistic regression with a quadratic penalty by full-batch
AdaGrad in plain Python, deterministic, a few seconds. Even-numbered articles of 201 to 300 are left out, so
that the score on them stays honest.
"""

from __future__ import annotations

import csv
import datetime
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import extraction
from extraction.discourse import main_of, segments_of
from extraction.document import Document
from extraction.folding import Folder
from extraction.groups import GroupReader
from extraction.meetings import MeetingReader
from extraction.officials import OfficialReader
from extraction.participation import WEIGHTS, candidates
from extraction.reading import Reading
from extraction.scoring.annotations import SECTIONS, annotation_of
from extraction.scoring.comparing import same_party
from extraction.scoring.matching import canonical, pairs

PENALTY = 3.0
ROUNDS = 150
RATE = 0.3
LEAST_EXAMPLES = 3
Example = tuple[set[str], bool]


def held_out(name: str) -> bool:
    """Whether an article is kept for measuring."""
    return 200 < int(name) <= 300 and int(name) % 2 == 0


def examples_of(directory: Path) -> Iterator[Example]:
    """Features and answer of every party that stands by a meeting which both annotator and engine found."""
    for path in sorted((directory / "gold").glob("*.json")):
        if held_out(path.stem):
            continue
        record = json.loads((directory / "articles" / path.name).read_text(encoding="utf-8"))
        day = datetime.date.fromisoformat(record["published"]) if record["published"] else None
        annotation = annotation_of(json.loads(path.read_text(encoding="utf-8")))
        facts = extraction.read(record["title"], record["text"], day).to_json(path.stem)
        wanted = canonical(annotation.sections, annotation)["meetings"]
        got = canonical({section: facts[section] for section in SECTIONS}, annotation)["meetings"]
        partner = pairs("meetings", wanted, got)
        if not partner:
            continue
        reading = Reading(Document(record["title"], record["text"], day))
        persons = OfficialReader(reading).read()
        drafts = MeetingReader(reading, GroupReader(reading).read(), persons).read()
        folder, main = Folder(reading, persons, drafts), main_of(drafts)
        folds = [(segment, folder.fold(segment)) for segment in segments_of(reading, drafts)]
        for index, which in partner.items():
            draft, want = drafts[index], wanted[which]
            own = [pair for pair in folds if pair[0].draft is draft]
            tolerated = want.get("accept", {}).get("participants") or []
            for candidate in candidates(draft, got[index]["status"], draft is main, own).values():
                right = any(same_party(candidate.value, party) for party in want["participants"])
                if right or not any(same_party(candidate.value, party) for party in tolerated):
                    yield candidate.features, right


def fit(rows: list[Example]) -> dict[str, float]:
    """Weights of the features that enough examples show, and of the bias."""
    counts = Counter(feature for features, _ in rows for feature in features)
    kept = {feature for feature, count in counts.items() if count >= LEAST_EXAMPLES}
    inputs = [(sorted(features & kept), answer) for features, answer in rows]
    weights = {"bias": 0.0, **dict.fromkeys(sorted(kept), 0.0)}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        slopes = {feature: PENALTY * weight for feature, weight in weights.items()}
        slopes["bias"] = 0.0
        for features, answer in inputs:
            score = weights["bias"] + sum(weights[feature] for feature in features)
            error = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))) - answer
            slopes["bias"] += error
            for feature in features:
                slopes[feature] += error
        for feature, slope in slopes.items():
            squares[feature] += slope * slope
            weights[feature] -= RATE * slope / math.sqrt(squares[feature])
    return weights


def main(directory: Path) -> None:
    rows = list(examples_of(directory))
    found = fit(rows)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows((feature, f"{weight:.3f}") for feature, weight in sorted(found.items()))
    sys.stdout.write(f"{len(rows)} examples, {len(found)} weights written to {WEIGHTS.name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
