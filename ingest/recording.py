"""Turns the facts of a run into mentions and claims.

A mention is known by its snapshot and the place where the item's head stands in the text, so that a later version of
the engine that finds the same item speaks of the same mention.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models.fields.json import KeyTextTransform

from evidence.choices import RecordKind
from evidence.fields import EXISTS
from evidence.models import ImportedRow, Run
from ingest.drafts import Draft, Item, Mention, Told
from meetings.choices import AttendanceRole
from meetings.vocabulary import capability_slug, topic_slug
from people.names import body_key, fold, person_key
from people.vocabulary import is_nation

MAX_QUOTE = 400
# "NATO defence ministers" in the name of a meeting is a group; "drone coalition" is for the reader to tell.
NAMING_WORDS = 3


def record_facts(run: Run) -> None:
    """Write the mentions and claims of a run; writing them again changes nothing. Needs a transaction."""
    drafted(run).write()


def drafted(run: Run) -> Draft:
    """The mentions and claims of a run, not yet written."""
    draft = Draft(run, run.snapshot.content)
    facts = run.facts
    bodies = _Bodies(draft)
    groups = [_group(draft, item) for item in facts.get("contact_groups", ())]
    officials = [_official(draft, item, bodies) for item in facts.get("officials", ())]
    people = _People(facts.get("officials", ()), officials)
    by_name = {
        body_key(name): mention
        for item, mention in zip(facts.get("contact_groups", ()), groups, strict=True)
        for name in [item["name"], *item.get("aliases", ())]
    }
    meetings = [_meeting(draft, item, by_name, bodies, people) for item in facts.get("meetings", ())]
    packages = [_package(draft, item, meetings, bodies) for item in facts.get("packages", ())]
    for item, mention in zip(facts.get("packages", ()), packages, strict=True):
        whole = item.get("part_of")
        if isinstance(whole, int) and 0 <= whole < len(packages) and packages[whole] is not mention:
            draft.claim(mention, "part_of", packages[whole], _evidence(item, "part_of") or _evidence(item, "amount"))
    for item in facts.get("statements", ()):
        _statement(draft, item, people, meetings)
    made = {"contact_groups": groups, "meetings": meetings, "officials": officials, "packages": packages}
    for section, mentions in made.items():
        draft.told += [Told(section, item, m) for item, m in zip(facts.get(section, ()), mentions, strict=True)]
    return draft


def _evidence(item: Item, *names: str, value: Any = None, position: int | None = None) -> Item | None:
    """The best usable quote for a field: for an element of a list the one that shows it."""
    usable = [e for e in item.get("evidence", ()) if e.get("field") in names and 0 < e["end"] - e["start"] <= MAX_QUOTE]
    if value is not None:
        exact = [e for e in usable if e.get("value") == value]
        if exact:
            usable = exact
        elif position is not None and position < len(usable):
            return usable[position]
    return max(usable, key=lambda e: (e.get("confidence", 0), -e["start"]), default=None)


def _exists(draft: Draft, mention: Mention, item: Item, *names: str) -> None:
    """The claim that the item is there at all rests on the span of its head, or on its best quote."""
    best = _evidence(item, *names) or max(
        (e for e in item.get("evidence", ()) if 0 < e["end"] - e["start"] <= MAX_QUOTE),
        key=lambda e: (e.get("confidence", 0), -e["start"]),
        default=None,
    )
    anchor = item.get("anchor")
    if anchor and 0 < anchor["end"] - anchor["start"] <= MAX_QUOTE:
        sure = max((e.get("confidence", 0) for e in item.get("evidence", ())), default=0.5)
        rule = best.get("rule", "") if best else ""
        best = {"confidence": item.get("confidence", sure), "rule": rule, **anchor}
    draft.claim(mention, EXISTS, True, best)


def _path(section: str, item: Item) -> str:
    anchor = item.get("anchor") or min(item.get("evidence", ()), key=lambda e: e["start"], default={"start": 0})
    head = item.get("name") or item.get("amount") or item.get("ordinal") or item.get("starts") or ""
    return f"{section}@{anchor['start']}:{fold(str(head))[:80]}"


class _Bodies:
    """Organisations named in the run, one mention for each."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        rows = (
            ImportedRow.objects.filter(file="organisations.csv", live=True)
            .order_by()
            .values_list(*(KeyTextTransform(name, "content") for name in ("name", "abbreviation", "aliases")))
        )
        self.known = {
            body_key(name)
            for name, abbreviation, aliases in rows
            for name in [name, abbreviation or "", *(aliases or "").split("|")]
        } - {""}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Names of known groups that are long enough to mean nothing else, as they are compared and as written."""
        rows = ImportedRow.objects.filter(file="contact_groups.csv", live=True).order_by("row_key")
        names = rows.values_list(*(KeyTextTransform(name, "content") for name in ("name", "aliases")))
        written = [each for name, aliases in names for each in [name, *(aliases or "").split("|")]]
        return {fold(each): each for each in written if len(fold(each).split()) >= NAMING_WORDS}

    def group_named(self, label: str) -> str:
        """The longest name of a known group that stands in what a meeting is called, or nothing."""
        padded = f" {fold(label)} "
        found = [name for name in self.groups if f" {name} " in padded]
        return self.groups[max(found, key=lambda name: (len(name), name))] if found else ""

    def is_nation(self, party: str) -> bool:
        return len(party) == 2 and is_nation(party)

    def is_known(self, party: str) -> bool:
        return body_key(party) in self.known

    def mention(self, name: str, evidence: Item | None) -> Mention:
        mention = self.draft.mention(RecordKind.ORGANISATION, f"organisation:{body_key(name)[:100]}")
        self.draft.claim(mention, EXISTS, True, evidence)
        self.draft.claim(mention, "name", name, evidence)
        return mention

    def claim_party(self, mention: Mention, party: str, evidence: Item | None) -> None:
        """Claim a nation or a body as the party of a share or an attendance."""
        if self.is_nation(party):
            self.draft.claim(mention, "nation", party, evidence)
        elif evidence is not None:
            self.draft.claim(mention, "organisation", self.mention(party, evidence), evidence)


class _People:
    """Officials of the run by the names the text uses for them."""

    def __init__(self, items: Iterable[Item], mentions: Iterable[Mention]) -> None:
        self.by_name: dict[str, tuple[Item, Mention]] = {}
        surnames: dict[str, list[tuple[Item, Mention]]] = {}
        for item, mention in zip(items, mentions, strict=True):
            for name in [item["name"], *item.get("aliases", ())]:
                self.by_name.setdefault(" ".join(person_key(name)), (item, mention))
            words = person_key(item["name"])
            if words:
                surnames.setdefault(words[-1], []).append((item, mention))
        for surname, found in surnames.items():
            if len(found) == 1:
                self.by_name.setdefault(surname, found[0])

    def find(self, name: str) -> tuple[Item, Mention] | None:
        words = person_key(name)
        return self.by_name.get(" ".join(words)) or (self.by_name.get(words[-1]) if words else None)


def _group(draft: Draft, item: Item) -> Mention:
    mention = draft.mention(RecordKind.CONTACT_GROUP, _path("contact_groups", item))
    _exists(draft, mention, item, "name")
    draft.claim(mention, "name", item["name"], _evidence(item, "name"))
    if item.get("abbreviation"):
        draft.claim(mention, "abbreviation", item["abbreviation"], _evidence(item, "abbreviation", "aliases", "name"))
    for i, alias in enumerate(item.get("aliases", ())):
        draft.claim(mention, "aliases", alias, _evidence(item, "aliases", value=alias, position=i))
    draft.claim(mention, "member_count", item.get("member_count"), _evidence(item, "member_count"))
    return mention


def _official(draft: Draft, item: Item, bodies: _Bodies) -> Mention:
    mention = draft.mention(RecordKind.OFFICIAL, _path("officials", item))
    _exists(draft, mention, item, "name")
    draft.claim(mention, "name", item["name"], _evidence(item, "name"))
    for i, alias in enumerate(item.get("aliases", ())):
        draft.claim(mention, "aliases", alias, _evidence(item, "aliases", value=alias, position=i))
    affiliation = item.get("affiliation")
    if affiliation:
        bodies.claim_party(mention, affiliation, _evidence(item, "affiliation"))
    title = _evidence(item, "title")
    if item.get("title") and title:
        draft.claim(mention, "post", item["title"], title)
        path = mention.key.partition(":")[2].partition(":")[2]
        post = draft.mention(RecordKind.POST, f"{path}/post", mention)
        draft.claim(post, EXISTS, True, title)
        draft.claim(post, "title", item["title"], title)
        draft.told.append(Told("officials", item, post, "title", item["title"]))
        if draft.run.published:
            draft.claim(post, "cited_on", draft.run.published.isoformat(), title)
        if affiliation:
            bodies.claim_party(post, affiliation, _evidence(item, "affiliation"))
    return mention


def _meeting(draft: Draft, item: Item, groups: dict[str, Mention], bodies: _Bodies, people: _People) -> Mention:
    path = _path("meetings", item)
    mention = draft.mention(RecordKind.MEETING, path)
    _exists(draft, mention, item, "label")
    group_name, group_evidence = item.get("contact_group"), _evidence(item, "contact_group")
    if group_name and group_evidence:
        group = groups.get(body_key(group_name))
        if group is None:
            group = draft.mention(RecordKind.CONTACT_GROUP, f"contact_groups:{body_key(group_name)[:100]}")
            draft.claim(group, EXISTS, True, group_evidence)
            draft.claim(group, "name", group_name, group_evidence)
        draft.claim(mention, "group", group, group_evidence)
    label = _evidence(item, "label")
    if not group_name and label and (called := bodies.group_named(item.get("label") or "")):
        group = draft.mention(RecordKind.CONTACT_GROUP, f"contact_groups:{body_key(called)[:100]}")
        draft.claim(group, EXISTS, True, label)
        draft.claim(group, "aliases", called, label)
        draft.claim(mention, "group", group, label)
    draft.claim(mention, "title", item.get("label"), label or _evidence(item, "contact_group"))
    for name in ("ordinal", "level", "mode", "status", "starts", "ends", "place", "country", "venue"):
        draft.claim(mention, name, item.get(name), _evidence(item, name))
    if item.get("nation_count"):
        count = {"number": item["nation_count"], "qualifier": item.get("nation_count_qualifier")}
        draft.claim(mention, "nation_count", count, _evidence(item, "nation_count"))
    for role, name in (
        (AttendanceRole.CHAIR, "chairs"),
        (AttendanceRole.PARTICIPANT, "participants"),
        (AttendanceRole.PARTICIPANT, "officials_present"),
        (AttendanceRole.COORDINATOR, "coordinated_with"),
    ):
        for i, party in enumerate(item.get(name) or ()):
            shown = _evidence(item, name, value=party, position=i)
            if shown:
                who = _attendance(draft, mention, path, party, role, shown, bodies, people)
                draft.told.append(Told("meetings", item, who, name, party))
    for i, phrase in enumerate(item.get("topics") or ()):
        _topic(draft, mention, path, phrase, _evidence(item, "topics", value=phrase, position=i))
    return mention


def _attendance(
    draft: Draft,
    meeting: Mention,
    path: str,
    party: str,
    role: str,
    evidence: Item,
    bodies: _Bodies,
    people: _People,
) -> Mention:
    person = None if bodies.is_nation(party) or bodies.is_known(party) else people.find(party)
    # A body the meeting is coordinated with does not thereby take part: a row of its own.
    kind = "coordinator" if role == AttendanceRole.COORDINATOR else "attendance"
    who = person[1].key.rpartition("@")[2] if person else fold(party)
    mention = draft.mention(RecordKind.ATTENDANCE, f"{path}/{kind}:{who}"[:250], meeting)
    draft.claim(mention, EXISTS, True, evidence)
    draft.claim(mention, "role", role, evidence)
    if person is None:
        bodies.claim_party(mention, party, evidence)
        return mention
    item, official = person
    draft.claim(mention, "official", official, evidence)
    draft.claim(mention, "post_title", item.get("title"), _evidence(item, "title"))
    if item.get("affiliation"):
        bodies.claim_party(mention, item["affiliation"], _evidence(item, "affiliation"))
    return mention


def _topic(draft: Draft, meeting: Mention, path: str, phrase: str, evidence: Item | None) -> None:
    if evidence is None:
        return
    mention = draft.mention(RecordKind.MEETING_TOPIC, f"{path}/topic:{fold(phrase)[:120]}", meeting)
    draft.claim(mention, EXISTS, True, evidence)
    draft.claim(mention, "phrase", phrase, evidence)
    draft.claim(mention, "topic", topic_slug(phrase), evidence)
    draft.claim(mention, "capability", capability_slug(phrase), evidence)


def _package(draft: Draft, item: Item, meetings: list[Mention], bodies: _Bodies) -> Mention:
    path = _path("packages", item)
    mention = draft.mention(RecordKind.PACKAGE, path)
    _exists(draft, mention, item, "amount")
    amount = {"number": item["amount"], "currency": item["currency"], "qualifier": item.get("qualifier")}
    draft.claim(mention, "amount", amount, _evidence(item, "amount"))
    draft.claim(mention, "programme", item.get("programme"), _evidence(item, "programme"))
    draft.claim(mention, "stage", item.get("status"), _evidence(item, "status"))
    draft.claim(mention, "announced_on", item.get("announced"), _evidence(item, "announced"))
    where = item.get("meeting")
    if isinstance(where, int) and 0 <= where < len(meetings):
        draft.claim(mention, "meeting", meetings[where], _evidence(item, "meeting"))
    donor = item.get("donor")
    evidence = _evidence(item, "donor")
    if donor and evidence:
        draft.claim(mention, "donor", donor, evidence)
        contribution = draft.mention(RecordKind.CONTRIBUTION, f"{path}/donor:{fold(donor)[:100]}", mention)
        draft.claim(contribution, EXISTS, True, evidence)
        if bodies.is_nation(donor) or bodies.is_known(donor):
            bodies.claim_party(contribution, donor, evidence)
        else:
            draft.claim(contribution, "donor_name", donor, evidence)
        draft.told.append(Told("packages", item, contribution, "donor", donor))
    _allocations(draft, mention, path, item, bodies)
    for i, phrase in enumerate(item.get("contents") or ()):
        found = _evidence(item, "contents", value=phrase, position=i)
        if found:
            content = draft.mention(RecordKind.PACKAGE_ITEM, f"{path}/item:{fold(phrase)[:120]}", mention)
            draft.claim(content, EXISTS, True, found)
            draft.claim(content, "phrase", phrase, found)
            draft.claim(content, "capability", capability_slug(phrase), found)
    return mention


def _allocations(draft: Draft, package: Mention, path: str, item: Item, bodies: _Bodies) -> None:
    recipients = list(item.get("recipients") or ())
    shares = {share["recipient"]: share for share in item.get("shares") or ()}
    for i, recipient in enumerate([*recipients, *(name for name in shares if name not in recipients)]):
        evidence = _evidence(item, "recipients", value=recipient, position=i if i < len(recipients) else None)
        share = shares.get(recipient)
        shown = _evidence(item, "shares", value=share) if share else None
        evidence = evidence or shown
        if evidence is None:
            continue
        mention = draft.mention(RecordKind.ALLOCATION, f"{path}/recipient:{fold(recipient)[:120]}", package)
        draft.claim(mention, EXISTS, True, evidence)
        draft.told.append(Told("packages", item, mention, "recipients", recipient))
        if bodies.is_nation(recipient) or bodies.is_known(recipient):
            bodies.claim_party(mention, recipient, evidence)
        else:
            draft.claim(mention, "described", recipient, evidence)
        if share and shown:
            draft.claim(mention, "fraction", share.get("fraction"), shown)
            draft.claim(mention, "amount", share.get("amount"), shown)
            draft.claim(mention, "basis", "stated", shown)


def _statement(draft: Draft, item: Item, people: _People, meetings: list[Mention]) -> None:
    person = people.find(str(item.get("official") or ""))
    evidence = _evidence(item, "quote")
    if person is None or evidence is None:
        return
    official = person[1]
    mention = draft.mention(RecordKind.STATEMENT, f"statements@{evidence['start']}", official)
    draft.claim(mention, EXISTS, True, evidence)
    draft.claim(mention, "quote", item.get("quote"), evidence)
    if draft.run.published:
        draft.claim(mention, "said_on", draft.run.published.isoformat(), evidence)
    where = item.get("meeting")
    if isinstance(where, int) and 0 <= where < len(meetings):
        draft.claim(mention, "meeting", meetings[where], _evidence(item, "meeting") or evidence)
