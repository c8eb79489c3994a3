"""Meetings told as launches, stops of a series or counted days, and those only weighed; sentences are written "
"here."""

import csv

import pytest
from retold import TUESDAY, meetings

import extraction
from extraction import logistic
from extraction.logistic import Model

GROUP = "The Ukraine Defense Contact Group arms Kyiv. "


def starts(text, **more):
    return [m["starts"] for m in meetings(text, **more)]


# -- launches and stops ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The drone coalition was launched in Riga on 4 September 2025, where ministers of nine countries were present.",
        "The drone coalition buys in bulk. It was set up in Riga on 4 September 2025, where nine states signed "
        "a letter "
        "of intent.",
        "Nine countries signed a memorandum on the drone coalition in Riga on 4 September 2025.",
    ],
)
def test_a_group_launched_in_company_has_met(text):
    """Rule meeting-launch."""
    [found] = meetings(text)
    assert (found["starts"], found["place"], found["status"]) == ("2025-09-04", "Riga", "held")


def test_a_group_merely_founded_in_a_year_has_not_met():
    assert meetings("The drone coalition was founded in 2024 and buys in bulk for the armed forces of Ukraine.") == []


def test_towns_that_follow_are_the_next_stops():
    """Rule meeting-stop."""
    found = meetings(
        "The Ukraine Defense Contact Group met in Oslo on 4 February 2025. Warsaw followed in April and Paris "
        "on 12 June."
    )
    assert [(m["starts"], m["place"]) for m in found] == [
        ("2025-02-04", "Oslo"),
        ("2025-04", "Warsaw"),
        ("2025-06-12", "Paris"),
    ]


def test_most_recently_is_the_last_of_many():
    """Rule meeting-again: the day since which they were counted is no meeting's."""
    assert starts(GROUP + "The group has convened 24 times since April 2022, most recently on 6 September 2025.") == [
        "2025-09-06"
    ]


def test_two_months_joined_are_two_meetings():
    """Rule meeting-list."""
    assert starts("The Ukraine Defense Contact Group met by video in April and in May.") == ["2025-04", "2025-05"]


def test_a_week_after_a_pledge_is_no_diary_line():
    assert meetings("In March the Government allocated SEK 40 million each to the drone and demining coalitions.") == []


# -- what a phrase says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "The previous, 28th, meeting of the Contact Group was held on 4 June in Brussels.",
        "The meeting of the Contact Group in Brussels, the 28th, was held on 4 June.",
    ],
)
def test_a_number_set_off_by_commas_is_the_meetings(phrase):
    [found] = meetings(GROUP + phrase)
    assert (found["ordinal"], found["starts"]) == (28, "2025-06-04")


def test_a_meeting_of_what_is_known_as_a_group_is_that_groups():
    """Rule meeting-known-as."""
    [found] = meetings("On Friday Italy's defence minister opened the fourth round of what has become known as the E5.")
    assert (found["contact_group"], found["ordinal"]) == ("E5", 4)


def test_whose_meeting_is_that_of_the_group_just_named():
    [found] = meetings("The coalition answers to the Ukraine Defense Contact Group, whose 18th meeting was on 4 June.")
    assert (found["contact_group"], found["ordinal"]) == ("Ukraine Defense Contact Group", 18)


def test_words_set_off_by_commas_do_not_part_ministers_from_their_verb():
    [found] = meetings(
        "The ministers of defence of the EU, incidentally, met informally in Warsaw on 4 September 2025."
    )
    assert (found["starts"], found["participants"]) == ("2025-09-04", ["EU"])


# -- days -----------------------------------------------------------------------------------------------------


def test_a_weekday_already_dated_is_that_day():
    """Rule date-weekday-told."""
    found = meetings(
        "The minister travels to Oslo on Thursday 25 September. The programme begins on Thursday with a meeting "
        "of the "
        "Ukraine Defense Contact Group."
    )
    assert "2025-09-25" in [m["starts"] for m in found]


