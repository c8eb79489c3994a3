"""Totals of money: what is counted by donor, recipient, programme or year, and what is left out and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from evidence.choices import RecordKind
from evidence.models import CandidatePair
from evidence.partial_dates import PartialDate
from funding import rates
from funding.choices import LeftOut
from funding.filters import LedgerFilter, TotalsFilter
from funding.keys import package_likeness
from funding.ledger import DOLLAR, Entry, Ledger, Sum
from funding.models import Package
from funding.rates import EURO
from funding.totals import (
    ANY_REASON,
    GROUPINGS,
    STAGES,
    Total,
    behind,
    left_out,
    reasons,
    stage_of,
    totals,
    wholes,
)
from register.listing import FilterBar, feed_address, filter_bar
from register.wording import money_words, rounded_money

# Rows of one stage and packages left out that the page itself shows; CSV and JSON have all.
MOST_ROWS, MOST_LEFT_OUT, PAGE = 60, 60, 50
BAR = 1000
TOTALS_COLUMNS = ["key", "currency", "stated", "without_rate_to_eur", "without_rate_to_usd", "packages", "eur", "usd"]
LEDGER_COLUMNS = [
    *("package", "announced_on", "donors", "recipients", "programme", "stage", "qualifier", "currency", "stated"),
    *("counted", "eur", "usd", "rates", "left_out", "because_of"),
]
NOTES = {
    "announced": "Said publicly, and no source read says that it went further.",
    "approved": "A parliament, a council or a president has agreed.",
    "allocated": "Set aside for a purpose.",
    "delivered": "A source says that it has arrived.",
    "not_stated": "No source read says how far it has come.",
    "proposed": "Not committed: asked for or planned. It stands apart from all of the above.",
}


@dataclass(frozen=True)
class Line:
    """A row of totals in words; `width` is that of its bar in thousandths of the longest."""

    label: str
    code: str
    link: str
    packages: int
    stated: list[str]
    euros: str
    dollars: str
    lacking: list[str]
    width: str


@dataclass(frozen=True)
class Section:
    """The totals of one stage."""

    stage: str
    name: str
    note: str
    lines: list[Line]
    whole: Line
    further: int


@dataclass(frozen=True)
class Reason:
    label: str
    packages: int
    link: str


@dataclass(frozen=True)
class Item:
    """A package in a list: as stated, what of it counts here, what that comes to at which rates; or why not."""

    day: str
    contested: bool
    url: str
    stated: str
    part: str
    euros: str
    dollars: str
    rates: list[str]
    stage: str
    donors: str
    recipients: str
    why: str
    other: str
    other_url: str


@dataclass(frozen=True)
class Doubt:
    """Two packages that are both counted and may be one, and what they have in common."""

    left: str
    left_url: str
    right: str
    right_url: str
    likeness: str


def totals_page(request: HttpRequest) -> HttpResponse:
    filterset = TotalsFilter(request.GET, queryset=Package.objects.live(), request=request)
    bar = filter_bar(filterset, request.GET, silent=("by",))
    ledger = Ledger()
    by, entries = _chosen(filterset, bar, ledger)
    sections = _sections(ledger, entries, by, request.GET)
    unused = left_out(entries, ANY_REASON)
    context = {
        "listing": bar,
        "by": by,
        "tabs": [(one, f"?{_with(request.GET, by=one)}") for one in GROUPINGS],
        "sections": sections,
        "counted": sum(entry.outcome.counted for entry in entries),
        "reasons": [
            Reason(reason.label, number, _behind(request.GET, by, left_out=reason))
            for reason, number in reasons(entries).items()
        ],
        "left_out": [_item(ledger, entry, None) for entry in unused[:MOST_LEFT_OUT]],
        "left_out_count": len(unused),
        "doubts": _doubts(ledger, entries)[:MOST_ROWS],
        "all_left_out": _behind(request.GET, by, left_out=ANY_REASON),
        "unconfirmed": ledger.unconfirmed(),
        "source": rates.ECB,
        "last_day": rates.last_day(),
        "feed": feed_address("totals", query=request.GET),
        "csv": f"{reverse('register:totals-csv')}?{_with(request.GET, by=by)}",
    }
    return render(request, "register/totals.html", context, status=bar.status)


def totals_packages(request: HttpRequest) -> HttpResponse:
    """The packages behind one row, or those left out for one reason."""
    filterset = LedgerFilter(request.GET, queryset=Package.objects.live(), request=request)
    bar = filter_bar(filterset, request.GET, silent=("by", "row"))
    ledger = Ledger()
    by, entries = _chosen(filterset, bar, ledger)
    said = filterset.form.cleaned_data if not bar.faulty else {}
    row, why = said.get("row") or "", said.get("left_out") or ""
    found: list[tuple[Entry, Sum | None]] = (
        [(entry, None) for entry in left_out(entries, why)] if why else list(behind(entries, by, row))
    )
    number = _page_number(request.GET.get("page"), len(found))
    total = Total()
    for entry, part in found:
        if part is not None:
            total.add(entry.told.currency, part)
    context = {
        "listing": bar,
        "title": ledger.label(by, row) if row else "Packages left out" if why else "Packages counted",
        "back": f"{reverse('register:totals')}?{_with(request.GET, by=by)}",
        "why": why,
        "items": [_item(ledger, *item) for item in found[(number - 1) * PAGE : number * PAGE]],
        "count": len(found),
        "total": None if why else _line(ledger, by, row, total, "", Decimal(1)),
        "earlier": f"?{_with(request.GET, page=number - 1, keep=True)}" if number > 1 else "",
        "later": f"?{_with(request.GET, page=number + 1, keep=True)}" if number * PAGE < len(found) else "",
        "source": rates.ECB,
        "feed": feed_address("totals-packages", query=request.GET),
        "csv": f"{reverse('register:totals-packages-csv')}?{_with(request.GET, by=by, keep=True)}",
    }
    return render(request, "register/totals_packages.html", context, status=bar.status)


def totals_csv(request: HttpRequest) -> HttpResponse:
    """One line for each row, stage and currency; conversions stand once a row and stage, on its first line."""
    filterset = TotalsFilter(request.GET, queryset=Package.objects.live(), request=request)
    bar, ledger = filter_bar(filterset, request.GET), Ledger()
    by, entries = _chosen(filterset, bar, ledger)
    lines: list[list[object]] = [["stage", by, *TOTALS_COLUMNS]]
    for stage, rows in totals(entries, by).items():
        for key, total in sorted(rows.items()):
            for number, (currency, amount) in enumerate(sorted(total.stated.items())):
                whole = [total.packages, total.euros, total.dollars] if number == 0 else ["", "", ""]
                without = [total.without_euros.get(currency, ""), total.without_dollars.get(currency, "")]
                lines.append([stage, ledger.label(by, key), key, currency, amount, *without, *whole])
    return _csv(f"muster-totals-by-{by}.csv", lines, bar)


def totals_packages_csv(request: HttpRequest) -> HttpResponse:
    """Every package, counted or not, with its reason, its conversions, and their rates with day and source."""
    filterset = LedgerFilter(request.GET, queryset=Package.objects.live(), request=request)
    bar, ledger = filter_bar(filterset, request.GET), Ledger()
    by, entries = _chosen(filterset, bar, ledger)
    said = filterset.form.cleaned_data if not bar.faulty else {}
    row, why = said.get("row") or "", said.get("left_out") or ""
    lines: list[list[object]] = [[*LEDGER_COLUMNS]]
    found: list[tuple[Entry, Sum | None]] = [] if why else list(behind(entries, by, row))
    if why or not row:
        found += [(entry, None) for entry in left_out(entries, why or ANY_REASON)]
    for entry, part in found:
        item, told = _item(ledger, entry, part), entry.told
        worth = [part.amount, _figure(part.euros), _figure(part.dollars)] if part is not None else ["", "", ""]
        lines.append([
            told.pk, item.day, item.donors, item.recipients, ledger.label("programme", entry.programme),
            told.stage, told.qualifier, told.currency, "" if told.amount is None else told.amount, *worth,
            "; ".join(item.rates) if part is not None else "", entry.outcome.left_out or "",
            entry.outcome.because or "",
        ])  # fmt: skip
    return _csv("muster-packages-counted.csv", lines, bar)


def _csv(name: str, lines: list[list[object]], bar: FilterBar) -> HttpResponse:
    if bar.faulty:
        faults = [*bar.errors, *(f"{f.label}: {e}" for f in (*bar.fields, *bar.hidden) for e in f.errors)]
        return HttpResponse("\n".join(faults) + "\n", status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    table = csv.writer(response)
    for line in lines:
        table.writerow([_cell(cell) for cell in line])
    return response


def _cell(value: object) -> object:
    """A spreadsheet takes text that begins so for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _figure(value: Decimal | None) -> object:
    return "no rate" if value is None else value


