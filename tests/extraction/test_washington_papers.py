"""Washington's statements, remarks and press calls, where meetings are named in passing. All texts are written here."""

import datetime

import pytest

import extraction

DAY = datetime.date(2024, 3, 7)


def facts(title, text):
    return extraction.read(title, text, DAY).to_json("x")


def meetings(title, text):
    return facts(title, text)["meetings"]


def test_the_president_of_a_gaggle_takes_part():
    """Rules office-american and document-american; the town travelled to takes no part."""
    text = (
        "MS. HOLT: Good afternoon. On Friday the president will fly to Vilnius, Lithuania, to attend the NATO "
        "Summit.\n\nQ: Thank you. Will he stay the weekend?"
    )
    (found,) = meetings("Press Gaggle by Press Secretary Karine Jean-Pierre", text)
    assert (found["place"], found["participants"]) == ("Vilnius", ["NATO", "US"])


def test_i_of_a_signed_statement_convenes():
    """Rule first-person: "from" in the headline says whose statement it is."""
    text = (
        "I welcome the decision of Congress. Next month I will convene a leader-level meeting of the Ukraine Defense "
        "Contact Group in Germany. My team will present its plan for air defense there."
    )
    (found,) = meetings("Statement from President Joe Biden on the Defense of Ukraine", text)
    assert (found["chairs"], found["participants"]) == (["Joe Biden"], ["US"])
    assert (found["starts"], found["country"], found["status"]) == ("2024-04", "DE", "planned")


@pytest.mark.parametrize("words", ["our summit in Lithuania next month", "our next summit, in Lithuania next month"])
def test_our_summit_is_the_alliances(words):
    """Rule meeting-its-ministers: two who talk of the alliance mean its summit, though they meet as two."""
    text = (
        "PRESIDENT BIDEN: Welcome, Mr. Secretary General. NATO is stronger than it was.\n\n"
        f"And at {words}, we are going to spend more on defense.\n\n"
        "SECRETARY GENERAL STOLTENBERG: Thank you. NATO stands by Ukraine."
    )
    title = "Remarks by President Biden and NATO Secretary General Jens Stoltenberg Before Bilateral Meeting"
    (found,) = meetings(title, text)
    assert (found["starts"], found["country"], "NATO" in found["participants"]) == ("2024-04", "LT", True)


def test_a_headline_lists_who_meets_after_the_remarks():
    """Rule meeting-between: "Remarks by A, B of X, and C of Y Before Trilateral Meeting"."""
    text = (
        "Oslo, Norway\n\nVICE PRESIDENT HARRIS: It is good to see two friends of the United States. We will talk in a "
        "moment.\nThank you for coming.\nPRIME MINISTER LUND: We are glad to be here.\nThank you.\n"
        "PRIME MINISTER BERG: Our troops train together, and NATO is the better for it."
    )
    title = "Remarks by Vice President Harris, Prime Minister Lund of Denmark, and Prime Minister Berg of Iceland"
    (found,) = meetings(f"{title} Before Trilateral Meeting", text)
    assert sorted(found["participants"]) == ["DK", "IS", "US"]
    assert {o["name"]: o["affiliation"] for o in facts(title, text)["officials"]}["Harris"] == "US"


def test_two_who_met_today_held_no_meeting_of_the_group():
    """Rule meeting-of-two: theirs and today's meeting are neither the group's nor one of several."""
    text = (
        "BRIGADIER GENERAL PAT RYDER: Good day. Secretary Austin welcomed Ukrainian President Volodymyr Zelenskyy "
        "to the Pentagon earlier today. During their meeting he went through the outcomes of the 15th meeting "
        "of the Ukraine Defense Contact Group, which was held at Ramstein Air Base, Germany, earlier this week.\n\n"
        "A readout of today's meeting will be on our website.\n\nQ: Thank you. What will Ukraine get?"
    )
    (found,) = meetings("Pentagon Press Secretary Pat Ryder Holds a Press Briefing", text)
    assert (found["ordinal"], found["starts"], found["status"]) == (15, "2024-03", "held")
    assert found["place"] == "Ramstein"


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("will work together next week in Germany at the Ukraine Defense Contact Group", "2024-03"),
        ("will host the Ukraine Defense Contact Group tomorrow", "2024-03-08"),
        ("is travelling to Berlin, where he will convene the Ukraine Defense Contact Group next month", "2024-04"),
    ],
)
def test_a_group_that_is_hosted_somewhere_is_its_meeting(words, starts):
    """Rule meeting-group-as-event."""
    (found,) = meetings("Pentagon holds a briefing", f"Secretary Austin {words} with his Swedish colleague.")
    assert (found["contact_group"], found["starts"]) == ("Ukraine Defense Contact Group", starts)


