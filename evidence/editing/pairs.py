"""Two records that may be one: what each holds, what they would be together, and saying so or taking it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from evidence.approvals import waiting_on_pair
from evidence.choices import Decision, Identity, RecordKind, RecordState
from evidence.editing.decisions import WAITS, hold, refusals
from evidence.editing.likeness import reasons
from evidence.editing.readonly import admin_url
from evidence.editing.shapes import Names, parts_of, with_links, written
from evidence.fields import EXISTS, KindSpec, kind_spec
from evidence.models import CandidatePair, Claim, Judgement, Record, SettledField, Verdict
from evidence.opening import Quote, witnesses
from evidence.services import current_record, judge, state_value

# That the later record tells again what the earlier did: said of kinds that have such a link.
RESTATES = "restates"
DONE = {
    Identity.SAME: "Merged.",
    Identity.DIFFERENT: "Kept apart. This pair is not suggested again.",
    Identity.UNSURE: "Set aside as not sure.",
    Identity.WITHDRAW: "Taken back. The pair waits again.",
}
UNMERGED = "Un-merged: both records stand again, with their parts."
STILL_ONE = "The merge is taken back, and the two stay one record: their sources now say the same of both."
LINKED = "Linked: the later record restates the earlier, and its money counts once."
ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# A preview waits and works no longer than this: it is looked at, and holds up those who write.
PATIENCE = "3s"


class PairRefused(ValueError):
    """Why nothing was said of a pair, in words for an editor."""


@dataclass(frozen=True)
class Shown:
    """One field of a record in words."""

    label: str
    text: str
    contested: bool


@dataclass(frozen=True)
class Side:
    """One record as the page of a pair shows it; parts by what they are called, each in words."""

    pk: UUID
    name: str
    url: str
    state: str
    version: int
    reported: str
    values: Mapping[str, Shown]
    parts: Mapping[str, list[str]]
    quotes: list[Quote]


@dataclass(frozen=True)
class Line:
    """One field of both records, and of what they would be together."""

    label: str
    left: Shown | None
    right: Shown | None
    merged: Shown | None

    @property
    def differs(self) -> bool:
        return self.left is not None and self.right is not None and self.left.text != self.right.text


@dataclass
class Comparison:
    """A pair side by side. `merged` is missing where it could not be computed, which `fault` explains."""

    left: Side
    right: Side
    reasons: list[str]
    word: Judgement | None
    merged: Side | None = None
    fault: str = ""
    lines: list[Line] = field(default_factory=list)
    parts: list[tuple[str, list[str], list[str], list[str]]] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """What the page was made from; a decision made on anything else is refused."""
        return _token(self.left.version, self.right.version, self.word)


def side(pk: UUID) -> Side:
    """What a record holds, in words."""
    kind = Record.objects.values_list("kind", flat=True).get(pk=pk)
    spec = kind_spec(kind)
    record = with_links(spec.model).get(pk=pk)
    heads = SettledField.objects.filter(record=pk).exclude(field=EXISTS).select_related("settlement")
    settled = {head.field: head for head in heads if head.settlement.value is not None}
    pairs = [
        (name, value)
        for name, head in settled.items()
        for value in (head.settlement.value if isinstance(head.settlement.value, list) else [head.settlement.value])
    ]
    names = Names.of(kind, pairs)
    values = {
        item.name: Shown(
            item.label[:1].upper() + item.label[1:],
            written(kind, item.name, settled[item.name].settlement.value, names),
            head.contested,
        )
        for item in spec.fields
        if (head := settled.get(item.name))
    }
    parts = {}
    for _, model, column in parts_of(spec.model):
        rows = with_links(model).filter(**{column: pk, "state": RecordState.LIVE})
        parts[str(model._meta.verbose_name_plural)] = sorted(_part(row) for row in rows)
    return Side(
        pk=record.pk,
        name=str(record),
        url=admin_url(record),
        state=record.get_state_display(),
        version=record.version,
        reported=" to ".join(dict.fromkeys(str(day) for day in (record.first_reported, record.last_reported) if day)),
        values=values,
        parts=parts,
        quotes=witnesses([pk])[pk],
    )


def _part(row: Any) -> str:
    """A part by its own name: the whole is in the heading."""
    role = row.get_role_display() if getattr(row, "role", "") else ""
    name = next((str(value) for value in (getattr(row, n, None) for n in _PART_NAMES) if value), str(row))
    return f"{name}, {role.lower()}" if role else name


_PART_NAMES = ("official", "nation", "organisation", "described", "donor_name", "phrase", "title", "quote")


def together(left: UUID, right: UUID, by: AbstractBaseUser) -> tuple[Side | None, str]:
    """What both would be as one record, or why that cannot be told now.

    Computed by doing it and rolling it back, so that it is what merging brings, parts included.
    """
    try:
        return _tried(left, right, Identity.SAME, by)[0], ""
    except OperationalError:
        return None, "It cannot be computed now, as much is being written. Open the page again in a while."


def _tried(left: UUID, right: UUID, word: Identity, by: AbstractBaseUser) -> list[Side]:
    """What the records of two mentions would be if this were said of them, one or two. Raises OperationalError."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'; SET LOCAL statement_timeout = '{PATIENCE}'")
        judge(left=left, right=right, identity=word, by=by, tried=True)
        found = [side(pk) for pk in dict.fromkeys((current_record(left), current_record(right))) if pk]
        transaction.set_rollback(True)
    return found


