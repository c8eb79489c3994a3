"""How a sum is divided among its parties: to the cent, never more or less than all of it, nothing assumed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.shares import Share, divide_sum


def share(party: str, fraction: str | None = None, amount: int | None = None, aside: bool = False) -> Share:
    return Share(
        party, None if fraction is None else Decimal(fraction), None if amount is None else Decimal(amount), aside
    )


@pytest.mark.parametrize(
    ("shares", "parts"),
    [
        ([], {"~": 900}),
        ([share("GB")], {"GB": 900}),
        ([share("GB"), share("NO")], {"~GB|NO": 900}),
        ([share("GB", amount=600), share("NO")], {"GB": 600, "~NO": 300}),
        ([share("GB", "0.5")], {"GB": 450, "~": 450}),
        (
            [share("GB", "0.33333333"), share("NO", "0.33333333"), share("SE", "0.33333333")],
            dict.fromkeys(("GB", "NO", "SE"), 300),
        ),
        # Set aside: stated, and never counted.
        ([share("GB", "0.5"), share("NO", "0.6", aside=True)], {"GB": 450, "~": 450}),
        # More than all of it, as the hedge of the sum allows: nobody can say whose sum is too large.
        ([share("GB", amount=600), share("NO", amount=400)], {"~GB|NO": 900}),
    ],
)
def test_a_sum_is_divided_as_stated(shares, parts):
    assert dict(divide_sum(Decimal(900), shares)) == parts


SHARES = st.lists(
    st.builds(
        Share,
        st.sampled_from("ABCDE"),
        st.none() | st.decimals("0.00000001", 1, places=8),
        st.none() | st.decimals(1, 10**9, places=2),
        st.booleans(),
    ),
    max_size=5,
)


@given(st.decimals(1, 10**12, places=2), SHARES, st.randoms())
def test_parts_come_to_the_whole_in_whatever_order(total, shares, random):
    parts = divide_sum(total, shares)
    assert sum(part for _, part in parts) == total
    assert all(part > 0 for _, part in parts)
    assert len({party for party, _ in parts}) == len(parts)
    shuffled = list(shares)
    random.shuffle(shuffled)
    assert divide_sum(total, shuffled) == parts
