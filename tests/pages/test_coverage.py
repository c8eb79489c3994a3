"""The command that says how well the register covers what it is about."""

import re

from django.core.management import call_command
from reporting import GROUP, report

from ingest.facts.files import write
from ingest.facts.importing import import_facts
from register.coverage import coverage

CITED = {"source_url": "https://www.gov.example/1", "source_publisher": "A Ministry", "source_date": "2023-11-22"}
MEETING = {"group_slug": "udcg", "level": "ministers", "status": "held", **CITED}


def test_records_are_counted_by_what_stands_behind_them(capsys):
    group = {"slug": "udcg", "name": GROUP, "abbreviation": "UDCG", "kind": "contact_group", **CITED}
    rows = [
        {**MEETING, "ordinal": "16", "title": "16th", "starts": "2023-10-11"},
        {**MEETING, "ordinal": "18", "title": "18th", "starts": "2024-01-23"},
    ]
    money = {"donor": "DE", "amount": "5000000", "currency": "EUR", "announced_on": "2024-05-01", **CITED}
    import_facts(
        {
            "contact_groups.csv": write("contact_groups.csv", [group]),
            "meetings.csv": write("meetings.csv", rows),
            "packages.csv": write("packages.csv", [money]),
        }
    )
    said = f"MEETING contact_group={GROUP}; ordinal=16; level=ministers; status=held; participants=DE; starts="
    report(f"{said}2023-10-11", name="one")
    report(f"{said}2023-10-10", name="two")
    cells = {(cell.group, cell.year, cell.kind): cell for cell in coverage()}
    sixteenth = cells["UDCG", "2023", "meeting"]
    assert (sixteenth.records, sixteenth.with_sources(3), sixteenth.contested, sixteenth.unread) == (1, 1, 1, 0)
    eighteenth = cells["UDCG", "2024", "meeting"]
    assert (eighteenth.with_sources(0, 1), eighteenth.unread) == (1, 1)
    # The numbers below 16 are missing too; 17 lies before the 18th, which was in 2024.
    assert (sixteenth.missing, eighteenth.missing) == (list(range(1, 16)), [17])
    assert cells["UDCG", "2023", "attendance"].with_sources(2, 2) == 1
    assert cells["(no group)", "2024", "package"].unread == 1
    call_command("coverage")
    printed = capsys.readouterr().out
    assert re.search(r"UDCG +2023 +Meeting +1 +– +– +1 +1 +–", printed)
    assert re.search(r"all +4 +2 +1 +1 +1 +2", printed)
