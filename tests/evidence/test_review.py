"""What waits for an editor and in which order; what comes in against a decision; and undoing one."""

from __future__ import annotations

import pytest
from factories import published
from projections import changed, projections

from evidence.choices import Decision, RecordState
from evidence.fields import kind_spec
from evidence.models import Claim, Record, SettledField, Verdict
from evidence.rebuild import rebuild
from evidence.review import news
from evidence.services import decide, state_value, undo
from evidence.weighing import candidates_of
from meetings.models import Attendance, Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

GROUP = "Ukraine Defense Contact Group"


def meeting(name: str, *, copy_of: str = "", **values) -> None:
    line = "MEETING " + "; ".join(f"{k}={v}" for k, v in {"contact_group": GROUP, "ordinal": 17, **values}.items())
    published(line, name=name, copy_of=copy_of)


def the_meeting() -> Meeting:
    return Meeting.objects.get(ordinal=17)


def head(record: Record, field: str) -> SettledField:
    return SettledField.objects.get(record=record, field=field)


def claim(record: Record, field: str, value) -> Claim:
    return Claim.objects.filter(mention__binding__record=record, field=field, value=value).first()


def drifting(record: Record, field: str) -> list:
    spec = kind_spec(record.kind).by_name[field]
    return [c.value for c in news(spec, candidates_of([record.pk])[record.pk][field], 0.5)]


# Doubt and reach


def test_the_nearer_to_the_threshold_the_more_doubt():
    meeting("a", place="Brussels~0.64", country="BE~0.7", mode="hybrid~0.95")
    found = {name: head(the_meeting(), name).priority for name in ("place", "country", "mode")}
    assert found["place"] > found["country"] > found["mode"] == 0


def test_a_contested_field_comes_before_a_doubtful_one_and_a_decided_one_not_at_all(editor):
    meeting("a", place="Brussels", country="BE~0.64")
    meeting("b", place="Antwerp")
    assert head(the_meeting(), "place").priority > head(the_meeting(), "country").priority > 0
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.ACCEPT, by=editor)
    assert head(the_meeting(), "place").priority == 0


def test_what_two_stories_say_is_not_asked_but_two_copies_of_one_are():
    meeting("a", place="Brussels~0.7")
    meeting("b", copy_of="a", place="Brussels~0.7")
    assert head(the_meeting(), "place").priority > 0
    meeting("c", place="Brussels~0.7")
    assert head(the_meeting(), "place").priority == 0


def test_a_row_is_asked_once_for_all_that_is_undisputed_of_it():
    meeting("a", participants="DE~0.7")
    row = Attendance.objects.live().get()
    assert head(row, "exists").priority > 0
    assert head(row, "nation").priority == head(row, "role").priority == 0


def test_of_an_unconfirmed_record_only_whether_it_exists_is_asked():
    published("MEETING title=talks~0.4; starts=2025-01-01~0.4", name="a")
    found = Meeting.objects.get(state=RecordState.UNCONFIRMED)
    waiting = SettledField.objects.filter(record=found, priority__gt=0)
    assert [waits.field for waits in waiting] == ["exists"]


def test_a_set_waits_until_each_of_its_doubtful_names_is_decided(editor):
    published("GROUP name=Drone Club; aliases=The Club,Flyers~0.7", name="a")
    group = Record.objects.get(as_contactgroup__name="Drone Club")
    for alias, waits in (("The Club", True), ("Flyers", False)):
        decide(claim=claim(group, "aliases", alias), decision=Decision.ACCEPT, by=editor)
        assert bool(head(group, "aliases").priority) == waits


# Drift


def test_a_later_article_against_an_editor_drifts_and_one_that_agrees_does_not(editor):
    meeting("a", place="Brussels")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor)
    assert head(the_meeting(), "place").drifted_at is None
    meeting("b", place="Antwerp")
    assert head(the_meeting(), "place").drifted_at is None
    meeting("c", place="Ghent")
    assert the_meeting().place_name == "Antwerp"
    assert drifting(the_meeting(), "place") == ["Ghent"]
    decide(claim=claim(the_meeting(), "place", "Antwerp"), decision=Decision.ACCEPT, by=editor)
    assert head(the_meeting(), "place").drifted_at is None
    meeting("d", place="Ghent")
    assert drifting(the_meeting(), "place") == ["Ghent"]


