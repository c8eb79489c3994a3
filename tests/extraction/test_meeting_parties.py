"""Who chairs a meeting, who takes part and where it is, read through the public door."""

from __future__ import annotations

import datetime

import pytest

import extraction

DAY = datetime.date(2027, 5, 14)
FIRST = "The Ukraine Defense Contact Group met in Brussels on Wednesday. "


def meetings(text, title="Allies meet"):
    return extraction.read(title, text, DAY).to_json("x")["meetings"]


def main_meeting(text, title="Allies meet"):
    found = meetings(FIRST + text, title)
    return next(m for m in found if m["starts"] == "2027-05-12")


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S. Defense Secretary Karl Winter was in the chair.",
        "U.S. Defense Secretary Karl Winter chaired the meeting.",
        "The session was hosted jointly for the first time by U.S. Defense Secretary Karl Winter.",
        "Chairing the session, U.S. Defense Secretary Karl Winter thanked the donors.",
        "The talks were held under the chairmanship of U.S. Defense Secretary Karl Winter.",
        "U.S. Defense Secretary Karl Winter called the meeting to order.",
        "In the chair, as always, was U.S. Defense Secretary Karl Winter.",
        "The gavel was held by U.S. Defense Secretary Karl Winter.",
        "Hosted by U.S. Defense Secretary Karl Winter, the talks took a day.",
        "The guests thanked U.S. Defense Secretary Karl Winter, under whose chairmanship the allies met.",
        "U.S. Defense Secretary Karl Winter, who welcomed the guests to a snowy city, spoke first.",
        "The session, which took six hours with U.S. Defense Secretary Karl Winter in the chair, ended late.",
        "U.S. Defense Secretary Karl Winter on Wednesday hosted the meeting.",
        "U.S. Defense Secretary Karl Winter, chairing his first meeting since May, thanked the donors.",
        "Chairing it was U.S. Defense Secretary Karl Winter.",
        "The meeting was chaired by U.S. Defense Secretary Karl Winter, and Latvia's Ilze Kalna is also present.",
        "U.S. Defense Secretary Karl Winter led Wednesday's ceremony.",
        "Led by U.S. Defense Secretary Karl Winter, the session took a day.",
        "The talks opened with U.S. Defense Secretary Karl Winter as a host.",
        "U.S. Defense Secretary Karl Winter invited the members of the group to the meeting.",
        '"I\'m delighted to welcome Norwegian Minister Odd Dahl," U.S. Defense Secretary Karl Winter said.',
        "U.S. Defense Secretary Karl Winter had flown to Belgium to hold the meeting of the group.",
        "The session was convened for the first time, in Brussels, by U.S. Defense Secretary Karl Winter.",
        "The ministers followed an invitation from U.S. Defense Secretary Karl Winter.",
        "Defence Minister Uwe Feld of Germany left. It was chaired by Feld's colleague, U.S. Secretary Karl Winter.",
        '"I chaired the meeting," U.S. Defense Secretary Karl Winter said.',
    ],
)
def test_ways_to_say_who_chairs(sentence):
    assert main_meeting(sentence)["chairs"] == ["Karl Winter"]


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S. Defense Secretary Karl Winter did not chair the meeting.",
        "The delegation was headed by U.S. Defense Secretary Karl Winter.",
        "The American delegation in the hall was led by U.S. Defense Secretary Karl Winter.",
        "Warsaw will host the ministers of sport.",
        "They formed a coalition on ground-based air defence led by Germany and France, Lars Holm wrote.",
        "The group, once led by the United States, has grown.",
        "The meeting in Brussels will lead to more.",
        "Latvia and Britain are leading it.",
        "In his opening remarks to the meeting, U.S. Defense Secretary Karl Winter spoke of shells.",
        "It was the first session of its kind not chaired by the United States.",
        "Previously the meetings were chaired by U.S. Defense Secretary Karl Winter.",
        "The so-called Contact Group was set up by the United States.",
        "U.S. Defense Secretary Karl Winter plans to hold talks with France.",
        "After the invasion of Ukraine, Winter recalled, everybody came.",
        "Before that meeting began, U.S. Defense Secretary Karl Winter had called Ukrainian membership unlikely.",
        "U.S. Defense Secretary Karl Winter called the meeting unprecedented.",
        "Karl Winter received Piet Bakker separately before the session.",
        "The United States may bring the format under NATO's auspices.",
    ],
)
def test_no_chair_of_the_meeting(sentence):
    assert main_meeting(sentence)["chairs"] == []


