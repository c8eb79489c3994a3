"""Editors with their permissions."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client


@pytest.fixture
def chief(reference_db):
    """Somebody who may do everything."""
    return get_user_model().objects.create_superuser(username="chief", password="x")


@pytest.fixture
def desk(chief) -> Client:
    """The chief's browser."""
    client = Client()
    client.force_login(chief)
    return client


@pytest.fixture
def browser_of(reference_db):
    """The browser of a member of staff who has these permissions and no others."""

    def make(*codenames: str) -> Client:
        user = get_user_model().objects.create_user(username="-".join(codenames) or "nobody", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client = Client()
        client.force_login(user)
        return client

    return make
