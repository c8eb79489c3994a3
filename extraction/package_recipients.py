"""Who gets a package: the states it is said to be for, described sets of them, else whom the context is about."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.gazetteer import Entry, Hit
from extraction.lexicon import number_of
from extraction.package_donors import PackageDonors
from extraction.package_scope import PackageDraft, Span

_SET = re.compile(
    r"\b(?P<set>(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\w+teen)(?: of (?:its|it|their|the))?(?: other| more)?"
    r"(?: (?!of\b|and\b|the\b)[A-Za-z][\w-]+){0,3}? (?:neighbou?rs|countries|nations|allies|partners|states)"
    r"(?: (?:in|of) (?:[A-Z][\w-]+|the)(?: [A-Z][\w-]+){0,2})?)"
)
_TO = re.compile(
    r"\b(?:to|for|between|towards?)\s(?:help |arm |equip |support |defend |supply )?(?:the\s)?(?:Republic of )?$"
)
_GIVEN = re.compile(
    r"\b(?:giv(?:e|es|ing|en)|gave|provid(?:e|es|ed|ing)|offer(?:s|ed|ing)?|send(?:s|ing)?|sent|suppl(?:y|ies|ied)|"
    r"help(?:s|ed|ing)?|equip(?:s|ped|ping)?|support(?:s|ed|ing)?|grant(?:s|ed|ing)?|hand(?:s|ed|ing)?|"
    r"arm(?:ing)?)\s(?:the\s)?(?:Republic of )?$"
)
# "Moldova to get radars", "The Philippines will acquire drones".
_GETS = re.compile(
    r"\s(?:to get|to receive|gets|receives|will (?:get|receive|acquire|obtain)|is to (?:get|receive)|would (?:get|"
    r"receive))\b"
)
_FORCES = re.compile(r"\s(?:army|navy|armed forces|forces|military|government|air force|people|defen[cs]e ministry)\b")
_GIVES_NEXT = re.compile(r"\s(?:will|has|have|had|is|gave|gives|pledged|\w+ed)\b|[^,.;]{0,14}[$\u20ac\u00a3\d]")
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
        ukraine = self._ukraine(sentence)
        if ukraine is not None:
            draft.recipients["UA"] = (ukraine, 0.9, "recipient-mentioned")
            return
        last = next((d for d in reversed(self.drafts) if 0 <= sentence.index - d.sentence.index <= 3), None)
        if last is not None and last.recipients:
            draft.recipients.update(
                {who: (span, 0.75, "recipient-continued") for who, (span, _, _) in last.recipients.items()}
            )
            return
        self._from_context(draft, sentence, donor)

    def _stated(self, draft: PackageDraft, sentence: Sentence, donor: str | None) -> None:
        left, right = self.segment(draft.money, sentence)
        last = -1
        for hit in self.reading.hits_in(left, right):
            entry = hit.get("nation", "capital", "demonym")
            if entry is None or entry.value in ("RU", donor):
                continue
            chained = last >= 0 and _LIST.fullmatch(self.view[last : hit.start]) and not self._gives_next(hit)
            if chained or self._receives(hit, entry, sentence):
                last = hit.end
                draft.recipients.setdefault(entry.value, ((hit.start, hit.end), 0.85, "recipient-named"))

    def _gives_next(self, hit: Hit) -> bool:
        """Does a sum or verb follow, so that the name begins the next donor's clause?"""
        return bool(_GIVES_NEXT.match(self.view[hit.end : hit.end + 30]))

    def _receives(self, hit: Hit, entry: Entry, sentence: Sentence) -> bool:
        before = self.view[max(sentence.start, hit.start - 40) : hit.start]
        if entry.kind == "demonym" and not _FORCES.match(self.view, hit.end):
            return False
        if entry.kind == "capital" and entry.value != "UA":
            return False
        return bool(_TO.search(before) or _GIVEN.search(before) or _GETS.match(self.view, hit.end))

    def _described(self, draft: PackageDraft, sentence: Sentence) -> None:
        for match in _SET.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            before = self.view[max(sentence.start, start - 16) : start]
            joined = re.search(r"\band (?:the )?(?:half for )?$", before) and draft.recipients
            if start < draft.money.start or not number_of(match["count"]):
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
        return None

    def _from_context(self, draft: PackageDraft, sentence: Sentence, donor: str | None) -> None:
        """The nearest sentence before, then after, that says who gets something, or names Ukraine."""
        sentences = self.reading.sentences
        before = [s for s in reversed(sentences[: sentence.index]) if not s.is_title]
        titles = [s for s in sentences if s.is_title and s is not sentence]
        after = [s for s in sentences[sentence.index + 1 :] if not s.is_title]
        for distance, near in enumerate([*before[:3], *titles, *before[3:], *after]):
            found: dict[str, Span] = {}
            for hit in self.reading.hits_in(near.start, near.end):
                entry = hit.get("nation", "demonym", "capital")
                if entry is None or entry.value in ("RU", donor):
                    continue
                if entry.value == "UA" or (distance < 4 and self._gets(hit, entry, near)):
                    found.setdefault(entry.value, (hit.start, hit.end))
            if found:
                chosen = ["UA"] if "UA" in found else list(found)[:1]
                for who in chosen:
                    draft.recipients[who] = (found[who], 0.8 if who == "UA" else 0.65, "recipient-context")
                return

    def _gets(self, hit: Hit, entry: Entry, sentence: Sentence) -> bool:
        """Stricter than beside the sum: aid words must be near, as "to Belgium" is a journey."""
        if not self._receives(hit, entry, sentence):
            return False
        around = self.view[max(sentence.start, hit.start - 90) : min(sentence.end, hit.end + 60)]
        return bool(
            re.search(
                r"\b(?:aid|assistance|weapons?|arms|defen[cs]e articles|package|equipment|radars?|drones?|"
                r"missiles|military|security|drawdown|used)\b",
                around,
                re.I,
            )
        )
