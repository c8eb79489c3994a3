"""Editors with their permissions."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread


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


@pytest.fixture
def site(committed_db):
    """Address of a server of this process, with style sheets and scripts."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    server.join()
    connections.close_all()
