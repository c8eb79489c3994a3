"""Two editors at one row: a save made from an older state is refused, field by field, and loses nothing typed.

Records have versions and a form of their own; this is for rows that are edited in place: reference data, outlets,
accounts, and the rows within their pages.
"""

from __future__ import annotations

import base64
import datetime
import json
import zlib
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from evidence.editing.inputs import plain_words

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
    FormSet = BaseInlineFormSet[Any, Any, Any]
else:
    ModelAdmin, ModelForm, FormSet = admin.ModelAdmin, forms.ModelForm, BaseInlineFormSet

State = Mapping[str, Any]
KEPT = "What you typed is kept below; save again to store it all the same."


def plain(value: Any) -> Any:
    """A value as JSON holds it, the same for what is stored and for what was typed: null where there is nothing."""
    if isinstance(value, models.QuerySet | list | tuple | set):
        items = [plain(item) for item in value]
        return sorted(items, key=str) if any(isinstance(item, models.Model) for item in value) else items or None
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(microsecond=0).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, bool) else (str(value) if value not in (None, "") else None)


def told(label: str, before: Any, now: Any) -> str:
    """One line of the comparison."""
    return f"{label} was “{_words(before)}”, is now “{_words(now)}”"


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "–" if value is None else str(value)


class GuardedForm(ModelForm):
    """A form that knows what it showed. `stale` says, after validation, whether the row changed meanwhile."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    stale = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = {name: plain(self.get_initial_for_field(field, name)) for name, field in self._guarded()}
        self.initial["seen"] = "" if self.instance._state.adding else json.dumps(self.current)

    def _guarded(self) -> list[tuple[str, forms.Field]]:
        own = {f.name for f in [*self._meta.model._meta.concrete_fields, *self._meta.model._meta.many_to_many]}
        # Hidden are the keys of a row within a page.
        return [
            (name, field)
            for name, field in self.fields.items()
            if name in own and not field.disabled and not field.widget.is_hidden
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self._guarded():
            if isinstance(field, forms.CharField) and name in data and name in self.changed_data:
                self._refuse_markup(name, data[name])
        seen = data.get("seen", "")
        if self.instance._state.adding:
            if seen:
                self.add_error(
                    None, "Somebody deleted this row meanwhile. What you typed is kept; add it as a new row."
                )
            return data
        try:
            before = json.loads(seen)
        except ValueError:
            before = None
        if not isinstance(before, dict):
            self.add_error(None, "The page lost track of what it showed. Open it anew.")
        else:
            self._compare(before, data)
        return data

    def _refuse_markup(self, name: str, value: Any) -> None:
        for text in value if isinstance(value, list) else [value]:
            try:
                plain_words(str(text))
            except ValidationError as error:
                self.add_error(name, error)

    def _compare(self, before: State, data: Mapping[str, Any]) -> None:
        fields = dict(self._guarded())
        changed = [name for name in fields if name in before and before[name] != self.current[name]]
        if not changed:
            return
        self.stale = True
        mine = [name for name in fields if name in data and plain(data[name]) != before.get(name)]
        lines = [told(self._label(name), before[name], self.current[name]) for name in changed]
        yours = [f"{self._label(name)} “{_words(plain(data[name]))}”" for name in mine]
        unsaved = f" Not saved yet: {', '.join(yours)}." if yours else ""
        self.add_error(None, f"Not saved: this changed while the page was open. {'; '.join(lines)}.{unsaved} {KEPT}")
        shown: Any = cast(Any, self.data).copy()
        for name in changed:
            if name not in mine and name not in self.errors:
                self._show(shown, name, fields[name])
        shown[self.add_prefix("seen")] = json.dumps(self.current)
        self.data = shown

    def _label(self, name: str) -> str:
        return str(self[name].label).lower()

    def _show(self, data: Any, name: str, field: forms.Field) -> None:
        """Put the stored value into the data of a field that the editor left alone."""
        key, value = self.add_prefix(name), self.get_initial_for_field(field, name)
        if isinstance(field.widget, forms.MultiWidget):
            widget: Any = field.widget
            for i, part in enumerate(widget.decompress(value)):
                data[f"{key}_{i}"] = "" if part is None else str(part)
        elif isinstance(field, forms.ModelMultipleChoiceField):
            data.setlist(key, [str(item.pk) for item in value or ()])
        elif isinstance(field, forms.BooleanField):
            if value:
                data[key] = "on"
            else:
                data.pop(key, None)
        else:
            found = field.prepare_value(value)
            data[key] = "" if found is None else str(found)


class GuardedFormSet(FormSet):
    """Rows within a page; one that somebody changed meanwhile is not deleted unseen."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            # In a table the head of the column is not tied to the input.
            field.widget.attrs.setdefault("aria-label", field.label or "")

    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if cast(Any, self)._should_delete_form(form) and getattr(form, "stale", False):
                raise ValidationError(f"Not deleted: {' '.join(form.non_field_errors())}")


