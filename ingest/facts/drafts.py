"""Mentions and claims of rows before they are written, and the parties that rows name."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from evidence.choices import RecordKind
from evidence.fields import EXISTS, kind_spec
from evidence.models import ImportedRow
from evidence.partial_dates import PartialDate
from ingest.facts.files import Row
from people.names import body_key
from people.vocabulary import is_nation

# A row compiled from its source weighs as much as a clear sentence.
SAID = 0.9
# A further source of a row is not said to bear out every one of its columns.
ALSO_SAID = 0.6
# A row that its own remark sets against better attested ones, and what a row works out from a wider statement.
DISPUTED = 0.8
DERIVED = 0.9
# Such a row can dispute what others state; what no other states it does not establish.
UNRIVALLED = 0.4
MAX_URL = 2000

_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Citation:
    """A published page that a claim rests on; `said_on` where the day is known."""

    url: str
    publisher: str
    date: str
    confidence: float
    said_on: datetime.date | None


@dataclass
class DraftMention:
    """A mention that rows speak of, by its key; `row` is the row that first does."""

    key: str
    kind: RecordKind
    parent: str | None = None


@dataclass(frozen=True)
class DraftClaim:
    """One value for one field of a mention; `target` is the key of the mention that stands for it."""

    mention: str
    field: str
    value: Any
    target: str | None
    column: str


@dataclass
class Draft:
    """What one row states."""

    row: Row
    citations: list[Citation]
    mentions: dict[str, DraftMention] = field(default_factory=dict)
    claims: list[DraftClaim] = field(default_factory=list)
    # For a row that disagrees: the row that it disagrees with.
    against: Row | None = None
    # Mentions that the file says are of one thing although nothing that is compared would bring them together.
    ties: list[tuple[str, str]] = field(default_factory=list)

    def weight(self, claim: DraftClaim, citation: Citation) -> float:
        """How surely the citation bears out the claim."""
        unrivalled = self.against is not None and claim.column and not self.against[claim.column]
        return min(citation.confidence, UNRIVALLED) if unrivalled else citation.confidence

    def mention(self, kind: RecordKind, key: str, parent: str | None = None) -> str:
        """State that there is such a thing; returns the key."""
        self.refer(kind, key, parent)
        self.claim(key, EXISTS, True, "")
        return key

    def refer(self, kind: RecordKind, key: str, parent: str | None = None) -> str:
        """Speak of a mention without saying that it exists."""
        self.mentions.setdefault(key, DraftMention(key, kind, parent))
        return key

    def claim(self, mention: str, name: str, value: Any, column: str) -> None:
        """State a value; one that the field cannot hold is a fault of the row's column."""
        if value is None or value == "":
            return
        spec = kind_spec(self.mentions[mention].kind).by_name[name]
        if spec.reference:
            self.claims.append(DraftClaim(mention, name, None, str(value), column))
            return
        try:
            self.claims.append(DraftClaim(mention, name, spec.normalise(value), None, column))
        except (ValueError, TypeError) as error:
            self.row.fault(column, error)

    def cells(self, mention: str, **columns: str) -> None:
        """State the values of cells: field name = column."""
        for name, column in columns.items():
            self.claim(mention, name, self.row[column], column)


class Sources:
    """Publisher and date of addresses, as sources.csv gives them."""

    def __init__(self, rows: Iterable[Row], dataset_publishers: Iterable[str]) -> None:
        self.by_url = {row["source_url"]: (row["source_publisher"], row["source_date"]) for row in rows}
        # The day on which somebody last compiled a data set is not the day on which what it lists was said.
        self.undated = set(dataset_publishers)

    def of(self, row: Row) -> list[Citation]:
        """What a row rests on, its main source first; what is missing or malformed is a fault of the row."""
        weight = DISPUTED if row.disagrees else SAID
        if row["remark"].startswith("expanded from"):
            weight *= DERIVED
        found = [
            self._citation(row, "source_url", row["source_url"], row["source_publisher"], row["source_date"], weight)
        ]
        for url in row.several("other_source_urls"):
            publisher, date = self.by_url.get(url, ("", ""))
            if not publisher:
                row.fault("other_source_urls", f"{url} is not in sources.csv, so its publisher is not known")
                continue
            also = min(ALSO_SAID, weight)
            found.append(self._citation(row, "other_source_urls", url, publisher, date, also))
        return list({citation.url: citation for citation in reversed(found)}.values())[::-1]

    def _citation(self, row: Row, column: str, url: str, publisher: str, date: str, weight: float) -> Citation:
        if not url:
            row.fault(column, "the source is missing: give the address of the page that says so")
        elif len(url) > MAX_URL:
            row.fault(column, f"an address has at most {MAX_URL} characters")
        else:
            try:
                _address(url)
            except ValidationError:
                row.fault(column, f"{url!r} is no web address")
        if not publisher:
            row.fault("source_publisher", "the publisher is missing")
        elif len(publisher) > 200:
            row.fault("source_publisher", "a publisher's name has at most 200 characters")
        day = None
        if date:
            try:
                stated = PartialDate.parse(date)
                day = stated.first if stated.day and publisher not in self.undated else None
            except ValueError as error:
                row.fault("source_date", error)
        return Citation(url, publisher, date, weight, day)


class Bodies:
    """Organisations of the reference data, by every name, as keys of their mentions."""

    def __init__(self) -> None:
        rows = ImportedRow.objects.filter(file="organisations.csv", live=True).values_list("row_key", "content")
        self.by_name = {
            body_key(name): f"organisations.csv:{slug}"
            for slug, row in rows
            for name in [slug, row["name"], row.get("abbreviation", ""), *row.get("aliases", "").split("|")]
            if body_key(name)
        }

    def claim_party(self, draft: Draft, mention: str, party: str, column: str, described: str = "") -> None:
        """State a nation or a body as the party; `described` names the field for what is neither, where there is one.

        A code that stands for neither is a fault.
        """
        if is_nation(party):
            draft.claim(mention, "nation", party, column)
        elif body_key(party) in self.by_name:
            key = draft.refer(RecordKind.ORGANISATION, self.by_name[body_key(party)])
            draft.claim(mention, "organisation", key, column)
        elif described and not re.fullmatch(r"[A-Za-z]{0,2}", party):
            draft.claim(mention, described, party, column)
        else:
            draft.row.fault(column, f"{party!r} is neither an ISO 3166-1 code nor a body that the register knows")


def key_of(file: str, *parts: str) -> str:
    """The key of the mention that a row, or several rows, speak of: readable, and as long as a key may be."""
    whole = "|".join(parts)
    return (
        f"facts:{file.removesuffix('.csv')}:{whole[:80]}#{hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()}"
    )
