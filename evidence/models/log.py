"""The log: mentions, claims, verdicts, judgements and settlements. Rows are added, never altered."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import F, Q

from evidence.choices import Decision, Identity, Reason, RecordKind
from evidence.querysets import ClaimQuerySet, JudgementQuerySet, VerdictQuerySet

from .records import Record, mint_id
from .sources import ImportedRow, Run, Snapshot, append_only


class Mention(models.Model):
    """What one source says exists: an item of an article, a row of an import, or an editor's entry.

    Its id is minted here and, should it be the earliest of its cluster, becomes the record's.
    """

    id = models.UUIDField(primary_key=True, default=mint_id, editable=False)
    kind = models.CharField(max_length=20, choices=RecordKind)
    key = models.CharField(max_length=300, unique=True, help_text="Source and path within it.")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="mentions")
    imported_row = models.ForeignKey(ImportedRow, models.PROTECT, null=True, related_name="mentions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="mentions")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", help_text="The mention it is part of."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(snapshot__isnull=False, imported_row__isnull=True, author__isnull=True)
                    | Q(snapshot__isnull=True, imported_row__isnull=False, author__isnull=True)
                    | Q(snapshot__isnull=True, imported_row__isnull=True, author__isnull=False)
                ),
                name="mention_has_one_source",
            )
        ]
        triggers = append_only("mention_append_only")

    def __str__(self) -> str:
        return self.key


class Claim(models.Model):
    """One value that one mention gives to one field, and what it rests on.

    It rests on a span of a snapshot, on a citation that an import or an editor brings, or on an editor's word.
    """

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="claims")
    field = models.CharField(max_length=50)
    value = models.JSONField(null=True, help_text="Normalised value; null where the value is another mention.")
    target = models.ForeignKey(
        Mention,
        models.PROTECT,
        null=True,
        related_name="claims_on",
        help_text="For a field that names a record: the mention that stands for it.",
    )
    confidence = models.FloatField(help_text="Probability that the source says so: 0 to 1.")
    rule = models.CharField(max_length=100, blank=True, help_text="The rule that read it.")
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="claims")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="claims")
    start = models.PositiveIntegerField(null=True, help_text="First code point of the quote in the content.")
    end = models.PositiveIntegerField(null=True, help_text="One past its last code point.")
    quote = models.CharField(max_length=400, blank=True)
    citation_url = models.URLField(max_length=2000, blank=True)
    citation_publisher = models.CharField(max_length=200, blank=True)
    citation_date = models.CharField(max_length=10, blank=True, help_text="YYYY[-MM[-DD]].")
    imported_row = models.ForeignKey(ImportedRow, models.PROTECT, null=True, related_name="claims")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="claims")
    why = models.TextField(blank=True, help_text="An editor's reason.")
    said_on = models.DateField(null=True, help_text="The day the source said so.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        run__isnull=False,
                        snapshot__isnull=False,
                        start__isnull=False,
                        end__gt=F("start"),
                        quote__gt="",
                    )
                    & Q(imported_row__isnull=True, author__isnull=True)
                )
                | (
                    Q(run__isnull=True, snapshot__isnull=True, start__isnull=True, end__isnull=True, quote="")
                    & (
                        Q(imported_row__isnull=False, author__isnull=True, citation_publisher__gt="")
                        | Q(imported_row__isnull=True, author__isnull=False)
                    )
                ),
                name="claim_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, target__isnull=True) | Q(value__isnull=True, target__isnull=False),
                name="claim_has_value_or_target",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="claim_confidence_in_0_1"
            ),
            models.UniqueConstraint(
                fields=["mention", "run", "field", "value", "target", "start", "end"],
                condition=Q(run__isnull=False),
                nulls_distinct=False,
                name="claim_once_per_run",
            ),
        ]
        indexes = [
            # The spans of one snapshot, for the article page.
            models.Index(fields=["snapshot", "start"], name="claim_spans"),
            # Whether a page that is read now was cited before.
            HashIndex(fields=["citation_url"], condition=~Q(citation_url=""), name="claim_cited"),
        ]
        triggers = append_only("claim_append_only")

    def __str__(self) -> str:
        return f"{self.field} = {self.value if self.target_id is None else self.target_id}"


class Verdict(models.Model):
    """A person's decision on a claim. It holds for the value: every claim of it in that record's field shares it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    decision = models.CharField(max_length=10, choices=Decision)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    withdraws = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        help_text="The one verdict that this undoes, as if it had never been given; those before it count again. "
        "An undoing that the second person refused may be asked for anew.",
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdraws__isnull=True) | Q(decision=Decision.WITHDRAW), name="verdict_undone_by_withdrawal"
            )
        ]
        triggers = append_only("verdict_append_only")

    def __str__(self) -> str:
        return f"{self.decision} {self.claim_id}"


class Judgement(models.Model):
    """A person's word on whether two mentions speak of the same thing."""

    left = models.ForeignKey(Mention, models.PROTECT, related_name="judgements_left")
    right = models.ForeignKey(Mention, models.PROTECT, related_name="judgements_right")
    identity = models.CharField(max_length=10, choices=Identity)
    parted = models.ForeignKey(
        Mention,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partings",
        help_text="Of two that are different, the one that was taken out of the other's record: it stays alone.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            # Stored in one direction, so that the latest word on a pair is found whichever way it was said.
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="judgement_ordered_pair"),
            models.CheckConstraint(
                condition=Q(parted__isnull=True)
                | (Q(identity=Identity.DIFFERENT) & (Q(parted=F("left")) | Q(parted=F("right")))),
                name="judgement_parts_one_of_its_two",
            ),
        ]
        triggers = append_only("judgement_append_only")

    def __str__(self) -> str:
        return f"{self.left_id} {self.identity} {self.right_id}"


class Settlement(models.Model):
    """The value a field of a record had from one moment on, why, and what it was weighed against."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="settlements")
    field = models.CharField(max_length=50)
    value = models.JSONField(null=True, help_text="The settled value; a record's id for a field that names one.")
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The claim that best says it; of a link that would close a circle, what is not settled on.",
    )
    reason = models.CharField(max_length=12, choices=Reason)
    contested = models.BooleanField(default=False)
    inputs = models.JSONField(
        default=list, help_text="Every value weighed: value, support, stories, verdict, latest day said."
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        # The value of a field on any day.
        indexes = [models.Index(fields=["record", "field", "-id"], name="settlement_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason=Reason.NONE, value__isnull=True, claim__isnull=True)
                | Q(reason=Reason.CIRCLE, value__isnull=True, claim__isnull=False, contested=True)
                | (~Q(reason__in=[Reason.NONE, Reason.CIRCLE]) & Q(value__isnull=False, claim__isnull=False)),
                name="settlement_value_has_claim",
            )
        ]
        triggers = append_only("settlement_append_only")

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field} = {self.value}"
