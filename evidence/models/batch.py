"""Work done on many records or articles in one go: how far it is, what it did to each, and what undoes it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from evidence.choices import BatchKind, BatchState

from .log import Mention, Verdict
from .records import Record
from .sources import Article, Run


class Batch(models.Model):
    """One job over many items. The row is what the progress page shows; the Celery message is a hint."""

    kind = models.CharField(max_length=10, choices=BatchKind)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.WAITING)
    title = models.CharField(max_length=300, help_text="What is done, in words.")
    why = models.TextField(help_text="The reason, kept with every decision of it.")
    engine_version = models.CharField(
        max_length=50, blank=True, help_text="With which version of the rules articles are read anew."
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reverted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reverted_why = models.TextField(blank=True, help_text="Why it is taken back, kept with every withdrawal of it.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.title


class BatchItem(models.Model):
    """One record or article of a batch, with the decision made on it or the difference a new reading makes."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")
    claim = models.ForeignKey(
        "evidence.Claim", models.PROTECT, null=True, related_name="+", help_text="The claim to be accepted."
    )
    mention = models.ForeignKey(
        Mention, models.PROTECT, null=True, related_name="+", help_text="The statement that was made."
    )
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, null=True, related_name="+", help_text="The verdict that was given."
    )
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+", help_text="The reading that was made.")
    done = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="How often a worker began on it; counted before the work, so that a lost one shows."
    )
    fault = models.CharField(max_length=300, blank=True, help_text="Why it was left as it was.")
    difference = models.JSONField(default=dict, help_text="What a new reading adds and takes away.")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["batch", "id"], condition=models.Q(done=False), name="batch_item_to_do"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk} of {self.batch_id}"

    @property
    def waits(self) -> bool:
        """Does what was decided wait for a second person?"""
        request = getattr(self.verdict or self.mention, "approval_request", None)
        return request is not None and getattr(request, "answer", None) is None
