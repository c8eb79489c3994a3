"""bin/run as its user sees it: articles in, a page out, everything gone at the end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launched import CHECKOUT


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two of the samples, in a directory with a space in its name."""
    directory = tmp_path / "some articles"
    directory.mkdir()
    for sample in sorted((CHECKOUT / "samples").glob("*.json"))[:2]:
        shutil.copy(sample, directory)
    return directory


Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run() -> Iterator[Run]:
    """Start bin/run with a data directory: run(path, arguments…)."""
    started: list[subprocess.Popen[str]] = []
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    # The articles are what is looked at here; the facts have tests of their own.
    own["MUSTER_FACTS"] = ""

    def start(data: Path, *arguments: str, cwd: Path | None = None) -> "subprocess.Popen[str]":
        started.append(
            subprocess.Popen(
                [sys.executable, CHECKOUT / "bin" / "run", *arguments],
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env=own | {"MUSTER_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"},
            )
        )
        return started[-1]

    yield start
    for process in started:
        with process:
            process.terminate()


def output_until_served(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    output = ""
    for line in process.stdout:
        output += line
        if line.startswith("Muster is at"):
            return output
    raise AssertionError(f"it never served:\n{output}")


def processes_naming(path: Path) -> list[str]:
    """Command lines of running processes that name a path or have it in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            content = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(path).encode() in content:
            found.append((process / "cmdline").read_text())
    return found


def test_it_serves_until_ctrl_c_and_starts_again_without_reading_anything_twice(
    tmp_path: Path, articles: Path, run: Run
) -> None:
    data = tmp_path / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    serving = run(data, "--port", str(port), articles.name, cwd=articles.parent)
    output = output_until_served(serving)
    address = f"http://127.0.0.1:{port}/"
    assert address in output
    assert "2 articles submitted, 2 of them new" in output
    with urllib.request.urlopen(address, timeout=30) as page:
        assert page.status == 200
    assert processes_naming(data)

    # A second start hands its articles to the first; one that has none to hand over is told why it cannot start.
    shutil.copy(sorted((CHECKOUT / "samples").glob("*.json"))[2], articles)
    second = run(data, articles.name, cwd=articles.parent)
    rest, _ = second.communicate(timeout=120)
    assert second.returncode == 0, rest
    assert "3 articles submitted, 1 of them new" in rest
    third = run(data)
    rest, _ = third.communicate(timeout=60)
    assert third.returncode == 1
    assert "is in use by another start of Muster" in rest

    serving.send_signal(signal.SIGINT)
    rest, _ = serving.communicate(timeout=60)
    assert serving.returncode == 0, rest
    assert processes_naming(data) == []

    once = run(data, "--once", str(articles))
    rest, _ = once.communicate(timeout=120)
    assert once.returncode == 0, rest
    assert "3 articles submitted, 0 of them new" in rest
    assert "login" not in rest  # shown at the first start alone
    assert processes_naming(data) == []


def test_a_worker_that_dies_is_named(tmp_path: Path, articles: Path, run: Run) -> None:
    data = tmp_path / "data"
    serving = run(data, str(articles))
    output_until_served(serving)
    # The main process of the worker; not by `ps`, which a bare machine may lack.
    children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children").read_text().split()
    [worker] = [pid for pid in children if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(int(worker), signal.SIGKILL)
    rest, _ = serving.communicate(timeout=60)
    assert serving.returncode == 1
    assert "The Celery worker ended by itself" in rest
    assert str(data / "logs" / "worker.log") in rest
    assert "Traceback" not in rest
    assert processes_naming(data) == []
