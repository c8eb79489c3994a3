"""Files of facts in the register: imported, again, changed, withdrawn, at odds with each other, and faulty."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from factories import published
from newsroom import reported, seventeenth
from register_content import register_content, row_counts

from evidence.choices import Identity
from evidence.models import Claim, ImportedRow, Judgement
from evidence.opening import open_records
from evidence.rebuild import rebuild
from evidence.services import judge
from funding.models import Package
from ingest.choices import ImportState
from ingest.facts import running
from ingest.facts.files import COLUMNS, DIRECTORY, FileFault, decode, parse, write
from ingest.facts.importing import import_facts
from meetings.models import Attendance, Meeting, Membership
from people.models import Official

pytestmark = pytest.mark.usefixtures("reference_db")

OFFICIAL = {"source_url": "https://www.defense.gov/release/1", "source_publisher": "US Department of Defense"}
PAPER = {"source_url": "https://paper.example/a", "source_publisher": "The Paper", "source_date": "2023-11-23"}
SEVENTEENTH = {
    "group_slug": "udcg", "ordinal": "17", "title": "17th Ukraine Defense Contact Group", "level": "ministers",
    "starts": "2023-11-22", "mode": "virtual", "status": "held", "chairs": "Lloyd Austin", "nation_count": "50",
    "nation_count_qualifier": "more_than", **OFFICIAL, "source_date": "2023-11-22",
}  # fmt: skip
FILES: dict[str, list[dict[str, str]]] = {
    "contact_groups.csv": [
        {
            "slug": "udcg", "name": "Ukraine Defense Contact Group", "abbreviation": "UDCG", "kind": "contact_group",
            **OFFICIAL,
        },
    ],
    "officials.csv": [
        {
            "name": "Lloyd Austin", "nation_iso2_or_org": "US", "post_title": "Secretary of Defense", "to": "2025-01",
            **OFFICIAL,
        },
    ],
    "memberships.csv": [{"group_slug": "udcg", "nation_iso2": "US", "role": "co-lead", "from": "2022-04", **OFFICIAL}],
    "meetings.csv": [
        SEVENTEENTH,
        {**SEVENTEENTH, **PAPER, "starts": "2023-11-23", "remark": "disagrees on the day (others 22 November)"},
    ],
    "attendance.csv": [
        {
            "group_slug": "udcg", "starts": "2023-11-22", "party": "US", "official_name": "Lloyd Austin",
            "role": "speaker", **OFFICIAL,
        },
    ],
    "packages.csv": [
        {
            "donor": "US", "programme": "FMF", "amount": "2000000000", "currency": "USD", "stage": "announced",
            "announced_on": "2022-09-08", "recipients": "UA|18 neighbours", "shares": "UA:0.5|group of 18:0.5",
            "contents": "HIMARS|howitzers (12)", **OFFICIAL,
        },
        {
            "donor": "US", "programme": "FMF", "amount": "2200000000", "currency": "USD", "stage": "announced",
            "announced_on": "2022-09-08", "recipients": "UA|18 neighbours", "shares": "UA:0.5|18 neighbours:0.5",
            "remark": "disagrees on the sum", **PAPER,
        },
        {
            "donor": "NO|DK", "programme": "PURL", "amount": "500000000", "currency": "USD", "stage": "announced",
            "announced_on": "2025-08-05", "meeting_group_slug": "udcg", "meeting_starts": "2023-11-22",
            "recipients": "UA", **OFFICIAL,
        },
    ],
}  # fmt: skip


def texts(**changed: list[dict[str, str]]) -> dict[str, str]:
    rows = FILES | {f"{name}.csv": rows for name, rows in changed.items()}
    return {name: write(name, rows) for name, rows in rows.items()}


def imported(**changed: list[dict[str, str]]):
    return import_facts(texts(**changed))


def test_rows_become_records_that_name_what_they_rest_on():
    outcome = imported()
    assert outcome.faults == []
    meeting = Meeting.objects.live().get(ordinal=17)
    assert (meeting.mode, meeting.status, meeting.nation_count, meeting.nation_count_qualifier) == (
        "virtual", "held", 50, "more_than",
    )  # fmt: skip
    [quote] = open_records([meeting.pk])[meeting.pk]["ordinal"].values[0].quotes[:1]
    assert (quote.basis, quote.outlet, quote.url, quote.date_text) == (
        "citation", OFFICIAL["source_publisher"], OFFICIAL["source_url"], "2023-11-22",
    )  # fmt: skip
    # Named as chair by one row and as speaker by another: one person at the meeting.
    austin = Attendance.objects.live().get(meeting=meeting)
    assert (austin.official.name, austin.nation_id) == ("Lloyd Austin", "US")
    [post] = austin.official.posts.all()
    assert (post.title, str(post.held_to), post.held_to_precision) == ("Secretary of Defense", "2025-01-01", "month")
    member = Membership.objects.get(nation="US", state="live")
    assert (member.role, member.group.abbreviation, member.since_precision) == ("co_lead", "UDCG", "month")
    joint = Package.objects.live().get(programme="purl")
    assert {c.nation_id for c in joint.contributions.live()} == {"NO", "DK"}
    assert joint.meeting == meeting


AUSTIN = FILES["officials.csv"][0] | {"source_date": "2023-11-22"}


@pytest.mark.parametrize(
    ("row", "title", "meant"),
    [
        (AUSTIN, "Secretary of Defense", True),
        (AUSTIN, "Senator", False),
        # Of another year, or by a page of no day, nothing is known of the office, so the name alone decides.
        (AUSTIN | {"source_date": "2022-05-23"}, "Senator", True),
        (AUSTIN | {"source_date": ""}, "Senator", True),
        # A page that looks back says nothing of its own year.
        (AUSTIN | {"to": "2022-01"}, "Senator", True),
    ],
)
def test_the_office_that_a_row_gives_tells_whom_a_surname_means(plain_reader, row, title, meant):
    imported(officials=[row])
    whole = Official.objects.live().get()
    published(f"OFFICIAL name=Austin; title={title}; affiliation=US", name="a", published="2023-12-01")
    assert list(Official.objects.live()) == [whole] if meant else Official.objects.live().count() == 2


def test_importing_again_changes_nothing():
    imported()
    before, content = row_counts(), register_content()
    again = imported()
    assert again.records == 0
    assert {changes.file: changes.unchanged for changes in again.files} == {name: len(FILES[name]) for name in FILES}
    assert (row_counts(), register_content()) == (before, content)
    assert rebuild().changed == 0


def advisory_locks() -> int:
    """Of this transaction: each takes a place in a table of the server that all transactions share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return cursor.fetchone()[0]


