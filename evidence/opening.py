"""Opens the values of records down to the sentences that say them, with their rivals and who decided.

Pages, admin and feeds show the same thing through `open_records`; the number of queries does not grow with the
number of records.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from evidence.choices import Decision, Reason
from evidence.fields import EXISTS, kind_spec
from evidence.models import Claim, Record, SettledField, Verdict
from evidence.weighing import candidates_of

# Words of context shown on either side of a quote, in code points.
CONTEXT = 160


@dataclass(frozen=True)
class Quote:
    """One claim as a reader sees it: a span of an article, a citation, or an editor's word."""

    claim: int
    basis: str
    quote: str
    before: str
    after: str
    article: int | None
    article_title: str
    outlet: str
    url: str
    said_on: datetime.date | None
    date_text: str
    confidence: float
    rule: str
    start: int | None
    end: int | None
    story: str
    author: str
    why: str


@dataclass
class OpenValue:
    """One value of a field with everything that speaks for it, the best first."""

    value: Any
    leads: bool
    support: float
    stories: int
    accepted: bool
    rejected: bool
    # An editor's own statement, withdrawn: it stands in the log and speaks no more.
    taken_back: bool = False
    quotes: list[Quote] = field(default_factory=list)


@dataclass
class OpenField:
    """One field of a record: the settled value and its rivals, the leading one first."""

    name: str
    label: str
    value: Any
    reason: str
    reason_text: str
    contested: bool
    decided: bool
    decided_by: str
    decided_at: datetime.datetime | None
    stories: int
    support: float
    values: list[OpenValue]

    @property
    def rivals(self) -> list[OpenValue]:
        """Values other than the settled one that nobody rejected or took back."""
        return [v for v in self.values if not v.leads and not v.rejected and not v.taken_back]

    @property
    def mark(self) -> str:
        """`decided`, `contested` or `machine`: which sign stands beside the number of stories."""
        if self.decided:
            return "decided"
        return "contested" if self.contested else "machine"


