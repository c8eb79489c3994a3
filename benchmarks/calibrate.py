#!/usr/bin/env python3
"""Measures how often each rule is right on the articles rules are tuned on, and writes extraction/calibration.csv.

    python benchmarks/calibrate.py [--check]

Prints how far confidence and share of right values lie apart: as the rules state it, and by cross-validation, where
each half of the articles is judged with what the other half taught. With --check nothing is written. Only
data/gold/tune is read; the test half stays unseen.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extraction import calibration  # noqa: E402
from extraction.calibration import Judged  # noqa: E402
from extraction.engine import read_uncalibrated  # noqa: E402
from extraction.scoring.annotations import Article, annotation_of  # noqa: E402
from extraction.scoring.grounding import ground  # noqa: E402
from extraction.scoring.judging import judge  # noqa: E402
from extraction.scoring.reliability import Rated, bands, calibration_error, published, rated  # noqa: E402

GOLD = ROOT / "data" / "gold" / "tune"
# The reliability of an outlet nobody has rated, and what a value must reach to be published.
RELIABILITY, THRESHOLD = 0.8, 0.5


def values_of(path: Path) -> list[Judged]:
    """The judged values of one annotated article."""
    raw = json.loads((GOLD / "articles" / path.name).read_text(encoding="utf-8"))
    published_on = datetime.date.fromisoformat(raw["published"]) if raw.get("published") else None
    article = Article(path.stem, raw["title"], raw["text"], published_on)
    annotation = annotation_of(json.loads(path.read_text(encoding="utf-8")))
    facts = read_uncalibrated(article.title, article.text, article.published).to_json(article.id)
    found = rated(judge(annotation, ground(facts, article.content)), facts)
    return [Judged(v.field, v.rule, v.confidence, v.right) for v in found]


def applied(values: Sequence[Judged], taught: list[Judged]) -> list[Rated]:
    """Values with the confidence that others teach."""
    table = {(r.field, r.rule): r.shift for r in calibration.fit(taught)}
    return [
        Rated(
            round(calibration.shifted(v.confidence, table.get((v.field, v.rule), table.get((v.field, ""), 0.0))), 2),
            v.right,
            v.field,
            v.rule,
        )
        for v in values
    ]


def report(name: str, values: list[Rated]) -> None:
    shown, right = published(values, RELIABILITY, THRESHOLD)
    error = calibration_error(values)
    print(f"\n{name}: error {error:.3f}; published {shown} of {len(values)}, right {right / max(1, shown):.3f}")
    print("  confidence      values   mean  right")
    for band in bands(values):
        if band.values:
            span = f"[{band.low:.2f}, {band.high:.2f})"
            print(f"  {span}  {band.values:6}  {band.confidence:.3f}  {band.share_right:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    write = not parser.parse_args().check
    articles = [values_of(path) for path in sorted((GOLD / "gold").glob("*.json"))]
    everything = [value for article in articles for value in article]
    halves = [[v for article in articles[start::2] for v in article] for start in (0, 1)]
    report("as stated", [Rated(v.confidence, v.right, v.field, v.rule) for v in everything])
    report("cross-validated", [*applied(halves[0], halves[1]), *applied(halves[1], halves[0])])
    if write:
        with calibration.FILE.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(("field", "rule", "values", "right", "shift"))
            writer.writerows((r.field, r.rule, r.values, r.right, r.shift) for r in calibration.fit(everything))


if __name__ == "__main__":
    main()
