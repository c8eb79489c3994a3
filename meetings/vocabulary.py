"""Finds the known topic or capability that a phrase names."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Model

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


@lru_cache(maxsize=1)
def _slugs() -> frozenset[tuple[type[Model], str]]:
    return frozenset(
        (model, slug) for model in (Topic, Capability) for slug in model.objects.values_list("pk", flat=True)
    )


def is_known(model: type[Model], slug: str) -> bool:
    """Is it a slug of this vocabulary? One added since this process started is looked up."""
    return (model, slug) in _slugs() or model.objects.filter(pk=slug).exists()


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
    _slugs.cache_clear()
