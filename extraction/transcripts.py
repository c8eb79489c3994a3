"""Speakers of transcripts and addresses: whoever a line names before a colon, and whose words a whole text is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extraction import lexicon
from extraction.document import MAX_QUOTE, Sentence, Token
from extraction.gazetteer import Hit, fold
from extraction.people import People
from extraction.persons import NameFinder, NameMention
from extraction.reading import Reading
from extraction.roles import is_head, phrase_word
from extraction.screening import Screened
from extraction.titles import Cover, TitleMention, Tokens

_CAPITALS = re.compile(
    r"(?P<label>[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.,'\u2019 -]{0,90}?)(?: \([^)]{1,60}\))? ?:(?=\s|$)"
)
# A name in capitals that fills its line, and the office in which its bearer acts.
_NAME_ALONE = re.compile(r"\s*(?:[A-Z][A-Z'-]+|[A-Z]\.)(?: (?:[A-Z][A-Z'-]+|[A-Z]\.)){1,4}(?:,? (?:JR|SR)\.?)?\s*")
_ACTS_AS = re.compile(r"\bvested in me as (?P<title>[A-Z]\w+(?: [A-Z]\w+)?)\b")
_MIXED = re.compile(r"(?P<label>(?:[A-Z][\w.'-]+ ){0,6}[A-Z][\w'-]+) ?:(?=\s)")
_OFFICE = re.compile(
    r"\b(?:SECRETARY|MINISTER|PRESIDENT|GENERAL|GEN\.|ADMIRAL|ADM\.|SPOKES(?:MAN|WOMAN|PERSON)|CHAIRMAN|COMMANDER|"
    r"COLONEL|COL\.|AMBASSADOR|CHANCELLOR|M(?:R|S|RS)\.?|DR\.?) [A-Z,]"
)
# "MR. KIRBY:" speaks for somebody where the press is briefed.
_HONOURED = re.compile(r"(?:M(?:R|S|RS)|DR)\.? [A-Z]")
_BRIEFING = re.compile(
    r"\b(?:press|background|media|daily|department) (?:\w+ ){0,2}(?:call|gaggle|briefing)\b|\bpress gaggle\b|"
    r"\bbriefs? (?:the )?(?:press|reporters)\b",
    re.I,
)
_ASKING = re.compile(r"(?:Q|QUESTION|Question|REPORTER|Reporter|JOURNALIST|PRESS)\b")
_SAID_BELOW = Screened(
    r"\b(?:said|says|added|commented|stated|noted|continued|concluded|explained|wrote)[^.:;,]{0,30}:$"
)
_OUR_OWN = re.compile(r"\b(?:I|my|[Ll]et me|[Ww]e|[Oo]ur|us)\b")
_BYLINE = re.compile(
    r"(?:^|\b)(?:From|(?<=[Ss]tatement )from|By|by|Delivered by|Speaker|Remarks of|Statement of|Speech of|Address of)"
    r"\b:? (?:the )?"
    r"(?:[A-Z][^.!?]{0,80})?$"
)
_SIGNED = re.compile(r"(?:[A-Z][\w.'-]* ){0,4}?[Ss]tatement (?:by|from|of) ")
# A written statement is not speech: nothing in it is quoted.
_SPOKEN = re.compile(
    r"\b(?:speech|remarks|address|intervention|keynote|transcript|delivered|"
    r"press (?:conference|briefing|availability))\b",
    re.I,
)
# Whoever introduces a speaker gives him the floor within so many sentences.
_INTRODUCTION = 16
_FLOOR_GIVEN = re.compile(
    r"\b(?:over to (?:you|the|our|Mr|Ms|Dr|[A-Z])|turn (?:it|this|that|the (?:call|floor|podium)) over|"
    r"(?:floor|podium) is yours)|\bAnd,? with that\b"
)


@dataclass(frozen=True)
class Turn:
    """What one speaker says: the label's span, and the span of the first words after it."""

    start: int
    end: int
    label: tuple[int, int]
    sentence: Sentence


