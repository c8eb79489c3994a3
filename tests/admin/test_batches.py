"""Many decisions in one go: seen before they are made, told while they are made, taken back by one click."""

from __future__ import annotations

import json

import pytest
from browsing import page_of
from django.urls import reverse
from django.utils import timezone
from newsroom import pledge, seventeenth

import extraction
from evidence import batches
from evidence.acceptable import acceptable
from evidence.choices import RecordKind
from evidence.invariants import check
from evidence.models import Batch, Claim, Outlet, Run, SettledField, Verdict
from evidence.rebuild import rebuild
from evidence.services import create_record, state_value
from ingest import rereading
from ingest.services import record
from ingest.tasks import sweep
from meetings.models import ContactGroup, Meeting


@pytest.fixture(autouse=True)
def _messages(monkeypatch):
    """What a worker would be told is kept here and done by the test."""
    monkeypatch.setattr("evidence.tasks.advance_batch.delay", lambda pk: None)
    monkeypatch.setattr("ingest.tasks.reread_batch.delay", lambda pk: None)


@pytest.fixture
def groups(chief):
    made = [
        create_record(kind=RecordKind.CONTACT_GROUP, values={"name": f"Group {n}"}, by=chief) for n in ("One", "Two")
    ]
    return list(ContactGroup.objects.filter(pk__in=made).order_by("pk"))


def edit(client, groups, **sent):
    url = reverse("admin:meetings_contactgroup_changelist")
    data = {
        "action": "edit_many",
        "_selected_action": [str(group.pk) for group in groups],
        "seen": [f"{group.pk}:{group.version}" for group in groups],
        "field": "purpose",
        "why": "all the same",
        "to_purpose": "demining",
    }
    return client.post(url, {**data, **sent}, follow=True)


def work_off(batch: Batch) -> None:
    """As a worker does."""
    while batches.advance(batch.pk):
        pass


def purposes(groups) -> list[str]:
    return list(
        ContactGroup.objects.filter(pk__in=[g.pk for g in groups]).order_by("pk").values_list("purpose", flat=True)
    )


def test_many_are_edited_after_a_preview_and_reverted_by_one_click(desk, chief, groups):
    state_value(record=groups[0], field="purpose", value="drones", by=chief)
    groups[0].refresh_from_db()
    preview = edit(desk, groups)
    assert [(before, after) for _, before, after in preview.context["preview"]] == [
        ("drones", "demining"),
        ("–", "demining"),
    ]
    assert purposes(groups) == ["drones", ""]
    page = edit(desk, groups, confirm="1").content.decode()
    assert "Edited 2" in page
    assert page.count("purpose: demining") == 2
    assert ">Group One<" in page
    assert purposes(groups) == ["demining", "demining"]
    batch = Batch.objects.get()
    url = reverse("admin:evidence_batch_revert", args=[batch.pk])
    assert "needs its reason" in desk.post(url, follow=True).content.decode()
    claims = Claim.objects.count()
    assert "0 of 2, reverting" in desk.post(url, {"why": "wrong"}, follow=True).content.decode()
    work_off(batch)
    assert purposes(groups) == ["drones", ""]
    assert Claim.objects.count() == claims
    assert "Nothing reverted" in desk.post(url, {"why": "again"}, follow=True).content.decode()


def test_records_of_one_name_are_told_apart_before_they_are_changed(desk, chief):
    """In the preview of an edit of many and before a retraction: by a link, and by what their list says."""
    said = [{"title": "Northern ministers", "starts": day} for day in ("2024-02-01", "2024-05-03")]
    made = [create_record(kind=RecordKind.MEETING, values=values, by=chief) for values in said]
    url, chosen = reverse("admin:meetings_meeting_changelist"), [str(pk) for pk in made]
    for sent in ({"action": "edit_many"}, {"action": "edit_many", "field": "venue", "to_venue": "Hall 3", "why": "x"}):
        page = desk.post(url, {**sent, "_selected_action": chosen}).content.decode()
        assert told_apart(page, made)
    assert "What would change" in page
    page = desk.post(url, {"action": "retract_records", "_selected_action": chosen}).content.decode()
    assert told_apart(page, made)


def told_apart(page: str, made: list) -> bool:
    days = dict(zip(made, ("2024-02-01", "2024-05-03"), strict=True))
    beside = '/{}/change/">Northern ministers</a> <small class="quiet">{}'
    return all(beside.format(pk, day) in page for pk, day in days.items())


