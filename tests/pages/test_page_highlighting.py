"""A text is cut at the spans of its claims without losing or repeating a letter."""

import pytest

from register.highlighting import Passage, paragraphs

CONTENT = "Title here\n\nFirst 27th meeting in Brussels.\n\nSecond paragraph."


def cut(*spans):
    return paragraphs(CONTENT, [Passage(start, end, kind) for start, end, kind in spans])


def test_without_claims_the_paragraphs_are_whole():
    assert ["".join(s.text for s in p.segments) for p in cut()] == [line for line in CONTENT.split("\n") if line]


@pytest.mark.parametrize(
    "spans",
    [
        [(18, 22, "group"), (22, 30, "group")],
        [(12, 30, "group"), (18, 22, "count")],
        [(12, 25, "group"), (18, 42, "where")],
        [(0, len(CONTENT), "group"), (5, 20, "money"), (30, 50, "people")],
        [(18, 22, "group"), (18, 22, "money")],
    ],
    ids=["adjacent", "nested", "crossing", "over paragraphs", "same span"],
)
def test_every_letter_stands_once_and_every_passage_is_covered(spans):
    found = cut(*spans)
    assert ["".join(s.text for s in p.segments) for p in found] == [line for line in CONTENT.split("\n") if line]
    opened = [p.number for par in found for s in par.segments for p in s.opens]
    assert sorted(opened) == list(range(1, len(spans) + 1))


def test_where_passages_overlap_the_inner_one_shows():
    (_, paragraph, _) = cut((12, 30, "group"), (18, 22, "count"))
    assert [(s.text, s.passage.kind if s.passage else "") for s in paragraph.segments] == [
        ("First ", "group"),
        ("27th", "count"),
        (" meeting", "group"),
        (" in Brussels.", ""),
    ]
    assert [[p.number for p in s.closes] for s in paragraph.segments] == [[], [2], [1], []]


def test_crossing_passages_both_reach_their_end():
    (_, paragraph, _) = cut((12, 22, "group"), (18, 30, "where"))
    assert [(s.text, s.passage.number if s.passage else 0) for s in paragraph.segments] == [
        ("First ", 1),
        ("27th", 1),
        (" meeting", 2),
        (" in Brussels.", 0),
    ]


def test_a_passage_is_noted_in_the_paragraph_where_it_begins():
    found = cut((0, 20, "group"), (25, 50, "where"))
    assert [[p.number for p in paragraph.passages] for paragraph in found] == [[1], [2], []]


def test_a_space_between_two_passages_is_no_link_of_its_own():
    (_, paragraph, _) = cut((12, 30, "group"), (12, 17, "where"), (18, 30, "count"))
    assert [(s.text, s.is_linked) for s in paragraph.segments if s.passage][:3] == [
        ("First", True),
        (" ", False),
        ("27th meeting", True),
    ]
