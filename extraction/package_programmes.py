"""Under which programme, fund or scheme a package is given."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from extraction.gazetteer import Hit
from extraction.money import names_money
from extraction.package_givers import JOINT_PROGRAMME, TOTAL
from extraction.package_recipients import CONTRAST
from extraction.package_schemes import BY_WAY_OF, THE_SCHEME, PackageSchemes
from extraction.package_scope import PackageDraft, Span

LISTED = re.compile(
    r"\||(?:[-\u2022*\u2013\u2014]|\(?[a-z\d]{1,2}\))\s|(?:The |the )?[A-Z][\w ]{2,25}(?::| - | \u2014 )\s?[^.]{0,20}\d"
)
_NAMED = re.compile(
    r"\b(?:under|through|via|from|within|part of|into|to|of|by way of|for) (?:the |its |their |a |our )?(?:new )?"
    r"(?P<name>(?:[A-Z][\w'-]+ )(?:(?:[A-Z][\w'-]+|of|for|and|on) ){0,5}?"
    r"(?:Fund|Programme|Program|Initiative|Facility|Mechanism|Scheme|Plan|Instrument|Package|Partnership)"
    r"(?: for (?:the )?[A-Z]\w+)?)\b(?! of)"
)
_NUMBERED = re.compile(
    r"\b(?P<name>(?:(?:\d{1,3}(?:st|nd|rd|th)|\w+th|first|second|third|twenty-\w+) )(?:(?:support|aid|donation|"
    r"assistance|military|defen[cs]e|aid and support) ){0,2}package|"
    r"(?:(?:donation|support|aid|military|assistance) )?package (?:no\.? ?)?\d{1,3})\b",
    re.I,
)
_DRAWDOWN = re.compile(
    r"\b(?:announc|authori[sz]|approv)\w+ (?:its|the|an?|another) (?:[\w-]+ ){0,4}?(?P<word>drawdown) of "
)
_PURSE_OF_MANY = re.compile(r"\bcoalition\b|\binitiative\b", re.I)
_MEMBERS = re.compile(
    r"\b(?:coalition|members?|undertaking|steering group|common fund|purse|kitty|contributions?|the table|joined|"
    r"pooled|participants|countries)\b",
    re.I,
)
_THE_PACKAGE = re.compile(
    r"(?:The|This|These|Such|Both|All) (?:[\w-]+ ){0,3}(?:package|aid|assistance|funding|funds|money|sum|weapons|arms|"
    r"equipment|tranche|contribution|donation|support|grant|amount|measure)s?\b"
)
# Of several sums: "The money will be channelled through …".
_THE_MONEY = re.compile(r"(?:The|This|These|All|Both) (?:money|funds|funding|sums|contributions|amounts)\b")
# "This measure is worth €20 million": a sentence that goes on about the one before, also over a paragraph's end.
_SAME_MATTER = re.compile(
    r"(?:The|This|These|That|Such) (?:[\w-]+ ){0,3}(?:measures?|package|aid|assistance|funding|money|sum|support|grant|"
    r"tranche|contribution|donation|programme|program)\b|It \b|(?:She|He) \w+ed\b"
)
_AND_ALSO = re.compile(r",? (?:and|plus|as well as) (?:another |an additional |a further |about )?")
_VALUED = re.compile(r"\b(?:worth|valued at|costing|total(?:l?ing)) (?:about |some |nearly |up to |more than )?$")
_NUMBERED_DRAWDOWN = re.compile(
    r"\b(?:is|was|marks|becomes) (?:the|its|our) (?:\d{1,3}(?:st|nd|rd|th)|[a-z-]*(?:first|second|third|\w+th))"
    r" (?:such |U\.?S\.? |presidential )?drawdown\b"
)
_BESIDE = re.compile(
    r"\b(?:[Aa]longside|[Bb]esides|[Ii]n addition to|[Oo]n top of|[Aa]part from) (?:the |its |their )?$"
)
_AMERICAN_ARMS = re.compile(
    r"\b(?:American|U\.?S\.?|US)(?:-made)? (?:\w+ )?(?:arms|weapons?|weaponry|equipment|missiles|systems)\b"
)
_LIKEWISE = re.compile(r"\b(?:followed suit|(?:also )?joined (?:it|in|them)|likewise)\b")
# What may stand between the sums of a list: ") and Belgium (", ", Norway with ".
_IN_LIST = re.compile(
    r"\)?,? ?(?:and |while |by )?(?:the )?(?:[A-Z][\w'-]+ ?){1,3}(?:\(|(?:with |has |have |is |for )?(?:(?:gav|giv|"
    r"pledg|add|promis|contribut|allocat)\w+ )?(?:another )?)"
)
_OF_IT = re.compile(
    r"\b(?:[Oo]f (?:it|that|this|which|the money)|[Hh]alf|[Tt]he (?:rest|remaining|remainder)|portion|share)\b"
)


class PackageProgrammes(PackageSchemes):
    """Reads programmes."""

    def programme(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rules programme-known, programme-coalition, programme-numbered, programme-context, in this order."""
        left, right = self.segment(draft.money, draft.sentence)
        sums = self.own_sums(draft.sentence)
        left = self._list_start(draft, left)
        best: tuple[int, Hit] | None = None
        for hit in self.reading.hits_in(left, right):
            if hit.get("programme") is None:
                continue
            between = self.view[min(hit.end, draft.money.end) : max(hit.start, draft.money.start)]
            # "… under the one programme and $650 million": the one before is that of the sum before.
            if hit.end <= draft.money.start and len(sums) > 1 and _AND_ALSO.fullmatch(between):
                continue
            far = len(between) > (140 if len(sums) > 1 else 260)
            # "a drawdown with shells, rockets, and mines valued at $325 million": what it holds parts nothing.
            listed = hit.end <= draft.money.start and len(sums) == 1 and _VALUED.search(between) is not None
            parted = re.search(r"; |, (?:the rest|and )", between) is not None and not listed
            if (far or parted) and not names_money(between):
                continue
            distance = hit.start - draft.money.end if hit.start >= draft.money.end else draft.money.start - hit.end + 15
            if best is None or distance < best[0]:
                best = distance, hit
        if best is not None:
            hit = best[1]
            return self.name_of(hit), (hit.start, hit.end), 0.9, "programme-known"
        own = (
            self._of_group(draft)
            or self.described(draft, left, right)
            or self._named(draft, left, right)
            or self._numbered(draft)
            or self._drawdown(draft)
        )
        return own or self.of_chain(draft) or self.programme_of_context(draft)

    def _list_start(self, draft: PackageDraft, left: int) -> int:
        """Rule programme-list: what heads a list of givers and sums heads each of them."""
        sums = [m for m in self.own_sums(draft.sentence) if m.start <= draft.money.start]
        if len(sums) > 1 and all(_IN_LIST.fullmatch(self.view[a.end : b.start]) for a, b in pairwise(sums)):
            return draft.sentence.start
        return left

    def programme_of_context(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """The programme of the words around the sentence, if any; a known donor rules out those of others."""
        again = self.of_the_scheme(draft)
        if again is not None or CONTRAST.match(draft.sentence.text):
            return again
        return (
            self._goes_on(draft) or self._around(draft) or self._programme_of_article(draft) or self._listed_arms(draft)
        )

    def _listed_arms(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-list-of-arms: who pays for American weapons does so under the list that the text names.

        So do those who "followed suit".
        """
        sentence = draft.sentence
        last = next((d for d in reversed(self.drafts) if 0 < sentence.index - d.sentence.index <= 4), None)
        if _LIKEWISE.search(sentence.text) and last is not None and last.programme is not None:
            return last.programme[0], last.programme[1], 0.55, "programme-list-of-arms"
        if not _AMERICAN_ARMS.search(sentence.text) or (draft.donor is not None and draft.donor[0] == "US"):
            return None
        named = (h for h in self.reading.hits if (e := h.get("programme")) is not None and e.extra == "nato")
        hit = next((h for h in named if h.need("programme").value.startswith("Prioriti")), None)
        return (self.name_of(hit), (hit.start, hit.end), 0.6, "programme-list-of-arms") if hit is not None else None

    def _of_group(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-coalition: "30 million to the IT Coalition"."""
        for group in self.groups:
            for mention in group.mentions:
                if (
                    not draft.money.end <= mention.start < min(draft.sentence.end, draft.money.end + 60)
                    or mention.slug == "udcg"
                ):
                    continue
                between = self.view[draft.money.end : mention.start]
                if re.search(r"\b(?:to|for|into|in|through|via|under) (?:the )?$", between) and not names_money(
                    between
                ):
                    return group.name, (mention.start, mention.end), 0.75, "programme-coalition"
        return None

    def _named(self, draft: PackageDraft, left: int, right: int) -> tuple[str, Span, float, str] | None:
        """Rule programme-named: a fund or scheme that no list knows, "through the Amber Shell Fund"."""
        best: tuple[int, re.Match[str]] | None = None
        for match in _NAMED.finditer(self.view, max(left, draft.money.start - 120), min(right, draft.money.end + 120)):
            distance = max(match.start("name") - draft.money.end, draft.money.start - match.end("name"))
            if best is None or distance < best[0]:
                best = distance, match
        return (best[1]["name"], best[1].span("name"), 0.7, "programme-named") if best is not None else None

    def _drawdown(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-drawdown: an American "drawdown" is one under the presidential authority."""
        if draft.donor is not None and draft.donor[0] != "US":
            return None
        sums = self.sums(draft.sentence)
        for match in re.finditer(r"\bdrawdowns?\b", draft.sentence.text, re.I):
            start = draft.sentence.start + match.start()
            # "of which $2 billion is a drawdown, $225 million …": the sum right before it has it, else the one after.
            owner = min(sums, key=lambda m: start - m.end if m.end <= start else m.start - start + 15, default=None)
            if owner is not None and owner.amount != draft.money.amount:
                continue
            if abs(start - draft.money.start) < (60 if len(sums) > 1 else 150):
                return "Presidential Drawdown Authority", (start, start + len(match.group())), 0.8, "programme-drawdown"
        # "It marks the 40th drawdown of inventories": of the one sum, in the sentences after it.
        for later in self.reading.sentences[draft.sentence.index + 1 : draft.sentence.index + 5]:
            if len(sums) > 1 or any(m.amount != draft.money.amount for m in self.sums(later)):
                break
            numbered = _NUMBERED_DRAWDOWN.search(later.text)
            if numbered is not None and draft.money.currency in ("USD", "AUD", "CAD"):
                span = (later.start + numbered.end() - len("drawdown"), later.start + numbered.end())
                return "Presidential Drawdown Authority", span, 0.7, "programme-drawdown"
        # "The department announced its 43rd drawdown of equipment. Today's $400 million commitment …".
        before = self.reading.sentences[draft.sentence.index - 1] if draft.sentence.index else None
        if before is None or before.paragraph != draft.sentence.paragraph or len(sums) > 1 or self.sums(before):
            return None
        announced = _DRAWDOWN.search(before.text)
        if announced is None or draft.money.currency not in ("USD", "AUD", "CAD"):
            return None
        span = (before.start + announced.start("word"), before.start + announced.end("word"))
        return "Presidential Drawdown Authority", span, 0.7, "programme-drawdown"

    def _numbered(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-numbered: "the 19th support package"."""
        sentence = draft.sentence
        row = sentence.text.startswith("|")
        for match in _NUMBERED.finditer(self.view, sentence.start, sentence.end):
            between = self.view[min(match.end(), draft.money.end) : max(match.start(), draft.money.start)]
            near = row or (abs(match.start() - draft.money.end) < 60 and not re.search(r"[,;]", between))
            if near and match["name"].lower() != "first package":
                return match["name"], match.span("name"), 0.7, "programme-numbered"
        return None

    def _goes_on(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-goes-on: "The package is funded through the …", further down, before any other sum."""
        alone = all(m.amount == draft.money.amount for m in self.own_sums(draft.sentence))
        for later in self.reading.sentences[draft.sentence.index + 1 :]:
            if later.is_title or later.index > draft.sentence.index + 8:
                return None
            # "Oslo's share is 1.5 billion. The money goes into the list": of both sums.
            if any(m.amount != draft.money.amount for m in self.sums(later)):
                if later.index > draft.sentence.index + 1:
                    return None
                alone = False
            match = _THE_PACKAGE.match(later.text)
            if match is None or not (alone or _THE_MONEY.match(later.text)):
                continue
            for hit in self.reading.hits_in(later.start + match.end(), later.end):
                entry = hit.get("programme")
                way = BY_WAY_OF.search(self.view[max(later.start, hit.start - 60) : hit.start])
                # A national fund that money "comes out of" is the purse only.
                purse = (
                    entry is not None
                    and way is not None
                    and "out of" in way.group()
                    and "und" in entry.value + hit.text
                )
                if entry is not None and way is not None and not purse:
                    return self.name_of(hit), (hit.start, hit.end), 0.75, "programme-goes-on"
        return None

    def _around(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-context: the one programme of list head, headline or neighbouring sentence, if it fits.

        It does not where a sum stands by it that was read on its own, unless the sentence goes on about that sum, nor
        where another than its donor gives. A headline's programme is that of the sums the text ties to no other.
        """
        sentence = draft.sentence
        body = [s for s in self.reading.sentences if not s.is_title]
        listed = LISTED.match(sentence.text) is not None
        near = [s for s in self.reading.sentences if s.is_title]
        introduction = self.introduction(draft.money, sentence)
        near += [introduction] if introduction is not None else []
        goes_on = bool(_SAME_MATTER.match(sentence.text) or THE_SCHEME.search(sentence.text))
        near += [
            s
            for s in body
            if (abs(s.index - sentence.index) == 1 and s.paragraph == sentence.paragraph)
            or (goes_on and s.index == sentence.index - 1)
        ]
        if listed:
            near += [s for s in reversed(body) if 0 < sentence.index - s.index <= 9 and not LISTED.match(s.text)][:3]
        for other in near:
            found: dict[str, Hit] = {}
            for hit in self.reading.hits_in(other.start, other.end):
                entry = hit.get("programme")
                beside = _BESIDE.search(self.view[max(other.start, hit.start - 24) : hit.start])
                if entry is not None and beside:
                    return None
                if entry is not None and "package" not in entry.value.lower():
                    found.setdefault(entry.value, hit)
            if len(found) != 1:
                continue
            value, hit = next(iter(found.items()))
            sums = [m for m in self.sums(other) if m.amount != draft.money.amount]
            told = (
                goes_on
                and any(d.sentence.index == other.index for d in self.drafts)
                and not self.reading.dates_of(sentence)
            )
            home = hit.need("programme").extra
            stranger = draft.donor is not None and len(home) == 2 and home.upper() != draft.donor[0]
            stranger = stranger and JOINT_PROGRAMME.search(value) is None
            spoken = listed or not other.is_title or self._speaks_of(value, draft)
            if (not sums or told or other.is_title) and spoken and not stranger:
                return value, (hit.start, hit.end), 0.6, "programme-context"
        return None

    def _programme_of_article(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-article: the article's one programme, if the lead names it and the donor has it."""
        if len(self._programmes) != 1:
            return None
        name, (span, home) = next(iter(self._programmes.items()))
        owner = home.upper().replace("EUROPEAN-UNION", "EU")
        stranger = len(owner) == 2 and (draft.donor is None or owner != draft.donor[0])
        stranger = stranger and JOINT_PROGRAMME.search(name) is None
        led = any(s.start <= span[0] < s.end for s in self._head(2)) or self.view.count(name) >= 2
        if not led or stranger or TOTAL.search(draft.sentence.text) or not self._speaks_of(name, draft):
            return None
        return name, span, 0.55, "programme-article"

    def _speaks_of(self, name: str, draft: PackageDraft) -> bool:
        """Is a sum that of the article's one programme: no other sum stands by the programme's name, and a coalition's
        sentence has its members, its purse or what they contribute?"""
        sentence = draft.sentence
        for hit in self.reading.hits:
            entry = hit.get("programme")
            if entry is None or entry.value != name:
                continue
            home = self.reading.document.sentence_at(hit.start)
            if not home.is_title and home.index > sentence.index and self.sums(home):
                return False
            if (
                not home.is_title
                and home.index < sentence.index
                and any(
                    d.sentence.index == home.index and d.money.amount < 10 * draft.money.amount for d in self.drafts
                )
            ):
                return home.index == sentence.index - 1 and _OF_IT.search(sentence.text) is not None
        if not _PURSE_OF_MANY.search(name):
            return True
        before = self.reading.sentences[sentence.index - 1].text if sentence.index else ""
        own = re.search(r"\bitself\b|\bother routes\b", f"{before} {sentence.text}")
        return own is None and bool(_MEMBERS.search(before) or _MEMBERS.search(sentence.text))

    @cached_property
    def _programmes(self) -> dict[str, tuple[Span, str]]:
        """Every programme of the article with its first mention and whose it is, if a list knows."""
        found: dict[str, tuple[Span, str]] = {}
        for hit in self.reading.hits:
            entry = hit.get("programme")
            if entry is not None:
                found.setdefault(entry.value, ((hit.start, hit.end), entry.extra))
        groups = {g.name for g in self.groups}
        for match in _NAMED.finditer(self.view):
            # An initiative or partnership by such a name is mostly a group or a meeting.
            if match["name"] not in groups and not re.search(r"Initiative|Partnership|Plan|Package", match["name"]):
                found.setdefault(match["name"], (match.span("name"), ""))
        return found
