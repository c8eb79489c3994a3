"""`manage.py evaluate DIR…`: read annotated articles and say how well. Needs no database, broker or network."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from extraction.scoring.annotations import Annotation, Article, Example, NotInFormat, annotation_of
from extraction.scoring.evaluation import Evaluation, evaluate
from extraction.scoring.reliability import bands, calibration_error, published
from extraction.scoring.speed import Speed, measure
from extraction.scoring.tally import Tally
from ingest.management.commands.extract import UnreadableArticle, published_of


class Command(BaseCommand):
    help = "Read the articles under DIR/articles, compare with the annotations under DIR/gold, and print the figures."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directories", nargs="+", type=Path, metavar="DIR")
        parser.add_argument("--per-article", action="store_true", help="the overall figures of each article as well")
        parser.add_argument("--json", action="store_true", help="one JSON object a directory and line")

    def handle(self, *args: Any, **options: Any) -> None:
        # A fault in the last directory is said before the first is read.
        sets = [(directory, examples_of(directory)) for directory in options["directories"]]
        for directory, examples in sets:
            result = evaluate(examples)
            speed = measure([example.article for example in examples])
            report = report_of(result, speed, per_article=options["per_article"])
            if options["json"]:
                self.stdout.write(json.dumps({"directory": str(directory), **report}))
            else:
                self.stdout.write(f"{directory}\n\n{printed(report)}\n")


def examples_of(directory: Path) -> list[Example]:
    """The articles of `directory`/articles with their annotations in `directory`/gold, in name order.

    Raises CommandError where the directory or a file in it is not in the format.
    """
    if not directory.is_dir():
        raise CommandError(f"{directory}: is not a directory; name one that holds articles/ and gold/")
    names = {}
    for part in ("articles", "gold"):
        if not (directory / part).is_dir():
            raise CommandError(f"{directory}: has no directory {part}/; it must hold articles/ and gold/")
        names[part] = {path.name for path in (directory / part).glob("*.json")}
    for part, other in (("articles", "gold"), ("gold", "articles")):
        alone = sorted(names[part] - names[other])
        if alone:
            raise CommandError(f"{directory / part / alone[0]}: has no counterpart {directory / other / alone[0]}")
    if not names["gold"]:
        raise CommandError(f"{directory}: holds no *.json in articles/ and gold/")
    return [_example(directory, name) for name in sorted(names["gold"])]


def _example(directory: Path, name: str) -> Example:
    article_path, gold_path = directory / "articles" / name, directory / "gold" / name
    article = _article(article_path)
    annotation = _annotation(gold_path)
    if annotation.id != article.id:
        raise CommandError(f"{gold_path}: 'id' is {annotation.id!r}, that of its article is {article.id!r}")
    return Example(article, annotation)


def _article(path: Path) -> Article:
    record = _json(path)
    if not isinstance(record, dict):
        raise CommandError(f"{path}: is not an article: the file must hold one JSON object")
    for name in ("id", "title", "text"):
        if not isinstance(record.get(name), str) or (name == "text" and not record[name].strip()):
            raise CommandError(f"{path}: is not an article: {name!r} is missing or empty")
    try:
        return Article(record["id"], record["title"], record["text"], published_of(record))
    except UnreadableArticle as fault:
        raise CommandError(f"{path}: {fault}") from fault


def _annotation(path: Path) -> Annotation:
    try:
        return annotation_of(_json(path))
    except NotInFormat as fault:
        raise CommandError(f"{path}: {fault}") from fault


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{path}: is not JSON ({error})") from error


def report_of(result: Evaluation, speed: Speed, *, per_article: bool = False) -> dict[str, Any]:
    """Every figure of one directory, JSON-serialisable. Shares and confidences are 0 to 1; None means no values."""
    values = result.values
    shown, right = published(values, settings.OUTLET_RELIABILITY, settings.PUBLICATION_THRESHOLD)
    report: dict[str, Any] = {
        "articles": len(result.articles),
        "rows": {row: _figures(tally) for row, tally in result.rows.items()},
        "f1": round(result.total.f1, 4),
        "f1_95": [round(end, 4) for end in result.interval],
        "negative_articles": result.negatives,
        "negative_articles_with_false_alarms": result.false_alarms,
        "grounded": [sum(a.shown for a in result.articles), sum(a.given for a in result.articles)],
        "articles_with_ungrounded_values": result.ungrounded,
        "published": {
            "outlet_reliability": settings.OUTLET_RELIABILITY,
            "threshold": settings.PUBLICATION_THRESHOLD,
            "values": shown,
            "right": right,
            "precision": round(right / shown, 4) if shown else None,
        },
        "reliability": [
            {
                "from": band.low,
                "to": band.high,
                "values": band.values,
                "right": band.right,
                "confidence": None if band.confidence is None else round(band.confidence, 4),
                "share_right": None if band.share_right is None else round(band.share_right, 4),
            }
            for band in bands(values)
        ],
        "expected_calibration_error": _rounded(calibration_error(values)),
        "speed": {
            "relevant_articles": speed.relevant,
            "words_per_second": round(speed.read_words),
            "articles_of_600_words_per_second": round(speed.read_articles, 1),
            "gate_articles_of_600_words_per_second": None
            if speed.gate_articles is None
            else round(speed.gate_articles),
        },
        "gate": [result.gate_passed, result.gate_expected],
    }
    if per_article:
        report["per_article"] = {article.id: _figures(article.total) for article in result.articles}
    return report


def _figures(tally: Tally) -> dict[str, float]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": tally.right,
        "wrong": tally.wrong,
        "missed": tally.missed,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def printed(report: dict[str, Any]) -> str:
    """A report as lines for a terminal."""
    published_, (shown, given), (passed, expected) = report["published"], report["grounded"], report["gate"]
    low, high = report["f1_95"]
    alarms, speed = report["negative_articles_with_false_alarms"], report["speed"]
    gate_speed = speed["gate_articles_of_600_words_per_second"] or "–"
    ungrounded = report["articles_with_ungrounded_values"]
    lines = [
        *_table(report["rows"]),
        "",
        f"{report['articles']} articles, overall F1 {report['f1']:.3f}, 95 % interval {low:.3f} to {high:.3f}",
        f"negative articles with a false meeting or package: {len(alarms)} of {report['negative_articles']}"
        + (f" ({', '.join(alarms)})" if alarms else ""),
        f"values with a true quote: {shown} of {given}"
        + (f"; articles with a value lacking one: {', '.join(ungrounded)}" if ungrounded else ""),
        f"right of the values published (confidence x {published_['outlet_reliability']:g} >= "
        f"{published_['threshold']:g}): {published_['right']} of {published_['values']} = "
        f"{_share(published_['precision'])}",
        "",
        "confidence      values  right   mean  share right",
    ]
    for band in report["reliability"]:
        closing = "]" if band is report["reliability"][-1] else ")"
        name = f"[{band['from']:.2f}, {band['to']:.2f}{closing}"
        lines.append(
            f"{name:14}{band['values']:8}{band['right']:7}{_share(band['confidence']):>7}{_share(band['share_right']):>13}"
        )
    lines += [
        f"expected calibration error {_share(report['expected_calibration_error'])}",
        "",
        f"reading, one core: {speed['words_per_second']} words/s = {speed['articles_of_600_words_per_second']:.1f} "
        f"articles of 600 words/s ({speed['relevant_articles']} relevant articles)",
        f"relevance gate, one core, on text it turns down: {gate_speed} articles of 600 words/s; "
        f"lets through {passed} of {expected} articles with something to read",
    ]
    if "per_article" in report:
        lines += ["", *_table(report["per_article"])]
    return "\n".join(lines)


def _table(rows: dict[str, dict[str, float]]) -> list[str]:
    head = f"{'':30}precision  recall     F1  right  wrong missed"
    return [
        head,
        *(
            f"{name:30}{r['precision']:9.3f}{r['recall']:8.3f}{r['f1']:7.3f}{r['right']:7}{r['wrong']:7}{r['missed']:7}"
            for name, r in rows.items()
        ),
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
