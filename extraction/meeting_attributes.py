"""What a sentence says of the meeting it mentions: where, and how many nations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction import lexicon
from extraction.dates import MONTHS
from extraction.gazetteer import Hit
from extraction.lexicon import number_of
from extraction.meeting_dates import territory
from extraction.meeting_mentions import MeetingMention
from extraction.money import qualifier_before
from extraction.reading import Reading

Span = tuple[int, int]

_STATES = r"(?:\w+ )?(?:nations?|countries|states|partners|allies|members|delegations|participants)"
_NUM = (
    r"(?P<count>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty)(?:[- ](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_ATTENDANCE = (
    re.compile(rf"\b{_NUM} (?:out )?of (?:the|its) (?:\w+ )?{_STATES} (?:were|was|are) (?:represented|present)", re.I),
    re.compile(
        rf"\b(?:talks|meeting|session|gathering|summit) of (?:more than |some |about |around |over |"
        rf"nearly |almost )?{_NUM} {_STATES}\b",
        re.I,
    ),
    re.compile(
        rf"(?<!of the )(?<!of its )\b{_NUM} {_STATES}\b[^.;]{{0,40}}?\b(?:attend\w*|tak(?:e|ing|es) part|"
        rf"took part|participat\w+|represented|gather\w*|"
        r"present|joined|joining|were at|sent|on hand|met|connected|are due at|at the table)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:representatives|ministers|officials|delegations|directors|chiefs|leaders|heads|delegates|"
        r"commanders|envoys|counterparts|"
        r"secretaries|members|participants)\b[^.;,]{0,30}?\b(?:of|from|representing) (?:more than |over |about |"
        r"around |some |nearly |almost |at least |up to |the )*"
        rf"{_NUM} {_STATES}\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:attended by|attendance of|participation of|brought together|bringing together|"
        rf"taking part at|joined by|"
        rf"brings together|gathered|gathering|involving|drew)\b[^.;,]{{0,30}}?{_NUM}\b(?! (?:percent|"
        rf"per cent|million|billion))",
        re.I,
    ),
    re.compile(
        rf"\b{_NUM}[- ](?:nation|country|state|member)\b(?= (?:meeting|session|talks|summit|gathering|"
        rf"conference))",
        re.I,
    ),
    re.compile(
        rf"\bnumber of (?:countries|nations|states|participants) \w+ (?:part )?(?:at |to |was |"
        rf"is )*{_NUM}\b",
        re.I,
    ),
)
# A building or base that no list knows: "at the US air base in Germany", "at Schloss Meseberg castle".
_VENUE = re.compile(
    r"\bat (?:the |an? )?(?P<venue>(?:[A-Z][\w.'-]+ ){0,3}(?:[Aa]ir ?[Bb]ase|[Mm]ilitary [Bb]ase|"
    r"[Nn]aval [Bb]ase|[Hh]eadquarters|[Cc]astle|"
    r"[Pp]alace|[Bb]arracks)(?: in [A-Z]\w+)?)"
)
_TOWN = re.compile(
    r"\bin (?:nearby |the (?:\w+ )?(?:city|town|port|capital|resort|"
    r"village) of )?(?P<town>[A-Z][\w\u00c0-\u017e'-]+(?: [A-Z][\w\u00c0-\u017e'-]+)?)"
    r"(?=[ ,.)(;]|$)(?! (?:Ministry|Minister|President|Group|Coalition|Compact))"
)


@dataclass(frozen=True)
class Placed:
    """Where a meeting is: the town, its nation, the building or base, each with its words."""

    place: str | None
    place_span: Span | None
    country: str | None
    country_span: Span | None
    venue: str | None
    venue_span: Span | None


def place_of(
    reading: Reading, mention: MeetingMention, siblings: list[MeetingMention], names: list[Span]
) -> Placed | None:
    """Rules place-*: "in Brussels", "at Ramstein Air Base, Germany", "Brussels will host"; never the dateline."""
    start, end = territory(mention, siblings)
    start = max(start, reading.body_start(mention.sentence))
    view = reading.view
    place: Hit | None = None
    venue: Hit | None = None
    nation: Hit | None = None
    for hit in reading.hits_in(start, end):
        if any(a <= hit.start < b for a, b in names):
            continue
        if mention.group is not None and mention.group.start <= hit.start < mention.group.end:
            continue
        before = view[max(start, hit.start - 28) : hit.start]
        located = bool(
            re.search(
                r"\b(?:in|at|to|into|near|outside|from|(?:set|planned|scheduled|slated|due) for)\s(?:the\s|"
                r"nearby\s)?(?:\w+\s)?$",
                before,
            )
        ) and not re.search(
            r"\b(?:according|invasion of|told|support|aid|war|up|due|thanks|members?|help|assistance|attack|"
            r"interest|weapons|ambassador|"
            r"\d{2,}\s\w+|forces|troops|factories|plants?|weather|people|defen[cs]e|situation|fighting|"
            r"production|companies|developments)\s(?:in|to|at|from)\s(?:the\s)?$",
            before,
        )
        hosting = bool(
            re.match(
                r"\s(?:will |is to |is set to |to |was |will be )?(?:host|play host|hosts|hosted|hosting|the venue)",
                view[hit.end : hit.end + 24],
            )
        )
        listed = bool(re.search(r"(?:, |\()$", before)) and place is not None
        # "at the Pentagon" may be where somebody speaks; a seat of government is a venue only right by the meeting.
        seat = hit.get("metonym") is not None and not re.search(
            r"\b(?:held|met|meets?|meeting|meetings|session|place|gathered|gather|hosted|convened?|summit|"
            r"talks)\s(?:\w+\s)?at\s(?:the\s)?$",
            before,
        )
        if (
            hit.get("venue")
            and venue is None
            and located
            and not seat
            and not re.match(r"'s", view[hit.end : hit.end + 2])
        ):
            venue = hit
        elif (
            hit.get("place", "capital")
            and place is None
            and (located or hosting)
            and not re.match(r"'s", view[hit.end : hit.end + 2])
        ):
            place = hit
        elif (
            hit.get("nation")
            and nation is None
            and (located or listed or re.search(r", $", before))
            and not re.match(r"'s", view[hit.end : hit.end + 2])
            and (
                re.search(r"\bin\s(?:the\s)?$", before) or (re.search(r", $", before) and (place or venue) is not None)
            )
        ):
            nation = hit
    ramstein = None
    if place is None and venue is None:
        ramstein = re.compile(
            r"\b(?:in|at|to|set for|planned for) (?P<town>Ramstein)(?![- ](?:[Ff]ormat|[Gg]roup|[Mm]eeting|\d))"
        ).search(view, start, end)
    unknown = None
    if place is None and ramstein is None and (venue is None or venue.get("metonym") is None):
        unknown = _unknown_town(reading, mention, start, end)
    described = None if venue is not None else _VENUE.search(view, start, end)
    if not (place or venue or nation or ramstein or described or unknown):
        return None
    town = country = building = None
    town_span = country_span = building_span = None
    if venue is not None:
        entry = venue.need("venue")
        building, building_span = venue.text, (venue.start, venue.end)
        if entry.extra and set(entry.extra.lower().split()) & set(venue.text.lower().split()):
            town, town_span = entry.extra, building_span
        if entry.country and not re.search(r"headquarters", venue.text, re.I):
            country, country_span = entry.country, building_span
    if described is not None:
        building, building_span = described["venue"], described.span("venue")
    if place is not None:
        entry = place.need("place", "capital")
        town = place.text if entry.kind == "place" else entry.name
        town_span = (place.start, place.end)
        country, country_span = entry.country, town_span
    elif ramstein is not None:
        town, town_span = "Ramstein", ramstein.span("town")
        country, country_span = "DE", town_span
    elif unknown is not None:
        town, town_span = view[slice(*unknown)], unknown
        following = next((h for h in reading.hits_in(unknown[1], min(end, unknown[1] + 6)) if h.get("nation")), None)
        nation = following or nation
    if country is None and nation is not None:
        entry = nation.need("nation")
        country, country_span = entry.value, (nation.start, nation.end)
    return Placed(town, town_span, country, country_span, building, building_span)


def _unknown_town(reading: Reading, mention: MeetingMention, start: int, end: int) -> Span | None:
    """Rule place-unlisted: a capitalised word after "in" right by the meeting is its town, though no list has it."""
    for match in _TOWN.finditer(reading.view, start, end):
        left, right = match.span("town")
        if left < mention.start - 120 or left > mention.right + 70 or reading.hits_in(left, right):
            continue
        if match["town"].split()[0].lower() in lexicon.NOT_NAMES or match["town"].lower() in MONTHS:
            continue
        return left, right
    return None


def attendance_in(reading: Reading, start: int, end: int) -> tuple[int, Span, str | None] | None:
    """Rule count-attendance: how many nations a text says are at a meeting, with the number's span."""
    text = reading.view[start:end]
    for pattern in _ATTENDANCE:
        for match in pattern.finditer(text):
            number = number_of(match["count"])
            if number is None or not 2 < number < 200:
                continue
            if re.search(r"\b(?:exercise|troops|offered|pledged|format|donat\w+|coalition)\b", match.group(), re.I):
                continue
            span = (start + match.start("count"), start + match.end("count"))
            return number, span, qualifier_before(reading.view, span[0])
    return None
