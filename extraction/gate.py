"""The relevance gate: could this article be about arms coordination at all? Cheap, and meant to miss nothing."""

from __future__ import annotations

_ALONE = (
    "contact group",
    "ramstein",
    "udcg",
    "aukus",
    "joint expeditionary force",
    " jef ",
    "nb8",
    "nordic-baltic",
    "northern group",
    "nordefco",
    "armament",
    "arms director",
    "capability coalition",
    "military aid",
    "military assistance",
    "security assistance",
    "security package",
    "arms package",
    "weapons package",
    "aid package",
    "defence minister",
    "defense minister",
    "defence secretar",
    "defense secretar",
    "secretary of defense",
    "secretary of war",
    "secretary of state for defence",
    "nato",
    "pentagon",
    "foreign military financing",
    "drawdown",
    "peace facility",
    "military support",
    "ministry of defen",
    "minister of defen",
    "minister of national defen",
    "defence coalition",
    "defense coalition",
    "drone coalition",
    "it coalition",
    "coalition of the willing",
    "weapons",
    "munition",
    "air defen",
    "missile",
    "defence cooperation",
    "defense cooperation",
    "joint chiefs",
    "defence ministry",
    "defense ministry",
    "armed forces",
    "defence staff",
    "defence procurement",
    "admiral",
    "navy",
    "chief of defen",
    "chiefs of defen",
    "howitzer",
    "himars",
    "security cooperation",
    "security guarantees",
)
_PAIRED = ("defence", "defense", "military", "arms", "troops", "army", "armed forces", "war ", "ukraine", "security")
_WITH = (
    "minister",
    "meeting",
    "summit",
    "million",
    "billion",
    "bn",
    "package",
    "coalition",
    "secretary",
    "president",
    "talks",
)


def is_relevant(content: str) -> bool:
    """True unless nothing in the content speaks of defence, arms or military aid."""
    lower = content.lower()
    if any(word in lower for word in _ALONE):
        return True
    return any(word in lower for word in _PAIRED) and any(word in lower for word in _WITH)
