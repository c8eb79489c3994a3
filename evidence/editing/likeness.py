"""Why two records may be one: what they have in common, in words."""

from __future__ import annotations

from uuid import UUID

from evidence.fields import kind_spec
from evidence.models import Record


def reasons(left: UUID, right: UUID) -> list[str]:
    """What the two have in common, in words."""
    keys = dict(Record.objects.filter(pk__in=(left, right)).values_list("pk", "identity_keys"))
    kind = Record.objects.values_list("kind", flat=True).get(pk=left)
    return in_words(kind, shared_keys(keys[left], keys[right]))


def shared_keys(left: list[str], right: list[str]) -> list[str]:
    """The keys that make a pair of two records, without what says which of them may be the other."""
    plain = {key for key in left if key in right and key[:1] not in "?!"}
    for asking, offering in ((left, right), (right, left)):
        plain |= {key[1:] for key in asking if key[:1] == "?" and f"!{key[1:]}" in offering}
    return sorted(plain)


def in_words(kind: str, keys: list[str]) -> list[str]:
    """Keys as an editor reads them, each reason once."""
    return list(dict.fromkeys(kind_spec(kind).likeness(key) for key in keys))
