"""What an editor does to an item of the desk. Each act is one transaction, refused if the item changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from evidence.actions import value_of
from evidence.approvals import TakenBack, take_back, waiting_for
from evidence.choices import Decision
from evidence.desk.items import Item, Option, differences, load_item
from evidence.editing.claims import stated_text
from evidence.editing.decisions import WAITS, Refused, hold, refusals
from evidence.editing.trial import fault_of
from evidence.fields import Value
from evidence.models import Claim, Record, Verdict
from evidence.services import current_record, decide, state_value, undo
from evidence.weighing import leading_claims


class Changed(Refused):
    """The item is no longer what the editor saw."""


class Gone(Refused):
    """There is no such item any more."""


@dataclass(frozen=True)
class Done:
    """What was written, so that it can be undone: verdicts, and statements by their claim; and in words."""

    told: str
    verdicts: list[int] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


Act = Callable[[Item], Done]


def act(*, record: UUID, name: str, seen: str, do: Act) -> Done:
    """Do something to a field, provided it is still as it was `seen`; raises Changed, Gone or Refused if not."""
    with transaction.atomic():
        # Whoever decides on the same record waits here, and then sees what the first one did.
        hold(record)
        item = load_item(record, name)
        if item is None or not item.options:
            raise Gone(gone(record))
        changes, begun = differences(seen, item), timezone.now()
        if changes is None:
            raise Changed("Not decided: the page lost track of what it showed. Here it is as it stands.")
        if changes:
            raise Changed(f"Not decided: this changed while the page was open. {'; '.join(changes)}.")
        with refusals():
            done = do(item)
        after = load_item(record, name)
        now = after.taken if after is not None and after.taken else "nothing"
        if waiting_for(item.record).filter(asked_at__gte=begun).exists():
            return Done(f"{done.told} {WAITS}", done.verdicts, done.statements)
        shown = "" if item.of_existence else f" Shown: {now}."
        return Done(f"{done.told}{shown}", done.verdicts, done.statements)


def gone(record: UUID) -> str:
    """Why there is nothing to decide at an address."""
    current = current_record(record)
    if current is not None and current != record:
        return "That record is part of another one now; its values wait there."
    if Record.objects.filter(pk=record).exists():
        return "Nothing says anything about that field any more, so there is nothing to decide."
    return "The register knows no such record."


def accept(option: Option, by: AbstractBaseUser, why: str) -> Act:
    """Accept a value: it holds whatever later articles say. Raises Refused where it cannot stand with the others."""

    def do(item: Item) -> Done:
        # One that is shown stands with them already.
        if not (item.of_existence or option.open.leads) and (
            fault := fault_of(item.record, item.field.name, option.value)
        ):
            raise Refused(f"{item.label} {option.text}: {fault}")
        return _decided(item, [option], Decision.ACCEPT, by, why)

    return do


def reject(option: Option, by: AbstractBaseUser, why: str) -> Act:
    """Reject a value: every claim of it is out, those of later articles too."""
    return lambda item: _decided(item, [option], Decision.REJECT, by, why)


def keep(by: AbstractBaseUser, why: str) -> Act:
    """Stand by what was decided, or by what is shown where nobody decided: what disagreed so far is dismissed."""

    def do(item: Item) -> Done:
        news = [option for option in item.options if option.is_news]
        if not news:
            raise Gone("Nothing disagrees with what was decided here.")
        done = _decided(item, [o for o in news if o.open.rejected], Decision.REJECT, by, why)
        if any(not option.open.rejected for option in news):
            decided = [o for o in item.options if o.candidate.decided]
            held = max(
                decided or [o for o in item.options if o.open.leads],
                key=lambda o: (o.candidate.decided_at, o.candidate.tie_break),
            )
            again = _decided(item, [held], Decision.ACCEPT, by, why)
            done = Done("", done.verdicts + again.verdicts)
        return Done(f"Kept: {item.label}.", done.verdicts)

    return do


def state(value: Value, by: AbstractBaseUser, basis: dict[str, str]) -> Act:
    """State a value of one's own; one that somebody says already is accepted instead, unless it brings a source."""

    def do(item: Item) -> Done:
        said = next((option for option in item.options if option.value == value), None)
        sourced = basis["citation_url"] or basis["citation_publisher"]
        if said is not None and (not sourced or said.candidate.decided):
            # What is decided already needs no second statement, whose undoing would take the first decision along.
            return _decided(item, [said], Decision.ACCEPT, by, basis["why"])
        claim = state_value(record=item.record, field=item.field.name, value=value, by=by, **basis)
        text = stated_text(item.record, item.field.name, value)
        return Done(f"Stated: {item.label} {text}.", statements=[claim.pk])

    return do


WORDS = {Decision.ACCEPT: "Accepted", Decision.REJECT: "Rejected"}


def _decided(item: Item, options: Iterable[Option], decision: Decision, by: AbstractBaseUser, why: str) -> Done:
    verdicts, names = [], []
    for option in options:
        [pk] = leading_claims([(item.record.pk, item.field.name, option.candidate)]).values()
        claim = Claim.objects.get(pk=pk)
        verdicts.append(decide(claim=claim, decision=decision, by=by, why=why).pk)
        names.append(f"{item.label}, {item.record}" if item.of_existence else f"{item.label} {option.text}")
    return Done(f"{WORDS[decision]}: {', '.join(names)}.", verdicts)


@transaction.atomic
def undo_done(*, verdicts: Iterable[int], statements: Iterable[int], by: AbstractBaseUser) -> None:
    """Undo what one act wrote, the last first. Raises Refused for what was undone or taken back already."""
    with refusals():
        for verdict in Verdict.objects.filter(pk__in=list(verdicts)).select_related("claim").order_by("-pk"):
            try:
                undo(verdict=verdict, by=by)
            except ValueError as error:
                raise Refused(f"Nothing undone: {error}.") from None
        for claim in Claim.objects.filter(pk__in=list(statements)).select_related("mention", "target__binding"):
            try:
                if take_back(claim.mention, by=by):
                    continue
            except TakenBack as error:
                raise Refused(f"Nothing undone: {error}.") from None
            earlier = _verdict_on(claim)
            decide(claim=claim, decision=Decision.WITHDRAW, by=by)
            if earlier is not None and earlier.decision == Decision.REJECT:
                # The statement had overridden a rejection; withdrawn, it must not leave the value accepted.
                decide(claim=earlier.claim, decision=Decision.REJECT, by=by, why=earlier.why)


def _verdict_on(claim: Claim) -> Verdict | None:
    """The latest verdict that holds on the value of a claim."""
    rows = Verdict.objects.standing().filter(
        claim__mention__binding__record=claim.mention.binding.record_id, claim__field=claim.field
    )
    value = value_of(claim)
    found = rows.select_related("claim__target__binding").order_by("-pk")
    return next((verdict for verdict in found if value_of(verdict.claim) == value), None)


def record_of(verdicts: Iterable[int], statements: Iterable[int]) -> Any:
    """The record that an act was on, as things stand; None where there is none."""
    claims = [*Verdict.objects.filter(pk__in=list(verdicts)).values_list("claim", flat=True), *statements]
    return Record.objects.filter(bindings__mention__claims__in=claims).first()
