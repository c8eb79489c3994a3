"""What people did to a record, one act at a time, and which of it still holds: read from the log."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from evidence.choices import Decision, Identity
from evidence.fields import EXISTS
from evidence.models import Claim, Judgement, Mention, Verdict

STATED = "stated"
PARTED = "parted"


@dataclass(frozen=True)
class Action:
    """One act: a statement with all its values, a verdict on one value, or a judgement on two records.

    `key` names it for reverting: `statement:<mention>`, `verdict:<id>`, `judgement:<id>`. `verb` is `stated`, a
    Decision, an Identity, or `parted` where a mention was taken out of a record. `values` are (field, value) pairs;
    `other` the record judged against. `standing` says whether it counts, and nothing later undid or replaced it.
    """

    key: str
    verb: str
    by: str
    at: datetime.datetime
    why: str
    values: tuple[tuple[str, Any], ...]
    other: UUID | None
    citation: str
    citation_url: str
    standing: bool
    # Empty, or `waiting`, `refused` or `confirmed`, and by whom: what needs a second person.
    approval: str = ""
    approver: str = ""

    @property
    def revertible(self) -> bool:
        """Does it count, or may it still come to? A judgement that waits is left to the one who answers it."""
        return self.standing or (self.approval == "waiting" and not self.key.startswith("judgement:"))


def actions(record: UUID) -> list[Action]:
    """Every act on this record, the latest first; four queries, however many there are."""
    verdicts = list(_verdicts(record))
    counting = [(verdict, field, value) for verdict, field, value in verdicts if _counts(verdict)]
    # Withdrawn by themselves, as if they had not been given; such a withdrawal decides nothing of its own.
    undone = {verdict.withdraws_id for verdict, _, _ in counting} | {v.pk for v, _, _ in counting if v.withdraws_id}
    latest = {(field, repr(value)): verdict for verdict, field, value in counting if verdict.pk not in undone}
    last = {(field, repr(value)): verdict for verdict, field, value in counting}
    found = [*_statements(record, latest), *_judgements(record)]
    for verdict, field, value in verdicts:
        found.append(
            Action(
                key=f"verdict:{verdict.pk}",
                verb=verdict.decision,
                by=verdict.by.get_username(),
                at=verdict.at,
                why=verdict.why,
                values=((field, value),),
                other=None,
                citation="",
                citation_url="",
                standing=(last if verdict.withdraws_id else latest).get((field, repr(value))) == verdict,
                **_approval(verdict),
            )
        )
    return sorted(found, key=lambda action: action.at, reverse=True)


def _verdicts(record: UUID) -> list[tuple[Verdict, str, Any]]:
    """Verdicts on values of this record with field and value, the earliest first."""
    rows: Any = (
        Verdict.objects.filter(claim__mention__binding__record=record)
        .select_related("by", "claim__target__binding", "approval_request__answer__by")
        .order_by("id")
    )
    return [(row, row.claim.field, value_of(row.claim)) for row in rows]


def value_of(claim: Any) -> Any:
    """What a claim says: a record's id, as things stand, where it names one."""
    return str(claim.target.binding.record_id) if claim.target_id else claim.value


def _statements(record: UUID, latest: dict[tuple[str, str], Verdict]) -> list[Action]:
    rows: Any = (
        Claim.objects.filter(mention__binding__record=record, author__isnull=False)
        .select_related("author", "target__binding", "mention__approval_request__answer__by")
        .order_by("id")
    )
    by_mention: dict[UUID, list[Any]] = defaultdict(list)
    for claim in rows:
        by_mention[claim.mention_id].append(claim)
    found = []
    for mention, claims in by_mention.items():
        first = claims[0]
        values = tuple((claim.field, value_of(claim)) for claim in claims)
        found.append(
            Action(
                key=f"statement:{mention}",
                verb=STATED,
                by=first.author.get_username(),
                at=first.created_at,
                why=first.why,
                values=values,
                other=None,
                citation=first.citation_publisher,
                citation_url=first.citation_url,
                standing=_counts(first.mention)
                and any(
                    speaks(claim, latest.get((field, repr(value))))
                    for claim, (field, value) in zip(claims, values, strict=True)
                ),
                **_approval(first.mention),
            )
        )
    return found


def _approval(decision: Any) -> dict[str, str]:
    """How the second person answered about a verdict or an editor's mention, and who it was."""
    request = getattr(decision, "approval_request", None)
    if request is None:
        return {}
    found = getattr(request, "answer", None)
    if found is None:
        return {"approval": "waiting"}
    return {"approval": "confirmed" if found.granted else "refused", "approver": found.by.get_username()}


def _counts(decision: Any) -> bool:
    return _approval(decision).get("approval") not in ("waiting", "refused")


def speaks(claim: Claim, verdict: Verdict | None) -> bool:
    """Does an editor's statement still count, given the latest verdict on its value?"""
    return verdict is None or verdict.decision == Decision.ACCEPT or verdict.at < claim.created_at


def _judgements(record: UUID) -> list[Action]:
    ours = Q(left__binding__record=record) | Q(right__binding__record=record) | Q(left=record) | Q(right=record)
    rows: Any = Judgement.objects.filter(ours).select_related(
        "by", "left__binding", "right__binding", "approval_request__answer__by"
    )
    # A statement is bound to its record by a judgement of its own, which is no news beside the statement.
    authored = {m.pk for row in rows for m in (row.left, row.right) if m.author_id is not None}
    entered = Claim.objects.filter(mention__in=authored, field=EXISTS).values_list("mention", flat=True)
    corrections = authored - set(entered)
    kept = [row for row in rows if row.left_id not in corrections and row.right_id not in corrections]
    counting = sorted(filter(_counts, kept), key=_counted_from)
    latest = {(row.left_id, row.right_id): row for row in counting}
    return [
        Action(
            key=f"judgement:{row.pk}",
            verb=PARTED if row.parted_id else row.identity,
            by=row.by.get_username(),
            at=row.at,
            why=row.why,
            values=(),
            other=row.right_id if record in (row.left_id, row.left.binding.record_id) else row.left_id,
            citation="",
            citation_url="",
            standing=latest.get((row.left_id, row.right_id)) == row and row.identity != Identity.WITHDRAW,
            **_approval(row),
        )
        for row in sorted(kept, key=lambda row: row.pk)
    ]


def _counted_from(judgement: Any) -> tuple[datetime.datetime, int]:
    """Since when it counts: if a second person had to confirm it, since then."""
    request = getattr(judgement, "approval_request", None)
    return request.answer.at if request else judgement.at, judgement.pk


def speaking(mention: Mention) -> list[Claim]:
    """The claims of an editor's statement that still count."""
    rows: Any = mention.claims.select_related("mention__binding", "target__binding").order_by("id")
    return [claim for claim in rows if speaks(claim, latest_verdict(claim))]


def latest_verdict(claim: Any) -> Verdict | None:
    """The latest verdict that counts on the value of a claim within its record's field."""
    rows: Any = (
        Verdict.objects.standing()
        .filter(claim__mention__binding__record=claim.mention.binding.record_id, claim__field=claim.field)
        .select_related("claim__target__binding")
        .order_by("-id")
    )
    value = value_of(claim)
    return next((row for row in rows if value_of(row.claim) == value), None)
