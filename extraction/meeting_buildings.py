"""What a building or base is called that no list knows: where a meeting may be held."""

from __future__ import annotations

import re

from extraction.screening import Screened

BUILDING = (
    r"(?:[Aa]ir ?[Bb]ase|[Bb]ase|[Hh]eadquarters|HQ|[Cc]astle|[Pp]alace|[Bb]arracks|[Ff]ortress|[Hh]ouse|[Hh]all|"
    r"[Cc]entre|[Cc]enter|[Hh]otel|[Aa]cademy|[Uu]niversity|[Mm]useum|[Vv]illa|[Dd]epot|[Ss]hipyard|[Aa]rsenal|"
    r"[Mm]anor|[Mm]onastery|[Cc]lub|[Ss]chool|[Mm]ill|[Ss]tation|[Cc]ollege|"
    r"[Aa]bbey|[Ee]mbassy|[Aa]irfield|[Aa]irport|Field|Ranch|Lodge|Mansion|Pavilion)"
)
MINISTRY = r"(?:[A-Z][a-z]+ )?(?:Ministry|Department) of (?:National )?Defen[cs]e(?: of [A-Z]\w+)?"
# A building or base that no list knows: "at Schloss Meseberg castle", "at the 2nd Repair Depot", "at Camp Smith".
VENUE = Screened(
    rf"\b(?:at|in|inside|aboard) (?:the |an? |its |[A-Z][\w-]+'s )?(?:[A-Z]\w+ [Rr]oom of |grounds of |"
    rf"halls of )?(?P<venue>(?:(?:\d\w+|[A-Z][\w.'-]*|"
    rf"(?:old|naval|air|military|alliance's)) ){{1,4}}{BUILDING}\b|{BUILDING} (?:of|at) [A-Z]\w+|{MINISTRY}|"
    rf"(?:Camp|Fort|Schloss|Villa|HMS|Château|Palazzo|Hotel) (?:[A-Z][\w.'-]*)(?: [A-Z][\w.'-]*){{0,2}}|"
    rf"(?:headquarters|HQ)(?= in [A-Z])|"
    rf"[Aa]ir [Bb]ase|[Nn]aval [Bb]ase|[Mm]ilitary [Bb]ase)(?! (?:[Cc]ommittee|of [Rr]epresentatives))"
)
OWNED_BUILDING = re.compile(rf"'s (?:[\w-]+ ){{0,3}}{BUILDING}\b")
# ", the naval base downtown": what stands before is a building, not a town.
BUILDING_APPOSED = re.compile(rf", (?:the|a|an) (?:[\w-]+ ){{0,4}}{BUILDING}\b")
