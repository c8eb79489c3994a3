"""The base of the feeds of records, and the feed of articles."""

# The libraries' classes carry no types.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers, viewsets
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from evidence.choices import RecordState
from evidence.filters import ArticleFilter
from evidence.history import day_gone_by, end_of_day
from evidence.models import Article, Record, Run, Snapshot
from evidence.opening import open_records
from evidence.projection import past_record
from evidence.serializers import ArticleListSerializer, ArticleSerializer, PastRecordSerializer
from evidence.services import current_record

UUID_PATTERN = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class Gone(APIException):
    """An editor rejected that it exists."""

    status_code = 410
    default_detail = "This record was retracted: an editor found that it does not exist."
    default_code = "retracted"


class ProblemSerializer(serializers.Serializer):
    """RFC 9457: what went wrong, and where."""

    type = serializers.CharField(help_text="about:blank: the status says what kind of problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField(help_text="Path that was asked for.")
    errors = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        required=False,
        help_text="One entry for each parameter that cannot be read: name and message.",
    )


def problem(description: str) -> OpenApiResponse:
    return OpenApiResponse(ProblemSerializer, description=description)


EVIDENCE = OpenApiParameter(
    "evidence",
    str,
    enum=["0", "1"],
    description="1 adds to each record and row every settled field with its quotes, rivals and who decided.",
)
AS_OF = OpenApiParameter(
    "as_of",
    datetime.date,
    description="A day gone by, YYYY-MM-DD: the record as the register stated it at the end of that day, in UTC. "
    "The answer is a PastRecord, marked by its `as_of`: the settled values alone, in a shape of their own, since what "
    "else the ordinary answer holds follows from other rows as they stand today.",
)
READABLE = {
    (400, "application/problem+json"): problem("A parameter is unknown or cannot be read."),
    (404, "application/problem+json"): problem("No such record, or no longer one."),
}


def documented(
    listed: type[serializers.Serializer], detailed: type[serializers.Serializer], *, merges: bool = True
) -> Any:
    """The answers of one feed, for the schema."""
    moved = {
        301: OpenApiResponse(description="Merged into another record; Location says which."),
        (410, "application/problem+json"): problem("Retracted by an editor."),
    }
    dated = PolymorphicProxySerializer(
        component_name=f"{detailed.__name__.removesuffix('Serializer')}OrPast",
        serializers=[detailed, PastRecordSerializer],
        resource_type_field_name=None,
    )
    return extend_schema_view(
        list=extend_schema(parameters=[EVIDENCE], responses={200: listed(many=True), **READABLE}),
        retrieve=extend_schema(
            parameters=[EVIDENCE, AS_OF] if merges else [EVIDENCE],
            responses={200: dated if merges else detailed, **READABLE, **(moved if merges else {})},
            filters=False,
        ),
    )


