"""Writes of the evidence app: what people decide, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from evidence.actions import speaking
from evidence.approvals import TakenBack, hold_judgement, hold_statement, hold_verdict, take_back
from evidence.choices import Decision, Identity
from evidence.fields import EXISTS, kind_spec, kinds_in_order
from evidence.models import Binding, Claim, Judgement, Mention, Outlet, OutletRating, Record, Verdict, mint_id
from evidence.resolution import resolve
from evidence.settling import settle


def resolve_and_settle(mentions: Iterable[UUID], also: Iterable[UUID] = ()) -> int:
    """Bind mentions to records and settle every record this touches; returns how many changed.

    `also` names records whose claims or verdicts changed although no mention moved.
    """
    changed = 0
    with transaction.atomic():
        changes = settle(resolve(mentions) | set(also))
        changed += len(changes)
        # Which series a meeting is counted in, say, rests on what its group has just been settled to be.
        while following := {mention for spec in kinds_in_order() for mention in spec.follows(changes)}:
            changes = settle(resolve(following))
            changed += len(changes)
    return changed


@transaction.atomic
def state_value(
    *,
    record: Record,
    field: str,
    value: Any,
    by: AbstractBaseUser,
    why: str = "",
    citation_url: str = "",
    citation_publisher: str = "",
    citation_date: str = "",
) -> Claim:
    """An editor states a value; it holds until the next human decision, whatever articles say.

    For a field that names a record, `value` is that record's id. Raises ValueError for a value the field cannot hold.
    """
    return state_values(
        record=record,
        values={field: value},
        by=by,
        why=why,
        citation_url=citation_url,
        citation_publisher=citation_publisher,
        citation_date=citation_date,
    )[0]


@transaction.atomic
def state_values(
    *,
    record: Record,
    values: dict[str, Any],
    by: AbstractBaseUser,
    why: str = "",
    citation_url: str = "",
    citation_publisher: str = "",
    citation_date: str = "",
) -> list[Claim]:
    """Several values of one record stated together; see `state_value`."""
    mention = _editor_mention(record.kind, by)
    judge(left=mention.pk, right=record.pk, identity=Identity.SAME, by=by, why=why, settle_now=False)
    claims = []
    for field, value in values.items():
        claims.append(_editor_claim(mention, field, value, by, why, citation_url, citation_publisher, citation_date))
    hold_statement(mention, {claim.field: claim.value for claim in claims}, record.pk, by)
    resolve_and_settle([mention.pk], also=[record.pk])
    return claims


@transaction.atomic
def state_of_many(
    *, records: Iterable[Record], field: str, value: Any, by: AbstractBaseUser, why: str
) -> list[tuple[Record, Claim]]:
    """One value of many records stated; as they are settled together, those of one block are compared once."""
    stated = []
    for record in records:
        mention = _editor_mention(record.kind, by)
        judge(left=mention.pk, right=record.pk, identity=Identity.SAME, by=by, why=why, settle_now=False)
        claim = _editor_claim(mention, field, value, by, why)
        hold_statement(mention, {field: claim.value}, record.pk, by)
        stated.append((record, claim))
    resolve_and_settle([claim.mention_id for _, claim in stated], also=[record.pk for record, _ in stated])
    return stated


@transaction.atomic
def create_record(
    *,
    kind: str,
    values: dict[str, Any],
    by: AbstractBaseUser,
    parent: UUID | None = None,
    why: str = "",
    citation_url: str = "",
    citation_publisher: str = "",
    citation_date: str = "",
) -> UUID:
    """An editor enters a record that no source has given; returns the id of the record it became part of."""
    mention = _editor_mention(kind, by, parent)
    claims = [
        _editor_claim(mention, field, value, by, why, citation_url, citation_publisher, citation_date)
        for field, value in {EXISTS: True, **values}.items()
    ]
    hold_statement(mention, {claim.field: claim.value for claim in claims[1:]}, None, by)
    resolve_and_settle([mention.pk])
    record = current_record(mention.pk)
    assert record is not None  # noqa: S101  it was just bound
    return record


def _editor_mention(kind: str, by: AbstractBaseUser, parent: UUID | None = None) -> Mention:
    pk = mint_id()
    return Mention.objects.create(pk=pk, kind=kind, key=f"editor:{pk}", author_id=by.pk, parent_id=parent)


def _editor_claim(
    mention: Mention,
    field: str,
    value: Any,
    by: AbstractBaseUser,
    why: str = "",
    citation_url: str = "",
    citation_publisher: str = "",
    citation_date: str = "",
) -> Claim:
    spec = kind_spec(mention.kind).by_name[field]
    normalised = spec.normalise(value)
    if spec.reference and not Mention.objects.filter(pk=normalised, kind=spec.reference).exists():
        raise ValueError(f"{normalised} is no {spec.reference.label.lower()} of the register")
    # A record's id is the id of its earliest mention, so it can stand as a target.
    basis = {"target_id": UUID(normalised)} if spec.reference else {"value": normalised}
    return Claim.objects.create(
        mention=mention,
        field=field,
        confidence=1.0,
        author_id=by.pk,
        why=why,
        citation_url=citation_url,
        citation_publisher=citation_publisher,
        citation_date=citation_date,
        **basis,
    )


@transaction.atomic
def decide(*, claim: Claim, decision: Decision, by: AbstractBaseUser, why: str = "") -> Verdict:
    """Accept or reject the value of a claim, or take the earlier decision back."""
    verdict = Verdict.objects.create(claim=claim, decision=decision, by_id=by.pk, why=why)
    hold_verdict(verdict, claim, by)
    resolve_and_settle([claim.mention_id])
    return verdict


@transaction.atomic
def undo(*, verdict: Verdict, by: AbstractBaseUser, why: str = "") -> Verdict | None:
    """Withdraw one verdict as if it had never been given, so that what was decided before it holds again.

    One that waits for a second person is taken back, without a verdict of its own. To undo an undoing is to give the
    verdict anew. Raises ValueError for one that was undone already, or whose undoing waits for a second person; one
    that the second person refused may be asked for again.
    """
    if take_back(verdict, by=by, why=why):
        return None
    if verdict.withdraws is not None:
        return decide(claim=verdict.claim, decision=Decision(verdict.withdraws.decision), by=by, why=why)
    # Two who undo at once wait for each other here.
    Verdict.objects.select_for_update().get(pk=verdict.pk)
    asked = Verdict.objects.filter(withdraws=verdict)
    if asked.filter(approval_request__isnull=False, approval_request__answer=None).exists():
        raise ValueError("undoing this decision waits for an approver already")
    if asked.exclude(approval_request__answer__granted=False).exists():
        raise ValueError("this decision was undone already")
    undoing = Verdict.objects.create(
        claim_id=verdict.claim_id, decision=Decision.WITHDRAW, by_id=by.pk, why=why, withdraws=verdict
    )
    hold_verdict(undoing, verdict.claim, by)
    resolve_and_settle([verdict.claim.mention_id])
    return undoing


@transaction.atomic
def withdraw_statement(*, mention: Mention, by: AbstractBaseUser, why: str = "") -> bool:
    """Withdraw every value of an editor's statement that still speaks; False where none does.

    One that waits for a second person is taken back as a whole.
    """
    try:
        if take_back(mention, by=by, why=why):
            return True
    except TakenBack:
        return False
    claims = speaking(mention)
    for claim in claims:
        decide(claim=claim, decision=Decision.WITHDRAW, by=by, why=why)
    return bool(claims)


@transaction.atomic
def judge(
    *,
    left: UUID,
    right: UUID,
    identity: Identity,
    by: AbstractBaseUser,
    why: str = "",
    settle_now: bool = True,
    tried: bool = False,
    parted: UUID | None = None,
) -> Judgement:
    """Say whether two mentions speak of the same thing.

    Of two that are different, `parted` is the one that is to leave a record and to stay alone.

    `settle_now=False` ties an editor's statement to its record, and settles nothing yet. What is only `tried`, to be
    rolled back, waits for nobody.
    Raises ValueError for a mention judged against itself or against one of another kind.
    """
    if left == right:
        raise ValueError("a record cannot be judged against itself")
    kinds = list(Mention.objects.filter(pk__in=[left, right]).values_list("kind", flat=True))
    if len(kinds) != 2 or len(set(kinds)) != 1:
        raise ValueError("only two records of one kind can be the same")
    first, second = sorted((left, right))
    judgement = Judgement.objects.create(
        left_id=first, right_id=second, identity=identity, parted_id=parted, by_id=by.pk, why=why
    )
    if settle_now:
        if not tried:
            hold_judgement(judgement, by)
        resolve_and_settle([first, second])
    return judgement


@transaction.atomic
def rate_outlet(*, outlet: Outlet, reliability: float, by: AbstractBaseUser, why: str) -> OutletRating:
    """Rate an outlet; every record that rests on it is settled anew."""
    rating = OutletRating.objects.create(outlet=outlet, reliability=reliability, by_id=by.pk, why=why)
    Outlet.objects.filter(pk=outlet.pk).update(reliability=reliability)
    # Imports cite it too.
    resting = Q(snapshot__article__outlet=outlet) | Q(claims__citation_publisher=outlet.name)
    resolve_and_settle(Mention.objects.filter(resting).values_list("pk", flat=True).distinct())
    return rating


def current_record(pk: UUID) -> UUID | None:
    """The record that an id stands for today: itself, or the one its mention now belongs to."""
    return Binding.objects.filter(mention=pk).values_list("record", flat=True).first()
