"""Brings the register in line with files of facts: new rows speak, changed ones speak anew, vanished ones no more."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

import meetings.vocabulary
from evidence.choices import PublisherKind
from evidence.models import Claim, ImportedRow, Mention
from evidence.services import resolve_and_settle
from ingest import reference
from ingest.facts.approving import rows_of_much_money
from ingest.facts.drafts import Draft, DraftMention
from ingest.facts.files import COLUMNS, Fault, Row, by_base, parse
from ingest.facts.publishers import FILE, publisher_kinds, register_publishers
from ingest.facts.statements import Known, package_key, state
from ingest.facts.ties import tie
from meetings.models import Place

# Imported rows of the reference data have files of the same names.
PREFIX = "register/"
# What rows state is worked out by the code of this version: after a change all rows speak anew.
VERSION = 2


@dataclass
class FileChanges:
    """What one file brings: rows by how they stand against what was imported before."""

    file: str
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: int = 0
    withdrawn: list[ImportedRow] = field(default_factory=list)
    # Of the rows that are changed: what they replace.
    replaced: list[ImportedRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows of the file that are no faulty ones."""
        return len(self.new) + len(self.changed) + self.unchanged

    def __str__(self) -> str:
        return (
            f"{self.file}: {len(self.new)} new, {len(self.changed)} changed, {len(self.withdrawn)} withdrawn, "
            f"{self.unchanged} unchanged"
        )


@dataclass
class Outcome:
    """What an import did, or would do."""

    files: list[FileChanges] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    # Records that it changed; 0 for one that only looks.
    records: int = 0
    # Rows that are new, changed or withdrawn, and about more money than one person may decide on.
    much_money: list[str] = field(default_factory=list)


Progress = Callable[[str, int, int], None]


def import_facts(
    texts: Mapping[str, str], *, dry_run: bool = False, progress: Progress = lambda file, done, total: None
) -> Outcome:
    """Import files of facts, name to text; files that are not among them are left as they are.

    Each file is one transaction, and one pass of resolution and settlement at its end, so that an import that is
    broken off has done whole files and takes up the rest when it is run again. A faulty row is left out; what was
    imported of it before stands. `progress(file, rows done, rows in all)` is called after each file.
    """
    # Another process may have loaded reference data since.
    meetings.vocabulary.forget()
    outcome = Outcome()
    parsed: dict[str, list[Row]] = {}
    for name, text in texts.items():
        parsed[name], faults = parse(name, text)
        outcome.faults += faults
        if faults and not parsed[name]:
            # Not a table of that kind: what was imported of it before stands, and others may refer to it.
            del parsed[name]
    total, done = sum(map(len, parsed.values())), 0
    for name in COLUMNS:
        if name not in parsed:
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            # Two imports at once would each find the other's rows missing.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_facts'))")
            changes = _import_file(name, parsed, outcome, dry_run)
        outcome.files.append(changes)
        done += len(parsed[name])
        progress(name, done, total)
    outcome.faults.sort(key=lambda fault: (list(COLUMNS).index(fault.file), fault.line))
    return outcome


def _import_file(name: str, parsed: Mapping[str, list[Row]], outcome: Outcome, dry_run: bool) -> FileChanges:
    earlier = _assign_keys(name, parsed[name])
    known = _known(parsed)
    speaking: list[tuple[Draft, ImportedRow]] = []
    ties: dict[tuple[str, str], str] = {}
    changes = FileChanges(name)
    for row in parsed[name]:
        draft = state(row, known)
        outcome.faults += row.faults
        if row.faults:
            continue
        # Of all rows: a tie is told by one of two, and holds however the other is changed.
        ties |= dict.fromkeys(draft.ties, f"{row.file}: {row['remark']}")
        before = {old.content_sha256: old for old in earlier[row.key]}
        replaced = [old for old in before.values() if old.live]
        stored = before.get(digest(draft)) or ImportedRow(
            file=PREFIX + name, row_key=row.key, content=row.content, content_sha256=digest(draft), live=True
        )
        if stored in replaced:
            changes.unchanged += 1
            continue
        (changes.changed if replaced else changes.new).append(row)
        changes.replaced += replaced
        speaking.append((draft, stored))
    named = {row.key for row in parsed[name]}
    changes.withdrawn = [old for key, rows in earlier.items() if key not in named for old in rows if old.live]
    outcome.much_money += rows_of_much_money([draft for draft, _ in speaking], [*changes.withdrawn, *changes.replaced])
    if not dry_run:
        outcome.records += _write([*changes.withdrawn, *changes.replaced], speaking, ties)
        if name == "places.csv":
            _add_places(parsed[name])
        _number_rows(name, parsed[name])
    return changes


