"""The review queue: what it offers first, what its buttons do, and what it refuses."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import published
from projections import changed, projections

from evidence.choices import Decision, Identity
from evidence.desk.acts import Changed, accept, act
from evidence.desk.items import load_item
from evidence.desk.worklists import QUEUE
from evidence.invariants import check
from evidence.models import Claim, SettledField, Verdict
from evidence.services import decide, judge
from meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("plain_reader")

GROUP = "Ukraine Defense Contact Group"
QUEUE_PAGE = reverse("admin:desk_queue")


def meeting(name: str, *, number: int = 17, **values) -> None:
    line = "MEETING " + "; ".join(f"{k}={v}" for k, v in {"contact_group": GROUP, "ordinal": number, **values}.items())
    published(line, name=name)


def the_meeting(number: int = 17) -> Meeting:
    return Meeting.objects.get(ordinal=number)


def head_of(record) -> tuple:
    head = SettledField.objects.get(record=record, field="place")
    return head.settlement.value, head.settlement.reason, head.decided, head.priority


def item_page(record, field: str) -> str:
    return reverse("admin:desk_queue_item", args=[record.pk, field])


def shown(client: Client, url: str) -> dict[str, str]:
    """The hidden inputs of a page's form and what is chosen, as a browser would send them."""
    page = client.get(url)
    assert page.status_code == 200
    html = page.content.decode()
    assert not re.findall(r"<style|<[^>]+ (?:style|on\w+)=|<script(?![^>]+src=)", html)
    item = page.context["item"]
    return {
        "seen": item.seen,
        "place": page.context["place"],
        "kind": page.context["kind"],
        "choice": page.context["chosen"],
        "why": "",
        "url": page.context["action"],
    }


def send(client: Client, sent: dict[str, str], do: str, **more: str):
    return client.post(sent["url"], {**sent, "do": do, **more}, follow=True)


def told(page) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def choice_of(client: Client, url: str, text: str) -> str:
    return next(option.key for option in client.get(url).context["item"].options if option.text == text)


@pytest.fixture
def disputed(desk):
    """Two articles that disagree about one place, and a doubtful mode."""
    meeting("a", place="Brussels", mode="hybrid~0.7")
    meeting("b", place="Antwerp", mode="hybrid~0.01")
    return the_meeting()


def test_the_first_item_stands_beside_its_words(desk, disputed):
    page = desk.get(QUEUE_PAGE)
    html = page.content.decode()
    assert page.context["item"].field.name == "place"
    assert re.search(r'<mark class="k now" id="span">place=\w+</mark>', html)
    assert "is shown in place of" in html
    assert "whatever repeats it" in html
    assert disputed.get_absolute_url() in html
    assert reverse("admin:meetings_meeting_change", args=[disputed.pk]) in html


def test_accepting_decides_and_leads_to_the_next(desk, disputed):
    sent = shown(desk, QUEUE_PAGE)
    page = send(desk, sent, "accept", choice=choice_of(desk, QUEUE_PAGE, "Antwerp"))
    assert the_meeting().place_name == "Antwerp"
    assert the_meeting().contested_fields == []
    assert told(page) == "Accepted: Town Antwerp. Shown: Antwerp."
    assert (page.context["item"].record.pk, page.context["item"].field.name) != (disputed.pk, "place")
    assert SettledField.objects.get(record=disputed, field="place").priority == 0


def test_rejecting_rejects_every_claim_of_it_those_of_later_articles_too(desk, disputed):
    sent = shown(desk, item_page(disputed, "mode"))
    send(desk, sent, "reject", why="the report has it wrong")
    assert the_meeting().mode == ""
    meeting("c", mode="hybrid")
    assert the_meeting().mode == ""
    assert Verdict.objects.get().why == "the report has it wrong"


def test_a_value_of_ones_own_is_stated_with_its_source(desk, disputed):
    sent = shown(desk, item_page(disputed, "place"))
    send(desk, sent, "correct", value="Ghent", why="asked", citation_url="https://ministry.example/note")
    claim = Claim.objects.get(author__isnull=False)
    assert (the_meeting().place_name, claim.citation_url) == ("Ghent", "https://ministry.example/note")
    # What is written and sent with the first button means the same.
    send(desk, shown(desk, item_page(disputed, "place")), "accept", choice="other", value="Namur")
    assert the_meeting().place_name == "Namur"


def test_a_number_that_is_stated_is_told_in_words(desk):
    meeting("a", nation_count="40~0.4")
    url = item_page(the_meeting(), "nation_count")
    page = send(desk, shown(desk, url), "correct", value_0="53", value_1="about")
    assert told(page) == "Stated: Nations attending about 53. Shown: about 53."


