"""What an editor should look at first, and where sources have come to disagree with an editor.

The review queue is ordered by doubt x reach, both computed when a field is settled:

- *Doubt*, 0 to 1. A field on which an editor decided has none; a contested one has all. Else it is 1 where the support
  stands at the publication threshold and falls to 0 at half the threshold above or below it: what two stories say is
  settled, and what hardly anything says is not worth a question.
- *Reach*: the weight of the kind (below) times the number of independent stories that speak of the field; of a set,
  such as other names, that speak of the value.

Asked is only what an answer can change: of an unconfirmed record whether it exists; of a row that is part of a record,
such as an attendance, whether it exists and what is contested of it, as its undisputed values stand or fall with it;
nothing of words that sources vary freely, nor of fields that only tell records apart.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

from evidence.choices import RecordKind, RecordState
from evidence.fields import EXISTS, Candidate, Combine, FieldSpec, KindSpec, always

# Meetings and packages head the timeline, the feeds and the sums; what has a page of its own is read by name;
# the rest is a line on the page of its whole.
WEIGHT = {RecordKind.MEETING: 3, RecordKind.PACKAGE: 3}
PAGE, LINE = 2, 1


class Outcome(Protocol):
    """What of a settled field matters here."""

    @property
    def contested(self) -> bool: ...
    @property
    def decided(self) -> bool: ...
    @property
    def support(self) -> float: ...


def reach(kind: KindSpec, candidates: Sequence[Candidate]) -> int:
    """How far a mistake in this field would go."""
    weight = WEIGHT.get(kind.kind, LINE if kind.parent else PAGE)
    return weight * sum(candidate.stories for candidate in candidates if not candidate.rejected)


def doubt(outcome: Outcome, candidates: Sequence[Candidate], threshold: float) -> float:
    """0 to 1: how open it is whether the settled value is right."""
    if outcome.decided or not undecided(candidates):
        return 0.0
    return 1.0 if outcome.contested else _nearness(outcome.support, threshold)


def undecided(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Values on which no editor has said a word that holds."""
    return [candidate for candidate in candidates if not candidate.rejected and not candidate.decided]


def _nearness(support: float, threshold: float) -> float:
    half = threshold / 2
    return max(0.0, 1 - abs(support - threshold) / half) if half else 0.0


def priority(
    kind: KindSpec,
    field: FieldSpec,
    state: str,
    outcome: Outcome,
    candidates: Sequence[Candidate],
    threshold: float,
) -> float:
    """Doubt x reach; 0 keeps a field out of the queue."""
    if field.name == EXISTS:
        asked = state in (RecordState.LIVE, RecordState.UNCONFIRMED)
    else:
        silent = field.compatible is always or not field.columns(None)
        asked = state == RecordState.LIVE and not silent and (outcome.contested or not kind.parent)
    if not asked:
        return 0.0
    if field.combine is Combine.MANY:
        # Each value of a set is decided by itself; the set waits as long as one of them does.
        each = [_nearness(c.support, threshold) * reach(kind, [c]) for c in undecided(candidates)]
        return round(max(each, default=0.0), 4)
    return round(doubt(outcome, candidates, threshold) * reach(kind, candidates), 4)


def news(field: FieldSpec, candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Values that sources brought after an editor's decision and against it, the latest first.

    Such a value could be published by itself, and either cannot be true together with the one decided on, or was
    rejected before. In a history also one that came later. Where nobody has decided, what was imported stands in the
    decision's place, whichever came first.
    """
    held = max((c for c in candidates if c.decided), key=lambda c: (c.decided_at, c.tie_break), default=None)
    if held is None and not any(c.rejected for c in candidates):
        return _against_imported(field, candidates, threshold)
    found = [
        c
        for c in candidates
        if c.heard_at
        and c.support >= threshold
        and (
            c.heard_at > c.rejected_at
            if c.rejected_at
            else held is not None and c.heard_at > held.decided_at and _contradicts(field, c, held)
        )
    ]
    return sorted(found, key=lambda c: (c.heard_at, c.tie_break), reverse=True)


def _against_imported(field: FieldSpec, candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Values that articles alone give, and that cannot be true together with the best that was imported."""
    held = max(
        (c for c in candidates if c.cited and c.support >= threshold),
        key=lambda c: (c.support, c.tie_break),
        default=None,
    )
    if held is None or field.combine is Combine.MANY:
        return []
    found = [
        c
        for c in candidates
        if c.heard_at and not c.cited and c.support >= threshold and not field.agree(c.value, held.value)
    ]
    return sorted(found, key=lambda c: (c.heard_at, c.tie_break), reverse=True)


def _contradicts(field: FieldSpec, new: Candidate, held: Candidate) -> bool:
    if new is held or field.combine is Combine.MANY:
        return False
    if field.combine is Combine.LATEST and not field.final(held.value):
        day = held.latest or datetime.date.min
        return (new.latest or datetime.date.min) >= day
    return not field.agree(new.value, held.value)


def drifted_at(field: FieldSpec, candidates: Sequence[Candidate], threshold: float) -> datetime.datetime | None:
    """When a source last came in that disagrees with an editor, or with what was imported; None where none does."""
    return max((c.heard_at for c in news(field, candidates, threshold) if c.heard_at), default=None)
