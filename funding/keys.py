"""By which keys two packages may be one announcement, or one the other told again; on `?` and `!` see meetings.keys."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from funding.models import Package

# Announcements of one sum on two days so near may be one; so too where only the month is known, or the day of the text.
NEAR = datetime.timedelta(days=7)
ABOUT = datetime.timedelta(days=31)


def package_keys(package: Package, values: Mapping[str, Any]) -> list[str]:
    """Every key of a package, sorted: its sum with who gives, or with about when."""
    day = package.announced_on or package.first_reported
    if package.amount is None or day is None:
        return []
    money = f"{package.currency} {package.amount.normalize():f}"
    donor = str(values.get("donor") or "").replace(" ", "_")
    about = _stretches(day, ABOUT)
    keys = {f"!sum {money} {at}" for at in about}
    if not donor:
        return sorted(keys | {f"?sum {money} {at}" for at in about})
    programme = package.programme_id or package.programme_name.replace(" ", "_")
    exact = package.announced_on_precision == "day"
    for under in _asked(programme):
        keys |= {f"?about {money} {donor} {under} {at}" for at in about if not exact}
        if not package.announced_on:
            # A text that does not say when it was announced may tell of something old.
            keys.add(f"?told {money} {donor} {under}")
    for under in (programme or "-", "*"):
        keys |= {f"!about {money} {donor} {under} {at}" for at in about}
        if package.announced_on:
            keys.add(f"!told {money} {donor} {under}")
    if exact:
        keys |= {f"days {money} {donor} {programme} {at}" for at in _stretches(day, NEAR)}
    return sorted(keys)


def _asked(programme: str) -> list[str]:
    """Under which programmes another announcement may stand: the same or none; any, where this one gives none."""
    return [programme, "-"] if programme else ["*"]


def _stretches(day: datetime.date, length: datetime.timedelta) -> tuple[int, int]:
    """Two neighbouring stretches of time, so that no border parts what is near."""
    stretch = day.toordinal() // length.days
    return stretch, stretch + 1


def package_likeness(key: str) -> str:
    """What two packages that share this key have in common, in words."""
    return {
        "sum": "Both are of one sum, told within two months, and one names no donor.",
        "days": "Both are of one sum from one donor, announced within two weeks.",
        "about": "Both are of one sum from one donor, told within two months, and one gives no day.",
        "told": "Both are of one sum from one donor, and one does not say when it was announced.",
    }[key.partition(" ")[0]]
