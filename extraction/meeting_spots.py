"""The town, the building and the nation of a meeting put together from the places that its words name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.gazetteer import Hit, subdivisions
from extraction.meeting_buildings import MINISTRY
from extraction.reading import Reading

Span = tuple[int, int]

NAMES_OF_STATES = "|".join(n for n in subdivisions() if len(n) > 3)
_CODES_OF_STATES = "|".join(n for n in subdivisions() if len(n) < 4)
# "in Claymont, Delaware", "at Camp David, MD": the nation of a town or building by its state or province.
_SUBDIVISION = re.compile(rf",? \(?(?:in )?(?P<name>{NAMES_OF_STATES})\b(?!-)|, (?P<code>{_CODES_OF_STATES})\b")


@dataclass(frozen=True)
class Placed:
    """Where a meeting is: the town, its nation, the building or base, each with its words."""

    place: str | None
    place_span: Span | None
    country: str | None
    country_span: Span | None
    venue: str | None
    venue_span: Span | None

    @property
    def weight(self) -> int:
        """How much it says: a town more than a building, a building more than a country."""
        return 4 * (self.place is not None) + 2 * (self.venue is not None) + (self.country is not None)


@dataclass(frozen=True)
class Spot:
    """A candidate: town, venue or nation, with its cost (distance from the meeting's words)."""

    kind: str
    start: int
    end: int
    cost: float
    hit: Hit | None


def row_country(hit: Hit) -> str:
    row = hit.get("venue", "place", "capital", "nation")
    return row.country if row is not None else ""


def put_together(reading: Reading, spots: list[Spot]) -> Placed | None:
    """The nearest town, building and nation put together, where they can belong to each other."""

    def nearest(*kinds: str) -> Spot | None:
        return min((s for s in spots if s.kind in kinds), key=lambda s: s.cost, default=None)

    venue, town = nearest("venue", "described"), nearest("town", "ramstein")
    unlisted, nation, capital = nearest("unlisted"), nearest("nation"), nearest("capital-of")
    # "E5 confers in Berlin, next round in Poland": a state in the meeting's own words, a town in another's.
    if town is not None and nation is not None and nation.cost == 0.0 < town.cost and town.hit and nation.hit:
        town = town if row_country(town.hit) == nation.hit.need("nation").value else None
    if unlisted is not None and unlisted.cost < 75 and (town is None or unlisted.cost + 15 < town.cost):
        town = unlisted
    place = country = building = None
    place_span = country_span = building_span = None
    if venue is not None:
        building, building_span = reading.view[venue.start : venue.end], (venue.start, venue.end)
        entry = venue.hit.get("venue") if venue.hit is not None else None
        if entry is not None and entry.country and not re.search(r"headquarters", building, re.I):
            country, country_span = entry.country, building_span
        if (
            entry is not None
            and entry.extra
            and entry.extra != entry.value
            and set(entry.extra.lower().split()) & set(building.lower().split())
        ):
            place, place_span = entry.extra, building_span
        # "at the Ministry of Defence of Lithuania"
        elif entry is None and re.search(MINISTRY, building):
            homes = [h for h in reading.hits_in(venue.start, venue.end) if h.get("nation", "demonym")]
            if homes:
                country, country_span = homes[-1].need("nation", "demonym").value, building_span
    if town is not None:
        place_span = (town.start, town.end)
        place = reading.view[town.start : town.end]
        row = town.hit.get("place", "capital") if town.hit is not None else None
        if row is not None:
            place = place if row.kind == "place" else row.name
            # "The Hague" keeps its article.
            if row.name == f"The {place}" and reading.view.startswith("The ", town.start - 4):
                place, place_span = f"The {place}", (town.start - 4, town.end)
            country, country_span = row.country, place_span
        elif town.kind == "ramstein":
            country, country_span = "DE", place_span
    built = town or (venue if venue is not None and country is None else None)
    state = _SUBDIVISION.match(reading.view, built.end) if built is not None else None
    # A code says less than what a list knows of the town.
    if state is not None and (country is None or state["name"]):
        country, country_span = subdivisions()[state["name"] or state["code"]], state.span(state.lastgroup or 0)
    if country is None and nation is not None and (town or venue or nation.cost < 60):
        row = nation.hit.get("nation") if nation.hit is not None else None
        country = row.value if row is not None else subdivisions()[reading.view[nation.start : nation.end]]
        country_span = nation.start, nation.end
    if country is None and capital is not None:
        hits = [h for h in reading.hits_in(capital.start, capital.end) if h.get("demonym")]
        if hits:
            country, country_span = hits[0].need("demonym").value, (capital.start, capital.end)
    if capital is not None and place is None and building is None and country is not None:
        # "TALLINN - … met in the Estonian capital": the text says which town that is.
        seat = reading.capitals.get(country)
        if seat is not None:
            place, place_span = seat.need("capital").name, (seat.start, seat.end)
    if place is None and country is None and building is None:
        return None
    return Placed(place, place_span, country, country_span, building, building_span)
