"""What cannot be an article: one line that names file and fault, kept where an editor sees it; the rest goes on."""

from __future__ import annotations

import datetime
import json
import os
import signal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from plain_reader import DEATH, article

import extraction
from evidence.models import Article, Claim, Mention, Run, Snapshot
from ingest.choices import IntakeState
from ingest.formats import MAX_BYTES, parse
from ingest.management.commands import ingest as command
from ingest.models import Intake
from ingest.services import ATTEMPTS, advance, forgotten, submit_bytes, submit_path

# However lately it was touched.
NOW = datetime.timedelta(0)

# trafilatura's HTTP client misses an optional part that reading a given page does not need.
pytestmark = pytest.mark.filterwarnings("ignore:SOCKS support")

GOOD = {
    "title": "Contact group to meet in Brussels",
    "text": "The Ukraine Defense Contact Group will meet in Brussels on 12 February 2025, officials said.",
    "url": "https://news.example/good",
    "publisher": "Paper",
    "published": "2025-02-01",
}


def without(key: str) -> bytes:
    return json.dumps({k: v for k, v in GOOD.items() if k != key}).encode()


def with_(**values: object) -> bytes:
    return json.dumps({**GOOD, **values}).encode()


FAULTS: dict[str, tuple[str, bytes, str]] = {
    "not JSON": ("a.json", b'{"title": "x", ', "is not JSON"),
    "a list": ("a.json", b"[1, 2]", "not an object"),
    "a number": ("a.json", b"12", "not an object"),
    "a number of 6000 digits": ("a.json", with_(note=0).replace(b"0}", b"9" * 6000 + b"}"), "number too long"),
    "nested deeply": ("a.json", b'{"title":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
    "no text": ("a.json", without("text"), "lacks `text`"),
    "no title": ("a.json", without("title"), "lacks `title`"),
    "empty text": ("a.json", with_(text=" \n "), "empty `text`"),
    "text is a number": ("a.json", with_(text=5), "`text` that is not text"),
    "text is a list": ("a.json", with_(text=["a"]), "`text` that is not text"),
    "title is an object": ("a.json", with_(title={"a": 1}), "`title` that is not text"),
    "url is a number": ("a.json", with_(url=1), "`url` that is not text"),
    "url is none": ("a.json", with_(url="javascript:alert(1)"), "no web address"),
    "url with half an address": ("a.json", with_(url="http://[::1/x"), "no web address"),
    "url with an impossible port": ("a.json", with_(url="http://news.example:99999/x"), "no web address"),
    "url with an endless host": ("a.json", with_(url=f"https://{'a' * 300}.example/x"), "no web address"),
    "url is long": ("a.json", with_(url="https://news.example/" + "a" * 3000), "2000"),
    "title of 100 kB": ("a.json", with_(title="x" * 100_000), "title of 100000 characters"),
    "publisher of 100 kB": ("a.json", with_(publisher="x\ud800"), "surrogate"),
    "in the future": ("a.json", with_(published="2999-01-01"), "in the future"),
    "before its time": ("a.json", with_(published="1066-10-14"), "before 1990"),
    "on no day": ("a.json", with_(published="2025-02-30"), "impossible `published`"),
    "on a date of another shape": ("a.json", with_(published="12/02/2025"), "impossible `published`"),
    "on a number": ("a.json", with_(published=20250212), "impossible `published`"),
    "empty": ("a.json", b"", "is empty"),
    "blank": ("a.txt", b" \n\t", "is empty"),
    "binary": ("a.json", bytes(range(256)), "binary"),
    "raw NUL": ("a.txt", b"Title\n\nText with a \0 in it", "NUL"),
    "escaped NUL": ("a.json", b'{"title": "t", "text": "a \\u0000 b"}', "NUL"),
    "lone surrogate": ("a.json", b'{"title": "t", "text": "a \\ud83d b"}', "surrogate"),
    "Latin-1": ("a.txt", "Título\n\nTexto".encode("latin-1"), "not UTF-8"),
    "UTF-16": ("a.json", json.dumps(GOOD).encode("utf-16"), ""),
    "text of one line": ("a.txt", b"A title and nothing else", "no text below"),
    "HTML without text": ("a.html", b"<html><head><title>x</title></head><body></body></html>", "no main text"),
    "too large": ("a.json", b" " * (MAX_BYTES + 1), "MB"),
}


@pytest.mark.parametrize(("name", "payload", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_line_in_quarantine_and_nothing_half_written(reference_db, tmp_path, name, payload, fault):
    (tmp_path / name).write_bytes(payload)
    (tmp_path / "z.json").write_text(json.dumps(GOOD))
    mentions = Mention.objects.count()
    bad, good = submit_path(tmp_path)
    advance(bad.pk)
    bad.refresh_from_db()
    assert bad.state == IntakeState.QUARANTINED
    assert fault in bad.fault
    assert len(bad.fault.splitlines()) == 1
    assert bad.name.endswith(name)
    assert (bad.article, bad.snapshot, bad.run) == (None, None, None)
    assert (Article.objects.count(), Snapshot.objects.count(), Run.objects.count()) == (0, 0, 0)
    assert Mention.objects.count() == mentions
    advance(good.pk)
    good.refresh_from_db()
    assert good.state == IntakeState.SETTLED


def test_fifty_megabytes_are_not_read(reference_db, tmp_path):
    large = tmp_path / "a.json"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    [intake] = submit_path(large)
    assert intake.state == IntakeState.QUARANTINED
    assert intake.fault == "is 50 MB; at most 10 MB are read"
    assert intake.payload is None
    assert [again.pk for again in submit_path(large)] == [intake.pk]


def test_what_no_file_system_gives_is_named_and_the_rest_goes_on(reference_db, tmp_path):
    (tmp_path / "dangling.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "directory.json").mkdir()
    (tmp_path / os.fsdecode(b"latin-\xe9.json")).write_text(json.dumps(GOOD))
    (tmp_path / "z.json").write_text(json.dumps({**GOOD, "url": "https://news.example/z"}))
    found = {Path(intake.name).name: intake for intake in submit_path(tmp_path)}
    assert len(found) == 5
    for name in ("dangling.json", "loop.json", "pipe.json"):
        assert found[name].state == IntakeState.QUARANTINED
        assert found[name].fault
    for intake in found.values():
        advance(intake.pk)
    assert Intake.objects.filter(state=IntakeState.SETTLED).count() == 2


def test_an_unreadable_file_is_named(reference_db, tmp_path):
    path = tmp_path / "a.json"
    path.write_text("{}")
    path.chmod(0)
    if os.access(path, os.R_OK):  # to root nothing is unreadable, save what is not there to be read
        path = Path("/proc/self/mem")
        if not path.exists():
            pytest.skip("nothing is unreadable here")
    [intake] = submit_path(path)
    assert intake.state == IntakeState.QUARANTINED
    assert "cannot be read" in intake.fault


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(submit_path(tmp_path / "a.json"))


# Formats


def test_html_and_plain_text_are_read_too(reference_db, tmp_path):
    paragraphs = "".join(
        f"<p>The Contact Group met in Brussels on 12 February {n} times, they said.</p>" for n in range(9)
    )
    (tmp_path / "a.html").write_text(
        f"<html><head><title>Met in Brussels</title></head><body><nav>Menu</nav><article><h1>Met in Brussels</h1>"
        f"{paragraphs}</article></body></html>"
    )
    (tmp_path / "b.txt").write_text("Met in Ramstein\n\nThe Ukraine Defense Contact Group met at Ramstein.\n")
    for intake in submit_path(tmp_path):
        advance(intake.pk)
    html, text = Snapshot.objects.order_by("id")
    assert html.title == "Met in Brussels"
    assert "Menu" not in html.text
    assert "\n\n" in html.text
    assert (text.title, text.text) == ("Met in Ramstein", "The Ukraine Defense Contact Group met at Ramstein.")


def test_a_byte_order_mark_is_no_fault():
    from datetime import date

    assert parse("a.json", b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), date(2025, 3, 1)).title == GOOD["title"]


# Failures


def test_a_reader_that_fails_every_time_is_put_aside_with_the_reason(reference_db, plain_reader):
    intake = submit_bytes("a.json", article(DEATH, name="a"))
    for attempt in range(1, ATTEMPTS + 1):
        assert forgotten(NOW) == [intake.pk]
        advance(intake.pk)
        intake.refresh_from_db()
        assert intake.attempts == attempt
    assert intake.state == IntakeState.QUARANTINED
    assert intake.fault == "failed 3 times: RuntimeError: the reader died, as it was told to"
    assert forgotten(NOW) == []
    assert list(Run.objects.values_list("outcome", "live")) == [("failed", False)] * 3
    assert not Claim.objects.filter(run__isnull=False).exists()


def test_a_reader_that_kills_its_process_every_time_is_put_aside(committed_db, monkeypatch):
    intake = submit_bytes("a.json", json.dumps(GOOD).encode())
    monkeypatch.setattr(extraction, "read", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    connection.close()
    for _ in range(ATTEMPTS):
        pid = os.fork()
        if pid == 0:
            try:
                advance(intake.pk, taking_over=True)
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    intake.refresh_from_db()
    assert (intake.attempts, intake.state) == (ATTEMPTS, IntakeState.FETCHED)
    # Somebody else's lease is respected until it runs out.
    advance(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.FETCHED
    advance(intake.pk, taking_over=True)
    intake.refresh_from_db()
    assert intake.state == IntakeState.QUARANTINED
    assert "worker" in intake.fault


# The command


@pytest.fixture
def at_once():
    """Celery runs what it is told to in this process, at once."""
    from config.celery import app

    former = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = former


def test_the_command_names_each_fault_and_reads_the_rest(reference_db, at_once, tmp_path, capfd):
    (tmp_path / "a.json").write_bytes(b"{")
    (tmp_path / "b.json").write_bytes(b"")
    (tmp_path / "z.json").write_text(json.dumps(GOOD))
    call_command("ingest", str(tmp_path), wait=True)
    said = capfd.readouterr()
    lines = [line for line in said.err.splitlines() if str(tmp_path) in line]
    assert len(lines) == 2
    assert lines[0].startswith(f"{tmp_path}/a.json is not JSON")
    assert lines[1] == f"{tmp_path}/b.json is empty"
    assert "Traceback" not in said.err
    assert Article.objects.count() == 1


def test_files_of_the_same_bytes_are_each_named(reference_db, at_once, tmp_path, capfd):
    for name in ("a.json", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    call_command("ingest", str(tmp_path), wait=True)
    assert [line for line in capfd.readouterr().err.splitlines() if "is empty" in line] == [
        f"{tmp_path}/a.json is empty",
        f"{tmp_path}/b.txt is empty",
    ]


def test_a_name_cannot_steer_the_terminal_or_break_the_line(reference_db, at_once, tmp_path, capfd):
    (tmp_path / "a\n\x1b[31m\u202e.json").write_bytes(b"")
    call_command("ingest", str(tmp_path), wait=True)
    assert f"{tmp_path}/a??[31m?.json is empty" in capfd.readouterr().err.splitlines()
    assert Intake.objects.get().name == f"{tmp_path}/a??[31m?.json"


def test_a_refused_file_is_read_once_its_name_says_what_it_is(reference_db):
    payload = b"Met in Ramstein\n\nThe Ukraine Defense Contact Group met at Ramstein.\n"
    advance(submit_bytes("a.json", payload).pk)
    assert "not JSON" in Intake.objects.get().fault
    advance(submit_bytes("a.txt", payload).pk)
    again = Intake.objects.get()
    assert (again.state, again.name, again.fault) == (IntakeState.SETTLED, "a.txt", "")


@pytest.mark.parametrize("name", ["nowhere.json", "empty"])
def test_the_command_refuses_a_path_with_nothing_to_read(reference_db, tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "z.json").write_text(json.dumps(GOOD))
    with pytest.raises(command.CommandError, match=name):
        call_command("ingest", str(tmp_path / "z.json"), str(tmp_path / name))
