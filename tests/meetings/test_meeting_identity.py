"""Which mentions of meetings are one meeting."""

from __future__ import annotations

import datetime
import uuid

import pytest

from evidence.choices import RecordKind
from evidence.clustering import cluster
from evidence.fields import Node, Reading, kind_spec

pytestmark = pytest.mark.usefixtures("reference_db")

SPEC = kind_spec(RecordKind.MEETING)
GROUP = str(uuid.UUID(int=1))


def reading(said_on: str | None = "2023-05-27", group: str | None = GROUP, **values) -> Reading:
    if group:
        values["group"] = group
    day = datetime.date.fromisoformat(said_on) if said_on else None
    return Reading({name: [value] for name, value in values.items()}, None, day)


def meetings(*readings: Reading) -> list[list[int]]:
    """The numbers of the readings, clustered block by block, in both orders."""
    results = []
    for order in (range(len(readings)), reversed(range(len(readings)))):
        blocks: dict[str, list[Node]] = {}
        for number in order:
            features = SPEC.features(readings[number])
            block = SPEC.block(readings[number], features)
            blocks.setdefault(block, []).append(Node(f"{number:02}", features))
        results.append(
            sorted(
                sorted(int(node.signature) for node in group)
                for nodes in blocks.values()
                for group in cluster(nodes, SPEC)
            )
        )
    assert results[0] == results[1]
    return results[0]


ONE = [[0, 1]]
TWO = [[0], [1]]


def test_the_same_number_is_the_same_meeting():
    assert meetings(reading(ordinal=12, starts="2023-05-25"), reading(ordinal=12)) == ONE


def test_the_same_number_put_off_is_the_same_meeting():
    assert meetings(reading(ordinal=25, starts="2024-10-12"), reading(ordinal=25, starts="2025-01-09")) == ONE


def test_the_same_number_years_apart_is_another_series():
    assert meetings(reading(ordinal=1, starts="2022-04-26"), reading(ordinal=1, starts="2024-04-26")) == TWO


def test_another_number_is_another_meeting():
    assert meetings(reading(ordinal=12, starts="2023-05-25"), reading(ordinal=13, starts="2023-06-15")) == TWO
    assert meetings(reading(ordinal=12), reading(ordinal=13)) == TWO


def test_another_group_is_another_meeting():
    other = str(uuid.UUID(int=2))
    assert meetings(reading(starts="2023-05-25"), reading(starts="2023-05-25", group=other)) == TWO


def test_the_same_day_is_the_same_meeting():
    assert meetings(reading(starts="2023-05-25"), reading(starts="2023-05-25", place="Ramstein")) == ONE


def test_off_by_a_day_at_one_place_is_the_same_meeting():
    assert (
        meetings(reading(starts="2023-05-25", place="Ramstein"), reading(starts="2023-05-26", place="Ramstein")) == ONE
    )


def test_off_by_a_day_with_nothing_else_in_common_is_not_enough():
    assert meetings(reading(starts="2023-05-25"), reading(starts="2023-05-26")) == TWO


def test_two_days_apart_are_two_meetings():
    assert (
        meetings(reading(starts="2023-05-25", place="Ramstein"), reading(starts="2023-05-27", place="Ramstein")) == TWO
    )


def test_a_day_within_a_meeting_of_several_days_is_that_meeting():
    assert meetings(reading(starts="2023-07-11", ends="2023-07-12"), reading(starts="2023-07-12")) == ONE


def test_the_same_day_at_two_places_is_two_meetings():
    assert meetings(reading(starts="2023-05-25", place="Ramstein"), reading(starts="2023-05-25", place="Paris")) == TWO
    assert meetings(reading(starts="2023-05-25", country="DE"), reading(starts="2023-05-25", country="FR")) == TWO


@pytest.mark.usefixtures("reference_db")
def test_armaments_directors_and_ministers_on_one_day_are_two_meetings():
    assert (
        meetings(
            reading(starts="2022-09-28", level="armaments_directors"), reading(starts="2022-09-28", level="ministers")
        )
        == TWO
    )


def test_an_unspecific_level_contradicts_none():
    assert meetings(reading(ordinal=12, level="other"), reading(ordinal=12, level="ministers")) == ONE
    assert meetings(reading(starts="2023-05-25", level="other"), reading(starts="2023-05-25", level="ministers")) == ONE


