"""Groups, meetings and their parts as evidence sees them: fields, and how values combine."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from evidence.choices import RecordKind
from evidence.fields import (
    Candidate,
    Combine,
    FieldSpec,
    KindSpec,
    Reading,
    Value,
    choice_field,
    clean_text,
    date_columns,
    date_field,
    date_refines,
    names_field,
    one_of,
    parent_block,
    partial_date,
    plain_column,
    plain_text,
    record_field,
    text_column,
    text_field,
    whole_number,
)
from evidence.fields import (
    register as register_kinds,
)
from evidence.statements import prepared
from meetings.choices import AttendanceRole, GroupKind, Level, MeetingStatus, MembershipRole, Mode
from meetings.context import in_context
from meetings.identity import meeting_block, meeting_conflict, meeting_features, meeting_proposals
from meetings.keys import meeting_keys, meeting_likeness
from meetings.models import (
    Attendance,
    Capability,
    ContactGroup,
    Meeting,
    MeetingTopic,
    Membership,
    Statement,
    Topic,
)
from meetings.numbers import counted, number_refines, numbers_agree
from meetings.series import is_body_of, recounted
from meetings.vocabulary import is_known
from people.keys import name_keys, name_likeness
from people.kinds import EXISTS_FIELD, ends_after, names_features, nation_field, shared_names
from people.names import fold

# Each implies taking part; which of them leads where two are said is for support to decide.
ACTIVE = {AttendanceRole.HOST, AttendanceRole.CHAIR, AttendanceRole.SPEAKER}


def role_refines(a: Value, b: Value) -> bool:
    return (
        a == b
        or (a in ACTIVE and b in (AttendanceRole.PARTICIPANT, AttendanceRole.INVITED))
        or (a == AttendanceRole.PARTICIPANT and b == AttendanceRole.INVITED)
    )


def roles_agree(a: Value, b: Value) -> bool:
    return AttendanceRole.ABSENT not in (a, b)


def statuses_agree(a: Value, b: Value) -> bool:
    """What was planned, postponed or proposed may well have been held or cancelled since; not both of those."""
    return {a, b} != {MeetingStatus.HELD, MeetingStatus.CANCELLED}


def held_after_all(held: Candidate, other: Candidate) -> bool:
    """Was it said to be put off or called off, and to be held by nobody who is known to have said so later?"""
    return (
        held.value == MeetingStatus.HELD
        and other.value in (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED)
        and (held.latest is None or (other.latest is not None and held.latest <= other.latest))
    )


def last_postponed(candidates: Mapping[str, Sequence[Candidate]]) -> datetime.date | None:
    """Days stated before a meeting was put off are out of date once a new one is given."""
    days = [
        c.latest
        for c in candidates.get("status", ())
        if c.value == MeetingStatus.POSTPONED and c.latest and not c.rejected
        # What is not sure enough to be stated puts nothing off.
        if c.support >= settings.PUBLICATION_THRESHOLD or c.accepted_at
    ]
    return max(days, default=None)


def level_refines(a: Value, b: Value) -> bool:
    return a == b or b == Level.OTHER


def known_slug(model: Any) -> Any:
    def normalise(value: Value) -> str:
        slug = plain_text(value)
        if not is_known(model, slug):
            raise ValueError(f"{slug!r} is not in the vocabulary")
        return slug

    return normalise


def slug_field(name: str, label: str, model: Any) -> FieldSpec:
    return FieldSpec(name, label, known_slug(model), lambda value: {f"{name}_id": value})


def _nation_count_columns(value: Value) -> dict[str, Any]:
    return {
        "nation_count": value["number"] if value else None,
        "nation_count_qualifier": (value and value.get("qualifier")) or "",
    }


PLACES = """
SELECT id FROM meetings_place
WHERE (name = %(name)s::text OR aliases @> ARRAY[%(name)s::text]::varchar[])
  AND (%(nation)s::text IS NULL OR nation_id = %(nation)s::text)
