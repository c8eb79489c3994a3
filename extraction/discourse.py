"""Which words of an article speak of which meeting.

A meeting stays the topic until another is named: a sentence that names one belongs to it, the sentences after it
in the paragraph go on about it, and a new paragraph that names none returns to the meeting the article is about.
A sentence that names two is cut between them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction.date_resolution import day_of, resolve
from extraction.document import Sentence
from extraction.meeting_draft import MeetingDraft
from extraction.meeting_mentions import MeetingMention
from extraction.meeting_neighbours import coordinated
from extraction.meeting_pairs import in_pairs
from extraction.reading import Reading
from extraction.screening import Screened

Span = tuple[int, int]

# A new paragraph that opens like this goes on about the meeting of the paragraph before.
_CONTINUES = re.compile(
    r"[\"']?(?:He|She|They|It|There|That|This|Those|These|Both|All|Also|Around the table|On that occasion|"
    r"At (?:the|that) time|Back then|Then|Among)\b(?! (?:said|will be|is not))"
)
# Between two meetings of one sentence the words after these belong to the second.
_SEAM = re.compile(
    r"[,;:\u2014]\s|\s(?:while|whereas|and then|after|before|ahead of|following|a day before|but)\s|"
    r"\sand (?=at|in|on|again|a|the)"
)
_AND_NEXT = re.compile(r"(?:,|;) (?:and|while|but) (?:the |its |their )?")
# What happened long before or since is no news of the meeting at hand.
_ASIDE = Screened(
    r"\b(?:since (?:the (?:start|beginning|full-scale|invasion|war|outbreak)|its (?:launch|founding|creation|start)|"
    r"(?:19|20)\d\d|Russia)|"
    r"separately|in a separate|dates? (?:from|back to)|meanwhile|elsewhere|for background|for reference|"
    r"(?<!since )last (?:year|month|autumn|spring|summer|winter|fall)|"
    r"(?:a|two|three|four|five|six|several|few) (?:years?|months?|weeks?) ago|(?:earlier|previously) this (?:year|"
    r"month)|"
    r"had [^.;]{0,80}?\b(?:the (?:week|month|year)|days|weeks|months|a (?:week|month|year)) (?:before|earlier)|"
    r"(?:was|were) (?:founded|set up|created|established)|belongs? to|(?:is|are) (?:not )?members? of)\b",
    re.I,
)


# Rule discourse-pairs: whom somebody met in pairs took part in no meeting of several by that, nor by consultations that
# are of two by their name.
_OF_TWO = re.compile(
    r"\b(?:AUSMIN|AUKMIN|2 ?\+ ?2|two-plus-two|bilateral (?:meetings?|talks|consultations)|"
    r"(?:meet|meets|met|speak|spoke|sit down) with [^.;]{3,80}\bbilateral)\b",
    re.I,
)
# "which was launched at the summit in Wales", "set up at": where a thing began.
_LAUNCHED_AT = re.compile(
    r",? (?:and )?(?:(?:which|who|that|it) (?:was|were|had been|has been) )?(?:\w+ )?(?:launched|founded|set up|"
    r"established|"
    r"created|announced|agreed(?: up)?on|agreed|decided|born|begun|conceived|proposed)(?: \w+){0,3}? (?:at|during) "
    r"(?:the |an? |its |their |last |this )?(?:[\w'-]+ ){0,3}?$"
)
# "discussed preparations for", "to prepare for the summit", "discussed Ukraine and the upcoming summit": who talked of
# it was not at it by that, as who "discussed aid at the summit" was.
_BEFOREHAND = re.compile(
    r"\b(?:(?:discuss|preview|consult)(?:e[sd]|s|ing)?\b(?:(?!\b(?:attend|host|join|welcom|looks? forward))"
    r"(?:[^.]|(?<=[A-Z])\.))*?"
    r"\b(?:for|including|and|on|about|regarding|concerning|ahead of|of)|discuss(?:ed|ing)|"
    r"preview(?:ed|ing)|looked ahead to|"
    r"(?:to prepare|preparing|prepared|prepares|preparations?) for) "
    r"(?:(?:the|an?|its|their|this|next|upcoming|forthcoming) ){0,2}"
    r"(?:(?!(?:at|in|during|to|attend|host|join|hosted|held)\b)[\w.,'-]+ ){0,5}?$"
)
_BEHIND = re.compile(
    r"^(?:Meeting |Gathering |Coming |Held )?(?:[Ii]mmediately |[Rr]ight |[Jj]ust |[Ss]hortly )?"
    r"(?:[Aa]fter|[Bb]efore|[Ff]ollowing|[Aa]head of) (?:the |an? |today's )?$"
)
# What those who met spoke of, not where they met.
_MATTER = re.compile(
    r"\b(?:exchang(?:ed?|ing) views|discuss(?:ed|ing|ion)?s?|(?:spoke|talked|speak|talk) (?:about|of)|"
    r"review(?:ed|ing)?|consult(?:ed|ing)?|coordinat(?:ed|ing)|prepar(?:ed?|ing|ations?)|"
    r"look(?:ed|s|ing)? (?:ahead|forward)|previewed|"
    r"outcomes|priorities|deliverables|in (?:advance of|the lead-?up to|the run-up to)|agenda (?:of|for))\b"
    r"[^.;:]{0,90}$"
)
_PAST = re.compile(
    r"\b(?:took part|attended|joined|spoke|chaired|hosted|thanked|pledged|promised|announced|(?:was|"
    r"were) (?:also )?(?:present|"
    r"represented|there|attended|chaired|hosted|joined)|said|told|agreed|presented|briefed|addressed|opened|led)\b"
)
_FUTURE = re.compile(r"\b(?:will|shall|would|is to|are to|(?:is|are) (?:due|set|expected|scheduled|planned))\b|'ll\b")


@dataclass(frozen=True)
class Segment:
    """A stretch of one sentence with the meeting it speaks of.

    `bond`: own (the meeting is named there), follow (goes on about it in the paragraph), around (returns to the
    article's meeting), aside (of another time or matter, by its words).
    """

    start: int
    end: int
    sentence: Sentence
    draft: MeetingDraft
    bond: str


def main_of(drafts: list[MeetingDraft]) -> MeetingDraft | None:
    """The meeting an article is about: the headline's, the most mentioned, the first."""

    def weight(draft: MeetingDraft) -> tuple[int, int, int]:
        in_title = any(m.sentence.is_title for m in draft.mentions)
        early = -min(m.start for m in draft.mentions)
        sentences = len({m.sentence.index for m in draft.mentions})
        return sentences + 2 * in_title + (draft.ordinal is not None), int(in_title), early

    best = max(drafts, key=weight, default=None)
    # A readout of two whose talk was of a coming summit is not about the summit.
    if best is not None and all(_only_spoken_of(mention) for mention in best.mentions):
        return None
    # Only the last or the next meeting was found: what the article is about, nobody knows.
    if best is not None and best.when() and not any(m.sentence.is_title for m in best.mentions):
        return None
    return best


def _only_spoken_of(mention: MeetingMention) -> bool:
    """Rule discourse-beforehand: is the meeting what those of the sentence talked about?"""
    sentence = mention.sentence
    return (
        not sentence.is_title and _BEFOREHAND.search(sentence.text[: _named_at(mention) - sentence.start]) is not None
    )


def _named_at(mention: MeetingMention) -> int:
    """Where a mention's name begins: of "they discussed aid and the NATO summit" that is not where the clause does."""
    return max(mention.left, mention.organisation_span[0]) if mention.organisation_span is not None else mention.left


def segments_of(reading: Reading, drafts: list[MeetingDraft]) -> list[Segment]:
    """Every stretch of the article that speaks of one of its meetings, in order."""
    named: dict[int, list[tuple[MeetingMention, MeetingDraft]]] = {}
    for draft in drafts:
        for mention in draft.mentions:
            named.setdefault(mention.sentence.index, []).append((mention, draft))
    main = main_of(drafts)
    found: list[Segment] = []
    current: MeetingDraft | None = None
    paragraph = -1
    for sentence in reading.sentences:
        fresh = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        pairs = sorted(named.get(sentence.index, []), key=lambda pair: pair[0].start)
        if pairs:
            # "Both meetings were held at …" speaks of each of them.
            shared = {id(m) for m, d in pairs if any(m is n and d is not e for n, e in pairs)}
            for draft in _unique(d for m, d in pairs if id(m) in shared):
                found.append(Segment(sentence.start, sentence.end, sentence, draft, "own"))
            single = [pair for pair in pairs if id(pair[0]) not in shared]
            if single:
                pieces = _without_pairs(reading, _cut(reading, sentence, single), single)
                pieces = _before_next(reading, pieces, single[0][0], current or main)
                found.extend(_before_aside(reading, pieces, single[0][0], current or main))
            if not sentence.is_title:
                current = _talked_of(reading, sentence, pairs, current)
            continue
        if sentence.is_title or in_pairs(sentence) is not None or _OF_TWO.search(sentence.text):
            continue
        if fresh and current is not None and current is not main and not _CONTINUES.match(sentence.text):
            current = None
        # Whatever the article is about, the sentence right after a meeting goes on about it.
        going_on, bond = (main, "around") if current is None or (fresh and current is main) else (current, "follow")
        if going_on is None:
            continue
        draft = going_on
        if main is not None and draft is not main and bond == "follow" and _other_time(sentence.text, draft, main):
            draft, bond = main, "around"
        if _ASIDE.search(sentence.text) or _other_day(reading, sentence, draft):
            bond = "aside"
        found.append(Segment(sentence.start, sentence.end, sentence, draft, bond))
    return found


def _talked_of(
    reading: Reading,
    sentence: Sentence,
    pairs: list[tuple[MeetingMention, MeetingDraft]],
    current: MeetingDraft | None,
) -> MeetingDraft | None:
    """Rules discourse-behind, discourse-matter: after "Meeting right after the summit, the leaders agreed" and after
    "they discussed preparations for the summit" their meeting is the topic."""
    mention, last = pairs[-1]
    before = reading.view[sentence.start : mention.left]
    if _BEHIND.match(before) is None and _MATTER.search(before) is None and not _only_spoken_of(mention):
        return last
    return pairs[-2][1] if len(pairs) > 1 else current


def _other_time(text: str, draft: MeetingDraft, main: MeetingDraft) -> bool:
    """Rule discourse-tense: "Umerov took part" after the next meeting's date tells of the one that was held."""
    mine, theirs = draft.plain_status(), main.plain_status()
    if mine == "planned" and theirs != "planned":
        return bool(_PAST.search(text)) and not _FUTURE.search(text)
    return mine == "held" and theirs == "planned" and bool(_FUTURE.search(text)) and not _PAST.search(text)


def _unique(drafts: Iterable[MeetingDraft]) -> list[MeetingDraft]:
    found: list[MeetingDraft] = []
    for draft in drafts:
        if not any(draft is other for other in found):
            found.append(draft)
    return found


def _cut(reading: Reading, sentence: Sentence, pairs: list[tuple[MeetingMention, MeetingDraft]]) -> list[Segment]:
    """One segment for each run of mentions of the same meeting, cut at the last seam between two runs."""
    cuts: list[int] = [sentence.start]
    owners: list[MeetingDraft] = [pairs[0][1]]
    # Who "attended the meeting of A and that of B" attended both: a piece begins where what it goes on with began.
    begins: list[int] = [sentence.start]
    for (left, one), (right, two) in pairwise(pairs):
        if one is two:
            continue
        begins.append(begins[-1] if coordinated(reading.view, left, right) else sentence.end)
        low, high = max(left.end, cuts[-1]), max(right.left, left.end)
        cuts.append(_seam(reading.view, sentence, left, low, high) or min(high, right.start))
        owners.append(two)
    ends = [*cuts[1:], sentence.end]
    pieces = zip(cuts, ends, owners, begins, strict=True)
    return [Segment(min(a, begin), b, sentence, owner, "own") for a, b, owner, begin in pieces if b > a]


def _without_pairs(
    reading: Reading, pieces: list[Segment], pairs: list[tuple[MeetingMention, MeetingDraft]]
) -> list[Segment]:
    """Rule discourse-pairs within a sentence: "chaired the group's meeting and met separately with A, B and C"."""
    apart = in_pairs(pieces[0].sentence)
    if apart is None:
        return pieces
    first = pairs[0][0].left
    if first > apart:
        # "After separate talks with A and B, he chaired the meeting": what comes before is of the pairs.
        comma = reading.view.rfind(",", apart, first)
        return [replace(p, start=max(p.start, comma)) for p in pieces if p.end > comma] if comma > 0 else pieces
    return [replace(p, end=min(p.end, max(apart, p.start + 1))) for p in pieces]


def _before_next(
    reading: Reading, pieces: list[Segment], mention: MeetingMention, talked_of: MeetingDraft | None
) -> list[Segment]:
    """Rule discourse-and-next: in "12 countries took part, and the next meeting will …" the first half is of "
    "the last."""
    first = pieces[0]
    if not mention.when or talked_of is None or talked_of is first.draft:
        return pieces
    seams = [m for m in _AND_NEXT.finditer(reading.view, first.start, mention.left + 4) if m.end() >= mention.left - 1]
    if not seams or seams[-1].start() - first.start < 20:
        return pieces
    cut = seams[-1].end()
    return [
        replace(first, end=seams[-1].start(), draft=talked_of, bond="follow"),
        replace(first, start=cut),
        *pieces[1:],
    ]


def _before_aside(
    reading: Reading, pieces: list[Segment], mention: MeetingMention, talked_of: MeetingDraft | None
) -> list[Segment]:
    """Rule discourse-aside: "the ten make up the force, which was launched at the summit in Wales" tells of the meeting
    spoken of; who "discussed preparations for the summit in Madrid" is by that not at it."""
    first = pieces[0]
    if mention.sentence.is_title:
        return pieces
    aside = _LAUNCHED_AT.search(reading.view, first.start, mention.left)
    if aside is not None and talked_of not in (None, first.draft) and aside.start() - first.start > 20:
        before = replace(first, end=aside.start(), draft=talked_of, bond="follow")
        return [before, replace(first, start=aside.start()), *pieces[1:]]
    if _only_spoken_of(mention) and first.start < _named_at(mention) < first.end:
        return [replace(first, start=_named_at(mention)), *pieces[1:]]
    return pieces


def _seam(view: str, sentence: Sentence, left: MeetingMention, low: int, high: int) -> int | None:
    """Where the words about the second meeting begin: after an opening adverbial at once, else as late as may be."""
    seams = list(_SEAM.finditer(view, low, high))
    if not seams:
        return None
    opening = re.match(r"\W*(?:\w+ ){0,4}(?:before|after|following|ahead of|since|between|at|during)\b", sentence.text)
    if opening and left.left - sentence.start < 40:
        return seams[0].end()
    strong = [m for m in seams if re.match(r"[;:\u2014]|\s(?:while|whereas)", m.group())]
    return strong[0].end() if strong else seams[-1].end()


def _other_day(reading: Reading, sentence: Sentence, draft: MeetingDraft) -> bool:
    """Does the sentence name a day well before or after the meeting's?"""
    date = draft.date
    if date is None or date.starts is None:
        return False
    first = day_of(date.starts)
    last = day_of(date.ends) if date.ends else first
    if first is None or last is None:
        return False
    for mention in reading.dates_of(sentence):
        found = resolve(mention, reading.anchor, "past")
        day = day_of(found[0]) if found else None
        if day is not None and not first - datetime.timedelta(days=1) <= day <= last + datetime.timedelta(days=4):
            return True
    return False
