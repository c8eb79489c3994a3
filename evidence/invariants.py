"""What must hold of the register whatever was read and decided; each a function that finds what breaks it.

`check()` runs them all. Upper apps add those that only they can state, with `register`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from evidence.choices import RecordState
from evidence.circles import own_links, reached
from evidence.fields import kinds_in_order
from evidence.judged import words_on
from evidence.models import Binding, CandidatePair, Judgement, Mention, Record, SettledField
from evidence.projection import written_out
from evidence.weighing import candidates_of, parents_of

BATCH = 500


@dataclass(frozen=True)
class Breach:
    """Something that breaks an invariant: what (`meeting 0199…`, `article 5`), and how, in words."""

    what: str
    fault: str

    def __str__(self) -> str:
        return f"{self.what}: {self.fault}"


Invariant = Callable[[], Iterable[Breach]]
_further: list[Invariant] = []


def register(*invariants: Invariant) -> None:
    """Add invariants of an upper app; called once, when it is ready."""
    _further.extend(invariants)


def check() -> Iterator[tuple[str, Breach]]:
    """Every breach of every invariant, with the name of the invariant in words."""
    for invariant in (*INVARIANTS, *_further):
        name = invariant.__name__.replace("_", " ")
        yield from ((name, breach) for breach in invariant())


# Mentions and records


def every_mention_is_bound() -> Iterator[Breach]:
    """A mention belongs to a record of its own kind. One read a moment ago is bound when its article is settled."""
    rows = Mention.objects.filter(
        Q(binding=None) | Q(binding__record=None) | ~Q(binding__record__kind=F("kind")) | ~Q(binding__kind=F("kind"))
    )
    for pk, kind, record in rows.order_by("pk").values_list("pk", "kind", "binding__record"):
        fault = f"the mention is bound to {record}, which is of another kind" if record else "the mention is not bound"
        yield Breach(f"{kind} {pk}", fault)


EARLIEST = """
SELECT r.kind, r.id, r.state, earliest.id
FROM evidence_record r
LEFT JOIN (SELECT record_id, min(mention_id::text)::uuid AS id FROM evidence_binding GROUP BY record_id) AS earliest
    ON earliest.record_id = r.id
