"""What people decide, through the public doors, and what new articles make of it."""

from __future__ import annotations

import uuid

import pytest
from plain_reader import article

from evidence.choices import Decision, Identity, RecordState
from evidence.models import Article, Claim, Mention, Outlet, Record, SettledField, Settlement
from evidence.services import create_record, current_record, decide, judge, rate_outlet, state_value
from ingest.choices import IntakeState
from ingest.services import advance, submit_bytes
from meetings.models import Attendance, ContactGroup, Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

GROUP = "Ukraine Defense Contact Group"


def ingest(*lines: str, name: str, **more) -> Article:
    intake = submit_bytes(f"{name}.json", article(*lines, name=name, **more))
    advance(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.SETTLED, intake.fault
    return intake.article


def meeting_line(**values) -> str:
    return "MEETING " + "; ".join(f"{k}={v}" for k, v in {"contact_group": GROUP, **values}.items())


def the_meeting() -> Meeting:
    return Meeting.objects.live().get()


def settled(record: Record, field: str) -> SettledField:
    return SettledField.objects.select_related("settlement").get(record=record, field=field)


def claim(record: Record, field: str, value) -> Claim:
    return Claim.objects.filter(mention__binding__record=record, field=field, value=value).first()


# Statements


def test_an_editors_statement_survives_rereading_and_contradiction(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor, why="asked the ministry")
    assert the_meeting().place_name == "Antwerp"
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="b")
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="c")
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    assert the_meeting().place_name == "Antwerp"
    assert settled(the_meeting(), "place").decided


