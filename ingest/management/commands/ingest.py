"""`manage.py ingest PATH… [--wait]`: submits article files and, if asked, waits until they are settled."""

import datetime
import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path

from celery.exceptions import OperationalError as BrokerDown
from django.core.management.base import BaseCommand, CommandError
from kombu.exceptions import OperationalError as KombuDown
from redis.exceptions import ConnectionError as RedisDown
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from config.services import broker_fault
from ingest.choices import DONE, IntakeState
from ingest.models import Intake
from ingest.services import article_files, forgotten, printable, submit_path
from ingest.summary import print_summary
from ingest.tasks import advance

POLL = 0.2
# With nothing moving for this long, no worker is at work; the longest task ends well before.
STALLED = 150
HINT_AGAIN = datetime.timedelta(seconds=5)


class Command(BaseCommand):
    help = "Submit article files or directories to the register through Celery."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="article files (JSON, HTML, text) or directories")
        parser.add_argument("--wait", action="store_true", help="show progress, then what the register holds")

    def handle(self, *args: object, **options: object) -> None:
        paths: list[Path] = options["paths"]
        faults = [fault for path in paths if (fault := _nothing_to_read(path))]
        if faults:
            raise CommandError("\n".join(faults))
        files = [file for path in paths for file in (article_files(path) if path.is_dir() else [path])]
        submitted = [(file, intake) for file in files for intake in submit_path(file)]
        intakes = [intake for _, intake in submitted]
        waiting = {i.pk for i in intakes if i.state not in DONE}
        try:
            for pk in sorted(waiting):
                advance.delay(pk)
        except (BrokerDown, KombuDown, RedisDown) as error:
            raise CommandError(
                f"{broker_fault(error)} The {len(waiting)} articles are stored and will be read once it is back."
            ) from None
        new = len(waiting)
        if not options["wait"]:
            self.stdout.write(f"{len(intakes)} submitted, {new} of them new.")
            return
        started = time.monotonic()
        self._wait(len(intakes), waiting)
        seconds = time.monotonic() - started
        pks = {i.pk for i in intakes}
        refused = Intake.objects.filter(pk__in=pks, state=IntakeState.QUARANTINED)
        faults = dict(refused.values_list("pk", "fault"))
        # By the name it has here: files of the same bytes share an intake, which has the name of one.
        for file, intake in submitted:
            if intake.pk in faults:
                self.stderr.write(f"{printable(str(file))} {faults[intake.pk]}")
        print_summary(Console(file=self.stdout._out), submitted=len(pks), new=new, seconds=seconds)
        left = Intake.objects.filter(pk__in=pks).exclude(state__in=DONE).count()
        if left:
            raise CommandError(f"{left} articles were neither settled nor reported; see the worker's log.")

    def _wait(self, total: int, waiting: set[int]) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as progress:
            bar = progress.add_task("Reading articles", total=total, completed=total - len(waiting))
            last, moved = -1, time.monotonic()
            while waiting:
                done = set(Intake.objects.filter(pk__in=waiting, state__in=DONE).values_list("pk", flat=True))
                waiting -= done
                progress.update(bar, completed=total - len(waiting))
                if len(waiting) != last:
                    last, moved = len(waiting), time.monotonic()
                elif time.monotonic() - moved > STALLED:
                    raise CommandError(
                        f"No article was finished in {STALLED} seconds; {len(waiting)} wait. Is a worker running "
                        "(celery -A config worker)?"
                    )
                elif time.monotonic() - moved > HINT_AGAIN.total_seconds():
                    # A message lost on the way must not keep the reader waiting for the sweeper.
                    for pk in set(forgotten(HINT_AGAIN)) & waiting:
                        advance.delay(pk)
                    time.sleep(1)
                time.sleep(POLL if waiting else 0)


def _nothing_to_read(path: Path) -> str:
    """Why a path cannot be meant; what is wrong with a file itself is recorded where an editor sees it."""
    try:
        if not os.path.lexists(path):
            return f"{path}: no such file or directory"
        if path.is_dir() and not article_files(path):
            return f"{path}: no article files (.json, .html, .txt) in this directory"
    except OSError as error:
        return f"{path}: {error.strerror}"
    return ""
