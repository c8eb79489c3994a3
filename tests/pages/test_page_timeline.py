"""The timeline: order, months, filters in the address, paging by key, what is missing and contested."""

import datetime
import re

import pytest
from django.utils import timezone
from reporting import GROUP, get, report, section, words

from meetings.models import Meeting

DAYS = ["2025-04-11", "2025-04-11", "2025-02-12", "2025-02", "2024", "2024-01-01"]


def lines(page):
    """The addresses of a page's meetings, in the order of the list."""
    return re.findall(r'<div class="t"><a href="(/meetings/[^"]+)"', page)


def held(*items, name="held"):
    return report(*[f"MEETING {item}" for item in items], name=name)


@pytest.fixture
def several():
    held(
        f"contact_group={GROUP}; ordinal=27; starts=2025-04-11; level=ministers; status=held; participants=DE; "
        "place=Brussels",
        "contact_group=Northern Group; starts=2025-04; level=ministers; status=held; participants=FI",
        "contact_group=AUKUS; starts=2024; level=leaders; status=planned; participants=AU",
        "label=Zażółć talks; contact_group=Joint Expeditionary Force; level=working; participants=NO",
    )


def test_meetings_stand_under_their_months_newest_first(several):
    page = get("/")
    headings = [words(h) for h in re.findall(r"<h3>(.*?)</h3>", page)]
    assert headings == ["April 2025 2 meetings", "2024, month not known", "No day stated"]
    assert words(section(page, 'id="m2025-04"', "</section>")).index("11 Apr") < words(page).index("day not known")
    assert "day not known" in section(page, 'id="m2025-04"', "</section>")


def test_what_has_no_day_says_when_it_was_reported(several):
    assert "day not stated, reported 10 Feb 2025" in words(section(get("/"), 'id="undated"', "</section>"))


def test_a_first_of_the_month_that_was_not_stated_is_not_shown(several):
    text = words(section(get("/"), 'id="h-list"', "<aside"))
    assert "1 Apr" not in text.replace("11 Apr", "")
    assert "1 Jan" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nation=DE", ["27th Ukraine Defense Contact Group"]),
        ("year=2024", ["AUKUS"]),
        ("level=ministers", ["27th Ukraine Defense Contact Group", "Northern Group"]),
        ("status=planned", ["AUKUS"]),
        ("q=brussels", ["27th Ukraine Defense Contact Group"]),
        ("q=zazolc", ["Joint Expeditionary Force"]),
        ("level=ministers&nation=FI", ["Northern Group"]),
        ("year=1999", []),
    ],
)
def test_filters_in_the_address(several, query, found):
    page = get(f"/?{query}")
    names = re.findall(r'<div class="t"><a href="/meetings/[^"]+">([^<]+)</a>', page)
    assert len(names) == len(found), names
    for name, expected in zip(names, found, strict=True):
        assert expected in name


def test_a_set_filter_is_a_chip_with_a_way_out(several):
    page = get("/?level=ministers&year=2025")
    chips = section(page, '<section class="filters"', "<details")
    assert "Level Ministers" in words(chips)
    assert 'href="?year=2025" aria-label="Remove filter: level Ministers"' in chips
    assert 'href="?level=ministers"' in chips


def test_a_group_filters_by_its_id(several):
    group = Meeting.objects.get(ordinal=27).group
    page = get(f"/?group={group.pk}")
    assert len(lines(page)) == 1
    assert GROUP in words(section(page, '<section class="filters"', "<details"))


