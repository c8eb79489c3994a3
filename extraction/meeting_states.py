"""In what state a meeting is: what tense and modality say, unless it is postponed or cancelled."""

from __future__ import annotations

import re

from extraction.meeting_mentions import MeetingMention
from extraction.meeting_neighbours import territory
from extraction.meeting_words import NEED
from extraction.reading import Reading
from extraction.screening import Screened

Span = tuple[int, int]

POSTPONED = Screened(
    r"\b(?:postponed|rescheduled|put off|pushed back|delayed|deferred|moved (?:to|from)(?= (?:the )?(?:\d|next|"
    r"later|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|"
    r"March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|fall|winter))|"
    r"put back|(?:will|is|are) now (?:be|meet|convene|gather|sit|take place|held|due|set|to)\b|"
    r"shelved until)\b",
    re.I,
)
_CANCELLED = Screened(
    r"\b(?:cancell?ed|called off|scrapped|will not take place|will no longer take place|won't take place)\b", re.I
)
# Rule status-visit: "cancelled his visit to Germany, during which the group meets" calls no meeting off.
_OF_VISIT = re.compile(
    r" (?:his|her|the|their|a) (?:\w+ ){0,3}?(?:visit|trip|tour|flight|travel|journey|attendance|participation)\b"
)
_RELATIVE = re.compile(r"\b(?:which|that|who|whom|whose|where)\b")
# "a session which the leaders of the group held on Tuesday".
_WHICH_HELD = re.compile(
    r",? (?:which|that) (?:(?!which|that)[^,.;]){2,60}? (?P<verb>held|convened|attended|hosted|chaired)"
    r"(?= (?:on|in|at|last|this|yesterday|today|earlier)\b|[,.])"
)
# "the 19th meeting, which was held earlier this week"; "the outcomes of the 15th meeting".
_WAS_HELD = re.compile(
    r",? (?:which|that) (?P<verb>(?:was|were|took|had been) (?:\w+ )?(?:held|conducted|hosted|convened|place|"
    r"chaired))\b"
)
_OUTCOMES = re.compile(
    r"\b(?:outcomes?|results?|takeaways|conclusions|follow-?ups?) (?:of|from|to|on) "
    r"(?:[A-Za-z][^.;,]{2,50} and )?(?:[Tt]he |this |today's |yesterday's )?(?:[\w-]+ ){0,3}$"
)
_PURPOSE = re.compile(r"\bto [a-z]+ ")
# "This was announced by the minister during a Ramstein meeting": what is told at a meeting, it heard.
_TOLD_AT = re.compile(
    r"(?<!be )\b(?:announced|stated|said|declared|revealed)\b(?:(?!\b(?:that|would|will|to|ministers)\b)[^.;,]){0,60}"
    r"\b(?:during|at) (?:an? |the )?$"
)
_HEDGE = Screened(
    r"\b(?:whether|(?-i:may)|might|could|would|if|possib\w+|consider\w*|not been|has not|no decision|unclear|"
    r"risk of|likely to be postponed)\b",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:said|says|admitted|told|warned|agreed|announced|failed|pledged|because|promised|"
    r"declared)\b"
)
_PLANNED = re.compile(
    # "had the opportunity to meet" is over.
    r"\b(?:will|shall|(?<!opportunity )(?<!chance )to "
    rf"(?:take place|be held|meet(?!{NEED})|host|hold|convene|gather|attend|chair|lead|assemble|"
    r"take up|travel|sit)|"
    r"(?:is|are|was|were) (?:set|due|expected|scheduled|planned|slated|supposed|going|to)|due|upcoming|next|"
    r"scheduled|"
    r"planned|set for|to be (?:held|hosted|chaired)|"
    r"looks? forward to|looking forward to|to preview|previewing|plans?(?! for (?:further|future|additional|more)\b)|"
    r"planning|"
    r"going to|"
    r"later this|ahead of|on the eve of|in the run-up|forthcoming|coming|"
    r"prepar(?:ing|ed) for|preparations|(?:is|are|and) (?:leading|attending|hosting|chairing|convening|joining)"
    r"(?=[^.;]*\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)|"
    r"(?:is|are|(?:has|have) been) (?:asked|summoned|expected|awaited)(?: back)? (?=(?:to|in|at) (?-i:[A-Z]))|"
    r"call(?:s|ed)? (?:an? |the )[^.;]{0,50} for (?=(?:next |this )?(?:[a-z]+day\b|tomorrow|\d))|"
    r"looking to hold|proposed|should take|invited|names? (?:\w+ )?date|called for)\b|'ll\b",
    re.I,
)
# The simple present of body text tells what is to come ("the ministers convene on Thursday"); of headlines, what was.
_PRESENT = re.compile(
    r"\b(?:holds?|convenes?|gathers?|meets?|assembles?|reconvenes?|begins?|starts?|opens|open(?= on\b)|"
    r"takes place|takes part|"
    r"continues?|comes? together|sits? down|huddles?|confers?|consults?|sees? (?:one another|each other)|"
    r"gets? together|regroups?|(?:is|are) (?:back )?(?:in|at) (?:the )?[A-Z][\w-]+(?= on \w+day)|"
    r"(?:is|are) in session|falls to)\b"
)
_HELD = Screened(
    r"\b(?:met|held|took place|attended|took part|gathered|convened|following|after|concluded|ended|hosted|"
    r"chaired|opened|signed|"
    r"got under way|since (?:the|its|their)|brought together|last|latest|previous|recent|recently|agreed|"
    r"discussed|was held|were held|began|"
    r"kicked off|started|commenced|participated|joined|said (?:on|at|during|after)|pledged|announced at|kicks off|"
    r"is under way|are meeting|had the (?:opportunity|chance|pleasure)|"
    r"welcomed (?=[^.;]{3,120} to (?:an? |the |his |her ))|"
    r"(?:is|are) (?:currently |now )?(?:taking place|being held)|is meeting|are holding|"
    r"is holding|(?:has|have|had|was|were) (?:been )?(?:the )?hosts?\b|opening|meeting today|in attendance|present|"
    r"had (?:\w+ )?(?:come|been|got|met|gathered)|came together|followed(?! by)|was born|wound up|wrapped up|closed|"
    r"came to an end|(?:was|were|is|are) over|(?:at|since) the (?:start|end|opening|close) of|spoke|sat)\b",
    re.I,
)
# The verb of the clause itself, in the past.
_HAS_MET = re.compile(
    r"\b(?:met|sat(?: down)?|held|gathered|convened|assembled|spent|came together|got together|conferred|reconvened|"
    r"wound up|wrapped up|huddled|met again|took their seats|moved on|decided|agreed|approved|endorsed|adopted)\b"
)
_NOT_YET = re.compile(
    r"\b(?:will|would|to|be|been|is|are|if|could|should|may|might|not|never) (?:\w+ )?$|"
    r"\bhad (?:never|not) "
)
# "will be held", "is to be formally opened": the participle tells of what is to come.
_TO_BE = re.compile(r"\b(?P<modal>will|would|shall|can|could|may|might|should|must|to)(?: \w+)? be (?:\w+ )?$")
# "is travelling to the session", "on her way to", "fly to Germany for talks": who is under way is not there yet.
_UNDER_WAY = re.compile(
    r"\b(?:(?:is|are) (?:[a-z]+ )?(?:travell?ing|heading|flying|setting off|leaving|bound)|travels|"
    r"on (?:his|her|its|their) way|heads|fl(?:y|ies)|sets? off|leaves|departs) (?:to|for) [^.;,]{0,40}$"
)
# "met to prepare for the summit", "reviewed plans for the June ministerial": what is prepared is still to come.
_PREPARED = re.compile(
    r"\b(?:(?:to prepare|prepar(?:ing|ed|ations?)|plans|planning|agenda|expectations|deliverables|priorities) "
    r"(?:for|of)|look(?:s|ed|ing)? (?:ahead|forward) to) [^.;,]{0,40}$"
)
# A group that was launched or signed into being has met.
BEGUN = re.compile(
    r"(?:founded|launched|set up|established|inaugurated|started|kicked off|created|formed|born|signed|"
    r"put their|inked)\b.*",
    re.I | re.S,
)


