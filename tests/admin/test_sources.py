"""Taking one article's mention out of a record that likeness made, and what keeps it out."""

from __future__ import annotations

import re

import pytest
from browsing import page_of
from factories import meeting, published, row
from projections import changed, projections, record_rows

from evidence.actions import actions
from evidence.choices import Identity, RecordState
from evidence.clustering import cluster
from evidence.fields import Node, kind_spec
from evidence.invariants import check
from evidence.models import Claim, Judgement, Mention
from evidence.rebuild import rebuild
from evidence.services import current_record, judge
from funding.models import Package
from meetings.models import Attendance, Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

LINE = "MEETING contact_group=Ukraine Defense Contact Group; starts=2025-02-12"


@pytest.fixture
def told(reference_db, plain_reader) -> list[Mention]:
    """The mentions that three papers make of one meeting: two say the same of it, one brings a nation of its own."""
    for name, nations in (("a", "DE"), ("b", "DE"), ("c", "FR")):
        published(f"{LINE}; participants={nations}", name=name)
    return list(Mention.objects.filter(kind="meeting").order_by("pk"))


def take_out(client, record, mention, why: str = "it is about another meeting", **more: str):
    url = page_of(record, "sources")
    seen = re.search(r'name="seen" value="(\d+)"', client.get(url).content.decode()).group(1)
    return client.post(url, {"mention": str(mention.pk), "why": why, "seen": seen, **more})


def refused(response) -> str:
    assert response.status_code == 200
    return re.search(r'<p class="errornote">(.*?)</p>', response.content.decode(), re.S).group(1)


def nations(record) -> list[str]:
    return sorted(Attendance.objects.live().filter(meeting=record).values_list("nation", flat=True))


def sound() -> None:
    assert [f"{name}: {breach}" for name, breach in check()] == []
    before = projections()
    assert rebuild().changed == 0
    assert changed(before, projections()) == []


def test_a_mention_taken_out_is_a_record_of_its_own_and_comes_back_by_the_history(desk, told):
    before, whole = record_rows(), Meeting.objects.live().get()
    assert take_out(desk, whole, told[2]).status_code == 302
    own = Meeting.objects.get(pk=told[2].pk)
    assert (nations(whole), nations(own), own.state) == (["DE"], ["FR"], RecordState.LIVE)
    sound()
    done = next(act for act in actions(whole.pk) if act.verb == "parted")
    assert (done.why, done.by) == ("it is about another meeting", "chief")
    assert "took a source out that is not of" in desk.get(f"/records/{whole.pk}/history/", follow=True).content.decode()
    named = f'took a source out: it is not <a href="/records/{whole.pk}/history/">{whole}</a>'
    assert named in desk.get(page_of(own, "history")).content.decode()
    back = {"do": done.key, "why": "it is the same after all", "seen_version": str(own.version)}
    # From the record that is none any more one is led to what it is part of.
    assert desk.post(page_of(own, "revert"), back).url == page_of(whole, "history")
    told_now = re.search(r"It is part of <a href=\"(.*?)\">", desk.get(page_of(own, "history")).content.decode()).group(
        1
    )
    assert told_now == page_of(whole, "history")
    after = record_rows()
    assert {pk: after[pk] for pk in before} == before
    assert {after[pk]["state"] for pk in after.keys() - before.keys()} == {RecordState.MERGED}


def test_it_stays_out_when_it_is_read_again_and_whoever_says_the_same_does_not_follow(desk, told):
    whole = Meeting.objects.live().get()
    take_out(desk, whole, told[1])
    assert current_record(told[1].pk) == told[1].pk
    # The same text again, the same statement in a new text of that article, and others who say the same.
    published(f"{LINE}; participants=DE", name="b")
    published(f"{LINE}; participants=DE,PL", name="b")
    published(f"{LINE}; participants=DE", name="d")
    assert {current_record(m.pk) for m in told} == {whole.pk, told[1].pk}
    assert nations(Meeting.objects.get(pk=told[1].pk)) == ["DE", "PL"]
    assert Meeting.objects.live().count() == 2
    sound()


