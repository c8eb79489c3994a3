"""Who takes part in a meeting and who is only spoken of beside it. Texts written for these tests."""

import pytest

from tests.extraction.test_read import read

HOSTED = "The Ukraine Defense Contact Group met in Brussels on Monday. Norwegian Defence Minister Ola Berg chaired it."


def parties(text, title="Allies meet on arms for Ukraine"):
    return set(read(text, title)["meetings"][0]["participants"])


@pytest.mark.parametrize(
    ("said", "there"),
    [
        (
            "So have the heads of government of Spain and Malta, the heads of state of Peru and Chile.",
            {"MT", "PE", "CL"},
        ),
        ("Among those who looked in were Spain and Malta.", {"ES", "MT"}),
        ("Spain and Malta, on the other hand, were represented for the first time.", {"ES", "MT"}),
        ("Spain is following by video link.", {"ES"}),
        ("The presidents of the European Commission and the European Council also attended.", {"EU"}),
        ("Spain, Malta and more than 20 other countries attended.", {"ES", "MT"}),
        ("Spain and Malta are sending deputy ministers to the meeting.", {"ES", "MT"}),
        (
            "Spain sets aside 150 million euros for drones, and Malta, on its ninth package, promised 9 million.",
            {"ES", "MT"},
        ),
        ("The EU's foreign policy chief and a NATO deputy secretary general were at the table.", {"EU", "NATO"}),
        (
            "Berg, whose country has the chair, welcomed the defence ministers of Spain, Malta and Peru.",
            {"ES", "MT", "PE"},
        ),
        ("In Brussels, Spain, Malta and Peru announced their contributions.", {"ES", "MT", "PE"}),
        ("Spain was present as an observer.", {"ES"}),
        ("Spain and Malta were represented by their ministers, Peru by its ambassador.", {"ES", "MT", "PE"}),
        (
            "Spain promised two launchers, Malta a package of 3 million euros and Peru another 5 million.",
            {"ES", "MT", "PE"},
        ),
        ("From Spain come 20 million euros and from Malta five million.", {"ES", "MT"}),
        ("Afterwards the Defence Ministers from Spain and Malta spoke to the press.", {"ES", "MT"}),
        ("NATO and the European Union sent representatives.", {"NATO", "EU"}),
        (
            "Berg was host to Spain's Juan Prado and Malta's Carlo Vella.",
            {"ES", "MT"},
        ),
    ],
)
def test_who_is_said_to_be_there_in_whatever_frame(said, there):
    assert there <= parties(f"{HOSTED} {said}")


@pytest.mark.parametrize(
    ("said", "away"),
    [
        ("Spain's Juan Prado had been invited but was unable to come.", "ES"),
        ("The meeting came as Berg prepares to visit Spain.", "ES"),
        ("Drones go straight from stocks to Spain, ministers agreed at the meeting.", "ES"),
        ("Spain may be asked to join later.", "ES"),
        ("Spain will receive a further 35 million euros in aid.", "ES"),
        ("Before that Berg had spoken with Juan Prado, the Spanish defence minister.", "ES"),
        ("Berg told reporters after the meeting that the parliament of Spain had fallen out over arms.", "ES"),
        ("He will visit Toledo, Spain, after the meeting.", "ES"),
        ("Spanish voters and the Spain-Portugal dispute hardly mattered at the table.", "ES"),
        ("The meeting, which Berg opened, did not touch on ships that Malta has sold to Spain.", "ES"),
        ("The gathering comes after officials travelled to Valletta for meetings with Malta's Carlo Vella.", "MT"),
        ("It was the first meeting since the Spanish presidential election.", "ES"),
        ("The circle of states that arms Spain will meet again by video on Friday.", "ES"),
        ("Berg is sending Spain weapons worth 64 million dollars.", "ES"),
        ("Spain and Malta were consulted beforehand in writing.", "MT"),
    ],
)
def test_who_is_spoken_of_only(said, away):
    assert away not in parties(f"{HOSTED} {said}")


def test_who_travels_to_a_country_for_a_meeting_attends_and_not_the_country():
    found = parties(
        "On Monday, Mr Berg will travel to the Faroe Islands to take part in the meeting of the Ukraine Defense "
        "Contact Group in Torshavn.",
        "Norwegian Defence Minister Ola Berg to attend Contact Group",
    )
    assert "NO" in found
    assert "FO" not in found


def test_what_is_said_of_the_group_after_its_name_is_said_of_its_meeting():
    meeting = read(
        "Some 50 countries took part in the 17th meeting of the Ukraine Defense Contact Group, which was held online "
        "on Wednesday under the chairmanship of U.S. Defense Secretary Carl Moss.",
        "Seventeenth meeting",
    )["meetings"][0]
    assert meeting["chairs"] == ["Carl Moss"]


def test_where_all_of_a_group_met_its_list_of_members_tells_who():
    members = "Denmark, Estonia, Finland, Iceland, Latvia and Lithuania"
    text = (
        "The six nations of the Northern Group met in Reykjavik on Monday to discuss security. It is a forum for talks "
        f"on defence. There are six member nations: {members}."
    )
    assert parties(text) >= {"DK", "EE", "FI", "IS", "LV", "LT"}
    assert not parties(text.replace("The six nations", "Ministers")) & {"DK", "EE", "LV"}


