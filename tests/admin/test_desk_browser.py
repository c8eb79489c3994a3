"""Pages of the desk in a real browser: pairs by their keys, many edited at once, the queue without JavaScript."""

import pytest
from devtools import Browser, chromium
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from factories import published

from evidence.choices import Decision, Identity
from evidence.models import CandidatePair, Judgement, Verdict
from meetings.models import Meeting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
]

GROUP = "contact_group=Ukraine Defense Contact Group"


@pytest.fixture
def browser(site, plain_reader, tmp_path):
    """An editor's browser. Of three meetings two papers name two towns each, and one sum is told twice."""
    for month in (2, 6, 9):
        for place in ("Brussels", "Ramstein"):
            published(
                f"MEETING {GROUP}; starts=2025-0{month}-12; level=ministers; place={place}~0.7", name=f"{place}{month}"
            )
    line = "PACKAGE amount=500000000; currency=EUR; donor=DE; recipients=UA"
    published(f"{line}; announced=2025-02-10", name="first")
    published(line, name="again", published="2025-09-01")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(username="chief", password="x"))
    with Browser(tmp_path) as browser:
        browser.command("Network.setCookie", name="sessionid", value=client.cookies["sessionid"].value, url=site)
        yield browser


def test_pairs_are_decided_by_their_keys(browser, site):
    waiting = CandidatePair.objects.waiting()
    assert sorted(waiting.values_list("kind", flat=True)) == ["meeting", "meeting", "meeting", "package"]
    browser.open(site + reverse("admin:evidence_candidatepair_change", args=[waiting.first().pk]))
    # The latest first: the sums, then the meetings.
    for key in "edum":
        browser.press(key, leads_on=True)
    # That the later sum restates the earlier is a statement, which is said to be of the same record.
    assert list(Judgement.objects.order_by("pk").values_list("identity", flat=True)) == [
        Identity.SAME,
        Identity.DIFFERENT,
        Identity.DIFFERENT,
        Identity.UNSURE,
        Identity.SAME,
    ]
    assert Meeting.objects.live().count() == 5
    assert not waiting.exists()
    assert browser.run("location.pathname") == reverse("admin:evidence_candidatepair_changelist")
    assert browser.complaints() == []


def test_without_scripts_items_are_decided_and_many_edited(browser, site):
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(site + reverse("admin:desk_queue") + "?kind=meeting")
    for do in ("accept", "skip", "reject", "undo"):
        browser.click(f"button[value={do}]")
    given = [Decision.ACCEPT, Decision.REJECT, Decision.WITHDRAW]
    assert list(Verdict.objects.order_by("pk").values_list("decision", flat=True)) == given
    browser.open(site + reverse("admin:meetings_meeting_changelist"))
    browser.run("""document.querySelectorAll('.action-select').forEach(box => { box.checked = true });
                   document.querySelector('select[name=action]').value = 'edit_many'""")
    browser.click("button[name=index]")
    browser.run("""document.querySelector('[name=field]').value = 'mode';
                   document.querySelector('[name=to_mode]').value = 'hybrid';
                   document.querySelector('[name=why]').value = 'all were'""")
    browser.click("input[value=Preview]")
    assert not Meeting.objects.filter(mode="hybrid").exists()
    shown = browser.run("[...document.querySelectorAll('#content td:last-child')].map(e => e.textContent)")
    assert shown == ["Hybrid"] * 6
    browser.click("input[name=confirm]")
    assert Meeting.objects.filter(mode="hybrid").count() == 6
    assert browser.complaints() == []
