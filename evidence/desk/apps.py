"""The admin with the desk in it, for INSTALLED_APPS."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, whose site also has the pages of the desk."""

    default_site = "evidence.desk.site.DeskSite"
