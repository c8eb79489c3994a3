"""Which meeting a headline means that no sentence names as it does: the one that the text tells of."""

from __future__ import annotations

import re

from extraction.meeting_apart import places_conflict
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.reading import Reading

# A paper on a meeting tells of it in its first sentences.
_PAPER = re.compile(
    r"\b(?:Joint (?:[A-Z]\w+ ){0,2}(?:Statement|Readout|Declaration|Communiqu\w+)|R(?:eadout|EADOUT)|"
    r"Chair's Statement)\b|"
    r"'s? (?:[A-Z]\w+ ){0,2}(?:Meeting|Call|Participation)\b"
)
_OPENING = 6


def headline_of(reading: Reading, seen: Seen, drafts: list[MeetingDraft]) -> MeetingDraft | None:
    """The draft that a headline with the name of a group or organisation speaks of; None where that is not plain."""
    mention = seen.mention
    if not mention.sentence.is_title or (mention.group is None and mention.organisation is None):
        return None
    # Rule meeting-headline: "our meeting" of a text that names none is the headline's.
    told = [d for d in drafts if not d.when() and all(m.kind == "anaphor" and m.definite for m in d.mentions)]
    if len(drafts) == len(told) == 1 and told[0].unnamed:
        return told[0]
    # Rule meeting-paper: "Joint Statement of the Group's Ministers" tells of the one that its first sentences tell.
    if mention.group is None or mention.when or not _PAPER.search(mention.sentence.text):
        return None
    # Another of the group's, as the last of its leaders, is told apart by its day.
    if any(d.key == mention.group.key and (d.date is None or d.body == mention.body) for d in drafts):
        return None
    opening = [d for d in drafts if d.unnamed and min(m.sentence.index for m in d.mentions) < _OPENING]
    opening = [d for d in opening if not d.when() and d.plain_status() != "planned"]
    numbers = {mention.ordinal, *(d.ordinal for d in opening)} - {None}
    if len(opening) != 1 or len(numbers) > 1 or places_conflict(opening[0], seen):
        return None
    return opening[0]