class GuardedAdmin(ModelAdmin):
    """Refuses stale saves and stale deletions, of one row or of several."""

    form = GuardedForm
    actions: Any = ["delete_selected"]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Whoever saves the same row waits here, and then sees what the first one stored.
            self._lock(object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _lock(self, object_id: str) -> None:
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return
        list(self.model._default_manager.select_for_update().filter(pk=key).values_list("pk"))
        for inline in self.inlines:
            links = [f for f in inline.model._meta.concrete_fields if f.related_model is self.model]
            for link in links:
                rows = inline.model._default_manager.select_for_update().filter(**{link.name: key})
                list(rows.order_by("pk").values_list("pk"))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Asks first, and deletes only what still is as it was when it asked."""
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_delete_permission(request, row):
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            self._lock(object_id)
            row.refresh_from_db()
            now, seen = packed(state_of(row)), request.POST.get("seen", "")
            if request.method == "POST" and seen != now:
                self.message_user(request, f"Not deleted: {compared(row, seen)}", messages.ERROR)
                return HttpResponseRedirect(request.path)
            return super().delete_view(request, object_id, {**(extra_context or {}), "seen": now})

    @admin.action(description="Delete selected %(verbose_name_plural)s", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        with transaction.atomic():
            rows = list(queryset.order_by("pk").select_for_update(of=("self",)))
            if request.POST.get("post"):
                seen = dict(pair.partition(":")[::2] for pair in request.POST.getlist("seen"))
                changed = [row for row in rows if seen.get(str(row.pk)) != packed(state_of(row))]
                if changed:
                    lines = [f"{row}: {compared(row, seen.get(str(row.pk), ''))}" for row in changed]
                    self.message_user(request, f"Nothing deleted. {' '.join(lines)}", messages.ERROR)
                    return None
            response: Any = delete_selected(self, request, queryset)
        if response is not None:
            response.context_data["seen"] = [f"{row.pk}:{packed(state_of(row))}" for row in rows]
        return cast("HttpResponse | None", response)


def state_of(row: models.Model) -> dict[str, Any]:
    """Every stored column of a row by its label, as JSON holds it."""
    return {str(f.verbose_name): plain(getattr(row, f.attname)) for f in row._meta.concrete_fields}


def packed(state: State) -> str:
    """A state as text for an address or a hidden input."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(state, ensure_ascii=False).encode(), 9)).decode()


def compared(row: models.Model, seen: str) -> str:
    """What became of a row since its packed state, in a sentence."""
    try:
        before = json.loads(zlib.decompressobj().decompress(base64.urlsafe_b64decode(seen), 1_000_000))
    except (ValueError, zlib.error):
        before = None
    if not isinstance(before, dict):
        return "the page lost track of what it showed. Look once more."
    now = state_of(row)
    lines = [told(label, before.get(label), value) for label, value in now.items() if before.get(label) != value]
    return f"it changed while the page was open. {'; '.join(lines)}."
