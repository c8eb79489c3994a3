"""Links near-identical texts into one story, so that copies of an agency's report count as one witness."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import Q
from rensa import RMinHash

from evidence.models import Article, Snapshot
from evidence.statements import prepared

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


BANDS_OF = """
INSERT INTO evidence_band (article_id, position, digest)
SELECT %s::bigint, place - 1, digest FROM unnest(%s::bigint[]) WITH ORDINALITY AS own(digest, place)
ON CONFLICT DO NOTHING
"""

# One lookup a band in the index on position and digest.
SHARING = """
SELECT DISTINCT a.id, a.story_id, s.content_sha256, s.id
FROM unnest(%s::bigint[]) WITH ORDINALITY AS own(digest, place)
JOIN evidence_band b ON b.position = own.place - 1 AND b.digest = own.digest
JOIN evidence_article a ON a.id = b.article_id
JOIN evidence_snapshot s ON s.article_id = a.id
WHERE a.id <> %s::bigint
"""


def link_story(snapshot: Snapshot) -> list[int]:
    """Join an article to those it copies or that copy it. Symmetric: the order of arrival does not matter.

    A story is a connected component; its lowest article stands for it. Returns the articles of the story if two
    stories became one, for what they say then weighs less; else nothing. Hold the lock on stories.
    """
    article = snapshot.article
    values = digest(snapshot.content)
    own = bands(values)
    with prepared() as cursor:
        cursor.execute(BANDS_OF, [article.pk, own])
        cursor.execute(SHARING, [own, article.pk])
        others: list[tuple[int, int | None, str, int]] = cursor.fetchall()
    # Each content is compared once, however many articles have it.
    texts = {content: pk for _, _, content, pk in others if content != snapshot.content_sha256}
    contents = {snapshot.content_sha256} | {
        other.content_sha256
        for other in Snapshot.objects.filter(pk__in=texts.values())
        if similarity(values, digest(other.content)) >= ALIKE
    }
    alike = {pk: story for pk, story, content, _ in others if content in contents}
    if not alike:
        return []
    joined = {story or pk for pk, story in alike.items()}
    mine = article.story_id or article.pk
    heads = joined | {mine}
    head = min(heads)
    members = Article.objects.filter(Q(pk__in=heads) | Q(story__in=heads) | Q(pk=article.pk)).exclude(pk=head)
    members.exclude(story=head).update(story=head)
    # One that was just made has said nothing yet.
    if mine not in joined and article.snapshots.count() > 1:
        joined.add(mine)
    if len(joined) < 2:
        return []
    return list(Article.objects.filter(Q(pk=head) | Q(story=head)).values_list("pk", flat=True))
