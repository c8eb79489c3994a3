"""Which decisions on packages and their parts need a second person: those about more money than one may decide on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import isinf

from django.conf import settings

from evidence.fields import EXISTS, Value
from funding.models import Allocation, Contribution, Package
from funding.rates import latest_rate

Sum = tuple[Decimal, str]
COUNTED = ("amount", EXISTS, "part_of", "restates", "supersedes")


def needs_second_person(package: Package, field: str, value: Value) -> bool:
    """Is the sum decided on, or the one that stands now, above MUSTER_APPROVAL_AMOUNT euros?

    Decisions on the sum, on whether the package exists, and on what it restates or is a part of: each says how much
    money is counted.

    A currency without a rate counts as above: how much it is, nobody can tell.
    """
    if field not in COUNTED:
        return False
    stated = (Decimal(value["number"]), value["currency"]) if field == "amount" else None
    return _any_above([stated, _sum_of(package)])


def share_needs_second_person(share: Contribution | Allocation, field: str, value: Value) -> bool:
    """Is the package whose money is divided, or this part of it, above that?

    Every decision on a part counts: each says who gives or gets how much.
    """
    package = share.package
    if package is None:
        return False
    parts = [share.amount, Decimal(value) if field == "amount" else None]
    return _any_above([_sum_of(package), *((part, package.currency) for part in parts if part is not None)])


def _sum_of(package: Package) -> Sum | None:
    return (package.amount, package.currency) if package.amount is not None else None


def _any_above(sums: Iterable[Sum | None]) -> bool:
    # Whoever sets no amount wants no rates looked up.
    return not isinf(settings.APPROVAL_AMOUNT) and any(_above(*stated) for stated in sums if stated)


def _above(number: Decimal, currency: str) -> bool:
    if currency != "EUR":
        per_euro = latest_rate(currency)
        if per_euro is None:
            return True
        number = number / per_euro
    return number > Decimal(settings.APPROVAL_AMOUNT)
