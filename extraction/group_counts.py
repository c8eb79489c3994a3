"""How many members a group has, apart from how many attend."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property

from extraction.document import Sentence
from extraction.group_names import Group, GroupMention
from extraction.lexicon import number_of
from extraction.money import qualifier_before
from extraction.reading import Reading
from extraction.screening import Screened

Counted = tuple[int, int, int, str | None]
# A sentence, whether it says "the five-nation coalition" or so, and the words that count.
Told = tuple[Sentence, bool, re.Match[str]]

_COUNT = (
    r"(?P<count>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen)"
)
_QUALIFIED = (
    r"(?:(?:more than|over|about|around|approximately|some|nearly|almost|at least|roughly|up to|the|all|"
    r"currently|now) )*"
)
_STATES = (
    r"(?:\w+ ){0,2}(?:nations?|countr(?:y|ies)|member(?:s| states| countries| nations)?|states|partners|"
    r"participants|allies)"
)
_COUNT_BEFORE = Screened(rf"\b{_COUNT}[- ](?:nation|country|member|state|strong)(?: [A-Z]?\w+)?[- ]*$", re.I)
# "the ten participating nations of the Joint Expeditionary Force", "the 50 nations of the group": never "20 of its".
_COUNT_OF = Screened(
    rf"\b(?:(?:the|all) {_COUNT}|{_COUNT.replace('count', 'count2')} (?:participating|member|participant)) "
    r"(?:nations?|countries|states|members) (?:of|in) (?:the |this )?[\"']?$",
    re.I,
)
_COUNT_AFTER = re.compile(
    r"^[^;]{0,75}?\b(?:compris(?:es|ing)|(?:will )?include|includ(?:es|ing)|consist(?:s|ing) of|made up of|composed of|"
    r"brings? together|"
    rf"bringing together|been joined by|(?:grown|expanded|risen|swollen) to|in which|"
    rf"groups|grouping|unit(?:es|ing)|counts|numbers|has|of|with|gathers|doing:|"
    rf"spans) {_QUALIFIED}{_COUNT} {_STATES}\b",
    re.I,
)
# "Belgium has become the 18th member of the coalition", "the 18th country to join the coalition".
_AS_NTH = Screened(
    r"\b(?P<count>\d{1,2})(?:st|nd|rd|th) (?:member|country|nation|state)(?: state| country)? (?:of|in|to join) "
    r"(?:the |a |this )?[\"']?$",
    re.I,
)
# "The number of countries in the coalition has risen to 18".
_NUMBER_OF = re.compile(
    rf"^ (?:has |have |had |now )*(?:risen|grown|increased|climbed|rose|grew|stands|stood|is|reached)(?: to| at)? "
    rf"{_QUALIFIED}{_COUNT}\b(?! (?:per|%))",
    re.I,
)
_THE_NUMBER = Screened(r"\bnumber of (?:\w+ ){1,3}(?:in|of) (?:the |this )?[\"']?$", re.I)
_COUNT_IN = Screened(
    rf"\b{_COUNT} {_STATES}[^.;]{{0,50}}?\b(?:belong to|make up|are part of|take part in|are members of|form|"
    rf"participate in|(?:are )?participating in|(?:are )?engaged in|have signed up to|established|founded|formed|"
    rf"set up|"
    rf"created|(?:creation|establishment|founding) of|"
    r"(?:have|decided to|agreed to) (?:already |now |officially |formally )?join(?:ed)?|"
    r"(?:already|officially|formally) joined|in|that make up|"
    r"which make up) (?:the |a |this )?(?:[A-Z][\w-]+-led )?[\"']?$",
    re.I,
)
_THE_GROUP = (
    r"(?:the |this )?(?:group|coalition|compact|format|initiative|alliance|pact|partnership|pool|platform|"
    r"dialogue|club|"
    r"body|forum|circle)"
)
# Sentences whose subject is the group named before: "It has brought together more than 50 countries", "it now counts
# nine", "Twelve states belong to it", "to which some fifty countries belong", "Ten countries are members", "Its
# membership stands at nine", "All 14 members took part".
_TOLD = (
    rf"\b(?:it|which|that|{_THE_GROUP})(?:, which [^,;.]{{3,80}},)? (?:now |currently |already |"
    rf"today )*(?:(?:has|have) (?:\w+ )?brought together|"
    rf"brings together|unites|gathers|counts|comprises|numbers|has) {_QUALIFIED}COUNT {_STATES}\b",
    rf"\b(?:it|which|that) (?:now |currently |already )*(?:counts|numbers) {_QUALIFIED}COUNT\b(?! \w+s\b)",
    rf"\bCOUNT (?:{_STATES} )?(?:now |currently )?(?:belong to|are members of|are in) (?:it|{_THE_GROUP})\b",
    rf"\bto which {_QUALIFIED}COUNT {_STATES} (?:now |currently )?belong\b",
    rf"\bCOUNT {_STATES} are (?:now |currently |already )?(?:full )?members\b",
    # "15 countries have already joined": it, the coalition named before.
    r"\bCOUNT (?:nations?|countries|states|allies|partners)(?: in total| total)? (?:have |has )?"
    r"(?:already |now |so far |officially |formally |since )*(?:joined|signed up|acceded)"
    r"(?= (?:so far|already|to date)\b|[.,;:]| ?[\u2014\u2013]| - |\"|$)",
    rf"\bCOUNT {_STATES} (?:now |currently |already )*(?:make up|form|take part in|participate in|are part of) "
    rf"{_THE_GROUP}\b",
    rf"\b(?:the|all) COUNT(?:-plus|-odd)? {_STATES} (?:of|in) {_THE_GROUP}\b",
    rf"\bmembership (?:now )?(?:stands|stood|has (?:grown|risen|reached)|numbers|reached|rose|grew)(?: at| to)? "
    rf"{_QUALIFIED}COUNT\b",
    r"\ball (?:of (?:its|the) |its |the )?COUNT (?:members?|member (?:states|nations|countries))\b",
)
_COUNT_TOLD = Screened(
    "|".join(way.replace("COUNT", _COUNT.replace("count", f"told{i}")) for i, way in enumerate(_TOLD)), re.I
)
_COUNT_ANAPHOR = Screened(
    rf"\b{_COUNT}[- ](?:nation|country|member|state|strong)[ -](?:[\w-]+ )?(?:group|coalition|compact|format|"
    rf"initiative|alliance|pact|partnership|pool|"
    rf"platform|dialogue|club|body|forum|effort)\b|\b(?:[Gg]roup|[Cc]oalition|[Cc]ompact|[Ii]nitiative|[Pp]ool|"
    rf"[Pp]latform|[Dd]ialogue|[Cc]lub)(?:'s| (?:now |currently )?(?:has|have|of|"
    rf"counts|comprises|includes|unites)) {_QUALIFIED}{_COUNT.replace('count', 'count2')} (?:\w+ )?(?:members?|"
    rf"nations|countries|states)\b"
    rf"|\b{_COUNT.replace('count', 'count3')} (?:full |current |member states|)members?\b(?! of (?:parliament|"
    rf"the (?:public|crew|team|delegation|committee|house|senate))|"
    r" (?:voted|were|attended|took|sent|present))",
    re.I,
)
# What tells of those at a meeting, not of the members.
_OF_MEETING = re.compile(
    r"\bmeeting|\battend|\brepresentatives?\b|\bdelegations?\b|\bwill gather|\bsession|\bother\b|\breceived\b|"
    r"\bassembled\b",
    re.I,
)


_THE_WORD = re.compile(r"\bgroup\b", re.I)


class MemberCounts:
    """Tells the sizes of the groups of one article, whose mentions are given in reading order."""

    def __init__(self, reading: Reading, mentions: list[GroupMention]) -> None:
        self.reading = reading
        self.mentions = mentions
        self._starts = [m.start for m in mentions]
        self._only_one = len({m.key for m in mentions if "oalition" not in m.text}) == 1

    def of(self, group: Group) -> Counted | None:
        """Rules count-*: "the 50-nation group", "the group comprises 51 nations", "11 countries make up …"."""
        view = self.reading.view
        for mention in group.mentions:
            sentence = self.reading.document.sentence_at(mention.start)
            before = view[sentence.start : mention.start]
            after = view[mention.end : self._next_group(mention, sentence.end)]
            for match, offset in (
                (_COUNT_BEFORE.search(before), sentence.start),
                (_COUNT_AFTER.match(after), mention.end),
                (_COUNT_OF.search(before), sentence.start),
                (_COUNT_IN.search(before), sentence.start),
                (_AS_NTH.search(before), sentence.start),
                (_NUMBER_OF.match(after) if _THE_NUMBER.search(before) else None, mention.end),
            ):
                if match is None or _OF_MEETING.search(match.group()):
                    continue
                name = next(name for name, digits in match.groupdict().items() if digits)
                found = _counted(self.reading, match, name, offset)
                if found is not None:
                    return found
        return self._by_anaphor(group)

    def _next_group(self, mention: GroupMention, end: int) -> int:
        """Where the next mention of another group begins, `end` where none does before it."""
        for index in range(bisect_left(self._starts, mention.end), bisect_left(self._starts, end)):
            if self.mentions[index].key != mention.key:
                return self._starts[index]
        return end

    @cached_property
    def _told(self) -> dict[str, list[tuple[Told, GroupMention]]]:
        """By group, where an article tells how many belong to one named before, with the mention that it takes up."""
        # "the group" takes up a coalition only where no other group was named.
        others = [m for m in self.mentions if "oalition" not in m.text]
        starts = [m.start for m in others]
        found: dict[str, list[tuple[Told, GroupMention]]] = defaultdict(list)
        for sentence in self.reading.sentences:
            for pattern in (_COUNT_ANAPHOR, _COUNT_TOLD):
                for match in pattern.finditer(sentence.text):
                    position = sentence.start + match.start() + 20
                    before = bisect_left(self._starts, position)
                    last = self.mentions[before - 1] if before else None
                    if _THE_WORD.search(match.group()) and (other := bisect_left(starts, position)):
                        last = others[other - 1]
                    if last is not None:
                        found[last.key].append(((sentence, pattern is _COUNT_ANAPHOR, match), last))
        return found

    def _by_anaphor(self, group: Group) -> Counted | None:
        """ "The five-nation coalition", "the coalition's 21 members": after the group was named, and no other since."""
        for (sentence, anaphor, match), last in self._told.get(group.key, ()):
            name = next(name for name, digits in match.groupdict().items() if digits)
            near = anaphor and name != "count3"
            # "the group" of an article that names one needs it not right before.
            near = near or (self._only_one and _THE_WORD.search(match.group()) is not None)
            if not near and self.reading.document.sentence_at(last.start).index < sentence.index - 2:
                continue
            found = _counted(self.reading, match, name, sentence.start)
            if found is not None:
                return found
        return None


def _counted(reading: Reading, match: re.Match[str], name: str, offset: int) -> Counted | None:
    number = number_of(match[name])
    if number is None or not 2 < number < 100:
        return None
    start = offset + match.start(name)
    return number, start, offset + match.end(name), qualifier_before(reading.view, start)
