"""Articles: the list, and one text with every claim's words highlighted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from evidence.choices import RecordKind, RecordState, RunOutcome
from evidence.fields import EXISTS, kind_spec
from evidence.filters import ArticleFilter
from evidence.models import Article, Claim, Record, Run, SettledField, Snapshot
from funding.models import Allocation, Contribution, Package, PackageItem
from meetings.models import Attendance, ContactGroup, Meeting, MeetingTopic, Membership, Statement
from people.models import Official, Organisation, Post
from register.dossier import Names
from register.highlighting import Passage, kind_of, paragraphs
from register.keyset import by_day
from register.listing import feed_address, list_page
from register.wording import money_words

# The record on whose page a child is shown, by the child's model.
PARENTS: dict[type[Record], str] = {
    Attendance: "meeting",
    MeetingTopic: "meeting",
    Membership: "group",
    Post: "official",
    Statement: "official",
    Contribution: "package",
    Allocation: "package",
    PackageItem: "package",
}
# What a row of a page is called in a note.
ROWS = {
    RecordKind.ATTENDANCE: "attendance",
    RecordKind.MEETING_TOPIC: "topic",
    RecordKind.MEMBERSHIP: "member",
    RecordKind.POST: "post",
    RecordKind.STATEMENT: "statement",
    RecordKind.CONTRIBUTION: "donor",
    RecordKind.ALLOCATION: "recipient",
    RecordKind.PACKAGE_ITEM: "contents",
}
# Claims that repeat what stands beside them: the day of the text, and the donor who has a row of his own.
SILENT = ("cited_on", "donor")
MODELS: dict[str, type[Record]] = {
    RecordKind.ORGANISATION: Organisation,
    RecordKind.CONTACT_GROUP: ContactGroup,
    RecordKind.OFFICIAL: Official,
    RecordKind.POST: Post,
    RecordKind.MEMBERSHIP: Membership,
    RecordKind.MEETING: Meeting,
    RecordKind.ATTENDANCE: Attendance,
    RecordKind.MEETING_TOPIC: MeetingTopic,
    RecordKind.PACKAGE: Package,
    RecordKind.CONTRIBUTION: Contribution,
    RecordKind.ALLOCATION: Allocation,
    RecordKind.PACKAGE_ITEM: PackageItem,
    RecordKind.STATEMENT: Statement,
}


@dataclass(frozen=True)
class Note:
    """What one passage says of one record: the page that shows it, what is said, and how it stands now."""

    about: str
    link: str
    said: list[Said]


@dataclass(frozen=True)
class Said:
    """One value, or several of one row, in words."""

    label: str
    value: str
    mark: str


@dataclass(frozen=True)
class Reading:
    """How an article's text was taken: its latest snapshot, the latest run of it and the live one."""

    snapshot: Snapshot | None
    latest: Run | None
    live: Run | None

    @property
    def state(self) -> str:
        """`read`, `irrelevant`, `not_english`, `failed` or `unread`."""
        if self.latest is None:
            return "unread"
        if self.latest.outcome != RunOutcome.READ:
            return str(self.latest.outcome)
        return "read" if self.latest.relevant else "irrelevant"


def article_list(request: HttpRequest) -> HttpResponse:
    latest = Run.objects.filter(snapshot__article=OuterRef("pk")).order_by("-pk")
    articles = Article.objects.select_related("outlet").annotate(
        outcome=Subquery(latest.values("outcome")[:1]), relevant=Subquery(latest.values("relevant")[:1])
    )
    listing = list_page(request, ArticleFilter, articles, by_day("published"))
    context = {"listing": listing, "feed": feed_address("article-list", query=request.GET)}
    return render(request, "register/article_list.html", context, status=listing.status)


def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    article = Article.objects.select_related("outlet").filter(pk=pk).first() if pk < 2**63 else None
    if article is None:
        raise Http404("No article stands at this address.")
    reading = _reading(article)
    claims = list(_claims(reading.live)) if reading.live else []
    shown = reading.snapshot
    content = shown.content if shown else article.title
    cut = paragraphs(content, _passages(claims) if reading.live and shown == reading.live.snapshot else [])
    headline = cut[0] if cut and shown and shown.title.strip() else None
    context = {
        "article": article,
        "reading": reading,
        "headline": headline,
        "body": cut[1:] if headline else cut,
        "claims": len(claims),
        "capabilities": _capabilities(reading.live, content),
        "snapshots": _snapshots(article),
        "story": _story(article),
        "faults": article.intakes.filter(state="quarantined").values_list("fault", flat=True),
        "feed": feed_address("article-detail", article.pk),
        "original": article.url if article.url.startswith(("https://", "http://")) else "",
    }
    return render(request, "register/article.html", context)


def _reading(article: Article) -> Reading:
    runs = list(Run.objects.filter(snapshot__article=article).select_related("snapshot").order_by("-pk")[:20])
    live = next((run for run in runs if run.live), None)
    if live is None:
        live = Run.objects.filter(snapshot__article=article, live=True).select_related("snapshot").first()
    snapshot = live.snapshot if live else article.snapshots.order_by("-pk").first()
    return Reading(snapshot, runs[0] if runs else None, live)


