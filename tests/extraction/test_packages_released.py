"""Packages as a government's own releases and statements tell them: beside totals, earlier sums and authorities."""

import datetime

import extraction

DAY = datetime.date(2024, 5, 21)


def packages(text, title="Statement on Security Assistance for Ukraine"):
    return extraction.read(title, text, DAY).to_json("1")["packages"]


def only(text, **more):
    [package] = packages(text, **more)
    return package


def test_a_sum_that_brings_the_total_to_another_is_a_package():
    package = only(
        "Today's drawdown for Ukraine, valued at up to $700 million, brings to more than $3 billion the total U.S. "
        "security assistance commitment since the beginning of the year."
    )
    assert (package["amount"], package["announced"]) == (700e6, "2024-05-21")


def test_the_ninth_since_a_day_is_one_package():
    package = only(
        "This authorization for Ukraine of $140 million is the ninth drawdown of arms, equipment, and supplies from "
        "Department of Defense inventories since August 2021."
    )
    assert package["amount"] == 140e6


def test_last_weeks_sum_is_another_than_todays_equal_one():
    found = packages(
        "Today I have authorized a drawdown for Ukraine valued at up to $600 million. It builds on last week's $600 "
        "million package of arms for Ukraine."
    )
    assert [(p["announced"], p["status"]) for p in found] == [("2024-05-21", "approved"), (None, "announced")]


def test_the_previous_sum_is_another_than_the_new_equal_one():
    found = packages(
        "We talked about the $700 million security assistance package for Ukraine that the President authorized "
        "yesterday.\n\nThe previous $700 million package of arms for Ukraine is only a few days from closing out."
    )
    assert [p["announced"] for p in found] == ["2024-05-20", None]


def test_what_an_authority_may_give_and_what_was_given_over_months_are_no_packages():
    raised = "Congress has increased the cap on this drawdown authority for Ukraine from $90 million to $8 billion."
    assert packages(raised) == []
    assert (
        packages(
            "Over the course of the last three months Congress appropriated and the President allocated roughly $12 "
            "billion in security assistance for Ukraine."
        )
        == []
    )


def test_announced_earlier_this_month_gives_the_month():
    package = only("President Ann Lee announced an arms package for Ukraine worth $350 million earlier this month.")
    assert package["announced"] == "2024-05"
    assert only("The United States pays $350 million for arms that went to Ukraine last month.")["announced"] is None


def test_the_sum_told_again_after_todays_authorization_has_its_day():
    package = only(
        "The United States stands behind Ukraine and our European allies and partners by giving a $900 million "
        "drawdown.\n\nToday I am authorizing our 30th drawdown of arms for Ukraine. This $900 million drawdown holds "
        "howitzers."
    )
    assert (package["donor"], package["announced"]) == ("US", "2024-05-21")


def test_a_common_noun_for_the_authority_is_told_by_its_name():
    package = only("I am authorizing a drawdown of arms and equipment for Ukraine of up to $420 million.")
    assert package["programme"] == "Presidential Drawdown Authority"


def test_who_announces_at_a_meeting_gives_not_its_host():
    package = only(
        "Estonian Defence Minister Hanno Pevkur went to Brussels on Monday. At the NATO meeting, hosted by Secretary "
        "General Mark Rutte, he announced 20 million euros in military aid for Ukraine."
    )
    assert package["donor"] == "EE"
    package = only(
        "At the talks, hosted by US Defense Secretary Lloyd Austin, Pal Jonson, Sweden's defence minister, announced "
        "a new package of military aid for Ukraine. It is worth 100 million euros.",
        title="New arms for Ukraine",
    )
    assert package["donor"] == "SE"


def test_who_is_thanked_for_a_sum_of_its_own_gives_it():
    found = packages(
        "US Defense Secretary Lloyd Austin praised Norway, which recently pledged 300 million euros in military aid to "
        "Ukraine. He thanked Germany, which on Monday announced deliveries of arms worth 680 million euros."
    )
    assert [(p["amount"], p["donor"]) for p in found] == [(300e6, "NO"), (680e6, "DE")]