def _chosen(filterset: TotalsFilter, bar: FilterBar, ledger: Ledger) -> tuple[str, list[Entry]]:
    """By what is grouped, and the entries that the filters leave: none while a filter cannot be read."""
    if bar.faulty:
        return GROUPINGS[0], []
    said = filterset.form.cleaned_data
    entries = ledger.chosen(filterset.chosen)
    if said["stage"]:
        entries = [entry for entry in entries if stage_of(entry) == said["stage"]]
    return said["by"] or GROUPINGS[0], entries


def _sections(ledger: Ledger, entries: Iterable[Entry], by: str, query: QueryDict) -> list[Section]:
    entries = list(entries)
    found, sums = totals(entries, by), wholes(entries)
    longest = max((total.euros for rows in found.values() for total in rows.values()), default=Decimal(0))
    sections = []
    for stage, name in STAGES.items():
        if stage not in found:
            continue
        rows = list(found[stage].items())
        if by == "year":
            rows.sort(key=lambda item: item[0], reverse=True)
        else:
            rows.sort(key=lambda item: (-item[1].euros, -item[1].dollars, ledger.label(by, item[0])))
        lines = [
            _line(ledger, by, key, total, _behind(query, by, row=key, stage=stage), longest)
            for key, total in rows[:MOST_ROWS]
        ]
        whole = _line(ledger, by, "", sums[stage], _behind(query, by, stage=stage), longest)
        sections.append(Section(stage, name, NOTES[stage], lines, whole, len(rows) - len(lines)))
    return sections


