"""A sound register breaks nothing; whatever is damaged is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import plain_reader
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from factories import meeting, package, published, row

import extraction
from evidence.choices import Identity
from evidence.invariants import INVARIANTS, candidates, check
from evidence.models import Mention, Record, Run
from evidence.services import create_record, judge, state_value
from funding.models import Package
from meetings.models import Attendance, ContactGroup, Meeting

GROUP = "contact_group=Ukraine Defense Contact Group"


@pytest.fixture(scope="module")
def committed_register(module_db) -> None:
    """Two meetings with their parts, one merged away; a package with its part and its shares; a text that changed."""
    editor = get_user_model().objects.create_user(username="writer", is_staff=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extraction, "read", plain_reader.read)
        for name, day in (("a", "2025-02-12"), ("b", "2025-02-12"), ("c", "2025-04-11")):
            published(
                f"MEETING {GROUP}; starts={day}; place=Brussels; participants=DE,FR",
                "PACKAGE amount=2000000000; currency=EUR; donor=DE; announced=2025-02-10; recipients=UA",
                "PACKAGE amount=500000000; currency=EUR; donor=DE; announced=2025-02-10; part_of=0",
                name=name,
            )
        published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels; mode=hybrid", name="b")
        first, last = Meeting.objects.live().order_by("starts")
        state_value(record=first, field="venue", value="Castle", by=editor)
        state_value(record=first, field="venue", value="Town hall", by=editor)
        judge(left=first.pk, right=last.pk, identity=Identity.SAME, by=editor)
        parted, other = Mention.objects.filter(binding__record__in=Package.objects.filter(amount=500_000_000))[:2]
        judge(left=parted.pk, right=other.pk, identity=Identity.DIFFERENT, by=editor, parted=parted.pk)
        for name, place in (("e", "Paris"), ("f", "London")):
            published(f"MEETING {GROUP}; starts=2025-06-04; place={place}", name=name)
        row(editor, "allocation", Package.objects.live().get(part_of=None).pk, nation="MD")


@pytest.fixture
def register(committed_register) -> Iterator[None]:
    """The same for one test, which leaves it as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


MERGED = "(SELECT id FROM evidence_record WHERE state = 'merged' AND kind = 'meeting' LIMIT 1)"
DAMAGES = {
    "every mention is bound": [
        "DELETE FROM evidence_binding WHERE kind = 'attendance'",
        "UPDATE evidence_binding SET record_id = NULL WHERE kind = 'attendance'",
        "UPDATE evidence_binding SET record_id = (SELECT record_ptr_id FROM meetings_meeting LIMIT 1)"
        " WHERE kind = 'attendance'",
    ],
    "every record is its earliest mention": [
        "UPDATE evidence_record SET state = 'live' WHERE state = 'merged'",
        "UPDATE evidence_record SET state = 'merged' WHERE state = 'live' AND kind = 'meeting'",
        f"UPDATE evidence_binding SET record_id = {MERGED} WHERE kind = 'meeting'",
    ],
    "every part has its whole": [
        "UPDATE meetings_attendance SET meeting_id = NULL",
        f"UPDATE meetings_attendance SET meeting_id = {MERGED}",
    ],
    "every link leads to a record": [f"UPDATE funding_package SET meeting_id = {MERGED}"],
    "nothing is part of itself": [
        "UPDATE funding_package p SET part_of_id = o.record_ptr_id FROM funding_package o"
        " WHERE o.record_ptr_id <> p.record_ptr_id",
        # Over two kinds of link.
        "UPDATE funding_package p SET restates_id = o.record_ptr_id FROM funding_package o"
        " WHERE o.part_of_id = p.record_ptr_id",
    ],
    "what was taken out stays out": [
        "UPDATE evidence_binding b SET record_id = o.record_id FROM evidence_judgement j, evidence_binding o"
        " WHERE j.parted_id = b.mention_id AND o.mention_id IN (j.left_id, j.right_id) AND o.mention_id <> b.mention_id"
    ],
    "every settled value has a claim": [
        "UPDATE evidence_run SET live = false",
        "UPDATE evidence_importedrow SET live = false",
        "UPDATE evidence_settledfield h SET settlement_id = (SELECT id FROM evidence_settlement WHERE field = 'venue'"
        " AND value = '\"Castle\"') WHERE h.field = 'place'",
    ],
    "every column holds what was settled": [
        "UPDATE meetings_meeting SET place_name = 'Atlantis'",
        "UPDATE meetings_meeting SET starts = starts + 1 WHERE starts IS NOT NULL",
        "UPDATE evidence_record SET identity_keys = '{nonsense}' WHERE kind = 'package'",
    ],
    "every live record is said to exist": [
        "UPDATE evidence_record SET state = 'withdrawn' WHERE state = 'live'",
        "DELETE FROM evidence_settledfield WHERE field = 'exists'",
    ],
    "every field stands at its last settlement": [
        "DELETE FROM evidence_settledfield WHERE field = 'place'",
        "UPDATE evidence_settledfield h SET settlement_id = (SELECT min(id) FROM evidence_settlement s"
        " WHERE s.record_id = h.record_id AND s.field = h.field)",
    ],
    "contested fields are those settled as contested": [
        "UPDATE evidence_record SET contested_fields = '{place}' WHERE kind = 'meeting'",
        "UPDATE evidence_settledfield SET contested = true WHERE field = 'mode' OR field = 'place'",
    ],
    "every article has one live run": [
        "UPDATE evidence_run SET live = true",
        "UPDATE evidence_run SET live = false",
        "UPDATE evidence_run r SET live = (snapshot_id = (SELECT min(s.id) FROM evidence_snapshot s"
        " WHERE s.article_id = (SELECT article_id FROM evidence_snapshot o WHERE o.id = r.snapshot_id)))",
    ],
    "followers were told what stands": [
        "UPDATE evidence_record SET state = 'withdrawn' WHERE state = 'live'",
        "UPDATE evidence_record SET state = 'live' WHERE state = 'merged'",
        "UPDATE evidence_record SET version = version + 1",
    ],
    "every pair of one key is a candidate": [
        "DROP VIEW evidence_candidatepair;"
        " CREATE VIEW evidence_candidatepair AS SELECT ''::text AS id, kind, id AS left_id, id AS right_id,"
        " identity_keys AS keys, '' AS word, NULL::bigint AS judgement_id FROM evidence_record WHERE false",
    ],
    "shares are within the whole": [
        "UPDATE funding_allocation SET fraction = 1, basis = 'stated';"
        " UPDATE funding_allocation SET package_id = (SELECT min(package_id::text)::uuid FROM funding_allocation)",
        "UPDATE funding_contribution SET amount = 3000000000",
    ],
}


