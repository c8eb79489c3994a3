"""Admin pages of what nobody edits: the log, and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    """Shows rows and changes none of them."""

    actions = None
    # Counting a whole log to say "of how many" reads all of it.
    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = [column.name for column in self.opts.concrete_fields if column.name not in (self.exclude or ())]
        return [*shown, *(name for name in self.readonly_fields if name not in shown)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class InnerAdmin(ReadOnlyAdmin):
    """Shows what only the machinery needs: reached by address and link, not named in the menu."""

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}


def admin_url(row: Model) -> str:
    """Address of a row's own admin page, or the empty string."""
    meta = row._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def link_to(name: str, description: str) -> Callable[[Any, Any], str | SafeString]:
    """A list column that links to the row a foreign key points at; give the key to `list_select_related` too."""

    @admin.display(description=description, ordering=name)
    def column(self: Any, row: Any) -> str | SafeString:
        target = row
        for step in name.split("__"):
            target = getattr(target, step, None)
        if target is None:
            return "–"
        return format_html('<a href="{}">{}</a>', admin_url(target), _short(str(target)))

    return column


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def as_json(name: str, description: str) -> Callable[[Any, Any], SafeString]:
    """A detail that shows a JSON column, indented."""

    @admin.display(description=description)
    def column(self: Any, row: Any) -> SafeString:
        text = json.dumps(getattr(row, name), indent=2, ensure_ascii=False)
        return format_html('<pre class="json">{}</pre>', text)

    return column
