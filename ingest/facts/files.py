"""The files of facts: their columns, and their rows as they stand, with line and faults."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

DIRECTORY = settings.BASE_DIR / "data" / "register"
# Spreadsheets write a mark before the first column's name.
ENCODING = "utf-8-sig"
PIECE = 64 * 1024
_SOURCE = "source_url source_publisher source_date"
_MORE = f"{_SOURCE} other_source_urls remark"
COLUMNS: dict[str, list[str]] = {
    name: columns.split()
    for name, columns in {
        "sources.csv": f"key {_SOURCE}",
        "places.csv": f"place country_iso2 lat lon kind {_SOURCE}",
        "contact_groups.csv": f"slug name abbreviation aliases parent_slug kind established purpose {_MORE}",
        "officials.csv": f"name aliases nation_iso2_or_org post_title from to {_MORE}",
        "memberships.csv": f"group_slug nation_iso2 role from to {_MORE}",
        "meetings.csv": "group_slug ordinal title level starts ends place country_iso2 venue mode status chairs "
        f"nation_count nation_count_qualifier {_MORE}",
        "attendance.csv": f"group_slug starts party official_name role {_SOURCE} remark",
        "packages.csv": "donor programme amount currency qualifier stage announced_on meeting_group_slug "
        f"meeting_starts recipients shares contents key part_of restates covers {_MORE}",
    }.items()
}
# What identifies a row within its file, so that an edited row takes the place of its former self.
KEYS: dict[str, tuple[str, ...]] = {
    "sources.csv": ("source_url",),
    "places.csv": ("place", "country_iso2"),
    "contact_groups.csv": ("slug", "source_url"),
    "officials.csv": ("name", "nation_iso2_or_org", "post_title", "source_url"),
    "memberships.csv": ("group_slug", "nation_iso2", "role", "source_url"),
    "meetings.csv": ("group_slug", "title", "source_url"),
    "attendance.csv": ("group_slug", "starts", "party", "official_name", "source_url"),
    "packages.csv": ("donor", "programme", "announced_on", "meeting_starts", "source_url"),
}
# A row whose remark says so gives another value than the rows it belongs to.
RIVAL = re.compile(r"\b(disagree\w*|differing|same package)\b", re.IGNORECASE)


class Fault(NamedTuple):
    """What is wrong with one cell: where it stands, and why it cannot be taken."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.reason}"


class FileFault(ValueError):
    """A file that cannot be read as a table at all."""


@dataclass
class Row:
    """One row of one file, column to text exactly as it stands; `line` is 0 for one taken from the database."""

    file: str
    line: int
    content: dict[str, str]
    key: str = ""
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return (self.content.get(column) or "").strip()

    def several(self, column: str) -> list[str]:
        """The values of a cell that holds several, parted by bars."""
        return [part.strip() for part in self[column].split("|") if part.strip()]

    @property
    def base(self) -> str:
        """What identifies it within its file, apart from others of the same source."""
        return "|".join(self[column] for column in KEYS[self.file])

    @property
    def is_rival(self) -> bool:
        """Does it give another value than the row it belongs to?"""
        return bool(RIVAL.search(self["remark"]))

    @property
    def disagrees(self) -> bool:
        return "disagree" in self["remark"].lower()

    def fault(self, column: str, reason: object) -> None:
        """Note what is wrong with it; it is left out then."""
        self.faults.append(Fault(self.file, self.line, column, str(reason)))


def read_directory(directory: Path) -> dict[str, str]:
    """The texts of the files of facts in a directory, by name.

    Raises FileFault where there is none, or where one is not UTF-8.
    """
    found = {}
    for name in COLUMNS:
        path = directory / name
        if path.is_file():
            found[name] = decode(name, path.read_bytes())
    if not found:
        raise FileFault(f"{directory} holds none of {', '.join(COLUMNS)}")
    return found


def decode(name: str, payload: bytes) -> str:
    """The text of a file. Raises FileFault for a name that is no file of facts, and where it is not UTF-8."""
    if name not in COLUMNS:
        raise FileFault(f"{name} is none of {', '.join(COLUMNS)}")
    try:
        text = payload.decode(ENCODING)
    except UnicodeDecodeError as error:
        line = payload[: error.start].count(b"\n") + 1
        raise FileFault(f"{name}:{line}: it is not UTF-8") from None
    if "\0" in text:
        raise FileFault(f"{name}:{text[: text.index(chr(0))].count(chr(10)) + 1}: there is a NUL character in it")
    return text


def parse(name: str, text: str) -> tuple[list[Row], list[Fault]]:
    """The rows of one file, and the faults of those that are no rows of it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    try:
        header = next(reader, [])
        wrong = _header_fault(name, header)
        if wrong:
            return [], [Fault(name, 1, *wrong)]
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                reason = f"the row has {len(cells)} cells where the header has {len(header)}"
                faults.append(Fault(name, line, header[min(len(cells), len(header)) - 1], reason))
            elif tuple(cells) in seen:
                faults.append(Fault(name, line, header[0], f"the same row as in line {seen[tuple(cells)]}"))
            else:
                seen[tuple(cells)] = line
                rows.append(Row(name, line, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, COLUMNS[name][0], f"not CSV from here on: {error}"))
    return rows, faults


def _header_fault(name: str, header: list[str]) -> tuple[str, str] | None:
    missing = [column for column in COLUMNS[name] if column not in header]
    if missing:
        return missing[0], "the column is missing"
    unknown = [column for column in header if column not in COLUMNS[name]]
    if unknown:
        return unknown[0], f"there is no such column; they are {', '.join(COLUMNS[name])}"
    return None


def write(name: str, rows: Iterable[Mapping[str, str]]) -> str:
    """The text of a file with these rows: every column in its order, lines ended as RFC 4180 has them."""
    return "".join(pieces(name, rows))


def pieces(name: str, rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """The same in pieces, so that no more than one is held at a time."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS[name], lineterminator="\r\n", restval="", extrasaction="ignore")
    table.writeheader()
    for row in rows:
        table.writerow(row)
        if text.tell() >= PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def by_base(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Rows that only their place in the file tells apart, together."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.base].append(row)
    yield from found.items()
