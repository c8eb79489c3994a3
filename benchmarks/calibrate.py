#!/usr/bin/env python3
"""Fits how sure the engine is, extraction/calibration_items.csv and _values.csv, and measures how well that holds.

    python benchmarks/calibrate.py [--check] [--first-reading DIR…]

The examples are the first readings in data/gold/first_readings.csv, which are what was read of articles before any rule
was changed for them, as signs and verdicts without their text; and at a fraction of their number the other articles of
data/gold/tune as they are read now. With --first-reading the articles of annotated directories are added to
that file; do it before a rule is changed for them, as it cannot be done afterwards. With --check nothing is written.
Prints how far confidence and share of right values lie apart on first readings, and what share of them is right from
which chance on, by cross-validation: each part of the articles is judged with what all others taught. The test and the
blind half stay unseen.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extraction import calibration, logistic  # noqa: E402
from extraction.calibration_signs import STEPS, Setting, signs_of_item, signs_of_value  # noqa: E402
from extraction.document import Document  # noqa: E402
from extraction.engine import read_uncalibrated  # noqa: E402
from extraction.logistic import Model  # noqa: E402
from extraction.scoring.annotations import SECTIONS, annotation_of  # noqa: E402
from extraction.scoring.grounding import ground  # noqa: E402
from extraction.scoring.judging import Outcome, judge  # noqa: E402
from extraction.scoring.reliability import Rated, bands, calibration_error, published  # noqa: E402

GOLD = ROOT / "data" / "gold" / "tune"
FIRST_READINGS = ROOT / "data" / "gold" / "first_readings.csv"
# What an article that rules were tuned on counts beside one read for the first time.
WORTH_OF_TUNED = 0.25
PENALTY = 3.0
LEAST_EXAMPLES = 5
PARTS = 3
# The reliability of an outlet nobody has rated, and what a value must reach to be published.
RELIABILITY, THRESHOLD = 0.8, 0.5
# Chances for which the curve tells what is right from there on.
LEVELS = (0.0, 0.7, 0.8, 0.85, 0.88, 0.9, 0.92, 0.95)


@dataclass
class Judged:
    """An item or a value with its signs, and whether it is right; `field` is "" for the item itself."""

    item: str
    field: str
    signs: list[str]
    right: bool


@dataclass
class Reading:
    """What was judged of one article; `worth`: how much its examples count."""

    article: str
    worth: float
    judged: list[Judged] = field(default_factory=list)

    def items(self) -> dict[str, Judged]:
        return {one.item: one for one in self.judged if not one.field}

    def values(self) -> list[Judged]:
        return [one for one in self.judged if one.field]


def reading_of(path: Path, worth: float) -> Reading:
    """What is read of one annotated article now."""
    raw = json.loads((path.parent.parent / "articles" / path.name).read_text(encoding="utf-8"))
    day = datetime.date.fromisoformat(raw["published"]) if raw.get("published") else None
    document = Document(raw["title"], raw["text"], day)
    facts = read_uncalibrated(document)
    setting = Setting(facts, document)
    annotation = annotation_of(json.loads(path.read_text(encoding="utf-8")))
    outcomes = judge(annotation, ground(facts.to_json(path.stem), document.content))
    items: dict[tuple[str, int], bool] = {}
    values: list[tuple[str, int, str, object, bool]] = []
    for one in outcomes:
        section = one.row.partition(".")[0]
        if one.item is None:
            continue
        if one.row == section:
            items[section, one.item] = one.outcome is not Outcome.WRONG
        if one.field is not None and one.value is not None:
            values.append((section, one.item, one.field, one.value, one.outcome is not Outcome.WRONG))
    reading = Reading(f"{path.parent.parent.name}/{path.stem}", worth)
    for (section, index), right in items.items():
        reading.judged.append(Judged(f"{section}@{index}", "", signs_of_item(setting, section, index), right))
    for section, index, name, value, right in values:
        item = getattr(facts, section)[index]
        several = isinstance(getattr(item, name), tuple)
        shown = [e for e in item.evidence if e.field == name and (not several or e.value == value)]
        if shown and (section, index) in items:
            surest = max(shown, key=lambda e: e.confidence)
            signs = signs_of_value(setting, section, item, surest)
            reading.judged.append(Judged(f"{section}@{index}", f"{section}.{name}", signs, right))
    return reading


def tuning_articles(first: Sequence[Reading]) -> list[Reading]:
    """What is read now of the articles that rules were tuned on, other than those whose first reading is known."""
    known = {reading.article for reading in first}
    paths = [path for path in sorted((GOLD / "gold").glob("*.json")) if f"tune/{path.stem}" not in known]
    return [reading_of(path, WORTH_OF_TUNED) for path in paths]


def in_short(signs: Sequence[str]) -> list[str]:
    """Of the bounds that a number reaches only the highest."""
    highest = {sign.partition(" ")[0]: sign for sign in signs}
    return [sign for sign in signs if (name := sign.partition(" ")[0]) not in STEPS or sign == highest[name]]


def spelt_out(signs: Sequence[str]) -> list[str]:
    """The same with the lower bounds again."""
    found: list[str] = []
    for sign in signs:
        name, _, reached = sign.partition(" ")
        if name in STEPS:
            found += [f"{name} {bound}" for bound in STEPS[name] if bound <= float(reached)]
        else:
            found.append(sign)
    return found


def first_readings() -> list[Reading]:
    """What the file holds, by article."""
    found: dict[str, Reading] = {}
    if FIRST_READINGS.exists():
        with FIRST_READINGS.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                reading = found.setdefault(row["article"], Reading(row["article"], 1.0))
                of = row["field"] or row["item"].partition("@")[0]
                signs = [f"{of} {sign}".strip() for sign in spelt_out(row["signs"].split("; "))]
                reading.judged.append(Judged(row["item"], row["field"], signs, row["right"] == "1"))
    return list(found.values())


def record(directories: Sequence[Path]) -> None:
    """Adds readings of annotated articles; one that the file has already is an error."""
    known = {reading.article for reading in first_readings()}
    new = [reading_of(path, 1.0) for each in directories for path in sorted((each / "gold").glob("*.json"))]
    for reading in new:
        if reading.article in known:
            sys.exit(f"{FIRST_READINGS.name}: {reading.article} is there already")
    fresh = not FIRST_READINGS.exists()
    with FIRST_READINGS.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        if fresh:
            writer.writerow(("article", "item", "field", "right", "signs"))
        for reading in new:
            for one in reading.judged:
                of = one.field or one.item.partition("@")[0]
                signs = [sign.removeprefix(of).strip() for sign in one.signs]
                row = (reading.article, one.item, one.field, int(one.right), "; ".join(in_short(signs)))
                writer.writerow(row)


def fit(readings: Iterable[Reading]) -> tuple[Model, Model]:
    """Models of items and of values, the latter taught by values of items that are there.

    A field of which first readings have hardly a value is not measured: its values keep what their rules state.
    """
    readings = list(readings)
    measured = Counter(one.field for reading in readings if reading.worth == 1.0 for one in reading.values())
    items: list[tuple[logistic.Example, float]] = []
    values: list[tuple[logistic.Example, float]] = []
    for reading in readings:
        there = {name for name, one in reading.items().items() if one.right}
        items += [((one.signs, one.right), reading.worth) for one in reading.items().values()]
        values += [
            ((one.signs, one.right), reading.worth)
            for one in reading.values()
            if one.item in there and measured[one.field] >= LEAST_EXAMPLES
        ]
    models = []
    for examples in (items, values):
        model = Model(calibration.ITEMS.path)
        model.weights = logistic.fit([e for e, _ in examples], PENALTY, LEAST_EXAMPLES, [w for _, w in examples])
        models.append(model)
    return models[0], models[1]


@dataclass(frozen=True)
class Judgement:
    """A value with the chance that the models give it, and as the engine states it."""

    chance: float
    stated: Rated


def judged_with(reading: Reading, items: Model, values: Model) -> list[Judgement]:
    """The values of one article, judged by the models."""
    there = {name: items.probability(one.signs) for name, one in reading.items().items()}
    found = []
    for one in reading.values():
        chance = there[one.item] * values.probability(one.signs)
        found.append(Judgement(chance, Rated(calibration.vouched(chance, one.field), one.right, one.field)))
    return found


def report(name: str, judgements: Sequence[Judgement]) -> None:
    """Calibration error, published values and the reliability table."""
    values = [one.stated for one in judgements]
    chances = [replace(one.stated, confidence=one.chance) for one in judgements]
    print(f"\n{name}: error {calibration_error(values):.3f}, of chances {calibration_error(chances):.3f}")
    print("  confidence      values   mean  right")
    for band in bands(values):
        if band.values:
            span = f"[{band.low:.2f}, {band.high:.2f})"
            print(f"  {span}  {band.values:6}  {band.confidence:.3f}  {band.share_right:.3f}")
    report_published("  all", values)
    for section in SECTIONS:
        report_published(f"  {section}", [v for v in values if v.field.startswith(section)])


def report_published(name: str, values: Sequence[Rated]) -> None:
    """How much one article of an unrated outlet publishes, and how much of that is right."""
    shown, right = published(values, RELIABILITY, THRESHOLD)
    print(f"{name:20} published {shown:5} of {len(values):5}, right {right / max(1, shown):.3f}")


def curve(judgements: Sequence[Judgement]) -> None:
    """For every kind of item and some levels: which share of values has that chance, which share of these is right."""
    print("  from a chance of    " + "".join(f"{level:>14.2f}" for level in LEVELS))
    for section in SECTIONS:
        of = [one for one in judgements if one.stated.field.startswith(section)]
        row = ""
        for level in LEVELS:
            above = [one.stated.right for one in of if one.chance >= level]
            row += f"{len(above) / max(1, len(of)):7.2f} {sum(above) / max(1, len(above)):.3f} "
        print(f"  {section:20}{row}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--first-reading", nargs="+", default=[], type=Path, metavar="DIR", help="annotated articles")
    options = parser.parse_args()
    record(options.first_reading)
    first = first_readings()
    rest = tuning_articles(first)
    crossed: dict[str, list[Judgement]] = defaultdict(list)
    names = sorted({reading.article for reading in first})
    part_of = {name: index % PARTS for index, name in enumerate(names)}
    for part in range(PARTS):
        models = fit([*rest, *(reading for reading in first if part_of[reading.article] != part)])
        for one in first:
            if part_of[one.article] == part:
                crossed[one.article.partition("/")[0]] += judged_with(one, *models)
    everything = [judgement for judgements in crossed.values() for judgement in judgements]
    report(f"{len(first)} first readings, cross-validated", everything)
    curve(everything)
    for name, judgements in crossed.items():
        report_published(f"  {name}", [one.stated for one in judgements])
    items, values = fit([*first, *rest])
    report("articles rules were tuned on", [one for reading in rest for one in judged_with(reading, items, values)])
    if not options.check:
        logistic.write(calibration.ITEMS.path, items.weights)
        logistic.write(calibration.VALUES.path, values.weights)


if __name__ == "__main__":
    main()
