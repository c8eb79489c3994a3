"""Who gives a package: subject, agent, owner, speaker, programme or currency of a sum, else the sentences before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.document import Sentence
from extraction.money import Money
from extraction.package_givers import CHAINED, GOODS, GOVERNED, IN_FAVOUR, KINDS, NOT_DONORS, body
from extraction.package_lists import PackageLists
from extraction.package_scope import PackageDraft, Span
from extraction.screening import Screened

# "led by his country and Latvia": the leader of what gives, after another one.
_LED = re.compile(r"\b(?:led|chaired|hosted|headed|run) by [\w' ]{1,30}(?:,| and) (?:the )?$")
# "Manila is set to receive", "forces are to get": who stands before it gets, and gives nothing.
_RECEIVES = re.compile(
    r"(?:'s)?(?: [\w-]+){0,5}?,? (?:(?:is|are|was|were|will|would|to|set|due|expected|be) ){0,4}"
    r"(?:receiv\w+|get|gets|obtain\w*|awarded|granted|allotted)\b"
)
_GOT = re.compile(r"\b(?:receiv\w+|gets?|got|obtain\w*)\b")
# "Belgium (€200 million)", and "reached agreement with Washington for an $8 billion package".
_PARENTHESIS = re.compile(r" \((?:about |around |some |over |more than )?")
_AGREED_WITH = re.compile(r"\b(?:agreement|deal|arrangement|talks|negotiations) with (?:the )?$")
# "From Lithuania come 20 million euros and from Iceland five".
_COMES = re.compile(
    r" (?:(?:come|comes|came|with) )?(?:about |over |around |some |another |a further |an additional )?"
)
_TO_UKRAINE = re.compile(r" (?:on |over )?to (?:the )?(?:Ukrain|Ky[iy]v)")
_FOR_SUM = re.compile(r" (?:for|on|about|over) (?:an?|the|another|about|some) (?:new |further |additional )?$")
_RELATIVE = re.compile(
    r", (?:(?:\w+ ){0,4}(?:which|who|whom|whose|where)|(?:co-)?(?:led|chaired|hosted|headed|run) by)\b[^,;\u2014]*"
    r"(?:,|;|\u2014|$)"
)
_AGENT = re.compile(r"\b(?:(?P<verb>\w+) )?(?:from|by)\s(?:the\s)?(?:government of )?$|, which (?:the )?$")
_NO_AGENT = re.compile(
    r"(?:co-)?(?:hosted|led|chaired|headed|made|built|produced|manufactured|developed|promoted|launched|"
    r"initiated|established|created|devised|proposed|convened|organi[sz]ed|run|"
    r"up|frozen|blocked|vetoed|delayed|stalled|withheld|administered|managed|bought|purchased|procured|ordered|attended|used|followed|far|threat|attacks?|shared|"
    r"split|divided|spent|coordinated|overseen|received|needed|requested)",
    re.I,
)
_THAT = re.compile(r"(?<!before )(?<!after )(?<!of )\b(?:that|which|what) (?:the )?$")
_GAVE = re.compile(
    r"(?:,? (?:and |the )*[A-Z][a-z]+(?: [A-Z][a-z]+)?){0,4}(?: (?:itself|together|jointly|alone))?"
    r"(?: (?:will|is|are|has|have|had|to|now|also|together|jointly))*"
    r" (?:g[ai]ve[ns]?|giving|spen[dt]s?|put|pa(?:y|ys|id)|pledg\w+|promis\w+|provid\w+|contribut\w+|financ\w+|fund\w*|"
    r"donat\w+|sen[dt]|approved|earmark\w*|set aside|commit\w*|announc\w+|allocat\w+|offer\w*|raised|made available)\b"
)
_WHICH_GAVE = re.compile(
    r",? (?:which|who) (?:(?:has|had|have|is|was|will|would|be|also|\w+ly|on \w+day|"
    r"this week|last (?:week|month|year)) )*"
    r"(?:g[ai]ve[ns]?|giving|spending|pledg\w+|promis\w+|provid\w+|contribut\w+|donat\w+|sen[dt]|earmark\w*|set aside|"
    r"commit\w*|announc\w+|allocat\w+|offer\w*|unveil\w*)\b[^,;]*$"
)
_ON_GOODS = re.compile(r"(?: \([^()]{2,40}\))? (?:to|for|on|towards) (?:the|its|new|more) ")
_OWNED = re.compile(r"(?: of (?:it|that|this|these|which))?(?: (?:is|are|was|were|being|will be))? ")
# "Last year it was 1.8 billion euros": the sum before had the same givers.
_SAME_AGAIN = Screened(
    r"\b(?:it|this|that|the (?:figure|sum|total)) (?:was|is|had been|stood at|came to) (?:\w+(?<!ing) ){0,2}$"
)
_AGREED = re.compile(
    r"\b(?:agreed (?:on|to)|approved|adopted|decided on|unveiled|put together|pays? for|is paying for|financ\w+|"
    r"funds?) "
    r"(?:the|this) (?:[\w-]+ )?(?:package|aid|grant|contribution|donation|measure|assistance)\b"
)
_BUYING = re.compile(r"\b(?:buy\w*|bought|purchas\w+|procur\w+|orders?|ordered|acquir\w+|import\w*|stocks? of)\b", re.I)
_SUPPLIER = re.compile(
    r"'?s?\s(?:own )?(?:[\w-]+ )?(?:(?:shopping |priority |requirements |needs )?list|stocks?|stockpiles|"
    r"inventor(?:y|ies)|compan(?:y|ies)|manufacturers?|industry|makers?|producers?|factor(?:y|ies)|warehouses?)\b"
)
_SAID = r"(?:said|says|announced|confirmed|told|added|wrote|declared)"
_SPEAKS_AFTER = re.compile(rf",? (?:who (?:\w+ ){{0,6}}|[^.;]{{0,90}}, |on \w+day )?{_SAID}\b|,? (?:also )?{_SAID}\b")
_TELLS = re.compile(rf"(?: (?:government|(?:[\w-]+ )?ministry|cabinet|presidency|army))? {_SAID}\b")
_SPEAKS_BEFORE = re.compile(rf"\b(?:{_SAID}(?: by)?|according to)\s(?:the )?(?:[\w'.-]+ ){{0,3}}$")
_UNNAMED = re.compile(
    r"\b(?:allies|partners|donors|members|member states|countries|nations|participants|capitals|Europeans|"
    r"(?:the|all) (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= (?:together|jointly|are|were|will|"
    r"would|have|had|expect))|supporters|backers|governments|contributors|(?<!United )states|"
    r"(?i:total|in total|overall|altogether)(?=:))\b"
    r"(?! of\b)"
)
_OF_PLEDGES = re.compile(
    r"\b(?:value|worth|sum|total) of (?:all |the |these |their |new |today's ){0,2}(?:pledges|commitments|"
    r"contributions|promises|announcements)\b"
)
_OBJECT = re.compile(
    r"\b(?:to|for|of|by|with|from|among|between|in|as|than|told|plus|"
    r"ask\w*|urg\w*|thank\w*|push\w*|call\w* on|like|unlike|joins?|joined|help\w*)\s"
    r"(?:(?:the|its|their|his|her|our|other|several|many|some|fellow|new|all|both|more|most|NATO|European|allied|"
    r"[a-z]+|\d+)[ -]){0,4}$"
)
# "A group of 26 countries" is the subject, whatever stands in it.
_SET_OF = re.compile(r"\b(?:group|number|total|handful|dozens?|host|coalition) of (?:\w+ ){0,3}$")
# "Germany and six other countries" is Germany first.
_BESIDES = re.compile(r"[A-Z]\w+,? (?:and|with|plus) (?:[\w-]+ ){0,3}(?:allies and )?$")
_PASSIVE = re.compile(
    r"(?: (?:in|of) (?:\w+ ){1,3}?)? ?(?<= )(?:was|were|has been|had been|have been) "
    r"(?:collected|raised|pledged|promised|gathered|committed)\b(?! by)"
)
_MEMBERS_OF = re.compile(
    r"\b(?:[Mm]embers|[Cc]ountries|[Nn]ations|[Ss]tates|[Pp]artners|[Aa]llies|[Pp]articipants|[Mm]inisters)"
    r" (?:of|in|from) (?:the )?$"
)
_GROUPGOVERNED = re.compile(
    r"\b(?:to|for|in|into|of|at|with|by|under|through|joined|chairs|leads|within|via) (?:the )?$"
)
_COLLECTIVE = re.compile(r"\b[Tt]he (?:pact|compact|coalition|group|grouping|alliance|club|bloc|initiative)\b", re.I)
_PLURAL = re.compile(
    r"\b(?:[Tt]hey|[Aa]ll of them|[Ii]ts members|(?:[Tt]he )?(?:[Mm]embers|[Mm]inisters|[Pp]articipants))"
    r"(?= (?:\w+ ){0,2}(?:will|have|had|"
    r"agreed|pledged|are|were|plan|intend|supplied|gave|committed|paid|decided|contributed)\b)"
)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the donor; `value` None says that the text leaves the donors unnamed."""

    weight: float
    start: int
    value: str | None
    span: Span
    rule: str

    @property
    def found(self) -> tuple[str, Span, float, str] | None:
        return (self.value, self.span, round(self.weight, 2), self.rule) if self.value is not None else None


