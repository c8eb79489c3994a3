"""Celery tasks: each takes a primary key, calls one service, returns."""

# The library carries no types.
# mypy: disable-error-code="import-untyped,untyped-decorator"

from celery import shared_task

from evidence import batches


@shared_task(name="evidence.tasks.advance_batch")
def advance_batch(batch: int) -> None:
    # A chunk a task, so that none outlives its time limit however long the batch is.
    if batches.advance(batch):
        advance_batch.delay(batch)
