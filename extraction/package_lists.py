"""Lists of names and sums: who gets or gives each, where one verb leads all of them."""

from __future__ import annotations

import re
from itertools import pairwise

from extraction.document import Sentence
from extraction.gazetteer import Hit
from extraction.money import Money
from extraction.package_givers import CHAINED, body
from extraction.package_introductions import PackageIntroductions
from extraction.package_scope import Span

_GIVES_TO = re.compile(
    r"\b(?:giv(?:es|e|ing|en)|gave|grant(?:s|ed)|offer(?:s|ed)|allot(?:s|ted)|promised?|sends?|sent) (?:the )?$"
)
_GETS_SUM = re.compile(
    r"(?: (?:is|are|was|were|will|would|to|also|now|due))* (?:gets?|receives?|got|received|awarded|granted|allotted) "
    r"(?:about |some |another |up to )?"
)
_IN_TURN = re.compile(r",? (?:and |while )?(?:the )?")
# What stands between sums that one predicate tells of, and what shows that the first has one of its own.
_CHAIN = re.compile(
    r"(?: (?:more )?(?:for|to) [^.;:,]{1,45})?,? (?:and )?(?:another |a further |about |some |nearly |up to |over )?"
)
_AND = re.compile(r"\band (?:[\w ]+ )?$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|goes?|went|gives?|gave|pays?|paid|comes?|came|adds?|\w{3,}ed)\b"
)
_NEXT_PART = re.compile(r"; |(?:, |,? (?:while|and|but) )(?:the (?:other|rest|remaining|remainder)|another)\b")
_RESPECTIVELY = re.compile(r"\brespectively\b")


class PackageLists(PackageIntroductions):
    """Reads who stands by which sum of a list."""

    def in_turn(self, sentence: Sentence) -> frozenset[int]:
        """Rule recipient-in-turn: in "a law that gives Ukraine $60 billion, Israel 26 billion and Taiwan 8 billion" all
        get; where their names begin."""
        if sentence.index not in self._in_turn:
            self._in_turn[sentence.index] = self._find_in_turn(sentence)
        return self._in_turn[sentence.index]

    def _find_in_turn(self, sentence: Sentence) -> frozenset[int]:
        sums = self.own_sums(sentence)
        hits = [h for h in self.reading.hits_in(sentence.start, sentence.end) if h.get("nation", "capital")]
        first = next((h for h in hits if sums and 0 <= sums[0].start - h.end < 40), None)
        if len(sums) < 2 or first is None:
            return frozenset()
        # "Moldova gets 40 million and Georgia 30 million".
        gets = _GETS_SUM.fullmatch(self.view, first.end, sums[0].start)
        if not gets and sums[0].start - first.end >= 16:
            return frozenset()
        if not gets and _GIVES_TO.search(self.view, max(sentence.start, first.start - 24), first.start) is None:
            return frozenset()
        found = {first.start}
        for before, after in pairwise(sums):
            named = [h for h in hits if before.end <= h.start < after.start]
            if len(named) != 1 or not _IN_TURN.fullmatch(self.view[before.end : named[0].start]):
                continue
            if after.start - named[0].end < 16:
                found.add(named[0].start)
        return frozenset(found)

    def segment(self, money: Money, sentence: Sentence) -> Span:
        """The words that are nearer to this sum than to another: from the last sum before to the next one after."""
        sums = self.own_sums(sentence)
        left = max((m.end for m in sums if m.end <= money.start), default=sentence.start)
        right = min((m.start for m in sums if m.start >= money.end), default=sentence.end)
        # "$55 million goes to Taiwan; the other $30 million is for Lebanon".
        parted = list(_NEXT_PART.finditer(self.view, left, money.start)) if left > sentence.start else []
        ended = _NEXT_PART.search(self.view, money.end, right) if right < sentence.end else None
        return parted[-1].start() if parted else left, ended.start() if ended else right

    def last_of_chain(self, money: Money, sentence: Sentence) -> Money:
        """Rule package-chain: of "20 million euros for A's army and 60 million for B's are planned by C" the last sum,
        whose words after it are said of all."""
        last = money
        for later in self.own_sums(sentence):
            if later.start > money.start:
                between = self.view[money.end : later.start]
                if _CHAIN.fullmatch(between) is None or _VERB.search(between) is not None:
                    break
                money = later
                last = later if _AND.search(between) else last
        return last

    def respectively(self, money: Money, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-respectively: of "A, B and C followed with 90, 146 and 275 million respectively" each in turn."""
        sums = self.own_sums(sentence)
        if len(sums) < 2 or money not in sums or not _RESPECTIVELY.search(sentence.text):
            return None
        row: list[Hit] = []
        for hit in self.reading.hits_in(sentence.start, sums[0].start):
            if self.giver(hit) is None:
                continue
            joined = bool(row) and CHAINED.fullmatch(self.view[row[-1].end : hit.start])
            row = [*row, hit] if joined else [hit]
            if len(row) == len(sums):
                break
        if len(row) != len(sums):
            return None
        hit = row[sums.index(money)]
        entry = self.giver(hit)
        return (body(entry.value), (hit.start, hit.end), 0.9, "donor-respectively") if entry is not None else None