def test_the_day_after_counts_from_the_day_before():
    """Rule date-counted."""
    found = meetings(
        "The Ukraine Defense Contact Group meets in Brussels on 24 September. The day after, he takes part in the "
        "meeting of NATO's defence ministers."
    )
    assert [m["starts"] for m in found] == ["2025-09-24", "2025-09-25"]


def test_the_same_year_is_the_one_just_named():
    """Rule date-same-year."""
    assert (
        starts(
            "The Ukraine Defense Contact Group met in Oslo on 28 September 2022 and in Riga on 18 November of the "
            "same year."
        )[-1]
        == "2022-11-18"
    )


def test_a_summit_of_two_days_that_ended_began_the_day_before():
    """Rule date-several-days."""
    [found] = meetings(
        "Defence ministers of the Joint Expeditionary Force wound up a two-day summit in Tallinn on Monday."
    )
    assert (found["starts"], found["ends"], found["status"]) == ("2025-09-14", "2025-09-15", "held")


def test_next_week_names_the_week_of_the_weekday_after_it():
    """Rule date-of-week."""
    [found] = meetings(GROUP + "The Contact Group meets in Turin next week, on Thursday and Friday.")
    assert (found["starts"], found["ends"]) == ("2025-09-25", "2025-09-26")


def test_what_is_said_as_a_meeting_opens_is_said_on_its_day():
    [found] = meetings(
        "U.S. Defense Secretary Karl Winter said Monday that more air defence would come, as he opened a "
        "meeting of the "
        "Ukraine Defense Contact Group in Brussels."
    )
    assert found["starts"] == "2025-09-15"


def test_a_day_before_what_comes_first_is_not_the_summits():
    found = meetings(
        "Defence ministers of the Joint Expeditionary Force will gather in Vilnius on 2 October ahead of the NATO "
        "summit in The Hague."
    )
    assert [m["starts"] for m in found if m["place"] == "Vilnius"] == ["2025-10-02"]
    assert all(m["starts"] is None for m in found if m["place"] != "Vilnius")


# -- whose, where and in what state ---------------------------------------------------------------------------


def test_the_town_after_a_day_and_month_is_the_place():
    [found] = meetings(GROUP + "Its previous meeting took place on 14 February in Brussels.")
    assert (found["place"], found["country"]) == ("Brussels", "BE")


def test_the_town_before_the_noun_is_the_place():
    [found] = meetings(GROUP + "The Contact Group met last Monday. The Tallinn meeting took six hours.")
    assert found["place"] == "Tallinn"


def test_the_host_country_of_a_meeting_without_a_town():
    """Rule country-host."""
    [found] = meetings("The IT coalition is growing. Its next steering group will be hosted by Luxembourg in October.")
    assert (found["starts"], found["country"], found["status"]) == ("2025-10", "LU", "planned")


def test_what_ends_or_tells_is_no_longer_to_come():
    [found] = meetings(
        "EU defence ministers meeting in Brussels on Tuesday admitted that the bloc will miss its target for shells."
    )
    assert (found["starts"], found["status"]) == ("2025-09-16", "held")


def test_who_took_part_was_at_the_meeting_that_was_held():
    """Rule discourse-tense."""
    found = meetings(
        "The Ukraine Defense Contact Group met in Brussels on Monday, U.S. Defense Secretary Karl Winter said. "
        "The next "
        "meeting will be held in Oslo in October. Norway and Iceland took part."
    )
    assert [set(m["participants"]) >= {"NO", "IS"} for m in found] == [True, False]


def test_they_are_the_body_of_the_sentence_before():
    """Rule meeting-they."""
    [found] = meetings(
        GROUP + "The Contact Group's armaments directors are to turn the plan into orders. They meet in Turin "
        "on 2 October."
    )
    assert (found["starts"], found["level"]) == ("2025-10-02", "armaments_directors")


