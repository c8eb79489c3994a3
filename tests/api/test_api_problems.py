"""Whatever goes wrong under /api/ is answered as RFC 9457 says; reading is open or not by one setting."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


def problem(response, status: int) -> dict:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert {"type", "title", "detail", "code", "instance"} <= set(found)
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing/",
        "/api/v2/",
        "/api/v1/meetings/17/",
        "/api/v1/meetings/00000000-0000-7000-8000-000000000000/",
        "/api/v1/nations/QQ/",
        "/api/v1/articles/999999999999999999/",
    ],
)
def test_nothing_there(reference_db, path):
    assert problem(Client().get(path), 404)["instance"] == path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/meetings/", "/api/v1/nations/DE/", "/api/v1/"])
def test_feeds_are_read_only(reference_db, method, path):
    response = getattr(Client(), method)(path, data="{}", content_type="application/json")
    problem(response, 405)
    assert "GET" in response["Allow"]


def test_a_format_that_is_not_offered(reference_db):
    problem(Client().get("/api/v1/meetings/", headers={"Accept": "text/csv"}), 406)


def test_what_nobody_foresaw_says_nothing_more(reference_db, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meetings_meeting RENAME TO elsewhere")
    response = Client(raise_request_exception=False).get("/api/v1/meetings/")
    found = problem(response, 500)
    assert "meetings_meeting" not in str(found)
    assert "meetings_meeting" in caplog.text


def test_pages_keep_their_own_errors(reference_db):
    response = Client().get("/nothing-here/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_reading_for_staff_only(reference_db, settings, editor):
    settings.PUBLIC_READING = False
    paths = ["/api/v1/", "/api/v1/meetings/", "/api/v1/nations/DE/", "/api/v1/schema/?format=json"]
    for path in paths:
        assert Client().get(path).status_code == 403
    problem(Client().get("/api/v1/meetings/"), 403)
    assert Client().get("/api/v1/docs/").status_code == 403
    staff = Client()
    staff.force_login(editor)
    for path in [*paths, "/api/v1/docs/"]:
        assert staff.get(path).status_code == 200, path
    assert Client().get("/healthz").status_code == 200


def test_health_names_the_server_that_fails(reference_db):
    assert Client().get("/healthz").content == b"ok\n"
    database = connection.settings_dict
    former = database["PORT"]
    connection.close()
    database["PORT"] = "1"
    try:
        response = Client().get("/healthz")
    finally:
        database["PORT"] = former
        connection.close()
    assert (response.status_code, response.content) == (503, b"PostgreSQL does not answer.\n")
