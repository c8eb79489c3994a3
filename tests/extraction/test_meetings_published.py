"""What one article publishes of a meeting must be right: its day, town and state. All sentences are written here."""

from retold import meetings


def test_the_day_of_a_month_named_first():
    """Rule date-narrowed: a day of that month in the same sentence or at the start of the next one."""
    told = {
        "In August the Northern Group met online. The date was 27 August, and Germany spoke of shells.": "2025-08-27",
        "The Northern Group came together last month in Oslo, on 27 August, to speak of drones.": "2025-08-27",
        "In October, on the 14th, the ministers of the Northern Group will meet in Oslo.": "2025-10-14",
        "The Northern Group's ministers met in July in Oslo. They spoke of arms. On 3 July a drone fell.": "2025-07",
    }
    assert {text: meetings(text)[0]["starts"] for text in told} == told


def test_what_would_be_attended_has_not_been():
    """Rule status-to-be: the participle after "will be" and "to be" tells of what is to come."""
    (meeting,) = meetings("It was hoped that Monday's session of the Northern Group would be attended by ministers.")
    assert (meeting["starts"], meeting["status"]) == ("2025-09-22", "planned")


def test_where_somebody_is_helped_nobody_meets():
    """Rule place-helped: a capital that is armed, a mission's goal and a Pentagon news conference are no place."""
    places = {
        "Europe takes the lead in arming Kyiv at the talks of the Ukraine Defense Contact Group on Monday.": None,
        "On Monday the Coalition of the Willing met. A mission will travel to Kyiv to see what its army needs.": None,
        "Ann Berg told of Monday's session of the Ukraine Defense Contact Group at a Pentagon news conference.": None,
        "The Ukraine Defense Contact Group met in Kyiv on Monday to arm Ukraine.": "Kyiv",
        "Ministers of the Northern Group travelled to Warsaw on Monday to meet there.": "Warsaw",
    }
    assert {text: meetings(text)[0]["place"] for text in places} == places


def test_next_friday_is_not_tomorrow():
    """Rule date-next: said on a Tuesday, next Thursday is that of the week after; next Monday is the coming one."""
    days = {
        "The Northern Group meets in Oslo next Thursday.": "2025-09-25",
        "The Northern Group meets in Oslo next Tuesday.": "2025-09-23",
        "The Northern Group meets in Oslo next Monday.": "2025-09-22",
        "The Northern Group meets in Oslo on Thursday.": "2025-09-18",
    }
    assert {text: meetings(text)[0]["starts"] for text in days} == days
