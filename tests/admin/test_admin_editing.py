"""What an editor saves is a claim: it holds against articles, can be emptied, refused, decided on and taken back."""

import threading

import pytest
from browsing import filled, page_of
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from newsroom import pledge, seventeenth

from evidence.choices import Decision, RecordKind, RecordState
from evidence.models import Change, Claim, Outlet, Record, Settlement, Verdict
from evidence.services import create_record, state_value
from funding.models import Allocation, Package
from meetings.models import Attendance, ContactGroup, Meeting
from people.models import Nation, Official, Post


def meeting_number(ordinal: int = 17) -> Meeting:
    return Meeting.objects.get(ordinal=ordinal, state=RecordState.LIVE)


@pytest.fixture
def meeting(reference_db) -> Meeting:
    """Held on Wednesday says one outlet, on Thursday another."""
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    seventeenth("Beta", "2023-11-24", "2023-11-23", "on Thursday")
    return meeting_number()


@pytest.fixture
def package(reference_db) -> Package:
    pledge("Alpha", "2023-11-21")
    return Package.objects.get()


def save(client, record, **changes):
    return client.post(page_of(record), filled(client, page_of(record), **changes))


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["adminform"].form.errors.items()}


def test_an_edit_becomes_an_editors_claim_and_then_the_column(desk, chief, meeting):
    response = save(
        desk,
        meeting,
        starts="2023-11",
        venue="NATO headquarters",
        reason="the communiqué says so",
        citation_url="https://example.org/communique",
        citation_publisher="The Alliance",
        citation_date="2023-11-22",
    )
    assert response.status_code == 302
    meeting.refresh_from_db()
    assert (str(meeting.starts_partial), meeting.venue) == ("2023-11", "NATO headquarters")
    claims = Claim.objects.filter(author=chief)
    assert {claim.field: claim.value for claim in claims} == {"starts": "2023-11", "venue": "NATO headquarters"}
    for claim in claims:
        assert claim.why == "the communiqué says so"
        assert (claim.citation_publisher, claim.citation_date) == ("The Alliance", "2023-11-22")


def test_saving_without_a_change_states_nothing(desk, meeting):
    before = Claim.objects.count(), meeting.version
    assert save(desk, meeting).status_code == 302
    meeting.refresh_from_db()
    assert (Claim.objects.count(), meeting.version) == before


def test_neither_a_second_reading_nor_a_new_article_undoes_an_edit(desk, meeting):
    save(desk, meeting, starts="2023-11-21", nation_count_0="54", nation_count_1="")
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday", version="2")
    for outlet in ("Gamma", "Delta", "Epsilon"):
        seventeenth(outlet, "2023-11-25", "2023-11-23", "on Thursday")
    found = meeting_number()
    assert found.pk == meeting.pk
    assert str(found.starts_partial) == "2023-11-21"
    assert (found.nation_count, found.nation_count_qualifier) == (54, "")
    assert "starts" not in found.contested_fields


@pytest.mark.parametrize(
    ("inputs", "columns"),
    [
        (
            {"nation_count_0": "1,050", "nation_count_1": "about"},
            {"nation_count": 1050, "nation_count_qualifier": "about"},
        ),
        ({"level": "ministers"}, {"level": "ministers"}),
        ({"country": "DE"}, {"country_id": "DE"}),
        ({"place": "Ramstein"}, {"place_name": "Ramstein"}),
        ({"ends": "2023-12"}, {"ends_precision": "month"}),
        ({"ordinal": "18"}, {"ordinal": 18}),
    ],
    ids=lambda found: next(iter(found)),
)
def test_each_form_of_input_reaches_its_columns(desk, meeting, inputs, columns):
    assert save(desk, meeting, **inputs).status_code == 302
    meeting.refresh_from_db()
    assert {name: getattr(meeting, name) for name in columns} == columns


