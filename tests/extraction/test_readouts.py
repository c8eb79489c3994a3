"""Readouts and statements of a government on meetings and calls of several. All sentences are written here."""

import datetime

import pytest

import extraction

MONDAY = datetime.date(2024, 3, 11)


def meetings(text, title="Readout of Secretary of Defense Paul Marsh's Call with His Counterparts", published=MONDAY):
    return extraction.read(title, text, published).to_json("x")["meetings"]


CALLED = (
    "Secretary of Defense Paul Marsh of the United States spoke today with Minister of Defense Ren Aoki of Japan and "
    "Minister of National Defense Park Min-jun of the Republic of Korea following a ballistic missile test. They "
    "discussed the defence of the region."
)


def test_a_readout_of_one_call_is_one_meeting_of_all_who_were_on_it():
    """Rule meeting-parties: the headline says that there was one call; its words are the meeting's name."""
    (found,) = meetings(CALLED)
    assert (found["starts"], found["participants"]) == ("2024-03-11", ["JP", "KR", "US"])
    assert found["label"] == "Secretary of Defense Paul Marsh's Call with His Counterparts"


@pytest.mark.parametrize("title", ["Pentagon chief works the phones", "Readout of Secretary Marsh's Calls with Allies"])
def test_calls_that_may_have_been_several_are_none(title):
    """Rule meeting-parties: who calls two ministers mostly calls one after the other."""
    assert meetings(CALLED, title) == []


@pytest.mark.parametrize(
    "met",
    [
        "met virtually while in Oslo today with",
        "met on Monday in Oslo, Norway, with",
        "met at the embassy in Oslo this morning with",
    ],
)
def test_how_where_and_when_may_stand_before_with(met):
    """Rule meeting-parties."""
    (found,) = meetings(
        f"Secretary of Defense Paul Marsh of the United States {met} French Minister Anne Petit and German Minister "
        "Karl Brandt. They discussed military aid.",
        "Marsh meets allies",
    )
    assert found["participants"] == ["FR", "DE", "US"]


def test_who_is_listed_met_and_no_other_state_named_beside():
    """Rule participant-sides: what is said of other states makes none of them a party."""
    (found,) = meetings(
        "The defence ministers of Japan, Australia and the Philippines met in Manila today. They condemned the conduct "
        "of Vietnam's ships, which Indonesia and Malaysia had reported, and agreed on security at sea."
    )
    assert found["participants"] == ["JP", "AU", "PH"]


def test_their_trilateral_meeting_has_the_sides_of_the_one_at_hand():
    """Rule participant-sides; rule label-phrase: the phrase beside its day and town names it."""
    found = meetings(
        CALLED + " They recalled their trilateral meeting on February 9 in Seoul on missile defence.",
    )
    (february,) = [m for m in found if m["starts"] == "2024-02-09"]
    assert (february["participants"], february["place"]) == (["JP", "KR", "US"], "Seoul")
    assert february["label"] == "trilateral meeting"


def test_a_meeting_between_officials_has_their_states_as_sides():
    """Rule meeting-between."""
    (found,) = meetings(
        "The officials spoke of defence. This builds on the February trilateral meeting in Seoul between Korean "
        "President Lee Ji-ho, Japanese Prime Minister Haru Endo, and Philippine President Jose Cruz on security.",
        "A region arms",
    )
    assert found["participants"] == ["KR", "JP", "PH"]


def officials(text, title="Readout of Secretary of Defense Paul Marsh's Meeting"):
    found = extraction.read(title, text, MONDAY).to_json("x")["officials"]
    return {o["name"]: (o["title"], o["affiliation"]) for o in found}


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Pentagon Press Secretary Brig. Gen. Ed Coles", "Pentagon Press Secretary"),
        ("Pentagon Press Secretary Air Force Maj. Gen. Ed Coles", "Pentagon Press Secretary"),
        ("Chairman of the Joint Chiefs of Staff Army Gen. Ed Coles", "Chairman of the Joint Chiefs of Staff"),
        ("NSC Spokesperson Ed Coles", "NSC Spokesperson"),
    ],
)
def test_a_rank_with_its_service_after_an_office_is_no_part_of_it(words, title):
    """Rule title-before-name."""
    found = officials(f"{words} told reporters on Monday that the weapons had arrived.")
    assert found["Ed Coles"] == (title, "US")


