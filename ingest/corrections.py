"""What editors decided on what was read of an article, as an annotation in the interchange format.

Decisions are on records; an article is annotated with those on values that its own live reading gives. The rules are in
docs/decisions: an accepted value is right, a rejected one wrong, one that an editor replaced by their own word is wrong
and the editor's is missed; of all else the annotation says nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from evidence.fields import EXISTS, Candidate, Combine, kind_spec
from evidence.models import Binding, Claim, Run, Verdict
from evidence.models import Mention as StoredMention
from evidence.weighing import candidates_of
from ingest.drafts import Draft, Item, Mention, Told
from ingest.recording import drafted
from meetings.choices import AttendanceRole

# By section, the fields of an item with the claimed fields that hold them; of an affiliation one of two.
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "contact_groups": {"name": ("name",), "member_count": ("member_count",)},
    "meetings": {
        "label": ("title",),
        "contact_group": ("group",),
        **{name: (name,) for name in ("ordinal", "starts", "ends", "place", "country", "venue", "status")},
        "nation_count": ("nation_count",),
    },
    "officials": {"name": ("name",), "affiliation": ("nation", "organisation")},
    "packages": {
        "amount": ("amount",),
        "programme": ("programme",),
        "announced": ("announced_on",),
        "status": ("stage",),
    },
}
# What rests on a row of its own: a post, a contribution. Whether somebody is quoted nobody is asked.
OF_ROWS = {"contact_groups": (), "meetings": (), "officials": ("title", "quoted"), "packages": ("donor", "shares")}
LISTS = {"contact_groups": (), "meetings": ("chairs", "participants"), "officials": (), "packages": ("recipients",)}
PARTY = ("nation", "organisation", "described", "donor_name")
ROLES = {"chairs": AttendanceRole.CHAIR, "participants": AttendanceRole.PARTICIPANT}
# The list of a meeting in which a party of each role stands.
LIST_OF = {
    AttendanceRole.CHAIR: "chairs",
    AttendanceRole.HOST: "chairs",
    AttendanceRole.PARTICIPANT: "participants",
    AttendanceRole.SPEAKER: "participants",
}


@dataclass(frozen=True)
class Call:
    """What was decided on a value: `right`, `wrong`, or neither; `instead` is what an editor says in its place."""

    right: bool = False
    wrong: bool = False
    instead: Any = None


OPEN = Call()


def touched_runs() -> Iterator[Run]:
    """The live readings of articles that speak of a record on which somebody decided, the oldest article first."""
    decided = set(Verdict.objects.standing().values_list("claim__mention__binding__record", flat=True))
    stated = Claim.objects.filter(author__isnull=False).confirmed()
    decided |= set(stated.values_list("mention__binding__record", flat=True))
    runs = Run.objects.filter(live=True, snapshot__mentions__binding__record__in=decided)
    yield from runs.distinct().select_related("snapshot__article__outlet").order_by("snapshot__article")


def annotation_of(run: Run) -> dict[str, Any] | None:
    """The annotation of the article of a live run; None where nothing that it reads was decided on."""
    draft = drafted(run)
    decisions = _Decisions(run, draft)
    sections: dict[str, list[Item]] = {section: [] for section in FIELDS}
    rejected: dict[str, list[Item]] = {}
    for told in draft.told:
        if told.field:
            continue
        rows = [other for other in draft.told if other.field and other.item is told.item]
        gold = _Gold(told, rows, decisions)
        if gold.exists.wrong:
            rejected.setdefault(told.section, []).append(gold.as_read())
        elif gold.is_decided:
            sections[told.section].append(gold.item())
    if not rejected and not any(sections.values()):
        return None
    return {"id": article_id(run), **sections, "partial": True, "rejected": rejected}


def article_of(run: Run) -> dict[str, Any]:
    """The article of a run, in the form that `manage.py extract` reads."""
    snapshot = run.snapshot
    return {
        "id": article_id(run),
        "url": snapshot.article.url,
        "title": snapshot.title,
        "publisher": snapshot.article.outlet.name,
        # What relative dates were resolved against.
        "published": run.published.isoformat() if run.published else None,
        "text": snapshot.text,
    }


def article_id(run: Run) -> str:
    return f"{run.snapshot.article_id:06}"


class _Decisions:
    """Every decision on the records that one reading speaks of; five queries."""

    def __init__(self, run: Run, draft: Draft) -> None:
        stored = dict(StoredMention.objects.filter(key__in=list(draft.mentions)).values_list("key", "pk"))
        bound = dict(Binding.objects.filter(mention__in=stored.values()).values_list("mention", "record"))
        self.records: dict[str, UUID] = {key: bound[pk] for key, pk in stored.items() if bound.get(pk)}
        ours = set(self.records.values())
        self.candidates = candidates_of(sorted(ours))
        self.claims: dict[str, dict[str, Any]] = defaultdict(dict)
        for mention, row in draft.claims:
            self.claims[mention.key].setdefault(row["field"], row.get("value", row.get("target")))
        # When this article first said so, in any text and reading of it.
        self.told: dict[tuple[UUID, str, str], datetime.datetime] = {}
        # Values that an editor gives on the word of another source.
        self.sourced: set[tuple[UUID, str, str]] = set()
        rows: Any = Claim.objects.filter(mention__binding__record__in=ours).order_by("id")
        ours_or_editors = Q(snapshot__article=run.snapshot.article_id) | Q(author__isnull=False)
        for claim in rows.filter(ours_or_editors).confirmed().annotate_records():
            value = str(claim.target_record) if claim.target_id else claim.value
            key = (claim.bound_record, claim.field, repr(value))
            if claim.author_id is None:
                self.told.setdefault(key, claim.created_at)
            elif claim.citation_url or claim.citation_publisher:
                self.sourced.add(key)
            else:
                # The later word without a source is said of the articles at hand.
                self.sourced.discard(key)

    def call(self, mention: Mention, name: str, of: Any = None) -> Call:
        """What was decided on the value that this mention gives to a field; `of` is that value, where it gives two."""
        record, value = self.records.get(mention.key), of or self.claims[mention.key].get(name)
        if record is None or value is None:
            return OPEN
        if isinstance(value, Mention):
            value = str(self.records.get(value.key))
        candidates = self.candidates.get(record, {}).get(name, [])
        mine = next((candidate for candidate in candidates if candidate.value == value), None)
        if mine is None:
            return OPEN
        spec = kind_spec(mention.kind).by_name[name]
        several = spec.combine is Combine.MANY
        held = max((c for c in candidates if c.decided), key=lambda c: c.decided_at, default=None)
        if mine.decided and (several or held is mine):
            return Call(right=True)
        instead = None
        if held is not None and not several and self._corrects(record, name, mine, held):
            instead = held.value
        if mine.rejected or (instead is not None and not spec.refines(instead, value)):
            return Call(wrong=True, instead=instead)
        return OPEN

    def _corrects(self, record: UUID, name: str, mine: Candidate, held: Candidate) -> bool:
        """Is what holds an editor's own word on an article that had said something else?"""
        told = self.told.get((record, name, repr(mine.value)))
        return (
            held.stated_at == held.decided_at
            and (record, name, repr(held.value)) not in self.sourced
            and told is not None
            and told < held.decided_at
        )

    def party(self, mention: Mention) -> Call:
        """What was decided on a row of a party: that it is there, and who it is."""
        named = self.claims[mention.key]
        return self.row(mention, ("official",) if "official" in named else PARTY)

    def row(self, mention: Mention, names: Sequence[str]) -> Call:
        """What was decided on a row: that it is there, and the one value that makes it out."""
        calls = [self.call(mention, EXISTS)]
        for name in names:
            call = self.call(mention, name)
            calls.append(Call(call.right, call.wrong, _written(mention.kind, name, call.instead)))
        return next((c for c in calls if c.wrong), next((c for c in calls if c.right), OPEN))


