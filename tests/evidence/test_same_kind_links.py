"""Records that point at others of their kind follow them when these move."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from factories import group, published

from evidence.choices import Identity
from evidence.invariants import check
from evidence.models import Claim, SettledField
from evidence.rebuild import rebuild
from evidence.services import decide, judge, state_value
from funding.models import Package
from meetings.models import ContactGroup

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(get_user_model()._default_manager.create_superuser(username="chief", password="x"))
    return client


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


# Circles: of sources that cannot all be right the least supported is held


HELD = "Links that count for more lead from the one it names back to this record"


def linked(name: str, *numbers: int, **more: str) -> None:
    """Each sum, in millions, as part of the one before."""
    amounts = [f"PACKAGE amount={number}000000; currency=EUR; donor=DE; announced=2025-02-10" for number in numbers]
    published(amounts[0], *(f"{line}; part_of={i}" for i, line in enumerate(amounts[1:])), name=name, **more)


def wholes() -> dict[int, int | None]:
    """Of each sum in millions, the one that it is part of."""
    found = Package.objects.live().select_related("part_of")
    return {int(p.amount) // 10**6: p.part_of and int(p.part_of.amount) // 10**6 for p in found}


def held() -> dict[int, list[str]]:
    found = Package.objects.live().exclude(contested_fields=[])
    return {int(p.amount) // 10**6: p.contested_fields for p in found}


def test_of_two_that_are_each_part_of_the_other_the_better_supported_is_kept(editor):
    linked("a", 2, 3)
    assert wholes() == {2: None, 3: 2}
    linked("b", 3, 2)
    linked("c", 3, 2)
    assert wholes() == {2: 3, 3: None}
    assert held() == {3: ["part_of"]}
    assert broken() == []
    head = SettledField.objects.get(record__state="live", field="part_of", contested=True)
    assert head.settlement.get_reason_display() == HELD
    assert head.priority > 0


def test_a_circle_is_broken_at_the_same_link_whatever_came_first(editor):
    articles = {"a": (2, 3, 4), "b": (4, 2), "c": (3, 2), "d": (4, 3)}
    found = []
    for order in (sorted(articles), sorted(articles, reverse=True)):
        with transaction.atomic():
            for name in order:
                linked(name, *articles[name])
            assert broken() == []
            assert rebuild().changed == 0
            found.append((wholes(), held()))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert sum(whole is None for whole in found[0][0].values()) == 1


def test_what_held_a_link_frees_it_when_it_goes(editor):
    linked("a", 2, 3)
    linked("b", 3, 4)
    linked("c", 4, 2, published="2025-02-12")
    assert (wholes(), held()) == ({2: 4, 3: None, 4: 3}, {3: ["part_of"]})
    # Nothing that is said of 3 has changed.
    published("PACKAGE amount=4000000; currency=EUR; donor=DE; announced=2025-02-10", name="b")
    assert (wholes(), held()) == ({2: 4, 3: 2, 4: None}, {})
    assert broken() == []


def test_who_decides_on_a_held_link_has_it_settled_and_the_weaker_held(editor, desk):
    linked("a", 2, 3)
    linked("b", 3, 2)
    linked("c", 3, 2)
    three = Package.objects.get(amount=3_000_000)
    page = desk.get(reverse("admin:desk_contested_item", args=[three.pk, "part_of"])).content.decode()
    assert HELD in page
    decide(claim=Claim.objects.get(mention__binding__record=three, field="part_of"), decision="accept", by=editor)
    assert (wholes(), held()) == ({2: None, 3: 2}, {2: ["part_of"]})
    assert broken() == []
    page = desk.get(
        reverse("register:package-detail", args=[Package.objects.get(amount=2_000_000).pk])
    ).content.decode()
    assert HELD in page


def test_a_link_of_one_kind_and_one_of_another_make_a_circle_too(editor):
    linked("a", 2, 3)
    two, three = Package.objects.order_by("amount")
    state_value(record=two, field="restates", value=three.pk, by=editor)
    two.refresh_from_db()
    three.refresh_from_db()
    assert (two.restates, three.part_of) == (three, None)
    assert broken() == []


def test_a_group_that_is_one_with_its_part_is_asked_about(editor):
    whole = group(editor, "Alpha Forum")
    part = group(editor, "Beta Forum", parent=whole)
    judge(left=whole, right=part, identity=Identity.SAME, by=editor)
    assert ContactGroup.objects.get(pk=whole).contested_fields == ["parent"]
    judge(left=whole, right=part, identity=Identity.WITHDRAW, by=editor)
    assert ContactGroup.objects.get(pk=whole).contested_fields == []
    assert ContactGroup.objects.get(pk=part).parent_id == whole
