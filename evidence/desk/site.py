"""The admin site: stock, with pages beside those of its models hooked in here."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver

from evidence.desk.urls import desk_urls


class DeskSite(AdminSite):
    """Django's admin site with the editors' pages, under its names (`admin:desk_queue`)."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # First: the admin's own end in a pattern that takes every address.
        return [*desk_urls(self), *super().get_urls()]
