"""The reference tables keep the promises that the register and the reader build on."""

import csv
import re
from pathlib import Path

import pytest
from babel import Locale

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"

COLUMNS = {
    "nations": "iso2 iso3 name official_name aliases demonyms capital capital_aliases region lat lon",
    "alliances": "iso2 alliance from to source_publisher source_url",
    "organisations": "slug name abbreviation aliases kind",
    "metonyms": "name iso2 kind",
    "places": "name aliases country_iso2 lat lon kind source",
    "subdivisions": "code name country_iso2",
    "venues": "name aliases place country_iso2",
    "programmes": "slug name aliases donor source_publisher source_url",
    "topics": "slug name terms",
    "capabilities": "slug name aliases maker kind source",
    "officeholders": "name aliases affiliation since until source_publisher source_url",
    "contact_groups": "slug name abbreviation aliases parent_slug kind established purpose source_publisher source_url",
}
KEYS = {
    "nations": ["iso2"],
    "alliances": ["iso2", "alliance"],
    "metonyms": ["name"],
    "officeholders": ["name", "affiliation"],
    "places": ["name"],
    "subdivisions": ["code"],
    "venues": ["name"],
}
NATION_COLUMNS = {"iso2", "country_iso2"}
MANY_VALUED = {"aliases", "demonyms", "capital_aliases", "terms"}
DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
# Ordinary words that some lists of countries and weapons offer as names.
COMMON_WORDS = frozenset(
    {"us", "the", "it", "in", "of", "no", "is", "as", "at", "he", "or", "and", "man", "male", "most", "nice"}
    | {"mobile", "reading", "best", "born", "ash", "sale", "delta", "may", "will", "bar", "bath", "van", "lens"}
    | {"fighters", "parts", "charges", "cars", "bridges", "english", "states", "emirates", "diet", "alliance"}
)


