"""What must hold of money, whatever was read and decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from evidence.invariants import Breach
from funding.apportioning import ROUNDING, part_of
from funding.models import Allocation, Contribution
from meetings.numbers import bounds


def shares_are_within_the_whole() -> Iterator[Breach]:
    """The counted parts of a package, in fractions or in money, come to no more than all of it.

    That holds on the side of donors and on that of recipients, as widely as the hedge of the sum ("about") is taken.
    """
    for model in (Contribution, Allocation):
        totals: dict[UUID, Decimal] = defaultdict(Decimal)
        for row in model.objects.live().filter(set_aside=False).select_related("package").order_by("package", "pk"):
            sum_of = {"number": row.package.amount, "qualifier": row.package.qualifier}
            whole = None if row.package.amount is None else bounds(sum_of)[1]
            totals[row.package_id] += part_of(row, whole)
        for package, total in totals.items():
            if total > 1 + ROUNDING:
                parts = model._meta.verbose_name_plural
                yield Breach(f"package {package}", f"its {parts} are {total:.4f} of the whole")
