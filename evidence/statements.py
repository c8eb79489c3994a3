"""The fixed statements by which articles are bound and settled, parsed and planned once a session.

Each joins many tables for a few keys, so that planning it costs PostgreSQL about as much as running it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor


class _Prepared(Cursor[Any]):
    """Sends parameters apart from the statement, which Django's own cursor does not."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> _Prepared:
        return super().execute(query, params, prepare=True, **options)


def prepared() -> CursorWrapper:
    """A cursor that has PostgreSQL keep what it is given to execute; for statements whose text never varies."""
    connection.ensure_connection()
    cursor: Any = _Prepared(connection.connection)
    # Counted and logged like every other query.
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
