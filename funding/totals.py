"""Totals of a ledger: by donor, recipient, programme or year, each stage for itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from funding.choices import LeftOut, Stage
from funding.ledger import Entry, Sum

GROUPINGS = ("donor", "recipient", "programme", "year")
NO_STAGE = "not_stated"
ANY_REASON = "any"
# Committed money in the order in which it comes along; what is only proposed stands apart, at the end.
STAGES = {
    Stage.ANNOUNCED: "Announced",
    Stage.APPROVED: "Approved",
    Stage.ALLOCATED: "Allocated",
    Stage.DELIVERED: "Delivered",
    NO_STAGE: "Stage not stated",
    Stage.PROPOSED: "Proposed",
}


@dataclass(slots=True)
class Total:
    """A sum of sums: as stated, by currency, and converted, with what no rate was known for."""

    packages: int = 0
    stated: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    euros: Decimal = Decimal(0)
    dollars: Decimal = Decimal(0)
    without_euros: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    without_dollars: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, currency: str, part: Sum) -> None:
        self.packages += 1
        self.stated[currency] += part.amount
        if part.euros is None:
            self.without_euros[currency] += part.amount
        else:
            self.euros += part.euros
        if part.dollars is None:
            self.without_dollars[currency] += part.amount
        else:
            self.dollars += part.dollars


def stage_of(entry: Entry) -> str:
    return entry.told.stage or NO_STAGE


def totals(entries: Iterable[Entry], by: str) -> dict[str, dict[str, Total]]:
    """Stage to row to total, of what is counted among the entries."""
    found: dict[str, dict[str, Total]] = {}
    for entry in entries:
        if not entry.outcome.counted:
            continue
        rows = found.setdefault(stage_of(entry), {})
        for key, amount in entry.parts(by):
            if key not in rows:
                rows[key] = Total()
            rows[key].add(entry.told.currency, entry.worth(amount))
    return found


def wholes(entries: Iterable[Entry]) -> dict[str, Total]:
    """Stage to the total of all that is counted in it."""
    found: dict[str, Total] = {}
    for entry in entries:
        if entry.outcome.counted and entry.told.amount is not None:
            found.setdefault(stage_of(entry), Total()).add(entry.told.currency, entry.worth(entry.told.amount))
    return found


def reasons(entries: Iterable[Entry]) -> dict[LeftOut, int]:
    """How many packages are left out for each reason, in the order of the reasons."""
    found = Counter(entry.outcome.left_out for entry in entries if entry.outcome.left_out is not None)
    return {reason: found[reason] for reason in LeftOut if found[reason]}


def behind(entries: Iterable[Entry], by: str, row: str) -> list[tuple[Entry, Sum]]:
    """The counted packages behind a row, each with its part in it; of every row where none is named.

    The newest first, undated ones last.
    """
    found = []
    for entry in entries:
        if not entry.outcome.counted:
            continue
        for key, amount in entry.parts(by) if row else [("", entry.told.amount or Decimal(0))]:
            if key == row:
                found.append((entry, entry.worth(amount)))
    return sorted(found, key=lambda item: _newest(item[0]), reverse=True)


def left_out(entries: Iterable[Entry], reason: str) -> list[Entry]:
    """The packages left out, for one reason or any; newest first, undated last."""
    found = [e for e in entries if e.outcome.left_out is not None and reason in (ANY_REASON, e.outcome.left_out)]
    return sorted(found, key=_newest, reverse=True)


def _newest(entry: Entry) -> tuple[int, str]:
    return entry.told.day.toordinal() if entry.told.day else 0, str(entry.told.pk)
