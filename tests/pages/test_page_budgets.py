"""How many queries a page may make, as data; the number does not grow with what the page shows."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from reporting import GROUP, report

from evidence.models import Article
from funding.models import Package
from meetings.models import Meeting
from people.models import Official

BUDGETS = json.loads((Path(__file__).parents[1] / "query_budgets.json").read_text(encoding="utf-8"))
PAGES = sorted(name for name in BUDGETS if name.startswith("register:"))


def fill(start: int, count: int) -> None:
    """Meetings with everything that hangs on them, all at once told by two papers that disagree."""
    people = [f"OFFICIAL name=Anna Person{chr(97 + n)}; title=Minister; affiliation=DE" for n in range(start, count)]
    present = ",".join(f"Anna Person{chr(97 + n)}" for n in range(start, count))
    for paper, day in (("a", 11), ("b", 12)):
        meetings, money = [], []
        for n in range(start, count):
            meetings.append(
                f"MEETING contact_group={GROUP}; ordinal={n + 1}; starts=2025-{n % 9 + 1:02d}-{day}; status=held; "
                f"place=Brussels; country=BE; nation_count=5; participants=DE,FR,{present}; "
                "coordinated_with=NATO; topics=air defence,drones"
            )
            money.append(
                f"PACKAGE amount={n + 1}000000; currency=EUR; donor=DE; programme=EPF; announced=2025-01-11; "
                f"recipients=UA,PL; contents=HIMARS,drones; meeting={n - start}"
            )
        said = [f"STATEMENT quote=Words {n}; official=Anna Person{chr(97 + n)}; meeting=0" for n in range(start, count)]
        report(*people, *meetings, *money, *said, name=f"{paper}{start}")


def address(name: str) -> str:
    meeting = Meeting.objects.live().get(ordinal=1)
    keys = {
        "register:meeting-detail": meeting.pk,
        "register:group-detail": meeting.group_id,
        "register:nation-detail": "DE",
        "register:official-detail": Official.objects.live().get(name="Anna Persona").pk,
        "register:package-detail": Package.objects.live().get(amount=1_000_000).pk,
        "register:record-detail": meeting.pk,
        "register:record-history": meeting.pk,
        "register:article-detail": Article.objects.earliest("pk").pk,
    }
    return reverse(name, args=[keys[name]] if name in keys else [])


def queries(name: str) -> int:
    path = address(name)
    if name == "register:record-detail":
        # The address alone only leads on.
        path += f"?as_of={timezone.now().date()}"
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.fixture
def few():
    fill(0, 2)


def test_pages_keep_to_their_budgets_however_much_they_show(few):
    before = {name: queries(name) for name in PAGES}
    fill(2, 8)
    assert Meeting.objects.live().count() >= 8
    after = {name: queries(name) for name in PAGES}
    assert after == before
    over = {name: count for name, count in after.items() if count > BUDGETS[name]}
    assert over == {}


def test_every_page_has_a_budget():
    from register.urls import urlpatterns

    assert {f"register:{pattern.name}" for pattern in urlpatterns} == set(PAGES)
