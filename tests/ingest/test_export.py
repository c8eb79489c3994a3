"""The register as files of facts: the same after a round trip, what articles and editors add, what is left out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from frictionless import Package as DataPackage
from newsroom import pledge, reported, seventeenth

from evidence.choices import Decision, Identity
from evidence.models import Claim, ImportedRow
from evidence.services import decide, judge, state_value
from ingest.facts.export.datapackage import FIELDS
from ingest.facts.export.writing import files, write_directory
from ingest.facts.files import COLUMNS, DIRECTORY, PIECE, read_directory, write
from ingest.facts.importing import PREFIX, import_facts
from meetings.models import Attendance, Meeting

CITED = {"source_url": "https://www.gov.example/1", "source_publisher": "A Ministry", "source_date": "2023-11-22"}
FACTS: dict[str, list[dict[str, str]]] = {
    "sources.csv": [{"key": "gov-1", **CITED}],
    "contact_groups.csv": [
        {"slug": "udcg", "name": "Ukraine Defense Contact Group", "kind": "contact_group", **CITED},
    ],
    "officials.csv": [
        {"name": "Boris Pistorius", "nation_iso2_or_org": "DE", "post_title": "Minister of Defence", **CITED},
    ],
    "meetings.csv": [
        {
            "group_slug": "udcg", "ordinal": "17", "title": "17th", "level": "ministers", "starts": "2023-11-22",
            "status": "held", "nation_count": "50", "nation_count_qualifier": "more_than", **CITED,
            "remark": 'says "more than", and: a comma',
        },
    ],
    "attendance.csv": [
        {"group_slug": "udcg", "starts": "2023-11-22", "party": "DE", "official_name": "Boris Pistorius",
         "role": "participant", **CITED},
    ],
}  # fmt: skip


def exported() -> dict[str, str]:
    return {name: "".join(parts) for name, parts in files()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def tables(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name in COLUMNS}


@contextmanager
def another_register() -> Iterator[None]:
    """What is done in it is undone: a register that holds what this one held before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fill(editor) -> None:
    """Facts, articles that bear them out and go beyond them, and an editor's decisions."""
    import_facts({name: write(name, table) for name, table in FACTS.items()})
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    seventeenth("Beta", "2023-11-24", "2023-11-22", "on Wednesday")
    pledge("Gamma", "2023-11-24")
    reported(
        "Delta",
        "2024-01-24",
        "The 18th Ukraine Defense Contact Group meeting was held on 23 January with France and Germany.",
        meetings=[
            {
                "label": "18th Ukraine Defense Contact Group meeting",
                "contact_group": "Ukraine Defense Contact Group",
                "ordinal": 18,
                "starts": "2024-01-23",
                "participants": ["FR", "DE"],
                "shown": {
                    "label": "18th Ukraine Defense Contact Group meeting",
                    "contact_group": "Ukraine Defense Contact Group",
                    "ordinal": "18th",
                    "starts": "23 January",
                    "participants": ["France", "Germany"],
                },
            },
        ],
    )
    eighteenth = Meeting.objects.get(ordinal=18)
    state_value(record=eighteenth, field="venue", value="Hall", by=editor)
    state_value(
        record=eighteenth,
        field="mode",
        value="virtual",
        by=editor,
        citation_url="https://www.gov.example/18",
        citation_publisher="A Ministry",
    )
    decide(claim=Claim.objects.filter(field="starts", value="2023-11-22").first(), decision=Decision.ACCEPT, by=editor)


