"""The management commands of a start: database, reference data, static files, the editor's login, facts, articles.

A script of its own that runs them all in one Django process: Django takes nearly two seconds to start.
Arguments: a file descriptor to close once the site can start, and the paths of the articles.
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
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import OperationalError

    prepared, *paths = sys.argv[1:]
    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", verbosity=0)
        _collect_static_files()
        call_command("create_editor")
        os.write(int(prepared), b"prepared")
        os.close(int(prepared))
        faulty = _import_facts(settings.FACTS_DIR) if settings.FACTS_DIR else 0
        call_command("ingest", "--wait", "--", *paths)
    except OperationalError as error:
        from config.services import database_fault

        print(database_fault(error), file=sys.stderr)
        return 1
    except (CommandError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 1
    return faulty


def _import_facts(directory: str) -> int:
    """Import the facts; 1 if a row was left out, which keeps no article from being read."""
    from django.core.management import CommandError, call_command

    try:
        call_command("import_facts", directory)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _collect_static_files() -> None:
    """Collect and hash static files, only after a change of any; compressed they are not, for this machine alone.

    Compressing takes 40 seconds of a processor, most of it for the scripts of the API's documentation.
    """
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    note = Path(settings.STATIC_ROOT) / "collected-from"
    if note.exists() and note.read_text() == digest.hexdigest():
        return
    command = Command()
    command.storage = ManifestStaticFilesStorage()
    call_command(command, interactive=False, verbosity=0)
    note.write_text(digest.hexdigest())


if __name__ == "__main__":
    sys.exit(main())
