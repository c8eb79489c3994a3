"""bin/test: every check and test, against a PostgreSQL and a Valkey that exist for this run alone."""

import argparse
import os
import shutil
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from .bootstrap import CHECKOUT
from .processes import StopRequested, Supervisor

CHECKS = {
    "style": ("-m", "ruff", "check", "--quiet"),
    "format": ("-m", "ruff", "format", "--check"),
    "types": ("-m", "mypy", "--no-error-summary"),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
    "settings": ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/test",
        usage="bin/test [--long] [pytest arguments…]",
        description="Checks style, types, migrations and settings and runs the tests, against a PostgreSQL "
        "and a Valkey started for this run. With pytest arguments: only the tests that they select.",
    )
    parser.add_argument("--long", action="store_true", help="also run the tests that take minutes")
    parser.add_argument(
        "--shell",
        nargs=argparse.REMAINDER,
        metavar="COMMAND",
        help="only run this command (default: your shell) with DATABASE_URL and REDIS_URL of such servers",
    )
    known, known.pytest = parser.parse_known_args(arguments)
    return known


def check(arguments: argparse.Namespace) -> int:
    """Run everything asked for and return 0 only if all of it passed on answering servers."""
    # Known to be there only once the requirements are installed.
    from .datadir import DataDirectory
    from .servers import ask_servers, start_servers

    began = time.monotonic()
    root = Path(tempfile.mkdtemp(prefix="muster-test-"))
    root.chmod(0o711)  # nobody, whom PostgreSQL runs as under root, must pass
    try:
        with Supervisor() as supervisor:
            servers = start_servers(DataDirectory(root / "data"), supervisor, durable=False)
            # Tests see the default settings, whatever this shell has set.
            inherited = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
            environment = inherited | servers | {"MUSTER_TEST_SERVERS": "1"}
            if arguments.shell is not None:
                command = arguments.shell or [os.environ.get("SHELL", "/bin/sh")]
                return supervisor.run(command, env=environment, interactive=True)
            answered = ask_servers(servers)
            print(f"{answered} answered.", flush=True)
            failed = [] if arguments.pytest else _run_checks(supervisor, environment)
            before = _transactions(servers["DATABASE_URL"])
            failed += _run_tests(supervisor, arguments, environment, root / "junit.xml")
            answered = ask_servers(servers)
            # The asking itself writes nothing; a suite that wrote nothing had some other database.
            if not arguments.pytest and _transactions(servers["DATABASE_URL"]) < before + 10:
                failed.append("tests (they did not write to this PostgreSQL)")
    except StopRequested:
        print("Stopped.")
        return 130
    finally:
        shutil.rmtree(root, ignore_errors=True)
    seconds = time.monotonic() - began
    if failed:
        print(f"bin/test: FAILED after {seconds:.0f} s: {', '.join(failed)}")
        return 1
    print(f"bin/test: passed in {seconds:.0f} s; {answered} answered.")
    return 0


def _run_checks(supervisor: Supervisor, environment: dict[str, str]) -> list[str]:
    failed = []
    for name, command in CHECKS.items():
        status = supervisor.run([sys.executable, *command], cwd=CHECKOUT, env=environment)
        print(f"{name}: {'passed' if status == 0 else 'FAILED'} ({' '.join(command[:3])})", flush=True)
        if status:
            failed.append(name)
    return failed


def _run_tests(
    supervisor: Supervisor, arguments: argparse.Namespace, environment: dict[str, str], report: Path
) -> list[str]:
    selection = [] if arguments.long else ["-m", "not long"]
    # A file of tests stays in one process, which may keep a costly fixture for it.
    spread = [] if arguments.pytest else ["-n", "2", "--dist", "loadfile"]
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *selection, *spread, *arguments.pytest]
    status = supervisor.run(command, cwd=CHECKOUT, env=environment)
    if status:
        return ["tests"]
    if not _number_run(report):
        return ["tests (none was run)"]
    return []


def _transactions(url: str) -> int:
    """Number of the latest writing transaction of a PostgreSQL server."""
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    return int(row[0]) if row else 0


def _number_run(report: Path) -> int:
    """Tests that ran, those skipped not counted."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    return sum(int(suite.get("tests", 0)) - int(suite.get("skipped", 0)) for suite in suites)
