"""Replaying the log yields the register that is there, and mends one that was damaged."""

from __future__ import annotations

import threading
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from factories import published
from projections import changed, projections

from evidence.choices import Decision, Identity, RecordState
from evidence.models import Binding, Change, Claim, Mention, Outlet, Record, SettledField, Settlement
from evidence.rebuild import rebuild
from evidence.resolution import lock_blocks
from evidence.services import create_record, current_record, decide, judge, rate_outlet, state_value
from funding.models import Package
from ingest.choices import IntakeState
from ingest.models import Intake
from ingest.services import advance, submit_path
from meetings.models import Attendance, Meeting

GROUP = "contact_group=Ukraine Defense Contact Group"
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("[0-9]*.json"))


def newsroom(editor) -> None:
    """Articles that come together, change and fall silent, and an editor who decides in every way there is."""
    for name, day in (("a", "2025-02-12"), ("b", "2025-02-12"), ("c", "2025-02-13"), ("d", "2025-04-11")):
        published(
            f"MEETING {GROUP}; starts={day}; place=Brussels; participants=DE,FR,NATO; topics=air defence",
            "OFFICIAL name=Boris Pistorius; affiliation=DE; title=minister of defence",
            "PACKAGE amount=2000000000; currency=EUR; donor=DE; announced=2025-02-10; recipients=UA",
            "PACKAGE amount=500000000; currency=EUR; donor=DE; announced=2025-02-10; part_of=0",
            "STATEMENT official=Boris Pistorius; quote=We stand together; meeting=0",
            name=name,
        )
    # Of two texts about one meeting the earlier changes its mind; what it said of another is gone.
    published(f"MEETING {GROUP}; starts=2025-02-12; mode=hybrid", name="a")
    published("OFFICIAL name=Pistorius; title=minister", name="e")
    published("OFFICIAL name=John Healey; affiliation=GB; title=Secretary", name="f")
    published("OFFICIAL name=Pistorius; title=minister", name="f")
    first, last = Meeting.objects.live().filter(group__isnull=False).order_by("starts")
    state_value(record=first, field="place", value="Antwerp", by=editor)
    own = state_value(record=first, field="venue", value="Town hall", by=editor)
    state_value(record=first, field="venue", value="Castle", by=editor)
    decide(claim=own, decision=Decision.WITHDRAW, by=editor)
    decide(claim=Claim.objects.filter(field="starts", value="2025-04-11").first(), decision=Decision.REJECT, by=editor)
    germany, france = Attendance.objects.live().filter(meeting=last, nation__isnull=False).order_by("nation")
    state_value(record=germany, field="role", value="chair", by=editor)
    decide(claim=Claim.objects.filter(mention=france.pk, field="exists").first(), decision=Decision.REJECT, by=editor)
    judge(left=first.pk, right=last.pk, identity=Identity.SAME, by=editor)
    parted = Mention.objects.filter(kind="package", binding__record=Package.objects.live().first()).order_by("pk")
    judge(left=parted[0].pk, right=parted[1].pk, identity=Identity.DIFFERENT, by=editor)
    entered = create_record(kind="meeting", values={"starts": "2025-06-01", "level": "leaders"}, by=editor)
    state_value(record=Meeting.objects.get(pk=entered), field="place", value="Ghent", by=editor)
    rate_outlet(outlet=Outlet.objects.get(name="Paper c"), reliability=0.3, by=editor, why="invents")


def logged() -> tuple[int, int]:
    return Settlement.objects.count(), Change.objects.count()


@pytest.mark.usefixtures("reference_db", "plain_reader")
@pytest.mark.parametrize("batch", [1000, 7])
def test_a_replay_changes_nothing(editor, batch):
    newsroom(editor)
    assert set(Record.objects.values_list("state", flat=True)) == set(RecordState) - {RecordState.UNCONFIRMED}
    before, rows = projections(), logged()
    versions = dict(Record.objects.values_list("pk", "version"))
    assert rebuild(batch).changed == 0
    assert changed(before, projections()) == []
    assert logged() == rows
    assert dict(Record.objects.values_list("pk", "version")) == versions


@pytest.mark.usefixtures("reference_db")
def test_a_replay_of_the_samples_changes_nothing():
    for path in SAMPLES:
        for intake in submit_path(path):
            advance(intake.pk)
    assert set(Intake.objects.values_list("state", flat=True)) == {IntakeState.SETTLED}
    before, rows = projections(), logged()
    assert rebuild().changed == 0
    assert changed(before, projections()) == []
    assert logged() == rows