def test_its_ministers_are_those_of_the_alliance_just_named():
    """Rule meeting-its-ministers."""
    found = meetings(
        "The Ukraine Defense Contact Group met in Oslo on Monday. NATO has targets too, and the next meeting of "
        "its defence "
        "ministers, in Brussels on 21 October, will check them."
    )
    assert [(m["contact_group"], m["participants"]) for m in found][-1] == (None, ["NATO"])


def test_a_meeting_of_eu_ministers_named_a_sentence_before():
    """Rule meeting-of-body."""
    [found] = meetings(
        'EU foreign and defense ministers failed to find new Patriots for Ukraine. "We must speed up," the chair said '
        "after the meeting in Luxembourg on Monday."
    )
    assert (found["participants"], found["starts"], found["place"]) == (["EU"], "2025-09-15", "Luxembourg")


def test_one_meeting_told_twice_with_one_day_is_one():
    """Rule meeting-unnamed-twin."""
    [found] = meetings(
        "The Ukraine Defense Contact Group convened on Monday at NATO headquarters, its 23rd session since April 2022."
    )
    assert (found["ordinal"], found["starts"]) == (23, "2025-09-15")


def test_an_unnamed_meeting_has_an_unnamed_next_one():
    """Rule meeting-of-same-series."""
    assert starts(
        "U.S. Defense Secretary Karl Winter convened a meeting on Monday of defence officials from more than 40 "
        "countries "
        "in Turin. The next session will be held in October."
    ) == ["2025-09-15", "2025-10"]


def test_what_ministers_agree_in_a_town_on_a_day_they_agree_at_a_meeting():
    """Rule meeting-decided."""
    [found] = meetings(
        "EU foreign and defence ministers said yes to a million shells for Ukraine in Brussels on Monday."
    )
    assert (found["starts"], found["place"], found["participants"]) == ("2025-09-15", "Brussels", ["EU"])


@pytest.mark.parametrize("sentence", ["The session was the group's 29th.", "It will be meeting number 29."])
def test_a_number_said_of_a_meeting_is_its(sentence):
    found = meetings("The Ukraine Defense Contact Group meets in Brussels on Friday. " + sentence)
    assert [m["ordinal"] for m in found] == [29]


def test_its_steering_group_is_that_of_the_coalition_just_named():
    [found] = meetings(
        "The IT coalition has more to spend: four states paid at the meeting of its steering group in Riga."
    )
    assert (found["contact_group"], found["place"], found["level"]) == ("IT coalition", "Riga", "steering")


def test_a_coalition_for_a_capability_is_that_coalition():
    """Rule group-coalition-for."""
    facts = extraction.read(
        "Guns", "France leads a coalition for Ukrainian artillery, the defence ministry said.", TUESDAY
    )
    assert [g.name for g in facts.contact_groups] == ["coalition for Ukrainian artillery"]


def test_the_air_force_keeps_its_first_word_in_a_coalitions_name():
    facts = extraction.read(
        "Jets", "Canada pays for pilots under the Air Force Capability Coalition, the defence ministry said.", TUESDAY
    )
    assert [g.name for g in facts.contact_groups] == ["Air Force Capability Coalition"]


def test_who_came_before_and_the_next_meeting_came_to_the_last_one():
    """Rule discourse-and-next."""
    found = meetings(
        "The steering committee of the IT Coalition met in Riga on Monday. Representatives of 12 countries took "
        "part, and "
        "the next meeting will be held in Vilnius in October."
    )
    assert [(m["place"], m["nation_count"]) for m in found] == [("Riga", 12), ("Vilnius", None)]


# -- what is a meeting ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Finance ministers of 12 countries met in Turin on Monday to pay for ammunition.",
        "National Security Adviser Kari Berg met with Defence Secretary John Healey in London on Monday. They "
        "reviewed "
        "their support for Ukraine's army and, in passing, the two leaders noted progress under AUKUS.",
        "The two leaders discussed the training of pilots and air defence in Oslo on Monday.",
    ],
)
def test_finance_ministers_and_pairs_are_no_meeting(text):
    """Rules scope-civil, scope-two, meeting-likely."""
    assert meetings(text) == []


