"""The tests themselves are held to something: real servers, and no network beyond this machine."""

import os
import socket
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
import redis
from django.conf import settings
from pytest_socket import SocketConnectBlockedError
from real_servers import servers_fault

ROOT = Path(__file__).resolve().parent.parent


def test_the_network_is_out_of_reach():
    with socket.socket() as outside:
        outside.settimeout(1)
        with pytest.raises(SocketConnectBlockedError), warnings.catch_warnings(action="ignore"):
            outside.connect(("192.0.2.1", 80))


def test_this_machine_is_within_reach(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
        assert client.getpeername() == str(tmp_path / "s")


def test_queue_and_cache_are_those_of_this_worker():
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    assert settings.CACHES["default"]["LOCATION"] == settings.CELERY_BROKER_URL == os.environ["REDIS_URL"]
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        holder = server.set("muster-tests:worker", worker or "only one", get=True, ex=600)
    assert holder in (None, (worker or "only one").encode())


def test_no_test_is_run_without_the_real_servers():
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q", "tests/test_guards.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode not in (0, 5)
    assert "DATABASE_URL is not set" in done.stdout + done.stderr
    assert "::test_" not in done.stdout


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DATABASE_URL", "", "DATABASE_URL is not set"),
        ("REDIS_URL", "", "REDIS_URL is not set"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/muster", "PostgreSQL at DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///:memory:", "PostgreSQL at DATABASE_URL"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "the server at REDIS_URL"),
        ("REDIS_URL", "memory://", "the server at REDIS_URL"),
    ],
)
def test_other_servers_will_not_do(monkeypatch, variable, value, said):
    assert servers_fault() == ""
    monkeypatch.setenv(variable, value)
    assert servers_fault().startswith(said)


def test_a_server_that_speaks_something_else_will_not_do(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{server.getsockname()[1]}/0")
        assert servers_fault().startswith("the server at REDIS_URL")
