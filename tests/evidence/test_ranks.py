"""In which order kinds are bound."""

from evidence.fields import kinds_by_rank, kinds_in_order


def test_what_a_kind_refers_to_is_bound_before_it():
    ranks = kinds_by_rank()
    place = {spec.kind: number for number, rank in enumerate(ranks) for spec in rank}
    assert sorted(place) == sorted(spec.kind for spec in kinds_in_order())
    for rank in ranks:
        for spec in rank:
            for other in kinds_in_order():
                if spec.refers_to(other) and spec is not other:
                    assert place[other.kind] < place[spec.kind], (spec.kind, other.kind)
    assert place["meeting"] < place["attendance"]
    assert place["official"] < place["attendance"]
