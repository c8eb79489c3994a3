"""What a meeting is called: by its group or organisation and who meets, else as the text itself calls it."""

from __future__ import annotations

import re

from extraction.gazetteer import nation_names
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_words import NOUN
from extraction.reading import Reading

# Longer phrases are clauses.
_LONGEST = 160
# After day, place and whom the text is attributable to.
_OPENING = 5
_SINGLE = re.compile(
    r"^(?:FACT SHEET: )?(?:(?:Joint )?(?:Readout|READOUT) of (?:the )?|Statement .{3,60}? on (?:the )?)?"
    r"(?P<name>.*\b(?i:call|conversation|video ?conference|teleconference|meeting|summit|ministerial)\b(?!s).*)$"
)
_BEFORE = re.compile(r"^(?:.*\b(?:an?|the|this|that|these|its|their|his|her|our|another)\s+|\W+)", re.I | re.S)
_SPACE = re.compile(r"\s+")
# "hosted his Nordic colleagues", "ministers gathered": who meets is told, not named.
_TOLD = re.compile(r"\b(?:his|her|their|its|they|was|were|[a-z]{2,}ed|met|sat|last|dozens|in|to)\b|\d")
_NUMBER = re.compile(r"(?:[\w-]+ ){0,1}[\w-]+")
_LAUNCHED = re.compile(r"launch|\bfound|set up|\bform(?:s|ed|ing)?\b|born|creat|establish", re.I)
_THE = re.compile(r"^(?=United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Czech Republic|Dominican)")
_INFORMAL = re.compile(r"\binformal\b")


def name_of(reading: Reading, draft: MeetingDraft, group: str | None, first: bool) -> str:
    """Rule label-composed: "28th Ukraine Defense Contact Group meeting", "NATO defence ministers meeting"; a meeting of
    neither group nor organisation, of which `first` says that the text begins with it, is called as the text calls it.
    """
    if group is None and draft.organisation is None:
        headline = headline_of(reading, draft) if first else None
        told = headline or phrase_of(reading, draft)
        if told:
            return headline or f"{told}{_among(draft, told)}"
    head, view = draft.head, reading.view
    parts = []
    ordinal = draft.first("ordinal")
    if ordinal is not None and ordinal.ordinal_span is not None:
        number = view[slice(*ordinal.ordinal_span)]
        parts.append(number if _NUMBER.fullmatch(number) else f"No. {ordinal.ordinal}")
    body = draft.first("body")
    words = view[slice(*body.body_span)].strip() if body is not None and body.body_span else ""
    if group is not None:
        parts.append(group)
    elif draft.organisation is not None and draft.organisation not in words and draft.body != "council":
        parts.append(draft.organisation)
    said = " ".join(parts).lower()
    if words.lower() not in said and words.lower() not in ("summit", "meeting", "meetings") and not _TOLD.search(words):
        parts.append(words)
    noun = view[head.start : head.end].lower() if head.kind == "noun" else ""
    if not NOUN.fullmatch(view, head.start, head.end) or "ramstein" in noun:
        noun = "launch" if _LAUNCHED.search(view, head.start, head.end) else "meeting"
    parts.append(noun if noun not in " ".join(parts).lower() else "")
    informal = "Informal " if _INFORMAL.search(view, head.left, head.right) else ""
    name = informal + " ".join(p for p in parts if p)
    return name if group or draft.organisation else f"{name}{_among(draft, name)}"


def _among(draft: MeetingDraft, name: str) -> str:
    """ " of Japan, South Korea and the United States", where the text lists who met and the `name` does not."""
    sides = max((m.sides for m in draft.mentions), key=len)
    names = [_THE.sub("the ", nation_names().get(side, side)) for side in sides]
    if len(names) < 2 or any(n in name for n in names) or " and " in name:
        return ""
    return f" of {', '.join(names[:-1])} and {names[-1]}"


def headline_of(reading: Reading, draft: MeetingDraft) -> str | None:
    """Rule label-headline: "Readout of the President's Call with European Leaders" names what the text begins with."""
    title = next((s for s in reading.sentences[:1] if s.is_title), None)
    match = _SINGLE.match(title.text) if title is not None and len(title.text) < 2 * _LONGEST else None
    first = next((s for s in reading.sentences if not s.is_title), None)
    if match is None or first is None:
        return None
    listed = any(m.states and m.sentence.index - first.index < _OPENING for m in draft.mentions)
    return match["name"] if listed and not draft.when() else None


def phrase_of(reading: Reading, draft: MeetingDraft) -> str | None:
    """Rule label-phrase: "the historic trilateral summit" without its article; of several such phrases the one beside
    the meeting's day or place, then the first that names who meets."""
    told = [s for s in draft.seen if s.mention.kind != "verb" and s.mention.end - s.mention.left <= _LONGEST]
    told = [s for s in told if NOUN.fullmatch(reading.view, s.mention.start, s.mention.end)]
    if not told:
        return None
    seen = max(
        told,
        key=lambda s: (
            not s.mention.sentence.is_title,
            s.date is not None or s.place is not None,
            s.mention.kind == "noun",
            -s.mention.start,
        ),
    )
    left = seen.mention.left
    # "Chiefs of Defense Meeting" begins with the body.
    left = min([left, *(b[0] for m in draft.mentions if (b := m.body_span) is not None and b[0] < left < b[1])])
    phrase = _SPACE.sub(" ", _BEFORE.sub("", reading.view[left : seen.mention.end])).strip()
    return phrase if " " in phrase else None
