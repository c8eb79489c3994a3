"""Titles that stand after a name: in apposition, in a relative clause, after a copula, after "as"."""

from __future__ import annotations

import re
from dataclasses import replace

from extraction import lexicon
from extraction.gazetteer import Hit
from extraction.roles import DETERMINERS, is_head
from extraction.titles import Cover, TitleMention, Titles, Tokens

_FILLERS = lexicon.words("still now also both currently once again then always newly recently until")
_TAKING = re.compile(
    r"(?:(?:has|had|was|is|will|be|been|just|only|recently|newly|also|who|both|still) )*"
    r"(?:(?:appointed|named|elected|nominated|become|became|becomes|been|made)(?: as| to be)?|"
    r"(?:took over|takes over|taking over|served|serves|serving|acts|acting|sworn in|confirmed|continues|continued|"
    r"stayed on|stays on|returned|doubles|started|began|worked|works) as) "
)
_COPULAS = lexicon.words("is was remains remained becomes became stays")
_KIN = lexicon.words("capital brother sister wife husband son daughter company firm maker")
_BODY = re.compile(
    r"\b(?:ministry|department|agency|command|directorate|headquarters|office|mission|forces|staff|navy|army|"
    r"committee|pentagon|secretariat|branch|brigade|fleet|corps|delegation)\b",
    re.I,
)
_COMPANY = re.compile(r"\b(?:AG|GmbH|Ltd|Inc|plc|SA|company|firm)\b")


