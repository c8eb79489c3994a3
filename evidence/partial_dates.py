"""Dates known to the day, the month or the year, and never made more exact than they are."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import total_ordering

from django.db.models import CheckConstraint, Q, TextChoices

SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(TextChoices):
    """How much of a stored date was stated; the rest of it is the first day, stored for order only."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, perhaps a month of it, perhaps a day of that."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

        Raises ValueError for any other shape, and for a day that no calendar has.
        """
        match = SHAPE.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = match.groups()
        # Raises for a month or day 00 too, which must not be taken for "not given".
        datetime.date(int(year), int(month or 1), int(day or 1))
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, date: datetime.date, precision: str = Precision.DAY) -> PartialDate:
        """The partial date that a stored date and its precision stand for."""
        if precision == Precision.YEAR:
            return cls(date.year)
        return cls(date.year, date.month, date.day if precision == Precision.DAY else None)

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def first(self) -> datetime.date:
        """The first day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or monthrange(self.year, month)[1])

    def refines(self, other: PartialDate) -> bool:
        """Does it lie within what the other can mean?"""
        return other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, self.last) < (other.first, other.last)


def partial_date_constraints(table: str, *columns: str) -> list[CheckConstraint]:
    """What the database holds of each `column` and `column_precision`: both or neither, and no made-up day."""
    constraints = []
    for column in columns:
        precision = f"{column}_precision"
        constraints += [
            CheckConstraint(
                condition=Q(**{f"{column}__isnull": True, precision: ""})
                | Q(**{f"{column}__isnull": False, f"{precision}__in": Precision.values}),
                name=f"{table}_{column}_paired",
            ),
            CheckConstraint(
                condition=Q(**{f"{column}__isnull": True})
                | Q(**{precision: Precision.DAY})
                | Q(**{precision: Precision.MONTH, f"{column}__day": 1})
                | Q(**{precision: Precision.YEAR, f"{column}__day": 1, f"{column}__month": 1}),
                name=f"{table}_{column}_first",
            ),
        ]
    return constraints
