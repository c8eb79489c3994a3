"""Processes that the launcher starts, watches and stops: those, their groups, and nothing else."""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from .errors import StartError

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1
_LOG_LIMIT = 10_000_000  # bytes

Command = Sequence[str | os.PathLike[str]]


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


def end_leftover(pid: int, number: signal.Signals, seconds: float = 20) -> bool:
    """End a process that an earlier, killed launcher left behind; not our child, so its end is looked for."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
    deadline = time.monotonic() + seconds
    while command_line(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _dying_with_launcher(number: signal.Signals) -> Callable[[], None]:
    """For a child to call: a launcher that is killed outright takes its children along (Linux only)."""

    def ask_kernel() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(number))

    return ask_kernel


class Service:
    """A long-running child in a session of its own, writing to a log file.

    foundation: other services need it, so that it is stopped after them.
    stop_signals: the signals to try one after the other, each with the seconds it is given;
    after the last, its whole process group is killed.
    """

    def __init__(
        self,
        name: str,
        command: Command,
        *,
        log: Path,
        foundation: bool = False,
        stop_signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10),),
        **popen: Any,
    ) -> None:
        self.name = name
        self.log = log
        self.foundation = foundation
        self.stop_signals = stop_signals
        self._told = False
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(".old.log"))
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            self.log_start = output.seek(0, os.SEEK_END)
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_dying_with_launcher(stop_signals[0][0]),
                **popen,
            )

    def running(self) -> bool:
        return self.process.poll() is None

    def log_tail(self, lines: int = 15) -> str:
        """What it has written since its start, the last lines of it."""
        with open(self.log, "rb") as file:
            file.seek(max(self.log_start, os.fstat(file.fileno()).st_size - 20_000))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    def tell_to_stop(self) -> None:
        """Send the first signal and do not wait."""
        if self.running() and not self._told:
            self.process.send_signal(self.stop_signals[0][0])
            self._told = True

    def stop(self) -> None:
        """Return once it has ended and nothing of its process group is left."""
        self.tell_to_stop()
        following = [*(number for number, _ in self.stop_signals[1:]), signal.SIGKILL]
        for (_, seconds), next_signal in zip(self.stop_signals, following, strict=True):
            try:
                self.process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                self.process.send_signal(next_signal)
        self.process.wait()
        _kill_group(self.process.pid)


class Supervisor:
    """Waits for signals and for the ends of children in one place.

    Use as a context manager: on leaving, all services are stopped.
    """

    def __init__(self) -> None:
        self.services: list[Service] = []
        self._stopping = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # ignored under nohup
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
        # Only noted: an exception out of a signal handler could strike in the middle of a clean-up.
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

    def wait_until(self, condition: Callable[[], Any], *, seconds: float | None = None, pause: float = 60) -> Any:
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

    def run(self, command: Command, *, interactive: bool = False, **popen: Any) -> int:
        """Run a command to its end and return its status; a stop, or the end of a service, ends it too."""
        with self.step(command, interactive=interactive, **popen) as process:
            self.wait_until(lambda: process.poll() is not None)
        return process.returncode

    @contextlib.contextmanager
    def step(self, command: Command, *, interactive: bool = False, **popen: Any) -> Iterator["subprocess.Popen[bytes]"]:
        """A command that runs in the foreground while the block does.

        An interactive one keeps the terminal, and Ctrl-C is for it alone.
        """
        if not interactive:
            popen |= {"stdin": subprocess.DEVNULL, "process_group": 0}
        process = subprocess.Popen(command, preexec_fn=_dying_with_launcher(signal.SIGTERM), **popen)
        ctrl_c = signal.signal(signal.SIGINT, signal.SIG_IGN if interactive else self._request_stop)
        try:
            yield process
        finally:
            signal.signal(signal.SIGINT, ctrl_c)
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()
            if not interactive:
                _kill_group(process.pid)

    def stop(self) -> None:
        """Stop those services at once on which no other one rests, then the rest, the last started first."""
        for service in self.services:
            if not service.foundation:
                service.tell_to_stop()
        while self.services:
            self.services.pop().stop()


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # the latter on macOS, for zombies
        os.killpg(group, signal.SIGKILL)
