"""What the other reports of a series say of one: the number it leaves out, the day it was moved to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_meeting_identity import ONE, TWO, meetings, reading

from evidence.fields import Node
from meetings.context import in_context

pytestmark = pytest.mark.usefixtures("reference_db")


def planned(day: str, **values):
    return reading(starts=day, status="planned", **values)


def postponed(day: str, **values):
    return reading(starts=day, status="postponed", **values)


def held(day: str, **values):
    return reading(starts=day, status="held", **values)


def test_a_meeting_moved_to_another_day_is_the_one_that_was_planned():
    assert meetings(
        planned("2025-12-03"), postponed("2025-12-16"), held("2025-12-16", ordinal=32), reading(starts="2025-12-16")
    ) == [[0, 1, 2, 3]]


def test_the_last_planned_day_was_moved_and_no_other():
    found = meetings(planned("2025-11-03"), planned("2025-12-03"), postponed("2025-12-16"))
    assert found == [[0], [1, 2]]


def test_what_was_held_was_not_moved():
    assert meetings(held("2025-12-03"), planned("2025-12-03"), postponed("2025-12-16")) == [[0, 1], [2]]


def test_another_level_or_number_was_not_moved():
    assert meetings(planned("2025-12-03", level="leaders"), postponed("2025-12-16", level="ministers")) == TWO
    assert meetings(planned("2025-12-03", ordinal=31), postponed("2025-12-16", ordinal=32)) == TWO


def test_what_was_planned_for_a_later_day_was_not_moved():
    assert meetings(planned("2026-01-03"), postponed("2025-12-16")) == TWO


def test_a_report_without_a_number_goes_with_the_number_of_its_day():
    assert meetings(
        planned("2023-01-30", ordinal=8), reading(starts="2023-01-20", ordinal=8), reading(starts="2023-01-20")
    ) == [[0, 1, 2]]


def test_a_number_without_a_day_does_not_keep_apart_what_is_of_one_day_and_town():
    rome = {"starts": "2025-05-16", "place": "Rome", "level": "ministers"}
    undated = reading("2025-05-17", ordinal=4, status="planned")
    assert meetings(reading(**rome, ordinal=4), undated, reading(**rome, ordinal=1)) == [[0, 1, 2]]
    years_later = reading("2028-05-17", ordinal=4)
    assert len(meetings(reading(**rome, ordinal=4), years_later, reading(**rome, ordinal=1))) == 2


def test_two_numbers_of_one_day_give_none():
    found = meetings(
        reading(starts="2024-01-23", ordinal=18), reading(starts="2024-01-23", ordinal=13), reading(starts="2024-01-23")
    )
    assert found == [[0, 1, 2]]
    assert (
        meetings(reading(starts="2023-01-20", place="Paris", ordinal=8), reading(starts="2023-01-20", place="Ramstein"))
        == TWO
    )
    assert meetings(reading(starts="2023-01-20", ordinal=8), reading(starts="2023-01-20")) == ONE


statuses = st.sampled_from(["planned", "postponed", "held", None])
days = st.sampled_from(["2025-12-03", "2025-12-16", "2025-12", None])


@given(
    st.lists(
        st.builds(
            lambda starts, status, ordinal: {
                "starts": starts, "status": status, "ordinal": ordinal, "ends": None, "level": None, "country": None,
                "place": None, "said_on": "2025-12-01", "title": "",
            },
            days, statuses, st.sampled_from([31, 32, None]),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_context_does_not_depend_on_order(features, random):
    nodes = [Node(str(number), one) for number, one in enumerate(features)]
    shuffled = list(nodes)
    random.shuffle(shuffled)
    assert sorted(in_context(shuffled), key=lambda node: node.signature) == in_context(nodes)