@pytest.mark.parametrize(
    ("words", "starts"),
    [("next week", "2024-03"), ("this week", "2024-03"), ("last week", None), ("next weekend", "2024-03")],
)
def test_a_week_has_a_month_where_all_its_days_have_one(words, starts):
    """Rule date-week: last week ended in March and began in February."""
    held = "met" if "last" in words else "meet"
    (found,) = meetings("NATO ministers", f"NATO defence ministers {held} in Brussels {words} on arms for Ukraine.")
    assert found["starts"] == starts


def test_a_memorial_service_is_no_meeting_of_the_group():
    """Rule meeting-weighed weighs no ceremony."""
    text = (
        "Secretary Austin will chair the Ukraine Defense Contact Group on March 19 in Germany. It has grown. The "
        "secretary also attended a memorial service on Wednesday in Washington."
    )
    (found,) = meetings("Contact group to meet", text)
    assert (found["starts"], found["country"]) == ("2024-03-19", "DE")


def test_who_is_hosted_is_not_in_the_chair():
    """Rule chair-noun: in "will host President Marcos" the word is a verb."""
    text = (
        "President Biden will host President Marcos of the Philippines and Prime Minister Kishida of Japan on April 11 "
        "in Washington for a trilateral summit of the United States, Japan, and the Philippines on maritime security. "
        "The President will also host President Marcos for a meeting on defense."
    )
    (found,) = meetings("Statement from Press Secretary Karine Jean-Pierre on the Trilateral Summit", text)
    assert found["chairs"] == ["Biden"]


def test_what_aid_will_do_for_an_industry_makes_it_no_outlay():
    """Rules refused-*: a sum that is called security assistance is that, whatever it strengthens."""
    text = (
        "The Department of Defense is announcing $2.4 billion in security assistance for Ukraine, which will bring air "
        "defense and strengthen Ukraine's defense industrial base. A further $900 million helps Kyiv with its "
        "macroeconomic needs."
    )
    packages = facts("Statement on Ukraine", text)["packages"]
    assert [p["amount"] for p in packages] == [2.4e9]


def test_a_call_on_the_quad_is_read_without_a_word_of_defence():
    """The gate lets a call of senior administration officials through."""
    text = (
        "SENIOR ADMINISTRATION OFFICIAL: Thanks, everyone. President Biden will host the Quad Leaders Summit "
        "tomorrow. He "
        "will also see Prime Minister Modi of India. They will talk about vaccines."
    )
    found = facts("Background Press Call Previewing the Quad Leaders Summit", text)
    assert {o["name"]: o["affiliation"] for o in found["officials"]} == {"Biden": "US", "Modi": "IN"}
    assert [m["starts"] for m in found["meetings"]] == ["2024-03-08"]


def test_the_round_of_an_election_is_no_round_of_the_group():
    """Rule meeting-of-vote."""
    text = (
        "MR. HOLT: Good morning. The President spoke with the leaders of the Quad about arms for Ukraine. "
        "Moldova voted on "
        "Sunday. President Sandu won 42 percent in the first round, and the second round will be on March 24."
    )
    found = meetings("Press Gaggle by National Security Communications Advisor Dan Holt", text)
    assert all(m["ordinal"] is None and m["starts"] != "2024-03-24" for m in found)


@pytest.mark.parametrize("body", ["ministerial meeting", "ministerial session"])
def test_a_ministerial_meeting_of_the_council_is_one_meeting(body):
    """Rule meeting-body: the words before "meeting" name no second one beside it."""
    text = (
        "ASSISTANT SECRETARY HOLT: Thank you. Tomorrow the foreign ministers of NATO will meet in Brussels. "
        "They will hold "
        f"the first {body} of the NATO-Ukraine Council."
    )
    allies, council = meetings("Press Briefing with Assistant Secretary Dan Holt", text)
    assert (allies["ordinal"], allies["place"]) == (None, "Brussels")
    assert (council["ordinal"], sorted(council["participants"])[:2]) == (1, ["NATO", "UA"])


@pytest.mark.parametrize("whom", ["senior government and military leaders", "business and community leaders"])
def test_leaders_whom_a_traveller_meets_are_no_meeting(whom):
    """Rule scope-one-state: the town of the visit is none of the meeting's after it."""
    text = (
        f"PRESS SECRETARY HOLT: Hi. Secretary Austin will fly to Jakarta, where he will meet with {whom} on arms. And "
        "finally, in Cambodia, he will take part in the ninth ASEAN Defense Ministers' Meeting."
    )
    (found,) = meetings("Deputy Pentagon Press Secretary Dan Holt Holds a Press Briefing", text)
    assert (found["ordinal"], found["place"], found["country"]) == (9, None, "KH")


