"""What of a model's answer is believed: only what its quote shows, by the normalisers that the rules use."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_answers import TEXT, TITLE, meeting, official, package, read, shown

from extraction.llm.answer import MAX_ITEMS, AnswerFault, parse_answer
from extraction.llm.schema import ANSWER

TRUE = {
    "a literal name": (meeting(contact_group=shown("Ukraine Defense Contact Group")), "contact_group",
                       "Ukraine Defense Contact Group"),
    "an ordinal": (meeting(ordinal=shown(19, "19th meeting")), "ordinal", 19),
    "a weekday": (meeting(starts=shown("2024-03-19", "on Tuesday"), status=shown("held")), "starts", "2024-03-19"),
    "a day without its year": (meeting("meet again", starts=shown("2024-04-25", "25 April")), "starts", "2024-04-25"),
    "the town of a base": (meeting(place=shown("Ramstein", "Ramstein Air Base")), "place", "Ramstein"),
    "the nation of a base": (meeting(country=shown("DE", "Ramstein Air Base")), "country", "DE"),
    "a town": (meeting("meet again", place=shown("Brussels")), "place", "Brussels"),
    "a state by its verb": (meeting(status=shown("held", "held their 19th meeting")), "status", "held"),
    "a count": (meeting(nation_count=shown(50, "about 50 nations")), "nation_count", 50),
    "a nation by a demonym": (meeting(participants=[shown("DE", "German")]), "participants", ("DE",)),
    "a nation by its name as value": (meeting(participants=[shown("Canada", "Canada")]), "participants", ("CA",)),
    "a person in the chair": (meeting(chairs=[shown("Lloyd Austin")]), "chairs", ("Lloyd Austin",)),
}  # fmt: skip


@pytest.mark.parametrize("case", TRUE)
def test_what_the_quote_shows_is_kept_with_its_span(case):
    answer, field, value = TRUE[case]
    facts, dropped = read(answer)
    [item] = facts.meetings
    assert getattr(item, field) == value
    assert dropped == {}
    content = f"{TITLE}\n\n{TEXT}"
    assert item.evidence
    assert all(content[e.start : e.end] == e.quote for e in item.evidence)


FALSE = {
    "words that are not there": meeting(venue=shown("Hofburg Palace")),
    "a value that its quote does not hold": meeting(venue=shown("Hofburg Palace", "Ramstein Air Base")),
    "another number": meeting(ordinal=shown(20, "19th meeting")),
    "a number that is none": meeting(ordinal=shown("nineteen", "19th")),
    "true as a number": meeting(ordinal=shown(True, "19th")),
    "another day": meeting(starts=shown("2024-03-18", "on Tuesday")),
    "a made-up day in a month": meeting("meet again", starts=shown("2024-04", "25 April")),
    "a day out of words without time": meeting(starts=shown("2024-03-19", "Ramstein Air Base")),
    "a last day before the first": meeting(
        starts=shown("2024-03-19", "on Tuesday"), ends=shown("2024-03-19", "on Tuesday")
    ),
    "a nation elsewhere": meeting(country=shown("BE", "Ramstein Air Base")),
    "a nation that is not named": meeting(participants=[shown("NO", "Germany")]),
    "a code that is no nation's": meeting(participants=[shown("at", "at Ramstein")]),
    "a state against the verb": meeting(status=shown("cancelled", "held their 19th meeting")),
    "a count against the text": meeting(nation_count=shown(54, "about 50 nations")),
    "the first half of a word": meeting(venue=shown("Rams")),
    "the last half of a word": meeting(venue=shown("stein Air Base")),
    "a quote without value": meeting(venue={"quote": "Ramstein Air Base"}),
    "a bare value": meeting(venue="Ramstein Air Base"),
    "a quote that is too long": meeting(venue=shown("Ramstein Air Base", TEXT[:401])),
    "an empty quote": meeting(venue=shown("Ramstein Air Base", "")),
    "a list that is none": meeting(participants="DE"),
}


@pytest.mark.parametrize("case", FALSE)
def test_what_the_quote_does_not_show_is_dropped_and_counted(case):
    facts, dropped = read(FALSE[case])
    assert sum(dropped.values()) == 1, dropped
    [field] = [name.removeprefix("meetings.") for name in dropped]
    [item] = facts.meetings
    assert getattr(item, field) in (None, (), "held")
    assert field not in {e.field for e in item.evidence}


@pytest.mark.parametrize(
    "answer, section",
    [
        (meeting("21st meeting of the Drone Coalition"), "meetings"),
        (official("Vladimir Example"), "officials"),
        (official("ministers"), "officials"),
        (package(900_000_000, "500 million euros"), "packages"),
        (package(500_000_000, "about 50 nations"), "packages"),
        ({"contact_groups": [{"name": shown("Sky Shield Coalition")}]}, "contact_groups"),
        ({"officials": ["Lloyd Austin"]}, "officials"),
        ({"officials": {"name": "Lloyd Austin"}}, "officials"),
    ],
)
def test_an_item_stands_or_falls_with_its_head(answer, section):
    facts, dropped = read(answer)
    assert getattr(facts, section) == ()
    assert dropped == {section: 1}


def test_a_rank_is_no_part_of_a_name():
    facts, _ = read(official("Gen. Karl Weber", affiliation=shown("DE", "German Defence Minister")))
    assert [(o.name, o.affiliation, o.quoted) for o in facts.officials] == [("Karl Weber", "DE", False)]


def test_who_is_quoted_is_shown_by_words_in_quotation_marks():
    said = read(official("Karl Weber", quoted=shown(True, "We stand together")))[0]
    assert said.officials[0].quoted is True
    told, dropped = read(official("Karl Weber", quoted=shown(True, "Germany will provide")))
    assert told.officials[0].quoted is False
    assert dropped == {"officials.quoted": 1}


def test_a_bare_dollar_is_the_donors_if_the_text_names_the_donor():
    dollars = {"amount": shown(30_000_000, "$30 million"), "contents": [shown("drones")]}
    canada = {**dollars, "currency": "CAD", "donor": shown("CA", "Canada")}
    facts, dropped = read({"packages": [canada]})
    assert [(p.amount, p.currency, p.donor) for p in facts.packages] == [(30e6, "CAD", "CA")]
    assert dropped == {}
    facts, dropped = read({"packages": [{**dollars, "currency": "CAD", "donor": shown("CA", "Germany")}]})
    assert [(p.currency, p.donor) for p in facts.packages] == [("USD", None)]
    assert dropped == {"packages.donor": 1, "packages.currency": 1}


def test_of_several_places_the_nearest_to_the_item_counts():
    text = "Norway spoke first. " + "Nothing happened then. " * 5 + "Sweden and Norway will give 40 million euros."
    facts, _ = read(package(40_000_000, "40 million euros", donor=shown("NO", "Norway")), text)
    [donor] = [e for e in facts.packages[0].evidence if e.field == "donor"]
    assert donor.start > len(TITLE) + len(text) - 60


@pytest.mark.parametrize(
    "text, quote",
    [
        ("Ministers of the Drone\nCoalition met.", "Drone Coalition"),
        ("Ministers of the Dr\u200bone Coal\u00adition met.", "Drone Coalition"),
        ("Ministers of the <b>Drone</b> Coalition met.", "Drone Coalition"),
        ("Ministers of ‘Europe’s Drone Coalition’ met.", "Europe's Drone Coalition"),
        ("Ministers of 'Europe's Drone Coalition' met.", "Europe’s Drone Coalition"),
    ],
)
def test_a_quote_is_found_through_what_print_does_to_words_and_offsets_stay_true(text, quote):
    facts, _ = read({"contact_groups": [{"name": shown(quote)}]}, text)
    [group] = facts.contact_groups
    [evidence] = group.evidence
    assert f"{TITLE}\n\n{text}"[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote.endswith("ition")


def test_more_than_an_article_can_hold_is_cut():
    one = {"name": shown("Lloyd Austin")}
    facts, dropped = read({"officials": [one] * (MAX_ITEMS + 5)})
    assert len(facts.officials) == MAX_ITEMS
    assert dropped == {"officials": 5}


@pytest.mark.parametrize(
    "value, quote",
    [
        ("PDA", "presidential drawdown authority"),
        ("presidential drawdown authority", "presidential drawdown authority"),
    ],
)
def test_a_programme_has_one_name_whichever_the_model_gives_it(value, quote):
    text = "The United States will send arms worth $200 million under its presidential drawdown authority."
    money = {"amount": shown(200_000_000, "$200 million"), "currency": "USD", "status": shown("announced", "will send")}
    facts, dropped = read({"packages": [{**money, "programme": shown(value, quote)}]}, text)
    assert [(p.programme, p.status) for p in facts.packages] == [("Presidential Drawdown Authority", "announced")]
    assert dropped == {}
    facts, dropped = read({"packages": [{**money, "programme": shown("FMF", quote)}]}, text)
    assert (facts.packages[0].programme, dropped) == (None, {"packages.programme": 1})


def test_how_far_the_money_has_come_needs_a_verb_that_says_so():
    facts, dropped = read(package(status=shown("delivered", "500 million euros")))
    assert (facts.packages[0].status, dropped) == (None, {"packages.status": 1})


# The form of an answer

GOOD = json.dumps({"meetings": [], "officials": []})


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"Here you are:\n```json\n{GOOD}\n```\nAnything else?",
        f'<think>The schema has {{braces}} and {{"a": 1}}.</think>{GOOD}',
        f"{GOOD}{GOOD}",
    ],
)
def test_the_first_object_with_facts_is_found(text):
    assert parse_answer(text) == {"meetings": [], "officials": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot help with that.",
        GOOD[:-1],
        "[1, 2]",
        '{"answer": 1}',
        '{"meetings": "none"}',
        '{"meetings":' * 100_000,
        '{"meetings": [' + "9" * 5000 + "]}",
        "{" * 500_000,
    ],
    ids=range(9),
)
def test_anything_else_is_a_fault_in_one_line(text):
    with pytest.raises(AnswerFault) as fault:
        parse_answer(text)
    assert "\n" not in str(fault.value)


def _of_schema(schema):
    """Answers of the right form, whose words may or may not be the text's."""
    if "anyOf" in schema:
        return st.one_of(*map(_of_schema, schema["anyOf"]))
    kind = schema["type"]
    if kind == "object":
        return st.fixed_dictionaries({name: _of_schema(part) for name, part in schema["properties"].items()})
    if kind == "array":
        return st.lists(_of_schema(schema["items"]), max_size=2)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return {
        "string": st.sampled_from([*TEXT.replace(".", "").split(), "DE", "2024-03-19"]) | st.text(),
        "integer": st.integers(),
        "number": st.floats(),
        "boolean": st.booleans(),
        "null": st.none(),
    }[kind]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "quote", "name", "amount", "mention", "starts", "chairs"]), inner)
    ),
    max_leaves=12,
)


@given(_of_schema(ANSWER) | st.fixed_dictionaries({}, optional=dict.fromkeys(ANSWER["properties"], ANYTHING)))
def test_no_answer_breaks_the_reading_nor_brings_words_of_its_own(answer):
    facts, _ = read(answer)
    content = f"{TITLE}\n\n{TEXT}"
    for section in (facts.contact_groups, facts.meetings, facts.officials, facts.packages):
        for item in section:
            assert item.evidence
            assert all(content[e.start : e.end] == e.quote and 0 < len(e.quote) <= 400 for e in item.evidence)
            for name in ("name", "label", "title", "venue", "contact_group"):
                words = getattr(item, name, None)
                assert words is None or words in content
