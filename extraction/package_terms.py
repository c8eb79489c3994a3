"""What is said about a package besides its parties: programme, day of announcement, how far the money has come."""

from __future__ import annotations

import re
from functools import cached_property

from extraction.dates import DateMention, resolve
from extraction.document import Sentence
from extraction.gazetteer import Hit
from extraction.money import find_money
from extraction.package_recipients import CONTRAST, PackageRecipients
from extraction.package_scope import PackageDraft, Span

# How far the money has come, by the verb that governs the sum; the nearest before it decides.
_STAGES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    (
        "proposed",
        re.compile(
            r"\b(?:propos(?:e|es|ed|ing|als?)|consider(?:s|ing|ed)?|weigh\w*|request\w*|"
            r"ask(?:s|ed|ing)? (?:Congress|parliament|lawmakers|for)|seek(?:s|ing)?|sought|suggest\w*|wants?|needed|"
            r"intends?|aims?|aiming|discussing|under discussion|draft|plans?|planning|planned|hop(?:e|es|ed|ing)|"
            r"(?-i:may)|might|calls? for|mull\w*|(?:expected|due|asked|likely|yet|set) to|stands? ready|would|could)\b",
            re.I,
        ),
        0.7,
    ),
    (
        "approved",
        re.compile(
            r"\b(?:approv(?:e|es|ed|al|ing)|adopt(?:s|ed|ing)?|passed|authori[sz]\w+|cleared|clears|signed off|"
            r"green-?light\w*|endors(?:e|es|ed)|voted (?:for|through)|gave (?:its|the) go-ahead|ratif\w+|"
            r"gone through parliament)\b",
            re.I,
        ),
        0.75,
    ),
    (
        "delivered",
        re.compile(
            r"(?<!be )(?<!to be )(?<!being )\b(?:delivered|handed over|disbursed|transferred|shipped|arrived|has sent|"
            r"(?:has|have|had|was|were|been) (?:already )?(?:received|supplied)|deliver(?:y|ies) came)\b|"
            r"\b(?:members|they|we|allies|countries|partners) supplied\b",
            re.I,
        ),
        0.6,
    ),
    (
        "announced",
        re.compile(
            r"\b(?:announc\w+|pledg\w+|promis\w+|unveil\w+|commit(?:s|ted|ment)|(?:agreed|decided)(?= (?:to|on))|"
            r"gave|gives|allocated?s?|earmark\w*|contribut(?:es|ed|ions?)|brought|will|'ll|set aside|grants?|"
            r"donat(?:es|ed|ions?)|provid(?:es|ed|ing)|is giving|are giving|put up)\b",
            re.I,
        ),
        0.85,
    ),
)
# A vote that is still to come only proposes.
_TO_COME = re.compile(
    r"\b(?:expected|due|likely|set|asked|hope[sd]?|wants?|yet|will|would|could|may|might|is|are|going|have) (?:\w+ )?"
    r"(?:to )?$"
)
# "said that Warsaw would add €1 million": the will of then, told now.
_REPORTS = re.compile(r"\b(?:said|told|announced|confirmed|added|stated|says)\b[^.;]*$")
_ANNOUNCED = re.compile(r"\b(?:it was announced|announced that|have announced|has announced)\b")
_ANNOUNCE = re.compile(
    r"\b(?:announc\w+|pledg\w+|unveil\w+|commit\w*|said|says|approv\w+|propos\w+|promis\w+|allocat\w+|declar\w+|"
    r"confirm\w*|reveal\w*|sign(?:s|ed)|agreed|adopt\w+|present(?:s|ed)|made known|headline|dates? from|contribut\w+|"
    r"provid\w+|will|decid\w+|grant\w*|clear\w*|authori[sz]\w+|gave|brought|figures?)\b",
    re.I,
)
_MADE_KNOWN = re.compile(
    r"\b(?:present|announc|unveil|approv|pledg|decid|sign|made known|adopt|agree|clear|read out|notif)\w*\b", re.I
)
_REFERS_BACK = re.compile(
    r"(?:The (?:figures?|sums?|package|decision|pledges?|amount|money|news|announcement)|This|These|It|All (?:this|of "
    r"this)) (?:was|were|is|are|came|has been|had been)\b"
)
_LISTED = re.compile(
    r"\||(?:[-\u2022*\u2013\u2014]|\(?[a-z\d]{1,2}\))\s|(?:The |the )?[A-Z][\w ]{2,25}(?::| - | \u2014 )\s?[^.]{0,20}\d"
)
_NOT_THE_DAY = re.compile(
    r"\b(?:since|by|until|from|through|for|deliver\w*|before|after|ahead of|as of|than)\s(?:(?!on\b)\w+\s)?$", re.I
)
_COARSE = ("week", "year", "year_shift", "month_shift", "range")
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


