"""Every displayed value opens its quotes, a contested one its rivals; decisions and citations say whose they are."""

import pytest
from reporting import GROUP, get, report, section, words

from evidence.choices import Decision
from evidence.models import Claim
from evidence.services import create_record, decide, state_value
from funding.models import Package
from meetings.models import ContactGroup, Meeting
from people.models import Official

MEETING = f"MEETING contact_group={GROUP}; ordinal=27; starts=2025-04-11; level=ministers; mode=in_person; status=held"


@pytest.fixture
def meeting():
    official = "OFFICIAL name=John Healey; title=Secretary of State; affiliation=GB"
    report(
        official,
        f"{MEETING}; place=Brussels; country=BE; venue=NATO headquarters; nation_count=51; chairs=John Healey; "
        "participants=DE; topics=air defence",
        "STATEMENT quote=We will stand firm; official=John Healey; meeting=0",
        name="one",
    )
    report(f"{MEETING}; nation_count=40", name="two")
    return Meeting.objects.get(ordinal=27)


def test_a_meeting_shows_its_values_with_their_quotes(meeting):
    page = get(meeting.get_absolute_url())
    text = words(page)
    for value in (
        f"27th {GROUP}",
        "Friday 11 April 2025",
        "Brussels",
        "Belgium",
        "NATO headquarters",
        "Ministers",
        "In person",
        "John Healey",
        "Secretary of State",
        "We will stand firm",
    ):
        assert value in text
    for quote in ("starts=2025-04-11", "place=Brussels", "venue=NATO headquarters", "chairs=John Healey", "topics=air"):
        assert f"<mark>{quote}" in page
    assert 'aria-label="Evidence for the first day: 2 stories, not yet reviewed"' in page
    assert "2 articles in 2 stories" in text


def test_a_nation_counts_once_and_is_not_said_to_send_nobody_beside_its_minister(meeting):
    report(f"{MEETING}; participants=GB,FR", name="three")
    text = words(section(get(meeting.get_absolute_url()), 'id="h-del"', "</section>"))
    assert "3 nations named by sources" in text
    assert "United Kingdom the delegation" in text
    assert "France nobody named" in text
    page = words(section(get("/nations/GB/"), 'id="h-att"', "</section>"))
    assert "John Healey" in page
    assert "the delegation" in page
    assert "nobody named" not in page


def test_a_contested_value_shows_its_rivals(meeting):
    page = get(meeting.get_absolute_url())
    fact = section(page, 'id="f-nation_count"', "</dl>").split('class="fact"')[0]
    assert "contested" in words(fact)
    assert 'aria-label="Evidence for the number of nations: 1 story, contested"' in fact
    assert "<mark>nation_count=51</mark>" in fact
    assert "<mark>nation_count=40</mark>" in fact
    assert "rival" in words(fact)
    assert "No editor has decided." in words(fact)


def test_a_decision_says_who_and_when(meeting, editor):
    decide(claim=Claim.objects.get(field="nation_count", quote="nation_count=40"), decision=Decision.ACCEPT, by=editor)
    page = get(meeting.get_absolute_url())
    fact = section(page, 'id="f-nation_count"', "</dl>").split('class="fact"')[0]
    assert "Decided by editor," in words(fact)
    assert 'aria-label="Evidence for the number of nations: 1 story, decided by an editor"' in fact
    assert words(fact).split("Nations ")[1].startswith("40")


def test_an_editors_own_value_carries_name_and_reason(meeting, editor):
    state_value(record=meeting, field="venue", value="Berlaymont", by=editor, why="a slip of the report")
    text = words(get(meeting.get_absolute_url()))
    assert "Berlaymont" in text
    assert "Stated by editor: a slip of the report" in text


def test_quotes_lead_to_their_place_in_the_article(meeting):
    claim = Claim.objects.get(field="venue")
    link = f"/articles/{claim.snapshot.article_id}/#s{claim.start}-{claim.end}"
    assert f'href="{link}"' in get(meeting.get_absolute_url())
    assert f'id="s{claim.start}-{claim.end}"' in get(link)


def test_what_an_import_cites_says_that_there_is_no_sentence():
    group = ContactGroup.objects.get(name=GROUP)
    page = get(group.get_absolute_url())
    assert "Cited by an import; no sentence on file." in words(page)


