"""Processes that the launcher starts, watches and stops: those, their groups, and nothing else."""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .errors import StartError

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


class StopRequested(Exception):
    """Ctrl-C, SIGTERM or a closed terminal."""


class ServiceDied(StartError):
    """A process that should have gone on ended by itself."""


def command_line(pid: int) -> list[str]:
    """Arguments of a running process; empty if there is none, or only a zombie."""
    try:
        content = Path(f"/proc/{pid}/cmdline").read_bytes()
        return content.decode(errors="surrogateescape").rstrip("\0").split("\0") if content else []
    except OSError:
        if sys.platform == "linux":
            return []
    listed = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
    return listed.stdout.split() if listed.returncode == 0 else []


def end_leftover(pid: int, stop_signal: signal.Signals, seconds: float = 20) -> bool:
    """End a process that an earlier, killed launcher left behind; not our child, so its end is awaited."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, stop_signal)
    deadline = time.monotonic() + seconds
    while command_line(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Service:
    """A long-running child in a session of its own, writing to a log file.

    stop_signals: the signals to try one after the other, each with the seconds it is given;
    after the last, its whole process group is killed.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | os.PathLike[str]],
        *,
        log: Path,
        stop_signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10),),
        **popen: Any,
    ) -> None:
        self.name = name
        self.log = log
        self.stop_signals = stop_signals
        death_signal = int(stop_signals[0][0])

        def die_with_launcher() -> None:
            if _LIBC is not None:
                _LIBC.prctl(_PR_SET_PDEATHSIG, death_signal)

        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            self.log_start = output.seek(0, os.SEEK_END)
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_launcher,
                **popen,
            )

    def running(self) -> bool:
        return self.process.poll() is None

    def log_tail(self, lines: int = 15) -> str:
        """What it has written since its start, the last lines of it."""
        with open(self.log, "rb") as file:
            file.seek(max(self.log_start, os.fstat(file.fileno()).st_size - 20_000))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    def signal_stop(self) -> None:
        if self.running():
            self.process.send_signal(self.stop_signals[0][0])

    def stop(self) -> None:
        """Return once it and everything in its process group has ended."""
        for number, seconds in self.stop_signals:
            if not self.running():
                break
            self.process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Waits for signals and for the ends of children in one place, without polling.

    Use as a context manager: on leaving, services are stopped, the last started first.
    """

    def __init__(self) -> None:
        self.services: list[Service] = []
        self._stopping = False
        self._wake_read, self._wake_write = os.pipe()
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "Supervisor":
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._request_stop)
        self._before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _request_stop(self, *_: object) -> None:
        # Only noted here: an exception out of a signal handler could strike in the middle of a clean-up.
        self._stopping = True

    def add(self, service: Service) -> Service:
        self.services.append(service)
        return service

    def check(self) -> None:
        """Raise StopRequested or ServiceDied if there is reason to."""
        if self._stopping:
            raise StopRequested
        for service in self.services:
            if not service.running():
                raise ServiceDied(
                    f"The {service.name} ended by itself (status {service.process.returncode}). "
                    f"The end of its log, {service.log}:\n{service.log_tail()}"
                )

    def wait_until(
        self, condition: Callable[[], Any], *, seconds: float | None = None, pause: float = 60
    ) -> Any:
        """Wait for a true value of the condition and return it, or None when the time is over.

        The condition is tried whenever a child ends and at least every `pause` seconds.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            self.check()
            if value := condition():
                return value
            left = pause if deadline is None else min(pause, deadline - time.monotonic())
            if left <= 0:
                return None
            if select.select([self._wake_read], [], [], left)[0]:
                os.read(self._wake_read, 4096)

    def run(
        self, command: Sequence[str | os.PathLike[str]], *, interactive: bool = False, **popen: Any
    ) -> int:
        """Run a command to its end and return its status; a stop or the end of a service ends it too.

        An interactive one keeps the terminal, and Ctrl-C reaches it first.
        """
        if not interactive:
            popen |= {"stdin": subprocess.DEVNULL, "process_group": 0}
        process = subprocess.Popen(command, **popen)
        try:
            self.wait_until(lambda: process.poll() is not None)
        finally:
            if process.poll() is None:
                send = process.send_signal if interactive else lambda number: os.killpg(process.pid, number)
                with contextlib.suppress(ProcessLookupError):
                    send(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(5)
                with contextlib.suppress(ProcessLookupError):
                    send(signal.SIGKILL)
                process.wait()
        return process.returncode

    def stop(self, names: Sequence[str] | None = None) -> None:
        """Stop services, all or those named, the last started first."""
        for service in reversed(self.services[:]):
            if names is None or service.name in names:
                service.stop()
                self.services.remove(service)