def _written(kind: str, name: str, value: Any) -> Any:
    """A value of a claim as the interchange format has it; the name of a record that it points at."""
    if value is None:
        return None
    reference = kind_spec(kind).by_name[name].reference
    if reference:
        found = kind_spec(reference).model.objects.filter(pk=value).values_list("name", flat=True).first()
        return found or None
    if name == "status":
        return "planned" if value == "proposed" else value
    return int(float(value["number"])) if name == "nation_count" else value


@dataclass
class _Gold:
    """One item of a reading with what was decided on it."""

    told: Told
    rows: list[Told]
    decisions: _Decisions
    right: set[str] = field(default_factory=set)
    corrected: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    lists: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.exists = self.decisions.call(self.told.mention, EXISTS)
        for name, claimed in FIELDS[self.told.section].items():
            for source in claimed:
                call = self.decisions.call(self.told.mention, source)
                self._note(name, call, _written(self.told.mention.kind, source, call.instead))
        for row in self.rows:
            if row.field in LISTS[self.told.section]:
                self._element(row)
            elif row.field == "donor":
                call = self.decisions.party(row.mention)
                self._note(row.field, call, call.instead)
            elif row.field == "title":
                call = self.decisions.row(row.mention, ("title",))
                self._note(row.field, call, call.instead)
        self._shares()

    def _note(self, name: str, call: Call, instead: Any) -> None:
        if call.right:
            self.right.add(name)
        elif call.wrong:
            read = self.told.item.get(name)
            if name == "amount":
                self.rejected["currency"].append(self.told.item["currency"])
                if instead:
                    self.corrected["currency"] = instead["currency"]
                    instead = float(instead["number"])
            self.rejected[name].append(read)
            if instead is not None:
                self.corrected[name] = instead

    def _element(self, row: Told) -> None:
        call = self.decisions.party(row.mention)
        role = ROLES.get(row.field)
        as_role = self.decisions.call(row.mention, "role", of=role) if role else OPEN
        if call.wrong or as_role.wrong:
            self.rejected[row.field].append(row.element)
        where = LIST_OF.get(as_role.instead) if as_role.wrong else row.field
        who = call.instead if call.wrong else row.element
        if where and who and (call.right or as_role.right or call.instead or as_role.instead):
            self.lists[where].append(who)

    def _shares(self) -> None:
        """Shares are a matter of the whole sum: they are annotated once each of them is decided on."""
        by_recipient = {row.element: row for row in self.rows if row.field == "recipients"}
        shares = []
        for share in self.told.item.get("shares") or ():
            size = "fraction" if share.get("fraction") is not None else "amount"
            row = by_recipient.get(share["recipient"])
            call = self.decisions.call(row.mention, size) if row else OPEN
            if not call.right and not call.wrong:
                return
            value = share[size] if call.right else call.instead
            if value is not None:
                shares.append({"recipient": share["recipient"], size: float(value)})
        if self.told.item.get("shares"):
            self.right.add("shares")
            self.lists["shares"] = shares

    @property
    def is_decided(self) -> bool:
        return bool(self.exists.right or self.right or self.corrected or self.rejected or any(self.lists.values()))

    def as_read(self) -> Item:
        """What was read, without what shows it."""
        section, item = self.told.section, self.told.item
        names = [*FIELDS[section], *OF_ROWS[section], *LISTS[section], *(["currency"] if section == "packages" else [])]
        return {name: item[name] for name in names if name in item}

    def item(self) -> Item:
        """The annotated item: as read, for it to be found, with what was decided in its place.

        Who decides on a value of a thing decides that it is there; who only rejects one does not.
        """
        section, lists = self.told.section, LISTS[self.told.section]
        decided = self.right | self.corrected.keys()
        undecided = [name for name in (*FIELDS[section], *OF_ROWS[section]) if name not in decided]
        sure = self.exists.right or decided or any(self.lists.values())
        return {
            **self.as_read(),
            **self.corrected,
            **{name: sorted(set(self.lists[name])) for name in lists},
            **({"shares": self.lists["shares"] if "shares" in self.right else []} if section == "packages" else {}),
            "undecided": [*([] if sure else [EXISTS]), *undecided, *lists],
            "rejected": dict(self.rejected),
        }
