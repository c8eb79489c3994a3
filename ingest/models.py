"""What was submitted, and how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evidence.models import Article, Run, Snapshot
from ingest.choices import DONE, ImportState, IntakeState


class Intake(models.Model):
    """One submission. The row is the outbox: the Celery message is a hint, and a sweeper finds what a lost one left."""

    key = models.CharField(
        max_length=100,
        unique=True,
        help_text="Hash of what was submitted: the same again is the same intake.",
    )
    name = models.CharField(max_length=1000, help_text="File name or address it came under.")
    payload = models.BinaryField(null=True, help_text="The bytes as submitted; none where they were refused.")
    state = models.CharField(max_length=12, choices=IntakeState, default=IntakeState.PENDING, db_index=True)
    fault = models.CharField(max_length=500, blank=True, help_text="Why it was quarantined, in one line.")
    attempts = models.PositiveSmallIntegerField(
        default=0,
        help_text="Counted before the work starts, so that a text that kills its worker is counted too.",
    )
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text="A worker has it until then; after that it is taken up again."
    )
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="intakes")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            # What the sweeper looks for.
            models.Index(fields=["leased_until"], condition=~Q(state__in=DONE), name="intake_unfinished")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=IntakeState.QUARANTINED, fault__gt="")
                | (~Q(state=IntakeState.QUARANTINED) & Q(fault="")),
                name="intake_fault_iff_quarantined",
            ),
            models.CheckConstraint(
                condition=Q(payload__isnull=False) | Q(state=IntakeState.QUARANTINED),
                name="intake_has_payload",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FactsImport(models.Model):
    """One import of files of facts: what was handed in or asked for, how far it is, what came of it."""

    digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the files that went in without a fault; the same again are passed over.",
    )
    texts = models.JSONField(
        default=dict, help_text="Texts of the files handed in, by name; empty for those shipped in data/register."
    )
    dry_run = models.BooleanField("only look", default=False, help_text="Says what would change, and changes nothing.")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    report = models.TextField(blank=True, help_text="What changed, or would, a line for each file and row.")
    faults = models.TextField(blank=True, help_text="Rows left out: file, line, column and reason.")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who confirmed or refused it, where it needed a second person.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "import of facts"
        verbose_name_plural = "imports of facts"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("requested_by")), name="facts_import_second_person"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(sorted(self.texts)) or "data/register"
