"""Packages and their shares as evidence sees them: fields, and what makes two mentions one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from evidence.choices import RecordKind
from evidence.fields import (
    Combine,
    FieldSpec,
    KindSpec,
    Node,
    Proposal,
    Reading,
    Value,
    choice_field,
    date_columns,
    date_refines,
    decimal_text,
    one_of,
    parent_block,
    partial_date,
    plain_text,
    record_field,
    text_column,
    text_field,
)
from evidence.fields import (
    register as register_kinds,
)
from evidence.partial_dates import PartialDate
from funding.apportioning import apportion
from funding.approval import needs_second_person, share_needs_second_person
from funding.choices import Coverage, ShareBasis, Stage
from funding.keys import package_keys, package_likeness
from funding.models import Allocation, Contribution, Package, PackageItem
from funding.sharing import share_above_the_whole, sum_below_its_shares
from funding.vocabulary import programme_slug
from meetings.kinds import ONE_PARTY, party_key, slug_field
from meetings.models import Capability
from meetings.numbers import measured, number_refines, numbers_agree
from people.kinds import EXISTS_FIELD, nation_field
from people.names import fold

Features = Mapping[str, Any]
# The same sum from the same donor within this time is the same announcement told again.
WINDOW = datetime.timedelta(days=31)
# Two days of announcement that sources state for one package lie no further apart: one of them is that of a report.
SAME_DAY = datetime.timedelta(days=5)
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 17
STAGES = list(Stage.values)


def sum_of_money(value: Value) -> dict[str, Any]:
    """{"number", "currency", "qualifier"}: a positive amount in whole units of an ISO 4217 currency."""
    if not isinstance(value, dict):
        raise ValueError("a sum needs a number and a currency")
    currency = str(value.get("currency") or "")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise ValueError(f"{currency!r} is no ISO 4217 code")
    found = measured(value)
    return {**found, "number": positive_amount(found["number"]), "currency": currency}


def _sum_columns(value: Value) -> dict[str, Any]:
    if value is None:
        return {"amount": None, "currency": "", "qualifier": ""}
    return {
        "amount": Decimal(value["number"]).quantize(CENT),
        "currency": value["currency"],
        "qualifier": value.get("qualifier") or "",
    }


def _sum_refines(a: Value, b: Value) -> bool:
    return a["currency"] == b["currency"] and number_refines(a, b)


def _sums_agree(a: Value, b: Value) -> bool:
    return a["currency"] == b["currency"] and numbers_agree(a, b)


def programme(value: Value) -> str:
    """The slug of a known programme, or the name as given."""
    text = plain_text(value)
    return programme_slug(text) or text[:200].rstrip()


def _programme_columns(value: Value) -> dict[str, Any]:
    slug = programme_slug(value) if value else None
    return {"programme_id": slug, "programme_name": "" if slug else (value or "")}


def fraction(value: Value) -> str:
    """A part of the whole, more than 0 and at most 1, to eight decimals."""
    number = Decimal(decimal_text(value))
    if not 0 < number <= 1 or not (stored := number.quantize(Decimal("0.00000001"))):
        raise ValueError(f"{number:f} is no part of a whole: give more than 0 and at most 1")
    return decimal_text(stored)


def positive_amount(value: Value) -> str:
    """To the cent, and within what the column holds."""
    number = Decimal(decimal_text(value))
    if not 0 < number < LARGEST or not (stored := number.quantize(CENT)):
        raise ValueError(f"{number:f} is no sum of money")
    return decimal_text(stored)


def decimal_column(name: str) -> Any:
    return lambda value: {name: Decimal(value) if value is not None else None}


def stage_order(value: Value) -> bool:
    return bool(value == Stage.DELIVERED)


def always_agree(a: Value, b: Value) -> bool:
    return True


def _package_features(reading: Reading) -> dict[str, Any]:
    amount = reading.best("amount") or {}
    announced = reading.best("announced_on")
    return {
        "amount": amount.get("number"),
        "currency": amount.get("currency"),
        "donor": reading.best("donor"),
        "programme": reading.best("programme"),
        # Undated sums are placed by the day of the text that states them.
        "day": announced or (reading.said_on.isoformat() if reading.said_on else None),
        "announced": bool(announced),
    }


def _package_block(reading: Reading, features: Features) -> str:
    return f"{features['currency']} {features['amount']}"


def _donors(features: Features) -> set[str]:
    """Donors of a joint package stand side by side."""
    return set(str(features.get("donor") or "").split("|")) - {""}


def _one_donor(a: Features, b: Features) -> bool:
    """Are all donors that one names among those of the other? A text names the first of a joint package's."""
    left, right = _donors(a), _donors(b)
    return bool(left and right) and (left <= right or right <= left)


def _apart(a: Features, b: Features) -> datetime.timedelta | None:
    """The least time between the days of two packages; none where a day is not known."""
    if not a["day"] or not b["day"]:
        return None
    left, right = PartialDate.parse(a["day"]), PartialDate.parse(b["day"])
    return max(left.first - right.last, right.first - left.last, datetime.timedelta(0))


