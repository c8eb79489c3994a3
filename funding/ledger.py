"""Every package with its outcome, its parties and what it comes to in euros and dollars: totals are made of these."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from evidence.choices import RecordState
from evidence.partial_dates import Precision
from funding.choices import ShareBasis
from funding.counting import Outcome, Told, count
from funding.models import Allocation, Contribution, Package, Programme
from funding.rates import EURO, Rate, Rates
from funding.shares import CENT, JOIN, TOGETHER, Share, divide_sum
from people.models import Nation, Organisation

DOLLAR = "USD"
NAMED = "name:"
# A package that is withdrawn, retracted or merged away is none any more.
REGISTERED = (RecordState.LIVE, RecordState.UNCONFIRMED)
COLUMNS = (
    "pk", "state", "amount", "currency", "qualifier", "stage", "covers", "announced_on", "part_of", "restates",
    "supersedes", "announced_on_precision", "programme", "programme_name", "contested_fields",
)  # fmt: skip


class Sum(NamedTuple):
    """A sum as stated and what it comes to; None where there was no rate that day."""

    amount: Decimal
    euros: Decimal | None
    dollars: Decimal | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A package in the ledger."""

    told: Told
    outcome: Outcome
    precision: str
    programme: str
    contested: bool
    donors: tuple[Share, ...]
    recipients: tuple[Share, ...]
    # Of its own currency and of the dollar, on the day of announcement; empty where none is needed or known.
    rates: tuple[tuple[str, Rate], ...]

    def worth(self, amount: Decimal) -> Sum:
        """A part of it in euros and dollars, to the cent, at the rates of the day of announcement."""
        rates, currency = dict(self.rates), self.told.currency
        euros = amount if currency == EURO else _over(amount, rates.get(currency))
        if currency == DOLLAR:
            return Sum(amount, euros, amount)
        exact = amount if currency == EURO else amount / rates[currency].per_euro if currency in rates else None
        dollar = rates.get(DOLLAR)
        dollars = (exact * dollar.per_euro).quantize(CENT) if exact is not None and dollar is not None else None
        return Sum(amount, euros, dollars)

    def parts(self, by: str) -> list[tuple[str, Decimal]]:
        """Its sum by donor, recipient, programme or year; always its whole sum."""
        amount = self.told.amount or Decimal(0)
        if by in ("donor", "recipient"):
            return divide_sum(amount, self.donors if by == "donor" else self.recipients)
        if by == "programme":
            return [(self.programme, amount)]
        return [(str(self.told.day.year) if self.told.day else TOGETHER, amount)]


class Ledger:
    """All packages of the register: a fixed number of queries, however many there are."""

    def __init__(self) -> None:
        rows = list(Package.objects.filter(state__in=REGISTERED).values_list(*COLUMNS))
        told = [_told(row) for row in rows]
        outcomes = count(told)
        donors = _shares(Contribution, "donor_name")
        recipients = _shares(Allocation, "described", "basis")
        days = {row[0]: row[7] if row[11] == Precision.DAY else None for row in rows}
        pairs = {(currency, days[one.pk]) for one in told if days[one.pk] for currency in (one.currency, DOLLAR)}
        rates = Rates(pair for pair in pairs if pair[0] not in ("", EURO))
        self.entries = {
            one.pk: Entry(
                one,
                outcomes[one.pk],
                row[11],
                row[12] or (NAMED + row[13] if row[13] else TOGETHER),
                "amount" in row[14],
                tuple(donors.get(one.pk, ())),
                tuple(recipients.get(one.pk, ())),
                _rates(rates, one.currency, days[one.pk]),
            )
            for one, row in zip(told, rows, strict=True)
        }
        self.names = dict(Nation.objects.values_list("pk", "name"))
        self.bodies = {
            str(pk): abbreviation or name
            for pk, name, abbreviation in Organisation.objects.live().values_list("pk", "name", "abbreviation")
        }
        self.programmes = dict(Programme.objects.values_list("pk", "name"))

    def chosen(self, only: Collection[UUID] | None = None) -> list[Entry]:
        """Entries of these packages, or of all; those that are not confirmed are never among them."""
        return [entry for pk, entry in self.entries.items() if entry.told.confirmed and (only is None or pk in only)]

    def unconfirmed(self) -> int:
        """How many packages no page names."""
        return sum(not entry.told.confirmed for entry in self.entries.values())

    def label(self, by: str, key: str) -> str:
        """The name of a row of totals."""
        if by == "programme":
            return "No programme named" if key == TOGETHER else self.programmes.get(key) or key.removeprefix(NAMED)
        if by == "year":
            return "Not dated" if key == TOGETHER else key
        if not key.startswith(TOGETHER):
            return self.party(key)
        parties = [self.party(one) for one in key.removeprefix(TOGETHER).split(JOIN) if one]
        if not parties:
            return "Donor not said" if by == "donor" else "Recipient not said"
        if len(parties) == 1:
            return f"{parties[0]}, or not divided"
        return f"{', '.join(parties[:-1])} and {parties[-1]} together"

    def party(self, key: str) -> str:
        return self.names.get(key) or self.bodies.get(key) or key.removeprefix(NAMED) or "not named"


def outcome_of(package: Package) -> Outcome:
    """How one package is counted, from those that link to each other alone; of most, nothing links."""
    chained = Package.objects.filter(state__in=REGISTERED).filter(
        Q(pk=package.pk)
        | Q(part_of__isnull=False)
        | Q(restates__isnull=False)
        | Q(supersedes__isnull=False)
        | Q(parts__isnull=False)
        | Q(restatements__isnull=False)
        | Q(successors__isnull=False)
    )
    return count(_told(row) for row in chained.distinct().values_list(*COLUMNS[:11]))[package.pk]


def _told(row: Iterable[Any]) -> Told:
    pk, state, *rest = list(row)[:11]
    return Told(pk, state == RecordState.LIVE, *rest)


def _shares(model: Any, named: str, *basis: str) -> dict[UUID, list[Share]]:
    """The shares of every package; equal parts that are only assumed state no size."""
    found: dict[UUID, list[Share]] = {}
    columns = ("package", "nation", "organisation", named, "fraction", "amount", "set_aside", *basis)
    for package, nation, body, name, fraction, amount, aside, *how in model.objects.live().values_list(*columns):
        party = nation or (str(body) if body else NAMED + name.replace(JOIN, "/") if name else "")
        if how == [ShareBasis.EQUAL_SPLIT_ASSUMED]:
            fraction = amount = None
        found.setdefault(package, []).append(Share(party, fraction, amount, aside))
    return found


def _rates(rates: Rates, currency: str, day: datetime.date | None) -> tuple[tuple[str, Rate], ...]:
    needed = {currency, DOLLAR} - {EURO, ""}
    return tuple((one, rate) for one in sorted(needed) if (rate := rates.of(one, day)) is not None)


def _over(amount: Decimal, rate: Rate | None) -> Decimal | None:
    return (amount / rate.per_euro).quantize(CENT) if rate is not None else None
