"""PostgreSQL starts whoever we are and wherever the files lie, and touches nothing that is not its own."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from launched import Start, root_only

ORDINARY = ["--become-nobody"] if os.geteuid() == 0 else []


def rights(path: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owner of a directory and all above it."""
    return {
        directory: (found.st_mode, found.st_uid, found.st_gid)
        for directory in (path, *path.parents)
        for found in [directory.stat()]
    }


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT current_user").fetchone() == ("muster",)


@pytest.fixture
def namespaces() -> None:
    if subprocess.run(["unshare", "--map-user=1000", "true"], capture_output=True).returncode:
        pytest.skip("this system allows no user namespaces")


def test_starts_as_an_ordinary_user(place: Path, reachable: Path, start: Start) -> None:
    before = rights(place)
    driver = start(place / "data", "postgres", "--binaries", str(reachable), *ORDINARY)
    assert driver.facts["way"] == "as this user"
    assert answers(driver.facts["postgres"])
    owner = os.stat(driver.facts["cluster"]).st_uid
    assert owner == (place / "data").stat().st_uid != 0
    assert (place / "data").stat().st_mode & 0o777 == 0o700
    assert driver.stop() == 0
    assert rights(place) == before


@root_only
def test_starts_from_root_as_nobody(place: Path, reachable: Path, start: Start) -> None:
    before = rights(place)
    driver = start(place / "data", "postgres", "--binaries", str(reachable))
    assert driver.facts["way"] == "as nobody"
    assert answers(driver.facts["postgres"])
    process = Path(f"/proc/{driver.facts['pids']['PostgreSQL']}")
    assert process.stat().st_uid != 0
    # Root's directory: nobody may pass through and no one else.
    assert (place / "data").stat().st_mode & 0o777 == 0o710
    assert (place / "data").stat().st_uid == 0
    assert rights(place) == before


@root_only
def test_starts_from_root_under_a_locked_directory(locked: tuple[Path, Path], start: Start, namespaces: None) -> None:
    directory, binaries = locked
    before = rights(directory)
    driver = start(directory / "data", "postgres", "--binaries", str(binaries))
    assert driver.facts["way"] == "in a user namespace"
    assert answers(driver.facts["postgres"])
    assert rights(directory) == before
    assert driver.stop() == 0
    assert answers(start(directory / "data", "postgres", "--binaries", str(binaries)).facts["postgres"])


@root_only
def test_starts_from_a_copy_where_namespaces_are_refused(locked: tuple[Path, Path], start: Start) -> None:
    directory, binaries = locked
    before = rights(directory) | rights(Path("/var/lib")) | rights(Path("/var/tmp"))
    arguments = ("postgres", "--binaries", str(binaries), "--ways", "nobody", "copy")
    driver = start(directory / "data", *arguments)
    copied_to = Path((directory / "data" / "postgres-elsewhere").read_text().strip())
    try:
        assert driver.facts["way"] == "as nobody, from a copy of the binaries"
        assert Path(driver.facts["cluster"]).is_relative_to(copied_to)
        with psycopg.connect(driver.facts["postgres"]) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        assert rights(directory) | rights(Path("/var/lib")) | rights(Path("/var/tmp")) == before
        assert driver.stop() == 0
        again = start(directory / "data", *arguments)
        with psycopg.connect(again.facts["postgres"]) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        assert again.stop() == 0
    finally:
        shutil.rmtree(copied_to)


@root_only
def test_a_cluster_out_of_reach_is_not_replaced_by_an_empty_one(
    locked: tuple[Path, Path], start: Start, namespaces: None
) -> None:
    directory, binaries = locked
    assert start(directory / "data", "postgres", "--binaries", str(binaries)).stop() == 0
    refused = start(directory / "data", "postgres", "--binaries", str(binaries), "--ways", "nobody", "copy")
    assert refused.process.wait(60) == 1
    assert "DATABASE_URL" in refused.facts["error"]


@root_only
def test_a_cluster_made_by_nobody_serves_root_in_a_namespace_and_back(
    place: Path, reachable: Path, start: Start, namespaces: None
) -> None:
    for way in ("nobody", "namespace", "nobody"):
        driver = start(place / "data", "postgres", "--binaries", str(reachable), "--ways", way)
        assert answers(driver.facts["postgres"])
        assert driver.stop() == 0


def test_a_directory_of_another_user_is_refused(place: Path, start: Start) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make another user's directory")
    assert start(place / "data", "valkey").stop() == 0
    refused = start(place / "data", "valkey", "--become-nobody")
    assert refused.process.wait(60) == 1
    assert "MUSTER_DATA_DIR" in refused.facts["error"]
