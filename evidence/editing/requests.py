"""What an editor's request brings besides a form: who it is, the reason given, an id in the address."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from evidence.editing.decisions import Refused
from evidence.editing.inputs import NOTE


def editor_of(request: HttpRequest) -> AbstractBaseUser:
    return cast(AbstractBaseUser, request.user)


def note_of(request: HttpRequest) -> str:
    """The reason given, without the NUL characters that PostgreSQL cannot store. Raises Refused for one too long."""
    note = request.POST.get("why", "").replace("\0", "").strip()
    if len(note) > NOTE:
        raise Refused(f"The reason has {len(note):,} characters; at most {NOTE:,} are kept.")
    return note


def is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