def turns(reading: Reading) -> list[Turn]:
    """The labelled turns of a transcript; none where a text has only one or two lines with a colon."""
    capitals, mixed = list(_labelled(reading, _CAPITALS)), list(_labelled(reading, _MIXED))
    found = capitals
    if len(capitals) < 3:
        # "Minister Olsen: …" is a label only where labels recur; "Venue: …" is not one.
        times = Counter(reading.view[slice(*turn.label)] for turn in mixed)
        found = [turn for turn in mixed if times[reading.view[slice(*turn.label)]] > 1]
    # One label is enough where it is an office or "MR." in capitals.
    offices = any(_OFFICE.search(reading.view, *turn.label) for turn in capitals)
    return found if len(found) > 2 or (offices and found is capitals) else capitals if offices else []


def _labelled(reading: Reading, pattern: re.Pattern[str]) -> Iterator[Turn]:
    paragraph = -1
    for sentence in reading.sentences:
        if sentence.paragraph == paragraph or sentence.is_title:
            continue
        paragraph = sentence.paragraph
        match = pattern.match(sentence.text)
        if match is None:
            continue
        left = sentence.start
        begin = left + match.end()
        begin += len(reading.view[begin : begin + 3]) - len(reading.view[begin : begin + 3].lstrip())
        yield Turn(begin, sentence.end, (left, left + match.end("label")), sentence)


def label_mentions(finder: NameFinder, found: list[Turn]) -> list[NameMention]:
    """Rule title-in-label: "NATO SECRETARY GENERAL TORVALD HEGGELUND:" is a title and a name, "MS. SINGH:" a name."""
    mentions = []
    for turn in found:
        tokens = [t for t in turn.sentence.tokens if t.end <= turn.label[1]]
        cover = finder.covering(turn.sentence)
        named = _named_first(finder, tokens, cover)
        if named is not None:
            mentions.append(named)
            continue
        first = _name_start(tokens, cover)
        name = tokens[first:]
        if not name or any(not _may_name(t, cover.get(first + i)) for i, t in enumerate(name)):
            continue
        left, right = tokens[first].start, tokens[-1].end
        mention = NameMention(left, right, _cased(finder.view[left:right]), turn.sentence)
        mention.words = tuple(
            fold(t.text) for t in tokens[first:] if t.lower not in lexicon.SUFFIXES and t.text[0].isalnum()
        )
        mention.addressed = first > 0
        mention.speaker_label = True
        mention.title = _title(finder, tokens, cover, first)
        if mention.title is None and finder.view.startswith(" (", turn.label[1]):
            mention.title, _ = finder.appositions.after(turn.sentence.tokens, cover, len(tokens))
        if mention.words:
            mentions.append(mention)
    return mentions


def signatures(finder: NameFinder) -> list[NameMention]:
    """Rule official-signed: "JOSEPH R. BIDEN JR." under a text in which somebody acts "as President"."""
    reading = finder.reading
    office = _ACTS_AS.search(reading.view)
    last = reading.sentences[-1] if reading.sentences else None
    if office is None or last is None or last.is_title or not _NAME_ALONE.fullmatch(last.text):
        return []
    tokens, cover = last.tokens, finder.covering(last)
    if any(not _may_name(token, cover.get(i)) for i, token in enumerate(tokens)):
        return []
    words = tuple(fold(t.text) for t in tokens if t.lower not in lexicon.SUFFIXES and t.text[0].isalnum())
    left, right = tokens[0].start, tokens[-1].end
    title = TitleMention(*office.span("title"), office["title"], None, None, "title-signed")
    text = _cased(reading.view[left:right])
    return [NameMention(left, right, text, last, title, addressed=True, words=words)]


