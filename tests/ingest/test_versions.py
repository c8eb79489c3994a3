"""One article in several versions: a text that changed, a date that was put right."""

from __future__ import annotations

import datetime
import json

import pytest

from evidence.choices import RecordState
from evidence.models import Article, Run, Snapshot
from ingest.choices import IntakeState
from ingest.services import advance, submit_bytes
from meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("reference_db")
TEXT = (
    "The national armaments directors of the Ukraine Defense Contact Group will meet in Brussels on Wednesday, "
    "the Pentagon said. They will compare notes on the production of ammunition for Ukraine."
)


def tell(text: str = TEXT, **more: str) -> Article:
    said = {"title": "Armaments directors to meet in Brussels", "text": text, "publisher": "Paper", **more}
    intake = submit_bytes("a.json", json.dumps({"url": "https://news.example/directors", **said}).encode())
    advance(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.SETTLED, intake.fault
    return intake.article


def days() -> list[datetime.date | None]:
    return list(Meeting.objects.filter(state=RecordState.LIVE).values_list("starts", flat=True))


def test_a_date_put_right_moves_what_hangs_on_it():
    article = tell(published="2022-09-09")
    assert days() == [datetime.date(2022, 9, 14)]
    assert tell(published="2022-09-23") == article
    article.refresh_from_db()
    assert article.published == datetime.date(2022, 9, 23)
    assert days() == [datetime.date(2022, 9, 28)]
    assert Run.objects.get(live=True).published == article.published


def test_a_date_that_is_missing_takes_no_known_one_away():
    article = tell(published="2022-09-09")
    tell(note="came again, without its date")
    article.refresh_from_db()
    assert article.published == datetime.date(2022, 9, 9)
    assert Snapshot.objects.count() == 1
    assert days() == [datetime.date(2022, 9, 14)]


def test_a_date_that_comes_later_is_taken():
    article = tell()
    assert days() == [None]
    tell(published="2022-09-09")
    article.refresh_from_db()
    assert article.published == datetime.date(2022, 9, 9)
    assert days() == [datetime.date(2022, 9, 14)]


def test_a_date_that_was_put_right_stays_so_when_the_first_one_comes_again():
    tell(published="2022-09-09")
    tell(published="2022-09-23")
    article = tell(published="2022-09-09", note="from an archive")
    article.refresh_from_db()
    assert article.published == datetime.date(2022, 9, 23)
    assert days() == [datetime.date(2022, 9, 28)]


def test_the_same_again_under_another_name_is_no_new_version():
    tell(published="2022-09-09")
    tell(published="2022-09-09", note="came again")
    assert Snapshot.objects.count() == 1


def test_an_earlier_version_that_comes_again_does_not_take_the_place_of_the_later():
    tell(published="2022-09-09")
    tell(text=TEXT.replace("Brussels", "Ramstein"), published="2022-09-09")
    article = tell(published="2022-09-09", note="the first version, found in an archive")
    assert Snapshot.objects.count() == 2
    live = Run.objects.get(snapshot__article=article, live=True)
    assert "Ramstein" in live.snapshot.text
