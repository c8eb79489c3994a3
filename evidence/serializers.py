"""What the feeds send: the common kinds of fields, evidence, outlets and articles.

Whatever no source states is null, in every field of every feed.
"""

# The libraries' classes carry no types.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

from typing import Any

from django.db.models import F, Q, TextChoices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import SkipField

from evidence.choices import Reason, RecordKind, RecordState, RunOutcome
from evidence.models import Article, Claim
from evidence.partial_dates import PartialDate
from evidence.projection import PastRecord


def text(help_text: str = "", **kwargs: Any) -> serializers.CharField:
    return TextField(read_only=True, allow_null=True, help_text=help_text, **kwargs)


def names(help_text: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), read_only=True, help_text=help_text)


def number(help_text: str = "", **kwargs: Any) -> serializers.IntegerField:
    return serializers.IntegerField(read_only=True, allow_null=True, help_text=help_text, **kwargs)


class TextField(serializers.CharField):
    """A text; null where it is empty."""

    def to_representation(self, value: str) -> str | None:
        return super().to_representation(value) or None


class ChoiceField(serializers.ChoiceField):
    """One of a vocabulary; null where it is empty. The schema names the vocabulary and says what it distinguishes."""

    def __init__(self, vocabulary: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(choices=vocabulary.choices, read_only=True, allow_null=True, **kwargs)
        named = {
            "title": vocabulary.__name__,
            "type": "string",
            "enum": vocabulary.values,
            "description": vocabulary.__doc__,
        }
        extend_schema_field({"anyOf": [named, {"type": "null"}]})(self)

    def to_representation(self, value: str) -> str | None:
        return super().to_representation(value) or None


@extend_schema_field(
    {
        "type": ["string", "null"],
        "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
        "examples": ["2022-09-28", "2024-11", "2025"],
    }
)
class PartialDateField(serializers.Field):
    """A column and its precision as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: exactly as much as is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **{"source": "*", **kwargs})

    def to_representation(self, row: Any) -> str | None:
        first = getattr(row, self.field_name)
        return str(PartialDate.of(first, getattr(row, f"{self.field_name}_precision"))) if first else None


class LiveReference(serializers.Serializer):
    """Another record in short; null unless the register states it as fact."""

    id = serializers.UUIDField(source="pk", read_only=True)

    def to_representation(self, record: Any) -> dict[str, Any] | None:
        return super().to_representation(record) if record.state == RecordState.LIVE else None


# Evidence


class QuoteSerializer(serializers.Serializer):
    """One claim: a span of an article, a citation that an import brings, or an editor's word."""

    claim = serializers.IntegerField(read_only=True)
    basis = serializers.ChoiceField(
        choices=[("span", "Span of an article"), ("citation", "Citation"), ("editor", "Editor's word")], read_only=True
    )
    article = number("Id of the article.")
    article_title = text()
    outlet = text("Publisher of the article or citation.")
    url = text()
    quote = text("The words, exactly as they stand.")
    start = number("First code point of the quote in title, blank line, text.")
    end = number("One past its last code point.")
    date = text("Day on which it was said: YYYY[-MM[-DD]].", source="date_text")
    confidence = serializers.FloatField(read_only=True, help_text="Probability that the source says so: 0 to 1.")
    rule = text("The rule that read it.")
    story = serializers.CharField(read_only=True, help_text="Quotes of one story count as one witness.")
    author = text("The editor who stated it.")
    why = text("The editor's reason.")


class OpenValueSerializer(serializers.Serializer):
    """One value of a field with what speaks for it."""

    value = serializers.JSONField(read_only=True)
    leads = serializers.BooleanField(read_only=True, help_text="Is it what the register states?")
    support = serializers.FloatField(
        read_only=True, help_text="Sum over stories of the best outlet reliability × confidence."
    )
    stories = serializers.IntegerField(read_only=True, help_text="Independent stories that say it.")
    accepted = serializers.BooleanField(read_only=True)
    rejected = serializers.BooleanField(read_only=True)
    quotes = QuoteSerializer(many=True, read_only=True)


class OpenFieldSerializer(serializers.Serializer):
    """One field of a record, opened: the settled value, its rivals, and the words behind each."""

    label = serializers.CharField(read_only=True)
    value = serializers.JSONField(read_only=True, help_text="As settled; a record's id where it names one.")
    mark = serializers.ChoiceField(
        choices=[("decided", "An editor decided"), ("contested", "Sources disagree"), ("machine", "As read")],
        read_only=True,
    )
    reason = serializers.ChoiceField(choices=Reason.choices, read_only=True)
    reason_text = serializers.CharField(read_only=True)
    contested = serializers.BooleanField(read_only=True)
    decided_by = text("The editor who decided last.")
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    stories = serializers.IntegerField(read_only=True)
    support = serializers.FloatField(read_only=True)
    values = OpenValueSerializer(many=True, read_only=True)


class EvidenceField(serializers.DictField):
    """Every settled field of the record by name; sent with `?evidence=1` only."""

    child = OpenFieldSerializer()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"required": False, "help_text": "Every settled field, opened; with `?evidence=1`.", **kwargs}
        )

    def get_attribute(self, record: Any) -> Any:
        opened = self.context.get("opened")
        if opened is None:
            raise SkipField
        return opened.get(record.pk, {})


