"""Pairs of tellings against a key: what counts as right, doubled and mixed."""

from __future__ import annotations

import csv

import pytest
from django.core.management import call_command
from newsroom import seventeenth

from ingest.crosscheck import KEY, Told, drifted, in_all, measured, read_key, take_in
from ingest.facts.files import DIRECTORY, write
from ingest.facts.importing import import_facts
from ingest.models import Intake

CITED = {"source_url": "https://www.gov.example/1", "source_publisher": "A Ministry", "source_date": "2023-11-22"}
GROUP = {"slug": "udcg", "name": "Ukraine Defense Contact Group", "kind": "contact_group", **CITED}
MEETING = {"group_slug": "udcg", "level": "ministers", "status": "held", "mode": "virtual", **CITED}


def intake(outlet: str, day: str, starts: str, words: str) -> Intake:
    run = seventeenth(outlet, day, starts, words)
    return Intake(name=f"{outlet}.json", snapshot=run.snapshot)


@pytest.mark.usefixtures("reference_db")
def test_pairs_are_counted_against_the_key():
    rows = [
        {**MEETING, "ordinal": "17", "title": "17th", "starts": "2023-11-22"},
        {**MEETING, "ordinal": "18", "title": "18th", "starts": "2024-01-23"},
    ]
    import_facts(
        {"contact_groups.csv": write("contact_groups.csv", [GROUP]), "meetings.csv": write("meetings.csv", rows)}
    )
    articles = {
        "a": intake("Alpha", "2023-11-23", "2023-11-22", "on Wednesday"),
        "b": intake("Beta", "2023-11-24", "2023-11-22", "on Wednesday"),
    }
    at = articles["a"].snapshot.content.index("17th")
    seventeenth_said = [Told(name, "meeting", at, "udcg 2023-11-22") for name in articles]
    right = measured(seventeenth_said, articles)["meeting"]
    # Two articles and the fact: three pairs.
    assert (right.right, right.together, right.same) == (3, 3, 3)
    other = Told("b", "meeting", at, "udcg 2024-01-23")
    wrong = measured([seventeenth_said[0], other], articles)["meeting"]
    assert (wrong.right, wrong.together, wrong.same, wrong.doubled) == (1, 3, 2, [other])
    assert (wrong.precision, wrong.recall) == (1 / 3, 1 / 2)
    nothing = Told("b", "meeting", at, "- another meeting")
    assert measured([seventeenth_said[0], nothing], articles)["meeting"].mixed == [nothing]
    unread = Told("b", "meeting", at + 1000, "udcg 2023-11-22")
    found = measured([seventeenth_said[0], unread, Told("c", "meeting", at, "udcg 2023-11-22")], articles)["meeting"]
    assert (found.told, found.right, found.same, found.unread) == (2, 1, 3, [unread])


def test_the_key_names_what_the_files_of_facts_hold():
    known = set()
    for kind, file, columns in (
        ("contact_group", "contact_groups.csv", ("slug",)),
        ("official", "officials.csv", ("name",)),
        ("meeting", "meetings.csv", ("group_slug", "starts")),
        ("package", "packages.csv", ("donor", "programme", "amount", "currency", "announced_on")),
    ):
        with (DIRECTORY / file).open(encoding="utf-8", newline="") as rows:
            part = "|" if kind == "package" else " "
            known |= {(kind, part.join(row[name] for name in columns)) for row in csv.DictReader(rows)}
    key = read_key()
    assert [told for told in key if told.of_facts and (told.kind, told.thing) not in known] == []
    assert len({(told.article, told.kind, told.at) for told in key}) == len(key)


@pytest.mark.long
@pytest.mark.usefixtures("committed_db")
def test_the_sample_attaches_to_the_shipped_facts():
    call_command("import_facts")
    outcomes = measured(read_key(KEY), take_in([DIRECTORY.parents[1] / "samples"]))
    whole = in_all(outcomes.values())
    assert whole.precision >= 0.98
    assert whole.recall >= 0.95
    assert drifted() > 0
