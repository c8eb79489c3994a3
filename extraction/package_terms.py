"""When a package was made known and how far the money has come."""

from __future__ import annotations

import re
from bisect import bisect_left

from extraction.date_resolution import resolve
from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.money import Money, names_money
from extraction.package_programmes import LISTED, PackageProgrammes
from extraction.package_scope import PackageDraft, Span
from extraction.screening import Screened

# Where a word of stage stands, the stage, its span and confidence.
Stage = tuple[int, str, Span, float]
# How far the money has come, by the verb that governs the sum; the nearest before it decides.
_STAGES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    (
        "proposed",
        re.compile(
            r"\b(?:propos(?:e|es|ed|ing|als?)|prepar(?:es|ing) (?:an?|the|its)|"
            r"budget (?:request|proposal)|(?:budget|request|bill)\b[^.;]{0,30}\bsent to (?:Congress|parliament)|"
            r"consider(?:s|ing|ed)?|weigh\w*|request\w*|"
            r"ask(?:s|ed|ing)? (?:Congress|parliament|lawmakers|for)|seek(?:s|ing)?|sought|suggest\w*|wants?|needed|"
            r"intends?|aims?|aiming|discussing|under discussion|draft|plans?|planning|"
            r"(?<!had )(?<!originally )planned|hop(?:e|es|ed|ing)|"
            r"(?-i:may)|might|calls? for|mull\w*|(?:expected|due|asked|likely|yet) to|stands? ready|would|could)\b",
            re.I,
        ),
        0.7,
    ),
    (
        "approved",
        re.compile(
            r"\b(?:approv(?:e|es|ed|al|ing)|adopt(?:s|ed|ing)?|passed|authori[sz](?:e|es|ed|ing)|"
            r"cleare?[ds](?! (?:the )?mines)|signed off|"
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
            r"\b(?:members|they|we|allies|countries|partners) supplied\b|\b(?:Ukraine|Ky[ii]v) received\b",
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
# Rule status-blocked: money that a member withholds has been proposed and no more, whoever speaks of it.
_BLOCKED = re.compile(
    r"\b(?:(?:un)?block(?:s|ed|ing|ade)?(?! (?:Russian )?(?:assets|funds|accounts))|veto\w*|held (?:up|hostage)|"
    r"hold(?:s|ing)? up|stalled|stuck|withh[eo]ld\w*|(?:is|are|was|were|been|remains?|remained) frozen|"
    r"cannot (?:go|be (?:paid|released|disbursed|used))|deadlock\w*)\b",
    re.I,
)
# "agreed on a plan worth 2 billion", "goes to the Czech plan to buy shells": plans that are more than plans.
_THE_PLAN = re.compile(
    r"\b(?:agreed|agree|approved|adopted|endorsed|backed|passed|decided)(?: on| to)? (?:an?|the|its) (?:[\w-]+ )?$|"
    r"\b(?:to|into|through|under|joins?|joined|joining) (?:the |a )(?:[A-Z][\w-]+) $"
)
_GOODS_NEEDED = re.compile(
    r"\b(?:urgently|badly|much|most|critically|desperately|sorely|greatly)[ -]$|\b(?:that|which) (?:is|are) (?:\w+ )?$"
)
# A vote that is still to come only proposes.
_TO_COME = re.compile(
    r"\b(?:expected|due|likely|set|asked|hope[sd]?|wants?|yet|will|would|could|may|might|is|are|going) (?:\w+ )?"
    r"(?:to )?$|\bhave (?:\w+ )?to $|\b(?:stages?|verge|process|point|brink) of $|\bclose to $|"
    r"\b(?:pending|awaiting|awaits|subject to) (?:[\w'\u2019]+ ){0,2}$"
)
# "approved a draft resolution": the draft is law then.
_ADOPTS = re.compile(r"\b(?:approv|adopt|pass|back|endors)\w* (?:an? |the )?$")
# What somebody plans to pledge is not pledged yet.
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|propos(?:es|ed|ing)|hop(?:es|ed|ing)|aim(?:s|ed|ing)?|consider(?:s|ing)"
    r"|wants?|expected|asked) (?:on |to )(?:\w+ )?$"
)
# "said that Warsaw would add €1 million": the will of then, told now.
_REPORTS = re.compile(
    r"\b(?:said|told|announced|confirmed|added|stated|says|declared|explained|noted|specified)\b[^.;]*$"
)
_ANNOUNCED = re.compile(r"\b(?:it was announced|announced that|have announced|has announced)\b")
_ANNOUNCE = Screened(
    r"\b(?:announc\w+|pledg\w+|unveil\w+|commit\w*|said|says|approv\w+|propos\w+|promis\w+|allocat\w+|declar\w+|"
    r"confirm\w*|reveal\w*|sign(?:s|ed)|agreed|adopt\w+|present(?:s|ed)|made known|headline|dates? from|contribut\w+|"
    r"provid\w+|will|decid\w+|grant\w*|clear\w*|wrote|posted|tweeted|followed suit|joined in|authori[sz]\w+|"
    r"hand(?:s|ed|ing)?|donat\w+|giv(?:es|ing)|send(?:s|ing)?|told|releas\w+|disclos\w+|made public|outlin\w+|"
    r"gave|brought|figures?)\b",
    re.I,
)
_MADE_KNOWN = re.compile(
    r"\b(?:present|announc|unveil|approv|authori[sz]|pledg|decid|sign|made known|adopt|agree|clear|read out|notif)"
    r"\w*\b",
    re.I,
)
# "…, the ministry said on Wednesday": of all that the sentence tells.
_SAID_ON = re.compile(
    r", [^,;]{3,60} (?:said|announced|confirmed|told \w+|reported|declared|stated) (?:\w+ )?"
    r"(?:in [A-Z][\w ]{2,20} )?(?:on |late )?$"
)
_REFERS_BACK = re.compile(
    r"[^.;:]{0,60}\b(?:made (?:the|this|his|her) (?:announcement|statement)|"
    r"(?:announced|said|revealed|confirmed|disclosed) (?:this|it|so|as much|the (?:decision|package))|made it "
    r"(?:public|known)|"
    r"announcement (?:came|was made))\b|"
    r"[^;:]{0,120}\b(?:agreed (?:on|to)|approved|adopted|signed|cleared|exchanged notes on|unveiled|presented|"
    r"decided on|"
    r"put together) (?:the|this) (?:[\w-]+ )?(?:package|grant|aid|assistance|contribution|donation|deal|agreement|"
    r"money|"
    r"measure|sum|pledge)\b|"
    r"(?:The (?:figures?|sums?|package|decision|pledges?|amount|money|news|announcement)|This|These|It|All (?:this|of "
    r"this)) (?:was|were|is|are|came|has been|had been)\b"
)
_PARTS = re.compile(r"; |, and |, while |, but ")
_SAID_SO = re.compile(
    r"\b(?:said|revealed|confirmed|disclosed) (?:this|it|so|as much)\b|\bexchanged notes\b|\bput together\b"
)
_NOT_THE_DAY = re.compile(
    r"\b(?:since|by|until|from|through|for|deliver\w*|before|after|ahead of|as of|than)\s(?:(?!on\b)\w+\s)?$", re.I
)
_AHEAD = re.compile(r"\b(?:[Aa]head of|[Bb]efore|[Ff]ollowing|[Aa]fter|[Oo]n the eve of|[Ii]n advance of)\b[^,;:]*$")
_SET_UP = re.compile(
    r"(?: (?:initiative|programme|program|scheme|mechanism|fund|plan))?,?(?: (?:which|that) was)? "
    r"(?:agreed|launched|promoted|created|set up|established|founded|started|introduced|begun|initiated)"
    r"(?: by [^,.;]{2,60})?(?: (?:in|on|at|early in|late in))? ?"
)
_PART_OF = re.compile(r"\bpart of (?:an?|the|its|their) (?:\w+ )?(?:\S+ )?$")
_DESCRIBES = re.compile(
    r", (?:which|(?:first |already |originally )?(?:promised|pledged|agreed|proposed|requested|announced))\b"
)
# "Building on last week's $800 million package": the sum of then, not of now.
_EARLIER_BEFORE = re.compile(r"\b(?:last (?:week|month)'s|(?:the|a) previous|an earlier) $", re.I)
# "on the heels of an $800 million package signed last week": another than the one that is news.
_ONE_OF_THEN = re.compile(
    r"\b(?:[Aa]n?|[Tt]he previous|[Aa]n earlier|similar)\s(?:\w+ ){0,4}(?:of |worth |valued at )?"
    r"(?:about |some |up to )?$"
)
_THEN = re.compile(
    r"[^.;:]{0,80}?\b(?:last (?:week|month|spring|summer|autumn|fall|winter)|earlier this (?:month|year)|"
    r"(?:an?|two|three|four|\d+) (?:days|weeks?|months?) (?:ago|before|earlier)|"
    r"(?:made|given|sent|[a-z]+ed) (?:\w+ ){0,2}(?:in|on) "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December))\b"
)
_WHOLE_OF = re.compile(
    r"(?:[^.;:]{0,60}\b(?:part|tranche|instal?ment|slice|portion|share|half|third|quarter))? (?:out )?of "
    r"(?:an?|its|the) (?:\w+ )?$"
)
_COARSE = ("week", "year", "year_shift", "range")
_MONTHS = ("month", "month_shift")


