"""Offices told of several people at once: "British and German defence ministers John Healey and Boris Pistorius"."""

from __future__ import annotations

import re
from itertools import pairwise

from extraction import lexicon
from extraction.gazetteer import Hit
from extraction.persons import NameFinder, NameMention
from extraction.titles import TitleMention

_BETWEEN = re.compile(r"(?: of (?:the )?[A-Z][\w ]{1,25})?,? (?:and )?")
_JOINED = re.compile(r",? (?:and )?(?:(?:Mr|Ms|Mrs|Dr|Gen|Adm)\.? )?")
_PLURAL = re.compile(
    r"\b(?:ministers|presidents|secretaries|leaders|chiefs|heads|envoys|counterparts|colleagues)\b", re.I
)
_APPOSED = re.compile(r",\s(?:(?:Mr|Ms|Mrs|Dr)\.?\s)?$")
# "Presidents of Ukraine and Poland Oleh Zorenko and Jan Rey"
_OF_STATES = re.compile(
    r"\b(?:[Mm]inisters|[Pp]residents|[Cc]hancellors|[Pp]remiers) of (?:the )?[A-Z][\w ]* and (?:the )?[A-Z][\w ]*\s$"
)
_CLAUSE = re.compile(r"[.;:\"]|\b(?:said|met|told|with|by|was|were|who|which)\b")


def share_plural_titles(mentions: list[NameMention], view: str) -> None:
    """Rule title-shared: in "defence ministers John Healey and Boris Pistorius" the office is everybody's."""
    for first, second in pairwise(mentions):
        if first.title is None or second.title is not None or first.title.end > first.start:
            continue
        if not re.search(r"(?:ministers|presidents|secretaries|leaders|chiefs)$", first.title.text, re.I):
            continue
        if _BETWEEN.fullmatch(view[first.end : second.start]):
            second.title = first.title


def distribute(mentions: list[NameMention], finder: NameFinder) -> None:
    """Rule office-distributed: the n-th name has the n-th nation's office, all have the one nation's if it is alone.

    "the defence ministers of Germany and the United Kingdom, Karl Brandt and John Hale", "Denmark's prime minister
    and Ukraine's president, Mette Holm and Oleh Zorenko".
    """
    index = 0
    while index < len(mentions):
        group = [mentions[index]]
        while index + 1 < len(mentions) and _JOINED.fullmatch(finder.view[group[-1].end : mentions[index + 1].start]):
            index += 1
            group.append(mentions[index])
        index += 1
        if len(group) > 1:
            _settle(group, finder)


def _settle(group: list[NameMention], finder: NameFinder) -> None:
    first = group[0]
    begin = first.sentence.start
    lead = finder.view[begin : first.start]
    cut = max((m.end() for m in _CLAUSE.finditer(lead)), default=0)
    begin += cut
    phrase = finder.view[begin : first.start]
    if len(phrase) > 160 or not (_APPOSED.search(phrase) or _OF_STATES.search(phrase)):
        return
    hits = [h for h in finder.reading.hits_in(begin, first.start) if h.get("nation", "demonym")]
    plural = _PLURAL.search(phrase)
    if len(hits) == len(group) and (plural or " and " in phrase):
        for number, (mention, hit) in enumerate(zip(group, hits, strict=True)):
            end = hits[number + 1].start if number + 1 < len(hits) else first.start
            title = _plural_office(finder, begin + plural.end()) if plural else _own_office(finder, mention, hit, end)
            if plural or title is not None:
                mention.title = title
                mention.of_nation = (hit.need("nation", "demonym").value, hit.start, hit.end)
                mention.shared = True
    elif len(hits) == 1 and plural:
        for mention in group:
            mention.title = mention.title or _plural_office(finder, begin + plural.end())
            mention.of_nation = (hits[0].need("nation", "demonym").value, hits[0].start, hits[0].end)
            mention.shared = True


def _plural_office(finder: NameFinder, end: int) -> TitleMention:
    """The words of an office that end at a plural head, nations left out: "defence ministers"."""
    sentence = finder.reading.document.sentence_at(end - 1)
    tokens, cover = sentence.tokens, finder.covering(sentence)
    stop = next((i for i, t in enumerate(tokens) if t.end >= end), len(tokens) - 1)
    begin = stop
    while begin and tokens[begin - 1].lower in lexicon.ROLE_WORDS and begin - 1 not in cover:
        begin -= 1
    left = tokens[begin].start
    return TitleMention(left, end, finder.view[left:end], None, None, "title-shared")


def _own_office(finder: NameFinder, mention: NameMention, hit: Hit, end: int) -> TitleMention | None:
    """The singular office that begins with a nation and ends before the next one's."""
    tokens = mention.sentence.tokens
    begin = next((i for i, t in enumerate(tokens) if t.start >= hit.start), len(tokens))
    stop = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
    while stop > begin and tokens[stop - 1].lower in (",", "and", "the"):
        stop -= 1
    return finder.titles.title(tokens, finder.covering(mention.sentence), begin, stop, "title-distributed")
