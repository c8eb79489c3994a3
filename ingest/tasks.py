"""Celery tasks: each takes a primary key, calls one service, returns."""

from celery import Task, shared_task
from celery.signals import worker_init

from evidence import batches
from evidence.choices import BatchKind
from evidence.tasks import advance_batch
from ingest import rereading, services
from ingest.facts import running


@worker_init.connect
def compile_rules(**told: object) -> None:
    """Once, before a worker forks: else each of its processes spends a second on that at its first article."""
    import extraction.engine  # noqa: F401


@shared_task(name="ingest.tasks.advance", bind=True)
def advance(self: Task, intake: int) -> None:
    # A message comes twice only where the worker that had it is gone: its lease need not be waited for.
    services.advance(intake, taking_over=bool((self.request.delivery_info or {}).get("redelivered")))


@shared_task(name="ingest.tasks.sweep")
def sweep() -> None:
    """Hint again at every intake that a lost message or a lost worker left behind."""
    for intake in services.forgotten():
        advance.delay(intake)
    for wanted in running.forgotten():
        import_facts.delay(wanted)
    for batch in batches.forgotten():
        (reread_batch if batch.kind == BatchKind.REREAD else advance_batch).delay(batch.pk)


@shared_task(name="ingest.tasks.import_facts")
def import_facts(wanted: int) -> None:
    running.run(wanted)


@shared_task(name="ingest.tasks.reread_batch")
def reread_batch(batch: int) -> None:
    # A few articles a task, so that none outlives its time limit however many there are.
    if rereading.advance(batch):
        reread_batch.delay(batch)
