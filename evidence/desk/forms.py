"""The inputs of the desk's pages: a value of one's own with its source, and a note. They work without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from evidence.choices import RecordState
from evidence.editing.forms import partial_date_text
from evidence.editing.inputs import NOTE, form_field, plain_words
from evidence.editing.requests import is_id
from evidence.editing.shapes import Form, Shape, shapes, with_links
from evidence.editing.trial import fault_of
from evidence.fields import Value, kind_spec
from evidence.models import Record

SHOWN_MATCHES = 5


class RecordNameField(forms.CharField):
    """A live record by its name, or its id: one that several names fit is asked for again."""

    def __init__(self, model: type[Record], site: AdminSite, request: HttpRequest, **options: Any) -> None:
        self.model, self.admin, self.request = model, site.get_model_admin(model), request
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        rows = with_links(self.model).filter(state=RecordState.LIVE)
        if is_id(text):
            found = list(rows.filter(pk=text))
        else:
            matching, _ = self.admin.get_search_results(self.request, rows, text)
            found = list(matching[: SHOWN_MATCHES + 1])
            exact = [row for row in found if str(row).casefold() == text.casefold()]
            found = exact if len(exact) == 1 else found
        if not found:
            raise ValidationError("The register knows none of that name.")
        if len(found) > 1:
            names = "; ".join(f"{row} ({row.pk})" for row in found[:SHOWN_MATCHES])
            raise ValidationError(f"Several have that name. Write more of it, or one of these ids: {names}")
        return str(found[0].pk)


class NoteForm(forms.Form):
    """Why an editor decided so."""

    why = forms.CharField(label="Note", required=False, max_length=NOTE)


class ValueForm(NoteForm):
    """A value for one field, where it comes from, and why.

    `row` is the record as it stands. Unless it is `stating` one, nothing is asked of the value; if `sourced`, a stated
    one needs its source. `normalised` holds the value after validation.
    """

    citation_url = forms.URLField(label="Address", required=False, max_length=2000, assume_scheme="https")
    citation_publisher = forms.CharField(label="Publisher", required=False, max_length=200)
    citation_date = forms.CharField(
        label="Date", required=False, max_length=10, validators=[partial_date_text], help_text="YYYY[-MM[-DD]]"
    )

    def __init__(
        self,
        *args: Any,
        row: Any,
        name: str,
        site: AdminSite,
        request: HttpRequest,
        stating: bool,
        sourced: bool = False,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.row, self.spec = row, kind_spec(row.kind).by_name[name]
        self.stating, self.sourced = stating, sourced
        self.normalised: Value = None
        shape = shapes(row.kind).get(name)
        if shape is not None:
            self.fields["value"] = _value_field(shape, site, request)

    @property
    def takes_value(self) -> bool:
        return "value" in self.fields

    @property
    def source_fields(self) -> list[forms.BoundField]:
        """The inputs that say where the value comes from."""
        return [self[name] for name in ("citation_url", "citation_publisher", "citation_date")]

    def clean_value(self) -> Any:
        value = self.cleaned_data.get("value")
        if not self.stating:
            return value
        if isinstance(value, list):
            # A set is decided value by value.
            if len(value) > 1:
                raise ValidationError("One at a time.")
            value = value[0] if value else None
        if value in (None, ""):
            raise ValidationError("Write the value first.")
        if isinstance(value, str):
            plain_words(value)
        try:
            self.normalised = self.spec.normalise(str(value.pk) if hasattr(value, "pk") else value)
        except (ValueError, TypeError) as error:
            raise ValidationError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
        if fault := fault_of(self.row, self.spec.name, self.normalised):
            raise ValidationError(fault)
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = data.get("citation_url") or data.get("citation_publisher")
        if self.stating and self.sourced and not given and not self.errors:
            self.add_error("citation_url", "Name the source: its address, or at least its publisher.")
        return data

    def basis(self) -> dict[str, str]:
        """Note and citation, as the services take them."""
        data = self.cleaned_data
        return {name: data.get(name, "") for name in ("why", "citation_url", "citation_publisher", "citation_date")}


def _value_field(shape: Shape, site: AdminSite, request: HttpRequest) -> forms.Field:
    if shape.form is Form.LINK:
        model: Any = shape.link.remote_field.model
        if shape.spec.reference:
            return RecordNameField(kind_spec(shape.spec.reference).model, site, request, required=False)
        return forms.ModelChoiceField(model._default_manager.all(), required=False, empty_label="–")
    if shape.form is Form.TERM:
        # The field itself knows the listed terms by their names.
        return forms.CharField(required=False, max_length=shape.words.max_length)
    made = form_field(shape, site)
    if shape.form is Form.LINES:
        return forms.CharField(required=False, max_length=300)
    return made
