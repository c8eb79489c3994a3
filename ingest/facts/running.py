"""Imports that editors ask for, as a worker carries them through."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping
from pathlib import Path

from django.utils import timezone

from ingest.choices import ImportState
from ingest.facts.files import DIRECTORY, FileFault, read_directory
from ingest.facts.importing import Outcome, Progress, digest_of, import_facts
from ingest.models import FactsImport

log = logging.getLogger("ingest")

UNFINISHED = (ImportState.WAITING, ImportState.RUNNING)
# Longer than the hard time limit of a task: whoever had it in hand is gone.
FORGOTTEN = datetime.timedelta(minutes=3)


def request_import(texts: Mapping[str, str], *, dry_run: bool, by: int | None) -> FactsImport:
    """Ask for an import of these files, or without any of those shipped in data/register."""
    return FactsImport.objects.create(texts=dict(texts), dry_run=dry_run, requested_by_id=by)


def run(pk: int) -> None:
    """Carry an import through; to do it twice changes nothing."""
    wanted = FactsImport.objects.filter(pk=pk, state__in=UNFINISHED).first()
    if wanted is None:
        return
    _note(wanted, state=ImportState.RUNNING)
    try:
        texts = wanted.texts or read_directory(DIRECTORY)
        if _is_held(wanted, texts):
            return
        outcome = import_facts(
            texts,
            dry_run=wanted.dry_run,
            progress=lambda file, done, total: _note(wanted, rows_done=done, rows_total=total),
        )
    except FileFault as fault:
        _note(wanted, state=ImportState.REFUSED, faults=str(fault))
        return
    _finish(wanted, outcome, digest_of(texts))
    wanted.save()


def _is_held(wanted: FactsImport, texts: Mapping[str, str]) -> bool:
    """Let what a person asked for wait for another, where a decision of theirs on the same packages would wait too."""
    if wanted.dry_run or wanted.requested_by is None or wanted.answered_by is not None:
        return False
    look = import_facts(texts, dry_run=True)
    if not look.much_money:
        return False
    money = [f"  {row}" for row in look.much_money]
    wanted.report = "\n".join(["Waits for an approver, as it changes packages of much money:", *money, report_of(look)])
    wanted.faults = "\n".join(map(str, look.faults))
    wanted.state = ImportState.HELD
    wanted.save()
    return True


def import_directory(directory: Path, *, dry_run: bool, progress: Progress) -> Outcome:
    """Import the files of a directory; those that went in last, without a fault, are not gone through again.

    Raises FileFault for a directory without any, OSError for one that cannot be read.
    """
    texts = read_directory(directory)
    digest = digest_of(texts)
    last = FactsImport.objects.filter(state=ImportState.DONE, dry_run=False).first()
    if last is not None and last.digest == digest:
        return Outcome()
    outcome = import_facts(texts, dry_run=dry_run, progress=progress)
    if not dry_run:
        rows = sum(changes.rows for changes in outcome.files)
        wanted = FactsImport(state=ImportState.DONE, rows_done=rows, rows_total=rows)
        _finish(wanted, outcome, digest)
        wanted.save()
    return outcome


def _finish(wanted: FactsImport, outcome: Outcome, digest: str) -> None:
    wanted.state = ImportState.DONE
    wanted.report = report_of(outcome)
    wanted.faults = "\n".join(map(str, outcome.faults))
    wanted.digest = "" if outcome.faults else digest


def forgotten() -> list[int]:
    """Imports whose message was lost, or their worker; they count as touched now."""
    now = timezone.now()
    found = FactsImport.objects.filter(state__in=UNFINISHED, updated_at__lt=now - FORGOTTEN)
    pks = list(found.order_by("id").values_list("pk", flat=True))
    FactsImport.objects.filter(pk__in=pks).update(updated_at=now)
    return pks


def report_of(outcome: Outcome) -> str:
    """A line for each file, and under it one for each row that is new, changed or withdrawn."""
    lines = []
    for changes in outcome.files:
        lines.append(str(changes))
        lines += [f"  new      {row.file}:{row.line} {_words(row.key)}" for row in changes.new]
        lines += [f"  changed  {row.file}:{row.line} {_words(row.key)}" for row in changes.changed]
        lines += [f"  withdrawn {_words(old.row_key)}" for old in changes.withdrawn]
    return "\n".join(lines)


def _words(key: str) -> str:
    return ", ".join(part for part in key.rpartition("#")[0].split("|") if part)


def _note(wanted: FactsImport, **values: object) -> None:
    for name, value in values.items():
        setattr(wanted, name, value)
    wanted.save(update_fields=[*values, "updated_at"])
