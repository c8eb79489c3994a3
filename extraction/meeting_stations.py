"""The stations of a series: each town that is told with a time of its own is a meeting of those spoken of.

"First Berlin in November, then Warsaw in January, and yesterday (March 12) Paris", "they were received in Warsaw (June
2018) and in Košice (February 2019)", "Riga had that role in 2022", "On 12 February Brussels was the scene": no noun
for a meeting and often no verb of gathering, but a town, its time and a series that they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_events import MOST_CHARACTERS
from extraction.meeting_mentions import MeetingMention, Span
from extraction.reading import Reading

_KINDS = frozenset(
    [
        "day",
        "range",
        "month",
        "month_of_year",
        "named_month",
        "month_shift",
        "year",
        "day_shift",
        "weekday",
        "year_shift",
    ]
)
# What may stand between a town and its time, in either order.
_APPOSED = re.compile(
    r",? ?\(?(?:(?:in|on|last|this|early|late|mid-?|at the end of|the) ?){0,3}|"
    r"\)?,? ?(?:\([^()]{3,20}\),? )?(?:(?:in|at|to|near) (?:the )?)?"
)
_LOOSE = re.compile(r"(?!.*\b(?:and|while|but|since|until|for|after|before|who|which|from)\b)[^.;:\u2014]{0,48}")
# A part that a series gives to a town.
_ROLE = re.compile(
    r"\b(?:scene|venue|stage|host(?:s|ed)?|role|turn|premiere|setting|stop|seat|honou?r|task|"
    r"it (?:was|had been) (?=[A-Z])|[Ii]t all (?:began|started)|series (?:began|started)|"
    r"received|welcomed|(?:await|expect)(?:s|ed) (?:them|the)|passed (?:it )?(?:on )?to|followed(?! up| suit)|preceded|"
    r"(?:[Ii]t|[Tt]hey|leaders|ministers|chiefs|directors|members|group|format|coalition|allies|partners|"
    r"three|four|five|six|seven|eight|nine|ten|twelve) (?:(?:had|have|has|then|later|last) ){0,3}"
    r"(?:been|were|was) (?:in|at|there|together|guests?))\b"
)
_ELSE = re.compile(
    r"\b(?:born|bought|sold|ordered|paid|visit(?:s|ed|ing)?|exercises?|drills?|attack(?:s|ed)?|killed|struck|elections?|war|invasion|trade|"
    r"peace|ceasefire|deliver\w*|signed|founded|established|launched|treaty|protests?|court|summit|meetings?|"
    r"conference|forum|dialogue|said|told|announced)\b",
    re.I,
)
# "Instead he is touring capitals: Rome on Thursday, Berlin on Friday": one who goes from host to host.
_TOUR = re.compile(
    r"\b(?:tour(?:s|ed|ing)?|travels?|travelled|fl(?:y|ies|ew)|heads|headed|trip|(?:he|she) (?:is|was|will))\b"
)
# Ramstein is a town only where something is said to be there.
_BASE = re.compile(r"\b(?:base of|town of|base at|base in) $")
_COUNTED_AFTER = re.compile(
    r", (?:the|its|their) [\w-]+(?: (?:meeting|session|round|summit|gathering|conference))? (?:after|following) "
)
_RELATIVE = re.compile(r"\b(?:which|who|whose|where|when|while)\b")
_SINCE = re.compile(r"\b(?:since|until|by|from|before|after) (?:the |early |late )?$")
_COMING = re.compile(r"\b(?:will|is to|are to|is due|next|plans?|to be|coming|going to)\b")
_THERE = re.compile(r"\b(?:[Ii]n|[Aa]t|to|[Oo]n) (?:the )?(?:[\w-]+ ){0,2}$")
# A state is a station only as the host: "Poland will be the host in 2025", "it is Norway's turn", "they go to Japan".
_AS_HOST = re.compile(
    r"'s turn\b| (?:will be|is to be|is|becomes?|was|(?:will )?take[s]? over as|offer(?:s|ed) to be)(?: the)?"
    r"(?: next| new)? hosts?\b| (?:(?:will|is to|plans to|(?:has )?offer(?:s|ed) to|would|is going to) )?"
    r"(?:host(?:s|ed)?|receive[sd]?|welcome[sd]?) (?:them|it|its (?:partners|counterparts)|the (?:next|other|others|"
    r"group|forum|format|coalition|partners|members|ministers|leaders|chiefs)|[a-z]+ ministers)\b"
)
_TO_HOST = re.compile(
    r"\b(?:ministers|leaders|[Tt]hey|members|partners|group|forum|format|chiefs) (?:(?:will|are to|then|next) )*"
    r"(?:travel|go|goes|move|moves|head|heads) (?:on |next )?to (?:the )?$|"
    r"\bnext host,? (?:[^.;]{3,20}, )?is (?:the )?$"
)
# A series that was spoken of longer ago is not meant.
_NEAR = 3
# Further apart than this, in characters, towns are no stations of one series.
_LINK = 70


@dataclass(frozen=True)
class _Station:
    """A town, or the state that is host, with its time; both as words of the view."""

    town: Span
    date: DateMention
    host: bool = False

    @property
    def start(self) -> int:
        return min(self.town[0], self.date.start)

    @property
    def end(self) -> int:
        return max(self.town[1], self.date.end)


def stations(
    reading: Reading,
    sentence: Sentence,
    here: list[MeetingMention],
    found: list[MeetingMention],
    last: GroupMention | None,
) -> list[MeetingMention]:
    """Rule meeting-stations: a meeting for each town with a time of its own, beside the one told `here`.

    They are of the series of the meeting here, of one `found` shortly before, or of the group `last` named.
    """
    if sentence.is_title or len(sentence.text) > MOST_CHARACTERS or any(m.day is not None or m.plural for m in here):
        return []
    if not reading.dates_of(sentence) or _TOUR.search(sentence.text) is not None:
        return []
    lead = max(here, key=lambda m: (m.kind != "anaphor", -m.start)) if here else None
    near = [m for m in found[-3:] if sentence.index - m.sentence.index <= _NEAR and m.kind != "anaphor"]
    model = lead or (near[-1] if near else None)
    if model is None and last is None:
        return []
    pairs = _pairs(reading, sentence)
    told = _chain(reading, pairs)
    if not told or not (_role(reading, sentence, told[0], here) if len(told) == 1 else lead or _given(sentence)):
        return []
    # "… in Warsaw in January; the third meeting was held in Paris": its own town is none of the others'.
    own = _own(reading, pairs, lead) if lead is not None and len(told) > 1 else None
    made = []
    for station in told:
        # "in Berlin on 14 May and the 28 June Summit in Madrid": the second is named.
        named = [
            m for m in here if m is not lead and m.kind == "noun" and m.left < station.end and station.start < m.end
        ]
        if station is own or named:
            continue
        mention = MeetingMention("noun", station.start, station.end, station.start, station.end, sentence)
        if model is not None:
            mention = replace(
                model, kind="noun", start=station.start, end=station.end, left=station.start, right=station.end,
                sentence=sentence, when="", ordinal=None, ordinal_span=None, plural=False, separate=False,
            )  # fmt: skip
        mention.group = mention.group or (last if not mention.states and mention.organisation is None else None)
        mention.day, mention.town, mention.definite = station.date, None if station.host else station.town, True
        mention.held = not _COMING.search(reading.view, sentence.start, sentence.end)
        made.append(mention)
    # "later they were received in Warsaw (June 2018)": what leads to a station tells of no other meeting.
    here[:] = [m for m in here if m is lead or m.kind != "anaphor" or all(not 0 <= s.start - m.end < 20 for s in told)]
    if made and own in told and lead is not None and own is not None:
        lead.day, lead.town = own.date, None if own.host else own.town
    return made


def _chain(reading: Reading, told: list[_Station]) -> list[_Station]:
    """The stations up to the first between which and the next something else is told."""
    for i in range(1, len(told)):
        between = reading.view[told[i - 1].end : told[i].start]
        # "in Paris on Wednesday, their third meeting after Berlin in November and Warsaw in January"
        if _COUNTED_AFTER.fullmatch(between):
            continue
        if len(between) > _LINK or _ELSE.search(between) or _RELATIVE.search(between):
            return told[:i]
    return told


def _own(reading: Reading, pairs: list[_Station], lead: MeetingMention) -> _Station:
    """The station that the meeting of the sentence is at: the one in it, else the nearest of its clause."""

    def distance(station: _Station) -> tuple[bool, int]:
        between = sorted((lead.start, station.start))
        gap = max(0, station.start - max(lead.end, lead.right), lead.start - station.end)
        return ";" in reading.view[slice(*between)], gap

    return min(pairs, key=distance)


def _given(sentence: Sentence) -> bool:
    """Does a sentence that tells of no meeting by itself give its towns a part in a series?"""
    return _ROLE.search(sentence.text) is not None and not _ELSE.search(sentence.text)


def _role(reading: Reading, sentence: Sentence, station: _Station, here: list[MeetingMention]) -> bool:
    """Does the clause of a single station give it a part in the series, and is it apart from what is told here?"""
    view = reading.view
    left = max(view.rfind(sign, sentence.start, station.start) for sign in ";:") + 1 or sentence.start
    right = min((p for sign in ";:" if (p := view.find(sign, station.end, sentence.end)) >= 0), default=sentence.end)
    if any(left <= m.start < right for m in here):
        return False
    clause = view[left:right]
    if station.host:
        return _ELSE.search(clause) is None
    return _ROLE.search(clause) is not None and not _ELSE.search(clause)


def _pairs(reading: Reading, sentence: Sentence) -> list[_Station]:
    """Each time of the sentence with the town it stands by."""
    view = reading.view
    dates = [
        d
        for d in reading.dates_of(sentence)
        if d.kind in _KINDS and not _SINCE.search(view, max(sentence.start, d.start - 16), d.start)
    ]
    # "yesterday (March 12)" is one time.
    dates = [d for i, d in enumerate(dates) if not (i and view[dates[i - 1].end : d.start] == " (")]
    towns = [
        (h.start, h.end)
        for h in reading.hits_in(reading.body_start(sentence), sentence.end)
        if h.get("place", "capital")
        and not view.startswith("'s", h.end)
        and (h.text != "Ramstein" or _BASE.search(view, max(sentence.start, h.start - 24), h.start))
    ]
    hosts = [
        (h.start, h.end)
        for h in reading.hits_in(reading.body_start(sentence), sentence.end)
        if h.get("nation")
        and (
            _AS_HOST.match(view, h.end, sentence.end)
            or _TO_HOST.search(view, max(sentence.start, h.start - 60), h.start)
        )
    ]
    towns += hosts
    if not dates or not towns:
        return []
    found: list[_Station] = []
    for date in dates:
        best: tuple[int, Span] | None = None
        for town in towns:
            first, second = (town[1], date.start) if town[0] < date.start else (date.end, town[0])
            between = view[first:second]
            taken = any(first <= t[0] < second for t in towns) or any(first <= d.start < second for d in dates)
            if taken or any(s.town == town for s in found):
                continue
            if _APPOSED.fullmatch(between):
                cost = 0
            # A weekday further off may be that of anything else told.
            elif date.kind not in ("weekday", "day_shift") and _LOOSE.fullmatch(between):
                cost = len(between)
            else:
                continue
            if best is None or cost < best[0]:
                best = cost, town
        if best is not None:
            found.append(_Station(best[1], date, best[1] in hosts))
    return found
