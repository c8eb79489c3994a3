"""Who is said to meet, and about what, where that alone shows that no states meet on defence.

Historians, prosecutors and warships come from several states as well, and leaders meet on forests. What people meet
about is looked at only where the sentence names it.
"""

from __future__ import annotations

import re

from extraction.meeting_mentions import MeetingMention
from extraction.reading import Reading
from extraction.screening import Screened

# "Prosecutors from Ukraine, Lithuania and Poland": the noun before the first state of a list.
_FROM = re.compile(r"\b(?P<adjective>[\w-]+ )?(?P<noun>[\w-]+) (?:of|from|representing) (?:the )?$")
_PEOPLE = re.compile(r"[a-z-]+(?:s|people|police|men|women|clergy)", re.I)
# What stands after the town that a report comes from.
_AFTER_TOWN = ("\u2014 ", "\u2013 ", " - ", ") ", ": ")
# Nouns for those who speak for a state, or of what it is not said who came.
_OF_STATES = re.compile(
    r"(?:(?:prime-?|vice-?|under-?)?(?:ministers?|secretaries|presidents|premiers|chancellors)|leaders|heads|chiefs|"
    r"colleagues|counterparts|commanders|governments|delegations|delegates|representatives|officials|envoys|diplomats|"
    r"ambassadors|advis[eo]rs|directors|generals|admirals|allies|partners|nations|countries|states|members|teams|"
    r"sides|capitals|meetings?|summits?|talks|sessions?|rounds?|consultations|discussions|navies|armies|forces|"
    r"ministries|officers|coordinators|principals|negotiators|participants|guests|planners|dignitaries|"
    r"parties|rulers|kings|monarchs|spokes\w+|numbers|experts|staffs|services|agencies|commands|departments|"
    r"majesties|sovereigns|others)",
    re.I,
)
_OF_NONE = re.compile(
    r"(?:police|customs|church|religious|business|industry|student|union|party|opposition|tribal|community|youth|"
    r"company|corporate|immigration|tax|prison|border|labou?r|faith|media|football|sports?|olympic) ",
    re.I,
)
_NO_ONES = re.compile(r"\b(?:[Pp]olice|[Cc]ustoms|[Pp]rosecutors?|[Dd]etectives|[Ii]nvestigators)\b")
# "sat together to speak of forests", "met to discuss returns of migrants".
_ABOUT = Screened(
    r"\b(?:to (?:speak|talk) (?:of|about|on|over)|to (?:discuss|debate|negotiate)|for talks (?:on|about|over)|"
    r"(?:spoke|talked) (?:of|about))(?P<matter> [^.;]+)"
)
_DEFENCE = re.compile(
    r"\b(?:defen[cs]e|military|militaries|weapons?|arms|arming|ammunition|munitions?|shells|security|deterr\w+|missiles?|"
    r"NATO|drones?|troops|forces|war|warships?|nav(?:y|ies|al)|maritime|army|armies|air|aid|help|support|Ukrain\w+|Kyiv|"
    r"Russia\w*|Kremlin|Moscow|aggression|attacks?|threats?|invasion|peacekeep\w+|cyber\w*|sabotage|hybrid|nuclear|"
    r"Chin\w+|Iran\w*|North Korea\w*|Taiwan|Houthis?|terror\w*|piracy|cables?|borders?|sanctions|guarantees|alliance|"
    r"crisis|conflict|situation|Gaza|Israel\w*|Syria\w*|cooperation|partnership|relations|fighters?|jets|tanks|"
    r"submarines?|radars?|mines|artillery|exercises?|AUKUS|Indo-Pacific|Arctic|Baltic|Black Sea|flank|battalions?|"
    r"brigades?|packages?|deliver\w+|suppl\w+|next steps|plans?|strategy|issues|matters|challenges|it|them|this|that)\b"
)
# Ministers who do not meet on defence, and any ministers told of by their office.
_CIVIL_OFFICE = re.compile(
    r"\b(?:agricultur\w+|farm|health|finance|economy|economic|energy|trade|environment|climate|interior|home affairs|"
    r"home|justice|transport|culture|education|labour|fisheries|tourism|development|digital|research|sports?|science|"
    r"migration|social affairs|family|housing|industry|space)(?: and \w+)? ministers\b|"
    r"\bministers (?:of|for|in charge of) (?:the )?(?:agriculture|health|finance|economy|energy|trade|environment|"
    r"climate|interior|internal affairs|home affairs|justice|transport|culture|education|labour|fisheries|tourism|"
    r"digital|research|sports?|science|migration|social)\b",
    re.I,
)
_OF_OFFICE = re.compile(
    r"\b(?P<before>[\w-]+(?: affairs)?) ministers\b(?! (?:of|for|in charge of) )|"
    r"\bministers (?:of|for|in charge of) [\w ]{4,20}",
    re.I,
)
_NO_OFFICE = re.compile(r"(?:the|of|\w+ese|\w+an|\w+ish|all|both|two|three|four|five|prime|these|those|other)", re.I)


def of_civil_office(reading: Reading, mention: MeetingMention) -> bool:
    """Rule scope-civil: ministers of agriculture or finance do not meet on defence, nor "the ministers" after them."""
    if mention.body_span is None:
        return False
    start, end = mention.body_span
    if _CIVIL_OFFICE.search(reading.view, max(mention.sentence.start, start - 30), min(mention.sentence.end, end + 25)):
        return True
    if reading.view[start:end].lower() not in ("ministers", "the ministers"):
        return False
    told = [m for m in _OF_OFFICE.finditer(reading.view, 0, start) if not _NO_OFFICE.fullmatch(m["before"] or "")]
    return bool(told) and _CIVIL_OFFICE.search(told[-1].group()) is not None


def others(reading: Reading, mention: MeetingMention) -> bool:
    """Rule scope-others: who comes from the states of a list serves none of them, as historians and warships."""
    if not mention.sides:
        return False
    first = min(span[0] for span in mention.sides.values())
    if mention.body_span is not None and mention.body_span[0] < first:
        return False
    if _NO_ONES.search(reading.view, mention.left, mention.start + 1):
        return True
    found = _FROM.search(reading.view, mention.sentence.start, first)
    if found is None or _PEOPLE.fullmatch(found["noun"]) is None:
        return False
    begins = found.start("noun") == mention.sentence.start or reading.view[: found.start("noun")].endswith(_AFTER_TOWN)
    if found["noun"][0].isupper() and not begins:
        return False
    if _CIVIL_OFFICE.search(reading.view, max(mention.sentence.start, found.start() - 20), first):
        return True
    if _OF_STATES.fullmatch(found["noun"]):
        return _OF_NONE.fullmatch(found["adjective"] or "") is not None
    return True


def on_other_matters(mention: MeetingMention) -> bool:
    """Rule scope-matter: the sentence says what they meet to talk about, and it is nothing of defence."""
    about = _ABOUT.search(mention.sentence.text)
    return about is not None and _DEFENCE.search(about["matter"]) is None
