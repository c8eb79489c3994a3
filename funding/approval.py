"""Which decisions on packages need a second person: those about more money than the setting allows one for."""

from __future__ import annotations

from decimal import Decimal
from math import isinf

from django.conf import settings

from evidence.fields import EXISTS, Value
from funding.models import Package
from funding.rates import latest_rate

COUNTED = ("amount", EXISTS, "part_of", "restates", "supersedes")


def needs_second_person(package: Package | None, field: str, value: Value) -> bool:
    """Is the sum decided on, or the one that stands now, above MUSTER_APPROVAL_AMOUNT euros?

    Decisions on the sum, on whether the package exists, and on what it restates or is a part of: each says how much
    money is counted.

    A currency without a rate counts as above: how much it is, nobody can tell.
    """
    if isinf(settings.APPROVAL_AMOUNT) or field not in COUNTED:
        return False
    sums = [(Decimal(value["number"]), value["currency"])] if field == "amount" and value else []
    if package is not None and package.amount is not None:
        sums.append((package.amount, package.currency))
    return any(_above(number, currency) for number, currency in sums)


def _above(number: Decimal, currency: str) -> bool:
    if currency != "EUR":
        per_euro = latest_rate(currency)
        if per_euro is None:
            return True
        number = number / per_euro
    return number > Decimal(settings.APPROVAL_AMOUNT)
