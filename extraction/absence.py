"""Who is named beside a meeting and not at it by that: partners to work with, those thanked, those who prepare it."""

from __future__ import annotations

import re

from extraction.folded_offices import MEETING
from extraction.screening import Screened

# "commit to work with partners, including A, B and C": with whom those who met will work, who are not there.
_TO_WORK_WITH = re.compile(
    r"\b(?:work(?:s|ed|ing)?|cooperat\w+|coordinat\w+|consult\w*|engag\w+|collaborat\w+|partner(?:ing|ed|ships?)|"
    r"relations(?:hips?)?|ties|dialogues?) (?:[\w-]+ ){0,4}?(?:with|among) (?:[\w'-]+ ){0,4}?(?:partners|allies|"
    r"countries|nations|states|friends|neighbou?rs|others)\b[^.;\ue000-\uebff]{0,40}?"
    r"(?:including|such as|among them|like)(?: the)? $"
)
# "thanked A, B and C for training pilots": who is thanked need not be there, unless it is for what he pledged there.
_THANKED = re.compile(r"\bthank(?:s|ed|ing)? (?:the )?$")
_FOR_A_PLEDGE = re.compile(
    r" (?:for|on) [^.;]{0,60}?\b(?:contribut|pledg|announc|commit|donat|join|participa|attend|coming|packages?|"
    r"initiative|million|billion|funding|PURL)"
)
# "discussed plans for the summit in June": those who prepare a meeting, or look forward to it, need not be at it.
_PREPARES = Screened(
    r"\b(?:(?:to prepare|prepar(?:es|ed|ing|ations?)|plans?|planning|agenda|expectations|deliverables|priorities|"
    rf"goals) (?:for|of|to)|look(?:s|ed|ing)? (?:ahead|forward) to|previewed) [^.;]{{0,150}}?{MEETING}"
)


def preparing(text: str) -> str:
    """Rule participant-preparing: the words of a folded sentence before it comes to a meeting that is only prepared."""
    match = _PREPARES.search(text)
    return text[: match.start()] if match is not None and MEETING not in text[: match.start()] else ""


def elsewhere(text: str, who: tuple[int, int]) -> bool:
    """Whether a list is of those with whom others will work, or whom they thank, and who are not there by that."""
    start, end = who
    if _TO_WORK_WITH.search(text, max(0, start - 140), start):
        return True
    return bool(_THANKED.search(text, max(0, start - 14), start)) and not _FOR_A_PLEDGE.match(text, end)
