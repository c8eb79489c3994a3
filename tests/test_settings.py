"""Safe from the start: production is the default, and what is not safe is refused."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def start(*arguments: str, **environment: str | Path) -> subprocess.Popen:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MUSTER_")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | {k: str(v) for k, v in environment.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen) -> tuple[int, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out + err


SHOW = "from django.conf import settings; print('shown', settings.%s)"


def show(name: str, **environment: str | Path) -> tuple[int, str]:
    return finish(start("-c", SHOW % name, DJANGO_SETTINGS_MODULE="config.settings", **environment))


def test_nothing_is_left_to_do_for_deployment(tmp_path):
    process = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", MUSTER_DATA_DIR=tmp_path)
    status, said = finish(process)
    assert status == 0, said


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path):
    data = tmp_path / "data"
    processes = [
        start("-c", SHOW % "SECRET_KEY", DJANGO_SETTINGS_MODULE="config.settings", MUSTER_DATA_DIR=data)
        for _ in range(4)
    ]
    results = [finish(process) for process in processes]
    assert [status for status, _ in results] == [0] * 4
    [secret] = {said for _, said in results}
    assert len(secret) > 50
    assert (data / "secret_key").read_text() in secret
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [path.name for path in data.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("host", ["muster.example", "192.0.2.7", "*", "0.0.0.0", "localhost,muster.example"])
def test_plain_http_is_served_to_this_machine_only(tmp_path, host):
    status, said = show("DEBUG", MUSTER_DATA_DIR=tmp_path, MUSTER_LOCAL_HTTP="1", MUSTER_ALLOWED_HOSTS=host)
    assert status != 0
    assert "MUSTER_LOCAL_HTTP serves plain HTTP to this machine only" in said


def test_plain_http_is_the_only_thing_that_the_switch_relaxes(tmp_path):
    status, said = show(
        "SECURE_SSL_REDIRECT, settings.DEBUG, settings.ALLOWED_HOSTS", MUSTER_DATA_DIR=tmp_path, MUSTER_LOCAL_HTTP="1"
    )
    assert (status, said.strip()) == (0, "shown False False ['localhost', '127.0.0.1', '[::1]']")


def test_another_database_is_refused(tmp_path):
    status, said = show("DEBUG", MUSTER_DATA_DIR=tmp_path, DATABASE_URL="sqlite:///muster.sqlite3")
    assert status != 0
    assert "something other than PostgreSQL" in said


def test_no_policy_allows_unsafe_scripts_or_styles():
    from django.conf import settings

    sources = [source for values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in values]
    assert not any("unsafe" in str(source) or source == "*" for source in sources)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/meetings/", "/no-such-page/"])
def test_readers_are_sent_to_the_login_where_reading_is_not_public(client, settings, path):
    settings.PUBLIC_READING = False
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/?next=/")


@pytest.mark.django_db
def test_the_feeds_are_closed_too_where_reading_is_not_public(client, settings):
    settings.PUBLIC_READING = False
    assert client.get("/api/v1/meetings/").status_code in (401, 403, 404)


@pytest.mark.django_db
def test_staff_read_where_reading_is_not_public(client, settings, django_user_model):
    settings.PUBLIC_READING = False
    user = django_user_model.objects.create_user("reader", password="x")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 302
    user.is_staff = True
    user.save()
    assert client.get("/").status_code == 200


def sign_in(client, address: str, forged: int = 0) -> int:
    named = f"203.0.113.{forged}, {address}"
    data = {"username": "chief", "password": "wrong"}
    return client.post("/admin/login/", data, HTTP_X_FORWARDED_FOR=named).status_code


@pytest.mark.django_db
def test_behind_a_proxy_attempts_count_for_the_address_that_the_proxy_names(client, settings, tmp_path):
    status, said = show("AXES_CLIENT_IP_CALLABLE", MUSTER_DATA_DIR=tmp_path, MUSTER_BEHIND_PROXY="1")
    assert (status, said.strip()) == (0, "shown config.proxies.client_address")
    settings.AXES_CLIENT_IP_CALLABLE = "config.proxies.client_address"
    attempts = [sign_in(client, "198.51.100.1", forged=n) for n in range(5)]
    assert attempts[-1] == 429
    assert sign_in(client, "198.51.100.1") == 429
    # Elsewhere the same name may still sign in, and so may its owner.
    assert sign_in(client, "198.51.100.2") == 200
    assert sign_in(client, "not an address") == 200


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DATABASE_URL", "sqlite:///x.db", "DATABASE_URL names something other than PostgreSQL"),
        ("DATABASE_URL", "muster", "DATABASE_URL names something other than PostgreSQL"),
        ("DATABASE_URL", "postgres://u:hush@db:port/muster", "DATABASE_URL is no address"),
        ("MUSTER_LOCAL_HTTP", "perhaps", "MUSTER_LOCAL_HTTP is 'perhaps'; it is either 1 or 0"),
        ("MUSTER_PUBLIC_READING", "perhaps", "MUSTER_PUBLIC_READING is 'perhaps'; it is either 1 or 0"),
        ("MUSTER_PUBLICATION_THRESHOLD", "a half", "MUSTER_PUBLICATION_THRESHOLD is 'a half'; it is a number"),
        ("MUSTER_PUBLICATION_THRESHOLD", "nan", "MUSTER_PUBLICATION_THRESHOLD is 'nan'; it is a number"),
        ("MUSTER_OUTLET_RELIABILITY", "80", "MUSTER_OUTLET_RELIABILITY is '80'; it is a number from 0 to 1"),
        ("MUSTER_LLM_TIMEOUT", "soon", "MUSTER_LLM_TIMEOUT is 'soon'; it is a number"),
        ("MUSTER_LLM_MAX_TOKENS", "many", "MUSTER_LLM_MAX_TOKENS is 'many'; it is a number"),
        ("MUSTER_DATA_DIR", "/dev/null/data", "The data directory /dev/null/data cannot be used"),
    ],
)
def test_settings_that_do_not_fit_are_said_in_one_line(tmp_path, name, value, fault):
    status, said = finish(start("manage.py", "check", **{"MUSTER_DATA_DIR": tmp_path, name: value}))
    assert status == 1
    assert said.startswith(f"The settings do not fit: {fault}")
    assert len(said.splitlines()) == 1
    assert "hush" not in said
