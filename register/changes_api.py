"""The feed of changes, for partners that keep a copy: what to fetch anew, where ids lead now, what is no more."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from evidence.api import READABLE, problem
from evidence.changes import START, Place, entries_after, epoch, is_entry, told_fields
from evidence.choices import ChangeAction, Reason, RecordKind, RecordState
from evidence.fields import kind_spec
from evidence.models import Binding, Change, Record, Settlement
from evidence.serializers import ChoiceField
from evidence.weighing import parents_of
from register.pagination import PAGE_SIZE_SCHEMA, page_size

FEEDS = {
    RecordKind.MEETING: "meeting",
    RecordKind.CONTACT_GROUP: "group",
    RecordKind.OFFICIAL: "official",
    RecordKind.PACKAGE: "package",
}
TOMBSTONES = (ChangeAction.WITHDRAW, ChangeAction.RETRACT)


class Restarted(APIException):
    """The register was restored from a backup since this cursor was given out."""

    status_code = 410
    default_detail = (
        "The register was restored from a backup since this cursor was given out, and what it stands for may be "
        "undone. Start without a cursor, and drop what is not named until `more` is false."
    )
    default_code = "restarted"


class ReferenceSerializer(serializers.Serializer):
    """Another record by its id."""

    id = serializers.UUIDField()
    kind = ChoiceField(RecordKind)


class CauseSerializer(serializers.Serializer):
    """Why a field holds what it holds since."""

    field = serializers.CharField(help_text="As in `changed`.")
    reason = ChoiceField(Reason)
    article = serializers.URLField(allow_null=True, help_text="The article that best says so.")
    citation_url = serializers.URLField(allow_null=True, help_text="The page that an import or an editor cites.")
    citation_publisher = serializers.CharField(allow_null=True)


class ChangeSerializer(serializers.Serializer):
    """One change of one record. What it changed to is in the record itself, at `address`."""

    at = serializers.DateTimeField()
    action = serializers.ChoiceField(
        choices=[choice for choice in ChangeAction.choices if choice[0] != ChangeAction.UNSTATED]
    )
    id = serializers.UUIDField()
    kind = ChoiceField(RecordKind)
    version = serializers.IntegerField(help_text="The record's since this change; rises with each.")
    changed = serializers.ListField(
        child=serializers.CharField(),
        help_text="Names of what changed, as `evidence` names fields; empty for what is no more.",
    )
    why = CauseSerializer(many=True, help_text="Empty for what is no more, and where nothing was settled anew.")
    part_of = ReferenceSerializer(
        allow_null=True, help_text="Of a row of another record: that record. It is stated only with it."
    )
    stated = serializers.BooleanField(help_text="Does the register state it today, or what its id leads to?")
    leads_to = ReferenceSerializer(
        allow_null=True, help_text="Of a record that is merged today: the record that its id leads to."
    )
    address = serializers.URLField(
        allow_null=True,
        help_text="Where to fetch what the register states today: the record, of a row its whole, of one merged away "
        "what it leads to. Null where it is not stated, and of organisations, which have no feed of their own.",
    )


class ChangePageSerializer(serializers.Serializer):
    """Changes in their order."""

    next = serializers.URLField(help_text="Where to go on, now or later. Keep it; there is always one.")
    more = serializers.BooleanField(help_text="Are there more already? If not, wait before asking `next`.")
    results = ChangeSerializer(many=True)


@method_decorator(conditional_page, name="dispatch")
class ChangesView(APIView):
    """Every change of every record, the earliest first: what partners poll to keep a copy.

    Start without a cursor, then ask `next`, again and again, at whatever interval suits. No entry is told twice to who
    goes on from `next`, and none is missed, however many write at the same time: a change is listed once every
    transaction that began before its own has ended, so that a long import holds back what was written during it.

    For every entry look at what stands today. Drop the record and its rows if it is not `stated`, else fetch `address`,
    and keep `leads_to` as what its id stands for: a copy that does so ends up with what the register states, whatever
    happened in between. `action` says what happened then. `create` and `restore`: stated as fact from then on.
    `update`: changed. `merge`: its id leads to another record. `withdraw` and `retract` are tombstones: it was no more,
    in the one case because too little spoke for it, in the other because an editor found that it does not exist.

    Answers carry an ETag: ask with If-None-Match, and nothing new is 304. After 410 with code `restarted`, start anew.
    """

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter("cursor", str, description="Place in the feed, as `next` gives it."),
            OpenApiParameter("page_size", PAGE_SIZE_SCHEMA, description="Entries in one answer."),
        ],
        responses={
            200: ChangePageSerializer,
            (400, "application/problem+json"): READABLE[400, "application/problem+json"],
            (410, "application/problem+json"): problem("The register was restored from a backup since; start anew."),
        },
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        unknown = sorted(set(asked) - {"cursor", "page_size"})
        if unknown:
            raise ValidationError({name: ["Unknown parameter; known are cursor and page_size."] for name in unknown})
        size = page_size(asked.get("page_size"))
        now = epoch()
        token, place = _place(asked["cursor"]) if "cursor" in asked else (now.token, START)
        if token != now.token or not is_entry(place):
            raise Restarted
        found = entries_after(place, now.ahead, size + 1)
        shown = found[:size]
        if shown:
            place = Place(shown[-1].transaction, shown[-1].pk)
        query = asked.copy()
        query["cursor"] = _cursor(now.token, place)
        return Response(
            {
                "next": request.build_absolute_uri(f"{request.path}?{query.urlencode()}"),
                "more": len(found) > size,
                "results": ChangeSerializer(_told(shown, request), many=True).data,
            }
        )


def _cursor(token: UUID, place: Place) -> str:
    text = f"{token}~{place.transaction}~{place.entry}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[UUID, Place]:
    """The epoch and the place that a cursor stands for; raises ValidationError for what is none."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        token, *numbers = text.split("~")
        place = Place(*map(int, numbers))
        # As it is written here, and no larger than a column holds.
        if _cursor(UUID(token), place) == cursor and min(place) >= 0 and max(place) < 2**63:
            return UUID(token), place
    except (binascii.Error, ValueError, TypeError):
        pass
    raise ValidationError({"cursor": ["No feed gave out this cursor; start without one."]})


