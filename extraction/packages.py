"""Packages: sums committed, proposed or delivered for arms or military aid, with donor, recipients and shares."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extraction import shares
from extraction.dates import DateMention, resolve
from extraction.document import Sentence
from extraction.facts import Evidence, Package, Share
from extraction.gazetteer import Hit
from extraction.groups import Group
from extraction.lexicon import number_of
from extraction.money import Money, find_money
from extraction.people import People
from extraction.reading import Reading

Span = tuple[int, int]
SMALLEST = 500_000
# Bounds on garbage; no sentence and no article of prose states more sums.
MOST_SUMS = 12
MOST_IN_ARTICLE = 120

_AID = re.compile(
    r"\b(?:value|valued|tally|collected|raised|aid|assistance|packages?|support|pledg\w+|contribut\w+|commit\w*|allocat\w+|donat\w+|financing|funds?|"
    r"funding|tranche|drawdown|"
    r"programme|program|provid\w+|deliver\w*|suppl(?:y|ies|ied)|invest\w*|initiative|set aside|earmark\w*|grant|"
    r"share|boost|spend|spent|"
    r"announc\w+|worth|send|give|giving|help)\b",
    re.I,
)
_MILITARY = re.compile(
    r"\b(?:military|defen[cs]e|weapons?|arms|ammunition|munitions?|shells?|rounds|air.defen[cs]e|missiles?|"
    r"drones?|security|armou?r\w*|artillery|"
    r"tanks?|fighter|F-16s?|equipment|training|interceptors?|drawdown|PURL|FMF|PDA|USAI|EPF|Contact Group|"
    r"coalition|vehicles?|warfare|howitzers?|"
    r"troops|forces|UDCG|Ramstein)\b",
    re.I,
)
# Why a sum is no package, each with the reason it is refused for.
REFUSALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "cumulative",
        re.compile(
            r"\bsince (?:the |its |their |his )?(?:start|beginning|outbreak|onset|full|invasion|war|Russia|February|"
            r"Moscow|20\d\d|last|taking)|\bso far\b|\bto date\b|"
            r"\bbring(?:s|ing)? (?:the |its |their |our )?(?:total|overall|combined)|\bcumulative\b|"
            r"\bin total since\b|\bover the (?:past|last)\b|"
            r"\bhas (?:now |already )?(?:provided|committed|given|sent|supplied|donated|contributed|"
            r"spent) (?:\w+ ){0,4}?(?:more than|over|about|some|nearly|almost|around|\W?[\d])|"
            r"\bhave (?:now |already )?(?:provided|committed|given|sent|supplied|donated|contributed|"
            r"spent) (?:\w+ ){0,4}?(?:more than|over|about|some|nearly|almost|around)|"
            r"\bcontributions of\b.*\bin total\b|\bsince then\b",
            re.I,
        ),
    ),
    (
        "own forces",
        re.compile(
            r"\b(?:for|on) (?:its|their|our|his|her|the country's) own (?:armed )?(?:forces|army|navy|military|"
            r"stocks?|use|defen[cs]e)\b|\bown \w+(?: \w+)? (?:programme|program),|"
            r"\bspend\w*\b[^.;]{0,60}\bon (?:its |the |their )?(?:armed forces|defen[cs]e|military|army|navy)\b|"
            r"\beconomic output\b",
            re.I,
        ),
    ),
    (
        "finance",
        re.compile(
            r"\bbond market\b|\bstock market\b|\bvoted down\b|\bbarracks\b|\bconscript\w*|\bopposition motion\b", re.I
        ),
    ),
    ("cut", re.compile(r"\b(?:cuts?|cutting|trim\w*|slash\w*|saves?|saved)\b", re.I)),
    (
        "budget",
        re.compile(
            r"\b(?:draft|record|lay(?:s|ing)?|laid|the|next year's) budget\b|\b(?:defen[cs]e|military|annual|"
            r"national|federal|state) (?:budget|spending|expenditure|outlays)\b|\bspend(?:ing)? on defen[cs]e\b|"
            r"\bbudget (?:of|for|rose|will)\b",
            re.I,
        ),
    ),
    ("gdp", re.compile(r"\bGDP\b|\bgross domestic product\b", re.I)),
    (
        "contract",
        re.compile(
            r"\bcontracts?\b|\bdeal with\b|\bawarded\b|\border book\b|\bbooked\b|\brevenue|"
            r"\bprofit|\bsales?\b|\bturnover|\bshares? (?:price|rose|fell)|"
            r"\binvestors\b|\bfortune\b|\bforeign military sale",
            re.I,
        ),
    ),
    (
        "civil",
        re.compile(
            r"\b(?:humanitarian (?:aid|assistance|support)|reconstruction|budget(?:ary)? support|macro-?financial|"
            r"energy (?:aid|support|sector)|"
            r"grain|refugees|rebuild\w*|frozen assets|damages?|sanctions|trade|economic aid|demining of farmland)\b",
            re.I,
        ),
    ),
    ("unit-price", re.compile(r"\b(?:each|apiece|per (?:unit|round|shell|missile|day|hour)|costs?|price|tag)\b", re.I)),
)
_RECEIVER = re.compile(
    r"\b(?:Ukrain\w+|Ky[ii]v|Kiev|aid|assistance|support|partners|allies|donat\w+|package|neighbou?rs|for (?:the )?[A-Z]\w+|to (?:the )?[A-Z]\w+|pledg\w+)\b"
)
_MIXED = re.compile(
    r"\b(?:military|weapons|arms|ammunition|defen[cs]e) (?:\w+ )?(?:aid|assistance|support|package)?\b", re.I
)
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
_SET = re.compile(
    r"\b(?P<set>(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\w+teen)(?: of (?:its|it|their|the))?(?: other| more)?"
    r"(?: [A-Z][\w-]+| regional| neighbou?ring| nearby| eastern| allied){0,3} (?:neighbou?rs|countries|nations|"
    r"allies|partners|states)"
    r"(?: (?:in|of) (?:[A-Z][\w-]+|the)(?: [A-Z][\w-]+){0,2})?)"
)
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


@dataclass
class PackageDraft:
    """A sum while its fields are being read."""

    money: Money
    sentence: Sentence
    donor: tuple[str, Span, float, str] | None = None
    recipients: dict[str, tuple[Span, float, str]] = field(default_factory=dict)
    programme: tuple[str, Span, float] | None = None
    announced: tuple[str, Span] | None = None
    status: tuple[str, Span, float] = ("announced", (0, 0), 0.7)
    shares: list[tuple[Share, Span]] = field(default_factory=list)
    part_of: int | None = None
    currency: str = ""


class PackageReader:
    """Reads the packages of one article; `refused` keeps why a sum was left out."""

    def __init__(self, reading: Reading, persons: People, groups: list[Group]) -> None:
        self.groups = groups
        self.reading = reading
        self.view = reading.view
        self.persons = persons
        self.refused: list[tuple[Money, str]] = []
        self.drafts: list[PackageDraft] = []

    def read(self) -> list[PackageDraft]:
        """Every package, in order."""
        drafts = self.drafts
        previous: Money | None = None
        for sentence in [*self._body(), *[s for s in self.reading.sentences if s.is_title]]:
            for money in find_money(sentence.text, sentence.start)[:MOST_SUMS]:
                if len(drafts) + len(self.refused) >= MOST_IN_ARTICLE:
                    break
                if previous is not None and self._restates(previous, money):
                    continue
                previous = money
                reason = self._refusal(money, sentence)
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
                r"nearly |over |more than |~|US)*",
                gap,
            )
        )

    # -- scope --------------------------------------------------------------------------------------------

    def _refusal(self, money: Money, sentence: Sentence) -> str | None:
        """Why a sum is no package; None when it is one."""
        if money.amount < SMALLEST:
            return "too small"
        clause = self._clause(money, sentence)
        for reason, pattern in REFUSALS:
            match = pattern.search(clause)
            if match is None:
                continue
            if reason == "civil" and _MIXED.search(clause):
                continue
            if reason in ("unit-price", "contract") and re.search(
                r"\b(?:package|military aid|assistance)\b", clause, re.I
            ):
                continue
            if reason == "gdp" and abs(sentence.start + sentence.text.find(match.group()) - money.start) > 60:
                continue
            if reason == "cumulative" and re.search(r"\b(?:package|additional|new)\b", clause[:0]):
                continue
            return reason
        if self.refused and self.refused[-1][1] in ("own forces", "budget", "cut", "gdp", "part of a refused sum"):
            # "of it", "4 billion on plants": what follows a budget is part of it unless somebody else gets it.
            near = 0 < money.start - self.refused[-1][0].end < 350
            received = any(
                (e := h.get("nation", "demonym", "capital")) is not None and e.value == "UA"
                for h in self.reading.hits_in(sentence.start, sentence.end)
            )
            if near and not received and not re.search(r"\b(?:aid|assistance|support)\b", clause):
                return "part of a refused sum"
        goes_on = any(0 <= sentence.index - d.sentence.index <= 2 for d in self.drafts)
        parties = any(
            h.get("nation", "demonym", "metonym", "programme", "group", "capital")
            for h in self.reading.hits_in(sentence.start, sentence.end)
        ) or bool(self.persons.between(sentence.start, sentence.end))
        if not _AID.search(sentence.text) and not goes_on and not parties:
            return "no commitment"
        if not _MILITARY.search(sentence.text) and not self._military_near(sentence) and not goes_on:
            return "not military"
        if not goes_on and not self._received(sentence):
            return "no receiver"
        return None

    def _received(self, sentence: Sentence) -> bool:
        """Is there anybody whom the sum could be for: Ukraine, partners, a programme, aid as such?"""
        near = [*self.reading.sentences[max(0, sentence.index - 3) : sentence.index + 1], self.reading.sentences[0]]
        return bool(self.groups) or any(
            _RECEIVER.search(s.text) or any(h.get("programme", "group") for h in self.reading.hits_in(s.start, s.end))
            for s in near
        )

    def _clause(self, money: Money, sentence: Sentence) -> str:
        """The words around a sum, up to the nearest semicolon, colon or other sum on either side."""
        before = self.view[sentence.start : money.start]
        after = self.view[money.end : sentence.end]
        before = re.split(r"[;:\u2014]|, while |, but ", before)[-1]
        after = re.split(r"[;\u2014]|, while |, but ", after)[0]
        return before + self.view[money.start : money.end] + after

    def _military_near(self, sentence: Sentence) -> bool:
        first = max(0, sentence.index - 3)
        near = [*self.reading.sentences[first : sentence.index + 3], self.reading.sentences[0]]
        return any(_MILITARY.search(s.text) for s in near)

    # -- joining ------------------------------------------------------------------------------------------

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

    # -- fields -------------------------------------------------------------------------------------------

    def _fill(self, draft: PackageDraft) -> None:
        draft.programme = self._programme(draft)
        draft.donor = self._donor(draft)
        if draft.money.family and draft.donor is not None:
            draft.currency = _FAMILY[draft.money.family].get(draft.donor[0], draft.currency)
        self._recipients(draft)
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

    def _donor(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        money, sentence = draft.money, draft.sentence
        source = re.match(r"\s(?:comes?|came|is coming)?\s?from ", self.view[money.end : money.end + 20])
        readers = (self._donor_after, self._donor_before) if source else (self._donor_before, self._donor_after)
        for reader in readers:
            found = reader(money, sentence)
            if found is not None:
                return found
            if source or re.search(r"\b(?:together|jointly)\b[^.;]{0,12}$", self.view[sentence.start : money.start]):
                return None
        if draft.programme is not None:
            hits = self.reading.hits_in(draft.programme[1][0], draft.programme[1][1])
            entry = next((e for h in hits if (e := h.get("programme")) is not None), None)
            # A joint initiative or list has many donors, and not the one that its name tells.
            joint = entry is not None and re.search(r"initiative|coalition|\blist\b", entry.value, re.I)
            if entry is not None and entry.extra and entry.extra != "nato" and not joint:
                donor = (
                    entry.extra.upper()
                    if len(entry.extra) == 2
                    else entry.extra.upper().replace("EUROPEAN-UNION", "EU")
                )
                return donor, draft.programme[1], 0.85, "donor-programme"
        home = _CURRENCY_HOME.get(money.currency)
        if home is not None and not money.family:
            return home, (money.start, money.end), 0.85, "donor-currency"
        return self._donor_context(sentence)

    def _donor_before(self, money: Money, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-subject: the nearest state, body or official before the sum that gives rather than gets."""
        candidates: list[tuple[int, str, Span, float]] = []
        earlier = [m for m in find_money(sentence.text, sentence.start) if m.end <= money.start]
        start = earlier[-1].end if earlier else sentence.start
        for hit in self.reading.hits_in(start, money.start):
            entry = hit.get("demonym", "nation", "metonym", "organisation", "capital")
            if entry is None or entry.value in ("UA", "RU"):
                continue
            if entry.kind in ("organisation",) and entry.value not in ("EU", "NATO", "European Commission", "EDA"):
                continue
            before = self.view[max(sentence.start, hit.start - 14) : hit.start]
            if re.search(
                r"\b(?:to|for|against|in|with|at|between|near|than|alongside|told|giv(?:e|es|ing|en)|gave|"
                r"provid\w+|offer\w*|send\w*|suppl\w+|help\w*|equip\w*)\s(?:the\s)?$",
                before,
            ):
                continue
            value = "EU" if entry.value == "European Commission" else entry.value
            candidates.append((hit.start, value, (hit.start, hit.end), 0.85))
        for group in self.groups:
            for naming in group.mentions:
                if (
                    start <= naming.start < money.start
                    and naming.slug != "udcg"
                    and not re.search(
                        r"\b(?:to|for|in|into|of|at|with|by|under|through|joined|chairs|leads) (?:the )?$",
                        self.view[max(start, naming.start - 14) : naming.start],
                    )
                ):
                    candidates.append((naming.start, group.name, (naming.start, naming.end), 0.7))
        for person, mention in self.persons.between(start, money.start):
            if person.affiliation and person.affiliation not in ("UA", "RU", "NATO"):
                candidates.append((mention.start, person.affiliation, (mention.start, mention.end), 0.85))
        if not candidates:
            return None
        _, value, span, confidence = max(candidates)
        chain = [c for c in candidates if len(c[1]) == 2]
        together = self.view[span[1] : money.start]
        if len(chain) > 1 and re.match(r"\s(?:together|jointly)\b", together):
            return None
        return value, span, confidence, "donor-subject"

    def _donor_after(self, money: Money, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-agent: "from Canada", "pledged by Germany", "…, said Norway's defence minister"."""
        candidates: list[tuple[int, str, Span]] = []
        later = [m for m in find_money(sentence.text, sentence.start) if m.start >= money.end]
        end = later[0].start if later else sentence.end
        for hit in self.reading.hits_in(money.end, end):
            entry = hit.get("nation", "demonym", "metonym", "organisation")
            if entry is None or entry.value in ("UA", "RU"):
                continue
            before = self.view[max(money.end, hit.start - 40) : hit.start]
            if re.search(r"\b(?:from|by|by the|from the)\s(?:the\s)?$|, which (?:the )?$", before) and (
                entry.kind != "organisation" or entry.value in ("EU", "NATO")
            ):
                candidates.append((hit.start, entry.value, (hit.start, hit.end)))
        for person, mention in self.persons.between(money.end, sentence.end):
            after = self.view[mention.end : mention.end + 160]
            before = self.view[max(money.end, mention.start - 60) : mention.start]
            if (
                person.affiliation
                and person.affiliation not in ("UA", "RU", "NATO")
                and (
                    re.search(r"\b(?:said|announced|told|confirmed)\b", after)
                    or re.search(r"\b(?:said|announced|according to)\b", before)
                )
            ):
                candidates.append((mention.start, person.affiliation, (mention.start, mention.end)))
        if not candidates:
            return None
        _, value, span = min(candidates)
        # "from Norway, Italy and Portugal together": several donors are none.
        if (
            re.match(r"(?:, | and )(?:the )?[A-Z]", self.view[span[1] : span[1] + 8])
            and "together" in self.view[span[1] : end]
        ):
            return None
        return value, span, 0.85, "donor-agent"

    def _donor_context(self, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-context: the state or official of the sentences before, else of the headline or speaker."""
        last = next((d for d in reversed(self.drafts) if 0 <= sentence.index - d.sentence.index <= 2), None)
        if (
            last is not None
            and last.donor is not None
            and not re.match(r"(?:His|Her|He|She|Its|Their)\b", sentence.text)
        ):
            return last.donor[0], last.donor[1], 0.7, "donor-continued"
        earlier = [s for s in reversed(self.reading.sentences[: sentence.index]) if not s.is_title][:3]
        titles = [s for s in self.reading.sentences if s.is_title]
        for near in [*earlier, *titles]:
            if re.match(r"(?:His|Her|He|She)\b", sentence.text):
                spoken = [
                    (p, m)
                    for p, m in self.persons.between(near.start, near.end)
                    if p.affiliation not in (None, "UA", "RU")
                ]
                if spoken:
                    person, mention = spoken[-1]
                    return str(person.affiliation), (mention.start, mention.end), 0.75, "donor-pronoun"
            for hit in self.reading.hits_in(near.start, near.end):
                entry = hit.get("nation", "demonym", "metonym")
                if entry is None or entry.value in ("UA", "RU"):
                    continue
                before = self.view[max(near.start, hit.start - 10) : hit.start]
                if re.search(r"\b(?:to|for|against|in|with|at)\s(?:the\s)?$", before):
                    continue
                return entry.value, (hit.start, hit.end), 0.65, "donor-context"
            for person, mention in self.persons.between(near.start, near.end):
                if person.affiliation and person.affiliation not in ("UA", "RU", "NATO"):
                    return person.affiliation, (mention.start, mention.end), 0.65, "donor-context"
        return None

    def _recipients(self, draft: PackageDraft) -> None:
        sentence = draft.sentence
        donor = draft.donor[0] if draft.donor else None
        for hit in self.reading.hits_in(sentence.start, sentence.end):
            entry = hit.get("nation", "demonym", "capital")
            if entry is None or entry.value in ("RU", donor):
                continue
            if entry.value == "UA":
                draft.recipients.setdefault("UA", ((hit.start, hit.end), 0.9, "recipient-named"))
            elif (
                entry.kind == "nation"
                and hit.start > draft.money.end
                and re.search(
                    r"\b(?:to|for|between|, and|and)\s(?:the\s)?$",
                    self.view[max(draft.money.end, hit.start - 12) : hit.start],
                )
                and re.search(r"\b(?:to|for|between)\b", self.view[draft.money.end : hit.start])
            ):
                draft.recipients.setdefault(entry.value, ((hit.start, hit.end), 0.7, "recipient-named"))
        for match in _SET.finditer(sentence.text):
            start = sentence.start + match.start()
            before = self.view[max(sentence.start, start - 70) : start]
            if (
                start > draft.money.start
                and re.search(r"\b(?:to|between|for|and)\s(?:the )?$", before)
                and number_of(match["count"])
            ):
                draft.recipients.setdefault(
                    match["set"], ((start, sentence.start + match.end()), 0.7, "recipient-described-set")
                )
        if not draft.recipients:
            for near in [
                *reversed(self.reading.sentences[: sentence.index]),
                *self.reading.sentences[sentence.index + 1 :],
            ]:
                for hit in self.reading.hits_in(near.start, near.end):
                    entry = hit.get("nation", "demonym", "capital")
                    if entry is not None and entry.value == "UA":
                        draft.recipients["UA"] = ((hit.start, hit.end), 0.8, "recipient-context")
                        return

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
        clause = self._clause(draft.money, sentence)
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