def digest_of(texts: Mapping[str, str]) -> str:
    """Tells one set of files, with the reference data that they lean on, from another."""
    digest = hashlib.sha256(str(VERSION).encode())
    for path in (FILE, *(reference.DIRECTORY / name for name in ("nations.csv", "organisations.csv"))):
        digest.update(path.read_bytes())
    for name, text in sorted(texts.items()):
        digest.update(f"\0{name}\0{text}".encode())
    return digest.hexdigest()


def digest(draft: Draft) -> str:
    """Tells one state of a row, and of what it rests on, from another."""
    cited = [[citation.url, citation.publisher, citation.date] for citation in draft.citations]
    return hashlib.sha256(json.dumps([VERSION, draft.row.content, cited], sort_keys=True).encode()).hexdigest()


def _assign_keys(name: str, rows: list[Row]) -> dict[str, list[ImportedRow]]:
    """Give each row its key; returns every earlier state of the rows of this file by key.

    Rows that only their place in the file tells apart are matched with their earlier selves by content, then in
    order, so that to add one above another changes nothing of the other.
    """
    earlier: dict[str, list[ImportedRow]] = defaultdict(list)
    for old in ImportedRow.objects.filter(file=PREFIX + name):
        earlier[old.row_key].append(old)
    alike: dict[str, list[str]] = defaultdict(list)
    for key in earlier:
        alike[key.rpartition("#")[0]].append(key)
    for base, group in by_base(rows):
        base = base if len(base) <= 480 else base[:400] + hashlib.sha256(base.encode()).hexdigest()
        free = sorted(alike[base], key=lambda key: (not any(old.live for old in earlier[key]), key))
        waiting = []
        for row in group:
            same = next((k for k in free if any(old.content == row.content for old in earlier[k])), None)
            if same is None:
                waiting.append(row)
            else:
                row.key = same
                free.remove(same)
        number = len(alike[base])
        for row in waiting:
            if free:
                row.key = free.pop(0)
            else:
                number += 1
                row.key = f"{base}#{number}"
    return earlier


def _known(parsed: Mapping[str, list[Row]]) -> Known:
    """What rows may refer to: in the files at hand, else in those imported before."""
    rows: dict[str, list[Row]] = {}
    for name in COLUMNS:
        if name in parsed:
            rows[name] = [row for row in parsed[name] if not row.faults]
        else:
            stored = ImportedRow.objects.filter(file=PREFIX + name, live=True).order_by("position", "id")
            rows[name] = [Row(name, 0, dict(old.content), old.row_key) for old in stored]
    datasets = [name for name, kind in publisher_kinds().items() if kind == PublisherKind.DATASET]
    return Known(rows, datasets)