@method_decorator(conditional_page, name="dispatch")
class FeedViewSet(viewsets.ReadOnlyModelViewSet):
    """One feed: a light line for each row in the list, everything in the detail.

    `order_column` orders the list: by a day, newest first and undated last, or by name; the id breaks ties.
    `rows` names the prefetched relations whose records the list shows, `detail_rows` those of the detail;
    a dot leads to the rows of rows.
    """

    list_serializer_class: type[serializers.Serializer]
    order_column = "name"
    newest_first = False
    rows: Sequence[str] = ()
    detail_rows: Sequence[str] = ()

    def get_serializer_class(self) -> type[serializers.Serializer]:
        return self.list_serializer_class if self.action == "list" else self.serializer_class

    def get_serializer(self, *args: Any, **kwargs: Any) -> serializers.Serializer:
        kwargs.setdefault("context", self.get_serializer_context())
        if args and self.wants_evidence():
            shown = args[0] if kwargs.get("many") else [args[0]]
            kwargs["context"]["opened"] = open_records(self.shown_records(shown))
        return self.get_serializer_class()(*args, **kwargs)

    def wants_evidence(self) -> bool:
        asked = self.request.query_params.get("evidence", "0")
        if asked not in ("0", "1"):
            raise ValidationError({"evidence": ["It is either 1 or 0."]})
        return bool(asked == "1")

    def shown_records(self, shown: Iterable[Any]) -> list[UUID]:
        """Ids of the records that these objects are and contain."""
        found: list[UUID] = []
        for instance in shown:
            if isinstance(instance, Record):
                found.append(instance.pk)
            for relation in self.rows if self.action == "list" else self.detail_rows:
                found += [row.pk for row in related([instance], relation)]
        return found

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
        unknown = sorted(set(request.query_params) - {"evidence"})
        if unknown:
            raise ValidationError({name: ["Unknown parameter; known is evidence."] for name in unknown})
        return super().retrieve(request, *args, **kwargs)

    def get_object(self) -> Any:
        try:
            return super().get_object()
        except Http404:
            raise Http404("Nothing in this feed has this id.") from None

    def moved(self, pk: Any) -> HttpResponse:
        """A permanent redirect to the same answer about another row of this feed."""
        address = reverse(self.request.resolver_match.view_name, args=[pk])
        query = self.request.META.get("QUERY_STRING")
        # A client keeps a permanent redirect for good, and a merge can be taken back.
        headers = {"Cache-Control": "no-cache"}
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address, headers=headers)


def related(instances: Iterable[Any], path: str) -> list[Any]:
    """The rows at the end of a dotted path of relations."""
    found = list(instances)
    for relation in path.split("."):
        found = [row for instance in found for row in getattr(instance, relation).all()]
    return found


class RecordViewSet(FeedViewSet):
    """A feed of records: those not live say why, those merged away lead on."""

    lookup_value_regex = UUID_PATTERN

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
        if "as_of" in request.query_params:
            return self.past(request, UUID(self.kwargs["pk"]))
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            return self.elsewhere(UUID(self.kwargs["pk"]))

    def past(self, request: Request, pk: UUID) -> Response:
        """The record as it stood at the end of the day that `as_of` names; raises Gone or Http404 for none."""
        unknown = sorted(set(request.query_params) - {"as_of"})
        if unknown:
            raise ValidationError({name: ["It cannot stand beside as_of."] for name in unknown})
        try:
            day = day_gone_by(request.query_params["as_of"])
        except ValueError as fault:
            raise ValidationError({"as_of": [str(fault)]}) from None
        model = self.get_queryset().model
        state = model.objects.filter(pk=pk).values_list("state", flat=True).first()
        if state == RecordState.RETRACTED:
            raise Gone
        past = past_record(pk, end_of_day(day)) if state is not None else None
        if past is None:
            raise Http404(f"The register did not state this record on {day.isoformat()}.")
        return Response(PastRecordSerializer(past).data)

    def elsewhere(self, pk: UUID) -> HttpResponse:
        """A redirect to the record that took this one over; raises Gone or Http404 where there is none."""
        model = self.get_queryset().model
        current = current_record(pk)
        if current is not None and current != pk and model.objects.filter(pk=current).exists():
            return self.moved(current)
        state = model.objects.filter(pk=pk).values_list("state", flat=True).first()
        if state == RecordState.RETRACTED:
            raise Gone
        if state == RecordState.WITHDRAWN:
            raise Http404("This record was withdrawn: no article reads that way any more.")
        raise Http404("The register states no such record.")


@documented(ArticleListSerializer, ArticleSerializer, merges=False)
class ArticleViewSet(FeedViewSet):
    """Articles: where they stand, how they were read, and, in the detail, what they claim."""

    queryset = Article.objects.all()
    list_serializer_class = ArticleListSerializer
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    order_column = "published"
    newest_first = True
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Article]:
        live = Run.objects.filter(live=True).defer("facts")
        snapshots = Snapshot.objects.defer("text").prefetch_related(Prefetch("runs", live))
        return Article.objects.select_related("outlet").prefetch_related(Prefetch("snapshots", snapshots))