def test_an_edit_of_many_is_refused_whole(desk, chief, groups):
    state_value(record=groups[1], field="purpose", value="drones", by=chief)
    page = edit(desk, groups, confirm="1").content.decode()
    assert "Changed while this page was open" in page
    assert "demining" in page
    for wrong in ({"to_purpose": ""}, {"to_purpose": "<b>x</b>"}, {"why": ""}, {"why": "r" * 100_000}):
        edit(desk, groups, confirm="1", **wrong)
    assert purposes(groups) == ["", "drones"]
    assert not Batch.objects.exists()


@pytest.fixture
def outlet(reference_db) -> Outlet:
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    pledge("Alpha", "2023-11-21")
    return Outlet.objects.get(name="Alpha")


def test_all_of_an_outlet_is_accepted_above_a_confidence(desk, chief, outlet, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 3)
    meeting = Meeting.objects.get(ordinal=17)
    state_value(record=meeting, field="starts", value="2023-11-20", by=chief)
    url = reverse("admin:evidence_batch_accept", args=[outlet.pk])
    assert desk.get(url, {"confidence": "0.95"}).context["count"] == 0
    count = desk.get(url, {"confidence": "0.9"}).context["count"]
    assert count == len(acceptable(outlet, 0.9)) > 5
    sent = {"confidence": "0.9", "counted": count, "why": "a good paper"}
    assert "now" in desk.post(url, {**sent, "counted": 1}).content.decode()
    desk.post(url, sent)
    batch = Batch.objects.get()
    while batches.advance(batch.pk):
        page = desk.get(page_of(batch)).content.decode()
        assert f"of {count}" in page
    batch.refresh_from_db()
    assert batch.state == "done"
    assert acceptable(outlet, 0.9) == []
    assert str(Meeting.objects.get(pk=meeting.pk).starts_partial) == "2023-11-20"
    assert Verdict.objects.filter(why="a good paper").count() == batch.items.exclude(verdict=None).count() > 5
    url = page_of(batch, "revert")
    assert "0 of" in desk.post(url, {"why": "too rash"}, follow=True).content.decode()
    # Taken up by a worker that is lost after the first chunk, then by another.
    assert batches.advance(batch.pk) is True
    assert "Nothing reverted" in desk.post(url, {"why": "again"}, follow=True).content.decode()
    work_off(batch)
    page = desk.get(page_of(batch)).content.decode()
    assert "too rash" in page
    assert page.count(">taken back<") == Verdict.objects.filter(why="too rash").count() > 5
    assert "Reverted: too rash" in desk.get(page_of(batch, "history")).content.decode()
    assert (
        SettledField.objects.filter(decided=True, record__bindings__mention__snapshot__isnull=False)
        .values_list("field", flat=True)
        .distinct()
        .get()
        == "starts"
    )


def accept_all_of(name, chief) -> tuple[list[str], Batch]:
    """What the acceptance of all that an outlet says would change, and its batch once that is done."""
    paper = Outlet.objects.get(name=name)
    changing = [f"{one.claim.field}: {one.now} > {one.claim.value}" for one in acceptable(paper, 0.9) if one.changes]
    batch = batches.accept_outlet(outlet=paper, confidence=0.9, by=chief, why="a good paper")
    work_off(batch)
    return changing, batch


def test_of_several_things_that_an_outlet_says_none_is_accepted_that_the_register_does_not_hold(chief, outlet):
    seventeenth("Alpha", "2023-11-24", "2023-11-23", "on Thursday")
    seventeenth("Beta", "2023-11-25", "2023-11-23", "on Thursday")
    seventeenth("Gamma", "2023-11-26", "2023-11-23", "on Thursday")
    meeting = Meeting.objects.get(ordinal=17)
    assert str(meeting.starts_partial) == "2023-11-23"
    changing, batch = accept_all_of("Alpha", chief)
    assert changing == []
    assert not batch.items.exclude(fault="").exists()
    assert str(Meeting.objects.get(pk=meeting.pk).starts_partial) == "2023-11-23"
    assert SettledField.objects.get(record=meeting, field="starts").decided


