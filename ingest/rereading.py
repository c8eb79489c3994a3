"""Reads articles anew after the engine was upgraded: first dry, to show what would change, then in earnest.

Each article is a step of its own, committed by itself: a worker that is lost in the middle leaves what it did done, and
the article it was at is read again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

import extraction
from evidence.batches import UNFINISHED
from evidence.choices import BatchKind, BatchState, RecordKind
from evidence.editing.shapes import Names, written
from evidence.fields import EXISTS, kind_spec
from evidence.models import Article, Batch, BatchItem, Claim, Run
from ingest.recording import drafted
from ingest.services import read, record, settle_article, withdraw

# Articles of one task: some seconds of reading, well within its time.
CHUNK = 10
# Differences named of one article; the rest is counted.
NAMED = 40
# Characters of the text that name an item.
QUOTED = 40
AT = re.compile(r"@(\d+)")
# As often as an article of the intake is begun before it is put aside.
ATTEMPTS = 3


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
            engine_version=extraction.VERSION,
            requested_by_id=by.pk,
        )
        BatchItem.objects.bulk_create(BatchItem(batch=batch, article_id=pk) for pk in articles)
    return batch


def apply(pk: int) -> None:
    """Let a previewed batch be done in earnest. Raises ValueError for one that was not previewed, or is done.

    Nor is one applied that another version of the rules previewed: what it would change is not what was shown.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.kind != BatchKind.REREAD or batch.state != BatchState.PREVIEWED:
            raise ValueError("only what was previewed can be applied, and once")
        if batch.engine_version != extraction.VERSION:
            raise ValueError("the rules were upgraded since it was previewed; preview the articles again")
        _begin(batch, BatchState.RUNNING)


def revert(pk: int, *, by: AbstractBaseUser, why: str) -> None:
    """Let a re-reading be taken back, article after article. Raises ValueError for one that is not done."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.kind != BatchKind.REREAD or batch.state != BatchState.DONE:
            raise ValueError("only what is done and not reverted yet can be reverted")
        batch.reverted_by_id, batch.reverted_why = by.pk, why
        batch.save(update_fields=["reverted_by", "reverted_why"])
        _begin(batch, BatchState.REVERTING)


def _begin(batch: Batch, state: BatchState) -> None:
    """Go through the items once more. What could not be done in the round before is left alone."""
    batch.items.filter(fault="").update(done=False, attempts=0)
    _move(batch, state)


def advance(pk: int) -> bool:
    """Do the next articles of a batch: read them dry, in earnest, or take their reading back; is there more to do?"""
    return all(_step(pk) for _ in range(CHUNK))


def _step(pk: int) -> bool:
    """Do one article; False where there is none left. Two workers at once do not do one article twice."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=pk)
        if batch.kind != BatchKind.REREAD or batch.state not in UNFINISHED:
            return False
        # Whoever has it in hand is waited for.
        item = batch.items.select_for_update().filter(done=False).first()
        if item is None:
            ends = {BatchState.WAITING: BatchState.PREVIEWED, BatchState.RUNNING: BatchState.DONE}
            _move(batch, ends.get(BatchState(batch.state), BatchState.REVERTED))
            return False
        item.attempts += 1
        if item.attempts > ATTEMPTS:
            item.done, item.fault = True, f"Its worker was lost or ran out of time {ATTEMPTS} times."
        item.save(update_fields=["attempts", "done", "fault"])
        batch.save(update_fields=["updated_at"])
    with transaction.atomic():
        held = BatchItem.objects.select_for_update(of=("self",)).select_related("article").get(pk=item.pk)
        if not held.done:
            _do(held, batch)
    return True


def _do(item: BatchItem, batch: Batch) -> None:
    article: Any = item.article
    try:
        # One that cannot be read leaves nothing half done, and the others go on.
        with transaction.atomic():
            if batch.state == BatchState.REVERTING:
                _take_back(item)
            elif batch.engine_version != extraction.VERSION:
                raise ValueError(f"this worker has version {extraction.VERSION} of the rules")
            elif batch.state == BatchState.WAITING:
                item.difference = difference(article)
            else:
                _read(item, article)
    except Exception as error:
        told = f"{type(error).__name__}: {' '.join(str(error).split())}"
        verb = "taken back" if batch.state == BatchState.REVERTING else "read"
        item.fault = f"Not {verb}: {told}"[:300]
    item.done = True
    item.save(update_fields=["difference", "fault", "done", "run"])


