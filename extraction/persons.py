"""Names of persons: runs of capitalised words that no reference list knows as something else.

What makes a named person an official is a title (titles.py before a name, appositions.py after it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extraction import lexicon
from extraction.appositions import Appositions
from extraction.document import Sentence
from extraction.gazetteer import fold
from extraction.reading import Reading
from extraction.roles import TAIL_LINKS, is_head, is_rank, is_role, names_plural, phrase_word, tail_end
from extraction.titles import Cover, TitleMention, Titles, Tokens

__all__ = ["NameFinder", "NameMention", "TitleMention"]

_BARE_OFFICES = lexicon.words("minister secretary general president")
# Whose complement is a person: "spokesman for Karl Weber"; of other offices it is a field ("Minister for Sport").
_SERVANTS = lexicon.words("spokesman spokeswoman spokesperson adviser advisor aide deputy envoy predecessor successor")
_ARTICLED = re.compile(r"(?:al|el|ad|as|ar|ash|bin|ibn)-[A-Z\u00c0-\u017e]")
_INITIAL = re.compile(r"[A-Z]\.")
# Honorifics that stand before a name and nowhere else.
_BEFORE_NAME = lexicon.HONORIFICS - {"the", "right"}
_BEFORE_PERSON = lexicon.HONORIFICS - {"the"}
# "Photo by Air Force Staff Sgt. Ann Lee" names no official.
_CREDIT = re.compile(r"\(?(?:[A-Z]\w+ ){0,2}(?:photo|photograph|image|video) (?:by|credit)\b", re.I)
_CAME = lexicon.words("came attended spoke signed sat appeared")
_CLOSED = re.compile(r"[,.;)]| and |$")
_LINKS = TAIL_LINKS | {"and", "&"}
_MONTH_NAMES = lexicon.words("jun jan may april june august")
# Second parts of adjectives ("US-led") and offices ("president-elect").
_SECOND_PARTS = lexicon.words(
    "led based made backed run wide style owned born era funded built armed elect in to of on up off out level range "
    "class term time day week year size scale type model"
)
_DAYS = lexicon.words("monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday")


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
    honoured: bool = False
    addressed: bool = False
    speaker_label: bool = False
    shared: bool = False
    words: tuple[str, ...] = field(default=())


class NameFinder:
    """Finds the names of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.view = reading.view
        self.titles = Titles(self.view, self.name_like)
        self.appositions = Appositions(self.titles)
        self._covers: dict[int, Cover] = {}

    def find(self) -> list[NameMention]:
        """Every mention of a name with at least a title or two words, in order."""
        found: list[NameMention] = []
        for sentence in self.reading.sentences:
            if not _CREDIT.match(sentence.text):
                found.extend(self._of_sentence(sentence))
        return found

    def covering(self, sentence: Sentence) -> Cover:
        """For each token, by its index, the reference name that covers it."""
        if sentence.index in self._covers:
            return self._covers[sentence.index]
        cover: Cover = {}
        self._covers[sentence.index] = cover
        hits = self.reading.hits_in(sentence.start, sentence.end)
        if not hits:
            return cover
        position = 0
        for index, token in enumerate(sentence.tokens):
            while position < len(hits) and hits[position].end <= token.start:
                position += 1
            if position < len(hits) and hits[position].start < token.end and hits[position].end > token.start:
                cover[index] = hits[position]
        return cover

    def name_like(self, tokens: Tokens, cover: Cover, index: int) -> bool:
        """May a token belong to a person's name?"""
        token = tokens[index]
        if not token.capital:
            return "-" in token.text and bool(_ARTICLED.match(token.text))
        if not token.text[0].isalpha() or token.text.startswith("I'"):
            return False
        if _INITIAL.fullmatch(token.text):
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
                and self.name_like(tokens, cover, index - 1)
                and tokens[index - 1].end + 1 == token.start
                and not is_role(tokens[index - 1])
            ):
                return False
        lower = token.lower
        if lower in _MONTH_NAMES and self._given_name(tokens, cover, index):
            return True
        if lower in lexicon.NOT_NAMES or is_role(token) or lower in lexicon.HONORIFICS or is_rank(tokens, index):
            return False
        if lower in lexicon.RANKS or lower in lexicon.GROUP_WORDS:
            return False
        if token.text.isupper() and len(token.text) > 1 and not token.text.endswith("."):
            return self._initials(tokens, cover, index)
        if "-" not in token.text or all(part[:1].isupper() for part in token.text.split("-") if len(part) > 2):
            return True
        # "Ahn Gyu-back": a Korean given name after the surname.
        parts = lower.split("-")
        follows = index > 0 and tokens[index - 1].capital and tokens[index - 1].end + 1 == token.start
        return follows and len(parts) == 2 and max(map(len, parts)) < 7 and parts[1] not in _SECOND_PARTS

    def _initials(self, tokens: Tokens, cover: Cover, index: int) -> bool:
        """ "Vice President JD Vance", "General CQ Brown": two initials between an office and a surname, or at the head
        of a sentence with the office after the name."""
        if len(tokens[index].text) != 2 or index + 1 >= len(tokens) or tokens[index + 1].text.isupper():
            return False
        office, surname = tokens[max(0, index - 1)], tokens[index + 1]
        if index == 0 and (len(tokens) < 4 or tokens[2].text != "," or not any(is_head(t) for t in tokens[3:7])):
            return False
        if index and not (office.capital and (is_head(office) or is_rank(tokens, index - 1) or office.text == "Staff")):
            return False
        return surname.start - tokens[index].end == 1 and self.name_like(tokens, cover, index + 1)

    def _given_name(self, tokens: Tokens, cover: Cover, index: int) -> bool:
        """ "Admiral Dong Jun": the name of a month after a surname and before no day."""
        if not index or tokens[index - 1].end + 1 != tokens[index].start or not tokens[index - 1].capital:
            return False
        follows = tokens[index + 1].text if index + 1 < len(tokens) else ""
        before = tokens[index - 1].lower
        plain = before not in lexicon.NOT_NAMES and before not in _DAYS and before not in _MONTH_NAMES
        return plain and not follows[:1].isdigit() and follows != "." and self.name_like(tokens, cover, index - 1)

    def _given_after_office(self, tokens: Tokens, cover: Cover, index: int) -> bool:
        """A word that is mostly something else is a given name right after an office and before a surname:
        "Defense Minister Israel Katz", "State Secretary Even Kjærland"."""
        if not index or index + 1 >= len(tokens) or not tokens[index].capital:
            return False
        if tokens[index + 1].start - tokens[index].end != 1 or not self.name_like(tokens, cover, index + 1):
            return False
        hit = cover.get(index)
        token, before = tokens[index], tokens[index - 1]
        if hit is not None and hit.get("organisation", "metonym", "demonym", "group", "programme") is None:
            # "Douglas", "Sofia" and "Israel" are places until an office stands before and a surname after them.
            return " " not in hit.text and (
                before.lower in _BARE_OFFICES
                or is_rank(tokens, index - 1)
                or before.lower in _BEFORE_NAME
                or (is_head(before) and hit.get("nation") is None)
                or (before.text == "," and hit.get("nation") is None and self._office_ends(tokens, cover, index - 1))
            )
        if (
            token.lower not in lexicon.NOT_NAMES
            or is_role(token)
            or token.lower in lexicon.ROLE_WORDS
            or (token.text.isupper() and not (len(token.text) == 2 and is_rank(tokens, index - 1)))
        ):
            return False
        if names_plural([before]):
            return False
        return before.capital and (is_head(before) or is_rank(tokens, index - 1)) and token.lower not in _DAYS

    def _office_ends(self, tokens: Tokens, cover: Cover, stop: int) -> bool:
        """Does the office of one person end at a token: "Assistant Secretary for European Affairs, Douglas Jones"?"""
        begin = self.titles.office_start(tokens, cover, stop)
        if begin == stop or names_plural(tokens[begin:stop]):
            return False
        return self.titles.title(tokens, cover, begin, stop, "title-before-name") is not None

    def _run(self, tokens: Tokens, cover: Cover, index: int) -> int:
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
            if self.name_like(tokens, cover, end) and tokens[end].start - tokens[end - 1].end == 1:
                end += 1
                continue
            if self._nickname(tokens, cover, end):
                end += 4
                continue
            step = end
            while step < len(tokens) and tokens[step].lower in lexicon.PARTICLES and step - end < 3:
                step += 1
            if end < step < len(tokens) and self.name_like(tokens, cover, step) and tokens[end].text != "'s":
                end = step + 1
                continue
            break
        return end

    def _nickname(self, tokens: Tokens, cover: Cover, end: int) -> bool:
        """Is it 'Benjamin "Benny" Gantz', with a surname after the nickname in quotes?"""
        if end + 3 >= len(tokens) or tokens[end].text != '"' or tokens[end + 2].text != '"':
            return False
        closed = tokens[end + 3].start - tokens[end + 2].end == 1
        return closed and tokens[end + 1].text.istitle() and self.name_like(tokens, cover, end + 3)

    def _of_sentence(self, sentence: Sentence) -> list[NameMention]:
        tokens = sentence.tokens
        cover = self.covering(sentence)
        found: list[NameMention] = []
        index = 0
        while index < len(tokens):
            # Most words are small and unhyphenated: no name begins with them.
            if not tokens[index].capital and "-" not in tokens[index].text:
                index += 1
                continue
            if not self.name_like(tokens, cover, index) and (
                sentence.is_title or not self._given_after_office(tokens, cover, index)
            ):
                index += 1
                continue
            end = self._run(tokens, cover, index)
            start = self._without_field(tokens, index, end, found[-1].end if found else 0)
            index = end
            if (
                start is None
                or (not sentence.is_title and _names_body(tokens, end))
                or _abbreviated(tokens, start, end)
            ):
                continue
            found.append(self._mention(sentence, tokens, cover, start, end))
        return found

    def _without_field(self, tokens: Tokens, start: int, end: int, named: int) -> int | None:
        """Where the name begins once the field of an office is cut off, None if nothing is left: "Minister for Civil
        Preparedness Ylva Brandsjö" keeps two words, "Minister for Strategic Industries" none. A field ends where
        somebody is `named`."""
        if start > 2 and end - start == 1 and tokens[start - 1].text == "," and _in_tail(tokens, start):
            return None
        if start < 2 or tokens[start - 1].lower not in _LINKS or tokens[start - 2].text == ",":
            return start
        step = start - 1
        while step and start - step < 8 and not is_head(tokens[step]):
            if step < start - 1 and not phrase_word(tokens[step]) and tokens[step].text != ",":
                return start
            step -= 1
        if not is_head(tokens[step]) or tokens[step].lower in _SERVANTS or step + 1 >= start:
            return start
        if tokens[step].start < named:
            return start
        if tokens[step + 1].lower not in TAIL_LINKS or not tokens[step].capital:
            return start
        if end - start < 3:
            return None if tokens[start - 1].lower in ("of", "for", "and") else start
        first = end - 2
        while first > start and (tokens[first - 1].text.endswith(".") or tokens[first].text.endswith(".")):
            first -= 1
        return first

    def _mention(self, sentence: Sentence, tokens: Tokens, cover: Cover, start: int, end: int) -> NameMention:
        left, right = tokens[start].start, tokens[end - 1].end
        mention = NameMention(left, right, self.view[left:right], sentence)
        mention.words = tuple(
            fold(t.text) for t in tokens[start:end] if t.lower not in lexicon.SUFFIXES and t.text not in (",", '"')
        )
        before = mention.title = self.titles.before(tokens, cover, start)
        after, private = self.appositions.after(tokens, cover, end)
        if mention.title is None or (after is not None and _stronger(after, mention.title)):
            mention.title = after or mention.title
        mention.honoured = (start > 0 and tokens[start - 1].lower in lexicon.PUBLIC_HONORIFICS) or (
            end < len(tokens) and tokens[end].text in lexicon.PARLIAMENTARY
        )
        mention.addressed = before is not None or (start > 0 and tokens[start - 1].lower in _BEFORE_PERSON)
        mention.private = private or bool(lexicon.PRIVATE.search(self.view[max(sentence.start, left - 40) : left]))
        rank_only = mention.title is not None and mention.title.rule == "rank-before-name"
        if mention.private and not (private and rank_only) and mention.title is not None and mention.title.end <= left:
            # "the analyst told Defense Secretary Austin" must not take the office away.
            mention.private = bool(lexicon.PRIVATE.search(mention.title.text))
        mention.of_nation = self._of_nation(tokens, cover, end, sentence.end) or self._by_nation(
            sentence, cover, start, end
        )
        # "Nordin of Malaysia, Australia's deputy prime minister, Marles": the office is the next one's.
        nation = mention.of_nation[0] if mention.of_nation is not None else None
        if mention.title is after and after is not None and nation and after.affiliation not in (None, nation):
            mention.title = before
        return mention

    def _by_nation(self, sentence: Sentence, cover: Cover, start: int, end: int) -> tuple[str, int, int] | None:
        """The nation of "Canada's Bill Blair", of "Croatia's, Dragan Babić," and of "and of Ukraine, Yevhen Mazur,"."""
        tokens = sentence.tokens
        step = start - (start > 0 and tokens[start - 1].text == ",")
        if step > 1 and tokens[step - 1].text == "'s" and step - 2 in cover:
            owner = step - 2
        elif start > 1 and tokens[start - 1].text in (":", "\u2014", "-", "|", ",") and start - 2 in cover:
            owner = start - 2
            first = owner
            while first and cover.get(first - 1) is cover[owner]:
                first -= 1
            if step < start:
                first -= bool(first and tokens[first - 1].lower == "the")
                if not first or tokens[first - 1].lower not in ("of", "for", "from"):
                    return None
                # "Iwaya Takeshi of Japan, Penny Wong, the Australian minister": Japan is the first one's.
                if first > 1 and self.name_like(tokens, cover, first - 2):
                    return None
                # "A came for France, B from Germany": the nation before is A's.
                if self._of_nation(tokens, cover, end, sentence.end) is not None:
                    return None
            elif first and tokens[first - 1].text not in (";", ",", "-", "\u2022", "*", "("):
                # In lists, "Estonia: Karl Tamm": the nation begins the item.
                return None
        else:
            return None
        # "RAMSTEIN, Germany - Lloyd Austin" is a dateline.
        if cover[owner].start < self.reading.body_start(sentence) <= tokens[start].start:
            return None
        entry = cover[owner].get("nation", "organisation")
        return (entry.value, cover[owner].start, cover[owner].end) if entry is not None else None

    def _of_nation(self, tokens: Tokens, cover: Cover, end: int, sentence_end: int) -> tuple[str, int, int] | None:
        """The nation or body of "Marie Lund of Denmark", of "Joost Verhagen of the Dutch navy staff"."""
        # "Lecornu came for France, Pistorius from Germany": each stands for his own.
        stands = end + (end < len(tokens) and tokens[end].lower in _CAME)
        if stands < len(tokens) and tokens[stands].lower in ("for", "from"):
            index = stands + 1 + (stands + 1 < len(tokens) and tokens[stands + 1].lower == "the")
            entry = cover[index].get("nation", "organisation") if index in cover else None
            if entry is not None and _CLOSED.match(self.view, cover[index].end):
                return entry.value, cover[index].start, cover[index].end
        if end < len(tokens) and tokens[end].lower == "of":
            index = end + 1 + (end + 1 < len(tokens) and tokens[end + 1].lower == "the")
            entry = cover[index].get("nation", "organisation", "demonym", "metonym") if index in cover else None
            if entry is not None:
                return entry.value, cover[index].start, cover[index].end
        # In lists: "Boris Pistorius (Germany)", "Boris Pistorius, Germany;".
        if end + 1 < len(tokens) and tokens[end].text in ("(", ",") and end + 1 in cover:
            hit = cover[end + 1]
            entry = hit.get("nation", "organisation")
            closing = r"\)" if tokens[end].text == "(" else r";|\.?$|\n"
            if entry is not None and re.match(closing, self.view[hit.end : min(hit.end + 1, sentence_end)] or "\n"):
                return entry.value, hit.start, hit.end
        return None


