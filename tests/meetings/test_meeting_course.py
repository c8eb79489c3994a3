"""A meeting put off, moved, renumbered and told again stays one record, and its history says how it went."""

from __future__ import annotations

import pytest
from factories import published

from evidence.history import transitions
from evidence.invariants import check
from evidence.services import current_record
from meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

GROUP = "MEETING contact_group=Ukraine Defense Contact Group"


def told(*texts: tuple[str, str]) -> Meeting:
    """The one meeting that articles of these days, one line each, are about."""
    for number, (day, text) in enumerate(texts):
        published(f"{GROUP}; {text}", name=f"{number}", published=day)
    assert list(check()) == []
    return Meeting.objects.live().get()


def course(meeting: Meeting, field: str) -> list[object]:
    """The values that a field had, in the order in which it had them."""
    return [change.new for change in reversed(transitions(meeting.pk)) if change.field == field]


def test_a_meeting_planned_moved_and_held_is_one_record_with_its_course():
    found = told(
        ("2025-11-14", "starts=2025-12-03; status=planned"),
        ("2025-11-28", "starts=2025-12-16; status=postponed"),
        ("2025-12-09", "starts=2025-12-16; status=planned"),
        ("2025-12-16", "starts=2025-12-16; status=held; ordinal=32"),
        ("2026-02-01", "starts=2025-12-16; ordinal=32"),
    )
    assert course(found, "starts") == ["2025-12-03", "2025-12-16"]
    assert course(found, "status") == ["planned", "postponed", "planned", "held"]
    assert (str(found.starts), found.status, found.ordinal) == ("2025-12-16", "held", 32)


def test_a_meeting_renumbered_is_one_record():
    found = told(
        ("2024-01-24", "starts=2024-01-23; status=held; ordinal=13"),
        ("2024-01-25", "starts=2024-01-23; status=held; ordinal=18"),
        ("2024-02-07", "starts=2024-01-23; ordinal=18"),
    )
    assert course(found, "ordinal") == [13, 18]


def test_a_meeting_called_off_is_one_record_and_no_other_day_takes_it_over():
    found = told(
        ("2024-10-01", "starts=2024-10-12; status=planned; level=leaders"),
        ("2024-10-09", "starts=2024-10-12; status=postponed; level=leaders"),
        ("2024-10-20", "starts=2024-10-12; status=cancelled; level=leaders"),
    )
    assert course(found, "status") == ["planned", "postponed", "cancelled"]


def test_a_correction_of_the_day_comes_to_the_record_that_was_there():
    first = told(("2023-09-15", "ordinal=15; starts=2023-09-18; status=planned"))
    found = told(
        ("2023-09-15", "ordinal=15; starts=2023-09-18; status=planned"),
        ("2023-09-20", "ordinal=15; starts=2023-09-19; status=held"),
        ("2023-09-21", "starts=2023-09-19; place=Ramstein"),
    )
    assert current_record(first.pk) == found.pk
    assert "2023-09-19" in course(found, "starts")
