"""datapackage.json: what the files of an export hold, by the Frictionless Data standard."""

from __future__ import annotations

import json
from typing import Any

from funding.choices import Coverage, Stage
from ingest.facts.export.leftovers import COLUMNS as LEFT_OUT_COLUMNS
from ingest.facts.export.leftovers import FILE as LEFT_OUT
from ingest.facts.files import COLUMNS
from meetings.choices import AttendanceRole, GroupKind, Level, MeetingStatus, MembershipRole, Mode, Qualifier

FILE = "datapackage.json"
PARTIAL_DATE = {"type": "string", "constraints": {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}}
PARTIAL = "A day, or a month or year where no day is known: YYYY-MM-DD, YYYY-MM or YYYY."
SEVERAL = "Several are parted by bars."
PARTY = "ISO 3166-1 alpha-2 code (XK for Kosovo), or the name of an international body."


def _one_of(values: list[str]) -> dict[str, Any]:
    return {"type": "string", "constraints": {"enum": values}}


def _needed(field: dict[str, Any]) -> dict[str, Any]:
    return {**field, "constraints": {**field.get("constraints", {}), "required": True}}


TEXT: dict[str, Any] = {"type": "string"}
# By column, or by file and column where the same word means another thing.
FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "key": (TEXT, "A short name for the page, used in remarks."),
    "source_url": (TEXT, "The page that says so."),
    "source_publisher": (TEXT, "Who published it."),
    "source_date": (PARTIAL_DATE, f"When. {PARTIAL}"),
    "other_source_urls": (TEXT, f"Further pages, which need not bear out every column; in sources.csv. {SEVERAL}"),
    "remark": (TEXT, "A note; `disagrees`, `differing` and `same package` mark a row that gives a rival value."),
    "place": (TEXT, "Town or base."),
    "places.csv place": (_needed(TEXT), "Town or base."),
    "country_iso2": ({"type": "string", "constraints": {"pattern": "[A-Z]{2}"}}, "ISO 3166-1 alpha-2 code."),
    "lat": ({"type": "number", "constraints": {"minimum": -90, "maximum": 90}}, "Degrees north, approximate."),
    "lon": ({"type": "number", "constraints": {"minimum": -180, "maximum": 180}}, "Degrees east, approximate."),
    "places.csv kind": (TEXT, "city, town, base or hq."),
    "kind": (_one_of(GroupKind.values), "What the group is for."),
    "slug": (_needed(TEXT), "What other files call the group."),
    "name": (_needed(TEXT), "Its name."),
    "abbreviation": (TEXT, "Its usual abbreviation."),
    "aliases": (TEXT, f"Other names. {SEVERAL}"),
    "parent_slug": (TEXT, "The group that it belongs to."),
    "established": (PARTIAL_DATE, PARTIAL),
    "purpose": (TEXT, "What it is for, in a few words."),
    "nation_iso2_or_org": (_needed(TEXT), f"For whom the person speaks. {PARTY}"),
    "post_title": (_needed(TEXT), "The post, as sources give it."),
    "from": (PARTIAL_DATE, f"Since when. {PARTIAL}"),
    "to": (PARTIAL_DATE, f"Until when. {PARTIAL}"),
    "group_slug": (_needed(TEXT), "The group, by its slug."),
    "nation_iso2": (_needed(TEXT), PARTY),
    "memberships.csv role": (
        _needed(_one_of([role.replace("_", "-") for role in MembershipRole.values])),
        "In which part.",
    ),
    "role": (_needed(_one_of(AttendanceRole.values)), "In which capacity."),
    "ordinal": ({"type": "integer", "constraints": {"minimum": 1}}, "Its number in the group's series."),
    "title": (TEXT, "What the source calls it."),
    "level": (_one_of(Level.values), "The rank of those for whom it is called."),
    "starts": (_needed(PARTIAL_DATE), f"First day, by the calendar of the place. {PARTIAL}"),
    "ends": (PARTIAL_DATE, "Last day, where it lasts more than one."),
    "venue": (TEXT, "Building or base."),
    "mode": (_one_of(Mode.values), "In the room, by video link, or both."),
    "status": (_one_of(MeetingStatus.values), "Where it stands."),
    "chairs": (TEXT, f"Who was in the chair: people by name, or ISO codes. {SEVERAL}"),
    "nation_count": ({"type": "integer", "constraints": {"minimum": 1}}, "Stated number of nations attending."),
    "nation_count_qualifier": (_one_of(Qualifier.values), "How that number is hedged; empty: not at all."),
    "party": (_needed(TEXT), PARTY),
    "official_name": (TEXT, "A person of officials.csv, by name or other name."),
    "donor": (_needed(TEXT), f"Who gives. {PARTY} {SEVERAL}"),
    "programme": (TEXT, "The standing channel that the money comes through."),
    "amount": ({"type": "number"}, "The sum exactly as stated, in whole units of the currency."),
    "currency": ({"type": "string", "constraints": {"pattern": "[A-Z]{3}"}}, "ISO 4217 code."),
    "qualifier": (_one_of(Qualifier.values), "How the sum is hedged; empty: not at all."),
    "stage": (_one_of(Stage.values), "How far the money has come. Sums of different stages are never added."),
    "announced_on": (PARTIAL_DATE, PARTIAL),
    "meeting_group_slug": (TEXT, "The meeting at which it was announced: its group."),
    "meeting_starts": (PARTIAL_DATE, "The same meeting's first day, as meetings.csv writes it."),
    "recipients": (TEXT, f"Who receives: codes, names, or a described set. {SEVERAL}"),
    "shares": (TEXT, f"Stated parts, as recipient:fraction. {SEVERAL}"),
    "contents": (TEXT, f"What it contains. {SEVERAL}"),
    "packages.csv key": (TEXT, "A name for the row, by which others refer to it; none other has it."),
    "part_of": (TEXT, "The whole that it is part of, by the key of its row."),
    "restates": (TEXT, "The announcement that it tells again, by the key of its row."),
    "covers": (_one_of(Coverage.values), "What else the sum takes in; empty: money of its own."),
}
TITLES = {
    "sources.csv": "Pages that rows cite",
    "places.csv": "Places where meetings were, with a position",
    "contact_groups.csv": "What one source says of a group",
    "officials.csv": "A person in one post",
    "memberships.csv": "A party in a group, in one role",
    "meetings.csv": "What one source says of a meeting",
    "attendance.csv": "A party, or a person for a party, at a meeting",
    "packages.csv": "What one source says of money: donor, programme, sum, stage, recipients",
    LEFT_OUT: "What the register holds of articles and decisions and the other files have no place for",
}
PRIMARY_KEYS = {"sources.csv": ["source_url"], "places.csv": ["place", "country_iso2"]}
FOREIGN_KEYS = {
    "contact_groups.csv": [(["parent_slug"], "", ["slug"])],
    "memberships.csv": [(["group_slug"], "contact_groups.csv", ["slug"])],
    "meetings.csv": [(["group_slug"], "contact_groups.csv", ["slug"])],
    "attendance.csv": [
        (["group_slug"], "contact_groups.csv", ["slug"]),
        (["group_slug", "starts"], "meetings.csv", ["group_slug", "starts"]),
    ],
    "packages.csv": [
        (["meeting_group_slug", "meeting_starts"], "meetings.csv", ["group_slug", "starts"]),
        (["part_of"], "", ["key"]),
        (["restates"], "", ["key"]),
    ],
}