def compare(left: UUID, right: UUID, by: AbstractBaseUser) -> Comparison:
    """Both records, why they may be one, and what they would be. Raises PairRefused where they cannot be one."""
    check_pair(left, right)
    last = CandidatePair.objects.last_word(left, right)
    found = Comparison(side(left), side(right), reasons(left, right), last)
    found.merged, found.fault = together(left, right, by)
    sides = [found.left, found.right, *([found.merged] if found.merged else [])]
    for name in (item.name for item in _spec_of(left).fields):
        shown = [one.values.get(name) for one in sides]
        label = next((one.label for one in shown if one), "")
        if label:
            found.lines.append(Line(label, shown[0], shown[1], shown[2] if found.merged else None))
    for name in found.left.parts:
        rows = [one.parts[name] for one in sides]
        if any(rows):
            found.parts.append((name, rows[0], rows[1], rows[2] if found.merged else []))
    return found


def _token(left: int, right: int, word: Judgement | None) -> str:
    return f"{left}.{right}.{word.pk if word else 0}"


def kind_of(pk: UUID) -> str:
    return Record.objects.values_list("kind", flat=True).get(pk=pk)


def _spec_of(pk: UUID) -> KindSpec:
    return kind_spec(kind_of(pk))


def check_pair(left: UUID, right: UUID) -> None:
    """Raises PairRefused, saying why, where two ids are not of two standing records that could be one."""
    if left == right:
        raise PairRefused("A record cannot be merged with itself. Choose two.")
    found = {record.pk: record for record in Record.objects.filter(pk__in=(left, right))}
    for pk in (left, right):
        if pk not in found:
            raise PairRefused(f"There is no record {pk}.")
    one, other = found[left], found[right]
    if one.kind != other.kind:
        kinds = f"{RecordKind(one.kind).label.lower()} and {RecordKind(other.kind).label.lower()}"
        raise PairRefused(f"Only records of one kind can be one; these are {kinds}.")
    for record in (one, other):
        if record.state == RecordState.MERGED:
            now = current_record(record.pk)
            if now in (left, right):
                raise PairRefused("They are one record already.")
            raise PairRefused(f"Record {record.pk} is part of {now} now. Compare with that one.")
        if record.state not in (RecordState.LIVE, RecordState.UNCONFIRMED):
            raise PairRefused(
                f"Record {record.pk} is {record.get_state_display().lower()}; only what stands is merged."
            )
    whole = kind_spec(one.kind).parent
    if whole:
        wholes = set(kind_spec(one.kind).model.objects.filter(pk__in=(left, right)).values_list(whole, flat=True))
        if len(wholes) > 1:
            raise PairRefused("They are parts of different records. Merge those; their parts follow.")


