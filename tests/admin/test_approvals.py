"""A decision on much money counts only once a second person has confirmed it."""

from __future__ import annotations

import pytest
from browsing import filled, page_of
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from factories import package as package_of
from newsroom import pledge

from evidence import batches
from evidence.actions import actions
from evidence.approvals import NotForYou, answer
from evidence.choices import Decision, Identity, RecordKind, RecordState
from evidence.desk.acts import undo_done
from evidence.editing.decisions import Refused
from evidence.invariants import check
from evidence.models import Approval, ApprovalRequest, CandidatePair, Claim, Judgement, Outlet, Settlement, Verdict
from evidence.rebuild import rebuild
from evidence.services import create_record, decide, judge, state_value, undo
from funding.models import Allocation, ExchangeRate, Package

BILLION = 1_000_000_000


@pytest.fixture(autouse=True)
def _threshold(settings):
    settings.APPROVAL_AMOUNT = float(BILLION)


@pytest.fixture
def person(reference_db):
    def make(name: str, role: str):
        user = get_user_model().objects.create_user(username=name, password="x", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def ed(person):
    return person("ed", "Editor")


@pytest.fixture
def ann(person):
    return person("ann", "Approver")


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def package(reference_db) -> Package:
    """1.3 billion euros, as an article says."""
    pledge("Alpha", "2023-11-21")
    return Package.objects.get()


def sum_of(package) -> tuple[int, str]:
    package.refresh_from_db()
    return int(package.amount or 0), package.state


def respond(user, held, do="confirm", why=""):
    url = reverse("admin:evidence_approvalrequest_answer", args=[held.pk])
    return browser(user).post(url, {"do": do, "why": why}, follow=True)


def test_a_sum_waits_until_another_confirms_it(ed, ann, package):
    client = browser(ed)
    url = page_of(package)
    page = client.post(url, filled(client, url, amount_1="2000000000", reason="the ministry"), follow=True)
    assert "waits for an approver other than you" in page.content.decode()
    assert sum_of(package) == (1_300_000_000, "live")
    assert "Waits for a second person" in client.get(url).content.decode()
    held = ApprovalRequest.objects.get()
    assert respond(ed, held).status_code == 403
    assert sum_of(package) == (1_300_000_000, "live")
    page = browser(ann).get(page_of(held))
    [change] = page.context["changes"]
    assert (change.label, change.now, change.then) == ("amount", "EUR 1,300,000,000", "EUR 2,000,000,000")
    assert "<td>EUR 1,300,000,000</td><td>EUR 2,000,000,000</td>" in page.content.decode()
    assert sum_of(package) == (1_300_000_000, "live")
    assert "Confirmed" in respond(ann, held).content.decode()
    assert sum_of(package) == (2_000_000_000, "live")


def test_nobody_confirms_what_they_decided_themselves(ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ann)
    held = ApprovalRequest.objects.get()
    assert "You decided it yourself" in respond(ann, held).content.decode()
    assert 'value="confirm"' not in browser(ann).get(page_of(held)).content.decode()
    with pytest.raises(NotForYou):
        answer(request=held, granted=True, by=ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(request=held, asked_by=ann, by=ann, granted=True)
    assert sum_of(package)[0] == 1_300_000_000


def test_a_refusal_needs_its_reason_and_is_final(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ed)
    held = ApprovalRequest.objects.get()
    assert "needs its reason" in respond(ann, held, "refuse").content.decode()
    assert "never counts" in respond(ann, held, "refuse", "no source").content.decode()
    assert "answered already" in respond(ann, held).content.decode()
    assert sum_of(package)[0] == 1_300_000_000
    assert [(a.approval, a.approver, a.standing) for a in actions(package.pk)] == [("refused", "ann", False)]


@pytest.mark.parametrize("field", ["amount", "exists"])
@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.ACCEPT])
def test_verdicts_on_sum_and_existence_wait(ed, ann, package, field, decision):
    claim = Claim.objects.get(mention=package.pk, field=field)
    before = sum_of(package)
    decide(claim=claim, decision=decision, by=ed)
    assert sum_of(package) == before
    head = package.settled.get(field=field)
    assert not head.decided
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    head.refresh_from_db()
    assert head.decided == (decision == Decision.ACCEPT)
    assert sum_of(package)[1] == (
        RecordState.RETRACTED if (field, decision) == ("exists", Decision.REJECT) else RecordState.LIVE
    )


