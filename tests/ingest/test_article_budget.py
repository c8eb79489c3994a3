"""How many queries an article takes, however many mentions it makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from plain_reader import article

from evidence.models import Mention
from ingest.choices import IntakeState
from ingest.models import Intake
from ingest.services import advance, submit_bytes

BUDGET = json.loads((Path(__file__).parents[1] / "query_budgets_ingest.json").read_text())
GROUP = "contact_group=Ukraine Defense Contact Group"


def queries_for(parties: str, name: str) -> int:
    line = f"MEETING {GROUP}; ordinal=26; starts=2025-02-12; place=Brussels; participants={parties}"
    intake = submit_bytes(f"{name}.json", article(line, name=name))
    with CaptureQueriesContext(connection) as captured:
        advance(intake.pk)
    assert Intake.objects.get(pk=intake.pk).state == IntakeState.SETTLED
    # The test's own transaction turns transactions into savepoints.
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_an_article_takes_as_many_queries_with_twenty_participants_as_with_two():
    many = "DE,FR,GB,US,PL,IT,ES,NL,NO,SE,FI,DK,CZ,EE,LV,LT,RO,BG,PT,GR"
    few, more = queries_for("DE,FR", "a"), queries_for(many, "b")
    assert Mention.objects.filter(kind="attendance").count() == 22
    assert more <= few
    # What the register has heard before is bound without clustering.
    assert queries_for(many, "c") <= BUDGET["a repeated report"]
