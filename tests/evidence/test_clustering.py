"""Partitioning mentions: whatever the order, bound by judgements, kept apart by contradiction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidence.choices import RecordKind
from evidence.clustering import cluster
from evidence.fields import KindSpec, Node, Proposal, kind_spec
from evidence.models import Record


def of_pairs(proposals=(), conflicts=()) -> KindSpec:
    """A kind whose proposals and conflicts are those given, by signature."""
    forbidden = {frozenset(pair) for pair in conflicts}

    def suggest(nodes):
        known = {node.signature for node in nodes}
        return [Proposal(score, a, b) for score, a, b in proposals if {a, b} <= known]

    return KindSpec(
        kind=RecordKind.MEETING,
        model=Record,
        fields=[],
        features=lambda reading: {},
        block=lambda reading, features: "",
        proposals=suggest,
        conflict=lambda a, b: frozenset((a.get("is"), b.get("is"))) in forbidden,
    )


def nodes(names) -> list[Node]:
    return [Node(name, {"is": name}) for name in names]


def groups(found) -> set[frozenset[str]]:
    return {frozenset(node.signature for node in group) for group in found}


def clustered(names, spec, same=(), different=()) -> set[frozenset[str]]:
    return groups(cluster(nodes(names), spec, same, different))


def sets(*names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_without_proposals_everyone_stands_alone():
    assert clustered("abc", of_pairs()) == sets("a", "b", "c")


def test_proposals_join_transitively():
    assert clustered("abcd", of_pairs([(0.9, "a", "b"), (0.8, "b", "c")])) == sets("abc", "d")


def test_a_conflict_keeps_clusters_apart_and_the_surer_proposal_wins():
    spec = of_pairs([(0.6, "a", "b"), (0.9, "b", "c")], conflicts=[("a", "c")])
    assert clustered("abc", spec) == sets("a", "bc")


def test_same_joins_what_would_conflict():
    spec = of_pairs(conflicts=[("a", "b")])
    assert clustered("ab", spec, same=[("a", "b")]) == sets("ab")


def test_different_parts_what_is_proposed():
    spec = of_pairs([(1.0, "a", "b")])
    assert clustered("ab", spec, different=[("b", "a")]) == sets("a", "b")


def test_different_parts_clusters_not_only_the_two():
    spec = of_pairs([(1.0, "a", "b"), (0.9, "b", "c"), (0.8, "c", "d")])
    assert clustered("abcd", spec, different=[("a", "d")]) == sets("abc", "d")


def test_judgements_on_what_is_not_here_change_nothing():
    assert clustered("ab", of_pairs(), same=[("a", "z")], different=[("y", "z")]) == sets("a", "b")


def test_a_judged_mention_stays_with_those_that_say_the_same():
    """It is a node of its own so that it can be taken out, not because it was."""
    names = ["a", "a#1", "a#2", "b", "b#3"]
    assert clustered(names, of_pairs(), same=[("a#1", "b#3")]) == {frozenset(names)}
    assert clustered(names, of_pairs(), different=[("a#1", "a#2")]) == {
        frozenset(("a", "a#1")),
        frozenset(("a#2",)),
        frozenset(("b", "b#3")),
    }


NAMES = "abcdefgh"
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])


@given(
    st.lists(st.tuples(st.sampled_from([0.5, 0.9, 1.0]), pairs).map(lambda p: (p[0], *p[1])), max_size=12),
    st.lists(pairs, max_size=4),
    st.lists(pairs, max_size=3),
    st.lists(pairs, max_size=3),
    st.permutations(NAMES),
    st.randoms(use_true_random=False),
)
def test_any_order_gives_the_same_clusters(proposals, conflicts, same, different, order, random):
    plain = clustered(NAMES, of_pairs(proposals, conflicts), same, different)
    shuffled = [list(rows) for rows in (proposals, conflicts, same, different)]
    for rows in shuffled:
        random.shuffle(rows)
    turned = [pair[::-1] for pair in shuffled[2]]
    assert clustered(order, of_pairs(*shuffled[:2]), turned, shuffled[3]) == plain
    assert {name for group in plain for name in group} == set(NAMES)
    for a, b in same:
        assert any({a, b} <= group for group in plain)
    bound_together = clustered(NAMES, of_pairs(), same)
    for a, b in different:
        if not any({a, b} <= group for group in bound_together):
            assert not any({a, b} <= group for group in plain)


# The real kinds, over mentions that resemble each other


MEETING = kind_spec(RecordKind.MEETING)
feature_sets = st.fixed_dictionaries(
    {
        "ordinal": st.sampled_from([None, 12, 13]),
        "starts": st.sampled_from([None, "2023-05-24", "2023-05-25", "2023-05-26", "2023-05", "2023-06-15"]),
        "ends": st.just(None),
        "level": st.sampled_from([None, "ministers", "armaments_directors", "other"]),
        "country": st.sampled_from([None, "DE", "BE"]),
        "place": st.sampled_from([None, "ramstein", "brussels"]),
        "status": st.sampled_from([None, "postponed"]),
    }
)


@st.composite
def mentions(draw):
    found = []
    for number, features in enumerate(draw(st.lists(feature_sets, max_size=9, unique_by=str))):
        if features["starts"] is None:
            features = {**features, "said_on": draw(st.sampled_from(["2023-05-20", "2023-05-27"])), "title": "talks"}
        found.append(Node(f"{draw(st.integers(0, 99)):02}-{number}", features))
    return found


@given(mentions(), st.randoms(use_true_random=False))
def test_meetings_cluster_alike_in_any_order(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert groups(cluster(found, MEETING)) == groups(cluster(shuffled, MEETING))


@given(mentions())
def test_no_meeting_has_two_mentions_that_contradict_each_other(found):
    for group in cluster(found, MEETING):
        for a in group:
            for b in group:
                assert a is b or not MEETING.conflict(a.features, b.features)


@given(mentions(), mentions())
def test_conflict_is_mutual(left, right):
    for a in left:
        for b in right:
            assert MEETING.conflict(a.features, b.features) == MEETING.conflict(b.features, a.features)


def faded(name: str) -> Node:
    return Node(name, {"is": name}, faded=True)


def test_what_faded_goes_where_it_fits_best_and_bridges_nothing():
    spec = of_pairs([(0.9, "a", "x"), (0.8, "b", "x"), (0.7, "x", "y")])
    found = groups(cluster([*nodes("ab"), faded("x"), faded("y")], spec))
    assert found == sets("ax", "b", "y")


def test_what_faded_does_not_go_where_it_contradicts():
    spec = of_pairs([(0.9, "a", "x"), (0.8, "b", "x")], conflicts=[("a", "x")])
    assert groups(cluster([*nodes("ab"), faded("x")], spec)) == sets("a", "bx")


@given(mentions(), st.data())
def test_what_faded_changes_no_clusters_of_the_living(found, data):
    gone = {node.signature for node in found if data.draw(st.booleans())}
    mixed = [Node(node.signature, node.features, faded=node.signature in gone) for node in found]
    alone = groups(cluster([node for node in found if node.signature not in gone], MEETING))
    assert {group - gone for group in groups(cluster(mixed, MEETING))} - {frozenset()} == alone
