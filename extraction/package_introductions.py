"""Sentences that tell of packages and leave the sums to those after them.

"Two measures under the European Peace Facility were adopted by the Council on Thursday. For Moldova €40 million has
been earmarked", "… a new package that the fund made public on Friday. It comes to €175 million": who gives, under which
programme and on which day stands in the first sentence, that there is money in the second.
"""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.money import Money
from extraction.package_givers import HOSTED_BY, KINDS, PackageGivers, body
from extraction.package_scope import Span
from extraction.screening import Screened

# How many sentences after the introduction still carry its sums.
_REACH = 3
_PACKAGES = Screened(
    r"\b(?:an?|the|this|its|their|another|two|three|four|five|six|several|both|new|further|[2-9]|1\d) "
    r"(?:[\w-]+ ){0,4}?(?P<noun>(?:assistance )?measures?|packages?|grants?|contributions?|tranches?|pledges?|"
    r"donations?)\b",
    re.I,
)
_SEVERAL = re.compile(r"(?:two|three|four|five|six|several|both|[2-9]|1\d)\b", re.I)
_MADE = re.compile(
    r"\b(?:adopt|approv|announc|unveil|present|agree|decid|sign|clear|ma[dk]e|put together|pledg|promis|grant|reveal|"
    r"authori[sz]|publish|giv|offer|prepar)\w*\b"
)
_MILITARY = re.compile(
    r"\b(?:military|arms|weapons|ammunition|defen[cs]e|armed forces|army|armies|soldiers|Peace Facility|security)\b",
    re.I,
)
# What goes on about one package, and what begins one of several.
_IT = re.compile(
    r"(?:It|This|That|The (?:[\w-]+ )?(?:package|grant|measure|contribution|donation|tranche|aid|money|sum))\b"
    r"[^.;]{0,40}?\b(?:comes to|is worth|is valued|amounts to|totals|will cost|costs|consists|stands at|holds|has)\b"
)
# "announced a package totaling $1.3 billion. This USAI package meets …"
_THIS = re.compile(r"(?:This|These|The) [\w ]{2,40}\b(?:packages?|assistance|aid|tranches?|drawdowns?)\b")
_BY = re.compile(r"\b(?:by|from) (?:the )?$")
_THAT = re.compile(r"\b(?:that|which) (?:the )?$")


class PackageIntroductions(PackageGivers):
    """Finds the introduction of a sum."""

    def introduction(self, money: Money, sentence: Sentence) -> Sentence | None:
        """The sentence without a sum, a few before, that tells of the package or packages of which this is one."""
        if sentence.is_title or self.sums(sentence)[:1] != [money]:
            return None
        for before in reversed(self.reading.sentences[max(0, sentence.index - _REACH) : sentence.index]):
            if before.is_title:
                return None
            match = _PACKAGES.search(before.text) if not self.sums(before) else None
            if match is not None and _MADE.search(before.text) and _MILITARY.search(before.text + " " + self.head):
                if _SEVERAL.match(match.group()):
                    return before
                return before if sentence.index - before.index == 1 and _IT.match(sentence.text) else None
            if sentence.index - before.index == 1 and not self.sums(before) and before.paragraph != sentence.paragraph:
                continue
        return None

    def programme_told(self, money: Money, sentence: Sentence) -> bool:
        """Rule package-programme-after: the next sentence says under which programme of arms the sum is given."""
        after = self.reading.sentences[sentence.index + 1 : sentence.index + 2]
        told = [h for s in after if _THIS.match(s.text) for h in self.reading.hits_in(s.start, s.start + 30)]
        return any(hit.get("programme") for hit in told) and self.sums(sentence)[-1:] == [money]

    def introduced_by(self, introduction: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-introduced: who adopts, announces or gives in an introduction."""
        for hit in self.reading.hits_in(introduction.start, introduction.end):
            entry = hit.get(*KINDS)
            if entry is None or self.giver(hit) is None:
                continue
            # "At the talks, hosted by A, B announced a package": A only holds them.
            if HOSTED_BY.search(self.view, introduction.start, hit.start):
                continue
            before = self.view[max(introduction.start, hit.start - 12) : hit.start]
            if _BY.search(before) or _THAT.search(before) or hit.start - introduction.start < 5:
                return body(entry.value), (hit.start, hit.end), 0.75, "donor-introduced"
        for group in self.groups:
            for naming in group.mentions:
                inside = introduction.start <= naming.start < introduction.end
                before = self.view[max(introduction.start, naming.start - 12) : naming.start]
                if inside and naming.slug != "udcg" and (_BY.search(before) or _THAT.search(before)):
                    return group.name, (naming.start, naming.end), 0.7, "donor-introduced"
        return None
