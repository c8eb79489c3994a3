#!/usr/bin/env python3
"""Measures the path from article to register on a fresh clone of the committed tree.

    python3 benchmarks/pipeline.py [--copies N]

Prints the time of `bin/run --once` on the clone with a fresh home directory, of the second run, the articles settled
a second with the sample N times over (20 unless told; each copy under its own address), and the peak memory of a
Celery worker process. Standard library only; nothing outside a temporary directory is touched.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
import threading
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
POLL = 0.5


class WorkerMemory(threading.Thread):
    """Watches the Celery processes started under one directory; `peak` is the largest resident set, in MiB."""

    def __init__(self, under: Path) -> None:
        super().__init__(daemon=True)
        self.under, self.peak, self.done = str(under), 0.0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(POLL):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    self.peak = max(self.peak, self._peak_of(process))
                except OSError:
                    continue  # ended meanwhile

    def _peak_of(self, process: Path) -> float:
        ours = os.readlink(process / "cwd").startswith(self.under)
        if not ours or b"celery" not in (process / "cmdline").read_bytes():
            return 0.0
        found = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
        return int(found.group(1)) / 1024 if found else 0.0


def timed(clone: Path, home: Path, *arguments: str) -> tuple[float, str]:
    """Seconds that `bin/run --once` took, and what it printed. Raises CalledProcessError where it failed."""
    keep = ("PATH", "LANG", "LC_ALL", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "SSL_CERT_FILE")
    environment = {name: os.environ[name] for name in keep if name in os.environ} | {"HOME": str(home)}
    started = time.monotonic()
    done = subprocess.run(
        [clone / "bin" / "run", "--once", *arguments],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return time.monotonic() - started, done.stdout


def multiply(samples: Path, into: Path, copies: int) -> int:
    """Write every sample `copies` times, each under an address of its own; returns how many."""
    into.mkdir()
    count = 0
    for file in sorted(samples.glob("*.json")):
        article = json.loads(file.read_text(encoding="utf-8"))
        for copy in range(copies):
            address = f"https://samples.muster.example/copies/{copy}/{article['id']}"
            (into / f"{article['id']}-{copy}.json").write_text(json.dumps({**article, "url": address}), "utf-8")
            count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=20, metavar="N")
    copies = parser.parse_args().copies
    with tempfile.TemporaryDirectory(prefix="muster-benchmark-") as directory:
        root = Path(directory)
        root.chmod(0o755)  # PostgreSQL runs as nobody under root and must pass
        clone, home = root / "clone", root / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", CHECKOUT, clone], check=True)
        commit = subprocess.run(
            ["git", "-C", clone, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
        first, _ = timed(clone, home)
        second, _ = timed(clone, home)
        count = multiply(clone / "samples", root / "copies", copies)
        memory = WorkerMemory(clone)
        memory.start()
        _, printed = timed(clone, home, str(root / "copies"))
        memory.done.set()
        settled = re.search(r"settled in ([\d.]+) s, ([\d.]+) a second", printed)
        print(f"Measured on commit {commit}, {os.cpu_count()} cores:")
        print(f"- first `bin/run --once`, installs included: {first:.0f} s")
        print(f"- second `bin/run --once`: {second:.1f} s")
        print(f"- {count} articles settled: {settled.group(2) if settled else 'unknown'} a second")
        print(f"- peak memory of a worker process: {memory.peak:.0f} MiB")


if __name__ == "__main__":
    main()
