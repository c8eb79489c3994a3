"""The same articles give the same register, in whatever order they come, and however often."""

from __future__ import annotations

import functools
import random
from pathlib import Path

import pytest
from plain_reader import article
from register_content import differences, register_content, row_counts

import extraction
from ingest.choices import IntakeState
from ingest.models import Intake
from ingest.services import advance, submit_bytes, submit_path

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("[0-9]*.json"))


@pytest.fixture(scope="module")
def read_once() -> functools._lru_cache_wrapper:
    """Reading is pure, and is not what these tests are about: each text is read once."""
    return functools.cache(extraction.read)


def ingest_samples(order: list[Path]) -> None:
    for path in order:
        for intake in submit_path(path):
            advance(intake.pk)
    assert set(Intake.objects.values_list("state", flat=True)) == {IntakeState.SETTLED}


def orders(number: int) -> list[list[Path]]:
    shuffled = []
    for seed in range(number):
        order = list(SAMPLES)
        random.Random(seed).shuffle(order)
        shuffled.append(order)
    return shuffled


@pytest.fixture(scope="module")
def in_order_of_name() -> dict:
    return {}


ORDERS = {"reversed": SAMPLES[::-1], "shuffled": orders(1)[0]}
MORE = {f"shuffled {n}": order for n, order in enumerate(orders(5)[1:], 1)}


@pytest.mark.parametrize(
    "order",
    [*ORDERS.values(), *(pytest.param(order, marks=pytest.mark.long) for order in MORE.values())],
    ids=[*ORDERS, *MORE],
)
def test_the_samples_give_one_register_in_any_order(reference_db, monkeypatch, read_once, in_order_of_name, order):
    from django.db import transaction

    monkeypatch.setattr(extraction, "read", read_once)
    if not in_order_of_name:
        with transaction.atomic():
            ingest_samples(SAMPLES)
            in_order_of_name.update(register_content())
            before = row_counts()
            for path in SAMPLES:
                for intake in submit_path(path):
                    advance(intake.pk)
            assert row_counts() == before
            transaction.set_rollback(True)
        assert len(in_order_of_name["records"]) > 200
    ingest_samples(order)
    assert differences(in_order_of_name, register_content()) == []


# ruff: noqa: E501
GROUP = "contact_group=Ukraine Defense Contact Group"
SCENES = {
    "a meeting announced, put off and held": [
        article(f"MEETING {GROUP}; ordinal=25; starts=2024-10-12; status=planned", name="a", published="2024-09-30"),
        article(f"MEETING {GROUP}; ordinal=25; starts=2024-10-12; status=postponed", name="b", published="2024-10-09"),
        article(f"MEETING {GROUP}; ordinal=25; starts=2025-01-09; status=planned", name="c", published="2024-12-20"),
        article(f"MEETING {GROUP}; ordinal=25; starts=2025-01-09; status=held; place=Ramstein", name="d", published="2025-01-10"),
        article(f"MEETING {GROUP}; status=held; title=the latest meeting; participants=DE,FR", name="e", published="2025-01-12"),
    ],
    # The second resembles both others, which do not resemble each other: one story once it is there.
    "copies that come together late": [
        article(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a", words=range(300)),
        article("OFFICIAL name=John Healey; title=Secretary", name="b", words=range(70, 370)),
        article(f"MEETING {GROUP}; starts=2025-02-12; mode=hybrid", name="c", words=range(140, 440)),
    ],
    "one sum told as several": [
        article("PACKAGE amount=400000000; currency=USD; donor=US; announced=2022-09-08; recipients=UA", name="a"),
        article("PACKAGE amount=400000000; currency=USD; programme=PDA; announced=2022-09-08", name="b"),
        article(
            "PACKAGE amount=400000000; currency=USD; donor=US; programme=PDA; announced=2022-09-20",
            "PACKAGE amount=2200000000; currency=USD; donor=US; programme=FMF; announced=2022-09-08; part_of=0",
            name="c",
        ),
        article("PACKAGE amount=400000000; currency=USD; donor=DE; announced=2022-09-08", name="d"),
    ],
    "people by parts of their names": [
        article("OFFICIAL name=Lloyd Austin; affiliation=US; title=Secretary of Defense", name="a"),
        article("OFFICIAL name=L. Austin; title=U.S. defense chief", "OFFICIAL name=Sasha Baker; affiliation=US", name="b"),
        article("OFFICIAL name=Austin; title=Pentagon chief", name="c"),
        article("OFFICIAL name=Larry Austin; affiliation=GB", name="d"),
    ],
}  # fmt: skip


@pytest.mark.usefixtures("plain_reader")
@pytest.mark.parametrize("scene", SCENES)
def test_scenes_come_out_alike_in_any_order(reference_db, scene):
    from itertools import permutations

    from django.db import transaction

    articles = SCENES[scene]
    numbers = list(permutations(range(len(articles))))
    numbers = numbers[:: max(1, len(numbers) // 6)]
    first = None
    for order in numbers:
        with transaction.atomic():
            for number in order:
                intake = submit_bytes(f"{number}.json", articles[number])
                advance(intake.pk)
                intake.refresh_from_db()
                assert intake.state == IntakeState.SETTLED, intake.fault
            found = register_content()
            transaction.set_rollback(True)
        first = first or found
        assert differences(first, found) == [], order