def _package_conflict(a: Features, b: Features) -> bool:
    if "amount" not in a or "amount" not in b:
        return False
    if _donors(a) and _donors(b) and not _one_donor(a, b):
        return True
    if a["programme"] and b["programme"] and a["programme"] != b["programme"]:
        return True
    apart = _apart(a, b)
    # A programme has many packages, and many of one sum; each is announced on a day of its own.
    stated = a["announced"] and b["announced"] and a["programme"] and b["programme"]
    return apart is not None and apart > (SAME_DAY if stated else WINDOW)


def _same_package(nodes: Sequence[Node]) -> Iterable[Proposal]:
    for a, b in combinations(nodes, 2):
        if "amount" not in a.features or "amount" not in b.features:
            continue
        if _package_conflict(a.features, b.features):
            continue
        agreeing = _one_donor(a.features, b.features) + sum(
            bool(a.features[n]) and a.features[n] == b.features[n] for n in ("programme", "day")
        )
        # Nothing but the sum in common is too little.
        if agreeing:
            apart = _apart(a.features, b.features)
            # Of two announcements of one sum a text means the nearer.
            far = 1 if apart is None else min(apart / WINDOW, 1)
            yield Proposal(0.5 + agreeing / 8 - far / 10, a.signature, b.signature)


def _recipient_key(reading: Reading) -> dict[str, Any]:
    """A counted set ("18 eastern European neighbours") is known within its package by its number: words vary."""
    described = fold(str(reading.best("described") or ""))
    count = re.search(r"\d+", described)
    return {"party": party_key(reading), "described": count.group() if count else described}


def _basis_needs_share(allocation: Allocation) -> None:
    if allocation.fraction is None and allocation.amount is None:
        allocation.basis = ShareBasis.UNKNOWN
    elif allocation.basis == ShareBasis.UNKNOWN:
        allocation.basis = ShareBasis.STATED
    if allocation.nation_id or allocation.organisation_id:
        allocation.described = ""


def register() -> None:
    """Tell evidence about this app's kinds."""
    share_fields = [
        FieldSpec("fraction", "part of the whole", fraction, decimal_column("fraction")),
        FieldSpec("amount", "amount", positive_amount, decimal_column("amount")),
    ]
    party_fields = [
        EXISTS_FIELD,
        nation_field(),
        record_field("organisation", "body", RecordKind.ORGANISATION),
    ]
    register_kinds(
        KindSpec(
            kind=RecordKind.PACKAGE,
            model=Package,
            fields=[
                EXISTS_FIELD,
                FieldSpec(
                    "amount",
                    "amount",
                    sum_of_money,
                    _sum_columns,
                    refines=_sum_refines,
                    compatible=_sums_agree,
                ),
                FieldSpec("programme", "programme", programme, _programme_columns),
                # Who gives is a row of its own; here it only tells packages of one sum apart.
                FieldSpec("donor", "donor", plain_text, lambda value: {}, compatible=always_agree),
                FieldSpec(
                    "stage",
                    "stage",
                    one_of(STAGES),
                    text_column("stage"),
                    combine=Combine.LATEST,
                    compatible=always_agree,
                    final=stage_order,
                ),
                FieldSpec(
                    "announced_on",
                    "announced on",
                    partial_date,
                    date_columns("announced_on"),
                    refines=date_refines,
                ),
                choice_field("covers", "covers", Coverage.values),
                record_field("meeting", "announced at", RecordKind.MEETING),
                record_field("part_of", "part of", RecordKind.PACKAGE),
                record_field("restates", "restates", RecordKind.PACKAGE),
                record_field("supersedes", "replaces", RecordKind.PACKAGE),
            ],
            features=_package_features,
            block=_package_block,
            proposals=_same_package,
            conflict=_package_conflict,
            identity_keys=package_keys,
            likeness=package_likeness,
            restates="restates",
            balance=apportion,
            refuse=sum_below_its_shares,
            second_person=needs_second_person,
        ),
        KindSpec(
            kind=RecordKind.CONTRIBUTION,
            model=Contribution,
            fields=[*party_fields, text_field("donor_name", "donor", 200), *share_fields],
            features=lambda reading: {
                "party": party_key(reading),
                "name": fold(str(reading.best("donor_name") or "")),
            },
            block=parent_block,
            either=ONE_PARTY,
            refuse=share_above_the_whole,
            second_person=share_needs_second_person,
        ),
        KindSpec(
            kind=RecordKind.ALLOCATION,
            model=Allocation,
            fields=[
                *party_fields,
                text_field("described", "described as", 300),
                *share_fields,
                choice_field("basis", "basis", ShareBasis.values),
            ],
            features=_recipient_key,
            block=parent_block,
            either=ONE_PARTY,
            refuse=share_above_the_whole,
            second_person=share_needs_second_person,
            finish=_basis_needs_share,
        ),
        KindSpec(
            kind=RecordKind.PACKAGE_ITEM,
            model=PackageItem,
            fields=[
                EXISTS_FIELD,
                text_field("phrase", "in the words of the source", 300),
                slug_field("capability", "capability", Capability),
            ],
            features=lambda reading: (
                {"capability": reading.best("capability")}
                if reading.best("capability")
                else {"phrase": fold(str(reading.best("phrase") or ""))}
            ),
            block=parent_block,
        ),
    )
