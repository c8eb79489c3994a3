"""Speeches and press conferences at a meeting: the meeting at which, or right after which, a text is spoken.

"Thanks for joining us for the 22nd meeting of the group", "we have just wrapped up our session": the meeting is that of
the day on which this is said, it is held, and who says it is there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extraction.date_resolution import resolve
from extraction.meeting_counted import Dated
from extraction.meeting_draft import MeetingDraft, Seen
from extraction.meeting_headers import place_of_header
from extraction.meeting_mentions import MeetingMention
from extraction.people import People
from extraction.reading import Reading
from extraction.transcripts import in_own_words

# Opening remarks name the day early; further down "today" is of something else.
_OPENING = 25
# A report says "we" outside quotation marks in fewer sentences.
_FEWEST = 3
# The stop after an initial or rank ends nothing: "Lloyd J. Austin", "Gen. Lee".
_NO_STOP = r"(?:[^.]|(?<=\b[A-Z])\.|(?<=\bGen)\.|(?<=\bU\.S)\.)"
# "Remarks by Ann Lee at the 22nd …", "Press Conference Following the …": the headline says where it is spoken.
_HEADED = re.compile(
    r"\b(?:[Rr]emarks|[Ss]tatement|[Ss]peech|[Aa]ddress|[Pp]ress (?:[Cc]onference|[Bb]riefing|[Aa]vailability))\b"
    rf"{_NO_STOP}{{0,320}}?\b(?i:at|after|following|in|during|(?:opening|closing|conclusion|start|end) of)\b"
    r"[^.]{0,40}$|"
    # "Remarks to the Contact Group", "a Post-Contact Group Press Conference"
    rf"\b(?:Remarks|Statement|Speech|Address)\b{_NO_STOP}{{0,200}}\bto (?:the |NATO ){{0,2}}$|\bPost-$"
)
# "Remarks by Ann Lee Prior to a Meeting with …", "Remarks Before Trilateral Talks": of minutes before.
_AHEAD = re.compile(
    rf"[^.]{{0,30}}\bRemarks\b{_NO_STOP}{{0,320}}\b(?i:prior to|before) (?:[Aa]n? |[Tt]he )?(?:[A-Z][\w-]+ ){{0,3}}"
)
_SPOKEN = re.compile(r"(?:[A-Z]\w+ )?(?:Remarks|Speech|Address|Press (?:Conference|Briefing))\b")
_SAID_HERE = re.compile(
    r"\b(?:(?i:thank(?:s|ed|ing)?|welcom(?:e|ed|ing)|great|good|glad|pleased|delighted|honou?red|pleasure|privilege)\b"
    r"[^.;:]{0,90}?\b(?:to|for|at)|"
    r"(?:[Ww]e|I)(?:'ve| have|'re| are|'m| am)?(?: just| now| also){0,2} (?:wrapped up|concluded|finished|completed|"
    r"convened|chaired|hosted|held|had|gathered|meeting|here|made|seen)|"
    # "Just finished the trilateral meeting"
    r"(?:^|[:.] )(?:So,? |And |OK,? |Well,? )?[Jj]ust (?:wrapped up|concluded|finished|completed|had|held|came out of))"
    r"\b[^.;:]{0,60}$"
)
# What is still to come, or only spoken about: a call "to preview the summit", "pleased to announce that we will meet".
_NOT_YET = re.compile(r"\b(?i:preview\w*|ahead|before|prior|upcoming|forthcoming)\b")
_NOT_THERE = re.compile(
    _NOT_YET.pattern + r"|\b(?i:call|brief\w*|press|discuss\w*|about|regarding|on|announce|will|would|next|last|"
    r"previous|looking)\b"
)
# "Readout of …", "The Secretary's Call with A, B and C": the headline of a readout.
_READOUT = re.compile(
    r"^\W*(?:Joint )?R(?:eadout|EADOUT)\b|^\W*(?:[A-Z][\w.-]* ){1,6}?[A-Z][\w.-]*'s? (?:[A-Z]\w+ ){0,2}"
    r"(?:Call|Meeting|Conversation|Participation|Video ?[Cc]onference|Trilateral)\b"
)
_MET = re.compile(r"\b(?:spoke|talked|met|hosted|convened|held|participated|joined|gathered|welcomed)\b")
_ANYTHING = re.compile("")


def mark_spoken(reading: Reading, persons: People, drafts: list[MeetingDraft]) -> None:
    """Rule meeting-speech: give the meeting at which the text is spoken its state, day and speaker."""
    titles = [s.text for s in reading.sentences if s.is_title]
    if len(in_own_words(reading)) < (1 if any(_SPOKEN.match(title) for title in titles) else _FEWEST):
        return
    for draft in drafts:
        for seen in draft.seen:
            cue = _cue(reading, seen.mention) if not seen.mention.when else None
            if cue is None:
                continue
            _mark(reading, draft, seen, cue)
            speaker = next((p for p in persons if _speaks(p.turns, seen.mention, reading)), None)
            if speaker is not None and speaker.affiliation is not None:
                named = speaker.fullest
                draft.speaker = speaker.affiliation, (named.start, named.end)
            return


def spoken_of(reading: Reading, seen: Seen) -> Seen:
    """Rule meeting-headed: "Remarks by A, B and C in Trilateral Meeting | Lima, Peru" are of their own day."""
    if not seen.mention.sentence.is_title or not _SPOKEN.match(seen.mention.sentence.text) or seen.date is not None:
        return seen
    cue = _cue(reading, seen.mention)
    today = _today(reading) if cue is not None else None
    if cue is None or today is None:
        return seen
    return replace(seen, status="held", status_span=cue, date=today, place=seen.place or place_of_header(reading))


def mark_ahead(reading: Reading, drafts: list[MeetingDraft]) -> None:
    """Rule meeting-ahead: "Remarks Prior to a Meeting with …" are spoken on its day, before it."""
    for draft in drafts:
        seen = next((s for s in draft.seen if s.mention.sentence.is_title), None)
        if seen is None:
            continue
        sentence = seen.mention.sentence
        if _AHEAD.fullmatch(reading.view, sentence.start, seen.mention.start):
            draft.spoken = True
            seen.status, seen.status_span = "planned", (sentence.start, seen.mention.end)
            if draft.date is None:
                seen.date = _today(reading)


def date_readout(reading: Reading, drafts: list[MeetingDraft]) -> None:
    """Rule date-readout: the one undated meeting of a readout was on the day that its first sentences say."""
    if not any(s.is_title and _READOUT.search(s.text) for s in reading.sentences):
        return
    undated = [d for d in drafts if d.date is None and not d.when()]
    today = _today(reading, _MET)
    if len(undated) != 1 or today is None or any(d.date is not None and d.date.starts == today.starts for d in drafts):
        return
    undated[0].seen[0].date = today


def _cue(reading: Reading, mention: MeetingMention) -> tuple[int, int] | None:
    """The words that say that a mention is of the meeting at hand."""
    sentence = mention.sentence
    if reading.in_quote(mention.start):
        return None
    start = min(mention.start, mention.group.start) if mention.group is not None else mention.start
    pattern, barred = (_HEADED, _NOT_YET) if sentence.is_title else (_SAID_HERE, _NOT_THERE)
    match = pattern.search(reading.view[sentence.start : start])
    if match is None or barred.search(match.group()):
        return None
    return sentence.start + match.start(), mention.end


def _speaks(turns: list[tuple[int, int]], mention: MeetingMention, reading: Reading) -> bool:
    """Does a mention stand in somebody's turn? A speech begins with its first words, before the first "I"."""
    if mention.sentence.is_title:
        return any(end == len(reading.view) for _, end in turns)
    return any(
        start <= mention.start < end or (end == len(reading.view) and mention.start < start) for start, end in turns
    )


def _mark(reading: Reading, draft: MeetingDraft, seen: Seen, cue: tuple[int, int]) -> None:
    for one in draft.seen:
        if one.status == "planned":
            one.status, one.status_span = None, None
    draft.spoken = True
    seen.status, seen.status_span = "held", cue
    if draft.date is None:
        seen.date = _today(reading)


def _today(reading: Reading, telling: re.Pattern[str] = _ANYTHING) -> Dated | None:
    """The day of the text with its words: "today", or the line that dates the text; of a `telling` sentence."""
    if reading.anchor is None:
        return None
    for sentence in reading.sentences[:_OPENING]:
        if telling.search(sentence.text) is None:
            continue
        for date in reading.dates_of(sentence):
            found = resolve(date, reading.anchor)
            if found is None or found[0] != reading.anchor.isoformat() or reading.in_quote(date.start):
                continue
            return Dated(found[0], None, (date.start, date.end), date, 1)
    return None
