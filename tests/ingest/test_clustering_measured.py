"""Articles about one meeting become one meeting: measured on the set of data/clustering."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evidence.invariants import check
from ingest.clustering import HELD_OUT, SET, articles_of, described, key_of, measured, take_in
from ingest.management.commands.scorecard import clustering

# Announced for a day that was not kept, retold with a wrong number, corrected, moved to another day.
FEW = {"udcg-2023-01-20", "udcg-2024-01-23", "udcg-2025-12-16"}


def test_the_key_is_sound():
    key = key_of()
    files = {path.stem for path in (SET / "articles").glob("*.json")}
    assert files == set(articles_of(key))
    assert len(files) >= 60
    assert len({told.meeting for told in key}) >= 15
    assert min(sum(other.meeting == told.meeting for other in key) for told in key) >= 3


def test_articles_about_three_meetings_become_three(reference_db):
    key = [told for told in key_of() if told.meeting in FEW]
    take_in(SET, articles_of(key))
    found = measured(key)
    assert (found.precision, found.recall, found.mixed, found.split) == (1.0, 1.0, [], {})
    assert list(check()) == []
    section = clustering({"Own set": found})
    assert all(what in section and figure in section for what, figure in described(found))


@pytest.mark.parametrize(
    "content", ["", "[", '[{"article": "01"}]', '[{"article": "x", "words": "y", "meeting": "z"}]']
)
def test_a_key_that_cannot_be_used_is_refused_in_words(tmp_path, content):
    if content:
        (tmp_path / "key.json").write_text(content)
    with pytest.raises(CommandError) as refused:
        call_command("clustering", str(tmp_path), stdout=StringIO())
    assert str(tmp_path) in str(refused.value)


@pytest.mark.long
@pytest.mark.parametrize("directory", [SET, HELD_OUT], ids=["own", "held out"])
def test_the_whole_set_reaches_its_targets(reference_db, directory):
    key = key_of(directory)
    take_in(directory, articles_of(key))
    found = measured(key, directory)
    assert found.precision >= 0.98
    assert found.recall >= 0.95
    assert list(check()) == []