def state_of(
    reading: Reading, mention: MeetingMention, siblings: list[MeetingMention]
) -> tuple[str | None, Span | None]:
    """Rules status-*: postponed and cancelled unless hedged, else planned or held by the nearest cue of tense."""
    if mention.held:
        return "held", (mention.start, mention.end)
    if mention.coming:
        return "planned", (mention.start, mention.end)
    start, end = territory(reading.view, mention, siblings)
    text = reading.view[start:end]
    whole = mention.sentence.text
    hedged = bool(_HEDGE.search(whole))
    for status, pattern in (("cancelled", _CANCELLED), ("postponed", POSTPONED)):
        match = pattern.search(text)
        if match and not hedged and not _OF_VISIT.match(text, match.end()):
            return status, (start + match.start(), start + match.end())
    if mention.when == "previous":
        return "held", (mention.left, mention.right)
    if BEGUN.fullmatch(reading.view, mention.start, mention.end) and not _PLANNED.search(
        reading.view, max(start, mention.start - 20), mention.start
    ):
        return "held", (mention.start, mention.end)
    told_at = _TOLD_AT.search(reading.view, mention.sentence.start, mention.left)
    if told_at is not None and mention.kind == "noun" and not mention.plural:
        return "held", told_at.span()
    if mention.when == "next":
        return "planned", (mention.left, mention.right)
    under_way = _UNDER_WAY.search(reading.view, mention.sentence.start, mention.start)
    if under_way is not None and under_way.end() - mention.left < 60:
        return "planned", under_way.span()
    prepared = _PREPARED.search(reading.view, mention.sentence.start, mention.start) if not mention.clause else None
    if prepared is not None and prepared.end() - mention.left < 40 and not mention.sentence.is_title:
        return "planned", prepared.span()
    told = _HAS_MET.search(reading.view, mention.start, mention.end) if mention.clause else None
    if told is not None and not _NOT_YET.search(reading.view, max(start, told.start() - 25), told.start()):
        return "held", told.span()
    outcomes = _OUTCOMES.search(reading.view, mention.sentence.start, mention.start)
    if outcomes is not None and mention.kind == "noun" and not mention.when:
        return "held", outcomes.span()
    was = _WAS_HELD.match(reading.view, max(mention.end, mention.right), mention.sentence.end)
    if was is not None and not mention.clause:
        return "held", was.span("verb")
    held = _WHICH_HELD.match(reading.view, mention.end, mention.sentence.end) if not mention.clause else None
    if held is not None and not _NOT_YET.search(reading.view, mention.end, held.start("verb")):
        return "held", held.span("verb")
    quoted = reading.in_quote(mention.start)
    best: tuple[int, str, Span] | None = None
    cues: list[tuple[str, Screened | re.Pattern[str]]] = [("planned", _PLANNED), ("held", _HELD)]
    if not mention.sentence.is_title:
        cues.append(("planned", _PRESENT))
    for status, cue in cues:
        for match in cue.finditer(text):
            span = (start + match.start(), start + match.end())
            # "We will step up our support", they wrote after they had met: a quotation says nothing of when they did.
            if not quoted and reading.in_quote(span[0]):
                continue
            state = status
            to_be = _TO_BE.search(reading.view, max(start, span[0] - 30), span[0]) if status == "held" else None
            if to_be is not None:
                state, span = "planned", (to_be.start(), span[1])
            distance = max(0, mention.left - span[1], span[0] - mention.right)
            # The clause's own verb counts before words elsewhere in the sentence.
            if span[0] > mention.right and "," in reading.view[mention.right : span[0]]:
                distance += 60
            # A verb in a relative clause says something of another noun.
            between = reading.view[mention.right : span[0]] if span[0] > mention.right else ""
            relative = _RELATIVE.search(between)
            if relative is not None:
                # "used the meeting to announce initiatives that will help" plans no meeting.
                # What will be "where" the meeting is, will be at it.
                said = reading.view[mention.end : mention.right + relative.start()]
                others = relative.group() != "where" and (relative.start() > 3 or _PURPOSE.search(said))
                if state == "planned" and others and "," not in between[relative.end() :]:
                    continue
                distance += 80
            # "ministers meeting in Brussels admitted that they will miss the target" are not still to meet.
            if span[0] > mention.right and _TOLD.search(reading.view, mention.right, span[0]):
                continue
            if best is None or distance < best[0]:
                best = distance, state, span
    return (best[1], best[2]) if best else (None, None)
