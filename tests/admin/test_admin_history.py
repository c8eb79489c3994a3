"""What was done to a record, and how it is undone: always by a new decision, never by removing an old one."""

from __future__ import annotations

import pytest
from browsing import page_of
from newsroom import seventeenth

from evidence.actions import actions
from evidence.choices import Decision, Identity, RecordKind, RecordState
from evidence.models import Claim, Judgement, Settlement, Verdict
from evidence.services import create_record, decide, judge, state_value, state_values
from meetings.models import ContactGroup, Meeting

HELD = "2023-11-22"


@pytest.fixture
def meeting(reference_db) -> Meeting:
    seventeenth("Alpha", "2023-11-23", HELD, "on Wednesday")
    return Meeting.objects.get(ordinal=17)


def revert(client, record, do, why="it was right before"):
    record.refresh_from_db()
    return client.post(page_of(record, "revert"), {"do": do, "why": why, "seen_version": record.version}, follow=True)


def change_of(record, field: str, number: int = -1) -> str:
    rows = list(Settlement.objects.filter(record=record.pk, field=field).order_by("pk"))
    return f"field:{rows[number].pk}"


def log_sizes() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Claim, Verdict, Judgement, Settlement))


def test_the_page_tells_changes_and_acts_with_the_way_back(desk, chief, meeting):
    state_value(record=meeting, field="venue", value="Hall 3", by=chief, why="saw it")
    page = desk.get(page_of(meeting, "history")).content.decode()
    for said in ("Hall 3", "saw it", "Revert this act", "Back to", "It has the most support"):
        assert said in page


def test_a_field_goes_back_to_what_articles_say(desk, chief, meeting):
    state_value(record=meeting, field="starts", value="2023-11-20", by=chief)
    revert(desk, meeting, change_of(meeting, "starts"))
    meeting.refresh_from_db()
    assert str(meeting.starts_partial) == HELD
    verdict = Verdict.objects.get()
    assert (verdict.decision, verdict.why, verdict.claim.author) == (Decision.ACCEPT, "it was right before", None)


def test_a_field_goes_back_to_nothing_and_to_an_editors_word(desk, chief, meeting):
    state_value(record=meeting, field="venue", value="Hall 3", by=chief)
    state_value(record=meeting, field="venue", value="Hall 4", by=chief)
    revert(desk, meeting, change_of(meeting, "venue"))
    meeting.refresh_from_db()
    assert meeting.venue == "Hall 3"
    revert(desk, meeting, change_of(meeting, "venue", 0))
    meeting.refresh_from_db()
    assert meeting.venue == ""
    assert "holds that value already" in revert(desk, meeting, change_of(meeting, "venue", 0)).content.decode()


def test_a_set_goes_back_element_by_element(desk, chief, reference_db):
    pk = create_record(kind=RecordKind.CONTACT_GROUP, values={"name": "Group of Three", "aliases": "G3"}, by=chief)
    group = ContactGroup.objects.get(pk=pk)
    state_value(record=group, field="aliases", value="Trio", by=chief)
    revert(desk, group, change_of(group, "aliases"))
    group.refresh_from_db()
    assert group.aliases == ["G3"]


def test_that_it_exists_goes_back_both_ways(desk, chief, meeting):
    claim = Claim.objects.get(mention=meeting.pk, field="exists")
    decide(claim=claim, decision=Decision.REJECT, by=chief)
    revert(desk, meeting, change_of(meeting, "exists"))
    meeting.refresh_from_db()
    assert meeting.state == RecordState.LIVE
    revert(desk, meeting, change_of(meeting, "exists"))
    meeting.refresh_from_db()
    assert meeting.state == RecordState.RETRACTED


def act_of(record, verb) -> str:
    return next(act.key for act in actions(record.pk) if act.verb == verb)


