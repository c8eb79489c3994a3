"""A reader of the feeds, and a small register with every kind of row."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from factories import package, published, row

from evidence.choices import RecordKind
from meetings.models import Meeting


class Feed:
    """Asks the feeds and answers JSON; insists on the status that the test expects."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, path: str, expect: int = 200, /, **parameters: Any) -> Any:
        response = self.client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == expect, response.content
        return response.json()

    def ids(self, path: str, **parameters: Any) -> list[str]:
        return [result["id"] for result in self(path, **parameters)["results"]]


@pytest.fixture
def feed(reference_db) -> Feed:
    return Feed(Client(raise_request_exception=False))


@pytest.fixture
def register(reference_db, plain_reader, editor) -> None:
    """Two articles about the 17th meeting, disagreeing on the day, and a joint package that an editor divides."""
    people = "OFFICIAL name=Bill LaPlante; title=Under Secretary of Defense; affiliation=US"
    head = "MEETING contact_group=Ukraine Defense Contact Group; ordinal=17; status=held; place=Brussels; country=BE"
    published(
        people,
        f"{head}; starts=2023-11-22; participants=DE,FR; chairs=US; officials_present=Bill LaPlante;"
        " coordinated_with=NATO; topics=production,drones; nation_count=50",
        "STATEMENT official=Bill LaPlante; quote=We need more shells; meeting=0",
        "PACKAGE amount=1300000000; currency=EUR; donor=DE; recipients=UA,18 neighbours; contents=drones;"
        " announced=2023-11-22; meeting=0; status=announced",
        name="a",
    )
    published(f"{head}; starts=2023-11-23", name="b", published="2025-02-11")
    joint = package(editor, "900", "SEK", announced_on="2024-11")
    row(editor, RecordKind.CONTRIBUTION, joint, nation="SE")
    row(editor, RecordKind.ALLOCATION, joint, nation="UA", fraction="0.6")
    row(editor, RecordKind.ALLOCATION, joint, nation="MD")


@pytest.fixture
def seventeenth(register) -> Meeting:
    return Meeting.objects.live().get()
