"""What of all that an outlet says can be accepted in one go: of each field one value, and none that coarsens it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from evidence.actions import value_of
from evidence.choices import RecordState
from evidence.fields import EXISTS, Combine, FieldSpec, Value, always, kind_spec
from evidence.models import Claim, Outlet, SettledField


@dataclass(frozen=True)
class Acceptable:
    """A claim whose value can be accepted, and the value of its record's field before and after."""

    claim: Claim
    kind: str
    record: UUID
    now: Value
    then: Value

    @property
    def changes(self) -> bool:
        return bool(self.now != self.then)


def acceptable(outlet: Outlet, confidence: float) -> list[Acceptable]:
    """What an outlet's articles say at least so surely, of live records, on whose field nobody decided.

    What would change a field comes first. Left out is what no editor is asked: words that sources vary freely; and
    where the outlet says several things of one field, all but the one that the field holds. Which of several others
    is right, and whether a chair was a participant after all, is not to be decided unseen.
    """
    fields: dict[tuple[UUID, str], list[Claim]] = defaultdict(list)
    claims: Any = (
        Claim.objects.filter(
            snapshot__article__outlet=outlet,
            run__live=True,
            confidence__gte=confidence,
            mention__binding__record__state=RecordState.LIVE,
        )
        .exclude(field=EXISTS)
        .select_related("mention__binding", "target__binding")
        .order_by("-confidence", "pk")
    )
    for claim in claims:
        fields[claim.mention.binding.record_id, claim.field].append(claim)
    settled = {
        (row.record_id, row.field): row
        for row in SettledField.objects.filter(record__in={record for record, _ in fields}).select_related("settlement")
    }
    found = []
    for (record, name), said in fields.items():
        row = settled.get((record, name))
        spec = kind_spec(said[0].mention.kind).by_name[name]
        if row is None or row.decided or spec.compatible is always or not spec.columns(None):
            continue
        now = row.settlement.value
        for claim in _chosen(spec, now, said):
            then = value_of(claim)
            if spec.combine is Combine.MANY:
                then = now if then in (now or ()) else [*(now or ()), then]
            found.append(Acceptable(claim, claim.mention.kind, record, now, then))
    return sorted(found, key=lambda one: (not one.changes, one.claim.pk))


def _chosen(spec: FieldSpec, now: Value, said: Sequence[Claim]) -> list[Claim]:
    """Of what is said of one field, the surest first, what can be accepted; one claim a value."""
    by_value: dict[str, Claim] = {}
    for claim in said:
        by_value.setdefault(repr(value_of(claim)), claim)
    if spec.combine is Combine.MANY:
        return list(by_value.values())
    if repr(now) in by_value:
        return [by_value[repr(now)]]
    others = [claim for claim in by_value.values() if now is None or not spec.refines(now, value_of(claim))]
    return others if len(others) == 1 else []