class RecordSerializer(serializers.Serializer):
    """What every record has."""

    id = serializers.UUIDField(source="pk", read_only=True, help_text="Stable; the id of a merged record redirects.")
    version = serializers.IntegerField(read_only=True, help_text="Rises with every change.")
    updated_at = serializers.DateTimeField(read_only=True)
    contested_fields = names("Fields about which sources disagree.")
    evidence = EvidenceField()


# Days gone by


class PastValueSerializer(serializers.Serializer):
    """One value as it stood."""

    value = serializers.JSONField(read_only=True, help_text="As settled; a record's id where it names one.")
    since = serializers.DateTimeField(read_only=True)
    reason = serializers.ChoiceField(choices=Reason.choices, read_only=True)
    contested = serializers.BooleanField(read_only=True)
    claim = serializers.IntegerField(read_only=True, help_text="The claim that best said it.")


class PastPartSerializer(serializers.Serializer):
    """A row of a record as it stood: an attendance, a share, a statement."""

    id = serializers.UUIDField(source="pk", read_only=True)
    kind = serializers.ChoiceField(choices=RecordKind.choices, read_only=True)
    name = serializers.SerializerMethodField()
    values = serializers.DictField(child=PastValueSerializer(), read_only=True, help_text="By field.")

    def get_name(self, past: PastRecord) -> str:
        return str(past.row)


class PastRecordSerializer(PastPartSerializer):
    """A record as the register stated it at the end of a day; sent with `?as_of=` only, never as the state of today."""

    as_of = serializers.DateTimeField(source="at", read_only=True, help_text="The instant; the last of the day, UTC.")
    parts = PastPartSerializer(many=True, read_only=True)


# Outlets and articles


class OutletSerializer(serializers.Serializer):
    """A publisher."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)
    domain = text()
    reliability = serializers.FloatField(read_only=True, help_text="How much one of its statements counts: 0 to 1.")


class RunSerializer(serializers.Serializer):
    """The reading that the register rests on now."""

    engine = serializers.CharField(read_only=True)
    engine_version = serializers.CharField(read_only=True)
    outcome = serializers.ChoiceField(choices=RunOutcome.choices, read_only=True)
    relevant = serializers.BooleanField(read_only=True, help_text="Is the text about arms coordination at all?")
    published = serializers.DateField(
        read_only=True, allow_null=True, help_text="The day against which relative dates were read."
    )
    started_at = serializers.DateTimeField(read_only=True)


class ArticleListSerializer(serializers.Serializer):
    """A published text; the text itself is not sent."""

    id = serializers.IntegerField(source="pk", read_only=True)
    title = serializers.CharField(read_only=True)
    url = text("Address as published.")
    outlet = OutletSerializer(read_only=True)
    published = serializers.DateField(read_only=True, allow_null=True)
    story = serializers.SerializerMethodField(
        help_text="Id of the article that stands for its story; copies count as one witness."
    )
    note = text("What the submitter says of it.")
    run = serializers.SerializerMethodField()

    def get_story(self, article: Article) -> int:
        return article.story_id or article.pk

    @extend_schema_field(RunSerializer(allow_null=True))
    def get_run(self, article: Article) -> dict[str, Any] | None:
        runs = [run for snapshot in article.snapshots.all() for run in snapshot.runs.all()]
        return RunSerializer(runs[0]).data if runs else None


class ClaimSerializer(serializers.Serializer):
    """One value that the article gives to one field of one record."""

    id = serializers.IntegerField(source="pk", read_only=True)
    record = serializers.UUIDField(source="bound_record", read_only=True, allow_null=True)
    kind = serializers.ChoiceField(choices=RecordKind.choices, source="mention.kind", read_only=True)
    state = ChoiceField(RecordState, source="bound_state", help_text="Of the record.")
    field = serializers.CharField(read_only=True)
    value = serializers.SerializerMethodField(help_text="As normalised; a record's id where the field names one.")
    quote = serializers.CharField(read_only=True)
    start = serializers.IntegerField(read_only=True, help_text="First code point in title, blank line, text.")
    end = serializers.IntegerField(read_only=True, help_text="One past the last.")
    confidence = serializers.FloatField(read_only=True)
    rule = text()

    @extend_schema_field(serializers.JSONField())
    def get_value(self, claim: Any) -> Any:
        return str(claim.target_record) if claim.target_id else claim.value


class ArticleSerializer(ArticleListSerializer):
    """An article with the claims of its live reading."""

    content_sha256 = serializers.SerializerMethodField(help_text="Of title, blank line, text, as read; in UTF-8.")
    copies = serializers.SerializerMethodField(help_text="Ids of the other articles of its story.")
    claims = serializers.SerializerMethodField(help_text="Those of the live reading, in the order of the text.")

    def get_copies(self, article: Article) -> list[int]:
        story = article.story_id or article.pk
        others = Article.objects.filter(Q(pk=story) | Q(story=story)).exclude(pk=article.pk)
        return list(others.order_by("pk").values_list("pk", flat=True))

    @extend_schema_field(ClaimSerializer(many=True))
    def get_claims(self, article: Article) -> Any:
        claims = (
            Claim.objects.filter(snapshot__article=article, run__live=True)
            .select_related("mention")
            .annotate_records()
            .annotate(bound_state=F("mention__binding__record__state"))
            .order_by("start", "end", "pk")
        )
        return ClaimSerializer(claims, many=True).data

    @extend_schema_field({"type": ["string", "null"]})
    def get_content_sha256(self, article: Article) -> str | None:
        for snapshot in article.snapshots.all():
            if snapshot.runs.all():
                return snapshot.content_sha256
        return None
