"""`manage.py rebuild`: derives every record anew from the log."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from evidence.rebuild import BATCH, rebuild


class Command(BaseCommand):
    help = (
        "Replay the log and derive bindings, records and settled fields anew. Safe to interrupt: it is one transaction."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--batch", type=int, default=BATCH, help="rows held in memory at a time (default %(default)s)"
        )

    def handle(self, *args: object, **options: int) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be at least 1.")
        loud = options["verbosity"] > 1
        done = rebuild(options["batch"], self.stdout.write if loud else lambda line: None)
        self.stdout.write(
            f"{done.mentions} mentions bound, {done.records} records settled; {done.changed} records changed."
        )