def test_the_day_of_a_briefing_is_not_that_of_the_summit_it_is_about():
    """Rule date-statement: "to speak to you today about the summit"."""
    text = (
        "MR. HOLT: Thank you. I wanted to speak to you today about the NATO summit in Vilnius, which gave "
        "Ukraine arms. It "
        "was a good summit."
    )
    (found,) = meetings("Briefing on the Outcomes of the Vilnius Summit", text)
    assert (found["starts"], found["place"]) == (None, "Vilnius")


def test_the_vice_president_is_not_the_president():
    """Rule quotation-role: whose words they are, the rank before the office says."""
    text = (
        "Vice President Kamala Harris met President Zelenskyy in Munich. She said that President Biden "
        "stands with Ukraine. "
        'He sent it arms.\n\n"We will not play games with the security of our allies," said the Vice President.'
    )
    quoted = {o["name"]: o["quoted"] for o in facts("ICYMI: Harris in Munich", text)["officials"]}
    assert quoted == {"Kamala Harris": True, "Zelenskyy": False, "Biden": False}


def test_a_prisoner_is_no_official():
    """Rule official-recognised takes in nobody whose release is asked for."""
    text = (
        "MS. HOLT: The President has no higher priority than securing the release of Evan, Paul Whelan, and "
        "all Americans "
        "held by Russia.\n\nQ  What about arms for Ukraine?"
    )
    assert "Paul Whelan" not in {o["name"] for o in facts("Press Briefing by Dana Holt", text)["officials"]}


def test_a_greeting_on_a_line_of_its_own_leads_to_what_is_said():
    """Rule quotation-turn: the next line is the same speaker's."""
    text = (
        "PRESIDENT BIDEN: Welcome to the Oval Office. NATO is strong.\n\nSECRETARY GENERAL STOLTENBERG: "
        "Thank you.\nAllies "
        "will send Ukraine more arms this year."
    )
    title = "Remarks by President Biden and NATO Secretary General Jens Stoltenberg"
    assert all(o["quoted"] for o in facts(title, text)["officials"])


def test_a_trilateral_of_three_foreign_ministers_is_read_without_a_word_of_arms():
    """The gate lets what is trilateral and of a Secretary of State through."""
    text = (
        "Secretary of State Ann Lee took part in a trilateral ministerial with Republic of Korea Foreign "
        "Minister Park Jin "
        "and Japanese Foreign Minister Aoki Ren today in Oslo. They spoke of peace in their region."
    )
    (found,) = meetings("Secretary Lee's Trilateral Meeting", text)
    assert (found["starts"], sorted(found["participants"])) == ("2024-03-07", ["JP", "KR", "US"])


@pytest.mark.parametrize("title", ["Deputy Secretary", "Assistant Secretary of State for Political-Military Affairs"])
def test_a_deputy_or_assistant_secretary_is_american(title):
    """Rule affiliation-context: elsewhere they are ministers; a guest beside her keeps his own state."""
    text = (
        f"{title.upper()} LEE: Good afternoon, Vice Minister Mori. The United States and Japan give Ukraine arms.\n\n"
        "VICE MINISTER MORI: Thank you. We do."
    )
    found = facts(f"{title} Ann Lee and Japanese Vice Minister Mori Ken at a Press Availability", text)["officials"]
    assert {o["name"].split()[0]: o["affiliation"] for o in found} == {"Ann": "US", "Mori": "JP"}


def test_a_suffix_or_a_verb_begins_no_title():
    text = (
        "Secretary of Defense Lloyd J. Austin III telephoned newly appointed Ukrainian Defense Minister Rustem Umerov."
    )
    found = {o["name"]: o["title"] for o in facts("A call on arms", text)["officials"]}
    assert not {"III", "telephoned"} & set(found["Rustem Umerov"].split())


def test_the_wales_pledge_brings_nobody_to_the_table():
    """A paper is called by the town where it was signed."""
    text = (
        "The NATO defence ministers met in Brussels on Tuesday. At the meeting they discussed the Wales pledge, the "
        "Budapest Memorandum and aid to Ukraine."
    )
    (found,) = meetings("NATO ministers meet", text)
    assert not {"GB", "HU"} & set(found["participants"])


@pytest.mark.parametrize(
    "title",
    [
        "Ann Lee Press Conference Following the NATO Defense Ministers' Meeting, NATO Headquarters, Brussels, Belgium",
        "Ann Lee Press Conference Following the NATO Defense Ministers' Meeting | Brussels, Belgium",
    ],
)
def test_a_headline_ends_with_where_it_was_spoken(title):
    """Rule place-header."""
    text = (
        "SECRETARY OF DEFENSE ANN LEE: Good afternoon. We have made good progress at our meeting. Our allies "
        "gave Ukraine "
        "more arms. I thank them."
    )
    (found,) = meetings(title, text)
    assert (found["place"], found["country"]) == ("Brussels", "BE")


