"""Decisions made at the desk, exported as annotated articles, and the engine measured on them."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from browsing import filled, page_of
from django.core.management import CommandError, call_command
from django.db import connection

from evidence.choices import Identity
from evidence.models import Claim
from evidence.services import judge
from funding.models import Contribution, Package
from ingest.management.commands.scorecard import CORRECTIONS
from ingest.services import advance, submit_bytes
from meetings.models import Attendance, Meeting
from people.models import Official, Post

# Written for this test.
WORDS = (
    "The Ukraine Defense Contact Group held its 26th meeting in Brussels on Wednesday. More than 40 nations took part "
    "in the meeting, which was chaired by British Defence Secretary John Healey.\n\nGermany announced 500 million "
    "euros in military aid for Ukraine. German Defence Minister Boris Pistorius and Norwegian Defence Minister Tore "
    "Sandvik attended the meeting."
)


@pytest.fixture
def article(reference_db) -> dict[str, Any]:
    return taken_in("a")


def taken_in(name: str, text: str = WORDS, **more: str) -> dict[str, Any]:
    found = {
        "id": name,
        "title": f"Report {name}",
        "text": text,
        "url": f"https://news.example/{name}",
        "publisher": f"Paper {name}",
        "published": "2025-02-13",
        **more,
    }
    intake = submit_bytes(f"{name}.json", json.dumps(found).encode())
    advance(intake.pk)
    return found


def click(desk, record, decision: str, field: str, value: Any = None) -> None:
    claims = Claim.objects.filter(mention__binding__record=record.pk, field=field, author=None)
    claim = next(claim for claim in claims if value in (None, claim.value))
    answer = desk.post(page_of(record, "decide"), {"do": f"{decision}:{claim.pk}", "why": "seen the text"}, follow=True)
    assert [str(m.level_tag) for m in answer.context["messages"]][-1] == "success"


def attending(nation: str) -> Attendance:
    """The row of a nation itself, published or not."""
    said = Claim.objects.filter(field="nation", value=nation).exclude(mention__claims__field="official")
    return Attendance.objects.get(pk__in=said.values("mention__binding__record"))


def state(desk, record, **changes: str) -> None:
    url = page_of(record)
    answer = desk.post(url, filled(desk, url, reason="it says so", **changes))
    assert answer.status_code == 302, answer.context["adminform"].form.errors


def exported(directory: Path) -> dict[str, dict[str, Any]]:
    call_command("export_corrections", str(directory), stdout=io.StringIO())
    return {path.stem: json.loads(path.read_text()) for path in (directory / "gold").iterdir()}


def scored(directory: Path) -> dict[str, tuple[int, int, int]]:
    """Right, wrong and missed of every row that counts anything."""
    out = io.StringIO()
    call_command("evaluate", str(directory), "--json", stdout=out)
    rows = json.loads(out.getvalue())["rows"]
    return {name: (row["right"], row["wrong"], row["missed"]) for name, row in rows.items() if ".*" not in name}


def test_every_kind_of_decision_counts_as_what_it_is(desk, article, tmp_path):
    meeting, package = Meeting.objects.get(), Package.objects.get()
    click(desk, meeting, "accept", "starts")
    click(desk, meeting, "reject", "nation_count")
    state(desk, meeting, place="Antwerp")
    click(desk, attending("NO"), "reject", "exists")
    click(desk, attending("DE"), "accept", "exists")
    click(desk, package, "reject", "exists")
    click(desk, Post.objects.get(title="German Defence Minister"), "accept", "title")
    [gold] = exported(tmp_path / "out").values()
    [found] = gold["meetings"]
    assert (found["starts"], found["place"], found["participants"]) == ("2025-02-12", "Antwerp", ["DE"])
    assert found["rejected"] == {"nation_count": [40], "place": ["Brussels"], "participants": ["NO"]}
    assert [item["name"] for item in gold["officials"]] == ["Boris Pistorius"]
    assert {section: len(items) for section, items in gold["rejected"].items()} == {"packages": 1}
    assert scored(tmp_path / "out") == {
        "all": (5, 8, 1),
        "meetings": (1, 0, 0),
        "meetings.starts": (1, 0, 0),
        "meetings.place": (0, 1, 1),
        "meetings.nation_count": (0, 1, 0),
        "meetings.participants": (1, 1, 0),
        "officials": (1, 0, 0),
        "officials.title": (1, 0, 0),
        "packages": (0, 1, 0),
        "packages.announced": (0, 1, 0),
        "packages.donor": (0, 1, 0),
        "packages.recipients": (0, 1, 0),
        "packages.status": (0, 1, 0),
    }


def test_a_sum_a_donor_and_a_name_that_were_corrected_are_wrong_and_missed(desk, article, tmp_path):
    package = Package.objects.get()
    state(desk, package, amount_1="600000000")
    state(desk, Contribution.objects.get(), nation="NO")
    state(desk, Official.objects.get(name="Tore Sandvik"), name="Tore Onshuus Sandvik")
    [gold] = exported(tmp_path / "out").values()
    [found] = gold["packages"]
    assert (found["amount"], found["currency"], found["donor"]) == (6e8, "EUR", "NO")
    rows = scored(tmp_path / "out")
    assert (rows["packages"], rows["packages.donor"]) == ((0, 1, 1), (0, 1, 1))
    assert (rows["officials"], rows["officials.name"]) == ((1, 0, 0), (0, 1, 1))


def test_what_another_source_says_makes_no_reading_wrong_and_a_decision_taken_back_is_none(desk, article, tmp_path):
    meeting = Meeting.objects.get()
    click(desk, meeting, "reject", "starts")
    click(desk, meeting, "withdraw", "starts")
    state(
        desk,
        meeting,
        place="Antwerp",
        citation_publisher="A Ministry",
        citation_url="https://ministry.example/1",
    )
    assert exported(tmp_path / "out") == {}


def test_only_articles_that_give_a_decided_value_are_written_those_of_a_merged_record_too(desk, chief, tmp_path):
    taken_in("a")
    taken_in("b", WORDS.replace("in Brussels on", "in Ramstein on").replace("26th", "27th"))
    taken_in("c", WORDS.replace("26th", "12th"), published="2023-06-16")
    first, second, _ = Meeting.objects.live().order_by("pk")
    judge(left=first.pk, right=second.pk, identity=Identity.SAME, by=chief)
    click(desk, Meeting.objects.get(pk=first.pk), "reject", "place", "Ramstein")
    click(desk, Meeting.objects.get(pk=first.pk), "accept", "ordinal", 26)
    gold = exported(tmp_path / "out")
    decided = sorted((item["ordinal"], item["rejected"]) for one in gold.values() for item in one["meetings"])
    assert decided == [(26, {}), (27, {"place": ["Ramstein"]})]
    articles = [json.loads(path.read_text()) for path in (tmp_path / "out" / "articles").iterdir()]
    assert {one["url"] for one in articles} == {"https://news.example/a", "https://news.example/b"}


def test_a_directory_in_use_is_left_alone(desk, article, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(CommandError, match="not an empty directory"):
        call_command("export_corrections", str(tmp_path / "mine"))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_scorecard_learns_from_decisions(desk, article, tmp_path, settings, monkeypatch):
    click(desk, Meeting.objects.get(), "accept", "starts")
    click(desk, Meeting.objects.get(), "reject", "nation_count")
    exported(tmp_path / "out")
    # A checkout with one annotated article a set, whose database server cannot be reached.
    for part in ("tune", "test", "blind"):
        whole = settings.BASE_DIR / "data" / "gold" / part
        least = min((whole / "articles").glob("*.json"), key=lambda path: (path.stat().st_size, path.name))
        for kept in ("articles", "gold"):
            (tmp_path / "data" / "gold" / part / kept).mkdir(parents=True)
            shutil.copy(whole / kept / least.name, tmp_path / "data" / "gold" / part / kept)
    (tmp_path / "card.md").write_text("\n## Clustering\n\nas it stood\n")
    settings.BASE_DIR = tmp_path
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    told = {name: io.StringIO() for name in ("stdout", "stderr")}
    with pytest.warns(RuntimeWarning, match="Normally Django will use a connection to the 'postgres' database"):
        call_command("scorecard", corrections=tmp_path / "out", output=tmp_path / "card.md", **told)
    assert "Clustering was not measured" in told["stderr"].getvalue()
    card = (tmp_path / "card.md").read_text()
    assert "Built by `python manage.py scorecard --corrections DIR`" in card
    assert str(tmp_path) not in card
    assert "these figures are lower than those of whole articles" in card
    assert card.endswith("as it stood\n")
    _, _, section = card.partition(f"## {CORRECTIONS}\n")
    cells = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in section.splitlines()]
    counted = {row[0]: tuple(map(int, row[4:])) for row in cells if len(row) == 7 and row[4].isdecimal()}
    expected = scored(tmp_path / "out")
    assert expected["all"] == (2, 1, 0)
    assert {name: counted[name] for name in expected} == expected
