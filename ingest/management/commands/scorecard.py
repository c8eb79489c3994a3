"""`manage.py scorecard`: measure the engine and write docs/scorecard.md. Only clustering needs a database server."""

from __future__ import annotations

import platform
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

import extraction
from extraction.scoring.evaluation import evaluate
from extraction.scoring.speed import ROUNDS, measure
from ingest.clustering import HELD_OUT, SET, Clustered, articles_of, described, key_of, measured, take_in
from ingest.management.commands.evaluate import examples_of, report_of
from ingest.scratch import scratch_register

# What decides the figures: a change here that is not committed makes the commit in the head untrue.
MEASURED = ("extraction", "data/gold")
CLUSTERED = ("extraction", "evidence", "people", "meetings", "funding", "ingest", "data/clustering", "data/reference")
TUNE = "Own articles: tune half"
TEST = "Own articles: test half"
BLIND = "Own articles: blind half"
DEVELOPMENT = "Development articles (kept outside the project)"
CORRECTIONS = "Values decided by editors (kept with their deployment)"
CLUSTERING = "## Clustering"


class Command(BaseCommand):
    help = "Measure the engine on the annotated articles of data/gold and write docs/scorecard.md."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--development", type=Path, metavar="DIR", help="annotated articles kept elsewhere, printed first"
        )
        parser.add_argument(
            "--corrections", type=Path, metavar="DIR", help="what export_corrections wrote, printed last"
        )
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "docs" / "scorecard.md", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        gold = settings.BASE_DIR / "data" / "gold"
        directories = {TUNE: gold / "tune", TEST: gold / "test", BLIND: gold / "blind"}
        command = "python manage.py scorecard"
        if options["development"]:
            directories = {DEVELOPMENT: options["development"], **directories}
            # Where the directory lies on this machine is nobody's business.
            command += " --development DIR"
        if options["corrections"]:
            directories[CORRECTIONS] = options["corrections"]
            command += " --corrections DIR"
        sets = {heading: examples_of(directory) for heading, directory in directories.items()}
        reports = {
            heading: report_of(evaluate(examples), measure([example.article for example in examples]))
            for heading, examples in sets.items()
        }
        output = options["output"]
        try:
            former = output.read_text(encoding="utf-8") if output.exists() else ""
        except OSError as error:
            raise CommandError(f"{output}: cannot be read ({error.strerror or error})") from error
        text = scorecard(command, reports) + self._clustering(former)
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output}: cannot be written ({error.strerror or error})") from error
        self.stdout.write(f"wrote {options['output']}")

    def _clustering(self, former: str) -> str:
        """The section on clustering, measured anew; as it stood where no database server can be reached."""
        try:
            found = {}
            for heading, directory in {"Own set": SET, "Held-out set": HELD_OUT}.items():
                key = key_of(directory)
                with scratch_register():
                    take_in(directory, articles_of(key))
                    found[heading] = measured(key, directory)
            return clustering(found)
        except OperationalError as error:
            self.stderr.write(f"Clustering was not measured: {' '.join(str(error).split())}")
            _, heading, section = former.partition(f"\n{CLUSTERING}\n")
            return heading + section


def clustering(found: dict[str, Clustered]) -> str:
    """The section on clustering as Markdown, a column a set."""
    rows = zip(*(described(one) for one in found.values()), strict=True)
    lines = [
        "",
        CLUSTERING,
        "",
        f"Measured by `python manage.py clustering` on {measured_on(*CLUSTERED)}: articles written for this project,",
        "taken in as any other, and the meetings that came of them held against a key made by hand. They give wrong",
        "numbers and days, spellings, corrections, postponements and edited copies on purpose. Rules of clustering",
        "were worked out on the first set, whose figures show fit; the second was written after them, and no rule was",
        "changed for it.",
        "",
        *_markdown(["", *found], [[row[0][0], *(figure for _, figure in row)] for row in rows]),
    ]
    return "\n".join(lines) + "\n"


_ON_CORRECTIONS = [
    "",
    "Of what editors decided on only the values decided count, and editors are asked about what is doubtful or wrong:",
    "these figures are lower than those of whole articles and show change over time, not skill.",
]


def scorecard(command: str, reports: dict[str, dict[str, Any]]) -> str:
    """The scorecard as Markdown; `reports` by heading, each as `report_of` gives it."""
    head = [
        "# Scorecard: how well articles are read",
        "",
        f"Built by `{command}`, measured on {measured_on()}.",
        f"Engine `{extraction.ENGINE}`, version {extraction.VERSION}.",
        "",
        "Rules were written on the development articles and the tune half, and confidences fitted to it too:",
        "their figures, reliability included, show fit and not skill. No rule was written for an article of the test",
        "half, but it was scored as a whole several times while rules were written, so that it is not wholly blind.",
        "The blind half was written apart from the rules and is scored rarely, and only as a whole.",
        "",
        "An annotated item that was read is right, one that was not is missed, an invented one is wrong; its values",
        "count in the same way. A value without a true quote counts as wrong and as missed. Rows without a dot are",
        "items, rows with `.*` items and values together. `python manage.py evaluate DIR` prints the same for any",
        "directory of annotated articles.",
        *(_ON_CORRECTIONS if CORRECTIONS in reports else ()),
        "",
        "## Summary",
        "",
        *_summary(reports),
    ]
    return (
        "\n".join([*head, *(line for heading, report in reports.items() for line in _section(heading, report))]) + "\n"
    )