def test_besides_the_sides_of_a_meeting_who_is_said_to_have_joined_them():
    assert parties(
        "On Monday, the ministers of defence of Finland, Sweden and Norway signed a statement in Oslo at a trilateral "
        "meeting on air defence. U.S. Deputy Secretary of Defense Ann Lee also attended. Danish jets are based there.",
        "Three ministers sign",
    ) == {"FI", "SE", "NO", "US"}


def test_who_attends_one_meeting_and_another_attends_both():
    found = read(
        "Spain gives 9 million euros for drones, Defence Minister Juan Prado of Spain said after attending the "
        "28th meeting of the Ukraine Defense Contact Group and the NATO defence ministers' meeting in Brussels.",
        "Spain gives more",
    )["meetings"]
    assert [("ES" in m["participants"]) for m in found] == [True, True]


@pytest.mark.parametrize(
    ("said", "chairs"),
    [
        (
            "Allies met in Oslo at the NATO summit, welcoming their newest member, Spain, into the Alliance.",
            [],
        ),
        (
            "Gen. Carl Moss, the U.S. chief, received the top officers of Spain and Malta, Gen. Juan Prado and "
            "Gen. Leo Borg, in Hawaii on Monday for three-way talks on missiles.",
            ["Carl Moss"],
        ),
    ],
)
def test_who_welcomes_is_in_the_chair_and_not_who_is_welcomed(said, chairs):
    assert read(said, "Allies meet on missiles")["meetings"][0]["chairs"] == chairs


@pytest.mark.parametrize(
    ("told", "chairs"),
    [
        ("Defence Minister Juan Prado, the Spanish host, praised them.", {"Juan Prado"}),
        ("Their Spanish host, Defence Minister Juan Prado, praised them.", {"Juan Prado"}),
        ("Host Juan Prado, the defence minister of Spain, praised them.", {"Juan Prado"}),
        ("Spanish Defence Minister Juan Prado, at whose invitation they came, praised them.", {"Juan Prado"}),
        ("Spain's Juan Prado and Peru's Ana Rojas are receiving their fellow presidents.", {"Juan Prado", "Ana Rojas"}),
        (
            "Spanish Defence Minister Juan Prado is in charge, together with Peruvian Defence Minister Ana Rojas.",
            {"Juan Prado", "Ana Rojas"},
        ),
        ("Spain's Juan Prado had taken the initiative for the meeting.", {"Juan Prado"}),
        (
            '"The group, which I and my Peruvian colleague Ana Rojas chair, will go on," Spanish Defence Minister Juan '
            "Prado said.",
            {"Juan Prado", "Ana Rojas"},
        ),
        ("The meetings were chaired by Spanish Defence Minister Juan Prado until last year.", set()),
    ],
)
def test_who_is_host_of_a_meeting_in_whatever_words(told, chairs):
    text = f"The Northern Group defence ministers met in Oslo on Monday to discuss weapons.\n\n{told}"
    assert set(read(text, "Northern ministers confer")["meetings"][0]["chairs"]) == chairs


def test_the_same_sides_meet_before_and_again():
    text = (
        "The defence ministers of Spain, Malta and Peru sat down together in Lima on Monday to discuss weapons. The "
        "previous round took place in Madrid on 3 March. They will meet again in Valletta in May 2026."
    )
    met = read(text, "Three ministers confer")["meetings"]
    assert [set(m["participants"]) for m in met] == [{"ES", "MT", "PE"}] * 3


def test_the_two_who_met_at_a_meeting_were_there():
    assert parties(
        "U.S. Secretary of Defense Ann Lee spoke by phone with German Defence Minister Jan Moe. They last met at the "
        "NATO defence ministers' meeting in Brussels in June."
    ) == {"NATO", "US", "DE"}
    assert parties(
        "British Defence Secretary Ann Lee said that Polish Defence Minister Jan Moe was a friend. They met in Warsaw, "
        "before the NATO summit in July."
    ) == {"NATO"}


def test_whom_those_who_met_heard_or_were_briefed_by_was_there():
    met = "The NATO defence ministers met in Brussels on Monday. "
    assert parties(met + "They heard from Ukrainian Defence Minister Jan Moe on the front.") == {"NATO", "UA"}
    assert parties(met + "Participants were briefed by Ukraine's defence minister.") == {"NATO", "UA"}
    assert parties(met + "Nothing was heard from Moscow or Beijing.") == {"NATO"}


def test_who_talks_of_a_coming_summit_is_by_that_not_at_it():
    (summit,) = read(
        "Deputy Secretary of Defense Ann Lee met today with Spanish State Secretary Juan Prado. The two "
        "leaders discussed U.S. and Spanish priorities; security assistance; and the upcoming NATO summit in June."
        "\n\nSecretary Lee and Secretary Prado were joined by officers.",
        "Readout of Deputy Secretary Lee's Meeting with Spanish State Secretary Prado",
    )["meetings"]
    assert summit["participants"] == ["NATO"]


def test_what_a_group_was_launched_at_leaves_its_members_to_the_meeting_at_hand():
    first = read(
        "The leaders of the three nations of the Joint Expeditionary Force met in Tallinn on Monday to discuss defence."
        "\n\nSpain, Malta and Peru make up the force, which was launched at a NATO summit in Wales in 2014.",
        "Leaders in Tallinn",
    )["meetings"][0]
    assert {"ES", "MT", "PE"} <= set(first["participants"])