@transaction.atomic
def say(*, left: UUID, right: UUID, word: str, by: AbstractBaseUser, why: str, seen: str) -> str:
    """Say what a pair is; returns what that did. Raises PairRefused, having done nothing, where it makes no sense.

    `word` is an `Identity`, `withdraw` for taking back what was said last, or RESTATES; `seen` is what
    `Comparison.seen` was on the page that was decided on.
    """
    if word not in (*Identity.values, RESTATES):
        raise PairRefused("Nothing was decided: none of the buttons was pressed.")
    for pk in sorted((left, right)):
        hold(pk)
    check_pair(left, right)
    check_nothing_waits(left, right)
    versions = dict(Record.objects.filter(pk__in=(left, right)).values_list("pk", "version"))
    last = CandidatePair.objects.last_word(left, right)
    if last is not None and last.identity == word:
        raise PairRefused(f"{last.by.get_username()} said so already, on {last.at:%-d %B %Y}.")
    if seen != _token(versions[left], versions[right], last):
        raise PairRefused(
            "One of the records, or what was said of them, changed since this page was opened. Look again."
        )
    told = LINKED if word == RESTATES else DONE[Identity(word)]
    with refusals():
        if word == Identity.WITHDRAW:
            if last is None:
                raise PairRefused("Nothing is to be taken back: nobody said anything of this pair.")
            left, right = last.left_id, last.right_id
        elif word == RESTATES:
            _link(left, right, by, why)
            word = Identity.DIFFERENT
        said = judge(left=left, right=right, identity=Identity(word), by=by, why=why)
    return WAITS if said == _waiting_word(left, right) else told


def _waiting_word(left: UUID, right: UUID) -> Judgement | None:
    held = waiting_on_pair(left, right)
    return held.judgement if held else None


def check_nothing_waits(left: UUID, right: UUID) -> None:
    """Raises PairRefused where a word on these two waits for a second person."""
    said = _waiting_word(left, right)
    if said:
        raise PairRefused(f"What {said.by.get_username()} said of it on {said.at:%-d %B %Y} waits for an approver.")


def _link(left: UUID, right: UUID, by: AbstractBaseUser, why: str) -> None:
    """State that the later of two records restates the earlier."""
    spec = _spec_of(left)
    if not spec.restates:
        raise PairRefused("Records of this kind do not restate each other.")
    earlier, later = sorted(
        spec.model._default_manager.filter(pk__in=(left, right)), key=lambda row: (str(row.first_reported), row.pk)
    )
    if getattr(earlier, f"{spec.restates}_id") == later.pk:
        raise PairRefused("The earlier is said to restate the later. Correct that first.")
    state_value(record=later, field=spec.restates, value=earlier.pk, by=by, why=why)


# Merges and taking them back


def merges() -> Any:
    """Every merge that stands, the latest first: "same" said of two records, not of one and an editor's correction."""
    claimed = Claim.objects.filter(field=EXISTS)
    counting: Any = Judgement.objects.counting()
    after = Q(said_at__gt=OuterRef("said_at")) | Q(said_at=OuterRef("said_at"), pk__gt=OuterRef("pk"))
    later = counting.filter(after, left=OuterRef("left"), right=OuterRef("right"))
    rows = counting.filter(identity=Identity.SAME).filter(~Exists(later)).order_by("-said_at", "-id")
    for one in ("left", "right"):
        entered = Exists(claimed.filter(mention=OuterRef(one)))
        rows = rows.filter(Q(**{f"{one}__author": None}) | entered)
    return rows.select_related("by", "left__binding__record", "right")