def _in_tail(tokens: Tokens, index: int) -> bool:
    """Does a word stand in the field of an office ("Commissioner of the Acquisition, Technology and Logistics …")?"""
    return any(
        is_head(tokens[head]) and tail_end(tokens, head + 1, len(tokens)) > index
        for head in range(max(0, index - 8), index)
    )


def _abbreviated(tokens: Tokens, start: int, end: int) -> bool:
    """Is a run of capitals what an abbreviation after it stands for ("Explosive Ordnance (GWEO)")?"""
    if end + 1 >= len(tokens) or tokens[end].text != "(" or not tokens[end + 1].text.isupper() or end - start < 2:
        return False
    return tokens[end + 1].text.endswith("".join(t.text[0] for t in tokens[start:end]))


def _names_body(tokens: Tokens, end: int) -> bool:
    """Does a run of capitals go on into the noun of a body ("Indo-Pacific Command")?"""
    return (
        end < len(tokens)
        and tokens[end].capital
        and tokens[end].start - tokens[end - 1].end == 1
        and tokens[end].lower in lexicon.BODY_NOUNS
    )


def _stronger(after: TitleMention, before: TitleMention) -> bool:
    """An office after the name outranks a military rank, a bare "counterpart" or "in the chair was" before it."""
    if before.rule == "rank-before-name":
        return True
    return bool(re.fullmatch(r"(?i)(?:\w+ )?counterpart|chair", before.text))
