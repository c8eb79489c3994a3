"""Small records for tests, made through the doors that editors and articles use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from plain_reader import article

from evidence.choices import RecordKind
from evidence.models import Article
from evidence.services import create_record
from ingest.choices import IntakeState
from ingest.services import advance, submit_bytes


def group(by: AbstractBaseUser, name: str, **values: Any) -> UUID:
    return create_record(kind=RecordKind.CONTACT_GROUP, values={"name": name, **values}, by=by)


def official(by: AbstractBaseUser, name: str, **values: Any) -> UUID:
    return create_record(kind=RecordKind.OFFICIAL, values={"name": name, **values}, by=by)


def meeting(by: AbstractBaseUser, **values: Any) -> UUID:
    """A meeting; give it a group and a number, or else those of one level and day are one."""
    return create_record(kind=RecordKind.MEETING, values=values, by=by)


def package(by: AbstractBaseUser, number: str, currency: str = "EUR", **values: Any) -> UUID:
    return create_record(
        kind=RecordKind.PACKAGE, values={"amount": {"number": number, "currency": currency}, **values}, by=by
    )


def row(by: AbstractBaseUser, kind: str, parent: UUID, **values: Any) -> UUID:
    """A row of a record: an attendance, a contribution, an allocation, a membership."""
    return create_record(kind=kind, values=values, by=by, parent=parent)


def published(*lines: str, name: str, **more: Any) -> Article:
    """An article taken in and settled; `plain_reader` says what its lines mean."""
    intake = submit_bytes(f"{name}.json", article(*lines, name=name, **more))
    advance(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.SETTLED, intake.fault
    return intake.article
