"""Who meets and about what, where that shows that no states met on defence; each beside a gathering that is one."""

import pytest
from retold import facts, meetings

NONE_OF_OURS = [
    # rule scope-peace: they negotiate how the fighting shall end
    "Envoys of Ukraine, Russia and the United States met for three hours on Monday to seek a ceasefire. Defence "
    "Minister Ivan Petrenko led the Ukrainian side.",
    "The foreign ministers of Egypt, Qatar and Türkiye gathered in Doha on Sunday. They discussed a truce of sixty "
    "days and the release of hostages.",
    "Defence ministers of Thailand and Cambodia met in Kuala Lumpur on Thursday in the presence of Malaysia's minister "
    "and of observers from China, and agreed on the observers of the ceasefire.",
    "The military chiefs of India and Pakistan, joined by American and Saudi envoys, conferred on Saturday and agreed "
    "to stop all fire from 5 p.m.",
    # rule scope-others
    "Prosecutors from Ukraine, Lithuania, Poland and Estonia met in The Hague on Tuesday to compare evidence.",
    "Veterans from the United States, Britain and Canada met in Normandy on Friday as defence ministers looked on.",
    "The Security Police met with colleagues from Latvia, Finland and Poland on Monday about stolen ammunition.",
    "Church leaders of Ukraine, Poland and Slovakia met in Lviv on Tuesday and blessed lorries with ammunition.",
    # rule scope-matter
    "Leaders from Brazil, India, China and South Africa sat together in Belém on Thursday to speak of forests. "
    "Protesters had broken through a military cordon.",
    # rule scope-civil: what a text is about it says first
    "Donors promised 1.5 billion dollars for Sudan and its refugees. The ministers assembled in Geneva on Monday, said "
    "the organisers. Egypt, Germany, Qatar and Saudi Arabia had convened the conference.",
    # rule scope-two
    "The governments of Poland and Ukraine met on Thursday for joint consultations. They want to make arms together.",
    "The chiefs of defence of Finland and Sweden met in Haparanda on Wednesday and visited three garrisons.",
    # rule scope-wished
    "Imagine a conference in Paris next spring: thirty defence ministers at one long table, a pen each.",
    "It is high time that defence ministers of Europe sat down in one room and shared the bill.",
    "A meeting of the defence ministers of Germany, France and Poland on Monday was never planned, a spokesman said.",
    # rule scope-civil: nor "the ministers" after them
    "Home affairs ministers from Zambia, Zimbabwe and Malawi agreed on Friday to mark all rifles. It was the eleventh "
    "meeting of the council of ministers. The ministers sit down again in Lilongwe next August to speak of weapons.",
    # rule scope-assembly
    "The Baltic Assembly, in which members of the parliaments of Estonia, Latvia and Lithuania sit, ended its 44th "
    "session in Riga on Friday with a call for arms.",
    # rule scope-ceremony
    "At a ceremony in Rukla on Friday, attended by the defence ministers of Germany, Norway and Lithuania, the "
    "battle group got a new commander.",
]


def test_no_meeting():
    assert [text for text in NONE_OF_OURS if meetings(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministers of Egypt, Qatar and Türkiye gathered in Doha on Sunday. After the truce they discussed "
        "military aid for Lebanon's army.",
        "Officials from Ukraine, Lithuania, Poland and Estonia met in Warsaw on Tuesday to compare stocks of shells.",
        "Ministers from Brazil, India and South Africa met in Belém on Thursday to speak of maritime security.",
        "The defence ministers of the G7 met in Naples on Saturday. Trade ministers had been there before.",
        "The defence ministers of Finland, Sweden and Norway met in Haparanda on Wednesday and saw three garrisons.",
    ],
)
def test_a_meeting(text):
    assert len(meetings(text)) == 1


def test_the_contact_group_of_others():
    """Rule group-of-others: peacemakers and those concerned for Libya have contact groups, too."""
    found = facts(
        "The Trilateral Contact Group met in Minsk on Wednesday. The Contact Group exchanged lists, Ukraine "
        "and the OSCE said of the weapons."
    )
    assert found["contact_groups"] == []
    assert (
        facts("Cities joined to buy doors. Their coalition will meet in Kiel in May on arms.")["contact_groups"] == []
    )
    found = facts("The Contact Group met in Brussels on Wednesday. Its 50 members spoke of weapons for Ukraine.")
    assert len(found["contact_groups"]) == 1
