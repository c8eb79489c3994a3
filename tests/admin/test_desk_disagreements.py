"""Contested fields and the drift inbox: what stands side by side, and what choosing, keeping and taking do."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import published
from projections import changed, projections

from evidence.choices import Decision, RecordState
from evidence.desk.worklists import CONTESTED, DRIFT
from evidence.invariants import check
from evidence.models import Claim, Verdict
from evidence.rebuild import rebuild
from evidence.services import decide, state_value
from ingest.facts.files import write
from ingest.facts.importing import import_facts
from meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("plain_reader")

GROUP = "Ukraine Defense Contact Group"
CONTESTED_PAGE, DRIFT_PAGE = reverse("admin:desk_contested"), reverse("admin:desk_drift")


def meeting(name: str, *, number: int = 17, **values) -> None:
    line = "MEETING " + "; ".join(f"{k}={v}" for k, v in {"contact_group": GROUP, "ordinal": number, **values}.items())
    published(line, name=name)


def the_meeting(number: int = 17) -> Meeting:
    return Meeting.objects.get(ordinal=number)


def page_of(which: str, record, field: str) -> str:
    return reverse(f"admin:desk_{which}_item", args=[record.pk, field])


def send(client, url: str, do: str, seen: str | None = None, **more: str):
    shown = client.get(url).context
    seen = shown["item"].seen if seen is None else seen
    return client.post(
        url, {"seen": seen, "place": shown["place"], "kind": "", "why": "", "do": do, **more}, follow=True
    )


def number_of(client, url: str, text: str) -> int:
    return next(option.number for option in client.get(url).context["item"].options if option.text == text)


def told(page) -> str:
    return " ".join(str(message) for message in page.context["messages"])


@pytest.fixture
def disputed(desk):
    meeting("a", place="Brussels")
    meeting("b", place="Antwerp")
    return the_meeting()


@pytest.fixture
def drifted(desk, chief):
    """An editor stated one town; an article that came in later says another."""
    meeting("a", place="Brussels")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=chief, why="asked the ministry")
    meeting("b", place="Ghent")
    return the_meeting()


# Contested fields


def test_rivals_stand_side_by_side_and_the_list_leads_to_them(desk, disputed):
    listed = desk.get(CONTESTED_PAGE).content.decode()
    url = page_of("contested", disputed, "place")
    assert url in listed
    html = desk.get(url).content.decode()
    for words in ("Paper a", "Paper b", "place=Brussels", "place=Antwerp", "2025-02-10", disputed.get_absolute_url()):
        assert words in html
    assert desk.get(reverse("admin:desk_contested_next")).context["item"].field.name == "place"


def test_choosing_one_settles_it(desk, disputed):
    url = page_of("contested", disputed, "place")
    page = send(desk, url, f"accept:{number_of(desk, url, 'Antwerp')}", why="the communiqué")
    assert (the_meeting().place_name, the_meeting().contested_fields) == ("Antwerp", [])
    assert "Accepted: Town Antwerp" in told(page)
    assert CONTESTED.rows().count() == 0
    assert "Decided by chief" in desk.get(url).content.decode()


def test_rejecting_one_leaves_the_other(desk, disputed):
    url = page_of("contested", disputed, "place")
    send(desk, url, f"reject:{number_of(desk, url, 'Antwerp')}")
    assert (the_meeting().place_name, the_meeting().contested_fields) == ("Brussels", [])


def test_a_third_value_needs_its_source(desk, disputed):
    url = page_of("contested", disputed, "place")
    page = send(desk, url, "state", value="Ghent")
    assert "Name the source" in page.content.decode()
    assert 'value="Ghent"' in page.content.decode()
    assert (
        "Enter a valid URL" in send(desk, url, "state", value="Ghent", citation_url="nowhere at all").content.decode()
    )
    send(desk, url, "state", value="Ghent", citation_publisher="Gazette", citation_date="2025-02")
    stated = Claim.objects.get(author__isnull=False)
    assert (the_meeting().place_name, stated.citation_publisher, stated.citation_date) == (
        "Ghent",
        "Gazette",
        "2025-02",
    )
    desk.post(reverse("admin:desk_undo"))
    assert the_meeting().contested_fields == ["place"]


def test_what_makes_no_sense_is_refused(desk, disputed):
    url = page_of("contested", disputed, "place")
    for do, more, complaint in (
        ("", {}, "Choose one of the values"),
        ("accept:99", {}, "Choose one of the values"),
        ("accept:1", {"why": "x" * 100_000}, "at most 2000 characters"),
        ("accept:1", {"seen": "[]"}, "came in"),
    ):
        assert complaint in send(desk, url, do, **more).content.decode()
    assert Verdict.objects.count() == 0


# The drift inbox


def test_last_extracted_current_and_new_stand_side_by_side(desk, drifted):
    url = page_of("drift", drifted, "place")
    assert url in desk.get(DRIFT_PAGE).content.decode()
    page = desk.get(url)
    assert page.context["extracted"].text == "Brussels"
    assert (page.context["item"].taken, page.context["decision"].why) == ("Antwerp", "asked the ministry")
    assert [option.text for option in page.context["new"]] == ["Ghent"]


def test_an_article_at_odds_with_imported_facts_waits_until_an_editor_decides(desk):
    cited = {"source_url": "https://www.gov.example/1", "source_publisher": "A Ministry", "source_date": "2023-11-22"}
    group = {"slug": "udcg", "name": GROUP, "kind": "contact_group", **cited}
    row = {"group_slug": "udcg", "ordinal": "17", "title": "17th", "starts": "2023-11-22", "place": "Brussels", **cited}
    import_facts(
        {
            "contact_groups.csv": write("contact_groups.csv", [group]),
            "meetings.csv": write("meetings.csv", [row]),
        }
    )
    meeting("a", place="Brussels")
    assert DRIFT.counts() == {}
    meeting("b", place="Ghent")
    assert DRIFT.counts() == {"meeting": 1}
    assert rebuild().changed == 0
    assert DRIFT.counts() == {"meeting": 1}
    url = page_of("drift", the_meeting(), "place")
    context = desk.get(url).context
    assert [option.text for option in context["current"]] == ["Brussels"]
    assert [option.text for option in context["new"]] == ["Ghent"]
    send(desk, url, "keep")
    assert DRIFT.counts() == {}
    assert (the_meeting().place_name, the_meeting().contested_fields) == ("Brussels", [])


def test_keeping_dismisses_until_something_newer_disagrees(desk, drifted):
    before = projections()
    page = send(desk, page_of("drift", drifted, "place"), "keep", why="the paper guesses")
    assert the_meeting().place_name == "Antwerp"
    assert DRIFT.rows().count() == 0
    assert "Nothing waits here" in page.content.decode()
    meeting("c", place="Ghent")
    assert DRIFT.rows().count() == 1
    send(desk, page_of("drift", drifted, "place"), "keep")
    desk.post(reverse("admin:desk_undo"))
    assert DRIFT.rows().count() == 1
    desk.post(reverse("admin:desk_undo"))
    assert [line for line in changed(before, projections()) if line.startswith("records")] == []
    assert DRIFT.rows().count() == 1


def test_taking_the_new_value_decides_for_it(desk, drifted):
    url = page_of("drift", drifted, "place")
    send(desk, url, f"take:{number_of(desk, url, 'Ghent')}")
    assert the_meeting().place_name == "Ghent"
    assert DRIFT.rows().count() == 0
    desk.post(reverse("admin:desk_undo"))
    assert the_meeting().place_name == "Antwerp"
    assert DRIFT.rows().count() == 1


def test_a_retracted_record_reported_again_is_kept_out_or_taken_in(desk, chief):
    meeting("a", place="Brussels")
    found = the_meeting()
    claim = Claim.objects.get(mention__binding__record=found, field="exists")
    decide(claim=claim, decision=Decision.REJECT, by=chief, why="no such meeting")
    meeting("b", place="Brussels")
    url = page_of("drift", found, "exists")
    send(desk, url, "keep")
    assert DRIFT.rows().count() == 0
    assert the_meeting().state == RecordState.RETRACTED
    desk.post(reverse("admin:desk_undo"))
    send(desk, url, "take:1")
    assert the_meeting().state == RecordState.LIVE


def test_keeping_what_somebody_gave_up_meanwhile_is_refused(desk, drifted, chief):
    url = page_of("drift", drifted, "place")
    seen = desk.get(url).context["item"].seen
    decide(claim=Claim.objects.get(field="place", value="Ghent"), decision=Decision.ACCEPT, by=chief)
    assert "this changed while the page was open" in told(send(desk, url, "keep", seen=seen))
    assert "Keep the current value, or take" in send(desk, url, "burn").content.decode()
    assert the_meeting().place_name == "Ghent"


# Both


def test_who_may_see_and_decide(disputed, browser_of):
    viewer, stranger = browser_of("view_meeting"), browser_of("view_outlet")
    for which, page in (("contested", CONTESTED_PAGE), ("drift", DRIFT_PAGE)):
        assert (viewer.get(page).status_code, stranger.get(page).status_code) == (200, 403)
        url = page_of(which, disputed, "place")
        html = viewer.get(url).content.decode()
        assert "accept:1" not in html
        assert "Keep <kbd>" not in html
        assert viewer.post(url, {"do": "accept:1"}).status_code == 403
    assert "contested fields" in viewer.get(reverse("admin:index")).content.decode()


def test_long_lists_cost_no_more_and_are_read_by_their_indexes(desk, drifted, chief):
    def queries() -> list[int]:
        found = []
        for page in (CONTESTED_PAGE, DRIFT_PAGE, reverse("admin:index")):
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(page).status_code == 200
            found.append(len(captured))
        return found

    def fill(numbers) -> None:
        for number in numbers:
            meeting(f"x{number}", number=number, place="Brussels", country="BE")
            meeting(f"y{number}", number=number, place="Antwerp", country="FR")
            claim = Claim.objects.filter(mention__binding__record=the_meeting(number), field="country").first()
            decide(claim=claim, decision=Decision.ACCEPT, by=chief)
            meeting(f"z{number}", number=number, country="NL")

    fill([18])
    few = queries()
    fill([19, 20, 21])
    assert (CONTESTED.rows().count(), DRIFT.rows().count()) == (4, 5)
    assert queries() == few
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        for worklist in (CONTESTED, DRIFT):
            rows = worklist.rows()
            sql, parameters = worklist.after(rows, worklist.cursor(rows[1]))[:5].query.sql_with_params()
            cursor.execute(f"EXPLAIN {sql}", parameters)
            assert f"settled_{worklist.name}" in "\n".join(row[0] for row in cursor.fetchall())


def test_decisions_survive_a_replay(desk, drifted):
    send(desk, page_of("drift", drifted, "place"), "keep")
    meeting("c", place="Ghent", country="BE")
    meeting("d", place="Ghent", country="FR")
    url = page_of("contested", drifted, "country")
    send(desk, url, "accept:1")
    send(desk, page_of("contested", drifted, "country"), "state", value="NL", citation_publisher="Gazette")
    desk.post(reverse("admin:desk_undo"))
    before = projections()
    rebuild()
    assert changed(before, projections()) == []
    assert list(check()) == []
    assert DRIFT.rows().count() == 1
