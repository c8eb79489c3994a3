"""The pipeline run by a real Celery worker over the real broker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

import extraction
from config.celery import app
from evidence import batches
from evidence.models import Article, Run
from ingest import rereading
from ingest.choices import IntakeState
from ingest.models import Intake
from ingest.services import FORGOTTEN, submit_path
from ingest.tasks import reread_batch, sweep
from meetings.models import Meeting

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples").glob("[0-9]*.json"))

pytestmark = pytest.mark.usefixtures("module_db")


def until(condition: Callable[[], bool], what: str, seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.05)


def manage(*arguments: object, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def worker(module_db: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen]:
    """A worker with two processes, on this module's database and an empty broker."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()
    log = tmp_path_factory.mktemp("worker") / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=output,
            stderr=output,
        )
    try:
        until(lambda: " ready." in log.read_text() or process.poll() is not None, "the worker starts")
        assert process.poll() is None, log.read_text()
        yield process
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def children(process: subprocess.Popen) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def state(pk: int) -> str:
    return Intake.objects.values_list("state", flat=True).get(pk=pk)


LOADS = """
import sys, django
from celery.signals import worker_init
django.setup()
import config.urls, ingest.tasks
print("extraction.engine" in sys.modules)
worker_init.send(None)
print("extraction.engine" in sys.modules)
"""


def test_only_workers_load_the_rules_before_they_read_and_do_so_before_they_fork():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", LOADS]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_the_tests_talk_to_the_workers_broker():
    assert app.conf.broker_url == settings.REDIS_URL


def test_articles_become_a_register(worker):
    done = manage("ingest", "--wait", *SAMPLES[:5])
    assert done.returncode == 0, done.stderr
    assert "5 articles submitted, 5 of them new" in done.stdout
    assert Article.objects.count() == 5
    assert Meeting.objects.live().exists()
    assert Run.objects.filter(live=True).count() == 5
    again = manage("ingest", "--wait", *SAMPLES[:5])
    assert again.returncode == 0, again.stderr
    assert "5 articles submitted, 0 of them new" in again.stdout
    assert Run.objects.count() == 5


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker's processes under /proc")
def test_killing_a_process_in_the_middle_loses_nothing(worker):
    [intake] = submit_path(SAMPLES[5])
    with connection.cursor() as cursor:
        # The article cannot be stored as long as this is held: the worker stands in the middle of it.
        cursor.execute("SELECT pg_advisory_lock(hashtext('stories'))")
        try:
            app.send_task("ingest.tasks.advance", [intake.pk])
            until(lambda: Intake.objects.filter(pk=intake.pk, attempts=1).exists(), "the worker takes it up")
            for pid in children(worker):
                os.kill(pid, signal.SIGKILL)
            until(lambda: Intake.objects.filter(pk=intake.pk, attempts=2).exists(), "another process takes it up")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('stories'))")
    until(lambda: state(intake.pk) == IntakeState.SETTLED, "it is settled all the same")
    assert Article.objects.filter(intakes=intake).count() == 1
    assert Run.objects.filter(snapshot__article__intakes=intake).count() == 1


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker's processes under /proc")
def test_what_kills_its_worker_every_time_is_put_aside_with_the_reason(worker):
    [intake] = submit_path(SAMPLES[6])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('stories'))")
        try:
            app.send_task("ingest.tasks.advance", [intake.pk])
            for attempt in (1, 2, 3):
                taken = Intake.objects.filter(pk=intake.pk, attempts=attempt)
                until(taken.exists, f"attempt {attempt} begins")
                for pid in children(worker):
                    os.kill(pid, signal.SIGKILL)
            until(lambda: state(intake.pk) == IntakeState.QUARANTINED, "it is put aside")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('stories'))")
    intake.refresh_from_db()
    assert "3 times" in intake.fault
    assert "worker" in intake.fault
    # The worker goes on with others.
    done = manage("ingest", "--wait", SAMPLES[7])
    assert done.returncode == 0, done.stderr


def test_the_sweeper_finds_what_a_lost_message_left(worker):
    [intake] = submit_path(SAMPLES[8])
    assert state(intake.pk) == IntakeState.PENDING
    Intake.objects.filter(pk=intake.pk).update(updated_at=timezone.now() - 2 * FORGOTTEN)
    sweep.delay()
    until(lambda: state(intake.pk) == IntakeState.SETTLED, "it is settled")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker's processes under /proc")
def test_a_reading_anew_goes_on_where_its_worker_was_killed(worker):
    """Articles read by earlier rules: previewed, applied and reverted by the worker, once each."""
    intakes = [intake for path in SAMPLES[10:13] for intake in submit_path(path)]
    for intake in intakes:
        app.send_task("ingest.tasks.advance", [intake.pk])
    for intake in intakes:
        until(lambda: state(intake.pk) == IntakeState.SETTLED, "it is read")  # noqa: B023
    articles = list(Article.objects.filter(intakes__in=intakes).order_by("pk").values_list("pk", flat=True))
    read = Run.objects.filter(snapshot__article__in=articles)
    read.update(engine_version="0")
    chief = get_user_model().objects.create_user("chief")
    batch = rereading.preview(by=chief, why="upgrade")

    def is_(wanted: str) -> bool:
        batch.refresh_from_db()
        return batch.state == wanted

    # Its message was lost: the sweeper finds it.
    type(batch).objects.update(updated_at=timezone.now() - 2 * batches.FORGOTTEN)
    sweep.delay()
    until(lambda: is_("previewed"), "it is previewed")
    assert read.count() == 3
    rereading.apply(batch.pk)
    with transaction.atomic():
        # The worker cannot record the second article as long as this is held: it stands in the middle of it.
        Article.objects.select_for_update().get(pk=articles[1])
        reread_batch.delay(batch.pk)
        begun = batch.items.filter(article=articles[1], attempts=1)
        until(begun.exists, "the worker comes to the second")
        assert list(batch.items.values_list("done", flat=True)) == [True, False, False]
        for pid in children(worker):
            os.kill(pid, signal.SIGKILL)
    until(lambda: is_("done"), "another process goes on")
    assert list(batch.items.values_list("attempts", "fault")) == [(1, ""), (2, ""), (1, "")]
    assert (
        list(read.order_by("snapshot__article", "pk").values_list("engine_version", "live"))
        == [
            ("0", False),
            (extraction.VERSION, True),
        ]
        * 3
    )
    rereading.revert(batch.pk, by=batch.requested_by, why="worse")
    reread_batch.delay(batch.pk)
    until(lambda: is_("reverted"), "it is taken back")
    assert set(read.filter(live=True).values_list("engine_version", flat=True)) == {"0"}


def test_a_broker_that_is_down_is_named_and_nothing_is_lost(tmp_path):
    done = manage("ingest", SAMPLES[9], REDIS_URL="redis://:secret@127.0.0.1:1/0")
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert "127.0.0.1 port 1" in line
    assert "REDIS_URL" in line
    assert "secret" not in line
    assert Intake.objects.filter(name__endswith=SAMPLES[9].name, state=IntakeState.PENDING).exists()


def test_a_database_that_is_down_is_named(tmp_path):
    done = manage("ingest", SAMPLES[9], DATABASE_URL="postgresql://muster:secret@127.0.0.1:1/register")
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert "127.0.0.1 port 1" in line
    assert "DATABASE_URL" in line
    assert "secret" not in line
