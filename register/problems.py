"""Errors of the feeds as RFC 9457 problem documents."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """A problem document for what DRF knows how to answer; None leaves the rest to Django."""
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = response.data.get("detail") if isinstance(response.data, dict) else None
    problem: dict[str, Any] = {
        "title": str(detail) if detail else "The request could not be read.",
        "status": response.status_code,
    }
    if detail is None:
        problem["errors"] = response.data
    response.data = problem
    response.content_type = "application/problem+json"
    return response