def _named_first(finder: NameFinder, tokens: Tokens, cover: Cover) -> NameMention | None:
    """ "ANN LEE, UK SECRETARY OF STATE FOR DEFENCE:" names the speaker before the office."""
    comma = next((i for i, t in enumerate(tokens) if t.text == ","), 0)
    name = tokens[:comma]
    if comma < 2 or _name_start(name, cover) or any(not _may_name(t, cover.get(i)) for i, t in enumerate(name)):
        return None
    title = finder.titles.title(tokens, cover, comma + 1, len(tokens), "title-in-label")
    if title is None:
        return None
    left, right = name[0].start, name[-1].end
    words = tuple(fold(t.text) for t in name if t.lower not in lexicon.SUFFIXES and t.text[0].isalnum())
    text = _cased(finder.view[left:right])
    return NameMention(
        left,
        right,
        text,
        finder.reading.document.sentence_at(left),
        title,
        addressed=True,
        speaker_label=True,
        words=words,
    )


def _may_name(token: Token, hit: Hit | None) -> bool:
    """No word of grammar and no body stands in a speaker's name ("FOR THE PENTAGON:", "NOT TO BE MISSED:")."""
    if token.lower in lexicon.PARTICLES or token.lower in lexicon.SUFFIXES or not token.text[0].isalpha():
        return True
    if not phrase_word(token) or token.lower in lexicon.NOT_NAMES or token.lower in lexicon.ROLE_LINKS:
        return False
    return hit is None or hit.get("nation", "place", "capital") is not None


def _name_start(tokens: Tokens, cover: Cover) -> int:
    first = 0
    for index, token in enumerate(tokens):
        lower = token.lower
        if (
            is_head(token)
            or lower in lexicon.ROLE_WORDS
            or lower in lexicon.RANKS
            or lower in lexicon.HONORIFICS
            or lower in ("q", "question", "moderator", "reporter", "staff", "host", "operator", "interpreter", "press")
            or (index in cover and index + 2 < len(tokens))
        ):
            first = index + 1
        elif lower not in lexicon.ROLE_LINKS and token.text[0].isalnum() and index - first > 3:
            break
    return first


def _title(finder: NameFinder, tokens: Tokens, cover: Cover, first: int) -> TitleMention | None:
    begin, end = 0, first
    while end and tokens[end - 1].lower in lexicon.HONORIFICS:
        end -= 1
    if not end:
        return None
    title = finder.titles.title(tokens, cover, begin, end, "title-in-label")
    if title is None and all(t.lower in lexicon.RANKS for t in tokens[:end]):
        text = finder.view[tokens[0].start : tokens[end - 1].end]
        return TitleMention(tokens[0].start, tokens[end - 1].end, text, None, None, "rank-before-name")
    return title


def _cased(name: str) -> str:
    """A name in capitals as it is written in text: "VON DER LEYEN" von der Leyen, "MCGUINTY" McGuinty."""
    if not name.isupper():
        return name
    words = []
    for index, word in enumerate(name.split()):
        if word.lower() in lexicon.PARTICLES and index:
            words.append(word.lower())
        elif word.lower() in ("ii", "iii", "iv") or re.fullmatch(r"(?:[A-Z]\.)+", word):
            words.append(word)
        else:
            cased = "-".join(part.capitalize() for part in word.split("-"))
            words.append(re.sub(r"^(Mc|O')(\w)", lambda m: m[1] + m[2].upper(), cased))
    return " ".join(words)


def attribute_turns(reading: Reading, persons: People, found: list[Turn]) -> None:
    """Rule quotation-turn: what follows a speaker's label is the speaker's own words.

    "Good morning." alone is no statement: the sentence after it in the same paragraph is taken along, and where several
    speak, that of the next paragraph before another's label.
    """
    ends = [*(turn.label[0] for turn in found[1:]), len(reading.view)]
    for turn, until in zip(found, ends, strict=False):
        speaker = next((p for p, _ in persons.between(*turn.label)), None)
        if speaker is None:
            continue
        speaker.turns.append((turn.start, until))
        end, after = turn.end, turn.sentence.index + 1
        while len(reading.view[turn.start : end].split()) < 3 and after < len(reading.sentences):
            following = reading.sentences[after]
            if following.paragraph != turn.sentence.paragraph and (len(found) < 2 or following.start >= until):
                break
            end, after = reading.sentences[after].end, after + 1
        end = min(end, turn.start + MAX_QUOTE)
        if len(reading.view[turn.start : end].split()) > 2:
            speaker.quotes.append((turn.start, end))


