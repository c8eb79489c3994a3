"""Equipment and capabilities that a text names, mapped to the reference vocabulary."""

from __future__ import annotations

import re

from extraction.facts import Capability, Evidence
from extraction.gazetteer import Hit
from extraction.reading import Reading

_MAKER = re.compile(
    r"[^.;]{0,40}?\b(?:made|built|produced|manufactured|developed|"
    r"supplied) by (?:the )?(?:\w+ (?:company|firm|manufacturer) )?"
    r"(?P<maker>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3})"
)


def hits_of(reading: Reading, kind: str, start: int, end: int) -> list[tuple[str, Hit]]:
    """Reference names of one kind in a span, each value once."""
    found: dict[str, Hit] = {}
    for hit in reading.hits_in(start, end):
        entry = hit.get(kind)
        if entry is not None:
            found.setdefault(entry.value, hit)
    return list(found.items())


def read_capabilities(reading: Reading) -> tuple[Capability, ...]:
    """Rule capability-known, and capability-maker for "the … made by Lockheed Martin"."""
    document = reading.document
    found = []
    for name, hit in hits_of(reading, "capability", 0, len(reading.view)):
        evidence: list[Evidence] = [document.evidence("name", name, hit.start, hit.end, 0.95, "capability-known")]
        sentence = document.sentence_at(hit.start)
        match = _MAKER.match(reading.view[hit.end : sentence.end])
        maker = match["maker"] if match else None
        if match is not None:
            start = hit.end + match.start("maker")
            evidence.append(
                document.evidence("maker", maker, start, hit.end + match.end("maker"), 0.9, "capability-maker")
            )
        found.append(Capability(name, maker, document.anchor(hit.start, hit.end), tuple(evidence)))
    return tuple(found)
