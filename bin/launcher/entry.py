"""Where bin/run and bin/test begin: first under any Python, then again under that of .venv."""

import os
import sys
from typing import NoReturn

from .bootstrap import PYTHON, VENV, ensure_environment
from .errors import StartError


def main(command: str) -> NoReturn:
    """Run one of the two commands and exit with its status."""
    try:
        sys.exit(_begin(command))
    except StartError as error:
        sys.exit(f"bin/{command}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def _begin(command: str) -> int:
    if command == "run":
        from .run import parse_arguments
    else:
        from .check import parse_arguments
    arguments = parse_arguments(sys.argv[1:])
    ensure_environment(tests=command == "test")
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        # By its path, not through a script of .venv/bin: those break on spaces in the path.
        os.execv(PYTHON, [str(PYTHON), *sys.argv])
    if command == "run":
        from .run import run

        return run(arguments)
    from .check import check

    return check(arguments)
