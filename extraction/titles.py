"""Titles that stand before a name, and what every title is made of: its words, its head, whose office it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extraction import lexicon
from extraction.document import Token
from extraction.gazetteer import Hit
from extraction.roles import (
    DETERMINERS,
    before_ranks,
    bounded,
    is_dash,
    is_field,
    is_head,
    is_rank,
    is_role,
    names_plural,
    phrase_word,
    second_office,
    tail_end,
)

Tokens = Sequence[Token]
Cover = dict[int, Hit]

_APPOSITION_LIMIT = 16
# Who heads one of these holds no public office unless the phrase says more ("director of Hearth Without Borders").
_LOOSE_HEADS = lexicon.words(
    "director chairman chairwoman chair chairperson president head administrator representative co-chair leader"
)
_NO_OFFICE = lexicon.words("administration election inauguration team delegation leadership development government")
_NO_OFFICE |= {"cabinet", "office", "staff"}
_HONORIFICS = lexicon.HONORIFICS - {"the", "right"}
_PRIVATE_BEFORE = re.compile(
    r"\b(?:managing|artistic|creative|executive|sales|marketing|commercial|editorial|club|team|company|union|party|"
    r"festival|museum|parish|group's)\s$",
    re.I,
)


@dataclass(frozen=True)
class TitleMention:
    """The words of an office, as they stand in the text, and whose it is as far as the words tell."""

    start: int
    end: int
    text: str
    affiliation: str | None
    affiliation_span: tuple[int, int] | None
    rule: str


class Titles:
    """Reads the titles of one article; `name_like` says whether a token may belong to a person's name."""

    def __init__(self, view: str, name_like: Callable[[Tokens, Cover, int], bool]) -> None:
        self.view = view
        self.name_like = name_like

    def before(self, tokens: Tokens, cover: Cover, start: int) -> TitleMention | None:
        """Rule title-before-name: "NATO Secretary General Mark Rutte", "Germany's defence minister, Boris Pistorius,",
        "the head of the fiscal council, Tiberiu Oancea,"."""
        stop = before_ranks(tokens, start, _HONORIFICS)
        while stop and stop < start and tokens[stop - 1].lower in ("retired", "the", "right"):
            if tokens[stop - 1].lower == "the" and tokens[stop].lower not in (
                *lexicon.PUBLIC_HONORIFICS,
                "right",
                "rt",
            ):
                break
            stop -= 1
        ranked = stop
        if stop and tokens[stop - 1].text == "(":
            # Rule title-before-bracket: "the Assistant Secretary General (Mr Van Weel)".
            stop -= 1
            if any(
                t.lower in ("ministers", "chiefs", "presidents", "secretaries") for t in tokens[max(0, stop - 6) : stop]
            ):
                return None
        comma = bool(stop and tokens[stop - 1].text == ",")
        if comma:
            stop -= 1
        elif stop > 1 and tokens[stop - 1].lower in ("is", "was", "remains") and stop == start:
            # "Belgium, whose defence minister is Ludivine Dedonder": the office is the subject.
            stop -= 1
        # "Ukraine's defence minister since July, Denys Shmyhal,": how long is not part of the office.
        since = next((i for i in range(stop - 1, max(0, stop - 5), -1) if tokens[i].lower == "since"), None)
        if comma and since is not None:
            stop = since
        possessive = bool(stop and tokens[stop - 1].text == "'s")
        begin = stop if possessive else self.office_start(tokens, cover, stop)
        begin = self._past_person(tokens, cover, begin, stop)
        title = self.title(tokens, cover, begin, stop, "title-before-name") if begin < stop else None
        # "…, Luxembourg's director of armaments, Guy Hoffmann": unless the office is the apposition of a name before.
        first = begin - (begin > 0 and tokens[begin - 1].lower in DETERMINERS)
        if (
            title is not None
            and comma
            and first > 1
            and tokens[first - 1].text == ","
            and self._untitled_name(tokens, cover, first - 2)
        ):
            title = None
        if (
            title is not None
            and stop < ranked
            and not comma
            and first
            and tokens[first - 1].lower in ("for", "by", "with")
        ):
            title = None
        if title is not None and comma and names_plural(tokens[begin:stop]) and not title.text.endswith("s"):
            title = None
        if title is not None and title.affiliation is None and begin > 1 and tokens[begin - 1].text == ",":
            title = self._of_office_before(tokens, cover, begin - 1, title)
        if title is None and stop == start and stop and tokens[stop - 1].text in lexicon.PARLIAMENTARY:
            # Rule title-member: "Greens MP Ann Lee", whatever the party is called.
            begin = stop - 1 - (stop > 1 and tokens[stop - 2].capital and stop - 2 not in cover)
            left, right = tokens[begin].start, tokens[stop - 1].end
            return TitleMention(left, right, self.view[left:right], None, None, "title-before-name")
        if title is None and ranked < start:
            left, right = tokens[ranked].start, tokens[start - 1].end
            text = re.sub(r"^[Rr]etired ", "", self.view[left:right])
            words = text.split()
            while words and words[0].lower() in lexicon.HONORIFICS:
                words.pop(0)
            while words and words[-1].lower() in lexicon.HONORIFICS:
                words.pop()
            if words:
                at = self.view.index(words[0], left, right)
                end = at + self.view[at:right].rindex(words[-1]) + len(words[-1])
                return TitleMention(at, end, self.view[at:end], None, None, "rank-before-name")
        return title

    def _past_person(self, tokens: Tokens, cover: Cover, begin: int, stop: int) -> int:
        """ "Secretary Lloyd Austin host Minister Kihara": what stands before another person's name is that one's."""
        for index in range(stop - 1, begin + 1, -1):
            first = index - 1
            if self.name_like(tokens, cover, index) and self.name_like(tokens, cover, first):
                while first > begin and self.name_like(tokens, cover, first - 1):
                    first -= 1
                if tokens[first - 1].lower in lexicon.ROLE_LINKS:
                    return begin
                after = index + 1
                while after < stop and not (tokens[after].capital or after in cover):
                    after += 1
                return after
        return begin

    def _of_office_before(self, tokens: Tokens, cover: Cover, stop: int, title: TitleMention) -> TitleMention:
        """ "Russia's chief negotiator, Deputy Foreign Minister Valery Orlov": the first of two offices says whose."""
        begin = self.office_start(tokens, cover, stop)
        if self._past_person(tokens, cover, begin, stop) != begin:
            return title
        first = self.title(tokens, cover, begin, stop, title.rule) if begin < stop else None
        if first is None or names_plural(tokens[begin:stop]):
            return title
        return replace(title, affiliation=first.affiliation, affiliation_span=first.affiliation_span)

    def _untitled_name(self, tokens: Tokens, cover: Cover, last: int) -> bool:
        """Does a full name without an office before it end at a token, so that an office after it may be its own?"""
        step = last
        while step and self.name_like(tokens, cover, step):
            step -= 1
        return step < last - 1 and not (is_role(tokens[step]) or is_rank(tokens, step))

    def office_start(self, tokens: Tokens, cover: Cover, stop: int) -> int:
        """Where the office begins that ends at `stop`: by its own words, else by its shape, a head with complement."""
        known = self.title_start(tokens, cover, stop)
        for head in range(max(0, stop - 16), stop):
            if not is_head(tokens[head]) or tokens[head].lower in ("mp", "king", "queen"):
                continue
            if head + 1 < stop and (tail_end(tokens, head + 1, stop) != stop or second_office(tokens, head, stop)):
                continue
            begin = min(self.title_start(tokens, cover, head + 1), self._shape_start(tokens, cover, head))
            if any(is_head(t) for t in tokens[known:stop]):
                return min(known, begin) if begin < known else known
            return begin
        return known

    def _shape_start(self, tokens: Tokens, cover: Cover, head: int) -> int:
        """The start of a noun phrase that a possessive, a nation or an article opens: "Sweden's navy chief"."""
        begin = head
        while begin and head - begin < 5:
            token = tokens[begin - 1]
            hit = cover.get(begin - 1)
            if token.text == "'s" and begin > 1:
                owner = cover.get(begin - 2)
                if owner is None or not owner.get("nation", "metonym", "organisation", "capital"):
                    return begin
                step = begin - 2
                while step and cover.get(step - 1) is owner:
                    step -= 1
                return step
            if hit is not None and hit.get("demonym", "metonym", "organisation") is not None:
                step = begin - 1
                while step and cover.get(step - 1) is hit:
                    step -= 1
                return step
            if token.lower in DETERMINERS:
                return begin
            if not phrase_word(token) or token.lower in lexicon.ROLE_LINKS or token.lower == "and":
                break
            begin -= 1
        return head

    def title_start(self, tokens: Tokens, cover: Cover, stop: int) -> int:
        """Where the office begins that ends at `stop`, going back over words known to stand in titles."""
        begin = stop
        while begin and stop - begin < 18:
            token = tokens[begin - 1]
            hit = cover.get(begin - 1)
            named = hit is not None and hit.get("nation", "demonym", "organisation", "metonym", "capital") is not None
            if token.text in lexicon.PARLIAMENTARY and begin < stop:
                break
            if (
                named
                or is_role(token)
                or token.lower in lexicon.ROLE_WORDS
                or (token.text in ("'s", "-", "'") and begin > 1 and not is_dash(tokens, begin - 1))
                or (token.lower in lexicon.ROLE_LINKS and 1 < begin < stop)
            ):
                begin -= 1
                continue
            break
        # Cut what belongs to the sentence before: "and", "of", "for", a title of somebody else.
        for cut in range(stop - 1, begin, -1):
            if tokens[cut].lower == "and":
                right_has_head = any(is_head(t) for t in tokens[cut + 1 : stop])
                left_plural = any(
                    t.lower in ("ministers", "presidents", "chiefs", "leaders") for t in tokens[begin:cut]
                )
                left_headless = not any(is_head(t) for t in tokens[begin:cut])
                # "Luxembourg Foreign and Defense Ministers" is one phrase.
                if (
                    names_plural(tokens[cut + 1 : stop])
                    and left_headless
                    and tokens[cut - 1].lower in lexicon.ROLE_WORDS
                ):
                    continue
                if right_has_head and ((cut + 1) in cover or left_plural or left_headless):
                    begin = cut + 1
                    break
        # "the new administration of President", "put the development to President": not of the office.
        for cut in range(begin, stop - 1):
            led = tokens[cut].lower in ("of", "to") and tokens[cut - 1].lower in _NO_OFFICE
            if led and not any(is_head(t) for t in tokens[begin:cut]):
                begin = cut + 1
        while begin < stop and (
            tokens[begin].lower in lexicon.ROLE_LINKS
            or tokens[begin].text in ("'s", "-", "'")
            or tokens[begin].lower == "then"
        ):
            begin += 1
        return begin

    def title(self, tokens: Tokens, cover: Cover, begin: int, end: int, rule: str) -> TitleMention | None:
        """The words between two tokens as a title, if they name a public office."""
        office = tokens[begin:end]
        heads = [t for t in office if is_head(t)]
        if not heads:
            return None
        strong = any(t.lower not in lexicon.WEAK_HEADS for t in heads)
        owned = begin and tokens[begin - 1].lower in ("his", "her", "their") and tokens[begin].lower != "head"
        if not strong and end - begin < 2 and not owned:
            return None
        left, right = tokens[begin].start, tokens[end - 1].end
        if _PRIVATE_BEFORE.search(self.view[max(0, left - 14) : left]) or self.private(tokens, cover, begin, end):
            return None
        affiliation, span = self.affiliation(tokens, cover, begin, end)
        return TitleMention(left, right, self.view[left:right], affiliation, span, rule)

    def private(self, tokens: Tokens, cover: Cover, begin: int, end: int) -> bool:
        """Is it a director, chair or president of a body that has nothing public about it?"""
        if any(is_head(t) and t.lower not in _LOOSE_HEADS for t in tokens[begin:end]):
            return False
        if any(i in cover for i in range(begin, end)):
            return False
        text = self.view[tokens[begin].start : tokens[end - 1].end]
        return bool(re.search(r" of (?:the )?[A-Z]", text)) and not lexicon.PUBLIC_BODY.search(text)

    def affiliation(
        self, tokens: Tokens, cover: Cover, begin: int, end: int
    ) -> tuple[str | None, tuple[int, int] | None]:
        """Whose office: the first nation or body named in the title, else who alone has such an office."""
        for index in range(begin, end):
            hit = cover.get(index)
            entry = hit.get("demonym", "nation", "metonym", "organisation", "capital") if hit is not None else None
            if hit is None or entry is None:
                continue
            if is_field(tokens, begin, index):
                continue
            span = (hit.start, hit.end)
            if entry.kind == "organisation" and any(
                is_head(tokens[i]) for i in range(begin, end) if cover.get(i) is hit
            ):
                # A list knows the office itself as a body ("Supreme Allied Commander Europe").
                owner, where = self._owner_of_office(hit.start, hit.end)
                if owner is not None:
                    return owner, where
            # A committee or command of an alliance serves the alliance.
            if hit.text.split()[0] in ("EU", "NATO") and len(hit.text.split()) > 1:
                return hit.text.split()[0], span
            return ("EU" if entry.value in ("European Commission", "European Council", "EC") else entry.value), span
        return self._owner_of_office(tokens[begin].start, tokens[end - 1].end)

    def _owner_of_office(self, left: int, right: int) -> tuple[str | None, tuple[int, int] | None]:
        for pattern, owner in lexicon.OFFICE_OWNERS:
            match = pattern.search(self.view, left, right)
            if match:
                return owner, match.span()
        return None, None

    def title_end(self, tokens: Tokens, cover: Cover, begin: int) -> int:
        """Where the office ends that begins at a token: by its shape where a clause ends there, else by its words."""
        known = self._known_end(tokens, cover, begin)
        head = next((i for i in range(begin, min(begin + 8, len(tokens))) if is_head(tokens[i])), None)
        if head is None or not all(
            tokens[i].text in ("'s", "'", "-") or (phrase_word(tokens[i]) and tokens[i].lower not in lexicon.ROLE_LINKS)
            for i in range(begin, head)
        ):
            return known
        while head + 1 < len(tokens) and is_head(tokens[head + 1]):
            head += 1
        stop = tail_end(tokens, head + 1, len(tokens))
        if stop > known and bounded(tokens, stop):
            return stop
        return known

    def _known_end(self, tokens: Tokens, cover: Cover, begin: int) -> int:
        stop = begin
        head_seen = False
        while stop < len(tokens) and stop - begin < _APPOSITION_LIMIT:
            token = tokens[stop]
            hit = cover.get(stop)
            if is_head(token):
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
                and tokens[stop + 1].lower in ("commonwealth", "defence", "logistics")
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

    def _continues(self, tokens: Tokens, cover: Cover, index: int) -> bool:
        """Does a linking word go on with the office ("of the Joint Chiefs") or with the sentence ("on Friday")?"""
        step = index + 1
        while step < len(tokens) and tokens[step].lower in ("the", "its", "their", "a"):
            step += 1
        if step >= len(tokens):
            return False
        token = tokens[step]
        if tokens[index].lower == "and":
            return is_role(token) or token.lower in lexicon.ROLE_WORDS
        if tokens[index].lower in ("on", "in", "at"):
            return token.lower in lexicon.ROLE_WORDS and not token.lower.endswith("day")
        return (
            token.lower in lexicon.ROLE_WORDS
            or is_role(token)
            or step in cover
            or (token.capital and token.lower not in lexicon.NOT_NAMES)
            or token.lower in ("ministry", "armed", "country", "bloc", "alliance", "group", "delegation", "council")
        )
