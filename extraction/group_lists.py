"""Coalitions named in one breath: "the artillery, demining and drone coalitions"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.screening import Screened

_WORD = (
    r"(?:air|fighter|jets?|drones?|tanks?|artillery|missiles?|defen[cs]e|electronic|warfare|naval|maritime|mine|action|"
    r"demining|de-mining|armou?r(?:ed)?|vehicles?|ammunition|cyber|long-range|capability|training|pilot|space|"
    r"force|forces|unmanned|uncrewed|integrated|ground-based|ground|based|security|information|technology|IT|EW|"
    r"F-16|navy|sea)"
)
_ITEM = rf"{_WORD}(?:[ -](?:and )?{_WORD}){{0,4}}?"
_SERIES = rf"{_ITEM}(?:, {_ITEM})+,? (?:and|or|as well as) {_ITEM}"
_BEFORE = Screened(rf"\b(?P<series>{_SERIES}) (?:capability )?coalitions\b", re.I)
_AFTER = Screened(rf"\bcoalitions (?:for|on) (?P<series>{_SERIES})(?=[.,;:)]|$)", re.I)
_SPLIT = re.compile(r",? (?:and|or|as well as) (?=[^,]*$)|, ")


def listed(text: str) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of each coalition of a series; the span is of its own words."""
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            offset = match.start("series")
            series = match["series"]
            cuts = [*_SPLIT.finditer(series)]
            starts = [0, *(cut.end() for cut in cuts)]
            ends = [*(cut.start() for cut in cuts), len(series)]
            for start, end in zip(starts, ends, strict=True):
                yield f"{series[start:end]} coalition", offset + start, offset + end
