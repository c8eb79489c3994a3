"""Old addresses lead on, and those that lead nowhere say why; error pages keep the look and the policy."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views import defaults
from reporting import GROUP, assert_strict, get, report, words

from evidence.choices import Decision, Identity
from evidence.models import Claim, Record
from evidence.services import decide, judge
from funding.models import Package
from meetings.models import ContactGroup, Meeting
from people.models import Official


@pytest.fixture
def meeting():
    report(f"MEETING contact_group={GROUP}; ordinal=27; starts=2025-04-11", name="one")
    return Meeting.objects.get(ordinal=27)


def test_a_merged_record_leads_on_for_ever(editor):
    for name, person in (("a", "William LaPlante"), ("b", "Bill La Plante")):
        report(f"OFFICIAL name={person}; affiliation=US", name=name)
    left, right = Official.objects.live().filter(nation="US").order_by("pk")
    judge(left=left.pk, right=right.pk, identity=Identity.SAME, by=editor)
    gone, kept = (left, right) if Official.objects.get(pk=left.pk).state == "merged" else (right, left)
    response = Client().get(gone.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())
    get(kept.get_absolute_url())


def test_a_rejected_record_is_gone(meeting, editor):
    decide(claim=Claim.objects.get(mention=meeting.pk, field="exists"), decision=Decision.REJECT, by=editor)
    assert "This record was rejected" in words(get(meeting.get_absolute_url(), 410))
    assert f"27th {GROUP}" not in words(get("/"))


@pytest.mark.parametrize(("state", "expected"), [("withdrawn", "was withdrawn"), ("unconfirmed", "is not established")])
def test_a_record_that_is_not_fact_says_why(meeting, state, expected):
    Record.objects.filter(pk=meeting.pk).update(state=state)
    assert expected in words(get(meeting.get_absolute_url(), 404))


@pytest.mark.parametrize("model", [Meeting, ContactGroup, Official, Package])
def test_an_id_of_another_kind_or_of_nothing_is_not_found(meeting, model):
    page = model(pk=meeting.pk if model is not Meeting else meeting.group_id).get_absolute_url()
    get(page, 404)
    get(model(pk="01900000-0000-7000-8000-000000000000").get_absolute_url(), 404)


def test_nations_have_one_address():
    response = Client().get("/nations/de/")
    assert (response.status_code, response["Location"]) == (301, "/nations/DE/")
    for code in ("XX", "DEU", "d%C3%A9", "%00%00"):
        assert "No nation has this code." in words(get(f"/nations/{code}/", 404))


def test_not_found_names_what_was_asked():
    text = words(get("/no/such/<page>", 404))
    assert "Nothing is registered at this address" in text
    assert "/no/such/<page>" in text


def fail(request):
    raise RuntimeError("broken")


def forbid(request):
    raise PermissionDenied("Only editors may see this.")


urlpatterns = [path("fail", fail), path("forbid", forbid), path("", include("config.urls"))]


@override_settings(ROOT_URLCONF="test_page_addresses")
def test_a_fault_of_ours_has_a_page_of_its_own():
    response = Client(raise_request_exception=False).get("/fail")
    assert response.status_code == 500
    assert "The register failed to answer" in words(response.content.decode())
    assert "broken" not in response.content.decode()
    assert_strict(response.content.decode())


@override_settings(ROOT_URLCONF="test_page_addresses")
def test_what_is_forbidden_says_why():
    assert "Only editors may see this." in words(get("/forbid", 403))


def test_the_page_of_a_fault_needs_no_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        for response in (defaults.server_error(request), defaults.bad_request(request, ValueError())):
            assert "<h1>" in response.content.decode()


def test_a_form_without_its_token_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    text = response.content.decode()
    assert "The form was not accepted" in words(text)
    assert_strict(text)


def test_too_many_attempts_to_sign_in_say_when_it_ends(editor):
    client = Client()
    for _ in range(6):
        response = client.post("/admin/login/", {"username": "editor", "password": "wrong"})
    assert response.status_code in (403, 429)
    text = response.content.decode()
    assert "Too many attempts to sign in" in words(text)
    assert "for 30 minutes from the last attempt" in words(text)
    assert_strict(text)


def test_pages_carry_the_strict_policy(meeting):
    for page in ("/", meeting.get_absolute_url(), "/nope"):
        policy = Client().get(page)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