def _claims(run: Run) -> QuerySet:
    return (
        Claim.objects.filter(run=run)
        .annotate_records()
        .annotate(record_kind=F("mention__kind"))
        .order_by("start", "end", "pk")
    )


def _passages(claims: Iterable[Any]) -> list[Passage]:
    """One passage for each stretch of words, with a note for each thing it says of each record."""
    rows = list(claims)
    names = Names()
    for claim in rows:
        names.want(claim.record_kind, claim.field, _value(claim))
    names.fetch()
    records = _records({(claim.record_kind, claim.bound_record) for claim in rows if claim.bound_record})
    heads = {
        (head.record_id, head.field): head
        for head in SettledField.objects.filter(record__in=records).only("record", "field", "contested", "decided")
    }
    spans: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for claim in rows:
        spans[claim.start, claim.end].append(claim)
    found = []
    for (start, end), group in spans.items():
        told = _telling(group)
        kind = kind_of(told[0].record_kind, told[0].field)
        found.append(Passage(start, end, kind, notes=_notes(told, names, records, heads)))
    return found


def _telling(claims: list[Any]) -> list[Any]:
    """That a thing exists is said by any of its values; alone it is what the passage says."""
    told = [claim for claim in claims if claim.field not in (EXISTS, *SILENT)]
    telling = {claim.bound_record for claim in told}
    told += [claim for claim in claims if claim.field == EXISTS and claim.bound_record not in telling]
    return told or claims


def _value(claim: Any) -> Any:
    return str(claim.target_record or claim.target_id) if claim.target_id else claim.value


def _records(wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Record]:
    """The records that claims speak of, with what their names and addresses need: one query a kind."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, pk in wanted:
        by_kind[kind].append(pk)
    found: dict[UUID, Record] = {}
    for kind, keys in by_kind.items():
        model = MODELS[kind]
        related = [f.name for f in model._meta.fields if f.many_to_one]
        if model is Meeting or model in (Attendance, MeetingTopic, Statement):
            related.append("group" if model is Meeting else "meeting__group")
        found |= model._default_manager.select_related(*related).in_bulk(keys)
    return found


def _notes(
    claims: list[Any], names: Names, records: dict[UUID, Record], heads: dict[tuple[UUID, str], SettledField]
) -> list[Note]:
    """One note for each page concerned; the values of one row of it stand together."""
    pages: dict[tuple[str, str], dict[tuple[UUID | None, str], list[tuple[str, str]]]] = {}
    for claim in claims:
        record = records.get(claim.bound_record)
        child = record is not None and type(record) in PARENTS
        spec = kind_spec(claim.record_kind).by_name.get(claim.field)
        label = ROWS[claim.record_kind] if child else spec.label if spec else claim.field
        value = names.text(claim.record_kind, claim.field, _value(claim))
        head = heads.get((claim.bound_record, claim.field))
        mark = "decided" if head and head.decided else "contested" if head and head.contested else ""
        if claim.field == EXISTS:
            label, value = ("" if child else RecordKind(claim.record_kind).label.lower()), (label if child else "")
        row = (claim.bound_record if child else None, label)
        pages.setdefault(_address(record), {}).setdefault(row, []).append((value, mark))
    return [
        Note(about, link, [_said(label, values) for (_, label), values in rows.items()])
        for (about, link), rows in pages.items()
    ]


def _said(label: str, values: list[tuple[str, str]]) -> Said:
    marks = {mark for _, mark in values}
    mark = "contested" if "contested" in marks else "decided" if marks == {"decided"} else ""
    return Said(label, ", ".join(dict.fromkeys(value for value, _ in values if value)), mark)


def _address(record: Record | None) -> tuple[str, str]:
    """What to call the page that shows a record, and where it is, if there is one."""
    owner = getattr(record, PARENTS[type(record)], None) if type(record) in PARENTS else record
    if record is None or owner is None:
        return "", ""
    name = money_words(owner.amount, owner.currency, owner.qualifier) if isinstance(owner, Package) else str(owner)
    live = owner.state == RecordState.LIVE == record.state
    return name, owner.get_absolute_url() if live and hasattr(owner, "get_absolute_url") else ""


def _capabilities(run: Run | None, content: str) -> list[dict[str, str]]:
    """Equipment the text names, as the run read it, each with its words."""
    found = []
    for item in (run.facts.get("capabilities") or ()) if run else ():
        spans = item.get("evidence") or ()
        words = content[spans[0]["start"] : spans[0]["end"]] if spans else ""
        found.append({"name": str(item.get("name", "")), "maker": str(item.get("maker") or ""), "words": words})
    return found


def _snapshots(article: Article) -> list[Snapshot]:
    snapshots = list(article.snapshots.order_by("-pk").prefetch_related("runs")[:20])
    counts = dict(Claim.objects.filter(snapshot__in=snapshots).order_by().values_list("run").annotate(Count("pk")))
    for snapshot in snapshots:
        for run in snapshot.runs.all():
            run.values_read = counts.get(run.pk, 0)
    return snapshots


def _story(article: Article) -> list[Article]:
    """The other articles of its story."""
    head = article.story_id or article.pk
    others = Article.objects.filter(pk=head) | Article.objects.filter(story=head)
    return list(others.exclude(pk=article.pk).select_related("outlet").order_by("pk")[:50])
