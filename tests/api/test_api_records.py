"""What the feeds say of records, and what they answer where there is none."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from factories import group, meeting, package, published, row
from time_machine import travel

from evidence.choices import Decision, Identity, RecordKind
from evidence.fields import EXISTS
from evidence.models import Article, Claim
from evidence.services import decide, judge, state_value
from meetings.models import ContactGroup, Meeting


def one(feed, path: str, **parameters):
    [found] = feed(path, **parameters)["results"]
    return found


# Details


def test_a_meeting_with_all_its_rows(feed, seventeenth):
    found = feed(f"meetings/{seventeenth.pk}/")
    assert found["name"] == "17th Ukraine Defense Contact Group"
    assert found["group"]["name"] == "Ukraine Defense Contact Group"
    assert found["country"] == {"iso2": "BE", "name": "Belgium"}
    assert found["place"]["name"] == "Brussels"
    assert found["contested_fields"] == ["starts"]
    roles = {(a["nation"] or {}).get("iso2"): a["role"] for a in found["attendances"] if not a["official"]}
    assert roles == {"DE": "participant", "FR": "participant", "US": "chair", None: "coordinator"}
    [coordinator] = [a for a in found["attendances"] if a["role"] == "coordinator"]
    assert coordinator["organisation"]["abbreviation"] == "NATO"
    [person] = [a for a in found["attendances"] if a["official"]]
    assert (person["official"]["name"], person["post_title"]) == ("Bill LaPlante", "Under Secretary of Defense")
    assert {t["phrase"] for t in found["topics"]} == {"production", "drones"}
    assert [s["quote"] for s in found["statements"]] == ["We need more shells"]
    [announced] = found["packages"]
    assert (announced["amount"], announced["currency"], announced["announced_on"]) == (
        "1300000000",
        "EUR",
        "2023-11-22",
    )
    assert "evidence" not in found


def test_only_live_rows_are_shown(feed, seventeenth, editor):
    french = feed(f"meetings/{seventeenth.pk}/")["attendances"]
    [attendance] = [a["id"] for a in french if (a["nation"] or {}).get("iso2") == "FR"]
    decide(claim=claim_of(attendance, EXISTS), decision=Decision.REJECT, by=editor)
    shown = feed(f"meetings/{seventeenth.pk}/", evidence="1")["attendances"]
    assert attendance not in [a["id"] for a in shown]
    assert feed.ids("meetings/", nation="FR") == []


def claim_of(record, field: str) -> Claim:
    return Claim.objects.filter(mention__binding__record=record, field=field).first()


def test_partial_dates_are_no_more_exact_than_stated(feed, editor):
    days = ["2024-09-01", "2024-09", "2024"]
    pks = {day: meeting(editor, group=group(editor, f"Group {day}"), starts=day) for day in days}
    assert {day: feed(f"meetings/{pk}/")["starts"] for day, pk in pks.items()} == {day: day for day in days}


@pytest.mark.parametrize(
    "shares, left",
    [
        ([], {"fraction": "1", "amount": "2200000000", "recipients_without_share": 0}),
        ([{"fraction": "0.5"}], {"fraction": "0.5", "amount": "1100000000", "recipients_without_share": 0}),
        ([{"fraction": "0.5"}, {}, {}], {"fraction": "0.5", "amount": "1100000000", "recipients_without_share": 2}),
        ([{"amount": "200000000"}, {"fraction": "0.5"}], {"fraction": "0.40909091", "amount": "900000000"}),
        ([{"fraction": "0.33333333"}], {"fraction": "0.66666667", "amount": "1466666666.67"}),
        ([{"fraction": "0.33333333"}] * 3, {"fraction": "0", "amount": "0", "recipients_without_share": 0}),
        ([{"fraction": "0.6"}, {"fraction": "0.7"}], {"fraction": "0.3", "amount": "660000000"}),
    ],
)
def test_what_no_share_covers_is_explicit(feed, editor, shares, left):
    pk = package(editor, "2200000000", "USD")
    for nation, share in zip(("UA", "MD", "GE"), shares, strict=False):
        row(editor, RecordKind.ALLOCATION, pk, nation=nation, **share)
    found = feed(f"packages/{pk}/")
    assert found["remainder"].items() >= left.items()
    assert found["amount"] == "2200000000"
    assert {a["currency"] for a in found["allocations"]} <= {"USD"}


def test_a_package_with_its_contents_and_lineage(feed, register, editor):
    german = one(feed, "packages/", donor="DE")
    part = package(editor, "300", "EUR", part_of=german["id"])
    found = feed(f"packages/{german['id']}/")
    assert [i["phrase"] for i in found["items"]] == ["drones"]
    assert [p["id"] for p in found["parts"]] == [str(part)]
    assert found["meeting"]["name"] == "17th Ukraine Defense Contact Group"
    assert {a["described"] or a["nation"]["iso2"] for a in found["allocations"]} == {"UA", "18 neighbours"}
    assert feed(f"packages/{part}/")["part_of"] == {"id": german["id"], "amount": "1300000000", "currency": "EUR"}


def test_nations_groups_and_officials(feed, register, editor):
    series = group(editor, "Coalition of Three", established="2024-02")
    row(editor, RecordKind.MEMBERSHIP, series, nation="US", role="lead", since="2024-02-14")
    found = feed(f"groups/{series}/")
    assert found["established"] == "2024-02"
    assert [(m["nation"]["iso2"], m["role"], m["since"]) for m in found["memberships"]] == [
        ("US", "lead", "2024-02-14")
    ]
    nation = feed("nations/US/")
    assert (nation["officials_count"], nation["posts_count"]) == (1, 1)
    assert [m["group"]["name"] for m in nation["memberships"]] == ["Coalition of Three"]
    assert any(a["alliance"] == "NATO" and a["since"] == "1949-08-24" for a in nation["alliances"])
    for link in nation["links"].values():
        feed(link.partition("/api/v1/")[2])
    person = one(feed, "officials/", q="laplante")
    assert [p["title"] for p in feed(f"officials/{person['id']}/")["posts"]] == ["Under Secretary of Defense"]


def test_an_article_tells_its_story_and_claims_but_not_its_text(feed, register):
    published("MEETING contact_group=Contact Group; ordinal=1", name="original")
    article = published("MEETING contact_group=Contact Group; ordinal=1", name="copy", copy_of="original")
    found = feed(f"articles/{article.pk}/")
    assert found["copies"] == [found["story"]] != [article.pk]
    assert found["run"]["outcome"] == "read"
    snapshot = article.snapshots.get()
    assert found["content_sha256"] == snapshot.content_sha256
    assert found["claims"]
    for claim in found["claims"]:
        assert snapshot.content[claim["start"] : claim["end"]] == claim["quote"]
        feed(f"meetings/{claim['record']}/") if claim["kind"] == "meeting" else None
    assert snapshot.text not in str(found)


# Evidence


def test_evidence_opens_record_and_rows_down_to_the_quotes(feed, seventeenth):
    found = feed(f"meetings/{seventeenth.pk}/", evidence="1")
    starts = found["evidence"]["starts"]
    assert (starts["mark"], starts["contested"], starts["value"]) == ("contested", True, found["starts"])
    assert {value["value"] for value in starts["values"]} == {"2023-11-22", "2023-11-23"}
    assert [value["leads"] for value in starts["values"]] == [True, False]
    for value in starts["values"]:
        [quote] = value["quotes"]
        content = Article.objects.get(pk=quote["article"]).snapshots.get().content
        assert content[quote["start"] : quote["end"]] == quote["quote"] == f"starts={value['value']}"
        assert (quote["basis"], quote["rule"], quote["confidence"]) == ("span", "test", 0.9)
        assert quote["url"].startswith("https://news.example/")
    rows = [*found["attendances"], *found["topics"], *found["statements"], *found["packages"]]
    rows += [share for p in found["packages"] for share in [*p["contributions"], *p["allocations"]]]
    assert len(rows) > 10
    assert all(EXISTS in shown["evidence"] for shown in rows)


def test_evidence_names_who_decided(feed, seventeenth, editor):
    state_value(record=seventeenth, field="starts", value="2023-11-21", by=editor, why="asked the ministry")
    [listed] = feed("meetings/", evidence="1")["results"]
    starts = listed["evidence"]["starts"]
    assert (starts["mark"], starts["reason"], starts["decided_by"]) == ("decided", "editor", "editor")
    assert starts["decided_at"]
    assert starts["values"][0]["quotes"][0]["why"] == "asked the ministry"


def test_evidence_of_packages_in_the_list(feed, register):
    for found in feed("packages/", evidence="1")["results"]:
        assert "amount" in found["evidence"]
        assert all(EXISTS in share["evidence"] for share in [*found["contributions"], *found["allocations"]])


# Addresses without a record


def test_a_merged_record_redirects_for_good_with_its_query(reference_db, editor):
    kept, gone = (meeting(editor, group=group(editor, name)) for name in ("Kept", "Gone"))
    judge(left=kept, right=gone, identity=Identity.SAME, by=editor)
    response = Client().get(f"/api/v1/meetings/{gone}/?evidence=1")
    assert (response.status_code, response["Location"]) == (301, f"/api/v1/meetings/{kept}/?evidence=1")
    assert Client().get(response["Location"]).status_code == 200


def test_the_same_id_in_another_feed_is_not_found(feed, seventeenth):
    assert feed(f"packages/{seventeenth.pk}/", 404)["title"] == "Not Found"


def test_a_retracted_record_is_gone_and_a_withdrawn_one_not_found(feed, seventeenth, editor):
    for claim in Claim.objects.filter(mention__binding__record=seventeenth, field=EXISTS):
        decide(claim=claim, decision=Decision.REJECT, by=editor)
    problem = feed(f"meetings/{seventeenth.pk}/", 410)
    assert (problem["status"], problem["code"]) == (410, "retracted")
    first = published("MEETING contact_group=Contact Group; ordinal=90", name="c")
    [withdrawn] = Meeting.objects.filter(ordinal=90)
    assert feed(f"meetings/{withdrawn.pk}/")["ordinal"] == 90
    published(name="c", title="Nothing to see")
    assert first.snapshots.count() == 2
    assert "withdrawn" in feed(f"meetings/{withdrawn.pk}/", 404)["detail"]
    assert feed("meetings/")["results"] == []


def test_an_answer_that_has_not_changed_is_not_sent_again(seventeenth, editor):
    path = f"/api/v1/meetings/{seventeenth.pk}/?evidence=1"
    tag = Client().get(path)["ETag"]
    assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304
    state_value(record=seventeenth, field="venue", value="Palais d'Egmont", by=editor)
    assert Client().get(path, headers={"If-None-Match": tag}).status_code == 200


# Days gone by


def test_a_record_as_it_stood_on_a_day_is_marked_and_has_its_parts(feed, seventeenth, editor):
    with travel(datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=9), tick=False) as then:
        before = (datetime.datetime.now(datetime.UTC)).date()
        pk = group(editor, "Group of Nine")
        row(editor, RecordKind.MEMBERSHIP, pk, nation="DE")
        then.shift(datetime.timedelta(days=2))
        state_value(record=ContactGroup.objects.get(pk=pk), field="purpose", value="demining", by=editor)
    found = feed(f"groups/{pk}/", as_of=str(before))
    assert (found["id"], found["as_of"]) == (str(pk), f"{before}T23:59:59.999999Z")
    assert found["values"]["name"]["value"] == "Group of Nine"
    assert "purpose" not in found["values"]
    assert [(part["kind"], part["name"]) for part in found["parts"]] == [("membership", "Germany in Group of Nine")]
    today = str(datetime.datetime.now(datetime.UTC).date())
    assert feed(f"groups/{pk}/", as_of=today)["values"]["purpose"]["value"] == "demining"


@pytest.mark.parametrize("asked", ["soon", "9999-01-01", "2025-02-30", "20250101"])
def test_what_is_no_day_gone_by_is_a_problem_that_names_it(seventeenth, asked):
    response = Client().get(f"/api/v1/meetings/{seventeenth.pk}/", {"as_of": asked})
    assert (response.status_code, response.json()["errors"][0]["name"]) == (400, "as_of")


def test_a_day_before_the_record_is_not_found_and_lists_know_no_days(seventeenth):
    client = Client()
    assert client.get(f"/api/v1/meetings/{seventeenth.pk}/", {"as_of": "2001-01-01"}).status_code == 404
    assert client.get("/api/v1/meetings/", {"as_of": "2001-01-01"}).status_code == 400
    mixed = client.get(f"/api/v1/meetings/{seventeenth.pk}/", {"as_of": "2001-01-01", "evidence": "1"})
    assert mixed.status_code == 400


def test_a_retracted_record_stays_gone_on_every_day(seventeenth, editor):
    decide(claim=claim_of(seventeenth.pk, EXISTS), decision=Decision.REJECT, by=editor)
    today = str(datetime.datetime.now(datetime.UTC).date())
    assert Client().get(f"/api/v1/meetings/{seventeenth.pk}/", {"as_of": today}).status_code == 410
