"""Who asked, where a proxy stands between."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that the one trusted proxy names, last in X-Forwarded-For; what stands before it anybody can send."""
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))