DAMAGES = {
    "a column": "UPDATE meetings_meeting SET place_name = 'Atlantis'",
    "a state": "UPDATE evidence_record SET state = 'withdrawn' WHERE kind = 'meeting'",
    "a whole": "UPDATE meetings_attendance SET meeting_id = NULL",
    "an identity key": "UPDATE evidence_record SET identity_keys = '{nonsense}'",
    "settled fields": "DELETE FROM evidence_settledfield",
    "weights": "UPDATE evidence_settledfield SET stories = 40, support = 40, decided = true",
    "bindings lost": "DELETE FROM evidence_binding",
    "bindings moved": "UPDATE evidence_binding b SET record_id = (SELECT min(id::text)::uuid FROM evidence_record r"
    " WHERE r.kind = b.kind)",
    "a reliability": "UPDATE evidence_outlet SET reliability = 1 WHERE name = 'Paper c'",
}


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_a_replay_mends_whatever_was_derived(editor):
    newsroom(editor)
    before = projections()
    for name, damage in DAMAGES.items():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(damage)
            assert changed(before, projections()), name
            rebuild()
            assert changed(before, projections()) == [], name
            transaction.set_rollback(True)


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_what_a_replay_mends_is_told_to_followers():
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a")
    Meeting.objects.update(place_name="Atlantis")
    before = Meeting.objects.get()
    changes = Change.objects.count()
    assert rebuild().changed == 1
    after = Meeting.objects.get()
    assert (after.place_name, after.version) == ("Brussels", before.version + 1)
    assert list(Change.objects.values_list("record", "fields"))[changes:] == [(after.pk, ["place_name"])]


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_a_replay_that_is_interrupted_has_changed_nothing(editor):
    newsroom(editor)
    before = projections()

    def interrupt(line: str) -> None:
        assert Binding.objects.count() < len(before["bindings"])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(report=interrupt)
    assert changed(before, projections()) == []


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_an_id_merged_away_holds_nothing_of_its_own(editor):
    for name, day in (("a", "2025-02-12"), ("b", "2025-03-20")):
        published(f"MEETING {GROUP}; starts={day}; place=Brussels", name=name)
    first, second = Meeting.objects.live().order_by("starts")
    held = projections()
    judge(left=first.pk, right=second.pk, identity=Identity.SAME, by=editor)
    away = Meeting.objects.get(pk=second.pk)
    assert (away.state, away.place_name, away.starts, away.group_id) == (RecordState.MERGED, "", None, None)
    assert not SettledField.objects.filter(record=away, settlement__value__isnull=False).exists()
    assert current_record(away.pk) == first.pk
    judge(left=first.pk, right=second.pk, identity=Identity.WITHDRAW, by=editor)
    assert projections()["records"] == held["records"]


def test_a_replay_waits_for_writers_and_they_for_it(committed_db):
    """The writer's value is in what the replay yields: had it not waited, it would have replayed without it."""
    editor = get_user_model().objects.create_user(username="editor")
    pk = create_record(kind="meeting", values={"starts": "2025-02-12"}, by=editor)
    writing, faults = threading.Event(), []

    def replay() -> None:
        try:
            writing.wait(30)
            rebuild()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=replay)
    thread.start()
    with transaction.atomic():
        lock_blocks("meeting", ["elsewhere"])
        writing.set()
        with connection.cursor() as cursor:
            # Until the replay stands in the queue behind this transaction.
            cursor.execute(
                "DO $$ BEGIN FOR i IN 1..600 LOOP"
                " IF EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted) THEN RETURN; END IF;"
                " PERFORM pg_sleep(0.05); END LOOP; RAISE 'the replay did not wait'; END $$"
            )
        state_value(record=Meeting.objects.get(pk=pk), field="place", value="Ghent", by=editor)
    thread.join(60)
    assert not thread.is_alive()
    assert faults == []
    assert Meeting.objects.get(pk=pk).place_name == "Ghent"


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_the_command_says_what_it_did():
    published(f"MEETING {GROUP}; starts=2025-02-12", name="a")
    out = StringIO()
    call_command("rebuild", verbosity=2, stdout=out)
    lines = out.getvalue().splitlines()
    assert "Meeting: 1 mentions bound" in lines
    assert lines[-1].endswith("; 0 records changed.")
    with pytest.raises(CommandError):
        call_command("rebuild", batch=0)


def test_the_check_reads_one_state_and_writes_nothing(committed_db):
    out = StringIO()
    call_command("check_register", stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("0 breaches, ")
    # The connection is as it was.
    assert Outlet.objects.create(name="Paper", reliability=0.5).pk