def test_a_long_file_takes_one_lock_where_a_short_one_locks_block_after_block(monkeypatch):
    start = advisory_locks()
    with transaction.atomic():
        imported()
        content, blocks = register_content(), advisory_locks() - start
        transaction.set_rollback(True)
    monkeypatch.setattr("evidence.resolution.MANY", 0)
    imported()
    assert register_content() == content
    # Of imports, of the register, and of links that must not close a circle.
    assert advisory_locks() - start <= 5 < blocks


def test_rows_that_disagree_are_rivals_on_one_record():
    imported()
    meeting = Meeting.objects.live().get(group__abbreviation="UDCG")
    assert meeting.contested_fields == ["starts"]
    starts = open_records([meeting.pk])[meeting.pk]["starts"]
    assert (starts.value, [rival.value for rival in starts.rivals]) == ("2023-11-22", ["2023-11-23"])
    package = Package.objects.live().get(programme="fmf")
    assert package.contested_fields == ["amount"]
    # "18 neighbours" and "group of 18" are the same set, and the parts come to the whole.
    shares = {a.nation_id or a.described: a.fraction for a in package.allocations.live()}
    assert sum(shares.values()) == 1
    assert len(shares) == 2


def test_sources_that_part_on_when_an_office_was_held_leave_out_the_end_that_cannot_be():
    [austin] = FILES["officials.csv"]
    rows = [{**austin, "from": "2026-01", "to": "", **PAPER}, {**austin, "to": "2025-01"}]
    outcome = imported(officials=rows)
    assert outcome.faults == []
    [post] = Official.objects.live().get(name="Lloyd Austin").posts.live()
    assert (post.held_from.isoformat(), post.held_to) == ("2026-01-01", None)
    assert [value.value for value in open_records([post.pk])[post.pk]["held_to"].values] == ["2025-01"]


