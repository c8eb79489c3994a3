"""Who may read the feeds."""

from __future__ import annotations

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class ReadRegister(BasePermission):
    """Reading only; open to all, or to signed-in staff by MUSTER_PUBLIC_READING."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.method not in SAFE_METHODS:
            return False
        return settings.PUBLIC_READING or bool(request.user and request.user.is_staff)
