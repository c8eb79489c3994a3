"""Which sums are packages: money for arms or military aid, everything else refused for a stated reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from extraction import package_setting
from extraction.document import Sentence
from extraction.facts import Share
from extraction.group_names import Group
from extraction.money import Money, find_money
from extraction.package_refusals import (
    ABOUT,
    AGGRESSORS,
    AIDS,
    ALL_GIVEN,
    BRINGS,
    BUYS,
    CONSISTS,
    DIFFERENCE_AFTER,
    GIFT,
    GIVEN_AFTER,
    GIVEN_BEFORE,
    HEAD_OF_AID,
    NEEDED,
    OUTLAYS_AFTER,
    PART_OF_GIVEN,
    RECEIVERS_MONEY,
    REFUSALS,
    SIZE_AFTER,
    SIZE_BEFORE,
    SIZE_EACH,
    WHOLES,
    YEARS,
    no_tally,
)
from extraction.people import People
from extraction.reading import Reading
from extraction.screening import Screen, Screened

Span = tuple[int, int]
_SCREEN = Screen([pattern for _, pattern in REFUSALS])
# What a sum is called in the words right after it.
_CALLED_AID = re.compile(
    r"(?: (?:in|of|worth of))?(?: (?:new|additional|further|more|U\.?S\.?|American|emergency)){0,2} "
    r"(?:security|military) (?:assistance|aid|support)\b"
)
SMALLEST = 500_000
LARGEST_GIFT = 1.5e11
# Bounds on garbage; no sentence and no article of prose states more sums.
MOST_SUMS = 12
MOST_IN_ARTICLE = 120

_AID = re.compile(
    r"\b(?:value|valued|tally|collected|raised|aid|assistance|packages?|support|pledg\w+|contribut\w+|commit\w*|"
    r"allocat\w+|donat\w+|financing|funds?|"
    r"funding|tranches?|drawdowns?|"
    r"programme|program|provid\w+|deliver\w*|suppl(?:y|ies|ied)|invest\w*|initiative|set aside|earmark\w*|grant|"
    r"share|boost|spend|spent|"
    r"announc\w+|worth|send|give|giving|help)\b",
    re.I,
)
_MILITARY = Screened(
    r"\b(?:(?<!non-)military|defen[cs]e|weapons?|arms|ammunition|munitions?|shells?|rounds|air.defen[cs]e|missiles?|"
    r"drones?|security|armou?r\w*|artillery|"
    r"tanks?|fighter|F-16s?|equipment|training|interceptors?|drawdown|PURL|FMF|PDA|USAI|EPF|Contact Group|"
    r"coalition|vehicles?|warfare|howitzers?|rockets?|launchers?|guns?|mines?|minehunt\w*|batter(?:y|ies)|frigates?|"
    r"warships?|tankers?|navy|navies|army|"
    r"troops|forces|UDCG|Ramstein)\b",
    re.I,
)
# What a state does that commits its money.
_COMMITS = Screened(
    r"\b(?:pledg\w+|promis\w+|giv(?:e|es|ing|en)|gave|provid\w+|contribut\w+|donat\w+|commit\w*|allocat\w+|"
    r"put(?:s|ting)?|br(?:ing|ings|inging|ought)|carr(?:y|ies)|pay(?:s|ing)?|paid|chip\w* in|offer\w*|earmark\w*|"
    r"set(?:s|ting)? aside|financ\w+|fund(?:s|ed|ing)?|grant\w*|send(?:s|ing)?|sent|deliver\w*|hand(?:s|ed|ing)? over|"
    r"receiv\w+|gets?|got|goes|going|went|go to|worth|valued at|amount\w* to|total(?:s|led|ling|ed|ing)|comes? to|"
    r"announc\w+|approv\w+|add(?:s|ed|ing)?|match(?:es|ed)|make available|made available|unveil\w*|dedicat\w+)\b",
    re.I,
)
_PREDICATE = re.compile(r"[.!?,]$|\b(?:is|are|was|were|has|have|will)\b")
_RECEIVER = re.compile(
    r"\b(?:Ukrain\w+|Ky[ii]v|Kiev|aid|assistance|support|partners|allies|donat\w+|package|neighbou?rs|"
    r"for (?:the )?[A-Z]\w+|to (?:the )?[A-Z]\w+|pledg\w+)\b"
)
_MIXED = re.compile(
    r"\b(?:military|weapons|arms|ammunition|defen[cs]e) (?:\w+ )?(?:aid|assistance|support|package)?\b|"
    r"\bmilitary(?:, \w+){1,2},? and \w+ (?:aid|assistance|support|help)\b",
    re.I,
)


_CONVERTS = re.compile(
    r"(?: [a-z]+){0,3} \(|\s?(?:\(|,? ?(?:or|i\.e\.)|, (?:which|that) is|\u2014|=|/|,)\s?"
    r"(?:about |around |approximately |approx\.? ?|some |roughly |equivalent to |"
    r"equal to |nearly |almost |just under |just over |over |more than |~|US)*"
)
_OF_THAT = re.compile(
    r"(?:Of (?:that|this|these|it|which|the total|the money|the sum)\b|The (?:rest|remainder|other)\b)"
)
# What is added to earlier sums is a package of its own.
_ADDED = re.compile(r"\b(?:an additional|an extra|a further|a new)\s(?:about |some |nearly )?$")


@dataclass
class PackageDraft:
    """A sum while its fields are being read; `likely` is the chance that it is a package."""

    money: Money
    sentence: Sentence
    donor: tuple[str, Span, float, str] | None = None
    recipients: dict[str, tuple[Span, float, str]] = field(default_factory=dict)
    programme: tuple[str, Span, float, str] | None = None
    announced: tuple[str, Span, float, str] | None = None
    status: tuple[str, Span, float] = ("announced", (0, 0), 0.7)
    shares: list[tuple[Share, Span]] = field(default_factory=list)
    part_of: int | None = None
    currency: str = ""
    likely: float = 1.0

    @property
    def stated(self) -> bool:
        """Whether words of the text say how far the money has come."""
        return not self.money.start <= self.status[1][0] < self.money.end

    # The same sum in other currencies, as the text converts it.
    restated: list[Money] = field(default_factory=list)
    # The same sum where the text tells it again.
    again: list[Money] = field(default_factory=list)


class PackageScope:
    """Decides over the sums of one article; `refused` keeps why a sum was left out."""

    def __init__(self, reading: Reading, persons: People, groups: list[Group]) -> None:
        self.groups = groups
        self.reading = reading
        self.view = reading.view
        self.persons = persons
        self.refused: list[tuple[Money, str]] = []
        self.drafts: list[PackageDraft] = []
        self._in_turn: dict[int, frozenset[int]] = {}

    @cached_property
    def head(self) -> str:
        """Headline and first two sentences."""
        return " ".join(s.text for s in self._head(2))

    def sums(self, sentence: Sentence) -> list[Money]:
        """The sums of a sentence, found once an article."""
        return self._sums[sentence.index]

    @cached_property
    def _sums(self) -> list[list[Money]]:
        """By sentence; a bare "280 million" borrows the currency of a sum at most four sentences before it."""
        found: list[list[Money]] = []
        last: tuple[int, Money] | None = None
        for index, sentence in enumerate(self.reading.sentences):
            earlier = last[1] if last is not None and index <= last[0] + 4 else None
            found.append(find_money(sentence.text, sentence.start, earlier))
            own = [m for i, m in enumerate(found[-1]) if not i or not self.restates(found[-1][i - 1], m)]
            if own:
                last = index, own[-1]
        return found

    def of_the_last(self, money: Money, sentence: Sentence) -> bool:
        """Rule package-of-that: "Of that, 3.5 billion dollars …" right after a package is a part of it."""
        last = self.drafts[-1] if self.drafts else None
        after = last is not None and last.sentence.index == sentence.index - 1
        return after and last is not None and money.amount < last.money.amount and bool(_OF_THAT.match(sentence.text))

    def programme_beside(self, money: Money, sentence: Sentence) -> bool:
        """Rule package-programme: a programme of arms is named in the words that are nearest to a sum."""
        sums = self.own_sums(sentence)
        left = max((m.end for m in sums if m.end <= money.start), default=sentence.start)
        right = min((m.start for m in sums if m.start >= money.end), default=sentence.end)
        around = self.reading.hits_in(max(left, money.start - 60), min(right, money.end + 60))
        return any(hit.get("programme") for hit in around)

    def own_sums(self, sentence: Sentence) -> list[Money]:
        """The sums of a sentence without those that say the one before them again in another currency."""
        sums = self.sums(sentence)
        return [m for i, m in enumerate(sums) if not i or not self.restates(sums[i - 1], m)]

    def restates(self, previous: Money, money: Money) -> bool:
        """Rule money-restated: "NOK 75 billion (EUR 7 billion)", "£500 million, or about $620 million"."""
        gap = self.view[previous.end : money.start] if previous.end <= money.start else "far apart"
        return previous.currency != money.currency and _CONVERTS.fullmatch(gap) is not None

    def refusal(self, money: Money, sentence: Sentence) -> str | None:
        """Why a sum is no package; None when it is one."""
        if money.amount < SMALLEST:
            return "too small"
        if money.currency in RECEIVERS_MONEY:
            return "own currency"
        if self.view[money.end : money.end + 8].lower() == " omnibus":
            return "budget"
        if self._outlays(money):
            return "outlays"
        if DIFFERENCE_AFTER.match(self.view, money.end):
            return "difference"
        before = self.view[sentence.start : money.start]
        if NEEDED.search(before):
            return "needed"
        if AGGRESSORS.search(before):
            return "cost to the aggressor"
        if ALL_GIVEN.search(before, of=sentence.text) or (
            GIVEN_BEFORE.search(before) and GIVEN_AFTER.match(self.view, money.end)
        ):
            return "cumulative"
        given = self.refused and self.refused[-1][1] == "cumulative" and self.refused[-1][0].start >= sentence.start
        if given and PART_OF_GIVEN.search(before):
            return "cumulative"
        if (
            SIZE_AFTER.match(self.view, money.end)
            or SIZE_EACH.search(before[-60:])
            or (
                SIZE_BEFORE.search(before, of=sentence.text)
                and re.match(r" (?:each|apiece)\b", self.view[money.end : money.end + 8])
            )
        ):
            return "size of each"
        clause = self.clause(money, sentence)
        years, today = YEARS.search(clause), self.reading.anchor
        if (
            years is not None
            and today is not None
            and int(years["last"]) <= today.year
            and int(years["first"]) < today.year
        ):
            return "cumulative"
        for index in sorted(_SCREEN.possible(clause)):
            reason, pattern = REFUSALS[index]
            if reason == "cumulative":
                told = self._told_anew(clause, money, sentence)
                match = next((m for m in pattern.finditer(told) if not no_tally(told, m.start())), None)
            else:
                match = pattern.search(clause)
            if match is None or (reason == "cumulative" and _ADDED.search(before)):
                continue
            words = self._own_words(money, sentence)
            if reason == "civil" and (_MIXED.search(words) or not pattern.search(words)):
                continue
            if reason == "civil" and package_setting.for_forces(self.reading, money, sentence, self.own_sums(sentence)):
                continue
            # "$2.4 billion in security assistance …, which will strengthen Ukraine's industrial base": what it will do.
            if reason in ("industry", "contract", "unit-price", "cut") and _CALLED_AID.match(self.view, money.end):
                continue
            if package_setting.no_reason(self.reading, money, sentence, clause, reason, match):
                continue
            if reason in ("unit-price", "contract") and re.search(
                r"\b(?:package|military aid|assistance)\b", clause, re.I
            ):
                continue
            if reason == "borrowing" and "loan" in match.group().lower() and self._names_ukraine(sentence):
                continue
            if reason == "budget" and package_setting.for_others(self.reading, money):
                continue
            if reason == "gdp" and abs(sentence.start + sentence.text.find(match.group()) - money.start) > 60:
                continue
            return reason
        set_in = package_setting.reason(self.reading, money, sentence, clause, self.head)
        if set_in is not None:
            return set_in
        if package_setting.of_trade(self.refused, sentence, self._own_words(money, sentence)):
            return "part of a refused sum"
        if self.refused and self.refused[-1][1] in WHOLES:
            # "of it", "4 billion on plants": what follows a budget is part of it unless somebody else gets it.
            near = 0 < money.start - self.refused[-1][0].end < 350
            if (
                near
                and not self._names_ukraine(sentence)
                and not re.search(r"\b(?:aid|assistance|support|package)\b", clause)
            ):
                return "part of a refused sum"
        if not _MILITARY.search(package_setting.CLEARED.sub("", clause)) and (
            package_setting.is_civil(" ".join(s.text for s in self._head(1))) or self._goes_on_civil(money, sentence)
        ):
            return "civil article"
        priced = self._price(clause, sentence)
        if priced == "own forces" and package_setting.for_others(self.reading, money):
            priced = None
        if priced is not None:
            return priced
        goes_on = any(0 <= sentence.index - d.sentence.index <= 2 for d in self.drafts)
        parties = any(
            h.get("nation", "demonym", "metonym", "programme", "group", "capital")
            for h in self.reading.hits_in(sentence.start, sentence.end)
        ) or bool(self.persons.between(sentence.start, sentence.end))
        listed = self._listed(sentence, money)
        commits = listed or (parties and bool(_COMMITS.search(clause)))
        # Aid words alone are of any budget: somebody's name, something military or a group of the article's must be by.
        own = parties or listed or goes_on
        if not own and not (_AID.search(sentence.text) and (self.groups or _MILITARY.search(sentence.text))):
            return "no commitment"
        military = _MILITARY.search(sentence.text) or self._military_near(sentence)
        if not military and not goes_on and not (commits and self._military_article()):
            return "not military"
        if not goes_on and not commits and not self._received(sentence):
            return "no receiver"
        return None

    def _outlays(self, money: Money) -> bool:
        """Rule refused-outlays: what a law gives all of a state's forces, more than any ally got in a year."""
        return money.amount >= LARGEST_GIFT and OUTLAYS_AFTER.match(self.view, money.end) is not None

    def _price(self, clause: str, sentence: Sentence) -> str | None:
        """Rules refused-about (an article about sales, investors or loans) and refused-purchase (arms for oneself)."""
        if self._names_ukraine(sentence) or AIDS.search(clause):
            return None
        about = next((reason for reason, pattern in ABOUT if pattern.search(self.head)), None)
        if about is not None or GIFT.search(clause):
            return about
        return "purchase" if BUYS.search(clause) and not HEAD_OF_AID.search(self.head) else None

    def _names_ukraine(self, sentence: Sentence) -> bool:
        hits = self.reading.hits_in(sentence.start, sentence.end)
        return any((e := h.get("nation", "demonym", "capital")) is not None and e.value == "UA" for h in hits)

    def _listed(self, sentence: Sentence, money: Money) -> bool:
        """Rule package-listed: a row of a table, or a line under a heading, where the article's lead speaks of aid."""
        before = self.view[sentence.start : money.start]
        nominal = len(sentence.text) < 200 and len(before) < 40 and not re.search(r"\b(?:is|are|was|were)\b", before)
        under = sentence.text.startswith("|") or (nominal and self.heading(sentence) is not None)
        return under and bool(_AID.search(" ".join(s.text for s in self._head(6))))

    def heading(self, sentence: Sentence) -> Sentence | None:
        """The short line without a verb that stands over a line or paragraph: "Canada", "Contributions:"."""
        for earlier in reversed(self.reading.sentences[max(0, sentence.index - 4) : sentence.index]):
            if earlier.is_title or (earlier.paragraph == sentence.paragraph and len(earlier.text) > 60):
                return None
            if len(earlier.text) <= 60 and not _PREDICATE.search(earlier.text):
                return earlier
        return None

    def _goes_on_civil(self, money: Money, sentence: Sentence) -> bool:
        """Rule refused-goes-on: "food for 120 million; Germany gives 125 million" is for food, too."""
        if AIDS.search(sentence.text) or self.programme_beside(money, sentence):
            return False
        civil = [m for m, reason in self.refused if reason.startswith("civil")]
        near = bool(civil) and 0 < money.start - civil[-1].end < 200
        return near or (len(civil) > 1 and not self.drafts) or package_setting.follows_civil(self.reading, sentence)

    def _military_article(self) -> bool:
        """Two military words at least in headline and first sentences."""
        return len(_MILITARY.findall(" ".join(s.text for s in self._head(5)))) >= 2

    def _head(self, count: int) -> list[Sentence]:
        titles = [s for s in self.reading.sentences if s.is_title]
        return [*titles, *[s for s in self.reading.sentences if not s.is_title][:count]]

    def _received(self, sentence: Sentence) -> bool:
        """Is there anybody whom the sum could be for: Ukraine, partners, a programme, aid as such?"""
        near = [*self.reading.sentences[max(0, sentence.index - 3) : sentence.index + 1], self.reading.sentences[0]]
        return bool(self.groups) or any(
            _RECEIVER.search(s.text) or any(h.get("programme", "group") for h in self.reading.hits_in(s.start, s.end))
            for s in near
        )

    def clause(self, money: Money, sentence: Sentence) -> str:
        """The words around a sum, up to the nearest semicolon, colon or other sum on either side."""
        before = self.view[sentence.start : money.start]
        after = self.view[money.end : sentence.end]
        before = re.split(r"[;:\u2014]|, while |, but ", before)[-1]
        after = re.split(r"[;\u2014]|, while |, but |, the (?:rest|remainder) ", after)[0]
        return before + self.view[money.start : money.end] + after

    def _told_anew(self, clause: str, money: Money, sentence: Sentence) -> str:
        """The clause from "and consists of" on, where that stands between another sum and this one, and up to "brings
        the total to" after it."""
        brings = BRINGS.search(self.view, money.end, sentence.end)
        if brings is not None:
            clause = clause[: max(0, brings.start() - self.view.find(clause, sentence.start))]
        earlier = [m.end for m in self.sums(sentence) if m.end <= money.start]
        opened = CONSISTS.search(self.view, max(earlier), money.start) if earlier else None
        opened = opened or next((o for a, b in pairwise(earlier) if (o := CONSISTS.search(self.view, a, b))), None)
        return clause if opened is None else clause[max(0, len(clause) - (sentence.end - opened.start())) :]

    def _own_words(self, money: Money, sentence: Sentence) -> str:
        """What is said of this sum where several stand side by side: to the comma before it, to the sum after it."""
        sums = self.sums(sentence)
        left = max((m.end for m in sums if m.end <= money.start), default=sentence.start)
        # "381 million euros ($416 million) in humanitarian aid": what stands in brackets is the same sum.
        right = min(
            (m.start for m in sums if m.start >= money.end and not self.restates(money, m)), default=sentence.end
        )
        before = self.view[left : money.start]
        if left > sentence.start:
            before = re.split(r", | and ", before)[-1]
        return before + self.view[money.start : right]

    def _military_near(self, sentence: Sentence) -> bool:
        first = max(0, sentence.index - 3)
        near = [*self.reading.sentences[first : sentence.index + 3], self.reading.sentences[0]]
        return any(_MILITARY.search(s.text) for s in near)
