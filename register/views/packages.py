"""Money: the list of packages, and one package with who gives, who receives and what is left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evidence.choices import RecordKind
from funding.counting import Outcome
from funding.filters import PackageFilter
from funding.ledger import outcome_of
from funding.models import Allocation, Contribution, Package, PackageItem
from register.dossier import Dossier
from register.keyset import by_day
from register.listing import feed_address, list_page
from register.lookup import elsewhere
from register.views.history import dated
from register.wording import money_words, number_words, share_words

MOST = 400
# Fractions are stored to eight decimals: three thirds come to a little less than the whole.
TOLERANCE = Fraction(1, 10**6)
BAR = 1000


@dataclass(frozen=True)
class Part:
    """One share in words: as stated, and what that comes to in the package's currency where it is worked out."""

    row: Contribution | Allocation
    stated: str
    derived: str
    fraction: Fraction | None


@dataclass(frozen=True)
class Slice:
    """A stretch of the bar of recipients."""

    x: str
    width: str
    kind: str
    label: str


@dataclass(frozen=True)
class Division:
    """How a package is divided, and in words what of it is not."""

    parts: list[Part]
    remainder: str
    slices: list[Slice]

    @property
    def rest(self) -> bool:
        return any(slice.kind == "rest" for slice in self.slices)


@dataclass(frozen=True)
class Counting:
    """Whether a package is in the totals, and which other stands for it."""

    outcome: Outcome
    other: Package | None


def package_list(request: HttpRequest) -> HttpResponse:
    packages = Package.objects.live().with_parties().select_related("part_of", "restates")
    listing = list_page(request, PackageFilter, packages, by_day("announced_on"))
    context = {"listing": listing, "feed": feed_address("package-list", query=request.GET)}
    return render(request, "register/package_list.html", context, status=listing.status)


@dated(RecordKind.PACKAGE)
def package_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    package = (
        Package.objects.live().with_parties().select_related("part_of", "restates", "supersedes").filter(pk=pk).first()
    )
    if package is None:
        return elsewhere(request, Package, RecordKind.PACKAGE, pk)
    items = list(PackageItem.objects.filter(state="live", package=package).select_related("capability")[:MOST])
    contributions, allocations = list(package.contributions.all()), list(package.allocations.all())
    live = Package.objects.live()
    outcome = outcome_of(package)
    parts = list(live.filter(part_of=package).with_parties().newest_first()[:MOST])
    context = {
        "package": package,
        "dossier": Dossier([package, *contributions, *allocations, *items]),
        "items": items,
        "donors": [part_of_package(package, row) for row in contributions],
        "division": divide(package, allocations),
        "counted": Counting(outcome, live.filter(pk=outcome.because).first() if outcome.because else None),
        "parts": parts,
        "parts_sum": _beside(package, parts),
        "restatements": live.filter(restates=package).newest_first()[:MOST],
        "successors": live.filter(supersedes=package).newest_first()[:MOST],
        "exact": f"{package.currency} {number_words(package.amount)}" if package.amount is not None else "",
        "feed": feed_address("package-detail", package.pk),
        "history_url": reverse("register:record-history", args=[package.pk]),
    }
    return render(request, "register/package.html", context)


def with_package(rows: QuerySet) -> QuerySet:
    """Shares with their live packages, newest announcement first."""
    return (
        rows.filter(package__state="live")
        .select_related("nation", "organisation", "package__programme", "package__meeting__group", "package__part_of")
        .order_by(F("package__announced_on").desc(nulls_last=True), "-package", "pk")
    )


def part_of_package(package: Package, row: Contribution | Allocation) -> Part:
    """A share in words; a stated part of a stated sum is worked out beside it. One set aside fills no part."""
    if row.amount is not None:
        fraction = Fraction(row.amount) / Fraction(package.amount) if package.amount and not row.set_aside else None
        return Part(row, money_words(row.amount, package.currency), "", fraction)
    if row.fraction is not None:
        derived = ""
        if package.amount is not None:
            # Back to the fraction that was meant, so that a third of 900 million is 300 million.
            meant = Fraction(row.fraction).limit_denominator(1000)
            derived = _sum(package, meant)
        return Part(row, share_words(row.fraction), derived, None if row.set_aside else Fraction(row.fraction))
    return Part(row, "", "", None)


def divide(package: Package, allocations: Sequence[Allocation]) -> Division:
    """Recipients' parts with the remainder named; nothing is assumed about parts that no source states."""
    parts = [part_of_package(package, row) for row in allocations]
    known = [part for part in parts if part.fraction is not None]
    total = sum((part.fraction for part in known), Fraction(0))
    open_parts = [part for part in parts if part.fraction is None and not part.row.set_aside]
    return Division(parts, _remainder(package, parts, total, bool(open_parts), bool(known)), _slices(known, total))


def _remainder(package: Package, parts: list[Part], total: Fraction, some_open: bool, some_known: bool) -> str:
    if not parts:
        return "No source read says who receives it."
    if not some_known:
        if any(part.stated for part in parts):
            return "The whole is not stated, so what is left over is not known."
        return "No source read says how it is divided."
    left = 1 - total
    if abs(left) <= TOLERANCE:
        return "The counted parts come to the whole."
    if left < 0:
        # Within its hedge: "about 100 million" leaves room for 105.
        return f"The stated parts come to more than the stated sum, by {_part(package, -left)}, as its hedge allows."
    rest = _part(package, left)
    rest = rest[0].upper() + rest[1:]
    if some_open:
        return f"{rest} is left for those whose part is not stated, or is not allocated."
    return f"{rest} is not allocated by any source read."


def _part(package: Package, part: Fraction) -> str:
    """A part in words, with what it comes to where the whole is stated."""
    words = share_words(Decimal(part.numerator) / Decimal(part.denominator))
    return f"{words} ({_sum(package, part.limit_denominator(10**6))})" if package.amount else words


def _beside(package: Package, parts: Sequence[Package]) -> str:
    """The sum of the parts beside the whole, with the difference named, where both are of one currency."""
    sums = [part.amount for part in parts if part.amount is not None and part.currency == package.currency]
    if package.amount is None or not sums or len(sums) < len(parts):
        return ""
    difference = package.amount - sum(sums)
    words = f"Together they come to {money_words(sum(sums), package.currency)}"
    if not difference:
        return f"{words}, which is the whole."
    return f"{words}, {money_words(abs(difference), package.currency)} {'less' if difference > 0 else 'more'} than it."


def _sum(package: Package, part: Fraction) -> str:
    value = Fraction(package.amount) * part
    return money_words(
        round(Decimal(value.numerator) / Decimal(value.denominator), 2), package.currency, package.qualifier
    )


def _slices(known: list[Part], total: Fraction) -> list[Slice]:
    """The bar of parts, the remainder last; none where parts are unknown or more than the stated sum."""
    if not known or total > 1 + TOLERANCE:
        return []
    slices, at = [], 0.0
    for number, part in enumerate(known):
        width = float(part.fraction or 0) * BAR
        slices.append(Slice(f"{at:.1f}", f"{width:.1f}", f"c{number % 4 + 1}", f"{part.row}: {part.stated}"))
        at += width
    if total < 1 - TOLERANCE:
        slices.append(Slice(f"{at:.1f}", f"{BAR - at:.1f}", "rest", "not allocated"))
    return slices