class PackageTerms(PackageRecipients):
    """Reads programme, announcement and status."""

    # -- programme ----------------------------------------------------------------------------------------

    def programme(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rules programme-known, programme-coalition, programme-numbered, programme-context, in this order."""
        left, right = self.segment(draft.money, draft.sentence)
        best: tuple[int, Hit] | None = None
        for hit in self.reading.hits_in(left, right):
            if hit.get("programme") is None:
                continue
            between = self.view[min(hit.end, draft.money.end) : max(hit.start, draft.money.start)]
            if len(between) > 140 or re.search(r"; |, (?:the rest|and )", between):
                continue
            distance = hit.start - draft.money.end if hit.start >= draft.money.end else draft.money.start - hit.end + 15
            if best is None or distance < best[0]:
                best = distance, hit
        if best is not None:
            hit = best[1]
            return self._name(hit), (hit.start, hit.end), 0.9, "programme-known"
        own = self._of_group(draft) or self._named(draft, left, right) or self._numbered(draft) or self._drawdown(draft)
        return own or self.programme_of_context(draft)

    def programme_of_context(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """The programme of the words around the sentence, if any; a known donor rules out those of others."""
        if CONTRAST.match(draft.sentence.text):
            return None
        return self._around(draft) or self._programme_of_article(draft)

    @staticmethod
    def _name(hit: Hit) -> str:
        """The reference name, unless the text's own is as full and shares few words with it."""
        name = hit.need("programme").value
        words, own = set(name.lower().split()), set(hit.text.lower().split())
        return hit.text if len(own) >= 3 and 2 * len(words & own) < 0.8 * (len(words) + len(own)) else name

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
                if re.search(r"\b(?:to|for|into|in|through|via|under) (?:the )?$", between) and not find_money(between):
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
        for match in re.finditer(r"\bdrawdowns?\b", draft.sentence.text):
            start = draft.sentence.start + match.start()
            if abs(start - draft.money.start) < 60:
                return "Presidential Drawdown Authority", (start, start + len(match.group())), 0.8, "programme-drawdown"
        return None

    def _numbered(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-numbered: "the 19th support package"."""
        sentence = draft.sentence
        row = sentence.text.startswith("|")
        for match in _NUMBERED.finditer(self.view, sentence.start, sentence.end):
            between = self.view[min(match.end(), draft.money.end) : max(match.start(), draft.money.start)]
            if row or (abs(match.start() - draft.money.end) < 60 and not re.search(r"[,;]", between)):
                return match["name"], match.span("name"), 0.7, "programme-numbered"
        return None

    def _around(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-context: the one programme of list head, headline or neighbouring sentence, if it fits.

        It does not where a sum stands by it that was read on its own, or where another than its donor gives.
        """
        index = draft.sentence.index
        body = [s for s in self.reading.sentences if not s.is_title]
        near = [s for s in self.reading.sentences if s.is_title]
        near += [s for s in body if abs(s.index - index) == 1 and s.paragraph == draft.sentence.paragraph]
        if _LISTED.match(draft.sentence.text):
            near += [s for s in reversed(body) if 0 < index - s.index <= 9 and not _LISTED.match(s.text)][:3]
        for sentence in near:
            found: dict[str, Hit] = {}
            for hit in self.reading.hits_in(sentence.start, sentence.end):
                entry = hit.get("programme")
                if entry is not None and "package" not in entry.value.lower():
                    found.setdefault(entry.value, hit)
            if len(found) != 1:
                continue
            value, hit = next(iter(found.items()))
            sums = [m for m in self.sums(sentence) if m.amount != draft.money.amount]
            continued = any(d.sentence.index == sentence.index for d in self.drafts)
            home = hit.need("programme").extra
            stranger = draft.donor is not None and len(home) == 2 and home.upper() != draft.donor[0]
            if (not sums or continued or sentence.is_title) and not stranger:
                return value, (hit.start, hit.end), 0.6, "programme-context"
        return None

    def _programme_of_article(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-article: the article's one programme, if the lead names it and the donor has it."""
        if len(self._programmes) != 1:
            return None
        name, (span, home) = next(iter(self._programmes.items()))
        owner = home.upper().replace("EUROPEAN-UNION", "EU")
        stranger = len(owner) == 2 and (draft.donor is None or owner != draft.donor[0])
        led = any(s.start <= span[0] < s.end for s in self._head(2)) or self.view.count(name) >= 2
        return None if stranger or not led else (name, span, 0.55, "programme-article")

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

    # -- announcement -------------------------------------------------------------------------------------

    def announced(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """When the text says the money was made known: its own sentence, a list's head, the sentences beside it."""
        sentence = draft.sentence
        if sentence.is_title:
            return None
        dated = sentence.text.startswith("|") or _ANNOUNCE.search(sentence.text)
        own = self._day(draft) if dated else None
        return own or self._of_list(sentence) or self._beside(draft) or self._released_today(sentence)

    def _day(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule announced-day: the day in the sum's own clause, at the sentence's head, or said of all at its end."""
        sentence, money = draft.sentence, draft.money
        sums = self.sums(sentence)
        best: tuple[int, DateMention] | None = None
        for date in self.reading.dates_of(sentence):
            before = self.view[max(sentence.start, date.start - 30) : date.start]
            if date.kind in _COARSE or _NOT_THE_DAY.search(before):
                continue
            between = self.view[min(date.end, money.end) : max(date.start, money.start)]
            lead = all(date.end <= m.start for m in sums)
            tail = all(date.start >= m.end for m in sums) and len(sums) > 2
            if not lead and not tail and (find_money(between) or re.search(r"; |, and |, while |, but ", between)):
                continue
            bound = 0 if _MADE_KNOWN.search(self.view[max(sentence.start, date.start - 40) : date.end + 40]) else 60
            coarse = 200 if date.kind == "month" else 0
            cost = abs(date.start - money.start) + bound + coarse
            if best is None or cost < best[0]:
                best = cost, date
        if best is None:
            return None
        # A month alone dates money that was given then, not money that is planned for it.
        if best[1].kind == "month" and draft.status[0] == "proposed":
            return None
        return self._past(best[1], 0.85 if best[1].kind != "month" else 0.7, "announced-day")

    def _past(self, date: DateMention, confidence: float, rule: str) -> tuple[str, Span, float, str] | None:
        found = resolve(date, self.reading.anchor, "past")
        anchor = self.reading.anchor
        if found is None or (anchor is not None and found[0] > anchor.isoformat()):
            return None
        return found[0], (date.start, date.end), confidence, rule

    def _first_day(self, sentence: Sentence, rule: str) -> tuple[str, Span, float, str] | None:
        for date in self.reading.dates_of(sentence):
            if date.kind in (*_COARSE, "month"):
                continue
            if _NOT_THE_DAY.search(self.view[max(sentence.start, date.start - 30) : date.start]):
                continue
            found = self._past(date, 0.75, rule)
            if found is not None:
                return found
        return None

    def _of_list(self, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule announced-list: "the following were made known on Wednesday:" dates the items below it."""
        if not _LISTED.match(sentence.text):
            return None
        for head in reversed(self.reading.sentences[max(0, sentence.index - 9) : sentence.index]):
            if head.is_title or _LISTED.match(head.text):
                continue
            if _MADE_KNOWN.search(head.text) or head.text.rstrip().endswith(":"):
                found = self._first_day(head, "announced-list")
                if found is not None:
                    return found
        lead = next((d for d in reversed(self.drafts) if sentence.index - d.sentence.index <= 2), None)
        return lead.announced if lead is not None else None

    def _beside(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rules announced-before ("Package 19 was presented on 31 March.") and announced-after ("The figure was …")."""
        sentence = draft.sentence
        sentences = self.reading.sentences
        if self.reading.dates_of(sentence):
            return None
        after = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
        if after is not None and after.paragraph - sentence.paragraph <= 1 and _REFERS_BACK.match(after.text):
            found = self._first_day(after, "announced-after") if _MADE_KNOWN.search(after.text) else None
            if found is not None:
                return found
        before = sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.is_title or before.paragraph != sentence.paragraph or find_money(before.text):
            return None
        return self._first_day(before, "announced-before") if _MADE_KNOWN.search(before.text) else None

    def _released_today(self, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule announced-release: "Today, … announces" dates the sums of a release's first paragraphs."""
        for earlier in self.reading.sentences[max(0, sentence.index - 3) : sentence.index]:
            if earlier.is_title or earlier.paragraph < sentence.paragraph - 1:
                continue
            for date in self.reading.dates_of(earlier):
                if date.kind == "day_shift" and date.shift == 0 and _MADE_KNOWN.search(earlier.text):
                    return self._past(date, 0.8, "announced-release")
        return None

    # -- status -------------------------------------------------------------------------------------------

    def status(self, draft: PackageDraft) -> tuple[str, Span, float]:
        """Rule package-status: the nearest verb of stage before the sum, own clause first, else the first after it."""
        money = draft.money
        left, _ = self.segment(money, draft.sentence)
        clause = self.clause(money, draft.sentence)
        start = self.view.find(clause, draft.sentence.start)
        for begin in (max(left, start), start):
            before = self._stages(begin, money.start)
            if before:
                _, stage, span, confidence = max(before)
                return self._reported(stage, draft.sentence), span, confidence
        after = self._stages(money.end, min(self._past_chain(draft), start + len(clause), money.end + 90))
        main = [item for item in after if not self._in_relative(money.end, item[0])] or after
        if main:
            _, stage, span, confidence = min(main)
            return self._reported(stage, draft.sentence), span, confidence - 0.1
        return "announced", (money.start, money.end), 0.75

    def _past_chain(self, draft: PackageDraft) -> int:
        """The end of the sum's own words; of "sums of $10 million and $60 million were approved" both have the verb."""
        end = draft.money.end
        for money in self.sums(draft.sentence):
            if money.start > end:
                if not re.fullmatch(r",? (?:and )?", self.view[end : money.start]):
                    return money.start
                end = money.end
        return draft.sentence.end

    def _stages(self, start: int, end: int) -> list[tuple[int, str, Span, float]]:
        found: list[tuple[int, str, Span, float]] = []
        for stage, pattern, confidence in _STAGES:
            for match in pattern.finditer(self.view, start, end):
                before = self.view[max(start, match.start() - 40) : match.start()]
                if stage == "proposed" and match.group() in ("would", "could") and _REPORTS.search(before):
                    read = "announced"
                elif stage in ("approved", "delivered") and _TO_COME.search(before):
                    read = "proposed" if stage == "approved" else "announced"
                else:
                    read = stage
                found.append((match.start(), read, match.span(), confidence))
        return found

    def _in_relative(self, start: int, position: int) -> bool:
        opened = self.view[start:position].rfind(", which")
        return opened >= 0 and "," not in self.view[start + opened + 2 : position]

    @staticmethod
    def _reported(stage: str, sentence: Sentence) -> str:
        """What members "intend to spend, it was announced" is announced."""
        return "announced" if stage == "proposed" and _ANNOUNCED.search(sentence.text) else stage
