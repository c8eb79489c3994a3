"""Packages: sums committed, proposed or delivered for arms or military aid, with donor, recipients and shares."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction import package_sieve, shares
from extraction.document import Sentence
from extraction.facts import Evidence, Package
from extraction.lexicon import number_of
from extraction.money import Money, names_money
from extraction.package_contents import contents
from extraction.package_meetings import MeetingLink
from extraction.package_parts import join_parts
from extraction.package_refusals import GIFT, MISSING_WORDS
from extraction.package_restated import without_restated
from extraction.package_scope import MOST_IN_ARTICLE, MOST_SUMS, PackageDraft, Span
from extraction.package_setting import for_others, from_assets, tells_of_aid
from extraction.package_terms import PackageTerms

_SEPARATE = re.compile(r"\b(?:second|another|further|additional|extra|new|more)\b", re.I)
_SEPARATE_BEFORE = re.compile(r"\b(?:Another|[Aa] second|[Aa] further)\s$")
_LAST_YEAR = re.compile(r"\b[Ll]ast year\b")
_SEVERAL = re.compile(
    r"\b(?P<count>two|three|four|2|3|4) (?:\w+ ){0,3}(?:packages|drawdowns|tranches|instalments|contributions)"
    r" (?:of|worth) (?:about |some |up to )?$"
)
# How far a headline rounds, and what makes its sum a gift of arms whatever the text says of it.
_ROUNDED = 0.03
_OF_ARMS = re.compile(
    r"\b(?:military|security|defen[cs]e|weapons|arms|ammunition) (?:\w+ )?(?:aid|assistance|support|package|help)\b",
    re.I,
)
_PACKAGE_WORTH = re.compile(
    r"\b(?:package|tranche|delivery|donation) of (?:[\w-]+ )?(?:military|arms|weapons|ammunition|defen[cs]e)\b"
    r"[^.:]{0,80}\b(?:worth|valued at|value of|totals|totalling|comes to) (?:about |some |up to |more than |nearly )?$"
)
_GIVES = re.compile(
    r"\b(?:announc|pledg|promis|giv|gave|provid|donat|contribut|earmark|allocat|commit|offer|grant|hand)\w*\b|"
    r"\badd(?:s|ed|ing)\b|\bset(?:ting)? aside\b"
)
_GIFT_VERB = re.compile(r"\b(?:giv(?:es|en|ing)|gave|donat\w+|hand(?:s|ed|ing) over|add(?:s|ed|ing)|contribut\w+)\b")
_GETS = re.compile(
    r"(?: (?:would|will|is to|are to|should|also)){0,2} (?:gets?|receives?|got|received) (?:about |some |another |"
    r"up to )?"
)
# "The Lebanese army will get 20 million euros from the Union this year and another 40 million in 2025".
_FORCES_GET = re.compile(
    r"(?:'s)? (?:own )?(?:army|military|navy|air force|(?:armed |security )?forces)" + _GETS.pattern
)
_AND_ANOTHER = re.compile(r"[^.;:]{0,60},? and (?:another|a further|an additional) ")
_HAD = re.compile(
    r"\bhad (?:already |earlier |previously )(?:been )?(?:promised|pledged|given|announced|sent|approved|allocated|"
    r"paid)"
    r"\b[^.;]{0,24}$"
)
_FOR = re.compile(r"\b(?:for|to) (?:the )?$")
# Under this chance a sum is none though the words beside it are those of a gift.
_BARELY = 0.1
# "two $4 million contributions"
_COUNT = re.compile(r"\b(?P<count>two|three|four) (?:separate |further |new )?$")
_KINDS_OF_GIFT = re.compile(r" (?:\w+ )?(?:contributions|packages|drawdowns|grants|donations)\b")
# A bare "$" or "kroner" is that of the donor.
_FAMILY = {
    "dollar": {"CA": "CAD", "AU": "AUD", "NZ": "NZD"},
    "krone": {"DK": "DKK", "NO": "NOK", "SE": "SEK", "CZ": "CZK", "IS": "ISK"},
}


class PackageReader(PackageTerms):
    """Reads the packages of one article."""

    def read(self) -> list[PackageDraft]:
        """Every package, in order."""
        drafts = self.drafts
        previous: Money | None = None
        count = 0
        for sentence in [*self._body(), *[s for s in self.reading.sentences if s.is_title]]:
            for money in self.sums(sentence)[:MOST_SUMS]:
                if count >= MOST_IN_ARTICLE:
                    break
                count += 1
                if previous is not None and self.restates(previous, money):
                    for draft in (d for d in drafts if d.money is previous):
                        draft.restated.append(money)
                    self.refused += [(money, reason) for told, reason in self.refused if told is previous]
                    continue
                previous = money
                reason, likely = self._judged(money, sentence)
                reason = reason or self._headed(money, sentence)
                if reason is not None:
                    # "The $95 million is to pay for training", after "ninety-five million dollars".
                    again = next((d for d in drafts if self._again(money, d)), None)
                    if again is not None:
                        again.again.append(money)
                    self.refused.append((money, reason))
                    continue
                draft = PackageDraft(money, sentence, currency=money.currency, likely=likely)
                self._fill(draft)
                if self._nobodys(draft):
                    self.refused.append((money, "nobody gets it"))
                    continue
                self._add(drafts, draft)
                for _ in range(self._repeats(draft) if drafts and drafts[-1] is draft else 0):
                    drafts.append(replace(draft))
        drafts[:] = join_parts(without_restated(sorted(drafts, key=lambda d: d.money.start)))
        if self._in_doubt():
            self.refused += [(d.money, "in doubt") for d in drafts]
            drafts.clear()
        return drafts

    def _in_doubt(self) -> bool:
        """Rule refused-in-doubt: of an article's sums none is likely a package, and no word beside them or in the
        headline tells of aid or arms."""
        told = [s for s in self.reading.sentences if s.is_title] + [d.sentence for d in self.drafts]
        return (
            max((d.likely for d in self.drafts), default=1.0) < package_sieve.IN_DOUBT
            and not any(tells_of_aid(s.text, s.is_title) for s in told)
            and not any(self.programme_beside(d.money, d.sentence) for d in self.drafts)
        )

    def _judged(self, money: Money, sentence: Sentence) -> tuple[str | None, float]:
        """Why a sum is refused, if it is, and the chance that it is a package: stated reasons, then the sieve."""
        reason = self.refusal(money, sentence)
        if reason is not None and reason not in MISSING_WORDS:
            return reason, 0.0
        likely = package_sieve.chance(self, money, sentence)
        if reason is not None:
            return (None if likely >= package_sieve.CERTAIN else reason), likely
        given = self.of_the_last(money, sentence) or self.programme_beside(money, sentence)
        given = given or self.introduction(money, sentence) is not None or self._plainly_given(money, sentence, likely)
        given = (
            given
            or self._of_package(money, sentence, likely)
            or for_others(self.reading, money)
            or from_assets(self.reading, sentence)
            or self.programme_told(money, sentence)
        )
        return ("unlikely" if likely < package_sieve.THRESHOLD and not given else None), likely

    def _of_package(self, money: Money, sentence: Sentence, likely: float) -> bool:
        """Rule package-worth: "its 14th package of military aid for Ukraine; it is worth 15 million euros"."""
        worth = _PACKAGE_WORTH.search(self.view, sentence.start, money.start)
        return worth is not None and likely >= _BARELY and self._names_ukraine(sentence)

    def _plainly_given(self, money: Money, sentence: Sentence, likely: float) -> bool:
        """Rule package-plain: "Norway announced 6 billion kroner for drones for Ukraine" needs no other sign.

        Beside a package "Poland has handed over drones worth two million" does not even need to say to whom.
        """
        left, right = self.segment(money, sentence)
        verb = _GIVES.search(self.view, left, money.start)
        giver = any(self.giver(h) is not None for h in self.reading.hits_in(left, money.start))
        if likely < _BARELY:
            return False
        if any(
            (h.get("nation") and _GETS.fullmatch(self.view, h.end, money.start))
            or (h.get("nation", "demonym") and _FORCES_GET.fullmatch(self.view, h.end, money.start))
            for h in self.reading.hits_in(left, money.start)
        ):
            return True
        last = self.drafts[-1] if self.drafts else None
        if (
            last is not None
            and last.sentence is sentence
            and _AND_ANOTHER.fullmatch(self.view, last.money.end, money.start)
        ):
            return True
        if verb is None or not giver:
            return False
        after = self.reading.hits_in(money.end, min(right, money.end + 90))
        getter = any(
            h.get("nation", "capital") and _FOR.search(self.view[max(money.end, h.start - 6) : h.start]) for h in after
        )
        beside = any(0 <= sentence.index - d.sentence.index <= 2 and d.recipients for d in self.drafts)
        return getter or (beside and _GIFT_VERB.search(self.view, left, money.start) is not None)

    def _headed(self, money: Money, sentence: Sentence) -> str | None:
        """Rule refused-headline: a sum of the headline is what the text says of it, there "nearly" or converted."""
        if (
            not sentence.is_title
            or _OF_ARMS.search(sentence.text)
            or any(self._same(money, d.money) for d in self.drafts)
        ):
            return None
        return next((reason for told, reason in self.refused if self._same(money, told)), None)

    @staticmethod
    def _again(money: Money, draft: PackageDraft) -> bool:
        one = money.currency in (draft.money.currency, draft.currency) and money.amount == draft.money.amount
        return one and not re.search(r"\d", draft.money.text)

    @staticmethod
    def _same(money: Money, told: Money) -> bool:
        near = abs(money.amount - told.amount) <= _ROUNDED * told.amount
        return near and (money.currency == told.currency or "" not in (money.family, told.family))

    def _nobodys(self, draft: PackageDraft) -> bool:
        """Rule refused-nobody: what a state spends on arms and nobody is said to get is its own."""
        # Rule refused-american: what goes to the United States buys arms there or pays for its industry.
        american = draft.recipients["US"][0][0] if set(draft.recipients) == {"US"} else -1
        theirs = draft.donor is not None and draft.donor[0] == "US"
        if draft.sentence.start <= american < draft.sentence.end and not theirs:
            return True
        gift = draft.recipients or draft.likely >= package_sieve.RECEIVED
        return not gift and not GIFT.search(self.clause(draft.money, draft.sentence))

    def _body(self) -> list[Sentence]:
        return [s for s in self.reading.sentences if not s.is_title]

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
            row = draft.sentence.text.startswith("|") and other.sentence.text.startswith("|")
            added = _SEPARATE.search(draft.money.text) or _SEPARATE_BEFORE.search(
                self.view[max(0, draft.money.start - 12) : draft.money.start]
            )
            years = _LAST_YEAR.search(draft.sentence.text) and not _LAST_YEAR.search(other.sentence.text)
            then = self.of_before(other.money) != self.of_before(draft.money)
            then = then or self._had_been(other.money) != self._had_been(draft.money)
            separate = (row or added or years or then) and other.sentence is not draft.sentence
            separate = separate or self._coordinated_sums(other.money, draft.money)
            if donors and not separate and not self._own_day(other, draft):
                other.again.append(draft.money)
                for name in ("donor", "programme", "announced"):
                    if getattr(other, name) is None:
                        setattr(other, name, getattr(draft, name))
                if not other.stated and draft.stated:
                    other.status = draft.status
                for recipient, shown in draft.recipients.items():
                    if not other.recipients:
                        drafts[index].recipients[recipient] = shown
                other.shares = other.shares or draft.shares
                return
        drafts.append(draft)

    def _had_been(self, money: Money) -> bool:
        """Is a sum told as given before what is told: "had already promised $500 million"?"""
        return _HAD.search(self.view, max(0, money.start - 60), money.start) is not None

    def _coordinated_sums(self, first: Money, second: Money) -> bool:
        """Rule package-coordinated: "$50 million for drones as well as $50 million for air defence" are two."""
        between = self.view[first.end : second.start] if first.end <= second.start else ""
        joined = re.search(r"\b(?:and|as well as|plus|alongside|another)\b", between)
        told = re.search(r"\b(?:the|that|this|these|its|said|of which)\s(?:\w+ )?$|[.!?]\s", between)
        return joined is not None and told is None and len(between) < 400

    def _repeats(self, draft: PackageDraft) -> int:
        """Rule package-each: "two drawdowns of $800 million each" are two packages."""
        before = self.view[max(draft.sentence.start, draft.money.start - 60) : draft.money.start]
        match = _SEVERAL.search(before)
        if match is not None and not re.match(r" (?:each|apiece)\b", self.view[draft.money.end :][:10]):
            return 0
        if match is None and _KINDS_OF_GIFT.match(self.view, draft.money.end):
            match = _COUNT.search(before)
        if match is None:
            return 0
        return (number_of(match["count"]) or 1) - 1

    def _own_day(self, first: PackageDraft, second: PackageDraft) -> bool:
        """Two like sums that were announced on two days are two packages."""
        days = [d.announced[0] for d in (first, second) if d.announced is not None]
        apart = len(days) == 2 and not (days[0].startswith(days[1]) or days[1].startswith(days[0]))
        return apart and first.sentence is not second.sentence and not second.sentence.is_title

    def _fill(self, draft: PackageDraft) -> None:
        draft.programme = self.programme(draft)
        draft.donor = self.donor(draft)
        if draft.money.family and draft.donor is not None:
            draft.currency = _FAMILY[draft.money.family].get(draft.donor[0], draft.currency)
        self.recipients(draft)
        self._shares(draft)
        draft.status = self.status(draft)
        draft.announced = self.announced(draft)
        if draft.programme is None or draft.programme[3] in ("programme-context", "programme-article"):
            draft.programme = self.programme_of_context(draft)

    def _shares(self, draft: PackageDraft) -> None:
        end = draft.sentence.end
        # An answer some lines further on splits a sum too, as long as no other sum stands between.
        for sentence in self.reading.sentences[draft.sentence.index + 1 : draft.sentence.index + 9]:
            if shares.STARTS_SPLIT.match(sentence.text):
                end = sentence.end
            elif names_money(sentence.text) or end > draft.sentence.end:
                break
        draft.shares = shares.find_shares(self.reading, draft.money.end, end, draft.money.amount)
        for share, span in draft.shares:
            if share.recipient not in draft.recipients and (
                len(share.recipient) == 2 or shares.describes_states(share.recipient)
            ):
                draft.recipients[share.recipient] = (span, 0.75, "recipient-share")

    # -- facts --------------------------------------------------------------------------------------------

    def fact(self, draft: PackageDraft, link: MeetingLink | None) -> Package:
        """A draft as a fact with its evidence."""
        document, money = self.reading.document, draft.money
        evidence: list[Evidence] = []

        def show(name: str, value: str | float | int, span: Span, confidence: float, rule: str) -> None:
            # Nothing about a package is surer than that it is one.
            evidence.append(document.evidence(name, value, span[0], span[1], confidence * draft.likely, rule))

        # "Forty million", told again as "$40m": the digits show it best.
        told = next((m for m in (money, *draft.again) if re.search(r"\d", m.text)), money)
        show("amount", money.amount, (told.start, told.end), 0.99, "money")
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
            show("programme", draft.programme[0], draft.programme[1], draft.programme[2], draft.programme[3])
        if draft.donor is not None:
            show("donor", draft.donor[0], draft.donor[1], draft.donor[2], draft.donor[3])
        for value, (span, confidence, rule) in draft.recipients.items():
            show("recipients", value, span, confidence, rule)
        for share, span in draft.shares:
            show("shares", share.recipient, span, 0.85, "share-halves")
        if draft.announced is not None:
            show("announced", *draft.announced)
        show("status", draft.status[0], draft.status[1], draft.status[2], "package-status")
        if link is not None:
            show("meeting", link.index, link.span, link.confidence, link.rule)
        held = contents(self.reading, draft, self.segment(money, draft.sentence))
        for value, span in held:
            show("contents", value, span, 0.8, "package-contents")
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
            tuple(value for value, _ in held),
            draft.part_of,
            link.index if link is not None else None,
            document.anchor(money.start, money.end),
            tuple(evidence),
        )
