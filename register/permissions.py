"""Who may read the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # While rest_framework.views is being imported it asks for this very module.
    from rest_framework.views import APIView


class ReadRegister(BasePermission):
    """Reading only; open to all, or to signed-in staff by MUSTER_PUBLIC_READING."""

    message = "Reading is for signed-in staff here."

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.method not in SAFE_METHODS:
            # What no feed offers is let through to be answered 405, which says what is offered.
            return request.method not in view.allowed_methods
        return settings.PUBLIC_READING or bool(request.user and request.user.is_staff)
