"""Keys by which records are compared fit their column, whatever the names they are made of."""

from __future__ import annotations

import pytest
from factories import published

from evidence.invariants import check
from evidence.rebuild import rebuild


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_names_as_long_as_their_columns_settle_once_and_for_all():
    long = "a" * 300
    published(f"GROUP name={long}", f"OFFICIAL name={long[:190]} {long[:9]}; affiliation={long}", name="a")
    published(f"PACKAGE amount=5; currency=EUR; donor={long}; programme={long[:200]}", name="b")
    assert list(check()) == []
    assert rebuild().changed == 0
