"""Brings database, reference data, static files and the editor's account up to date, in one Django process.

A script of its own: Django takes a second to start, and five management commands would pay it five times.
"""

import hashlib
import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# In place of this directory, whose modules are not meant to be imported by their bare names.
sys.path[0] = str(CHECKOUT)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import OperationalError

    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", verbosity=0)
        _collect_static_files()
        call_command("create_editor")
    except (CommandError, ImproperlyConfigured, OperationalError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


def _collect_static_files() -> None:
    """Compressing them takes seconds, so it is done only after a change of any of them."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    note = Path(settings.STATIC_ROOT) / "collected-from"
    if note.exists() and note.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(digest.hexdigest())


if __name__ == "__main__":
    sys.exit(main())
