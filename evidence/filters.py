"""What the filters of every list share: strict parameters, folded text, partial dates, records by any of their ids.

One definition serves a page's form and a feed's parameters.
"""

# The libraries' classes carry no types.
# mypy: disallow-subclassing-any=False
from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Func, Model, Q, QuerySet, TextField, Value
from django.http import QueryDict

from evidence.models import Outlet
from evidence.partial_dates import PartialDate, Precision
from evidence.services import current_record

YEARS = (1900, 2100)
# Letters that no decomposition brings back to a plain one.
WHOLE_LETTERS, PLAIN_LETTERS = "łŁøØđĐı", "lLoOdDi"


# Text


class Folded(Func):
    """A column's text without accents, in lower case."""

    template = (
        "lower(translate(regexp_replace(normalize((%(expressions)s)::text, NFKD), '[\u0300-\u036f]', '', 'g'), "
        f"'{WHOLE_LETTERS}', '{PLAIN_LETTERS}'))"
    )
    output_field = TextField()


class Joined(Func):
    """The elements of an array of names, parted by blanks."""

    function = "array_to_string"
    output_field = TextField()

    def __init__(self, column: str) -> None:
        super().__init__(column, Value(" "))


def fold_text(text: str) -> str:
    """The same folding as `Folded`, for what a reader types."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")
    return plain.translate(str.maketrans(WHOLE_LETTERS, PLAIN_LETTERS)).lower()


def having_words(queryset: QuerySet[Any], text: str, *columns: Any) -> QuerySet[Any]:
    """Rows whose columns, taken together, hold every word of the text, whatever its case and accents."""
    text_of_row = Func(Value(" "), *columns, function="concat_ws", output_field=TextField())
    queryset = queryset.alias(searched=Folded(text_of_row))
    for word in fold_text(text).split():
        queryset = queryset.filter(searched__contains=word)
    return queryset


# Dates


def reaches(column: str, day: datetime.date) -> Q:
    """The partial date can mean this day or a later one."""
    precision = f"{column}_precision"
    return (
        Q(**{f"{column}__gte": day})
        | Q(**{precision: Precision.MONTH, f"{column}__gte": day.replace(day=1)})
        | Q(**{precision: Precision.YEAR, f"{column}__gte": day.replace(month=1, day=1)})
    )


class PartialDateField(forms.Field):
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    def to_python(self, value: Any) -> PartialDate | None:
        text = (value or "").strip()
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            raise ValidationError(f"“{text[:50]}” is no date of the form YYYY, YYYY-MM or YYYY-MM-DD.") from None


class PartialDateFilter(django_filters.Filter):
    """A day, a month or a year."""

    field_class = PartialDateField


class YearFilter(django_filters.Filter):
    """A calendar year. Dates known to the year alone are stored as its first day and so belong to it."""

    field_class = forms.IntegerField

    def __init__(self, label: str = "Year", **kwargs: Any) -> None:
        super().__init__(label=label, min_value=YEARS[0], max_value=YEARS[1], **kwargs)


def text_filter(label: str, method: str, max_length: int = 200) -> django_filters.CharFilter:
    return django_filters.CharFilter(label=label, method=method, max_length=max_length)


# Records


class RecordChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A live record by its id, or by an id that it has taken over in a merger."""

    default_error_messages = {"invalid_choice": "“%(value)s” is the id of no such record in the register."}

    def to_python(self, value: Any) -> Model | None:
        try:
            return super().to_python(value)
        except ValidationError:
            try:
                current = current_record(UUID(str(value)))
            except ValueError:
                current = None
            if current is None or str(current) == str(value):
                raise
            return super().to_python(current)


class RecordFilter(django_filters.ModelChoiceFilter):
    """Rows that name this record."""

    field_class = RecordChoiceField


# Forms


class StrictForm(forms.Form):
    """Refuses parameters that are unknown or given twice: a misspelt filter must not return everything."""

    others: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        known = {*self.fields, *self.others}
        for name in sorted(set(self.data) - known):
            self.add_error(None, f"Unknown parameter “{name[:50]}”; known are {', '.join(sorted(known))}.")
        if isinstance(self.data, QueryDict):
            for name in sorted(known & set(self.data)):
                if len(self.data.getlist(name)) > 1:
                    self.add_error(name if name in self.fields else None, f"“{name}” is given more than once.")
        return cleaned


class RegisterFilter(django_filters.FilterSet):
    """The base of every list's filters. `others` names the list's parameters that are no filters: a page's places."""

    others: Sequence[str] = ("after", "before")

    class Meta:
        form = StrictForm

    @property
    def form(self) -> StrictForm:
        form: StrictForm = super().form
        form.others = self.others
        return form


class ArticleFilter(RegisterFilter):
    """Articles by outlet, year of publication, and words of their headline."""

    q = text_filter("Words of the headline", "with_words")
    outlet = django_filters.ModelChoiceFilter(label="Outlet", queryset=Outlet.objects.all(), empty_label="Any")
    year = YearFilter("Year of publication", field_name="published", lookup_expr="year")

    def with_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return having_words(queryset, value, "title", "outlet__name")
