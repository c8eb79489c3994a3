"""Pages of a feed by cursor: no counting, no offsets, however deep."""

from __future__ import annotations

import base64
import binascii
import datetime
from typing import Any
from urllib.parse import parse_qs

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from register.keyset import Order, page_of

PAGE_SIZE, MOST = 50, 200
PAGE_SIZE_SCHEMA = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE_SIZE}


def page_size(text: str | None) -> int:
    """How many rows `page_size` asks for; raises ValidationError for anything but a number in range."""
    if text is None:
        return PAGE_SIZE
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= MOST:
        raise ValidationError({"page_size": [f"It is a whole number from 1 to {MOST}."]})
    return int(text)


class RegisterCursorPagination(BasePagination):
    """Follows the view's `order_column`, undated rows last, with the id to break ties.

    Other than DRF's own cursors, which count offsets within equal values and lose rows whose column is null.
    """

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        order = Order(view.order_column, view.newest_first, datetime.date.fromisoformat if view.newest_first else str)
        self.address = request.build_absolute_uri()
        size = page_size(request.query_params.get("page_size"))
        try:
            self.page = page_of(queryset, order, self._place(request.query_params.get("cursor")), size)
        except BadRequest:
            raise ValidationError({"cursor": ["No feed gave out this cursor; start without one."]}) from None
        return self.page.rows

    @staticmethod
    def _place(cursor: str | None) -> QueryDict:
        """The place in the list that a cursor stands for, as pages name it: `after=` or `before=` a key."""
        if cursor is None:
            return QueryDict()
        try:
            place = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode()
        except (binascii.Error, ValueError):
            raise BadRequest("not base64") from None
        if list(parse_qs(place)) not in (["after"], ["before"]):
            raise BadRequest("no place")
        return QueryDict(place)

    def _link(self, place: str) -> str | None:
        if not place:
            return None
        cursor = base64.urlsafe_b64encode(place.removeprefix("?").encode()).decode().rstrip("=")
        return replace_query_param(remove_query_param(self.address, "cursor"), "cursor", cursor)

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"next": self._link(self.page.later), "previous": self._link(self.page.earlier), "results": data}
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Place in the list, as `next` and `previous` give it.",
                "schema": {"type": "string"},
            },
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": "Rows in one answer.",
                "schema": PAGE_SIZE_SCHEMA,
            },
        ]
