"""The history of every record, and its state on any day gone by."""

from __future__ import annotations

import datetime
import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from reporting import GROUP, get, report, words
from time_machine import travel

from evidence.choices import Decision, Identity, RecordKind
from evidence.models import Claim, Record
from evidence.services import create_record, decide, judge, state_value
from meetings.models import Attendance, Meeting
from people.models import Official

FIRST = datetime.datetime(2025, 3, 1, 12, tzinfo=datetime.UTC)
SECOND = datetime.datetime(2025, 3, 5, 12, tzinfo=datetime.UTC)


def history_of(record) -> str:
    return reverse("register:record-history", args=[record.pk])


def on(record, day: str) -> str:
    return f"{reverse('register:record-detail', args=[record.pk])}?as_of={day}"


@pytest.fixture
def meeting(editor) -> Meeting:
    """Read on 1 March, put right on 5 March."""
    with travel(FIRST, tick=False):
        report(
            f"MEETING contact_group={GROUP}; ordinal=27; starts=2025-02-12; place=Brussels; participants=DE",
            name="one",
        )
    found = Meeting.objects.get(ordinal=27)
    with travel(SECOND, tick=False):
        state_value(record=found, field="place", value="Antwerp", by=editor, why="asked the ministry")
    return found


def test_history_says_what_changed_from_what_to_what_by_whom_and_why(meeting):
    page = words(get(history_of(meeting)))
    for said in ("Town", "nothing stated", "Brussels", "Antwerp", "asked the ministry", "editor", "1 Mar 2025, 12:00"):
        assert said in page
    assert page.index("Antwerp") < page.index("1 Mar 2025, 12:00")
    assert reverse("register:article-detail", args=[Claim.objects.filter(field="place")[0].snapshot.article_id]) in get(
        history_of(meeting)
    )


def test_the_history_is_linked_from_the_page_and_names_the_parts(meeting):
    assert f'href="{history_of(meeting)}"' in get(meeting.get_absolute_url())
    attendance = Attendance.objects.get(meeting=meeting)
    assert f'href="{history_of(attendance)}"' in get(history_of(meeting))
    assert "It has the most support" in words(get(history_of(attendance)))


@pytest.mark.parametrize(
    ("day", "place"), [("2025-03-01", "Brussels"), ("2025-03-04", "Brussels"), ("2025-03-05", "Antwerp")]
)
def test_any_day_can_be_read_again_and_is_marked_as_old(meeting, day, place):
    for path in (on(meeting, day), f"{meeting.get_absolute_url()}?as_of={day}"):
        page = words(get(path))
        assert "An old state" in page
        assert place in page
        assert ({"Brussels", "Antwerp"} - {place}).pop() not in page
        assert "Germany" in page


def test_a_part_that_came_later_is_not_among_those_of_the_day(meeting, editor):
    with travel(SECOND, tick=False):
        create_record(kind=RecordKind.ATTENDANCE, values={"nation": "SE"}, by=editor, parent=meeting.pk)
    assert "Sweden" not in words(get(on(meeting, "2025-03-04")))
    assert "Sweden" in words(get(on(meeting, "2025-03-05")))


def test_before_it_was_known_there_is_nothing(meeting):
    assert "did not state this record on 2025-02-28" in words(get(on(meeting, "2025-02-28"), 404))


@pytest.mark.parametrize("asked", ["", "soon", "2025-02-30", "20250301", "9999-12-31", "2025-W10-6", "<b>"])
def test_what_is_no_day_gone_by_is_refused_with_the_way_on(meeting, asked):
    page = get(on(meeting, asked), 400)
    assert html.escape(asked) in page
    assert history_of(meeting) in page


def test_an_act_that_changed_no_value_is_told(meeting, editor):
    claim = Claim.objects.get(mention__binding__record=meeting.pk, field="starts")
    decide(claim=claim, decision=Decision.ACCEPT, by=editor, why="seen the agenda")
    page = words(get(history_of(meeting)))
    assert "editor accepted first day: 12 February 2025: “seen the agenda”" in page


def test_a_record_merged_away_keeps_its_own_past(editor):
    with travel(FIRST, tick=False):
        for name, person in (("a", "William LaPlante"), ("b", "Bill La Plante")):
            report(f"OFFICIAL name={person}; affiliation=US", name=name)
    left, right = Official.objects.live().filter(nation="US").order_by("pk")
    judge(left=left.pk, right=right.pk, identity=Identity.SAME, by=editor, why="one man")
    page = words(get(on(right, "2025-03-01")))
    assert "An old state" in page
    assert "merged into" in page
    assert "said that it is the same as" in words(get(history_of(left)))
    moved = Client().get(reverse("register:record-detail", args=[right.pk]))
    assert moved["Location"] == left.get_absolute_url()


def test_a_retracted_record_is_gone_for_readers_and_kept_for_staff(meeting, editor, admin_user):
    decide(claim=Claim.objects.get(mention=meeting.pk, field="exists"), decision=Decision.REJECT, by=editor)
    staff = Client()
    staff.force_login(admin_user)
    for path in (history_of(meeting), on(meeting, "2025-03-01"), on(meeting, "2025-03-05")):
        get(path, 410)
        assert staff.get(path).status_code == 200


def test_a_part_leads_to_the_page_of_its_whole(meeting):
    attendance = Attendance.objects.get(meeting=meeting)
    found = Client().get(reverse("register:record-detail", args=[attendance.pk]))
    assert found["Location"] == meeting.get_absolute_url()


def test_every_kind_of_record_has_a_history(meeting):
    for record in Record.objects.all()[:40]:
        assert "History of" in words(get(history_of(record)))
        get(on(record, str(timezone.now().date())), 200 if record.state == "live" else 404)


def test_a_long_history_is_read_on(meeting, editor, monkeypatch):
    monkeypatch.setattr("register.views.history.ENTRIES", 3)
    first = get(history_of(meeting))
    assert 'href="?from=3"' in first
    assert "asked the ministry" not in get(history_of(meeting) + "?from=3")
    get(history_of(meeting) + "?from=" + "9" * 30)