def test_an_editors_statement_survives_a_changed_text(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    before = the_meeting().pk
    state_value(record=the_meeting(), field="venue", value="NATO headquarters", by=editor)
    ingest(meeting_line(starts="2025-02-12", place="Brussels", mode="hybrid"), "OFFICIAL name=X Y", name="a")
    found = the_meeting()
    assert (found.venue, found.mode) == ("NATO headquarters", "hybrid")
    assert found.pk == before


def test_an_editors_statement_survives_a_corrected_date(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    state_value(record=the_meeting(), field="venue", value="NATO headquarters", by=editor)
    ingest(meeting_line(starts="2025-02-13", place="Brussels"), name="a")
    found = the_meeting()
    assert (found.venue, str(found.starts)) == ("NATO headquarters", "2025-02-13")


def test_editing_one_of_several_witnesses_leaves_them_together(editor):
    """An attendance has no more identity than its party; its mentions must not fall apart when one is judged."""
    for name in "abc":
        ingest(meeting_line(starts="2025-02-12", participants="DE,FR"), name=name)
    germany = Attendance.objects.live().get(nation="DE")
    state_value(record=germany, field="role", value="chair", by=editor)
    found = Attendance.objects.live().get(nation="DE")
    assert (found.pk, found.role) == (germany.pk, "chair")
    assert settled(found, "exists").stories == 3
    assert Attendance.objects.live().count() == 2


def test_the_latest_statement_holds_and_taking_it_back_restores(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor)
    second = state_value(record=the_meeting(), field="place", value="Ghent", by=editor)
    assert the_meeting().place_name == "Ghent"
    decide(claim=second, decision=Decision.WITHDRAW, by=editor)
    assert the_meeting().place_name == "Antwerp"


def test_a_statement_taken_back_stays_so_whatever_is_decided_on_others(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    own = state_value(record=the_meeting(), field="place", value="Brussels", by=editor)
    decide(claim=own, decision=Decision.WITHDRAW, by=editor)
    others = claim(the_meeting(), "place", "Brussels")
    decide(claim=others, decision=Decision.ACCEPT, by=editor)
    decide(claim=others, decision=Decision.WITHDRAW, by=editor)
    assert the_meeting().place_name == "Brussels"
    assert not settled(the_meeting(), "place").decided


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts", "soon"),
        ("ordinal", -1),
        ("ordinal", None),
        ("level", "vicars"),
        ("group", "01990000-0000-7000-8000-000000000000"),
        ("country", "ZZ"),
    ],
)
def test_a_value_that_the_field_cannot_hold_is_refused(editor, field, value):
    ingest(meeting_line(starts="2025-02-12"), name="a")
    mentions = Mention.objects.count()
    with pytest.raises(ValueError):
        state_value(record=the_meeting(), field=field, value=value, by=editor)
    assert Mention.objects.count() == mentions


def test_a_record_of_another_kind_is_no_group(editor):
    ingest(meeting_line(starts="2025-02-12"), name="a")
    with pytest.raises(ValueError):
        state_value(record=the_meeting(), field="group", value=the_meeting().pk, by=editor)


def test_an_editors_record_and_an_article_about_it_are_one(editor):
    group = ContactGroup.objects.live().get(name=GROUP)
    pk = create_record(
        kind="meeting", values={"group": group.pk, "starts": "2025-02-12", "status": "planned"}, by=editor
    )
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    assert (the_meeting().pk, the_meeting().place_name) == (pk, "Brussels")


def test_an_editors_record_stays_comparable_when_it_is_corrected_and_decided_on(editor):
    group = ContactGroup.objects.live().get(name=GROUP)
    pk = create_record(kind="meeting", values={"group": group.pk, "starts": "2025-02-12", "mode": "hybrid"}, by=editor)
    state_value(record=Meeting.objects.get(pk=pk), field="venue", value="NATO headquarters", by=editor)
    decide(claim=claim(the_meeting(), "mode", "hybrid"), decision=Decision.ACCEPT, by=editor)
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    assert (the_meeting().pk, the_meeting().place_name) == (pk, "Brussels")


# Fields and links that exclude each other


def test_who_is_said_to_speak_for_two_parties_speaks_for_one_until_an_editor_says_which(editor):
    for name, party in (("a", "US"), ("b", "US"), ("c", "NATO")):
        line = meeting_line(starts="2025-02-12", officials_present="Lloyd Austin")
        ingest(line, f"OFFICIAL name=Lloyd Austin; affiliation={party}; title=chair", name=name)
    found = Attendance.objects.live().get()
    assert (found.nation_id, found.organisation) == ("US", None)
    nato = Mention.objects.filter(claims__value="NATO", kind="organisation").first()
    state_value(record=found, field="organisation", value=current_record(nato.pk), by=editor)
    found.refresh_from_db()
    assert (found.nation_id, str(found.organisation)) == (None, "NATO")
    state_value(record=found, field="nation", value="GB", by=editor)
    found.refresh_from_db()
    assert (found.nation_id, found.organisation) == ("GB", None)


def test_a_group_that_becomes_one_with_its_parent_has_none(editor):
    whole = create_record(kind="contact_group", values={"name": "Alpha Forum"}, by=editor)
    part = create_record(kind="contact_group", values={"name": "Beta Forum", "parent": whole}, by=editor)
    judge(left=whole, right=part, identity=Identity.SAME, by=editor)
    assert ContactGroup.objects.get(pk=whole).parent is None
    judge(left=whole, right=part, identity=Identity.WITHDRAW, by=editor)
    assert ContactGroup.objects.get(pk=part).parent_id == whole


# Verdicts


def test_a_rejection_is_shared_by_later_articles_and_can_be_taken_back(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.REJECT, by=editor, why="misread")
    assert the_meeting().place_name == ""
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="b")
    assert the_meeting().place_name == ""
    later = claim(the_meeting(), "place", "Brussels")
    decide(claim=later, decision=Decision.WITHDRAW, by=editor)
    assert the_meeting().place_name == "Brussels"


def test_a_rejection_outlives_the_text_it_was_made_on(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.REJECT, by=editor)
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), "OFFICIAL name=X Y", name="a")
    assert the_meeting().place_name == ""


def test_rejecting_that_it_exists_retracts_it_until_taken_back(editor):
    ingest(meeting_line(starts="2025-02-12"), name="a")
    pk = the_meeting().pk
    existence = claim(the_meeting(), "exists", True)
    decide(claim=existence, decision=Decision.REJECT, by=editor)
    assert Record.objects.get(pk=pk).state == RecordState.RETRACTED
    ingest(meeting_line(starts="2025-02-12"), name="b")
    assert not Meeting.objects.live().exists()
    decide(claim=existence, decision=Decision.WITHDRAW, by=editor)
    assert the_meeting().pk == pk


