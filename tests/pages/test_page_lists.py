"""The lists of groups, nations, officials, packages and articles."""

import re

import pytest
from reporting import GROUP, get, report, words

LISTS = ["/groups/", "/nations/", "/officials/", "/packages/", "/articles/"]


@pytest.fixture
def filled():
    report(
        "OFFICIAL name=John Healey; title=Secretary of State; affiliation=GB",
        "OFFICIAL name=Boris Pistorius; title=Minister of Defence; affiliation=DE",
        f"MEETING contact_group={GROUP}; ordinal=27; starts=2025-04-11; participants=John Healey,Boris Pistorius",
        "PACKAGE amount=11000000000; currency=EUR; donor=DE; recipients=UA; announced=2025-04-11; status=announced",
        "PACKAGE amount=4500000000; currency=GBP; donor=GB; recipients=UA; announced=2025-03; status=approved",
        name="one",
        title="Ministers meet",
    )


@pytest.mark.parametrize(
    ("path", "found", "missing"),
    [
        ("/groups/?q=ukraine+defense", [GROUP], ["Northern Group"]),
        ("/groups/?kind=capability_coalition", ["Coalition"], [GROUP + " 1"]),
        ("/nations/", ["Germany", "Ukraine"], ["Chad"]),
        ("/nations/?q=chad", ["Chad"], ["Germany"]),
        ("/officials/", ["Boris Pistorius", "John Healey", "Minister of Defence"], []),
        ("/officials/?nation=DE", ["Boris Pistorius"], ["John Healey"]),
        ("/packages/", ["€11bn", "£4.5bn", "2025-04-11", "2025-03", "Announced", "Approved"], ["2025-03-01"]),
        ("/packages/?donor=GB", ["£4.5bn"], ["€11bn"]),
        ("/packages/?stage=announced", ["€11bn"], ["£4.5bn"]),
        ("/articles/", ["Ministers meet", "Paper one"], []),
        ("/articles/?q=nothing", ["No article matches"], ["Ministers meet"]),
    ],
)
def test_lists_and_their_filters(filled, path, found, missing):
    page = get(path)
    rows = words(re.sub(r"<form.*?</form>", "", page, flags=re.S))
    for text in found:
        assert text in rows
    for text in missing:
        assert text not in rows


@pytest.mark.parametrize("path", LISTS)
def test_a_bad_filter_is_named_and_an_empty_list_explained(path):
    assert "Unknown parameter" in words(get(f"{path}?nonsense=1", 400))
    get(f"{path}?after=%00", 400)


@pytest.mark.parametrize(("path", "module"), [("/groups/", "groups"), ("/officials/", "officials")])
def test_lists_by_name_are_paged_by_key(filled, monkeypatch, path, module):
    def names(page):
        return re.findall(r'class="ident" href="[^"]+">([^<]+)<', page)

    whole = names(get(path))
    assert len(whole) >= 2
    monkeypatch.setattr(f"register.views.{module}.PAGE", max(1, len(whole) // 3))
    found, query = [], ""
    while True:
        page = get(path + query)
        found += names(page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        if following is None:
            break
        query = following.group(1).replace("&amp;", "&")
    assert found == whole


def test_every_list_is_reached_from_every_page(filled):
    page = get("/")
    for path in LISTS:
        assert f'href="{path}"' in page
    assert 'href="/groups/" aria-current="page"' in get("/groups/")
