"""`manage.py export_facts DIR`: the whole register as the files that import_facts reads."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ingest.facts.export.leftovers import FILE as LEFT_OUT
from ingest.facts.export.writing import write_directory


class Command(BaseCommand):
    help = (
        "Write the whole register as the files of facts that import_facts reads, with datapackage.json, and "
        f"{LEFT_OUT} for what these files have no place for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="where to write; files of these names are replaced")

    def handle(self, *args: object, **options: object) -> None:
        directory = Path(str(options["directory"]))
        try:
            sizes = write_directory(directory)
        except OSError as error:
            raise CommandError(f"{error.filename or directory}: {error.strerror or error}") from None
        for name, size in sizes.items():
            self.stdout.write(f"{name}: {size:,} bytes")
