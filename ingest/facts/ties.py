"""What files of facts say is one thing although its sources give it another sum: a judgement, as an editor's would be.

It stands in the name of an account that nobody can sign in to. An editor who says otherwise has the last word: a pair
on which anybody has judged is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from evidence.choices import Identity
from evidence.models import Judgement

ACCOUNT = "import of facts"


def tie(wanted: Mapping[tuple[UUID, UUID], str], gone: Iterable[UUID]) -> set[UUID]:
    """Judge these pairs the same, each for its reason; take back what was judged so of `gone` and is wanted no more.

    Returns both of every pair that this says something new of, to be bound anew.
    """
    gone = set(gone)
    pairs = {(min(pair), max(pair)): why for pair, why in wanted.items()}
    if not pairs and not gone:
        return set()
    ends = gone.union(*pairs) if pairs else gone
    latest: dict[tuple[UUID, UUID], Judgement] = {}
    judged = Judgement.objects.counting().filter(Q(left__in=ends) | Q(right__in=ends))
    for judgement in judged.select_related("by"):
        latest[judgement.left_id, judgement.right_id] = judgement
    said = []
    for pair, why in sorted(pairs.items()):
        known = latest.get(pair)
        if known is None or (known.identity == Identity.WITHDRAW and known.by.get_username() == ACCOUNT):
            said.append((pair, Identity.SAME, why))
    for pair, known in sorted(latest.items()):
        mine = known.by.get_username() == ACCOUNT and known.identity == Identity.SAME
        if mine and pair not in pairs and gone & set(pair):
            said.append((pair, Identity.WITHDRAW, "the file says so no more"))
    if not said:
        return set()
    account, _ = get_user_model()._default_manager.get_or_create(
        username=ACCOUNT, defaults={"is_active": False, "password": "!"}
    )
    Judgement.objects.bulk_create(
        Judgement(left_id=left, right_id=right, identity=identity, by_id=account.pk, why=why)
        for (left, right), identity, why in said
    )
    return {mention for pair, _, _ in said for mention in pair}
