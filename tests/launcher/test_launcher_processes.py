"""The supervisor stops what it started, with all that that started, and nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from launcher.processes import command_line

# A service with a child of its own, whose ids it writes down; it does not pass the signal on.
FAMILY = "sleep 600 & echo child $! >&2; echo itself $$ >&2; wait"


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start supervised.py in a process group of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(first: str, second: str, step: str, **options: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, Path(__file__).with_name("supervised.py"), tmp_path, first, second, step]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0, **options))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def written(path: Path, lines: int) -> list[str]:
    """The lines of a log, once there are that many."""
    deadline = time.monotonic() + 30
    while not path.exists() or len(path.read_text().splitlines()) < lines:
        assert time.monotonic() < deadline, f"{path} stays short"
        time.sleep(0.02)
    return path.read_text().splitlines()


def ids(path: Path) -> list[int]:
    return [int(line.split()[1]) for line in written(path, 2)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_children_and_nothing_else(
    tmp_path: Path, supervise: Callable[..., "subprocess.Popen[str]"], number: signal.Signals
) -> None:
    with subprocess.Popen(["sleep", "600"], process_group=0) as bystander:
        process = supervise(FAMILY, FAMILY, "true")
        family = ids(tmp_path / "first.log") + ids(tmp_path / "second.log")
        assert process.stdout is not None
        assert process.stdout.readline() == "status 0\n"
        assert all(command_line(pid) for pid in family)
        # As a terminal does: to the whole foreground group.
        os.killpg(process.pid, number)
        assert process.wait(30) == 130
        assert not any(command_line(pid) for pid in family)
        assert bystander.poll() is None
        bystander.kill()


def test_a_signal_ends_the_step_in_the_foreground(
    tmp_path: Path, supervise: Callable[..., "subprocess.Popen[str]"]
) -> None:
    process = supervise(FAMILY, FAMILY, f"(echo child $$; sleep 600) >{tmp_path / 'step.log'}")
    [line] = written(tmp_path / "step.log", 1)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert not command_line(int(line.split()[1]))


def test_the_foundation_is_stopped_last(tmp_path: Path, supervise: Callable[..., "subprocess.Popen[str]"]) -> None:
    order = tmp_path / "order"
    patient = f"trap 'sleep 0.3; echo second >>{order}; exit' TERM; echo ready; while :; do sleep 0.05; done"
    prompt = f"trap 'echo first >>{order}; exit' TERM; echo ready; while :; do sleep 0.05; done"
    process = supervise(prompt, patient, "true")
    written(tmp_path / "first.log", 1)
    written(tmp_path / "second.log", 1)
    process.terminate()
    assert process.wait(30) == 130
    assert order.read_text().split() == ["second", "first"]


def test_a_service_that_ends_is_named_with_its_log_and_the_rest_is_stopped(
    tmp_path: Path, supervise: Callable[..., "subprocess.Popen[str]"]
) -> None:
    process = supervise(FAMILY, "echo no more disk; sleep 0.5; exit 3", "sleep 600")
    family = ids(tmp_path / "first.log")
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "The second ended by itself (status 3)" in output
    assert "no more disk" in output
    assert not any(command_line(pid) for pid in family)


def test_the_status_of_a_step_is_given_back(supervise: Callable[..., "subprocess.Popen[str]"]) -> None:
    process = supervise(FAMILY, FAMILY, "exit 4")
    assert process.stdout is not None
    assert process.stdout.readline() == "status 4\n"
