"""The private data directory: its lock, its passwords, the ports it remembers."""

import contextlib
import fcntl
import json
import os
import pwd
import secrets
import socket
from pathlib import Path

from .errors import InUse, StartError


def nobody() -> tuple[int, int]:
    """User and group id of the account without rights."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid


def write_private(path: Path, text: str) -> None:
    """Replace a file as a whole; only its owner can read it at any moment."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)
    os.replace(temporary, path)


class DataDirectory:
    """One directory that belongs to this program; made with mode 700, or taken as it is found.

    Made by root, its group is nobody's and may pass through (710): PostgreSQL refuses to run as root.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(os.path.abspath(path))
        self._lock: int | None = None
        try:
            self.path.mkdir(mode=0o700)
        except FileExistsError:
            if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK) or not self.path.is_dir():
                raise StartError(
                    f"{self.path} is not a directory that this user can write to. "
                    "Set MUSTER_DATA_DIR to one, or remove it."
                ) from None
        except OSError as error:
            raise StartError(
                f"The data directory {self.path} cannot be made: {error.strerror}. "
                "Make its parent directory, or set MUSTER_DATA_DIR to another place."
            ) from None
        else:
            if os.geteuid() == 0:
                with contextlib.suppress(OSError):  # a container may map no other user than root
                    os.chown(self.path, 0, nobody()[1])
                    os.chmod(self.path, 0o710)
        self.logs = self.subdirectory("logs")

    def subdirectory(self, name: str) -> Path:
        path = self.path / name
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def lock(self) -> None:
        """Hold the directory until the process ends. Raises InUse where another one holds it."""
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            os.close(descriptor)
            raise InUse(
                f"{self.path} is in use by another start of Muster (process {holder or 'unknown'}). "
                "Stop that one, or set MUSTER_DATA_DIR to another directory."
            ) from None
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._lock = descriptor

    def password(self, name: str) -> str:
        """The password of that name, made at random the first time."""
        known = self._read_json("passwords.json")
        if name not in known:
            known[name] = secrets.token_hex(24)
            write_private(self.path / "passwords.json", json.dumps(known, indent=1))
        return str(known[name])

    def port(self, name: str, *, fresh: bool = False) -> int:
        """A free loopback port: the one of last time unless it is taken or a fresh one is wanted."""
        remembered = self.last_port(name)
        if not fresh and remembered and _is_free(remembered):
            return remembered
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            chosen = int(probe.getsockname()[1])
        known = self._read_json("ports.json")
        write_private(self.path / "ports.json", json.dumps(known | {name: chosen}, indent=1))
        return chosen

    def last_port(self, name: str) -> int:
        """The port that was chosen last, whoever may use it now; 0 if none was."""
        remembered = self._read_json("ports.json").get(name)
        return remembered if isinstance(remembered, int) else 0

    def _read_json(self, name: str) -> dict[str, object]:
        path = self.path / name
        try:
            content = json.loads(path.read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StartError(f"{path} cannot be read: {error}. Restore it, or remove {self.path}.") from None
        if not isinstance(content, dict):
            raise StartError(f"{path} holds no JSON object. Restore it, or remove {self.path}.")
        return content


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a connection that lingers from the last run does not make the port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
