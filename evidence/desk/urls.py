"""Addresses of the desk under the admin: `admin:desk_queue`, and so on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path

from evidence.desk.contested import contested, contested_item, next_contested
from evidence.desk.drift import drift, drift_item, next_drift
from evidence.desk.queue import queue, queue_item
from evidence.desk.undoing import undo_last

View = Callable[..., HttpResponse]


def desk_urls(site: AdminSite) -> list[URLPattern]:
    """The pages of the desk, for members of staff signed in to this site."""

    def page(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def with_site(request: Any, **kwargs: Any) -> HttpResponse:
            return view(request, site, **kwargs)

        return cast(Callable[..., HttpResponse], site.admin_view(with_site))

    def item(name: str, view: View) -> URLPattern:
        return path(f"desk/{name}/<uuid:record>/<slug:field>/", page(view), name=f"desk_{name}_item")

    return [
        path("desk/queue/", page(queue), name="desk_queue"),
        # The queue begins with its first item; the other two with a list.
        path("desk/queue/next/", page(queue), name="desk_queue_next"),
        item("queue", queue_item),
        path("desk/contested/", page(contested), name="desk_contested"),
        path("desk/contested/next/", page(next_contested), name="desk_contested_next"),
        item("contested", contested_item),
        path("desk/drift/", page(drift), name="desk_drift"),
        path("desk/drift/next/", page(next_drift), name="desk_drift_next"),
        item("drift", drift_item),
        path("desk/undo/", page(undo_last), name="desk_undo"),
    ]
