"""By which keys two packages may be one announcement, or one the other told again; on `?` and `!` see meetings.keys."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from funding.models import Package

# Announcements of one sum this near each other may be one.
NEAR = datetime.timedelta(days=31)


def package_keys(package: Package, values: Mapping[str, Any]) -> list[str]:
    """Every key of a package, sorted: its sum with who gives, or with about when."""
    day = package.announced_on or package.first_reported
    if package.amount is None or day is None:
        return []
    money = f"{package.currency} {package.amount.normalize():f}"
    # Two neighbouring stretches of time, so that no border parts what is near.
    stretch = day.toordinal() // NEAR.days
    when = (stretch, stretch + 1)
    donor = str(values.get("donor") or "").replace(" ", "_")
    keys = {f"!sum {money} {at}" for at in when}
    if not donor:
        keys |= {f"?sum {money} {at}" for at in when}
    else:
        keys |= {f"donor {money} {donor} {at}" for at in when}
        # A text that does not say when it was announced may tell of something old.
        keys.add(f"{'!' if package.announced_on else '?'}told {money} {donor}")
    return sorted(keys)


def package_likeness(key: str) -> str:
    """What two packages that share this key have in common, in words."""
    return {
        "sum": "Both are of one sum, told within two months, and one names no donor.",
        "donor": "Both are of one sum from one donor, told within two months.",
        "told": "Both are of one sum from one donor, and one does not say when it was announced.",
    }[key.partition(" ")[0]]
