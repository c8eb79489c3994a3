"""Takes a submission from bytes to settled records, one committed stage after the other.

Each stage is a transaction that finds out what is already there, so that running it again, or in fifty workers at
once, changes nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from uuid import UUID

from courlan import clean_url
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

import extraction
from evidence.choices import RunOutcome
from evidence.models import Article, Claim, Mention, Outlet, Run, Snapshot
from evidence.services import resolve_and_settle
from ingest.choices import DONE, IntakeState
from ingest.formats import MAX_BYTES, IntakeFault, Submission, parse
from ingest.models import Intake
from ingest.recording import record_facts
from ingest.stories import link_story, lock_stories

log = logging.getLogger("ingest")

ATTEMPTS = 3
# Longer than the hard time limit of a task: a lease that has run out means that the worker is gone.
LEASE = datetime.timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 10)
FORGOTTEN = datetime.timedelta(minutes=2)
SUFFIXES = (".json", ".txt", ".html", ".htm")


# Submitting


def submit_path(path: Path, by: int | None = None) -> Iterator[Intake]:
    """Submit a file, or every article file right inside a directory; a fault becomes a quarantined intake.

    Raises FileNotFoundError for a path that does not exist.
    """
    if path.is_dir():
        for file in article_files(path):
            yield from submit_path(file, by)
        return
    if not os.path.lexists(path):
        raise FileNotFoundError(path)
    try:
        if not path.is_file():
            raise IntakeFault("is not a regular file, nor a link to one")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise IntakeFault(f"is {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read")
        payload = path.read_bytes()
    except IntakeFault as fault:
        yield refuse(str(path), str(fault), by)
    except OSError as error:
        yield refuse(str(path), f"cannot be read: {error.strerror}", by)
    else:
        yield submit_bytes(str(path), payload, by)


def article_files(directory: Path) -> list[Path]:
    """What lies in a directory under the name of an article, in order of name; links to nowhere and pipes too."""
    return sorted(p for p in directory.iterdir() if p.suffix.lower() in SUFFIXES and not p.is_dir())


def submit_bytes(name: str, payload: bytes, by: int | None = None) -> Intake:
    """Store a submission; the same bytes again give the intake that is there, so nothing is ingested twice.

    One in quarantine is tried anew: what was at fault then, such as a date in the future or a name that says JSON of
    what is plain text, may not be now.
    """
    if len(payload) > MAX_BYTES:
        return refuse(name, f"is {len(payload) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read", by)
    key = hashlib.sha256(payload).hexdigest()
    intake, _ = Intake.objects.get_or_create(
        key=key, defaults={"name": printable(name), "payload": payload, "submitted_by_id": by}
    )
    if intake.state == IntakeState.QUARANTINED:
        retry(intake, name=printable(name))
    return intake


def retry(intake: Intake, **values: object) -> None:
    """Put a quarantined intake that has its bytes back to the beginning; stages already done are found done."""
    _move(intake, IntakeState.PENDING, fault="", attempts=0, **values)


def refuse(name: str, fault: str, by: int | None = None) -> Intake:
    """Record a submission that could not even be stored, so that an editor sees it."""
    key = "refused:" + hashlib.sha256(f"{name}\0{fault}".encode("utf-8", "replace")).hexdigest()
    intake, _ = Intake.objects.get_or_create(
        key=key,
        defaults={
            "name": printable(name),
            "state": IntakeState.QUARANTINED,
            "fault": fault[:500],
            "submitted_by_id": by,
        },
    )
    return intake


def printable(name: str) -> str:
    """A file's name on one line; it need not be UTF-8, and may hold what breaks lines or steers a terminal."""
    return "".join(character if character.isprintable() else "?" for character in name)[-1000:]


# Advancing


def forgotten(after: datetime.timedelta = FORGOTTEN) -> list[int]:
    """Intakes that nobody has in hand and nobody touched for so long, oldest first; they count as touched now.

    Their message was lost, or their worker; one that merely waits its turn in a long queue is hinted at again only
    as often, so that the queue does not fill with hints.
    """
    now = timezone.now()
    found = Intake.objects.exclude(state__in=DONE).filter(
        Q(leased_until=None) | Q(leased_until__lt=now), updated_at__lt=now - after
    )
    pks = list(found.order_by("id").values_list("pk", flat=True)[:1000])
    Intake.objects.filter(pk__in=pks).update(updated_at=now)
    return pks