def datapackage() -> str:
    """The text of datapackage.json. It names no day and no count, so that equal files have an equal description."""
    described = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": "muster-register",
        "title": "Muster: a register of multinational arms coordination",
        "description": "Contact groups, their members, meetings and attendance, officials, and announced military aid; "
        "every row on a published page that says so. A row that its remark marks as disagreeing gives a rival value. "
        f"Quotes, confidences and the register's history stay in the register; what else could not be said is in "
        f"{LEFT_OUT}. `manage.py import_facts` reads the files back.",
        "licenses": [
            {"name": "MIT", "title": "MIT licence (selection and remarks; facts are free)", "path": _MIT},
        ],
        "sources": [
            {"title": "The published pages that each row cites in source_url"},
            {"title": "protect-ukraine-now/pun (US packages)", "path": "https://github.com/protect-ukraine-now/pun"},
            {
                "title": "brian14708/wh-briefings (memoranda of the White House)",
                "path": "https://github.com/brian14708/wh-briefings",
            },
            {
                "title": "civictechsweden/g0vse (releases of the Government Offices of Sweden)",
                "path": "https://github.com/civictechsweden/g0vse",
            },
        ],
        "resources": [_resource(name, columns) for name, columns in COLUMNS.items()]
        + [_resource(LEFT_OUT, list(LEFT_OUT_COLUMNS))],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


_MIT = "https://opensource.org/license/mit"


def _resource(name: str, columns: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(name, column) for column in columns]}
    if name in PRIMARY_KEYS:
        schema["primaryKey"] = PRIMARY_KEYS[name]
    keys = [
        {"fields": here, "reference": {"resource": _name(file), "fields": there}}
        for here, file, there in FOREIGN_KEYS.get(name, ())
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": _name(name),
        "title": TITLES[name],
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": schema,
    }


def _name(file: str) -> str:
    return file.removesuffix(".csv").replace("_", "-")


def _field(file: str, column: str) -> dict[str, Any]:
    if file == LEFT_OUT:
        return {"name": column, "type": "string", "description": LEFT_OUT_COLUMNS[column]}
    field, words = FIELDS.get(f"{file} {column}") or FIELDS[column]
    return {"name": column, **field, "description": words}
