"""What a briefing says of itself: "today's session is on the record", "those sitting on the other side of the line"."""

from __future__ import annotations

from extraction.meeting_mentions import MeetingMention
from extraction.screening import Screened

_OF_BRIEFING = Screened(
    r"\b(?:on the record|on(?: deep)? background|off the record|embargoed|ground rules|(?:press|virtual|online|media|"
    r"background|digital|telephonic) (?:\w+ )?(?:briefing|call|conference call|availability)|question[- ]and[- ]answer|"
    r"Q&A|technical difficulties|opening (?:remarks|statement)s? (?:and|before|then)|"
    r"good (?:morning|afternoon|evening) to (?:those|all|everyone|you)|"
    r"(?:joining|dialing in(?: to)?|listening to|welcome to) (?:us )?(?:for |on )?(?:this|today's|our) "
    r"(?:\w+ )?(?:call|briefing|webinar))\b",
)


def without_briefings(mentions: list[MeetingMention]) -> list[MeetingMention]:
    """Rule meeting-briefing: a session without a name in such a sentence is the briefing itself."""
    return [m for m in mentions if m.kind != "anaphor" or _OF_BRIEFING.search(m.sentence.text) is None]
