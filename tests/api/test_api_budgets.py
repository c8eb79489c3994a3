"""A list costs the same number of queries for one row and for thirty; how many is data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import published

BUDGETS = json.loads((Path(__file__).parent.parent / "query_budgets_api.json").read_text(encoding="utf-8"))
# Lists only what is committed; test_api_changes.py has its own.
del BUDGETS["changes/"]


@pytest.fixture
def cost(feed):
    def ask(path: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            found = feed(path)
        return len(queries), len(found["results"])

    return ask


def lines(number: int) -> list[str]:
    return [
        f"GROUP name=Coalition {number} of the willing",
        f"OFFICIAL name=Given{number} Surname{number}; title=Minister; affiliation=FR",
        f"MEETING contact_group=Coalition {number} of the willing; starts=2023-01-05; participants=DE,FR;"
        f" officials_present=Given{number} Surname{number}",
        f"PACKAGE amount={number}000; currency=EUR; donor=DE; recipients=UA,MD; announced=2023-01-05",
    ]


def test_lists_keep_their_budget(plain_reader, cost):
    published(*lines(1), name="one")
    few = {path: cost(path) for path in BUDGETS}
    published(*(line for number in range(2, 31) for line in lines(number)), name="many")
    for number in range(3, 31):
        published(name=f"empty-{number}")
    many = {path: cost(path) for path in BUDGETS}
    assert {path: queries for path, (queries, _) in few.items()} == BUDGETS
    assert {path: queries for path, (queries, _) in many.items()} == BUDGETS
    fed = [path for path in BUDGETS if not path.startswith("nations")]
    assert {path: many[path][1] - few[path][1] for path in fed} == dict.fromkeys(fed, 29)
