"""What articles and editors say of settled records: the values that they bear out, and the pages that say so."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q

from evidence.fields import EXISTS, FieldSpec, KindSpec, Value
from evidence.models import Claim, SettledField
from ingest.facts.drafts import MAX_URL

_address = URLValidator(schemes=["http", "https"])


class Page(NamedTuple):
    """A page that can be cited in a file of facts; `day` is empty where it is not known."""

    url: str
    publisher: str
    day: str


@dataclass
class Spoken:
    """One record as settled, and what articles and editors say of it."""

    settled: Mapping[str, Value]
    # Fields of which at least one page gives the settled value; of a set, the elements that pages give.
    fields: dict[str, list[Value]] = field(default_factory=dict)
    # The page that bears out the most comes first.
    pages: list[Page] = field(default_factory=list)
    # Values of contested fields that are not the settled one, and what has no page: field, value, page or "".
    unsaid: list[tuple[str, Value, str]] = field(default_factory=list)

    def value(self, name: str) -> Value:
        """The settled value, where one of the pages says so; of a set, what the pages say."""
        settled = self.settled.get(name) if name in self.fields else None
        return list(dict.fromkeys(self.fields[name])) if isinstance(settled, list) else settled


def spoken(spec: KindSpec, records: Collection[UUID]) -> dict[UUID, Spoken]:
    """What articles and editors say of these records of one kind; those of which they say nothing are left out."""
    found: dict[UUID, Spoken] = {}
    settled: dict[UUID, dict[str, Value]] = defaultdict(dict)
    contested: set[tuple[UUID, str]] = set()
    heads = SettledField.objects.filter(record__in=records)
    for record, name, value, disputed in heads.values_list("record", "field", "settlement__value", "contested"):
        settled[record][name] = value
        if disputed:
            contested.add((record, name))
    borne_out: dict[UUID, dict[Page, set[str]]] = defaultdict(lambda: defaultdict(set))
    for record, name, value, page in _claims(records):
        if name not in spec.by_name:
            continue
        told = found.setdefault(record, Spoken(settled[record]))
        if _says(spec.by_name[name], value, settled[record].get(name)):
            if page is None:
                told.unsaid.append((name, value, ""))
            else:
                told.fields.setdefault(name, []).append(value)
                borne_out[record][page].add(name)
        elif (record, name) in contested:
            told.unsaid.append((name, value, page.url if page else ""))
    for record, told in found.items():
        by_page = borne_out[record]
        told.pages = sorted(by_page, key=lambda page: (-len(by_page[page]), page.day or "9999", page.url))
        told.unsaid = [
            unsaid for n, unsaid in enumerate(told.unsaid)
            # What another page says with an address is not lost.
            if unsaid not in told.unsaid[:n] and not (unsaid[2] == "" and unsaid[0] in told.fields)
        ]  # fmt: skip
    return found


def _says(spec: FieldSpec, value: Value, settled: Value) -> bool:
    if settled is None:
        return False
    return value in settled if isinstance(settled, list) else value == settled or spec.refines(value, settled)


def _claims(records: Collection[UUID]) -> Iterator[tuple[UUID, str, Value, Page | None]]:
    """Living claims of articles and editors: record, field, value (a record's id where it names one), page."""
    claims = Claim.objects.filter(
        Q(run__live=True) | Q(author__isnull=False), mention__binding__record__in=records
    ).confirmed()
    rows = claims.order_by("id").values_list(
        "mention__binding__record",
        "field",
        "value",
        "target__binding__record",
        "snapshot__article__url",
        "snapshot__article__outlet__name",
        "snapshot__published",
        "citation_url",
        "citation_publisher",
        "citation_date",
    )
    for record, name, value, target, url, outlet, published, *cited in rows:
        page = page_of(*cited) if outlet is None else page_of(url, outlet, published)
        yield record, name, str(target) if target else value, page


def page_of(url: str, publisher: str, day: datetime.date | str | None) -> Page | None:
    """The page, or none where a file of facts cannot cite it: without an address, or with one that is none."""
    try:
        _address(url)
    except ValidationError:
        return None
    # A bar parts the addresses of one cell.
    if not publisher or "|" in url or len(url) > MAX_URL:
        return None
    return Page(url, publisher, str(day or ""))


def in_words(value: Value) -> str:
    """A value for a table of what is left out."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def exists(told: Spoken) -> bool:
    return EXISTS in told.fields
