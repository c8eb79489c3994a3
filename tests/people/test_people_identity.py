"""Which mentions of officials and bodies are one."""

from __future__ import annotations

import datetime

import pytest

from evidence.choices import RecordKind
from evidence.clustering import cluster
from evidence.fields import Node, Reading, kind_spec


def clustered(kind: RecordKind, *values: dict[str, object]) -> list[list[int]]:
    """Numbers of the readings, clustered block by block, alike in both orders."""
    spec = kind_spec(kind)
    results = []
    for order in (range(len(values)), reversed(range(len(values)))):
        blocks: dict[str, list[Node]] = {}
        for number in order:
            said = {name: [value] for name, value in values[number].items() if value and name != "said_on"}
            reading = Reading(said, None, values[number].get("said_on"))
            features = spec.features(reading)
            blocks.setdefault(spec.block(reading, features), []).append(Node(f"{number:02}", features))
        groups = [group for nodes in blocks.values() for group in cluster(nodes, spec)]
        results.append(sorted(sorted(int(node.signature) for node in group) for group in groups))
    assert results[0] == results[1]
    return results[0]


def officials(*names: str | tuple[str, str]) -> list[list[int]]:
    given = [(name, "") if isinstance(name, str) else name for name in names]
    readings = [{"name": name, **({"nation": nation} if nation else {})} for name, nation in given]
    return clustered(RecordKind.OFFICIAL, *readings)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Lloyd Austin", "Lloyd Austin"], [[0, 1]]),
        (["Lloyd Austin", "L. Austin"], [[0, 1]]),
        (["Lloyd Austin", "Lloyd J. Austin III"], [[0, 1]]),
        (["Volodymyr Zelenskyy", "Volodymyr Zelensky"], [[0, 1]]),
        (["Lloyd Austin", "Austin"], [[0, 1]]),
        (["Lloyd Austin", "Larry Austin"], [[0], [1]]),
        (["Lloyd Austin", "Larry Austin", "Austin"], [[0], [1], [2]]),
        (["Lloyd Austin", "Larry Austin", "L. Austin"], [[0], [1], [2]]),
        ([("Lloyd Austin", "US"), ("Larry Austin", "GB"), ("L. Austin", "US")], [[0, 2], [1]]),
        ([("Lloyd Austin", "US"), ("Larry Austin", "GB"), ("Austin", "US"), "Austin"], [[0, 2], [1], [3]]),
        (["Jonas Gahr Støre", "Jonas Gahr Store"], [[0, 1]]),
        (["Władysław Kosiniak-Kamysz", "Wladyslaw Kosiniak Kamysz"], [[0, 1]]),
        (["Zelenskyy, Volodymyr", "Volodymyr Zelenskiy"], [[0, 1]]),
        ([("Jong-sup Lee", "KR"), ("Lee Jong-sup", "KR"), ("Lee", "KR")], [[0, 1, 2]]),
        ([("Gen Nakatani", "JP"), ("Nakatani Gen", "JP"), ("Minoru Kihara", "JP")], [[0, 1], [2]]),
        ([("Kristóf Szalay-Bobrovniczky", "HU"), ("Szalay-Bobrovniczky Kristóf", "HU")], [[0, 1]]),
        (["Lloyd Austin", "Lloyd Auston"], [[0], [1]]),
        ([("John Healey", "GB"), ("John Healey", "US")], [[0], [1]]),
        ([("John Healey", "GB"), "John Healey"], [[0, 1]]),
    ],
)
def test_officials(names, expected):
    assert officials(*names) == expected


def of_office(*told: tuple[str, str, int]) -> list[list[int]]:
    """Officials by name, title and the year in which they are spoken of."""
    return clustered(
        RecordKind.OFFICIAL,
        *({"name": name, "post": title, "said_on": datetime.date(year, 3, 1)} for name, title, year in told),
    )


LLOYD, LARRY = ("Lloyd Austin", "U.S. Defense Secretary", 2024), ("Larry Austin", "Senator", 2024)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # The post tells which of two is meant, whoever else has another or none.
        ([LLOYD, LARRY, ("Austin", "Secretary of Defense", 2024), ("L. Austin", "Sen.", 2024)], [[0, 2], [1, 3]]),
        ([LLOYD, ("Larry Austin", "", 2024), ("Austin", "Secretary of Defense", 2024)], [[0, 2], [1]]),
        # A post that nobody is known to have held then is somebody else's; so are two such of one office, together.
        ([LLOYD, ("Austin", "Senator", 2024), ("Austin", "Sen.", 2024), ("Austin", "Mayor", 2024)], [[0], [1, 2], [3]]),
        ([LLOYD, ("Austin", "Senator", 2024), ("Austin", "", 2024)], [[0, 2], [1]]),
        # On another day they may have held another one; nor does what could be any office tell, or one no longer held.
        ([LLOYD, ("Austin", "General", 2014)], [[0, 1]]),
        ([LLOYD, ("Austin", "minister", 2024)], [[0, 1]]),
        ([LLOYD, ("Austin", "former general", 2024)], [[0, 1]]),
        # One person moves from post to post within a year.
        ([("Rustem Umerov", "defence minister", 2025), ("Rustem Umerov", "Secretary General", 2025)], [[0, 1]]),
        (
            [
                ("Rustem Umerov", "defence minister", 2025),
                ("Rustem Umerov", "Secretary General", 2025),
                ("Umerov", "Defense Minister", 2025),
            ],
            [[0, 1, 2]],
        ),
    ],
)
def test_the_post_on_the_day_tells_who_is_meant_by_part_of_a_name(told, expected):
    assert of_office(*told) == expected


def test_another_first_name_is_that_person_s_for_everybody():
    both = {"name": "William LaPlante", "aliases": "Bill LaPlante", "nation": "US"}
    told = [{"name": "Bill LaPlante"}, {"name": "William LaPlante", "nation": "US"}, {"name": "Bill LaPlante"}]
    assert clustered(RecordKind.OFFICIAL, *told) == [[0, 2], [1]]
    assert clustered(RecordKind.OFFICIAL, *told, both) == [[0, 1, 2, 3]]
    # Of another nation it is another person, and a surname among the aliases says nothing.
    assert clustered(RecordKind.OFFICIAL, both, {"name": "Bill LaPlante", "nation": "CA"}) == [[0], [1]]
    known = {"name": "Lloyd Austin", "aliases": "Austin"}
    assert clustered(RecordKind.OFFICIAL, known, {"name": "Larry Austin"}) == [[0], [1]]


def bodies(*values: dict[str, object], kind: RecordKind = RecordKind.ORGANISATION) -> list[list[int]]:
    return clustered(kind, *values)


def test_bodies_are_one_by_any_name_they_share():
    assert bodies({"name": "North Atlantic Treaty Organization", "abbreviation": "NATO"}, {"name": "NATO"}) == [[0, 1]]
    assert bodies({"name": "the Ramstein Group"}, {"name": "Ramstein group"}, kind=RecordKind.CONTACT_GROUP) == [[0, 1]]


def test_bodies_with_nothing_in_common_are_apart():
    assert bodies({"name": "European Union"}, {"name": "European Defence Agency"}) == [[0], [1]]


def test_names_join_transitively_in_any_order():
    assert bodies(
        {"name": "UDCG"},
        {"name": "Ramstein format"},
        {"name": "Ukraine Defense Contact Group", "abbreviation": "UDCG", "aliases": "Ramstein format"},
        kind=RecordKind.CONTACT_GROUP,
    ) == [[0, 1, 2]]
