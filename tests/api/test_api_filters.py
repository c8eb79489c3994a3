"""What each filter leaves, and what it says to a value it cannot read."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from factories import group, meeting, official, package, published, row

from evidence.choices import Identity, RecordKind
from evidence.models import Outlet
from evidence.services import create_record, judge
from meetings.filters import MeetingFilter
from meetings.models import Meeting


@pytest.fixture
def series(editor):
    return group(editor, "Capability Coalition of Łódź", abbreviation="CCL")


# Meetings


def test_partial_days_overlap_a_period_with_all_they_can_mean(feed, editor, series):
    starts = {"day": "2024-09-06", "month": "2024-09", "year": "2024", "next": "2024-10-01", "before": "2024-08-31"}
    pks = {name: str(meeting(editor, group=group(editor, name), starts=day)) for name, day in starts.items()}
    pks["long"] = str(meeting(editor, group=group(editor, "long"), starts="2024-08-30", ends="2024-09-02"))
    pks["undated"] = str(meeting(editor, group=series))

    def within(**period: str) -> set[str]:
        found = feed.ids("meetings/", **period)
        return {name for name, pk in pks.items() if pk in found}

    assert within(**{"from": "2024-09", "to": "2024-09"}) == {"day", "month", "year", "long"}
    assert within(**{"from": "2024-09-07"}) == {"month", "year", "next"}
    assert within(to="2024-08-31") == {"before", "year", "long"}
    assert within(**{"from": "2024-12-31"}) == {"year"}
    assert within(year="2024") == set(pks) - {"undated"}
    assert within(year="2023") == set()


def test_nation_attends_hosts_or_sends_somebody(feed, editor, series):
    person = official(editor, "Hanno Pevkur", nation="EE")

    def attended(number: int, status: str = "held", **values: object) -> str:
        pk = meeting(editor, group=series, ordinal=number, status=status)
        row(editor, RecordKind.ATTENDANCE, pk, **values)
        return str(pk)

    hosted = str(meeting(editor, group=series, ordinal=1, country="EE"))
    itself = attended(2, nation="EE", role="participant")
    through = attended(3, official=str(person), role="speaker")
    expected = attended(4, status="planned", nation="EE", role="invited")
    attended(5, nation="EE", role="absent")
    attended(6, nation="EE", role="invited")
    attended(7, nation="LV", role="chair")
    assert set(feed.ids("meetings/", nation="EE")) == {hosted, itself, through, expected}
    assert feed.ids("meetings/", official=str(person)) == [through]


def test_words_are_found_whatever_their_case_and_accents(feed, editor, series):
    pk = str(meeting(editor, group=series, ordinal=1, place="Malmö", venue="Börshuset", title="Planning talks"))
    meeting(editor, group=series, ordinal=2, place="Oslo")
    for words in ("malmo", "MALMÖ talks", "borshuset lodz", "ccl planning"):
        assert feed.ids("meetings/", q=words) == [pk], words
    assert len(feed.ids("meetings/", q="łódź coalition")) == 2
    assert feed.ids("meetings/", q="malmo oslo") == []
    assert feed.ids("meetings/", place="malm") == [pk]
    assert feed.ids("meetings/", q="100%_") == []


def test_rows_do_not_multiply_their_meeting(feed, seventeenth):
    assert feed.ids("meetings/", nation="DE") == [str(seventeenth.pk)]
    assert feed.ids("meetings/", topic="production") == [str(seventeenth.pk)]
    assert feed.ids("meetings/", topic="training") == []


def test_contested_meetings(feed, seventeenth, editor):
    calm = str(meeting(editor, group=group(editor, "Quiet Group"), ordinal=1))
    assert feed.ids("meetings/", contested="true") == [str(seventeenth.pk)]
    assert feed.ids("meetings/", contested="false") == [calm]


def test_level_status_country_and_group(feed, editor, series):
    pk = str(meeting(editor, group=series, ordinal=1, level="ministers", status="planned", country="PL"))
    meeting(editor, group=group(editor, "Other Group"), ordinal=1, level="leaders", status="held", country="NO")
    for name, value in {"level": "ministers", "status": "planned", "country": "PL", "group": str(series)}.items():
        assert feed.ids("meetings/", **{name: value}) == [pk]


def test_the_id_of_a_merged_group_still_filters(feed, editor, series):
    other = group(editor, "Coalition under another name")
    pk = str(meeting(editor, group=other, ordinal=1))
    judge(left=other, right=series, identity=Identity.SAME, by=editor)
    assert feed.ids("meetings/", group=str(other)) == feed.ids("meetings/", group=str(series)) == [pk]


# The others


def test_packages(feed, register, editor):
    [german], [swedish] = feed.ids("packages/", donor="DE"), feed.ids("packages/", donor="SE")
    assert feed.ids("packages/", recipient="MD") == [swedish]
    assert feed.ids("packages/", currency="SEK") == feed.ids("packages/", year="2024") == [swedish]
    assert feed.ids("packages/", stage="announced") == feed.ids("packages/", q="drones") == [german]
    assert feed.ids("packages/", q="germany") == feed.ids("packages/", q="neighbours") == [german]
    assert feed.ids("packages/", meeting=str(Meeting.objects.live().get().pk)) == [german]
    body = create_record(kind=RecordKind.ORGANISATION, values={"name": "Fund of Small States"}, by=editor)
    pk = package(editor, "77", programme="European Peace Facility")
    row(editor, RecordKind.CONTRIBUTION, pk, organisation=str(body))
    assert feed.ids("packages/", donor=str(body)) == feed.ids("packages/", q="peace facility") == [str(pk)]


def test_groups_nations_officials_and_articles(feed, register, editor, series):
    row(editor, RecordKind.MEMBERSHIP, series, nation="LV", role="lead")
    assert feed.ids("groups/", nation="LV") == feed.ids("groups/", q="lodz") == [str(series)]
    assert [n["iso2"] for n in feed("nations/", q="cote d'ivoire")["results"]] == ["CI"]
    assert len(feed.ids("officials/", nation="US", q="laplante")) == 1
    assert feed.ids("officials/", nation="DE") == []
    assert len(feed.ids("articles/", year="2025")) == 2
    assert len(feed.ids("articles/", outlet=str(Outlet.objects.get(name="Paper a").pk))) == 1
    assert len(feed.ids("articles/", q="report B")) == 1


# What cannot be read


@pytest.mark.parametrize(
    "path, name, value",
    [
        ("meetings/", "nation", "Germany"),
        ("meetings/", "group", "udcg"),
        ("meetings/", "group", "00000000-0000-7000-8000-000000000000"),
        ("meetings/", "year", "twenty"),
        ("meetings/", "from", "2024-13"),
        ("meetings/", "to", "yesterday"),
        ("meetings/", "level", "janitors"),
        ("meetings/", "contested", "perhaps"),
        ("meetings/", "topic", "gardening"),
        ("meetings/", "q", "nul\0"),
        ("meetings/", "evidence", "yes"),
        ("packages/", "donor", "nobody"),
        ("packages/", "currency", "euro"),
        ("articles/", "outlet", "the-times"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(feed, editor, series, path, name, value):
    meeting(editor, group=series, ordinal=1)
    package(editor, "5")
    published(name="a-report")
    problem = feed(path, 400, **{name: value})
    assert [error["name"] for error in problem["errors"]] == [name]


def test_an_unknown_parameter_is_refused_with_those_that_are_known(feed):
    problem = feed("meetings/", 400, natoin="DE")
    assert "natoin" in problem["detail"]
    for name in ("nation", "from", "contested", "cursor", "evidence"):
        assert name in problem["detail"]
    assert "after" not in problem["detail"].replace("“", " ").split()
    assert "errors" in feed("meetings/", 400, after="2024-01-01~")
    assert "evidence" in feed("nations/DE/", 400, q="x")["detail"]


def test_a_parameter_given_twice_is_refused(feed):
    assert "more than once" in feed("meetings/?year=2023&year=2024", 400)["detail"]


def test_pages_read_the_same_faults_from_the_form(reference_db):
    filters = MeetingFilter(QueryDict("year=x&colour=red&after=2024-01-01~"), queryset=Meeting.objects.live())
    assert not filters.is_valid()
    assert set(filters.form.errors) == {"year", "__all__"}
    assert "colour" in filters.form.errors["__all__"][0]