LIMIT 2
"""


def _find_place(meeting: Meeting) -> None:
    """The known place of that name, in the stated country where there is one."""
    found = None
    if meeting.place_name:
        with prepared() as cursor:
            cursor.execute(PLACES, {"name": meeting.place_name, "nation": meeting.country_id})
            matches = [pk for (pk,) in cursor.fetchall()]
        found = matches[0] if len(matches) == 1 else None
    meeting.place_id = found
    if meeting.ends and (meeting.starts is None or meeting.ends < meeting.starts):
        # Start and end settled from different sources; an end before the start says nothing.
        meeting.ends, meeting.ends_precision = None, ""


# An official may be said to speak for a state by one source and for an alliance by another; a row has one party.
ONE_PARTY = ("nation", "organisation")


def party_key(reading: Reading) -> str:
    """Nation, body or described set, whichever is given."""
    return "|".join(str(reading.best(name) or "") for name in ("nation", "organisation"))


GROUP_FIELDS = [
    EXISTS_FIELD,
    text_field("name", "name", 300),
    text_field("abbreviation", "abbreviation", 50),
    names_field("aliases", "other names"),
    record_field("parent", "parent group", RecordKind.CONTACT_GROUP),
    choice_field("group_kind", "kind of group", GroupKind.values),
    text_field("purpose", "purpose", 500),
    date_field("established", "established"),
    FieldSpec("member_count", "reported size", whole_number, plain_column("member_count")),
]

MEETING_FIELDS = [
    EXISTS_FIELD,
    replace(record_field("group", "contact group", RecordKind.CONTACT_GROUP), refines=is_body_of),
    FieldSpec("ordinal", "number in the series", whole_number, plain_column("ordinal")),
    text_field("title", "title", 300),
    FieldSpec("level", "level", one_of(Level.values), text_column("level"), refines=level_refines),
    choice_field("mode", "mode", Mode.values),
    FieldSpec(
        "status",
        "status",
        one_of(MeetingStatus.values),
        text_column("status"),
        combine=Combine.LATEST,
        compatible=statuses_agree,
        final=lambda value: bool(value == MeetingStatus.HELD),
        disputes=held_after_all,
    ),
    FieldSpec(
        "starts",
        "first day",
        partial_date,
        date_columns("starts"),
        refines=date_refines,
        restart=last_postponed,
    ),
    FieldSpec("ends", "last day", partial_date, date_columns("ends"), refines=date_refines, restart=last_postponed),
    FieldSpec("place", "town", clean_text(100), text_column("place_name")),
    nation_field("country", "country"),
    text_field("venue", "venue", 200),
    FieldSpec(
        "nation_count",
        "nations attending",
        counted,
        _nation_count_columns,
        refines=number_refines,
        compatible=numbers_agree,
    ),
]


def register() -> None:
    """Tell evidence about this app's kinds."""
    register_kinds(
        KindSpec(
            kind=RecordKind.CONTACT_GROUP,
            model=ContactGroup,
            fields=GROUP_FIELDS,
            features=names_features,
            block=lambda reading, features: "",
            proposals=shared_names,
            identity_keys=name_keys,
            likeness=name_likeness,
        ),
        KindSpec(
            kind=RecordKind.MEMBERSHIP,
            model=Membership,
            fields=[
                EXISTS_FIELD,
                nation_field(),
                record_field("organisation", "body", RecordKind.ORGANISATION),
                choice_field("role", "role", MembershipRole.values),
                date_field("since", "since"),
                date_field("until", "until"),
            ],
            features=lambda reading: {"party": party_key(reading), "role": reading.best("role")},
            block=parent_block,
            either=ONE_PARTY,
            finish=ends_after("since", "until"),
        ),
        KindSpec(
            kind=RecordKind.MEETING,
            model=Meeting,
            fields=MEETING_FIELDS,
            features=meeting_features,
            block=meeting_block,
            proposals=meeting_proposals,
            conflict=meeting_conflict,
            in_context=in_context,
            identity_keys=meeting_keys,
            likeness=meeting_likeness,
            finish=_find_place,
            follows=recounted,
        ),
        KindSpec(
            kind=RecordKind.ATTENDANCE,
            model=Attendance,
            fields=[
                EXISTS_FIELD,
                nation_field(),
                record_field("organisation", "body", RecordKind.ORGANISATION),
                record_field("official", "official", RecordKind.OFFICIAL),
                text_field("post_title", "post on the day", 300),
                FieldSpec(
                    "role",
                    "role",
                    one_of(AttendanceRole.values),
                    text_column("role"),
                    refines=role_refines,
                    compatible=roles_agree,
                ),
                choice_field("mode", "mode", Mode.values),
            ],
            # An official is the same whoever they are said to speak for; a party without a name stands by itself.
            features=lambda reading: (
                {"official": reading.best("official")} if reading.best("official") else {"party": party_key(reading)}
            ),
            block=parent_block,
            either=ONE_PARTY,
        ),
        KindSpec(
            kind=RecordKind.MEETING_TOPIC,
            model=MeetingTopic,
            fields=[
                EXISTS_FIELD,
                text_field("phrase", "in the words of the source", 300),
                slug_field("topic", "topic", Topic),
                slug_field("capability", "capability", Capability),
            ],
            features=lambda reading: (
                {"topic": reading.best("topic"), "capability": reading.best("capability")}
                if reading.best("topic") or reading.best("capability")
                else {"phrase": fold(str(reading.best("phrase") or ""))}
            ),
            block=parent_block,
        ),
        KindSpec(
            kind=RecordKind.STATEMENT,
            model=Statement,
            fields=[
                EXISTS_FIELD,
                text_field("quote", "quotation", 400),
                date_field("said_on", "said on"),
                record_field("meeting", "meeting", RecordKind.MEETING),
                slug_field("topic", "topic", Topic),
            ],
            features=lambda reading: {"quote": fold(str(reading.best("quote") or ""))},
            block=parent_block,
        ),
    )
