"""`manage.py extract FILE|DIR…`: read article files into facts, one JSON object a line. Needs no database."""

from __future__ import annotations

import datetime
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import extraction


class UnreadableArticle(Exception):
    """A file that is not an article; the message says what is wrong with it."""


class Command(BaseCommand):
    help = "Read article files (a directory: every *.json in it) and print the facts, one JSON object a line."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in article_files(options["paths"]):
            try:
                line = facts_of(path)
            except UnreadableArticle as fault:
                failed += 1
                self.stderr.write(f"{path}: {fault}")
            else:
                self.stdout.write(line)
        if failed:
            raise SystemExit(1)


def article_files(paths: list[Path]) -> list[Path]:
    """The files named, directories replaced by the *.json files in them, in name order."""
    files: list[Path] = []
    for path in paths:
        files.extend(sorted(path.glob("*.json")) if path.is_dir() else [path])
    if not files:
        raise CommandError("no article files found; name a file, or a directory that holds *.json files")
    return files


def facts_of(path: Path) -> str:
    """One article file as a line of the interchange format."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableArticle(f"cannot be read ({error.strerror or error})") from error
    try:
        article = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"is not UTF-8 text (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(f"is not JSON ({error})") from error
    if not isinstance(article, dict):
        raise UnreadableArticle("is not an article: the file must hold one JSON object")
    for name in ("title", "text"):
        if not isinstance(article.get(name), str) or (name == "text" and not article[name].strip()):
            raise UnreadableArticle(f"is not an article: {name!r} is missing or empty")
    facts = extraction.read(article["title"], article["text"], published_of(article))
    return json.dumps(facts.to_json(str(article.get("id") or path.stem)), ensure_ascii=False)


def published_of(article: dict[str, Any]) -> datetime.date | None:
    """The publication date of an article file, None where it gives none."""
    value = article.get("published")
    if value is None or value == "":
        return None
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise UnreadableArticle(f"'published' is no date: {value!r} (expected YYYY-MM-DD)") from error
