"""Starts embedded servers for the tests, prints as JSON where they are, and stops them when its input ends.

A process of its own: it can become nobody after its imports, and be killed.
"""

import argparse
import codecs
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))

from launcher.datadir import DataDirectory, nobody
from launcher.errors import StartError
from launcher.postgres import Postgres
from launcher.processes import StopRequested, Supervisor
from launcher.valkey import Valkey


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("servers", nargs="+", choices=["postgres", "valkey"])
    parser.add_argument("--become-nobody", action="store_true")
    parser.add_argument("--ways", nargs="+")
    parser.add_argument("--binaries", type=Path)
    arguments = parser.parse_args()
    if arguments.become_nobody:
        codecs.lookup("idna")  # loaded on first use, from where nobody may not be able to read
        user, group = nobody()
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    try:
        return serve(arguments)
    except StartError as error:
        say({"error": str(error)})
        return 1


def say(facts: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def serve(arguments: argparse.Namespace) -> int:
    data = DataDirectory(arguments.data)
    data.lock()
    candidates = [arguments.binaries] if arguments.binaries else None
    with Supervisor() as supervisor:
        answer: dict[str, object] = {}
        if "postgres" in arguments.servers:
            postgres = Postgres(data, ways=arguments.ways, candidates=candidates)
            postgres.start(supervisor)
            postgres.wait(supervisor)
            answer |= {
                "postgres": postgres.url,
                "superuser": postgres.owner_url,
                "way": postgres.footing.way,
                "cluster": str(postgres.cluster),
                "program": str(postgres.footing.binaries / "postgres"),
            }
        if "valkey" in arguments.servers:
            valkey = Valkey(data)
            valkey.start(supervisor)
            valkey.wait(supervisor)
            answer["valkey"] = valkey.url
        answer["pids"] = {service.name: service.process.pid for service in supervisor.services}
        say(answer)
        os.set_blocking(0, False)
        try:
            supervisor.wait_until(lambda: sys.stdin.buffer.read(1) == b"", pause=0.05)
        except StopRequested:
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
