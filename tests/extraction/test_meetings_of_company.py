"""Meetings told by who keeps company in a town or on a day, and by the stations of a series. All sentences are
written here."""

import datetime

import pytest
from retold import meetings


@pytest.mark.parametrize(
    ("text", "place", "starts"),
    [
        (
            "The defence ministers of Denmark, Norway and Sweden agreed on Monday in Malmö to buy the same boats.",
            "Malmö",
            "2025-09-15",
        ),
        ("The bloc's defence ministers spent Monday in Copenhagen looking for money.", "Copenhagen", "2025-09-15"),
        (
            "Defence chiefs from eleven European countries are in Rome this Wednesday to talk about air defence.",
            "Rome",
            "2025-09-17",
        ),
        (
            "On Monday the defence ministers of the 27 EU states had missiles for Ukraine on their table in Brussels.",
            "Brussels",
            "2025-09-15",
        ),
        ("Members of the Northern Group were received in Oslo on Monday by the minister.", "Oslo", "2025-09-15"),
        (
            "Monday brought the defence ministers of Poland, Romania and Germany together in Bucharest.",
            "Bucharest",
            "2025-09-15",
        ),
        (
            "On Monday the Ukrainian president was in London, where he went over the defence plan with the leaders of "
            "Britain, France and Germany.",
            "London",
            "2025-09-15",
        ),
    ],
)
def test_what_a_company_does_in_a_town_is_a_meeting_whatever_the_verb(text, place, starts):
    """Rule meeting-occasion."""
    (found,) = meetings(text)
    assert (found["place"], found["starts"]) == (place, starts)


@pytest.mark.parametrize(
    "text",
    [
        "Defence ministers Pal Jonson of Sweden and Tore Sandvik of Norway agreed in Oslo on Monday to buy frigates.",
        "Negotiators from the United States, Ukraine and Russia parted in Abu Dhabi on Monday without an accord.",
        "Crews from Denmark, Norway and Sweden trained together in Bodø on Monday.",
        "On Tuesday, the Netherlands, Sweden, Norway and Denmark announced a joint commitment to arm Ukraine.",
        "Prime ministers of the two countries looked at the shipyard in Gdynia on Monday.",
        "Executives from Germany, Sweden and Norway signed a contract for tanks in Oslo on Monday.",
        "The Northern Group, a forum begun in 2010, brings together ministers from 12 northern European countries.",
    ],
)
def test_two_firms_crews_and_members_are_no_company(text):
    assert meetings(text) == []


def test_they_are_the_company_named_before():
    """Rule meeting-company."""
    (found,) = meetings(
        "Oslo has seen the defence chiefs of Norway, Sweden, Denmark and Finland join forces again. On Monday they "
        "conferred there about missiles for the defence of the High North."
    )
    assert (found["starts"], sorted(found["participants"])) == ("2025-09-15", ["DK", "FI", "NO", "SE"])


@pytest.mark.parametrize(
    ("text", "stations"),
    [
        (
            "The Drone Coalition opened its session in Riga on Monday. Before that it had been received in London (May "
            "2025) and in The Hague (January 2025).",
            [("The Hague", "2025-01"), ("London", "2025-05"), ("Riga", "2025-09-15")],
        ),
        (
            "Members of the Drone Coalition will meet again in November. On 2 June Riga was the scene.",
            [("Riga", "2025-06-02"), (None, "2025-11")],
        ),
        (
            "The foreign ministers of the Quad sat down in Tokyo on Monday. The last time the four had seen each other "
            "was in New York, in September of last year.",
            [("New York", "2024-09"), ("Tokyo", "2025-09-15")],
        ),
    ],
)
def test_a_town_with_a_time_of_its_own_is_a_station_of_the_series(text, stations):
    """Rules meeting-stations, meeting-occasion."""
    found = meetings(text)
    assert sorted(((m["place"], m["starts"]) for m in found), key=lambda s: s[1]) == stations
    assert len({m["contact_group"] for m in found}) == 1


def test_what_ministers_do_for_the_first_time_is_not_their_first_meeting():
    """Rule ordinal-qualified."""
    (found,) = meetings(
        "For the first time NATO's defence ministers have invited their colleagues from Japan and Australia to "
        "Brussels on 15 October."
    )
    assert found["ordinal"] is None


def test_a_coalition_founded_long_ago_is_not_founded_at_the_meeting_at_hand():
    """Rule meeting-founded."""
    found = meetings(
        "A regular meeting of the Drone Coalition has been held online. The coalition was founded in Brussels on 14 "
        "February, with eight countries at the table."
    )
    assert sorted(m["starts"] or "" for m in found) == ["", "2025-02-14"]


def test_a_month_that_has_been_is_not_still_to_come():
    """Rule date-nearest: "in December they had met", said in September."""
    found = meetings(
        "The ministers of the Northern Group meet in Oslo on Thursday. In December they had met in Helsinki.",
        published=datetime.date(2025, 9, 24),
    )
    assert "2024-12" in [m["starts"] for m in found]


