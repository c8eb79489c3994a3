"""Which mentions of money are one package, and which recipients one."""

from __future__ import annotations

import datetime

import pytest

from evidence.choices import RecordKind
from evidence.clustering import cluster
from evidence.fields import Node, Reading, kind_spec
from funding.kinds import fraction, sum_of_money

PACKAGE = kind_spec(RecordKind.PACKAGE)


def reading(amount=400_000_000, currency="USD", said_on="2022-09-09", **values) -> Reading:
    values["amount"] = {"number": str(amount), "currency": currency, "qualifier": None}
    return Reading({k: [v] for k, v in values.items()}, None, datetime.date.fromisoformat(said_on))


def packages(*readings: Reading) -> list[list[int]]:
    results = []
    for order in (range(len(readings)), reversed(range(len(readings)))):
        blocks: dict[str, list[Node]] = {}
        for number in order:
            features = PACKAGE.features(readings[number])
            blocks.setdefault(PACKAGE.block(readings[number], features), []).append(Node(f"{number:02}", features))
        groups = [group for nodes in blocks.values() for group in cluster(nodes, PACKAGE)]
        results.append(sorted(sorted(int(node.signature) for node in group) for group in groups))
    assert results[0] == results[1]
    return results[0]


ONE, TWO = [[0, 1]], [[0], [1]]
DAY = {"announced_on": "2022-09-08"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"donor": "US", **DAY}, {"donor": "US", **DAY}, ONE),
        ({"donor": "US", **DAY}, {"donor": "US", "announced_on": "2022-09-20"}, ONE),
        ({"donor": "US", **DAY}, {"donor": "US", "announced_on": "2022-12-08"}, TWO),
        ({"programme": "pda", **DAY}, {"programme": "pda", "announced_on": "2022-09-12"}, ONE),
        ({"programme": "pda", **DAY}, {"programme": "pda", "announced_on": "2022-09-20"}, TWO),
        ({"programme": "pda", **DAY}, {"programme": "pda", "said_on": "2022-09-20"}, ONE),
        ({"donor": "NO|DK|SE", **DAY}, {"donor": "SE", **DAY}, ONE),
        ({"donor": "NO|DK|SE", **DAY}, {"donor": "DE", **DAY}, TWO),
        ({"donor": "NO|DK|SE", **DAY}, {"donor": "NO|DE|PL", **DAY}, TWO),
        ({"donor": "US", **DAY}, {"donor": "DE", **DAY}, TWO),
        ({"programme": "fmf", **DAY}, {"programme": "pda", **DAY}, TWO),
        ({"programme": "fmf", **DAY}, {"donor": "US", **DAY}, ONE),
        ({"donor": "US", **DAY}, {"donor": "US", "currency": "EUR", **DAY}, TWO),
        ({"donor": "US", **DAY}, {"donor": "US", "amount": 500_000_000, **DAY}, TWO),
        ({"donor": "US", "announced_on": "2022-09"}, {"donor": "US", **DAY}, ONE),
        ({"said_on": "2022-09-09"}, {"said_on": "2022-09-12"}, TWO),
        ({"donor": "US", "said_on": "2022-09-09"}, {"donor": "US", "said_on": "2022-09-12"}, ONE),
        ({"donor": "US", "said_on": "2022-09-09"}, {"donor": "US", "said_on": "2023-09-09"}, TWO),
    ],
)
def test_packages(left, right, expected):
    assert packages(reading(**left), reading(**right)) == expected


def test_no_chain_of_months_makes_one_package_of_a_year():
    year = [reading(donor="US", announced_on=f"2022-{month:02}-08") for month in range(1, 13)]
    assert all(len(group) <= 2 for group in packages(*year))


@pytest.mark.parametrize(
    "value",
    [5, {"number": 5}, {"number": 5, "currency": "usd"}, {"number": 0, "currency": "USD"},
     {"number": -1, "currency": "USD"},
     {"number": "0.001", "currency": "USD"}, {"number": "1e18", "currency": "USD"}, {"number": "x", "currency": "USD"}],
)  # fmt: skip
def test_no_sum_of_money(value):
    with pytest.raises(ValueError):
        sum_of_money(value)


@pytest.mark.parametrize("value", [0, -0.5, 1.01, "half", None, "0.000000001"])
def test_no_fraction(value):
    with pytest.raises(ValueError):
        fraction(value)


def test_a_third_is_a_third():
    assert fraction(1 / 3) == "0.33333333"
    assert fraction(1) == "1"


def recipient(**values) -> dict:
    spec = kind_spec(RecordKind.ALLOCATION)
    return spec.features(Reading({k: [v] for k, v in values.items()}, None, None))


def test_a_counted_set_is_known_by_its_number():
    assert recipient(described="18 eastern European neighbours") == recipient(described="18 of Ukraine's neighbors")
    assert recipient(described="18 neighbours") != recipient(described="17 neighbours")
    assert recipient(described="regional partners") != recipient(described="other allies")
    assert recipient(nation="UA") != recipient(nation="MD")
