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


class LeftOut(TextChoices):
    """Why a package is in no total. Every package is either counted, or left out for exactly one of these."""

    UNCONFIRMED = "unconfirmed", "Not confirmed: nothing that says it exists reaches the threshold of publication"
    NO_SUM = "no_sum", "No sum is stated"
    RUNNING_TOTAL = "running_total", "A running total: what it adds up stands by itself"
    PLEDGES = "pledges", "A total of several donors' pledges: each one's own packages stand by themselves"
    FRAME = "frame", "A frame for a period, out of which packages are paid"
    AUTHORITY = "authority", "A legal authority, no money of its own"
    RESTATES = "restates", "The same money told again"
    REPLACED = "replaced", "A plan that another package replaced"
    PART = "part", "Part of a sum that is counted"
    SUM_OF_PARTS = "sum_of_parts", "Its parts are known and come to it; they are counted in its place"


class ShareBasis(TextChoices):
    """Whether a source states the share, or it is the equal part of a stated set."""

    STATED = "stated"
    EQUAL_SPLIT_ASSUMED = "equal_split_assumed", "Equal split assumed"
    UNKNOWN = "unknown"
