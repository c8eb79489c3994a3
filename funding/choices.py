"""Enumerations of the funding app; each docstring says what the distinction means."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """How far the money has come. Sums of different stages are never added."""

    ANNOUNCED = "announced"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ALLOCATED = "allocated"
    DELIVERED = "delivered"


class Coverage(TextChoices):
    """What a sum covers, where it is not money that one announcement gives. None of these is ever added to packages."""

    # All that was given until that day, or over a stretch of time gone by.
    RUNNING_TOTAL = "running_total", "Running total"
    # What several gave or promised, told as one sum: each one's own packages stand beside it.
    PLEDGES = "pledges", "Total of several donors' pledges"
    # A budget for a year or years, out of which packages are paid.
    FRAME = "frame", "Frame for a period"
    # Leave to spend in a certain way money that is announced elsewhere.
    AUTHORITY = "authority", "Legal authority"


class ShareBasis(TextChoices):
    """Whether a source states the share, or it is the equal part of a stated set."""

    STATED = "stated"
    EQUAL_SPLIT_ASSUMED = "equal_split_assumed", "Equal split assumed"
    UNKNOWN = "unknown"
