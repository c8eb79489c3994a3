"""Desk and readers' pages in a real browser: the content policy refuses nothing, and nobody is kept out."""

import pytest
from browsing import page_of
from devtools import Browser, chromium
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import pledge, seventeenth

from evidence import batches
from evidence.models import Article, Outlet
from funding.models import Package
from meetings.models import Meeting
from people.models import Nation, Official

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
]

SUGGESTIONS = """new Promise(done => {
  const $ = django.jQuery, box = $('#id_country');
  box.select2('open');
  $('.select2-search__field').val('germ').trigger('input');
  const look = () => {
    const found = [...document.querySelectorAll('.select2-results__option')].map(e => e.textContent);
    found.includes('Germany') ? done(found) : setTimeout(look, 50);
  };
  look();
})"""


@pytest.fixture
def pages(site):
    """What an editor sees, one address of each sort."""
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    seventeenth("Beta", "2023-11-24", "2023-11-23", "on Thursday")
    pledge("Alpha", "2023-11-21")
    meeting, package, outlet = Meeting.objects.get(), Package.objects.get(), Outlet.objects.get(name="Alpha")
    chief = get_user_model().objects.create_superuser(username="chief", password="x")
    # Not done by anybody: its page goes on asking how far it is.
    batch = batches.accept_outlet(outlet=outlet, confidence=0.5, by=chief, why="a look")
    return [
        reverse("admin:index"),
        reverse("admin:meetings_meeting_changelist"),
        reverse("admin:meetings_meeting_changelist") + "?_popup=1",
        reverse("admin:evidence_record_changelist"),
        reverse("admin:evidence_claim_changelist"),
        reverse("admin:evidence_candidatepair_changelist"),
        reverse("admin:evidence_candidatepair_compare"),
        reverse("admin:evidence_candidatepair_merged"),
        reverse("admin:evidence_batch_accept", args=[outlet.pk]) + "?confidence=0.5",
        reverse("admin:evidence_approvalrequest_changelist"),
        reverse("admin:ingest_intake_reread"),
        page_of(batch),
        page_of(meeting),
        page_of(meeting, "history"),
        page_of(package),
        reverse("admin:meetings_attendance_add"),
        reverse("admin:people_nation_add") + "?_popup=1",
        page_of(Nation.objects.get(pk="DE")),
        page_of(Nation.objects.get(pk="DE"), "delete"),
        reverse("admin:ingest_intake_add"),
        reverse("admin:password_change"),
        reverse("admin:desk_queue"),
        reverse("admin:desk_queue_item", args=[meeting.pk, "starts"]),
        reverse("admin:desk_queue_item", args=[package.pk, "amount"]),
        reverse("admin:desk_contested"),
        reverse("admin:desk_contested_next"),
        reverse("admin:desk_drift"),
        reverse("admin:desk_drift_item", args=[meeting.pk, "starts"]),
    ]


@pytest.fixture
def readers_pages(pages):
    """What a reader sees, one address of each sort."""
    meeting, package = Meeting.objects.get(), Package.objects.get()
    return [
        reverse("register:timeline"),
        *(shown.get_absolute_url() for shown in (meeting, meeting.group, package, Official.objects.get())),
        reverse("register:article-detail", args=[Article.objects.order_by("pk").first().pk]),
        *(reverse(f"register:{name}-list") for name in ("group", "nation", "official", "package", "article")),
        reverse("register:nation-detail", args=["DE"]),
        reverse("register:totals"),
        reverse("register:totals-packages"),
        reverse("register:record-history", args=[meeting.pk]),
        meeting.get_absolute_url() + f"?as_of={timezone.now():%Y-%m-%d}",
        reverse("api:docs"),
    ]


def signed_in(browser, site):
    """The browser, as the chief's."""
    client = Client()
    client.force_login(get_user_model().objects.get(username="chief"))
    browser.command("Network.setCookie", name="sessionid", value=client.cookies["sessionid"].value, url=site)
    return browser


def test_no_page_of_the_desk_is_refused_anything(site, pages, tmp_path):
    with Browser(tmp_path) as browser:
        browser.open(site + reverse("admin:login"))
        assert browser.complaints() == []
        # The listener hears: without this the rest would pass for a deaf one.
        browser.run("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
        assert "Content Security Policy" in " ".join(browser.complaints())
        signed_in(browser, site)
        for page in pages:
            browser.open(site + page)
            assert browser.run("document.querySelector('#user-tools') || document.body.matches('.popup') ? 1 : 0"), page
            assert browser.complaints() == [], page
        browser.open(site + page_of(Meeting.objects.get()))
        assert "Germany" in browser.run(SUGGESTIONS)
        assert browser.complaints() == []


@pytest.mark.long
def test_no_page_keeps_people_out(site, pages, readers_pages, tmp_path):
    with Browser(tmp_path) as browser:
        browser.open("data:text/html,<html lang=en><title>Form</title><main><h1>Form</h1><input>")
        # The check sees: an input without a name.
        assert browser.barriers() != []
        signed_in(browser, site)
        found = {}
        for page in [*pages, *readers_pages]:
            browser.open(site + page)
            found[page] = browser.barriers()
    assert {page: barriers for page, barriers in found.items() if barriers} == {}
