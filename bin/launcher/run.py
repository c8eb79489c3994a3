"""bin/run: the servers, the site, the articles, until Ctrl-C."""

import argparse
import contextlib
import http.client
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .bootstrap import CHECKOUT
from .errors import InUse, StartError
from .processes import Service, StopRequested, Supervisor

if TYPE_CHECKING:
    from .datadir import DataDirectory

FIRST_PORT = 8000


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run",
        description="Starts Muster, reads the articles, shows what the register holds and serves it on this "
        "machine until Ctrl-C.",
        epilog="While it serves, a second bin/run PATH… hands its articles to it. MUSTER_DATA_DIR names the data "
        "directory (default: .muster in the checkout); DATABASE_URL and REDIS_URL name servers to use in place of the "
        "embedded ones.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="article files or directories (default: samples/)")
    parser.add_argument("--once", action="store_true", help="end after the summary; status 0 if all was settled")
    parser.add_argument("--port", type=int, help=f"of the web server (default: {FIRST_PORT}, or the next free one)")
    known = parser.parse_args(arguments)
    for path in known.paths:
        if not os.path.exists(path):
            parser.error(f"{path}: there is no such file or directory")
    if known.port is not None and not 0 < known.port < 65536:
        parser.error(f"--port {known.port}: a port is a number from 1 to 65535")
    return known


def run(arguments: argparse.Namespace) -> int:
    """Start, serve and stop everything; the exit status."""
    # Known to be there only once the requirements are installed.
    from .datadir import DataDirectory
    from .servers import ask_servers, start_servers

    data = DataDirectory(os.environ.get("MUSTER_DATA_DIR") or CHECKOUT / ".muster")
    try:
        data.lock()
    except InUse:
        if not arguments.paths:
            raise
        return _hand_over(data, arguments.paths)
    listening = _listen(arguments.port)
    port = listening.getsockname()[1]
    serving = False
    with Supervisor() as supervisor:
        try:
            print("Starting PostgreSQL and Valkey …", flush=True)
            servers = start_servers(data, supervisor)
            print(f"{ask_servers(servers)} answered.", flush=True)
            environment = os.environ | servers | {"MUSTER_LOCAL_HTTP": "1"}
            print("Preparing the database …", flush=True)
            prepared, note = os.pipe()
            # Not from the checkout: paths stay as they were typed, in messages too.
            command = [sys.executable, Path(__file__).with_name("steps.py"), str(note)]
            paths = arguments.paths or [CHECKOUT / "samples"]
            with supervisor.step([*command, *paths], env=environment, pass_fds=(note,)) as steps:
                os.close(note)
                supervisor.wait_until(lambda: select.select([prepared], [], [], 0)[0], pause=0.05)
                if not os.read(prepared, 100):
                    raise StartError("The database could not be prepared; the reason stands above.")
                web = _start_site(supervisor, data.logs, environment, listening)
                listening.close()
                supervisor.wait_until(lambda: steps.poll() is not None)
            unsettled = steps.returncode
            answer = supervisor.wait_until(lambda: _answer(port), seconds=60, pause=0.1)
            if answer is None or answer >= 500:
                print(f"The web server gives {answer or 'no answer'}. The end of {web.log}:\n{web.log_tail()}")
                unsettled = unsettled or 1
            if arguments.once:
                return 1 if unsettled else 0
            print(f"Muster is at http://127.0.0.1:{port}/ (Ctrl-C stops it)", flush=True)
            serving = True
            supervisor.wait_until(lambda: False)
        except StopRequested:
            # The progress bar may have left the cursor hidden, in the middle of its line.
            print("\033[?25h\n" if sys.stdout.isatty() else "", "Stopping …", sep="", flush=True)
    return 0 if serving else 130


def _hand_over(data: "DataDirectory", paths: list[str]) -> int:
    """Give articles to the start that holds the data directory, and show what becomes of them; the exit status."""
    from .servers import ask_servers, running_servers

    servers = running_servers(data)
    try:
        ask_servers(servers)
    except StartError:
        raise StartError(
            f"Another start of Muster holds {data.path} and is not ready, or is about to end. Try again in a moment."
        ) from None
    print("Muster runs already; the articles are handed to it.", flush=True)
    command = [sys.executable, CHECKOUT / "manage.py", "ingest", "--wait", "--", *paths]
    with Supervisor() as supervisor:
        try:
            return 1 if supervisor.run(command, env=os.environ | servers | {"MUSTER_LOCAL_HTTP": "1"}) else 0
        except StopRequested:
            print("Stopped waiting; what was handed over is read all the same.", flush=True)
            return 130


def _listen(wanted: int | None) -> socket.socket:
    """A bound socket, handed on to the web server, so that nobody takes the port in between."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + 100):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError as error:
            listening.close()
            problem = error.strerror
        else:
            return listening
    raise StartError(f"Port {wanted or FIRST_PORT} of 127.0.0.1 cannot be had: {problem}. Choose one with --port.")


def _start_site(supervisor: Supervisor, logs: Path, environment: dict[str, str], listening: socket.socket) -> Service:
    """Start web server, worker and beat, and return the first."""

    def start(name: str, *command: str, **options: Any) -> Service:
        log = logs / f"{name.split()[-1]}.log"
        return supervisor.add(Service(name, command, log=log, cwd=CHECKOUT, env=environment, **options))

    celery = (sys.executable, "-m", "celery", "-A", "config")
    start(
        "Celery worker",
        *(*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"),
        *("--concurrency", str(min(2, os.cpu_count() or 1))),
        # Asked twice, it gives tasks back to the broker instead of finishing them.
        stop_signals=((signal.SIGTERM, 10), (signal.SIGQUIT, 10)),
    )
    descriptor = listening.fileno()
    web = start(
        "web server",
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"fd://{descriptor}"),
        *("--workers", "2", "--threads", "4", "--preload", "--no-control-socket"),
        pass_fds=(descriptor,),
    )
    # Beat has time: what is waited for goes first.
    start("Celery beat", "nice", *celery, "beat", "--loglevel", "WARNING")
    return web


def _answer(port: int) -> int | None:
    """Status of the front page; None while there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/")
        return connection.getresponse().status
    return None