@pytest.mark.parametrize(
    ("text", "place", "starts"),
    [
        (
            "Bodø was the meeting place on Monday for the chiefs of defence of the Nordic countries.",
            "Bodø",
            "2025-09-15",
        ),
        (
            "To Helsinki came on Monday the defence ministers of Denmark, Estonia, Finland and Latvia to talk about "
            "undersea cables.",
            "Helsinki",
            "2025-09-15",
        ),
        (
            "In Vilnius on Monday NATO's defence ministers put the finishing touches to the plan for the flank.",
            "Vilnius",
            "2025-09-15",
        ),
    ],
)
def test_a_town_or_a_verb_may_come_before_the_company(text, place, starts):
    """Rule meeting-occasion."""
    (found,) = meetings(text)
    assert (found["place"], found["starts"], found["status"]) == (place, starts, "held")


def test_those_whose_turn_it_is_a_day_later_meet_then():
    """Rule meeting-occasion."""
    found = meetings(
        "On 14 October the Ukraine Defense Contact Group will meet in Brussels. A day later it is the turn of NATO's "
        "defence ministers."
    )
    assert [(m["contact_group"], m["starts"]) for m in found] == [
        ("Ukraine Defense Contact Group", "2025-10-14"),
        (None, "2025-10-15"),
    ]


def test_the_summit_that_an_alliance_holds_is_its_own():
    """Rule meeting-holder."""
    found = meetings(
        "The Northern Group met in Oslo on Monday. On the agenda was the summit that NATO holds in The Hague in June."
    )
    assert [(m["contact_group"], m["participants"]) for m in found if m["place"] == "The Hague"] == [(None, ["NATO"])]


def test_whom_a_secretary_met_one_by_one_have_not_met():
    assert (
        meetings(
            "In Tokyo on Monday the secretary of defense met bilaterally with the defence ministers of Japan, "
            "Australia and the Philippines on arms and ammunition."
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "About 50 countries belong to the Ukraine Defense Contact Group, named after the base where it first "
            "assembled in April 2022.",
            ("2022-04", None, "held"),
        ),
        (
            "The get-together of the Drone Coalition in Riga, set for 2 October, will now be on 14 November.",
            ("2025-11-14", "Riga", "postponed"),
        ),
        (
            "The Northern Group's next stop is Copenhagen: its ministers will be there on 3 December.",
            ("2025-12-03", "Copenhagen", "planned"),
        ),
        (
            "In Warsaw the curtain has fallen on the deliberations of the Northern Group's defence ministers, which "
            "began on Monday.",
            ("2025-09-15", "Warsaw", "held"),
        ),
        (
            "The ceremony in Athens on Monday at which the letter of intent was signed was attended by the defence "
            "ministers of Greece, Cyprus, Bulgaria and Romania.",
            ("2025-09-15", "Athens", "held"),
        ),
    ],
)
def test_where_when_and_in_what_state_a_meeting_told_in_passing_is(text, found):
    """Rules meeting-occasion, place-there, status-postponed."""
    (meeting,) = meetings(text)
    assert (meeting["starts"], meeting["place"], meeting["status"]) == found


@pytest.mark.parametrize(
    ("text", "starts", "status"),
    [
        (
            '"We will buy more ammunition," the defence ministers of Denmark, Norway and Sweden wrote on Monday after '
            "they had conferred in Malmö.",
            "2025-09-15",
            "held",
        ),
        (
            "On 14 October ammunition for Ukraine is shown in Paris. A day later the leaders of the EU will be in "
            "Brussels to decide on military aid and missiles for Ukraine.",
            "2025-10-15",
            "planned",
        ),
    ],
)
def test_the_day_of_a_statement_after_and_a_day_counted_are_the_meetings(text, starts, status):
    """Rules date-counted, status-quoted."""
    (found,) = meetings(text)
    assert (found["starts"], found["status"]) == (starts, status)


def test_several_days_are_counted_back():
    """Rule date-counted."""
    found = meetings(
        "The Drone Coalition met in Riga on 12 September. Four days earlier, NATO's defence ministers had been guests "
        "of Britain in London."
    )
    assert [(m["starts"], m["place"]) for m in found] == [("2025-09-12", "Riga"), ("2025-09-08", "London")]


def test_a_town_where_they_met_needs_no_preposition_of_its_own():
    """Rule place-where."""
    (found,) = meetings(
        "The minister brought this news home from Paris, where the ministers of the Northern Group had put their heads "
        "together on Monday."
    )
    assert (found["place"], found["starts"]) == ("Paris", "2025-09-15")