def test_who_took_part_in_the_group_in_a_town_was_at_its_meeting():
    """Rule meeting-group-as-event."""
    text = "Yesterday Secretary Austin participated in the Ukraine Defense Contact Group in Ramstein. Arms will follow."
    (found,) = meetings("Pentagon briefs", text)
    assert (found["starts"], found["place"]) == ("2024-03-06", "Ramstein")


def test_the_summit_of_last_summer_is_another():
    """Rule meeting-season-ago."""
    text = (
        "SECRETARY LEE: Good afternoon. We have just concluded the meeting of the NATO foreign ministers "
        "here in Brussels. "
        "At the NATO leaders summit last summer, we agreed on arms for Ukraine. Since then we have sent more."
    )
    found = meetings("Secretary Lee at a Press Availability", text)
    assert [(m["status"], m["place"]) for m in found] == [("held", "Brussels"), ("held", None)]


def test_whom_the_president_sees_on_bilateral_matters_is_not_at_the_summit():
    """Rule discourse-pairs."""
    text = (
        "MS. HOLT: On Sunday the President will leave for Europe to attend the NATO Summit. He will also "
        "meet with UK Prime "
        "Minister Sunak to consult on a range of bilateral matters."
    )
    (found,) = meetings("Press Briefing by Press Secretary Karine Jean-Pierre", text)
    assert "GB" not in found["participants"]


def test_thanks_for_joining_today_date_no_summit():
    """Rule date-neighbour."""
    text = "MR. HOLT: Thanks to all of you for joining today. The NATO summit held in Vilnius gave Ukraine arms."
    (found,) = meetings("Key Outcomes from the Summit", text)
    assert found["starts"] is None


def test_welcome_to_the_pentagon_places_no_meeting_of_before():
    """Rule place-follows."""
    text = (
        "SECRETARY OF DEFENSE PETE HEGSETH: Welcome to the Pentagon. You chaired the first meeting of the "
        "Ukraine Defense "
        "Contact Group that I spoke to. Allies must arm Ukraine."
    )
    (found,) = meetings("Secretary of Defense Pete Hegseth Greets John Healey", text)
    assert (found["venue"], found["country"]) == (None, None)


def test_a_forum_and_ministers_in_two_countries_are_two():
    """Rule meeting-places: neither has a name that would join them."""
    text = (
        "DEPUTY PRESS SECRETARY HOLT: In Halifax, Canada, tomorrow the secretary will speak at the 2022 "
        "Halifax Security "
        "Forum. And then in Cambodia, Secretary Austin will take part in the ninth ASEAN Defense Ministers' Meeting."
    )
    found = {m["ordinal"]: m["country"] for m in meetings("Deputy Pentagon Press Secretary Holds a Briefing", text)}
    assert found[9] == "KH"


def test_who_met_today_and_discussed_the_coming_summit():
    """Rule meeting-dates: the day is that of the talk."""
    text = (
        "WASHINGTON - Secretary Austin met today with Swedish Minister of Defense Anna Berg and discussed the "
        "upcoming NATO Summit in Vilnius."
    )
    (found,) = meetings("Readout by the Press Secretary", text)
    assert (found["starts"], found["place"], found["status"]) == (None, "Vilnius", "planned")


@pytest.mark.parametrize("summit", ["G20 Summit", "APEC summit", "Summit for Democracy"])
def test_summits_on_other_matters(summit):
    """Rule meeting-reject: the war may be spoken of there."""
    text = f"The President will attend the {summit} in November and will speak of military aid to Ukraine."
    assert meetings("Press Briefing by Press Secretary Karine Jean-Pierre", text) == []


def test_america_has_no_ministers():
    """Rule affiliation-context: the only state near a foreign minister is not his."""
    text = (
        "The United States will send more air defense to Ukraine. Foreign Minister Pavel Orlin said the "
        "United States was prolonging the war."
    )
    people = {o["name"]: o["affiliation"] for o in facts("More air defense for Ukraine", text)["officials"]}
    assert people["Pavel Orlin"] != "US"


@pytest.mark.parametrize(
    "text",
    [
        "The United States will give another $500 million to Ukraine through USAID, the Secretary said.",
        "The request has $9.1 billion for the Pacific Deterrence Initiative and speaks of Ukraine.",
    ],
)
def test_sums_for_relief_and_for_its_own_forces(text):
    """Rules civil and own forces."""
    assert facts("Statement on support for Ukraine", text)["packages"] == []
