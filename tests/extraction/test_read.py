"""What an article yields, through the one public door. All texts are written for these tests."""

import datetime
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extraction

TUESDAY = datetime.date(2024, 3, 19)


def read(text, title="Ministers on defence", published=TUESDAY):
    return extraction.read(title, text, published).to_json("x")


def names(facts):
    return [(o["name"], o["title"], o["affiliation"]) for o in facts["officials"]]


# -- officials ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Dutch Defence Minister Anna Verhoeven spoke in Kyiv.", ("Anna Verhoeven", "Dutch Defence Minister", "NL")),
        (
            "Anna Verhoeven, the Netherlands' minister of defence, spoke in Kyiv.",
            ("Anna Verhoeven", "Netherlands' minister of defence", "NL"),
        ),
        ("Norway's chief of defence, Lars Holm, said so.", ("Lars Holm", "Norway's chief of defence", "NO")),
        (
            "Secretary of State for Defence Mark Tanner of the United Kingdom met NATO ministers.",
            ("Mark Tanner", "Secretary of State for Defence", "GB"),
        ),
        ("Pentagon spokesman Dan Wells told reporters.", ("Dan Wells", "Pentagon spokesman", "US")),
        (
            "Lena Korhonen, who heads the procurement agency of the Finnish defence ministry, said no.",
            ("Lena Korhonen", "heads the procurement agency of the Finnish defence ministry", "FI"),
        ),
        (
            "Carla Moss, the Pentagon's top weapons buyer, said no.",
            ("Carla Moss", "Pentagon's top weapons buyer", "US"),
        ),
    ],
)
def test_titles_before_after_and_around(text, expected):
    assert expected in names(read(text))


def test_an_office_without_a_name_is_linked_to_the_speaker_named_later():
    facts = read(
        "The weapons will come in May, the Pentagon's acquisition chief said Monday.\n\n"
        'The list is long, Jane Alder told reporters. "We have work to do," Alder said.'
    )
    assert names(facts) == [("Jane Alder", "Pentagon's acquisition chief", "US")]
    assert facts["officials"][0]["quoted"] is True


def test_a_colleague_named_by_his_nation_only_is_an_official():
    facts = read("Defence ministers met in Riga. Estonia's Toomas Saar attended too, as did Marie Lund of Denmark.")
    assert {("Toomas Saar", None, "EE"), ("Marie Lund", None, "DK")} <= set(names(facts))


def test_people_without_office_are_left_out():
    facts = read(
        'Paul Brandt, an analyst at a Berlin institute, doubted the NATO plan. "It is late," said Ida Falk, chief '
        "executive of Nordstahl. German Defence Minister Karl Weber was silent."
    )
    assert [o["name"] for o in facts["officials"]] == ["Karl Weber"]
    assert facts["officials"][0]["quoted"] is False


def test_surnames_and_transliterations_are_one_person():
    facts = read(
        "Ukrainian President Volodymyr Zelenskyy thanked NATO. Zelensky said the shells had arrived. "
        '"We hold," President Zelenskiy said.'
    )
    assert len(facts["officials"]) == 1
    assert facts["officials"][0]["quoted"] is True


# -- groups ---------------------------------------------------------------------------------------------------


def test_aliases_are_joined_and_membership_is_counted():
    facts = read("The 50-nation Ukraine Defense Contact Group (UDCG) met in Brussels. The next Ramstein is in May.")
    [group] = facts["contact_groups"]
    assert group["name"] == "Ukraine Defense Contact Group"
    assert group["member_count"] == 50
    assert "UDCG" in group["aliases"]


def test_a_coalition_that_no_list_knows():
    facts = read("The Baltic Radar Coalition (BRC) has nine members. The sonar and minesweeper plans belong to it.")
    assert facts["contact_groups"][0]["name"] == "Baltic Radar Coalition"
    assert facts["contact_groups"][0]["member_count"] == 9


def test_organisations_and_governments_are_no_contact_groups():
    facts = read("NATO and the EU welcomed the new coalition government in Berlin. The Wagner Group was discussed.")
    assert facts["contact_groups"] == []


# -- meetings -------------------------------------------------------------------------------------------------


