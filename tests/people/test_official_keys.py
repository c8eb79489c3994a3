"""Persons who may be one are listed with the reason, and those who are plainly two are not."""

from __future__ import annotations

import pytest
from factories import official, published

from evidence.invariants import check
from evidence.models import CandidatePair
from people.keys import official_likeness

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")


def reasons(*people: tuple[str, str]) -> set[str]:
    """Why these officials, as many records, may be one."""
    for number, (name, nation) in enumerate(people):
        said = f"; affiliation={nation}" if nation else ""
        published(f"OFFICIAL name={name}{said}; title=minister", name=str(number))
    assert list(check()) == []
    pairs = CandidatePair.objects.waiting().filter(kind="official")
    return {official_likeness(key) for pair in pairs for key in pair.keys}


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        ([("Boris Pistorius", "DE"), ("Boris Pistorius", "FR")], "the same name"),
        ([("Lloyd Austin", ""), ("Larry Austin", ""), ("L. Austin", "")], "by an initial"),
        ([("Lloyd Austin", "US"), ("Larry Austin", "US"), ("Austin", "US")], "by the surname alone"),
        ([("Oleksii Reznikov", "UA"), ("Olexiy Reznykow", "UA")], "sound alike"),
        ([("Jonson Pål", "SE"), ("Pål Jonson", "SE")], "the same name"),
    ],
)
def test_who_may_be_one_is_listed(people, reason):
    found = reasons(*people)
    assert any(reason in words for words in found), found


@pytest.mark.parametrize(
    "people",
    [
        [("Lloyd Austin", "US"), ("Larry Austin", "US")],
        [("Lloyd Austin", "US"), ("Larry Austin", "GB"), ("L. Austin", "GB")],
        [("Boris Pistorius", "DE"), ("Bill Blair", "DE")],
    ],
)
def test_who_is_plainly_two_is_not(people):
    found = reasons(*people)
    assert not any("initial" in words or "surname" in words or "same name" in words for words in found), found


def test_nobody_is_listed_without_a_name(editor):
    official(editor, "–")
    assert reasons() == set()
