"""One after the other: "met with each of his counterparts from A, B and C", "held separate meetings with" them.

Who met somebody in pairs met nobody together, and those met that way take part in no meeting of several by it.
"""

from __future__ import annotations

from extraction.document import Sentence
from extraction.meeting_mentions import MeetingMention
from extraction.screening import Screened

_MET = (
    r"\b(?:met|meets?|meeting(?= with)|spoke|spoken|speaks?|speaking|talked|talking|conferred|consulted|sat down|dined|"
    r"phoned)\b"
)
_GATHERINGS = (
    r"(?:meetings|talks|calls|phone calls|discussions|conversations|sessions|engagements|consultations|exchanges)"
)
_PAIRS = Screened(
    rf"{_MET}(?= (?:(?!with\b)[\w'-]+ ){{0,5}}?(?:(?:bilaterally|separately|individually|one[- ](?:on|by|to)[- ]one|"
    r"in turn|back to back)\b|(?:with )?(?:each|both) of\b))|"
    rf"{_MET}(?=[^.;:]{{3,160}}?\b(?:one after (?:the other|another)|one by one|"
    r"(?:in turn|individually|separately)(?=[.,;]|$)))|"
    rf"\b(?:[Ss]eparate|[Ii]ndividual|[Bb]ilateral|[Oo]ne-on-one|[Bb]ack-to-back) "
    rf"(?:(?!tri|quad)[\w-]+ )?{_GATHERINGS}\b|"
    rf"\b(?:series|number|string|round|host|flurry) of (?:[\w-]+ )?{_GATHERINGS} with\b|\bbilaterals\b"
)


def in_pairs(sentence: Sentence) -> int | None:
    """Where in the text a sentence comes to what somebody did with others one by one; None where it does not."""
    match = None if sentence.is_title else _PAIRS.search(sentence.text)
    return sentence.start + match.start() if match is not None else None


def keep_several(sentence: Sentence, here: list[MeetingMention]) -> bool:
    """Rule meeting-pairs: whom somebody met one by one, he met at no meeting of several; is it told of such?

    Of the mentions `here` those stay that speak of a meeting of several all the same.
    """
    apart = in_pairs(sentence)
    if apart is not None:
        here[:] = [m for m in here if _of_several(m, apart)]
    return apart is not None


def _of_several(mention: MeetingMention, apart: int) -> bool:
    if mention.group is not None or mention.organisation is not None or max(mention.right, mention.end) <= apart:
        return True
    return mention.states and not mention.clause and mention.left > apart
