"""Records that point at others of their kind follow them when these move."""

from __future__ import annotations

import pytest
from factories import group, package, published

from evidence.choices import Identity
from evidence.invariants import check
from evidence.models import Mention
from evidence.services import current_record, judge, state_value
from funding.models import Package
from meetings.models import ContactGroup

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")


def broken() -> list[str]:
    return [f"{name}: {breach}" for name, breach in check()]


def whole_and_part(name: str, amount: int) -> None:
    published(
        f"PACKAGE amount={amount}; currency=EUR; donor=DE; announced=2025-02-10",
        f"PACKAGE amount={amount // 10}; currency=EUR; donor=DE; announced=2025-02-10; part_of=0",
        name=name,
    )


def test_a_part_follows_its_whole_when_that_is_merged_and_back(editor):
    whole_and_part("a", 2_000_000_000)
    whole_and_part("b", 3_000_000_000)
    first, second = Package.objects.filter(amount__gte=2_000_000_000).order_by("pk")
    part = Package.objects.get(amount=300_000_000)
    assert part.part_of_id == second.pk
    judge(left=first.pk, right=second.pk, identity=Identity.SAME, by=editor)
    part.refresh_from_db()
    assert part.part_of_id == first.pk
    assert broken() == []
    judge(left=first.pk, right=second.pk, identity=Identity.WITHDRAW, by=editor)
    part.refresh_from_db()
    assert part.part_of_id == second.pk
    assert broken() == []


def test_a_group_follows_its_parent(editor):
    first, second, child = (group(editor, name) for name in ("Quartet", "Quintet", "Working party of the Quintet"))
    state_value(record=ContactGroup.objects.get(pk=child), field="parent", value=second, by=editor)
    judge(left=first, right=second, identity=Identity.SAME, by=editor)
    assert ContactGroup.objects.get(pk=child).parent_id == first
    assert broken() == []


def test_a_part_follows_its_whole_that_another_sum_makes_another_record():
    whole_and_part("a", 2_000_000_000)
    whole_and_part("b", 2_000_000_000)
    before = Package.objects.get(amount=2_000_000_000)
    part = Package.objects.live().get(amount=200_000_000)
    # The first text now gives another sum, and its mention goes; the second's stays and takes an id of its own.
    whole_and_part("a", 4_000_000_000)
    part.refresh_from_db()
    [whole] = Package.objects.live().filter(amount=2_000_000_000)
    assert part.part_of_id == whole.pk == current_record(before.pk)
    assert broken() == []


def test_what_points_at_two_that_part_again_points_at_its_own(editor):
    first, second = package(editor, "2000000000"), package(editor, "3000000000")
    part = package(editor, "100000000", part_of=second)
    mentions = Mention.objects.filter(binding__record__in=(first, second))
    assert mentions.count() == 2
    judge(left=first, right=second, identity=Identity.SAME, by=editor)
    assert Package.objects.get(pk=part).part_of_id == first
    judge(left=first, right=second, identity=Identity.DIFFERENT, by=editor)
    assert Package.objects.get(pk=part).part_of_id == second
    assert broken() == []
