"""Stated numbers with their hedges: `more than 40` and 41 agree, 40 and 50 do not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evidence.fields import Value, decimal_text, whole_number
from meetings.choices import Qualifier


def counted(value: Value) -> dict[str, Any]:
    """A whole number, bare or as {"number", "qualifier"}; the qualifier may be absent or null."""
    number, qualifier = _parts(value)
    return {"number": whole_number(number), "qualifier": qualifier}


def measured(value: Value) -> dict[str, Any]:
    """A decimal number, bare or as {"number", "qualifier"}; the number is kept as text."""
    number, qualifier = _parts(value)
    return {"number": decimal_text(number), "qualifier": qualifier}


def _parts(value: Value) -> tuple[Any, str | None]:
    if not isinstance(value, dict):
        return value, None
    qualifier = value.get("qualifier") or None
    if qualifier is not None and qualifier not in Qualifier.values:
        raise ValueError(f"{qualifier!r} is none of {', '.join(Qualifier.values)}")
    return value.get("number"), qualifier


def bounds(value: Value) -> tuple[Decimal, Decimal]:
    """The range a hedged number can mean; a reader takes `more than 40` as the low forties."""
    number = Decimal(str(value["number"]))
    tenth = number / 10
    return {
        Qualifier.ABOUT: (number - tenth, number + tenth),
        Qualifier.MORE_THAN: (number, number + 2 * tenth),
        Qualifier.AT_LEAST: (number, number + 2 * tenth),
        Qualifier.NEARLY: (number - tenth, number),
        Qualifier.UP_TO: (Decimal(0), number),
    }.get(value.get("qualifier") or "", (number, number))


def number_refines(a: Value, b: Value) -> bool:
    """Does a's range lie within b's?"""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return low_b <= low_a and high_a <= high_b


def numbers_agree(a: Value, b: Value) -> bool:
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return max(low_a, low_b) <= min(high_a, high_b)
