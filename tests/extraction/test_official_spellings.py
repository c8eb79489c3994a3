"""One person under several spellings, and each of several for his own state. Texts written for these tests."""

import pytest

from extraction.gazetteer import gazetteer
from tests.extraction.test_read import names, read


def test_who_came_for_whom():
    found = names(
        read(
            "To the session Jean Morel came for France, Karl Brandt for Germany, Piotr Kowal for Poland and Ann Hale "
            "for the Netherlands."
        )
    )
    assert {(name, nation) for name, _, nation in found} == {
        ("Jean Morel", "FR"),
        ("Karl Brandt", "DE"),
        ("Piotr Kowal", "PL"),
        ("Ann Hale", "NL"),
    }


def test_a_surname_spelt_otherwise_is_the_same_person():
    facts = read(
        'Ukrainian Defence Minister Ruslan Umyenko spoke first. "We need shells," Umenko said. French Defence Minister '
        "Jean Lecorne signed. Defence Minister Lekorne left."
    )
    assert [name for name, _, _ in names(facts)] == ["Ruslan Umyenko", "Jean Lecorne"]
    assert facts["officials"][0]["quoted"]


def test_another_state_has_another_of_the_name():
    facts = read("Swedish Defence Minister Olle Jonsen met British Prime Minister Johnsen in Oslo.")
    assert [name for name, _, _ in names(facts)] == ["Olle Jonsen", "Johnsen"]


def test_a_body_is_no_person():
    facts = read("We had the High Representative and the Danish Council Presidency, and the French Ministre spoke.")
    assert facts["officials"] == []


def test_a_dateline_is_nobodys_nation():
    facts = read("RAMSTEIN AIR BASE, Germany — Rustem Umerov thanked the ministers of the group.")
    assert ("Rustem Umerov", None, "UA") in names(facts)


def test_whoever_is_posted_somewhere_serves_another():
    facts = read("France was represented by its high commissioner in New Caledonia, Patrice Moreau, at the meeting.")
    assert names(facts) == [("Patrice Moreau", "high commissioner in New Caledonia", "FR")]


def quoted(text):
    return {o["name"] for o in read(text)["officials"] if o["quoted"]}


def test_whose_words_a_quotation_is():
    assert quoted('Ukrainian Defence Minister Oleh Zorenko spoke.\n\nQuote: "We want it to go on for long."') == {
        "Oleh Zorenko"
    }
    assert quoted(
        "Ukrainian Defence Minister Oleh Zorenko briefed the press. He also noted that talks between President Ivan "
        'Bondar and U.S. President Carl Moss "went very well".'
    ) == {"Oleh Zorenko"}
    assert (
        quoted('President Ivan Bondar spoke. "The grant is large," read a statement from the Japanese embassy.')
        == set()
    )
    assert (
        quoted('President Carl Moss put off his trip because of a storm classed as a "catastrophic Category 5".')
        == set()
    )


def test_the_office_before_the_next_name_is_the_next_ones():
    facts = read(
        "Singapore's defence minister Ann Lee received Omar Nordin of Malaysia, Australia's deputy prime minister, "
        "Rick Marsh, and Judy Cole, the New Zealand defence minister."
    )
    assert ("Omar Nordin", None, "MY") in names(facts)


def test_an_office_not_yet_taken_is_one():
    facts = read("The ministers met before President-elect Carl Moss takes the oath; the U.S. president-elect waits.")
    assert [title for _, title, _ in names(facts)] == ["President-elect"]


def test_the_only_one_of_a_state_has_its_defence_office():
    lead = "Britain's John Healey met Rustem Umerov early, hours before the "
    assert ("John Healey", "British defence secretary", "GB") in names(
        read(f"{lead}British defence secretary sat down.")
    )
    assert ("John Healey", None, "GB") in names(read(f"{lead}British prime minister sat down."))
    assert ("John Healey", None, "GB") in names(
        read(f"{lead}British defence secretary sat down with British Prime Minister Keir Starmer.")
    )


def test_a_suffix_alone_is_nobody():
    text = "Defence Secretary John Healey met the NATO defence ministers in Brussels. Minister Jr said nothing of it."
    assert [name for name, _, _ in names(read(text))] == ["John Healey"]


@pytest.mark.parametrize(("month", "served"), [("2024-02", "NL"), ("2024-10", "NATO"), ("", "NATO")])
def test_whom_an_officeholder_served_in_a_month(month, served):
    assert gazetteer().affiliations_of(("mark", "rutte"), full=True, month=month) == {served}
