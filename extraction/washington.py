"""Papers of Washington's own, which leave out whose secretary and whose president they speak of."""

from __future__ import annotations

import re

from extraction.people import People
from extraction.reading import Reading

# How the headline of a state's own paper begins.
_PAPER = re.compile(
    r"(?:Readout|READOUT|Remarks|Statement|STATEMENT|Press (?:Gaggle|Briefing|Conference|Call)|Background (?:Press )?"
    r"(?:Call|Briefing)|On-the-Record|FACT SHEET|Fact Sheet|Memorandum|Joint (?:Statement|Press)|News Conference|"
    r"ICYMI|Letter|Message)\b"
)


def heads_american(reading: Reading, persons: People) -> bool:
    """Rule document-american: "Remarks by President Ann Lee", "Readout of …": whose paper it is, its headline says."""
    for sentence in reading.sentences[:2]:
        if sentence.is_title and _PAPER.match(sentence.text):
            named = persons.between(sentence.start, sentence.end)
            return bool(named) and named[0][0].affiliation == "US"
    return False
