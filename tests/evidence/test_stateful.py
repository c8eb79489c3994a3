"""Articles and decisions at random: invariants hold, a replay changes nothing, and undoing all restores the start."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import override_settings
from factories import published
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from projections import changed, projections, record_rows

from evidence.approvals import answer, waiting
from evidence.choices import Decision, Identity, RecordState
from evidence.editing.decisions import Refused
from evidence.editing.sources import sources_of, take_out
from evidence.fields import kind_spec
from evidence.invariants import check
from evidence.models import Claim, Judgement, Mention, Outlet, Record
from evidence.rebuild import rebuild
from evidence.services import create_record, current_record, decide, judge, rate_outlet, state_values

GROUPS = ("Ukraine Defense Contact Group", "Drone Coalition", "Friends of the Baltic")
NATIONS = ("DE", "FR", "US", "NATO")
PEOPLE = ("Boris Pistorius", "B. Pistorius", "Pistorius", "Lloyd Austin", "Larry Austin", "Austin")
sure = st.sampled_from(("", "~0.4", "~0.2"))


@st.composite
def meetings(draw: st.DrawFn) -> str:
    parts = [f"contact_group={draw(st.sampled_from(GROUPS))}"] if draw(st.booleans()) else []
    parts.append(f"title=talks {draw(st.integers(1, 2))}")
    if draw(st.booleans()):
        parts.append(f"ordinal={draw(st.integers(1, 3))}")
    if draw(st.booleans()):
        parts.append(f"starts=2025-0{draw(st.integers(1, 3))}-{draw(st.sampled_from(('11', '12', '27')))}{draw(sure)}")
    for name, values in (
        ("place", ("Brussels", "Ramstein")),
        ("status", ("planned", "postponed", "held", "cancelled")),
        ("level", ("ministers", "leaders", "other")),
        ("mode", ("hybrid", "virtual")),
    ):
        value = draw(st.none() | st.sampled_from(values))
        parts += [f"{name}={value}{draw(sure)}"] if value else []
    present = draw(st.lists(st.sampled_from(NATIONS), max_size=3, unique=True))
    parts += [f"participants={','.join(present)}"] if present else []
    return "MEETING " + "; ".join(parts)


@st.composite
def officials(draw: st.DrawFn) -> str:
    nation = draw(st.none() | st.sampled_from(("DE", "US", "GB")))
    title = draw(st.sampled_from(("minister", "secretary")))
    affiliation = f"; affiliation={nation}" if nation else ""
    return f"OFFICIAL name={draw(st.sampled_from(PEOPLE))}; title={title}{affiliation}"


@st.composite
def packages(draw: st.DrawFn) -> str:
    parts = [f"amount={draw(st.sampled_from((400000000, 500000000, 2000000000)))}", "currency=USD"]
    parts.append(f"donor={draw(st.sampled_from(('US', 'DE')))}")
    parts.append(f"announced=2025-0{draw(st.integers(1, 2))}-08")
    for name, values in (
        ("programme", ("FMF", "PDA")),
        ("recipients", ("UA", "UA,MD")),
        # More than all of it, by one source or by several together.
        ("shares", ("UA:0.7", "MD:0.6", "UA:0.5,MD:0.6", "UA:1,GE:0.2")),
        ("contents", ("HIMARS",)),
    ):
        value = draw(st.none() | st.sampled_from(values))
        parts += [f"{name}={value}"] if value else []
    return "PACKAGE " + "; ".join(parts)


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    lines = draw(st.lists(meetings() | officials() | packages(), min_size=1, max_size=3))
    sums = [number for number, line in enumerate(lines) if line.startswith("PACKAGE")]
    for place, number in enumerate(sums):
        # By position among the packages; part of any other, whatever other articles say is part of what.
        whole = draw(st.integers(0, len(sums) - 1))
        lines[number] += f"; part_of={whole}" if whole != place else ""
    return lines


VALUES: dict[str, list[dict[str, Any]]] = {
    "meeting": [{"place": "Antwerp"}, {"place": "Brussels", "mode": "hybrid"}, {"starts": "2025-02"}, {"ordinal": 2}],
    "official": [{"name": "Lloyd J. Austin"}, {"nation": "US"}, {"aliases": "the minister"}],
    "package": [{"stage": "approved"}, {"amount": {"number": "450000000", "currency": "USD"}}],
    "attendance": [{"role": "chair"}, {"nation": "FR"}],
    "allocation": [{"fraction": "0.4", "basis": "stated"}, {"fraction": "0.9", "basis": "stated"}],
    "contribution": [{"nation": "DE"}],
    "post": [{"title": "minister of defence"}],
    "package_item": [{"phrase": "rocket launchers"}],
    "contact_group": [{"purpose": "to coordinate"}, {"aliases": "the club"}],
    "organisation": [{"abbreviation": "NATO"}],
}
ENTERED: list[tuple[str, dict[str, Any]]] = [
    ("meeting", {"starts": "2025-02-12", "level": "ministers", "place": "Brussels"}),
    ("package", {"amount": {"number": "400000000", "currency": "USD"}, "programme": "PDA"}),
    ("official", {"name": "Lloyd Austin", "nation": "US"}),
]
chosen = st.integers(0, 10**6)


class Register(RuleBasedStateMachine):
    """A register with its newsroom, whose every act can be taken back."""

    @initialize(first=st.lists(texts(), min_size=2, max_size=4))
    def open(self, first: list[list[str]]) -> None:
        self.work = transaction.atomic()
        self.work.__enter__()
        self.editor = get_user_model().objects.create_user(username="editor", is_staff=True)
        self.second = get_user_model().objects.create_user(username="second", is_staff=True)
        self.articles: list[list[str]] = []
        self.read: dict[int, int] = {}
        for lines in first:
            self.articles.append(lines)
            self._publish(len(self.articles) - 1, lines)
        self.start = record_rows()
        self.leads = {pk: current_record(pk) for pk in Mention.objects.values_list("pk", flat=True)}
        self.ids = set(self.leads)
        self.decided: dict[int, None] = {}
        self.judged: dict[tuple[UUID, UUID], None] = {}
        self.rated: set[int] = set()
        self.changed: set[int] = set()

    def _publish(self, number: int, lines: list[str]) -> None:
        """A further text at the address of this article; no two texts of it are the same."""
        self.read[number] = self.read.get(number, 0) + 1
        day = datetime.date(2025, 1, 10) + datetime.timedelta(days=20 * (number % 3))
        published(
            *lines,
            f"edition {self.read[number]}",
            name=f"n{number}",
            # By few outlets, so that ratings matter.
            publisher=f"Paper {number % 3}",
            published=day.isoformat(),
        )

    def _record(self, number: int, *kinds: str) -> Any:
        """Some record that stands, of those that articles and editors brought."""
        found = Record.objects.exclude(state=RecordState.MERGED).filter(kind__in=kinds or VALUES)
        mine = found.filter(bindings__mention__imported_row=None).distinct().order_by("pk")
        pks = list(mine.values_list("pk", "kind"))
        if not pks:
            return None
        pk, kind = pks[number % len(pks)]
        return kind_spec(kind).model.objects.get(pk=pk)

    @rule(lines=texts())
    def another_article(self, lines: list[str]) -> None:
        self.articles.append([])
        self._publish(len(self.articles) - 1, lines)
        self.changed.add(len(self.articles) - 1)

    @rule(number=chosen, lines=texts() | st.just([]))
    def an_article_changes(self, number: int, lines: list[str]) -> None:
        number %= len(self.articles)
        self._publish(number, lines)
        self.changed.add(number)

    @rule(number=chosen, which=chosen)
    def the_editor_states(self, number: int, which: int) -> None:
        record = self._record(number)
        if record is not None:
            options = VALUES[record.kind]
            claims = state_values(record=record, values=options[which % len(options)], by=self.editor)
            self.decided |= dict.fromkeys(claim.pk for claim in claims)

    @rule(number=chosen, other=chosen, field=st.sampled_from(("part_of", "restates", "supersedes")))
    def the_editor_links(self, number: int, other: int, field: str) -> None:
        source, target = self._record(number, "package"), self._record(other, "package")
        if source is not None:
            (claim,) = state_values(record=source, values={field: target.pk}, by=self.editor)
            self.decided[claim.pk] = None

    @rule(which=st.sampled_from(range(len(ENTERED))))
    def the_editor_enters(self, which: int) -> None:
        before = set(Claim.objects.values_list("pk", flat=True))
        kind, values = ENTERED[which]
        create_record(kind=kind, values=values, by=self.editor)
        self.decided |= dict.fromkeys(sorted(set(Claim.objects.values_list("pk", flat=True)) - before))

    @rule(number=chosen, decision=st.sampled_from(Decision))
    def the_editor_decides(self, number: int, decision: Decision) -> None:
        # The claims of imported facts are too many to meet the others.
        claims = list(Claim.objects.filter(imported_row=None).order_by("pk").values_list("pk", flat=True))
        if claims:
            claim = Claim.objects.get(pk=claims[number % len(claims)])
            decide(claim=claim, decision=decision, by=self.editor)
            self.decided[claim.pk] = None

    @rule(number=chosen, other=chosen, identity=st.sampled_from(Identity))
    def the_editor_judges(self, number: int, other: int, identity: Identity) -> None:
        left = self._record(number)
        right = self._record(other, left.kind) if left else None
        if right is not None and left.pk != right.pk:
            judge(left=left.pk, right=right.pk, identity=identity, by=self.editor)
            self.judged[left.pk, right.pk] = None

    @rule(number=chosen, other=chosen, identity=st.sampled_from(Identity))
    def the_editor_judges_mentions_of_one_record(self, number: int, other: int, identity: Identity) -> None:
        record = self._record(number)
        mentions = list(Mention.objects.filter(binding__record=record).order_by("pk")) if record else []
        if len(mentions) > 1:
            left, right = mentions[0], mentions[1 + other % (len(mentions) - 1)]
            judge(left=left.pk, right=right.pk, identity=identity, by=self.editor)
            self.judged[left.pk, right.pk] = None

    @rule(number=chosen, other=chosen)
    def the_editor_takes_a_source_out(self, number: int, other: int) -> None:
        record = self._record(number, *(kind for kind in VALUES if not kind_spec(kind).parent))
        sources = sources_of(record) if record else []
        if not sources:
            return
        source = str(sources[other % len(sources)].mention)
        try:
            take_out(record=record, mention=source, by=self.editor, why="another one", seen=str(record.version))
        except Refused:
            return
        said = Judgement.objects.exclude(parted=None).latest("pk")
        self.judged[said.left_id, said.right_id] = None

    @rule(number=chosen, granted=st.booleans())
    def the_second_person_answers(self, number: int, granted: bool) -> None:
        held = list(waiting())
        if held:
            answer(request=held[number % len(held)], granted=granted, by=self.second)

    @rule(which=st.integers(0, 2), reliability=st.sampled_from((0.1, 0.5, 0.9)))
    def an_outlet_is_rated(self, which: int, reliability: float) -> None:
        outlet = Outlet.objects.filter(name=f"Paper {which}").first()
        if outlet:
            rate_outlet(outlet=outlet, reliability=reliability, by=self.editor, why="as it is")
            self.rated.add(outlet.pk)

    @invariant()
    def nothing_is_broken(self) -> None:
        if not hasattr(self, "work"):
            return
        assert [f"{name}: {breach}" for name, breach in check()] == []
        before = projections()
        assert rebuild(batch=50).changed == 0
        assert changed(before, projections()) == []
        self.ids |= before["redirects"].keys()
        for pk in self.ids:
            assert before["records"][before["redirects"][pk]]["state"] != RecordState.MERGED

    def teardown(self) -> None:
        if hasattr(self, "work"):
            try:
                self.undo_everything()
            finally:
                transaction.set_rollback(True)
                self.work.__exit__(None, None, None)

    def answer_all(self, granted: bool) -> None:
        for held in waiting():
            answer(request=held, granted=granted, by=self.second)

    def undo_everything(self) -> None:
        self.answer_all(granted=False)
        for left, right in self.judged:
            judge(left=left, right=right, identity=Identity.WITHDRAW, by=self.editor)
        for claim in Claim.objects.in_bulk(self.decided).values():
            decide(claim=claim, decision=Decision.WITHDRAW, by=self.editor)
        self.answer_all(granted=True)
        for outlet in Outlet.objects.filter(pk__in=self.rated):
            rate_outlet(outlet=outlet, reliability=django_settings.OUTLET_RELIABILITY, by=self.editor, why="as it was")
        for number in sorted(self.changed):
            self._publish(number, self.articles[number])
        self.nothing_is_broken()
        after = record_rows()
        assert {pk: current_record(pk) for pk in self.leads} == self.leads
        assert changed({"records": self.start}, {"records": {pk: after[pk] for pk in self.start}}) == []
        further = [
            f"{after[pk]['kind']} {pk}" for pk in after.keys() - self.start.keys() if after[pk]["state"] == "live"
        ]
        assert further == []


def run(examples: int, steps: int) -> None:
    # The largest packages wait for a second person, the others do not.
    with override_settings(APPROVAL_AMOUNT=1e9):
        _run(examples, steps)


def _run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            # Making a failure smaller takes longer than reading it.
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_whatever_is_read_and_decided_the_register_holds():
    run(3, 5)


@pytest.mark.long
@pytest.mark.usefixtures("reference_db", "plain_reader")
def test_whatever_is_read_and_decided_at_length_the_register_holds():
    run(20, 10)
