"""What sources state of parts may come to more than the whole; what the register counts may not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from factories import package, published, row
from hypothesis import given
from hypothesis import strategies as st

from evidence.choices import Decision
from evidence.invariants import check
from evidence.models import Change, Claim
from evidence.rebuild import rebuild
from evidence.services import create_record, decide, state_value
from funding.apportioning import ROUNDING, within
from funding.models import Allocation, Contribution, Package

pytestmark = [pytest.mark.usefixtures("reference_db")]


def counted() -> set[str]:
    rows = [*Allocation.objects.live().filter(set_aside=False), *Contribution.objects.live().filter(set_aside=False)]
    return {str(share.nation_id) for share in rows}


@pytest.fixture
def whole(editor):
    return package(editor, "1000")


def test_the_part_that_no_longer_fits_is_set_aside_and_named(editor, whole):
    row(editor, "allocation", whole, nation="UA", fraction="0.7", basis="stated")
    row(editor, "allocation", whole, nation="MD", fraction="0.3", basis="stated")
    assert counted() == {"UA", "MD"}
    late = row(editor, "allocation", whole, nation="GE", fraction="0.1", basis="stated")
    assert counted() == {"UA", "MD"}
    assert Change.objects.filter(record=late, fields=["set_aside"]).exists()
    assert list(check()) == []


def test_sums_and_fractions_share_one_whole(editor, whole):
    row(editor, "contribution", whole, nation="DE", amount="600")
    row(editor, "contribution", whole, nation="FR", fraction="0.5")
    assert counted() == {"DE"}
    assert list(check()) == []


def test_it_is_counted_again_once_there_is_room(editor, whole):
    large = row(editor, "allocation", whole, nation="UA", fraction="0.7", basis="stated")
    row(editor, "allocation", whole, nation="MD", fraction="0.6", basis="stated")
    assert counted() == {"UA"}
    state_value(record=Allocation.objects.get(pk=large), field="fraction", value="0.4", by=editor)
    assert counted() == {"UA", "MD"}
    state_value(record=Allocation.objects.get(pk=large), field="fraction", value="0.7", by=editor)
    claim = Claim.objects.filter(mention=large, field="exists").get()
    decide(claim=claim, decision=Decision.REJECT, by=editor)
    assert counted() == {"MD"}


def test_a_larger_sum_makes_room_for_stated_amounts(editor, whole):
    row(editor, "allocation", whole, nation="UA", amount="700", basis="stated")
    row(editor, "allocation", whole, nation="MD", amount="600", basis="stated")
    assert counted() == {"UA"}
    state_value(record=Package.objects.get(), field="amount", value={"number": "1300", "currency": "EUR"}, by=editor)
    assert counted() == {"UA", "MD"}


def test_what_an_editor_decided_is_counted_before_what_articles_say(editor, plain_reader):
    for name in ("a", "b", "c"):
        published(
            "PACKAGE amount=1000; currency=EUR; donor=DE; announced=2024-05-01; status=announced; recipients=UA,MD; "
            "shares=UA:0.9",
            name=name,
            url=f"https://{name}.example/1",
            publisher=name,
        )
    said = Allocation.objects.live().get(nation="UA")
    assert said.fraction == Decimal("0.9")
    state_value(record=Allocation.objects.live().get(nation="MD"), field="fraction", value="0.2", by=editor)
    assert "UA" not in counted()
    assert "MD" in counted()
    state_value(record=said, field="fraction", value="0.8", by=editor)
    assert {"UA", "MD"} <= counted()


def test_a_hedged_sum_leaves_room(editor):
    about = {"number": 1000, "currency": "EUR", "qualifier": "about"}
    pk = create_record(kind="package", values={"amount": about}, by=editor)
    row(editor, "contribution", pk, nation="DE", amount="600")
    row(editor, "contribution", pk, nation="FR", amount="480")
    assert counted() == {"DE", "FR"}
    row(editor, "contribution", pk, nation="PL", amount="30")
    assert counted() == {"DE", "FR"}


SIZES = st.sampled_from(["0.1", "0.3", "0.33333333", "0.5", "0.7", "1"])
SUPPORTS = st.tuples(st.booleans(), st.sampled_from([0.5, 0.8, 1.6]))


@given(stated=st.lists(st.tuples(SIZES, SUPPORTS), min_size=1, max_size=6), data=st.data())
def test_in_any_order_the_same_parts_are_counted_and_they_fit(stated, data):
    rows, weights = [], {}
    for nation, (size, support) in zip(["UA", "MD", "GE", "PL", "RO", "LT"], stated, strict=False):
        rows.append(Allocation(nation_id=nation, fraction=Decimal(size), state="live"))
        weights[rows[-1].pk] = support
    first = {share.nation_id for share, _ in within(rows, None, weights)}
    again = {share.nation_id for share, _ in within(data.draw(st.permutations(rows)), None, weights)}
    assert again == first
    kept = [share for share in rows if share.nation_id not in first]
    assert sum(share.fraction for share in kept) <= 1 + ROUNDING
    left_out = [share for share in rows if share.nation_id in first]
    assert all(sum(share.fraction for share in kept) + share.fraction > 1 for share in left_out)


def test_a_replay_sets_the_same_parts_aside_and_changes_nothing(editor, whole):
    for nation, fraction in [("UA", "0.5"), ("MD", "0.4"), ("GE", "0.3"), ("PL", "0.1")]:
        row(editor, "allocation", whole, nation=nation, fraction=fraction, basis="stated")
    before, changes = counted(), Change.objects.count()
    assert before == {"UA", "MD", "PL"}
    assert rebuild().changed == 0
    assert (counted(), Change.objects.count()) == (before, changes)
