"""Every package with its outcome, its parties and what it comes to in euros and dollars: totals are made of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models import Sum as Added

from evidence.choices import RecordKind, RecordState
from evidence.models import Record
from evidence.partial_dates import Precision
from funding.choices import ShareBasis
from funding.counting import Outcome, Told, count
from funding.models import Allocation, Contribution, ExchangeRate, Package, Programme
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
    # What the whole of it comes to; None where no sum is stated.
    whole: Sum | None

    def worth(self, amount: Decimal) -> Sum:
        """A part of it in euros and dollars, to the cent, at the rates of the day of announcement."""
        if self.whole is not None and amount == self.whole.amount:
            return self.whole
        return _worth(amount, self.told.currency, dict(self.rates))

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
        self.entries = _entries(_state_of_the_register())
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


def _state_of_the_register() -> tuple[Any, ...]:
    """Changes whenever anything changes of packages, of their shares, or of rates that editors enter."""
    records = Record.objects.filter(kind__in=(RecordKind.PACKAGE, RecordKind.CONTRIBUTION, RecordKind.ALLOCATION))
    rates = ExchangeRate.objects.aggregate(Count("pk"), Max("pk"), Added("per_euro"))
    return *records.aggregate(Count("pk"), Added("version"), Max("updated_at")).values(), *rates.values()


@lru_cache(maxsize=1)
def _entries(state: tuple[Any, ...]) -> Mapping[UUID, Entry]:
    """Every package in the ledger, kept until the register is another: with 20,000 packages this takes seconds."""
    rows = list(Package.objects.filter(state__in=REGISTERED).values_list(*COLUMNS))
    told = [_told(row) for row in rows]
    outcomes = count(told)
    donors = _shares(Contribution, "donor_name")
    recipients = _shares(Allocation, "described", "basis")
    days = [row[7] if row[11] == Precision.DAY else None for row in rows]
    wanted = {
        (currency, day) for one, day in zip(told, days, strict=True) if day for currency in (one.currency, DOLLAR)
    }
    rates = Rates(pair for pair in wanted if pair[0] not in ("", EURO))
    published = {pair: rate for pair in wanted if (rate := rates.of(*pair)) is not None}
    entries = {}
    for one, row, day in zip(told, rows, days, strict=True):
        found = tuple((c, published[c, day]) for c in sorted({one.currency, DOLLAR}) if (c, day) in published)
        entries[one.pk] = Entry(
            one,
            outcomes[one.pk],
            row[11],
            row[12] or (NAMED + row[13] if row[13] else TOGETHER),
            "amount" in row[14],
            tuple(donors.get(one.pk, ())),
            tuple(recipients.get(one.pk, ())),
            found,
            None if one.amount is None else _worth(one.amount, one.currency, dict(found)),
        )
    return MappingProxyType(entries)


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


def _worth(amount: Decimal, currency: str, rates: Mapping[str, Rate]) -> Sum:
    own, dollar = rates.get(currency), rates.get(DOLLAR)
    exact = amount if currency == EURO else amount / own.per_euro if own is not None else None
    euros = exact.quantize(CENT) if exact is not None else None
    if currency == DOLLAR:
        return Sum(amount, euros, amount)
    return Sum(
        amount, euros, (exact * dollar.per_euro).quantize(CENT) if exact is not None and dollar is not None else None
    )
