"""Links near-identical texts into one story, so that copies of an agency's report count as one witness."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import Q
from rensa import RMinHash

from evidence.models import Article, Band

PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SHINGLE = 3
SEED = 42
# Texts with this much of their three-word shingles in common are copies, lightly edited.
ALIKE = 0.5


def digest(content: str) -> list[int]:
    """The MinHash of a text's three-word shingles; the same text gives the same digest in every process."""
    words = re.findall(r"\w+", content.lower())
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(sorted(shingles))
    return list(minhash.digest())


def similarity(a: list[int], b: list[int]) -> float:
    """Estimated Jaccard similarity of two digests: 0 to 1."""
    return sum(x == y for x, y in zip(a, b, strict=True)) / PERMUTATIONS


def bands(values: list[int]) -> list[int]:
    """One signed 64-bit number a band of the digest."""
    found = []
    for position in range(BANDS):
        mixed = 0
        for value in values[position * ROWS : (position + 1) * ROWS]:
            mixed = (mixed * 1_000_003 + value) & 0xFFFF_FFFF_FFFF_FFFF
        found.append(mixed - (1 << 63))
    return found


def lock_stories() -> None:
    """Until the end of the transaction: of two copies stored at once, neither would see the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('stories'))")


def link_story(article: Article, content: str) -> list[int]:
    """Join an article to those it copies or that copy it. Symmetric: the order of arrival does not matter.

    A story is a connected component; its lowest article stands for it. Returns the articles of the story if two
    stories became one, for what they say then weighs less; else nothing. Hold the lock on stories.
    """
    values = digest(content)
    own = bands(values)
    Band.objects.bulk_create(
        [Band(article=article, position=i, digest=band) for i, band in enumerate(own)], ignore_conflicts=True
    )
    shared = Q()
    for position, band in enumerate(own):
        shared |= Q(position=position, digest=band)
    others = Article.objects.filter(
        pk__in=Band.objects.filter(shared).exclude(article=article).values("article")
    ).prefetch_related("snapshots")
    alike = [
        other
        for other in others
        if any(similarity(values, digest(snapshot.content)) >= ALIKE for snapshot in other.snapshots.all())
    ]
    if not alike:
        return []
    joined = {other.story_id or other.pk for other in alike}
    heads = {a.story_id or a.pk for a in [article, *alike]}
    head = min(heads)
    Article.objects.filter(Q(pk__in=heads) | Q(story__in=heads) | Q(pk=article.pk)).exclude(pk=head).update(story=head)
    Article.objects.filter(pk=head).update(story=None)
    if len(joined | ({article.story_id or article.pk} if article.snapshots.count() > 1 else set())) < 2:
        return []
    return list(Article.objects.filter(Q(pk=head) | Q(story=head)).values_list("pk", flat=True))