def test_an_article_that_gives_the_rival_sum_attaches_too_and_an_editor_may_part_them(editor):
    imported()
    found = Package.objects.live().get(programme="fmf")
    reported(
        "Alpha",
        "2022-09-09",
        "The United States announced $2.2 billion in Foreign Military Financing on Thursday.",
        packages=[
            {
                "amount": 2200000000, "currency": "USD", "donor": "US", "programme": "FMF", "announced": "2022-09-08",
                "shown": {
                    "amount": "$2.2 billion", "donor": "United States", "programme": "Foreign Military Financing",
                    "announced": "Thursday",
                },
            }
        ],
    )  # fmt: skip
    assert Package.objects.live().get(programme="fmf").pk == found.pk
    tie = Judgement.objects.get()
    judge(left=tie.left_id, right=tie.right_id, identity=Identity.DIFFERENT, by=editor)
    assert Package.objects.live().filter(programme="fmf").count() == 2
    imported(packages=[{**row, "contents": "shells"} for row in FILES["packages.csv"]])
    assert Package.objects.live().filter(programme="fmf").count() == 2


def test_a_rival_of_another_sum_stands_by_itself_once_the_file_says_so():
    imported()
    imported(packages=[FILES["packages.csv"][0], {**FILES["packages.csv"][1], "remark": ""}])
    assert Package.objects.live().filter(programme="fmf").count() == 2
    imported()
    assert Package.objects.live().filter(programme="fmf").count() == 1


def test_a_rival_stays_with_the_row_it_belongs_to_when_that_one_alone_is_changed_or_gone():
    imported()
    one, rival, _ = FILES["packages.csv"]
    for packages in ([{**one, "contents": "shells"}, rival], [rival], [one, rival]):
        imported(packages=packages)
        assert Package.objects.live().filter(programme="fmf").count() == 1
        assert rebuild().changed == 0


def test_what_a_disagreeing_row_alone_says_is_not_stated():
    imported(meetings=[
        {**SEVENTEENTH, "ordinal": ""},
        {**SEVENTEENTH, **PAPER, "ordinal": "3", "remark": "disagrees on the ordinal: called the third meeting"},
    ])  # fmt: skip
    meeting = Meeting.objects.live().get(group__abbreviation="UDCG")
    assert meeting.ordinal is None
    assert [value.value for value in open_records([meeting.pk])[meeting.pk]["ordinal"].values] == [3]


def test_an_undated_word_that_it_was_held_does_not_undo_that_it_was_put_off():
    imported(meetings=[
        {**SEVENTEENTH, "status": "postponed", "source_date": "2023-11-20"},
        {**SEVENTEENTH, **PAPER, "source_date": "", "remark": "disagrees: this copy counts it as held"},
    ])  # fmt: skip
    meeting = Meeting.objects.live().get(group__abbreviation="UDCG")
    assert (meeting.status, meeting.contested_fields) == ("postponed", ["status"])


def test_a_changed_row_is_a_new_claim_of_the_same_record():
    imported()
    meeting = Meeting.objects.live().get(ordinal=17)
    outcome = imported(meetings=[{**SEVENTEENTH, "mode": "hybrid"}, FILES["meetings.csv"][1]])
    [changes] = [changes for changes in outcome.files if changes.file == "meetings.csv"]
    assert ([row.line for row in changes.changed], changes.withdrawn, changes.unchanged) == ([2], [], 1)
    now = Meeting.objects.live().get(ordinal=17)
    assert (now.pk, now.mode) == (meeting.pk, "hybrid")
    claims = Claim.objects.filter(field="mode", mention__binding__record=meeting.pk)
    assert sorted(claims.values_list("value", "imported_row__live")) == [
        ("hybrid", True), ("virtual", False), ("virtual", True),
    ]  # fmt: skip
    # And back: nothing new is claimed.
    count = Claim.objects.count()
    imported()
    assert Meeting.objects.live().get(ordinal=17).mode == "virtual"
    assert Claim.objects.count() == count


