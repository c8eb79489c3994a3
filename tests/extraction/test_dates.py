import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.date_resolution import resolve
from extraction.dates import find_dates

FRIDAY = datetime.date(2022, 9, 9)


@pytest.mark.parametrize(
    "text, direction, expected",
    [
        ("on Sept. 28", "future", ("2022-09-28", None)),
        ("on 28.09.2022", "near", ("2022-09-28", None)),
        ("the 28th of September", "near", ("2022-09-28", None)),
        ("on 2022-09-28", "near", ("2022-09-28", None)),
        ("on Wednesday", "past", ("2022-09-07", None)),
        ("on Wednesday", "future", ("2022-09-14", None)),
        ("last Thursday", "near", ("2022-09-08", None)),
        ("next Tuesday", "near", ("2022-09-13", None)),
        ("later this month", "near", ("2022-09", None)),
        ("next month", "near", ("2022-10", None)),
        ("from 8 to 9 June", "past", ("2022-06-08", "2022-06-09")),
        ("15-16 October", "future", ("2022-10-15", "2022-10-16")),
        ("July 25-28", "past", ("2022-07-25", "2022-07-28")),
        ("May 31 through June 1", "past", ("2022-05-31", "2022-06-01")),
        ("08-09.12.2027", "near", ("2027-12-08", "2027-12-09")),
        ("in early March", "past", ("2022-03", None)),
        ("in November 2024", "near", ("2024-11", None)),
        ("Dec. 30", "past", ("2021-12-30", None)),
        ("yesterday", "near", ("2022-09-08", None)),
        ("two days ago", "near", ("2022-09-07", None)),
        ("the day after tomorrow", "near", ("2022-09-11", None)),
        ("planned for May", "future", ("2023-05", None)),
        ("put off until March", "future", ("2023-03", None)),
        ("at the end of the month", "near", ("2022-09", None)),
        ("at the start of next month", "near", ("2022-10", None)),
    ],
)
def test_resolves_against_publication(text, direction, expected):
    [mention] = find_dates(text)
    assert resolve(mention, FRIDAY, direction) == expected


@pytest.mark.parametrize("text", ["on Wednesday", "Sept. 28", "in July", "tomorrow", "last month"])
def test_nothing_is_guessed_without_publication_date(text):
    [mention] = find_dates(text)
    assert resolve(mention, None) is None


def test_a_full_date_needs_no_publication_date():
    [mention] = find_dates("on 14 February 2024")
    assert resolve(mention, None) == ("2024-02-14", None)


@pytest.mark.parametrize("text", ["He may go", "a march through the town", "they march on", "31 February 2024 men"])
def test_words_that_look_like_months_are_left_alone(text):
    assert [resolve(m, FRIDAY) for m in find_dates(text) if resolve(m, FRIDAY)] in ([], [("2024-02", None)])


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31)), st.text(max_size=20))
def test_a_written_date_is_read_back(day, noise):
    text = f"{noise} on {day.day} {day:%B} {day.year}."
    found = [resolve(m, None) for m in find_dates(text)]
    assert (day.isoformat(), None) in found


@given(st.text(max_size=300))
def test_any_text_gives_spans_of_itself(text):
    for mention in find_dates(text, 7):
        assert text[mention.start - 7 : mention.end - 7] == mention.text
        resolve(mention, FRIDAY, "past")