def _write(
    gone: list[ImportedRow], speaking: list[tuple[Draft, ImportedRow]], ties: Mapping[tuple[str, str], str]
) -> int:
    """Silence rows and let others speak; returns how many records this changed.

    `ties` are the keys of mentions that the file says are of one thing, each pair with the words that say so.
    """
    if not speaking and not gone:
        return 0
    ImportedRow.objects.filter(pk__in=[old.pk for old in gone]).update(live=False)
    fresh = [row for _, row in speaking if row.pk is None]
    # One that has come back has its claims already.
    ImportedRow.objects.filter(pk__in=[row.pk for _, row in speaking if row.pk]).update(live=True)
    affected: set[UUID] = set(Claim.objects.filter(imported_row__in=gone).values_list("mention", flat=True).distinct())
    register_publishers(citation for draft, _ in speaking for citation in draft.citations)
    claims_of = [(draft, row) for draft, row in speaking if row.pk is None]
    ImportedRow.objects.bulk_create(fresh, batch_size=1000)
    mentions = _mentions(speaking)
    Claim.objects.bulk_create(
        (claim for draft, row in claims_of for claim in _claims(draft, row, mentions)), batch_size=2000
    )
    affected |= {mentions[claim.mention].pk for draft, _ in speaking for claim in draft.claims}
    ends = {key for pair in ties for key in pair}
    known = dict(Mention.objects.filter(key__in=ends).values_list("key", "pk"))
    wanted = {(known[left], known[right]): why for (left, right), why in ties.items() if {left, right} <= known.keys()}
    silenced = Mention.objects.filter(key__in=[package_key(old.row_key) for old in gone])
    affected |= tie(wanted, silenced.values_list("pk", flat=True))
    return resolve_and_settle(affected)


def _mentions(speaking: Iterable[tuple[Draft, ImportedRow]]) -> dict[str, Mention]:
    """Every mention that the drafts speak of, by key; those that are not there yet are made."""
    wanted: dict[str, tuple[DraftMention, ImportedRow]] = {}
    for draft, row in speaking:
        for key, mention in draft.mentions.items():
            wanted.setdefault(key, (mention, row))
    found = {mention.key: mention for mention in Mention.objects.filter(key__in=wanted)}
    fresh: dict[str, Mention] = {}
    for key, (mention, row) in wanted.items():
        if key not in found:
            # What something is part of comes first in every draft.
            parent = found.get(mention.parent or "") or fresh.get(mention.parent or "")
            fresh[key] = Mention(key=key, kind=mention.kind, imported_row=row, parent=parent)
    Mention.objects.bulk_create(fresh.values(), batch_size=2000)
    return found | fresh


def _claims(draft: Draft, row: ImportedRow, mentions: Mapping[str, Mention]) -> Iterable[Claim]:
    for citation in draft.citations:
        for claim in draft.claims:
            target = mentions[claim.target] if claim.target else None
            yield Claim(
                mention=mentions[claim.mention],
                field=claim.field,
                value=claim.value,
                target=target,
                confidence=draft.weight(claim, citation),
                rule=f"{draft.row.file}:{claim.column}".rstrip(":"),
                imported_row=row,
                citation_url=citation.url,
                citation_publisher=citation.publisher,
                citation_date=citation.date,
                said_on=citation.said_on,
            )


def _add_places(rows: Iterable[Row]) -> None:
    """Places that the reference data do not have; those that they have keep their names and positions."""
    known = {(name, place.nation_id) for place in Place.objects.all() for name in [place.name, *place.aliases]}
    Place.objects.bulk_create(
        Place(
            name=row["place"],
            nation_id=row["country_iso2"],
            kind=row["kind"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
        for row in rows
        if not row.faults and (row["place"], row["country_iso2"]) not in known
    )


def _number_rows(name: str, rows: Iterable[Row]) -> None:
    """Note where each row stands in its file, so that an export has them in the same order."""
    wanted = {row.key: number for number, row in enumerate(rows, 1)}
    moved = []
    for old in ImportedRow.objects.filter(file=PREFIX + name, live=True).only("row_key", "position"):
        if old.row_key in wanted and old.position != wanted[old.row_key]:
            old.position = wanted[old.row_key]
            moved.append(old)
    ImportedRow.objects.bulk_update(moved, ["position"], batch_size=500)