def test_a_vanished_row_is_withdrawn_and_files_not_handed_in_stand():
    imported()
    package = Package.objects.live().get(programme="purl")
    rows = {"packages.csv": write("packages.csv", FILES["packages.csv"][:2])}
    outcome = import_facts(rows)
    assert [len(changes.withdrawn) for changes in outcome.files] == [1]
    package.refresh_from_db()
    assert package.state == "withdrawn"
    assert Meeting.objects.live().count() == 1


def test_a_second_row_of_one_source_and_day_leaves_the_first_as_it_is():
    pledge = FILES["packages.csv"][2]
    imported(packages=[pledge])
    first = Package.objects.live().get()
    imported(packages=[{**pledge, "amount": "7000000"}, pledge])
    assert set(Package.objects.live().values_list("amount", flat=True)) == {7_000_000, 500_000_000}
    assert ImportedRow.objects.filter(file="register/packages.csv").count() == 2
    first.refresh_from_db()
    assert (first.amount, first.state) == (500_000_000, "live")


@pytest.mark.parametrize("first", ["facts", "article"])
def test_a_page_that_is_cited_and_read_is_one_witness(first):
    page = {"source_url": "https://alpha.example/2023-11-23", "source_publisher": "Alpha", "source_date": "2023-11-23"}
    row = {**SEVENTEENTH, **page, "chairs": ""}
    steps = [
        lambda: import_facts(texts(meetings=[row], attendance=[], packages=[])),
        lambda: seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday"),
    ]
    for step in steps if first == "facts" else reversed(steps):
        step()
    meeting = Meeting.objects.get(ordinal=17)
    assert {head.stories for head in meeting.settled.filter(field__in=["starts", "ordinal", "nation_count"])} == {1}
    # So is a copy of it on another site.
    seventeenth("Beta", "2023-11-24", "2023-11-22", "on Wednesday")
    assert meeting.settled.get(field="starts").stories == 1
    assert rebuild().changed == 0


def test_articles_attach_to_what_was_imported():
    imported()
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    meeting = Meeting.objects.live().get(ordinal=17)
    assert open_records([meeting.pk])[meeting.pk]["ordinal"].stories == 3


FAULTS = [
    ("memberships", 0, {"nation_iso2": "XX"}, "nation_iso2", "'XX' is neither an ISO 3166-1 code"),
    ("memberships", 0, {"group_slug": "udgc"}, "group_slug", "no row of contact_groups.csv has the slug 'udgc'"),
    ("memberships", 0, {"role": "boss"}, "role", "'boss' is none of lead"),
    ("memberships", 0, {"to": "2021"}, "to", "2021 is before 2022-04"),
    ("meetings", 0, {"starts": "2023-02-30"}, "starts", "day is out of range for month"),
    ("meetings", 0, {"country_iso2": "UK"}, "country_iso2", "'UK' is no ISO 3166-1 code"),
    ("meetings", 0, {"source_url": ""}, "source_url", "the source is missing"),
    ("meetings", 0, {"source_url": "defense.gov"}, "source_url", "'defense.gov' is no web address"),
    ("meetings", 0, {"source_publisher": ""}, "source_publisher", "the publisher is missing"),
    ("meetings", 0, {"chairs": "Nobody"}, "chairs", "no row of officials.csv has the name 'Nobody'"),
    ("meetings", 0, {"other_source_urls": "https://x.example/"}, "other_source_urls", "is not in sources.csv"),
    ("attendance", 0, {"starts": "2023-11-24"}, "starts", "no row of meetings.csv is of 'udcg'"),
    ("packages", 2, {"currency": "dollars"}, "amount", "'dollars' is no ISO 4217 code"),
    ("packages", 2, {"amount": "-5"}, "amount", "is no sum of money"),
    ("packages", 2, {"donor": "ZZ"}, "donor", "'ZZ' is neither an ISO 3166-1 code"),
    ("officials", 0, {"from": "May"}, "from", "'May' is not a date of the form"),
]


