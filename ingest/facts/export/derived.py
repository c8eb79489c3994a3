"""Rows for what articles and editors add to the imported ones: a record as settled, on the pages that bear it out.

What tells a record from others (group, day, number, level; donor, sum, day) is as the register has it, whichever page
says so; every other cell is filled only where one of the row's pages gives that value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from evidence.choices import RecordKind, RecordState
from evidence.fields import EXISTS, kind_spec
from evidence.partial_dates import PartialDate
from funding.choices import ShareBasis
from funding.models import Allocation, Contribution, Package, PackageItem
from ingest.facts.export.leftovers import Leftovers
from ingest.facts.export.names import Names
from ingest.facts.export.said import Page, Spoken, spoken
from meetings.models import Attendance, ContactGroup, Meeting, Membership
from people.models import Post

CHUNK = 500
REMARK = "read in an article or stated by an editor; what tells it from others is as the register has it"
NO_MEETING = "a row needs a meeting that its group and first day tell from all others"
NO_BODY = "a row needs a nation, or a body of the reference data"
Cells = dict[str, str]
# Fields that no column holds.
NO_COLUMN = {
    RecordKind.CONTACT_GROUP: {"member_count"},
    RecordKind.ATTENDANCE: {"mode", "post_title"},
    RecordKind.PACKAGE: {"supersedes"},
}


class Derived:
    """Rows of each file, and what they leave out; files are asked for in the order of KINDS."""

    def __init__(self, names: Names, left: Leftovers) -> None:
        self.names = names
        self.left = left
        # Further pages of rows, which sources.csv has to name.
        self.pages: dict[str, Page] = {}
        # Of the records at hand.
        self._people: dict[UUID, Spoken] = {}
        self._parts: dict[UUID, dict[str, list[Any]]] = {}

    def rows(self, file: str) -> Iterator[Cells]:
        """The rows that a file gets beyond the imported ones."""
        if file not in KINDS:
            return
        kind, queryset, make = KINDS[file]
        for chunk in _chunks(queryset):
            told = spoken(kind_spec(kind), [record.pk for record in chunk])
            if kind == RecordKind.PACKAGE:
                self._parts = _parts(told)
            elif kind == RecordKind.POST:
                self._people = spoken(kind_spec(RecordKind.OFFICIAL), {record.official_id for record in chunk})
            for record in chunk:
                if record.pk in told:
                    yield from self._rows(kind, record, told[record.pk], make)

    def _rows(self, kind: RecordKind, record: Any, told: Spoken, make: Callable[..., Cells | str]) -> Iterator[Cells]:
        for name, value, url in told.unsaid:
            reason = "another value than the settled one" if url else "no page with an address says so"
            if name != EXISTS or not url:
                self.left.note(kind, record.pk, name, value, url, reason)
        if not told.pages:
            return
        cells = make(self, record, told)
        for name in sorted(NO_COLUMN.get(kind, set()) & told.fields.keys()):
            self.left.note(kind, record.pk, name, told.value(name), told.pages[0].url, "no column")
        if isinstance(cells, str):
            self.left.note(kind, record.pk, EXISTS, str(record), told.pages[0].url, cells)
            return
        # A row of attendance has one source; others stand on rows of their own.
        alone = kind == RecordKind.ATTENDANCE
        for page in told.pages if alone else told.pages[:1]:
            row = {**cells, "source_url": page.url, "source_publisher": page.publisher, "source_date": page.day}
            if not alone:
                row["other_source_urls"] = "|".join(sorted({page.url for page in told.pages[1:]} - {page.url}))
                self.pages.update({page.url: page for page in told.pages[1:]})
            yield {**row, "remark": REMARK}

    def group(self, group: ContactGroup, told: Spoken) -> Cells | str:
        if not group.name:
            return "a row needs a name"
        parent = self.names.groups.get(group.parent_id) if told.value("parent") else None
        return {
            "slug": self.names.slug(group),
            "name": group.name,
            "abbreviation": text(told.value("abbreviation")),
            "aliases": bars(told.value("aliases") or ()),
            "parent_slug": parent or "",
            "kind": text(told.value("group_kind")),
            "established": text(told.value("established")),
            "purpose": text(told.value("purpose")),
        }

    def post(self, post: Post, told: Spoken) -> Cells | str:
        official = post.official
        if official is None or not post.title:
            return "a row needs a person and a title"
        party = self.names.party(official) or self.names.party(post)
        if not party:
            return NO_BODY
        name = self.names.official(official.pk, official.name)
        if not name:
            return "another person of that name has a row"
        person = self._people.get(official.pk)
        other_names = (person.value("aliases") if person else None) or ()
        return {
            "name": name,
            "aliases": bars(self.names.aliases(official.pk, other_names)),
            "nation_iso2_or_org": party,
            "post_title": post.title,
            "from": day(post, "held_from", told),
            "to": day(post, "held_to", told),
        }

    def membership(self, member: Membership, told: Spoken) -> Cells | str:
        party = self.names.party(member)
        slug = self.names.groups.get(member.group_id)
        if not slug or not party or not member.role:
            return "a row needs a group that has one, a role, and a nation or a body of the reference data"
        return {
            "group_slug": slug,
            "nation_iso2": party,
            "role": member.role.replace("_", "-"),
            "from": day(member, "since", told),
            "to": day(member, "until", told),
        }

    def meeting(self, meeting: Meeting, told: Spoken) -> Cells | str:
        starts = meeting.starts_partial
        slug = self.names.groups.get(meeting.group_id)
        if not slug or starts is None:
            return "a row needs a group that has one, and a day, a month or a year"
        pair = (slug, str(starts))
        self.names.meetings.setdefault(meeting.pk, pair)
        self.names.taken.setdefault(pair, meeting.pk)
        count = told.value("nation_count") or {}
        return {
            "group_slug": pair[0],
            "ordinal": text(meeting.ordinal),
            "title": meeting.title,
            "level": meeting.level,
            "starts": pair[1],
            **{name: text(told.value(name)) for name in ("place", "venue", "mode", "status")},
            "ends": day(meeting, "ends", told),
            "country_iso2": text(told.value("country")),
            "nation_count": text(count.get("number")),
            "nation_count_qualifier": text(count.get("qualifier")),
        }

    def attendance(self, attendance: Attendance, told: Spoken) -> Cells | str:
        pair = self._meeting(attendance.meeting_id)
        if pair is None:
            return NO_MEETING
        official = attendance.official
        party = self.names.party(attendance) or (self.names.party(official) if official else "")
        if not party or not attendance.role:
            return "a row needs a role, and a nation or a body of the reference data"
        name = self.names.officials.get(official.pk, "") if official else ""
        if official and not name:
            return "the official has no row, for want of a post or of a nation"
        return {
            "group_slug": pair[0],
            "starts": pair[1],
            "party": party,
            "official_name": name,
            "role": attendance.role,
        }

    def package(self, package: Package, told: Spoken) -> Cells | str:
        parts = self._parts[package.pk]
        donors = bars(self._party(part, part.donor_name) for part in parts["donor"])
        if not donors:
            return "a row needs a donor"
        pair = self._meeting(package.meeting_id) if told.value("meeting") else None
        if told.value("meeting") and pair is None:
            self.left.note(
                RecordKind.PACKAGE, package.pk, "meeting", told.value("meeting"), told.pages[0].url, NO_MEETING
            )
        whole, told_before = (self._package(package, told, name) for name in ("part_of", "restates"))
        recipients = [(self._party(part, part.described), part) for part in parts["recipient"]]
        for kind, part in [
            *((RecordKind.CONTRIBUTION, part) for part in parts["donor"] if part.amount or part.fraction),
            *((RecordKind.ALLOCATION, part) for part in parts["recipient"] if part.amount),
        ]:
            value = f"{part}: {part.amount or part.fraction}"
            self.left.note(kind, part.pk, "amount", value, told.pages[0].url, "no column")
        return {
            "donor": donors,
            "programme": package.programme_id or package.programme_name,
            "amount": number(package.amount),
            "currency": package.currency,
            "qualifier": package.qualifier,
            "stage": text(told.value("stage")),
            "announced_on": str(package.announced_partial or ""),
            "meeting_group_slug": pair[0] if pair else "",
            "meeting_starts": pair[1] if pair else "",
            "recipients": bars(name for name, _ in recipients),
            "shares": bars(
                f"{name}:{number(part.fraction)}"
                for name, part in recipients
                if name and part.fraction and not part.set_aside and part.basis == ShareBasis.STATED
            ),
            "contents": bars(item.phrase for item in parts["item"]),
            "part_of": whole,
            "restates": told_before,
            "covers": text(told.value("covers")),
        }

    def _party(self, part: Any, words: str) -> str:
        """Whom a part is of, in words where no code stands for them; one that would be taken for a code is left out."""
        party = self.names.party(part) or words
        return "" if party == words and re.fullmatch("[A-Za-z]{0,2}", words) else party

    def _package(self, package: Package, told: Spoken, name: str) -> str:
        """The key of the package that this one is part of or tells again; where that has none, it is left out."""
        other = told.value(name)
        key = self.names.packages.get(UUID(other), "") if other else ""
        if other and not key:
            reason = "the other package has no key in packages.csv"
            self.left.note(RecordKind.PACKAGE, package.pk, name, other, told.pages[0].url, reason)
        return key

    def _meeting(self, pk: UUID | None) -> tuple[str, str] | None:
        """Group and first day of a meeting, if they point to it and to no other."""
        pair = self.names.meetings.get(pk) if pk else None
        return pair if pair and self.names.taken.get(pair) == pk else None


def text(value: Any) -> str:
    return "" if value is None else str(value)


def day(record: Any, name: str, told: Spoken) -> str:
    """A date of the record, where one of the pages says so."""
    first = getattr(record, name)
    stated = first is not None and told.value(name) is not None
    return str(PartialDate.of(first, getattr(record, f"{name}_precision"))) if stated else ""


def bars(values: Iterable[str]) -> str:
    """Several values in one cell, each once. One with a bar in it would come out as two."""
    return "|".join(value for value in dict.fromkeys(values) if value and "|" not in value)


def number(value: Decimal | None) -> str:
    """Without exponent or trailing zeros."""
    return "" if value is None else f"{value.normalize():f}"


def _chunks(queryset: QuerySet[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for record in queryset.all().iterator(chunk_size=CHUNK):
        chunk.append(record)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _parts(packages: Iterable[UUID]) -> dict[UUID, dict[str, list[Any]]]:
    """Donors of packages, and those recipients and contents of which an article or an editor speaks."""
    found: dict[UUID, dict[str, list[Any]]] = {pk: {"donor": [], "recipient": [], "item": []} for pk in packages}
    for name, model, kind in (
        ("donor", Contribution, RecordKind.CONTRIBUTION),
        ("recipient", Allocation, RecordKind.ALLOCATION),
        ("item", PackageItem, RecordKind.PACKAGE_ITEM),
    ):
        parts = list(model.objects.filter(package__in=found, state=RecordState.LIVE).order_by("pk"))
        said = spoken(kind_spec(kind), [part.pk for part in parts])
        for part in parts:
            # What tells a package from others is stated whoever says so.
            if name == "donor" or (part.pk in said and said[part.pk].pages):
                found[part.package_id][name].append(part)
    return found


KINDS: dict[str, tuple[RecordKind, QuerySet[Any], Callable[..., Cells | str]]] = {
    "contact_groups.csv": (
        RecordKind.CONTACT_GROUP,
        # Parents first, so that their children can name them.
        ContactGroup.objects.live().order_by(F("parent").asc(nulls_first=True), "established", "name", "pk"),
        Derived.group,
    ),
    "officials.csv": (
        RecordKind.POST,
        Post.objects.live().select_related("official").order_by("official__name", "first_cited", "title", "pk"),
        Derived.post,
    ),
    "memberships.csv": (
        RecordKind.MEMBERSHIP,
        Membership.objects.live().order_by("group__name", "nation", "role", "pk"),
        Derived.membership,
    ),
    "meetings.csv": (
        RecordKind.MEETING,
        Meeting.objects.live().order_by("starts", "title", "pk"),
        Derived.meeting,
    ),
    "attendance.csv": (
        RecordKind.ATTENDANCE,
        Attendance.objects.live().select_related("official").order_by("meeting__starts", "meeting", "nation", "pk"),
        Derived.attendance,
    ),
    "packages.csv": (
        RecordKind.PACKAGE,
        Package.objects.live().order_by("announced_on", "currency", "amount", "pk"),
        Derived.package,
    ),
}
