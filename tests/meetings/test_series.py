"""A group's body for one level and the group at that level hold one series of meetings."""

from __future__ import annotations

import pytest
from factories import group, published
from projections import changed, projections

from evidence.choices import Decision
from evidence.invariants import check
from evidence.models import Claim
from evidence.rebuild import rebuild
from evidence.services import decide, state_value
from meetings.models import ContactGroup, Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

DIRECTORS = "UDCG National Armaments Directors"


def meeting(group: str = "Ukraine Defense Contact Group", **values: str) -> str:
    return "MEETING " + "; ".join(f"{k}={v}" for k, v in {"contact_group": group, **values}.items())


def test_directors_of_the_group_and_the_directors_group_meet_once():
    published(meeting(starts="2022-09-28", level="armaments_directors", place="Brussels"), name="a")
    published(meeting(DIRECTORS, starts="2022-09-28", status="held"), name="b")
    found = Meeting.objects.live().get()
    assert (found.group.name, found.status, found.place_name) == (DIRECTORS, "held", "Brussels")
    assert "group" not in found.contested_fields
    assert list(check()) == []


def test_ministers_of_the_group_meet_apart_from_its_directors_and_coalitions():
    published(meeting(starts="2022-09-28", level="ministers"), name="a")
    published(meeting(DIRECTORS, starts="2022-09-28"), name="b")
    published(meeting("Drone Capability Coalition", starts="2022-09-28", level="ministers"), name="c")
    assert Meeting.objects.live().count() == 3


def test_two_bodies_of_one_level_take_over_nothing(editor):
    other = group(editor, "Contact Group Directors for Ammunition", group_kind="armaments_directors")
    udcg = ContactGroup.objects.live().get(name="Ukraine Defense Contact Group")
    state_value(record=ContactGroup.objects.get(pk=other), field="parent", value=udcg.pk, by=editor)
    published(meeting(starts="2022-09-28", level="armaments_directors"), name="a")
    published(meeting(DIRECTORS, starts="2022-09-28"), name="b")
    assert Meeting.objects.live().count() == 2


def test_meetings_follow_when_a_body_is_given_to_its_group_and_taken_away(editor):
    directors = group(editor, "Alpha Directors", group_kind="armaments_directors")
    alpha = group(editor, "Alpha Forum")
    published(meeting("Alpha Forum", starts="2022-09-28", level="armaments_directors"), name="a")
    published(meeting("Alpha Directors", starts="2022-09-28"), name="b")
    apart = set(Meeting.objects.live().values_list("pk", flat=True))
    assert len(apart) == 2
    stated = state_value(record=ContactGroup.objects.get(pk=directors), field="parent", value=alpha, by=editor)
    assert Meeting.objects.live().get().group_id == directors
    before = projections()
    assert rebuild().changed == 0
    assert changed(before, projections()) == []
    decide(claim=stated, decision=Decision.WITHDRAW, by=editor)
    assert set(Meeting.objects.live().values_list("pk", flat=True)) == apart
    kind = Claim.objects.get(mention=directors, field="group_kind")
    state_value(record=ContactGroup.objects.get(pk=directors), field="parent", value=alpha, by=editor)
    decide(claim=kind, decision=Decision.REJECT, by=editor)
    assert Meeting.objects.live().count() == 2
    assert list(check()) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("shared", [{"place": "Brussels"}, {"ordinal": "6"}])
def test_who_names_no_level_means_the_directors_of_that_day_and_town_or_number(shared, order):
    told = [
        meeting(starts="2022-09-28", **shared),
        meeting(DIRECTORS, starts="2022-09-28", **({"place": "Brussels", "ordinal": "6"} | shared)),
    ]
    for number in order:
        published(told[number], name=f"a{number}")
    found = Meeting.objects.live().get()
    assert (found.group.name, found.place_name, found.ordinal) == (DIRECTORS, "Brussels", 6)
    assert list(check()) == []


@pytest.mark.parametrize(
    "told",
    [
        # The day alone is a candidate pair, and another town or number speaks against it.
        [{}],
        [{"place": "Ramstein"}],
        [{"place": "Brussels", "ordinal": "5"}],
        # The ministers met that day too, and it may be them.
        [{"place": "Brussels"}, {"level": "ministers"}],
    ],
)
def test_who_may_mean_another_meeting_does_not_mean_the_directors(told):
    published(meeting(DIRECTORS, starts="2022-09-28", place="Brussels", ordinal="6"), name="a")
    for number, values in enumerate(told):
        published(meeting(starts="2022-09-28", **values), name=f"b{number}")
    assert Meeting.objects.live().filter(group__name=DIRECTORS).count() == 1
    assert Meeting.objects.live().filter(group__name="Ukraine Defense Contact Group").count() == 1
