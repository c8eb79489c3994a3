"""What the rows of each file state: the mentions they speak of and the claims they make."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evidence.choices import RecordKind
from evidence.partial_dates import PartialDate
from ingest.facts.drafts import Bodies, Draft, Sources, key_of
from ingest.facts.files import Row
from ingest.facts.rivals import meeting_of, primary_meeting, primary_package
from meetings.choices import AttendanceRole
from meetings.vocabulary import capability_slug
from people.names import fold, person_key
from people.vocabulary import is_nation


class Known:
    """What rows may refer to: the groups, officials and meetings of the files at hand."""

    def __init__(self, rows: Mapping[str, list[Row]], dataset_publishers: Iterable[str]) -> None:
        self.sources = Sources(rows["sources.csv"], dataset_publishers)
        self.bodies = Bodies()
        self.groups = {row["slug"] for row in rows["contact_groups.csv"]}
        self.people = _people(rows["officials.csv"])
        self.meetings = rows["meetings.csv"]
        self.packages = rows["packages.csv"]
        self.packages_by_key = _package_keys(self.packages)

    def group(self, draft: Draft, column: str) -> str | None:
        """The key of the group that a cell names; a fault where there is none."""
        slug = draft.row[column]
        if slug not in self.groups:
            draft.row.fault(column, f"no row of contact_groups.csv has the slug {slug!r}")
            return None
        return draft.refer(RecordKind.CONTACT_GROUP, _group_key(slug))

    def meeting(self, draft: Draft, group: str, starts: str) -> str | None:
        """The key of the meeting of a group that began then; a fault where there is none."""
        slug, day = draft.row[group], draft.row[starts]
        found = meeting_of(self.meetings, slug, day)
        if found is None:
            draft.row.fault(starts, f"no row of meetings.csv is of {slug!r} and starts {day!r}")
            return None
        return draft.refer(RecordKind.MEETING, _meeting_key(found, self.meetings))

    def official(self, draft: Draft, name: str, column: str) -> tuple[str, str] | None:
        """The key of an official and whom they speak for; a fault where there is none of that name."""
        found = self.people.get(" ".join(person_key(name)))
        if found is None:
            draft.row.fault(column, f"no row of officials.csv has the name {name!r}")
            return None
        return draft.refer(RecordKind.OFFICIAL, found[0]), found[1]

    def package(self, draft: Draft, column: str) -> str | None:
        """The key of the package whose row a cell names by its own key; a fault where there is none, or several."""
        name = draft.row[column]
        found = self.packages_by_key.get(name, [])
        if len(found) != 1:
            draft.row.fault(
                column, f"{'several rows have' if found else 'no row of packages.csv has'} the key {name!r}"
            )
            return None
        return draft.refer(RecordKind.PACKAGE, mention_of_package(found[0], self.packages)[0])


def state(row: Row, known: Known) -> Draft:
    """What one row states; what is wrong with it is noted on the row, which is then left out."""
    draft = Draft(row, known.sources.of(row) if row.file != "places.csv" else [])
    STATEMENTS[row.file](draft, known)
    return draft


def _people(rows: Iterable[Row]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        for name in [row["name"], *row.several("aliases")]:
            found.setdefault(" ".join(person_key(name)), (_official_key(row), row["nation_iso2_or_org"]))
    return found


def _package_keys(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["key"]:
            found.setdefault(row["key"], []).append(row)
    return found


def _group_key(slug: str) -> str:
    return key_of("contact_groups.csv", slug)


def _official_key(row: Row) -> str:
    return key_of("officials.csv", row["name"], row["nation_iso2_or_org"])


def _meeting_key(row: Row, rows: Iterable[Row]) -> str:
    return key_of("meetings.csv", (primary_meeting(row, rows) or row).key)


def package_key(row_key: str) -> str:
    return key_of("packages.csv", row_key)


def _group(draft: Draft, known: Known) -> None:
    row = draft.row
    if not row["slug"]:
        row.fault("slug", "the slug is missing")
        return
    group = draft.mention(RecordKind.CONTACT_GROUP, _group_key(row["slug"]))
    if not row["name"]:
        row.fault("name", "the name is missing")
    names = ("name", "abbreviation", "purpose", "established")
    draft.cells(group, **{name: name for name in names}, group_kind="kind")
    for alias in row.several("aliases"):
        draft.claim(group, "aliases", alias, "aliases")
    if row["parent_slug"] and (parent := known.group(draft, "parent_slug")):
        draft.claim(group, "parent", parent, "parent_slug")


def _official(draft: Draft, known: Known) -> None:
    row = draft.row
    if not row["name"]:
        row.fault("name", "the name is missing")
        return
    official = draft.mention(RecordKind.OFFICIAL, _official_key(row))
    draft.claim(official, "name", row["name"], "name")
    for alias in row.several("aliases"):
        draft.claim(official, "aliases", alias, "aliases")
    known.bodies.claim_party(draft, official, row["nation_iso2_or_org"], "nation_iso2_or_org")
    if not row["post_title"]:
        row.fault("post_title", "the post is missing")
        return
    post = draft.mention(RecordKind.POST, f"{official}/{fold(row['post_title'])[:120]}", official)
    draft.cells(post, title="post_title", held_from="from", held_to="to")
    known.bodies.claim_party(draft, post, row["nation_iso2_or_org"], "nation_iso2_or_org")
    if days := [citation.said_on for citation in draft.citations if citation.said_on]:
        draft.claim(post, "cited_on", min(days).isoformat(), "source_date")
    _in_order(row, "from", "to")
    if not row.faults and (day := draft.citations[0].said_on) and _in_office(row, day):
        # By the office of that year part of a name is told apart. A mention of its own: other rows of the person may
        # be of other offices and years.
        holder = draft.mention(RecordKind.OFFICIAL, f"{official}/{day.year}:{fold(row['post_title'])[:80]}")
        draft.claim(holder, "name", row["name"], "name")
        known.bodies.claim_party(draft, holder, row["nation_iso2_or_org"], "nation_iso2_or_org")
        draft.claim(holder, "post", row["post_title"], "post_title")


def _in_office(row: Row, day: datetime.date) -> bool:
    """Was the post held on the day, as far as the row says since when and until when?"""
    since, until = (PartialDate.parse(row[name]) if row[name] else None for name in ("from", "to"))
    return (since is None or since.first <= day) and (until is None or day <= until.last)


def _membership(draft: Draft, known: Known) -> None:
    row = draft.row
    group = known.group(draft, "group_slug")
    if group is None:
        return
    key = key_of("memberships.csv", row["group_slug"], row["nation_iso2"], row["role"])
    member = draft.mention(RecordKind.MEMBERSHIP, key, group)
    known.bodies.claim_party(draft, member, row["nation_iso2"], "nation_iso2")
    draft.claim(member, "role", row["role"].replace("-", "_"), "role")
    draft.cells(member, since="from", until="to")
    _in_order(row, "from", "to")


def _meeting(draft: Draft, known: Known) -> None:
    row = draft.row
    group = known.group(draft, "group_slug")
    if group is None:
        return
    if not row["starts"]:
        row.fault("starts", "the day is missing; a year or a month will do")
    meeting = draft.mention(RecordKind.MEETING, _meeting_key(row, known.meetings))
    draft.against = primary_meeting(row, known.meetings) if row.disagrees else None
    draft.claim(meeting, "group", group, "group_slug")
    names = ("ordinal", "title", "level", "starts", "ends", "place", "venue", "mode", "status")
    draft.cells(meeting, **{name: name for name in names}, country="country_iso2")
    if row["nation_count"]:
        count = {"number": row["nation_count"], "qualifier": row["nation_count_qualifier"]}
        draft.claim(meeting, "nation_count", count, "nation_count")
    for name in row.several("chairs"):
        chair = draft.mention(RecordKind.ATTENDANCE, f"{meeting}/chair:{fold(name)[:80]}", meeting)
        draft.claim(chair, "role", AttendanceRole.CHAIR, "chairs")
        if is_nation(name):
            draft.claim(chair, "nation", name, "chairs")
        elif found := known.official(draft, name, "chairs"):
            draft.claim(chair, "official", found[0], "chairs")
            known.bodies.claim_party(draft, chair, found[1], "chairs")
    _in_order(row, "starts", "ends")


def _attendance(draft: Draft, known: Known) -> None:
    row = draft.row
    meeting = known.meeting(draft, "group_slug", "starts")
    if meeting is None:
        return
    who = row["official_name"] or row["party"]
    attendance = draft.mention(RecordKind.ATTENDANCE, f"{meeting}/attendance:{fold(who)[:80]}", meeting)
    draft.claim(attendance, "role", row["role"], "role")
    if not row["role"]:
        row.fault("role", "the role is missing")
    known.bodies.claim_party(draft, attendance, row["party"], "party")
    if row["official_name"] and (found := known.official(draft, row["official_name"], "official_name")):
        draft.claim(attendance, "official", found[0], "official_name")


def mention_of_package(row: Row, rows: Iterable[Row]) -> tuple[str, Row]:
    """The key of the mention that a row speaks of, and the row of the package that it belongs to."""
    main = primary_package(row, rows) or row
    # Packages are compared among those of one sum; of another, a row needs a mention that is found there.
    other_sum = (row["amount"], row["currency"]) != (main["amount"], main["currency"])
    return package_key(row.key if other_sum else main.key), main


def _package(draft: Draft, known: Known) -> None:
    row = draft.row
    key, main = mention_of_package(row, known.packages)
    package = draft.mention(RecordKind.PACKAGE, key)
    if key != package_key(main.key):
        draft.ties.append((package, draft.refer(RecordKind.PACKAGE, package_key(main.key))))
    draft.against = main if row.disagrees and main is not row else None
    if row["amount"]:
        amount = {"number": row["amount"], "currency": row["currency"], "qualifier": row["qualifier"]}
        draft.claim(package, "amount", amount, "amount")
    names = ("programme", "stage", "announced_on", "donor", "covers")
    draft.cells(package, **{name: name for name in names})
    _lineage(draft, known, package)
    if row["meeting_group_slug"] and (meeting := known.meeting(draft, "meeting_group_slug", "meeting_starts")):
        draft.claim(package, "meeting", meeting, "meeting_starts")
    if not row["donor"]:
        row.fault("donor", "the donor is missing")
    for donor in row.several("donor"):
        part = draft.mention(RecordKind.CONTRIBUTION, f"{package}/donor:{fold(donor)[:80]}", package)
        known.bodies.claim_party(draft, part, donor, "donor", described="donor_name")
    _recipients(draft, known, package)
    for phrase in row.several("contents"):
        item = draft.mention(RecordKind.PACKAGE_ITEM, f"{package}/item:{fold(phrase)[:80]}", package)
        draft.claim(item, "phrase", phrase, "contents")
        draft.claim(item, "capability", capability_slug(phrase.partition(" (")[0]), "contents")


def _lineage(draft: Draft, known: Known, package: str) -> None:
    """Of which whole it is a part, and which announcement it tells again."""
    row = draft.row
    if row["key"] and len(known.packages_by_key[row["key"]]) > 1:
        row.fault("key", f"another row of packages.csv has the key {row['key']!r} too")
    for column in ("part_of", "restates"):
        if not row[column]:
            continue
        target = known.package(draft, column)
        if target == package:
            row.fault(column, f"{row[column]!r} is the key of the same package")
        elif target is not None:
            draft.claim(package, column, target, column)


def _recipients(draft: Draft, known: Known, package: str) -> None:
    shares: dict[str, str] = {}
    for share in draft.row.several("shares"):
        recipient, colon, fraction = share.rpartition(":")
        if not colon:
            draft.row.fault("shares", f"{share!r} is not of the form recipient:fraction")
        shares[recipient] = fraction
    for recipient in dict.fromkeys([*draft.row.several("recipients"), *shares]):
        part = draft.mention(RecordKind.ALLOCATION, f"{package}/recipient:{fold(recipient)[:80]}", package)
        column = "recipients" if recipient not in shares else "shares"
        known.bodies.claim_party(draft, part, recipient, column, described="described")
        if recipient in shares:
            draft.claim(part, "fraction", shares[recipient], "shares")
            draft.claim(part, "basis", "stated", "shares")


def _place(draft: Draft, known: Known) -> None:
    row = draft.row
    if not row["place"]:
        row.fault("place", "the name is missing")
    if not is_nation(row["country_iso2"]):
        row.fault("country_iso2", f"{row['country_iso2']!r} is no ISO 3166-1 code that the register knows")
    for column, limit in (("lat", 90), ("lon", 180)):
        try:
            if not -limit <= float(row[column]) <= limit:
                row.fault(column, f"{row[column]} lies outside of -{limit} to {limit} degrees")
        except ValueError:
            row.fault(column, f"{row[column]!r} is not a number of degrees")
    if not row["source_publisher"]:
        row.fault("source_publisher", "the source is missing")


def _source(draft: Draft, known: Known) -> None:
    """It states nothing of the world, only who published a page and when."""


def _in_order(row: Row, first: str, last: str) -> None:
    if row[first] and row[last]:
        try:
            if PartialDate.parse(row[last]).last < PartialDate.parse(row[first]).first:
                row.fault(last, f"{row[last]} is before {row[first]}")
        except ValueError:
            # Either is a fault already.
            return


STATEMENTS: dict[str, Callable[[Draft, Known], Any]] = {
    "sources.csv": _source,
    "places.csv": _place,
    "contact_groups.csv": _group,
    "officials.csv": _official,
    "memberships.csv": _membership,
    "meetings.csv": _meeting,
    "attendance.csv": _attendance,
    "packages.csv": _package,
}
