"""Reads shared by pages, feeds and admin."""

from __future__ import annotations

from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from evidence.choices import RecordState

M = TypeVar("M", bound=Model)


class RecordQuerySet(QuerySet[M]):
    """Records of one kind, or of all."""

    def live(self) -> RecordQuerySet[M]:
        """Only what the register states as fact today; a part only together with its whole."""
        whole = getattr(self.model, "whole", "")
        return self.filter(state=RecordState.LIVE, **({f"{whole}__state": RecordState.LIVE} if whole else {}))


class VerdictQuerySet(QuerySet[M]):
    """Decisions on values."""

    def standing(self) -> VerdictQuerySet[M]:
        """Those that count: not undone, not the undoing itself, and confirmed where a second person has to."""
        confirmed = Q(approval_request=None) | Q(approval_request__answer__granted=True)
        undone = Exists(self.model._default_manager.filter(confirmed, withdraws=OuterRef("pk")))
        return self.filter(confirmed, ~undone, withdraws=None)


class JudgementQuerySet(QuerySet[M]):
    """Words on whether two mentions speak of one thing."""

    def counting(self) -> JudgementQuerySet[M]:
        """Those that count, the latest word last: what waits for a second person counts from its confirmation on."""
        confirmed = Q(approval_request=None) | Q(approval_request__answer__granted=True)
        found: Any = self.filter(confirmed).annotate(said_at=Coalesce("approval_request__answer__at", "at"))
        return cast("JudgementQuerySet[M]", found.order_by("said_at", "id"))


class PairQuerySet(QuerySet[M]):
    """Candidate pairs."""

    def waiting(self) -> PairQuerySet[M]:
        """Those that nobody has judged."""
        return self.filter(word="")

    def last_word(self, left: UUID, right: UUID) -> Any:
        """The judgement that stands on two records, in whichever order; None where there is none."""
        pair: Any = self.filter(left=min(left, right), right=max(left, right)).exclude(word="").first()
        return pair.judgement if pair else None


class ClaimQuerySet(QuerySet[M]):
    """Claims."""

    def annotate_records(self) -> ClaimQuerySet[M]:
        """With the record each belongs to, and the record its value names, as things stand."""
        found: Any = self.annotate(
            bound_record=F("mention__binding__record"), target_record=F("target__binding__record")
        )
        return cast("ClaimQuerySet[M]", found)

    def confirmed(self) -> ClaimQuerySet[M]:
        """Without editors' statements that wait for a second person, or that the second person refused."""
        return self.filter(
            Q(author__isnull=True)
            | Q(mention__approval_request__isnull=True)
            | Q(mention__approval_request__answer__granted=True)
        )