def test_what_is_read_of_a_doubtful_meeting_is_doubted():
    """Rule meeting-likely: a next session without a name is less sure than the meeting that it follows."""
    found = meetings(
        "U.S. Defense Secretary Karl Winter convened a meeting on Monday of defence officials from more than 40 "
        "countries "
        "in Turin. The next session will be held in October."
    )
    sure, doubtful = [next(e["confidence"] for e in m["evidence"] if e["field"] == "starts") for m in found]
    assert sure > doubtful


def test_to_discuss_says_why_and_not_when():
    [found] = meetings(
        "French President Emmanuel Macron hosted a meeting of European defence ministers of nine countries in "
        "Paris on "
        "Tuesday to discuss ammunition."
    )
    assert (found["starts"], found["status"]) == ("2025-09-16", "held")


# -- the model ------------------------------------------------------------------------------------------------


def test_a_model_learns_what_tells_yes_from_no_and_reads_its_file_back(tmp_path):
    examples = [({"both", "good"}, True), ({"both", "bad"}, False)] * 20 + [({"rare"}, True)]
    weights = logistic.fit(examples, penalty=0.1, least=2)
    assert "rare" not in weights
    path = tmp_path / "weights.csv"
    logistic.write(path, weights)
    with path.open(newline="") as handle:
        assert [row["feature"] for row in csv.DictReader(handle)] == sorted(weights)
    model = Model(path)
    assert model.probability({"both", "good"}) > 0.9 > 0.1 > model.probability({"both", "bad"})
    assert model.probability({"never seen"}) == pytest.approx(model.probability(set()))


def test_a_model_without_its_file_knows_nothing(tmp_path):
    assert Model(tmp_path / "none.csv").probability({"any"}) == 0.5


def test_a_tour_of_towns():
    """Rule meeting-tour."""
    found = meetings(
        "Riga was the stage on Friday for the fourth meeting of the European Group of Five. The group had brought the "
        "same countries together in Paris on 12 March, in Warsaw in January and, for the very first time, in Berlin on "
        "25 November 2024."
    )
    assert {m["place"] for m in found} == {"Riga", "Paris", "Warsaw", "Berlin"}
    assert all(m["status"] == "held" for m in found if m["place"] != "Riga")


def test_and_then_in_another_month():
    """Rule meeting-and-then."""
    found = meetings(
        "The Joint Expeditionary Force is in good order. In January the JEF ministers had met in Oslo, and in February "
        "at Belvoir Castle."
    )
    assert [(m["starts"][5:], m["status"]) for m in found] == [("01", "held"), ("02", "held")]
    assert (found[0]["place"], found[1]["venue"], found[1]["place"]) == ("Oslo", "Belvoir Castle", None)


def test_the_meeting_after_the_stations_of_a_series_keeps_its_own_town_and_number():
    """Rule meeting-stations: what stands beyond a semicolon is no station of the meeting there, and the other way."""
    text = (
        "It was the fourth meeting of the Harbour Coalition, in Rome on 16 May 2025, on arms. The series began in "
        "Berlin on 25 November 2024 and went on in Warsaw in January; the third meeting was held in Paris on 12 March. "
        "This was the fourth round in six months."
    )
    found = {(m["ordinal"], m["starts"], m["place"]) for m in meetings(text, "Ministers in Rome")}
    assert {(4, "2025-05-16", "Rome"), (3, "2025-03-12", "Paris"), (None, "2025-01", "Warsaw")} <= found


def test_the_capitals_of_a_tour_are_no_stations_of_the_group():
    text = (
        "The meeting of the Harbour Coalition on arms on 12 September was put off. The president is touring capitals: "
        "Paris and Rome on Thursday, Berlin on Friday, where the chancellor will receive him."
    )
    assert {m["place"] for m in meetings(text, "Tour instead")} <= {None}
