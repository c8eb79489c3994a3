"""Names of persons, with the titles that stand by them.

A name is a run of capitalised words that no reference list knows as something else; what makes it an official
is a title before it ("Defense Secretary Lloyd Austin"), after it ("Lloyd Austin, the head of the Pentagon"), or
in a relative clause ("Christine Lambrecht, who heads the ministry").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extraction import lexicon
from extraction.document import Sentence, Token
from extraction.gazetteer import Hit, fold
from extraction.reading import Reading

_APPOSITION_LIMIT = 16


@dataclass(frozen=True)
class TitleMention:
    """The words of an office, as they stand in the text, and whose it is as far as the words tell."""

    start: int
    end: int
    text: str
    affiliation: str | None
    affiliation_span: tuple[int, int] | None
    rule: str


@dataclass
class NameMention:
    """A name in the text; `title` is what stands by it."""

    start: int
    end: int
    text: str
    sentence: Sentence
    title: TitleMention | None = None
    of_nation: tuple[str, int, int] | None = None
    private: bool = False
    speaker_label: bool = False
    words: tuple[str, ...] = field(default=())


class NameFinder:
    """Finds the names of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.view = reading.view
        self._covers: dict[int, dict[int, Hit]] = {}

    def find(self) -> list[NameMention]:
        """Every mention of a name with at least a title or two words, in order."""
        found: list[NameMention] = []
        for sentence in self.reading.sentences:
            found.extend(self._of_sentence(sentence))
        return found

    # -- tokens -------------------------------------------------------------------------------------------

    def covering(self, sentence: Sentence) -> dict[int, Hit]:
        """For each token, by its index, the reference name that covers it."""
        if sentence.index in self._covers:
            return self._covers[sentence.index]
        cover: dict[int, Hit] = {}
        self._covers[sentence.index] = cover
        hits = self.reading.hits_in(sentence.start, sentence.end)
        position = 0
        for index, token in enumerate(sentence.tokens):
            while position < len(hits) and hits[position].end <= token.start:
                position += 1
            if position < len(hits) and hits[position].start < token.end and hits[position].end > token.start:
                cover[index] = hits[position]
        return cover

    def _name_like(self, tokens: tuple[Token, ...], cover: dict[int, Hit], index: int) -> bool:
        token = tokens[index]
        if re.match(r"(?:al|el|ad|as|ar|ash|bin|ibn)-[A-Z\u00c0-\u017e]", token.text):
            return True
        if not token.capital or not token.text[0].isalpha():
            return False
        if re.fullmatch(r"[A-Z]\.", token.text):
            return index + 1 < len(tokens) and tokens[index + 1].capital
        hit = cover.get(index)
        if (hit is not None and hit.get("topic", "capability") is None) or (
            hit is not None and len(hit.text.split()) > 1
        ):
            # "Austin" and "Jordan" are towns and nations until a given name stands before them.
            place_only = all(e.kind in ("place", "capital", "nation") for e in hit.entries)
            if not (
                place_only
                and index
                and self._name_like(tokens, cover, index - 1)
                and tokens[index - 1].end + 1 == token.start
                and not _is_role(tokens[index - 1])
            ):
                return False
        lower = token.lower
        if lower in lexicon.NOT_NAMES or _is_role(token) or lower in lexicon.HONORIFICS or lower in lexicon.RANKS:
            return False
        if token.text.isupper() and len(token.text) > 1 and not token.text.endswith("."):
            return False
        return "-" not in token.text or all(part[:1].isupper() for part in token.text.split("-") if len(part) > 2)

    def _run(self, tokens: tuple[Token, ...], cover: dict[int, Hit], index: int) -> int:
        """The end (exclusive) of the name that begins at a token; particles and initials join."""
        end = index + 1
        while end < len(tokens) and end - index < 6:
            if tokens[end].lower in lexicon.SUFFIXES and tokens[end].capital:
                end += 1
                break
            if (
                tokens[end].text == ","
                and end + 1 < len(tokens)
                and tokens[end + 1].lower in ("jr.", "sr.", "jr", "sr")
            ):
                end += 2
                break
            if self._name_like(tokens, cover, end) and tokens[end].start - tokens[end - 1].end == 1:
                end += 1
                continue
            step = end
            while step < len(tokens) and tokens[step].lower in lexicon.PARTICLES and step - end < 3:
                step += 1
            if end < step < len(tokens) and self._name_like(tokens, cover, step) and tokens[end].text != "'s":
                end = step + 1
                continue
            break
        return end

    # -- names --------------------------------------------------------------------------------------------

    def _of_sentence(self, sentence: Sentence) -> list[NameMention]:
        tokens = sentence.tokens
        cover = self.covering(sentence)
        found: list[NameMention] = []
        index = 0
        while index < len(tokens):
            start = index
            if not self._name_like(tokens, cover, index):
                # A nation's name right after an office is a given name: "Defense Minister Israel Katz".
                hit = cover.get(index)
                if not (
                    hit is not None
                    and hit.get("nation")
                    and " " not in hit.text
                    and index
                    and tokens[index - 1].lower in ("minister", "secretary", "general", "president")
                    and index + 1 < len(tokens)
                    and self._name_like(tokens, cover, index + 1)
                ):
                    index += 1
                    continue
            end = self._run(tokens, cover, index)
            index = end
            mention = self._mention(sentence, tokens, cover, start, end)
            if mention is not None:
                found.append(mention)
        _share_plural_titles(found, self.view)
        return found

    def _mention(
        self, sentence: Sentence, tokens: tuple[Token, ...], cover: dict[int, Hit], start: int, end: int
    ) -> NameMention | None:
        left, right = tokens[start].start, tokens[end - 1].end
        text = self.view[left:right]
        mention = NameMention(left, right, text, sentence)
        mention.words = tuple(
            fold(t.text) for t in tokens[start:end] if t.lower not in lexicon.SUFFIXES and t.text != ","
        )
        mention.title = self._before(tokens, cover, start)
        after, private = self._after(tokens, cover, end)
        if mention.title is None or (after is not None and _stronger(after, mention.title)):
            mention.title = after or mention.title
        mention.private = private or bool(lexicon.PRIVATE.search(self.view[max(sentence.start, left - 40) : left]))
        if mention.private and mention.title is not None and mention.title.end <= left:
            # "the analyst told Defense Secretary Austin" must not take the office away.
            mention.private = bool(lexicon.PRIVATE.search(mention.title.text))
        mention.of_nation = self._of_nation(tokens, cover, end) or self._by_nation(tokens, cover, start)
        return mention

    def _by_nation(self, tokens: tuple[Token, ...], cover: dict[int, Hit], start: int) -> tuple[str, int, int] | None:
        """The nation of "Canada's Bill Blair"."""
        if start > 1 and tokens[start - 1].text == "'s" and start - 2 in cover:
            hit = cover[start - 2]
            entry = hit.get("nation", "organisation")
            if entry is not None:
                return entry.value, hit.start, hit.end
        return None

    def _of_nation(self, tokens: tuple[Token, ...], cover: dict[int, Hit], end: int) -> tuple[str, int, int] | None:
        if end < len(tokens) and tokens[end].lower == "of":
            index = end + 1 + (end + 1 < len(tokens) and tokens[end + 1].lower == "the")
            entry = cover[index].get("nation", "organisation") if index in cover else None
            if entry is not None:
                return entry.value, cover[index].start, cover[index].end
        return None

    def _before(self, tokens: tuple[Token, ...], cover: dict[int, Hit], start: int) -> TitleMention | None:
        """Rule title-before: "NATO Secretary General Mark Rutte", "Germany's defence minister, Boris Pistorius,"."""
        stop = start
        while stop and (tokens[stop - 1].lower in lexicon.HONORIFICS - {"the", "right"} or _is_rank(tokens, stop - 1)):
            stop -= 1
        rank_only = stop < start
        comma = bool(stop and tokens[stop - 1].text == ",")
        if comma:
            stop -= 1
        possessive = bool(stop and tokens[stop - 1].text == "'s")
        begin = stop if possessive else self.title_start(tokens, cover, stop)
        title = self.title(tokens, cover, begin, stop, "title-before-name") if begin < stop else None
        # "…, Luxembourg's director of armaments, Guy Hoffmann": unless the office is the apposition of a name before.
        if (
            title is not None
            and comma
            and begin > 1
            and tokens[begin - 1].text == ","
            and self._name_like(tokens, cover, begin - 2)
        ):
            title = None
        if title is None and rank_only and not comma:
            left, right = tokens[stop].start, tokens[start - 1].end
            text = self.view[left:right]
            if text.split()[0].lower() not in lexicon.HONORIFICS:
                return TitleMention(left, right, text, None, None, "rank-before-name")
        return title

    def title_start(self, tokens: tuple[Token, ...], cover: dict[int, Hit], stop: int) -> int:
        begin = stop
        heads = 0
        while begin and stop - begin < 18:
            token = tokens[begin - 1]
            hit = cover.get(begin - 1)
            named = hit is not None and hit.get("nation", "demonym", "organisation", "metonym", "capital") is not None
            if named or _is_role(token) or token.lower in lexicon.ROLE_WORDS:
                heads += _is_head(token)
                begin -= 1
                continue
            if token.text in ("'s", "-") and begin > 1:
                begin -= 1
                continue
            if token.text == "'" and begin > 1:
                begin -= 1
                continue
            if token.lower in lexicon.ROLE_LINKS and begin > 1 and begin < stop:
                begin -= 1
                continue
            break
        # Cut what belongs to the sentence before: "and", "of", "for", a title of somebody else.
        for cut in range(stop - 1, begin, -1):
            if tokens[cut].lower == "and":
                right_has_head = any(_is_head(t) for t in tokens[cut + 1 : stop])
                left_plural = any(
                    t.lower in ("ministers", "presidents", "chiefs", "leaders") for t in tokens[begin:cut]
                )
                right_named = (cut + 1) in cover
                left_headless = not any(_is_head(t) for t in tokens[begin:cut])
                if right_has_head and (right_named or left_plural or left_headless):
                    begin = cut + 1
                    break
        while begin < stop and (
            tokens[begin].lower in lexicon.ROLE_LINKS
            or tokens[begin].text in ("'s", "-", "'")
            or tokens[begin].lower in ("then",)
        ):
            begin += 1
        return begin

    def title(
        self, tokens: tuple[Token, ...], cover: dict[int, Hit], begin: int, end: int, rule: str
    ) -> TitleMention | None:
        if not any(_is_head(t) for t in tokens[begin:end]):
            return None
        strong = any(_is_head(t) and t.lower not in lexicon.WEAK_HEADS for t in tokens[begin:end])
        owned = begin and tokens[begin - 1].lower in ("his", "her", "their") and tokens[begin].lower != "head"
        if not strong and end - begin < 2 and not owned:
            return None
        # A plural office before a comma or an ordinary verb is a set of people, not a title.
        left, right = tokens[begin].start, tokens[end - 1].end
        text = self.view[left:right]
        affiliation, span = self._affiliation(tokens, cover, begin, end)
        return TitleMention(left, right, text, affiliation, span, rule)

    def _affiliation(
        self, tokens: tuple[Token, ...], cover: dict[int, Hit], begin: int, end: int
    ) -> tuple[str | None, tuple[int, int] | None]:
        """Whose office: the first nation or body named in the title, a nation before a body."""
        best: tuple[str, tuple[int, int]] | None = None
        for index in range(begin, end):
            hit = cover.get(index)
            if hit is None:
                continue
            entry = hit.get("demonym", "nation", "metonym", "organisation", "capital")
            if entry is None:
                continue
            value = "EU" if entry.value in ("European Commission", "European Council", "EC") else entry.value
            if (
                index
                and tokens[index - 1].lower in ("to", "for", "on")
                and best is None
                and any(_is_head(t) for t in tokens[begin:index])
            ):
                continue
            if best is None:
                best = value, (hit.start, hit.end)
        if best is not None:
            return best
        text = self.view[tokens[begin].start : tokens[end - 1].end]
        for pattern, owner in lexicon.OFFICE_OWNERS:
            match = pattern.search(text)
            if match:
                left = tokens[begin].start
                return owner, (left + match.start(), left + match.end())
        return None, None

    def _after(self, tokens: tuple[Token, ...], cover: dict[int, Hit], end: int) -> tuple[TitleMention | None, bool]:
        """Rule title-after: ", the head of the Pentagon,", ", Ukraine's defence minister,", ", who chairs …"."""
        index = end
        while index < len(tokens) and tokens[index].text in lexicon.POST_NOMINALS:
            index += 1
        if index < len(tokens) and tokens[index].text == "(":
            while index < len(tokens) and tokens[index].text != ")" and index - end < 8:
                index += 1
            index += 1
        if index >= len(tokens) or tokens[index].text not in (",", "\u2014", "-"):
            return None, False
        index += 1
        if index < len(tokens) and tokens[index].lower in ("who", "whose"):
            clause = self._clause_text(tokens, index)
            return self._relative(tokens, cover, index), bool(lexicon.PRIVATE.search(clause))
        private = bool(lexicon.PRIVATE.search(self._clause_text(tokens, index)))
        begin = index
        while begin < len(tokens) and tokens[begin].lower in ("the", "a", "an", "its", "their", "his", "her", "and"):
            begin += 1
        stop = self.title_end(tokens, cover, begin)
        if stop <= begin:
            return None, private
        title = self._possessive_office(tokens, cover, begin)
        if title is not None and not any(_is_head(t) for t in tokens[begin:stop]):
            return title, private
        # What runs on into another name is that person's title.
        if stop < len(tokens) and self._name_like(tokens, cover, stop):
            return None, private
        title = self.title(tokens, cover, begin, stop, "title-after-name")
        # "Secretary of State for Defence, United Kingdom," names the nation after the office.
        country = cover.get(stop + 1) if stop + 1 < len(tokens) and tokens[stop].text == "," else None
        nation = country.get("nation") if country is not None else None
        if (
            title is not None
            and nation is not None
            and country is not None
            and re.match(r"[,.;)]|$", self.view[country.end : country.end + 1])
        ):
            title = replace(title, affiliation=nation.value, affiliation_span=(country.start, country.end))
        if title is not None and re.search(r"\b(?:ministers|presidents|secretaries|leaders)\b", title.text):
            return None, private
        return title, private

    def _possessive_office(self, tokens: tuple[Token, ...], cover: dict[int, Hit], begin: int) -> TitleMention | None:
        """Rule title-after-possessive: ", the Pentagon's top weapons buyer," names an office without its usual noun."""
        hit = cover.get(begin)
        if hit is None or hit.get("nation", "metonym", "organisation", "demonym") is None:
            return None
        step = begin
        while step < len(tokens) and cover.get(step) is hit:
            step += 1
        if step >= len(tokens) or tokens[step].text != "'s":
            return None
        stop = step + 1
        while stop < len(tokens) and tokens[stop].text[0].islower() and stop - step < 8 and tokens[stop].text.isalpha():
            stop += 1
        if not 1 < stop - step < 8 or stop >= len(tokens) or tokens[stop].text not in (",", ".", ")", "\u2014"):
            return None
        if tokens[stop - 1].lower in (
            "capital",
            "brother",
            "sister",
            "wife",
            "husband",
            "son",
            "daughter",
            "company",
            "firm",
            "maker",
        ):
            return None
        affiliation, span = self._affiliation(tokens, cover, begin, stop)
        left, right = tokens[begin].start, tokens[stop - 1].end
        return TitleMention(left, right, self.view[left:right], affiliation, span, "title-after-possessive")

    def _clause_text(self, tokens: tuple[Token, ...], index: int) -> str:
        stop = index
        while stop < len(tokens) and tokens[stop].text not in (",", ";", '"', ".") and stop - index < 20:
            stop += 1
        return self.view[tokens[index].start : tokens[stop - 1].end] if stop > index else ""

    def title_end(self, tokens: tuple[Token, ...], cover: dict[int, Hit], begin: int) -> int:
        stop = begin
        head_seen = False
        while stop < len(tokens) and stop - begin < _APPOSITION_LIMIT:
            token = tokens[stop]
            hit = cover.get(stop)
            if _is_head(token):
                head_seen = True
            elif (
                (
                    hit is not None
                    and hit.get("nation", "demonym", "organisation", "metonym", "capital", "group", "place")
                )
                or token.lower in lexicon.ROLE_WORDS
                or token.text in ("'s", "-")
            ):
                pass
            elif token.lower in lexicon.ROLE_LINKS and stop > begin:
                if not self._continues(tokens, cover, stop):
                    break
            elif (
                token.text == ","
                and head_seen
                and stop + 1 < len(tokens)
                and tokens[stop + 1].lower
                in (
                    "commonwealth",
                    "defence",
                    "logistics",
                )
            ):
                pass
            elif not (
                head_seen
                and token.capital
                and stop > begin
                and tokens[stop - 1].lower in (*lexicon.ROLE_LINKS, *lexicon.ROLE_WORDS)
                and token.lower not in lexicon.NOT_NAMES
            ) and not (not head_seen and token.capital and stop - begin < 4 and token.text.isalpha()):
                break
            stop += 1
        # "the undersecretary's dog" is no undersecretary.
        if stop > begin and tokens[stop - 1].text == "'s":
            return begin
        while stop > begin and (
            tokens[stop - 1].lower in lexicon.ROLE_LINKS
            or (not tokens[stop - 1].text[0].isalnum() and tokens[stop - 1].text != "'s")
        ):
            stop -= 1
        return stop

    def _continues(self, tokens: tuple[Token, ...], cover: dict[int, Hit], index: int) -> bool:
        """Does a linking word go on with the office ("of the Joint Chiefs") or with the sentence ("on Friday")?"""
        step = index + 1
        while step < len(tokens) and tokens[step].lower in ("the", "its", "their", "a"):
            step += 1
        if step >= len(tokens):
            return False
        token = tokens[step]
        if tokens[index].lower == "and":
            return _is_role(token) or token.lower in lexicon.ROLE_WORDS
        if tokens[index].lower in ("on", "in", "at"):
            return token.lower in lexicon.ROLE_WORDS and not token.lower.endswith("day")
        hit = cover.get(step)
        return (
            token.lower in lexicon.ROLE_WORDS
            or _is_role(token)
            or hit is not None
            or (token.capital and token.lower not in lexicon.NOT_NAMES)
            or token.lower in ("ministry", "armed", "country", "bloc", "alliance", "group", "delegation", "council")
        )

    def _relative(self, tokens: tuple[Token, ...], cover: dict[int, Hit], index: int) -> TitleMention | None:
        """Rule title-relative: "who is the alliance's top commander", "who serves as defence minister"."""
        step = index + 1
        if step + 1 >= len(tokens):
            return None
        if tokens[step].lower in ("serves", "served", "acts") and tokens[step + 1].lower == "as":
            step += 2
        elif tokens[step].lower in ("is", "was"):
            step += 1
        elif tokens[step].lower in ("heads", "leads", "commands", "runs", "headed", "chairs"):
            return self._headship(tokens, cover, step)
        else:
            return None
        while step < len(tokens) and tokens[step].lower in ("the", "a", "an", "also"):
            step += 1
        stop = self.title_end(tokens, cover, step)
        return self.title(tokens, cover, step, stop, "title-relative-clause") if stop > step else None

    def _headship(self, tokens: tuple[Token, ...], cover: dict[int, Hit], step: int) -> TitleMention | None:
        """Rule title-headship: "who heads the procurement agency of the Dutch defence ministry"."""
        stop = step + 1
        while (
            stop < len(tokens)
            and stop - step < 14
            and (tokens[stop].text.isalpha() or tokens[stop].text == "'s" or "-" in tokens[stop].text)
        ):
            stop += 1
        text = self.view[tokens[step].start : tokens[stop - 1].end]
        if not re.search(
            r"\b(?:ministry|department|agency|command|directorate|headquarters|office|mission|forces|staff|"
            r"committee|pentagon|secretariat|branch)\b",
            text,
            re.I,
        ):
            return None
        if re.search(r"\b(?:AG|GmbH|Ltd|Inc|plc|SA|company|firm)\b", self._clause_text(tokens, step)):
            return None
        affiliation, span = self._affiliation(tokens, cover, step, stop)
        return TitleMention(tokens[step].start, tokens[stop - 1].end, text, affiliation, span, "title-headship")


