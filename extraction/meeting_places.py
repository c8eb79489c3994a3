"""Where a meeting is: the town, country, building or base that its sentences give.

Each name after a preposition of place is a candidate; the nearest to the meeting's own words wins, names beyond
another meeting or another clause count as far. A town that no list knows is taken where it stands right by the
meeting; its country then follows from the words after it or from the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extraction import lexicon
from extraction.dates import MONTHS
from extraction.meeting_buildings import BUILDING, BUILDING_APPOSED, OWNED_BUILDING, VENUE
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_spots import NAMES_OF_STATES, Placed, Spot, put_together, row_country
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screened

Span = tuple[int, int]

_PREPOSITION = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Tt]o|into|near|outside|aboard|inside|(?:set|planned|scheduled|slated|due|booked|"
    r"pencilled in) for|"
    r"move(?:s|d)? to)\s(?:the\s|nearby\s|its\s|their\s|historic\s|a\s)?"
    r"(?:\w+\s|(?:[\w-]+\s){0,3}(?:city|town|port|capital|resort|island|village)\s(?:of\s)?)?$"
)
# "according to Kyiv", "the war in Ukraine", "factories in Poland": no place of a meeting.
_ELSEWHERE = re.compile(
    r"\b(?:according|invasion of|told|support|aid|war|(?<!set )up|due(?= to)|thanks|members?|help|assistance|"
    r"attacks?|crisis|conflict|"
    r"portfolio|post|office|job|"
    r"given|money|"
    r"interest|weapons|ambassador|\d{2,}\s(?!minutes|hours|and|then|again|"
    r"countries|nations|states|ministers|leaders|delegations|partners|allies|members|officials|guests|delegates|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w+|forces|troops|"
    r"factor(?:y|ies)|plants?|weather|people|defen[cs]e|"
    r"situation|fighting|production|companies|developments|said|spoke|speaking|interview|reporters|journalists|embassy|based|"
    r"commands?|born|training|deliver\w*|sen[dt]|flew home|return\w*|"
    r"(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)back|made|built|stationed|talks to|goes|"
    r"goes straight|go straight|available|opposite number|contract|worth)\s(?:in|to|at|from)\s(?:the\s)?$"
)
# "to help Kyiv", "in arming Kyiv": who is helped; "a mission will travel to Kyiv": where others go.
_HELPED = re.compile(
    r"\b(?:to (?:help|arm|provide|supply|support|aid|assist|defend|protect|equip|back|give|offer|send)|"
    r"in (?:help|arm|provid|supply|support|aid|assist|defend|protect|equipp|back)ing) $|"
    r"\b(?:mission|officers|experts|planners|instructors|soldiers|engineers|teams?) (?:\w+ ){0,3}?"
    r"(?:travel\w*|go|fly|flew) to $"
)
# "at a Pentagon news conference"
_FOR_REPORTERS = re.compile(r" (?:news|press) (?:conference|briefing)s?\b")
_SPOKE = re.compile(r"\b(?:spoke|speaking|said|speaks) in $")
_AT_MEETING = re.compile(
    r",?(?: on [A-Z]\w+day| today| yesterday| on \d{1,2} [A-Z]\w+| on [A-Z]\w+\.? \d{1,2})?,? "
    r"(?:at|during) (?:an?|the|its)\b"
)
_OF_TOWN = re.compile(
    r" (?:[Tt]rilateral |[Ll]eaders'? )?(?i:summit|meeting|gathering|session|conference|ministerial|talks|round)\b"
)
_THE_SOMETHING = re.compile(r"\b[Tt]he [a-z]+ $")
_HOSTING = re.compile(
    r"\s(?:(?:(?:on|this) )?(?:[A-Z][a-z]+day|\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2}) )?"
    r"(?:will |is to |is set to |is due to |to |was |will be |would |had |has )?"
    r"(?:be )?(?:host|play(?:s|ed)? host|hosts|hosted|hosting|"
    r"(?:the|a) (?:venue|host|stage|scene|setting|(?:meeting )?place)|draws|drew|receives|"
    r"received|welcomes|welcomed|see[sn]\b|saw\b)|'s turn to (?:host|receive|welcome)\b"
)
_TURN = re.compile(r"'s turn\b")
# "the contact group, which usually sits at Ramstein": where it meets as a rule.
_HABIT = Screened(r"\b(?:usually|normally|typically|often|traditionally|regularly|generally)\b[^,;.]*$")
# "sessions held in Berlin (November 2024), Warsaw (January 2025) and Paris": one preposition for all.
_SERIES = re.compile(r"(?: \([^()]{3,20}\))?,? (?:and |then )?(?:in )?")
# "might come together in Brussels instead": no place is settled.
INSTEAD = re.compile(r"\b(?:might|may|could|would)\b[^.;]*\binstead\b")
_THERE = re.compile(
    r"\b(?:held|met|meets?|meeting|gather\w*|conven\w+|in session|t(?:ake|ook) place|assembl\w+|conferr?\w*|"
    r"be|is|are|was|were|been) (?:there|in the same (?:city|town|place|capital))\b"
)
_CLEFT = re.compile(r"It (?:is|was|will be) (?:in|at) [^,.;]{3,70} (?:that|where) ")
_WITHIN_TOWN = re.compile(r"\b(?:in|at|near) (?:[A-Z][\w-]+ )?[A-Z][\w-]+, $")
_AT_A_MEETING = re.compile(
    r"\b(?:held|met|meets?|place|meetings?|sessions?|gather\w*|summit|conference|talks|host\w*) in (?:the )?$"
)
_PREDICATE = re.compile(
    r"\b(?:held|hold|met|meets?|meeting|meetings|sessions?|place|gather\w*|host\w*|conven\w*|summit|talks|conference|"
    r"assembl\w*|sat|seated|opened|opens?|convened|launch\w*|ministerial|come together|came together|venue|travel\w*|"
    r"arriv\w*|came|come|flew|welcom\w*|receiv\w*|guests?|present|gathered|discuss\w*|follows|moved|be at|were at|"
    r"was at|are at|get together|got together|sit|huddle\w*|reconven\w*|due|planned|scheduled|call\w*|falls to|"
    r"(?:be|all|we're|are) (?:back|here))\b",
    re.I,
)
# "welcomed the advisers of six countries to the White House": however long the list of guests.
_RECEIVED = re.compile(
    r"\b(?:host(?:s|ed)?|welcom(?:es?|ed)|receiv(?:es?|ed)|invited|conven(?:es?|ed)) [^.;:]* (?:to|at) (?:the )?$"
)
_WHERE = re.compile(r",? where (?!(?:he|she) )")
_SINCE_MET = re.compile(r"\bsince (?:the |their |its |our )?(?:\w+ ){0,2}(?:met|gathered|convened|came together)\b")
_SEAM = re.compile(r"[;:\u2014]|,\s(?:and|while|where|who|which|whose|but|a|after|before)\b|\b(?:while|whereas)\b")
# No such meeting is held there.
_ADVERSARIES = frozenset(["RU", "BY", "KP"])
_APPOSED = re.compile(r",? ?\(?(?:in |near |outside )?(?:the )?")
_TOWN = re.compile(
    r"\b(?P<preposition>in|at) (?:nearby |the (?:\w+ )?(?:city|town|port|capital|resort|island|"
    r"village) of )?(?P<town>[A-Z][\w\u00c0-\u017e-]+(?: [A-Z][\w\u00c0-\u017e-]+)?)"
    r"(?='s |[ ,.)(;:?]|$)(?! (?:Ministry|Minister|President|Group|Coalition|Compact))"
)
# "in Trilateral Meeting", "at a time of war in Europe", "in Southeast Asia": an occasion or a part of the world.
_NO_TOWN = re.compile(
    r"\b(?:Meetings?|Summit|Session|Conference|Talks|Trilateral|Joint|Press|Congress|Parliament|Europe|Asia|Africa|"
    r"America|Pacific|Atlantic|Middle|Balkans|Baltics|Arctic|Scandinavia)\b"
)
_RAMSTEIN = Screened(
    r"\b(?:in|at|to|set for|planned for) (?P<town>Ramstein)(?![- ](?:[Ff]ormat|[Gg]roup|[Mm]eeting|\d))"
)
_CAPITAL_OF = Screened(r"(?<!visit )(?<!trip )(?<!return )\b(?:in|to|at) the (?P<demonym>[A-Z]\w+) capital\b")
# "met in Hawaii", which is no town.
_IN_SUBDIVISION = Screened(rf"\b(?:in|at) (?:[Nn]orthern |[Ss]outhern )?(?P<name>{NAMES_OF_STATES})\b(?!-| [A-Z])")
_FAR = 170  # A name further than this from the meeting's words is another's place.


def place_of(
    reading: Reading, mention: MeetingMention, siblings: list[MeetingMention], persons: People
) -> Placed | None:
    """Rules place-*: "in Brussels", "at Ramstein Air Base, Germany", "Brussels will host"; never the dateline."""
    if mention.town is not None:
        hit = next((h for h in reading.hits_in(*mention.town) if h.get("place", "capital")), None)
        return put_together(reading, [Spot("town" if hit else "unlisted", *mention.town, 0.0, hit)])
    start = reading.body_start(mention.sentence)
    # "It was the 20th meeting; the 19th was held in Brussels": the town is the 19th's.
    others = [(m.left, m.right) for m in siblings if m is not mention and (m.kind != "anaphor" or m.ordinal or m.when)]
    group = (mention.group.start, mention.group.end) if mention.group is not None else (0, 0)
    spots = [
        spot
        for spot in _spots(reading, start, mention.sentence.end, persons, group)
        if _cost(reading, spot, mention, others) < _FAR
        # "In June they met in Oslo, and in February at Belvoir Castle": each where its own words say.
        and not (mention.held and spot.start < mention.left)
    ]
    weighed = [replace(spot, cost=_cost(reading, spot, mention, others)) for spot in spots]
    return put_together(reading, weighed) or _there(reading, mention)


def _there(reading: Reading, mention: MeetingMention) -> Placed | None:
    """Rule place-there: "an informal council, held there on Monday" is in the town last named."""
    sentence = mention.sentence
    match = _THERE.search(sentence.text)
    if match is None or not mention.left - 40 <= sentence.start + match.start() <= mention.right + 90:
        return None
    for told in reversed(reading.sentences[max(0, sentence.index - 2) : sentence.index + 1]):
        end = min(told.end, sentence.start + match.start())
        towns = [
            hit
            for hit in reading.hits_in(reading.body_start(told), end)
            if hit.get("place", "capital")
            and _PREPOSITION.search(reading.view, max(told.start, hit.start - 34), hit.start)
        ]
        # "Its next stop is Copenhagen: the ministers will be there on Monday" names the town of itself.
        if not towns and told is sentence:
            towns = [hit for hit in reading.hits_in(reading.body_start(told), end) if hit.get("place", "capital")]
        if towns:
            return put_together(reading, [Spot("town", towns[-1].start, towns[-1].end, 0.0, towns[-1])])
    return None


def place_in(reading: Reading, start: int, end: int, persons: People, hosted: bool = False) -> Placed | None:
    """Rule place-follows: a sentence that goes on about a meeting places it by a verb of gathering, hosting, coming;
    one that tells who hosted it (`hosted`) by any place in it, however long the list of guests before."""
    view = reading.view
    if INSTEAD.search(view, start, end):
        return None
    spots: list[Spot] = []
    for spot in _spots(reading, start, end, persons, hosted=hosted):
        before = view[max(start, spot.start - 70) : spot.start]
        clause = _SEAM.split(before)[-1]
        hosting = bool(_HOSTING.match(view[spot.end : spot.end + 40]))
        apposed = any(other.end <= spot.start and spot.start - other.end < 12 for other in spots)
        if hosted or _PREDICATE.search(clause) or hosting or apposed:
            spots.append(Spot(spot.kind, spot.start, spot.end, float(spot.start - start), spot.hit))
    return put_together(reading, spots)


def _cost(reading: Reading, spot: Spot, mention: MeetingMention, others: list[Span]) -> float:
    """Distance to the meeting's words; clauses and other meetings between make it longer."""
    if mention.left <= spot.start < mention.right:
        return 0.0
    # "It is at the Ministry of Defense in Tokyo that the three are to meet"
    opening = mention.sentence.start
    if opening < spot.start < min(opening + 60, mention.left) and _CLEFT.match(reading.view, opening, mention.left):
        return 0.0
    own = min([mention.left, *(span[0] for span in mention.sides.values() if span[0] > mention.sentence.start)])
    if spot.start >= mention.right:
        low, high, cost = mention.right, spot.start, float(spot.start - mention.right)
    else:
        low, high = spot.end, max(spot.end, min(mention.left, own))
        cost = float(high - low) + 12
    if cost >= _FAR:
        return cost
    cost += 35 * len(_SEAM.findall(reading.view[low:high]))
    # "It is their second meeting: they started in Berlin"
    cost += _FAR * (reading.view.find(":", low, high) >= 0 and spot.start > mention.right)
    # "the Camp David summit and the ministerial in June": building and town are of their own noun alone.
    named = _OF_TOWN.match(reading.view, spot.end) if spot.kind in ("venue", "town") else None
    if named is not None and not spot.end <= mention.start < named.end():
        cost += _FAR
    # "the second meeting since their leaders met at Camp David" is told of two.
    if _SINCE_MET.search(reading.view, *sorted((spot.start, mention.end))):
        cost += _FAR
    crossed = sum(1 for left, right in others if low <= (left + right) // 2 <= high)
    return cost + _FAR * crossed


def _spots(
    reading: Reading, start: int, end: int, persons: People, group: Span = (0, 0), hosted: bool = False
) -> Iterator[Spot]:
    view = reading.view
    text = view[start:end]
    habitual = _HABIT.may_match(text)

    def barred(left: int, right: int) -> bool:
        return (group[0] < right and left < group[1]) or persons.named_in(left, right)

    before_hit: int | None = None
    for hit in reading.hits_in(start, end):
        owner = view.startswith("'s", hit.end) and not (
            OWNED_BUILDING.match(view, hit.end) or _TURN.match(view, hit.end)
        )
        if owner or barred(hit.start, hit.start + 1) or row_country(hit) in _ADVERSARIES:
            continue
        before = view[max(start, hit.start - 34) : hit.start]
        if _HELPED.search(view, max(start, hit.start - 60), hit.start) or _FOR_REPORTERS.match(view, hit.end):
            continue
        # "spoke in Brussels on Wednesday at the 19th meeting" is where it was.
        spoken_at = _SPOKE.search(before) is not None and _AT_MEETING.match(view, hit.end) is not None
        visited = _VISIT.search(before) is not None and _VISIT_FOR.match(view, hit.end, hit.end + 80) is not None
        located = spoken_at or visited or _locates(before)
        if habitual and _HABIT.search(view, max(start, hit.start - 60), hit.start):
            continue
        # A war, a crisis, demining "in Ukraine": a meeting is held there only where the words say so.
        if hit.get("nation") and hit.need("nation").value == "UA" and not _AT_A_MEETING.search(before):
            located = False
        hosting = _hosts(view[hit.end : hit.end + 40])
        # "Ramstein Air Base, Germany", "Belvoir Castle (England)": what follows a place at once belongs to it.
        apposed = before_hit is not None and bool(
            re.fullmatch(r",? ?\(?(?:in |near |outside )?(?:the )?", view[before_hit : hit.start])
        )
        located = located or (
            before_hit is not None
            and bool(hit.get("place", "capital"))
            and _SERIES.fullmatch(view, before_hit, hit.start) is not None
        )
        # "in Greenwich, London"; "brought home from Paris, where the ministers had met"
        located = located or bool(_WITHIN_TOWN.search(before) or _WHERE.match(view, hit.end))
        # "the Tallinn summit", "the Hamburg meeting": the town before the noun; a Ramstein meeting may be anywhere.
        named = (
            before.endswith(("the ", "The ", "close ", "after ", "from ", "at ", "NATO's ", "Alliance's "))
            or not before
        )
        named = named or (hit.get("venue") is not None and _THE_SOMETHING.search(before) is not None)
        of_town = named and hit.text != "Ramstein" and _OF_TOWN.match(view, hit.end) is not None
        seat = (
            hit.get("metonym") is not None
            and not hosted
            and not _predicates(view[max(start, hit.start - 60) : hit.start])
            and not _RECEIVED.search(view, max(start, hit.start - 250), hit.start)
        )
        if hit.get("venue") and (((located or apposed or hosting) and not seat) or of_town):
            yield Spot("venue", hit.start, hit.end, 0.0, hit)
        elif hit.get("place", "capital") and (located or hosting or apposed or of_town):
            yield Spot("town", hit.start, hit.end, 0.0, hit)
        elif hit.get("nation") and (
            apposed or (located and re.search(r"\b(?:in|visit to|trip to) (?:the )?$", before))
        ):
            yield Spot("nation", hit.start, hit.end, 0.0, hit)
        else:
            continue
        before_hit = hit.end
    for match in _RAMSTEIN.finditer(view, start, end, of=text):
        if habitual and _HABIT.search(view, max(start, match.start("town") - 60), match.start("town")):
            continue
        if not barred(match.start("town"), match.start("town") + 1):
            yield Spot("ramstein", *match.span("town"), 0.0, None)
    for match in VENUE.finditer(view, start, end, of=text):
        if not any(h.get("venue") for h in reading.hits_in(*match.span("venue"))):
            yield Spot("described", *match.span("venue"), 0.0, None)
    for match in _IN_SUBDIVISION.finditer(view, start, end, of=text):
        yield Spot("nation", *match.span("name"), 0.0, None)
    for match in _CAPITAL_OF.finditer(view, start, end, of=text):
        yield Spot("capital-of", *match.span("demonym"), 0.0, None)
    for match in _TOWN.finditer(view, start, end):
        left, right = match.span("town")
        first = match["town"].split()[0].lower()
        if reading.hits_in(left, right) or barred(left, right):
            continue
        # "recent developments in FPDA activities": an acronym is no town.
        if match["town"].isupper() or _NO_TOWN.search(match["town"]):
            continue
        if first.removesuffix("'s") in lexicon.NOT_NAMES or first in MONTHS or re.search(BUILDING, match["town"]):
            continue
        if view[right : right + 2] == "'s" and not OWNED_BUILDING.match(view, right):
            continue
        building = BUILDING_APPOSED.match(view, right) or (
            match["preposition"] == "at" and view[max(start, left - 30) : left].endswith(("fortress at ", "base at "))
        )
        yield Spot("described" if building else "unlisted", left, right, 0.0, None)


# A sentence is gone through once for each meeting that it names, and asks of the same words each time.
@lru_cache(maxsize=2000)
def _locates(before: str) -> bool:
    """Do the words before a name say that something is there?"""
    return bool(_PREPOSITION.search(before)) and not _ELSEWHERE.search(before)


# "will visit Vilnius, Lithuania, on Tuesday for the summit": who goes there goes to the meeting.
_VISIT = re.compile(r"\b[Vv]isit(?:s|ed|ing)?(?: to)? (?:[A-Z][\w-]+, )?$")
_VISIT_FOR = re.compile(
    r"(?:, [A-Z][\w-]+,?)?(?: (?:on|next|last|this|in) [\w ]{2,20}?)?,? "
    r"(?:for|to (?:attend|host|chair|join|take part in)) "
)


@lru_cache(maxsize=2000)
def _hosts(after: str) -> bool:
    return bool(_HOSTING.match(after))


@lru_cache(maxsize=2000)
def _predicates(before: str) -> bool:
    return bool(_PREDICATE.search(before))
