"""Reads articles anew after the engine was upgraded: first dry, to show what would change, then in earnest."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

import extraction
from evidence.choices import BatchKind, BatchState
from evidence.models import Article, Batch, BatchItem, Claim, Run
from ingest.recording import drafted
from ingest.services import read, record, settle_article

# Articles of one task: some seconds of reading, well within its time.
CHUNK = 10
# Differences named of one article; the rest is counted.
NAMED = 40


def outdated() -> list[int]:
    """Articles whose live reading is that of another version of the rules, oldest first."""
    runs = Run.objects.filter(live=True, engine=extraction.ENGINE).exclude(engine_version=extraction.VERSION)
    return list(runs.order_by("snapshot__article").values_list("snapshot__article", flat=True))


def preview(*, by: AbstractBaseUser, why: str) -> Batch:
    """Set down what is to be read anew; `advance` reads it dry. Raises ValueError where nothing is outdated."""
    articles = outdated()
    if not articles:
        raise ValueError("every article was read by this version of the engine")
    with transaction.atomic():
        batch = Batch.objects.create(
            kind=BatchKind.REREAD,
            title=f"Read {len(articles)} articles anew with {extraction.ENGINE} {extraction.VERSION}",
            why=why,
            requested_by_id=by.pk,
        )
        BatchItem.objects.bulk_create(BatchItem(batch=batch, article_id=pk) for pk in articles)
    return batch


def apply(pk: int) -> None:
    """Let a previewed batch be done in earnest. Raises ValueError for one that was not previewed, or is done."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.kind != BatchKind.REREAD or batch.state != BatchState.PREVIEWED:
            raise ValueError("only what was previewed can be applied, and once")
        batch.items.update(done=False)
        _move(batch, BatchState.RUNNING)


def advance(pk: int) -> bool:
    """Read the next articles of a batch, dry while it waits, in earnest once it is applied; is there more to do?"""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.kind != BatchKind.REREAD or batch.state not in (BatchState.WAITING, BatchState.RUNNING):
            return False
        dry = batch.state == BatchState.WAITING
        for item in batch.items.filter(done=False).select_related("article")[:CHUNK]:
            _read(item, dry=dry)
        more = batch.items.filter(done=False).exists()
        if not more:
            _move(batch, BatchState.PREVIEWED if dry else BatchState.DONE)
    return more


def _read(item: BatchItem, *, dry: bool) -> None:
    article: Any = item.article
    try:
        # One that cannot be read leaves nothing half done, and the others go on.
        with transaction.atomic():
            if dry:
                item.difference = difference(article)
            else:
                record(read(_live(article).snapshot))
                settle_article(article.pk)
    except Exception as error:
        item.fault = f"Not read: {type(error).__name__}: {' '.join(str(error).split())}"[:300]
    item.done = True
    item.save(update_fields=["difference", "fault", "done"])


def difference(article: Article) -> dict[str, Any]:
    """What a reading by this version adds to the claims of the live one and takes away, in lines; empty for nothing."""
    live = _live(article)
    snapshot = live.snapshot
    facts = extraction.read(snapshot.title, snapshot.text, snapshot.published)
    run = Run(snapshot=snapshot, published=snapshot.published, facts=facts.to_json(str(snapshot.pk)))
    now = {
        line_of(mention.kind, mention.key, row["field"], row["target"].key if "target" in row else row["value"])
        for mention, row in drafted(run).claims
    }
    before = _lines(live)
    added, removed = sorted(now - before), sorted(before - now)
    if not added and not removed:
        return {}
    more = max(len(added) - NAMED, 0) + max(len(removed) - NAMED, 0)
    return {"added": added[:NAMED], "removed": removed[:NAMED], "more": more}


def _live(article: Article) -> Run:
    return Run.objects.select_related("snapshot").get(snapshot__article=article, live=True)


def _lines(run: Run) -> set[str]:
    rows = Claim.objects.filter(run=run).values_list("mention__kind", "mention__key", "field", "value", "target__key")
    return {line_of(kind, key, field, value if target is None else target) for kind, key, field, value, target in rows}


def line_of(kind: str, key: str, field: str, value: Any) -> str:
    """One claim in a line: what it is about, where that stands in the text, the field and its value."""
    shown = _place(value) if isinstance(value, str) and value.startswith("snapshot:") else value
    return f"{kind} {_place(key)}: {field} = {shown}"


def _place(key: str) -> str:
    """A mention's key without its snapshot: `meetings@120:17`."""
    return key.partition(":")[2].partition(":")[2]


def _move(batch: Batch, state: BatchState) -> None:
    batch.state = state
    batch.save(update_fields=["state", "updated_at"])