def test_a_meeting_put_off_stays_one_with_its_number():
    assert meetings(
        reading(ordinal=25, starts="2024-10-12", status="planned"),
        reading(ordinal=25, starts="2024-10-12", status="postponed"),
        reading(ordinal=25, starts="2025-01-09", status="held"),
    ) == [[0, 1, 2]]


def test_a_month_is_the_meeting_of_that_level_within_it():
    assert meetings(reading(starts="2022-09", level="leaders"), reading(starts="2022-09-28", level="leaders")) == ONE
    assert meetings(reading(starts="2022-09", level="leaders"), reading(starts="2022-10-28", level="leaders")) == TWO


def test_a_month_with_two_meetings_joins_them_not():
    found = meetings(
        reading(starts="2022-09", level="ministers"),
        reading(starts="2022-09-08", level="ministers"),
        reading(starts="2022-09-28", level="ministers"),
    )
    assert [1, 2] not in found
    assert not any({1, 2} <= set(group) for group in found)


def test_an_undated_mention_is_the_one_meeting_it_can_mean():
    held = reading(said_on="2023-05-27", status="held", title="the latest meeting")
    assert meetings(held, reading(starts="2023-05-25")) == ONE
    planned = reading(said_on="2023-05-20", status="planned", title="the next meeting")
    assert meetings(planned, reading(starts="2023-05-25")) == ONE


def test_an_undated_mention_that_can_mean_two_stays_alone():
    held = reading(said_on="2023-05-27", status="held")
    assert meetings(held, reading(starts="2023-05-25"), reading(starts="2023-05-22")) == [[0], [1], [2]]


def test_an_undated_mention_does_not_reach_far():
    held = reading(said_on="2023-07-27", status="held")
    assert meetings(held, reading(starts="2023-05-25")) == TWO


def test_the_title_does_not_count():
    assert (
        meetings(reading(starts="2023-05-25", title="Ramstein 12"), reading(starts="2023-05-25", title="Talks")) == ONE
    )


@pytest.mark.parametrize("group", [None, GROUP])
def test_order_of_three_does_not_matter(group):
    assert meetings(
        reading(starts="2023-05-25", place="Ramstein", group=group),
        reading(starts="2023-05-26", place="Ramstein", group=group),
        reading(starts="2023-05-27", place="Ramstein", group=group),
    ) in ([[0, 1], [2]], [[0], [1, 2]])


def test_without_a_group_the_same_day_and_place_is_one_meeting():
    assert (
        meetings(
            reading(group=None, starts="2025-02-12", place="Paris", level="leaders"),
            reading(group=None, starts="2025-02-12", place="Paris"),
        )
        == ONE
    )


def test_two_meetings_that_were_held_do_not_become_one_for_a_number_that_one_source_gives_both():
    june = reading(ordinal=3, starts="2022-06-15", status="held", level="ministers")
    september = reading(starts="2022-09-08", status="held", level="ministers")
    misnumbered = reading(ordinal=3, starts="2022-09-08", status="held", level="ministers")
    assert meetings(june, september, misnumbered) == [[0], [1, 2]]
    announced = reading(ordinal=3, starts="2022-09-08", status="planned", level="ministers")
    assert meetings(june, september, announced) == [[0], [1, 2]]


def test_what_begins_on_the_last_day_of_another_is_another_meeting():
    first = reading(starts="2022-07-25", ends="2022-07-28", place="Washington", level="steering")
    second = reading(starts="2022-07-28", ends="2022-07-29", place="Washington", level="steering")
    assert meetings(first, second) == TWO
    # One source that gives the whole span and one that gives a day of it mean the same.
    assert meetings(first, reading(starts="2022-07-28", place="Washington", level="steering")) == ONE


def test_a_month_means_the_only_meeting_of_it():
    november = reading(starts="2022-11-16", level="ministers")
    assert meetings(november, reading(starts="2022-11")) == ONE
    assert meetings(november, reading(starts="2022-11-29", level="ministers"), reading(starts="2022-11")) == [
        [0],
        [1],
        [2],
    ]
