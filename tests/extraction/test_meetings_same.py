"""One meeting told twice, and what another is not: days without a year, headlines, numbers of parts."""

from retold import meetings


def test_friday_is_the_friday_that_was_dated():
    """Rule meeting-join: without a date of publication "on Friday" may be "Friday, November 14, 2025"."""
    (found,) = meetings(
        "On Friday, November 14, 2025, the deputy minister of Poland took part in Berlin in a meeting of the defense "
        "ministers of the E5 Group. On Friday a meeting was held with representatives of Poland, Germany, France and "
        "Italy. In the second part of the talks Ukraine's minister spoke.",
        published=None,
    )
    assert (found["contact_group"], found["starts"], found["ordinal"]) == ("E5 Group", "2025-11-14", None)


def test_a_declaration_following_a_meeting_is_of_no_next_one():
    (found,) = meetings(
        "Following a meeting of the coalition of the willing in France on Tuesday, January 6, a declaration was "
        "signed. It states that members of the coalition of the willing gathered in Paris that day.",
        published=None,
    )
    assert (found["place"], found["status"]) == ("Paris", "held")


def test_a_press_conference_following_a_ministerial():
    """Rule meeting-noun: only what stands right before the noun qualifies it."""
    (found,) = meetings(
        "Good afternoon, everyone. It is great to be back at NATO.",
        "Secretary of Defense Paul Marsh Press Conference Following the NATO Defense Ministerial in Brussels, Belgium",
    )
    assert (found["place"], found["country"]) == ("Brussels", "BE")


def test_the_groups_meeting_of_a_day():
    """Rule meeting-group-owned."""
    (found,) = meetings(
        "The Ukraine Defense Contact Group is a force of its own. On the sidelines of the group's April 21 meeting at "
        "Ramstein Air Base staying united was the subject.",
        published=None,
    )
    assert (found["contact_group"], found["place"]) == ("Ukraine Defense Contact Group", "Ramstein")


def test_talks_with_a_counterpart_are_not_the_summit_to_come():
    """Rules meeting-of-two, meeting-for-group."""
    (found,) = meetings(
        "The drone coalition grows. Ukraine's Defense Minister Denys Shmyhal agreed with his Latvian counterpart, "
        "Andris Spruds, on its plans. Latvia will go on giving aid, he said after the talks. An international summit "
        "to promote the work of the coalition will be hosted by Latvia next year."
    )
    assert (found["status"], found["contact_group"], found["country"]) == ("planned", "drone coalition", "LV")


def test_our_meeting_today_is_not_the_next_one():
    """Rules meeting-join, ordinal-apposed."""
    at_hand, coming = meetings(
        'The defence ministers of the E5 Group met in Berlin on 14 November 2025. "I would like to invite all of you '
        "to the next meeting of our group next year. Our meeting today is already the sixth in this format, held among "
        'ministers," the minister of Poland said.',
        published=None,
    )
    assert (at_hand["starts"], at_hand["ordinal"]) == ("2025-11-14", 6)
    assert (coming["status"], coming["ordinal"]) == ("planned", None)


def test_a_new_paragraph_comes_back_to_the_meeting_at_hand():
    """Rule meeting-back-to."""
    found = meetings(
        "The drone coalition met in Riga on Monday. The previous session took place in Oslo in May 2025.\n\nSweden's "
        "minister Anna Berg, who chaired the talks, called for more."
    )
    assert [(m["place"], m["chairs"]) for m in found] == [("Riga", ["Anna Berg"]), ("Oslo", [])]


def test_a_council_that_was_to_sit_on_the_day_told():
    """Rules date-neighbour, meeting-in-turn."""
    council, group = meetings(
        "The secretary general opened a day of meetings on Wednesday.\n\nThe NATO-Ukraine Council was to sit first, "
        "with Ukraine's minister. After it came the Ukraine Defence Contact Group, led by the German minister."
    )
    assert (council["contact_group"], council["starts"]) == (None, "2025-09-10")
    assert group["contact_group"] == "Ukraine Defence Contact Group"


def test_a_summit_prepared_for_is_planned():
    """Rule status-planned."""
    found = meetings(
        "The defence ministers of the E5 met in Krakow on Monday. The ministers also prepared for the NATO summit in "
        "Ankara."
    )
    assert [(m["place"], m["status"]) for m in found] == [("Krakow", "held"), ("Ankara", "planned")]


def test_a_day_earlier_is_no_earlier_session():
    """Rule meeting-join: nor is gathering information a gathering."""
    (found,) = meetings(
        "Some 50 nations linked up by video on Tuesday for the seventh round of the Ukraine Defense Contact Group. "
        'A blast a day earlier overshadowed the session. "We are still gathering information," the secretary said.',
        "Allies to weigh air defence at seventh Contact Group",
    )
    assert (found["ordinal"], found["starts"]) == (7, "2025-09-16")


def test_who_is_organising_the_meeting():
    """Rule chair-object."""
    (found,) = meetings(
        "The next meeting of the Ukraine Defence Contact Group (also known as the Ramstein Format), which the UK and "
        "Germany are organising, is on 11 April 2026."
    )
    assert found["chairs"] == ["GB", "DE"]


def test_a_groups_meeting_of_one_day_is_told_again():
    """Rules meeting-told-again, meeting-of-others: and the European ministers' meeting is none of the group's."""
    found = meetings(
        "The next meeting of the Ukraine Defence Contact Group is scheduled for 26 September. The Dutch minister said "
        "so before the meeting of European defence ministers.\n\nThe Pentagon noted that the Contact Group would meet "
        "on 26 September, its 21st meeting."
    )
    (group,) = [m for m in found if m["starts"] == "2025-09-26"]
    assert (group["contact_group"], group["ordinal"]) == ("Ukraine Defence Contact Group", 21)


def test_the_month_and_the_day_are_of_one_meeting():
    """Rule meeting-told-again."""
    found = meetings(
        "On 23 September the Ukraine Defense Contact Group convenes in Brussels. Last month the Contact Group had met "
        "on the screen. It was 14 August, and the minister used that 30th session to ask for interceptors."
    )
    assert [(m["ordinal"], m["starts"]) for m in found] == [(None, "2025-09-23"), (30, "2025-08-14")]


def test_the_number_before_is_that_of_the_last_meeting():
    """Rule meeting-number-before."""
    found = meetings(
        "The Ukraine Defense Contact Group will gather for its 31st meeting in Brussels on 23 September. The group "
        "last met on 14 August in London. After the 30th meeting the minister announced two coalitions."
    )
    assert [(m["ordinal"], m["starts"]) for m in found] == [(31, "2025-09-23"), (30, "2025-08-14")]


def test_the_five_ministers_are_those_of_the_group_named_last():
    """Rule meeting-body-of-group."""
    found = meetings(
        "3 December is the day of the Ukraine Defense Contact Group's next meeting, the minister told his colleagues "
        "from the E5 countries on Monday. He had joined the five ministers by video conference."
    )
    assert {m["contact_group"] for m in found} == {"Ukraine Defense Contact Group", "E5 countries"}


def test_a_contact_group_in_small_letters_is_ukraines_where_that_is_said():
    """Rule group-kept."""
    (found,) = meetings(
        "In Brussels on Monday the contact group that coordinates arms deliveries to Ukraine was meeting."
    )
    assert found["contact_group"] == "contact group"
