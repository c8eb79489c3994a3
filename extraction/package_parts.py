"""Totals and their parts: which sums add up to which, and what the one tells about the other."""

from __future__ import annotations

from extraction.facts import Share
from extraction.package_givers import TOTAL
from extraction.package_scope import PackageDraft

# How far from its total a part may stand, in sentences, and the sum of the parts from the total, as a share of it.
_NEAR = 4
_OFF = 0.03
_FROM_CONTEXT = ("donor-continued", "donor-context")


def join_parts(drafts: list[PackageDraft]) -> list[PackageDraft]:
    """Rules package-parts (sums in one currency that add up to another are its parts), package-of-several, share-parts.

    A part takes donor, day and recipients of its total; a total that is told after the parts of several donors has
    none of them alone, and is no second package when it is told again. Parts for different recipients are its shares.
    """
    again: list[PackageDraft] = []
    for index, total in enumerate(drafts):
        parts = [i for i, part in enumerate(drafts) if i != index and total not in again and _may_be_part(part, total)]
        # Parts follow their total, unless a total says that it is one.
        if len(parts) < 2 or (parts[-1] < index and not TOTAL.search(total.sentence.text)):
            continue
        parts = _adding_up(drafts, parts, total.money.amount)
        if len(parts) < 2:
            continue
        givers = {d.donor[0] for i in parts if (d := drafts[i]).donor is not None}
        if parts[-1] < index and len(givers) > 1 and (total.donor is None or total.donor[3] in _FROM_CONTEXT):
            total.donor = None
            again += [d for d in drafts if d is not total and _same_sum(d, total)]
        for i in parts:
            _complete(drafts[i], total, index)
        _share(total, [drafts[i] for i in parts])
    return [d for d in drafts if d not in again]


def _adding_up(drafts: list[PackageDraft], parts: list[int], amount: float) -> list[int]:
    """The parts, or all but one of them (which is then a part of a part), if they make the amount; else none."""
    for left_out in (None, *parts):
        chosen = [i for i in parts if i != left_out]
        if left_out is not None and len(chosen) < 3:
            break
        if abs(sum(drafts[i].money.amount for i in chosen) - amount) <= _OFF * amount:
            return chosen
    return []


def _may_be_part(part: PackageDraft, total: PackageDraft) -> bool:
    near = abs(part.sentence.index - total.sentence.index) <= _NEAR
    smaller = part.currency == total.currency and part.money.amount < total.money.amount
    return near and smaller and part.part_of is None


def _same_sum(draft: PackageDraft, total: PackageDraft) -> bool:
    return (
        draft.currency == total.currency and abs(draft.money.amount - total.money.amount) <= 0.001 * total.money.amount
    )


def _complete(part: PackageDraft, total: PackageDraft, index: int) -> None:
    part.part_of = index
    if part.donor is None or part.donor[2] < 0.8:
        part.donor = total.donor or part.donor
    part.announced = part.announced or total.announced
    if total.status[0] == "approved" and part.status[0] == "announced":
        part.status = total.status
    part.recipients = part.recipients or dict(total.recipients)


def _share(total: PackageDraft, parts: list[PackageDraft]) -> None:
    """ "It includes $1.2 billion for Taiwan and $500 million for the Philippines." """
    getters = [next(iter(part.recipients.items())) for part in parts if len(part.recipients) == 1]
    stated = len(total.recipients) == 1 and next(iter(total.recipients.values()))[2] == "recipient-named"
    if stated or total.shares or len(getters) < len(parts) or len({who for who, _ in getters}) < len(parts):
        return
    for (who, (span, confidence, rule)), part in zip(getters, parts, strict=True):
        total.shares.append((Share(who, amount=part.money.amount), span))
        total.recipients.setdefault(who, (span, confidence, rule))
