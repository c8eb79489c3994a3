"""Holds the stated parts of a package within the whole: what goes beyond it is set aside, and never counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from evidence.models import SettledField
from evidence.statements import prepared
from funding.models import Allocation, Contribution, Package
from meetings.numbers import bounds

# Six sixths, each rounded to eight decimals, are a little more than one.
ROUNDING = Decimal("0.000001")
STATED = ("fraction", "amount")
# Those of these packages of which somebody states a part; of most, nobody does.
STATING = """
SELECT package_id FROM funding_contribution
WHERE package_id = ANY(%(packages)s) AND (set_aside OR fraction IS NOT NULL OR amount IS NOT NULL)
UNION
SELECT package_id FROM funding_allocation
WHERE package_id = ANY(%(packages)s) AND (set_aside OR fraction IS NOT NULL OR amount IS NOT NULL)
"""


def apportion(packages: Collection[UUID]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Shares of these packages to be set aside, or to be counted again, each with its new columns.

    Sources may name parts that come to more than all of it. Those that an editor decided count first, then those
    with the most support, as long as the whole has room; on a tie the larger part, then the order of content.
    """
    with prepared() as cursor:
        cursor.execute(STATING, {"packages": list(packages)})
        packages = [pk for (pk,) in cursor.fetchall()]
    if not packages:
        return
    wholes = {
        package.pk: bounds({"number": package.amount, "qualifier": package.qualifier})[1]
        for package in Package.objects.filter(pk__in=packages, amount__isnull=False)
    }
    for model in (Contribution, Allocation):
        rows = list(model.objects.filter(package__in=packages).select_related("organisation").order_by("pk"))
        if not any(row.set_aside or part_of(row, wholes.get(row.package_id)) for row in rows):
            continue
        weights = _weights([row.pk for row in rows])
        parts: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            parts[row.package_id].append(row)
        for pk, members in parts.items():
            yield from within(members, wholes.get(pk), weights)


def part_of(row: Any, whole: Decimal | None) -> Decimal:
    """The part of the whole that a share states, at most as large as it can be read; 0 where it states none."""
    by_sum = row.amount / whole if row.amount is not None and whole else Decimal(0)
    return max(row.fraction or Decimal(0), by_sum)


def within(
    rows: list[Any], whole: Decimal | None, weights: dict[UUID, tuple[bool, float]]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Those of one package's shares whose setting aside changes. Pure, and blind to the order of `rows`."""

    def first(row: Any) -> tuple[bool, float, Decimal, str]:
        decided, support = weights.get(row.pk, (False, 0.0))
        return not decided, -support, -part_of(row, whole), f"{row.nation_id} {row}"

    room = 1 + ROUNDING
    for row in sorted(rows, key=first):
        part = part_of(row, whole) if row.state == "live" else Decimal(0)
        aside = part > room
        if not aside:
            room -= part
        if row.set_aside != aside:
            yield row, {"set_aside": aside}


def _weights(shares: list[UUID]) -> dict[UUID, tuple[bool, float]]:
    """Of each share: did an editor decide on its size, and the most support that its size has."""
    heads = SettledField.objects.filter(record__in=shares, field__in=STATED)
    found: dict[UUID, tuple[bool, float]] = {}
    for pk, is_decided, support in heads.values_list("record", "decided", "support"):
        before = found.get(pk, (False, 0.0))
        found[pk] = (before[0] or is_decided, max(before[1], support))
    return found