def test_a_package_entered_waits_as_a_whole(ed, ann, reference_db):
    values = {"amount": {"number": "3e9", "currency": "EUR"}, "announced_on": "2024-01-02"}
    pk = create_record(kind=RecordKind.PACKAGE, values=values, by=ed)
    package = Package.objects.get(pk=pk)
    assert sum_of(package) == (0, "unconfirmed")
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    assert sum_of(package) == (3 * BILLION, "live")


def test_a_package_entered_with_its_source_waits_once(ed, ann, reference_db):
    url = reverse("admin:funding_package_add")
    sent = {"amount_0": "EUR", "amount_1": "3,000,000,000", "announced_on": "2024-01-02", "reason": "new"}
    source = {"citation_url": "https://ministry.example/aid", "citation_publisher": "The Ministry"}
    page = browser(ed).post(url, {**sent, **source, "citation_date": "2024-01-02"}, follow=True)
    assert page.content.decode().count("waits for an approver other than you") == 1
    package = Package.objects.get()
    respond(ann, ApprovalRequest.objects.get())
    assert sum_of(package) == (3 * BILLION, "live")
    claims = Claim.objects.filter(mention__binding__record=package.pk)
    assert sorted(claims.values_list("field", flat=True)) == ["amount", "announced_on", "exists"]
    assert set(claims.values_list("citation_url", "citation_publisher", "citation_date", "why")) == {
        ("https://ministry.example/aid", "The Ministry", "2024-01-02", "new")
    }


@pytest.mark.parametrize(
    ("number", "currency", "waits"),
    [
        ("1000000000", "EUR", False),
        ("1000000000.01", "EUR", True),
        ("1090000000", "USD", False),
        ("1", "XTS", True),
        ("5000000000", "SEK", False),
    ],
)
def test_the_sum_is_taken_in_euros_and_an_unknown_currency_waits(ed, reference_db, number, currency, waits):
    ExchangeRate.objects.create(currency="USD", day="2099-01-01", per_euro="1.09", source="a test")
    values = {"amount": {"number": number, "currency": currency}}
    create_record(kind=RecordKind.PACKAGE, values=values, by=ed)
    assert ApprovalRequest.objects.exists() is waits


def test_other_decisions_and_smaller_sums_do_not_wait(ed, package, settings):
    state_value(record=package, field="programme", value="fmf", by=ed)
    settings.APPROVAL_AMOUNT = float("inf")
    state_value(record=package, field="amount", value={"number": "9e9", "currency": "EUR"}, by=ed)
    assert not ApprovalRequest.objects.exists()


