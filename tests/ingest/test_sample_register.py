"""The sample, read for real and settled: what a reader of the register must find there."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.models import Article, Mention
from evidence.opening import open_records
from funding.models import Package
from ingest.choices import IntakeState
from ingest.services import advance, submit_path
from meetings.models import Meeting

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def sample(module_db):
    """Article by sample number."""
    found = {}
    for intake in submit_path(SAMPLES):
        advance(intake.pk)
        intake.refresh_from_db()
        assert intake.state == IntakeState.SETTLED, f"{intake.name} {intake.fault}"
        found[Path(intake.name).name[:2]] = intake.article
    return found


def meeting(**known) -> Meeting:
    return Meeting.objects.live().get(**known)


def test_the_armaments_directors_meeting_is_one_record_planned_and_held(sample):
    found = meeting(level="armaments_directors", starts="2022-09-28")
    assert (found.place_name, found.country_id, found.status) == ("Brussels", "BE", "held")
    articles = set(Article.objects.filter(snapshots__mentions__binding__record=found.pk))
    assert {sample["03"], sample["05"]} <= articles


def test_the_foreign_military_financing_package_is_split_in_half(sample):
    [found] = Package.objects.live().filter(amount=2_200_000_000, currency="USD", programme="fmf")
    assert [str(c.nation) for c in found.contributions.live()] == ["United States"]
    shares = {a.nation_id or a.described: a.fraction for a in found.allocations.live()}
    assert len(shares) == 2
    assert shares["UA"] == sum(shares.values()) / 2
    assert sum(shares.values()) == 1
    assert {sample["03"], sample["04"]} == set(Article.objects.filter(snapshots__mentions__binding__record=found.pk))


def test_a_meeting_put_off_says_so(sample):
    assert meeting(level="leaders", starts="2024-10-12").status == "postponed"


def test_articles_that_contradict_each_other_contest_the_day(sample):
    found = meeting(group__abbreviation="UDCG", ordinal=17)
    assert found.contested_fields == ["starts"]
    starts = open_records([found.pk])[found.pk]["starts"]
    assert (starts.value, [rival.value for rival in starts.rivals]) == ("2023-11-22", ["2023-11-23"])
    assert all(quote.quote for value in starts.values for quote in value.quotes)


def test_a_copy_is_no_second_witness(sample):
    sample["13"].refresh_from_db()
    assert sample["13"].story_id == sample["12"].pk
    assert Article.objects.exclude(story=None).count() == 1


def test_what_is_not_about_arms_says_nothing(sample):
    assert not Mention.objects.filter(snapshot__article__in=[sample["27"], sample["28"]]).exists()


def test_money_comes_in_five_currencies_and_more(sample):
    assert {"USD", "EUR", "GBP", "CAD", "SEK"} <= set(Package.objects.live().values_list("currency", flat=True))


def test_every_claim_of_an_article_stands_in_its_text(sample):
    from evidence.models import Claim

    claims = Claim.objects.filter(snapshot__isnull=False).select_related("snapshot")
    assert claims.count() > 1000
    assert [c.pk for c in claims if c.snapshot.content[c.start : c.end] != c.quote] == []