def _is_head(token: Token) -> bool:
    lower = token.lower
    return lower in lexicon.ROLE_HEADS or ("-" in lower and lower.rsplit("-", 1)[1] in lexicon.ROLE_HEADS)


def _is_role(token: Token) -> bool:
    return _is_head(token) or (token.lower in lexicon.ROLE_WORDS and token.capital)


def _is_rank(tokens: tuple[Token, ...], index: int) -> bool:
    """A rank directly before a name or another rank; "general" after "secretary" is an office."""
    lower = tokens[index].lower
    if lower not in lexicon.RANKS or not tokens[index].capital:
        return False
    if index and tokens[index - 1].lower in ("secretary", "director", "inspector", "attorney", "governor", "consul"):
        return False
    return not (
        lower in ("chief", "air", "fleet", "field", "vice", "rear", "army", "marshal")
        and index + 1 < len(tokens)
        and tokens[index + 1].lower not in lexicon.RANKS
    )


def _stronger(after: TitleMention, before: TitleMention) -> bool:
    """An office after the name outranks a military rank or a bare "counterpart" before it."""
    if before.rule == "rank-before-name":
        return True
    return bool(re.fullmatch(r"(?i)(?:\w+ )?counterpart", before.text))


def _share_plural_titles(mentions: list[NameMention], view: str) -> None:
    """Rule title-shared: in "defence ministers John Healey and Boris Pistorius" the office is everybody's."""
    for first, second in pairwise(mentions):
        if first.title is None or second.title is not None or first.title.end > first.start:
            continue
        if not re.search(r"(?:ministers|presidents|secretaries|leaders|chiefs)$", first.title.text, re.I):
            continue
        if re.fullmatch(r"(?: of (?:the )?[A-Z][\w ]{1,25})?,? (?:and )?", view[first.end : second.start]):
            second.title = first.title
