"""Money that may be one announcement, or told again, is listed with the reason; what is plainly two is not."""

from __future__ import annotations

import pytest
from factories import published

from evidence.invariants import check
from evidence.models import CandidatePair
from funding.keys import package_likeness
from funding.models import Package

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")


def line(amount: int = 500_000_000, currency: str = "USD", **values: str) -> str:
    return "PACKAGE " + "; ".join(f"{k}={v}" for k, v in {"amount": amount, "currency": currency, **values}.items())


def reasons(left: str, right: str, said: str) -> list[str]:
    """Why the packages of two articles, the second published on the day given, may be one."""
    published(left, name="a", published="2025-02-10")
    published(right, name="b", published=said)
    assert Package.objects.live().count() == 2
    assert list(check()) == []
    return [package_likeness(key) for pair in CandidatePair.objects.waiting() for key in pair.keys]


DAY = {"announced": "2025-02-10"}


@pytest.mark.parametrize(
    ("left", "right", "said", "reason"),
    [
        (line(donor="US", **DAY), line(donor="US"), "2025-09-01", "does not say when"),
        (line(donor="US", programme="PDA", **DAY), line(donor="US"), "2025-09-01", "does not say when"),
        (line(donor="US", **DAY), line(), "2025-02-11", "one names no donor"),
        (line(), line(), "2025-02-20", "one names no donor"),
        (line(donor="US", **DAY), line(donor="US", announced="2025-04"), "2025-04-11", "one gives no day"),
    ],
)
def test_what_may_be_one_is_listed(left, right, said, reason):
    found = reasons(left, right, said)
    assert any(reason in words for words in found), found


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (line(donor="US", **DAY), line(donor="DE"), "2025-09-01"),
        (line(donor="US", programme="PDA", **DAY), line(donor="US", programme="FMF"), "2025-02-11"),
        (line(donor="US", **DAY), line(donor="US", announced="2025-06-20"), "2025-06-21"),
        (line(donor="US", **DAY), line(), "2025-09-01"),
        (line(donor="US", **DAY), line(currency="EUR", donor="US"), "2025-02-11"),
    ],
)
def test_what_is_plainly_two_is_not(left, right, said):
    assert reasons(left, right, said) == []
