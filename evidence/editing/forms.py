"""Forms that turn an editor's input into claims; no column of a record is written from here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError

from evidence.editing.inputs import NOTE, LinkSelect, form_field, plain_words
from evidence.editing.shapes import Form, Names, Shape, label_of_column, shapes, with_links, written
from evidence.editing.trial import CIRCLE, faults_of, leads_back, one_too_many, settled_values
from evidence.fields import Combine, Value, kind_spec
from evidence.models import Change, Record
from evidence.partial_dates import PartialDate

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

BASIS = ("reason", "citation_url", "citation_publisher", "citation_date")


def partial_date_text(value: str) -> None:
    try:
        PartialDate.parse(value)
    except ValueError as error:
        raise ValidationError(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    text = str(error).strip()
    return f"{text[:1].upper()}{text[1:]}." if text else "This value cannot be taken."


class RecordForm(ModelForm):
    """What an editor states of one record.

    After validation `stated` holds the changed fields with their normalised values (a list of added elements for a
    field of many), and `emptied` the fields whose shown value the editor takes away (the elements, for many).
    """

    kind: str
    # What the database refused when this input was saved a moment ago.
    refusal = ""
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="Why; kept with every value stated here.",
    )
    citation_url = forms.URLField(
        label="Source: address",
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vTextField"}),
    )
    citation_publisher = forms.CharField(
        label="Source: publisher",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    citation_date = forms.CharField(
        label="Source: date",
        required=False,
        max_length=10,
        validators=[partial_date_text],
        widget=forms.TextInput(attrs={"size": 12}),
        help_text="YYYY, YYYY-MM or YYYY-MM-DD.",
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stated: dict[str, Value] = {}
        self.emptied: dict[str, Value] = {}
        self.current = settled_values(self.instance) if not self.adding else {}
        for name, value in self.current.items():
            if name in self.fields:
                self.initial[name] = value
        self.initial["seen_version"] = self.instance.version
        self.initial["seen"] = json.dumps(self.current)

    @property
    def adding(self) -> bool:
        return bool(self.instance._state.adding)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        seen = self._seen()
        for name, shape in shapes(self.kind).items():
            if name not in self.errors:
                self._compare(shape, data.get(name), seen.get(name))
        self._refuse_both()
        if not self.adding and data.get("seen_version") != self.instance.version:
            self._refuse_stale(seen, data.get("seen_version"))
        if self.refusal:
            self.add_error(None, self.refusal)
        if self.adding and not self.stated and not self.errors:
            self.add_error(None, "State at least one value.")
        return data

    def _post_clean(self) -> None:
        """Columns follow from claims; here they are only tried out against what the database would refuse."""
        if self.errors:
            return
        parent = kind_spec(self.kind).parent
        if self.adding and parent:
            setattr(self.instance, parent, self.cleaned_data.get(parent))
        for field, fault in faults_of(self.instance, self.kind, self.stated, self.emptied):
            self.add_error(field or None, fault)

    def _refuse_both(self) -> None:
        """Of fields of which one at most can be true, two are not stated: the earlier one is emptied first."""
        spec = kind_spec(self.kind)
        kept = {name: value for name, value in self.current.items() if name not in self.emptied}
        fault = one_too_many(spec, {**kept, **self.stated})
        for name in spec.either if fault else ():
            if name in self.stated:
                self.add_error(name, fault)

    def _seen(self) -> Mapping[str, Value]:
        if self.adding:
            return {}
        try:
            found = json.loads(self.cleaned_data.get("seen") or "")
        except ValueError:
            found = None
        if not isinstance(found, dict):
            self.add_error(None, "The page lost track of what it showed. Open the record anew.")
            return self.current
        return found

    def _compare(self, shape: Shape, typed: Any, shown: Value) -> None:
        name, spec = shape.spec.name, shape.spec
        try:
            if spec.combine is Combine.MANY:
                before = shown or []
                for element in typed or []:
                    plain_words(str(element))
                wanted = [spec.normalise(element) for element in typed or []]
                added = [element for element in wanted if element not in before]
                removed = [element for element in before if element not in wanted]
                if added:
                    self.stated[name] = added
                if removed:
                    self.emptied[name] = removed
                return
            if typed in (None, "", []):
                if shown is not None:
                    self.emptied[name] = shown
                return
            if isinstance(typed, str):
                plain_words(typed)
            value = spec.normalise(str(typed.pk) if shape.form is Form.LINK else typed)
        except ValidationError as error:
            self.add_error(name, error)
            return
        except (ValueError, TypeError) as error:
            self.add_error(name, _sentence(error))
            return
        if value == shown:
            return
        if leads_back(kind_spec(self.kind), self.instance, name, value):
            self.add_error(name, CIRCLE)
        else:
            self.stated[name] = value

    def _refuse_stale(self, seen: Mapping[str, Value], version: int | None) -> None:
        """Say what others changed; keep what was typed, and show their values where nothing was."""
        names = Names.of(self.kind, [*self.current.items(), *seen.items()])
        changed = [name for name in shapes(self.kind) if self.current.get(name) != seen.get(name)]
        told = [
            f"{shapes(self.kind)[name].spec.label} was “{written(self.kind, name, seen.get(name), names)}”, "
            f"is now “{written(self.kind, name, self.current.get(name), names)}”"
            for name in changed
        ]
        if not told:
            told = changed_labels(self.instance, version)
        mine = [shapes(self.kind)[name].spec.label for name in {**self.stated, **self.emptied}]
        yours = f" Not saved yet: {', '.join(mine)}." if mine else ""
        self.add_error(
            None,
            f"Not saved: the record changed while this page was open. {'; '.join(told) or 'Its state changed'}.{yours} "
            "What you typed is kept below; save again to state it all the same.",
        )
        data: Any = cast(Any, self.data).copy()
        for name in changed:
            if name not in self.stated and name not in self.emptied and name not in self.errors:
                self._show(data, name)
        data["seen_version"], data["seen"] = str(self.instance.version), json.dumps(self.current)
        self.data = data

    def _show(self, data: Any, name: str) -> None:
        """Put the current value into the data of a field that the editor left alone."""
        field, value = self.fields[name], self.current.get(name)
        if isinstance(field, forms.MultiValueField):
            for i, part in enumerate(cast(Any, field.widget).decompress(value)):
                data[f"{name}_{i}"] = "" if part is None else str(part)
        else:
            data[name] = "" if value is None else str(field.prepare_value(value))

    def basis(self) -> dict[str, str]:
        """Reason and citation, as the services take them."""
        data = self.cleaned_data
        return {"why": data.get("reason", ""), **{key: data.get(key, "") for key in BASIS[1:]}}


def changed_labels(record: Record, version: int | None) -> list[str]:
    """What changed since that version: each step of the version left one entry of the change log."""
    steps = max(record.version - (version or 0), 0)
    found = Change.objects.filter(record=record.pk).order_by("-id").values_list("fields", flat=True)[:steps]
    labels = {label_of_column(record.kind, column) for fields in found for column in fields}
    return sorted(labels - {""})


def record_form(kind: str, site: AdminSite, *, add: bool, refusal: str = "") -> type[RecordForm]:
    """The form of one kind, made from what the kind says of its fields."""
    spec = kind_spec(kind)
    fields: dict[str, Any] = {name: form_field(shape, site) for name, shape in shapes(kind).items()}
    if add and spec.parent:
        column: Any = spec.model._meta.get_field(spec.parent)
        fields[spec.parent] = forms.ModelChoiceField(
            queryset=with_links(column.remote_field.model),
            widget=LinkSelect(column, site),
            label=column.verbose_name[:1].upper() + column.verbose_name[1:],
            help_text="What it is part of; cannot be changed later.",
        )
    meta = type("Meta", (), {"model": spec.model, "fields": []})
    members = {**fields, "Meta": meta, "kind": kind, "refusal": refusal}
    return cast(type[RecordForm], type("RecordForm", (RecordForm,), members))
