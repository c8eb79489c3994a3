"""What an export leaves out, said row by row: the files of facts have no place for it."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from evidence.choices import Decision, Identity, RecordKind, RecordState
from evidence.fields import EXISTS, kind_spec
from evidence.models import Claim, Judgement, Record, Verdict
from ingest.facts.export.said import in_words
from ingest.facts.ties import ACCOUNT

FILE = "left_out.csv"
COLUMNS = {
    "kind": "What sort of record.",
    "record": "Its id in the register that was exported.",
    "field": "The field; `exists` stands for the whole record.",
    "value": "What is left out, in words or as JSON.",
    "source_url": "A page that says so; empty where there is none.",
    "reason": "Why the files of facts cannot say it.",
}
# Kept in memory until it is larger; then in a file that nobody else sees.
IN_MEMORY = 1_000_000
CHUNK = 500
# Records of which no file has a row.
WITHOUT_FILE = (RecordKind.MEETING_TOPIC, RecordKind.STATEMENT)


class Leftovers:
    """The rows of left_out.csv, gathered while the other files are written."""

    def __init__(self) -> None:
        self._kept = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._table = csv.writer(self._kept, lineterminator="\r\n")
        self._table.writerow(COLUMNS)

    def note(self, kind: str, record: UUID, field: str, value: Any, url: str, reason: str) -> None:
        """One thing that is left out."""
        self._table.writerow([kind, record, field, in_words(value), url, reason])

    def note_all(self, officials: set[UUID]) -> None:
        """What no file is for: whole kinds, what is not confirmed, and what people decided. `officials` have rows."""
        self._unwritten(Q(kind__in=WITHOUT_FILE, state=RecordState.LIVE), "no file has a row for it")
        self._unwritten(
            Q(kind=RecordKind.OFFICIAL, state=RecordState.LIVE) & ~Q(pk__in=officials), "a row needs a post and a party"
        )
        self._unwritten(Q(state=RecordState.UNCONFIRMED), "what speaks for it is too little to state it")
        verdicts = Verdict.objects.standing().exclude(decision=Decision.WITHDRAW).order_by("id")
        for record, kind, name, value, decision in verdicts.values_list(
            "claim__mention__binding__record", "claim__mention__kind", "claim__field", "claim__value", "decision"
        ).iterator(chunk_size=1000):
            self.note(kind, record, name, value, "", f"an editor's decision: {decision}")
        judgements = Judgement.objects.exclude(by__username=ACCOUNT).exclude(identity=Identity.WITHDRAW).order_by("id")
        for side in ("left", "right"):
            # An editor's correction is bound to its record by a judgement, and says no more than its values.
            opened = Claim.objects.filter(mention=OuterRef(side), field=EXISTS)
            judgements = judgements.filter(Q(**{f"{side}__author": None}) | Exists(opened))
        for record, kind, identity, other in judgements.values_list(
            "left__binding__record", "left__kind", "identity", "right__binding__record"
        ).iterator(chunk_size=1000):
            self.note(kind, record, EXISTS, str(other), "", f"an editor's judgement on two records: {identity}")

    def _unwritten(self, which: Q, reason: str) -> None:
        """Note the records of which a living article or an editor speaks."""
        said = Claim.objects.filter(Q(run__live=True) | Q(author__isnull=False), mention__binding__record__isnull=False)
        records = Record.objects.filter(which, pk__in=said.values("mention__binding__record")).order_by("kind", "pk")
        rows = records.values_list("kind", "pk").iterator(chunk_size=CHUNK)
        for kind, group in groupby(rows, key=itemgetter(0)):
            while chunk := [pk for _, pk in islice(group, CHUNK)]:
                pages = _pages(chunk)
                model = kind_spec(kind).model
                named = [f.name for f in model._meta.fields if f.many_to_one]
                for found in model._default_manager.filter(pk__in=chunk).select_related(*named).order_by("pk"):
                    self.note(kind, found.pk, EXISTS, str(found), pages.get(found.pk, ""), reason)

    def text(self) -> Iterator[str]:
        """The whole table, in pieces."""
        self._kept.seek(0)
        while piece := self._kept.read(io.DEFAULT_BUFFER_SIZE):
            yield piece

    def close(self) -> None:
        self._kept.close()


def _pages(records: Sequence[UUID]) -> dict[UUID, str]:
    """The address of an article that speaks of each record, where there is one."""
    said = Claim.objects.filter(run__live=True, mention__binding__record__in=records).exclude(snapshot__article__url="")
    first = said.order_by("mention__binding__record", "id").distinct("mention__binding__record")
    return dict(first.values_list("mention__binding__record", "snapshot__article__url"))
