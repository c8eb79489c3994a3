"""`manage.py import_facts [DIR] [--dry-run]`: brings the register in line with files of facts."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.facts.files import DIRECTORY, FileFault
from ingest.facts.running import import_directory, report_of


class Command(BaseCommand):
    help = "Import files of facts: rows on citations, into the records that articles feed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory", nargs="?", type=Path, default=DIRECTORY, help="where the files are (default: data/register)"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: object, **options: object) -> None:
        directory, dry_run = Path(str(options["directory"])), bool(options["dry_run"])
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as progress:
            bar = progress.add_task("Importing facts", total=None)
            try:
                outcome = import_directory(
                    directory,
                    dry_run=dry_run,
                    progress=lambda file, done, total: progress.update(bar, completed=done, total=total),
                )
            except (FileFault, OSError) as fault:
                raise CommandError(str(fault)) from None
        if not outcome.files:
            self.stdout.write("The facts are those that were imported last.")
            return
        self.stdout.write(report_of(outcome) if dry_run else "\n".join(map(str, outcome.files)))
        if not dry_run:
            self.stdout.write(f"{outcome.records} records changed.")
        for fault in outcome.faults:
            self.stderr.write(str(fault))
        if outcome.faults:
            many = len(outcome.faults)
            raise CommandError(f"{many} fault{'s' if many > 1 else ''}; the rows named above were left out.")
