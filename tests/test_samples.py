"""The sample articles are well formed, say what they are, and agree with the hand-made key."""

import datetime
import difflib
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
PATHS = sorted(SAMPLES.glob("[0-9][0-9]-*.json"))
STATEMENT = "This is a sample text written for the Muster project"
STRINGS = ("id", "title", "publisher", "published", "text", "text_kind", "note")
CURRENCY_WORDS = {
    "USD": r"(?<![AC\w])\$\d",
    "EUR": r"\d (?:million |billion )?euros",
    "GBP": r"£\d|\bpounds\b",
    "CAD": r"C\$\d|Canadian dollars",
    "AUD": r"(?<!\w)A\$\d",
    "SEK": r"SEK \d|Swedish kronor",
    "NOK": r"Norwegian kroner",
}
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAY_AND_DATE = re.compile(rf"\b({WEEKDAYS}), (?:(\d{{1,2}}) ({MONTHS})|({MONTHS}) (\d{{1,2}}))\b(?! \d{{4}})")
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def articles() -> list[dict]:
    return [read(path) for path in PATHS]


@pytest.fixture(scope="module")
def expected() -> dict:
    return read(SAMPLES / "key" / "expected.json")


def test_there_are_enough_samples():
    assert len(PATHS) >= 24


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_sample_is_well_formed(path):
    article = read(path)
    for key in STRINGS:
        assert isinstance(article[key], str), key
        assert article[key].strip(), key
    assert article["id"] == f"sample-{path.name[:2]}"
    assert article["text_kind"] == "sample"
    assert datetime.date.fromisoformat(article["published"]) < datetime.date.today()
    assert 130 <= len(article["text"].split()) <= 350
    assert article["url"] is None or article["url"].startswith("https://samples.muster.example/")
    assert STATEMENT in article["text"].splitlines()[-1]
    assert "Muster project" in article["note"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_sample_names_the_sources_of_its_facts(path, expected):
    article = read(path)
    assert bool(article["sources"]) is (article["id"] not in expected["irrelevant"])
    for source in article["sources"]:
        parts = urlsplit(source)
        assert parts.scheme in {"http", "https"}, source
        assert parts.hostname, source
    assert {fact["source_url"] for fact in article["facts"]} == set(article["sources"])
    assert all(re.fullmatch(r"[a-z_]+\.csv", fact["file"]) for fact in article["facts"])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_nobody_is_quoted_directly(path):
    assert not re.search('["“”„«»]', read(path)["text"])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_weekdays_agree_with_their_dates(path):
    article = read(path)
    published = datetime.date.fromisoformat(article["published"])
    for weekday, day, month, month_first, day_after in WEEKDAY_AND_DATE.findall(article["text"]):
        number = MONTHS.split("|").index(month or month_first) + 1
        date = datetime.date(published.year, number, int(day or day_after))
        assert date.strftime("%A") == weekday, f"{weekday}, {date}"


def test_ids_and_addresses_are_unique(articles):
    addresses = [article["url"] for article in articles if article["url"]]
    assert len({article["id"] for article in articles}) == len(articles)
    assert len(set(addresses)) == len(addresses)


def test_texts_name_money_in_many_currencies(articles):
    text = "\n".join(article["text"] for article in articles)
    assert {code for code, words in CURRENCY_WORDS.items() if re.search(words, text)} == set(CURRENCY_WORDS)


def test_key_speaks_of_every_sample_but_the_irrelevant(articles, expected):
    irrelevant = set(expected["irrelevant"])
    spoken_of = {
        article
        for kind in ("meetings", "packages", "officials", "contact_groups")
        for item in expected[kind]
        for article in item["articles"]
    }
    assert len(irrelevant) >= 2
    assert expected["settled_articles"] == len(articles)
    assert spoken_of == {article["id"] for article in articles} - irrelevant


def test_key_names_officials_as_the_texts_do(articles, expected):
    texts = {article["id"]: f"{article['title']}\n\n{article['text']}" for article in articles}
    for official in expected["officials"]:
        names = [official["name"], *official["aliases"]]
        found = [key for key, text in texts.items() if any(name in text for name in names)]
        assert found == official["articles"], official["name"]


def test_key_has_no_meeting_twice(expected):
    keys = [(meeting["group"], meeting["level"], meeting["starts"]) for meeting in expected["meetings"]]
    assert len(set(keys)) == len(keys)
    for meeting in expected["meetings"]:
        assert PARTIAL_DATE.fullmatch(meeting["starts"])
        assert meeting["status"] in {"planned", "held", "postponed", "cancelled"}


def test_key_has_packages_in_five_currencies(expected):
    assert len({package["currency"] for package in expected["packages"]}) >= 5
    for package in expected["packages"]:
        assert package["amount"] > 0
        shares = [share["fraction"] for share in package.get("shares", [])]
        assert sum(shares) <= 1


def test_contested_fields_belong_to_meetings_of_the_key(expected):
    meetings = expected["meetings"]
    for entry in [*expected["contested"], *expected["not_contested"]]:
        identity = {key: entry[key] for key in ("group", "ordinal", "starts") if key in entry}
        matching = [m for m in meetings if identity.items() <= m.items()]
        assert len(matching) == 1, identity
        speaking = {article for articles in entry["values"].values() for article in articles}
        assert len(entry["values"]) == 2
        assert speaking <= set(matching[0]["articles"])


def test_agency_copy_is_near_and_retelling_is_far(articles, expected):
    texts = {article["id"]: article["text"].split() for article in articles}

    def likeness(pair: list[str]) -> float:
        return difflib.SequenceMatcher(None, texts[pair[0]], texts[pair[1]], autojunk=False).ratio()

    for story in expected["stories"]:
        assert 0.9 < likeness(story["articles"]) < 1
    for retold in expected["independent"]:
        assert likeness(retold["articles"]) < 0.5
