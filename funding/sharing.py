"""What an editor cannot state of shares: parts that come to more than the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evidence.choices import RecordState
from evidence.models import Record
from funding.apportioning import ROUNDING, part_of
from funding.models import Allocation, Contribution, Package
from meetings.numbers import bounds


def share_above_the_whole(row: Any, beside: Sequence[Any]) -> dict[str, str]:
    """Faults of a contribution or allocation as typed: beside the parts counted, or typed with it, it has no room."""
    package: Package | None = row.package if row.package_id else None
    if package is None:
        return {}
    whole = _whole(package)
    typed = {o.pk: o for o in beside if (o.package_id, o.state) == (package.pk, RecordState.LIVE) and o.pk != row.pk}
    others = {o.pk: o for o in _counted(type(row), package) if o.pk != row.pk} | typed
    taken = sum((part_of(other, whole) for other in others.values()), Decimal(0))
    own = part_of(row, whole)
    if own and taken + own > 1 + ROUNDING:
        said = f"With this the parts come to {_percent(taken + own)} of the package"
        fault = (
            f"{said}; the others come to {_percent(taken)} {'with it' if typed else 'already'}."
            if taken
            else f"{said}."
        )
        return {name: fault for name in ("fraction", "amount") if getattr(row, name) is not None}
    return {}


def sum_below_its_shares(package: Package, beside: Sequence[Any]) -> dict[str, str]:
    """Faults of a package as typed: its sum is less than its parts, which are stated in the same currency."""
    whole = _whole(package)
    if package._state.adding or whole is None:
        return {}
    for model in (Contribution, Allocation):
        parts = sum((part_of(row, whole) for row in _counted(model, package)), Decimal(0))
        if parts > 1 + ROUNDING:
            name = model._meta.verbose_name_plural
            return {"amount": f"The {name} stated come to {_percent(parts)} of this; correct or retract them first."}
    return {}


def _counted(model: type[Record], package: Package) -> list[Any]:
    return list(model.objects.live().filter(package=package.pk, set_aside=False))


def _whole(package: Package) -> Decimal | None:
    if package.amount is None:
        return None
    return bounds({"number": package.amount, "qualifier": package.qualifier})[1]


def _percent(part: Decimal) -> str:
    return f"{float(part) * 100:.4g} %"
