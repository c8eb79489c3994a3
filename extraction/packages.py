"""Packages: sums committed, proposed or delivered for arms or military aid, with donor, recipients and shares."""

from __future__ import annotations

import re

from extraction import shares
from extraction.dates import DateMention, resolve
from extraction.document import Sentence
from extraction.facts import Evidence, Package
from extraction.gazetteer import Hit
from extraction.money import Money, find_money
from extraction.package_recipients import PackageRecipients
from extraction.package_scope import MOST_IN_ARTICLE, MOST_SUMS, PackageDraft, Span

_PROPOSED = re.compile(
    r"\b(?:propos\w+|considers?|considering|weigh\w*|request\w*|ask(?:s|ed|ing) (?:Congress|parliament|lawmakers|"
    r"for)|seek(?:s|ing)?|suggest\w*|"
    r"wants? to|being sought|(?:are|is) sought|needed|intends? to|aims? to|discussing|under discussion|draft|"
    r"plan put|plans? to|planning to|hopes? to|(?-i:may)|might|calls? for|mull\w*|"
    r"(?:would|could) be (?:spent|used|raised)|could (?:go|provide|send|give|allocate|receive))\b",
    re.I,
)
_APPROVED = re.compile(
    r"\b(?:approv\w+|adopt\w+|passed|authori[sz]\w+|cleared|signed off|green-?light\w*|gave (?:its|the) go-ahead|"
    r"ratif\w+)\b",
    re.I,
)
_DELIVERED = re.compile(
    r"\b(?:(?:has|have|had|was|were|been) (?:already )?(?:delivered|handed over|disbursed|transferred|shipped|"
    r"received)|arrived|has sent)\b",
    re.I,
)
_ANNOUNCE = re.compile(
    r"\b(?:announc\w+|pledg\w+|unveil\w+|commit\w*|said|says|approv\w+|propos\w+|promis\w+|allocat\w+|declar\w+|"
    r"confirm\w*|reveal\w*|signed|agreed|adopt\w+|"
    r"provid\w+|will|decid\w+|grant\w*|clear\w*)\b",
    re.I,
)
_SEPARATE = re.compile(r"\b(?:second|another|further|additional|extra|new|more)\b", re.I)
# A bare "$" or "kroner" is that of the donor.
_FAMILY = {
    "dollar": {"CA": "CAD", "AU": "AUD", "NZ": "NZD"},
    "krone": {"DK": "DKK", "NO": "NOK", "SE": "SEK", "CZ": "CZK", "IS": "ISK"},
}
_NUMBERED = re.compile(
    r"\b(?P<name>(?:(?:\d{1,3}(?:st|nd|rd|th)|\w+th|first|second|third|twenty-\w+) )(?:(?:support|aid|donation|"
    r"assistance|military|defen[cs]e|aid and support) ){0,2}package|"
    r"(?:(?:donation|support|aid|military|assistance) )?package (?:no\.? ?)?\d{1,3})\b",
    re.I,
)


