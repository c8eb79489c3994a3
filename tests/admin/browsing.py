"""Pages of the admin, and forms filled in as a browser would send them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse


def page_of(record: Any, page: str = "change") -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def filled(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send back from a form page, with these inputs changed."""
    form = client.get(url).context["adminform"].form
    data: dict[str, Any] = {}
    for name in form.fields:
        bound = form[name]
        widget = bound.field.widget
        value = bound.value()
        if hasattr(widget, "widgets"):
            for i, part in enumerate(widget.decompress(value)):
                data[f"{name}_{i}"] = "" if part is None else part
        else:
            shown = widget.format_value(value)
            shown = shown[0] if isinstance(shown, list) and shown else shown
            data[name] = "" if shown in (None, []) else shown
    return {**data, **changes}
