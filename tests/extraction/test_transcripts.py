"""Who speaks in briefings, calls and gaggles, and whom they serve. All texts are written for these tests."""

import datetime

import extraction

DAY = datetime.date(2024, 3, 5)
CALL = "Background Press Call on Security Assistance"


def officials(title, text):
    facts = extraction.read(title, text, DAY).to_json("x")
    return {o["name"]: o for o in facts["officials"]}


def test_one_label_with_mr_is_a_speaker():
    text = (
        "Via Teleconference\n\nMR. HOLT: Good morning, everyone. This is Daniel Holt with the NSC. Ukraine needs air "
        "defense and we will send more of it."
    )
    found = officials(CALL, text)
    assert set(found) == {"Daniel Holt"}
    assert (found["Daniel Holt"]["affiliation"], found["Daniel Holt"]["quoted"]) == ("US", True)


def test_a_greeting_is_not_all_a_speaker_says():
    text = (
        "PRESS SECRETARY DANIEL P. HOLT: Hi, everyone. The department sends Ukraine howitzers.\n\n"
        "Q: Thank you. When will they arrive?"
    )
    found = officials("Pentagon Press Secretary Daniel P. Holt Holds a Press Briefing", text)
    assert set(found) == {"Daniel P. Holt"}
    assert found["Daniel P. Holt"]["quoted"]
    # Nothing follows the greeting: nothing is quoted.
    assert not officials(CALL, "MS. BRANDT: Hi.\n\nUkraine gets howitzers, says the paper.")["Brandt"]["quoted"]


def test_an_asker_with_mr_in_a_panel_is_nobody():
    assert officials("A panel on arms for Ukraine", "MR. HOLT: I ask myself what howitzers cost.") == {}


def test_a_speaker_without_office_serves_who_briefs_not_whom_the_text_is_about():
    text = (
        "MR. HOLT: Good morning, everyone. Ukraine gets more howitzers.\n\n"
        "SENIOR ADMINISTRATION OFFICIAL: Ukraine holds on. Ukraine needs howitzers."
    )
    assert officials("Background Press Call on Ukraine", text)["Holt"]["affiliation"] == "US"


def test_verbs_and_nouns_of_headlines_are_nobodys_name():
    text = "STAFF: Good morning. The group of ministers met on howitzers for Ukraine."
    for title in (
        "Senior Defense Official Holds a Background Briefing",
        "Senior Defense Official and Senior State Department Official Hold a Background Briefing",
        "Briefing with the Assistant Secretary of State for East Asian and Pacific Affairs",
        "AUKUS Defense Ministers Joint Press Briefing",
        "Deputy Pentagon Press Secretary Hosts Ukraine Briefing",
    ):
        assert officials(title, text) == {}


def test_who_took_the_photo_is_no_official():
    text = (
        "Defense Secretary Daniel Holt spoke of howitzers for Ukraine.\n\n"
        "Photo By: Air Force Staff Sgt. Clara Weiss, DOD\n\nThe howitzers leave this week."
    )
    assert set(officials("Holt on howitzers for Ukraine", text)) == {"Daniel Holt"}


def test_a_statement_of_the_security_council_is_read_whatever_it_is_about():
    title = "Statement from NSC Spokesperson Daniel Holt on World Refugee Day"
    found = officials(title, "Today, we honor the brave aid workers who put themselves in harm's way.")
    assert [(o["title"], o["affiliation"]) for o in found.values()] == [("NSC Spokesperson", "US")]
