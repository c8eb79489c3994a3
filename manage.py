#!/usr/bin/env python
"""Django's command line for Muster. `bin/run` and `bin/test` start the servers it needs."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        print(f"The settings do not fit: {error}", file=sys.stderr)  # noqa: T201
        return 1
    except OperationalError as error:
        from config.services import database_fault

        print(database_fault(error), file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
