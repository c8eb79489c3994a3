"""Measures whether articles about one meeting become one meeting: a set of articles, and a key made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from uuid import UUID

from django.conf import settings

from evidence.choices import RecordKind
from evidence.models import Claim
from ingest.choices import IntakeState
from ingest.services import advance, submit_path

SET = settings.BASE_DIR / "data" / "clustering"
# Written after the rules of clustering, which were not changed for it.
HELD_OUT = SET / "held_out"


@dataclass(frozen=True)
class Told:
    """One line of the key: an article, the words in it that speak of a meeting, and which meeting that is."""

    article: str
    words: str
    meeting: str


@dataclass(frozen=True)
class Clustered:
    """How pairs of tellings came out. `split` and `mixed` name the articles of each meeting and of each record."""

    tellings: int
    meetings: int
    unread: list[Told]
    right: int
    together: int
    same: int
    split: dict[str, list[list[str]]]
    mixed: list[list[str]]

    @property
    def precision(self) -> float:
        """Of the pairs put together, the share that are of one meeting."""
        return self.right / self.together if self.together else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs of one meeting, the share put together."""
        return self.right / self.same if self.same else 1.0


def key_of(directory: Path = SET) -> list[Told]:
    """The key of a set. Raises OSError, TypeError or ValueError where it, or what it speaks of, cannot be read."""
    key = [Told(**row) for row in json.loads((directory / "key.json").read_text(encoding="utf-8"))]
    for told in key:
        _content(told, directory)
    return key


def _content(told: Told, directory: Path) -> tuple[str, int]:
    """The address of an article, and where in its content the words of the key begin."""
    article = json.loads((directory / "articles" / f"{told.article}.json").read_text(encoding="utf-8"))
    start = f"{article['title']}\n\n{article['text']}".find(told.words)
    if start < 0:
        raise ValueError(f"{told.article} does not say {told.words!r}")
    return article["url"], start


def take_in(directory: Path, articles: Iterable[str]) -> None:
    """Take these articles in, in the order given, as the worker does. Raises ValueError for one that is refused."""
    for name in articles:
        for intake in submit_path(directory / "articles" / f"{name}.json"):
            advance(intake.pk)
            intake.refresh_from_db()
            if intake.state != IntakeState.SETTLED:
                raise ValueError(f"{intake.name}: {intake.fault}")


def measured(key: Sequence[Told], directory: Path = SET) -> Clustered:
    """Compare the register's meetings with the key, for articles that were taken in.

    A telling from which no meeting was read stands alone: it costs recall.
    """
    records: dict[Told, UUID | None] = {told: _record(told, directory) for told in key}
    right = together = same = 0
    for a, b in combinations(key, 2):
        one_record, one_meeting = records[a] is not None and records[a] == records[b], a.meeting == b.meeting
        together += one_record
        same += one_meeting
        right += one_record and one_meeting
    of_meeting: dict[str, dict[object, list[str]]] = {}
    of_record: dict[UUID, dict[str, list[str]]] = {}
    for told, record in records.items():
        of_meeting.setdefault(told.meeting, {}).setdefault(record or told, []).append(told.article)
        if record:
            of_record.setdefault(record, {}).setdefault(told.meeting, []).append(told.article)
    return Clustered(
        tellings=len(key),
        meetings=len(of_meeting),
        unread=[told for told, record in records.items() if record is None],
        right=right,
        together=together,
        same=same,
        split={name: list(groups.values()) for name, groups in of_meeting.items() if len(groups) > 1},
        mixed=[[a for group in groups.values() for a in group] for groups in of_record.values() if len(groups) > 1],
    )


def _record(told: Told, directory: Path) -> UUID | None:
    """The meeting whose mention in the article rests most on the words of the key."""
    url, start = _content(told, directory)
    end = start + len(told.words)
    claims = Claim.objects.filter(mention__kind=RecordKind.MEETING, snapshot__article__url=url, run__live=True).exclude(
        mention__binding__record=None
    )
    overlap: dict[UUID, int] = {}
    for record, a, b in claims.values_list("mention__binding__record", "start", "end"):
        if record is not None and a is not None and b is not None and a < end and start < b:
            overlap[record] = overlap.get(record, 0) + min(b, end) - max(a, start)
    return max(overlap, key=lambda record: (overlap[record], str(record))) if overlap else None


def described(found: Clustered) -> list[tuple[str, str]]:
    """The figures in words, a row each."""
    return [
        ("Articles' tellings of a meeting", str(found.tellings)),
        ("Real meetings they are of", str(found.meetings)),
        ("Tellings from which no meeting was read", str(len(found.unread))),
        ("Pairwise precision", f"{found.precision:.3f} ({found.right} of {found.together} pairs put together)"),
        ("Pairwise recall", f"{found.recall:.3f} ({found.right} of {found.same} pairs of one meeting)"),
    ]


def articles_of(key: Iterable[Told]) -> list[str]:
    return list(dict.fromkeys(told.article for told in key))


def faults(found: Clustered) -> Mapping[str, list[str]]:
    """What went wrong, for whoever works on it: tellings unread, meetings split, records that mix meetings."""
    return {
        "unread": [f"{told.article}: {told.meeting}" for told in found.unread],
        "split": [
            f"{name}: {' | '.join(', '.join(group) for group in groups)}" for name, groups in found.split.items()
        ],
        "mixed": [", ".join(group) for group in found.mixed],
    }
