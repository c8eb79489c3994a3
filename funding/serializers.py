"""What the feeds send of packages, and of meetings with the packages announced at them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from evidence.serializers import ChoiceField, LiveReference, PartialDateField, RecordSerializer, text
from funding.choices import Coverage, ShareBasis, Stage
from funding.models import Package
from meetings.choices import Qualifier
from meetings.serializers import (
    AttendanceSerializer,
    CapabilityReference,
    MeetingListSerializer,
    MeetingReference,
    MeetingTopicSerializer,
    PartySerializer,
    StatementSerializer,
)

DECIMAL = {"type": ["string", "null"], "pattern": r"^\d+(\.\d+)?$"}


@extend_schema_field(DECIMAL)
class DecimalText(serializers.Field):
    """A decimal number as text without exponent or trailing zeros; binary floats would change it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        return decimal_text(value)


def decimal_text(value: Decimal) -> str:
    whole = f"{value:f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


class ProgrammeReference(serializers.Serializer):
    """A standing channel for military aid, from the vocabulary."""

    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class ShareSerializer(PartySerializer):
    """A party's part in a package, as stated: of the whole, or a sum in the package's currency."""

    fraction = DecimalText(help_text="Part of the whole, 0 to 1.")
    amount = DecimalText(help_text="Stated part, in whole units of the currency.")
    currency = text("ISO 4217.", source="package.currency")
    set_aside = serializers.BooleanField(
        read_only=True, help_text="With it the stated parts would exceed the whole: stated by sources, not counted."
    )


class ContributionSerializer(ShareSerializer):
    """A donor's part."""

    donor_name = text("A donor that is neither a nation nor a known body.")


class AllocationSerializer(ShareSerializer):
    """A recipient's part."""

    described = text("A set that the source does not name, such as 18 neighbours.")
    basis = ChoiceField(ShareBasis)


class RemainderSerializer(serializers.Serializer):
    """What of the package no recipient's stated share covers."""

    fraction = serializers.CharField(
        allow_null=True, help_text="Part of the whole; null where shares are sums and the whole is not known."
    )
    amount = serializers.CharField(allow_null=True, help_text="In whole units of the package's currency.")
    recipients_without_share = serializers.IntegerField(help_text="Named recipients among whom it may be divided.")


class ItemSerializer(RecordSerializer):
    """Something a package contains."""

    phrase = text("In the words of the source.")
    capability = CapabilityReference(read_only=True, allow_null=True)


class PackageReference(LiveReference):
    """A package in short."""

    amount = DecimalText()
    currency = text("ISO 4217.")


class PackageListSerializer(RecordSerializer):
    """Money committed, proposed or delivered for arms or military aid, as one announcement states it."""

    programme = ProgrammeReference(read_only=True, allow_null=True)
    programme_name = text("As the sources call it, where it is no known programme.")
    amount = DecimalText(help_text="Exactly as stated, in whole units of the currency.")
    currency = text("ISO 4217.")
    qualifier = ChoiceField(Qualifier)
    stage = ChoiceField(Stage)
    covers = ChoiceField(Coverage)
    announced_on = PartialDateField()
    meeting = MeetingReference(read_only=True, allow_null=True)
    contributions = ContributionSerializer(many=True, read_only=True)
    allocations = AllocationSerializer(many=True, read_only=True)
    remainder = serializers.SerializerMethodField()

    @extend_schema_field(RemainderSerializer(allow_null=True))
    def get_remainder(self, package: Package) -> dict[str, Any] | None:
        return remainder(package)


class PackageSerializer(PackageListSerializer):
    """A package with its contents and its lineage."""

    items = ItemSerializer(many=True, read_only=True)
    part_of = PackageReference(read_only=True, allow_null=True)
    restates = PackageReference(read_only=True, allow_null=True)
    supersedes = PackageReference(read_only=True, allow_null=True)
    parts = PackageReference(many=True, read_only=True)
    restatements = PackageReference(many=True, read_only=True)
    successors = PackageReference(many=True, read_only=True)


class MeetingSerializer(MeetingListSerializer):
    """A meeting with who took part, what about, what was said and what was announced."""

    attendances = AttendanceSerializer(many=True, read_only=True)
    topics = MeetingTopicSerializer(many=True, read_only=True)
    statements = StatementSerializer(many=True, read_only=True)
    packages = PackageListSerializer(many=True, read_only=True)


def remainder(package: Package) -> dict[str, Any] | None:
    """What no counted share covers; null where shares cannot be compared with the whole, or its hedge is used up."""
    left, total = Fraction(1), package.amount
    open_ended = 0
    for share in package.allocations.all():
        if share.set_aside:
            continue
        if share.fraction is not None:
            left -= _exact(share.fraction)
        elif share.amount is not None and total:
            left -= Fraction(share.amount) / Fraction(total)
        elif share.amount is not None:
            return None
        else:
            open_ended += 1
    if left < 0:
        return None
    return {
        "fraction": decimal_text(_rounded(left, 8)),
        "amount": decimal_text(_rounded(left * Fraction(total), 2)) if total is not None else None,
        "recipients_without_share": open_ended,
    }


def _exact(fraction: Decimal) -> Fraction:
    """The third that 0.33333333 stands for: eight decimals are kept, and three thirds must make the whole."""
    simple = Fraction(fraction).limit_denominator(1000)
    return simple if abs(simple - Fraction(fraction)) < Fraction(1, 10**8) else Fraction(fraction)


def _rounded(value: Fraction, places: int) -> Decimal:
    return Decimal(round(value * 10**places)).scaleb(-places)
