"""Errors of the feeds as RFC 9457 problem documents, whoever raises them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

log = logging.getLogger("django.request")

MEDIA_TYPE = "application/problem+json"
FEEDS = "/api/"
DETAILS = {
    400: "The request cannot be read.",
    403: "This is not for you to read.",
    404: "Nothing is at this address. The feeds are listed at /api/v1/.",
    500: "The fault is on our side and has been recorded.",
}


def problem(request: HttpRequest, status: int, detail: str = "", code: str = "", **more: Any) -> dict[str, Any]:
    """One problem document."""
    title = HTTPStatus(status).phrase
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
        "code": code or title.lower().replace(" ", "_"),
        "instance": request.path,
        **more,
    }


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """What a feed answers to an exception. One that nobody foresaw is logged with its trace and says nothing more."""
    request = context["request"]
    response = exception_handler(error, context)
    if response is None:
        log.error("Internal Server Error: %s", request.path, exc_info=error)
        set_rollback()
        response = Response({"detail": DETAILS[500]}, status=500)
    data = response.data
    if isinstance(data, dict) and set(data) == {"detail"}:
        detail = data["detail"]
        response.data = problem(request, response.status_code, str(detail), getattr(detail, "code", ""))
    else:
        errors = _errors(data)
        detail = " ".join(f"{e['name']}: {e['message']}" if e["name"] else e["message"] for e in errors)
        response.data = problem(request, response.status_code, detail, "invalid", errors=errors)
    renderer = getattr(request, "accepted_renderer", None)
    if renderer is None or renderer.media_type == "application/json":
        response.content_type = MEDIA_TYPE
    return response


def _errors(data: Any) -> list[dict[str, str]]:
    fields = data if isinstance(data, dict) else {"": data}
    return [
        {"name": "" if name == "__all__" else str(name), "message": str(message)}
        for name, messages in fields.items()
        for message in messages
    ]


# What Django answers before or beside the feeds' own views.


def _answer(request: HttpRequest, status: int, page: Callable[..., HttpResponse], *args: Any) -> HttpResponse:
    if request.path.startswith(FEEDS):
        return JsonResponse(problem(request, status), status=status, content_type=MEDIA_TYPE)
    return page(request, *args)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, defaults.bad_request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, defaults.permission_denied, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, defaults.page_not_found, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, defaults.server_error)
