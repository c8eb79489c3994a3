"""Candidate pairs: seen side by side, merged, kept apart, taken back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from factories import meeting, package, published, row
from projections import changed, projections, record_rows

from evidence.choices import Decision, Identity, RecordState
from evidence.invariants import check
from evidence.models import CandidatePair, Claim, Judgement, Record
from evidence.rebuild import rebuild
from evidence.services import create_record, current_record, decide, judge, state_value
from funding.models import Allocation, Package
from meetings.models import Attendance, ContactGroup, Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

GROUP = "contact_group=Ukraine Defense Contact Group"
LIST = reverse("admin:evidence_candidatepair_changelist")


@pytest.fixture
def pair(reference_db, plain_reader) -> list[Meeting]:
    """One meeting that two papers place in two towns, with who took part and money announced at each."""
    for name, place, nations in (("a", "Brussels", "DE,FR"), ("b", "Ramstein", "DE,PL")):
        published(
            f"MEETING {GROUP}; starts=2025-02-12; level=ministers; place={place}; participants={nations}",
            f"PACKAGE amount={len(place)}00000000; currency=EUR; donor=DE; announced=2025-02-12; meeting=0",
            name=name,
        )
    return list(Meeting.objects.live().order_by("pk"))


def address(left, right) -> str:
    return reverse("admin:evidence_candidatepair_change", args=[f"{left}.{right}"])


def say(client, left, right, word: str, **more):
    url = address(left, right)
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(url).content.decode())
    return client.post(url, {"do": word, "seen": seen.group(1) if seen else "", "why": "seen the text", **more})


def told(response) -> str:
    """What a page says in its error note."""
    found = re.search(r'<p class="errornote">(.*?)</p>', response.content.decode(), re.S)
    return " ".join(found.group(1).split()) if found else ""


def test_what_may_be_one_is_listed_with_its_reasons(desk, pair):
    page = desk.get(LIST).content.decode()
    assert "Both are of 2025-02-12, of one level or of none that is stated." in page
    assert CandidatePair.objects.waiting().filter(kind="meeting").count() == 1


def test_a_pair_is_shown_side_by_side_with_what_it_would_be_and_nothing_is_written(desk, pair):
    before, judgements = projections(), Judgement.objects.count()
    response = desk.get(address(*[m.pk for m in pair]))
    shown = response.context["comparison"]
    towns = next(line for line in shown.lines if line.label == "Town")
    assert (towns.left.text, towns.right.text, towns.differs) == ("Brussels", "Ramstein", True)
    assert towns.merged.contested
    assert {name: rows for name, *rows in shown.parts}["attendances"] == [
        ["France, participant", "Germany, participant"],
        ["Germany, participant", "Poland, participant"],
        ["France, participant", "Germany, participant", "Poland, participant"],
    ]
    assert (changed(before, projections()), Judgement.objects.count()) == ([], judgements)


def test_merging_gives_what_the_preview_showed_and_un_merging_all_that_was(desk, client, pair):
    first, second = (m.pk for m in pair)
    before = record_rows()
    preview = desk.get(address(first, second)).context["comparison"].merged
    response = say(desk, first, second, "same")
    assert response.status_code == 302
    merged = Meeting.objects.live().get()
    assert (merged.pk, merged.place_name) == (first, preview.values["place"].text)
    assert sorted(Attendance.objects.live().values_list("nation", flat=True)) == ["DE", "FR", "PL"]
    assert set(Package.objects.live().values_list("meeting", flat=True)) == {first}
    # Pages, the desk and the feed lead from the old id to the new one, and tell caches to ask again.
    for old, new in (
        (reverse("register:meeting-detail", args=[second]), reverse("register:meeting-detail", args=[first])),
        (f"/api/v1/meetings/{second}/", f"/api/v1/meetings/{first}/"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert "no-cache" in answer["Cache-Control"]
    made = Judgement.objects.get(identity=Identity.SAME)
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[made.pk])
    assert undo in desk.get(reverse("admin:evidence_candidatepair_merged")).content.decode()
    assert [side.pk for side in desk.get(undo).context["sides"]] == [first, second]
    assert Meeting.objects.live().count() == 1
    assert desk.post(undo, {"why": "two after all"}).status_code == 302
    assert changed({"records": before}, {"records": record_rows()}) == []
    assert current_record(second) == second
    assert client.get(reverse("register:meeting-detail", args=[second])).status_code == 200
    assert list(check()) == []


def test_the_page_names_who_says_so_and_leads_back_after_a_slip(desk, pair):
    first, second = (m.pk for m in pair)
    shown = desk.get(address(first, second)).context["comparison"]
    told_by = [[quote.article_title for quote in side.quotes] for side in (shown.left, shown.right)]
    assert told_by == [["Report a"], ["Report b"]]
    # The page of the pair has the button that takes it back.
    response = say(desk, first, second, "different")
    back = address(first, second)
    assert back in desk.get(response["Location"]).content.decode()
    assert 'value="withdraw"' in desk.get(back).content.decode()


def test_the_pair_that_waits_next_follows(desk, pair):
    for place in ("Brussels", "Ramstein"):
        published(f"MEETING {GROUP}; starts=2025-06-04; level=ministers; place={place}", name=place)
    later, earlier = CandidatePair.objects.waiting().filter(kind="meeting")
    assert say(desk, later.left_id, later.right_id, "unsure")["Location"] == address(earlier.left_id, earlier.right_id)


def test_what_is_different_is_not_suggested_again_whatever_comes(desk, pair):
    first, second = (m.pk for m in pair)
    say(desk, first, second, "different")
    assert not CandidatePair.objects.waiting().filter(kind="meeting").exists()
    published(f"MEETING {GROUP}; starts=2025-02-12; level=ministers; place=Ramstein; mode=hybrid", name="c")
    rebuild()
    assert not CandidatePair.objects.waiting().filter(kind="meeting").exists()
    assert "decision" in desk.get(LIST, {"word": "different"}).content.decode()
    assert CandidatePair.objects.get(kind="meeting").word == Identity.DIFFERENT
    assert "said so already" in told(say(desk, first, second, "different"))
    say(desk, first, second, "withdraw")
    assert CandidatePair.objects.waiting().filter(kind="meeting").count() == 1
    assert "nobody said anything" in told(say(desk, first, second, "withdraw"))


def test_what_is_not_sure_is_set_aside_and_can_still_be_merged(desk, pair):
    first, second = (m.pk for m in pair)
    say(desk, first, second, "unsure")
    assert not CandidatePair.objects.waiting().filter(kind="meeting").exists()
    assert str(first) in desk.get(LIST, {"word": "unsure"}).content.decode()
    say(desk, first, second, "same")
    assert Meeting.objects.live().get().pk == first


# Money told again


def test_a_later_telling_is_linked_and_not_counted_again(desk):
    line = "PACKAGE amount=500000000; currency=EUR; donor=DE; recipients=UA"
    published(f"{line}; announced=2025-02-10", name="a")
    published(line, name="b", published="2025-09-01")
    found = CandidatePair.objects.get(kind="package")
    say(desk, found.left_id, found.right_id, "restates")
    later = Package.objects.get(pk=found.right_id)
    assert later.restates_id == found.left_id
    assert not CandidatePair.objects.waiting().exists()
    assert list(check()) == []


def test_what_has_no_such_link_restates_nothing(desk, pair):
    first, second = (m.pk for m in pair)
    assert "do not restate" in told(say(desk, first, second, "restates"))
    assert not Judgement.objects.exists()


# What is refused


def test_a_pair_that_changed_meanwhile_is_refused_in_place_and_keeps_the_reason_typed(desk, editor, pair):
    first, second = (m.pk for m in pair)
    url = address(first, second)
    seen = desk.get(url).context["comparison"].seen
    state_value(record=pair[0], field="venue", value="Castle", by=editor)
    response = desk.post(url, {"do": "same", "seen": seen, "why": "my reason"})
    assert "changed since this page was opened" in told(response)
    assert 'value="my reason"' in response.content.decode()
    assert Meeting.objects.live().count() == 2


def test_a_merge_does_not_override_what_another_said_of_the_pair_meanwhile(desk, editor, pair):
    first, second = (m.pk for m in pair)
    url = address(first, second)
    seen = desk.get(url).context["comparison"].seen
    judge(left=first, right=second, identity=Identity.DIFFERENT, by=editor)
    assert "changed since this page was opened" in told(desk.post(url, {"do": "same", "seen": seen}))
    assert Meeting.objects.live().count() == 2
    say(desk, first, second, "same")
    assert Meeting.objects.live().count() == 1


def test_a_pair_that_was_merged_meanwhile_is_refused_in_place(desk, editor, pair):
    first, second = (m.pk for m in pair)
    url = address(first, second)
    seen = desk.get(url).context["comparison"].seen
    judge(left=first, right=second, identity=Identity.SAME, by=editor)
    assert told(desk.post(url, {"do": "same", "seen": seen})) == "They are one record already."
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("word", ["", "Same", "same\0", "accept"])
def test_a_word_that_is_none_is_refused(desk, pair, word):
    assert "none of the buttons" in told(say(desk, *[m.pk for m in pair], word))
    assert not Judgement.objects.exists()


def test_what_cannot_be_one_is_refused_with_the_reason(desk, editor, pair):
    first, second = (m.pk for m in pair)
    money = Package.objects.live().first().pk
    part, other = (Attendance.objects.live().filter(meeting=m, nation="DE").get().pk for m in (first, second))
    gone = create_record(kind="meeting", values={"starts": "2020-01-01"}, by=editor)
    claim = Claim.objects.get(mention=gone, field="exists")
    decide(claim=claim, decision=Decision.REJECT, by=editor)
    nobody = "01990000-0000-7000-8000-000000000000"
    for left, right, reason in (
        (first, first, "cannot be merged with itself"),
        (first, money, "Only records of one kind"),
        (part, other, "parts of different records"),
        (first, gone, "is retracted"),
        (first, nobody, "There is no record"),
    ):
        judged = Judgement.objects.count()
        for response in (
            desk.get(address(left, right)),
            desk.post(address(left, right), {"do": "same", "seen": "1.1"}),
        ):
            assert reason in told(response), reason
        assert Judgement.objects.count() == judged
        form = desk.get(reverse("admin:evidence_candidatepair_compare"), {"left": str(left), "right": str(right)})
        assert reason in str(form.context["form"].errors), reason


def test_a_reason_too_long_to_be_kept_whole_is_refused_in_place(desk, pair):
    first, second = (m.pk for m in pair)
    refused = "The reason has 100,000 characters; at most 2,000 are kept."
    assert refused in told(say(desk, first, second, "same", why="r" * 100_000))
    assert not Judgement.objects.exists()
    say(desk, first, second, "same")
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk])
    assert refused in told(desk.post(undo, {"why": "r" * 100_000}))
    assert Judgement.objects.count() == 1


def test_any_two_records_can_be_compared_by_address(desk, pair):
    first, second = (m.pk for m in pair)
    url = reverse("admin:evidence_candidatepair_compare")
    assert desk.get(url).status_code == 200
    typed = {"left": f"https://muster.example/meetings/{second}/", "right": f" {first} "}
    assert desk.get(url, typed)["Location"] == address(first, second)
    assert "no id of a record" in str(desk.get(url, {"left": "x", "right": str(first)}).context["form"].errors["left"])


def test_un_merging_after_later_edits_is_refused_until_they_are_taken_back(desk, editor, pair):
    first, second = (m.pk for m in pair)
    say(desk, first, second, "same")
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk])
    own = state_value(record=Meeting.objects.live().get(), field="venue", value="Castle", by=editor)
    germany = Attendance.objects.live().get(nation="DE")
    accepted = Claim.objects.filter(mention__binding__record=germany, field="role").first()
    decide(claim=accepted, decision=Decision.ACCEPT, by=editor)
    for response in (desk.get(undo), desk.post(undo)):
        assert "venue, stated by editor" in told(response)
        assert "role, accepted by editor" in told(response)
    assert Meeting.objects.live().count() == 1
    decide(claim=own, decision=Decision.WITHDRAW, by=editor)
    decide(claim=accepted, decision=Decision.WITHDRAW, by=editor)
    assert desk.post(undo).status_code == 302
    assert Meeting.objects.live().count() == 2
    assert "taken back already" in told(desk.post(undo))


def test_merges_are_taken_back_the_last_one_first(desk, editor, pair):
    group = ContactGroup.objects.live().get(name="Ukraine Defense Contact Group").pk
    third = meeting(editor, group=group, starts="2025-06-04")
    first, second = (m.pk for m in pair)
    say(desk, first, second, "same")
    say(desk, first, third, "same")
    last, earlier = Judgement.objects.filter(identity=Identity.SAME)
    undo = [reverse("admin:evidence_candidatepair_unmerge", args=[made.pk]) for made in (last, earlier)]
    assert "merged with another" in told(desk.post(undo[1]))
    assert [desk.post(url).status_code for url in undo] == [302, 302]
    assert set(Meeting.objects.live().values_list("pk", flat=True)) == {first, second, third}


@pytest.mark.parametrize(("word", "left"), [("withdraw", 1), ("different", 2)])
def test_what_came_to_be_alike_stays_one_unless_it_is_kept_apart(desk, word, left):
    for name, day in (("a", "2025-02-12"), ("b", "2025-02-13")):
        published(f"MEETING {GROUP}; starts={day}", name=name)
    first, second = Meeting.objects.live().order_by("pk").values_list("pk", flat=True)
    say(desk, first, second, "same")
    # A third paper knows that it lasted two days.
    published(f"MEETING {GROUP}; starts=2025-02-12; ends=2025-02-13", name="c")
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk])
    page = desk.get(undo)
    assert len(page.context["sides"]) == 1
    assert "They would stay one" in page.content.decode()
    assert desk.post(undo, {"do": word}).status_code == 302
    assert Meeting.objects.live().count() == left
    assert list(check()) == []


def test_later_articles_do_not_stand_against_un_merging(desk, pair):
    first, second = (m.pk for m in pair)
    say(desk, first, second, "same")
    published(f"MEETING {GROUP}; starts=2025-02-12; level=ministers; place=Ramstein; participants=NL", name="c")
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk])
    assert desk.post(undo).status_code == 302
    assert Attendance.objects.live().get(nation="NL").meeting_id == second


def test_shares_of_money_come_back_with_un_merging(desk, editor):
    one, other = package(editor, "1000", donor="DE"), package(editor, "1200", donor="DE")
    row(editor, "allocation", one, nation="UA", fraction="0.5", basis="stated")
    row(editor, "allocation", other, nation="MD", fraction="0.25", basis="stated")
    before = record_rows()
    say(desk, *sorted((one, other)), "same")
    assert Allocation.objects.live().filter(package=one).count() == 2
    desk.post(reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk]))
    assert changed({"records": before}, {"records": record_rows()}) == []


def test_who_may_only_look_decides_nothing(browser_of, pair):
    first, second = (m.pk for m in pair)
    nobody, viewer = browser_of(), browser_of("view_candidatepair")
    decider = browser_of("view_candidatepair", "add_judgement")
    pages = [
        LIST,
        address(first, second),
        *map(reverse, ("admin:evidence_candidatepair_compare", "admin:evidence_candidatepair_merged")),
    ]
    for page in pages:
        assert nobody.get(page).status_code == 403
        assert viewer.get(page).status_code == 200
    assert "<button" not in viewer.get(address(first, second)).content.decode().partition('id="content"')[2]
    assert viewer.post(address(first, second), {"do": "same", "seen": "1.1"}).status_code == 403
    assert not Judgement.objects.exists()
    assert say(decider, first, second, "same").status_code == 302
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk])
    assert (nobody.get(undo).status_code, viewer.post(undo).status_code) == (403, 403)
    assert Record.objects.get(pk=second).state == RecordState.MERGED


def test_pages_hold_to_the_content_policy(desk, pair):
    first, second = (m.pk for m in pair)
    pages = [LIST, address(first, second), reverse("admin:evidence_candidatepair_compare")]
    say(desk, first, second, "same")
    pages += [
        reverse("admin:evidence_candidatepair_merged"),
        reverse("admin:evidence_candidatepair_unmerge", args=[Judgement.objects.get().pk]),
    ]
    for page in pages:
        content = desk.get(page).content.decode()
        assert not re.findall(r"<style|<[^>]+ (?:style|on\w+)=|<script(?![^>]+src=)", content), page