def test_a_whole_statement_is_taken_back(desk, chief, meeting):
    state_values(record=meeting, values={"starts": "2023-11-20", "venue": "Hall 3"}, by=chief)
    before = log_sizes()
    revert(desk, meeting, act_of(meeting, "stated"))
    meeting.refresh_from_db()
    assert (str(meeting.starts_partial), meeting.venue) == (HELD, "")
    assert all(after >= size for after, size in zip(log_sizes(), before, strict=True))
    again = revert(desk, meeting, act_of(meeting, "stated"))
    assert "no longer in force" in again.content.decode()


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.REJECT])
def test_a_verdict_is_undone_and_the_undoing_too(desk, chief, meeting, decision):
    claim = Claim.objects.get(mention__binding__record=meeting.pk, field="starts")
    decide(claim=claim, decision=decision, by=chief)
    meeting.refresh_from_db()
    decided = meeting.starts
    revert(desk, meeting, act_of(meeting, decision))
    head = meeting.settled.get(field="starts")
    assert (head.settlement.value, head.decided) == (HELD, False)
    revert(desk, meeting, act_of(meeting, "withdraw"))
    meeting.refresh_from_db()
    assert meeting.starts == decided


def test_of_two_verdicts_undoing_the_second_leaves_the_first(desk, chief, meeting):
    claim = Claim.objects.get(mention__binding__record=meeting.pk, field="starts")
    decide(claim=claim, decision=Decision.ACCEPT, by=chief)
    decide(claim=claim, decision=Decision.REJECT, by=chief)
    revert(desk, meeting, act_of(meeting, "reject"))
    head = meeting.settled.get(field="starts")
    assert (head.settlement.value, head.decided) == (HELD, True)


def test_a_rejection_of_an_editors_own_word_is_undone(desk, chief, meeting):
    state_value(record=meeting, field="venue", value="Hall 3", by=chief)
    decide(claim=Claim.objects.get(field="venue"), decision=Decision.REJECT, by=chief)
    revert(desk, meeting, act_of(meeting, "reject"))
    meeting.refresh_from_db()
    assert meeting.venue == "Hall 3"


def test_a_statement_taken_back_is_made_to_speak_again(desk, chief, meeting):
    state_value(record=meeting, field="venue", value="Hall 3", by=chief)
    decide(claim=Claim.objects.get(field="venue"), decision=Decision.WITHDRAW, by=chief)
    revert(desk, meeting, act_of(meeting, "withdraw"))
    meeting.refresh_from_db()
    assert meeting.venue == "Hall 3"


def test_a_judgement_is_withdrawn(desk, chief, meeting):
    other = create_record(kind=RecordKind.MEETING, values={"group": str(meeting.group_id), "ordinal": 18}, by=chief)
    judge(left=meeting.pk, right=other, identity=Identity.SAME, by=chief)
    assert Meeting.objects.get(pk=other).state == RecordState.MERGED
    revert(desk, meeting, act_of(meeting, "same"))
    assert Meeting.objects.get(pk=other).state == RecordState.LIVE


@pytest.mark.parametrize(
    "do", ["", "field:", "field:99999999", "field:x", "verdict:0", "statement:nothing", "field:" + "9" * 40]
)
def test_what_names_nothing_reverts_nothing(desk, chief, meeting, do):
    before = log_sizes()
    assert "Nothing reverted" in revert(desk, meeting, do).content.decode()
    assert log_sizes() == before


def test_a_revert_needs_its_reason_and_the_page_of_today(desk, chief, meeting):
    state_value(record=meeting, field="venue", value="Hall 3", by=chief)
    do, before = change_of(meeting, "venue"), log_sizes()
    assert "needs its reason" in revert(desk, meeting, do, why=" ").content.decode()
    assert "at most 2,000" in revert(desk, meeting, do, why="r" * 100_000).content.decode()
    stale = desk.post(page_of(meeting, "revert"), {"do": do, "why": "x", "seen_version": "1"}, follow=True)
    assert "changed while this page was open" in stale.content.decode()
    assert log_sizes() == before


def test_who_may_not_edit_may_not_revert(browser_of, chief, meeting):
    state_value(record=meeting, field="venue", value="Hall 3", by=chief)
    viewer = browser_of("view_meeting")
    page = viewer.get(page_of(meeting, "history")).content.decode()
    assert "Hall 3" in page
    assert "Revert this act" not in page
    assert revert(viewer, meeting, change_of(meeting, "venue")).status_code == 403
