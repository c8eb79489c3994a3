"""The article page: every claim's words highlighted, and how the text was read."""

import re

import pytest
from reporting import GROUP, get, report, section, words

from evidence.choices import RunOutcome
from evidence.models import Claim, Run, Snapshot
from ingest.services import refuse

MEETING = f"MEETING contact_group={GROUP}; ordinal=27; starts=2025-04-11; participants=DE,FR; nation_count=51"


def test_every_claim_is_highlighted_by_kind_and_noted():
    article = report(MEETING, "PACKAGE amount=2000000000; currency=USD; donor=US", name="one")
    page = get(f"/articles/{article.pk}/")
    for claim in Claim.objects.filter(run__live=True):
        assert f'id="s{claim.start}-{claim.end}"' in page
    for kind, quote in (
        ("group", "ordinal=27"),
        ("where", "starts=2025-04-11"),
        ("people", "participants=DE,FR"),
        ("money", "amount=2000000000"),
        ("count", "nation_count=51"),
    ):
        assert re.search(rf'class="k k-{kind}" href="#n\d+">{re.escape(quote)}<sup>', page), quote
    notes = words(page)
    assert f"27th {GROUP}: first day 11 April 2025" in notes
    assert "$2bn: amount $2bn" in notes
    assert f"27th {GROUP}: attendance Participant, Germany" in notes


def test_the_text_is_whole_and_escaped():
    evil = "<script>alert(1)</script> & <b>bold</b> \"quoted\" 'single'"
    article = report(
        f"MEETING contact_group={GROUP}; ordinal=3; starts=2022-06-15; venue=<i>Hall</i> & co",
        evil,
        name="evil",
        title="<img src=x onerror=alert(1)> Title",
        publisher="<b>Paper</b>",
        note="<u>note</u>",
    )
    page = get(f"/articles/{article.pk}/")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt;" in page
    assert "&lt;i&gt;Hall&lt;/i&gt; &amp; co" in page
    assert "&lt;u&gt;note&lt;/u&gt;" in page
    meeting_page = get(re.search(r'href="(/meetings/[^"]+)"', page).group(1))
    assert "<i>Hall" not in meeting_page
    assert "&lt;i&gt;Hall&lt;/i&gt; &amp; co" in meeting_page
    assert "&lt;img src=x" in get("/articles/")


def test_the_run_is_named_with_the_day_it_counted_from():
    article = report(MEETING, name="run", published="2025-04-12")
    text = words(section(get(f"/articles/{article.pk}/"), "h-read", "</section>"))
    run = Run.objects.get(live=True)
    assert f"{run.engine} {run.engine_version}" in text
    assert "12 Apr 2025" in text
    assert "current; read" in text


def test_the_submitters_note_stands_beside_the_text():
    article = report(MEETING, name="note", note="Written for the project.")
    assert "Written for the project." in words(get(f"/articles/{article.pk}/"))


def test_copies_of_a_story_are_named():
    first = report(MEETING, name="agency")
    second = report(MEETING, name="copy", copy_of="agency")
    page = get(f"/articles/{first.pk}/")
    assert f'href="/articles/{second.pk}/"' in page
    assert "2 articles, counted as one witness." in words(page)
    assert "2 articles in 1 story" in words(get(re.search(r'href="(/meetings/[^"]+)"', page).group(1)))


def reread(article, **values):
    """Another reading of the same snapshot, with this outcome."""
    snapshot = Snapshot.objects.get(article=article)
    Run.objects.filter(snapshot=snapshot).update(live=False)
    return Run.objects.create(snapshot=snapshot, engine="other", engine_version="2", **values)


@pytest.mark.parametrize(
    ("values", "expected", "listed"),
    [
        ({"outcome": RunOutcome.NOT_ENGLISH, "live": True}, "Not read: not English.", "not English"),
        (
            {"outcome": RunOutcome.READ, "relevant": False, "live": True},
            "Read, and found not to be about arms coordination.",
            "not relevant",
        ),
        ({"outcome": RunOutcome.FAILED, "error": "no time"}, "The latest reading failed. no time", "failed"),
    ],
)
def test_how_a_reading_ended_is_said(values, expected, listed):
    article = report(MEETING, name="states")
    reread(article, **values)
    page = get(f"/articles/{article.pk}/")
    assert expected in words(page)
    assert 'class="k ' not in page
    assert listed in words(get("/articles/"))


def test_an_article_in_quarantine_says_why():
    article = report(MEETING, name="kept")
    intake = refuse("kept.json", "the reader died three times")
    intake.article = article
    intake.save()
    assert "In quarantine. the reader died three times" in words(get(f"/articles/{article.pk}/"))
    assert "1 in quarantine" in words(get("/"))


def test_a_text_without_a_reading_says_so():
    article = report(MEETING, name="unread")
    Snapshot.objects.create(article=article, title="Report", text="Changed text.", content_sha256="0" * 64)
    text = words(get(f"/articles/{article.pk}/"))
    assert "nobody yet" in text
    assert "ordinal=27" in text


def test_equipment_the_text_names_is_listed():
    article = report(MEETING, name="kit")
    run = Run.objects.get(live=True)
    start = run.snapshot.content.index("MEETING")
    spans = [{"start": start, "end": start + 7}]
    run.facts["capabilities"] = [{"name": "HIMARS", "maker": "Lockheed Martin", "evidence": spans}]
    run.save()
    text = words(section(get(f"/articles/{article.pk}/"), "h-cap", "</section>"))
    assert "HIMARS Lockheed Martin MEETING" in text


def test_an_address_that_is_no_web_address_is_not_linked():
    article = report(MEETING, name="plain")
    type(article).objects.filter(pk=article.pk).update(url="javascript:alert(1)")
    assert "javascript:" not in get(f"/articles/{article.pk}/")


def test_no_article_is_a_404_that_says_so():
    assert "No article stands at this address." in words(get("/articles/999999/", 404))
    get(f"/articles/{10**30}/", 404)
