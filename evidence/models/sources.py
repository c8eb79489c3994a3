"""Where claims come from: outlets, articles and their snapshots, imported rows, and the runs that read them."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from evidence.choices import RunOutcome

RELIABILITY = [MinValueValidator(0.0), MaxValueValidator(1.0)]


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Triggers by which PostgreSQL itself refuses to change or remove a row of the log."""
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


class Outlet(models.Model):
    """A publisher: a newspaper, an agency, a ministry's press office."""

    name = models.CharField(max_length=200, unique=True, help_text="Name under which it publishes.")
    domain = models.CharField(max_length=200, blank=True, help_text="Main web domain, without www.")
    reliability = models.FloatField(
        validators=RELIABILITY,
        help_text="0 to 1, from the latest rating: how much one of its statements counts in settlement.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reliability__gte=0) & Q(reliability__lte=1), name="outlet_reliability_in_0_1"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OutletRating(models.Model):
    """One person's rating of an outlet on one day; the latest counts. Append-only."""

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="ratings")
    reliability = models.FloatField(validators=RELIABILITY, help_text="0 to 1.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField(help_text="What the rating rests on.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reliability__gte=0) & Q(reliability__lte=1), name="rating_reliability_in_0_1"
            )
        ]
        triggers = append_only("rating_append_only")

    def __str__(self) -> str:
        return f"{self.outlet} {self.reliability:.2f}"


class Article(models.Model):
    """A published text, known by its address or, without one, by its content."""

    key = models.CharField(
        max_length=2100,
        unique=True,
        help_text="The canonical address, or `sha256:` and the content's hash where there is none.",
    )
    url = models.URLField(max_length=2000, blank=True, help_text="Address as published; empty if unknown.")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles")
    title = models.CharField(max_length=1000, help_text="Headline of the latest snapshot.")
    published = models.DateField(
        null=True, blank=True, db_index=True, help_text="Publication date of the latest snapshot, if known."
    )
    story = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        help_text="The article that stands for the story this one shares with near-identical texts; "
        "empty while it stands alone. Copies count as one witness.",
    )
    note = models.TextField(blank=True, help_text="What the submitter says of it, shown beside the text.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-published", "-id"]
        # The list of articles, newest first.
        indexes = [models.Index(F("published").desc(nulls_last=True), F("id").desc(), name="article_newest")]

    def __str__(self) -> str:
        return self.title


class Snapshot(models.Model):
    """An article's text and date as they stood at one time; never changed. Claims point into `content`."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="snapshots")
    title = models.CharField(max_length=1000)
    text = models.TextField(help_text="Main text, paragraphs parted by blank lines, exactly as offsets count it.")
    content_sha256 = models.CharField(max_length=64, help_text="Of title, blank line, text, in UTF-8.")
    published = models.DateField(null=True, blank=True, help_text="Publication date given with this text.")
    language = models.CharField(max_length=8, blank=True, help_text="ISO 639-1, as detected.")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            # The same text under a date that was put right is a version of its own: "on Wednesday" is another day.
            models.UniqueConstraint(
                fields=["article", "content_sha256", "published"],
                nulls_distinct=False,
                name="snapshot_once_per_content_and_date",
            )
        ]
        triggers = append_only("snapshot_append_only")

    def __str__(self) -> str:
        return f"{self.title} ({self.content_sha256[:8]})"

    @property
    def content(self) -> str:
        """What offsets count in: title, blank line, text; Unicode code points."""
        return f"{self.title}\n\n{self.text}"


class Band(models.Model):
    """One band of an article's MinHash: articles that share a band are compared as near-duplicates."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bands")
    position = models.PositiveSmallIntegerField()
    digest = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "position", "digest"], name="band_once")]
        # Who else has this band?
        indexes = [models.Index(fields=["position", "digest"], name="band_lookup")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.position}"


class Run(models.Model):
    """One reading of one snapshot by one version of an engine."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="runs")
    engine = models.CharField(max_length=50, help_text="Which reader: `rules`, or a language model's name.")
    engine_version = models.CharField(max_length=50)
    published = models.DateField(
        null=True, blank=True, help_text="Publication date against which relative dates were resolved."
    )
    outcome = models.CharField(max_length=20, choices=RunOutcome)
    error = models.TextField(blank=True, help_text="What went wrong, in one line.")
    relevant = models.BooleanField(default=True, help_text="Is the text about arms coordination at all?")
    facts = models.JSONField(default=dict, help_text="What was read, in the interchange format.")
    duration_ms = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    live = models.BooleanField(
        default=False,
        help_text="Is this the latest successful run of the article's latest usable snapshot?",
    )
    withdrawn = models.BooleanField(
        default=False, help_text="Was this reading taken back? An earlier one is live in its place."
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "engine", "engine_version", "published"],
                condition=~Q(outcome=RunOutcome.FAILED),
                nulls_distinct=False,
                name="run_once_per_version",
            ),
            models.CheckConstraint(
                condition=Q(outcome=RunOutcome.FAILED, error__gt="") | ~Q(outcome=RunOutcome.FAILED) & Q(error=""),
                name="run_error_iff_failed",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(outcome=RunOutcome.FAILED), name="run_live_only_if_read"
            ),
            models.CheckConstraint(condition=Q(live=False) | Q(withdrawn=False), name="run_live_only_if_not_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.engine_version} on {self.snapshot_id}"


class ImportedRow(models.Model):
    """One row of an imported file of facts. A changed row is a new row; the old one is no longer live."""

    file = models.CharField(max_length=200, help_text="Name of the file it came from.")
    row_key = models.CharField(max_length=500, help_text="What identifies the row within its file.")
    content = models.JSONField(help_text="The row as it stood, column to text.")
    content_sha256 = models.CharField(max_length=64)
    live = models.BooleanField(default=True, help_text="Does the file still say so?")
    position = models.PositiveIntegerField(
        default=0, help_text="Where it stands among the rows of its file, from 1; 0 where order means nothing."
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["file", "row_key", "id"]
        constraints = [models.UniqueConstraint(fields=["file", "row_key", "content_sha256"], name="imported_row_once")]

    def __str__(self) -> str:
        return f"{self.file}: {self.row_key}"