def test_sums_programmes_and_links_are_stated_whole(desk, package, meeting):
    changes = {
        "amount_0": "usd",
        "amount_1": "2 200 000 000",
        "amount_2": "up_to",
        "programme_1": "Sovereign support loan",
        "meeting": str(meeting.pk),
    }
    assert save(desk, package, **changes).status_code == 302
    package.refresh_from_db()
    assert (package.amount, package.currency, package.qualifier) == (2_200_000_000, "USD", "up_to")
    assert (package.programme, package.programme_name) == (None, "Sovereign support loan")
    assert package.meeting_id == meeting.pk
    assert save(desk, package, programme_0="fmf", programme_1="").status_code == 302
    package.refresh_from_db()
    assert (package.programme_id, package.programme_name) == ("fmf", "")


def test_names_are_added_and_taken_away_one_by_one(desk, chief, reference_db):
    pk = create_record(kind=RecordKind.CONTACT_GROUP, values={"name": "Group of Three", "aliases": "G3"}, by=chief)
    group = ContactGroup.objects.get(pk=pk)
    save(desk, group, aliases="G3\nThe Three\n  Trio \nTrio")
    group.refresh_from_db()
    assert sorted(group.aliases) == ["G3", "The Three", "Trio"]
    save(desk, group, aliases="The Three")
    group.refresh_from_db()
    assert group.aliases == ["The Three"]


def test_emptying_a_field_rejects_its_value_for_good(desk, chief, meeting):
    shown = str(meeting.starts_partial)
    other = {"2023-11-22": "2023-11-23", "2023-11-23": "2023-11-22"}[shown]
    save(desk, meeting, starts="", reason="a misprint")
    meeting.refresh_from_db()
    assert str(meeting.starts_partial) == other
    verdict = Verdict.objects.get()
    assert (verdict.decision, verdict.by, verdict.why) == (Decision.REJECT, chief, "a misprint")
    for outlet in ("Gamma", "Delta", "Epsilon"):
        seventeenth(outlet, "2023-11-26", shown, "once more")
    assert str(meeting_number().starts_partial) == other
    save(desk, meeting, mode="")
    meeting.refresh_from_db()
    assert meeting.mode == ""


