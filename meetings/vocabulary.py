"""Finds the known topic or capability that a phrase names."""

from __future__ import annotations

from functools import lru_cache

from meetings.models import Capability, Topic
from people.names import fold


@lru_cache(maxsize=1)
def _topic_terms() -> list[tuple[str, str]]:
    terms = {
        fold(term): topic.slug for topic in Topic.objects.all() for term in [topic.name, *topic.terms] if fold(term)
    }
    return sorted(terms.items(), key=lambda item: (-len(item[0]), item))


@lru_cache(maxsize=1)
def _capability_names() -> dict[str, str]:
    return {
        fold(name): capability.slug
        for capability in Capability.objects.all()
        for name in [capability.name, *capability.aliases]
    }


def topic_slug(phrase: str) -> str | None:
    """The topic whose longest term stands in the phrase, or None."""
    padded = f" {fold(phrase)} "
    return next((slug for term, slug in _topic_terms() if f" {term} " in padded), None)


def capability_slug(name: str) -> str | None:
    """The capability of that name, or None."""
    return _capability_names().get(fold(name))


def forget() -> None:
    """After the reference data changed."""
    _topic_terms.cache_clear()
    _capability_names.cache_clear()
