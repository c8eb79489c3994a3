"""Which year, days and series a meeting is of: years in names, one day of several, time stamps, readouts."""

import datetime

import extraction


def meetings(text, title="Arms for the flank", published=datetime.date(2024, 7, 10)):
    return extraction.read(title, text, published).to_json("x")["meetings"]


def test_a_year_in_the_name_of_a_summit_is_its_year():
    """Rules date-* and meeting-year: "the 2022 Madrid NATO Summit" was then; "the summit" is the one at hand."""
    host, former = sorted(
        meetings(
            "Poland is hosting the 2024 NATO Summit, July 9-11, 2024, in Warsaw. Building on the plans agreed at the "
            "2022 NATO Summit in Madrid to meet today's threats, allied leaders will adopt new targets. Partner "
            "leaders including Japan and Australia are joining them during the summit."
        ),
        key=lambda m: m["place"] != "Warsaw",
    )
    assert (former["place"], former["starts"], former["participants"]) == ("Madrid", "2022", ["NATO"])
    assert (host["starts"], host["ends"]) == ("2024-07-09", "2024-07-11")
    assert {"JP", "AU"} <= set(host["participants"])


def test_one_of_two_days_is_no_other_meeting():
    (found,) = meetings(
        "The second day of the Joint Expeditionary Force summit began in Riga on Wednesday. Deterrence is the theme of "
        "the July 9-10 gathering, to which leaders of ten countries have come."
    )
    assert (found["starts"], found["ends"], found["place"]) == ("2024-07-09", "2024-07-10", "Riga")


def test_when_a_page_was_posted_is_no_day_of_the_meeting():
    (found,) = meetings(
        "Wednesday, 10 July 2024, 10:54\n\nThe minister is travelling to the ninth meeting of the Ukraine Defence "
        "Contact Group."
    )
    assert found["starts"] is None


def test_the_meeting_of_a_readout_was_on_its_day():
    """Rule date-readout."""
    (found,) = meetings(
        "President Biden spoke today with European leaders about security assistance for Ukraine.\n\nParticipants in "
        "the call included Prime Minister Justin Trudeau of Canada, President Emmanuel Macron of France, Chancellor "
        "Olaf Scholz of Germany and Prime Minister Rishi Sunak of the United Kingdom.",
        "Readout of President Biden's Call with European Leaders",
    )
    assert found["starts"] == "2024-07-10"
    assert {"CA", "FR", "DE", "GB"} <= set(found["participants"])


def test_the_group_s_eighth_meeting_follows_its_ninth():
    """Rule meeting-series: another coalition named between them does not take its number."""
    found = meetings(
        "The minister is off to the ninth meeting of the Ukraine Defence Contact Group. He wants to build a drone "
        "coalition there. The group's eighth meeting was held on 20 January in Ramstein."
    )
    assert {m["ordinal"]: m["contact_group"] for m in found} == {
        9: "Ukraine Defence Contact Group",
        8: "Ukraine Defence Contact Group",
    }


def test_talks_of_three_are_not_the_meeting_of_four():
    """Rule meeting-sides."""
    found = meetings(
        "The defence ministers of the Philippines, Japan, the United States and Australia will meet in Honolulu in "
        "August 2024. A trilateral meeting of the United States, Australia and Japan on defence industry comes first."
    )
    assert sorted(len(m["participants"]) for m in found) == [3, 4]


def test_ministers_of_some_member_states_are_not_the_alliance_s():
    """Rule meeting-organisation: five NATO countries are not NATO."""
    found = meetings(
        "Defence ministers of five European NATO countries met in Berlin on Monday to discuss ammunition for Ukraine."
    )
    assert [m["participants"] for m in found if "NATO" in m["participants"]] == []


def test_where_journalists_were_told_is_no_place_of_the_meeting():
    (found,) = meetings(
        "NATO defence ministers will meet in Warsaw on Friday. It was he who had asked for the one-day gathering, the "
        "Polish minister told journalists in Brussels."
    )
    assert found["place"] == "Warsaw"


def test_what_a_meeting_followed_has_day_and_town_of_its_own():
    """Rule meeting-precedes."""
    (found,) = meetings(
        "EU defence ministers met in Prague on Tuesday. The conference followed a quarrel over tanks in Washington on "
        "28 June."
    )
    assert (found["place"], found["starts"]) == ("Prague", "2024-07-09")


def test_who_is_on_the_way_to_a_meeting_is_not_there_yet():
    """Rule status-under-way."""
    (found,) = meetings("The minister is travelling to the ninth meeting of the Ukraine Defence Contact Group.")
    assert found["status"] == "planned"


def test_a_count_of_meetings_since_a_day_is_not_of_that_day():
    """Rule date-goes-back."""
    (found,) = meetings(
        "Defence ministers of Japan, Australia and the Philippines met in Tokyo on Monday. It was the third trilateral "
        "defence ministerial meeting since May 2023."
    )
    assert (found["ordinal"], found["starts"]) == (3, "2024-07-08")
    (found,) = meetings(
        "The Ukraine Contact Group met at Ramstein Air Base in Germany on Thursday. It was the fifth since the group "
        "was formed in April."
    )
    assert (found["ordinal"], found["starts"]) == (5, "2024-07-04")


def test_until_when_somebody_else_hosted_is_not_the_day():
    """Rule date-goes-back."""
    (found,) = meetings(
        "Britain and Germany will chair the meeting of the Ukraine Defence Contact Group, which was hosted by the "
        "United States until its president took office in January."
    )
    assert found["starts"] is None


def test_what_is_said_before_the_start_is_said_on_the_day():
    (found,) = meetings(
        "The Finnish defence minister told reporters on Wednesday before the start of a meeting of the Northern Group "
        "in Riga that aid will grow."
    )
    assert found["starts"] == "2024-07-10"


def test_the_day_is_of_those_who_met_to_discuss_a_summit():
    found = meetings(
        "Defence ministers of the Northern Group met in Palanga, Lithuania, on Monday to discuss security in the north "
        "and the coming NATO summit in Washington."
    )
    days = {m["place"]: m["starts"] for m in found}
    assert days["Palanga"] == "2024-07-08"
    assert days["Washington"] is None


def test_a_host_with_a_hyphen_in_his_name_is_no_pair_of_states():
    """Rule meeting-of-pair."""
    (found,) = meetings(
        "The E5 group met in Krakow on Tuesday. Poland's Defence Minister Jan Nowak-Kowal hosted his colleagues Marie "
        "Petit of France and Hans Klein of Germany. It was the seventh meeting in this format since 2021."
    )
    assert (found["ordinal"], found["chairs"]) == (7, ["Jan Nowak-Kowal"])
    assert {"PL", "FR", "DE"} <= set(found["participants"])


def test_the_first_since_a_day_is_not_the_first_of_all():
    """Rule meeting-ellipsis."""
    (found,) = meetings(
        "The defense ministers of Japan, the United States, Australia and the Philippines are to meet in Singapore on "
        "Friday. This one will be the third, and the first since the new president took office."
    )
    assert (found["ordinal"] != 1, found["place"]) == (True, "Singapore")