def broken() -> set[str]:
    return {name for name, _ in check()}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_named(register, name):
    assert list(check()) == []
    for damage in DAMAGES[name]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(damage)
                assert cursor.rowcount, damage
            assert name in broken(), damage
            transaction.set_rollback(True)


def test_every_invariant_is_damaged_here():
    assert {invariant.__name__.replace("_", " ") for invariant in INVARIANTS} <= set(DAMAGES)


def test_a_breach_says_which_record_and_how(register):
    broken_one = Attendance.objects.live().first()
    Attendance.objects.filter(pk=broken_one.pk).update(meeting=None)
    found = {name: str(breach) for name, breach in check()}
    assert found["every part has its whole"] == f"attendance {broken_one.pk}: it is part of no meeting"


def test_a_reading_not_recorded_yet_is_no_breach(register):
    run = Run.objects.filter(live=True).first()
    Run.objects.create(
        snapshot=run.snapshot, engine="next", engine_version="2", outcome="read", facts=run.facts, published=None
    )
    assert list(check()) == []


def test_a_hedged_sum_leaves_room_for_its_parts(reference_db, editor):
    whole = create_record(
        kind="package", values={"amount": {"number": 1000, "currency": "EUR", "qualifier": "about"}}, by=editor
    )
    row(editor, "contribution", whole, nation="DE", amount="1050")
    assert list(check()) == []


def test_sixths_make_a_whole(reference_db, editor):
    whole = package(editor, "1000")
    for nation in ("UA", "MD", "GE", "PL", "RO", "EE"):
        row(editor, "allocation", whole, nation=nation, fraction=str(1 / 6), basis="equal_split_assumed")
    assert list(check()) == []


def test_what_is_part_of_what_it_was_merged_with_is_sound(reference_db, editor):
    whole = create_record(kind="contact_group", values={"name": "Alpha Forum"}, by=editor)
    part = create_record(kind="contact_group", values={"name": "Beta Forum", "parent": whole}, by=editor)
    judge(left=whole, right=part, identity=Identity.SAME, by=editor)
    assert list(check()) == []


# Candidates


def test_records_of_one_key_are_candidates_until_they_are_judged(reference_db, editor):
    udcg = ContactGroup.objects.live().get(name="Ukraine Defense Contact Group").pk
    first = meeting(editor, group=udcg, starts="2025-02-12", place="Brussels", level="ministers")
    second = meeting(editor, group=udcg, starts="2025-02-12", place="Ramstein", level="ministers")
    assert first != second
    assert list(check()) == []
    (pair,) = candidates()
    assert str(pair) == (f"meeting {first}: it may be the same as {second}: day ministers {udcg} 2025-02-12")
    for identity, left in ((Identity.DIFFERENT, 0), (Identity.WITHDRAW, 1), (Identity.UNSURE, 0), (Identity.SAME, 0)):
        judge(left=first, right=second, identity=identity, by=editor)
        assert len(list(candidates())) == left, identity


# The command


def test_the_command_prints_a_line_a_breach_and_fails(register):
    out = StringIO()
    call_command("check_register", stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("0 breaches, ")
    pk = Record.objects.live().filter(kind="meeting").order_by("pk").first().pk
    Meeting.objects.filter(pk=pk).update(place_name="Atlantis")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_register", stdout=out)
    assert ended.value.code == 1
    expected = f"every column holds what was settled: meeting {pk}: place_name is 'Atlantis', settled is "
    assert any(line.startswith(expected) for line in out.getvalue().splitlines())
