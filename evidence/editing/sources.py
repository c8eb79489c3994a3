"""What speaks of a record, mention by mention, and taking one out: "this article's mention is not this meeting"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from evidence.approvals import waiting_for
from evidence.choices import Decision, Identity
from evidence.editing.decisions import WAITS, Refused, hold, refusals
from evidence.fields import EXISTS, kind_spec
from evidence.judged import with_echoes, words_on
from evidence.models import Claim, Mention, Record, Verdict
from evidence.services import current_record, judge

SHOWN = 200
PART = "It is part of another record, and follows its whole: take the mention out of that one."
TAKEN_OUT = "Taken out: it is a record of its own now, until somebody says what it is the same as."


@dataclass(frozen=True)
class Source:
    """One mention of a record: where it stands, the words that name it, and whether the record has its id from it.

    `url` is the page that an import or an editor cites, which has no words here.
    """

    mention: UUID
    outlet: str
    title: str
    article: int | None
    said_on: Any
    quote: str
    url: str
    live: bool
    first: bool


def sources_of(record: Record) -> list[Source]:
    """The mentions of a record that articles, imports and editors' entries make, the earliest first.

    An editor's correction is none: it speaks of what is there.
    """
    mentions: Any = Mention.objects.filter(binding__record=record.pk, claims__field=EXISTS).distinct()
    rows = mentions.select_related("binding", "snapshot__article__outlet", "imported_row", "author").order_by("pk")
    rows = list(rows[:SHOWN])
    heads: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in Claim.objects.filter(mention__in=rows, field=EXISTS).order_by("pk"):
        heads[claim.mention_id].append(claim)
    found = []
    for mention in rows:
        head, article = heads[mention.pk][-1], mention.snapshot.article if mention.snapshot else None
        cited = f"{head.citation_publisher} {head.citation_date}".strip()
        found.append(
            Source(
                mention=mention.pk,
                outlet=article.outlet.name if article else "",
                title=article.title if article else cited or f"entered by {mention.author}",
                article=article.pk if article else None,
                said_on=head.said_on,
                quote=head.quote,
                url=head.citation_url,
                live=mention.binding.live,
                first=mention.pk == record.pk,
            )
        )
    return found


@transaction.atomic
def take_out(*, record: Record, mention: str, by: AbstractBaseUser, why: str, seen: str) -> str:
    """Say that a mention is not of its record: it becomes one of its own and stays so, whatever it is like.

    `seen` is the record's version on the page that was decided on. Returns what that did; raises Refused, having done
    nothing, where it makes no sense or where people's decisions would go along.
    """
    if kind_spec(record.kind).parent:
        raise Refused(PART)
    hold(record.pk)
    record.refresh_from_db()
    if seen != str(record.version):
        raise Refused("The record changed while this page was open. It is shown as it stands now.")
    if not why:
        raise Refused("Taking a source out needs its reason.")
    sources = sources_of(record)
    source = next((one for one in sources if str(one.mention) == mention), None)
    if source is None:
        raise Refused("That source does not speak of this record any more.")
    along = _going_along(source.mention)
    rest = [one.mention for one in sources if one.mention not in along]
    if not rest:
        raise Refused("Nothing else speaks of this record. If there is no such thing, retract the record.")
    decided = decided_on(along)
    if decided:
        raise Refused(f"What people decided here would go with it. Take back first: {'; '.join(decided)}.")
    with refusals():
        judge(left=source.mention, right=rest[0], identity=Identity.DIFFERENT, by=by, why=why, parted=source.mention)
    if waiting_for(record).filter(judgement__parted=source.mention).exists():
        return WAITS
    return TAKEN_OUT


def _going_along(mention: UUID) -> set[UUID]:
    """A mention and those of its article that say the same again."""
    words = words_on([mention])
    words.alone = {mention}
    return {mention} | (with_echoes(words).alone & _bound_with(mention))


def _bound_with(mention: UUID) -> set[UUID]:
    record = current_record(mention)
    return set(Mention.objects.filter(binding__record=record).values_list("pk", flat=True))


def decided_on(mentions: set[UUID]) -> list[str]:
    """What people decided that rests on these mentions or on parts of them, and still holds; in words."""
    found = []
    for left, right in words_on(mentions).same:
        one, other = (left, right) if left in mentions else (right, left)
        if other in mentions:
            continue
        author = Mention.objects.select_related("author").get(pk=other).author
        stated = Claim.objects.filter(mention=other).exclude(field=EXISTS)
        kinds = stated.values_list("mention__kind", "field")
        labels = [kind_spec(kind).by_name[name].label for kind, name in kinds]
        corrects = author is not None and not Claim.objects.filter(mention=other, field=EXISTS).exists()
        if not corrects:
            found.append(f"the merge with {current_record(other) or one}")
        elif not Verdict.objects.standing().filter(claim__in=stated, decision=Decision.WITHDRAW).exists():
            found.append(f"{', '.join(labels)}, stated by {author}")
    ours = Q(mention__in=mentions) | Q(mention__parent__in=mentions)
    for claim in Claim.objects.filter(ours & Q(mention__author__isnull=False, field=EXISTS)).select_related("author"):
        if claim.mention_id not in mentions:
            found.append(f"a part entered by {claim.author}")
    latest: dict[tuple[UUID | None, str, str], Verdict] = {}
    rows = Verdict.objects.standing().filter(Q(claim__mention__in=mentions) | Q(claim__mention__parent__in=mentions))
    for verdict in rows.select_related("by", "claim__mention").order_by("pk"):
        claim = verdict.claim
        latest[claim.mention_id, claim.field, repr(claim.value or claim.target_id)] = verdict
    for verdict in latest.values():
        if verdict.decision != Decision.WITHDRAW:
            label = kind_spec(verdict.claim.mention.kind).by_name[verdict.claim.field].label
            found.append(f"{label}, {verdict.decision}ed by {verdict.by} on {verdict.at:%-d %B %Y}")
    return found
