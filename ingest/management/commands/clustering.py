"""`manage.py clustering`: measure on a set of articles whether those about one meeting become one meeting."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from ingest.clustering import SET, articles_of, described, faults, key_of, measured, take_in
from ingest.scratch import scratch_register


class Command(BaseCommand):
    help = (
        "Take a set of articles in and compare the meetings that come of it with the set's key. Works in a database "
        "of its own beside the configured one, dropped afterwards."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=SET, help="holds key.json and articles/")

    def handle(self, *args: Any, **options: Any) -> None:
        directory = options["directory"]
        try:
            key = key_of(directory)
            with scratch_register():
                take_in(directory, articles_of(key))
                found = measured(key, directory)
        except (OSError, ValueError, TypeError) as error:
            raise CommandError(f"{directory}: {error}") from error
        except OperationalError as error:
            raise CommandError(f"The database server: {' '.join(str(error).split())}") from error
        for what, figure in described(found):
            self.stdout.write(f"{what}: {figure}")
        for what, lines in faults(found).items():
            for line in lines:
                self.stdout.write(f"{what}: {line}")
