"""Loads data/reference/*.csv: vocabularies as rows, organisations and contact groups as records on citations."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

import funding.vocabulary
import meetings.vocabulary
import people.vocabulary
from evidence.choices import RecordKind
from evidence.fields import EXISTS, kind_spec
from evidence.models import Claim, ImportedRow, Mention
from evidence.partial_dates import PartialDate
from evidence.services import resolve_and_settle
from funding.models import Programme
from meetings.models import Capability, Place, Topic
from people.choices import OrganisationKind
from people.models import AllianceMembership, Nation

DIRECTORY = settings.BASE_DIR / "data" / "reference"
# A statement of a curated file weighs as much as a clear sentence of a good outlet.
CONFIDENCE = 0.9
OWN = "Muster reference data"


class ReferenceError(ValueError):
    """A reference file that cannot be loaded: file, line and reason."""


def load(directory: Path = DIRECTORY) -> dict[str, int]:
    """Bring the database in line with the files; loading them again changes nothing.

    Returns the number of rows by file. Raises ReferenceError; nothing is loaded then.
    """
    counts: dict[str, int] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        # Two starts at once would otherwise both insert.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_reference'))")
        for name, loader in LOADERS.items():
            rows = list(_rows(directory / name))
            try:
                loader(rows)
            except ReferenceError:
                raise
            except (KeyError, ValueError) as error:
                raise ReferenceError(f"{name}: {error}") from error
            counts[name] = len(rows)
    for vocabulary in (people.vocabulary, meetings.vocabulary, funding.vocabulary):
        vocabulary.forget()
    return counts


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {key: (value or "").strip() for key, value in row.items()}
    except FileNotFoundError:
        raise ReferenceError(f"{path.name} is missing from {path.parent}") from None


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _upsert(model: type[Model], rows: list[Any], unique: list[str]) -> None:
    keys = {*unique, "id", model._meta.pk.name}
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=unique,
        update_fields=[f.name for f in model._meta.concrete_fields if f.name not in keys],
    )


def _nations(rows: list[dict[str, str]]) -> None:
    _upsert(
        Nation,
        [
            Nation(
                iso2=row["iso2"],
                iso3=row["iso3"],
                name=row["name"],
                official_name=row["official_name"],
                aliases=_several(row["aliases"]),
                demonyms=_several(row["demonyms"]),
                capital=row["capital"],
                region=row["region"],
                latitude=_number(row["lat"]),
                longitude=_number(row["lon"]),
            )
            for row in rows
        ],
        ["iso2"],
    )


def _alliances(rows: list[dict[str, str]]) -> None:
    found = []
    for row in rows:
        entry = AllianceMembership(
            nation_id=row["iso2"],
            alliance=row["alliance"],
            source_publisher=row["source_publisher"],
            source_url=row["source_url"],
        )
        for column, name in (("since", "from"), ("until", "to")):
            if row[name]:
                date = PartialDate.parse(row[name])
                setattr(entry, column, date.first)
                setattr(entry, f"{column}_precision", date.precision)
        found.append(entry)
    AllianceMembership.objects.all().delete()
    AllianceMembership.objects.bulk_create(found)


def _places(rows: list[dict[str, str]]) -> None:
    _upsert(
        Place,
        [
            Place(
                name=row["name"],
                aliases=_several(row["aliases"]),
                nation_id=row["country_iso2"],
                kind=row["kind"],
                latitude=_number(row["lat"]),
                longitude=_number(row["lon"]),
            )
            for row in rows
        ],
        ["name", "nation"],
    )


def _programmes(rows: list[dict[str, str]]) -> None:
    _upsert(
        Programme,
        [
            Programme(
                slug=row["slug"],
                name=row["name"],
                aliases=_several(row["aliases"]),
                donor=row["donor"],
                source_publisher=row["source_publisher"],
                source_url=row["source_url"],
            )
            for row in rows
        ],
        ["slug"],
    )


def _topics(rows: list[dict[str, str]]) -> None:
    _upsert(Topic, [Topic(slug=r["slug"], name=r["name"], terms=_several(r["terms"])) for r in rows], ["slug"])


def _capabilities(rows: list[dict[str, str]]) -> None:
    _upsert(
        Capability,
        [
            Capability(
                slug=row["slug"],
                name=row["name"],
                aliases=_several(row["aliases"]),
                maker=row["maker"],
                kind=row["kind"],
            )
            for row in rows
        ],
        ["slug"],
    )


def _organisations(rows: list[dict[str, str]]) -> None:
    kinds = set(OrganisationKind.values)
    values = {
        row["slug"]: {
            "name": row["name"],
            "abbreviation": row["abbreviation"],
            "aliases": _several(row["aliases"]),
            "organisation_kind": row["kind"] if row["kind"] in kinds else OrganisationKind.OTHER,
        }
        for row in rows
    }
    _cited("organisations.csv", RecordKind.ORGANISATION, rows, values, {})


def _groups(rows: list[dict[str, str]]) -> None:
    values = {
        row["slug"]: {
            "name": row["name"],
            "abbreviation": row["abbreviation"],
            "aliases": _several(row["aliases"]),
            "group_kind": row["kind"],
            "established": row["established"],
            "purpose": row["purpose"],
        }
        for row in rows
    }
    _cited(
        "contact_groups.csv",
        RecordKind.CONTACT_GROUP,
        rows,
        values,
        {r["slug"]: r["parent_slug"] for r in rows},
    )


def _cited(
    file: str,
    kind: RecordKind,
    rows: list[dict[str, str]],
    values: dict[str, dict[str, Any]],
    parents: dict[str, str],
) -> None:
    """One mention a row, its claims resting on the row's source. A changed row replaces its former self."""
    unknown = sorted({parent for parent in parents.values() if parent} - set(values))
    if unknown:
        raise ReferenceError(f"{file}: no row of the name {', '.join(unknown)}, which others name as their parent")
    live = {row.row_key: row for row in ImportedRow.objects.filter(file=file, live=True)}
    made: list[str] = []
    fresh: dict[str, ImportedRow] = {}
    for row in rows:
        digest = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
        known = live.get(row["slug"])
        if known is None or known.content_sha256 != digest:
            fresh[row["slug"]], new = ImportedRow.objects.update_or_create(
                file=file, row_key=row["slug"], content_sha256=digest, defaults={"content": row, "live": True}
            )
            if new:
                made.append(row["slug"])
    gone = [live[key].pk for key in live if key in fresh or key not in values]
    if not fresh and not gone:
        return
    ImportedRow.objects.filter(pk__in=gone).update(live=False)
    # The mention is the row's place in the file; its content may change, what it stands for does not.
    mentions = {
        slug: Mention.objects.get_or_create(key=f"{file}:{slug}", defaults={"kind": kind, "imported_row": row})[0]
        for slug, row in fresh.items()
    }
    everyone = {m.key.partition(":")[2]: m for m in Mention.objects.filter(key__startswith=f"{file}:")}
    spec = kind_spec(kind)
    claims = []
    for slug in made:
        # A row that has come back has its claims already.
        row = fresh[slug]
        basis = {
            "mention": mentions[slug],
            "confidence": CONFIDENCE,
            "imported_row": row,
            "citation_publisher": row.content.get("source_publisher") or OWN,
            "citation_url": row.content.get("source_url") or "",
        }
        stated = [(EXISTS, True)]
        for name, value in values[slug].items():
            stated += [(name, element) for element in (value if isinstance(value, list) else [value]) if element]
        claims += [Claim(field=name, value=spec.by_name[name].normalise(value), **basis) for name, value in stated]
        if parents.get(slug):
            claims.append(Claim(field="parent", target=everyone[parents[slug]], **basis))
    Claim.objects.bulk_create(claims)
    affected = {m.pk for m in everyone.values()}
    resolve_and_settle(affected)


LOADERS = {
    "nations.csv": _nations,
    "alliances.csv": _alliances,
    "places.csv": _places,
    "programmes.csv": _programmes,
    "topics.csv": _topics,
    "capabilities.csv": _capabilities,
    "organisations.csv": _organisations,
    "contact_groups.csv": _groups,
}
