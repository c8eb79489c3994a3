"""Pairs of records that may be one, read from their identity keys whenever they are asked for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evidence.choices import Identity, RecordKind
from evidence.querysets import PairQuerySet

from .records import Record


class CandidatePair(models.Model):
    """Two live records that share an identity key, and what was last said of the two: the earlier record first.

    A row of a view, not of a table: what waits for a decision follows from the records and judgements as they stand.
    """

    id = models.CharField(primary_key=True, max_length=73, help_text="Both ids, a dot between them.")
    kind = models.CharField(max_length=20, choices=RecordKind)
    left = models.ForeignKey(Record, models.DO_NOTHING, related_name="+")
    right = models.ForeignKey(Record, models.DO_NOTHING, related_name="+")
    keys = ArrayField(models.CharField(max_length=300), help_text="The identity keys that both hold.")
    word = models.CharField(
        max_length=10, choices=Identity, blank=True, help_text="What an editor said: different, not sure, or nothing."
    )
    judgement = models.ForeignKey("evidence.Judgement", models.DO_NOTHING, null=True, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        managed = False
        ordering = ["-right_id", "left_id"]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}"
