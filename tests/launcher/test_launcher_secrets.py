"""The servers let in only who knows the password, which only the owner of the data directory can read."""

import json
import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from launched import Driver, Start
from launcher.processes import command_line


@pytest.fixture
def servers(place: Path, start: Start) -> tuple[Path, Driver]:
    return place / "data", start(place / "data", "postgres", "valkey")


def test_servers_are_closed_without_the_password_and_give_no_more_than_needed(
    servers: tuple[Path, Driver],
) -> None:
    data, driver = servers
    passwords = json.loads((data / "passwords.json").read_text())
    assert len(set(passwords.values())) == 3

    for url in (driver.facts["postgres"], driver.facts["superuser"]):
        parts = urlsplit(url)
        wrong = url.replace(parts.password or "", "wrong")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)
    with psycopg.connect(driver.facts["superuser"]) as connection:
        rows = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        assert len(rows) == 2
        assert all(row[0].startswith("SCRAM-SHA-256$") for row in rows)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert methods == [("scram-sha-256",)]
    with psycopg.connect(driver.facts["postgres"]) as connection:
        rights = "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(rights).fetchone() == (False, False, True)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SELECT lower('ŁÓDŹ')").fetchone() == ("łódź",)

    parts = urlsplit(driver.facts["valkey"])
    with (
        redis.Redis(port=parts.port or 0) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()
    with redis.Redis.from_url(driver.facts["valkey"]) as client:
        wanted = {
            "maxmemory-policy": "noeviction",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "bind": "127.0.0.1",
        }
        assert client.config_get(*wanted) == wanted

    # Neither an argument, which every user can list, nor a file that another can read.
    for pid in driver.facts["pids"].values():
        assert not any(password in " ".join(command_line(pid)) for password in passwords.values())
    for directory, _, files in os.walk(data):
        for name in files:
            path = Path(directory, name)
            content = path.read_bytes()
            if any(password.encode() in content for password in passwords.values()):
                assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
                assert path.name in ("passwords.json", "valkey.conf"), path


def test_lost_passwords_are_named(place: Path, start: Start) -> None:
    assert start(place / "data", "postgres").stop() == 0
    (place / "data" / "passwords.json").unlink()
    refused = start(place / "data", "postgres")
    assert refused.process.wait(60) == 1
    assert "passwords.json" in refused.facts["error"]
