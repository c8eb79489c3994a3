"""Who gets a package: the states it is said to be for, described sets of them, else whom the context is about."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.gazetteer import Entry, Hit
from extraction.lexicon import number_of
from extraction.package_donors import PackageDonors
from extraction.package_givers import GOODS, IN_FAVOUR, PARTNERS_ARE
from extraction.package_scope import PackageDraft, Span
from extraction.screening import Screened

_SET = Screened(
    r"\b(?P<set>(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\w+teen)(?: of (?:its|it|their|the))?(?: other| more)?"
    r"(?: (?!of\b|and\b|the\b)[A-Za-z][\w-]+){0,3}? (?:neighbou?rs|countries|nations|allies|partners|states)"
    r"(?: (?:in|of) (?:(?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}|the (?:region|alliance|bloc|continent)))?)"
)
_TO = re.compile(
    r"\b(?:to|[Ff]or|between|towards?)\s(?:help |arm |equip |support |defend |supply )?(?:the\s)?(?:Republic of )?$|"
    r"\b(?:to|for|among|between|in) (?:[\w-]+ ){0,5}(?:region|partners|allies|countries|nations|states|neighbou?rs),? "
    r"(?:including|such as|like) (?:the )?$"
)
_GIVEN = Screened(
    r"\b(?:giv(?:e|es|ing|en)|gave|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|send(?:s|ing)?|sent|suppl(?:y|ies|ied)|"
    r"help(?:s|ed|ing)?|equip(?:s|ped|ping)?|support(?:s|ed|ing)?|grant(?:s|ed|ing)?|hand(?:s|ed|ing)?|"
    r"arm(?:ing)?)\s(?:the\s)?(?:Republic of )?$"
)
# "Moldova to get radars", "The Philippines will acquire drones".
_GETS = re.compile(
    r"\s(?:(?:said|says|announced)[^,.;:]{0,24} (?:it |that it )(?:had |has )?|has |had )?"
    r"(?:secured|obtained|received|reached (?:an )?(?:agreement|deal) with)\b|"
    r"(?: (?:already|also|now|still|then|alone|itself))?\s(?:to get|to receive|gets?|receives?|got|received|"
    r"will (?:get|receive|acquire|obtain)|(?:was|were|has been|have been) (?:awarded|granted|allotted)|"
    r"(?:is|are|was|were) (?:set |due |expected |also |now )?to (?:get|receive)|would (?:get|receive))\b"
)
# "will equip Fiji, Tonga and Samoa with drones", whatever the verb.
_WILL_DO = re.compile(r"\b(?:will|to|would) [a-z]+ (?:the )?$")
_WITH = re.compile(
    r"(?:, (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)*(?:,? and (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)? with (?!its|the president|whom)"
)
_HELPED = re.compile(
    r"\b(?:support|help|equip|train|strengthen|moderni[sz]|arm|rearm|bolster|build up|assist|reinforc|"
    r"replenish|restock|refill|defend|protect)\w*"
    r"\s(?:of )?(?:the )?$"
)
_FORCES = re.compile(
    r"'s own (?:army|navy|military|air force|(?:armed |defen[cs]e )?forces)\b|"
    r"(?:'s)? (?:[\w-]+ ){0,2}(?:supply|stocks?|stockpiles?|arsenal|defen[cs]es|system)\b|"
    r"(?:'s)?\s(?:army|navy|(?:armed |defen[cs]e )?forces|military|government|air force|people|defen[cs]e ministry)\b",
    re.I,
)
# Who get something where the words say so, and are no party of an article that only speaks of them.
_TROOPS = re.compile(r"(?:'s)?\s(?:troops|soldiers|contingent|coast guard|marines)\b", re.I)
_ITS_FORCES = re.compile(
    r"\b(?:for|to|on|of) (?:its|their|the (?:country|island state|republic|nation)'s) (?:\w+ )?"
    r"(?:armed forces|army|navy|military|forces|soldiers|air force|troops|coast guard)\b"
)
_MOVED = re.compile(r"\b(?:realloc|divert|shift|redirect|mov|transferr)\w*\b")
# "that had been meant for Egypt's army will go to Lebanon's instead".
_WAS_MEANT = re.compile(
    r"\b(?:had been|was|were|originally|first|initially) (?:\w+ )?(?:meant|intended|earmarked|designated|reserved|"
    r"destined|planned|set aside) for (?:the )?$"
)
_INSTEAD = re.compile(r"\b(?:instead|(?:will|would|is to|are to) (?:now )?go to|goes to|went to)\b")
_ON_TO = re.compile(r" to (?:the )?[A-Z]")
# "for Prague's initiative": what somebody runs is not for itself.
_ITS_SCHEME = re.compile(
    r"(?:'s|\u2019s) (?:[\w-]+ )?(?:initiative|plan|scheme|drive|effort|proposal|request|programme|program)\b"
)
_GIVES_NEXT = re.compile(r"\s(?:will|has|have|had|is|gave|gives|pledged|\w+ed)\b|[^,.;]{0,14}[$\u20ac\u00a3\d]")
# "$1.2 billion for Taipei": right after a sum a capital gets it; elsewhere "to Berlin" is mostly a journey.
_SUM_FOR = re.compile(r"(?:million|billion|bn|mn|mln|bln|euros|kron[eo]r|dollars|\d[mb]?) (?:more )?(?:for|to) $", re.I)
_BY = re.compile(r"\bby (?:the )?$")
# What is set against the package before shares neither its recipient nor its programme.
CONTRAST = re.compile(
    r"(?:The other|Another|A second|Separately|On top of|In addition to|Apart from|Besides|Elsewhere|Independently)\b"
)
_LIST = re.compile(r",? (?:and |or )?(?:the )?")


class PackageRecipients(PackageDonors):
    """Reads recipients."""

    def recipients(self, draft: PackageDraft) -> None:
        """Rules recipient-named, recipient-described-set, recipient-continued, recipient-context, in this order."""
        sentence = draft.sentence
        donor = draft.donor[0] if draft.donor else None
        self._stated(draft, sentence, donor)
        self._described(draft, sentence)
        if draft.recipients:
            return
        owner = self._owner_of_forces(draft, donor)
        if owner is not None:
            draft.recipients[owner[0]] = (owner[1], 0.8, "recipient-its-forces")
            return
        ukraine = self._ukraine(sentence)
        if ukraine is not None:
            draft.recipients["UA"] = (ukraine, 0.9, "recipient-mentioned")
            return
        # "Germany pays 500 million into the Prioritised Ukraine Requirements List": its name says for whom it is.
        if draft.programme is not None and "Ukrain" in draft.programme[0]:
            draft.recipients["UA"] = (draft.programme[1], 0.8, "recipient-of-programme")
            return
        last = next((d for d in reversed(self.drafts) if 0 <= sentence.index - d.sentence.index <= 3), None)
        if last is not None and len(last.recipients) == 1 and not CONTRAST.match(sentence.text):
            draft.recipients.update(
                {who: (span, 0.75, "recipient-continued") for who, (span, _, _) in last.recipients.items()}
            )
        elif not CONTRAST.match(sentence.text) or self._for_one_only(sentence, donor):
            self._from_context(draft, sentence, donor)

    def _for_one_only(self, sentence: Sentence, donor: str | None) -> bool:
        """Does all of the article's money go to one, and is nobody else named by a sum set against the others?"""
        getters = {who for d in self.drafts for who in d.recipients}
        hits = self.reading.hits_in(sentence.start, sentence.end)
        named = {e.value for h in hits if (e := h.get("nation", "demonym", "capital")) is not None}
        return len(getters) == 1 and not named - {donor, *getters}

    def _stated(self, draft: PackageDraft, sentence: Sentence, donor: str | None) -> None:
        left, right = self.segment(draft.money, sentence)
        seller = draft.programme is not None and self._no_giver("US", draft)
        last = -1
        for hit in self.reading.hits_in(left, right):
            entry = hit.get("nation", "capital", "demonym")
            if entry is None or entry.value in ("RU", donor) or (seller and entry.value == "US"):
                continue
            # "gives Ukraine $60 billion, Israel 26 billion": who stands before the next sum gets that one.
            if hit.start > draft.money.end and hit.start in self.in_turn(sentence):
                continue
            # "$50 million for Fiji, $20 million for Tonga": what stands right after the sum before is that one's.
            if hit.end <= draft.money.start and _SUM_FOR.search(self.view[max(0, hit.start - 40) : hit.start]):
                continue
            chained = last >= 0 and _LIST.fullmatch(self.view[last : hit.start]) and not self._gives_next(hit)
            if chained or self._receives(hit, entry, sentence):
                last = hit.end
                draft.recipients.setdefault(entry.value, ((hit.start, hit.end), 0.85, "recipient-named"))

    def _owner_of_forces(self, draft: PackageDraft, donor: str | None) -> tuple[str, Span] | None:
        """Rule recipient-its-forces: "ten million euros for its armed forces", after a sentence on Armenia."""
        sentence = draft.sentence
        left, right = self.segment(draft.money, sentence)
        its = _ITS_FORCES.search(self.view, left, right)
        if its is None:
            return None
        before = self.reading.sentences[max(0, sentence.index - 1)]
        for start, end in ((left, its.start()), (before.start, before.end)):
            for hit in self.reading.hits_in(start, end):
                entry = hit.get("nation", "capital")
                if entry is not None and entry.value not in ("RU", donor):
                    return entry.value, (hit.start, hit.end)
        return None

    def _gives_next(self, hit: Hit) -> bool:
        """Does a sum or verb follow, so that the name begins the next donor's clause?"""
        return bool(_GIVES_NEXT.match(self.view[hit.end : hit.end + 30]))

    def _receives(self, hit: Hit, entry: Entry, sentence: Sentence) -> bool:
        """Is a state said to get something: "to Moldova", "help its army", "Manila is to get", "equip Fiji with"?"""
        if hit.start in self.in_turn(sentence):
            return True
        if _GETS.match(self.view, hit.end):
            return True
        before = self.view[max(sentence.start, hit.start - 70) : hit.start]
        forces = _FORCES.match(self.view, hit.end)
        if (IN_FAVOUR.search(before) and (entry.kind == "nation" or forces)) or PARTNERS_ARE.search(before):
            return True
        units = forces or _TROOPS.match(self.view, hit.end)
        if units and _GETS.match(self.view, units.end()):
            return True
        # "moved $95 million for Egypt to Lebanon": the first does not get it any more.
        if _MOVED.search(self.view, sentence.start, hit.start) and _ON_TO.match(self.view, hit.end):
            return False
        if _WAS_MEANT.search(before) and _INSTEAD.search(self.view, hit.end, sentence.end):
            return False
        # "the U.S.-Israel relationship" gets nothing.
        if "-" in (self.view[hit.end : hit.end + 1], self.view[hit.start - 1 : hit.start]):
            return False
        if _TROOPS.match(self.view, hit.end) and _TO.search(before):
            return True
        if GOODS.match(self.view, hit.end) or _ITS_SCHEME.match(self.view, hit.end):
            return False
        if entry.kind == "capital" and _SUM_FOR.search(before):
            return True
        if (entry.kind == "demonym" and not forces) or (entry.kind == "capital" and entry.value != "UA"):
            return False
        helped = forces is not None and _HELPED.search(before)
        fitted = _WILL_DO.search(before) and _WITH.match(self.view, hit.end)
        return bool(_TO.search(before) or _GIVEN.search(before) or helped or fitted)

    def _described(self, draft: PackageDraft, sentence: Sentence) -> None:
        for match in _SET.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            before = self.view[max(sentence.start, start - 16) : start]
            joined = re.search(r"\band (?:the )?(?:half for )?$", before) and draft.recipients
            if start < draft.money.start or not number_of(match["count"]):
                continue
            paid = False
            for hit in self.reading.hits_in(max(draft.money.end, start - 30), start):
                # "the security of Ukraine and 18 of its neighbours": the state before the set is one that gets it.
                beside = hit.get("nation") if self.view[hit.end : start] in (" and ", " and the ") else None
                # "will be paid for by Lithuania and two Nordic countries": those give.
                paid = paid or _BY.search(self.view[max(sentence.start, hit.start - 12) : hit.start]) is not None
                if beside is not None and beside.value != "RU" and not paid:
                    draft.recipients.setdefault(beside.value, ((hit.start, hit.end), 0.8, "recipient-described-set"))
                    joined = joined or draft.recipients
            if paid:
                continue
            if re.search(r"\b(?:to|for|between) (?:the )?$", before) or (joined and not self._gives_on(end)):
                draft.recipients.setdefault(match["set"], ((start, end), 0.7, "recipient-described-set"))

    def _gives_on(self, end: int) -> bool:
        return bool(re.match(r"\s(?:are|is|will|have|has|were|also|pledged|\w+ed)\b", self.view[end : end + 12]))

    def _ukraine(self, sentence: Sentence) -> Span | None:
        for hit in self.reading.hits_in(sentence.start, sentence.end):
            entry = hit.get("nation", "demonym", "capital")
            if entry is not None and entry.value == "UA":
                return hit.start, hit.end
        # "promised his visitor Volodymyr Zelensky a further $325 million".
        for person, mention in self.persons.between(sentence.start, sentence.end):
            if person.affiliation == "UA":
                return mention.start, mention.end
        return None

    def _from_context(self, draft: PackageDraft, sentence: Sentence, donor: str | None) -> None:
        """The nearest sentence before, then headline, then any other that says who gets something or names Ukraine.

        A far-off mention of Ukraine counts where the article is about it: named in its head, or more than once.
        """
        sentences = self.reading.sentences
        before = [s for s in reversed(sentences[: sentence.index]) if not s.is_title]
        titles = [s for s in sentences if s.is_title and s is not sentence]
        after = [s for s in sentences[sentence.index + 1 :] if not s.is_title]
        near = [*before[:2], *titles, *before[2:4]]
        for place in near:
            found: dict[str, Span] = {}
            last = -1
            for hit in self.reading.hits_in(place.start, place.end):
                entry = hit.get("nation", "demonym", "capital")
                if entry is None or entry.value in ("RU", donor):
                    continue
                # The first who gets something, with those that are named in one list with it.
                chained = last >= 0 and _LIST.fullmatch(self.view[last : hit.start]) and not self._gives_next(hit)
                if entry.value == "UA" or chained or (last < 0 and self._gets(hit, entry, place)):
                    last = hit.end
                    found.setdefault(entry.value, (hit.start, hit.end))
            if found:
                told = {"UA": found["UA"]} if "UA" in found else found
                draft.recipients.update(
                    {who: (span, 0.8 if who == "UA" else 0.65, "recipient-context") for who, span in told.items()}
                )
                return
        mentions = [span for s in [*before, *after] if (span := self._ukraine(s)) is not None]
        if mentions and (len(mentions) >= 2 or any(self._ukraine(s) is not None for s in self._head(3))):
            draft.recipients["UA"] = (mentions[0], 0.75, "recipient-far")
            return
        count, states = self._states_of_article(donor)
        # The group of all donors exists for Ukraine alone.
        donors = [(m.start, m.end) for group in self.groups for m in group.mentions if m.slug == "udcg"]
        if count < 2 and (mentions or donors):
            draft.recipients["UA"] = ((mentions or donors)[0], 0.6, "recipient-far" if mentions else "recipient-group")
        elif not self._into_group(draft, donor):
            draft.recipients.update({who: (span, 0.55, "recipient-article") for who, span in states.items()})

    def _into_group(self, draft: PackageDraft, donor: str | None) -> bool:
        """Rule recipient-fund: where Ukraine is no matter, the group that the sum goes into."""
        for group in self.groups:
            for mention in group.mentions:
                between = self.view[draft.money.end : mention.start]
                if (
                    0 < len(between) < 70
                    and re.search(r"\b(?:to|into|for) (?:the )?$", between)
                    and group.name != donor
                ):
                    draft.recipients[group.name] = ((mention.start, mention.end), 0.6, "recipient-fund")
                    return True
        return False

    def _states_of_article(self, donor: str | None) -> tuple[int, dict[str, Span]]:
        """Rule recipient-article: how often, and of which states, the article says that they get something.

        Of the states that get something most often, the fullest list in which they stand.
        """
        donors = {donor, *(d.donor[0] for d in self.drafts if d.donor is not None)}
        seen: dict[str, list[Span]] = {}
        lists: dict[str, dict[str, Span]] = {}
        for place in self.reading.sentences:
            found: dict[str, Span] = {}
            last = -1
            for hit in self.reading.hits_in(place.start, place.end):
                entry = hit.get("nation", "demonym", "capital")
                if entry is None or entry.value in ("RU", *donors):
                    continue
                owned = entry.kind != "capital" and _FORCES.match(self.view, hit.end)
                chained = last >= 0 and _LIST.fullmatch(self.view[last : hit.start])
                if owned or chained or self._receives(hit, entry, place):
                    last = hit.end
                    found.setdefault(entry.value, (hit.start, hit.end))
            for who, span in found.items():
                seen.setdefault(who, []).append(span)
                if len(found) > len(lists.get(who, ())):
                    lists[who] = found
        if not seen:
            return 0, {}
        who = max(seen, key=lambda value: (len(seen[value]), -seen[value][0][0]))
        return len(seen[who]), lists[who]

    def _gets(self, hit: Hit, entry: Entry, sentence: Sentence) -> bool:
        """Stricter than beside the sum: aid words must be near, as "to Belgium" is a journey."""
        if not self._receives(hit, entry, sentence):
            return False
        soldiers = _TROOPS.match(self.view, hit.end)
        if soldiers and _TO.search(self.view, max(sentence.start, hit.start - 70), hit.start):
            return True
        around = self.view[max(sentence.start, hit.start - 90) : min(sentence.end, hit.end + 60)]
        return bool(
            re.search(
                r"\b(?:aid|assistance|weapons?|arms|defen[cs]e articles|package|equipment|radars?|drones?|"
                r"missiles|military|security|drawdown|used)\b",
                around,
                re.I,
            )
        )