@pytest.mark.parametrize(
    ("inputs", "field", "said"),
    [
        ({"starts": "22.11.2023"}, "starts", "is not a date of the form"),
        ({"starts": "2023-02-30"}, "starts", "ay is out of range"),
        ({"ordinal": "0"}, "ordinal", "greater than or equal to 1"),
        ({"nation_count_0": "many"}, "nation_count", "is not a number"),
        ({"nation_count_0": "4.5"}, "nation_count", "not a whole number"),
        ({"nation_count_0": "-3"}, "nation_count", "at least 1"),
        ({"country": "QQ"}, "country", "does not know it"),
        ({"level": "emperors"}, "level", "is not one of the available choices"),
        ({"venue": "v" * 201}, "venue", "at most 200 characters"),
        ({"reason": "r" * 100_000}, "reason", "at most 2000 characters"),
        ({"citation_date": "soon"}, "citation_date", "is not a date of the form"),
        ({"citation_url": "not an address"}, "citation_url", "valid URL"),
        ({"starts": "2023-11-22", "ends": "2023-11-20"}, "ends", "meeting ends after it starts"),
        ({"venue": "<b>Hall</b> 3"}, "venue", "“<b>” is markup"),
        ({"place": "<script>alert(1)</script>"}, "place", "“<script>” is markup"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_at_the_field(desk, meeting, inputs, field, said):
    before = Claim.objects.count()
    response = save(desk, meeting, title="kept as typed", **inputs)
    assert response.status_code == 200
    found = errors(response)
    assert list(found) == [field]
    assert said in found[field][0]
    assert Claim.objects.count() == before
    assert "kept as typed" in response.content.decode()


def test_a_group_is_not_made_part_of_its_own_part(desk, chief, reference_db):
    whole = create_record(kind=RecordKind.CONTACT_GROUP, values={"name": "Group of Three"}, by=chief)
    values = {"name": "Coalition of the Three", "parent": str(whole)}
    part = create_record(kind=RecordKind.CONTACT_GROUP, values=values, by=chief)
    third = create_record(
        kind=RecordKind.CONTACT_GROUP, values={"name": "Cell of the Coalition", "parent": str(part)}, by=chief
    )
    group = ContactGroup.objects.get(pk=whole)
    for inner in (part, third, whole):
        assert "circle" in errors(save(desk, group, parent=str(inner)))["parent"][0]
    group.refresh_from_db()
    assert group.parent is None


def test_a_package_does_not_restate_its_own_part(desk, chief, reference_db):
    def pledged(number: int, **values: str) -> str:
        values = {"amount": {"number": number, "currency": "EUR"}, **values}
        return str(create_record(kind=RecordKind.PACKAGE, values=values, by=chief))

    whole = pledged(3000)
    part = pledged(2000, part_of=whole)
    response = save(desk, Package.objects.get(pk=whole), restates=part)
    assert "circle" in errors(response)["restates"][0]
    assert Package.objects.get(pk=whole).restates is None


def test_a_nation_and_a_body_together_are_refused_at_the_field(desk, chief, package):
    donor = package.contributions.get()
    body = create_record(kind=RecordKind.ORGANISATION, values={"name": "Some Fund"}, by=chief)
    response = save(desk, donor, organisation=str(body), donor_name="typed")
    assert errors(response) == {"organisation": ["Only one of nation and body can be given; empty the other."]}
    donor.refresh_from_db()
    assert (donor.nation_id, donor.organisation_id, donor.donor_name) == ("DE", None, "")
    both = save(desk, donor, nation="FR", organisation=str(body))
    assert set(errors(both)) == {"nation", "organisation"}
    assert save(desk, donor, nation="", organisation=str(body)).status_code == 302
    donor.refresh_from_db()
    assert (donor.nation_id, donor.organisation_id) == (None, body)


def test_a_stale_save_is_refused_with_what_changed_and_keeps_what_was_typed(desk, chief, meeting):
    url = page_of(meeting)
    typed = filled(desk, url, venue="Building 9", title="A title of mine")
    state_value(record=meeting, field="starts", value="2023-11-20", by=chief)
    before = Claim.objects.count()
    refused = desk.post(url, typed)
    said = errors(refused)["__all__"][0]
    assert "Not saved" in said
    assert "is now “2023-11-20”" in said
    assert "venue" in said
    assert Claim.objects.count() == before
    form = refused.context["adminform"].form
    assert (form["venue"].value(), form["title"].value()) == ("Building 9", "A title of mine")
    # The field that only the other changed shows the other's value, so that saving again keeps it.
    assert form["starts"].value() == "2023-11-20"
    again = {name: typed.get(name, "") for name in typed} | {
        name: form[name].value() for name in ("starts", "seen", "seen_version")
    }
    assert desk.post(url, again).status_code == 302
    meeting.refresh_from_db()
    assert (str(meeting.starts_partial), meeting.venue) == ("2023-11-20", "Building 9")
    assert Claim.objects.filter(author=chief, field="starts").count() == 1


def test_a_form_that_lost_what_it_showed_is_refused(desk, meeting):
    response = save(desk, meeting, seen="[]", venue="Building 9")
    assert "lost track" in errors(response)["__all__"][0]


def test_rivals_stand_side_by_side_with_their_sentences(desk, meeting):
    page = desk.get(page_of(meeting)).content.decode()
    assert "contested: first day" in page
    for word in ("on Wednesday", "on Thursday", "Alpha", "Beta", "newsroom"):
        assert word in page


def test_a_note_too_long_to_be_kept_whole_is_refused(desk, meeting):
    decide_on(desk, meeting, "reject", "2023-11-22", why="a\0b" + "c" * 100_000)
    assert not Verdict.objects.exists()
    page = desk.get(page_of(meeting)).content.decode()
    assert "Nothing decided. The reason has 100,002 characters; at most 2,000 are kept." in page
    decide_on(desk, meeting, "reject", "2023-11-22", why="a\0b")
    assert Verdict.objects.get().why == "ab"


def decide_on(client, record, decision, value, why="seen with my own eyes"):
    claim = Claim.objects.filter(mention__binding__record=record.pk, field="starts", value=value).first()
    return client.post(page_of(record, "decide"), {"do": f"{decision}:{claim.pk}", "why": why})


def test_a_value_is_accepted_rejected_and_taken_back(desk, chief, meeting):
    shown = str(meeting.starts_partial)
    other = {"2023-11-22": "2023-11-23", "2023-11-23": "2023-11-22"}[shown]
    for decision, value, expected in [
        ("accept", other, other),
        ("withdraw", other, shown),
        ("reject", shown, other),
        ("withdraw", shown, shown),
    ]:
        assert decide_on(desk, meeting, decision, value).status_code == 302
        meeting.refresh_from_db()
        assert str(meeting.starts_partial) == expected, (decision, value)
    page = desk.get(page_of(meeting)).content.decode()
    assert "taken back by chief" in page
    assert "seen with my own eyes" in page
    assert "contested: first day" in page


def test_a_statement_is_taken_back(desk, meeting):
    shown = str(meeting.starts_partial)
    save(desk, meeting, starts="2023-11-20")
    assert decide_on(desk, meeting, "withdraw", "2023-11-20").status_code == 302
    meeting.refresh_from_db()
    assert str(meeting.starts_partial) == shown
    assert "taken back" in desk.get(page_of(meeting)).content.decode()


def test_a_claim_of_another_record_is_not_decided_here(desk, meeting, package):
    claim = Claim.objects.filter(mention__binding__record=package.pk).first()
    for do in (f"reject:{claim.pk}", "reject:99999999", "reject:x", "praise:1", "", "accept:" + "9" * 40):
        desk.post(page_of(meeting, "decide"), {"do": do})
    assert not Verdict.objects.exists()
    assert desk.get(page_of(meeting, "decide")).status_code == 405


@pytest.mark.parametrize(
    ("kind", "parent", "inputs", "expected"),
    [
        (Attendance, "meeting", {"nation": "SE", "role": "participant"}, {"nation_id": "SE", "role": "participant"}),
        (Post, "official", {"title": "Head of the Fund", "held_from": "2023-01"}, {"title": "Head of the Fund"}),
        (
            Allocation,
            "package",
            {"described": "18 neighbours", "fraction": "0.5", "basis": "stated"},
            {"basis": "stated"},
        ),
    ],
    ids=["attendance", "post", "allocation"],
)
def test_a_part_is_added_to_its_record(desk, meeting, package, kind, parent, inputs, expected):
    whole = {"meeting": meeting, "package": package, "official": Official.objects.first()}[parent]
    meta = kind._meta
    url = f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_add')}?{parent}={whole.pk}"
    known = set(kind.objects.values_list("pk", flat=True))
    assert desk.post(url, filled(desk, url, **inputs)).status_code == 302
    made = kind.objects.exclude(pk__in=known).get()
    assert getattr(made, parent) == whole
    assert made.state == RecordState.LIVE
    assert {name: getattr(made, name) for name in expected} == expected


def test_a_record_is_added_with_its_source(desk, chief, reference_db):
    url = reverse("admin:meetings_contactgroup_add")
    data = filled(desk, url, name="Group of Nine", aliases="G9\nNine", citation_publisher="The Herald", reason="new")
    assert desk.post(url, data).status_code == 302
    group = ContactGroup.objects.get(name="Group of Nine")
    assert sorted(group.aliases) == ["G9", "Nine"]
    assert Claim.objects.filter(mention__binding__record=group.pk, citation_publisher="The Herald").exists()
    assert "already" in desk.post(url, data, follow=True).content.decode()
    assert ContactGroup.objects.filter(name="Group of Nine", state=RecordState.LIVE).count() == 1


def test_an_empty_record_is_not_added(desk, meeting):
    url = reverse("admin:meetings_meeting_add")
    response = desk.post(url, filled(desk, url))
    assert errors(response) == {"__all__": ["State at least one value."]}


@pytest.mark.parametrize("by_article", [True, False], ids=["reported", "entered by an editor"])
def test_a_record_is_retracted_and_restored(desk, chief, meeting, by_article):
    record = meeting
    if not by_article:
        values = {"group": str(meeting.group_id), "ordinal": 99}
        record = Meeting.objects.get(pk=create_record(kind=RecordKind.MEETING, values=values, by=chief))
    url = reverse("admin:meetings_meeting_changelist") + "?state=all"
    chosen = {"_selected_action": [str(record.pk)]}
    asked = desk.post(url, {**chosen, "action": "retract_records"})
    assert "Reason" in asked.content.decode()
    record.refresh_from_db()
    assert record.state == RecordState.LIVE
    chosen["seen"] = [f"{record.pk}:{record.version}"]
    desk.post(url, {**chosen, "action": "retract_records", "why": "never took place"})
    record.refresh_from_db()
    assert record.state == RecordState.RETRACTED
    seventeenth("Gamma", "2023-11-27", "2023-11-22", "on that Wednesday")
    record.refresh_from_db()
    assert record.state == RecordState.RETRACTED
    chosen["seen"] = [f"{record.pk}:{record.version}"]
    desk.post(url, {**chosen, "action": "restore_records", "why": "it did"})
    record.refresh_from_db()
    assert record.state == RecordState.LIVE
    assert desk.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403


def test_an_id_that_was_merged_away_leads_to_its_record(desk, chief, meeting):
    save(desk, meeting, venue="NATO headquarters")
    mention = Claim.objects.get(author=chief).mention_id
    Record.objects.filter(pk=mention).delete()
    response = desk.get(reverse("admin:meetings_meeting_change", args=[mention]))
    assert response.status_code == 302
    assert response["Location"] == page_of(meeting)
    for nothing in ("nonsense", "01a20bda-0000-7000-8000-000000000000"):
        assert desk.get(reverse("admin:meetings_meeting_change", args=[nothing])).status_code == 302


def test_of_two_editors_at_once_one_is_refused(committed_db):
    seventeenth("Alpha", "2023-11-23", "2023-11-22", "on Wednesday")
    meeting = meeting_number()
    clients, gate, done = [], threading.Barrier(2), []
    for name in ("first", "second"):
        client = Client()
        client.force_login(get_user_model().objects.create_superuser(username=name, password="x"))
        clients.append((client, filled(client, page_of(meeting), venue=f"Hall of the {name}")))

    def post(client, data):
        try:
            gate.wait(30)
            done.append(client.post(page_of(meeting), data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=pair) for pair in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == [200, 302]
    assert Claim.objects.filter(field="venue").count() == 1


# Who may


def test_a_viewer_reads_and_changes_nothing(browser_of, meeting):
    viewer = browser_of("view_meeting")
    page = viewer.get(page_of(meeting)).content.decode()
    assert "on Wednesday" in page
    assert 'name="do"' not in page
    assert 'name="_save"' not in page
    url = reverse("admin:meetings_meeting_changelist")
    assert viewer.post(page_of(meeting), {"venue": "mine"}).status_code == 403
    assert decide_on(viewer, meeting, "reject", "2023-11-22").status_code == 403
    assert viewer.get(reverse("admin:meetings_meeting_add")).status_code == 403
    viewer.post(url, {"action": "retract_records", "_selected_action": [str(meeting.pk)], "why": "no"})
    meeting.refresh_from_db()
    assert meeting.state == RecordState.LIVE
    assert not Verdict.objects.exists()


def test_an_editor_of_meetings_does_not_edit_packages(browser_of, meeting, package):
    editor = browser_of("view_meeting", "change_meeting")
    assert save(editor, meeting, venue="NATO headquarters").status_code == 302
    assert editor.get(page_of(package)).status_code == 403
    claim = Claim.objects.filter(mention__binding__record=package.pk).first()
    assert editor.post(page_of(package, "decide"), {"do": f"reject:{claim.pk}"}).status_code == 403


def test_decisions_need_the_sites_own_form(meeting, chief):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(chief)
    assert decide_on(strict, meeting, "reject", "2023-11-22").status_code == 403
    assert not Verdict.objects.exists()


# The rest of the desk


def test_what_is_no_id_is_refused_where_a_record_is_to_be_chosen(desk, meeting):
    assert set(errors(save(desk, meeting, group="no id"))) == {"group"}
    assert desk.get(reverse("admin:meetings_attendance_add"), {"meeting": "no id"}).status_code == 200


@pytest.mark.parametrize("model", ["claim", "verdict", "mention", "judgement", "settlement", "change", "snapshot"])
def test_the_log_is_read_only(desk, meeting, model):
    assert desk.get(reverse(f"admin:evidence_{model}_changelist")).status_code == 200
    assert desk.get(reverse(f"admin:evidence_{model}_add")).status_code == 403
    settlement = Settlement.objects.first()
    assert desk.post(page_of(settlement), {"field": "x"}).status_code == 403
    assert desk.post(page_of(settlement, "delete"), {"post": "yes"}).status_code == 403


def test_rating_an_outlet_settles_what_rests_on_it(desk, meeting):
    leading = str(meeting.starts_partial)
    name = {"2023-11-22": "Alpha", "2023-11-23": "Beta"}[leading]
    outlet = Outlet.objects.get(name=name)
    inline = {"ratings-TOTAL_FORMS": "0", "ratings-INITIAL_FORMS": "0"}
    data = filled(desk, page_of(outlet), reliability="0.1", **inline)
    refused = desk.post(page_of(outlet), data)
    assert errors(refused) == {"reason": ["A rating needs its reason."]}
    assert desk.post(page_of(outlet), {**data, "reason": "prints rumours"}).status_code == 302
    meeting.refresh_from_db()
    assert str(meeting.starts_partial) != leading
    assert outlet.ratings.get().why == "prints rumours"


def test_names_with_commas_survive_the_form_of_reference_data(desk, reference_db):
    url = reverse("admin:people_nation_change", args=["KR"])
    inline = {"alliances-TOTAL_FORMS": "0", "alliances-INITIAL_FORMS": "0"}
    assert desk.post(url, filled(desk, url, aliases="Korea, Republic of\nSouth Korea", **inline)).status_code == 302
    assert Nation.objects.get(pk="KR").aliases == ["Korea, Republic of", "South Korea"]


def test_a_nation_in_use_stays_and_the_page_says_by_what(desk, meeting, package):
    germany = Nation.objects.get(pk="DE")
    url = page_of(germany, "delete")
    asked = desk.get(url)
    for response in (asked, desk.post(url, {"post": "yes", "seen": asked.context["seen"]})):
        page = response.content.decode()
        assert "is in use and cannot be deleted" in page
        assert "1 contribution" in page
        assert "claims" in page
    url = reverse("admin:people_nation_changelist")
    chosen = {"action": "delete_selected", "_selected_action": ["DE"]}
    asked = desk.post(url, chosen)
    page = desk.post(url, {**chosen, "post": "yes", "seen": asked.context["seen"]}).content.decode()
    assert "nothing was deleted" in page
    assert Nation.objects.filter(pk="DE").exists()


def test_a_post_that_ends_before_it_starts_is_refused_at_the_field(desk, package):
    post = Post.objects.get()
    response = save(desk, post, held_from="2023-05", held_to="2022-01")
    assert "post ends after it starts" in errors(response)["held_to"][0]
    post.refresh_from_db()
    assert (post.held_from, post.held_to) == (None, None)


def test_html_that_a_source_has_in_a_name_is_shown_as_text(desk, chief, reference_db):
    name = "Group <img src=x onerror=alert(1)>"
    pk = create_record(kind=RecordKind.CONTACT_GROUP, values={"name": name}, by=chief)
    group = ContactGroup.objects.get(pk=pk)
    for url in (
        page_of(group),
        page_of(group, "history"),
        reverse("admin:meetings_contactgroup_changelist"),
        group.get_absolute_url(),
        reverse("register:record-history", args=[pk]),
        f"{reverse('register:record-detail', args=[pk])}?as_of={group.created_at.date()}",
    ):
        page = desk.get(url).content.decode()
        assert "<img src=x" not in page, url
        assert "&lt;img src=x" in page, url


def test_deleting_is_retracting_with_a_tombstone(desk, meeting):
    url = reverse("admin:meetings_meeting_changelist")
    sent = {"_selected_action": [str(meeting.pk)], "seen": [f"{meeting.pk}:{meeting.version}"]}
    desk.post(url, {**sent, "action": "retract_records", "why": "never took place"})
    assert Change.objects.filter(record=meeting.pk).order_by("-pk").first().action == "retract"
    assert desk.get(f"/api/v1/meetings/{meeting.pk}/").status_code == 410
    assert Record.objects.get(pk=meeting.pk).state == RecordState.RETRACTED
    assert Claim.objects.filter(mention__binding__record=meeting.pk).exists()
