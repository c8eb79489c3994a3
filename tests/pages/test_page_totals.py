"""Totals as readers see them: every sum leads to its packages, every package is in them or out of them for a reason."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from reporting import report

from evidence.services import state_value
from funding.models import ExchangeRate, Package

WHOLE, PART, AGAIN, TOTAL = 440_000_000, 100_000_000, 300_000_000, 9_000_000_000


@pytest.fixture
def money():
    """Canada's whole, its part, the same told again in dollars, a running total; a joint sum; one with shares."""
    report(
        f"PACKAGE amount={WHOLE}; currency=CAD; donor=CA; announced=2025-01-09; recipients=UA; status=announced",
        f"PACKAGE amount={PART}; currency=CAD; donor=CA; programme=PURL; announced=2025-01-10; status=announced",
        f"PACKAGE amount={AGAIN}; currency=USD; donor=CA; announced=2025-01-13; status=announced",
        f"PACKAGE amount={TOTAL}; currency=CAD; donor=CA; announced=2025-01-14; status=announced",
        "PACKAGE amount=600000000; currency=SEK; donor=SE; announced=2025-01-11; recipients=UA; status=announced",
        "PACKAGE amount=70000000; currency=EUR; donor=SE; announced=2025-02; recipients=UA; status=proposed",
        name="money",
    )
    editor = get_user_model().objects.create_user("ed")
    found = {int(package.amount): package for package in Package.objects.live()}
    whole = found[WHOLE].pk
    state_value(record=found[PART], field="part_of", value=whole, by=editor, why="it says so")
    state_value(record=found[AGAIN], field="restates", value=whole, by=editor, why="the same")
    state_value(record=found[TOTAL], field="covers", value="running_total", by=editor, why="since 2022")
    return found


