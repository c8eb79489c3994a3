"""Sums that an article tells twice: in its headline as a round figure, and in two currencies."""

from __future__ import annotations

from extraction.package_scope import PackageDraft

# How far a second telling may be off: conversions are copied, headlines round ("nearly $65 million" is 64.8).
_COPIED = 0.01
_ROUNDED = 0.03
# What a headline's bare "kroner" or "$" may be short for.
_OF_FAMILY = {"dollar": ("USD", "CAD", "AUD", "NZD"), "krone": ("NOK", "DKK", "SEK", "ISK", "CZK")}


def without_restated(drafts: list[PackageDraft]) -> list[PackageDraft]:
    """Rules package-converted and package-headline: every package once, where the text states its own sum.

    What the second telling knows and the first does not goes over to the first.
    """
    dropped: list[PackageDraft] = []
    for draft in [*[d for d in drafts if d.sentence.is_title], *[d for d in drafts if not d.sentence.is_title]]:
        rest = [d for d in drafts if d is not draft and d not in dropped]
        told = next((d for d in rest if _converts(draft, d) or _heads(draft, d)), None)
        if told is not None:
            dropped.append(draft)
            _complete(told, draft)
    return [d for d in drafts if d not in dropped]


def _converts(draft: PackageDraft, told: PackageDraft) -> bool:
    """ "Oslo sends $690m" where the text has "7 billion kroner (696.12 million dollars)"."""
    off = _ROUNDED if draft.sentence.is_title else _COPIED
    return _one_donor(draft, told) and any(
        money.currency in (draft.currency, draft.money.currency) and _near(draft.money.amount, money.amount, off)
        for money in told.restated
    )


def _heads(draft: PackageDraft, told: PackageDraft) -> bool:
    """A headline's round figure is the body's exact one; its bare "$" is the dollar that the body makes clear."""
    if not draft.sentence.is_title or told.sentence.is_title or not _one_donor(draft, told):
        return False
    kind = draft.money.family
    one_kind = draft.currency == told.currency or (
        kind != "" and (kind == told.money.family or told.currency in _OF_FAMILY[kind])
    )
    return one_kind and _near(draft.money.amount, told.money.amount, _ROUNDED)


def _near(amount: float, other: float, off: float) -> bool:
    return abs(amount - other) <= off * other


def _one_donor(draft: PackageDraft, told: PackageDraft) -> bool:
    return draft.donor is None or told.donor is None or draft.donor[0] == told.donor[0]


def _complete(told: PackageDraft, draft: PackageDraft) -> None:
    told.donor = told.donor or draft.donor
    told.programme = told.programme or draft.programme
    told.announced = told.announced or draft.announced
    told.recipients = told.recipients or draft.recipients
    told.shares = told.shares or draft.shares
