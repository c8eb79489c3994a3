"""What people said of mentions, as clustering needs it: the latest word on each pair that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from evidence.choices import Identity
from evidence.models import Judgement
from evidence.statements import prepared

Pair = tuple[UUID, UUID]

# What an article said of itself in another text of it, or in other words of the same, in which it says the same.
ECHOES = """
SELECT own.mention_id, other.mention_id
FROM evidence_binding own
JOIN evidence_mention m ON m.id = own.mention_id
JOIN evidence_snapshot s ON s.id = m.snapshot_id
JOIN evidence_snapshot again ON again.article_id = s.article_id
JOIN evidence_mention echo ON echo.snapshot_id = again.id AND echo.id <> m.id
JOIN evidence_binding other ON other.mention_id = echo.id
WHERE own.mention_id = ANY(%s)
  AND (other.kind, other.block, other.signature) = (own.kind, own.block, own.signature)
"""


@dataclass
class Words:
    """Pairs of mentions said to be the same or different, and the mentions that were taken out of their record.

    What was taken out stays alone, whatever it is like, until somebody says what it is the same as.
    """

    same: list[Pair] = field(default_factory=list)
    different: list[Pair] = field(default_factory=list)
    alone: set[UUID] = field(default_factory=set)

    @property
    def mentions(self) -> set[UUID]:
        return {mention for pair in [*self.same, *self.different] for mention in pair}


def words_on(mentions: Iterable[UUID]) -> Words:
    """The words that count on any of these mentions, pairs in their order."""
    found, latest = Words(), {}
    asked = set(mentions)
    if not asked:
        return found
    rows = Judgement.objects.counting().filter(Q(left__in=asked) | Q(right__in=asked))
    for left, right, identity, parted in rows.values_list("left", "right", "identity", "parted"):
        latest[left, right] = identity, parted
    for pair, (identity, parted) in sorted(latest.items()):
        if identity == Identity.SAME:
            found.same.append(pair)
        elif identity == Identity.DIFFERENT:
            found.different.append(pair)
            if parted is not None:
                found.alone.add(parted)
    return found


def with_echoes(words: Words) -> Words:
    """The same, said of what the article of a mention that was taken out says again, so that it comes out with it."""
    if words.alone:
        with prepared() as cursor:
            cursor.execute(ECHOES, [sorted(words.alone)])
            echoes = [(min(pair), max(pair)) for pair in cursor.fetchall()]
        words.same = sorted({*words.same, *echoes})
        words.alone |= {mention for pair in echoes for mention in pair}
    return words
