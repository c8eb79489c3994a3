"""Followers of the feed of changes are told of every change once, in order, and where to look today."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import group, meeting, package, published, row

from evidence.choices import Decision, Identity, RecordKind
from evidence.fields import EXISTS, kind_spec
from evidence.models import Change, ChangeEpoch, Claim, Record
from evidence.services import decide, judge, state_value, undo
from funding.models import Package
from meetings.models import Meeting

BUDGETS = json.loads((Path(__file__).parent.parent / "query_budgets_api.json").read_text(encoding="utf-8"))


class Follower:
    """A partner: polls, keeps the address of what comes next, and fetches what it is pointed to."""

    def __init__(self, start: str = "/api/v1/changes/?page_size=200") -> None:
        self.client = Client(raise_request_exception=False)
        self.start = self.next = start
        self.last: tuple[str, int] | None = None

    def poll(self) -> list[dict]:
        """Everything that is listed since the last time."""
        told, more = [], True
        while more:
            response = self.client.get(self.next)
            assert response.status_code == 200, response.content
            page = response.json()
            self.next, more = page["next"], page["more"]
            told += page["results"]
        if told:
            self.last = (told[-1]["id"], told[-1]["version"])
        return told

    def catch_up(self) -> list[dict]:
        """Everything that is committed: what others do on this server may hold it back for a moment."""
        committed = Change.objects.exclude(action="unstated").order_by("transaction", "pk").last()
        told = self.poll()
        for _ in range(20_000):
            if self.last == (str(committed.record_id), committed.version):
                return told
            told += self.poll()
        raise AssertionError("the last change is not listed")

    def from_the_start(self) -> list[dict]:
        """What another who started where this one did is told by now."""
        return Follower(self.start).catch_up()


@pytest.fixture
def follower(committed_db) -> Follower:
    """One who knows the reference data already, and reads three entries at a time."""
    ready = Follower()
    ready.catch_up()
    return Follower(ready.next.replace("page_size=200", "page_size=3"))


def claim_of(record, field: str) -> Claim:
    return Claim.objects.filter(mention__binding__record=record, field=field).first()


def test_a_record_is_followed_through_all_that_happens_to_it(follower, editor):
    series = group(editor, "Coalition of Three")
    pk = meeting(editor, group=series, ordinal=1)
    new = {entry["id"]: entry for entry in follower.catch_up()}
    assert [(e["action"], e["kind"], e["version"]) for e in new.values()] == [
        ("create", "contact_group", 2),
        ("create", "meeting", 2),
    ]
    assert {"group", "ordinal"} <= set(new[str(pk)]["changed"])
    assert follower.client.get(new[str(pk)]["address"]).json()["version"] == 2
    assert follower.catch_up() == []

    state_value(
        record=Record.objects.get(pk=pk), field="starts", value="2024-05", by=editor, citation_url="https://a.example/"
    )
    [changed] = follower.catch_up()
    assert (changed["action"], changed["version"], changed["changed"]) == ("update", 3, ["starts"])
    assert changed["why"] == [
        {
            "field": "starts",
            "reason": "editor",
            "article": None,
            "citation_url": "https://a.example/",
            "citation_publisher": None,
        }
    ]

    rejected = decide(claim=claim_of(pk, EXISTS), decision=Decision.REJECT, by=editor, why="for the desk alone")
    [tombstone] = follower.catch_up()
    assert (tombstone["action"], tombstone["id"], tombstone["version"]) == ("retract", str(pk), 4)
    assert (tombstone["stated"], tombstone["address"], tombstone["changed"], tombstone["why"]) == (False, None, [], [])
    undo(verdict=rejected, by=editor)
    [again] = follower.catch_up()
    assert (again["action"], again["version"]) == ("restore", 5)
    assert follower.client.get(again["address"]).status_code == 200
    assert [e["action"] for e in follower.from_the_start() if e["id"] == str(pk)] == [
        "create",
        "update",
        "retract",
        "restore",
    ]
    decide(claim=claim_of(pk, EXISTS), decision=Decision.REJECT, by=editor)
    assert "for the desk" not in str(told := follower.from_the_start())
    assert [e["why"] for e in told if e["id"] == str(pk)] == [[]] * 5


def test_what_is_merged_leads_on_and_comes_back(follower, editor):
    series = group(editor, "Coalition of Three")
    kept, gone = (meeting(editor, group=series, ordinal=number) for number in (1, 2))
    follower.catch_up()
    same = judge(left=kept, right=gone, identity=Identity.SAME, by=editor)
    [merged] = [entry for entry in follower.catch_up() if entry["id"] == str(gone)]
    assert (merged["action"], merged["leads_to"]) == ("merge", {"id": str(kept), "kind": "meeting"})
    assert merged["address"].endswith(f"/api/v1/meetings/{kept}/")
    judge(left=same.left_id, right=same.right_id, identity=Identity.WITHDRAW, by=editor)
    [back] = [entry for entry in follower.catch_up() if entry["id"] == str(gone)]
    assert (back["action"], back["leads_to"]) == ("restore", None)
    assert back["address"].endswith(f"/api/v1/meetings/{gone}/")
    # Merged, and what it was merged into retracted: a tombstone all the same.
    judge(left=kept, right=gone, identity=Identity.SAME, by=editor)
    decide(claim=claim_of(kept, EXISTS), decision=Decision.REJECT, by=editor)
    told = [(e["action"], e["address"]) for e in follower.catch_up() if e["id"] in (str(gone), str(kept))]
    assert ("merge", None) in told
    assert told[-1] == ("retract", None)


def test_rows_are_told_with_their_whole(follower, editor):
    whole = package(editor, "900", "SEK")
    part = row(editor, RecordKind.ALLOCATION, whole, nation="UA")
    [told] = [entry for entry in follower.catch_up() if entry["id"] == str(part)]
    assert told["part_of"] == {"id": str(whole), "kind": "package"}
    assert told["address"].endswith(f"/api/v1/packages/{whole}/")
    decide(claim=claim_of(whole, EXISTS), decision=Decision.REJECT, by=editor)
    [told] = [entry for entry in follower.from_the_start() if entry["id"] == str(part)]
    assert (told["stated"], told["address"]) == (False, None)


def test_a_copy_kept_by_the_feed_alone_is_the_register(follower, editor, plain_reader):
    """By whichever entries it saw: it looks at what stands when it is told."""
    stated: set[str] = {str(pk) for pk in Record.objects.live().values_list("pk", flat=True)}

    def keep_up() -> None:
        for entry in follower.catch_up():
            (stated.add if entry["stated"] and not entry["leads_to"] else stated.discard)(entry["id"])
            if entry["address"]:
                assert follower.client.get(entry["address"]).status_code == 200
        whole = {pk for kind in RecordKind for pk in kind_spec(kind).model.objects.live().values_list("pk", flat=True)}
        parts = {pk for pk in map(UUID, stated) if pk not in whole}
        # Rows of what is no more go with it.
        assert not Record.objects.filter(pk__in=parts).exclude(state="live").exists()
        assert whole <= set(map(UUID, stated))

    line = "MEETING contact_group=Ukraine Defense Contact Group; starts=2023-11-22; participants=DE,FR; level=ministers"
    published(f"{line}; place=Brussels", name="a")
    published(f"{line}; place=Ramstein", name="b")
    keep_up()
    first, second = Meeting.objects.live().order_by("pk").values_list("pk", flat=True)
    merged = judge(left=first, right=second, identity=Identity.SAME, by=editor)
    keep_up()
    judge(left=merged.left_id, right=merged.right_id, identity=Identity.WITHDRAW, by=editor)
    rejected = decide(claim=claim_of(second, EXISTS), decision=Decision.REJECT, by=editor)
    keep_up()
    undo(verdict=rejected, by=editor)
    published(f"{line}; place=Antwerp", name="b")
    keep_up()


def test_what_was_never_stated_is_not_told_and_what_is_unread_is_withdrawn(follower, plain_reader, editor):
    line = "MEETING contact_group=Ukraine Defense Contact Group; ordinal=17; starts=2023-11-22"
    published(f"{line}; confidence=0.1", name="doubtful")
    doubted = Meeting.objects.get(ordinal=17)
    assert doubted.state == "unconfirmed"
    assert str(doubted.pk) not in [entry["id"] for entry in follower.catch_up()]
    published(line, name="sure")
    told = [entry for entry in follower.catch_up() if entry["id"] == str(doubted.pk)]
    assert [entry["action"] for entry in told] == ["create"]
    [why] = [cause for cause in told[0]["why"] if cause["field"] == EXISTS]
    assert why["reason"] == "support"
    assert follower.client.get(why["article"]).status_code == 200
    published("GROUP name=Another group", name="sure")
    assert [e["action"] for e in follower.catch_up() if e["id"] == str(doubted.pk)] == ["withdraw"]


def test_a_late_commit_is_neither_missed_nor_told_twice(follower, editor):
    series = group(editor, "Coalition of Three")
    follower.catch_up()
    begun, finish = Event(), Event()

    def slow() -> str:
        """Writes first, commits last."""
        try:
            with transaction.atomic():
                pk = meeting(editor, group=series, ordinal=1)
                begun.set()
                assert finish.wait(60)
            return str(pk)
        finally:
            begun.set()
            connection.close()

    told: list[dict] = []
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(slow)
        try:
            assert begun.wait(60)
            quick = [str(package(editor, str(number), "SEK")) for number in range(1, 6)]
            assert set(quick) <= {str(pk) for pk in Package.objects.values_list("pk", flat=True)}
            told += follower.poll()
        finally:
            finish.set()
        first = late.result(60)
    told += follower.catch_up()
    last = str(package(editor, "7", "SEK"))
    told += follower.catch_up()
    assert [entry["id"] for entry in told] == [first, *quick, last]


def test_changes_of_one_record_keep_their_order_whoever_began_first(follower, editor):
    pk, other = package(editor, "1", "SEK"), package(editor, "2", "SEK")
    follower.catch_up()
    begun, turn = Event(), Event()

    def first_to_begin() -> None:
        try:
            with transaction.atomic():
                state_value(record=Record.objects.get(pk=other), field="stage", value="approved", by=editor)
                begun.set()
                assert turn.wait(60)
                state_value(record=Record.objects.get(pk=pk), field="stage", value="delivered", by=editor)
        finally:
            begun.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(first_to_begin)
        try:
            assert begun.wait(60)
            state_value(record=Record.objects.get(pk=pk), field="stage", value="approved", by=editor)
        finally:
            turn.set()
        late.result(60)
    told = follower.catch_up()
    assert [entry["version"] for entry in told if entry["id"] == str(pk)] == [3, 4]
    assert [entry["version"] for entry in told if entry["id"] == str(other)] == [3]


def test_many_writers_and_a_follower_at_once(follower, editor):
    """Whoever polls while others write has in the end what one who polls afterwards is told."""
    series = [group(editor, f"Coalition {number}") for number in range(4)]
    follower.catch_up()

    def write(number: int) -> None:
        try:
            for ordinal in range(1, 6):
                meeting(editor, group=series[number], ordinal=ordinal)
        finally:
            connection.close()

    told: list[dict] = []
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, number) for number in range(4)]
        while not all(writer.done() for writer in writers):
            told += follower.poll()
        for writer in writers:
            writer.result()
    told += follower.catch_up()
    assert told == follower.from_the_start()[-20:]
    assert len({(entry["id"], entry["version"]) for entry in told}) == len(told) == 20


def test_a_restored_register_has_its_followers_start_anew(follower, editor):
    first = package(editor, "1", "SEK")
    follower.catch_up()
    before, former = follower.next, ChangeEpoch.objects.get()
    # As a server finds it that has counted fewer transactions than the one that the dump was taken from.
    ahead = Change.objects.get(record=first).transaction
    Change.objects.create(transaction=ahead + 1000, record_id=first, action="update", version=3)
    ChangeEpoch.objects.update(origin="another server")
    late = package(editor, "2", "SEK")
    refused = follower.client.get(before)
    assert (refused.status_code, refused.json()["code"]) == (410, "restarted")
    anew = Follower()
    assert {str(first), str(late)} < {entry["id"] for entry in anew.catch_up()}
    assert ChangeEpoch.objects.get().token != former.token
    third = package(editor, "3", "SEK")
    assert [entry["id"] for entry in anew.catch_up()] == [str(third)]
    assert Change.objects.get(record=third).transaction > ahead + 1000


def test_an_entry_that_was_lost_is_noticed(follower, editor):
    package(editor, "1", "SEK")
    follower.catch_up()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evidence_change DISABLE TRIGGER USER; DELETE FROM evidence_change")
    assert follower.client.get(follower.next).status_code == 410


@pytest.mark.parametrize(
    "asked, named",
    [
        ("cursor=x", "cursor"),
        ("cursor=", "cursor"),
        ("cursor=%00", "cursor"),
        ("cursor=%C3%A9", "cursor"),
        ("cursor=YWZ0ZXI9MQ", "cursor"),
        ("cursor=MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwfi0xfjA", "cursor"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("kind=meeting", "kind"),
    ],
)
def test_what_cannot_be_read_is_named(feed, asked, named):
    refused = feed(f"changes/?{asked}", 400)
    assert [error["name"] for error in refused["errors"]] == [named]


def test_nothing_new_is_not_sent_again(follower, editor):
    package(editor, "1", "SEK")
    follower.catch_up()
    empty = follower.client.get(follower.next)
    assert follower.client.get(follower.next, headers={"If-None-Match": empty["ETag"]}).status_code == 304
    package(editor, "2", "SEK")
    follower.from_the_start()
    assert follower.client.get(follower.next, headers={"If-None-Match": empty["ETag"]}).status_code == 200


def test_the_number_of_queries_does_not_grow(follower, editor, plain_reader):
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            told = follower.client.get(follower.start.replace("=3", "=200")).json()["results"]
        return len(queries), len(told)

    def lines(number: int) -> list[str]:
        return [
            f"MEETING contact_group=Coalition {number} of the willing; starts=2023-01-05; participants=DE,FR",
            f"PACKAGE amount={number}000; currency=EUR; donor=DE; recipients=UA,MD; announced=2023-01-05",
        ]

    published(*lines(1), name="one")
    follower.catch_up()
    few = cost()
    published(*(line for number in range(2, 12) for line in lines(number)), name="many")
    follower.catch_up()
    many = cost()
    assert few[1] < many[1]
    assert (few[0], many[0]) == (BUDGETS["changes/"], BUDGETS["changes/"])
