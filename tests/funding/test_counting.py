"""Which packages are counted and which are left out: once each, for one reason, in whatever order they come."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from funding.choices import Coverage, LeftOut, Stage
from funding.counting import Told, committed, count


def key(number: int) -> UUID:
    return UUID(int=number)


def told(number: int, amount: int | None = 100, **changed) -> Told:
    links = {name: key(target) for name, target in changed.items() if name in ("part_of", "restates", "supersedes")}
    day = datetime.date(2024, 1, 1) + datetime.timedelta(days=number)
    package = Told(key(number), True, None if amount is None else Decimal(amount), "EUR", "", Stage.ANNOUNCED, "", day)
    return package._replace(**{name: value for name, value in changed.items() if name not in links}, **links)


def reasons(*packages: Told) -> list[str]:
    """Of each package in its order: `counted`, or the reason with the number of what stands for it."""
    outcomes = count(packages)
    assert outcomes.keys() == {package.pk for package in packages}
    return [
        "counted"
        if (outcome := outcomes[package.pk]).counted
        else f"{outcome.left_out}{f' {outcome.because.int}' if outcome.because else ''}"
        for package in packages
    ]


def test_what_stands_alone_counts_unless_it_is_no_money_of_its_own():
    assert reasons(
        told(1), told(2, None), told(3, confirmed=False), *(told(4 + n, covers=c) for n, c in enumerate(Coverage))
    ) == ["counted", "no_sum", "unconfirmed", "running_total", "pledges", "frame", "authority"]


def test_a_part_gives_way_to_the_whole_that_counts_however_far_up():
    assert reasons(told(1, 440), told(2, 200, part_of=1), told(3, 50, part_of=2)) == ["counted", "part 1", "part 1"]
    # A whole without a sum, one that is a frame, and one that nobody confirmed stand for nothing.
    for nothing in (told(1, None), told(1, covers="frame"), told(1, confirmed=False)):
        assert reasons(nothing, told(2, 200, part_of=1))[1] == "counted"
    assert reasons(told(1, 440), told(2, None, part_of=1), told(3, 50, part_of=2)) == ["counted", "no_sum", "part 1"]


@pytest.mark.parametrize(
    ("whole", "parts", "by_parts"),
    [
        (told(1, 450), (350, 100), True),
        (told(1, 450), (350, 90), False),
        (told(1, 450), (350, 110), False),
        (told(1, 500, qualifier="more_than"), (150, 390), True),
        (told(1, 500, qualifier="up_to"), (150, 300), False),
        (told(1, 500, qualifier="about"), (150, 340), False),
        (told(1, 500, qualifier="about"), (150, 360), True),
        (told(1, 450, currency="USD"), (350, 100), False),
        (told(1, 450, stage="proposed"), (350, 100), False),
    ],
)
def test_parts_that_come_to_the_whole_count_in_its_place(whole, parts, by_parts):
    found = reasons(whole, *(told(2 + n, amount, part_of=1) for n, amount in enumerate(parts)))
    if by_parts:
        assert found == ["sum_of_parts", "counted", "counted"]
    elif whole.stage == "proposed":
        # Committed parts of what is only proposed count among the committed.
        assert found == ["counted"] * 3
    else:
        assert found == ["counted", "part 1", "part 1"]


def test_money_told_again_counts_once_and_committed_money_speaks_for_what_was_proposed():
    assert reasons(told(1), told(2, restates=1), told(3, restates=2)) == ["counted", "restates 1", "restates 1"]
    assert reasons(told(1, stage="proposed"), told(2, restates=1)) == ["restates 2", "counted"]
    # Two retellings of what states no sum are still one.
    assert reasons(told(1, None), told(2, restates=1), told(3, restates=1)) == ["no_sum", "counted", "restates 2"]
    # A part of the second telling is a part of the first.
    assert reasons(told(1), told(2, restates=1), told(3, 40, part_of=2)) == ["counted", "restates 1", "part 1"]


def test_a_plan_gives_way_to_what_replaced_it_unless_that_is_less_certain():
    assert reasons(told(1), told(2, supersedes=1), told(3, supersedes=2)) == ["replaced 3", "replaced 3", "counted"]
    assert reasons(told(1), told(2, supersedes=1, stage="proposed")) == ["counted", "counted"]
    assert reasons(told(1), told(2, supersedes=1, confirmed=False)) == ["counted", "unconfirmed"]
    assert reasons(told(1), told(2, supersedes=1), told(3, 100, part_of=2)) == ["replaced 2", "sum_of_parts", "counted"]


def test_circles_are_broken_and_lose_nothing():
    for link in ("part_of", "restates", "supersedes"):
        found = reasons(*(told(n, **{link: n % 3 + 1}) for n in (1, 2, 3)))
        assert found.count("counted") == 1, (link, found)
    mixed = reasons(told(1, part_of=2), told(2, restates=3), told(3, part_of=1, supersedes=1))
    assert "counted" in mixed
    assert reasons(told(1, part_of=1)) == ["counted"]


STAGES = st.sampled_from(["announced", "proposed", "delivered"])


@st.composite
def registers(draw, stages=STAGES, loose: bool = True) -> list[Told]:
    """Packages with any links at all; not `loose`: each links to an earlier one, and all are confirmed sums."""
    size = draw(st.integers(1, 9))
    packages = []
    for n in range(1, size + 1):
        targets = st.integers(1, size) if loose else st.integers(1, max(n - 1, 1))
        links = {name: draw(targets) for name in draw(st.sets(st.sampled_from(["part_of", "restates", "supersedes"])))}
        links = {name: target for name, target in links.items() if target != n}
        amount = draw(st.sampled_from([None, 1, 2, 3, 5])) if loose else draw(st.sampled_from([1, 2, 3, 5]))
        confirmed = draw(st.booleans()) if loose else True
        packages.append(
            told(
                n,
                amount,
                stage=draw(stages),
                confirmed=confirmed,
                covers=draw(st.sampled_from(["", "", "frame"])) if loose else "",
                **links,
            )
        )
    return packages


@settings(max_examples=80)
@given(registers(), st.randoms())
def test_every_package_has_one_outcome_whatever_the_order(packages, random):
    outcomes = count(packages)
    assert outcomes.keys() == {package.pk for package in packages}
    for package in packages:
        outcome = outcomes[package.pk]
        assert outcome.counted or isinstance(outcome.left_out, LeftOut)
        by_itself = not package.confirmed or package.amount is None or bool(package.covers)
        if by_itself:
            assert not outcome.counted
            assert outcome.because is None
        elif outcome.because is not None:
            # What stands for it is counted, or counted through its parts or as another's retelling.
            other = outcomes[outcome.because]
            assert outcome.because != package.pk
            assert other.counted or other.left_out in (LeftOut.SUM_OF_PARTS, LeftOut.PART, LeftOut.REPLACED)
    shuffled = list(packages)
    random.shuffle(shuffled)
    assert count(shuffled) == outcomes


@settings(max_examples=80)
@given(registers(loose=False))
def test_no_money_counts_twice_and_none_is_lost(packages):
    """Against a slow reading of the rules: of two counted packages neither is reached from the other by its links."""
    outcomes = count(packages)
    by_key = {package.pk: package for package in packages}
    same = {package.pk: {package.pk} for package in packages}
    for package in packages:
        if package.restates:
            union = same[package.pk] | same[package.restates]
            for pk in union:
                same[pk] = union
    leads: dict[UUID, set[UUID]] = {package.pk: set() for package in packages}
    for package in packages:
        if package.part_of:
            leads[package.pk].add(package.part_of)
        if package.supersedes:
            leads[package.supersedes].add(package.pk)

    def beyond(start: UUID) -> set[UUID]:
        """Whatever the links from a package, or from a telling of the same money, lead to."""
        found: set[UUID] = set()
        frontier = same[start]
        while frontier:
            frontier = {far for pk in frontier for near in leads[pk] for far in same[near]} - found
            found |= frontier
        return found

    # Of a circle one link is not followed; which circles there are is tried above.
    assume(not any(pk in beyond(pk) for pk in by_key))
    counted = [pk for pk in by_key if outcomes[pk].counted]
    for a, b in permutations(counted, 2):
        if committed(by_key[b].stage) or not committed(by_key[a].stage):
            assert b not in same[a] | beyond(a)
    assert counted


@settings(max_examples=60)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=9), st.data())
def test_a_whole_comes_to_its_sum_however_its_parts_are_nested(parents, data):
    """A tree of parts, each of what its own parts come to and more: what is counted is exactly the roots."""
    amounts = {n: data.draw(st.integers(1, 5)) for n in range(1, len(parents) + 1)}
    up = {n: parent % n for n, parent in enumerate(parents, 1)}
    for n in sorted(up, reverse=True):
        if up[n]:
            amounts[up[n]] += amounts[n] if data.draw(st.booleans()) else amounts[n] - 1
    for n in sorted(up, reverse=True):
        children = sum(amounts[m] for m in up if up[m] == n)
        amounts[n] = max(amounts[n], children)
    packages = [told(n, amounts[n], **({"part_of": up[n]} if up[n] else {})) for n in up]
    outcomes = count(packages)
    counted = sum(package.amount for package in packages if outcomes[package.pk].counted)
    assert counted == sum(amounts[n] for n in up if not up[n])
