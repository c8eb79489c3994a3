"""A summit called after its town is that of whoever the text speaks of."""

from tests.retold import meetings


def test_a_summit_called_after_its_town_is_the_alliances_in_a_text_about_it():
    (met,) = meetings("NATO Allies discussed preparations for the Ankara Summit in July 2026. They agreed on weapons.")
    assert (met["starts"], met["place"], met["participants"]) == ("2026-07", "Ankara", ["NATO"])


def test_a_summit_called_after_its_town_is_not_the_alliances_where_another_is_nearer():
    told = "The G7 leaders at the Evian summit in June 2026 will discuss weapons for Ukraine, which NATO welcomes."
    assert all("NATO" not in met["participants"] for met in meetings(told))


def test_a_summit_in_a_town_is_the_alliances_where_no_other_is_spoken_of():
    (met,) = meetings("NATO will decide on arms spending by the summit at The Hague later this month.")
    assert (met["starts"], met["place"], met["participants"]) == ("2025-09", "The Hague", ["NATO"])


def test_what_leaders_decided_in_a_town_they_decided_at_a_meeting():
    (met,) = meetings("In Vilnius, NATO's leaders agreed on the most ambitious defence plans since the Cold War.")
    assert (met["place"], met["status"], met["participants"]) == ("Vilnius", "held", ["NATO"])
    assert not meetings("In Kyiv, officials said that NATO leaders had agreed to help with missiles.")


def test_whoever_visits_a_town_for_a_meeting_tells_where_it_is():
    told = "The president will visit Vilnius, Lithuania, for the NATO summit on July 11, 2026."
    assert [m["place"] for m in meetings(told)] == ["Vilnius"]
    assert [m["place"] for m in meetings("He visited Kyiv ahead of the NATO summit on arms in July 2026.")] == [None]


def test_a_summit_with_the_nordic_leaders_is_of_several():
    (met,) = meetings("On July 13, the President will visit Helsinki for a U.S.-Nordic Leaders Summit on security.")
    assert (met["starts"], met["place"]) == ("2025-07-13", "Helsinki")


def test_the_town_of_the_meeting_named_last_is_not_that_of_the_one_before():
    told = (
        "NATO defence ministers meet in Brussels on Wednesday for an extraordinary meeting. They will prepare their "
        "regular meeting in June 2026 and the summit in Ankara."
    )
    assert [m["place"] for m in meetings(told)] == ["Brussels", None, "Ankara"]