class PackageDonors(PackageLists):
    """Reads donors."""

    def donor(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Who gives, the words around the sum first, then programme and currency, then the context."""
        money, sentence = draft.money, draft.sentence
        left, right = self.segment(money, sentence)
        if _SAME_AGAIN.search(self.view[left : money.start]) and self.drafts:
            last = self.drafts[-1]
            if 0 < sentence.index - last.sentence.index <= 2 and last.currency == money.currency:
                return last.donor and (last.donor[0], last.donor[1], 0.7, "donor-continued")
        in_order = self.respectively(money, sentence)
        if in_order is not None:
            return in_order
        near = [
            *self._agents(money, right),
            *self._givers_after(money, right),
            *self._owners(money, right),
            *self._subjects(money, sentence, left),
            *self._speakers(money, sentence),
        ]
        final = self.last_of_chain(money, sentence)
        if not near and final is not money:
            near += self._agents(final, self.segment(final, sentence)[1])
        near += self._collectives(money, sentence, left)
        near = [c for c in near if c.value is None or not self._no_giver(c.value, draft)]
        best = max(near, key=lambda c: (c.weight, c.start), default=None)
        if best is not None and best.weight >= 0.6:
            # "They are to release 500 million euros from the European Peace Facility": its money is the Union's.
            return best.found or self._of_programme(draft)
        introduction = self.introduction(money, sentence)
        fallbacks = (
            self.introduced_by(introduction) if introduction is not None else None,
            self._agreed_after(sentence),
            self._of_programme(draft),
            self._of_currency(money, sentence),
            self._context(sentence),
            self._government(sentence, left, money),
        )
        found = next((f for f in fallbacks if f is not None and not self._no_giver(f[0], draft)), None)
        return found or (best.found if best is not None else None)

    def _no_giver(self, value: str, draft: PackageDraft) -> bool:
        """Rules donor-seller (America sells what allies pay for) and donor-getter (Manila gives no yen, it got "
        "them)."""
        if draft.programme is not None and draft.programme[0].startswith("Prioriti") and value == "US":
            return True
        home = self._of_currency(draft.money, draft.sentence)
        foreign = (
            home is not None and home[0] != value and not any(d.donor and d.donor[0] == value for d in self.drafts)
        )
        return foreign and any(value in d.recipients for d in self.drafts)

    def _agreed_after(self, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule donor-after: "Radars will be bought for £92 million. The JEF agreed on the package when it met"."""
        after = next((s for s in self.reading.sentences[sentence.index + 1 : sentence.index + 2]), None)
        match = _AGREED.search(after.text) if after is not None and not self.sums(after) else None
        if after is None or match is None:
            return None
        end = after.start + match.start()
        named = [(m.start, g.name, m.end) for g in self.groups for m in g.mentions if after.start <= m.start < end]
        named = [n for n in named if n[0] - after.start < 6]
        if named:
            start, value, stop = named[0]
            return value, (start, stop), 0.7, "donor-after"
        for hit in self.reading.hits_in(after.start, min(end, after.start + 12)):
            entry = self.giver(hit)
            if entry is not None and entry.kind != "demonym":
                return body(entry.value), (hit.start, hit.end), 0.7, "donor-after"
        return None

    def _agents(self, money: Money, right: int) -> list[Candidate]:
        """Rule donor-agent: "€1 million from Canada", "pledged by Germany", but not "weapons bought from Norway"."""
        found: list[Candidate] = []
        for hit in self.reading.hits_in(money.end, right):
            entry = self.giver(hit)
            between = self.view[money.end : hit.start]
            match = _AGENT.search(between[-40:])
            if entry is None or match is None or len(between) > 110 or "; " in between:
                continue
            # "… for drones and from Iceland five million": that one gives the next sum.
            if _COMES.fullmatch(self.view[hit.end : right]):
                continue
            if _NO_AGENT.fullmatch(match["verb"] or "") or _SUPPLIER.match(self.view, hit.end):
                continue
            # "the coalition, which Britain and Latvia lead".
            if match.group().startswith(", which") and not _GAVE.match(
                self.view, hit.end, min(right + 40, hit.end + 90)
            ):
                continue
            near = match.start() + max(0, len(between) - 40) <= 14
            if not near and _BUYING.search(between):
                continue
            value = body(entry.value)
            found.append(Candidate(0.9 if near else 0.8, -hit.start, value, (hit.start, hit.end), "donor-agent"))
        return found

    def _givers_after(self, money: Money, right: int) -> list[Candidate]:
        """Rule donor-relative: "€30 million that Denmark and Norway gave", "$5 million is what Latvia will spend"."""
        for hit in self.reading.hits_in(money.end, min(right, money.end + 90)):
            entry = self.giver(hit)
            if entry is None or not _THAT.search(self.view, money.end, hit.start):
                continue
            # "1.8 billion to the vehicles that Sweden gives": the vehicles are given so, not the sum.
            if _ON_GOODS.match(self.view, money.end, hit.start):
                continue
            if _GAVE.match(self.view, hit.end, min(right + 40, hit.end + 90)):
                return [Candidate(0.9, -hit.start, body(entry.value), (hit.start, hit.end), "donor-relative")]
        return []

    def _owners(self, money: Money, right: int) -> list[Candidate]:
        """Rule donor-predicate: "£350m of it is British, and £100m Norwegian"."""
        for hit in self.reading.hits_in(money.end, min(right, money.end + 60)):
            entry = self.giver(hit)
            owned = entry is not None and entry.kind == "demonym"
            if owned and entry and _OWNED.fullmatch(self.view[money.end : hit.start]) and self.view[hit.end] in ",.;":
                return [Candidate(0.9, -hit.start, body(entry.value), (hit.start, hit.end), "donor-predicate")]
        return []

    def _subjects(self, money: Money, sentence: Sentence, left: int) -> list[Candidate]:
        """Rules donor-subject (the nearest state, body, group or official before the sum that gives, not gets) and
        donor-source ("Manila gets radars from Japan in a $40 million grant")."""
        found: list[Candidate] = []
        relatives = [(left + m.start(), left + m.end()) for m in _RELATIVE.finditer(self.view[left : money.start])]
        governed_end = -1
        for hit in self.reading.hits_in(left, money.start):
            entry = self.giver(hit)
            before = self.view[max(sentence.start, hit.start - 30) : hit.start]
            if entry is not None and _PARENTHESIS.fullmatch(self.view[hit.end : money.start]):
                found.append(Candidate(0.9, hit.start, body(entry.value), (hit.start, hit.end), "donor-parenthesis"))
                continue
            got = before.endswith(("from ", "from the ")) and _GOT.search(self.view, left, hit.start)
            got = got or (before.lower().endswith("from ") and _COMES.fullmatch(self.view[hit.end : money.start]))
            # "He thanked Germany, which recently announced deliveries worth 680 million": the relative's own giver.
            if entry is not None and _WHICH_GAVE.match(self.view, hit.end, money.start):
                found.append(Candidate(0.87, hit.start, body(entry.value), (hit.start, hit.end), "donor-relative"))
                continue
            # "are going from Finland to Ukraine in a package of".
            got = got or (before.endswith("from ") and _TO_UKRAINE.match(self.view, hit.end))
            agreed = _AGREED_WITH.search(before) and _FOR_SUM.match(self.view[hit.end : money.start])
            if entry is not None and (got or agreed):
                found.append(Candidate(0.88, hit.start, body(entry.value), (hit.start, hit.end), "donor-source"))
                continue
            chained = governed_end >= 0 and CHAINED.fullmatch(self.view[governed_end : hit.start])
            # "paid with Canada, and Lithuania gave 30 million": a verb of giving begins a clause of its own.
            if chained and _GAVE.match(self.view, hit.end, money.start):
                chained = None
            favoured = IN_FAVOUR.search(self.view[max(sentence.start, hit.start - 70) : hit.start])
            if hit.get(*KINDS) is not None and (chained or GOVERNED.search(before) or favoured):
                governed_end = hit.end
                continue
            if (
                entry is None
                or _RECEIVES.match(self.view[hit.end : money.start])
                or hit.start in self.in_turn(sentence)
            ):
                continue
            weight = 0.85
            if any(a < hit.start < b for a, b in relatives) or _LED.search(before):
                weight = 0.5
            elif entry.kind in ("demonym", "nation") and GOODS.match(self.view, hit.end):
                weight = 0.4
            found.append(Candidate(weight, hit.start, body(entry.value), (hit.start, hit.end), "donor-subject"))
        for person, mention in self.persons.between(left, money.start):
            start = mention.title.start if mention.title is not None else mention.start
            start = min(start, mention.start)
            before = self.view[max(sentence.start, start - 30) : start]
            if not person.affiliation or person.affiliation in (*NOT_DONORS, "NATO") or GOVERNED.search(before):
                continue
            weight = 0.5 if any(a < mention.start < b for a, b in relatives) else 0.85
            span = (mention.start, mention.end)
            found.append(Candidate(weight, mention.start, person.affiliation, span, "donor-subject"))
        return self._coordinated(found, money)

    def _coordinated(self, found: list[Candidate], money: Money) -> list[Candidate]:
        """Rule donor-joint: of "Germany and Poland will jointly pay", "Spain, Italy and Malta agreed on", the first."""
        joint = re.search(
            r"\b(?:together|jointly|between them)\b|:\s?$", self.view[max(0, money.start - 60) : money.start]
        )
        if len(found) < 2:
            return found
        last, chain = found[-1], 1
        for earlier in reversed(found[:-1]):
            if not re.fullmatch(r",? ?(?:and )?(?:the )?", self.view[earlier.span[1] : last.span[0]]):
                break
            last, chain = earlier, chain + 1
        # Of three and more that stand as one subject each gives only where the text says so.
        each = re.search(r"\b(?:each|apiece|respectively)\b", self.view[money.start - 40 : money.end + 20])
        if joint is None and (chain < 3 or each is not None):
            return found
        return [*found, Candidate(0.87, money.start, last.value, last.span, "donor-joint")]

    def _collectives(self, money: Money, sentence: Sentence, left: int) -> list[Candidate]:
        """Rules donor-group ("members of the Drone Coalition", "the Pact", "They") and donors left unnamed."""
        found: list[Candidate] = []
        for group in self.groups:
            for naming in group.mentions:
                if not left <= naming.start < money.start:
                    continue
                before = self.view[max(sentence.start, naming.start - 30) : naming.start]
                members = _MEMBERS_OF.search(before)
                governed = _GROUPGOVERNED.search(before)
                if members or (naming.slug != "udcg" and not governed):
                    span = (naming.start, naming.end)
                    found.append(Candidate(0.85, naming.start, group.name, span, "donor-group"))
        match = _OF_PLEDGES.search(self.view, left, money.start)
        if match is not None:
            found.append(Candidate(0.9, match.start(), None, match.span(), "donor-unnamed"))
        for pattern in (_COLLECTIVE, _PLURAL):
            match = pattern.search(self.view, left, money.start)
            if match is None:
                continue
            if _OBJECT.search(self.view[max(sentence.start, match.start() - 40) : match.start()]):
                continue
            named = self._group_before(match.start(), sentence)
            if named is None and pattern is _COLLECTIVE:
                continue
            if match.group() == "They":
                named = self._told_before(sentence) or named
            value, span = named or (None, match.span())
            found.append(Candidate(0.75, match.start(), value, span, "donor-group"))
        for match in _UNNAMED.finditer(self.view, left, money.start):
            before = self.view[max(sentence.start, match.start() - 45) : match.start()]
            # "EU member states agreed" is the Union.
            if before.endswith(("EU ", "European Union ", "Union's ", "EU's ")):
                continue
            if (_SET_OF.search(before) or not _OBJECT.search(before)) and not _BESIDES.search(before):
                found.append(Candidate(0.85, match.start(), None, match.span(), "donor-unnamed"))
        if _PASSIVE.match(self.view, money.end):
            found.append(Candidate(0.7, money.start, None, (money.start, money.end), "donor-unnamed"))
        return found

    def _group_before(self, position: int, sentence: Sentence) -> tuple[str, Span] | None:
        """The group last named in the three sentences before; the contact group of all donors is no donor."""
        first = self.reading.sentences[max(0, sentence.index - 3)].start
        named = [
            (m.start, g.name, (m.start, m.end))
            for g in self.groups
            for m in g.mentions
            if first <= m.start < position and m.slug != "udcg"
        ]
        return max(named)[1:] if named else None

    def _speakers(self, money: Money, sentence: Sentence) -> list[Candidate]:
        """Rule donor-speaker: "€1 million will go to Kyiv, said Norway's defence minister"."""
        found: list[Candidate] = []
        for person, mention in self.persons.between(money.end, sentence.end):
            start = min(mention.start, mention.title.start if mention.title is not None else mention.start)
            before, after = self.view[money.end : start], self.view[mention.end : sentence.end]
            if not person.affiliation or person.affiliation in (*NOT_DONORS, "NATO"):
                continue
            if _SPEAKS_AFTER.match(after) or _SPEAKS_BEFORE.search(before[-60:]):
                span = (mention.start, mention.end)
                found.append(Candidate(0.65, -mention.start, person.affiliation, span, "donor-speaker"))
        for hit in self.reading.hits_in(money.end, sentence.end):
            entry = self.giver(hit)
            # "…, the State Department said": a ministry or government that has it told.
            told = (
                entry is not None
                and entry.kind in ("metonym", "demonym", "capital")
                and _TELLS.match(self.view, hit.end)
            )
            if entry is not None and told:
                found.append(Candidate(0.6, -hit.start, body(entry.value), (hit.start, hit.end), "donor-speaker"))
        return found
