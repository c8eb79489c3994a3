"""Celery tasks: each takes a primary key, calls one service, returns."""

from celery import shared_task

from ingest import services


@shared_task(name="ingest.tasks.advance")
def advance(intake: int) -> None:
    services.advance(intake)


@shared_task(name="ingest.tasks.sweep")
def sweep() -> None:
    """Hint again at every intake that a lost message or a lost worker left behind."""
    for intake in services.unfinished():
        advance.delay(intake)