def open_records(records: Iterable[UUID], fields: Iterable[str] | None = None) -> dict[UUID, dict[str, OpenField]]:
    """Every settled field of these records, opened; `fields` limits which. Keys are record ids and field names."""
    ids = list(dict.fromkeys(records))
    heads = SettledField.objects.filter(record__in=ids).select_related("settlement")
    claims = (
        Claim.objects.filter(mention__binding__record__in=ids)
        .filter(Q(run=None) | Q(run__live=True))
        .filter(Q(imported_row=None) | Q(imported_row__live=True))
        .confirmed()
        .select_related("snapshot__article__outlet", "author")
        .order_by("-confidence", "id")
        .annotate_records()
    )
    if fields is not None:
        wanted = list(fields)
        heads, claims = heads.filter(field__in=wanted), claims.filter(field__in=wanted)
    kinds = dict(Record.objects.filter(pk__in=ids).values_list("pk", "kind"))
    quotes: dict[tuple[UUID, str], dict[str, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    said: dict[tuple[UUID, str], dict[str, Any]] = defaultdict(dict)
    for claim in claims:
        # Both are annotations, which the type of the row does not know.
        bound, target = getattr(claim, "bound_record"), getattr(claim, "target_record")  # noqa: B009
        value = str(target) if target else claim.value
        quotes[bound, claim.field][repr(value)].append(_quote(claim))
        said[bound, claim.field][repr(value)] = value
    decided, candidates = _deciders(ids), candidates_of(ids)
    opened: dict[UUID, dict[str, OpenField]] = defaultdict(dict)
    for head in heads:
        spec = kind_spec(kinds[head.record_id]).by_name.get(head.field)
        if spec is None:
            continue
        settlement = head.settlement
        by, at = decided.get((head.record_id, head.field), ("", None)) if head.decided else ("", None)
        settled = settlement.value if isinstance(settlement.value, list) else [settlement.value]
        values = [
            OpenValue(
                value=candidate.value,
                leads=candidate.value in settled,
                support=candidate.support,
                stories=candidate.stories,
                accepted=candidate.accepted_at is not None or candidate.stated_at is not None,
                rejected=candidate.rejected,
                quotes=quotes[head.record_id, head.field].get(repr(candidate.value), []),
            )
            for candidate in candidates[head.record_id][head.field]
        ]
        speaking = {repr(value.value) for value in values}
        values += [
            OpenValue(
                value, False, 0.0, 0, False, False, taken_back=True, quotes=quotes[head.record_id, head.field][key]
            )
            for key, value in said[head.record_id, head.field].items()
            if key not in speaking
        ]
        values.sort(key=lambda v: (not v.leads, v.rejected or v.taken_back, -v.support, repr(v.value)))
        opened[head.record_id][head.field] = OpenField(
            name=head.field,
            label=spec.label,
            value=settlement.value,
            reason=settlement.reason,
            reason_text=Reason(settlement.reason).label,
            contested=head.contested,
            decided=head.decided,
            decided_by=by,
            decided_at=at,
            stories=head.stories,
            support=head.support,
            values=values,
        )
    return opened


def witnesses(records: Iterable[UUID]) -> dict[UUID, list[Quote]]:
    """Who says that there are these records, the surest first, each article and each cited page once."""
    found: dict[UUID, list[Quote]] = {pk: [] for pk in records}
    for pk, fields in open_records(found, [EXISTS]).items():
        quotes = [quote for value in fields[EXISTS].values for quote in value.quotes]
        places = {quote.article or quote.url or quote.claim: quote for quote in reversed(quotes)}
        found[pk] = list(places.values())[::-1]
    return found


def _quote(claim: Claim) -> Quote:
    snapshot = claim.snapshot
    if snapshot is not None and claim.start is not None and claim.end is not None:
        content, article = snapshot.content, snapshot.article
        before, after = _context(content, claim.start, claim.end)
        return Quote(
            claim=claim.pk,
            basis="span",
            quote=claim.quote,
            before=before,
            after=after,
            article=article.pk,
            article_title=article.title,
            outlet=article.outlet.name,
            url=article.url,
            said_on=claim.said_on,
            date_text=claim.said_on.isoformat() if claim.said_on else "",
            confidence=claim.confidence,
            rule=claim.rule,
            start=claim.start,
            end=claim.end,
            story=f"story {article.story_id or article.pk}",
            author="",
            why="",
        )
    author = claim.author.get_username() if claim.author else ""
    return Quote(
        claim=claim.pk,
        basis="editor" if author else "citation",
        quote="",
        before="",
        after="",
        article=None,
        article_title="",
        outlet=claim.citation_publisher,
        url=claim.citation_url,
        said_on=claim.said_on,
        date_text=claim.citation_date,
        confidence=claim.confidence,
        rule=claim.rule,
        start=None,
        end=None,
        story="editor" if author else f"citation {claim.citation_publisher} {claim.citation_url}",
        author=author,
        why=claim.why,
    )


def _context(content: str, start: int, end: int) -> tuple[str, str]:
    """What stands around a quote within its paragraph, cut at words."""
    head = content[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    tail = content[end : end + CONTEXT].partition("\n")[0]
    if len(head) == CONTEXT:
        head = "… " + head.partition(" ")[2]
    if len(tail) == CONTEXT:
        tail = tail.rpartition(" ")[0] + " …"
    return head, tail


def _deciders(records: list[UUID]) -> dict[tuple[UUID, str], tuple[str, datetime.datetime]]:
    """Who decided each field last, and when."""
    found: dict[tuple[UUID, str], tuple[str, datetime.datetime]] = {}
    stated = (
        Claim.objects.filter(mention__binding__record__in=records, author__isnull=False)
        .confirmed()
        .values_list("mention__binding__record", "field", "author__username", "created_at")
    )
    accepted = (
        Verdict.objects.standing()
        .filter(claim__mention__binding__record__in=records, decision=Decision.ACCEPT)
        .values_list("claim__mention__binding__record", "claim__field", "by__username", "at")
    )
    for record, name, who, at in [*stated, *accepted]:
        known = found.get((record, name))
        if known is None or known[1] < at:
            found[record, name] = (who, at)
    return found