def test_a_package_shows_sum_parts_and_what_is_left(editor):
    report(
        "PACKAGE amount=2200000000; currency=USD; programme=FMF; status=announced; announced=2022-09-08; donor=US; "
        "recipients=UA; contents=HIMARS rockets",
        name="money",
    )
    package = Package.objects.get(currency="USD")
    text = words(get(package.get_absolute_url()))
    assert "$2.2bn" in text
    assert "exactly USD 2,200,000,000" in text
    assert "8 September 2022" in text
    assert "No source read says how it is divided." in text
    page = get(package.get_absolute_url())
    for quote in ("amount=2200000000", "donor=US", "recipients=UA", "contents=HIMARS rockets", "announced=2022-09-08"):
        assert f"<mark>{quote}" in page
    share = package.allocations.get()
    state_value(record=share, field="fraction", value="0.5", by=editor)
    page = get(package.get_absolute_url())
    assert "half comes to $1.1bn" in words(page)
    assert "Half ($1.1bn) is not allocated by any source read." in words(page)
    assert 'width="500.0"' in page


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"fraction": "0.5"}, {"fraction": "0.5"}], "The counted parts come to the whole."),
        ([{"fraction": "0.33333333"}] * 3, "The counted parts come to the whole."),
        ([{"amount": "25000000"}], "Three quarters ($75m) is not allocated by any source read."),
        ([{"fraction": "0.75"}, {"fraction": "0.5"}], "half comes to $50m not counted: with it the stated parts would"),
        ([{"fraction": "0.75"}, {"fraction": "0.5"}], "A quarter ($25m) is not allocated by any source read."),
        ([{"fraction": "0.5"}, {}], "Half ($50m) is left for those whose part is not stated, or is not allocated."),
        ([{}, {}], "No source read says how it is divided."),
        ([], "No source read says who receives it."),
    ],
)
def test_the_remainder_of_a_package_is_named(editor, parts, expected):
    whole = {"amount": {"number": 100_000_000, "currency": "USD"}}
    package = create_record(kind="package", values=whole, by=editor)
    for code, values in zip(["UA", "PL", "MD"], parts, strict=False):
        create_record(kind="allocation", values={"nation": code, **values}, by=editor, parent=package)
    assert expected in words(get(f"/packages/{package}/"))


def test_sums_of_different_currencies_stand_side_by_side_and_are_not_added():
    report(
        f"{MEETING}",
        "PACKAGE amount=500000000; currency=USD; donor=US; meeting=0",
        "PACKAGE amount=440000000; currency=CAD; donor=CA; meeting=0",
        "PACKAGE amount=60000000; currency=USD; donor=NO; meeting=0",
        name="sums",
    )
    meeting = Meeting.objects.get(ordinal=27)
    for page in (get("/"), get(meeting.get_absolute_url())):
        text = words(page)
        assert "C$440m, $500m" in text
        assert "560" not in text
        assert "940" not in text
        assert "1,000" not in text


def test_an_official_shows_posts_meetings_and_statements(meeting):
    page = get(Official.objects.get(name="John Healey").get_absolute_url())
    text = words(page)
    for value in ("John Healey", "United Kingdom", "Secretary of State", f"27th {GROUP}", "We will stand firm"):
        assert value in text
    assert "<mark>title=Secretary of State</mark>" in page
    assert "<mark>quote=We will stand firm</mark>" in page
    assert "not known" in section(page, "h-posts", "</section>")


def test_a_group_shows_its_meetings(meeting):
    page = get(meeting.group.get_absolute_url())
    assert f"27th {GROUP}" in words(section(page, "h-meet", "</section>"))


def test_a_nation_shows_meetings_money_and_people(meeting):
    report("PACKAGE amount=11000000000; currency=EUR; donor=DE; recipients=UA", name="berlin")
    germany = get("/nations/DE/")
    assert f"27th {GROUP}" in words(section(germany, "h-att", "</section>"))
    assert "<mark>participants=DE" in germany
    assert "€11bn" in words(section(germany, "h-gave", "</section>"))
    assert "<mark>amount=11000000000</mark>" in germany
    assert "€11bn" in words(section(get("/nations/UA/"), "h-rec", "</section>"))
    assert "John Healey" in words(section(get("/nations/GB/"), "h-posts", "</section>"))
    assert f"27th {GROUP}" in words(section(get("/nations/BE/"), "h-host", "</section>"))
    assert "does not mean absent" in words(get("/nations/JP/"))


def test_rows_that_are_not_live_are_not_shown(meeting, editor):
    assert "<h2>Topics</h2>" in get(meeting.get_absolute_url())
    claim = Claim.objects.filter(field="exists", mention__kind="meeting_topic").first()
    decide(claim=claim, decision=Decision.REJECT, by=editor)
    row = Claim.objects.filter(field="exists", mention__kind="attendance", quote="participants=DE").first()
    decide(claim=row, decision=Decision.REJECT, by=editor)
    page = get(meeting.get_absolute_url())
    assert "<h2>Topics</h2>" not in page
    assert "Germany" not in words(section(page, "h-del", "</section>"))
    assert f"27th {GROUP}" not in words(get("/nations/DE/"))
