"""Decisions for which one person is not enough: which they are, what waits, and how it is answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet

from evidence.fields import Value, kind_spec
from evidence.models import Approval, ApprovalRequest, Binding, Claim, Mention, Record, Verdict

# A decision, seen from a claim's mention or a verdict, that waits or was refused.
NOT_CONFIRMED = Q(approval_request__isnull=False) & ~Q(approval_request__answer__granted=True)


def hold_statement(mention: Mention, values: dict[str, Value], record: UUID | None, by: AbstractBaseUser) -> None:
    """Let a statement wait for a second person, if any of its values needs one. `record` is the one it is about."""
    if _needs_another(mention.kind, record, values):
        ApprovalRequest.objects.create(mention=mention, asked_by_id=by.pk)


def hold_verdict(verdict: Verdict, claim: Claim, by: AbstractBaseUser) -> None:
    """The same for a verdict on the value of a claim."""
    mention = claim.mention
    record = Binding.objects.filter(mention=mention.pk).values_list("record", flat=True).first()
    if _needs_another(mention.kind, record, {claim.field: claim.value}):
        ApprovalRequest.objects.create(verdict=verdict, asked_by_id=by.pk)


def _needs_another(kind: str, record: UUID | None, values: dict[str, Value]) -> bool:
    spec = kind_spec(kind)
    if spec.second_person is None:
        return False
    row = spec.model.objects.filter(pk=record).first() if record is not None else None
    return any(spec.second_person(row, name, value) for name, value in values.items())


def waiting() -> QuerySet[ApprovalRequest]:
    """Requests that nobody has answered, the oldest first."""
    return ApprovalRequest.objects.filter(answer=None).select_related(
        "asked_by", "mention__binding__record", "verdict__claim__mention__binding__record"
    )


def waiting_for(record: Record) -> QuerySet[ApprovalRequest]:
    """Those about one record."""
    return waiting().filter(
        Q(mention__binding__record=record.pk) | Q(verdict__claim__mention__binding__record=record.pk)
    )


class NotForYou(ValueError):
    """This person cannot answer this request; the message says why."""


@transaction.atomic
def answer(*, request: ApprovalRequest, granted: bool, by: AbstractBaseUser, why: str = "") -> Approval:
    """Confirm or refuse a waiting decision. Raises NotForYou for one's own, or one that was answered meanwhile."""
    # Imported here: services write decisions and hold them back through this module.
    from evidence.services import resolve_and_settle

    held = ApprovalRequest.objects.select_for_update().get(pk=request.pk)
    if held.asked_by_id == by.pk:
        raise NotForYou("You decided it yourself; a second person has to confirm it.")
    if Approval.objects.filter(request=held).exists():
        raise NotForYou("It was answered already.")
    found = Approval.objects.create(request=held, asked_by_id=held.asked_by_id, by_id=by.pk, granted=granted, why=why)
    mention = held.verdict.claim.mention_id if held.verdict else held.mention_id
    assert mention is not None  # noqa: S101  a request is of one of the two
    resolve_and_settle([mention])
    return found
