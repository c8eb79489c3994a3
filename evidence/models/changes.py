"""What those who follow the register are told: changes in their order, and when that order began anew."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from evidence.choices import ChangeAction

from .records import Record
from .sources import append_only


class ChangeEpoch(models.Model):
    """Since when places in the feed of changes can be compared: one row, renewed once a database is restored.

    A restored database may count its transactions from the start again and lack what followers were told already.
    """

    single = models.BooleanField(primary_key=True, default=True, editable=False)
    token = models.UUIDField(default=uuid.uuid4, editable=False, help_text="Part of every cursor; another refuses it.")
    origin = models.CharField(max_length=200, help_text="Which table of which database of which server this is.")
    ahead = models.BigIntegerField(
        default=0, help_text="Added to the number of a transaction, so that new places follow those restored."
    )
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(single=True), name="change_epoch_is_one")]

    def __str__(self) -> str:
        return str(self.token)


class Change(models.Model):
    """An entry for followers of the register, ordered by (transaction, id)."""

    transaction = models.BigIntegerField(
        # The number of the transaction that writes the row, and the epoch's `ahead`.
        db_default=RawSQL("evidence_change_place()", []),
        help_text="Only those older than any that still runs are listed, so that no late commit is missed.",
    )
    record = models.ForeignKey(Record, models.PROTECT, related_name="changes")
    action = models.CharField(max_length=10, choices=ChangeAction)
    fields = models.JSONField(default=list, help_text="Names of the columns that changed.")
    version = models.PositiveIntegerField(help_text="The record's, from this change on.")
    settlements = ArrayField(
        models.BigIntegerField(), default=list, help_text="What was settled in it: why the columns changed."
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["transaction", "id"]
        indexes = [
            models.Index(fields=["transaction", "id"], condition=~Q(action=ChangeAction.UNSTATED), name="change_listed")
        ]
        triggers = append_only("change_append_only")

    def __str__(self) -> str:
        return f"{self.action} {self.record_id}"
