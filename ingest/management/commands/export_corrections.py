"""`manage.py export_corrections DIR`: what editors decided, as annotated articles that `evaluate` scores."""

import json
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ingest.corrections import annotation_of, article_id, article_of, touched_runs
from ingest.facts.export.writing import one_state


class Command(BaseCommand):
    help = (
        "Write every article that editors decided on, with their decisions as its annotation, for evaluate. "
        "The texts belong to their publishers: keep the directory with the deployment."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="a directory that does not exist yet, or is empty")

    def handle(self, *args: object, **options: object) -> None:
        directory = Path(str(options["directory"])).absolute()
        try:
            if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
                raise CommandError(f"{directory}: is not an empty directory; name a new one")
            directory.parent.mkdir(parents=True, exist_ok=True)
            # Beside its place, and moved there once whole: an interrupted export leaves nothing that looks like one.
            made = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
            try:
                count = write(made)
                made.chmod(0o755)
                made.replace(directory)
            finally:
                shutil.rmtree(made, ignore_errors=True)
        except OSError as error:
            raise CommandError(f"{error.filename or directory}: {error.strerror or error}") from None
        told = "" if count else " Nobody has decided yet on anything that was read of an article."
        self.stdout.write(f"{count} articles with editors' decisions.{told}")


def write(directory: Path) -> int:
    """Fill articles/ and gold/ there; returns how many articles."""
    for part in ("articles", "gold"):
        (directory / part).mkdir()
    count = 0
    with one_state():
        for run in touched_runs():
            annotation = annotation_of(run)
            if annotation is None:
                continue
            count += 1
            for part, content in (("articles", article_of(run)), ("gold", annotation)):
                text = json.dumps(content, ensure_ascii=False, indent=1)
                (directory / part / f"{article_id(run)}.json").write_text(text + "\n", encoding="utf-8")
    return count