def attribute_blocks(reading: Reading, persons: People) -> None:
    """Rule quotation-block: "Defence Secretary Ann Lee said:" and under it, as a paragraph without marks, her words."""
    for sentence, below in pairwise(reading.sentences):
        if sentence.is_title or below.paragraph == sentence.paragraph or not _SAID_BELOW.search(sentence.text):
            continue
        named = persons.between(sentence.start, sentence.end)
        if named and below.text[0].isalpha() and len(below.text.split()) > 4:
            named[-1][0].quotes.append((below.start, min(below.end, below.start + MAX_QUOTE)))


def answers(reading: Reading, found: list[Turn]) -> set[int]:
    """The starts of labels of those who speak for somebody: whose turn follows a question, and in a press call or
    briefing every "MS. WATSON:"."""
    after = set()
    if any(_BRIEFING.search(s.text) for s in reading.sentences[:8]):
        after = {turn.label[0] for turn in found if _HONOURED.match(reading.view, turn.label[0])}
    for before, turn in pairwise(found):
        if _ASKING.match(reading.view, before.label[0]):
            after.add(turn.label[0])
    return after


def reporters(found: list[Turn], mentions: list[NameMention]) -> None:
    """Who introduces himself in a question ("Ann Lee, Northern News.") is a reporter."""
    asking = {turn.sentence.paragraph: turn.sentence for turn in found if _ASKING.match(turn.sentence.text)}
    for mention in mentions:
        question = asking.get(mention.sentence.paragraph)
        if question is not None and mention.title is None:
            mention.private |= mention.sentence.index - question.index < 3


def within(labels: list[tuple[int, int]], position: int) -> bool:
    """Does a position stand in one of the labels, which are in order?"""
    before = bisect_right(labels, position, key=lambda label: label[0])
    return before > 0 and position < labels[before - 1][1]


def attribute_address(reading: Reading, persons: People) -> None:
    """Whose speech or signed statement a text in the first person is; the text becomes a turn of that person.

    Named in a line "From: …", "Speech by …", in the headline beside such a word, or alone in the last line. Rule
    quotation-address: the first sentence with "I" in a speech is quoted; a written statement quotes nobody.
    """
    own = in_own_words(reading)
    spoken = len(own) > 2 and any(_SPOKEN.search(s.text) for s in reading.sentences[:6])
    if not own or not (spoken or _SIGNED.match(reading.view)):
        return
    author = next((persons[i] for _, i, mention in persons.mentions if _heads(reading, mention)), None)
    if author is not None:
        first = _after_introduction(reading, own)
        author.turns.append((first.start, len(reading.view)))
        if spoken:
            author.quotes.append((first.start, min(first.end, first.start + MAX_QUOTE)))


def _after_introduction(reading: Reading, own: list[Sentence]) -> Sentence:
    """The speaker's first own sentence: "And with that, over to Secretary Lee." ends the words of the staff."""
    given = next((s for s in reading.sentences[:_INTRODUCTION] if _FLOOR_GIVEN.search(s.text)), None)
    return next((s for s in own if given is not None and s.paragraph > given.paragraph), own[0])


def in_own_words(reading: Reading) -> list[Sentence]:
    """The sentences that say "I" or "we" outside quotation marks: few in a report, many in a speech or briefing."""
    return [
        s
        for s in reading.sentences
        if not s.is_title
        and (match := _OUR_OWN.search(s.text)) is not None
        and not reading.in_quote(s.start + match.start())
    ]


def _heads(reading: Reading, mention: NameMention) -> bool:
    """Does a name stand where a speech or statement names whose it is?"""
    sentence = mention.sentence
    opening = sentence.is_title or sentence.index < 6
    lead = reading.view[sentence.start : mention.start]
    return bool(
        (opening and _BYLINE.search(lead) and sentence.end - sentence.start < 160)
        or (sentence.is_title and _SPOKEN.search(sentence.text))
        or (sentence.index == len(reading.sentences) - 1 and len(sentence.text.split()) < 12)
    )
