"""A launcher in small for the tests: two services with children of their own, and a step in the foreground.

Arguments: directory for the logs, and the shell commands of the two services and of the step.
"""

import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))

from launcher.errors import StartError
from launcher.processes import Service, StopRequested, Supervisor


def main() -> int:
    # Tests that run under nohup hand down that a closed terminal is ignored.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    logs = Path(sys.argv[1])
    first, second, step = sys.argv[2:]
    with Supervisor() as supervisor:
        supervisor.add(Service("first", ["sh", "-c", first], log=logs / "first.log", foundation=True))
        supervisor.add(Service("second", ["sh", "-c", second], log=logs / "second.log"))
        try:
            sys.stdout.write(f"status {supervisor.run(['sh', '-c', step])}\n")
            sys.stdout.flush()
            supervisor.wait_until(lambda: False)
        except StopRequested:
            return 130
        except StartError as error:
            sys.stdout.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
