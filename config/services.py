"""Says in one line which server does not answer, where it was looked for and what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

START = "Start it, or run `bin/run`, which brings its own when {variable} is unset."


def database_fault(error: Exception) -> str:
    """One line for a PostgreSQL that cannot be used; never contains the password."""
    database = settings.DATABASES["default"]
    host, port = database.get("HOST") or "the local socket", database.get("PORT") or 5432
    cause = " ".join(str(error).split())[:200]
    return (
        f"PostgreSQL does not answer: looked for database {database['NAME']!r} on {host} port {port} ({cause}). "
        + START.format(variable="DATABASE_URL")
    )


def broker_fault(error: Exception) -> str:
    """One line for a Redis-protocol server that cannot be used; never contains the password."""
    parts = urlsplit(settings.REDIS_URL)
    where = f"{parts.hostname or parts.path} port {parts.port or 6379}"
    cause = " ".join(str(error).split())[:200]
    return f"The Redis-protocol broker does not answer: looked for it on {where} ({cause}). " + START.format(
        variable="REDIS_URL"
    )
