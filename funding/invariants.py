"""What must hold of money, whatever was read and decided."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum

from evidence.invariants import Breach
from funding.models import Allocation, Contribution
from meetings.numbers import bounds

# Six sixths, each rounded to eight decimals, are a little more than one.
ROUNDING = Decimal("0.000001")


def shares_are_within_the_whole() -> Iterator[Breach]:
    """The stated parts of a package add up to no more than all of it, on the side of donors and of recipients."""
    for model in (Contribution, Allocation):
        rows = model.objects.live().values("package").annotate(total=Sum("fraction"))
        for row in rows.filter(total__gt=1 + ROUNDING).order_by("package"):
            parts = model._meta.verbose_name_plural
            yield Breach(f"package {row['package']}", f"its {parts} are {row['total']:.4f} of the whole")


def amounts_are_within_the_sum() -> Iterator[Breach]:
    """The stated parts in money come to no more than the package, as widely as its hedge ("about") can be taken."""
    for model in (Contribution, Allocation):
        rows = (
            model.objects.live()
            .filter(package__amount__isnull=False, amount__isnull=False)
            .values("package", "package__amount", "package__currency", "package__qualifier")
        )
        for row in rows.annotate(total=Sum("amount")).order_by("package"):
            _, most = bounds({"number": row["package__amount"], "qualifier": row["package__qualifier"]})
            if row["total"] > most:
                yield Breach(
                    f"package {row['package']}",
                    f"its {model._meta.verbose_name_plural} come to {row['package__currency']} {row['total']:,.2f}, "
                    f"more than its {row['package__amount']:,.2f}",
                )
