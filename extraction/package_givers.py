"""Who can give at all, and whom a sum's programme, currency or surroundings make its giver."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.gazetteer import Entry, Hit
from extraction.money import Money
from extraction.package_scope import PackageDraft, PackageScope, Span
from extraction.people import Person
from extraction.persons import NameMention

_CURRENCY_HOME = {
    "NOK": "NO",
    "SEK": "SE",
    "DKK": "DK",
    "CAD": "CA",
    "AUD": "AU",
    "NZD": "NZ",
    "GBP": "GB",
    "CZK": "CZ",
    "JPY": "JP",
    "PLN": "PL",
    "ISK": "IS",
    "CHF": "CH",
    "KRW": "KR",
}
NOT_DONORS = ("UA", "RU")
KINDS = ("demonym", "nation", "metonym", "organisation", "capital")
# The institutions of the Union give its money.
_OF_UNION = ("European Commission", "European Council", "Council of the European Union", "European Parliament")
_GIVING_BODIES = ("EU", "NATO", "EDA", *_OF_UNION)
# A name after these is complement or recipient, not who gives.
GOVERNED = re.compile(
    r"(?:^(?:For|To|Alongside|Besides|Unlike|Like)|\b(?:to|for|against|[Ii]n|with|[Aa]t|between|among|near|than|"
    r"alongside|told|from|under|behind|besides|unlike|like|[Dd]uring|"
    r"joins?|joined|joining|thank(?:s|ed)?|urg(?:es|ed)|ask(?:s|ed)|follow(?:s|ed|ing)|"
    r"giv(?:e|es|ing|en)|gave|grant(?:s|ed|ing)|lends|lent|provid\w+|offer\w*|includ\w+|send\w*|suppl\w+|help\w*|"
    r"equip\w*|arm(?:s|ing)?|"
    r"(?:support|aid|defen[cs]e|assistance|capital|president|initiative|plan|proposal|request|model|behalf) of|"
    r"(?:hosted|led|chaired|headed|run|made|built|produced|convened|organi[sz]ed|administered|attended) by))"
    r"\s(?:(?:the|its|their|neighbou?ring) )?(?:Republic of )?$"
)
# "in support of the Armed Forces of the Republic of Moldova", "for the benefit of the Lebanese army".
IN_FAVOUR = re.compile(
    r"\b(?:in support of|for the benefit of|to|for|in favou?r of|support(?:s|ing)?|help(?:s|ing)?|equip(?:s|ping)?) "
    r"(?:the )?(?:(?:armed|defen[cs]e|military|security) forces|army|navy|military|air force) of (?:the )?"
    r"(?:Republic of )?$|"
    r"\b(?:in support of|for the benefit of|in favou?r of) (?:the )?(?:Republic of )?$",
    re.I,
)
# "four partners: Bosnia and Herzegovina, Georgia, …": what a colon opens after partners that are said to be helped.
PARTNERS_ARE = re.compile(
    r"\b(?:to|for|of|between|among) (?:[\w-]+ ){0,3}(?:partners?(?: (?:nations|countries|states))?|countries|nations|"
    r"states|allies|neighbou?rs): (?:the )?$"
)
# What a demonym owns is goods or makers here, so that it tells where they come from, not who pays.
GOODS = re.compile(
    r"-?\s?(?:[\w-]+ )?(?:arms|weapons?|weaponry|equipment|missiles?|tanks?|ammunition|munitions|shells|stocks?|"
    r"stockpiles|inventor(?:y|ies)|"
    r"compan(?:y|ies)|firms?|industry|manufacturers?|makers?|producers?|drones|systems?|model|howitzers|soil|"
    r"territory|troops|soldiers|port|waters|veto|blockade|objections?|resistance|opposition)\b|-(?:made|built|style|led)\b",
    re.I,
)
TOTAL = re.compile(
    r"\b(?:[Tt]otal|Together|together (?:worth|amount\w*|total\w*|com\w+ to|make)|"
    r"in all|altogether|combined|overall|collective(?:ly)?|between them)\b"
)
CHAINED = re.compile(r",? (?:(?:and|or|as well as) )?(?:the )?|, (?:and )?(?:the )?")
# "At the meeting in Brussels, she announced": who was spoken of before gives.
_HE_GIVES = re.compile(
    r"\b(?:he|she)(?: (?:also|then|has|had|further))* (?:announced|pledged|promised|unveiled|committed|"
    r"offered|confirmed)\b"
)
HOSTED_BY = re.compile(
    r"\b(?:hosted|led|chaired|headed|convened|organi[sz]ed|attended|opened) by (?:the |its |[A-Z][\w'.]*'s? )?"
    r"(?:[A-Z][\w.]* )?$"
)
_GOVERNMENT = re.compile(r"\b(?:[Gg]overnment|[Cc]abinet|[Pp]arliament|[Dd]efen[cs]e [Mm]inist(?:er|ry))\b")
_THE_COUNTRY = re.compile(r"\b[Tt]he (?:country|government|kingdom|republic) (?:has |had |also |will |is )?\w+")
_MINISTER = re.compile(r"\bminister\b", re.I)
JOINT_PROGRAMME = re.compile(r"(?<!Assistance )initiative|coalition|\blist\b|\bmodel\b|\bInternational Fund\b", re.I)


class PackageGivers(PackageScope):
    """Reads givers out of what stands around a sum."""

    @staticmethod
    def giver(hit: Hit) -> Entry | None:
        """The state or body that a name means, if it can give: of bodies only those with money."""
        entry = hit.get(*KINDS)
        if entry is None or entry.value in NOT_DONORS:
            return None
        return None if entry.kind == "organisation" and entry.value not in _GIVING_BODIES else entry

    def _told_before(self, sentence: Sentence) -> tuple[str, Span] | None:
        """ "They are investing another €110 million": the one state that the sentence before names as giver."""
        before = self.reading.sentences[max(0, sentence.index - 1)]
        givers = {
            e.value: h for h in self.reading.hits_in(before.start, before.end) if (e := self.giver(h)) is not None
        }
        if len(givers) != 1 or before.is_title or not self.sums(before):
            return None
        value, hit = next(iter(givers.items()))
        return body(value), (hit.start, hit.end)

    def _of_programme(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule donor-programme: a national programme names its donor; a joint initiative or list has many."""
        if draft.programme is None:
            return None
        if draft.programme[3] == "programme-drawdown":
            return "US", draft.programme[1], 0.85, "donor-programme"
        hits = self.reading.hits_in(draft.programme[1][0], draft.programme[1][1])
        entry = next((e for h in hits if (e := h.get("programme")) is not None), None)
        if entry is None or not entry.extra or entry.extra == "nato":
            return None
        if JOINT_PROGRAMME.search(entry.value):
            return None
        donor = entry.extra.upper().replace("EUROPEAN-UNION", "EU")
        return donor, draft.programme[1], 0.8, "donor-programme"

    @staticmethod
    def _of_currency(money: Money, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-currency: nobody but Norway counts its own gifts in Norwegian kroner."""
        home = _CURRENCY_HOME.get(money.currency)
        if home is None or money.family or TOTAL.search(sentence.text):
            return None
        return home, (money.start, money.end), 0.8, "donor-currency"

    def _government(self, sentence: Sentence, left: int, money: Money) -> tuple[str, Span, float, str] | None:
        """Rule donor-government: "the government" of a domestic outlet is that of the ministers it speaks of."""
        if _GOVERNMENT.search(self.view, left, money.start) is None:
            return None
        for person in self.persons:
            title = person.title.text if person.title is not None else ""
            state = person.affiliation
            if state and len(state) == 2 and state not in NOT_DONORS and _MINISTER.search(title):
                mention = person.mentions[0]
                return state, (mention.start, mention.end), 0.6, "donor-government"
        return None

    def _context(self, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rules donor-continued, donor-pronoun, donor-context: whom the sentences before, else the headline, name."""
        pronoun = re.match(r"(?:His|Her|He|She)\b", sentence.text) or _HE_GIVES.search(sentence.text)
        last = next((d for d in reversed(self.drafts) if 0 <= sentence.index - d.sentence.index <= 2), None)
        if last is not None and not pronoun and not re.match(r"(?:Its|Their)\b", sentence.text):
            if last.donor is not None and last.donor[2] >= 0.6:
                return last.donor[0], last.donor[1], 0.65, "donor-continued"
            if last.donor is None and last.sentence.paragraph == sentence.paragraph:
                return None
        # "Only last week the country set aside": the one of which the article tells.
        told = next((d.donor for d in reversed(self.drafts) if d.donor is not None), None)
        just = self.reading.sentences[max(0, sentence.index - 1)]
        others = [e.value for h in self.reading.hits_in(just.start, just.end) if (e := self.giver(h)) is not None]
        if told is not None and not set(others) - {told[0]} and _THE_COUNTRY.search(sentence.text):
            return told[0], told[1], 0.65, "donor-continued"
        # Who got money before is not who gives it now.
        getters = {who for d in self.drafts for who in d.recipients} - {d.donor[0] for d in self.drafts if d.donor}
        earlier = [s for s in reversed(self.reading.sentences[: sentence.index]) if not s.is_title][:3]
        titles = [s for s in self.reading.sentences if s.is_title]
        for near in [*earlier, *titles]:
            if pronoun:
                spoken = [
                    (p, m) for p, m in self._free_persons(near) if p.affiliation not in (None, *NOT_DONORS, "NATO")
                ]
                if spoken:
                    person, mention = spoken[-1]
                    return str(person.affiliation), (mention.start, mention.end), 0.75, "donor-pronoun"
            governed_end = -1
            for hit in self.reading.hits_in(near.start, near.end):
                entry = hit.get("nation", "demonym", "metonym", "organisation")
                if entry is None or (entry.kind == "organisation" and body(entry.value) != "EU"):
                    continue
                before = self.view[max(near.start, hit.start - 70) : hit.start]
                chained = governed_end >= 0 and CHAINED.fullmatch(self.view[governed_end : hit.start])
                if chained or GOVERNED.search(before[-30:]) or IN_FAVOUR.search(before) or PARTNERS_ARE.search(before):
                    governed_end = hit.end
                    continue
                if entry.value in (*NOT_DONORS, *getters) or GOODS.match(self.view, hit.end):
                    continue
                return body(entry.value), (hit.start, hit.end), 0.55, "donor-context"
            for person, mention in self._free_persons(near):
                if person.affiliation and person.affiliation not in (*NOT_DONORS, "NATO"):
                    return person.affiliation, (mention.start, mention.end), 0.55, "donor-context"
        return None

    def _free_persons(self, sentence: Sentence) -> list[tuple[Person, NameMention]]:
        """Those a sentence names other than as host of what it tells of: "hosted by A, B announced a package"."""
        return [
            (person, mention)
            for person, mention in self.persons.between(sentence.start, sentence.end)
            if not HOSTED_BY.search(self.view, sentence.start, self.phrase_start(mention))
        ]

    @staticmethod
    def phrase_start(mention: NameMention) -> int:
        """Where the words of an official begin, title included."""
        return min(mention.start, mention.title.start if mention.title is not None else mention.start)


def body(value: str) -> str:
    """Whose money a body gives: its own, or that of the Union whose institution it is."""
    return "EU" if value in _OF_UNION else value
