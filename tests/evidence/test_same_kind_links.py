"""Records that point at others of their kind follow them when these move."""

from __future__ import annotations

import pytest
from factories import group, published

from evidence.choices import Identity
from evidence.invariants import check
from evidence.services import judge, state_value
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
    judge(left=first.pk, right=second.pk, identity=Identity.WITHDRAW, by=editor)
    part.refresh_from_db()
    assert part.part_of_id == second.pk
    assert broken() == []


def test_a_group_follows_its_parent(editor):
    first, second, child = (group(editor, name) for name in ("Quartet", "Quintet", "Working party of the Quintet"))
    state_value(record=ContactGroup.objects.get(pk=child), field="parent", value=second, by=editor)
    judge(left=first, right=second, identity=Identity.SAME, by=editor)
    assert ContactGroup.objects.get(pk=child).parent_id == first
