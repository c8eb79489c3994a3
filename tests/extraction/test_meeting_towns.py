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