def test_who_reads_out_speaks_for_whom_the_readout_tells_of():
    """Rule affiliation-readout: not for the state first named."""
    found = officials(
        "The below is attributable to Spokesperson Lena Holt:\n\nDeputy Secretary of State Paul Marsh met with French "
        "Foreign Minister Anne Petit today. They spoke of arms for Ukraine."
    )
    assert found["Lena Holt"] == ("Spokesperson", "US")


def test_the_family_name_may_stand_first():
    """Rule name-family-first: the minister told by his family name is no second official."""
    found = officials(
        "Secretary of Defense Paul Marsh met with Japanese Minister of Defense Aoki Ren. Minister Aoki spoke of arms.",
        "Secretary Marsh's Meeting with Japanese Minister of Defense Aoki",
    )
    assert found == {
        "Paul Marsh": ("Secretary of Defense", "US"),
        "Aoki Ren": ("Japanese Minister of Defense", "JP"),
    }


def test_counterparts_serve_the_nation_they_are_counterparts_of():
    """Rule affiliation-counterparts."""
    found = officials(
        "In Tokyo he met Japanese Minister Aoki Ren. In Manila he will meet their Philippine counterparts, Secretary "
        "of National Defense Jose Cruz and Secretary of Foreign Affairs Luis Ramos, on arms."
    )
    assert (found["Jose Cruz"][1], found["Luis Ramos"][1]) == ("PH", "PH")


def test_a_nickname_in_quotes_stands_inside_a_name_and_an_abbreviation_after_none():
    found = officials(
        'Secretary of Defense Paul Marsh met Israeli Minister of Defense Benjamin "Benny" Katan. They spoke of the '
        "Guided Weapons and Long Ordnance (GWLO) enterprise. The Secretary thanked him."
    )
    assert set(found) == {"Paul Marsh", 'Benjamin "Benny" Katan'}


def test_a_call_with_a_group_is_its_meeting_of_that_day():
    """Rule meeting-called; rule participant-roll: the lines after "the following leaders" list who was on the call."""
    (found,) = meetings(
        "Secretary of State Paul Marsh spoke yesterday with the Bucharest Nine (B9), the group of NATO Allies on the "
        "eastern flank.\n\nJoining the call were the following leaders:\n\nBulgarian President Ivo Rusev"
        "\n\nEstonian President Karl Tamm\n\nLatvian President Ieva Ozola\n\nSlovakia Prime Minister Jan Novak"
        "\n\nThe text of the statement is online.",
        "Readout of Secretary of State Paul Marsh's Call with the Bucharest Nine",
    )
    assert (found["contact_group"], found["starts"]) == ("Bucharest Nine", "2024-03-10")
    assert set(found["participants"]) == {"BG", "EE", "LV", "SK", "US"}


def test_a_roll_in_a_sentence_tells_who_the_counterparts_were():
    """Rule participant-roll."""
    (found,) = meetings(
        "Secretary of State Paul Marsh spoke today with his counterparts from the five Nordic countries about NATO and "
        "the security of Ukraine. Countries participating in today's call were Denmark, Finland, Iceland, Norway, and "
        "Sweden.",
    )
    assert set(found["participants"]) == {"DK", "FI", "IS", "NO", "SE", "US"}


def test_what_a_meeting_builds_on_was_another():
    """Rule meeting-built-on: the month alone does not set a meeting of this month apart from today's."""
    found = meetings(
        "Secretary of Defense Paul Marsh, Japanese Minister of Defense Aoki Ren, and Philippine Secretary of National "
        "Defense Jose Cruz held a trilateral meeting today in Honolulu on defence. This meeting builds on the January "
        "trilateral meeting between Vice President Kamala Harris, Japanese Prime Minister Endo Haru, and Philippine "
        "President Luis Ramos. The three countries will continue to meet trilaterally.",
        "Marsh meets ministers",
        datetime.date(2024, 1, 29),
    )
    assert [m["starts"] for m in found] == ["2024-01-29", "2024-01"]


@pytest.mark.parametrize(
    "text",
    [
        "President Paul Marsh met Prime Minister Ann Lee of Australia today in Wilmington, Delaware. The leaders spoke "
        "of defense and security.",
        "Secretary Marsh hosted Foreign Minister Ann Lee of Australia today in Washington to discuss arms.",
    ],
)
def test_one_who_meets_another_is_no_meeting(text):
    """Rule scope-two."""
    assert meetings(text, "Readout of the Meeting") == []


def test_an_anniversary_numbers_no_summit():
    (found,) = meetings("NATO's 75th-anniversary Washington Summit will be held in July.", "A view ahead")
    assert found["ordinal"] is None


