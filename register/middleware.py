"""Who may read: everybody, or signed-in staff only, by one setting."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class ReadingMiddleware:
    """Sends readers without a staff account to the login page where reading is not public.

    The feeds answer for themselves, in JSON; static files are served before this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PUBLIC_READING and not request.user.is_staff and not self._open(request.path):
            return redirect_to_login(request.get_full_path())
        return self.get_response(request)

    @staticmethod
    def _open(path: str) -> bool:
        return path.startswith((reverse("admin:index"), "/api/")) or path == "/healthz"