def page(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status
    return unescape(response.content.decode())


def text_of(html: str) -> str:
    words = " ".join(re.sub(r"<(head|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL).split())
    return re.sub(r" ([.:,])", r"\1", words)


def test_each_package_counts_once_and_what_is_left_out_says_why(money):
    html = page("/totals/")
    said = text_of(html)
    assert "3 packages counted, 3 left out." in said
    announced = said[said.index("Announced by donor") : said.index("Proposed Not committed")]
    # 440 million Canadian dollars at 1.4831 for a euro and 1.0305 dollars, on 9 January 2025.
    assert "Canada C$440m €296.7m $305.7m all converted 1" in announced.replace("– ", "")
    # 11 January 2025 was a Saturday.
    assert "Sweden SEK 600m no rate no rate SEK 600m 1" in announced.replace("\N{NO-BREAK SPACE}", " ")
    # Euros without a day are euros still, but no dollars.
    assert "€70m to the dollar" in page("/totals/").replace("\N{NO-BREAK SPACE}", " ")
    left = said[said.index("What is left out", said.index("Rates")) :]
    for why in (
        "C$100m Canada Announced Part of a sum that is counted: C$440m",
        "$300m Canada Announced The same money told again: C$440m",
        "C$9bn Canada Announced A running total",
    ):
        assert why in left
    for package in (money[PART], money[AGAIN], money[TOTAL], money[WHOLE]):
        assert package.get_absolute_url() in html


def test_a_total_leads_to_the_packages_behind_it(money):
    html = page("/totals/?by=donor")
    link = re.search(r'href="(/totals/packages/[^"]*row=CA[^"]*)"', html)[1]
    behind = page(link)
    assert re.findall(r"/packages/([0-9a-f-]{36})/", behind) == [str(money[WHOLE].pk)]
    assert "1.4831 CAD for 1 EUR on 2025-01-09, ECB" in behind
    assert "1.0305 USD for 1 EUR on 2025-01-09, ECB" in behind
    left = page("/totals/packages/?left_out=part")
    assert set(re.findall(r"/packages/([0-9a-f-]{36})/", left)) == {str(money[PART].pk), str(money[WHOLE].pk)}
    assert "no rate" in page("/totals/packages/?by=donor&row=SE")


def test_totals_follow_what_editors_change(money):
    assert "3 packages counted, 3 left out" in text_of(page("/totals/"))
    editor = get_user_model().objects.get(username="ed")
    state_value(record=money[TOTAL], field="covers", value="frame", by=editor, why="to 2030")
    state_value(record=money[WHOLE], field="stage", value="proposed", by=editor, why="it was only asked for")
    ExchangeRate.objects.create(currency="SEK", day="2025-01-11", per_euro="12", source="Bank of Saturdays")
    said = text_of(page("/totals/"))
    # Of two tellings that which is committed speaks for the money now.
    assert "C$440m Canada Proposed The same money told again: $300m" in said
    assert "C$100m Canada Announced Part of a sum that is counted: $300m" in said
    assert "C$9bn Canada Announced A frame for a period" in said
    assert "€50.0m" in said
    assert "12.000000 SEK for 1 EUR on 2025-01-11, Bank of Saturdays" in page("/totals/packages/?by=donor&row=SE")


def test_packages_that_look_alike_count_and_are_named(money):
    report("PACKAGE amount=600000000; currency=SEK; announced=2025-01-20; status=announced", name="alike")
    alike = Package.objects.live().exclude(pk=money[600_000_000].pk).get(amount=600_000_000)
    html = page("/totals/")
    doubts = html[html.index("What may be counted twice") :]
    assert {alike.get_absolute_url(), money[600_000_000].get_absolute_url()} <= set(
        re.findall(r'href="([^"]+)"', doubts)
    )
    assert "What may be counted twice" not in page("/totals/?currency=CAD")


def test_a_package_and_a_nation_lead_to_the_totals(money):
    assert "Left out. Part of a sum that is counted: C$440m" in text_of(page(money[PART].get_absolute_url()))
    whole = text_of(page(money[WHOLE].get_absolute_url()))
    assert "Counted once" in whole
    assert "Together they come to C$100m, C$340m less than it." in whole
    assert "/totals/?by=programme&donor=CA" in page("/nations/CA/")


def test_filters_narrow_what_is_added_up_but_not_what_counts(money):
    said = text_of(page("/totals/?by=year&currency=USD"))
    # The retelling in dollars does not count because its original, in another currency, is out of sight.
    assert "0 packages counted, 1 left out" in said
    assert "1 package counted, 0 left out" in text_of(page("/totals/?stage=proposed"))
    assert "Unknown parameter" in page("/totals/?colour=red", 400)
    assert "Nothing is added up" in page("/totals/?by=colour", 400)
    assert Client().get("/totals/totals.csv?by=colour").status_code == 400


def test_csv_has_every_package_and_adds_up(money):
    rows = list(csv.DictReader(io.StringIO(page("/totals/packages.csv"))))
    assert sorted(row["package"] for row in rows) == sorted(str(package.pk) for package in money.values())
    by_key = {row["package"]: row for row in rows}
    assert (by_key[str(money[PART].pk)]["left_out"], by_key[str(money[PART].pk)]["because_of"]) == (
        "part", str(money[WHOLE].pk),
    )  # fmt: skip
    sweden = by_key[str(money[600_000_000].pk)]
    assert (sweden["counted"], sweden["eur"], sweden["usd"]) == ("600000000.00", "no rate", "no rate")
    for by in ("donor", "recipient", "programme", "year"):
        sums = list(csv.DictReader(io.StringIO(page(f"/totals/totals.csv?by={by}"))))
        stated = {}
        for row in sums:
            stated[row["currency"]] = stated.get(row["currency"], Decimal(0)) + Decimal(row["stated"])
        assert stated == {"CAD": WHOLE, "SEK": 600_000_000, "EUR": 70_000_000}, by


def test_a_name_that_begins_a_formula_stays_text(money):
    report("PACKAGE amount=5000000; currency=EUR; donor==1+1 bank; announced=2025-01-09", name="formula")
    assert Package.objects.live().get(amount=5_000_000).contributions.get().donor_name.startswith("=")
    assert ",'=1+1 bank," in page("/totals/totals.csv")