@pytest.mark.parametrize(("file", "number", "wrong", "column", "reason"), FAULTS, ids=lambda value: str(value)[:20])
def test_a_faulty_cell_is_named(file, number, wrong, column, reason):
    rows = [dict(row) for row in FILES[f"{file}.csv"]]
    rows[number] |= wrong
    outcome = import_facts(texts(**{file: rows}), dry_run=True)
    first = outcome.faults[0]
    assert (first.file, first.line, first.column) == (f"{file}.csv", number + 2, column)
    assert reason in first.reason


def test_a_faulty_row_is_left_out_and_the_rest_goes_in():
    outcome = imported(meetings=[{**SEVENTEENTH, "source_url": ""}, FILES["meetings.csv"][1]])
    assert next((fault.file, fault.line) for fault in outcome.faults) == ("meetings.csv", 2)
    assert ImportedRow.objects.filter(file="register/meetings.csv").count() == 1
    assert Meeting.objects.live().get(group__abbreviation="UDCG").starts.isoformat() == "2023-11-23"


def test_a_row_made_faulty_keeps_what_was_imported_of_it():
    imported()
    outcome = imported(memberships=[{**FILES["memberships.csv"][0], "from": "2022-13"}])
    assert [str(fault) for fault in outcome.faults] == ["memberships.csv:2: from: month must be in 1..12"]
    assert Membership.objects.get(nation="US", state="live").since_precision == "month"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("slug,name\r\na,b\r\n", "contact_groups.csv:1: abbreviation: the column is missing"),
        (write("contact_groups.csv", []).replace("remark", "remark,more"), "contact_groups.csv:1: more: there is no"),
        (write("contact_groups.csv", []) + "a,b\r\n", "contact_groups.csv:2: name: the row has 2 cells"),
        (write("contact_groups.csv", []) + '"a', "not CSV from here on"),
        ("", "contact_groups.csv:1: slug: the column is missing"),
    ],
)
def test_a_file_that_is_no_table_is_named(text, fault):
    imported()
    outcome = import_facts({"contact_groups.csv": text})
    assert fault in str(outcome.faults[0])


def test_lines_are_counted_as_an_editor_sees_them():
    rows = [{**FILES["contact_groups.csv"][0], "purpose": "two\nlines"}, {"slug": "x", "name": "X", "kind": "other"}]
    outcome = imported(contact_groups=rows)
    assert [fault.line for fault in outcome.faults] == [4, 4]


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(FileFault, match=r"meetings\.csv:2: it is not UTF-8"):
        decode("meetings.csv", b"group_slug\n\xff")
    with pytest.raises(FileFault, match=r"odd\.csv is none of sources\.csv"):
        decode("odd.csv", b"")


def test_the_command_says_what_would_change_and_fails_on_a_faulty_row(tmp_path: Path, capsys):
    for name, text in texts(memberships=[{**FILES["memberships.csv"][0], "nation_iso2": "XX"}]).items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    before = row_counts()
    with pytest.raises(CommandError, match="1 fault"):
        call_command("import_facts", tmp_path, "--dry-run")
    said = capsys.readouterr()
    assert "meetings.csv: 2 new, 0 changed, 0 withdrawn, 0 unchanged" in said.out
    assert "memberships.csv:2: nation_iso2: 'XX' is neither" in said.err
    assert row_counts() == before
    with pytest.raises(CommandError, match="1 fault"):
        call_command("import_facts", tmp_path)
    assert Meeting.objects.live().count() == 1
    with pytest.raises(CommandError, match="holds none of"):
        call_command("import_facts", tmp_path / "nowhere")


def test_the_command_passes_over_what_it_imported_last(tmp_path: Path, capsys, django_assert_max_num_queries):
    for name, text in texts().items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    call_command("import_facts", tmp_path)
    with django_assert_max_num_queries(1):
        call_command("import_facts", tmp_path)
    assert "those that were imported last" in capsys.readouterr().out
    # Another import in between, and they are gone through again.
    imported(memberships=[])
    running.run(running.request_import(texts(memberships=[]), dry_run=False, by=None).pk)
    call_command("import_facts", tmp_path)
    assert Membership.objects.filter(nation="US", state="live").exists()