def measured_on(*paths: str) -> str:
    """The commit of the checkout, and whether what decides the figures, in these places, differs from it."""
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--", *(paths or MEASURED))
    except (OSError, subprocess.CalledProcessError):
        return "an unknown commit (not a git checkout)"
    return f"commit {commit}" + (" with uncommitted changes" if changed else "")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=settings.BASE_DIR, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _summary(reports: dict[str, dict[str, Any]]) -> list[str]:
    """One column a directory, one row a figure."""

    def f1(row: str) -> list[str]:
        return [_share(report["rows"].get(row, {}).get("f1")) for report in reports.values()]

    published = [report["published"] for report in reports.values()]
    rows = [
        ("Articles", [str(report["articles"]) for report in reports.values()]),
        ("Overall F1", f1("all")),
        ("95 % bootstrap interval", ["{:.3f} to {:.3f}".format(*report["f1_95"]) for report in reports.values()]),
        ("Meetings found, F1", f1("meetings")),
        ("Contact groups found, F1", f1("contact_groups")),
        ("Officials found, F1", f1("officials")),
        ("Packages found, F1", f1("packages")),
        ("Precision of values above the publication threshold", [_share(one["precision"]) for one in published]),
        ("Negative articles with a false meeting or package", [_alarms(report) for report in reports.values()]),
        ("Values with a true quote", ["{} of {}".format(*report["grounded"]) for report in reports.values()]),
    ]
    return _markdown(["", *reports], [[name, *cells] for name, cells in rows])


def _alarms(report: dict[str, Any]) -> str:
    """A count only: which articles of the test half fail must not steer the rules."""
    return f"{len(report['negative_articles_with_false_alarms'])} of {report['negative_articles']}"


def _section(heading: str, report: dict[str, Any]) -> list[str]:
    published, speed = report["published"], report["speed"]
    fields = [
        [
            f"`{name}`",
            *(_share(r[f]) for f in ("precision", "recall", "f1")),
            *map(str, (r["right"], r["wrong"], r["missed"])),
        ]
        for name, r in report["rows"].items()
    ]
    bands = [
        [
            f"{band['from']:.2f} to {'' if band is report['reliability'][-1] else 'under '}{band['to']:.2f}",
            str(band["values"]),
            str(band["right"]),
            _share(band["confidence"]),
            _share(band["share_right"]),
        ]
        for band in report["reliability"]
    ]
    return [
        "",
        f"## {heading}",
        "",
        *_markdown(["", "Precision", "Recall", "F1", "Right", "Wrong", "Missed"], fields),
        "",
        "### Reliability",
        "",
        *_markdown(["Confidence", "Values", "Right", "Mean confidence", "Share right"], bands),
        "",
        f"Expected calibration error {_share(report['expected_calibration_error'])}.",
        "An outlet of default reliability alone publishes a value where confidence × "
        f"{published['outlet_reliability']:g} is {published['threshold']:g} or more;",
        f"{published['right']} of {published['values']} such values are right.",
        "",
        "### Speed",
        "",
        f"Processor time of one core ({processor()}, Python {platform.python_version()}), medians of {ROUNDS} rounds.",
        "",
        *_markdown(
            ["", "A second"],
            [
                ["Words read, relevant articles", str(speed["words_per_second"])],
                ["Relevant articles of 600 words", f"{speed['articles_of_600_words_per_second']:.1f}"],
                [
                    "Articles of 600 words turned down by the relevance gate",
                    str(speed["gate_articles_of_600_words_per_second"] or "–"),
                ],
            ],
        ),
        "",
        "The gate lets through {} of {} articles that have something to read.".format(*report["gate"]),
    ]


def processor() -> str:
    """The processor's name where the system tells it, else the architecture."""
    try:
        described = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        described = ""
    names = [line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _markdown(head: list[str], rows: list[list[str]]) -> list[str]:
    """A table whose columns line up in the source too, figures to the right."""
    widths = [max(3, *(len(row[i]) for row in (head, *rows))) for i in range(len(head))]

    def line(cells: list[str]) -> str:
        padded = [cells[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True))]
        return f"| {' | '.join(padded)} |"

    rule = ["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    return [line(head), f"| {' | '.join(rule)} |", *map(line, rows)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