def test_countries_that_arm_another_confer():
    (found,) = meetings(
        "When the countries that arm Ukraine confer in Brussels on 14 October, the secretary will not be among them. "
        "It will be the 31st time that the Ukraine Defense Contact Group assembles."
    )
    assert (found["place"], found["starts"]) == ("Brussels", "2025-10-14")


def test_where_a_series_began_was_its_first_meeting():
    """Rule meeting-stations."""
    found = meetings(
        "The Ukraine Defense Contact Group met online on Monday. It all began in April 2022 at the American base of "
        "Ramstein in Germany."
    )
    assert ("2022-04", "Ramstein") in [(m["starts"], m["place"]) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministers of France, Germany and Britain condemned the attack in a joint statement on Monday.",
        "Ministers from 30 countries visited the arms fair in London on Tuesday.",
        "Company heads from Germany, Sweden and Norway were guests of the minister in Oslo on Monday.",
        "The Drone Coalition delivered 20,000 drones to Kyiv in March and 30,000 to Kharkiv in May.",
        "The Ukraine Defense Contact Group supports Kyiv. Zelensky was in Berlin in May and in Paris in June.",
        "The defence ministers of Estonia, Latvia and Lithuania were criticised in Tallinn on Monday by lawmakers.",
        "Defence ministers from Denmark, Germany and Poland wanted to go to Kyiv on Monday but were held up by fog.",
        "The trial of three commanders from Bosnia, Serbia and Croatia opened in The Hague on Monday.",
        "Polls show that the leaders of France, Germany and Britain lost ground in Paris and London in August.",
    ],
)
def test_what_a_company_does_apart_is_no_meeting(text):
    assert meetings(text + " Arms for Ukraine, among them missiles, are financed by the fund, the ministry said.") == []


def test_the_coalition_that_starts_is_one_not_its_parent():
    """Rule meeting-launch."""
    found = meetings(
        "The Maritime Capability Coalition was agreed at a meeting of the Ukraine Defense Contact Group. On 9 "
        "September a ceremony was held to mark the start of the coalition's work in London, with two ministers."
    )
    assert [m["contact_group"] for m in found if m["starts"] == "2025-09-09"] == ["Maritime Capability Coalition"]


@pytest.mark.parametrize(
    "text",
    [
        "Support will grow, the prime ministers of Denmark, Estonia and Latvia declared on Monday after a summit at "
        "Riga. More ammunition is to follow.",
        "Arms must come faster, said the leaders of Denmark, Estonia and Latvia when their summit in Riga was over on "
        "Monday.",
        "The presidents of Denmark, Estonia and Latvia called for more troops on the eastern flank. They did so on "
        "Monday, at the end of a summit in Riga.",
    ],
)
def test_what_a_company_says_after_a_meeting_is_said_of_its_own(text):
    """Rule meeting-company."""
    (found,) = meetings(text)
    assert (found["starts"], found["place"], found["status"]) == ("2025-09-15", "Riga", "held")
    assert set(found["participants"]) >= {"DK", "EE", "LV"}


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Petr Dvorak sat down in Prague on Monday with Ukrainian Prime Minister Ivan Melnyk and the "
        "leaders of several European Union countries to speak about ammunition.",
        "In Prague on Monday the leaders of several allied countries settled how ammunition for Ukraine is paid for.",
    ],
)
def test_several_countries_are_three_and_more(text):
    """Rule meeting-company."""
    (found,) = meetings(text)
    assert (found["starts"], found["place"], found["status"]) == ("2025-09-15", "Prague", "held")


def test_so_many_ministers_are_those_of_the_group_just_named():
    """Rule meeting-occasion."""
    (found,) = meetings(
        "Ukraine is now linked to the Joint Expeditionary Force (JEF), the British-led group of ten. The ten defence "
        "ministers signed it in Bodo on Monday."
    )
    assert (found["contact_group"], found["place"]) == ("Joint Expeditionary Force", "Bodo")


THREE = "the defence ministers of Australia, the United States and Japan"


@pytest.mark.parametrize(
    "text",
    [
        f"Honolulu is where {THREE} confer on Saturday.",
        f"On Saturday {THREE} see one another in Honolulu.",
        f"Arms are on the minds of many: {THREE} are in Honolulu on Saturday for talks.",
    ],
)
def test_what_a_company_does_in_the_present_is_to_come(text):
    """Rule status-planned."""
    (found,) = meetings(text)
    assert (found["starts"], found["status"]) == ("2025-09-20", "planned")


@pytest.mark.parametrize(
    "text",
    [
        f"It was noted in Singapore on June 3 by {THREE}.",
        f"The text was approved by {THREE} in Singapore on June 3.",
        f"He laid the plan before {THREE}, who were in Singapore on June 3.",
    ],
)
def test_what_was_done_by_a_company_was_done_at_its_meeting(text):
    """Rule meeting-occasion."""
    (found,) = meetings(text)
    assert (found["starts"], found["place"], found["status"]) == ("2025-06-03", "Singapore", "held")
