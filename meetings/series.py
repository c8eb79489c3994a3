"""Which series a meeting is counted in: that of its group, or of the body that the group keeps for its level.

The armaments directors of a contact group meet as a body of their own. Whether a source says that the group met at
their level or that the body met, it is the same meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from evidence.choices import RecordKind
from evidence.models import Binding, Change, Claim
from evidence.statements import prepared
from meetings.choices import GroupKind, Level
from meetings.models import ContactGroup

# Kinds of group that are the meeting of one level; a coalition or an alliance's body meets at several.
OF_ONE_LEVEL = {level for level in Level.values if level in GroupKind.values} - {Level.OTHER.value}
# What a group's place among the others rests on.
KINSHIP = {"state", "parent", "group_kind"}


# The group at hand, or the one body of that level which it has; and the group whose only body of its level that is.
SERIES = """
WITH bodies AS (
    SELECT min(g.record_ptr_id::text) AS id, g.parent_id, g.group_kind
    FROM meetings_contactgroup g JOIN evidence_record r ON r.id = g.record_ptr_id
    WHERE g.group_kind = ANY(%(levels)s) AND r.state = 'live'
      AND g.parent_id IN (%(group)s::uuid, (SELECT parent_id FROM meetings_contactgroup
                                            WHERE record_ptr_id = %(group)s::uuid))
    GROUP BY g.parent_id, g.group_kind HAVING count(*) = 1
)
SELECT id, parent_id::text, group_kind FROM bodies
WHERE id = %(group)s::uuid::text OR (parent_id = %(group)s::uuid AND group_kind = %(level)s::text)
"""


class Series(NamedTuple):
    """Where a meeting is counted: the group's id; for a body of one level, of which group, and for which level."""

    group: str
    whole: str | None = None
    level: str | None = None


def series(group: str, level: str | None) -> Series:
    """The series in which a meeting of `group` at `level` is counted. One query."""
    with prepared() as cursor:
        cursor.execute(SERIES, {"group": group, "level": level or "", "levels": sorted(OF_ONE_LEVEL)})
        found = cursor.fetchone()
    return Series(*found) if found else Series(group)


def parent_of(group: str) -> list[str]:
    """The id of the group that this one belongs to, if it belongs to one."""
    found = ContactGroup.objects.filter(pk=group, parent__isnull=False).values_list("parent", flat=True)
    return [str(parent) for parent in found]


BODY_OF = """
SELECT FROM meetings_contactgroup g JOIN evidence_record r ON r.id = g.record_ptr_id
WHERE r.id = %s::uuid AND g.parent_id = %s::uuid AND r.state = 'live'
"""


def is_body_of(a: str, b: str) -> bool:
    """Does group `a` belong to group `b`, so that whoever names `a` says all that `b` would?"""
    if a == b:
        return False
    with prepared() as cursor:
        cursor.execute(BODY_OF, [a, b])
        return cursor.fetchone() is not None


def recounted(changes: Sequence[Change]) -> set[UUID]:
    """Mentions of meetings that may belong to another series after these changes of records."""
    groups = [
        change.record_id
        for change in changes
        if change.record.kind == RecordKind.CONTACT_GROUP and KINSHIP & set(change.fields)
    ]
    if not groups:
        return set()
    blocks = [f"group {group}" for group in groups]
    there = Binding.objects.filter(kind=RecordKind.MEETING, block__in=blocks).values_list("mention", flat=True)
    parents = ContactGroup.objects.filter(pk__in=groups, group_kind__in=OF_ONE_LEVEL, parent__isnull=False)
    pointing = Claim.objects.filter(
        # Meetings of a body are compared among those of its group, wherever they were before.
        Q(target__binding__record__in=groups) | Q(target__binding__record__in=parents.values("parent")),
        field="group",
        mention__kind=RecordKind.MEETING,
    )
    return {*there, *pointing.values_list("mention", flat=True)}
