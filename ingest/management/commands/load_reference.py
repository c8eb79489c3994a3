from django.core.management.base import BaseCommand, CommandError

from ingest.reference import ReferenceError, load


class Command(BaseCommand):
    help = "Load nations, places, programmes, topics, organisations and contact groups from data/reference."

    def handle(self, *args: object, **options: object) -> None:
        try:
            counts = load()
        except ReferenceError as error:
            raise CommandError(f"The reference data were not loaded: {error}") from None
        self.stdout.write("Reference data: " + ", ".join(f"{n} {f.removesuffix('.csv')}" for f, n in counts.items()))