def check_unmerge(judgement: Judgement) -> None:
    """Raises PairRefused where a merge does not stand, or where people decided on the merged record since."""
    if not merges().filter(pk=judgement.pk).exists():
        raise PairRefused("This merge was taken back already, or does not count yet.")
    check_nothing_waits(judgement.left_id, judgement.right_id)
    since = decided_since(judgement)
    if since:
        raise PairRefused(
            "The merged record was edited since, and which of the two that belongs to cannot be told. "
            f"Take back first: {'; '.join(since)}."
        )


def apart(judgement: Judgement, by: AbstractBaseUser) -> list[Side]:
    """What taking a merge back would bring: two records, or one where their sources say the same of both.

    Raises PairRefused where it cannot be taken back, or not be told now.
    """
    check_unmerge(judgement)
    try:
        return _tried(judgement.left_id, judgement.right_id, Identity.WITHDRAW, by)
    except OperationalError:
        raise PairRefused("What it brings cannot be computed now, as much is being written.") from None


@transaction.atomic
def unmerge(*, judgement: Judgement, by: AbstractBaseUser, why: str, keep_apart: bool = False) -> str:
    """Take a merge back: both records stand again with their parts, as their sources give them.

    Returns what that did. Where their sources now say the same of both they stay one; `keep_apart` says that they are
    two all the same. Raises PairRefused, having done nothing.
    """
    hold(judgement.left_id)
    check_unmerge(judgement)
    with refusals():
        word = Identity.DIFFERENT if keep_apart else Identity.WITHDRAW
        said = judge(left=judgement.left_id, right=judgement.right_id, identity=word, by=by, why=why)
    if said == _waiting_word(judgement.left_id, judgement.right_id):
        return WAITS
    one = current_record(judgement.left_id) == current_record(judgement.right_id)
    return STILL_ONE if one else UNMERGED


def decided_since(judgement: Judgement) -> list[str]:
    """What people said of a merged record or its parts after it was merged, and has not been taken back; in words."""
    merged = current_record(judgement.left_id)
    if merged is None:
        return []
    model = _spec_of(merged).model
    within = {merged}
    for _, part, column in parts_of(model):
        within |= set(part._default_manager.filter(**{column: merged}).values_list("pk", flat=True))
    found = []
    merged_at = merges().get(pk=judgement.pk).said_at
    stated = Claim.objects.filter(author__isnull=False, created_at__gt=merged_at).filter(
        Q(mention__binding__record__in=within) | Q(target__binding__record=merged)
    )
    spoken = Verdict.objects.standing()
    withdrawn = spoken.filter(claim=OuterRef("pk"), decision=Decision.WITHDRAW)
    for claim in stated.filter(~Exists(withdrawn)).select_related("author", "mention").order_by("pk"):
        label = kind_spec(claim.mention.kind).by_name[claim.field].label
        found.append(f"{label}, stated by {claim.author} on {claim.created_at:%-d %B %Y}")
    later = spoken.filter(
        claim__field=OuterRef("claim__field"),
        claim__value=OuterRef("claim__value"),
        claim__mention__binding__record=OuterRef("claim__mention__binding__record"),
        pk__gt=OuterRef("pk"),
    )
    verdicts = spoken.filter(at__gt=merged_at, claim__mention__binding__record__in=within)
    for verdict in (
        verdicts.exclude(decision=Decision.WITHDRAW).filter(~Exists(later)).select_related("by", "claim__mention")
    ):
        label = kind_spec(verdict.claim.mention.kind).by_name[verdict.claim.field].label
        found.append(f"{label}, {verdict.decision}ed by {verdict.by} on {verdict.at:%-d %B %Y}")
    of_it = Q(left__binding__record__in=within) | Q(right__binding__record__in=within)
    more = merges().filter(of_it, pk__gt=judgement.pk)
    found += [f"merged with another by {row.by} on {row.at:%-d %B %Y}" for row in more]
    return found
