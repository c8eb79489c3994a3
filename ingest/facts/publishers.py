"""How far a publisher that rows cite is to be relied on, until an editor rates it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from evidence.choices import PublisherKind
from evidence.models import Outlet
from ingest.facts.drafts import Citation

FILE = settings.BASE_DIR / "data" / "reference" / "publishers.csv"
RELIABILITY = {
    PublisherKind.OFFICIAL: 0.95,
    PublisherKind.OFFICIAL_COPY: 0.9,
    PublisherKind.DATASET: 0.85,
    # With the weight of one row (0.9) just enough to be stated alone.
    PublisherKind.AGGREGATOR: 0.65,
    PublisherKind.WIKIPEDIA_COPY: 0.65,
    # Not enough.
    PublisherKind.STATE_MEDIA: 0.4,
}


def publisher_kinds() -> dict[str, PublisherKind]:
    """The kind of every publisher that is not simply a newspaper or an agency."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["publisher"]: PublisherKind(row["kind"]) for row in csv.DictReader(file)}


def register_publishers(citations: Iterable[Citation]) -> None:
    """Make an outlet of every publisher that is none yet; one that is there keeps what it counts."""
    kinds = publisher_kinds()
    addresses: dict[str, str] = {}
    for citation in citations:
        addresses.setdefault(citation.publisher, citation.url)
    there = set(Outlet.objects.filter(name__in=addresses).values_list("name", flat=True))
    Outlet.objects.bulk_create(
        (
            Outlet(
                name=name,
                domain=(urlsplit(url).hostname or "").removeprefix("www.")[:200],
                reliability=RELIABILITY.get(kinds.get(name, PublisherKind.NEWS), settings.OUTLET_RELIABILITY),
            )
            for name, url in sorted(addresses.items())
            if name not in there
        ),
        ignore_conflicts=True,
    )