def read(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def names_of(row: dict[str, str]) -> set[str]:
    single = {row.get(column, "") for column in ("name", "official_name", "abbreviation")}
    several = {name for column in ("aliases", "demonyms") for name in values(row.get(column, ""))}
    return (single | several) - {""}


def shared_names(rows: list[dict[str, str]], key: str, *, fold: bool = False) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for row in rows:
        for name in names_of(row):
            owners.setdefault(name.lower() if fold else name, set()).add(row[key])
    return {name: keys for name, keys in owners.items() if len(keys) > 1}


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_are_as_agreed(table: str) -> None:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == COLUMNS[table].split()
    assert rows
    assert [number for number, row in enumerate(rows, 2) if len(row) != len(header)] == []


@pytest.mark.parametrize("table", COLUMNS)
def test_keys_are_present_and_unique(table: str) -> None:
    columns = KEYS.get(table, ["slug"])
    keys = [tuple(row[column] for column in columns) for row in read(table)]
    assert all(all(key) for key in keys)
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("table", [table for table in COLUMNS if table not in KEYS])
def test_slugs_are_fit_for_addresses(table: str) -> None:
    assert [row["slug"] for row in read(table) if not SLUG.match(row["slug"])] == []


@pytest.mark.parametrize("table", COLUMNS)
def test_cells_hold_no_stray_space_and_no_value_twice(table: str) -> None:
    faults = []
    for row in read(table):
        for column, cell in row.items():
            parts = values(cell) if column in MANY_VALUED else [cell]
            clean = all(part == " ".join(part.split()) for part in parts) and (not cell or all(parts))
            if not clean or (column in MANY_VALUED and len(parts) != len(set(parts))):
                faults.append((column, cell))
    assert faults == []


def test_every_iso_territory_and_kosovo_is_a_nation() -> None:
    # CLDR also lists regions, groupings and a few exceptional reservations that ISO 3166-1 does not assign.
    unassigned = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    territories = {code for code in Locale("en").territories if re.fullmatch(r"[A-Z]{2}", code)} - unassigned
    nations = {row["iso2"] for row in read("nations")}
    assert nations == territories
    assert len(nations) == 250
    assert "XK" in nations


def test_iso3_codes_are_unique() -> None:
    codes = [row["iso3"] for row in read("nations")]
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("table", ["alliances", "metonyms", "places", "venues"])
def test_nation_codes_are_known(table: str) -> None:
    known = {row["iso2"] for row in read("nations")}
    used = {row[column] for row in read(table) for column in NATION_COLUMNS & row.keys()}
    assert used - known == set()


@pytest.mark.parametrize(
    ("table", "key", "fold"),
    [
        ("nations", "iso2", False),
        ("contact_groups", "slug", True),
        ("organisations", "slug", False),
        ("programmes", "slug", True),
        ("places", "name", False),
        ("venues", "name", False),
        ("capabilities", "slug", False),
    ],
)
def test_no_name_belongs_to_two_rows(table: str, key: str, fold: bool) -> None:
    assert shared_names(read(table), key, fold=fold) == {}


def test_no_term_belongs_to_two_topics() -> None:
    owners: dict[str, set[str]] = {}
    for row in read("topics"):
        for term in values(row["terms"]):
            owners.setdefault(term.lower(), set()).add(row["slug"])
    assert {term: slugs for term, slugs in owners.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("table", ["nations", "metonyms", "organisations", "contact_groups", "places", "capabilities"])
def test_no_name_is_an_ordinary_word(table: str) -> None:
    ordinary = {name for row in read(table) for name in names_of(row) if name.lower() in COMMON_WORDS}
    # "US" is told from the pronoun by its capitals alone; no other name may rely on that.
    assert ordinary - {"US"} == set()


def test_a_metonym_is_not_also_a_nation_or_organisation() -> None:
    names = {name for table in ("nations", "organisations") for row in read(table) for name in names_of(row)}
    assert {row["name"] for row in read("metonyms")} & names == set()


def test_parents_of_groups_exist_and_form_no_circle() -> None:
    parents = {row["slug"]: row["parent_slug"] for row in read("contact_groups")}
    for slug in parents:
        seen = set()
        while slug:
            assert slug in parents
            assert slug not in seen
            seen.add(slug)
            slug = parents[slug]


def test_venues_lie_in_known_places_of_the_same_nation() -> None:
    nation = {row["name"]: row["country_iso2"] for row in read("places")}
    placed = [row for row in read("venues") if row["place"]]
    assert [row["name"] for row in placed if nation.get(row["place"]) != row["country_iso2"]] == []


def test_programmes_name_known_donors() -> None:
    known = {row["iso2"] for row in read("nations")} | {row["slug"] for row in read("organisations")}
    assert {row["donor"] for row in read("programmes")} - known - {""} == set()


@pytest.mark.parametrize("table", ["nations", "places"])
def test_coordinates_are_on_earth(table: str) -> None:
    for row in read(table):
        assert abs(float(row["lat"])) <= 90, row["name"]
        assert abs(float(row["lon"])) <= 180, row["name"]


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [("Ramstein", 49.4, 7.6), ("Brussels", 50.9, 4.4), ("Kyiv", 50.5, 30.5), ("Washington", 38.9, -77.0)],
)
def test_well_known_places_are_where_they_are(name: str, lat: float, lon: float) -> None:
    place = next(row for row in read("places") if row["name"] == name)
    assert abs(float(place["lat"]) - lat) < 0.2
    assert abs(float(place["lon"]) - lon) < 0.2


def test_dates_parse() -> None:
    dates = [row[column] for row in read("alliances") for column in ("from", "to")]
    dates += [row["established"] for row in read("contact_groups")]
    assert [date for date in dates if date and not DATE.match(date)] == []


@pytest.mark.parametrize("table", ["alliances", "programmes", "contact_groups", "officeholders"])
def test_every_fact_names_its_source(table: str) -> None:
    for row in read(table):
        assert row["source_publisher"], row
        assert row["source_url"].startswith(("https://", "http://")), row


def test_a_maker_is_never_given_without_a_source() -> None:
    assert [row["slug"] for row in read("capabilities") if row["maker"] and not row["source"]] == []


def members(alliance: str, year: str) -> set[str]:
    return {
        row["iso2"]
        for row in read("alliances")
        if row["alliance"] == alliance and row["from"] < year and (not row["to"] or row["to"] >= year)
    }


def test_alliances_have_the_right_size_over_time() -> None:
    assert [len(members("NATO", day)) for day in ("2022", "2024-03", "2025")] == [30, 31, 32]
    assert [len(members("EU", day)) for day in ("2019", "2022")] == [28, 27]
    assert "GB" not in members("EU", "2022")


@pytest.mark.parametrize(
    ("word", "iso2"),
    [
        ("Dutch", "NL"),
        ("Britons", "GB"),
        ("U.K.", "GB"),
        ("U.S.", "US"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Czech Republic", "CZ"),
        ("Macedonia", "MK"),
        ("Kosovar", "XK"),
        ("South Korean", "KR"),
        ("Danes", "DK"),
        ("Finns", "FI"),
        ("Ivory Coast", "CI"),
        ("Filipino", "PH"),
    ],
)
def test_words_that_journalists_use_find_their_nation(word: str, iso2: str) -> None:
    assert [row["iso2"] for row in read("nations") if word in names_of(row)] == [iso2]