def test_the_first_mention_takes_the_id_along(desk, told):
    whole = Meeting.objects.live().get()
    assert "go with it" in desk.get(page_of(whole, "sources")).content.decode()
    take_out(desk, whole, told[0])
    assert {current_record(m.pk) for m in told[1:]} == {told[1].pk}
    assert current_record(told[0].pk) == told[0].pk == whole.pk


def test_it_can_be_said_to_be_another_meeting(desk, chief, told):
    whole = Meeting.objects.live().get()
    other = meeting(chief, starts="2025-06-04", place="Ghent")
    take_out(desk, whole, told[2])
    judge(left=told[2].pk, right=other, identity=Identity.SAME, by=chief)
    assert current_record(told[2].pk) == current_record(other) != whole.pk


def test_what_is_alone_joins_no_twin_in_any_order():
    spec = kind_spec("package")
    features = {"amount": "1", "currency": "EUR", "donor": "DE", "programme": None, "day": None, "announced": False}
    nodes = [Node("s#1", features), Node("s", features), Node("t", {**features, "day": "2025-02-10"})]
    for order in (nodes, nodes[::-1]):
        groups = cluster(order, spec, different=[("s", "s#1")], alone=["s#1"])
        assert sorted(sorted(node.signature for node in group) for group in groups) == [["s", "t"], ["s#1"]]


def test_what_makes_no_sense_is_refused_in_place(desk, chief, told):
    whole = Meeting.objects.live().get()
    assert "Taking a source out needs its reason." in refused(take_out(desk, whole, told[2], why=""))
    stale = take_out(desk, whole, told[2], seen="999", why="typed <b>words")
    assert "changed while this page was open" in refused(stale)
    assert 'value="typed &lt;b&gt;words"' in stale.content.decode()
    alone = Meeting.objects.get(pk=meeting(chief, starts="2025-06-04", place="Ghent"))
    [entered] = Mention.objects.filter(binding__record=alone)
    assert "Nothing else speaks of this record" in refused(take_out(desk, alone, entered))
    assert "does not speak of this record" in refused(take_out(desk, whole, entered))
    part = Attendance.objects.live().get(nation="FR")
    assert "take the mention out of that one" in desk.get(page_of(part, "sources")).content.decode()
    assert Judgement.objects.count() == 0


def test_decisions_that_would_go_along_are_named_first(desk, chief, told):
    whole = Meeting.objects.live().get()
    claim = Claim.objects.get(mention=told[2], field="starts")
    desk.post(page_of(whole, "decide"), {"do": f"accept:{claim.pk}", "why": ""})
    assert "first day, accepted by chief" in refused(take_out(desk, whole, told[2]))
    row(chief, "attendance", told[0].pk, nation="PL", role="participant")
    assert "a part entered by chief" in refused(take_out(desk, whole, told[0]))
    assert take_out(desk, whole, told[1]).status_code == 302
    other = meeting(chief, starts="2025-06-04", place="Ghent")
    judge(left=told[2].pk, right=other, identity=Identity.SAME, by=chief)
    assert "the merge with" in refused(take_out(desk, whole, told[2]))


def test_a_viewer_looks_and_an_editor_without_judgements_too(browser_of, told):
    whole = Meeting.objects.live().get()
    for client in (browser_of("view_meeting"), browser_of("view_meeting", "change_meeting")):
        page = client.get(page_of(whole, "sources")).content.decode()
        assert "Report c" in page
        assert "Not this meeting" not in page
        assert take_out_blindly(client, whole, told[2]).status_code == 403
    assert Judgement.objects.count() == 0


def take_out_blindly(client, record, mention):
    return client.post(
        page_of(record, "sources"), {"mention": str(mention.pk), "why": "x", "seen": str(record.version)}
    )


def test_large_money_waits_for_a_second_person(desk, settings):
    settings.APPROVAL_AMOUNT = 1_000_000
    for name in ("a", "b"):
        published("PACKAGE amount=2000000000; currency=EUR; donor=DE; announced=2025-02-10", name=name)
    whole = Package.objects.live().get()
    _, second = Mention.objects.filter(kind="package").order_by("pk")
    response = take_out(desk, whole, second)
    assert response.status_code == 302
    assert Package.objects.live().count() == 1
    assert "waits" in desk.get(page_of(whole)).content.decode().lower()