def test_a_record_is_named_by_what_it_is_called(desk, disputed):
    url = item_page(disputed, "group")
    page = send(desk, shown(desk, url), "correct", value="Nobody's Club")
    assert "knows none of that name" in page.content.decode()
    page = send(desk, shown(desk, url), "correct", value="coalition")
    assert "Several have that name" in page.content.decode()
    send(desk, shown(desk, url), "correct", value="drone capability")
    disputed.refresh_from_db()
    assert str(disputed.group) == "Drone Capability Coalition"


def test_skipping_writes_nothing_and_undo_leads_back(desk, disputed):
    sent, before = shown(desk, QUEUE_PAGE), projections()
    page = send(desk, sent, "skip")
    assert page.context["item"].field.name != "place"
    assert changed(before, projections()) == []
    page = desk.post(reverse("admin:desk_undo"), follow=True)
    assert page.context["item"].field.name == "place"
    assert "Nothing to undo" in told(desk.post(reverse("admin:desk_undo"), follow=True))


@pytest.mark.parametrize("do", ["skip", "accept"])
def test_undo_keeps_to_the_kind_that_was_chosen(desk, disputed, do):
    page = send(desk, shown(desk, f"{QUEUE_PAGE}?kind=meeting"), do)
    assert page.context["kind"] == "meeting"
    page = desk.post(reverse("admin:desk_undo"), follow=True)
    assert (page.context["kind"], page.context["item"].field.name) == ("meeting", "place")


def test_undo_restores_what_was(desk, chief, disputed):
    decide(claim=Claim.objects.get(field="place", value="Antwerp"), decision=Decision.REJECT, by=chief)
    before = projections()
    own = ({"value": "Antwerp"}, {"value": "Ghent"})
    for do, more in (("accept", {}), ("reject", {}), *(("correct", value) for value in own)):
        held = head_of(disputed)
        send(desk, shown(desk, item_page(disputed, "place")), do, **more)
        assert head_of(disputed) != held
        page = desk.post(reverse("admin:desk_undo"), follow=True)
        assert "Undone" in told(page)
        assert page.context["item"].field.name == "place"
    # The mentions of what was stated stay, and a field that came back did so in a settlement of its own.
    left = [line for line in changed(before, projections()) if not line.startswith(("redirects", "bindings"))]
    assert [line for line in left if "settlement_id" not in line] == []
    assert list(check()) == []


def test_two_editors_do_not_decide_the_same_item_blindly(desk, disputed, chief):
    other = Client()
    other.force_login(get_user_model().objects.create_superuser(username="second", password="x"))
    first, second = (shown(client, item_page(disputed, "place")) for client in (desk, other))
    send(desk, first, "accept", choice=choice_of(desk, item_page(disputed, "place"), "Brussels"))
    page = send(other, second, "correct", value="Ghent", why="typed for a minute")
    html = page.content.decode()
    assert "Not decided: this changed while the page was open" in told(page)
    assert "“Brussels” was" in told(page)
    assert "is now decided by chief" in told(page)
    assert 'value="Ghent"' in html
    assert 'value="typed for a minute"' in html
    assert Verdict.objects.count() == 1
    assert the_meeting().place_name == "Brussels"


def test_of_two_decisions_in_the_same_moment_one_is_refused(committed_db):
    meeting("a", place="Brussels")
    meeting("b", place="Antwerp")
    found = the_meeting()
    item = load_item(found.pk, "place")
    editors = [get_user_model().objects.create_user(username=name) for name in ("first", "second")]
    both = Barrier(2)

    def decide_for(number: int) -> str:
        both.wait(30)
        try:
            do = accept(item.options[number], editors[number], "")
            return act(record=found.pk, name="place", seen=item.seen, do=do).told
        except Changed as error:
            return str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide_for, range(2)))
    assert answers[0].startswith("Accepted: Town")
    assert "changed while the page was open" in answers[1]
    assert Verdict.objects.count() == 1


def test_a_decision_made_before_a_new_article_came_in_is_refused(desk, disputed):
    sent = shown(desk, item_page(disputed, "place"))
    meeting("c", place="Ghent")
    assert "“Ghent” came in (Paper c)" in told(send(desk, sent, "accept"))
    assert Verdict.objects.count() == 0


def test_a_decision_on_an_article_that_no_longer_says_so_is_refused(desk, disputed):
    sent = shown(desk, item_page(disputed, "place"))
    meeting("b", mode="virtual")
    assert "“Antwerp” is no longer said" in told(send(desk, sent, "accept"))
    assert Verdict.objects.count() == 0


