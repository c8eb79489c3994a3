"""Walking a feed by its cursors meets every row once, whatever its day."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from factories import group, meeting, package

DAYS = ["2024-09-06"] * 4 + ["2024-09", "2024", "2024-09-01"] + [None] * 5


@pytest.fixture
def dated(editor) -> list[str]:
    """Twelve meetings of as many groups: ties, partial days, none at all."""
    return [
        str(meeting(editor, group=group(editor, f"Coalition {n}"), **({"starts": day} if day else {})))
        for n, day in enumerate(DAYS, start=1)
    ]


def walk(feed, address: str, direction: str) -> list[list[str]]:
    pages = []
    while address:
        parts = urlsplit(address)
        answer = feed(f"{parts.path.removeprefix('/api/v1/')}?{parts.query}")
        pages.append([row["id"] for row in answer["results"]])
        last, address = address, answer[direction]
    return [*pages, last]


@pytest.mark.parametrize("size", [1, 2, 5, 12, 200])
def test_every_row_once_and_the_same_backwards(feed, dated, size):
    *forwards, last = walk(feed, f"/api/v1/meetings/?page_size={size}", "next")
    seen = [pk for page in forwards for pk in page]
    assert len(seen) == len(set(seen)) == len(dated)
    assert set(seen) == set(dated)
    assert all(len(page) == size for page in forwards[:-1])
    *backwards, _ = walk(feed, last, "previous")
    assert [pk for page in reversed(backwards) for pk in page] == seen


def test_newest_first_undated_last_ties_by_id(feed, dated):
    rows = feed("meetings/")["results"]
    starts = [row["starts"] for row in rows]
    assert starts == ["2024-09-06"] * 4 + [*starts[4:6], "2024"] + [None] * 5
    assert set(starts[4:6]) == {"2024-09", "2024-09-01"}
    for day in ("2024-09-06", None):
        tied = [row["id"] for row in rows if row["starts"] == day]
        assert tied == sorted(tied, reverse=True)


def test_a_row_that_arrives_meanwhile_shifts_nothing(feed, dated, editor):
    first = feed("meetings/", page_size=3)
    meeting(editor, group=group(editor, "Latecomers"), starts="2025-01-01")
    *pages, _ = walk(feed, first["next"], "next")
    seen = [row["id"] for row in first["results"]] + [pk for page in pages for pk in page]
    assert sorted(seen) == sorted(dated)


def test_lists_by_name_page_by_name(feed):
    *pages, _ = walk_names(feed)
    assert len(pages) == len(set(pages)) == 250
    assert pages[0] == "AF"


def walk_names(feed) -> list[str]:
    found, address = [], "nations/?page_size=60"
    while address:
        answer = feed(address)
        found += [row["iso2"] for row in answer["results"]]
        address = (answer["next"] or "").partition("/api/v1/")[2]
    return [*found, ""]


def test_filters_stay_in_the_links(feed, editor):
    for number in range(1, 4):
        package(editor, f"{number}00", "USD")
        package(editor, f"{number}00", "SEK")
    first = feed("packages/", currency="SEK", page_size=2)
    assert "currency=SEK" in first["next"]
    rest = feed(first["next"].partition("/api/v1/")[2])
    assert {row["currency"] for row in first["results"] + rest["results"]} == {"SEK"}
    assert len(first["results"] + rest["results"]) == 3


@pytest.mark.parametrize(
    "parameters",
    [
        {"page_size": "0"},
        {"page_size": "201"},
        {"page_size": "many"},
        {"page_size": "²"},
        {"cursor": "gibberish"},
        {"cursor": "ü"},
        {"cursor": "YWZ0ZXI9"},
        {"cursor": "YWZ0ZXI9bm9kYXl-bm9pZA"},
        {"cursor": ""},
    ],
)
def test_places_and_sizes_that_no_feed_gave_out(feed, parameters):
    problem = feed("meetings/", 400, **parameters)
    assert [error["name"] for error in problem["errors"]] == list(parameters)
