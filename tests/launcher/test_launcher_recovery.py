"""What was killed, left behind or taken in the meantime does not keep the servers from starting."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from launched import Driver, Start
from launcher.processes import command_line


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data directory with a row in it, its servers stopped; copied by each test, as making one takes longer."""
    with tempfile.TemporaryDirectory(prefix="muster-launcher-") as path:
        os.chmod(path, 0o711)
        driver = Driver(Path(path) / "data", "postgres", "valkey")
        with psycopg.connect(driver.facts["postgres"]) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        assert driver.stop() == 0
        yield Path(path) / "data"


@pytest.fixture
def data(made: Path, place: Path) -> Path:
    subprocess.run(["cp", "-a", made, place / "data"], check=True)
    return place / "data"


def remembers(driver: Driver) -> bool:
    with psycopg.connect(driver.facts["postgres"]) as connection:
        return connection.execute("SELECT number FROM kept").fetchone() == (7,)


def wait_for_end(pid: int) -> None:
    """Until a process that is not a child of ours has ended."""
    deadline = time.monotonic() + 30
    while command_line(pid):
        assert time.monotonic() < deadline, f"process {pid} goes on"
        time.sleep(0.02)


@pytest.fixture
def bystander() -> Iterator["subprocess.Popen[bytes]"]:
    """A live process that has nothing to do with us."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        assert process.poll() is None, "a process that is not ours was ended"
        process.kill()


def stale(driver: Driver, pid: int) -> None:
    """After a kill: let its postmaster.pid name another process, as after a container's unclean stop."""
    path = Path(driver.facts["cluster"]) / "postmaster.pid"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([f"{pid}\n", *lines[1:]]))


def test_rows_outlive_a_killed_postgres(data: Path, start: Start) -> None:
    killed = start(data, "postgres")
    os.kill(killed.facts["pids"]["PostgreSQL"], signal.SIGKILL)
    assert killed.process.wait(60) == 1  # the launcher notices and says so
    again = start(data, "postgres")
    assert remembers(again)
    assert again.stop() == 0


def test_a_queue_outlives_a_killed_valkey(data: Path, start: Start) -> None:
    killed = start(data, "valkey")
    with redis.Redis.from_url(killed.facts["valkey"]) as client:
        client.rpush("queue", *range(500))
        time.sleep(1.1)  # what AOF "everysec" promises
    os.kill(killed.facts["pids"]["Valkey"], signal.SIGKILL)
    assert killed.process.wait(60) == 1
    with redis.Redis.from_url(start(data, "valkey").facts["valkey"]) as client:
        assert client.llen("queue") == 500


def test_a_killed_launcher_takes_its_servers_along(data: Path, start: Start) -> None:
    killed = start(data, "postgres", "valkey")
    killed.process.kill()
    killed.process.wait(60)
    if os.uname().sysname == "Linux":
        for pid in killed.facts["pids"].values():
            wait_for_end(pid)
    assert remembers(start(data, "postgres", "valkey"))


def test_a_stale_pid_file_may_name_a_foreign_process(
    data: Path, start: Start, bystander: "subprocess.Popen[bytes]"
) -> None:
    killed = start(data, "postgres")
    os.kill(killed.facts["pids"]["PostgreSQL"], signal.SIGKILL)
    killed.process.wait(60)
    stale(killed, bystander.pid)
    again = start(data, "postgres")
    assert remembers(again)
    assert again.stop() == 0


def test_a_stale_pid_file_may_name_the_postgres_of_another_cluster(data: Path, place: Path, start: Start) -> None:
    subprocess.run(["cp", "-a", data, place / "other"], check=True)
    other = start(place / "other", "postgres")
    killed = start(data, "postgres")
    os.kill(killed.facts["pids"]["PostgreSQL"], signal.SIGKILL)
    killed.process.wait(60)
    stale(killed, other.facts["pids"]["PostgreSQL"])
    assert remembers(start(data, "postgres"))
    assert remembers(other)


def test_a_server_left_behind_is_replaced(data: Path, reachable: Path, start: Start) -> None:
    first = start(data, "postgres", "--binaries", str(reachable))
    command = command_line(first.facts["pids"]["PostgreSQL"])
    owner = os.stat(first.facts["cluster"])
    assert first.stop() == 0
    with subprocess.Popen(
        command, user=owner.st_uid, group=owner.st_gid, cwd="/", stderr=subprocess.DEVNULL
    ) as leftover:
        pid_file = Path(first.facts["cluster"]) / "postmaster.pid"
        deadline = time.monotonic() + 30
        while not pid_file.exists() or "ready" not in pid_file.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert remembers(start(data, "postgres", "--binaries", str(reachable)))
        assert leftover.wait(30) == 0


def test_a_cluster_half_made_is_made_anew(data: Path, start: Start) -> None:
    cluster = data / "postgres" / "data"
    cluster.rename(cluster.with_name("data.partial"))
    with psycopg.connect(start(data, "postgres").facts["postgres"]) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)


def test_a_taken_port_is_replaced_by_another(data: Path, start: Start) -> None:
    first = start(data, "postgres", "valkey")
    before = {name: urlsplit(first.facts[name]).port for name in ("postgres", "valkey")}
    assert first.stop() == 0
    same = start(data, "postgres", "valkey")
    assert {name: urlsplit(same.facts[name]).port for name in before} == before
    assert same.stop() == 0
    takers = []
    for port in before.values():
        taker = socket.socket()
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taker.bind(("127.0.0.1", port or 0))
        taker.listen()
        takers.append(taker)
    third = start(data, "postgres", "valkey")
    assert all(urlsplit(third.facts[name]).port != port for name, port in before.items())
    with psycopg.connect(third.facts["postgres"]), redis.Redis.from_url(third.facts["valkey"]) as client:
        assert client.ping()
    for taker in takers:
        taker.close()


def test_two_data_directories_run_side_by_side(data: Path, place: Path, start: Start) -> None:
    one = start(data, "postgres", "valkey")
    two = start(place / "two", "postgres", "valkey")
    with psycopg.connect(two.facts["postgres"]) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
    assert two.stop() == 0
    assert remembers(one)
    with redis.Redis.from_url(one.facts["valkey"]) as client:
        assert client.ping()


def test_one_data_directory_is_not_used_twice(data: Path, start: Start) -> None:
    first = start(data, "postgres")
    second = start(data, "postgres")
    assert second.process.wait(60) == 1
    assert str(data) in second.facts["error"]
    assert str(first.process.pid) in second.facts["error"]
    assert remembers(first)
