#!/usr/bin/env python3
"""Takes articles in, in many random orders, and compares the registers that come of it.

    python benchmarks/orders.py [--orders N] [DIRECTORY…]

The articles are those of samples/ and of the directories named. Compared are clusters of mentions, columns, settled
values with their weights, and claims; ids, times and versions aside. Each register is checked too: no invariant may be
broken. Works in a database of its own beside the one of DATABASE_URL, dropped afterwards. Prints what differs; the
exit status is 1 if anything does.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
# The comparison is the one that the tests use.
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--orders", type=int, default=20, metavar="N", help="how many orders (20)")
    parser.add_argument("directories", nargs="*", type=Path, metavar="DIRECTORY", help="further articles")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from ingest.scratch import scratch_register
    from ingest.services import article_files

    files = [path for directory in (CHECKOUT / "samples", *options.directories) for path in article_files(directory)]
    if options.orders < 2 or len(files) < 2:
        parser.error("an order is compared with another: at least two orders of at least two articles")
    with scratch_register():
        return compare(files, options.orders)


def compare(files: list[Path], number: int) -> int:
    """Print a line an order; returns the exit status."""
    from register_content import differences

    import extraction

    # Reading is pure; each text is read once.
    extraction.read = functools.cache(extraction.read)
    first = None
    different = 0
    for seed in range(number):
        order = list(files)
        random.Random(seed).shuffle(order)
        started = time.monotonic()
        content, breaches = taken_in(order)
        first = first or content
        found = [*differences(first, content), *breaches]
        different += bool(found)
        print(
            f"order {seed}: {len(content['records'])} records, {time.monotonic() - started:.0f} s, {len(found)} faults"
        )
        for line in found[:20]:
            print(f"  {line}")
    print(
        f"{len(files)} articles in {number} orders: {different} registers differ from the first or break an invariant"
    )
    return 1 if different else 0


def taken_in(order: list[Path]) -> tuple[dict, list[str]]:
    """The content of the register that comes of this order, and what it breaks; nothing of it stays."""
    from django.db import transaction
    from register_content import register_content

    from evidence.invariants import check
    from ingest.services import advance, submit_path

    with transaction.atomic():
        for path in order:
            for intake in submit_path(path):
                advance(intake.pk)
        content, breaches = register_content(), [f"{name}: {breach}" for name, breach in check()]
        transaction.set_rollback(True)
    return content, breaches


if __name__ == "__main__":
    sys.exit(main())
