"""A group's page: its numbered series with the gaps named, who was in the chair, who leads, and the pages cited."""

from reporting import GROUP, get, report, section, words

from ingest.facts.files import write
from ingest.facts.importing import import_facts
from meetings.models import ContactGroup, Meeting


def held(number: str, day: str, chair: str, level: str = "ministers", status: str = "held") -> str:
    ordinal = f"ordinal={number}; " if number else ""
    return f"MEETING contact_group={GROUP}; {ordinal}starts={day}; level={level}; status={status}; chairs={chair}"


def page() -> str:
    return get(ContactGroup.objects.live().get(abbreviation="UDCG").get_absolute_url())


def test_a_series_names_the_numbers_that_are_missing_and_what_was_held_between():
    people = [f"OFFICIAL name={name}; title=Minister; affiliation=US" for name in ("Ann Early", "Bea Late")]
    report(
        *people,
        held("1", "2022-04-26", "Ann Early"),
        held("3", "2022-06-15", "Ann Early"),
        held("", "2022-05-23", "Ann Early"),
        held("4", "2022-07-20", "Bea Late"),
        held("", "2022-09-08", "Bea Late"),
        held("6", "2022-10-12", "Bea Late", status="planned"),
        held("2", "2023-01-20", "Bea Late", level="steering"),
        name="series",
    )
    series = words(section(page(), 'id="h-ser1"', "</section>"))
    assert "4 of 6 numbers known; missing: 2nd, 5th" in series
    assert "2 no source gives this number; held between its neighbours: 23 May 2022" in series
    assert "5 no source gives this number; held between its neighbours: 8 September 2022" in series
    assert "6 12 October 2022 " in series
    chairs = words(section(page(), 'id="h-chair"', "</section>"))
    assert "Ann Early US United States 2022-04-26 2022-06-15 3" in chairs
    # Of a meeting that is only planned nobody was in the chair yet.
    assert "Bea Late US United States 2022-07-20 2023-01-20 3" in chairs
    assert "Numbered meetings, steering body" in words(page())


def test_a_series_of_its_own_has_no_gap_named_twice_and_nothing_is_numbered_without_end():
    report(held("1", "2022-04-26", "US"), held("70000", "2022-05-26", "US"), name="slip")
    assert "1 of 300 numbers known" in words(section(page(), 'id="h-ser1"', "</section>"))


def test_leads_stand_apart_in_order_of_their_time_and_cited_pages_are_named():
    cited = {"source_url": "https://www.gov.example/lead", "source_publisher": "A Ministry", "source_date": "2025-02"}
    group = {"slug": "udcg", "name": GROUP, "abbreviation": "UDCG", "kind": "contact_group", **cited}
    rows = [
        {"nation_iso2": "GB", "role": "lead", "from": "2025-02"},
        {"nation_iso2": "US", "role": "lead", "from": "2022-04", "to": "2025-01"},
        {"nation_iso2": "AR", "role": "member", "from": "2024-06-13"},
    ]
    members = [{"group_slug": "udcg", **row, **cited} for row in rows]
    import_facts(
        {
            "contact_groups.csv": write("contact_groups.csv", [group]),
            "memberships.csv": write("memberships.csv", members),
        }
    )
    text = page()
    leads = words(section(text, 'id="h-lead"', "</section>"))
    assert leads.index("United States Lead 2022-04 2025-01") < leads.index("United Kingdom Lead 2025-02")
    assert "Argentina Member 2024-06-13" in words(section(text, 'id="h-mem"', "</section>"))
    assert "A Ministry 2025-02" in words(section(text, 'id="h-cite"', "</section>"))
    assert "cited pages" in words(text)
    assert not Meeting.objects.exists()