def test_what_waits_is_not_told_to_readers_and_survives_a_replay(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2.345e9", "currency": "EUR"}, by=ed, why="a hunch")
    pages = [package.get_absolute_url(), reverse("register:record-history", args=[package.pk])]
    for path in [*pages, f"/api/v1/packages/{package.pk}/?evidence=1"]:
        page = Client().get(path).content.decode()
        assert "a hunch" not in page
        assert "2345000000" not in page
    assert rebuild().changed == 0
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    assert "a hunch" in Client().get(pages[0]).content.decode()
    assert rebuild().changed == 0


def test_of_two_confirmed_sums_the_one_confirmed_last_holds(ed, ann, package):
    for number in ("2e9", "3e9"):
        state_value(record=package, field="amount", value={"number": number, "currency": "EUR"}, by=ed)
    first, second = ApprovalRequest.objects.all()
    answer(request=second, granted=True, by=ann)
    answer(request=first, granted=True, by=ann)
    assert sum_of(package)[0] == 2 * BILLION


def test_requests_are_listed_while_they_wait(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ed)
    client, url = browser(ann), reverse("admin:evidence_approvalrequest_changelist")
    assert "2,000,000,000" in client.get(url).content.decode()
    assert "1</b> decision waiting for a second person" in client.get(reverse("admin:index")).content.decode()
    respond(ann, ApprovalRequest.objects.get())
    assert "2,000,000,000" not in client.get(url).content.decode()
    assert "2,000,000,000" in client.get(f"{url}?answer=granted").content.decode()


# Who gives and gets what part of much money


def shares(package) -> dict[str, str]:
    return {
        str(row): str(row.fraction or row.amount or "") for row in Allocation.objects.live().filter(package=package)
    }


def allot(user, package, **values):
    sent = {"package": str(package.pk), **values}
    return browser(user).post(reverse("admin:funding_allocation_add"), sent, follow=True)


def test_an_allocation_entered_in_much_money_waits(ed, ann, package):
    before = shares(package)
    page = allot(ed, package, nation="PL", fraction="0.25", basis="stated").content.decode()
    assert "waits for an approver other than you" in page
    assert shares(package) == before
    held = ApprovalRequest.objects.get()
    assert "EUR 1,300,000,000" in browser(ann).get(page_of(held)).content.decode()
    respond(ann, held)
    assert shares(package) == {**before, "Poland": "0.25000000"}


@pytest.mark.parametrize("kind", ["contribution", "allocation"])
def test_what_is_decided_on_a_part_of_much_money_waits(ed, ann, package, kind):
    row = getattr(package, f"{kind}s").get()
    state_value(record=row, field="amount", value="1000", by=ed)
    decide(claim=Claim.objects.get(mention=row.pk, field="nation"), decision=Decision.REJECT, by=ed)
    decide(claim=Claim.objects.get(mention=row.pk, field="exists"), decision=Decision.REJECT, by=ed)
    before = row.nation_id
    row.refresh_from_db()
    assert (row.amount, row.nation_id, row.state) == (None, before, "live")
    for held in ApprovalRequest.objects.all():
        answer(request=held, granted=True, by=ann)
    row.refresh_from_db()
    assert (row.amount, row.nation_id, row.state) == (1000, None, "retracted")
    assert rebuild().changed == 0


def test_a_part_of_little_money_does_not_wait(ed, package, settings):
    settings.APPROVAL_AMOUNT = 2e9
    allot(ed, package, nation="PL", fraction="0.25", basis="stated")
    assert "Poland" in shares(package)
    assert not ApprovalRequest.objects.exists()


def test_a_part_that_is_much_money_waits_where_the_whole_is_not_known(ed, chief):
    whole = create_record(kind=RecordKind.PACKAGE, values={"programme": "fmf"}, by=chief)
    allot(ed, Package.objects.get(pk=whole), nation="PL", amount="2000000000", basis="stated")
    assert ApprovalRequest.objects.count() == 1


# Two packages that may be one


@pytest.fixture
def pair(reference_db, chief) -> list[Package]:
    """A small package and a large one."""
    made = [package_of(chief, sum_, donor="DE") for sum_ in ("1200", "2000000000")]
    for held in ApprovalRequest.objects.filter(answer=None):
        answer(request=held, granted=True, by=get_user_model().objects.create_user("other"))
    return list(Package.objects.filter(pk__in=made).order_by("pk"))


def say(user, pair, word: str):
    client = browser(user)
    url = reverse("admin:evidence_candidatepair_change", args=[f"{pair[0].pk}.{pair[1].pk}"])
    found = client.get(url).context.get("comparison")
    return client.post(url, {"do": word, "why": "one text", "seen": found.seen if found else ""}, follow=True)


def living() -> int:
    return Package.objects.live().count()


def test_a_merge_of_much_money_waits_and_so_does_taking_it_back(ed, ann, pair):
    url = reverse("admin:evidence_candidatepair_change", args=[f"{pair[0].pk}.{pair[1].pk}"])
    assert browser(ed).get(url).context["comparison"].merged is not None
    assert "waits for an approver other than you" in say(ed, pair, "same").content.decode()
    assert living() == 2
    held = ApprovalRequest.objects.get(answer=None)
    assert "waits for an approver" in browser(ed).get(url).content.decode()
    assert "Waits for a second person" in browser(ed).get(page_of(pair[1])).content.decode()
    page = browser(ann).get(page_of(held))
    assert "merge" in page.content.decode()
    assert [change.then for change in page.context["changes"] if change.label == "state"] == [f"part of {pair[0]}"]
    assert living() == 2
    # Nobody says more of it meanwhile, and nobody confirms their own.
    assert "waits for an approver" in say(ann, pair, "different").content.decode()
    assert respond(ed, held).status_code == 403
    assert (rebuild().changed, living()) == (0, 2)
    assert "Confirmed" in respond(ann, held).content.decode()
    assert (rebuild().changed, living()) == (0, 1)
    made = Judgement.objects.get()
    undo = reverse("admin:evidence_candidatepair_unmerge", args=[made.pk])
    assert len(browser(ed).get(undo).context["sides"]) == 2
    assert (
        "waits for an approver other than you" in browser(ed).post(undo, {"why": "two"}, follow=True).content.decode()
    )
    assert living() == 1
    assert "waits for an approver" in browser(ed).post(undo, {"why": "two"}, follow=True).content.decode()
    back = ApprovalRequest.objects.get(answer=None)
    # Whoever asked sees it as well.
    changes = browser(ed).get(page_of(back)).context["changes"]
    [state] = [change for change in changes if change.label == "state"]
    assert (state.now.startswith("part of"), state.then) == (True, "live")
    assert "never counts" in respond(ann, back, "refuse", "one after all").content.decode()
    assert living() == 1
    browser(ed).post(undo, {"why": "two, see page 3"})
    respond(ann, ApprovalRequest.objects.get(answer=None))
    assert (rebuild().changed, living(), list(check())) == (0, 2, [])
    assert [(act.verb, act.approval, act.standing) for act in actions(pair[0].pk)[:3]] == [
        ("withdraw", "confirmed", False),
        ("withdraw", "refused", False),
        ("same", "confirmed", False),
    ]


def test_of_two_words_on_a_pair_the_one_confirmed_last_holds(ed, ann, pair):
    left, right = (package.pk for package in pair)
    said = [judge(left=left, right=right, identity=word, by=ed) for word in (Identity.SAME, Identity.SAME)]
    for judgement in said:
        answer(request=judgement.approval_request, granted=True, by=ann)
    withdrawn = judge(left=left, right=right, identity=Identity.WITHDRAW, by=ed)
    again = judge(left=left, right=right, identity=Identity.DIFFERENT, by=ed)
    answer(request=again.approval_request, granted=True, by=ann)
    assert living() == 2
    answer(request=withdrawn.approval_request, granted=True, by=ann)
    assert CandidatePair.objects.filter(word="").count() == CandidatePair.objects.count()


def test_a_merge_of_small_sums_and_words_that_change_nothing_do_not_wait(ed, pair, settings):
    say(ed, pair, "unsure")
    say(ed, pair, "different")
    assert not ApprovalRequest.objects.filter(answer=None).exists()
    assert Judgement.objects.count() == 2
    settings.APPROVAL_AMOUNT = float("inf")
    say(ed, pair, "same")
    assert living() == 1


def test_that_much_money_restates_other_money_waits(ed, pair):
    say(ed, pair, "restates")
    assert [package.restates_id for package in Package.objects.all()] == [None, None]
    assert ApprovalRequest.objects.filter(answer=None).count() == 1


# Every other door to a large package


def test_reverts_of_the_history_wait(ed, ann, package):
    state_value(record=package, field="amount", value={"number": "2e9", "currency": "EUR"}, by=ed)
    answer(request=ApprovalRequest.objects.get(), granted=True, by=ann)
    change = Settlement.objects.filter(record=package.pk, field="amount").first()
    for do in (f"field:{change.pk}", actions(package.pk)[0].key):
        sent = {"do": do, "why": "no", "seen_version": Package.objects.get().version}
        told = browser(ed).post(page_of(package, "revert"), sent, follow=True).content.decode()
        assert "waits for an approver" in told
        assert sum_of(package) == (2 * BILLION, "live")
    assert ApprovalRequest.objects.filter(answer=None).count() == 2


def test_what_many_are_edited_or_accepted_to_waits(ed, package):
    url = reverse("admin:funding_package_changelist")
    data = {"_selected_action": [str(package.pk)], "seen": [f"{package.pk}:{package.version}"], "why": "all"}
    to = {"field": "amount", "to_amount_0": "EUR", "to_amount_1": "3000000000", "confirm": "1"}
    told = browser(ed).post(url, {**data, **to, "action": "edit_many"}, follow=True).content.decode()
    assert "1 of these decisions waits for an approver" in told
    assert ">waits for an approver<" in told
    assert ApprovalRequest.objects.count() == 1
    told = browser(ed).post(url, {**data, "action": "retract_records"}, follow=True).content.decode()
    assert "waits for an approver other than you" in told
    assert ApprovalRequest.objects.count() == 2
    assert sum_of(package) == (1_300_000_000, "live")
    batch = batches.accept_outlet(outlet=Outlet.objects.get(), confidence=0.5, by=ed, why="a good paper")
    batches.advance(batch.pk)
    assert ApprovalRequest.objects.filter(verdict__claim__field="amount").count() == 1
    assert not package.settled.get(field="amount").decided
    batches.revert_batch(batch=batch, by=ed, why="too rash")
    batches.advance(batch.pk)
    assert sum_of(package) == (1_300_000_000, "live")


def test_what_still_waits_is_taken_back_without_a_second_person(ed, ann, package):
    """By the revert of a batch, of statements and of acceptances, and by that of one act."""
    batch = batches.accept_outlet(outlet=Outlet.objects.get(), confidence=0.5, by=ed, why="a good paper")
    batches.advance(batch.pk)
    edit = batches.edit_many(
        records=[package], field="amount", value={"number": "3e9", "currency": "EUR"}, title="all", by=ed, why="all"
    )
    state_value(record=package, field="amount", value={"number": "4e9", "currency": "EUR"}, by=ed)
    asked = ApprovalRequest.objects.filter(answer=None)
    before, verdicts = asked.count(), Verdict.objects.filter(approval_request__isnull=False).count()
    assert before > 2
    for made in (batch, edit):
        batches.revert_batch(batch=made, by=ed, why="too rash")
        batches.advance(made.pk)
        assert not made.items.exclude(fault="").exists()
    assert asked.count() == 1
    [act] = [act for act in actions(package.pk) if act.approval == "waiting"]
    package.refresh_from_db()
    sent = {"do": act.key, "why": "a slip", "seen_version": str(package.version)}
    page = browser(ed).post(page_of(package, "revert"), sent, follow=True).content.decode()
    assert "Reverted what ed did" in page
    assert "waits for an approver" not in page
    assert not asked.exists()
    assert ApprovalRequest.objects.count() == before
    assert Verdict.objects.filter(approval_request__isnull=False).count() == verdicts
    assert sum_of(package) == (1_300_000_000, "live")
    last = ApprovalRequest.objects.last()
    assert "taken back by ed" in browser(ann).get(page_of(last)).content.decode()
    with pytest.raises(NotForYou, match="answered already"):
        answer(request=last, granted=True, by=ann)
    assert list(check()) == []


def test_the_undo_of_the_desk_takes_back_what_waits(ed, package):
    rejected = decide(claim=Claim.objects.get(mention=package.pk, field="amount"), decision=Decision.REJECT, by=ed)
    undo_done(verdicts=[rejected.pk], statements=[], by=ed)
    with pytest.raises(Refused, match="before it counted"):
        undo_done(verdicts=[rejected.pk], statements=[], by=ed)
    claim = state_value(record=package, field="amount", value={"number": "4e9", "currency": "EUR"}, by=ed)
    undo_done(verdicts=[], statements=[claim.pk], by=ed)
    assert not ApprovalRequest.objects.filter(answer=None).exists()
    assert Verdict.objects.count() == 1
    assert sum_of(package) == (1_300_000_000, "live")


def test_an_undoing_that_was_refused_can_be_asked_for_again(ed, ann, package):
    claim = Claim.objects.get(mention=package.pk, field="exists")
    rejected = decide(claim=claim, decision=Decision.REJECT, by=ed)
    answer(request=rejected.approval_request, granted=True, by=ann)
    assert sum_of(package)[1] == RecordState.RETRACTED
    first = undo(verdict=rejected, by=ed)
    with pytest.raises(ValueError, match="waits for an approver already"):
        undo(verdict=rejected, by=ed)
    answer(request=first.approval_request, granted=False, by=ann)
    assert sum_of(package)[1] == RecordState.RETRACTED
    assert next(act for act in actions(package.pk) if act.key == f"verdict:{rejected.pk}").standing
    # Through the door of the history, as an editor would.
    package.refresh_from_db()
    sent = {"do": f"verdict:{rejected.pk}", "why": "found a source", "seen_version": str(package.version)}
    page = browser(ed).post(page_of(package, "revert"), sent, follow=True).content.decode()
    assert "waits for an approver other than you" in page
    answer(request=ApprovalRequest.objects.get(answer=None), granted=True, by=ann)
    assert sum_of(package)[1] == RecordState.LIVE
    assert not next(act for act in actions(package.pk) if act.key == f"verdict:{rejected.pk}").standing
    with pytest.raises(ValueError, match="undone already"):
        undo(verdict=rejected, by=ed)
