"""A register of its own to measure in: a database made beside the configured one, and dropped afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from psycopg import sql

import funding.vocabulary
import meetings.vocabulary
import people.vocabulary
from ingest.reference import load


@contextmanager
def scratch_register() -> Iterator[None]:
    """An empty register with the reference data, to which this process is connected meanwhile.

    Raises OperationalError where the database server cannot be reached or refuses to make a database.
    """
    former = connection.settings_dict["NAME"]
    name = f"{former}_scratch_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    _connect(name)
    try:
        call_command("migrate", verbosity=0)
        load()
        yield
    finally:
        _connect(former)
        with connection._nodb_cursor() as cursor:
            # Not WITH (FORCE), which fails where autovacuum is at work: plain dropping asks that to leave.
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _connect(name: str) -> None:
    """Turn this process to another database, without what it remembers of the one before."""
    connection.close()
    connection.settings_dict["NAME"] = name
    for vocabulary in (people.vocabulary, meetings.vocabulary, funding.vocabulary):
        vocabulary.forget()
