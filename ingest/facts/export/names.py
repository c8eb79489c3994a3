"""How files of facts name records: groups by slug, officials by name, meetings by group and day, parties by code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from evidence.models import Binding, ImportedRow
from ingest.facts.drafts import Bodies, key_of
from ingest.facts.files import Row
from ingest.facts.importing import PREFIX
from ingest.facts.rivals import primary_meeting
from ingest.facts.statements import mention_of_package
from meetings.models import ContactGroup
from people.models import Organisation
from people.names import body_key, fold, person_key


class Names:
    """The names by which rows refer to each other, those of rows that were imported first."""

    def __init__(self) -> None:
        self.groups: dict[UUID, str] = {}
        self.officials: dict[UUID, str] = {}
        # A meeting by its group's slug and its first day as written; and whose such a pair is.
        self.meetings: dict[UUID, tuple[str, str]] = {}
        self.taken: dict[tuple[str, str], UUID] = {}
        # A package by the key that its row has in packages.csv.
        self.packages: dict[UUID, str] = {}
        self._people: dict[str, UUID] = {}
        self._bodies = Bodies()
        self._imported_groups()
        self._imported_officials()
        self._imported_meetings()
        self._imported_packages()
        self.slugs = set(self.groups.values())
        self.organisations = {
            pk: next((name for name in (name, abbreviation) if body_key(name) in self._bodies.by_name), "")
            for pk, name, abbreviation in Organisation.objects.values_list("pk", "name", "abbreviation")
        }

    def _imported_groups(self) -> None:
        keys = {key_of("contact_groups.csv", row["slug"]): row["slug"] for row in imported("contact_groups.csv")}
        for key, record in _records(keys):
            self.groups.setdefault(record, keys[key])

    def _imported_officials(self) -> None:
        keys = {
            key_of("officials.csv", row["name"], row["nation_iso2_or_org"]): row["name"]
            for row in imported("officials.csv")
        }
        records = dict(_records(keys))
        for key, record in records.items():
            self.officials.setdefault(record, keys[key])
        for row in imported("officials.csv"):
            key = key_of("officials.csv", row["name"], row["nation_iso2_or_org"])
            if key in records:
                for name in [row["name"], *row.several("aliases")]:
                    self._people.setdefault(" ".join(person_key(name)), records[key])

    def _imported_meetings(self) -> None:
        rows = list(imported("meetings.csv"))
        where: dict[str, list[tuple[str, str]]] = {}
        # A pair of group and day points to the row that disagrees with no other, before all that do.
        for row in sorted(rows, key=lambda row: row.is_rival):
            key = key_of("meetings.csv", (primary_meeting(row, rows) or row).key)
            where.setdefault(key, []).append((row["group_slug"], row["starts"]))
        found = dict(_records(where))
        for key, pairs in where.items():
            for pair in pairs:
                if key in found:
                    self.taken.setdefault(pair, found[key])
        for key, pairs in where.items():
            if key in found:
                for pair in pairs:
                    if self.taken[pair] == found[key]:
                        self.meetings.setdefault(found[key], pair)

    def _imported_packages(self) -> None:
        rows = list(imported("packages.csv"))
        keys = {mention_of_package(row, rows)[0]: row["key"] for row in rows if row["key"]}
        for key, record in _records(keys):
            self.packages.setdefault(record, keys[key])

    def slug(self, group: ContactGroup) -> str:
        """The slug of a group that gets a row, made of its abbreviation or name where no imported row gives one."""
        if group.pk not in self.groups:
            stem = re.sub(r" ", "-", fold(group.abbreviation or group.name))[:60] or "group"
            number, slug = 1, stem
            while slug in self.slugs:
                number += 1
                slug = f"{stem}-{number}"
            self.slugs.add(slug)
            self.groups[group.pk] = slug
        return self.groups[group.pk]

    def official(self, pk: UUID, name: str) -> str:
        """The name by which rows refer to an official; empty where another is known by it."""
        key = " ".join(person_key(name))
        if pk not in self.officials and key and self._people.setdefault(key, pk) == pk:
            self.officials[pk] = name
        return self.officials.get(pk, "")

    def aliases(self, pk: UUID, names: Iterable[str]) -> list[str]:
        """Those of an official's other names by which no other is known."""
        return [name for name in names if self._people.setdefault(" ".join(person_key(name)), pk) == pk]

    def party(self, instance: Any) -> str:
        """The code of the nation, or the name of the body, that a record is of; empty for one that no row can name."""
        return instance.nation_id or self.organisations.get(instance.organisation_id, "")


def imported(file: str) -> Iterator[Row]:
    """The living rows of a file, in their order."""
    rows = ImportedRow.objects.filter(file=PREFIX + file, live=True).order_by("position", "id")
    for old in rows.iterator(chunk_size=1000):
        yield Row(file, 0, old.content, old.row_key)


def _records(keys: dict[str, Any]) -> list[tuple[str, UUID]]:
    """The record of each mention, in the order of the keys."""
    bound = dict(
        Binding.objects.filter(mention__key__in=list(keys), record__isnull=False).values_list("mention__key", "record")
    )
    return [(key, bound[key]) for key in keys if key in bound]