@pytest.mark.parametrize(
    ("query", "typed", "message"),
    [
        ("year=abc&q=brussels", ['value="abc"', 'value="brussels"'], "whole number"),
        ("nation=XX", [], "“XX”"),
        ("group=nonsense", [], "valid"),
        ("from=2024-13", ['value="2024-13"'], "2024-13"),
        ("q=a%00b", [], "Null characters are not allowed"),
        ("levle=ministers", [], "Unknown parameter"),
        ("year=99999999999999999999", ['value="99999999999999999999"'], "less than or equal"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_keeps_what_was_typed(several, query, typed, message):
    page = get(f"/?{query}", 400)
    assert message in words(page)
    assert lines(page) == []
    for value in typed:
        assert value in page


@pytest.mark.parametrize("key", ["zz", "2025-13-01", "2025-04-11~zz", "~zz", "2025-04-11~", "%00", "2025-04-11~%00"])
def test_a_place_no_list_gave_out_is_a_400(several, key):
    for name in ("after", "before"):
        if key == "2025-04-11~":
            get(f"/?{name}={key}")
        else:
            get(f"/?{name}={key}", 400)


def test_pages_by_key_hold_every_meeting_once_forwards_and_backwards(several, monkeypatch):
    names = [f"{word} Defence Forum" for word in ("Alpha", "Bravo", "Carol", "Delta", "Echo", "Foxtrot")]
    held(*[f"contact_group={name}; starts={day}" for name, day in zip(names, DAYS, strict=True)], name="more")
    held("contact_group=Golf Defence Forum; level=working", name="undated")
    whole = lines(get("/"))
    assert len(whole) == Meeting.objects.live().count() == 11
    monkeypatch.setattr("register.views.timeline.PAGE", 2)
    forwards, query, last = [], "", ""
    while True:
        page = get(f"/{query}")
        forwards.append(lines(page))
        older = re.search(r'href="([^"]+)" rel="next"', page)
        if older is None:
            last = page
            break
        query = older.group(1).replace("&amp;", "&")
    assert [row for rows in forwards for row in rows] == whole
    backwards, page = [lines(last)], last
    while newer := re.search(r'href="([^"]+)" rel="prev"', page):
        page = get("/" + newer.group(1).replace("&amp;", "&"))
        backwards.insert(0, lines(page))
    assert [row for rows in backwards for row in rows] == whole


def test_the_way_on_keeps_the_filters(several, monkeypatch):
    monkeypatch.setattr("register.views.timeline.PAGE", 1)
    page = get("/?level=ministers")
    older = re.search(r'href="([^"]+)" rel="next"', page).group(1).replace("&amp;", "&")
    assert older.startswith("?level=ministers&after=")
    assert len(lines(get(f"/{older}"))) == 1


def test_a_month_of_the_strip_leads_to_its_heading(several):
    page = get("/?level=ministers")
    link = re.search(r'<a href="([^"]+)" aria-label="April 2025: 2 meetings, 2 held"', page).group(1)
    path, _, anchor = link.replace("&amp;", "&").partition("#")
    target = get(f"/{path}")
    assert f'id="{anchor}"' in target
    assert len(lines(target)) == 2


def test_what_comes_next_and_what_was_never_reported():
    today = timezone.localdate()
    soon, past = today + datetime.timedelta(days=3), today - datetime.timedelta(days=3)
    held(
        f"contact_group={GROUP}; ordinal=40; starts={soon}; status=planned",
        f"contact_group=Northern Group; starts={past}; status=planned",
    )
    page = get("/")
    assert f"40th {GROUP}" in words(section(page, "h-next", "</section>"))
    assert "in 3 days" in section(page, "h-next", "</section>")
    beside = words(section(page, '<aside class="side"', "</aside>"))
    assert "Planned, no report yet" in beside
    assert "Northern Group" in beside
    assert f"40th {GROUP}" not in beside
    assert "No report yet" in words(page)


def test_a_rival_day_is_drawn_and_flagged():
    held(f"contact_group={GROUP}; ordinal=32; starts=2025-12-03", name="a")
    held(f"contact_group={GROUP}; ordinal=32; starts=2025-12-16", name="b")
    meeting = Meeting.objects.get(ordinal=32)
    page = get("/")
    assert 'class="alt"' in section(page, 'id="m2025-12"', "</section>")
    assert f'href="{meeting.get_absolute_url()}#f-starts"' in page
    assert 'id="f-starts"' in get(meeting.get_absolute_url())
    assert GROUP in words(section(page, "<h2>Contested</h2>", "</section>"))


def test_the_line_of_freshness_counts(several):
    text = words(get("/"))
    assert "Register as of" in text
    assert "1 article read" in text
    assert "0 in quarantine" in text


def test_nothing_found_offers_ways_out(several):
    page = get("/?year=1999&level=leaders")
    assert "No meeting matches all these filters" in words(page)
    assert 'href="?level=leaders"' in section(page, 'class="sugg"', "</ul>")


def test_an_empty_register_says_so():
    assert "No meeting is registered yet" in words(get("/"))


def test_the_same_view_as_json_is_one_link_away(several):
    page = get("/?level=ministers&q=")
    link = re.search(r'<a href="([^"]+)">JSON</a>', page).group(1)
    assert link.startswith("/api/v1/")
    assert "level=ministers" in link
    assert "q=" not in link