def _claim(pk: int, taking_over: bool) -> Intake | None:
    """Take an intake in hand by a conditional update; None if it is done or another worker has it."""
    now = timezone.now()
    free = Intake.objects.exclude(state__in=DONE).filter(pk=pk)
    if not taking_over:
        free = free.filter(Q(leased_until=None) | Q(leased_until__lt=now))
    if not free.update(leased_until=now + LEASE, attempts=F("attempts") + 1, updated_at=now):
        return None
    intake = Intake.objects.get(pk=pk)
    if intake.attempts > ATTEMPTS:
        _quarantine(intake, f"failed {ATTEMPTS} times; the last time its worker was lost or ran out of time")
        return None
    return intake


def advance(pk: int, *, taking_over: bool = False) -> None:
    """Bring one intake as far as it goes. Does nothing for one that is done or in another worker's hands.

    `taking_over`: whoever has it is known to be gone.
    """
    intake = _claim(pk, taking_over)
    if intake is None:
        return
    try:
        if intake.state == IntakeState.PENDING:
            submission = parse(intake.name, bytes(intake.payload or b""), timezone.now().date())
            with _stage():
                snapshot = store(submission)
                _move(intake, IntakeState.FETCHED, article=snapshot.article, snapshot=snapshot)
        if intake.state == IntakeState.FETCHED:
            assert intake.snapshot is not None  # noqa: S101  the state says so
            _move(intake, IntakeState.READ, run=read(intake.snapshot))
        if intake.state == IntakeState.READ:
            assert intake.run is not None  # noqa: S101
            with _stage():
                record(intake.run)
                _move(intake, IntakeState.RECORDED)
        if intake.state == IntakeState.RECORDED:
            assert intake.snapshot is not None  # noqa: S101
            with _stage(waited=True):
                settle_article(intake.snapshot.article_id)
                _move(intake, IntakeState.SETTLED, leased_until=None)
    except IntakeFault as fault:
        _quarantine(intake, str(fault))
    except Exception as error:
        log.exception("intake %s (%s) failed in state %s", intake.pk, intake.name, intake.state)
        if intake.attempts >= ATTEMPTS:
            _quarantine(intake, f"failed {ATTEMPTS} times: {type(error).__name__}: {' '.join(str(error).split())}")
        else:
            # Freed for the sweeper: trying again at once would most likely meet the same trouble.
            Intake.objects.filter(pk=intake.pk).update(leased_until=timezone.now())


# An article touches a few rows by key. In a small register the planner would rather read whole tables, and a session
# keeps the plans of its foreign key checks: they would slow down with every article until the tables are analysed.
BY_KEY = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"
UNWAITED = f"{BY_KEY}, set_config('synchronous_commit', 'off', true)"


