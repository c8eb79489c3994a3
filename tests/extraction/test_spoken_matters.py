"""Remarks, briefings and press conferences: who is at the meeting and of whom the speaker only speaks."""

from tests.retold import facts, meetings


def test_whom_a_briefing_names_in_its_other_items_is_at_no_meeting():
    (met,) = meetings(
        "PENTAGON PRESS SECRETARY TOM REED: Good afternoon. Secretary Lee will travel next week to Brussels for the "
        "meeting of NATO defense ministers.\n\nEarlier today, the secretary met with the Colombian minister of "
        "defense, Iván Rojas. They spoke of their partnership, and he thanked Colombia for its help.\n\nTomorrow she "
        "will welcome Japanese Defense Minister Kenji Mori to the Pentagon.\n\nQ: Will Turkey come?\n\nMR. REED: We "
        "expect all allies.",
        "Pentagon Press Secretary Tom Reed Holds a Press Briefing",
    )
    assert set(met["participants"]) == {"NATO", "US"}


def test_whose_weapons_and_threats_a_speech_tells_of_is_not_there():
    (met,) = meetings(
        "Good morning. Welcome to the ninth meeting of the Ukraine Defense Contact Group.\n\nWe are joined today by "
        "Minister Rustem Umerov of Ukraine.\n\nThis group has sent batteries from Canada, Norway and the Netherlands. "
        "We must also see that China, Iran and Russia stand together.\n\nI have seen Israel under attack, and the "
        "United States will continue to stand with Israel.",
        "Remarks by Secretary of Defense Ann Lee at the Ninth Ukraine Defense Contact Group (As Delivered)",
    )
    assert set(met["participants"]) == {"US", "UA"}


def test_a_speech_begins_after_the_words_of_whoever_introduces_the_speaker():
    read = facts(
        "STAFF: Good afternoon. I will be moderating. It is my pleasure to introduce Secretary of Defense Ann Lee.\n\n"
        "And with that, Madam Secretary.\n\nGood afternoon, everyone. We just held a meeting of the Ukraine Defense "
        "Contact Group. I want to thank our allies.",
        "Secretary of Defense Ann Lee Holds a Press Conference Following the Ukraine Defense Contact Group Meeting",
    )
    assert [(o["name"], o["quoted"]) for o in read["officials"]] == [("Ann Lee", True)]
    assert read["meetings"][0]["chairs"] == []


def test_where_the_speaker_says_that_he_is_the_meeting_at_hand_is():
    (met,) = meetings(
        "Good morning. It is great to be here with you for our fifth meeting of the Ukraine Defense Contact Group.\n\n"
        "Today, we're back at Ramstein. I came here after visiting Kyiv.\n\nI will travel to Stockholm tomorrow, and "
        "we will meet friends there.",
        "Opening Remarks by Secretary of Defense Ann J. Lee at the Fifth Ukraine Defense Contact Group",
    )
    assert (met["place"], met["country"]) == ("Ramstein", "DE")


def test_where_else_the_speaker_has_been_is_not_where_the_meeting_was():
    (met,) = meetings(
        "I have just chaired a meeting of NATO defence ministers. We discussed deterrence.\n\nLast week in Washington, "
        "I met members of Congress. We agreed on shells. I thank them.",
        "Press conference by NATO Secretary General Ann Lee",
    )
    assert met["place"] is None


def test_who_has_just_chaired_or_has_the_honour_to_host_is_in_the_chair():
    title = "Remarks by NATO Secretary General Ann Lee"
    (met,) = meetings(
        "I have just chaired a meeting of NATO defence ministers. We agreed on shells. I thank the allies.", title
    )
    assert met["chairs"] == ["Ann Lee"]
    (met,) = meetings(
        "It was my privilege to host the NATO defence ministers' meeting today. I thank the allies. We will act.", title
    )
    assert met["chairs"] == ["Ann Lee"]


def test_a_speaker_who_joins_the_ministers_of_an_alliance_has_met_them():
    speaker = "SECRETARY OF DEFENSE ANN LEE: "
    (met,) = meetings(speaker + "I'll be joining my NATO counterparts in Brussels next week to discuss weapons.")
    assert (set(met["participants"]), met["place"], met["status"]) == ({"NATO", "US"}, "Brussels", "planned")
    (met,) = meetings(speaker + "As I sat with my fellow defense ministers at NATO headquarters yesterday, we agreed.")
    assert (met["starts"], met["status"]) == ("2025-09-15", "held")
    assert not meetings(speaker + "I sat with my fellow minister Moe of Norway in Oslo today to talk of weapons.")


def test_colleagues_who_are_here_from_their_states_take_part():
    (met,) = meetings(
        "SECRETARY OF DEFENSE ANN LEE: Our colleagues here from Australia and the United Kingdom joined me for AUKUS "
        "talks on submarines."
    )
    assert {"AU", "GB"} <= set(met["participants"])


def test_the_day_on_which_a_meeting_is_discussed_is_not_its_own():
    (met,) = meetings(
        "STAFF: Today, I'm joined by Under Secretary of Defense Ann Lee to discuss the recent meeting of national "
        "armaments directors under the Ukraine Defense Contact Group.\n\nUNDER SECRETARY OF DEFENSE ANN LEE: It's "
        "great to talk about the National Armaments Directors meeting in Brussels, which was a success on Wednesday."
    )
    assert (met["starts"], met["place"], met["status"]) == ("2025-09-10", "Brussels", "held")
