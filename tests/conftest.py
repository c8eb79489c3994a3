"""What every test runs on: the real servers or nothing, no network but this machine, a database of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from pytest_socket import socket_allow_hosts
from real_servers import servers_fault

# The same examples in every run, so that a failure is of the change at hand; nothing is timed.
hypothesis_settings.register_profile("muster", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("muster")
DATABASES = 16  # of a Redis-protocol server, unless it was told otherwise


# The servers


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        # Queues and caches of two workers of xdist must not meet.
        number = int(config.workerinput["workerid"].removeprefix("gw"))
        base = int(urlsplit(settings.REDIS_URL).path.strip("/") or 0)
        use_redis(urlsplit(settings.REDIS_URL)._replace(path=f"/{(base + 8 + number) % DATABASES}").geturl())
    # The test client speaks plain HTTP, and no files are collected; the settings' own tests start processes.
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def use_redis(url: str) -> None:
    """Queue and cache of this process, and through the environment of those it starts."""
    os.environ["REDIS_URL"] = settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": url}}


def pytest_sessionstart(session: pytest.Session) -> None:
    fault = servers_fault()
    if fault:
        pytest.exit(
            f"Not a single test was run: {fault} bin/test starts both servers and runs the tests.", returncode=3
        )


def pytest_runtest_setup(item: pytest.Item) -> None:
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests measured, each figure with the test that did."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name.replace('_', ' ')} = {value}")


# The databases


@pytest.fixture(autouse=True)
def _fresh_vocabularies() -> None:
    """What one test's database held must not be remembered in the next."""
    import funding.vocabulary
    import meetings.vocabulary

    meetings.vocabulary.forget()
    funding.vocabulary.forget()


def _copy_database(source: str, name: str) -> None:
    connection.close()
    _drop_database(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))


def _drop_database(name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} {}")
    with connection._nodb_cursor() as cursor:
        # Ends the sessions of tests that failed. It may not end autovacuum, which plain dropping asks to leave.
        try:
            cursor.execute(drop.format(sql.Identifier(name), sql.SQL("WITH (FORCE)")))
        except ProgrammingError:
            cursor.execute(drop.format(sql.Identifier(name), sql.SQL("")))


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Every connection of this process, those of new threads included, and of processes it starts."""
    connection.close()
    former, url = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    connection.settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former
        os.environ["DATABASE_URL"] = url


@pytest.fixture(scope="session")
def reference_database(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker
) -> Iterator[str]:
    """Name of a database with the schema and the reference data, committed; to be copied, not written to."""
    from django.core.management import call_command

    from ingest.reference import load

    # Not a copy of pytest-django's, which it makes only for sessions whose tests ask for its own fixtures.
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}_{worker}_reference"
    with django_db_blocker.unblock():
        _copy_database("template1", name)
        with _connected_to(name):
            call_command("migrate", verbosity=0)
            load()
    yield name
    with django_db_blocker.unblock():
        _drop_database(name)


@pytest.fixture
def reference_db(reference_database: str, django_db_blocker) -> Iterator[None]:
    """The database with reference data, for a test in one connection; rolled back after it."""
    with django_db_blocker.unblock(), _connected_to(reference_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _copied(reference: str, blocker) -> Iterator[str]:
    with blocker.unblock():
        name = reference.replace("_reference", "_copy")
        _copy_database(reference, name)
        try:
            with _connected_to(name):
                yield name
        finally:
            _drop_database(name)


@pytest.fixture
def committed_db(reference_database: str, django_db_blocker) -> Iterator[str]:
    """A database of this test's own with reference data, in which things are committed: for threads and processes."""
    with _copied(reference_database, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def module_db(reference_database: str, django_db_blocker) -> Iterator[str]:
    """The same for all tests of a module."""
    with _copied(reference_database, django_db_blocker) as name:
        yield name


@pytest.fixture
def editor(request: pytest.FixtureRequest):
    """A member of staff in whichever database the test uses."""
    from django.contrib.auth import get_user_model

    return get_user_model()._default_manager.create_user(username="editor", password="x", is_staff=True)


# The articles


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are read as plain_reader.py says."""
    import plain_reader

    import extraction

    monkeypatch.setattr(extraction, "read", plain_reader.read)
