"""Records: what the register states, each a projection of the mentions bound to it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from uuid_utils.compat import uuid7

from evidence.choices import RecordKind, RecordState
from evidence.querysets import RecordQuerySet


def mint_id() -> uuid.UUID:
    """A new UUIDv7: ordered by time, so that the earliest mention of a cluster has the lowest."""
    return uuid7()


class Record(models.Model):
    """Something in the world about which the register holds claims.

    One row is one cluster of mentions; every column of a subclass is recomputed from their claims.
    The id is that of the earliest mention. Rows are never removed: a merged record redirects.
    """

    id = models.UUIDField(primary_key=True, editable=False, default=mint_id)
    kind = models.CharField(max_length=20, choices=RecordKind, editable=False)
    state = models.CharField(
        max_length=20, choices=RecordState, default=RecordState.UNCONFIRMED, editable=False, db_index=True
    )
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Rises with every change; a save made from an older one is refused.",
    )
    identity_keys = ArrayField(
        models.CharField(max_length=300),
        default=list,
        editable=False,
        help_text="What identifies it; two live records that share one are a candidate pair.",
    )
    contested_fields = ArrayField(
        models.CharField(max_length=50),
        default=list,
        editable=False,
        help_text="Fields with two values above the threshold that cannot both be true.",
    )
    first_reported = models.DateField(
        null=True, editable=False, help_text="Day of the earliest source that speaks of it, where that is known."
    )
    last_reported = models.DateField(null=True, editable=False, help_text="Day of the latest source, likewise.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # The column that holds the record this kind is part of; none for what stands by itself.
    whole: ClassVar[str] = ""
    # Columns that follow from its whole's parts taken together; settling one record leaves them alone.
    joint: ClassVar[tuple[str, ...]] = ()

    objects = RecordQuerySet.as_manager()

    class Meta:
        # The change-ordered feed of one kind.
        indexes = [models.Index(fields=["kind", "-updated_at"], name="record_kind_updated")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_reported__isnull=True, last_reported__isnull=True)
                | models.Q(
                    first_reported__isnull=False,
                    last_reported__isnull=False,
                    last_reported__gte=F("first_reported"),
                ),
                name="record_reported_paired",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


def record_link() -> models.OneToOneField[Record, Record]:
    """The link of a kind's model to its base, out of the way of fields called `meeting` or `official`."""
    return models.OneToOneField(Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_%(class)s")


class Binding(models.Model):
    """Which record a mention belongs to now: the result of clustering, recomputed at will."""

    mention = models.OneToOneField(
        "evidence.Mention", models.PROTECT, primary_key=True, related_name="binding", db_constraint=True
    )
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="bindings")
    kind = models.CharField(max_length=20, choices=RecordKind)
    block = models.CharField(max_length=300, help_text="Mentions are compared within one block only.")
    features = models.JSONField(default=dict, help_text="What clustering compares, taken from the claims.")
    signature = models.CharField(max_length=64, help_text="Hash of kind, block and features.")
    live = models.BooleanField(default=True, help_text="Does it have live claims?")

    class Meta:
        indexes = [
            # The nodes of one block, and the records of one signature.
            models.Index(fields=["kind", "block", "signature", "record"], name="binding_block_records"),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} -> {self.record_id}"


class SettledField(models.Model):
    """The current settlement of one field of one record, with the weight behind it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="settled")
    field = models.CharField(max_length=50)
    settlement = models.ForeignKey("evidence.Settlement", models.PROTECT, related_name="+")
    contested = models.BooleanField(default=False)
    decided = models.BooleanField(default=False, help_text="Did an editor state or accept it?")
    stories = models.PositiveIntegerField(default=0, help_text="Independent stories behind the value.")
    support = models.FloatField(default=0)
    priority = models.FloatField(
        default=0, help_text="Doubt x reach: how much it is worth an editor's look; 0 where there is nothing to decide."
    )
    drifted_at = models.DateTimeField(
        null=True, help_text="When a source last came in that speaks against what an editor decided since they did."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "field"], name="settled_field_once")]
        indexes = [
            # The review queue, the contested fields and the drift inbox, each in the order in which it is worked off.
            models.Index(
                F("priority").desc(),
                F("record").desc(),
                F("field").desc(),
                condition=models.Q(priority__gt=0),
                name="settled_review",
            ),
            models.Index(
                F("priority").desc(),
                F("record").desc(),
                F("field").desc(),
                condition=models.Q(contested=True),
                name="settled_contested",
            ),
            models.Index(
                F("drifted_at").desc(),
                F("record").desc(),
                F("field").desc(),
                condition=models.Q(drifted_at__isnull=False),
                name="settled_drift",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field}"
