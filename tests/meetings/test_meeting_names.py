"""What a meeting is called."""

from __future__ import annotations

import uuid

import pytest

from meetings.models import ContactGroup, Meeting

UDCG = ContactGroup(pk=uuid.uuid4(), name="Ukraine Defense Contact Group", group_kind="contact_group")
DIRECTORS = ContactGroup(pk=uuid.uuid4(), name="UDCG National Armaments Directors", group_kind="armaments_directors")
NAMELESS = ContactGroup(pk=uuid.uuid4())


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"group": UDCG, "ordinal": 27, "level": "ministers"}, "27th Ukraine Defense Contact Group"),
        ({"group": UDCG, "ordinal": 21}, "21st Ukraine Defense Contact Group"),
        (
            {"group": UDCG, "ordinal": 1, "level": "armaments_directors"},
            "1st Ukraine Defense Contact Group, armaments directors",
        ),
        ({"group": DIRECTORS, "ordinal": 2, "level": "armaments_directors"}, "2nd UDCG National Armaments Directors"),
        ({"group": UDCG, "level": "leaders"}, "Ukraine Defense Contact Group, leaders"),
        ({"title": "NATO defence ministers"}, "NATO defence ministers"),
        ({}, "Unnamed meeting"),
        ({"group": NAMELESS, "level": "ministers", "title": "meeting of six ministers"}, "meeting of six ministers"),
        ({"group": NAMELESS, "ordinal": 2}, "Unnamed meeting"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_meeting_is_called_by_number_and_group(columns, name):
    assert Meeting(**columns).name == name
