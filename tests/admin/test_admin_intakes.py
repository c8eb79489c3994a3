"""Submissions on the desk: upload, what went wrong, another try."""

import json

import pytest
import redis
from browsing import page_of
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evidence.models import Article
from ingest.choices import IntakeState
from ingest.formats import MAX_BYTES
from ingest.models import Intake
from ingest.services import advance, refuse

ARTICLE = json.dumps({"title": "A headline", "text": "A text about nothing much.", "published": "2023-11-23"})


@pytest.fixture
def queue(reference_db):
    """Messages of the broker, which must be those of this test."""
    server = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    server.delete("celery")
    yield lambda: [json.loads(message) for message in server.lrange("celery", 0, -1)]
    server.delete("celery")
    server.close()


def upload(desk, *files):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return desk.post(reverse("admin:ingest_intake_add"), {"files": sent}, follow=True)


def test_uploaded_files_are_submitted_once(desk, chief, queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(desk, ("a.json", ARTICLE.encode()), ("b.txt", b"Head\n\nBody of it.")).content.decode()
    assert "Submitted: a.json." in page
    assert "Submitted: b.txt." in page
    assert list(Intake.objects.values_list("state", "submitted_by")) == [("pending", chief.pk)] * 2
    assert len(queue()) == 2
    for pk in Intake.objects.values_list("pk", flat=True):
        advance(pk)
    assert Article.objects.count() == 2
    again = upload(desk, ("copy.json", ARTICLE.encode())).content.decode()
    assert "read before" in again
    assert Intake.objects.count() == 2


def test_a_file_too_large_is_refused_and_kept_in_sight(desk, queue):
    page = upload(desk, ("huge.txt", b"x" * (MAX_BYTES + 1))).content.decode()
    assert "Refused: huge.txt is 10 MB; at most 10 MB are read." in page
    assert Intake.objects.get().state == IntakeState.QUARANTINED


def test_no_file_is_an_error_on_the_form(desk, reference_db):
    response = desk.post(reverse("admin:ingest_intake_add"), {})
    assert response.context["form"].errors == {"files": ["This field is required."]}


def test_a_quarantined_submission_is_tried_again(desk, queue, django_capture_on_commit_callbacks):
    upload(desk, ("broken.json", b"{not json"))
    intake = Intake.objects.get()
    advance(intake.pk)
    kept = refuse("huge.txt", "is 50 MB; at most 10 MB are read")
    url = reverse("admin:ingest_intake_changelist")
    assert "is not JSON" in desk.get(url + "?state__exact=quarantined").content.decode()
    chosen = [str(intake.pk), str(kept.pk)]
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(url, {"action": "try_again", "_selected_action": chosen}, follow=True).content.decode()
    assert "1 will be read again. 1 left as they were" in page
    intake.refresh_from_db()
    assert (intake.state, intake.fault, intake.attempts) == (IntakeState.PENDING, "", 0)
    assert len(queue()) == 1


def test_who_may_upload_and_retry(browser_of, reference_db):
    kept = refuse("huge.txt", "is 50 MB; at most 10 MB are read")
    viewer = browser_of("view_intake")
    url = reverse("admin:ingest_intake_changelist")
    page = viewer.get(url).content.decode()
    assert "huge.txt" in page
    assert "try_again" not in page
    assert viewer.get(page_of(kept)).status_code == 200
    assert viewer.get(reverse("admin:ingest_intake_add")).status_code == 403
    assert browser_of("view_intake", "add_intake").get(reverse("admin:ingest_intake_add")).status_code == 200
    assert "try_again" in browser_of("view_intake", "change_intake").get(url).content.decode()
