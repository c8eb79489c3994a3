"""A reader of articles written for tests, one item a line, in place of `extraction`.

`MEETING contact_group=Contact Group; starts=2025-02-12; participants=DE,FR` states exactly that, each value resting on
its own `name=value`; `starts=2025-02-12~0.3` with little confidence. What ingest and evidence make of it is then known.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SECTIONS = {
    "GROUP": "contact_groups",
    "OFFICIAL": "officials",
    "MEETING": "meetings",
    "PACKAGE": "packages",
    "STATEMENT": "statements",
}
LISTS = {
    "participants",
    "chairs",
    "officials_present",
    "coordinated_with",
    "topics",
    "recipients",
    "contents",
    "aliases",
}
NUMBERS = {"ordinal", "nation_count", "member_count", "amount", "meeting", "part_of"}
CONFIDENCE = 0.9
DEATH = "THE READER DIES HERE"


@dataclass
class PlainFacts:
    sections: dict[str, list[dict[str, Any]]]

    def to_json(self, key: str) -> dict[str, Any]:
        return {"id": key, "relevant": True, "language": "en", **self.sections}


def read(title: str, text: str, published: datetime.date | None) -> PlainFacts:
    """What the lines state; raises RuntimeError at the line that says so."""
    sections: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS.values()}
    offset = len(title) + 2
    for line in text.split("\n"):
        kind, _, rest = line.partition(" ")
        if DEATH in line:
            raise RuntimeError("the reader died, as it was told to")
        if kind in SECTIONS:
            sections[SECTIONS[kind]].append(_item(rest, offset + len(kind) + 1))
        offset += len(line) + 1
    return PlainFacts(sections)


def _item(rest: str, offset: int) -> dict[str, Any]:
    item: dict[str, Any] = {"evidence": []}
    for part in rest.split(";"):
        stated = part.strip()
        name, _, value = stated.partition("=")
        value, _, confidence = value.partition("~")
        start = offset + rest.index(stated)
        span = {
            "start": start,
            "end": start + len(stated),
            "confidence": float(confidence or CONFIDENCE),
            "rule": "test",
        }
        item.setdefault("anchor", {"start": span["start"], "end": span["end"]})
        if name == "shares":
            # `shares=UA:0.5,MD:0.1`, fractions of the whole.
            item[name] = [
                {"recipient": who, "fraction": float(part)} for who, part in (s.split(":") for s in value.split(","))
            ]
            item["evidence"] += [{"field": name, "value": share, **span} for share in item[name]]
        elif name in LISTS:
            item[name] = value.split(",")
            item["evidence"] += [{"field": name, "value": element, **span} for element in item[name]]
        else:
            item[name] = int(value) if name in NUMBERS else value
            item["evidence"].append({"field": name, **span})
    return item


def article(*lines: str, name: str, copy_of: str = "", words: Iterable[int] = (), **more: Any) -> bytes:
    """A submission whose words resemble no other's, unless it is a copy of another one or is given words to use."""
    digest = hashlib.sha256((copy_of or name).encode()).hexdigest()[:4]
    padding = " ".join([f"word{number}" for number in words] or [f"{digest}{number}" for number in range(150)])
    return json.dumps(
        {
            "title": more.pop("title", f"Report {name}"),
            "text": "\n".join([*lines, padding]),
            "url": f"https://news.example/{name}",
            "publisher": f"Paper {name}",
            "published": "2025-02-10",
            **more,
        }
    ).encode()
