"""`manage.py coverage`: what the register holds by group and year, and how well each is borne out."""

from django.core.management.base import BaseCommand
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from evidence.choices import RecordKind
from register.coverage import coverage

COLUMNS = ("records", "1 at most", "2", "3 or more", "contested", "no article read")


class Command(BaseCommand):
    help = (
        "Print by group and year: live records, with how many independent sources, contested, never confirmed by an "
        "article that was read, and the numbers missing in the group's series."
    )

    def handle(self, *args: object, **options: object) -> None:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for name in ("group", "year", "kind"):
            table.add_column(name)
        for name in COLUMNS:
            table.add_column(name, justify="right")
        table.add_column("missing numbers")
        totals = [0] * len(COLUMNS)
        group = ""
        for cell in coverage():
            counts = [
                cell.records,
                cell.with_sources(0, 1),
                cell.with_sources(2, 2),
                cell.with_sources(3),
                cell.contested,
                cell.unread,
            ]
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
            table.add_row(
                cell.group if cell.group != group else "",
                cell.year,
                RecordKind(cell.kind).label,
                *(str(count) if count else "–" for count in counts),
                ", ".join(map(str, cell.missing)),
            )
            group = cell.group
        table.add_section()
        table.add_row("all", "", "", *map(str, totals), "")
        Console(file=self.stdout._out, width=140).print(table)
