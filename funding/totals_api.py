"""The feeds of totals: what is counted by donor, recipient, programme or year, and the packages behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from evidence.api import READABLE
from evidence.partial_dates import PartialDate
from funding import rates
from funding.choices import LeftOut
from funding.filters import LedgerFilter, TotalsFilter
from funding.ledger import Entry, Ledger, Sum
from funding.models import Package
from funding.serializers import decimal_text
from funding.totals import ANY_REASON, GROUPINGS, STAGES, Total, behind, left_out, reasons, stage_of, totals, wholes

PAGE = 100
FILTERS = [
    OpenApiParameter(name, str, required=False)
    for name in ("q", "donor", "recipient", "programme", "currency", "year", "meeting")
]
STAGE = OpenApiParameter("stage", str, enum=list(STAGES), description="One stage, or that none is stated.")
BY = OpenApiParameter("by", str, enum=list(GROUPINGS), description="By what sums are grouped: donor, if not said.")


class AmountSerializer(serializers.Serializer):
    """A sum in one currency."""

    currency = serializers.CharField(help_text="ISO 4217.")
    amount = serializers.CharField()


class TotalSerializer(serializers.Serializer):
    """A sum of sums, each at the rate of the day it was announced."""

    packages = serializers.IntegerField()
    stated = AmountSerializer(many=True)
    eur = serializers.CharField(help_text="What had a rate to the euro that day.")
    usd = serializers.CharField(help_text="What had a rate to the dollar that day.")
    without_rate_to_eur = AmountSerializer(many=True, help_text="In no conversion: there was no rate.")
    without_rate_to_usd = AmountSerializer(many=True, help_text="In no conversion: there was no rate.")


class TotalRowSerializer(TotalSerializer):
    """One row of a stage."""

    key = serializers.CharField(help_text="Names the row, as `row` of the packages behind it.")
    name = serializers.CharField()


class StageTotalSerializer(serializers.Serializer):
    """Totals of one stage; stages are never added to each other."""

    stage = serializers.ChoiceField(choices=list(STAGES))
    total = TotalSerializer()
    rows = TotalRowSerializer(many=True)


class ReasonSerializer(serializers.Serializer):
    """Why packages are left out, and how many."""

    why = serializers.ChoiceField(choices=LeftOut.choices)
    explanation = serializers.CharField()
    packages = serializers.IntegerField()


class TotalsSerializer(serializers.Serializer):
    """Money counted once."""

    by = serializers.ChoiceField(choices=GROUPINGS)
    rates = serializers.CharField(help_text="Who publishes the rates of exchange.")
    stages = StageTotalSerializer(many=True)
    left_out = ReasonSerializer(many=True)
    unconfirmed = serializers.IntegerField(help_text="Packages that nothing confirms; no feed names them.")


class RateSerializer(serializers.Serializer):
    """A rate that a conversion rests on."""

    currency = serializers.CharField(help_text="ISO 4217.")
    per_euro = serializers.CharField()
    day = serializers.DateField()
    source = serializers.CharField()


class CountedSerializer(serializers.Serializer):
    """A package in the totals, or out of them."""

    package = serializers.UUIDField()
    announced_on = serializers.CharField(allow_null=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD, as known.")
    stage = serializers.ChoiceField(choices=list(STAGES))
    amount = serializers.CharField(allow_null=True, help_text="As stated.")
    currency = serializers.CharField()
    counted = serializers.CharField(allow_null=True, help_text="What of it counts in this row; null if left out.")
    eur = serializers.CharField(allow_null=True, help_text="Null where there was no rate that day.")
    usd = serializers.CharField(allow_null=True, help_text="Null where there was no rate that day.")
    rates = RateSerializer(many=True)
    left_out = serializers.ChoiceField(choices=LeftOut.choices, allow_null=True)
    because_of = serializers.UUIDField(allow_null=True, help_text="The package that is counted in its place.")


class CountedPageSerializer(serializers.Serializer):
    """One page of packages, the newest announced first."""

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = CountedSerializer(many=True)


class TotalsView(APIView):
    """Totals of money, each package counted once."""

    @extend_schema(parameters=[BY, STAGE, *FILTERS], responses={200: TotalsSerializer, **READABLE})
    def get(self, request: Request) -> Response:
        said, ledger, entries = chosen(request, TotalsFilter)
        by = said["by"] or GROUPINGS[0]
        found, sums = totals(entries, by), wholes(entries)
        stages = [
            {
                "stage": stage,
                "total": _total(sums[stage]),
                "rows": [
                    {"key": key, "name": ledger.label(by, key), **_total(total)}
                    for key, total in sorted(found[stage].items())
                ],
            }
            for stage in STAGES
            if stage in found
        ]
        unused = [
            {"why": reason, "explanation": reason.label, "packages": number}
            for reason, number in reasons(entries).items()
        ]
        return Response(
            {"by": by, "rates": rates.ECB, "stages": stages, "left_out": unused, "unconfirmed": ledger.unconfirmed()}
        )


class TotalsPackagesView(APIView):
    """The packages behind a row of totals, or those left out."""

    @extend_schema(
        parameters=[
            BY,
            STAGE,
            *FILTERS,
            OpenApiParameter("row", str, description="Key of a row; without it, all that is counted."),
            OpenApiParameter(
                "left_out",
                str,
                enum=[ANY_REASON, *(r for r in LeftOut.values if r != LeftOut.UNCONFIRMED)],
                description="Those left out.",
            ),
            OpenApiParameter("page", int, description=f"From 1; {PAGE} packages each."),
        ],
        responses={200: CountedPageSerializer, **READABLE},
    )
    def get(self, request: Request) -> Response:
        said, _, entries = chosen(request, LedgerFilter)
        if said["left_out"]:
            found: list[tuple[Entry, Sum | None]] = [(entry, None) for entry in left_out(entries, said["left_out"])]
        else:
            found = list(behind(entries, said["by"] or GROUPINGS[0], said["row"]))
        pages = max(1, -(-len(found) // PAGE))
        text = request.query_params.get("page", "1")
        if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= pages:
            raise ValidationError({"page": [f"It is a whole number from 1 to {pages}."]})
        page = int(text)
        return Response(
            {
                "count": len(found),
                "page": page,
                "pages": pages,
                "results": [_counted(*item) for item in found[(page - 1) * PAGE : page * PAGE]],
            }
        )


def chosen(request: Request, filters: type[TotalsFilter]) -> tuple[dict[str, Any], Ledger, list[Entry]]:
    """What is asked for, and the entries that the filters leave; raises ValidationError."""
    filterset = filters(request.query_params, queryset=Package.objects.live(), request=request)
    if not filterset.is_valid():
        raise ValidationError({name: list(messages) for name, messages in filterset.errors.items()})
    said, ledger = filterset.form.cleaned_data, Ledger()
    entries = ledger.chosen(filterset.chosen)
    if said["stage"]:
        entries = [entry for entry in entries if stage_of(entry) == said["stage"]]
    return said, ledger, entries


def _total(total: Total) -> dict[str, Any]:
    return {
        "packages": total.packages,
        "stated": _amounts(total.stated),
        "eur": decimal_text(total.euros),
        "usd": decimal_text(total.dollars),
        "without_rate_to_eur": _amounts(total.without_euros),
        "without_rate_to_usd": _amounts(total.without_dollars),
    }


def _amounts(sums: dict[str, Decimal]) -> list[dict[str, str]]:
    return [{"currency": currency, "amount": decimal_text(amount)} for currency, amount in sorted(sums.items())]


def _counted(entry: Entry, part: Sum | None) -> dict[str, Any]:
    told, outcome = entry.told, entry.outcome
    return {
        "package": str(told.pk),
        "announced_on": str(PartialDate.of(told.day, entry.precision)) if told.day else None,
        "stage": stage_of(entry),
        "amount": _text(told.amount),
        "currency": told.currency,
        "counted": _text(part.amount) if part else None,
        "eur": _text(part.euros) if part else None,
        "usd": _text(part.dollars) if part else None,
        "rates": [
            {"currency": currency, "per_euro": str(rate.per_euro), "day": rate.day.isoformat(), "source": rate.source}
            for currency, rate in entry.rates
        ],
        "left_out": outcome.left_out,
        "because_of": str(outcome.because) if outcome.because else None,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else decimal_text(amount)
