"""Imports that one person is not enough for: which rows are about that much money, and the second person's answer."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from evidence.choices import RecordKind
from evidence.models import ImportedRow
from funding.approval import needs_second_person
from funding.models import Package
from ingest.choices import ImportState
from ingest.facts.drafts import Draft
from ingest.facts.files import Row
from ingest.models import FactsImport


class NotForYou(ValueError):
    """This person cannot answer for this import; the message says why."""


def rows_of_much_money(speaking: Iterable[Draft], gone: Iterable[ImportedRow]) -> list[str]:
    """Of rows that speak, and of rows that fall silent, those about a package that needs a second person, in words."""
    found: list[str] = []
    if isinf(settings.APPROVAL_AMOUNT):
        return found
    named = [(draft, [key for key in draft.mentions if _is_package(draft, key)]) for draft in speaking]
    there = _packages_by_key(key for _, keys in named for key in keys)
    for draft, keys in named:
        sums = [claim.value for claim in draft.claims if claim.field == "amount" and _is_package(draft, claim.mention)]
        if _much(sums, (package for key in keys for package in there.get(key, ()))):
            found.append(f"{draft.row.file}:{draft.row.line} {_words(draft.row)}")
    for old in gone:
        if _much([], Package.objects.filter(bindings__mention__claims__imported_row=old).distinct()):
            found.append(f"no more: {_words(Row(old.file, 0, dict(old.content)))}")
    return found


def _packages_by_key(keys: Iterable[str]) -> dict[str, list[Package]]:
    """The packages that mentions with these keys are bound to, in one query however many there are."""
    found: dict[str, list[Package]] = {}
    bound = Package.objects.annotate(mention_key=F("bindings__mention__key")).filter(mention_key__in=list(keys))
    for package in bound:
        found.setdefault(package.mention_key, []).append(package)
    return found


def _is_package(draft: Draft, key: str) -> bool:
    return draft.mentions[key].kind == RecordKind.PACKAGE


def _much(sums: Iterable[object], there: Iterable[Package]) -> bool:
    return any(needs_second_person(Package(), "amount", stated) for stated in sums) or any(
        needs_second_person(package, "exists", True) for package in there
    )


def _words(row: Row) -> str:
    return ", ".join(filter(None, (row["donor"], f"{row['currency']} {row['amount']}", row["programme"])))


@transaction.atomic
def answer(*, pk: int, granted: bool, by: AbstractBaseUser, why: str) -> FactsImport:
    """Confirm or refuse an import that waits; confirmed, it is to be carried through.

    Raises NotForYou for one's own, or one that does not wait.
    """
    held = FactsImport.objects.select_for_update().get(pk=pk)
    if held.state != ImportState.HELD:
        raise NotForYou("It does not wait for an approver any more.")
    if held.requested_by_id == by.pk:
        raise NotForYou("You asked for it yourself; a second person has to confirm it.")
    held.answered_by_id = by.pk
    held.state = ImportState.WAITING if granted else ImportState.REFUSED
    held.faults = "" if granted else f"Refused by {by.get_username()}: {why}"
    held.save()
    return held