def test_what_an_outlet_says_against_the_register_is_shown_and_accepted(desk, chief, outlet):
    for paper, day in (("Beta", "2023-11-25"), ("Gamma", "2023-11-26")):
        seventeenth(paper, day, "2023-11-23", "on Thursday")
    meeting = Meeting.objects.get(ordinal=17)
    url = reverse("admin:evidence_batch_accept", args=[outlet.pk])
    page = desk.get(url, {"confidence": "0.9"}).content.decode()
    assert "1 of them other than what the register holds" in page
    assert "<td>2023-11-23</td><td><ins>2023-11-22</ins></td>" in page
    changing, _ = accept_all_of("Alpha", chief)
    assert changing == ["starts: 2023-11-23 > 2023-11-22"]
    assert str(Meeting.objects.get(pk=meeting.pk).starts_partial) == "2023-11-22"


def test_two_workers_at_one_batch_accept_each_value_once(chief, outlet):
    batch = batches.accept_outlet(outlet=outlet, confidence=0.5, by=chief, why="x")
    assert batches.advance(batch.pk) is False
    assert batches.advance(batch.pk) is False
    assert Verdict.objects.count() == batch.items.exclude(verdict=None).count()


# Reading anew


@pytest.fixture
def upgraded(reference_db, monkeypatch):
    """An article read by the rules, and rules that since read its day otherwise."""
    run = seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    old = Run.objects.filter(pk=run.pk)
    old.update(engine=extraction.ENGINE, engine_version="0")
    data = {**run.facts, "meetings": [{**run.facts["meetings"][0], "starts": "2023-11-15"}]}

    class Facts:
        relevant, language = True, "en"

        def to_json(self, pk: str):
            return data

    monkeypatch.setattr(extraction, "read", lambda title, text, published: Facts())
    return Meeting.objects.get(ordinal=17)


def test_a_new_reading_is_shown_before_it_counts(desk, chief, upgraded):
    url = reverse("admin:ingest_intake_reread")
    assert desk.get(url).context["count"] == 1
    assert "A reason is needed" in desk.post(url).content.decode()
    desk.post(url, {"why": "upgrade"})
    batch = Batch.objects.get()
    runs, claims = Run.objects.count(), Claim.objects.count()
    assert rereading.advance(batch.pk) is False
    difference = batch.items.get().difference
    assert difference["added"] == ["Meeting “17th Ukraine Defense Contact Group meeti…”: first day: 2023-11-15"]
    assert difference["removed"] == ["Meeting “17th Ukraine Defense Contact Group meeti…”: first day: 2023-11-22"]
    assert (Run.objects.count(), Claim.objects.count()) == (runs, claims)
    assert "first day: 2023-11-15" in desk.get(page_of(batch)).content.decode()
    desk.post(reverse("admin:ingest_intake_reread_apply", args=[batch.pk]))
    assert rereading.advance(batch.pk) is False
    upgraded.refresh_from_db()
    assert str(upgraded.starts_partial) == "2023-11-15"
    batch.refresh_from_db()
    assert batch.state == "done"
    assert rereading.outdated() == []
    again = desk.post(reverse("admin:ingest_intake_reread_apply", args=[batch.pk]), follow=True)
    assert "Not applied" in again.content.decode()


def test_only_what_differs_is_shown_and_in_words(reference_db, monkeypatch):
    run = pledge("Alpha", "2023-11-21")
    facts = json.loads(json.dumps(run.facts))

    class Facts:
        def to_json(self, pk: str):
            return facts

    monkeypatch.setattr(extraction, "read", lambda title, text, published: Facts())
    assert rereading.difference(run.snapshot.article) == {}
    facts["packages"][0] |= {"amount": 1400000000, "recipients": ["PL"]}
    found = rereading.difference(run.snapshot.article)
    assert any(line.endswith("amount: EUR 1,400,000,000") for line in found["added"])
    assert any(line.endswith("nation: Poland") for line in found["added"])
    assert any(line.endswith("nation: Ukraine") for line in found["removed"])


def test_a_difference_in_what_a_record_names_is_told_by_its_words(reference_db, monkeypatch):
    run = seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    facts = json.loads(json.dumps(run.facts))
    facts["meetings"][0]["contact_group"] = "Drone Coalition"

    class Facts:
        def to_json(self, pk: str):
            return facts

    monkeypatch.setattr(extraction, "read", lambda title, text, published: Facts())
    found = rereading.difference(run.snapshot.article)
    [line] = [line for line in found["removed"] if ": contact group: " in line]
    assert line.endswith("contact group: “ukraine defense contact group”")
    assert any(line.endswith("contact group: “drone coalition”") for line in found["added"])


