"""Which links are held so that none lead in a circle: few, the weakest, and the same ones in whatever order."""

from __future__ import annotations

import datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from evidence.choices import Reason
from evidence.circles import Link, closing, reached
from evidence.fields import Candidate
from evidence.settlement import Settled

RECORDS = [UUID(int=number) for number in range(5)]
MOMENT = datetime.datetime(2025, 2, 10, tzinfo=datetime.UTC)


@st.composite
def settled(draw: st.DrawFn) -> Settled:
    support = draw(st.sampled_from((0.6, 0.9)))
    decided_at = draw(st.none() | st.sampled_from((MOMENT, MOMENT + datetime.timedelta(days=1))))
    latest = draw(st.none() | st.just(MOMENT.date()))
    leading = Candidate("", support, 1, latest, "", accepted_at=decided_at)
    return Settled("", leading, Reason.SUPPORT, False, decided_at is not None, 1, support)


wanted = st.dictionaries(
    st.builds(Link, st.sampled_from(RECORDS), st.sampled_from(("part_of", "restates")), st.sampled_from(RECORDS)),
    settled(),
    max_size=8,
)


def leads(links) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for link in links:
        found.setdefault(link.source, set()).add(link.target)
    return found


@given(wanted, st.randoms())
def test_no_circle_is_left_and_nothing_is_held_without_one(links, random):
    content = {pk: str(pk) for pk in RECORDS}
    held = closing(links, content)
    kept = leads(links.keys() - held)
    assert not any(pk in reached(kept, pk) for pk in kept)
    for link in held:
        assert link.source == link.target or link.source in reached(kept, link.target)
        # A decision gives way to decisions alone.
        if links[link].decided and link.source != link.target:
            decided = leads(other for other in links.keys() - held if links[other].decided)
            assert link.source in reached(decided, link.target)
    order = list(links.items())
    random.shuffle(order)
    assert closing(dict(order), content) == held


@given(wanted, st.permutations(RECORDS))
def test_ids_decide_nothing_where_records_tell_themselves_apart(links, others):
    """Ids rest on what arrived first."""
    other = dict(zip(RECORDS, others, strict=True))
    content = {pk: f"record {number}" for number, pk in enumerate(RECORDS)}
    renamed = {Link(other[link.source], link.field, other[link.target]): found for link, found in links.items()}
    held = closing(renamed, {other[pk]: words for pk, words in content.items()})
    assert held == {Link(other[link.source], link.field, other[link.target]) for link in closing(links, content)}
