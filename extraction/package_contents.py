"""What a package holds: the equipment and capabilities named with its sum, in the reference vocabulary."""

from __future__ import annotations

import re

from extraction.package_scope import PackageDraft, Span
from extraction.reading import Reading

_WORTH = re.compile(r"\b(?:worth|valued at|to the value of|for|costing)\s(?:about |some |around |more than |up to )?$")
_GOES_ON = re.compile(
    r"(?:The|This|That|Its|Their|It|They)\b[^.;]{0,60}\b(?:includ\w+|contain\w*|compris\w+|consist\w*|cover\w*|contents)\b"
)


def contents(reading: Reading, draft: PackageDraft, segment: Span) -> list[tuple[str, Span]]:
    """Rule package-contents: the names after the sum up to the next one, those before it where no other sum stands
    or where they are "worth" it, and those of a sentence that goes on "It includes …".
    """
    sentence, money = draft.sentence, draft.money
    alone = segment == (sentence.start, sentence.end)
    left = segment[0] if alone or _WORTH.search(reading.view[segment[0] : money.start]) else money.end
    spans = [(left, segment[1])]
    if sentence.index + 1 < len(reading.sentences):
        following = reading.sentences[sentence.index + 1]
        if alone and not sentence.is_title and _GOES_ON.match(following.text):
            spans.append((following.start, following.end))
    found: dict[str, Span] = {}
    for start, end in spans:
        for hit in reading.hits_in(start, end):
            entry = hit.get("capability")
            if entry is not None:
                found.setdefault(entry.value, (hit.start, hit.end))
    return list(found.items())