def test_the_day_of_the_statement_is_not_the_day_of_the_meeting():
    facts = read(
        "The Ukraine Defense Contact Group will meet in Brussels on April 26, German Defence Minister Karl Weber "
        "said on Monday."
    )
    [meeting] = facts["meetings"]
    assert (meeting["starts"], meeting["place"], meeting["country"]) == ("2024-04-26", "Brussels", "BE")
    assert meeting["status"] == "planned"


def test_the_last_meeting_and_the_next_are_two():
    facts = read(
        "The 20th meeting of the Ukraine Defense Contact Group took place at Ramstein Air Base, Germany, on Tuesday. "
        "The next meeting is planned for April 26 in Brussels."
    )
    held, planned = facts["meetings"]
    assert (held["ordinal"], held["starts"], held["place"], held["status"]) == (20, "2024-03-19", "Ramstein", "held")
    assert held["venue"] == "Ramstein Air Base"
    assert (planned["starts"], planned["place"], planned["status"]) == ("2024-04-26", "Brussels", "planned")


def test_a_postponed_meeting_takes_its_new_date():
    facts = read("The meeting of the Joint Expeditionary Force, planned for 2 April, has been postponed until 9 May.")
    [meeting] = facts["meetings"]
    assert (meeting["status"], meeting["starts"]) == ("postponed", "2024-05-09")


def test_an_open_question_does_not_postpone():
    facts = read("Whether the Joint Expeditionary Force meeting on 9 May will be postponed is still being discussed.")
    assert facts["meetings"][0]["status"] == "planned"


def test_chairs_participants_and_attendance():
    facts = read(
        "The Northern Group met in Oslo on Tuesday, chaired by Norwegian Defence Minister Kari Berg. Ministers from "
        "12 countries attended. Poland, Sweden and Finland were represented by their ministers. Germany did not come."
    )
    [meeting] = facts["meetings"]
    assert meeting["chairs"] == ["Kari Berg"]
    assert {"NO", "PL", "SE", "FI"} <= set(meeting["participants"])
    assert "DE" not in meeting["participants"]
    assert meeting["nation_count"] == 12


@pytest.mark.parametrize(
    "text",
    [
        "Defence Minister Kari Berg of Norway met her Swedish counterpart, Nils Ek, in Oslo on Monday.",
        "Exercise Cold Shield 24 began in Poland on Sunday; 24 countries take part, NATO said.",
        "A third round of peace talks on the war will be held in Istanbul on 22 March.",
        "EU agriculture ministers met in Brussels on Monday to discuss grain from Ukraine.",
    ],
)
def test_what_is_no_multinational_arms_meeting(text):
    assert read(text)["meetings"] == []


# -- packages -------------------------------------------------------------------------------------------------


def test_a_package_with_programme_and_halves():
    facts = read(
        "The United States announced a $2 billion Foreign Military Financing package on Monday, half for Ukraine and "
        "half for Moldova."
    )
    [package] = facts["packages"]
    assert (package["amount"], package["currency"], package["donor"]) == (2e9, "USD", "US")
    assert package["programme"] == "Foreign Military Financing"
    assert package["recipients"] == ["UA", "MD"]
    assert package["shares"] == [{"recipient": "UA", "fraction": 0.5}, {"recipient": "MD", "fraction": 0.5}]
    assert package["announced"] == "2024-03-18"


def test_total_and_parts():
    facts = read(
        "Canada will give Ukraine $35 million in military aid: $30 million for vehicles and $5 million for jammers."
    )
    assert [(p["amount"], p["currency"], p["donor"]) for p in facts["packages"]] == [
        (35e6, "CAD", "CA"), (30e6, "CAD", "CA"), (5e6, "CAD", "CA")
    ]  # fmt: skip
    assert [p["part_of"] for p in facts["packages"]] == [None, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "Washington has provided more than $50 billion in military aid to Ukraine since the invasion.",
        "Germany's defence budget rose to €52 billion.",
        "Nordstahl won a €300 million contract to build howitzers for the army.",
        "Sweden will spend 20 billion kronor on its armed forces next year.",
        "Ukraine received $4 billion in humanitarian aid and budget support.",
    ],
)
def test_sums_that_are_no_package(text):
    assert read(text)["packages"] == []


def test_a_second_currency_in_brackets_is_the_same_sum():
    facts = read("Norway pledged 6.7 billion kroner ($600 million) in military aid to Ukraine.")
    assert [(p["amount"], p["currency"]) for p in facts["packages"]] == [(6.7e9, "NOK")]