class PackageReader(PackageRecipients):
    """Reads the packages of one article."""

    def read(self) -> list[PackageDraft]:
        """Every package, in order."""
        drafts = self.drafts
        previous: Money | None = None
        count = 0
        for sentence in [*self._body(), *[s for s in self.reading.sentences if s.is_title]]:
            for money in find_money(sentence.text, sentence.start)[:MOST_SUMS]:
                if count >= MOST_IN_ARTICLE:
                    break
                count += 1
                if previous is not None and self._restates(previous, money):
                    continue
                previous = money
                reason = self.refusal(money, sentence)
                if reason is not None:
                    self.refused.append((money, reason))
                    continue
                draft = PackageDraft(money, sentence, currency=money.currency)
                self._fill(draft)
                self._add(drafts, draft)
        drafts.sort(key=lambda d: d.money.start)
        self._parts(drafts)
        return drafts

    def _body(self) -> list[Sentence]:
        return [s for s in self.reading.sentences if not s.is_title]

    def _restates(self, previous: Money, money: Money) -> bool:
        """Rule money-restated: "NOK 75 billion (EUR 7 billion)", "£500 million, or about $620 million"."""
        gap = self.view[previous.end : money.start] if previous.end <= money.start else "far apart"
        return previous.currency != money.currency and bool(
            re.fullmatch(
                r"\s?(?:\(|,? ?(?:or|i\.e\.)|\u2014|=|/|,)\s?(?:about |around |approximately |some |roughly |"
                r"nearly |almost |just under |just over |over |more than |~|US)*",
                gap,
            )
        )

    def _add(self, drafts: list[PackageDraft], draft: PackageDraft) -> None:
        for index, other in enumerate(drafts):
            same = (
                abs(other.money.amount - draft.money.amount) <= 0.001 * other.money.amount
                and other.currency == draft.currency
            )
            if not same:
                continue
            donors = (
                other.donor is None
                or draft.donor is None
                or other.donor[0] == draft.donor[0]
                or draft.sentence.is_title
            )
            separate = _SEPARATE.search(draft.money.text) and other.sentence is not draft.sentence
            if donors and not separate:
                for name in ("donor", "programme", "announced"):
                    if getattr(other, name) is None:
                        setattr(other, name, getattr(draft, name))
                for recipient, shown in draft.recipients.items():
                    if not other.recipients:
                        drafts[index].recipients[recipient] = shown
                other.shares = other.shares or draft.shares
                return
        drafts.append(draft)

    def _parts(self, drafts: list[PackageDraft]) -> None:
        """Rule package-parts: later sums in one currency that add up to an earlier one are its parts."""
        for index, total in enumerate(drafts):
            parts = [
                i
                for i, d in enumerate(drafts)
                if i != index
                and d.currency == total.currency
                and d.money.amount < total.money.amount
                and d.part_of is None
                and abs(d.sentence.index - total.sentence.index) <= 4
            ]
            if (
                len(parts) >= 2
                and abs(sum(drafts[i].money.amount for i in parts) - total.money.amount) <= 0.03 * total.money.amount
            ):
                for i in parts:
                    drafts[i].part_of = index
                    for name in ("donor", "announced"):
                        if getattr(drafts[i], name) is None or (name == "donor" and drafts[i].donor[2] < 0.8):  # type: ignore[index]
                            setattr(drafts[i], name, getattr(total, name) or getattr(drafts[i], name))
                    if not drafts[i].recipients:
                        drafts[i].recipients = dict(total.recipients)

    def _fill(self, draft: PackageDraft) -> None:
        draft.programme = self._programme(draft)
        draft.donor = self.donor(draft)
        if draft.money.family and draft.donor is not None:
            draft.currency = _FAMILY[draft.money.family].get(draft.donor[0], draft.currency)
        self.recipients(draft)
        self._shares(draft)
        draft.announced = self._announced(draft)
        draft.status = self._status(draft)

    def _programme(self, draft: PackageDraft) -> tuple[str, Span, float] | None:
        best: tuple[int, Hit] | None = None
        for hit in self.reading.hits_in(draft.sentence.start, draft.sentence.end):
            if hit.get("programme") is None:
                continue
            between = self.view[min(hit.end, draft.money.end) : max(hit.start, draft.money.start)]
            if find_money(between) or len(between) > 140:
                continue
            distance = hit.start - draft.money.end if hit.start >= draft.money.end else draft.money.start - hit.end + 15
            if best is None or distance < best[0]:
                best = distance, hit
        if best is None:
            return self._programme_of_group(draft)
        return best[1].need("programme").value, (best[1].start, best[1].end), 0.9

    def _programme_of_group(self, draft: PackageDraft) -> tuple[str, Span, float] | None:
        """Rules programme-coalition ("30 million to the IT Coalition"), programme-numbered ("19th support package")."""
        for group in self.groups:
            for mention in group.mentions:
                if (
                    not draft.money.end <= mention.start < min(draft.sentence.end, draft.money.end + 60)
                    or mention.slug == "udcg"
                ):
                    continue
                between = self.view[draft.money.end : mention.start]
                if re.search(r"\b(?:to|for|into|in|through|via|under) (?:the )?$", between) and not find_money(between):
                    return group.name, (mention.start, mention.end), 0.75
        for match in _NUMBERED.finditer(self.view, draft.sentence.start, draft.sentence.end):
            if abs(match.start() - draft.money.end) < 60 and not re.search(
                r"[,;]", self.view[min(match.end(), draft.money.end) : max(match.start(), draft.money.start)]
            ):
                return match["name"], match.span("name"), 0.7
        return self._programme_around(draft)

    def _programme_around(self, draft: PackageDraft) -> tuple[str, Span, float] | None:
        """Rule programme-context: the one programme of headline or neighbouring sentence, if no sum stands by it."""
        index = draft.sentence.index
        near = [s for s in self.reading.sentences if s.is_title]
        near += [
            s
            for s in self.reading.sentences
            if abs(s.index - index) == 1 and s.paragraph == draft.sentence.paragraph and not s.is_title
        ]
        for sentence in near:
            found: dict[str, Hit] = {}
            for hit in self.reading.hits_in(sentence.start, sentence.end):
                entry = hit.get("programme")
                if entry is not None:
                    found.setdefault(entry.value, hit)
            sums = [m for m in find_money(sentence.text) if m.amount != draft.money.amount]
            continued = any(d.sentence.index == sentence.index for d in self.drafts)
            if len(found) == 1 and (not sums or continued or sentence.is_title):
                value, hit = next(iter(found.items()))
                return value, (hit.start, hit.end), 0.6
        return None

    def _shares(self, draft: PackageDraft) -> None:
        end = draft.sentence.end
        following = self.reading.sentences[draft.sentence.index + 1 : draft.sentence.index + 3]
        for sentence in following:
            if shares.STARTS_SPLIT.match(sentence.text):
                end = sentence.end
        draft.shares = shares.find_shares(self.reading, draft.money.end, end, draft.money.amount)
        for share, span in draft.shares:
            if share.recipient not in draft.recipients and (
                len(share.recipient) == 2 or shares.describes_states(share.recipient)
            ):
                draft.recipients[share.recipient] = (span, 0.75, "recipient-share")

    def _announced(self, draft: PackageDraft) -> tuple[str, Span] | None:
        if draft.sentence.is_title or not _ANNOUNCE.search(draft.sentence.text):
            return None
        best: DateMention | None = None
        for date in self.reading.dates_of(draft.sentence):
            if date.kind in ("week", "year", "year_shift", "month", "month_shift", "range"):
                continue
            before = self.view[max(draft.sentence.start, date.start - 30) : date.start]
            if re.search(r"\b(?:since|by|until|from|through|for|deliver\w*|before|after)\s(?:\w+\s)?$", before, re.I):
                continue
            if date.kind == "day_shift" and date.shift == 0 and _ANNOUNCE.search(self.view[date.end : date.end + 40]):
                best = date
                break
            if best is None or abs(date.start - draft.money.start) < abs(best.start - draft.money.start):
                best = date
        if best is None:
            today = self._released_today(draft.sentence)
            if today is not None:
                return today
            listed = re.match(r"(?:[-\u2022*\u2013]|\([a-z]\)|\d\))\s", draft.sentence.text)
            lead = next((d for d in reversed(self.drafts) if d.announced is not None), None)
            return lead.announced if listed and lead is not None else None
        found = resolve(best, self.reading.anchor, "past")
        if found is None or (self.reading.anchor is not None and found[0] > self.reading.anchor.isoformat()):
            return None
        return found[0], (best.start, best.end)

    def _released_today(self, sentence: Sentence) -> tuple[str, Span] | None:
        """Rule announced-release: "Today, … announces" dates the sums of a release's first paragraphs."""
        for earlier in self.reading.sentences[max(0, sentence.index - 3) : sentence.index]:
            if earlier.is_title or earlier.paragraph < sentence.paragraph - 1:
                continue
            for date in self.reading.dates_of(earlier):
                if date.kind == "day_shift" and date.shift == 0 and re.search(r"\bannounc", earlier.text):
                    found = resolve(date, self.reading.anchor, "past")
                    if found is not None:
                        return found[0], (date.start, date.end)
        return None

    def _status(self, draft: PackageDraft) -> tuple[str, Span, float]:
        sentence = draft.sentence
        clause = self.clause(draft.money, sentence)
        offset = self.view.find(clause, sentence.start) if clause else sentence.start
        for status, pattern, confidence in (
            ("delivered", _DELIVERED, 0.6),
            ("approved", _APPROVED, 0.75),
            ("proposed", _PROPOSED, 0.7),
        ):
            match = pattern.search(clause)
            if match:
                return status, (offset + match.start(), offset + match.end()), confidence
        match = _ANNOUNCE.search(sentence.text)
        if match:
            return "announced", (sentence.start + match.start(), sentence.start + match.end()), 0.85
        return "announced", (draft.money.start, draft.money.end), 0.75

    # -- facts --------------------------------------------------------------------------------------------

    def fact(self, draft: PackageDraft, meeting: int | None) -> Package:
        """A draft as a fact with its evidence."""
        document, money = self.reading.document, draft.money
        evidence: list[Evidence] = []

        def show(name: str, value: str | float | int, span: Span, confidence: float, rule: str) -> None:
            evidence.append(document.evidence(name, value, span[0], span[1], confidence, rule))

        show("amount", money.amount, (money.start, money.end), 0.95, "money")
        show("currency", draft.currency, (money.start, money.end), 0.97, "money")
        if money.qualifier is not None:
            show(
                "qualifier",
                money.qualifier,
                (max(draft.sentence.start, money.start - 16), money.start),
                0.9,
                "money-qualifier",
            )
        if draft.programme is not None:
            show("programme", draft.programme[0], draft.programme[1], draft.programme[2], "programme-known")
        if draft.donor is not None:
            show("donor", draft.donor[0], draft.donor[1], draft.donor[2], draft.donor[3])
        for value, (span, confidence, rule) in draft.recipients.items():
            show("recipients", value, span, confidence, rule)
        for share, span in draft.shares:
            show("shares", share.recipient, span, 0.85, "share-halves")
        if draft.announced is not None:
            show("announced", draft.announced[0], draft.announced[1], 0.85, "announced-day")
        show("status", draft.status[0], draft.status[1], draft.status[2], "package-status")
        contents: list[str] = []
        for hit in self.reading.hits_in(draft.sentence.start, draft.sentence.end):
            entry = hit.get("capability")
            if entry is not None and entry.value not in contents:
                contents.append(entry.value)
                show("contents", entry.value, (hit.start, hit.end), 0.8, "package-contents")
        return Package(
            money.amount,
            draft.currency,
            money.qualifier,
            draft.programme[0] if draft.programme else None,
            draft.donor[0] if draft.donor else None,
            tuple(draft.recipients),
            tuple(share for share, _ in draft.shares),
            draft.announced[0] if draft.announced else None,
            draft.status[0],
            tuple(contents),
            draft.part_of,
            meeting,
            document.anchor(money.start, money.end),
            tuple(evidence),
        )