def test_reading_an_article_anew_is_no_news(editor):
    meeting("a", place="Brussels")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor)
    meeting("a", place="Brussels", mode="hybrid")
    assert (the_meeting().mode, the_meeting().place_name) == ("hybrid", "Antwerp")
    assert head(the_meeting(), "place").drifted_at is None


def test_a_copy_of_an_old_story_and_a_weak_reading_are_no_news(editor):
    meeting("a", place="Brussels")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor)
    meeting("b", copy_of="a", place="Brussels")
    meeting("c", place="Ghent~0.3")
    assert head(the_meeting(), "place").drifted_at is None


def test_a_rejected_value_that_is_said_again_drifts(editor):
    meeting("a", place="Brussels")
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.REJECT, by=editor)
    meeting("b", place="Brussels")
    assert the_meeting().place_name == ""
    assert drifting(the_meeting(), "place") == ["Brussels"]


def test_a_retracted_record_that_is_reported_again_drifts(editor):
    meeting("a", place="Brussels")
    found = the_meeting()
    decide(claim=claim(found, "exists", True), decision=Decision.REJECT, by=editor)
    meeting("b", place="Brussels")
    found.refresh_from_db()
    assert found.state == RecordState.RETRACTED
    assert drifting(found, "exists") == [True]


def test_a_step_that_follows_the_accepted_one_drifts(editor):
    meeting("a", status="planned")
    decide(claim=claim(the_meeting(), "status", "planned"), decision=Decision.ACCEPT, by=editor)
    meeting("b", status="held")
    assert the_meeting().status == "planned"
    assert drifting(the_meeting(), "status") == ["held"]


# Undoing


def test_undoing_restores_what_was_decided_before(editor):
    meeting("a", place="Brussels")
    meeting("b", place="Antwerp")
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.ACCEPT, by=editor)
    accepted = projections()
    second = decide(claim=claim(the_meeting(), "place", "Antwerp"), decision=Decision.ACCEPT, by=editor)
    third = decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.REJECT, by=editor)
    undo(verdict=third, by=editor)
    assert the_meeting().place_name == "Antwerp"
    undo(verdict=second, by=editor)
    assert the_meeting().place_name == "Brussels"
    # A field that came back to its value did so in a settlement of its own.
    told = [line for line in changed(accepted, projections()) if "settlement_id" not in line]
    assert told == []


def test_undoing_the_rejection_of_a_statement_leaves_the_statement(editor):
    meeting("a", place="Brussels")
    own = state_value(record=the_meeting(), field="place", value="Antwerp", by=editor)
    undo(verdict=decide(claim=own, decision=Decision.REJECT, by=editor), by=editor)
    assert the_meeting().place_name == "Antwerp"


def test_nothing_is_undone_twice_and_to_undo_the_undoing_is_to_decide_anew(editor):
    meeting("a", place="Brussels")
    verdict = decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.REJECT, by=editor)
    undoing = undo(verdict=verdict, by=editor)
    with pytest.raises(ValueError):
        undo(verdict=verdict, by=editor)
    assert Verdict.objects.count() == 2
    undo(verdict=undoing, by=editor)
    assert the_meeting().place_name == ""


def test_a_replay_finds_the_same_waiting(editor):
    meeting("a", place="Brussels", mode="hybrid~0.7")
    meeting("b", place="Antwerp")
    decide(claim=claim(the_meeting(), "place", "Brussels"), decision=Decision.REJECT, by=editor)
    meeting("c", place="Brussels")
    before = projections()
    assert rebuild().changed == 0
    assert changed(before, projections()) == []
    assert head(the_meeting(), "mode").priority > 0
    assert head(the_meeting(), "place").drifted_at
