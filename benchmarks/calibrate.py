#!/usr/bin/env python3
"""Measures how often each rule is right on the articles rules are tuned on, and writes extraction/calibration.csv.

    python benchmarks/calibrate.py [--check] [--first-reading NUMBER…]

Prints how far confidence and share of right values lie apart: as the rules state it, and on first readings by
cross-validation, each part of their articles judged with what the tuning articles and the other parts taught. With
--check nothing is written. With --first-reading the values of these new tuning articles are added to
data/gold/first_readings.csv first: do it before any rule is changed for them, as it cannot be done afterwards.
Only data/gold/tune and that file are read; the test and the blind half stay unseen.
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
FIRST_READINGS = ROOT / "data" / "gold" / "first_readings.csv"
PARTS = 6
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


def first_readings() -> dict[str, list[Judged]]:
    """By article, what was judged before rules were tuned on it."""
    found: dict[str, list[Judged]] = {}
    with FIRST_READINGS.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            one = Judged(row["field"], row["rule"], float(row["confidence"]), row["right"] == "1")
            found.setdefault(row["article"], []).append(one)
    return found


def record(numbers: Sequence[str]) -> None:
    """Adds the values of articles read for the first time; an article that has been read before is an error."""
    known = first_readings()
    for number in numbers:
        if number in known:
            sys.exit(f"{FIRST_READINGS.name}: article {number} has its first reading already")
    with FIRST_READINGS.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        for number in numbers:
            for v in values_of(GOLD / "gold" / f"{number}.json"):
                writer.writerow((number, v.field, v.rule, v.confidence, int(v.right)))


def applied(values: Sequence[Judged], ratings: list[calibration.Rating]) -> list[Rated]:
    """Values with the confidence that others teach."""
    table = {(r.field, r.rule): r.shift for r in ratings}
    return [
        Rated(
            round(
                calibration.stated(
                    calibration.shifted(v.confidence, table.get((v.field, v.rule), table.get((v.field, ""), 0.0)))
                ),
                2,
            ),
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
    parser.add_argument("--first-reading", nargs="+", default=[], metavar="NUMBER", help="tuning articles just added")
    options = parser.parse_args()
    record(options.first_reading)
    first = first_readings()
    tuned = [value for path in sorted((GOLD / "gold").glob("*.json")) for value in values_of(path)]
    report("tuning articles, as stated", [Rated(v.confidence, v.right, v.field, v.rule) for v in tuned])
    crossed: list[Rated] = []
    for part in range(PARTS):
        others = [v for i, values in enumerate(first.values()) if i % PARTS != part for v in values]
        ratings = calibration.fit(tuned, others)
        crossed += [
            one for i, values in enumerate(first.values()) if i % PARTS == part for one in applied(values, ratings)
        ]
    report("first readings, cross-validated", crossed)
    if not options.check:
        with calibration.FILE.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(("field", "rule", "values", "right", "first_values", "first_right", "shift"))
            writer.writerows(
                (r.field, r.rule, r.values, r.right, r.first_values, r.first_right, r.shift)
                for r in calibration.fit(tuned, [v for values in first.values() for v in values])
            )


if __name__ == "__main__":
    main()
