"""Mentions of meetings: the noun phrase or clause that names one, with what it says of group, body and number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from extraction import meeting_words as words
from extraction.dates import DateMention
from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_numbers import number_after, number_counted, number_of, personal
from extraction.reading import Reading

Span = tuple[int, int]
# No sentence of prose names more meetings; the bound keeps the work on garbage linear.
MOST_IN_SENTENCE = 8
_AMONG_GUESTS = re.compile(r"\b(?:countries|nations|states) and (?:the )?$")
# "the defence ministers of five European NATO countries": some of its members are not the alliance.
_SOME_OF = re.compile(
    r"\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|[3-9]|1\d) (?:[A-Z][\w-]+ ){0,2}$", re.I
)
_CAME_TO = re.compile(r"\b(?:came|come|coming|go|went|travel\w*|return\w*|arriv\w*|invited|flew) (?:back )?(?:to|at) $")
_ITS_MEMBERS = re.compile(r" (?:member )?(?:countries|nations|states|members|allies)\b")
_KNOWN_AS = re.compile(
    r"[\w ]{0,20},? (?:of|in) (?:what|a (?:club|format|group)) (?:[\w-]+ ){0,10}?(?:known as|called|dubbed|"
    r"styled|by the name of) (?:the )?\"?"
)
_SET_OFF = re.compile(r"\b(?:previous|last|latest|next|first|most recent|upcoming), (?:the )?[\w-]+,(?= )", re.I)

_IT_WAS = re.compile(r"\b(?:[Ii]t|[Tt]his|[Tt]hat|[Ww]hich|meeting|session|summit) (?:was|is|marks|marked) (?:also )?$")
# "This meeting builds on the September trilateral meeting": that one was another.
_BUILT_ON = re.compile(
    r"\b[Bb]uil(?:ds?|t|ding) (?:up)?on (?:the |our |their |his |her |its |last )?(?:[\w']+'s? )?"
    r"(?:[A-Z][\w.]+ (?:\d{1,2} )?)?(?:[a-z-]+ )?$"
)
_UNDER = re.compile(
    r"\b(?:under|part of|auspices of|umbrella of|framework of|belong(?:s|ing)? to|(?:families|family|"
    r"one) of)(?: the)? $|"
    r"\b(?:sidelines|margins|fringes) of (?:an? |the )?$|\b(?:raised|provided|backed) by (?:the )?$"
)
_ASEAN = re.compile(r"\bASEAN (?:[A-Za-z]+ )?[Dd]efen[cs]e [Mm]inist")


@dataclass
class MeetingMention:
    """Where the text speaks of a meeting; spans are of the view.

    `kind`: noun, verb (the clause says that a body meets) or anaphor ("the huddle"). `when` is previous or next
    where the phrase sets the meeting apart from the one at hand. `sides` are the states listed as those who met.
    """

    kind: str
    start: int
    end: int
    left: int
    right: int
    sentence: Sentence
    group: GroupMention | None = None
    organisation: str | None = None
    organisation_span: Span | None = None
    body: str | None = None
    body_span: Span | None = None
    ordinal: int | None = None
    ordinal_span: Span | None = None
    when: str = ""
    mode: str | None = None
    plural: bool = False
    definite: bool = False
    summit: bool = False
    states: bool = False
    separate: bool = False
    clause: bool = False
    day: DateMention | None = None
    # Told of a past day in a clause whose verb stands elsewhere.
    held: bool = False
    # On a programme that is still to come.
    coming: bool = False
    town: Span | None = None
    sides: dict[str, Span] = field(default_factory=dict)


class PhraseReader:
    """Reads what a phrase that names a meeting says of it."""

    def __init__(self, reading: Reading, groups: list[GroupMention]) -> None:
        self.reading = reading
        self.view = reading.view
        self.groups = groups
        self.named_groups = NamedGroups(reading.view, groups)

    def groups_in(self, start: int, end: int) -> list[GroupMention]:
        """The groups named within a span."""
        left, right = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [g for g in self.groups[left:right] if g.end <= end]

    @cached_property
    def _starts(self) -> list[int]:
        return [g.start for g in self.groups]

    def last_group(self, position: int, head: str = "") -> GroupMention | None:
        """The group that "the group" means: the last one named before, of that head where one has it."""
        # "That group" points at the last one named, be it a parent.
        if self.view[position : position + 5].lower() != "that ":
            return self.named_groups.spoken_of(position, head)
        return self.named_groups.named(position, head)

    def left(self, sentence: Sentence, start: int) -> int:
        """Where the noun phrase before a meeting noun begins."""
        floor = max(sentence.start, start - 130)
        text = self.view[floor:start]
        masked = re.sub(
            r"\([^)]*\)|\b(?:U\.S\.|U\.K\.|U\.N\.)(?=[ -])|\bof (?=(?:EU|NATO|the|defen[cs]e|national) [^,]{0,30}$)",
            lambda m: "_" * len(m.group()),
            text,
        )
        # "The previous, 28th, meeting": the commas set off the number and end no phrase.
        masked = _SET_OFF.sub(lambda m: "_" * len(m.group()), masked)
        # Names of groups hold words ("of", "on") that would otherwise end the phrase.
        for group in self.groups_in(floor, start):
            a, b = group.start - floor, group.end - floor
            masked = masked[:a] + "G" * (b - a) + masked[b:]
        stop = 0
        for match in words.LEFT_STOP.finditer(masked):
            stop = match.end()
        # "the meeting on 16 June in Brussels and the summit": the other meeting's phrase ends before "and".
        for match in words.AND_ANOTHER.finditer(masked + self.view[start : start + 12], stop):
            if words.NOUN.search(text[: match.start()]) is not None:
                stop = match.end()
        return floor + stop + len(text[stop:]) - len(text[stop:].lstrip())

    def right(self, sentence: Sentence, end: int) -> int:
        """Where what hangs on a meeting noun ends ("of defence ministers in Brussels")."""
        ceiling = min(sentence.end, end + 130)
        text = self.view[end:ceiling]
        if not re.match(
            r"(?:'s?)?\s?(?:\([^)]*\)\s)?(?:of|for|between|among|under|in the|in|with|at|within|on|held by|\")\b|"
            r"\s?[\"(]",
            text,
        ):
            return end
        another = words.AND_ANOTHER.search(text)
        if another is not None:
            text = text[: another.start()]
        match = words.RIGHT_STOP.search(re.sub(r"\([^)]*\)|U\.S\.|U\.K\.", lambda m: "_" * len(m.group()), text))
        return end + (match.start() if match else len(text))

    def describe(self, mention: MeetingMention, phrase: str, offset: int) -> None:
        """Group, organisation, body, number and mode that a phrase names."""
        end = offset + len(phrase)
        groups = self.groups_in(offset, end)
        before = [g for g in groups if g.start < mention.start]
        if groups:
            mention.group = before[-1] if before else groups[0]
        else:
            mention.group = self._named_after(mention)
        for name, pattern in words.BODIES:
            match = pattern.search(phrase, of=mention.sentence.text)
            if match is not None:
                mention.body, mention.body_span = name, (offset + match.start(), offset + match.end())
                break
        for hit in self.reading.hits_in(offset, end):
            organisation = _organisation(hit.text, [(e.kind, e.value, e.extra) for e in hit.entries])
            # "leaders from about 50 countries and NATO will confer": it is one of the guests.
            apart = _AMONG_GUESTS.search(self.view, max(offset, hit.start - 20), hit.start) or (
                _SOME_OF.search(self.view, max(offset, hit.start - 30), hit.start)
                and _ITS_MEMBERS.match(self.view, hit.end)
            )
            # "came to NATO for talks": where they meet, not who.
            apart = apart or _CAME_TO.search(self.view, max(offset, hit.start - 24), hit.start)
            paired = not mention.summit and self._one_of_pair(hit.start, hit.end)
            if organisation is not None and not apart and not paired:
                mention.organisation, mention.organisation_span = organisation, (hit.start, hit.end)
                if mention.body is None and "inister" in hit.text:
                    mention.body, mention.body_span = "ministers", (hit.start, hit.end)
                break
        if (
            mention.organisation is None
            and (match := words.ALLIED.search(phrase, of=mention.sentence.text)) is not None
        ):
            mention.organisation, mention.organisation_span = "NATO", (offset + match.start(), offset + match.end())
        if mention.organisation is None and (match := words.EU_COUNCIL.search(phrase)) is not None:
            mention.organisation, mention.organisation_span = "EU", (offset + match.start(), offset + match.end())
        # "the ASEAN Defense Ministers' Meeting Plus": its summits and other ministers have other business.
        asean = _ASEAN.search(phrase) if mention.organisation is None and mention.group is None else None
        if asean is not None:
            mention.organisation, mention.organisation_span = (
                "ASEAN",
                (offset + asean.start(), offset + asean.start() + 5),
            )
        number = number_of(self.view, mention.end, phrase, offset, mention.sentence.end)
        if number is None and mention.kind == "noun":
            number = number_after(self.view, mention.end, mention.sentence.end)
        number = number or number_counted(self.view, mention.start, mention.end)
        if number is not None:
            mention.ordinal, mention.ordinal_span = number
        if mention.group is not None and mention.group.ordinal:
            mention.ordinal, mention.ordinal_span = mention.group.ordinal, (mention.group.start, mention.group.end)
        whole = re.match(
            r" (?:of the (?:year|month|decade)|before|under|in office)\b", self.view[mention.end : mention.end + 20]
        )
        # "It was the inaugural meeting", "his last meeting": the one at hand.
        own = personal(self.view, offset, mention.start) or _IT_WAS.search(self.view, max(0, offset - 24), offset)
        past = whole is None and not own and words.PREVIOUS.search(phrase[: max(0, mention.start - offset)])
        if past or _BUILT_ON.search(self.view, max(mention.sentence.start, offset - 60), mention.start):
            mention.when = "previous"
        elif words.NEXT.search(phrase[: max(0, mention.start - offset)]):
            mention.when = "next"
        mention.mode = mode_of(phrase)

    def _one_of_pair(self, start: int, end: int) -> bool:
        """Rule scope-pair: the "third meeting of the U.S.-EU Dialogue" is of one state with the union."""
        before = next((h for h in self.reading.hits_in(max(0, start - 20), start) if h.end == start - 1), None)
        after = next((h for h in self.reading.hits_in(end, end + 3) if h.start == end + 1), None)
        pair = (before, self.view[start - 1 : start]), (after, self.view[end : end + 1])
        return self.view[start:end] == "EU" and any(
            h is not None and h.get("nation") is not None and joint in ("-", "\u2013") for h, joint in pair
        )

    def _named_after(self, mention: MeetingMention) -> GroupMention | None:
        """Rule meeting-known-as: "the fourth round of what has become known as the E5"."""
        for group in self.groups_in(mention.end, min(mention.sentence.end, mention.end + 90)):
            if _KNOWN_AS.fullmatch(self.view, mention.end, group.start):
                return group
        return None


def mode_of(text: str) -> str | None:
    """in_person | virtual | hybrid, where a text says how a meeting is held."""
    if words.HYBRID.search(text):
        return "hybrid"
    if words.VIRTUAL.search(text):
        return "virtual"
    return "in_person" if words.IN_PERSON.search(text) else None


def _organisation(text: str, entries: list[tuple[str, str, str]]) -> str | None:
    """The organisation whose ministers, board or leaders meet; sub-bodies count for their organisation."""
    for kind, value, extra in entries:
        if kind == "group" and extra in ("nato-ndm", "nuc"):
            return "NATO"
        if kind == "group" and extra in ("eu-fac-def", "eda-sb"):
            return "EU"
        if kind == "organisation":
            if value in ("NATO", "NAC", "NATO Military Committee") or "NATO" in value or "Atlantic" in value:
                return "NATO"
            if value in ("EU", "European Council", "Council of the European Union", "European Commission", "EDA"):
                return "EU"
            if value in ("G7",):
                return value
    return None


class NamedGroups:
    """The mentions of groups of one article in order, to find which of them was named last before a position."""

    def __init__(self, view: str, groups: list[GroupMention]) -> None:
        self.view = view
        self.groups = groups
        self._of: dict[tuple[str, bool], list[GroupMention]] = {}

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(g.key for g in self.groups)

    def spoken_of(self, position: int, head: str = "") -> GroupMention | None:
        """The last one named, of a `head` where one has it, without parents: "one of the coalitions under the
        Contact Group" speaks of the coalition. Where all are parents, the last of them."""
        own = self._before(position, head, parents=False) or self._before(position, "", parents=False)
        return own or self.named(position, head)

    def named(self, position: int, head: str = "") -> GroupMention | None:
        """The last one named, of a `head` where one has it."""
        return self._before(position, head, parents=True) or self._before(position, "", parents=True)

    def _before(self, position: int, head: str, parents: bool) -> GroupMention | None:
        if (head, parents) not in self._of:
            self._of[head, parents] = [
                g
                for g in self.groups
                if (not head or head in g.key.lower().split())
                and (parents or not _UNDER.search(self.view, max(0, g.start - 40), g.start))
            ]
        found = self._of[head, parents]
        before = bisect_left(found, position, key=lambda g: g.start)
        return found[before - 1] if before else None