def test_a_record_that_vanished_is_told_of(desk, chief, disputed):
    meeting("c", number=18, place="Ghent")
    gone = the_meeting(18)
    sent = shown(desk, item_page(gone, "place"))
    judge(left=disputed.pk, right=gone.pk, identity=Identity.SAME, by=chief)
    page = send(desk, sent, "accept")
    assert "is part of another one now" in told(page)
    assert Verdict.objects.count() == 0
    nowhere = reverse("admin:desk_queue_item", args=["0199aaaa-0000-7000-8000-000000000000", "place"])
    assert "knows no such record" in told(desk.get(nowhere, follow=True))
    assert desk.get(reverse("admin:desk_queue_item", args=[disputed.pk, "no-such"]), follow=True).status_code == 200


def test_bad_input_is_refused_in_place_and_writes_nothing(desk, disputed):
    url = item_page(disputed, "place")
    for do, more, complaint in (
        ("accept", {"why": "x" * 100_000}, "at most 2000 characters"),
        ("accept", {"choice": "99"}, "Choose a value first"),
        ("accept", {"choice": "1", "seen": "{"}, "lost track"),
        ("accept", {"choice": "1", "seen": "[[1]]"}, "lost track"),
        ("reject", {"choice": "other"}, "is not rejected"),
        ("correct", {"value": ""}, "Write the value first"),
        ("accept", {"value": "Ghent"}, "You wrote a value of your own and chose another"),
        ("correct", {"value": "x" * 5000}, "at most 100 characters"),
        ("correct", {"value": "a\0b"}, "Null characters"),
        ("correct", {"value": "Ghent", "citation_url": "javascript:alert(1)"}, "Enter a valid URL"),
        ("conquer", {"choice": "1"}, "Choose a value first"),
    ):
        page = send(desk, shown(desk, url), do, **more)
        assert complaint in page.content.decode(), (do, more)
    starts = item_page(disputed, "ordinal")
    assert "whole number" in send(desk, shown(desk, starts), "correct", value="soon").content.decode()
    assert Verdict.objects.count() == Claim.objects.filter(author__isnull=False).count() == 0


def test_markup_in_a_value_is_text_and_not_taken_from_an_editor(desk):
    meeting("a", place="<script>alert(1)</script>~0.7")
    html = desk.get(item_page(the_meeting(), "place")).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    page = send(desk, shown(desk, item_page(the_meeting(), "place")), "correct", value="<b>Ghent</b>")
    assert page.context["form"].errors["value"] == ["“<b>” is markup; write plain text."]
    assert "<b>Ghent</b>" not in page.content.decode()
    assert not Claim.objects.filter(author__isnull=False).exists()


def test_who_may_see_and_decide(desk, disputed, browser_of):
    url = item_page(disputed, "place")
    viewer = browser_of("view_meeting")
    assert 'value="accept"' not in viewer.get(url).content.decode()
    sent = shown(desk, url)
    assert viewer.post(url, {**sent, "do": "accept"}).status_code == 403
    assert browser_of().get(QUEUE_PAGE).status_code == 403
    others = browser_of("view_package", "change_package").get(QUEUE_PAGE)
    assert others.context["waiting"] == 0
    assert urlsplit(Client().get(QUEUE_PAGE).url).path == reverse("admin:login")
    assert Verdict.objects.count() == 0


def test_the_queue_by_kind_and_from_any_place(desk, disputed):
    kinds = [chip[0] for chip in desk.get(QUEUE_PAGE).context["chips"]]
    assert "meeting" in kinds
    page = desk.get(QUEUE_PAGE, {"kind": "meeting"})
    assert page.context["item"].spec.kind == "meeting"
    everything, seen, cursor = QUEUE.rows(["meeting"]).count(), set(), ""
    while (page := desk.get(QUEUE_PAGE, {"kind": "meeting", "after": cursor})).context.get("item"):
        item, cursor = page.context["item"], page.context["place"]
        seen.add((item.record.pk, item.field.name))
    assert len(seen) == everything
    assert "Start over" in page.content.decode()
    for nonsense in ("x", "1~2~3", "nan~0199aaaa-0000-7000-8000-000000000000~x", "~~"):
        assert desk.get(QUEUE_PAGE, {"after": nonsense, "kind": "hats"}).context["item"].field.name == "place"


def test_a_long_queue_costs_no_more_and_is_read_by_its_index(desk, disputed):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(QUEUE_PAGE).status_code == 200
        return len(found)

    few = queries()
    for number in range(18, 26):
        meeting(f"m{number}", number=number, place="Ghent~0.7", mode="virtual~0.7", participants="DE,FR~0.7")
    assert QUEUE.rows().count() > 40
    assert queries() == few <= 40
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        sql, parameters = QUEUE.after(QUEUE.rows(), QUEUE.cursor(QUEUE.rows()[5]))[:5].query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "settled_review" in plan
    assert "Sort" not in plan
