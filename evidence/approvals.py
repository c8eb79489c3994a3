"""Decisions for which one person is not enough: which they are, what waits, and how it is answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet

from evidence.choices import Identity
from evidence.fields import EXISTS, Value, kind_spec
from evidence.models import Approval, ApprovalRequest, Binding, Claim, Judgement, Mention, Record, Verdict

# A decision, seen from a claim's mention or a verdict, that waits or was refused.
NOT_CONFIRMED = Q(approval_request__isnull=False) & ~Q(approval_request__answer__granted=True)


def hold_statement(mention: Mention, values: dict[str, Value], record: UUID | None, by: AbstractBaseUser) -> None:
    """Let a statement wait for a second person, if any of its values needs one.

    `record` is the one it is about; None for one that it enters.
    """
    if _needs_another(mention.kind, record, values, mention.parent_id):
        ApprovalRequest.objects.create(mention=mention, asked_by_id=by.pk)


def hold_verdict(verdict: Verdict, claim: Claim, by: AbstractBaseUser) -> None:
    """The same for a verdict on the value of a claim."""
    mention = claim.mention
    record = Binding.objects.filter(mention=mention.pk).values_list("record", flat=True).first()
    if _needs_another(mention.kind, record, {claim.field: claim.value}):
        ApprovalRequest.objects.create(verdict=verdict, asked_by_id=by.pk)


def hold_judgement(judgement: Judgement, by: AbstractBaseUser) -> None:
    """The same for a word that makes two records one, or one two."""
    left, right = judgement.left, judgement.right
    ends = dict(Binding.objects.filter(mention__in=(left.pk, right.pk)).values_list("mention", "record"))
    # What keeps apart two that are apart changes neither, unless it was said before that they are one or two.
    changes = judgement.identity == Identity.SAME or ends.get(left.pk) == ends.get(right.pk)
    if judgement.identity == Identity.WITHDRAW:
        said = Judgement.objects.counting().filter(left=left, right=right).exclude(pk=judgement.pk).last()
        changes = changes or (said is not None and said.identity == Identity.DIFFERENT)
    if changes and any(_needs_another(left.kind, record, {EXISTS: True}) for record in set(ends.values())):
        ApprovalRequest.objects.create(judgement=judgement, asked_by_id=by.pk)


def _needs_another(kind: str, record: UUID | None, values: dict[str, Value], parent: UUID | None = None) -> bool:
    spec = kind_spec(kind)
    if spec.second_person is None:
        return False
    row: Any = spec.model.objects.filter(pk=record).first() if record else None
    if row is None:
        whole = Binding.objects.filter(mention=parent).values_list("record", flat=True).first()
        row = spec.model(**{f"{spec.parent}_id": whole} if spec.parent else {})
    return any(spec.second_person(row, name, value) for name, value in values.items())


def waiting() -> QuerySet[ApprovalRequest]:
    """Requests that nobody has answered, the oldest first."""
    return ApprovalRequest.objects.filter(answer=None).select_related(
        "asked_by",
        "mention__binding__record",
        "verdict__claim__mention__binding__record",
        "judgement__left__binding__record",
        "judgement__right__binding__record",
    )


def waiting_for(record: Record) -> QuerySet[ApprovalRequest]:
    """Those about one record."""
    return waiting().filter(
        Q(mention__binding__record=record.pk)
        | Q(verdict__claim__mention__binding__record=record.pk)
        | Q(judgement__left__binding__record=record.pk)
        | Q(judgement__right__binding__record=record.pk)
    )


def waiting_on_pair(left: UUID, right: UUID) -> ApprovalRequest | None:
    """The word on these two mentions' records, or on what is one of both, that waits, if there is one."""
    records = Binding.objects.filter(mention__in=(left, right)).values("record")
    return (
        waiting()
        .filter(judgement__left__binding__record__in=records, judgement__right__binding__record__in=records)
        .first()
    )


class TakenBack(ValueError):
    """What is to be taken back never counted: it was refused, or taken back already."""


class NotForYou(ValueError):
    """This person cannot answer this request; the message says why."""


@transaction.atomic
def answer(*, request: ApprovalRequest, granted: bool, by: AbstractBaseUser, why: str = "") -> Approval:
    """Confirm or refuse a waiting decision. Raises NotForYou for one's own, or one that was answered meanwhile."""
    held = ApprovalRequest.objects.select_for_update().get(pk=request.pk)
    if held.asked_by_id == by.pk:
        raise NotForYou("You decided it yourself; a second person has to confirm it.")
    if Approval.objects.filter(request=held).exists():
        raise NotForYou("It was answered already.")
    return _answered(held, granted, by.pk, why)


@transaction.atomic
def take_back(decision: Verdict | Mention, *, by: AbstractBaseUser, why: str = "") -> bool:
    """Take back a decision that waits, as if it had been refused: nothing counted yet, so nobody else is asked.

    False for one that counts, which takes a new decision to take back. Raises TakenBack for one that never will.
    """
    # Whoever answers at the same moment waits here, or is waited for.
    held = ApprovalRequest.objects.select_for_update().filter(**{str(decision._meta.model_name): decision}).first()
    if held is None:
        return False
    found = Approval.objects.filter(request=held).first()
    if found is None:
        _answered(held, False, by.pk, why)
    elif not found.granted:
        raise TakenBack("this decision was refused or taken back before it counted")
    return found is None


def confirm_on_trial(request: ApprovalRequest) -> None:
    """Let a waiting decision count as if confirmed, to see what follows; for a transaction that is rolled back."""
    # By nobody, as whoever looks may be the one who decided; the database would refuse it at the end.
    _answered(request, True, 0, "")


def _answered(held: ApprovalRequest, granted: bool, by: int, why: str) -> Approval:
    # Imported here: services write decisions and hold them back through this module.
    from evidence.services import resolve_and_settle

    found = Approval.objects.create(request=held, asked_by_id=held.asked_by_id, by_id=by, granted=granted, why=why)
    resolve_and_settle(mentions_of(held))
    return found


def mentions_of(request: ApprovalRequest) -> list[UUID]:
    """The mentions that a waiting decision is about: of a judgement two, else one."""
    if request.judgement:
        return [request.judgement.left_id, request.judgement.right_id]
    mention = request.verdict.claim.mention_id if request.verdict else request.mention_id
    assert mention is not None  # noqa: S101  a request is of one of the three
    return [mention]
