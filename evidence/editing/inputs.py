"""The inputs of the desk: one form field for each form of a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError

from evidence.editing.shapes import Form, Shape, with_links

# Characters of a note or of words without a limit of their own.
NOTE = 2000


def plain_words(text: str) -> str:
    """The text itself. Raises ValidationError for markup: names are shown as they are written, never as HTML."""
    found = re.search(r"</?[A-Za-z!?][^\s>]*>?", text)
    if found:
        raise ValidationError("“%(found)s” is markup; write plain text.", params={"found": found.group()[:40]})
    return text


class LinesField(forms.CharField):
    """Several values, one a line, without repetition."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return _lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _lines(data or "") != list(initial or [])


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


class MeasureField(forms.MultiValueField):
    """A number with its currency, where it is money, and its hedge."""

    def __init__(self, shape: Shape, **options: Any) -> None:
        self.keys = [key for key in ("currency", "number", "qualifier") if key in shape.parts]
        hedges = [("", "exactly"), *cast(Any, shape.parts["qualifier"].flatchoices)]
        made: dict[str, forms.Field] = {
            "currency": forms.CharField(
                max_length=3, widget=forms.TextInput(attrs={"size": 4, "placeholder": "EUR", "aria-label": "currency"})
            ),
            "number": forms.CharField(
                max_length=40,
                widget=forms.TextInput(attrs={"size": 22, "inputmode": "decimal", "aria-label": "number"}),
            ),
            "qualifier": forms.ChoiceField(choices=hedges, widget=forms.Select(attrs={"aria-label": "how exact"})),
        }
        fields = [made[key] for key in self.keys]
        widget = MeasureWidget(self.keys, [inner.widget for inner in fields])
        super().__init__(fields, widget=widget, require_all_fields=False, **options)
        for inner in fields:
            inner.required = False

    def compress(self, data_list: Sequence[Any]) -> Any:
        found = {key: value for key, value in zip(self.keys, data_list, strict=False) if value}
        # A hedge left standing beside an emptied number means nothing.
        if not found.get("number"):
            return None
        text = "".join(found["number"].replace(",", "").replace("_", "").split())
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError("“%(text)s” is not a number.", params={"text": found["number"]}) from None
        value = {"number": text if "currency" in self.keys else number, "qualifier": found.get("qualifier")}
        if "currency" in self.keys:
            value["currency"] = str(found.get("currency", "")).upper()
        elif number != number.to_integral_value() or not number.is_finite():
            raise ValidationError("“%(text)s” is not a whole number.", params={"text": found["number"]})
        else:
            value["number"] = int(number)
        return value


class MeasureWidget(forms.MultiWidget):
    """The inputs of a measure side by side."""

    def __init__(self, keys: Sequence[str], widgets: Sequence[Any]) -> None:
        self.keys = list(keys)
        super().__init__(widgets, attrs={"class": "measure"})

    def decompress(self, value: Any) -> list[Any]:
        if not value:
            return [None] * len(self.keys)
        shown = {**value, "number": f"{Decimal(value['number']):,f}"}
        return [shown.get(key) for key in self.keys]


class TermField(forms.MultiValueField):
    """A known term, or else the words of the sources."""

    def __init__(self, shape: Shape, site: AdminSite, **options: Any) -> None:
        self.known = _link_field(shape, site)
        words = forms.CharField(
            required=False,
            max_length=shape.words.max_length,
            widget=forms.TextInput(attrs={"class": "vTextField", "placeholder": "or, if not listed, its name"}),
        )
        super().__init__(
            [self.known, words],
            widget=TermWidget(self.known, words.widget),
            require_all_fields=False,
            **options,
        )

    def compress(self, data_list: Sequence[Any]) -> Any:
        if not data_list:
            return None
        term, words = data_list
        if term and words:
            raise ValidationError("Choose a listed one or write a name, not both.")
        return str(term.pk) if term else words or None


class TermWidget(forms.MultiWidget):
    """A search box for known terms, and a line for others."""

    def __init__(self, known: forms.ModelChoiceField[Any], words: forms.Widget) -> None:
        self.known = known
        super().__init__([cast(forms.Widget, known.widget), words])

    def decompress(self, value: Any) -> list[Any]:
        if not value:
            return [None, None]
        listed = cast(Any, self.known.queryset).filter(pk=value).exists()
        return [value, None] if listed else [None, value]


class LinkSelect(AutocompleteSelect):
    """A search box; Django's own fails where what was sent is no id at all, instead of showing the form's error."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = cast(Any, self.field).remote_field.model._meta.pk
        return super().optgroups(name, [text for text in value if _is_key(key, text)], attr)


def _is_key(column: Any, text: str) -> bool:
    try:
        column.to_python(text)
    except ValidationError:
        return False
    return True


def _link_field(shape: Shape, site: AdminSite) -> forms.ModelChoiceField[Any]:
    model: Any = shape.link.remote_field.model
    return forms.ModelChoiceField(
        queryset=with_links(model),
        required=False,
        widget=LinkSelect(shape.link, site),
        error_messages={"invalid_choice": "The register does not know it."},
    )


def form_field(shape: Shape, site: AdminSite) -> forms.Field:
    """The form field that takes values of this shape."""
    column = next(iter(shape.columns.values()))
    options: dict[str, Any] = {"required": False, "label": shape.label, "help_text": str(column.help_text)}
    match shape.form:
        case Form.LINK:
            found = _link_field(shape, site)
            found.label, found.help_text = options["label"], options["help_text"]
            return found
        case Form.TERM:
            return TermField(shape, site, **options)
        case Form.CHOICE:
            return forms.ChoiceField(choices=[("", "–"), *cast(Any, column.flatchoices)], **options)
        case Form.MEASURE:
            return MeasureField(shape, **options)
        case Form.WHOLE:
            return forms.IntegerField(min_value=1, **options)
        case Form.DECIMAL:
            return forms.DecimalField(min_value=0, **options)
        case Form.LINES:
            options["help_text"] = "One a line."
            return LinesField(**options)
        case Form.DATE:
            options["help_text"] = " ".join(filter(None, ["YYYY, YYYY-MM or YYYY-MM-DD.", options["help_text"]]))
            return forms.CharField(max_length=10, widget=forms.TextInput(attrs={"size": 12}), **options)
        case _:
            limit = shape.words.max_length or NOTE
            long = limit >= 400
            widget: Any = (
                forms.Textarea(attrs={"rows": 3, "cols": 60})
                if long
                else forms.TextInput(attrs={"class": "vTextField"})
            )
            return forms.CharField(max_length=limit, widget=widget, **options)
