"""Enumerations of the funding app; each docstring says what the distinction means."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """How far the money has come. Sums of different stages are never added."""

    ANNOUNCED = "announced"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ALLOCATED = "allocated"
    DELIVERED = "delivered"


class ShareBasis(TextChoices):
    """Whether a source states the share, or it is the equal part of a stated set."""

    STATED = "stated"
    EQUAL_SPLIT_ASSUMED = "equal_split_assumed", "Equal split assumed"
    UNKNOWN = "unknown"