def _doubts(ledger: Ledger, entries: Iterable[Entry]) -> list[Doubt]:
    """Pairs that look alike, that nobody has judged, and of which both count."""
    counted = {entry.told.pk for entry in entries if entry.outcome.counted}
    found = []
    pairs = CandidatePair.objects.waiting().filter(kind=RecordKind.PACKAGE).values_list("left", "right", "keys")
    for left, right, keys in pairs:
        if counted >= {left, right}:
            one, other = ledger.entries[left], ledger.entries[right]
            found.append(Doubt(_stated(one), _address(one), _stated(other), _address(other), package_likeness(keys[0])))
    return found


def _line(ledger: Ledger, by: str, key: str, total: Total, link: str, longest: Decimal) -> Line:
    return Line(
        label=ledger.label(by, key) if key else "All",
        code=key if key in ledger.names and by in ("donor", "recipient") else "",
        link=link,
        packages=total.packages,
        stated=[money_words(amount, currency) for currency, amount in sorted(total.stated.items())],
        euros=rounded_money(total.euros, EURO) if total.euros else "",
        dollars=rounded_money(total.dollars, DOLLAR) if total.dollars else "",
        lacking=list(_lacking(total)),
        width=f"{total.euros / longest * BAR:.1f}" if longest else "0",
    )


def _lacking(total: Total) -> Iterator[str]:
    """The sums in no conversion; to which currency where only one of the two lacks a rate."""
    for currency in sorted({*total.without_euros, *total.without_dollars}):
        to_euros, to_dollars = total.without_euros.get(currency), total.without_dollars.get(currency)
        if to_euros and to_euros == to_dollars:
            yield money_words(to_euros, currency)
            continue
        for amount, goal in ((to_euros, "euro"), (to_dollars, "dollar")):
            if amount:
                yield f"{money_words(amount, currency)} to the {goal}"


def _item(ledger: Ledger, entry: Entry, part: Sum | None) -> Item:
    told, (reason, because) = entry.told, entry.outcome
    other = ledger.entries.get(because) if because else None
    return Item(
        day=str(PartialDate.of(told.day, entry.precision)) if told.day else "",
        contested=entry.contested,
        url=_address(entry),
        stated=_stated(entry),
        part=money_words(part.amount, told.currency) if part is not None and part.amount != told.amount else "",
        euros=_converted(part.euros if part else None, EURO),
        dollars=_converted(part.dollars if part else None, DOLLAR),
        rates=[
            f"{rate.per_euro} {currency} for 1 EUR on {rate.day}, {'ECB' if rate.source == rates.ECB else rate.source}"
            for currency, rate in entry.rates
        ],
        stage=STAGES[stage_of(entry)],
        donors=_parties(ledger, [share.party for share in entry.donors]),
        recipients=_parties(ledger, [share.party for share in entry.recipients]),
        why=LeftOut(reason).label if reason else "",
        other=_stated(other) if other else "",
        other_url=_address(other) if other else "",
    )


def _stated(entry: Entry) -> str:
    return money_words(entry.told.amount, entry.told.currency, entry.told.qualifier)


def _address(entry: Entry) -> str:
    return reverse("register:package-detail", args=[entry.told.pk])


def _converted(amount: Decimal | None, currency: str) -> str:
    return rounded_money(amount, currency) if amount is not None else "no rate"


def _parties(ledger: Ledger, parties: Iterable[str]) -> str:
    return ", ".join(sorted(ledger.party(party) for party in parties))


def _with(query: QueryDict, *, keep: bool = False, **changed: object) -> str:
    """The query string with these values in place of its own; `keep` keeps what picks one row."""
    kept = query.copy()
    for name in ("page", *(() if keep else ("row", "left_out"))):
        kept.pop(name, None)
    for name, value in changed.items():
        kept[name] = str(value)
    for name in [name for name, value in kept.items() if not value]:
        kept.pop(name)
    return kept.urlencode()


def _behind(query: QueryDict, by: str, **picked: str) -> str:
    return f"{reverse('register:totals-packages')}?{_with(query, by=by, **picked)}"


def _page_number(text: str | None, rows: int) -> int:
    """Which page is asked for; one beyond the last is the last."""
    wanted = int(text[:6]) if text and text.isascii() and text.isdecimal() else 1
    return max(1, min(wanted, -(-rows // PAGE)))