def test_accepting_a_weak_value_states_it(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels~0.2"), name="a")
    assert the_meeting().place_name == ""
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.ACCEPT, by=editor)
    assert the_meeting().place_name == "Brussels"


# Judgements


def test_different_splits_and_taking_it_back_restores_the_ids(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    ingest(meeting_line(starts="2025-02-12", mode="hybrid"), name="b")
    first = the_meeting().pk
    second = Mention.objects.filter(kind="meeting").exclude(pk=first).get().pk
    assert current_record(second) == first
    judge(left=first, right=second, identity=Identity.DIFFERENT, by=editor, why="two rooms")
    assert set(Meeting.objects.live().values_list("pk", flat=True)) == {first, second}
    assert current_record(second) == second
    assert Meeting.objects.get(pk=first).mode == ""
    judge(left=first, right=second, identity=Identity.WITHDRAW, by=editor)
    assert (the_meeting().pk, the_meeting().mode) == (first, "hybrid")
    assert current_record(second) == first
    assert Record.objects.get(pk=second).state == RecordState.MERGED


def test_same_joins_and_taking_it_back_parts_with_the_parts_following(editor):
    ingest(meeting_line(starts="2025-02-12", participants="DE"), name="a")
    ingest(meeting_line(starts="2025-03-20", participants="DE,FR"), name="b")
    first, second = Meeting.objects.live().order_by("starts")
    judge(left=first.pk, right=second.pk, identity=Identity.SAME, by=editor)
    assert the_meeting().pk == first.pk
    assert sorted(Attendance.objects.live().values_list("nation", "meeting")) == [("DE", first.pk), ("FR", first.pk)]
    judge(left=first.pk, right=second.pk, identity=Identity.WITHDRAW, by=editor)
    assert set(Meeting.objects.live().values_list("pk", flat=True)) == {first.pk, second.pk}
    assert sorted(Attendance.objects.live().values_list("nation", "meeting"), key=str) == sorted(
        [("DE", first.pk), ("DE", second.pk), ("FR", second.pk)], key=str
    )


def test_same_joins_all_that_either_side_gathered_and_will_gather(editor):
    for name, day in (("a", "2025-02-12"), ("b", "2025-02-12"), ("c", "2025-03-20"), ("d", "2025-03-20")):
        ingest(meeting_line(starts=day, participants="DE"), name=name)
    first, second = Meeting.objects.live().order_by("starts")
    judge(left=first.pk, right=second.pk, identity=Identity.SAME, by=editor)
    ingest(meeting_line(starts="2025-02-12", participants="FR"), name="e")
    # A text that changes goes where the one before it was put.
    ingest(meeting_line(starts="2025-03-20", participants="PL"), name="c")
    assert settled(the_meeting(), "exists").stories == 5
    assert sorted(Attendance.objects.live().values_list("nation", flat=True)) == ["DE", "FR", "PL"]
    judge(left=first.pk, right=second.pk, identity=Identity.WITHDRAW, by=editor)
    assert [settled(m, "exists").stories for m in Meeting.objects.live().order_by("starts")] == [3, 2]


def test_same_on_parts_takes_nobody_from_their_siblings(editor):
    for name in "ab":
        ingest(meeting_line(starts="2025-02-12", participants="DE,FR"), name=name)
    germany, france = Attendance.objects.live().order_by("nation")
    judge(left=germany.pk, right=france.pk, identity=Identity.SAME, by=editor)
    found = Attendance.objects.live().get()
    assert settled(found, "exists").stories == 2
    assert "nation" in found.contested_fields


def test_judgements_that_make_no_sense_are_refused(editor):
    ingest(meeting_line(starts="2025-02-12", participants="DE"), name="a")
    meeting, part = the_meeting().pk, Attendance.objects.live().get().pk
    for left, right in ((meeting, meeting), (meeting, part), (meeting, uuid.uuid4())):
        with pytest.raises(ValueError):
            judge(left=left, right=right, identity=Identity.SAME, by=editor)


# Reliability and stories


def test_a_rating_settles_anew(editor):
    ingest(meeting_line(starts="2025-02-12", place="Brussels"), name="a")
    ingest(meeting_line(starts="2025-02-12", venue="Ramstein Air Base", place="Brussels"), name="b")
    ingest(meeting_line(starts="2025-02-13", ends="2025-02-13", place="Brussels"), name="c", published="2025-02-14")
    found = the_meeting()
    assert str(found.starts) == "2025-02-12"
    for name in "ab":
        rate_outlet(outlet=Outlet.objects.get(name=f"Paper {name}"), reliability=0.2, by=editor, why="invents")
    found = the_meeting()
    assert str(found.starts) == "2025-02-13"
    assert found.venue == ""


def test_a_rating_reaches_what_imports_cite(editor):
    group = ContactGroup.objects.live().get(name=GROUP)
    cited = Claim.objects.filter(mention__binding__record=group, field="purpose").first()
    before = settled(group, "purpose").support
    outlet = Outlet.objects.create(name=cited.citation_publisher, reliability=0.8)
    rate_outlet(outlet=outlet, reliability=0.6, by=editor, why="copies others")
    assert settled(group, "purpose").support == pytest.approx(0.6 * cited.confidence) != before


def test_copies_of_one_report_are_one_witness():
    line = meeting_line(starts="2025-02-12", place="Brussels~0.4")
    ingest(line, name="a")
    ingest(line, name="b", copy_of="a", title="Report a")
    assert the_meeting().place_name == ""
    assert settled(the_meeting(), "exists").stories == 1
    ingest(line, name="c")
    assert settled(the_meeting(), "exists").stories == 2
    assert the_meeting().place_name == "Brussels"


# Texts that change


def test_changed_text_at_a_known_address_supersedes():
    first = ingest(meeting_line(starts="2025-02-12", mode="virtual"), name="a")
    pk = the_meeting().pk
    second = ingest(meeting_line(starts="2025-02-12", mode="hybrid"), name="a")
    assert first.pk == second.pk
    assert first.snapshots.count() == 2
    live = [run.live for snapshot in first.snapshots.order_by("id") for run in snapshot.runs.all()]
    assert live == [False, True]
    assert (the_meeting().pk, the_meeting().mode) == (pk, "hybrid")
    assert the_meeting().contested_fields == []
    assert Claim.objects.filter(field="mode").count() == 2
    assert [s.value for s in Settlement.objects.filter(record=the_meeting(), field="mode").order_by("id")] == [
        "virtual",
        "hybrid",
    ]


def test_what_a_changed_text_no_longer_says_is_withdrawn_and_comes_back_with_another():
    ingest(meeting_line(starts="2025-02-12"), name="a")
    pk = the_meeting().pk
    ingest("OFFICIAL name=X Y", name="a")
    assert Record.objects.get(pk=pk).state == RecordState.WITHDRAWN
    ingest(meeting_line(starts="2025-02-12"), name="b")
    assert the_meeting().pk == pk


def test_a_link_follows_when_its_target_becomes_part_of_another(editor):
    ingest(
        "PACKAGE amount=2000000000; currency=USD; programme=FMF; announced=2025-02-01",
        "PACKAGE amount=500000000; currency=USD; programme=FMF; announced=2025-02-01; part_of=0",
        name="a",
    )
    ingest("PACKAGE amount=2000000000; currency=USD; programme=USAI; announced=2024-02-01", name="z")
    from funding.models import Package

    part = Package.objects.live().get(amount=500_000_000)
    whole = part.part_of
    other = Package.objects.live().get(amount=2_000_000_000, announced_on="2024-02-01")
    judge(left=whole.pk, right=other.pk, identity=Identity.SAME, by=editor)
    joined = Package.objects.live().get(amount=2_000_000_000)
    part.refresh_from_db()
    assert part.part_of_id == joined.pk
    earlier = create_record(kind="package", values={"amount": {"number": 2_000_000_000, "currency": "USD"}}, by=editor)
    assert current_record(earlier)
