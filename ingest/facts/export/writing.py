"""Writes an export: to a directory, or as one archive to be downloaded; rows are never held all at once."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connection, transaction

from ingest.facts.export import datapackage
from ingest.facts.export.derived import Derived
from ingest.facts.export.leftovers import FILE as LEFT_OUT
from ingest.facts.export.leftovers import Leftovers
from ingest.facts.export.names import Names, imported
from ingest.facts.files import COLUMNS, pieces

# Rows that refer to others come after them; sources.csv names pages that the others cite.
ORDER = [*(name for name in COLUMNS if name != "sources.csv"), "sources.csv"]


def files() -> Iterator[tuple[str, Iterator[str]]]:
    """Every file of the export, as its name and its text in pieces; each text is to be used up before the next.

    Call it within `one_state`, or later files may speak of what earlier ones do not hold.
    """
    left = Leftovers()
    try:
        names = Names()
        derived = Derived(names, left)
        for name in ORDER:
            yield name, pieces(name, _rows(name, derived))
        left.note_all(set(names.officials))
        yield LEFT_OUT, left.text()
        yield datapackage.FILE, iter([datapackage.datapackage()])
    finally:
        left.close()


@contextmanager
def one_state() -> Iterator[None]:
    """All queries within see the register as it was at the first of them, and change nothing."""
    if connection.in_atomic_block:
        # The caller's transaction has seen something already; it cannot be told to look at another state.
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write_directory(directory: Path) -> dict[str, int]:
    """Write the files into a directory, which is made; returns the number of bytes by name.

    Files of these names are replaced once all are written; others are left alone. Raises OSError; nothing is
    replaced then.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=directory) as half_written:
        sizes = {}
        with one_state():
            for name, parts in files():
                path = Path(half_written) / name
                with path.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(parts)
                sizes[name] = path.stat().st_size
        for name in sizes:
            os.replace(Path(half_written) / name, directory / name)
    return sizes


def write_archive(target: IO[bytes]) -> None:
    """Write a zip archive of the files. The same register gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, one_state():
        for name, parts in files():
            # Without a date of its own the entry would carry the time of the download.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                for piece in parts:
                    file.write(piece.encode())


def _rows(name: str, derived: Derived) -> Iterator[Mapping[str, str]]:
    """The imported rows as they stand, then what articles and editors add; no row twice."""
    # Digests, which are small: an import refuses a row that it has seen.
    seen: set[bytes] = set()
    for row in imported(name):
        seen.add(_digest(name, row.content))
        yield row.content
    known = {row["source_url"] for row in imported(name)} if name == "sources.csv" else set()
    for cells in _pages(derived, known) if name == "sources.csv" else derived.rows(name):
        digest = _digest(name, cells)
        if digest not in seen:
            seen.add(digest)
            yield cells


def _pages(derived: Derived, known: set[str]) -> Iterator[Mapping[str, str]]:
    for url, page in sorted(derived.pages.items()):
        if url not in known:
            yield {"source_url": url, "source_publisher": page.publisher, "source_date": page.day}


def _digest(name: str, cells: Mapping[str, str]) -> bytes:
    return hashlib.blake2b(repr([cells.get(column) or "" for column in COLUMNS[name]]).encode(), digest_size=8).digest()
