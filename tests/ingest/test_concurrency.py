"""Many workers at once: connections of their own, everything committed, the real PostgreSQL."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from plain_reader import article
from register_content import differences, register_content, row_counts

from evidence.models import Article, Claim, Mention, Run, Snapshot
from ingest.choices import IntakeState
from ingest.models import Intake
from ingest.services import ATTEMPTS, advance, forgotten, submit_bytes
from meetings.models import Attendance, Meeting

# However lately it was touched.
NOW = datetime.timedelta(0)

pytestmark = pytest.mark.usefixtures("committed_db", "plain_reader")

GROUP = "contact_group=Ukraine Defense Contact Group"
REPORT = article(
    f"MEETING {GROUP}; ordinal=26; starts=2025-02-12; place=Brussels; participants=DE,FR,GB",
    "OFFICIAL name=John Healey; title=Defence Secretary; affiliation=GB",
    "PACKAGE amount=150000000; currency=GBP; donor=GB; announced=2025-02-12; meeting=0; recipients=UA",
    name="a",
)


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Run jobs in threads that start together, each on a connection of its own; re-raises what one raises."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(60)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def submit_and_advance(payload: bytes) -> Callable[[], int]:
    def job() -> int:
        intake = submit_bytes("a.json", payload)
        advance(intake.pk)
        return intake.pk

    return job


def finish() -> None:
    """What the sweeper does until nothing is left."""
    for _ in range(ATTEMPTS):
        for pk in forgotten(NOW):
            advance(pk)


def test_fifty_workers_with_one_article_make_one_of_everything():
    intakes = at_once([submit_and_advance(REPORT)] * 50)
    assert len(set(intakes)) == 1
    assert Intake.objects.get().state == IntakeState.SETTLED
    assert Intake.objects.get().attempts == 1
    assert (Article.objects.count(), Snapshot.objects.count(), Run.objects.count()) == (1, 1, 1)
    read = Claim.objects.filter(run__isnull=False)
    assert read.count() == len(set(map(str, read.values_list("mention__key", "field", "value", "target", "start"))))
    assert Meeting.objects.live().count() == 1
    assert Attendance.objects.live().count() == 3
    before = row_counts()
    submit_and_advance(REPORT)()
    assert row_counts() == before


def test_fifty_workers_with_fifty_wordings_of_one_article_make_one_article():
    """Other bytes are other intakes; the same address and content are the same article and snapshot."""
    payloads = [REPORT.replace(b'"published"', f'"n": {n}, "published"'.encode()) for n in range(50)]
    at_once([submit_and_advance(payload) for payload in payloads])
    finish()
    assert set(Intake.objects.values_list("state", flat=True)) == {IntakeState.SETTLED}
    assert (Article.objects.count(), Snapshot.objects.count(), Run.objects.count()) == (1, 1, 1)
    assert Mention.objects.filter(kind="meeting").count() == 1
    assert Claim.objects.filter(field="starts").count() == 1
    assert Meeting.objects.live().count() == 1


def test_articles_about_one_meeting_at_once_make_one_meeting_as_one_after_the_other():
    payloads = [
        article(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels; participants=DE,FR", name=f"n{number}")
        if number % 2
        else article(f"MEETING {GROUP}; ordinal=26; starts=2025-02-12; participants=DE,GB", name=f"n{number}")
        for number in range(8)
    ]
    at_once([submit_and_advance(payload) for payload in payloads])
    finish()
    assert set(Intake.objects.values_list("state", flat=True)) == {IntakeState.SETTLED}
    assert Meeting.objects.live().count() == 1
    assert sorted(Attendance.objects.live().values_list("nation", flat=True)) == ["DE", "FR", "GB"]
    together = register_content()
    before = row_counts()
    for intake in Intake.objects.order_by("-pk"):
        Intake.objects.filter(pk=intake.pk).update(state=IntakeState.RECORDED)
        advance(intake.pk)
    assert row_counts() == before
    assert differences(together, register_content()) == []


def test_copies_stored_at_once_are_one_story():
    line = f"MEETING {GROUP}; starts=2025-02-12"
    payloads = [article(line, name=f"n{number}", copy_of="a", title="Report a") for number in range(8)]
    at_once([submit_and_advance(payload) for payload in payloads])
    finish()
    assert Article.objects.count() == 8
    assert Article.objects.filter(story=None).count() == 1
    meeting = Meeting.objects.live().get()
    assert meeting.settled.get(field="exists").stories == 1


def test_two_versions_of_one_article_at_once_leave_one_live_run():
    versions = [article(f"MEETING {GROUP}; starts=2025-02-12; mode={mode}", name="a") for mode in ("virtual", "hybrid")]
    at_once([submit_and_advance(version) for version in versions * 4])
    finish()
    assert (Article.objects.count(), Snapshot.objects.count()) == (1, 2)
    live = Run.objects.get(live=True)
    assert live.snapshot == Snapshot.objects.order_by("id").last()
    meeting = Meeting.objects.live().get()
    assert meeting.mode == live.facts["meetings"][0]["mode"]


def test_an_editor_and_articles_at_once(editor):
    from evidence.services import state_value

    submit_and_advance(REPORT)()
    meeting = Meeting.objects.live().get()
    payloads = [
        article(f"MEETING {GROUP}; ordinal=26; starts=2025-02-12; place=Brussels", name=f"n{n}") for n in range(6)
    ]
    jobs = [submit_and_advance(payload) for payload in payloads]
    jobs.append(lambda: state_value(record=meeting, field="place", value="Antwerp", by=editor))
    at_once(jobs)
    finish()
    assert Meeting.objects.live().get().place_name == "Antwerp"