def test_an_office_stands_for_the_one_who_holds_it():
    """Rule person-by-office."""
    assert main_meeting(
        "Defence Secretary John Healey of the United Kingdom spoke first. Norway's Odd Dahl was next. The "
        "Defence Secretary "
        "chaired the meeting."
    )["chairs"] == ["John Healey"]


def test_two_states_in_the_chair():
    assert set(main_meeting("It was held under joint German and British chairmanship.")["chairs"]) == {"DE", "GB"}


@pytest.mark.parametrize(
    ("sentence", "chairs"),
    [
        (
            "It was led by the defence ministers of Latvia and Spain, Ilze Kalna and Rosa Vidal.",
            {"Ilze Kalna", "Rosa Vidal"},
        ),
        (
            "Defence Ministers Ilze Kalna of Latvia and Rosa Vidal of Spain chaired the meeting.",
            {"Ilze Kalna", "Rosa Vidal"},
        ),
        (
            "Latvian Defence Minister Ilze Kalna, together with Spanish Defence Minister Rosa Vidal, hosted it.",
            {"Ilze Kalna", "Rosa Vidal"},
        ),
        ("Latvia and Spain replaced Portugal as hosts of the meeting.", {"LV", "ES"}),
        ("It was held under joint Latvian-Spanish leadership.", {"LV", "ES"}),
        ("It was held under the current chairmanship of Latvia.", {"LV"}),
    ],
)
def test_several_in_the_chair(sentence, chairs):
    assert set(main_meeting(sentence)["chairs"]) == chairs


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Norway, Denmark and Iceland also took part.", {"NO", "DK", "IS"}),
        ("Finland's defence minister, Aino Salmela, and Dutch Defence Minister Piet Bakker attended.", {"FI", "NL"}),
        ("Representatives of Spain, Greece and Portugal were present.", {"ES", "GR", "PT"}),
        ("Latvian Defence Minister Ilze Kalna told her colleagues that more was needed.", {"LV"}),
        ("The meeting was attended by Japan and South Korea.", {"JP", "KR"}),
        ("The meeting was attended by more than 40 nations, NATO and the European Union.", {"NATO", "EU"}),
        ("The ministers of the group (consisting of Latvia, Spain and Greece) met for two hours.", {"LV", "ES", "GR"}),
        ("They met in the old hall: Latvia, together with Spain, Greece and Malta.", {"LV", "ES", "GR", "MT"}),
        ("Spain is preparing a new package of air defence missiles.", {"ES"}),
        ("Spain's defence minister said that more help wasn't off the table.", {"ES"}),
        ("Spain is focused on supplying Ukraine with shells.", {"ES"}),
        ("Estonia, Greece, Malta and Spain sent deputies.", {"EE", "GR", "MT", "ES"}),
        ("The participating countries - Spain, Greece and Malta - promised more.", {"ES", "GR", "MT"}),
        ("We had ministers from frontline countries, Bulgaria, Latvia and Poland.", {"BG", "LV", "PL"}),
        ("Contributions included 20 million euros from the Netherlands for drones.", {"NL"}),
        ('"I told my colleagues that more was needed," Latvian Defence Minister Ilze Kalna said.', {"LV"}),
    ],
)
def test_ways_to_say_who_takes_part(sentence, parties):
    assert parties <= set(main_meeting(sentence)["participants"])


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("Hungary was not represented.", "HU"),
        ("Russia condemned the meeting.", "RU"),
        ("Separately, Estonia, Latvia and Austria make up the Radar Coalition.", "AT"),
        ("There are six member countries: Peru, Chile, Spain, Malta, Cyprus and Greece.", "CL"),
        ("Peru and Chile have observer status.", "PE"),
        ("The force complements NATO.", "NATO"),
        ("Ministers of five EU countries took part.", "EU"),
        ("The talks did not include their American counterparts.", "US"),
        ("The group spoke of the ties between the force and NATO.", "NATO"),
        ("The drone coalition has many members, including Peru and Chile.", "PE"),
        ("Drones were seen over bases in Peru, Chile, Cuba and Ghana.", "GH"),
        ("The secretary - U.S. Defense Secretary Karl Winter - will not be present.", "US"),
        ("They want Ukraine in the EU and NATO, pledging more help.", "NATO"),
        ("They thought of the people of Peru and Chile.", "CL"),
        ("They want to work with and through the G7, Malta and Cyprus.", "MT"),
    ],
)
def test_who_is_named_but_not_there(sentence, absent):
    assert absent not in main_meeting(sentence)["participants"]


