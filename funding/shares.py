"""How a counted sum is divided among those who give it, or among those whom it is for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import NamedTuple

from funding.apportioning import ROUNDING

CENT = Decimal("0.01")
# Parties of a sum that no source divides, or of what is left of it.
TOGETHER = "~"
JOIN = "|"


class Share(NamedTuple):
    """A party's share as stated; `fraction` and `amount` are both empty where no source states its size."""

    party: str
    fraction: Decimal | None
    amount: Decimal | None
    set_aside: bool


def divide_sum(total: Decimal, shares: Sequence[Share]) -> list[tuple[str, Decimal]]:
    """Parts by party, to the cent, that come to exactly the total.

    A sum with one party and no stated part is that party's. What no stated part covers stands under `~` and the
    parties without one: nothing is assumed of how they divide it. Shares that are set aside divide nothing, and so
    do parts that come to more than the total, which its hedge may allow.
    """
    if len(shares) == 1 and shares[0][1:] == (None, None, False):
        # Most packages.
        return [(shares[0].party, total)]
    shares = sorted((share for share in shares if not share.set_aside), key=str)
    stated = [(share.party, part) for share in shares if (part := _part(total, share)) is not None]
    silent = sorted({share.party for share in shares if _part(total, share) is None})
    if not stated:
        return [(silent[0] if len(silent) == 1 else _together(silent), total)]
    left = total - sum((part for _, part in stated), Decimal(0))
    if left < -total * ROUNDING:
        return [(_together(sorted({share.party for share in shares})), total)]
    if not silent and abs(left) <= max(CENT * len(stated), total * ROUNDING):
        # Thirds of a sum, rounded: the difference belongs to the parts.
        party, part = stated[0]
        stated[0] = party, part + left
        left = Decimal(0)
    found: dict[str, Decimal] = {}
    for party, part in [*stated, (_together(silent), left)]:
        if part > 0:
            found[party] = found.get(party, Decimal(0)) + part
    return list(found.items())


def _together(parties: Sequence[str]) -> str:
    return TOGETHER + JOIN.join(parties)


def _part(total: Decimal, share: Share) -> Decimal | None:
    if share.amount is not None:
        return share.amount.quantize(CENT)
    if share.fraction is None:
        return None
    # Back to the fraction that was meant: eight decimals are kept of a third.
    meant = Fraction(share.fraction).limit_denominator(1000)
    exact = meant if abs(meant - Fraction(share.fraction)) < Fraction(1, 10**8) else Fraction(share.fraction)
    part = exact * Fraction(total)
    return (Decimal(part.numerator) / Decimal(part.denominator)).quantize(CENT, ROUND_HALF_EVEN)