# -- the whole ------------------------------------------------------------------------------------------------


def test_capabilities_with_maker():
    facts = read("Kyiv asked for the High Mobility Artillery Rocket System made by Lockheed Martin.")
    assert ("HIMARS", "Lockheed Martin") in [(c["name"], c["maker"]) for c in facts["capabilities"]]


def test_other_languages_are_named_and_not_read():
    facts = read(
        "Der deutsche Verteidigungsminister hat am Dienstag in Berlin erklärt, dass die Gruppe sich in Ramstein "
        "treffen wird und die Ukraine mit weiteren Waffen rechnen kann.",
        title="Treffen in Ramstein",
    )
    assert facts["language"] == "de"
    assert facts["meetings"] == facts["officials"] == []


def test_the_gate_lets_the_short_names_of_groups_through():
    text = "The leaders of the ten JEF nations will meet in Tallinn on 16 and 17 December."
    assert extraction.read("Tallinn prepares", text, None).to_json("x")["relevant"] is True


@pytest.mark.parametrize(
    "text",
    [
        "The chiefs of the general staff of Finland and Chile, Ann Lee and Tom Ray, talked in Oslo.",
        "Officers from Poland heard General Ann Lee speak of drones at a think tank.",
        "Foreign Minister Ann Lee told the press about fisheries.",
    ],
)
def test_the_gate_lets_through_who_serves_a_state(text):
    assert extraction.read("News", text, None).to_json("x")["relevant"] is True


def test_the_gate_passes_over_other_news():
    facts = read("The bakery on the corner sells fresh bread every morning.", title="Bread")
    assert facts["relevant"] is False


def content_of(title, text):
    return f"{title}\n\n{text}"


def spans(facts):
    for section in ("contact_groups", "meetings", "officials", "packages", "capabilities", "statements"):
        for item in facts[section]:
            yield from item["evidence"]


def test_every_value_has_a_true_quote_through_markup_and_zero_width_characters():
    title = "NATO def\u200bence"
    text = (
        "The Ukr\u200baine Defense Con\u00adtact Group met in <b>Brus\u200bsels</b> on 5 March 2024. "
        "[Germany's Defence Minister](https://example.org/a) Bor\u200bis Weber pledged €1\u200b.3 billion for Ukraine."
    )
    facts = read(text, title)
    assert facts["meetings"][0]["place"] == "Brussels"
    assert facts["packages"][0]["amount"] == 1.3e9
    found = list(spans(facts))
    assert found
    for evidence in found:
        assert content_of(title, text)[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert 0 < evidence["confidence"] <= 1
        assert evidence["rule"]


PIECES = st.sampled_from(
    [
        "Germany",
        "NATO",
        " met ",
        "in Brussels",
        " on Tuesday",
        ". ",
        "\n",
        "$2 billion",
        "for Ukraine",
        "\u200b",
        "<b>",
        "Defence Minister ",
        "Karl Weber",
        " said ",
        '"We go"',
        "the Ukraine Defense Contact Group",
        ", ",
        "half",
        "\u202b",
        "مرحبا",
        "will meet",
        "the next meeting ",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join), st.text(max_size=30))
def test_offsets_hold_for_any_text(text, title):
    facts = read(text, title)
    for evidence in spans(facts):
        quote = content_of(title, text)[evidence["start"] : evidence["end"]]
        assert quote == evidence["quote"]
        assert 0 < len(quote) <= 400


@pytest.mark.parametrize(
    "text",
    [
        "the Ukraine Defense Contact Group in Brussels and $2 billion for Ukraine " * 1500,
        "Defence Minister Aa Bb said. " * 4000,
        "the meeting of the " * 6000,
        "(" * 50_000,
        "\ud800 NATO \x00 met " * 500,
    ],
    ids=["no-full-stop", "names", "meetings", "brackets", "surrogates"],
)
def test_odd_and_long_texts_are_read(text):
    facts = read(text)
    assert facts["id"] == "x"


def test_reading_does_not_depend_on_the_process():
    """The order of a set differs from one process to the next; nothing that is read may."""
    program = (
        "import extraction; print(extraction.read('Ministers on defence', "
        "'Australia and Japan spoke of the Quad and of its work on defence.', None))"
    )
    facts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(facts) == 1
    assert "Quad" in facts.pop()
