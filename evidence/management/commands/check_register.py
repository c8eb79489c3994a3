"""`manage.py check_register`: proves the invariants of the register, or says what breaks which."""

import sys
from contextlib import nullcontext

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from evidence.invariants import candidates, check


class Command(BaseCommand):
    help = "Check every invariant of the register; one line for each breach, and exit status 1 if there is one."

    def handle(self, *args: object, **options: object) -> None:
        inside = connection.in_atomic_block
        with nullcontext() if inside else transaction.atomic():
            if not inside:
                with connection.cursor() as cursor:
                    # One state throughout, whatever is being written meanwhile.
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            breaches = [f"{name}: {breach}" for name, breach in check()]
            pairs = [f"candidate: {pair}" for pair in candidates()]
        for line in [*breaches, *pairs]:
            self.stdout.write(line)
        self.stdout.write(f"{len(breaches)} breaches, {len(pairs)} candidate pairs.")
        if breaches:
            sys.exit(1)
