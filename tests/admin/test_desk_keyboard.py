"""The review queue worked off with the keyboard alone, in a real browser."""

import statistics
import time
from itertools import cycle

import pytest
from devtools import Browser, chromium
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from factories import published

from evidence.choices import Decision
from evidence.models import Claim, Verdict

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
]

GROUP = "Ukraine Defense Contact Group"
SHOWN = """[document.querySelector('#span').textContent, document.querySelector('.desk-card h2').innerText,
            document.querySelector('#span').getBoundingClientRect().top < innerHeight].join('|')"""


@pytest.fixture
def signed_in(site, plain_reader, tmp_path):
    """A browser on the first item of a queue of places to decide; two articles disagree about every third."""
    for first in range(1, 25, 6):
        lines = [
            f"MEETING contact_group={GROUP}; ordinal={number}; place=Town{number}~0.7"
            for number in range(first, first + 6)
        ]
        published(*lines, name=f"a{first}")
        published(*(line.replace("Town", "City") for line in lines[::3]), name=f"b{first}")
    chief = get_user_model().objects.create_superuser(username="chief", password="x")
    client = Client()
    client.force_login(chief)
    with Browser(tmp_path) as browser:
        browser.command("Network.setCookie", name="sessionid", value=client.cookies["sessionid"].value, url=site)
        browser.command("Emulation.setDeviceMetricsOverride", width=1280, height=800, deviceScaleFactor=1, mobile=False)
        browser.open(site + reverse("admin:desk_queue") + "?kind=meeting")
        yield browser


def test_twenty_items_are_decided_by_keyboard(signed_in, record_property):
    browser, seconds, seen = signed_in, [], set()
    for number, do in zip(range(20), cycle("aarca"), strict=False):
        shown = browser.run(SHOWN)
        assert shown.endswith("true"), "the words decided on are in sight"
        seen.add(shown)
        began = time.monotonic()
        if do == "c":
            browser.press("c")
            browser.write(f"Village{number}")
            browser.press("Enter", leads_on=True)
        else:
            if number % 3 == 0:
                browser.press("1")
            browser.press(do, leads_on=True)
        seconds.append(time.monotonic() - began)
    assert len(seen) == 20
    given = Verdict.objects.values_list("decision", flat=True)
    assert sorted(given) == [Decision.ACCEPT] * 12 + [Decision.REJECT] * 4
    stated = Claim.objects.filter(author__isnull=False).values_list("value", flat=True)
    assert sorted(stated) == ["Village13", "Village18", "Village3", "Village8"]
    # From the key to the next item on the page; what remains of the ten seconds a decision may take is for reading.
    record_property("median_seconds_a_decision", round(statistics.median(seconds), 2))
    # Skipped, then undone twice: back over the item skipped to the last one decided, which is open again.
    here = browser.run(SHOWN)
    browser.press("s", leads_on=True)
    browser.press("u", leads_on=True)
    assert browser.run(SHOWN) == here
    browser.press("u", leads_on=True)
    assert Verdict.objects.filter(decision=Decision.WITHDRAW).count() == 1
    # Keys that are written are text.
    browser.press("n")
    browser.write("a long story")
    assert browser.run("document.activeElement.value") == "a long story"
    assert browser.complaints() == []
