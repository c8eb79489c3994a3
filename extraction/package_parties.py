"""Who gives a package and who gets it, as subject, agent, programme, currency or context tell."""

from __future__ import annotations

import re

from extraction.document import Sentence
from extraction.lexicon import number_of
from extraction.money import Money, find_money
from extraction.package_scope import PackageDraft, PackageScope

Span = tuple[int, int]
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


class PackageParties(PackageScope):
    """Reads donors and recipients."""

    def donor(self, draft: PackageDraft) -> tuple[str, Span, float, str] | None:
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

    def recipients(self, draft: PackageDraft) -> None:
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
