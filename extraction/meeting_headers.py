"""Where a transcript was spoken: "Sokha Hotel / Phnom Penh, Cambodia / 4:37 P.M.", or "| Vilnius, Lithuania" in the
headline. For the meeting at which it was spoken, that is its place."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.gazetteer import subdivisions
from extraction.meeting_spots import Placed
from extraction.reading import Reading

Span = tuple[int, int]

# A transcript opens with a few short lines before its first words.
_MOST_LINES = 5
_TOWN = r"(?P<town>[A-Z][\w.'\u00c0-\u017e -]{2,30})(?:, | \()(?P<home>[A-Z][\w.'\u00c0-\u017e -]{1,30})\)?"
# "NATO Headquarters, Brussels (Belgium)"
_TOWN_LINE = re.compile(rf"(?:[A-Z][\w.'\u00c0-\u017e -]{{2,40}}, )?{_TOWN}")
_TITLE_END = re.compile(rf"(?:\||\bin|\bat|,) {_TOWN}$")
_BUILDING_LINE = re.compile(
    r"(?:[A-Z\u00c0-\u017e][\w'\u00c0-\u017e-]*|of|the|and|de|la|du) ?(?:[\w.'\u00c0-\u017e-]+ ?){0,6}"
)
# Rooms of the house where the press is briefed.
_BRIEFED = re.compile(r"\b(?:[Bb]riefing|[Tt]eleconference|[Pp]ress|[Vv]ia|Room|Lawn|Garden|Office|\d)\b|:")


def place_of_header(reading: Reading) -> Placed | None:
    """Rule place-header: the town and nation, with the building above them, of a transcript's first lines or of the end
    of its headline; None where they name no town of a nation that is known."""
    lines = [s for s in reading.sentences[: _MOST_LINES + 2] if not s.is_title and len(s.text) < 60][:_MOST_LINES]
    for index, line in enumerate(lines):
        match = _TOWN_LINE.fullmatch(line.text.strip())
        found = _placed(reading, line.start, match) if match is not None else None
        if found is None:
            continue
        above = lines[index - 1] if index else None
        return _in_building(found, above) if above is not None and above.index == line.index - 1 else found
    for title in (s for s in reading.sentences[:2] if s.is_title):
        match = _TITLE_END.search(title.text.strip())
        if match is not None:
            return _placed(reading, title.start, match)
        town = next((h for h in reading.hits_in(title.end - 30, title.end) if h.end >= title.end - 1), None)
        row = town.get("capital", "place") if town is not None else None
        if town is not None and row is not None and reading.view.endswith(" in ", title.start, town.start):
            return Placed(town.text, (town.start, town.end), row.country, (town.start, town.end), None, None)
    return None


def _placed(reading: Reading, offset: int, match: re.Match[str]) -> Placed | None:
    town: Span = (offset + match.start("town"), offset + match.end("town"))
    home: Span = (offset + match.start("home"), offset + match.end("home"))
    nation = next((e for h in reading.hits_in(*home) if (e := h.get("nation")) is not None), None)
    country = nation.value if nation is not None else subdivisions().get(match["home"])
    if country is None:
        return None
    # "Camp David, Maryland" is a building, not a town.
    building = next((h for h in reading.hits_in(*town) if h.get("venue") and not h.get("capital")), None)
    if building is not None:
        return Placed(None, None, country, town, match["town"], town)
    return Placed(match["town"], town, country, home, None, None)


def _in_building(found: Placed, above: Sentence) -> Placed:
    """The place with the building on the line above, unless that is a room."""
    if found.venue is not None or _BRIEFED.search(above.text) or not _BUILDING_LINE.fullmatch(above.text.strip()):
        return found
    span = (above.start, above.start + len(above.text.rstrip()))
    return Placed(found.place, found.place_span, found.country, found.country_span, above.text.strip(), span)
