"""The second person: decisions that wait until an approver confirms them. Append-only, like the decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .log import Judgement, Mention, Verdict
from .sources import append_only


class ApprovalRequest(models.Model):
    """A decision that counts only once another person confirms it: a statement, a verdict, a judgement."""

    mention = models.OneToOneField(
        Mention,
        models.PROTECT,
        null=True,
        related_name="approval_request",
        help_text="The editor's statement that waits.",
    )
    verdict = models.OneToOneField(
        Verdict, models.PROTECT, null=True, related_name="approval_request", help_text="The verdict that waits."
    )
    judgement = models.OneToOneField(
        Judgement,
        models.PROTECT,
        null=True,
        related_name="approval_request",
        help_text="The merge, or what takes one back, that waits.",
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mention__isnull=False, verdict__isnull=True, judgement__isnull=True)
                | Q(mention__isnull=True, verdict__isnull=False, judgement__isnull=True)
                | Q(mention__isnull=True, verdict__isnull=True, judgement__isnull=False),
                name="approval_request_of_one_decision",
            )
        ]
        triggers = append_only("approval_request_append_only")

    def __str__(self) -> str:
        return f"request {self.pk} of {self.asked_by}"


class Approval(models.Model):
    """The answer to a request. Confirmed by a second person, the decision counts from then on; refused, it never does.

    To take one's own back while it waits is to refuse it, which takes no second person.
    """

    request = models.OneToOneField(ApprovalRequest, models.PROTECT, related_name="answer")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        help_text="Who decided first; never the one who confirms.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted = models.BooleanField()
    why = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("asked_by")) | Q(granted=False), name="approval_by_another_person")
        ]
        triggers = append_only("approval_append_only")

    def __str__(self) -> str:
        return f"{'granted' if self.granted else 'refused'} {self.request_id}"
