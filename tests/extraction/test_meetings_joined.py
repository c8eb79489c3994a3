"""States joined by dashes before the word for a meeting say whose it is: of three it is read, of two it is none."""

from tests.retold import meetings


def test_three_states_joined_before_a_meeting_took_part_in_it():
    told = "The U.S.-Japan-Philippines summit on defence cooperation was held in Washington on 12 September 2025."
    (met,) = meetings(told)
    assert set(met["participants"]) == {"US", "JP", "PH"}


def test_two_states_joined_before_a_meeting_have_their_own():
    (met,) = meetings(
        "SECRETARY LEE: Thank you for coming to Washington for our first AUKUS Defense Ministerial.\n\nYesterday, at "
        "our annual U.S.-Australia Ministerial meeting, we spoke about defence. And today Secretary Hall of the UK is "
        "here.",
        "Secretary Lee Takes Part in AUKUS Defense Ministerial",
    )
    assert met["contact_group"] == "AUKUS"
    assert met["starts"] != "2025-09-15"


def test_the_same_day_of_an_earlier_year_is_a_day():
    (met,) = meetings(
        "Two years ago today, many of us gathered at Ramstein for the first meeting of the Ukraine Defense Contact "
        "Group."
    )
    assert (met["starts"], met["ordinal"]) == ("2023-09-16", 1)


def test_just_finished_says_that_a_text_is_spoken_after_the_meeting():
    (met,) = meetings(
        "Lima Convention Center\nLima, Peru\n\nSENIOR ADMINISTRATION OFFICIAL: Sure. Just finished the trilateral "
        "leaders' meeting between President Biden, President Yoon of South Korea and Prime Minister Ishiba of Japan. "
        "We covered missiles. I was struck by what we heard of defence exercises. I am happy to take questions.",
        "Background Press Gaggle on the Trilateral Meeting",
    )
    assert (met["place"], met["country"], met["status"]) == ("Lima", "PE", "held")


def test_the_ministers_of_asean_meet_apart_from_a_meeting_of_three():
    three, asean = meetings(
        "Secretary Lee took part in the Australia-U.S.-Japan Trilateral Defense Ministers' Meeting and attended the "
        "ASEAN Defense Ministers' Meeting Plus in Vientiane."
    )
    assert set(three["participants"]) == {"AU", "US", "JP"}
    assert set(asean["participants"]) == {"ASEAN", "US"}
    assert asean["place"] == "Vientiane"


def test_whoever_met_trilaterally_met_two():
    (met,) = meetings(
        "SECRETARY OF DEFENSE ANN LEE: I met trilaterally with Minister Shin of South Korea and Minister Mori of "
        "Japan. We spoke of defense."
    )
    assert set(met["participants"]) == {"US", "KR", "JP"}
    assert met["status"] == "held"
