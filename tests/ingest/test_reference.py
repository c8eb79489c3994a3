"""The reference files in the database: loaded again, changed, changed back, and faulty."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from register_content import row_counts

from evidence.models import Claim, ImportedRow
from ingest.reference import DIRECTORY, ReferenceError, load
from meetings.models import ContactGroup

pytestmark = pytest.mark.usefixtures("reference_db")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    shutil.copytree(DIRECTORY, tmp_path / "reference")
    return tmp_path / "reference"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_loading_again_changes_nothing():
    before = row_counts()
    load()
    assert row_counts() == before


def test_a_changed_row_replaces_its_former_self_and_may_come_back(files):
    groups = files / "contact_groups.csv"
    group = ContactGroup.objects.live().get(name="Ukraine Defense Contact Group")
    replace(groups, "Ukraine Defense Contact Group", "Contact Group for Ukraine")
    load(files)
    changed = ContactGroup.objects.live().get(name="Contact Group for Ukraine")
    assert changed.pk == group.pk
    assert ImportedRow.objects.filter(file="contact_groups.csv", row_key="udcg").count() == 2
    counts = Claim.objects.count()
    replace(groups, "Contact Group for Ukraine", "Ukraine Defense Contact Group")
    load(files)
    assert ContactGroup.objects.live().get(pk=group.pk).name == "Ukraine Defense Contact Group"
    assert Claim.objects.count() == counts
    assert ImportedRow.objects.filter(file="contact_groups.csv", row_key="udcg", live=True).count() == 1


def test_a_row_that_is_gone_is_withdrawn(files):
    groups = files / "contact_groups.csv"
    lines = groups.read_text(encoding="utf-8").splitlines(keepends=True)
    last = lines[-1].partition(",")[0]
    live = ContactGroup.objects.live().count()
    groups.write_text("".join(lines[:-1]), encoding="utf-8")
    load(files)
    assert not ImportedRow.objects.filter(file="contact_groups.csv", row_key=last, live=True).exists()
    assert ContactGroup.objects.live().count() == live - 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("alliances.csv", "1949-08-24", "1949-14-24"),
        ("contact_groups.csv", "udcg", "udcg2"),
        ("nations.csv", "iso2", "x"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_is_loaded(files, file, old, new):
    before = row_counts()
    replace(files / file, old, new)
    with pytest.raises(ReferenceError, match=file):
        load(files)
    assert row_counts() == before


def test_a_missing_file_is_named(files):
    (files / "topics.csv").unlink()
    with pytest.raises(ReferenceError, match=r"topics\.csv is missing"):
        load(files)