@pytest.mark.usefixtures("reference_db")
class TestOneRegister:
    def test_imported_files_come_out_as_they_went_in(self):
        texts = {name: write(name, FACTS.get(name, [])) for name in COLUMNS}
        import_facts(texts)
        assert tables(exported()) == texts
        assert rows(exported()["left_out.csv"]) == []

    def test_what_articles_and_editors_say_goes_round(self, editor):
        with another_register():
            fill(editor)
            first = exported()
            there = sorted(Meeting.objects.live().values_list("ordinal", "starts", "mode", "status"))
            parties = sorted(Attendance.objects.live().values_list("meeting__ordinal", "nation"))
        meetings = rows(first["meetings.csv"])
        assert meetings[0] == {**dict.fromkeys(COLUMNS["meetings.csv"], ""), **FACTS["meetings.csv"][0]}
        seventeen, eighteen = meetings[1:]
        # Both articles stand behind one row, which says only what they do; the level is the register's.
        assert {seventeen["source_url"], *seventeen["other_source_urls"].split("|")} == {
            "https://alpha.example/2023-11-23",
            "https://beta.example/2023-11-24",
        }
        assert (seventeen["ordinal"], seventeen["level"], seventeen["mode"]) == ("17", "ministers", "virtual")
        assert (seventeen["nation_count"], seventeen["nation_count_qualifier"]) == ("50", "more_than")
        # What the editor cites is said; what nobody published is not.
        assert (eighteen["mode"], eighteen["venue"]) == ("virtual", "")
        assert rows(first["packages.csv"])[0]["contents"] == "IRIS-T systems"
        with another_register():
            assert import_facts(tables(first)).faults == []
            assert tables(exported()) == tables(first)
            assert exported()["datapackage.json"] == first["datapackage.json"]
            assert sorted(Meeting.objects.live().values_list("ordinal", "starts", "mode", "status")) == there
            assert sorted(Attendance.objects.live().values_list("meeting__ordinal", "nation")) == parties

    def test_what_the_files_cannot_say_is_listed(self, editor):
        fill(editor)
        pledged = seventeenth("Epsilon", "2023-11-25", "2023-11-23", "on Thursday").snapshot
        mentions = Claim.objects.filter(snapshot=pledged, field="ordinal").values_list("mention", flat=True)
        other = Claim.objects.filter(field="ordinal", value=18).values_list("mention", flat=True)
        judge(left=mentions[0], right=other[0], identity=Identity.DIFFERENT, by=editor)
        left = {(row["kind"], row["field"], row["value"], row["reason"]) for row in rows(exported()["left_out.csv"])}
        assert ("statement", "exists", "Boris Pistorius: We stand with Ukraine.", "no file has a row for it") in left
        assert ("meeting", "venue", "Hall", "no page with an address says so") in left
        assert ("meeting", "starts", "2023-11-22", "an editor's decision: accept") in left
        assert any(row[0] == "meeting" and row[3].endswith("two records: different") for row in left)

    def test_a_group_without_a_row_takes_its_meetings_along_into_the_list(self):
        reported(
            "Alpha",
            "2024-02-02",
            "Ministers met on 1 February in Tallinn.",
            meetings=[{"label": "Ministers", "starts": "2024-02-01", "status": "held", "level": "ministers",
                       "shown": {"label": "Ministers", "starts": "1 February", "status": "met", "level": "Ministers"}}],
        )  # fmt: skip
        texts = exported()
        assert rows(texts["meetings.csv"]) == []
        reasons = [row["reason"] for row in rows(texts["left_out.csv"]) if row["kind"] == "meeting"]
        assert reasons == ["a row needs a group that has one, and a day, a month or a year"]

    def test_the_data_package_is_valid_and_tells_a_broken_one(self, editor, tmp_path: Path):
        fill(editor)
        write_directory(tmp_path)
        report = DataPackage(str(tmp_path / "datapackage.json")).validate()
        assert report.valid, report.flatten(["title", "message"])
        table = rows((tmp_path / "attendance.csv").read_text(encoding="utf-8"))
        table[0]["starts"] = "2020-01-01"
        (tmp_path / "attendance.csv").write_text(write("attendance.csv", table), encoding="utf-8", newline="")
        broken = DataPackage(str(tmp_path / "datapackage.json")).validate()
        assert [row[0] for row in broken.flatten(["type"])] == ["foreign-key"]

    def test_a_large_file_comes_in_pieces(self):
        ImportedRow.objects.bulk_create(
            ImportedRow(
                file=f"{PREFIX}sources.csv",
                row_key=str(n),
                position=n,
                content={"key": str(n), "source_url": f"https://a.example/{n}", "source_publisher": "x" * 100},
                content_sha256=str(n),
            )
            for n in range(2000)
        )
        for name, parts in files():
            lengths = [len(part) for part in parts]
            if name == "sources.csv":
                assert len(lengths) > 3
                assert max(lengths) < 2 * PIECE

    def test_the_command_writes_all_or_nothing(self, tmp_path: Path, capsys):
        import_facts({"sources.csv": write("sources.csv", FACTS["sources.csv"])})
        (tmp_path / "notes.txt").write_text("mine")
        call_command("export_facts", str(tmp_path))
        assert "sources.csv: " in capsys.readouterr().out
        assert {path.name for path in tmp_path.iterdir()} == {*COLUMNS, "left_out.csv", "datapackage.json", "notes.txt"}
        assert read_directory(tmp_path)["sources.csv"] == write("sources.csv", FACTS["sources.csv"])
        with pytest.raises(CommandError, match=r"notes\.txt"):
            call_command("export_facts", str(tmp_path / "notes.txt"))

    def test_the_download_holds_the_same_files(self):
        import_facts({"sources.csv": write("sources.csv", FACTS["sources.csv"])})
        response = Client().get("/export/register.zip")
        content = response.getvalue()
        assert response.headers["Content-Disposition"] == 'attachment; filename="muster-register.zip"'
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = {name: archive.read(name).decode() for name in archive.namelist()}
        assert found == exported()
        assert Client().get("/export/register.zip").getvalue() == content
        assert Client().post("/export/register.zip").status_code == 405


def test_every_column_is_described():
    assert [
        c for name, columns in COLUMNS.items() for c in columns if f"{name} {c}" not in FIELDS and c not in FIELDS
    ] == []


@pytest.mark.long
@pytest.mark.usefixtures("reference_db")
def test_the_shipped_facts_come_out_as_they_went_in(tmp_path: Path):
    import_facts(read_directory(DIRECTORY))
    write_directory(tmp_path)
    for name in COLUMNS:
        assert (tmp_path / name).read_bytes() == (DIRECTORY / name).read_bytes()
    assert DataPackage(str(tmp_path / "datapackage.json")).validate().valid