WHERE (earliest.id IS NULL) <> (r.state = 'merged') OR earliest.id <> r.id
ORDER BY r.id
"""


def every_record_is_its_earliest_mention() -> Iterator[Breach]:
    """A record has the id of its earliest mention, and is merged when it has none.

    With it no id leads in a circle: a record's own id always leads to itself.
    """
    for kind, pk, state, earliest in _rows(EARLIEST):
        if earliest is None:
            fault = f"it is {state}, though no mention is bound to it"
        elif earliest == pk:
            fault = "it is merged, though mentions are bound to it"
        else:
            fault = f"its earliest mention is {earliest}"
        yield Breach(f"{kind} {pk}", fault)


def every_part_has_its_whole() -> Iterator[Breach]:
    """What is part of something is part of a record that stands."""
    for spec in kinds_in_order():
        if spec.parent:
            rows = spec.model.objects.exclude(state=RecordState.MERGED).filter(
                Q(**{spec.parent: None}) | Q(**{f"{spec.parent}__state": RecordState.MERGED})
            )
            for pk, whole in rows.order_by("pk").values_list("pk", spec.parent):
                fault = f"it is part of {whole}, which was merged away" if whole else f"it is part of no {spec.parent}"
                yield Breach(f"{spec.kind} {pk}", fault)


def every_link_leads_to_a_record() -> Iterator[Breach]:
    """A record never names one that was merged away; it names the one that this became."""
    for spec in kinds_in_order():
        for name in (found.name for found in spec.fields if found.reference):
            rows = spec.model.objects.filter(**{f"{name}__state": RecordState.MERGED}).order_by("pk")
            for pk, target in rows.values_list("pk", name):
                yield Breach(f"{spec.kind} {pk}", f"{name} names {target}, which was merged away")


def nothing_is_part_of_itself() -> Iterator[Breach]:
    """Links among records of one kind (part of, restates, replaces, parent group) never lead back to their start."""
    for spec in kinds_in_order():
        leads: dict[UUID, set[UUID]] = defaultdict(set)
        for name in own_links(spec):
            rows = spec.model.objects.filter(state=RecordState.LIVE, **{f"{name}__isnull": False})
            for pk, target in rows.values_list("pk", name):
                leads[pk].add(target)
        for pk in sorted(leads):
            if pk in reached(leads, pk):
                yield Breach(f"{spec.kind} {pk}", "its links to others of its kind lead back to it")


def what_was_taken_out_stays_out() -> Iterator[Breach]:
    """A mention that an editor took out of a record is in it again only where somebody said what it is the same as."""
    words = words_on(set(Judgement.objects.values_list("left", flat=True)))
    parted = [pair for pair in words.different if words.alone & set(pair)]
    named = {mention for pair in parted for mention in pair}
    bound = dict(Binding.objects.filter(mention__in=named).values_list("mention", "record"))
    for left, right in parted:
        own, other = (left, right) if left in words.alone else (right, left)
        if bound.get(own) == bound.get(other) and not any(own in pair for pair in words.same):
            yield Breach(f"mention {own}", f"it was taken out of {bound.get(other)}, and is bound to it")


# Values


def every_settled_value_has_a_claim() -> Iterator[Breach]:
    """What a field is settled on is said by a living claim that nobody rejected or took back."""
    for records, values in _settled():
        candidates = candidates_of(list(records))
        for pk, kind in records.items():
            for field, value in values[pk].items():
                said = [c.value for c in candidates.get(pk, {}).get(field, ()) if not c.rejected]
                stated = value if isinstance(value, list) else [] if value is None else [value]
                for element in stated:
                    if element not in said:
                        yield Breach(f"{kind} {pk}", f"nothing says {field} = {element!r}")


def every_column_holds_what_was_settled() -> Iterator[Breach]:
    """The columns of a record are its settled values written out, and what follows from them."""
    apart = {"id", "kind", "state", "version", "contested_fields", "first_reported", "last_reported"}
    for records, values in _settled():
        parents = parents_of(list(records))
        for spec in kinds_in_order():
            members = [pk for pk, kind in records.items() if kind == spec.kind]
            for instance in spec.model.objects.filter(pk__in=members).order_by("pk"):
                expected = written_out(
                    spec, instance.pk, values[instance.pk], parents.get(instance.pk), instance.first_reported
                )
                for f in instance._meta.concrete_fields:
                    stored, settled = getattr(instance, f.attname), getattr(expected, f.attname)
                    if f.primary_key or "_at" in f.name or f.name in {*apart, *spec.model.joint}:
                        continue
                    if stored != settled:
                        yield Breach(f"{spec.kind} {instance.pk}", f"{f.name} is {stored!r}, settled is {settled!r}")


def _settled() -> Iterator[tuple[dict[UUID, str], dict[UUID, dict[str, Any]]]]:
    """Every record with its kind and its settled values, a batch at a time."""
    last: UUID | None = None
    while True:
        further = Record.objects.filter(pk__gt=last) if last else Record.objects.all()
        records = dict(further.order_by("pk").values_list("pk", "kind")[:BATCH])
        if not records:
            return
        values: dict[UUID, dict[str, Any]] = {pk: {} for pk in records}
        heads = SettledField.objects.filter(record__in=list(records)).order_by("record", "field")
        for pk, field, value in heads.values_list("record", "field", "settlement__value"):
            values[pk][field] = value
        yield records, values
        last = max(records)


LIVE = """
SELECT r.kind, r.id, r.state FROM evidence_record r
LEFT JOIN evidence_settledfield head ON head.record_id = r.id AND head.field = 'exists'
LEFT JOIN evidence_settlement s ON s.id = head.settlement_id
WHERE (r.state = 'live') <> (s.value IS NOT NULL)
ORDER BY r.id
"""


def every_live_record_is_said_to_exist() -> Iterator[Breach]:
    """A record is live exactly when it is settled that it exists."""
    for kind, pk, state in _rows(LIVE):
        fault = "that it exists is settled on" if state != RecordState.LIVE else "that it exists is not settled on"
        yield Breach(f"{kind} {pk}", f"it is {state}, but {fault}")


HEADS = """
SELECT r.kind, r.id, last.field, last.id, head.settlement_id
FROM (SELECT DISTINCT ON (record_id, field) record_id, field, id FROM evidence_settlement
      ORDER BY record_id, field, id DESC) AS last
JOIN evidence_record r ON r.id = last.record_id
LEFT JOIN evidence_settledfield head ON head.record_id = last.record_id AND head.field = last.field
WHERE head.settlement_id IS DISTINCT FROM last.id
ORDER BY r.id, last.field
"""


def every_field_stands_at_its_last_settlement() -> Iterator[Breach]:
    """The settled value of a field is that of its latest settlement."""
    for kind, pk, field, last, head in _rows(HEADS):
        stands = f"stands at settlement {head}" if head else "is not settled"
        yield Breach(f"{kind} {pk}", f"{field} {stands}, the last one is {last}")


CONTESTED = """
SELECT r.kind, r.id, r.contested_fields, COALESCE(heads.fields, '{}')
FROM evidence_record r
LEFT JOIN (
    SELECT head.record_id, array_agg(head.field::text ORDER BY head.field) FILTER (WHERE head.contested) AS fields,
           bool_or(head.contested <> s.contested) AS apart
    FROM evidence_settledfield head JOIN evidence_settlement s ON s.id = head.settlement_id GROUP BY head.record_id
) AS heads ON heads.record_id = r.id
WHERE heads.apart
   OR NOT (r.contested_fields::text[] @> COALESCE(heads.fields, '{}')
           AND r.contested_fields::text[] <@ COALESCE(heads.fields, '{}'))