def _no_stage(word: str, before: str) -> bool:
    """ "Approved a draft resolution" is law, and of "$835 million for goods that are needed at once" the goods are."""
    if word == "draft":
        return _ADOPTS.search(before) is not None
    if word == "plan":
        return _THE_PLAN.search(before) is not None
    return word.lower() == "needed" and _GOODS_NEEDED.search(before) is not None


class PackageTerms(PackageProgrammes):
    """Reads announcement and status."""

    # -- announcement -------------------------------------------------------------------------------------

    def announced(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """When the text says the money was made known: its own sentence, a list's head, the sentences beside it."""
        sentence = draft.sentence
        if sentence.is_title or self._of_earlier(draft.money):
            return None
        dated = sentence.text.startswith("|") or _ANNOUNCE.search(sentence.text)
        own = self._day(draft) if dated else None
        if self._one_of_then(draft.money):
            return own if own is not None and own[1][0] >= draft.money.end else None
        introduction = self.introduction(draft.money, sentence)
        if own is None and introduction is not None:
            own = self._first_day(introduction, "announced-introduction")
        return own or self._of_list(sentence) or self._beside(draft) or self._released_today(sentence)

    def of_before(self, money: Money) -> bool:
        """Is a sum told as one that had been given before what is news?"""
        return self._of_earlier(money) or self._one_of_then(money)

    def _of_earlier(self, money: Money) -> bool:
        """ "Building on last week's $800 million package"."""
        return _EARLIER_BEFORE.search(self.view[max(0, money.start - 24) : money.start]) is not None

    def _one_of_then(self, money: Money) -> bool:
        """ "On the heels of an $800 million package signed last week", "a gift of 500 million kroner made in March"."""
        one = _ONE_OF_THEN.search(self.view, max(0, money.start - 60), money.start)
        end = self.reading.document.sentence_at(money.start).end
        return one is not None and _THEN.match(self.view, money.end, end) is not None

    def _day(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule announced-day: the day in the sum's own clause, at the sentence's head, or said of all at its end."""
        sentence, money = draft.sentence, draft.money
        sums = self.sums(sentence)
        # "5 million, about 3.4 million dollars, on Monday": what restates the sum parts nothing.
        others = [m.start for m in self.own_sums(sentence) if m is not money]

        def cost(date: DateMention) -> int:
            bound = 0 if _MADE_KNOWN.search(self.view[max(sentence.start, date.start - 40) : date.end + 40]) else 60
            return abs(date.start - money.start) + bound + (200 if date.kind in _MONTHS else 0)

        # What stands between is looked at last, as a sentence of many days has much of it.
        for date in sorted(self.reading.dates_of(sentence), key=cost):
            before = self.view[max(sentence.start, date.start - 30) : date.start]
            if date.kind in _COARSE or _NOT_THE_DAY.search(before):
                continue
            between = self.view[min(date.end, money.end) : max(date.start, money.start)]
            lead = all(date.end <= m.start for m in sums)
            tail = all(date.start >= m.end for m in sums) and (
                len(sums) > 2
                or _SAID_ON.search(self.view, max(sentence.start, date.start - 60), date.start) is not None
            )
            if self._of_other(sentence, date) or self._of_scheme(sentence, date):
                continue
            # "Announced earlier this month" dates what was made known, "delivered last month" nothing.
            if date.kind == "month_shift" and not _MADE_KNOWN.search(self.view, sentence.start, date.start):
                continue
            first = bisect_left(others, min(date.end, money.end))
            told = first < bisect_left(others, max(date.start, money.start))
            if not lead and not tail and (told or _PARTS.search(between)):
                continue
            # A month alone dates money that was given then, not money that is planned for it.
            if date.kind in _MONTHS and draft.status[0] == "proposed":
                return None
            return self._past(date, 0.85 if date.kind not in _MONTHS else 0.7, "announced-day")
        return None

    def _of_other(self, sentence: Sentence, date: DateMention) -> bool:
        """Is the day that of what comes or came before: "Ahead of Friday's meeting,", "Following talks on Monday,"?"""
        return _AHEAD.search(self.view, sentence.start, date.start) is not None

    def _of_scheme(self, sentence: Sentence, date: DateMention) -> bool:
        """Is the day the programme's own: "the list, agreed last month", "the initiative promoted by NATO in July"?"""
        hits = self.reading.hits_in(sentence.start, date.start)
        ends = [h.end for h in hits if h.get("programme", "group")]
        return bool(ends) and _SET_UP.fullmatch(self.view, ends[-1], date.start) is not None

    def _past(self, date: DateMention, confidence: float, rule: str) -> tuple[str, Span, float, str] | None:
        found = resolve(date, self.reading.anchor, "past")
        anchor = self.reading.anchor
        if found is None or (anchor is not None and found[0] > anchor.isoformat()):
            return None
        return found[0], (date.start, date.end), confidence, rule

    def _first_day(self, sentence: Sentence, rule: str) -> tuple[str, Span, float, str] | None:
        for date in self.reading.dates_of(sentence):
            if date.kind in (*_COARSE, *_MONTHS):
                continue
            if _NOT_THE_DAY.search(self.view[max(sentence.start, date.start - 30) : date.start]):
                continue
            found = self._past(date, 0.75, rule)
            if found is not None:
                return found
        return None

    def _of_list(self, sentence: Sentence) -> tuple[str, Span, float, str] | None:
        """Rule announced-list: "the following were made known on Wednesday:" dates the items below it."""
        if not LISTED.match(sentence.text):
            return None
        for head in reversed(self.reading.sentences[max(0, sentence.index - 9) : sentence.index]):
            if head.is_title or LISTED.match(head.text):
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
            known = _MADE_KNOWN.search(after.text) or _SAID_SO.search(after.text)
            found = self._first_day(after, "announced-after") if known else None
            if found is not None:
                return found
        before = sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.is_title or before.paragraph != sentence.paragraph or names_money(before.text):
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
        blocked = _BLOCKED.search(self.view, start, start + len(clause))
        if blocked is not None:
            return "proposed", blocked.span(), 0.7
        # "The first 150 million of a one-billion-euro grant was transferred": only the part was.
        if left > draft.sentence.start and _WHOLE_OF.match(self.view, left, money.start):
            return "announced", (money.start, money.end), 0.7
        for begin in (max(left, start), start):
            before = self._stages(begin, money.start)
            if before:
                _, stage, span, confidence = self._whole(sorted(before))
                return self._reported(stage, draft.sentence), span, confidence
        # "As part of a $1.4 billion package tanks would come": the package is there already.
        if _PART_OF.search(self.view, start, money.start):
            return "announced", (money.start, money.end), 0.7
        # Of "sums of $10 million for A and $60 million for B were approved" both have the verb.
        last = self.last_of_chain(money, draft.sentence)
        stop = min((m.start for m in self.sums(draft.sentence) if m.start >= last.end), default=draft.sentence.end)
        stop = stop if last is not money else min(stop, start + len(clause))
        after = self._stages(last.end, min(stop, last.end + 90))
        outer = [item for item in after if not self._in_relative(last.end, item[0])]
        # "…, which was approved" is said of the sum, "an initiative, which aims to …" is not.
        main = outer or [i for i in after if i[1] != "proposed" or self.view.startswith("approv", i[0])]
        if main:
            _, stage, span, confidence = min(main)
            return self._reported(stage, draft.sentence), span, confidence - 0.1
        return "announced", (money.start, money.end), 0.75

    def _whole(self, stages: list[Stage]) -> Stage:
        """The last stage, or that of the bill, "approved a bill that gives", which the last one only describes."""
        last = stages[-1]
        described = re.search(r"\b(?:that|which) (?:would |will )?$", self.view[max(0, last[0] - 20) : last[0]])
        if described and len(stages) > 1 and stages[-2][1] == "approved" and last[1] == "announced":
            return stages[-2]
        return last

    def _stages(self, start: int, end: int) -> list[Stage]:
        found: list[Stage] = []
        for stage, pattern, confidence in _STAGES:
            for match in pattern.finditer(self.view, start, end):
                before = self.view[max(start, match.start() - 120) : match.start()]
                if stage == "announced" and _PLANNED.search(before) and not _REPORTS.search(before):
                    read = "proposed"
                elif (
                    stage == "proposed"
                    and match.group().startswith(("would", "could", "prepar"))
                    and _REPORTS.search(self.view[max(0, match.start() - 120) : match.start()])
                ):
                    read = "announced"
                elif _no_stage(match.group(), before):
                    continue
                elif stage in ("approved", "delivered") and _TO_COME.search(before):
                    read = "proposed" if stage == "approved" else "announced"
                else:
                    read = stage
                found.append((match.start(), read, match.span(), confidence))
        return found

    def _in_relative(self, start: int, position: int) -> bool:
        """Does a word stand in a clause that describes the sum: ", which …", ", promised in 2016,"?"""
        opened = [m.start() for m in _DESCRIBES.finditer(self.view, start, position + 20) if m.start() < position]
        return bool(opened) and "," not in self.view[opened[-1] + 2 : position]

    @staticmethod
    def _reported(stage: str, sentence: Sentence) -> str:
        """What members "intend to spend, it was announced" is announced."""
        return "announced" if stage == "proposed" and _ANNOUNCED.search(sentence.text) else stage
