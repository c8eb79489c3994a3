"""Codes of the nations that the register knows."""

from __future__ import annotations

from functools import lru_cache

from people.models import Nation


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(Nation.objects.values_list("pk", flat=True))


def is_nation(code: str) -> bool:
    """Is it the code of a nation? One added since this process started is looked up."""
    return code in _codes() or Nation.objects.filter(pk=code).exists()


def forget() -> None:
    """After the reference data changed."""
    _codes.cache_clear()
