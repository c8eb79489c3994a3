"""What the register held on any day, and how every value came to be."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from factories import published

from evidence.choices import Decision, Identity, Reason
from evidence.history import as_of, as_of_each, end_of_day, transitions
from evidence.models import Claim, Settlement
from evidence.services import decide, judge, state_value
from meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

GROUP = "contact_group=Ukraine Defense Contact Group"


def the_meeting() -> Meeting:
    return Meeting.objects.live().get()


def values(moment: datetime.datetime, record=None) -> dict:
    found = as_of(record or the_meeting().pk, moment)
    return {name: past.value for name, past in found.items() if name in ("place", "mode", "starts")}


def of_field(name: str) -> list[tuple]:
    found = [t for t in transitions(the_meeting().pk) if t.field == name]
    return [(t.old, t.new, t.reason, t.editor) for t in found]


def test_any_state_of_any_moment_can_be_read_again(editor):
    before = timezone.now()
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a")
    read = timezone.now()
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor)
    stated = timezone.now()
    published(f"MEETING {GROUP}; starts=2025-02-12; mode=hybrid", name="a")
    reread = timezone.now()
    assert values(before) == {}
    assert values(read) == {"starts": "2025-02-12", "place": "Brussels"}
    assert values(stated) == {"starts": "2025-02-12", "place": "Antwerp"}
    assert values(reread) == {"starts": "2025-02-12", "place": "Antwerp", "mode": "hybrid"}
    assert values(reread) == values(timezone.now())


def test_a_value_is_dated_from_its_settlement(editor):
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a")
    past = as_of(the_meeting().pk, timezone.now())["place"]
    row = Settlement.objects.get(record=the_meeting(), field="place")
    assert (past.since, past.settlement, past.claim, past.reason) == (row.at, row.pk, row.claim_id, Reason.SUPPORT)
    assert "place" in as_of(the_meeting().pk, row.at)
    assert "place" not in as_of(the_meeting().pk, row.at - datetime.timedelta(microseconds=1))


def test_a_value_taken_away_is_there_no_more(editor):
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a")
    read = timezone.now()
    decide(claim=Claim.objects.get(field="place"), decision=Decision.REJECT, by=editor)
    assert values(read)["place"] == "Brussels"
    assert "place" not in values(timezone.now())


def test_an_id_merged_away_holds_nothing_from_then_on(editor):
    for name, day in (("a", "2025-02-12"), ("b", "2025-03-20")):
        published(f"MEETING {GROUP}; starts={day}; place=Brussels", name=name)
    first, second = Meeting.objects.live().order_by("starts")
    apart = timezone.now()
    judge(left=first.pk, right=second.pk, identity=Identity.SAME, by=editor)
    joined = timezone.now()
    judge(left=first.pk, right=second.pk, identity=Identity.WITHDRAW, by=editor)
    assert values(apart, second.pk) == values(timezone.now(), second.pk) != {}
    assert as_of(second.pk, joined) == {}


def test_many_records_take_one_query(django_assert_num_queries, editor):
    for name, day in (("a", "2025-02-12"), ("b", "2025-03-20"), ("c", "2025-04-20")):
        published(f"MEETING {GROUP}; starts={day}; place=Brussels", name=name)
    pks = [m.pk for m in Meeting.objects.live()]
    now = timezone.now()
    with django_assert_num_queries(1):
        found = as_of_each(pks, now)
    assert found == {pk: as_of(pk, now) for pk in pks}


def test_a_day_is_a_day_in_utc():
    assert end_of_day(datetime.date(2025, 2, 12)).isoformat() == "2025-02-12T23:59:59.999999+00:00"
    east = datetime.timezone(datetime.timedelta(hours=9))
    published(f"MEETING {GROUP}; starts=2025-02-12", name="a")
    now = timezone.now()
    assert as_of(the_meeting().pk, now.astimezone(east)) == as_of(the_meeting().pk, now)
    with pytest.raises(ValueError, match="time zone"):
        as_of(the_meeting().pk, datetime.datetime(2025, 2, 12))


def test_transitions_say_who_or_which_article(editor):
    article = published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a")
    state_value(record=the_meeting(), field="place", value="Antwerp", by=editor, why="asked the ministry")
    second, first = (t for t in transitions(the_meeting().pk) if t.field == "place")
    assert (first.old, first.new, first.reason_text) == (None, "Brussels", "It has the most support")
    assert (first.article, first.outlet, first.quote, first.editor) == (
        article.pk,
        "Paper a",
        "place=Brussels",
        "",
    )
    assert (second.label, second.old, second.new, second.reason) == ("town", "Brussels", "Antwerp", Reason.EDITOR)
    assert (second.editor, second.why, second.article) == ("editor", "asked the ministry", None)
    assert Claim.objects.get(pk=second.claim).value == "Antwerp"
    assert second.at > first.at


def test_transitions_name_who_accepted_and_who_rejected(editor):
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels~0.2", name="a")
    claim = Claim.objects.get(field="place")
    decide(claim=claim, decision=Decision.ACCEPT, by=editor)
    decide(claim=claim, decision=Decision.WITHDRAW, by=editor)
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="b")
    decide(claim=claim, decision=Decision.REJECT, by=editor)
    assert of_field("place") == [
        ("Brussels", None, Reason.NONE, "editor"),
        (None, "Brussels", Reason.SUPPORT, ""),
        ("Brussels", None, Reason.NONE, ""),
        (None, "Brussels", Reason.ACCEPTED, "editor"),
    ]


def test_becoming_contested_is_a_transition():
    published(f"MEETING {GROUP}; ordinal=26; starts=2025-02-12", name="a")
    published(f"MEETING {GROUP}; ordinal=26; starts=2025-02-19", name="b")
    contested, plain = (t for t in transitions(the_meeting().pk) if t.field == "starts")
    assert (plain.contested, contested.contested) == (False, True)


def test_an_imported_value_names_its_source():
    group = Claim.objects.filter(mention__key="contact_groups.csv:udcg", field="name").first().mention
    found = next(t for t in transitions(group.binding.record_id) if t.field == "name")
    assert found.citation
    assert (found.article, found.editor) == (None, "")


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries, editor):
    published(f"MEETING {GROUP}; starts=2025-02-12; place=Brussels", name="a")
    for place in ("Antwerp", "Ghent", "Mons", "Liège"):
        state_value(record=the_meeting(), field="place", value=place, by=editor)
    pk = the_meeting().pk
    with django_assert_max_num_queries(3):
        assert len([t for t in transitions(pk) if t.field == "place"]) == 5
