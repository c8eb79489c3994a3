"""What a sentence says of the meeting it mentions: how many nations attend."""

from __future__ import annotations

import re

from extraction.lexicon import number_of
from extraction.meeting_places import Placed, place_of
from extraction.money import qualifier_before
from extraction.reading import Reading
from extraction.screening import Screen

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
        r"present|joined|joining|were at|sent|on hand|met|connected|are due at|at the table|sat (?:around|at|down)|"
        r"followed the (?:launch|start|opening|signing)|(?:signed|are expected|is expected))\b",
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
_SCREEN = Screen(_ATTENDANCE)


def attendance_in(reading: Reading, start: int, end: int) -> tuple[int, Span, str | None] | None:
    """Rule count-attendance: how many nations a text says are at a meeting, with the number's span."""
    text = reading.view[start:end]
    for index in sorted(_SCREEN.possible(text)):
        pattern = _ATTENDANCE[index]
        for match in pattern.finditer(text):
            number = number_of(match["count"])
            if number is None or not 2 < number < 200:
                continue
            # "the Bucharest Nine countries": the number is part of a name.
            if match["count"][:1].isupper() and re.search(r"[A-Z][\w-]* $", text[: match.start("count")]):
                continue
            if re.search(r"\b(?:exercise|troops|offered|pledged|format|donat\w+|coalition)\b", match.group(), re.I):
                continue
            span = (start + match.start("count"), start + match.end("count"))
            return number, span, qualifier_before(reading.view, span[0])
    return None


__all__ = ["Placed", "Span", "attendance_in", "place_of"]