@contextmanager
def _stage(*, waited: bool = False) -> Iterator[None]:
    """A transaction of one stage, by default not waited for until it is on disk: lost, the stage is done again.

    What editors decided and followers were told is never lost so: settling, which comes last, is waited for.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BY_KEY if waited else UNWAITED)
        yield


def _move(intake: Intake, state: IntakeState, **values: object) -> None:
    intake.state = state
    for name, value in values.items():
        setattr(intake, name, value)
    intake.save(update_fields=["state", "updated_at", *values])


def _quarantine(intake: Intake, fault: str) -> None:
    _move(intake, IntakeState.QUARANTINED, fault=fault[:500], leased_until=None)
    log.warning("%s %s", intake.name, fault)


# The stages


def store(found: Submission) -> Snapshot:
    """The snapshot of this content and date, with its article and outlet; made where they are not there yet.

    A version that was there before stays where it stood: taking it in again does not make it the latest.
    """
    content = hashlib.sha256(f"{found.title}\n\n{found.text}".encode()).hexdigest()
    url = urldefrag(clean_url(found.url) or found.url).url
    domain = (urlsplit(url).hostname or "").removeprefix("www.")[:200]
    publisher = " ".join(found.publisher.split())[:200] or domain or "Unknown outlet"
    with transaction.atomic():
        # First of all locks, so that two workers cannot wait for each other.
        lock_stories()
        outlet, _ = Outlet.objects.get_or_create(
            name=publisher, defaults={"domain": domain, "reliability": settings.OUTLET_RELIABILITY}
        )
        article, new = Article.objects.get_or_create(
            key=url or f"sha256:{content}",
            defaults={
                "url": url,
                "outlet": outlet,
                "title": found.title,
                "published": found.published,
                "note": found.note,
            },
        )
        same = {"article": article, "content_sha256": content}
        # A copy that came without its date says nothing against a date that is known.
        snapshot = Snapshot.objects.filter(**same).last() if found.published is None else None
        made = False
        if snapshot is None:
            snapshot, made = Snapshot.objects.get_or_create(
                **same, published=found.published, defaults={"title": found.title, "text": found.text}
            )
        if made:
            if not new:
                Article.objects.filter(pk=article.pk).update(title=found.title, published=found.published)
            joined = link_story(snapshot)
            if joined:
                with connection.cursor() as cursor:
                    # Followers are told of this too.
                    cursor.execute("SET LOCAL synchronous_commit TO DEFAULT")
                resolve_and_settle(_mentions(*joined), also=_citing(*joined))
    return snapshot


def read(snapshot: Snapshot) -> Run:
    """Read a snapshot with the current engine; the run that already did so, if there is one."""
    of = {"snapshot": snapshot, "published": snapshot.published}
    rules = {"engine": extraction.ENGINE, "engine_version": extraction.VERSION}
    engine = rules
    if settings.LLM_URL:
        # Only here: without a model nothing of it is imported.
        from ingest import llm

        engine = llm.engine()
    done = Run.objects.filter(**of, **engine).exclude(outcome=RunOutcome.FAILED).first()
    if done is not None:
        return done
    started = time.monotonic()
    try:
        facts = extraction.read(snapshot.title, snapshot.text, snapshot.published)
    except Exception as error:
        Run.objects.create(
            **of, **rules, outcome=RunOutcome.FAILED, error=f"{type(error).__name__}: {error}"[:500] or "failed"
        )
        raise
    note = None
    if settings.LLM_URL and facts.relevant and facts.language == "en":
        facts, note = llm.second_reading(snapshot.title, snapshot.text, snapshot.published, facts)
        if "fault" in note:
            log.warning("snapshot %s: the language model %s %s", snapshot.pk, settings.LLM_MODEL, note["fault"])
    if note is None or "kept" not in note:
        # What the rules read alone is theirs, and the model is asked again at the next reading.
        engine = rules
    data = facts.to_json(str(snapshot.pk)) | ({"llm": note} if note else {})
    english = data.get("language", "en") == "en"
    try:
        with transaction.atomic():
            return Run.objects.create(
                **of,
                **engine,
                outcome=RunOutcome.READ if english else RunOutcome.NOT_ENGLISH,
                relevant=bool(data.get("relevant", True)),
                facts=data,
                duration_ms=round((time.monotonic() - started) * 1000),
            )
    except IntegrityError:
        # Another worker read the same snapshot meanwhile; both found the same.
        return Run.objects.exclude(outcome=RunOutcome.FAILED).get(**of, **engine)


def record(run: Run) -> None:
    """Turn what a run read into mentions and claims, and make it the article's live run if it is the latest."""
    with transaction.atomic():
        # Held so that two workers with two versions of one article do not each think theirs the latest.
        article = Article.objects.select_for_update().get(pk=run.snapshot.article_id)
        record_facts(run)
        _enliven_latest(article)


def withdraw(run: Run) -> None:
    """Take a reading back: the one before it is live again, and settled as it was. Claims of both stay.

    Raises ValueError for a reading that is not live, or that has none before it.
    """
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=run.snapshot.article_id)
        if not Run.objects.filter(pk=run.pk, live=True).update(live=False, withdrawn=True):
            raise ValueError("another reading took its place since")
        if not _enliven_latest(article):
            raise ValueError("there is no reading before it")
        settle_article(article.pk)


def _enliven_latest(article: Article) -> bool:
    """Make the latest reading of the latest text the live one; is there any?"""
    usable = Run.objects.filter(snapshot__article=article, withdrawn=False).exclude(outcome=RunOutcome.FAILED)
    latest = usable.order_by("-snapshot_id", "-id").first()
    if latest is None:
        return False
    Run.objects.filter(snapshot__article=article, live=True).exclude(pk=latest.pk).update(live=False)
    Run.objects.filter(pk=latest.pk, live=False).update(live=True)
    return True


def settle_article(article: int) -> None:
    """Resolve and settle all that any reading of this article mentions, and what rests on citations of it."""
    resolve_and_settle(_mentions(article), also=_citing(article))


def _mentions(*articles: int) -> set[UUID]:
    return set(Mention.objects.filter(snapshot__article__in=articles).values_list("pk", flat=True))


def _citing(*articles: int) -> set[UUID]:
    """Records of imported rows that cite the addresses of these articles: both are one witness of what they say."""
    addresses = Article.objects.filter(pk__in=articles).exclude(url="").values("key")
    cited = Claim.objects.filter(citation_url__in=addresses, imported_row__isnull=False)
    bound = cited.filter(mention__binding__record__isnull=False)
    return set(bound.values_list("mention__binding__record", flat=True).distinct())
