"""Groups as articles tell of them: several in one breath, their size without their name. Texts written for these."""

import pytest

from tests.extraction.test_read import read


def sizes(text):
    return {g["name"]: g["member_count"] for g in read(text)["contact_groups"]}


def test_each_coalition_of_a_series_is_one():
    found = sizes(
        "Norway wants to join the artillery, ground-based air defence, demining and drone coalitions.\n\n"
        "Officials spoke of the coalitions for tanks, cyber and training."
    )
    assert set(found) == {"artillery", "ground-based air defence", "demining", "drone", "tanks", "cyber", "training"}


@pytest.mark.parametrize(
    "text, name, size",
    [
        ("The air defence coalition is at work. 15 countries have already joined.", "air defence coalition", 15),
        ("The drone coalition grows. Eight states have joined: Norway and others.", "drone coalition", 8),
        ("Also, 20 countries officially joined the demining coalition.", "demining coalition", 20),
        ("Some 20 countries have already joined the Danish-led demining coalition.", "demining coalition", 20),
        ("With Spain in it the drone coalition will include 21 countries.", "drone coalition", 21),
        ("The Northern Group met. Twelve countries make up the group.", "Northern Group", 12),
        ("The Northern Group met, and the 12-odd countries in the group agreed.", "Northern Group", 12),
        ("The drone coalition met. 15 countries joined the talks.", "drone coalition", None),
    ],
)
def test_how_many_have_joined(text, name, size):
    assert sizes(text)[name] == size


def test_a_name_with_an_apostrophe_is_known():
    assert "South Pacific Defence Ministers' Meeting" in sizes(
        "Chile and Fiji belong to the South Pacific Defence Ministers' Meeting, set up in 2013."
    )


@pytest.mark.parametrize(
    "text, title, names",
    [
        ("Defence ministers of the Weimar Triangle meet in May.", "Allies set Weimar date", {"Weimar Triangle"}),
        (
            "The Weimar Plus defence ministers met on arms for Ukraine, and those of the Weimar Triangle.",
            "Allies set a date",
            {"Weimar Plus", "Weimar Triangle"},
        ),
        ("France and Britain built their Combined Joint Expeditionary Force over 15 years.", "Allies on arms", set()),
        ("Ministers met in Vilnius at the Demining Coalition on April 5.", "Allies on arms", {"Demining Coalition"}),
        (
            "Defence ministers want artillery shells for Ukraine.",
            "20 Countries Set Up Artillery Coalition for Kyiv",
            {"Artillery Coalition for Kyiv"},
        ),
    ],
)
def test_what_a_group_is_called(text, title, names):
    assert {g["name"] for g in read(text, title)["contact_groups"]} == names


def test_the_group_is_not_the_coalition_named_since():
    found = sizes(
        "The Ukraine Defense Contact Group met on Monday in Brussels.\n\nMinisters spoke of shells. They spoke of "
        "money. Spain wants to join the drone coalition, which has eleven members.\n\n"
        "More than 50 countries belong to the group."
    )
    assert found == {"Ukraine Defense Contact Group": 50, "drone coalition": 11}


def test_an_agreement_on_cooperation_is_no_group():
    assert not sizes("Ministers spoke of the U.S.-Papua New Guinea Defense Cooperation Agreement and of weapons.")
