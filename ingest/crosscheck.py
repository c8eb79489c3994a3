"""Measures whether articles attach to the records of imported facts: pairs of mentions against a key made by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from evidence.choices import RecordKind
from evidence.models import Binding, Claim, ImportedRow, SettledField
from ingest.choices import IntakeState
from ingest.facts.drafts import key_of
from ingest.facts.importing import PREFIX
from ingest.facts.statements import package_key
from ingest.models import Intake
from ingest.services import advance, submit_path

KEY = settings.BASE_DIR / "data" / "crosscheck" / "key.csv"
# A later engine may take another word for the head of what it reads; not one of another sentence.
NEAR = 40
# What the key says is in no file of facts.
ELSEWHERE = "-"


class Told(NamedTuple):
    """One line of the key: an article by its file's name, where in its content a head stands, and which thing it is."""

    article: str
    kind: str
    at: int
    thing: str

    @property
    def of_facts(self) -> bool:
        return not self.thing.startswith(ELSEWHERE)


@dataclass
class Attached:
    """How pairs came out, of which at least one is told by an article."""

    told: int = 0
    right: int = 0
    together: int = 0
    same: int = 0
    unread: list[Told] = field(default_factory=list)
    # Told of facts and not attached to them; and attached to something else than they are told of.
    doubled: list[Told] = field(default_factory=list)
    mixed: list[Told] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the pairs put together, the share that are one thing."""
        return self.right / self.together if self.together else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one thing, the share put together."""
        return self.right / self.same if self.same else 1.0


def read_key(path: Path = KEY) -> list[Told]:
    """The lines of a key. Raises OSError or ValueError where it cannot be read."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Told(row["article"], RecordKind(row["kind"]).value, int(row["at"]), row["thing"])
            for row in csv.DictReader(file)
        ]


def take_in(paths: Iterable[Path]) -> dict[str, Intake]:
    """Take articles in as the worker does; returns them by the stem of their file's name.

    Raises FileNotFoundError for a path that does not exist, ValueError for an article that is refused.
    """
    found = {}
    for path in paths:
        for intake in submit_path(path):
            advance(intake.pk)
            intake.refresh_from_db()
            if intake.state != IntakeState.SETTLED:
                raise ValueError(f"{intake.name}: {intake.fault}")
            found[Path(intake.name).stem] = intake
    return found


def measured(key: Sequence[Told], intakes: Mapping[str, Intake]) -> dict[str, Attached]:
    """Compare the register with the key, by kind of record; lines of articles that were not taken in are left out."""
    facts = _things()
    outcomes: dict[str, Attached] = {}
    for kind in dict.fromkeys(told.kind for told in key):
        lines = [told for told in key if told.kind == kind and told.article in intakes]
        records = _records(lines, intakes)
        ends: list[tuple[str, UUID | None, bool]] = [(told.thing, records[told], True) for told in lines]
        of_facts = {thing: facts[kind, thing] for thing in {told.thing for told in lines if told.of_facts}}
        ends += [(thing, record, False) for thing, record in of_facts.items()]
        outcome = outcomes.setdefault(kind, Attached(len(lines)))
        for (a, left, article), (b, right, other) in combinations(ends, 2):
            if article or other:
                together, same = left is not None and left == right, a == b
                outcome.together += together
                outcome.same += same
                outcome.right += together and same
        named = {record: thing for thing, record in of_facts.items()}
        for told in lines:
            record = records[told]
            if record is None:
                outcome.unread.append(told)
            elif told.of_facts and record != of_facts[told.thing]:
                outcome.doubled.append(told)
            elif named.get(record, told.thing) != told.thing:
                outcome.mixed.append(told)
    return outcomes


def in_all(outcomes: Iterable[Attached]) -> Attached:
    """The figures of all kinds together."""
    whole = Attached()
    for outcome in outcomes:
        for name in ("told", "right", "together", "same"):
            setattr(whole, name, getattr(whole, name) + getattr(outcome, name))
        for name in ("unread", "doubled", "mixed"):
            getattr(whole, name).extend(getattr(outcome, name))
    return whole


def drifted() -> int:
    """Fields on which articles are at odds with what was imported, and which wait in the drift inbox."""
    return SettledField.objects.filter(drifted_at__isnull=False).count()


def _things() -> dict[tuple[str, str], UUID]:
    """The record of every thing that the files of facts name, as the key names it."""
    keys: dict[tuple[str, str], str] = {}
    rows = ImportedRow.objects.filter(file__startswith=PREFIX, live=True).order_by("file", "position")
    for row in rows.values_list("file", "row_key", "content"):
        for thing, key in _named(row[0].removeprefix(PREFIX), row[1], row[2]):
            keys.setdefault(thing, key)
    bound = Binding.objects.filter(mention__key__in=set(keys.values())).values_list("mention__key", "record")
    records = dict(bound)
    return {thing: records[key] for thing, key in keys.items() if records.get(key)}


def _named(file: str, row_key: str, row: Mapping[str, str]) -> Iterable[tuple[tuple[str, str], str]]:
    if file == "contact_groups.csv":
        yield (RecordKind.CONTACT_GROUP.value, row["slug"]), key_of(file, row["slug"])
    elif file == "officials.csv":
        yield (RecordKind.OFFICIAL.value, row["name"]), key_of(file, row["name"], row["nation_iso2_or_org"])
    elif file == "meetings.csv":
        # A rival row has no mention of its own, and is passed over for the row it belongs to.
        yield (RecordKind.MEETING.value, f"{row['group_slug']} {row['starts']}"), key_of(file, row_key)
    elif file == "packages.csv":
        thing = "|".join(row[name] for name in ("donor", "programme", "amount", "currency", "announced_on"))
        yield (RecordKind.PACKAGE.value, thing), package_key(row_key)


def _records(lines: Sequence[Told], intakes: Mapping[str, Intake]) -> dict[Told, UUID | None]:
    """The record that each line tells of: by the mention whose head, else whose words, stand nearest to that place."""
    places: dict[tuple[str, str], list[tuple[int, int, bool, UUID]]] = defaultdict(list)
    snapshots = {intake.snapshot_id: article for article, intake in intakes.items()}
    claims = Claim.objects.filter(snapshot__in=snapshots, run__live=True, mention__binding__record__isnull=False)
    for key, kind, snapshot, start, end, record in claims.values_list(
        "mention__key", "mention__kind", "snapshot", "start", "end", "mention__binding__record"
    ):
        head = key.partition("@")[2].partition(":")[0]
        if head.isdigit():
            places[snapshots[snapshot], kind].append((int(head), int(head) + 1, False, record))
            places[snapshots[snapshot], kind].append((start, end, True, record))
    found: dict[Told, UUID | None] = {}
    for told in lines:
        near = min(
            (max(start - told.at, told.at - end + 1, 0), words, str(record), record)
            for start, end, words, record in [*places[told.article, told.kind], (10**9, 10**9, True, None)]
        )
        found[told] = near[3] if near[0] <= NEAR else None
    return found
