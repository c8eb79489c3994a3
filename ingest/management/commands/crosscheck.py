"""`manage.py crosscheck [PATH…]`: do articles attach to the records of the imported facts?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from ingest.crosscheck import KEY, Attached, drifted, in_all, measured, read_key, take_in
from ingest.facts.files import DIRECTORY, FileFault, read_directory
from ingest.facts.importing import import_facts
from ingest.scratch import scratch_register


class Command(BaseCommand):
    help = (
        "Import the facts, take articles in on top, and compare what attached to what with a key made by hand. Works "
        "in a database of its own beside the configured one, dropped afterwards."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, help="article files or directories (default: samples/)")
        parser.add_argument("--key", type=Path, default=KEY, help="the key (default: data/crosscheck/key.csv)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = read_key(options["key"])
            with scratch_register():
                import_facts(read_directory(DIRECTORY))
                intakes = take_in(options["paths"] or [settings.BASE_DIR / "samples"])
                outcomes = measured(key, intakes)
                waiting = drifted()
        except (OSError, KeyError, ValueError, FileFault) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        except OperationalError as error:
            raise CommandError(f"The database server: {' '.join(str(error).split())}") from error
        for kind, outcome in [*outcomes.items(), ("all", in_all(outcomes.values()))]:
            self.stdout.write(_figures(kind, outcome))
        self.stdout.write(f"{len(intakes)} articles; {waiting} fields in the drift inbox")
        for what in ("unread", "doubled", "mixed"):
            for told in getattr(in_all(outcomes.values()), what):
                self.stdout.write(f"{what}: {told.article}@{told.at} {told.kind} {told.thing}")


def _figures(kind: str, outcome: Attached) -> str:
    return (
        f"{kind}: {outcome.told} told, precision {outcome.precision:.3f} ({outcome.right} of {outcome.together} pairs "
        f"put together), recall {outcome.recall:.3f} ({outcome.right} of {outcome.same} pairs of one thing)"
    )
