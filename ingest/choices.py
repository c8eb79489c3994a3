"""Enumerations of the ingest app."""

from django.db.models import TextChoices


class IntakeState(TextChoices):
    """How far a submission has come. `quarantined` waits for a person, with the reason beside it."""

    PENDING = "pending"
    FETCHED = "fetched"
    READ = "read"
    RECORDED = "recorded"
    SETTLED = "settled"
    QUARANTINED = "quarantined"


# Nothing more will happen to these by itself.
DONE = (IntakeState.SETTLED, IntakeState.QUARANTINED)


class ImportState(TextChoices):
    """How far an import of facts has come.

    `held` waits for a second person, as it changes packages of much money; nothing of it is written yet. `refused`:
    that person said no, or the files are none that could be read.
    """

    HELD = "held", "Waits for an approver"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