def _told(changes: Sequence[Change], request: Request) -> list[dict[str, Any]]:
    """Entries as they are sent: what happened, why, and where the record is to be found today; five queries."""
    records = {change.record_id: change.record for change in changes}
    merged = [pk for pk, record in records.items() if record.state == RecordState.MERGED]
    leads_to = dict(Binding.objects.filter(mention__in=merged).values_list("mention", "record"))
    here = [leads_to.get(pk) or pk for pk in records]
    wholes = parents_of([*here, *records])
    others = Record.objects.in_bulk({*here, *wholes.values()} - set(records)) | records
    settled = Settlement.objects.select_related("claim__snapshot").defer("inputs", "claim__snapshot__text")
    causes = settled.in_bulk([pk for change in changes for pk in change.settlements])

    def reference(pk: UUID | None) -> dict[str, Any] | None:
        return {"id": pk, "kind": others[pk].kind} if pk else None

    def entry(change: Change) -> dict[str, Any]:
        record = change.record
        target = others[leads_to.get(record.pk) or record.pk]
        # Why a value was taken is not told of what an editor has found not to exist.
        silent = change.action in TOMBSTONES or record.state == RecordState.RETRACTED
        return {
            "at": change.at,
            "action": change.action,
            "id": record.pk,
            "kind": record.kind,
            "version": change.version,
            "changed": [] if silent else told_fields(kind_spec(record.kind), change.fields),
            "why": [] if silent else [_cause(causes[pk], request) for pk in change.settlements],
            "part_of": reference(wholes.get(record.pk)),
            "stated": _is_stated(target, others.get(wholes.get(target.pk))),
            "leads_to": reference(target.pk if target.pk != record.pk else None),
            "address": _address(target, others.get(wholes.get(target.pk)), request),
        }

    return [entry(change) for change in changes]


def _cause(settlement: Settlement, request: Request) -> dict[str, Any]:
    claim = settlement.claim
    article = claim.snapshot.article_id if claim and claim.snapshot else None
    return {
        "field": settlement.field,
        "reason": settlement.reason,
        "article": request.build_absolute_uri(reverse("api:article-detail", args=[article])) if article else None,
        "citation_url": claim.citation_url or None if claim else None,
        "citation_publisher": claim.citation_publisher or None if claim else None,
    }


def _is_stated(record: Record, whole: Record | None) -> bool:
    """A row is stated only with what it is a row of."""
    return RecordState.LIVE == record.state == (whole or record).state


def _address(record: Record, whole: Record | None, request: Request) -> str | None:
    """Where the record, or what it is a row of, is told; None where it is not stated or has no feed."""
    shown = whole or record
    if not _is_stated(record, whole) or shown.kind not in FEEDS:
        return None
    return request.build_absolute_uri(reverse(f"api:{FEEDS[RecordKind(shown.kind)]}-detail", args=[shown.pk]))
