"""Meetings that may be one are listed with the reason, and those that are plainly two are not."""

from __future__ import annotations

import pytest
from factories import published

from evidence.invariants import check
from evidence.models import CandidatePair
from meetings.keys import meeting_likeness
from meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("reference_db", "plain_reader")

UDCG = "Ukraine Defense Contact Group"


def line(group: str | None = UDCG, **values: str) -> str:
    named = {"contact_group": group} if group else {}
    return "MEETING " + "; ".join(f"{k}={v}" for k, v in {**named, **values}.items())


def reasons(*lines: str) -> list[str]:
    """Why the meetings of these articles, which are as many records, may be one."""
    for number, text in enumerate(lines):
        published(text, name=str(number))
    assert Meeting.objects.live().count() == len(lines)
    assert list(check()) == []
    return [meeting_likeness(key) for pair in CandidatePair.objects.waiting() for key in pair.keys]


DAY = {"starts": "2025-02-12", "level": "ministers"}


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        (line(place="Brussels", **DAY), line(place="Paris", **DAY), "Both are of 2025-02-12"),
        (line(**DAY), line(starts="2025-02-13"), "on the same day or a day apart"),
        (line(ordinal="1", starts="2022-04-26"), line(ordinal="1", starts="2024-04-26"), "Both are number 1"),
        (line(**DAY), line(None, **DAY), "One names no group"),
        (line(**DAY), line(None, starts="2025-02-12", country="BE"), "One names no group"),
        (line(country="BE", **DAY), line(None, country="BE", **DAY), "One names no group"),
        (line("UDCG National Armaments Directors", starts="2022-09-28", level="armaments_directors"),
         line(starts="2022-09-28"), "the group's own body"),
        (line(starts="2024-09-06"), line(starts="2024-09", level="leaders"), "may be the meeting of that series in"),
    ],
)  # fmt: skip
def test_what_may_be_one_is_listed(left, right, reason):
    found = reasons(left, right)
    assert any(reason in words for words in found), found


def test_a_report_without_a_day_that_can_mean_two_meetings_is_listed_with_each():
    found = reasons(line(starts="2025-02-20"), line(starts="2025-02-26"), line(status="planned", title="talks"))
    assert {words.rpartition(" ")[2] for words in found} == {"2025-02."}
    assert CandidatePair.objects.count() == 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (line(**DAY), line(starts="2025-02-12", level="leaders")),
        (line(ordinal="1", **DAY), line(ordinal="1", starts="2022-02-12", level="leaders")),
        (line(place="Paris", **DAY), line(starts="2025-02-13", place="Brussels")),
        (line(ordinal="26", starts="2025-02-12"), line(starts="2025-02", ordinal="27")),
        (line(**DAY), line("Joint Expeditionary Force", **DAY)),
        (line(**DAY), line(starts="2025-02-14", level="ministers")),
        (line(country="BE", **DAY), line(None, country="FR", **DAY)),
        (line(**DAY), line(None, starts="2025-02-13", level="ministers")),
        (line(starts="2025-06-04"), line(status="planned", title="talks")),
    ],
)
def test_what_is_plainly_two_is_not(left, right):
    assert reasons(left, right) == []