def test_an_editor_s_import_is_carried_through_once(editor):
    wanted = running.request_import(texts(), dry_run=False, by=editor.pk)
    running.run(wanted.pk)
    wanted.refresh_from_db()
    rows = sum(map(len, FILES.values()))
    assert (wanted.state, wanted.rows_done, wanted.rows_total) == (ImportState.DONE, rows, rows)
    assert "meetings.csv: 2 new" in wanted.report
    before = row_counts()
    running.run(wanted.pk)
    assert row_counts() == before


def test_every_row_that_ships_is_sound():
    for name in COLUMNS:
        text = decode(name, (DIRECTORY / name).read_bytes())
        rows, faults = parse(name, text)
        assert (faults, write(name, (row.content for row in rows)) == text) == ([], True)


def test_shipped_officials_and_groups_come_in():
    shipped = {name: decode(name, (DIRECTORY / name).read_bytes()) for name in COLUMNS}
    few = {name: shipped[name] for name in ("sources.csv", "places.csv", "contact_groups.csv", "officials.csv")}
    assert import_facts(few).faults == []
    umerov = Official.objects.live().get(name="Rustem Umerov")
    [post] = umerov.posts.filter(state="live")
    assert (str(post.held_from), str(post.held_to), post.held_to_precision) == ("2023-09-06", "2025-07-01", "month")


WHOLE = {
    "donor": "CA", "amount": "440000000", "currency": "CAD", "stage": "announced", "announced_on": "2025-01-09",
    "recipients": "UA", "key": "whole", **OFFICIAL,
}  # fmt: skip
PART = WHOLE | {"amount": "100000000", "programme": "PURL", "key": "", "part_of": "whole"}
AGAIN = WHOLE | {"amount": "300000000", "currency": "USD", "announced_on": "2025-03-01", "key": "", "restates": "whole"}
TOTAL = WHOLE | {"amount": "9000000000", "announced_on": "2025-02-01", "key": "", "covers": "running_total"}


def test_lineage_and_what_a_sum_covers_come_from_their_columns():
    outcome = imported(packages=[WHOLE, PART, AGAIN, TOTAL])
    assert outcome.faults == []
    whole = Package.objects.live().get(amount=440_000_000)
    assert [part.amount for part in whole.parts.all()] == [100_000_000]
    assert [again.currency for again in whole.restatements.all()] == ["USD"]
    assert Package.objects.live().get(amount=9_000_000_000).covers == "running_total"
    # A row that no longer says so takes it back.
    imported(packages=[WHOLE, PART | {"part_of": ""}, AGAIN, TOTAL | {"covers": ""}])
    assert not whole.parts.exists()
    assert not Package.objects.exclude(covers="").exists()


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (PART | {"part_of": "nowhere"}, "part_of", "no row of packages.csv has the key 'nowhere'"),
        (PART | {"key": "whole", "part_of": ""}, "key", "another row of packages.csv has the key 'whole' too"),
        (AGAIN | {"restates": "itself", "key": "itself"}, "restates", "'itself' is the key of the same package"),
        (TOTAL | {"covers": "all"}, "covers", "'all' is none of"),
    ],
)
def test_a_faulty_lineage_is_reported_with_its_cell(row, column, reason):
    faults = [fault for fault in imported(packages=[WHOLE, row]).faults if fault.line == 3]
    assert [(fault.column, fault.reason[: len(reason)]) for fault in faults] == [(column, reason)]


def test_shipped_lineage_points_at_rows_that_are_there():
    rows, _ = parse("packages.csv", (DIRECTORY / "packages.csv").read_text(encoding="utf-8"))
    keys = [row["key"] for row in rows if row["key"]]
    named = {row[column] for row in rows for column in ("part_of", "restates") if row[column]}
    assert len(keys) == len(set(keys)) == len(named)
    assert named == set(keys)
    assert sum("cumulative" in row["remark"] for row in rows) > 5
    assert all(row["covers"] for row in rows if "cumulative" in row["remark"])
