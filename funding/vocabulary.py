"""Finds the known programme that a name or abbreviation stands for."""

from __future__ import annotations

from functools import lru_cache

from funding.models import Programme
from people.names import fold


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {
        fold(name): programme.slug
        for programme in Programme.objects.all()
        for name in [programme.slug, programme.name, *programme.aliases]
    }


def programme_slug(name: str) -> str | None:
    """The slug of the programme of that name, or None."""
    return _names().get(fold(name))


def forget() -> None:
    """After the reference data changed."""
    _names.cache_clear()