ORDER BY r.id
"""


def contested_fields_are_those_settled_as_contested() -> Iterator[Breach]:
    """A record lists as contested the fields whose settlement is."""
    for kind, pk, listed, settled in _rows(CONTESTED):
        yield Breach(f"{kind} {pk}", f"listed as contested: {_names(listed)}; settled as contested: {_names(settled)}")


def _names(fields: Iterable[str]) -> str:
    return ", ".join(fields) or "none"


# Sources


RUNS = """
WITH reading AS (
    SELECT s.article_id, r.id, r.snapshot_id, r.live,
           EXISTS (SELECT FROM evidence_claim c WHERE c.run_id = r.id) AS recorded
    FROM evidence_run r JOIN evidence_snapshot s ON s.id = r.snapshot_id
    WHERE r.outcome <> 'failed' AND NOT r.withdrawn
)
SELECT article_id, count(*) FILTER (WHERE live),
       (array_agg(id ORDER BY snapshot_id DESC, id DESC) FILTER (WHERE live OR recorded))[1],
       (array_agg(id ORDER BY snapshot_id DESC, id DESC) FILTER (WHERE live))[1]
FROM reading GROUP BY article_id ORDER BY article_id
"""


def every_article_has_one_live_run() -> Iterator[Breach]:
    """Of the runs of an article that were recorded, the latest of its latest text is live, and it alone.

    A run that was read but not recorded yet has no claims, and is not asked for; nor is one that was taken back.
    """
    for article, live, latest, current in _rows(RUNS):
        if live > 1:
            yield Breach(f"article {article}", f"{live} runs are live")
        elif latest != current:
            stands = f"run {current} is live" if current else "no run is live"
            yield Breach(f"article {article}", f"{stands}, the latest recorded is run {latest}")


# Candidates


def every_pair_of_one_key_is_a_candidate() -> Iterator[Breach]:
    """Two live records that share an identity key are listed as a candidate pair, waiting or judged."""
    holders: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    live = Record.objects.filter(state=RecordState.LIVE).exclude(identity_keys=[]).order_by("pk")
    for pk, kind, keys in live.values_list("pk", "kind", "identity_keys").iterator():
        for key in keys:
            holders[kind, key].append(pk)
    listed = set(CandidatePair.objects.values_list("left", "right"))
    for (kind, key), found in sorted(holders.items()):
        others = holders.get((kind, f"!{key[1:]}"), []) if key[0] == "?" else found if key[0] != "!" else []
        for a, b in product(found, others):
            if a != b and (min(a, b), max(a, b)) not in listed:
                yield Breach(f"{kind} {a}", f"it is not listed as a candidate with {b}: both are {key.lstrip('?')}")


def candidates() -> Iterator[Breach]:
    """Pairs of live records that share an identity key and that nobody has judged: not broken, but to be decided."""
    for pair in CandidatePair.objects.waiting().order_by("left", "right"):
        yield Breach(f"{pair.kind} {pair.left_id}", f"it may be the same as {pair.right_id}: {', '.join(pair.keys)}")


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


TOLD = """
SELECT r.kind, r.id, r.state, r.version, told.action, latest.version
FROM evidence_record r
LEFT JOIN (SELECT DISTINCT ON (record_id) record_id, action FROM evidence_change WHERE action <> 'unstated'
           ORDER BY record_id, id DESC) AS told ON told.record_id = r.id
LEFT JOIN (SELECT record_id, max(version) AS version FROM evidence_change GROUP BY record_id) AS latest
    ON latest.record_id = r.id
WHERE (r.state = 'live') <> (coalesce(told.action, '') IN ('create', 'update', 'restore'))
   OR (r.state = 'merged') <> (coalesce(told.action, '') = 'merge')
   OR r.version <> coalesce(latest.version, 1)
ORDER BY r.id
"""


def followers_were_told_what_stands() -> Iterator[Breach]:
    """Who did what the feed of changes said holds the records that are stated, and knows which were merged away."""
    for kind, pk, state, version, told, latest in _rows(TOLD):
        what = f"{told or 'nothing'}, up to version {latest or 1}"
        yield Breach(f"{kind} {pk}", f"it is {state} in version {version}, and followers were told {what}")


INVARIANTS: list[Invariant] = [
    every_mention_is_bound,
    every_record_is_its_earliest_mention,
    every_part_has_its_whole,
    every_link_leads_to_a_record,
    nothing_is_part_of_itself,
    what_was_taken_out_stays_out,
    every_settled_value_has_a_claim,
    every_column_holds_what_was_settled,
    every_live_record_is_said_to_exist,
    every_field_stands_at_its_last_settlement,
    contested_fields_are_those_settled_as_contested,
    every_article_has_one_live_run,
    followers_were_told_what_stands,
    every_pair_of_one_key_is_a_candidate,
]
