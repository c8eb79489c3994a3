"""Programmes that a text names by other words than their own: by what they are, by what they were called before."""

from __future__ import annotations

import re

from extraction.gazetteer import Hit
from extraction.package_recipients import PackageRecipients
from extraction.package_scope import PackageDraft, Span
from extraction.screening import Screened

BY_WAY_OF = re.compile(
    r"\b(?:under|through|via|using|from|within|part of|by way of|by|(?<!out )of|comes? out of|goes into) "
    r"(?:[\w'\u2019-]+ ){0,4}$"
)
THE_SCHEME = Screened(
    r"\b(?:to|under|through|into|within|via|from|for|out of) (?:the|this|that) (?:same )?(?P<noun>initiative|programme|"
    r"program|fund|facility|scheme|mechanism|instrument)\b(?! (?:of|for|that|which) )"
)
# What a programme's name has where the text calls it so again; others are called a scheme or mechanism too.
_SCHEME_NOUNS = {"initiative": "initiative", "programme": "program", "program": "program", "fund": "fund",
                 "facility": "facility"}  # fmt: skip
_LIST_OF_NEEDS = "Prioritised Ukraine Requirements List"
_ALLIANCES_LIST = re.compile(
    r"\bNATO(?:'s)? (?:[\w-]+ )?(?:priority |prioriti[sz]ed |shopping |requirements )?list\b"
    r"(?: of (?:[\w-]+ ){0,2}(?:priorities|needs|requirements))?|"
    r"\blist of (?:[\w-]+ ){0,2}(?:priorities|needs|requirements) (?:of|kept by|drawn up by) (?:NATO|the alliance)\b"
)
_CZECH_DRIVE = re.compile(
    r"\bCzech(?:-led)? (?:[a-z]+ )?(?:drive|plan|scheme|effort|push|project|programme|purchase|campaign)\b"
)
_SHELLS = re.compile(r"\b(?:shells?|rounds|ammunition|munitions|projectiles)\b")


class PackageSchemes(PackageRecipients):
    """Reads programmes out of descriptions."""

    def described(self, draft: PackageDraft, left: int, right: int) -> tuple[str, Span, float, str] | None:
        """Rule programme-described: "equipment from NATO's list of priorities", "the Czech drive to buy shells"."""
        # "… from NATO's list, and $220 million on drones": what stands before is that of the sum before.
        left = draft.money.end if left > draft.sentence.start else left
        left, right = max(left, draft.money.start - 120), min(right, draft.money.end + 120)
        match = _ALLIANCES_LIST.search(self.view, left, right)
        if match is not None:
            return _LIST_OF_NEEDS, match.span(), 0.7, "programme-described"
        match = _CZECH_DRIVE.search(self.view, left, right) if _SHELLS.search(draft.sentence.text) else None
        return ("Czech ammunition initiative", match.span(), 0.7, "programme-described") if match is not None else None

    @staticmethod
    def name_of(hit: Hit) -> str:
        """The reference name, unless the text's own is a name as full and shares few words with it."""
        name = hit.need("programme").value
        words, own = set(name.lower().split()), set(hit.text.lower().split())
        full = len(own) >= 3 and sum(word[0].isupper() for word in hit.text.split()) > 1
        return hit.text if full and 2 * len(words & own) < 0.8 * (len(words) + len(own)) else name

    def of_the_scheme(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-again: "€89 million from the facility", "under the same programme": the one named last."""
        left, right = self.segment(draft.money, draft.sentence)
        scheme = THE_SCHEME.search(self.view[left:right])
        if scheme is None:
            return None
        noun = _SCHEME_NOUNS.get(scheme["noun"].lower(), "")
        first = self.reading.sentences[max(0, draft.sentence.index - 8)].start
        for hit in reversed(self.reading.hits_in(first, left + scheme.start())):
            entry = hit.get("programme")
            if entry is not None and noun in f"{entry.value} {hit.text}".lower():
                return self.name_of(hit), (hit.start, hit.end), 0.7, "programme-again"
        return None

    def of_chain(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
        """Rule programme-chain: "20 million for A and 60 million for B from the facility" are both from it."""
        last = self.last_of_chain(draft.money, draft.sentence)
        if last is draft.money:
            return None
        for hit in self.reading.hits_in(last.end, self.segment(last, draft.sentence)[1]):
            if hit.get("programme") and BY_WAY_OF.search(self.view, max(last.end, hit.start - 60), hit.start):
                return self.name_of(hit), (hit.start, hit.end), 0.75, "programme-chain"
        return None
