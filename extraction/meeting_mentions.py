"""Mentions of meetings: the noun phrase or clause that names one, with what it says of group, body and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from extraction import meeting_words as words
from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.lexicon import ordinal_of
from extraction.reading import Reading

Span = tuple[int, int]
# No sentence of prose names more meetings; the bound keeps the work on garbage linear.
MOST_IN_SENTENCE = 8


@dataclass
class MeetingMention:
    """Where the text speaks of a meeting; spans are of the view.

    `kind`: noun, verb (the clause says that a body meets) or anaphor ("the huddle"). `when` is previous or next
    where the phrase sets the meeting apart from the one at hand.
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


class MeetingFinder:
    """Finds the meeting mentions of one article."""

    def __init__(self, reading: Reading, groups: list[GroupMention]) -> None:
        self.reading = reading
        self.view = reading.view
        self.groups = groups

    def find(self) -> list[MeetingMention]:
        """Every mention that may speak of a multinational meeting, in order."""
        found: list[MeetingMention] = []
        for sentence in self.reading.sentences:
            nouns = self._nouns(sentence)
            verbs = self._verbs(sentence, nouns)
            pronoun = self._pronoun(sentence, found) if not nouns and not verbs else []
            found.extend(sorted(nouns + verbs + pronoun, key=lambda m: m.start))
        return found

    def _groups_in(self, start: int, end: int) -> list[GroupMention]:
        return [g for g in self.groups if start <= g.start and g.end <= end]

    def _last_group(self, position: int) -> GroupMention | None:
        """The group that "the group" means: the last one named before."""
        return next((g for g in reversed(self.groups) if g.start < position), None)

    # -- nouns --------------------------------------------------------------------------------------------

    def _nouns(self, sentence: Sentence) -> list[MeetingMention]:
        found: list[MeetingMention] = []
        for match in islice(words.NOUN.finditer(sentence.text), MOST_IN_SENTENCE):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(m.left <= start < m.right and m.group is not None and m.kind == "noun" for m in found):
                continue
            mention = self._noun(sentence, start, end)
            if mention is not None:
                found.append(mention)
        return found

    def _noun(self, sentence: Sentence, start: int, end: int) -> MeetingMention | None:
        noun = self.view[start:end].lower()
        left = self._left(sentence, start)
        right = self._right(sentence, end)
        before, after = self.view[left:start], self.view[end:right]
        phrase = self.view[left:right]
        if noun == "ramstein" and not self._groups_in(left, end):
            return None
        if words.REJECT.search(before) or words.REJECT.search(after[:30]):
            return None
        if noun == "meeting" and re.search(
            r"\b(?:are|is|was|were|be|been)\s(?:\w+ly )?$", self.view[max(sentence.start, start - 20) : start]
        ):
            return None
        mention = MeetingMention("noun", start, end, left, right, sentence)
        mention.plural = noun.endswith("s") and noun not in ("talks", "consultations", "discussions")
        mention.summit = noun.startswith("summit")
        self._describe(mention, phrase, left)
        if words.WITH_PERSON.match(after) and mention.group is None and mention.body is None:
            return None
        if re.search(
            r"\b(?:[Gg]roup|[Cc]oalition|[Ff]ormat|[Cc]ompact|[Dd]ialogue|[Pp]ool|[Pp]latform|[Cc]lub|"
            r"[Ii]nitiative)'s (?:\w+ )?$",
            self.view[max(sentence.start, left - 1) : start],
        ):
            mention.group = mention.group or self._last_group(start)
        owned = re.search(
            r"(?:(?P<owner>[\w.]+)'s|\bhis|\bher) (?:\w+ )?$", self.view[max(sentence.start, start - 40) : start]
        )
        if (
            owned
            and not words.TIME_OWNER.fullmatch(owned["owner"] or "")
            and mention.group is None
            and mention.organisation is None
            and mention.body is None
        ):
            return None
        determiner = words.DETERMINER.search(before) or re.search(
            r"\b(the|this|that|its|their)\s$", self.view[max(0, left - 6) : left]
        )
        mention.definite = bool(determiner and determiner.group(1).lower() in ("the", "this", "that", "these", "both"))
        named = mention.group is not None or mention.body is not None or mention.organisation is not None
        if not named:
            if not words.PLAIN.fullmatch(noun) and noun not in ("talks", "event", "conference"):
                return None
            mention.kind = "anaphor"
        return mention

    def _left(self, sentence: Sentence, start: int) -> int:
        floor = max(sentence.start, start - 130)
        text = self.view[floor:start]
        masked = re.sub(
            r"\([^)]*\)|\bof (?=(?:EU|NATO|the|defen[cs]e|national) [^,]{0,30}$)", lambda m: "_" * len(m.group()), text
        )
        # Names of groups hold words ("of", "on") that would otherwise end the phrase.
        for group in self._groups_in(floor, start):
            a, b = group.start - floor, group.end - floor
            masked = masked[:a] + "G" * (b - a) + masked[b:]
        stop = 0
        for match in words.LEFT_STOP.finditer(masked):
            stop = match.end()
        return floor + stop + len(text[stop:]) - len(text[stop:].lstrip())

    def _right(self, sentence: Sentence, end: int) -> int:
        ceiling = min(sentence.end, end + 130)
        text = self.view[end:ceiling]
        if not re.match(
            r"(?:'s?)?\s?(?:\([^)]*\)\s)?(?:of|for|between|among|under|in the|in|with|at|within|on|held by|\")\b|"
            r"\s?[\"(]",
            text,
        ):
            return end
        match = words.RIGHT_STOP.search(re.sub(r"\([^)]*\)|U\.S\.|U\.K\.", lambda m: "_" * len(m.group()), text))
        return end + (match.start() if match else len(text))

    def _describe(self, mention: MeetingMention, phrase: str, offset: int) -> None:
        """Group, organisation, body, number and mode that a phrase names."""
        end = offset + len(phrase)
        groups = self._groups_in(offset, end)
        before = [g for g in groups if g.start < mention.start]
        if groups:
            mention.group = before[-1] if before else groups[0]
        for name, pattern in words.BODIES:
            match = pattern.search(phrase)
            if match is not None:
                mention.body, mention.body_span = name, (offset + match.start(), offset + match.end())
                break
        for hit in self.reading.hits_in(offset, end):
            organisation = _organisation(hit.text, [(e.kind, e.value, e.extra) for e in hit.entries])
            if organisation is not None:
                mention.organisation, mention.organisation_span = organisation, (hit.start, hit.end)
                if mention.body is None and "inister" in hit.text:
                    mention.body, mention.body_span = "ministers", (hit.start, hit.end)
                break
        if mention.organisation is None and (match := words.ALLIED.search(phrase)) is not None:
            mention.organisation, mention.organisation_span = "NATO", (offset + match.start(), offset + match.end())
        for match in words.ORDINAL.finditer(phrase):
            if match.start() + offset > mention.end:
                break
            number = ordinal_of(match["ordinal"])
            if number:
                mention.ordinal, mention.ordinal_span = number, (offset + match.start(), offset + match.end())
        number_match = re.fullmatch(r"ramstein-(\d+)", self.view[mention.start : mention.end].lower())
        if number_match:
            mention.ordinal, mention.ordinal_span = int(number_match.group(1)), (mention.start, mention.end)
        if mention.group is not None and mention.group.ordinal:
            mention.ordinal, mention.ordinal_span = mention.group.ordinal, (mention.group.start, mention.group.end)
        if words.PREVIOUS.search(phrase[: max(0, mention.start - offset)]):
            mention.when = "previous"
        elif words.NEXT.search(phrase[: max(0, mention.start - offset)]):
            mention.when = "next"
        mention.mode = mode_of(phrase)

    def _pronoun(self, sentence: Sentence, found: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-pronoun: "we have postponed that", "it will take place in May" after a meeting was named."""
        if not found or sentence.index - found[-1].sentence.index > 2 or sentence.is_title:
            return []
        match = words.PRONOUN_STATE.search(sentence.text)
        if match is None:
            return []
        start = sentence.start + match.start()
        end = sentence.start + match.end()
        return [MeetingMention("anaphor", start, end, start, end, sentence, definite=True)]

    # -- verbs --------------------------------------------------------------------------------------------

    def _verbs(self, sentence: Sentence, nouns: list[MeetingMention]) -> list[MeetingMention]:
        found: list[MeetingMention] = []
        subjects: list[Span] = [(g.start, g.end) for g in self._groups_in(sentence.start, sentence.end)]
        for match in words.BODY_SUBJECT.finditer(sentence.text):
            span = (sentence.start + match.start(), sentence.start + match.end())
            if not any(s < span[1] and span[0] < e for s, e in subjects):
                subjects.append(span)
        for match in words.GROUP_ANAPHOR.finditer(sentence.text):
            subjects.append((sentence.start + match.start(), sentence.start + match.end()))
        for start, end in sorted(subjects)[:MOST_IN_SENTENCE]:
            if any(m.left <= start < m.right for m in [*nouns, *found] if m.kind != "anaphor"):
                continue
            verb = self._verb(sentence, start, end) or self._event(sentence, start, end)
            if verb is None:
                continue
            left = max(sentence.start, start - 60)
            prefix = self.view[left:start]
            stop = max(
                (m.end() for m in re.finditer(r"[,;:.]|\b(?:when|as|that|while|after|before|where|if)\b", prefix)),
                default=0,
            )
            left += stop + (len(prefix[stop:]) - len(prefix[stop:].lstrip()))
            right = max(verb[1], end)
            if any(m.kind == "noun" and m.left < right and left < m.right and m.group is not None for m in nouns):
                continue
            mention = MeetingMention("verb", verb[0], verb[1], left, right, sentence)
            tail = re.match(r"(?: \([^)]*\))? (?:of|from) [^,.;]{0,60}", self.view[end : sentence.end])
            reach = end + (tail.end() if tail else 0)
            mention.right = max(right, reach)
            self._describe(mention, self.view[left : max(right, reach)], left)
            mention.start, mention.end = min(start, verb[0]), max(end, verb[1])
            anaphor = bool(words.GROUP_ANAPHOR.fullmatch(self.view[start:end]))
            if mention.group is None and mention.body is None and not anaphor:
                continue
            again = words.FOR_TIME.search(self.view, verb[0], sentence.end)
            if again and ordinal_of(again["ordinal"]) and (again["ordinal"] != "first" or again.start() - verb[1] < 4):
                mention.ordinal = ordinal_of(again["ordinal"])
                mention.ordinal_span = (again.start("ordinal"), again.end("ordinal"))
            between = self.view[end : verb[1]]
            if re.search(r"\b(?:last|first|previously) (?:\w+ )?\w+$", between):
                mention.when = "previous"
                if re.search(r"\bfirst (?:met|gathered|convened)", between):
                    mention.ordinal, mention.ordinal_span = 1, (end, verb[1])
            mention.mode = mode_of(self.view[verb[0] : min(sentence.end, verb[1] + 60)])
            if anaphor and mention.group is None:
                mention.group = self._last_group(start)
                if mention.group is None:
                    continue
            found.append(mention)
        return found

    def _event(self, sentence: Sentence, start: int, end: int) -> Span | None:
        """Rule meeting-group-as-event: a contact group's name with a day right after it stands for its meeting."""
        if not self._groups_in(start, end) or "oalition" in self.view[start:end]:
            return None
        before = self.view[max(sentence.start, start - 30) : start]
        # "the 28th Ukraine Defence Contact Group": only meetings of it are counted.
        if re.search(r"\b(?:\d{1,2}(?:st|nd|rd|th)|[a-z]{3,}(?:th|first|second|third)) $", before):
            return start, end
        if not words.AS_EVENT.search(before):
            return None
        if re.match(
            r"(?: \([^)]*\))?,? (?:in [A-Z]\w+ )?on (?:[A-Z][a-z]+day|[A-Z][a-z]+\.? \d|\d)", self.view[end : end + 40]
        ):
            return start, end
        return None

    def _verb(self, sentence: Sentence, start: int, end: int) -> Span | None:
        """The verb that says a body meets, at most a few words after it, or before it ("will host the …")."""
        ceiling = min(sentence.end, end + 170)
        after = self.view[end:ceiling]
        match = words.MEET_VERB.search(after)
        if match:
            between = re.sub(r"\([^)]*\)|\"[^\"]*\"|, (?:which|who)[^,]*,", "", after[: match.start()])
            between = re.sub(r", (?:an?|the|which|who|also|better|as|known)\b[^,]*,", "", between)
            # ", which groups Norway, Denmark and Estonia, met": an insertion that is closed right before the verb.
            if re.match(r",|\s\(", after) and re.search(
                r"[,)]\s(?:has |had |have |will |also )?$", after[: match.start()]
            ):
                return end + match.start(), end + match.end()
            if (
                "," not in between.rstrip(", ")
                and ";" not in between
                and len(between) < 70
                and not re.search(
                    r"\b(?:said|says|agreed|told|who|that|which|at|after|before|to discuss|pledged)\b", between
                )
            ):
                return end + match.start(), end + match.end()
        before = self.view[max(sentence.start, start - 80) : start]
        host = words.HOST_VERB.search(before)
        # A coalition is joined, not met: only bodies of people are.
        if (
            host
            and self._groups_in(start, end)
            and re.match(r"joins?\b|joined|see\b|invited|met\b", host.group(), re.I)
        ):
            return None
        if (
            host
            and words.GROUP_ANAPHOR.fullmatch(self.view[start:end])
            and re.match(r"joins?\b|joined|see\b|invited|met\b|welcomed", host.group(), re.I)
        ):
            return None
        if host:
            offset = max(sentence.start, start - 80)
            return offset + host.start(), start
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