def test_the_meeting_since_which_others_were_held_is_another():
    """Rule meeting-since: its month and town are not those of the meeting at hand."""
    found = meetings(
        "On Monday, March 11, National Security Advisor Paul Marsh, Korean National Security Advisor Lee Ji-ho, and "
        "Japanese National Security Advisor Aoki Ren met in Washington, D.C., for the second trilateral defense "
        "meeting since their leaders met in Honolulu in August 2023.",
        "Readout of the National Security Advisors Meeting",
    )
    assert [(m["starts"], m["place"]) for m in found] == [("2024-03-11", "Washington"), ("2023-08", "Honolulu")]


def test_whom_one_meets_after_the_summit_was_not_there():
    """Rule participant: "after the summit, I spoke with the president"."""
    (found,) = meetings(
        "Leaders of NATO Allies met in Madrid on Sunday for a NATO summit on defence. Immediately after the summit, "
        "Secretary Marsh spoke with President Zelenskyy of Ukraine.",
        "Statement on the NATO summit",
    )
    assert "UA" not in found["participants"]


def test_who_attends_one_after_another_takes_part_in_each():
    """Rule participant-shared: the subject of the first is the second's."""
    found = meetings(
        "Secretary of Defense Lloyd Austin will lead the Ukraine Defense Contact Group meeting in Brussels on "
        "Wednesday and attend a meeting of NATO defense ministers on Thursday.",
        "A week in Brussels",
    )
    assert [("US" in m["participants"]) for m in found] == [True, True]


def test_three_who_convened_a_meeting_met_and_chaired_nothing():
    (found,) = meetings(
        "U.S. Secretary of Defense Paul Marsh, Korean Minister of National Defense Lee Jong-Su, and Japanese Minister "
        "of Defense Aoki Ren convened a Trilateral Ministerial Meeting in Singapore today. They spoke of arms.",
        "Trilateral Ministerial Meeting",
    )
    assert (found["chairs"], found["participants"]) == ([], ["US", "KR", "JP"])


def test_the_readout_of_a_call_with_a_groups_ministers_is_the_groups():
    """Rule meeting-called: the group may be named in the headline alone."""
    (found,) = meetings(
        "The below is attributable to Spokesperson Lena Holt:\n\nSecretary of State Paul Marsh spoke today with "
        "Australian Foreign Minister Ann Lee, Indian Minister of External Affairs Ravi Rao, and Japanese Foreign "
        "Minister Aoki Ren. They spoke of maritime security and arms. They want the Quad to meet at least once a year.",
        "Secretary Marsh's Call with Quad Ministers",
    )
    assert (found["contact_group"], found["starts"]) == ("Quad", "2024-03-11")


def test_the_summit_that_leaders_met_after_is_not_gone_on_about():
    """Rule discourse-behind; the full stops of "U.S." end no phrase."""
    found = meetings(
        "The Presidents of Finland and the United States and the Prime Ministers of Denmark, Iceland, and Norway met "
        "in Helsinki today for the third U.S.-Nordic Leaders' Summit on defence.\n\nMeeting immediately after the "
        "NATO Summit in Vilnius, the leaders spoke of deterrence. They welcomed the statement by Sweden and Latvia.",
        "A summit in Helsinki",
    )
    helsinki, vilnius = sorted(found, key=lambda m: m["place"])
    assert (helsinki["ordinal"], vilnius["participants"]) == (3, ["NATO"])


def test_who_hosts_consultations_of_two_chairs_no_meeting_of_three():
    """Rule discourse-pairs."""
    (found,) = meetings(
        "Secretary of Defense Paul Marsh will join a Trilateral Ministerial Meeting with Japanese Minister of Defense "
        "Aoki Ren and Korean Minister of National Defense Lee Ji-ho in Tokyo.\n\nAfter returning, Secretary Marsh will "
        "host his Australian counterparts for the Australia-U.S. Ministerial Consultations (AUSMIN) on arms.",
        "Marsh to visit Japan",
    )
    assert found["chairs"] == []


def test_a_meeting_is_called_by_group_number_and_who_meets_and_by_the_states_it_lists():
    """Rule label-composed."""
    (hosted,) = meetings("On 3 May 2024 in Turku, Minister Kalle Aro of Finland hosted his Northern Group colleagues.")
    assert hosted["label"] == "Northern Group meeting"
    text = (
        "The leaders of Japan, the Republic of Korea and the United States convened in Busan on 3 May 2024 to discuss "
        "missile defense."
    )
    (three,) = meetings(text, title="Three Nations")
    assert three["label"] == "meeting of Japan, South Korea and the United States"