class Appositions:
    """Reads what stands after the names of one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.view = titles.view

    def after(self, tokens: Tokens, cover: Cover, end: int) -> tuple[TitleMention | None, bool]:
        """Rule title-after-name: ", the head of the Pentagon,", ", Ukraine's defence minister,", ", who chairs …".

        Also tells whether the description is of a private calling.
        """
        index = end
        while index < len(tokens) and tokens[index].text in lexicon.POST_NOMINALS:
            index += 1
        index = self._past_details(tokens, cover, index)
        if index < len(tokens) and tokens[index].text == "(":
            opened = index + 1
            while index < len(tokens) and tokens[index].text != ")" and index - end < 8:
                index += 1
            # Rule title-in-brackets: "MR. PAULSEN (spokesman)".
            bracketed = self.titles.title(tokens, cover, opened, index, "title-in-brackets")
            if bracketed is not None:
                return bracketed, False
            index += 1
        if index < len(tokens) and tokens[index].text.islower():
            return self._predicate(tokens, cover, index), False
        listed = index < len(tokens) and tokens[index].text == ":" and end < 6
        if not listed and (index >= len(tokens) or tokens[index].text not in (",", "\u2014", "-", "|")):
            return None, False
        index += 1
        if index < len(tokens) and tokens[index].lower in ("who", "whose"):
            clause = self._clause_text(tokens, index)
            return self._relative(tokens, cover, index), bool(lexicon.PRIVATE.search(clause))
        private = bool(lexicon.PRIVATE.search(self._clause_text(tokens, index)))
        begin = index
        while begin < len(tokens) and (
            tokens[begin].lower in DETERMINERS or tokens[begin].lower in _FILLERS or tokens[begin].lower == "and"
        ):
            begin += 1
        taking = self._taking_office(tokens, cover, begin)
        if taking is not None:
            return taking, private
        stop = self.titles.title_end(tokens, cover, begin)
        title = self._possessive_office(tokens, cover, begin)
        if title is not None and not any(is_head(t) for t in tokens[begin:stop]):
            return title, private
        if stop <= begin:
            return self._capacity(tokens, cover, begin) or self._second(tokens, cover, begin), private
        # What runs on into another name is that person's title.
        if stop < len(tokens) and self.titles.name_like(tokens, cover, stop):
            return None, private
        title = self.titles.title(tokens, cover, begin, stop, "title-after-name")
        if title is None:
            private |= any(is_head(t) for t in tokens[begin:stop]) and self.titles.private(tokens, cover, begin, stop)
            return self._capacity(tokens, cover, begin) or self._second(tokens, cover, begin), private
        # "Secretary of State for Defence, United Kingdom," names the nation after the office.
        country = self._country_after(tokens, cover, stop)
        nation = country.get("nation") if country is not None else None
        if nation is not None and country is not None:
            title = replace(title, affiliation=nation.value, affiliation_span=(country.start, country.end))
        if re.search(r"\b(?:ministers|presidents|secretaries|leaders)\b", title.text):
            return None, private
        return title, private

    def _past_details(self, tokens: Tokens, cover: Cover, index: int) -> int:
        """Past what may stand between a name and its office: "of Norway", ", 58"."""
        step = index + 1
        if index < len(tokens) and tokens[index].lower == "of":
            step += step < len(tokens) and tokens[step].lower == "the"
            hit = cover.get(step)
            while hit is not None and cover.get(step) is hit:
                step += 1
            return step if hit is not None and step < len(tokens) and tokens[step].text in (",", "(") else index
        aged = step + 1 < len(tokens) and tokens[index].text == "," and re.fullmatch(r"\d\d", tokens[step].text)
        return step + 1 if aged and tokens[step + 1].text == "," else index

    def _country_after(self, tokens: Tokens, cover: Cover, stop: int) -> Hit | None:
        """The nation that closes a list's line: ", Permanent Secretary, Ministry of Defence, Finland"."""
        for _ in range(2):
            if stop + 1 >= len(tokens) or tokens[stop].text != ",":
                return None
            hit = cover.get(stop + 1)
            if hit is not None and hit.get("nation") and re.match(r"[,.;)]|$", self.view[hit.end : hit.end + 1]):
                return hit
            stop += 1
            while stop < len(tokens) and (tokens[stop].capital or tokens[stop].lower in ("of", "for", "and")):
                stop += 1
        return None

    def _office(self, tokens: Tokens, cover: Cover, step: int, rule: str) -> TitleMention | None:
        """The singular office that begins at a token, articles and adverbs before it left out."""
        while step < len(tokens) and (tokens[step].lower in _FILLERS or tokens[step].lower in DETERMINERS):
            step += 1
        stop = self.titles.title_end(tokens, cover, step)
        if stop <= step or (stop < len(tokens) and self.titles.name_like(tokens, cover, stop)):
            return None
        title = self.titles.title(tokens, cover, step, stop, rule)
        if title is not None and re.search(r"\b(?:ministers|presidents|secretaries|leaders)\b", title.text):
            return None
        return title

    def _predicate(self, tokens: Tokens, cover: Cover, index: int) -> TitleMention | None:
        """Rule title-copula: "General Grynkewich is the new Supreme Allied Commander Europe"."""
        taking = self._taking_office(tokens, cover, index)
        if taking is None and tokens[index].lower in _COPULAS:
            return self._office(tokens, cover, index + 1, "title-copula")
        return taking

    def _taking_office(self, tokens: Tokens, cover: Cover, index: int) -> TitleMention | None:
        """Rule title-taking-office: "who had been appointed minister", "Weber took over as defence minister"."""
        match = _TAKING.match(self.view, tokens[index].start) if index < len(tokens) else None
        if match is None:
            return None
        step = next((i for i in range(index, len(tokens)) if tokens[i].start >= match.end()), len(tokens))
        return self._office(tokens, cover, step, "title-taking-office")

    def _capacity(self, tokens: Tokens, cover: Cover, begin: int) -> TitleMention | None:
        """Rule title-as: ", in his first month as Secretary General,", ", then as now the top official at …"."""
        for index in range(begin, min(begin + 8, len(tokens) - 1)):
            if tokens[index].text in (",", '"', ";", "."):
                return None
            if tokens[index].lower == "as":
                return self._office(tokens, cover, index + 1, "title-as")
        return None

    def _second(self, tokens: Tokens, cover: Cover, begin: int) -> TitleMention | None:
        """The relative clause after a first description: ", a brigadier general, who acts as secretary-general"."""
        for index in range(begin, min(begin + 6, len(tokens) - 2)):
            if tokens[index].text == ",":
                return self._relative(tokens, cover, index + 1) if tokens[index + 1].lower == "who" else None
        return None

    def _relative(self, tokens: Tokens, cover: Cover, index: int) -> TitleMention | None:
        """Rule title-relative: "who is the alliance's top commander", "who serves as defence minister"."""
        step = index + 1
        if step + 1 >= len(tokens):
            return None
        if tokens[step].lower in ("heads", "leads", "commands", "runs", "headed", "chairs", "commanded"):
            return self._headship(tokens, cover, step)
        taking = self._taking_office(tokens, cover, step)
        if taking is not None:
            return taking
        if tokens[step].lower in _COPULAS:
            title = self._office(tokens, cover, step + 1, "title-relative-clause")
            if title is not None:
                return title
        return self._capacity(tokens, cover, step)

    def _headship(self, tokens: Tokens, cover: Cover, step: int) -> TitleMention | None:
        """Rule title-headship: "who heads the procurement agency of the Dutch defence ministry"."""
        stop = step + 1
        while (
            stop < len(tokens)
            and stop - step < 14
            and (tokens[stop].text.isalpha() or tokens[stop].text == "'s" or "-" in tokens[stop].text)
        ):
            stop += 1
        text = self.view[tokens[step].start : tokens[stop - 1].end]
        if not _BODY.search(text) or _COMPANY.search(self._clause_text(tokens, step)):
            return None
        affiliation, span = self.titles.affiliation(tokens, cover, step, stop)
        # Where a body sits is not part of the office.
        if stop - step > 3 and tokens[stop - 2].lower == "in" and stop - 1 in cover:
            stop -= 2
            text = self.view[tokens[step].start : tokens[stop - 1].end]
        return TitleMention(tokens[step].start, tokens[stop - 1].end, text, affiliation, span, "title-headship")

    def _possessive_office(self, tokens: Tokens, cover: Cover, begin: int) -> TitleMention | None:
        """Rule title-after-possessive: ", the Pentagon's top weapons buyer,", ", the Ukrainian navy's second in
        command," name an office without its usual noun."""
        hit = cover.get(begin)
        if hit is None or hit.get("nation", "metonym", "organisation", "demonym") is None:
            return None
        step = begin
        while step < len(tokens) and cover.get(step) is hit:
            step += 1
        first = step
        while step < len(tokens) and step - first < 3 and tokens[step].text.isalpha():
            step += 1
        if step >= len(tokens) or tokens[step].text != "'s":
            return None
        stop = step + 1
        while stop < len(tokens) and tokens[stop].text[0].islower() and stop - step < 8 and tokens[stop].text.isalpha():
            stop += 1
        if not 1 < stop - step < 8 or stop >= len(tokens) or tokens[stop].text not in (",", ".", ")", "\u2014"):
            return None
        if tokens[stop - 1].lower in _KIN:
            return None
        affiliation, span = self.titles.affiliation(tokens, cover, begin, stop)
        left, right = tokens[begin].start, tokens[stop - 1].end
        return TitleMention(left, right, self.view[left:right], affiliation, span, "title-after-possessive")

    def _clause_text(self, tokens: Tokens, index: int) -> str:
        stop = index
        while stop < len(tokens) and tokens[stop].text not in (",", ";", '"', ".") and stop - index < 20:
            stop += 1
        return self.view[tokens[index].start : tokens[stop - 1].end] if stop > index else ""
