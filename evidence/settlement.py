"""The rules by which a field of a record is settled from its claims; pure.

1. The latest human decision holds: an editor's statement, or an accepted value. A rejected value is out,
   whoever repeats it.
2. Else the value with the most support: the sum, over independent stories, of the best outlet reliability x
   confidence in each. A value also carries the support of those it makes more exact, once it is public itself.
3. Ties go to the later article, then to content, never to what arrived first.
4. Nothing under the publication threshold is stated, counting those who say the value or more; two values at or
   above it that cannot both be true make the field contested.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import fsum

from evidence.choices import Reason
from evidence.fields import EARLIEST, NEVER, Candidate, Combine, FieldSpec, KindSpec, Value


@dataclass(frozen=True)
class Settled:
    """The outcome for one field."""

    value: Value
    # What it was taken from; of a set, the surest of its members.
    leading: Candidate | None
    reason: Reason
    contested: bool
    decided: bool
    stories: int
    support: float
    rejected: bool = False


def settle_field(
    spec: FieldSpec, candidates: Sequence[Candidate], threshold: float, since: datetime.date | None = None
) -> Settled:
    """Choose the value of one field; pure, and independent of the order of `candidates`."""
    if not candidates:
        return NOTHING
    standing = [candidate for candidate in candidates if not candidate.rejected]
    if since is not None:
        current = [c for c in standing if (c.latest or EARLIEST) >= since or c.stated_at or c.accepted_at]
        standing = current or standing
    weighed = [
        replace(
            c,
            # Summed exactly: rounding must not depend on the order.
            support=fsum(o.support for o in standing if o is c or o.value == c.value or spec.refines(c.value, o.value)),
        )
        for c in standing
    ]
    # Whoever says the day says the month: a value is public by those who say it or more, not by those who say less.
    public = [
        c
        for c in weighed
        if fsum(o.support for o in standing if o.value == c.value or spec.refines(o.value, c.value)) >= threshold
    ]
    if spec.combine is Combine.MANY:
        return _settle_set(weighed, public)

    decided = [c for c in weighed if c.decided]
    if decided:
        winner = max(decided, key=lambda c: (c.decided_at, c.tie_break))
        latest_word_is_own = winner.stated_at is not None and winner.stated_at == winner.decided_at
        reason = Reason.EDITOR if latest_word_is_own else Reason.ACCEPTED
    elif not public:
        return Settled(
            None,
            None,
            Reason.NONE,
            False,
            False,
            0,
            max((c.support for c in weighed), default=0.0),
            rejected=bool(candidates) and not standing,
        )
    elif spec.combine is Combine.LATEST:

        def last(c: Candidate) -> bool:
            """Nothing can follow it, unless more is said for what it would have to follow."""
            return spec.final(c.value) and not any(spec.disputes(c, o) and o.support > c.support for o in public)

        winner = max(public, key=lambda c: (last(c), c.latest or EARLIEST, c.support, c.tie_break))
        reason = Reason.TRANSITION
    else:
        # A more exact value carries all that the vaguer one has; it must win even where that is all there is.
        winner = max(
            public,
            key=lambda c: (
                c.support,
                sum(spec.refines(c.value, o.value) for o in public),
                c.latest or EARLIEST,
                c.tie_break,
            ),
        )
        reason = Reason.SUPPORT
    contested = not decided and any(
        not spec.agree(a.value, b.value) or spec.disputes(a, b) or spec.disputes(b, a)
        for a, b in combinations(public, 2)
    )
    return Settled(winner.value, winner, reason, contested, bool(decided), winner.stories, round(winner.support, 4))


def _settle_set(weighed: Sequence[Candidate], public: Sequence[Candidate]) -> Settled:
    members = {repr(c.value): c for c in [*public, *(c for c in weighed if c.stated_at or c.accepted_at)]}
    if not members:
        return NOTHING
    ordered = [members[key] for key in sorted(members)]
    best = max(ordered, key=lambda c: (c.support, c.tie_break))
    decided = any(c.stated_at or c.accepted_at for c in ordered)
    return Settled(
        [c.value for c in ordered],
        best,
        Reason.EDITOR if decided else Reason.SUPPORT,
        False,
        decided,
        best.stories,
        round(best.support, 4),
    )


NOTHING = Settled(None, None, Reason.NONE, False, False, 0, 0.0)


def settle_fields(
    spec: KindSpec, candidates: Mapping[str, Sequence[Candidate]], threshold: float
) -> dict[str, Settled]:
    """Choose the value of every field of a kind; of fields that exclude each other one holds, by the same rules."""
    outcomes = {}
    for field in spec.fields:
        since = field.restart(candidates) if field.restart else None
        outcomes[field.name] = settle_field(field, candidates.get(field.name, ()), threshold, since)
    rivals = [name for name in spec.either if outcomes[name].value is not None]
    if len(rivals) > 1:

        def weight(name: str) -> tuple[bool, datetime.datetime, float, str]:
            latest = max((c.decided_at for c in candidates[name] if c.decided), default=NEVER)
            return outcomes[name].decided, latest, outcomes[name].support, name

        for name in sorted(rivals, key=weight)[:-1]:
            outcomes[name] = replace(NOTHING, support=outcomes[name].support)
    return outcomes