def test_each_meeting_has_its_own_parties():
    found = meetings(
        "The Ukraine Defense Contact Group met in Brussels on Wednesday, with Norway and Denmark taking part.\n\n"
        "At its previous meeting, at Ramstein Air Base in February, "
        "U.S. Defense Secretary Karl Winter was in the chair."
    )
    by_place = {m["place"]: m for m in found}
    assert by_place["Ramstein"]["chairs"] == ["Karl Winter"]
    assert "Karl Winter" not in by_place["Brussels"]["chairs"]
    assert not {"NO", "DK"} & set(by_place["Ramstein"]["participants"])


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("The Ukraine Defense Contact Group met in Oslo on Wednesday.", ("Oslo", "NO", None)),
        (
            "The Ukraine Defense Contact Group met at Ramstein Air Base on Wednesday.",
            ("Ramstein", "DE", "Ramstein Air Base"),
        ),
        ("The Ukraine Defense Contact Group met on Wednesday. It was held in Riga.", ("Riga", "LV", None)),
        ("The Ukraine Defense Contact Group met by video on Wednesday. Moscow protested.", (None, None, None)),
        ("The Ukraine Defense Contact Group met on Wednesday. An envoy flew to Moscow.", (None, None, None)),
        (
            "The Ukraine Defense Contact Group met at the Ministry of Defence of Latvia on Wednesday.",
            (None, "LV", "Ministry of Defence of Latvia"),
        ),
        (
            "In the port city of Oslo, the Ukraine Defense Contact Group met on Wednesday.",
            ("Oslo", "NO", None),
        ),
        (
            "The Ukraine Defense Contact Group met on Wednesday. U.S. Defense Secretary Karl Winter hosted Ilze Kalna, "
            "the Latvian minister of defence, a former judge and mayor, and Rosa Vidal at the Pentagon.",
            (None, "US", "Pentagon"),
        ),
        ("The Ukraine Defense Contact Group is due in Tallinn next week.", ("Tallinn", "EE", None)),
        ("Oslo was the stage for the meeting of the Ukraine Defense Contact Group.", ("Oslo", "NO", None)),
        ("Denmark's minister chaired the Ukraine Defense Contact Group meeting from Oslo.", (None, None, None)),
        ("The Ukraine Defense Contact Group, which usually sits at Ramstein, met on Wednesday.", (None, None, None)),
        ("The Ramstein meeting of the Ukraine Defense Contact Group began on Wednesday.", (None, None, None)),
        ("The Ukraine Defense Contact Group met on Wednesday over the crisis in Ukraine.", (None, None, None)),
        (
            "The Northern Group met at Belvoir Castle in England on Wednesday.",
            (None, "GB", "Belvoir Castle"),
        ),
    ],
)
def test_where_a_meeting_is(text, where):
    meeting = meetings(text)[0]
    assert (meeting["place"], meeting["country"], meeting["venue"]) == where


def test_sessions_in_a_row_have_a_town_each():
    """Rule place-series: one preposition serves all the towns of a list."""
    found = meetings(
        "The Northern Group met in Rome on Wednesday. The meeting followed previous sessions held in Berlin "
        "(November 2026), Warsaw (January 2027) and Paris (March 2027)."
    )
    assert {m["starts"]: m["place"] for m in found} == {
        "2027-05-12": "Rome", "2026-11": "Berlin", "2027-01": "Warsaw", "2027-03": "Paris",
    }  # fmt: skip


def test_the_dateline_is_a_place_only_where_the_text_says_here():
    away = meetings("WARSAW, May 14 - The Ukraine Defense Contact Group met on Wednesday.")[0]
    here = meetings("WARSAW, May 14 - The Ukraine Defense Contact Group met here on Wednesday.")[0]
    assert (away["place"], here["place"], here["country"]) == (None, "Warsaw", "PL")


def test_every_party_has_its_own_quote():
    text = FIRST + "Norway, Denmark and Iceland also took part. U.S. Defense Secretary Karl Winter was in the chair."
    facts = extraction.read("Allies meet", text, DAY).to_json("x")
    content = "Allies meet\n\n" + text
    for meeting in facts["meetings"]:
        for name in ("chairs", "participants"):
            shown = [e for e in meeting["evidence"] if e["field"] == name]
            assert {e["value"] for e in shown} == set(meeting[name])
            assert all(content[e["start"] : e["end"]] == e["quote"] for e in shown)