def _read(item: BatchItem, article: Article) -> None:
    before = _live(article)
    run = read(before.snapshot)
    if run.pk == before.pk:
        return
    # It may have been taken back once.
    Run.objects.filter(pk=run.pk, withdrawn=True).update(withdrawn=False)
    record(run)
    if _live(article).pk != run.pk:
        raise ValueError("a later reading of it stands; revert that first")
    settle_article(article.pk)
    item.run = run


def _take_back(item: BatchItem) -> None:
    if item.run is not None:
        withdraw(item.run)


# What a claim says, comparable: kind, key of its mention, field, and the value or the key of what it names, as JSON.
Said = tuple[str, str, str, str]


def difference(article: Article) -> dict[str, Any]:
    """What a reading by this version adds to the claims of the live one and takes away, in lines; empty for nothing."""
    live = _live(article)
    snapshot = live.snapshot
    facts = extraction.read(snapshot.title, snapshot.text, snapshot.published)
    run = Run(snapshot=snapshot, published=snapshot.published, facts=facts.to_json(str(snapshot.pk)))
    now = {
        _said(mention.kind, mention.key, row["field"], row["target"].key if "target" in row else row["value"])
        for mention, row in drafted(run).claims
    }
    before = _said_by(live)
    if now == before:
        return {}
    added, removed = (in_lines(said, snapshot.content) for said in (now - before, before - now))
    more = max(len(added) - NAMED, 0) + max(len(removed) - NAMED, 0)
    return {"added": added[:NAMED], "removed": removed[:NAMED], "more": more}


def _live(article: Article) -> Run:
    return Run.objects.select_related("snapshot").get(snapshot__article=article, live=True)


def _said_by(run: Run) -> set[Said]:
    rows = Claim.objects.filter(run=run).values_list("mention__kind", "mention__key", "field", "value", "target__key")
    return {_said(kind, key, field, value if target is None else target) for kind, key, field, value, target in rows}


def _said(kind: str, key: str, field: str, value: Any) -> Said:
    # A database keeps the parts of a sum in an order of its own.
    return kind, key, field, json.dumps(value, sort_keys=True, ensure_ascii=False)


def in_lines(said: set[Said], content: str) -> list[str]:
    """Claims in words, in the order of the text, one line each: `Package “1.3 billion euros in aid”: amount: EUR …`."""
    values: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for kind, _, name, value in said:
        # What names a record is here the key of a mention, which may have no record yet.
        if not kind_spec(kind).by_name[name].reference:
            values[kind].append((name, json.loads(value)))
    names = {kind: Names.of(kind, values[kind]) for kind, *_ in said}
    lines = []
    for kind, key, name, value in sorted(said, key=lambda row: (_offset(row[1]), row)):
        spec = kind_spec(kind).by_name[name]
        known = json.loads(value)
        words = _place(known, content) if spec.reference else written(kind, name, known, names[kind])
        about = f"{RecordKind(kind).label} {_place(key, content)}"
        lines.append(f"{about}: {'it is there' if name == EXISTS else f'{spec.label}: {words}'}")
    return lines


def _offset(key: str) -> int:
    found = AT.search(key)
    return int(found[1]) if found else 0


def _place(key: str, content: str) -> str:
    """Where a mention stands: the words of the text there, and after them which part of the item it is."""
    path = key.partition(":")[2].partition(":")[2]
    part = path.partition("/")[2]
    where = AT.search(path)
    # What has no place, as a group has, is known by its name.
    words = " ".join(content[int(where[1]) :][:QUOTED].split()) if where else path.rpartition(":")[2]
    return f"“{words}…”{f' ({part})' if part else ''}" if where else f"“{words}”"


def _move(batch: Batch, state: BatchState) -> None:
    batch.state = state
    batch.save(update_fields=["state", "updated_at"])
