from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Intake to settled register, as Celery tasks."""

    name = "ingest"