@pytest.fixture
def reread(chief, upgraded) -> Batch:
    """The upgrade applied."""
    batch = rereading.preview(by=chief, why="upgrade")
    rereading.advance(batch.pk)
    rereading.apply(batch.pk)
    rereading.advance(batch.pk)
    return batch


def test_a_new_reading_is_taken_back_and_made_again(desk, upgraded, reread):
    def starts() -> str:
        upgraded.refresh_from_db()
        return str(upgraded.starts_partial)

    assert starts() == "2023-11-15"
    url = reverse("admin:ingest_intake_reread_revert", args=[reread.pk])
    assert "needs its reason" in desk.post(url, follow=True).content.decode()
    runs, claims = Run.objects.count(), Claim.objects.count()
    desk.post(url, {"why": "worse than before"})
    assert rereading.advance(reread.pk) is False
    assert starts() == "2023-11-22"
    assert (Run.objects.count(), Claim.objects.count()) == (runs, claims)
    assert "Reverted: worse than before" in desk.get(page_of(reread, "history")).content.decode()
    assert "Nothing reverted" in desk.post(url, {"why": "again"}, follow=True).content.decode()
    assert (list(check()), rebuild().changed) == ([], 0)
    # Copies that come in do not bring back what was taken back; to read anew does.
    record(Run.objects.get(withdrawn=True))
    assert starts() == "2023-11-22"
    batch = rereading.preview(by=reread.requested_by, why="after all")
    rereading.advance(batch.pk)
    rereading.apply(batch.pk)
    rereading.advance(batch.pk)
    assert starts() == "2023-11-15"
    assert Run.objects.count() == runs


def test_a_reading_that_was_followed_by_another_is_not_taken_back(upgraded, reread):
    run = Run.objects.get(live=True)
    newer = Run.objects.create(
        snapshot=run.snapshot, engine=run.engine, engine_version="z", outcome=run.outcome, facts=run.facts
    )
    record(newer)
    rereading.revert(reread.pk, by=reread.requested_by, why="worse")
    rereading.advance(reread.pk)
    assert "took its place since" in reread.items.get().fault
    newer.refresh_from_db()
    assert newer.live


def test_what_other_rules_would_change_than_was_shown_is_not_applied(desk, chief, upgraded, monkeypatch):
    batch = rereading.preview(by=chief, why="upgrade")
    rereading.advance(batch.pk)
    with monkeypatch.context() as later:
        later.setattr(extraction, "VERSION", "of tomorrow")
        page = desk.post(reverse("admin:ingest_intake_reread_apply", args=[batch.pk]), follow=True)
        assert "upgraded since it was previewed" in page.content.decode()
        Batch.objects.filter(pk=batch.pk).update(state="running")
        batch.items.update(done=False)
        rereading.advance(batch.pk)
    assert "this worker has version of tomorrow" in batch.items.get().fault
    assert Run.objects.count() == 1


def test_what_loses_its_worker_every_time_is_put_aside(desk, chief, upgraded):
    batch = rereading.preview(by=chief, why="upgrade")
    batch.items.update(attempts=rereading.ATTEMPTS)
    assert rereading.advance(batch.pk) is False
    assert "lost or ran out of time 3 times" in desk.get(page_of(batch)).content.decode()


def test_a_batch_that_stands_still_says_so_and_is_taken_up_again(desk, chief, upgraded, monkeypatch):
    told = []
    monkeypatch.setattr("ingest.tasks.reread_batch.delay", told.append)
    batch = rereading.preview(by=chief, why="upgrade")
    assert "Nothing has moved" not in desk.get(page_of(batch)).content.decode()
    sweep()
    assert told == []
    Batch.objects.update(updated_at=timezone.now() - 2 * batches.FORGOTTEN)
    assert "Nothing has moved since" in desk.get(page_of(batch)).content.decode()
    sweep()
    sweep()
    assert told == [batch.pk]


def test_an_article_that_cannot_be_read_does_not_stop_the_others(chief, upgraded, monkeypatch):
    def fail(title, text, published):
        raise RuntimeError("too\nlong")

    monkeypatch.setattr(extraction, "read", fail)
    batch = rereading.preview(by=chief, why="upgrade")
    assert rereading.advance(batch.pk) is False
    assert batch.items.get().fault == "Not read: RuntimeError: too long"
