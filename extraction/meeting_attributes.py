"""What a sentence says of the meeting it mentions: how many nations attend."""

from __future__ import annotations

import re

from extraction.lexicon import number_of
from extraction.meeting_places import place_of
from extraction.meeting_spots import Placed
from extraction.money import qualifier_before
from extraction.reading import Reading
from extraction.screening import Screen

Span = tuple[int, int]

# "twelve Northern Group nations", "40 allies and partner nations"; never "nine other nations": that is not all.
_STATES = (
    r"(?:(?!(?:of|from|to|for|in|by|at|on|with|million|billion|other|more|additional|further|new|percent|per)\b)"
    r"[\w&-]+ ){0,3}?(?:nations?|countries|states|partners|allies|members|delegations|participants|capitals|"
    r"governments)"
)
_NUM = (
    r"(?P<count>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty)(?:[- ](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_ATTENDANCE = (
    re.compile(
        rf"\b{_NUM} (?:out )?of (?:the|its) (?:\w+ )?{_STATES} (?:were|was|are) (?:represented|"
        rf"present)",
        re.I,
    ),
    re.compile(
        rf"\b(?:talks|meeting|session|gathering|summit) of (?:more than |some |about |around |over |"
        rf"nearly |almost )?{_NUM} {_STATES}\b",
        re.I,
    ),
    re.compile(
        rf"(?<!of the )(?<!of its )(?<!between the )\b{_NUM} {_STATES}\b"
        rf"(?: (?:that|which) (?:have|has|had|are|were)\b[^.;,]{{0,50}})?[^.;]{{0,40}}?"
        rf"\b(?:attend\w*|tak(?:e|ing|es) part|"
        rf"took part|participat\w+|represented|gather\w*|"
        r"present|joined|joining|were at|sent|sending|on hand|met|"
        r"connected|are due at|at the table|sat (?:around|at|down)|"
        r"dial\w* in|link\w* up|turned up|came together|come together|coming together|responded|conven\w+|assembl\w+|"
        r"discuss\w*|agreed|"
        r"followed the (?:launch|start|opening|signing)|(?:signed|are expected|is expected))\b",
        re.I,
    ),
    re.compile(
        r"\b(?:representatives|ministers|officials|delegations|directors|chiefs|leaders|heads|delegates|"
        r"commanders|envoys|counterparts|"
        r"secretaries|members|participants|colleagues|peers|buyers)\b[^.;,]{0,30}?\b(?:of|from|"
        r"representing) (?:more than |over |about |"
        r"around |some |nearly |almost |at least |up to |the )*"
        rf"{_NUM} {_STATES}\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:attended by|attendance of|participation of|brought together|bringing together|"
        rf"taking part at|joined by|"
        rf"brings? together|gathered|gathering|gather|involving|drew|"
        rf"assembled)\b[^.;,]{{0,30}}?(?<!on )(?<!\d){_NUM}\b(?! (?:percent|"
        rf"per cent|million|billion|other|more|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b)",
        re.I,
    ),
    re.compile(
        rf"\b{_NUM}[- ](?:nation|country|state|member)\b(?= (?:meeting|session|talks|summit|gathering|"
        rf"conference))",
        re.I,
    ),
    re.compile(
        rf"\bnumber of (?:participating |attending )?(?:countries|nations|states|"
        rf"participants)(?: \w+){{0,4}}? {_NUM}\b",
        re.I,
    ),
    # "hosting the group with more than 40 allies and partner nations", "with all ten around the table"
    re.compile(
        rf"\b(?:meeting|session|talks|host(?:s|ed|ing)?|conven(?:es?|ed|ing)|conference|"
        rf"summit)\b[^.;]{{0,80}}? with (?:more than |over |"
        rf"about |around |some |nearly |almost |at least |all |the )*{_NUM} {_STATES}\b",
        re.I,
    ),
    # "will host around 30 nations"
    re.compile(
        rf"\bhost(?:s|ed|ing)? (?:more than |over |about |around |some |nearly |almost |at least |all |the )*{_NUM} "
        rf"{_STATES}\b",
        re.I,
    ),
    re.compile(rf"\ball (?:of the |the )?{_NUM} (?:of them )?(?:around|at) the table\b", re.I),
)
_SCREEN = Screen(_ATTENDANCE)
_DAY_OF_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? $")
# "More than 50 countries take part in the Ramstein format".
_IN_FORMAT = re.compile(r" in (?:the |this )?(?:[\w\"-]+ ){0,2}(?:format|coalition|initiative|group)\b")
_JOINING = re.compile(
    r"\b(?:join(?:ed|ing|s)?|sign(?:ed|s|ing)?(?: up)? (?:to|for)) (?:the |this |its |an? )?(?:[\w-]+ ){0,4}?"
    r"(?:coalition|initiative|fund|programme|program|scheme)\b",
    re.I,
)
# "15 countries have already joined", "eight have joined: Latvia …": a coalition.
_JOINED = re.compile(r"\b(?:already|now|newly|officially|formally|so far) joined$")
_IT_AFTER = re.compile(r"(?<=have joined) (?:it|them|the (?:group|format|coalition|initiative))\b")
_LISTED_AFTER = re.compile(r"joined(?: it)?(?::| ?[\u2014\u2013-]) ?[A-Z]")
# "It has brought together more than 50 countries": the group, which lasts, not the meeting, which is over.
_OF_GROUP = re.compile(
    r"\b(?:it|which|group|coalition|format|alliance|initiative)\)? (?:now |currently |also )?(?:has|"
    r"have) (?:\w+ )?brought together\b|"
    r"\b(?:group|coalition|format|alliance|initiative)\)? (?:now |currently |also )?brings together\b|"
    r"\b(?:consists? of|comprises|made up of|composed of)\b",
    re.I,
)


def attendance_in(reading: Reading, start: int, end: int) -> tuple[int, Span, str | None] | None:
    """Rule count-attendance: how many nations a text says are at a meeting, with the number's span."""
    text = reading.view[start:end]
    for index in sorted(_SCREEN.possible(text)):
        pattern = _ATTENDANCE[index]
        for match in pattern.finditer(text):
            number = number_of(match["count"])
            if number is None or not 2 < number < 200:
                continue
            # "gathered on April 26, 2022"
            if _DAY_OF_MONTH.search(text, 0, match.start("count")):
                continue
            # "the Bucharest Nine countries": the number is part of a name.
            if match["count"][:1].isupper() and re.search(r"[A-Z][\w-]* $", text[: match.start("count")]):
                continue
            if _OF_GROUP.search(text, max(0, match.start() - 40), match.end()):
                continue
            # "Eight countries decided to join the Drone Coalition": its members.
            if _JOINING.search(text, match.start(), min(len(text), match.end() + 70)):
                continue
            if (
                _JOINED.search(match.group())
                or _IT_AFTER.match(text, match.end())
                or _IN_FORMAT.match(text, match.end())
                or _LISTED_AFTER.match(text, match.end() - len("joined"))
            ):
                continue
            if re.search(r"\b(?:exercise|troops|offered|pledged|format|donat\w+|coalition)\b", match.group(), re.I):
                continue
            span = (start + match.start("count"), start + match.end("count"))
            return number, span, qualifier_before(reading.view, span[0])
    return None


__all__ = ["Placed", "Span", "attendance_in", "place_of"]
