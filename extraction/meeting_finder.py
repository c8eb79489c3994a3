"""Finds where an article speaks of meetings: noun phrases, clauses, and what takes one up again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from extraction import meeting_words as words
from extraction.document import Sentence
from extraction.group_names import GroupMention
from extraction.meeting_mentions import MOST_IN_SENTENCE, MeetingMention
from extraction.meeting_occasions import OccasionReader
from extraction.meeting_own import OwnParties
from extraction.meeting_pairs import keep_several
from extraction.meeting_parties import call_of, many_sided, of_group, of_parties, sides_between, take_part
from extraction.meeting_programme import programme
from extraction.meeting_sides import at_assembly, of_pair, several_sides
from extraction.meeting_stations import stations
from extraction.meeting_together import told_together
from extraction.meeting_towns import of_alliance
from extraction.people import People
from extraction.reading import Reading
from extraction.rolls import roll_of
from extraction.screening import Screened

# "after meeting the army's chief of staff", "while meeting with his counterpart".
_GERUND = re.compile(
    r" (?:with )?(?!(?:of|in|at|on|to|for|among|between) )[^,.;]{0,50}?\b(?:minister|president|chancellor|premier|"
    r"counterpart|chief of (?:the )?(?:\w+ )?staff|secretary(?:[- ]general)?|commander|chairman|ambassador)\b",
    re.I,
)
# Rule meeting-of-two: after "agreed with his Latvian counterpart", "the talks" are theirs.
_TWO_AGREED = Screened(
    r"\b(?:met|agreed|spoke|talked|conferred|discussed [^,.;]{3,60}|talks) with (?:his|her) (?:[A-Z]\w+ )?"
    r"(?:counterpart|colleague)\b"
)
_TWO_MET = Screened(
    r"\b(?:welcom(?:ed|es?)|host(?:ed|s)?|receiv(?:ed|es?)|met(?: \w+ly)?(?: (?:today|yesterday))?(?: with)?)\b"
)
_SEASON_AGO = re.compile(
    r"(?: in [A-Z]\w+)? (?:last (?:spring|summer|autumn|fall|winter|year)|a year ago|(?:two|three) years ago)\b"
)
_MEETS_AS = re.compile(r" (?:meeting|session|conference|summit|talks|consultations)\b")
_OF_VOTE = Screened(r"\b(?:votes?|voters|ballots?|elections?|referendum|run-?off|polls|percent|candidates?)\b")
# "after talks in Moscow had ended without a peace deal".
_FOR_PEACE = re.compile(r"[^.,;]{0,60}\b(?:peace (?:deal|agreement|plan|proposal)|ceasefire|truce|armistice)\b")
_OF_AID = re.compile(
    r" of (?:(?!the |talks|negotiat|meeting|consult|discuss|on |for |about |its )[\w.-]+ ){0,3}?(?:aid|assistance|"
    r"support|sanctions|funding|strikes|attacks|shelling|deliver(?:y|ies)|weapons|arms|ammunition|drawdowns?|cuts|tariffs|"
    r"donations|pledges|drawdown authority)\b|"
    r" (?:is|was|will be) (?:a|an|the) [^.;]{0,40}\b(?:drawdowns?|packages?|tranches?|authority)\b"
)
_THE_TRILATERAL = re.compile(
    r"\b(?:the|an?|this|that|our|their|its|his|her|first|\w+th|second|third|next|last|in|at|of|for|and|ministerial|"
    r"leaders'?|[A-Z][\w.-]+) (?:[\w.-]+ )?$"
)
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening))\b")
_TODAYS = re.compile(r"\b[Tt]oday's $")
_BESIDE_OTHERS = Screened(
    r"\b(?:separately|(?:before|after|ahead of|following) (?:the|a)|(?:sidelines|margins|fringes) of)\b"
)
_NOT_HEAD = re.compile(
    r"[ -](?:calls?|rooms?|halls?|tables?|venues?|points?|places?|Council|information|evidence|"
    r"Consultations|Dialogue)\b"
)
_NAME = re.compile(r" [A-Z][\w.'-]+(?: [A-Z]\.)? [A-Z][\w-]*[a-rt-z]\b(?!,? (?:and|with)\b|, [A-Z]|'s| [A-Z])")
_HOLDS = re.compile(
    r" (?:that|which) (?P<owner>(?P<nato>NATO|the [Aa]lliance)|the (?:EU|European Union|bloc|Union)) "
    r"(?:is |will |has |had |plans to )?(?:h[eo]lds?|holding|hosts?|convenes?|convened|called?|planned|plans)\b"
)
_WHERE = re.compile(r" (?:place|point|venue)\b")
_BEFORE_GERUND = re.compile(r"\b(?:after|before|while|when|by|upon|since) $", re.I)


# "a summit to promote the work of the coalition"
_FOR_GROUP = re.compile(
    r" to (?:promote|support|advance|develop|discuss|strengthen) (?:the work of )?(?:the|this) "
    r"(?:coalition|group|format|initiative|alliance)\b"
)
# "Earlier in the day, the three had held trilateral talks": besides the meeting told of before.
_THAT_SAME_DAY = re.compile(
    r"(?:Earlier|Later)(?: (?:in|on))?(?: (?:the|that|the same) (?:day|morning|evening)|(?: on)? \w+day)\b"
)
# Two who talk of "our summit" mean the one of their alliance.
_OURS = re.compile(r"\b[Oo]ur (?:\w+ )?$")
# "when the leaders of the coalition held a summit"
_OF_THE_GROUP = re.compile(
    r"\b(?:leaders|ministers|members|chiefs|directors|representatives|countries|nations) of (?:the|that|this) "
    r"(?:[\w-]+ )?(?:group|coalition|format|initiative|alliance)\b[^,.;:]{0,40}$"
)
# "had a joint meeting, too, with": besides the one told of before.
_TOO = re.compile(r",? (?:too|as well)\b")
_NONE = re.compile(r"\b[Nn]o (?:[\w-]+ ){0,3}?$")
# "a person familiar with the discussions", "talks were ongoing": what is spoken of over weeks, not when anybody met.
_GOING_ON = re.compile(r"\b(?:familiar with|knowledge of|briefed on|aware of) (?:the |these |those )?(?:\w+ )?$")
_GO_ON = re.compile(r" (?:are|were|remain(?:ed)?) (?:still )?(?:ongoing|under ?way|continuing|in progress)\b")


class MeetingFinder(OccasionReader):
    """Finds the meeting mentions of one article."""

    # Where a meeting of several and one of two was last spoken of.
    _named_at = -1
    _refused_at = -1
    # Whether two are said to have met today.
    _two_today = False

    def __init__(self, reading: Reading, groups: list[GroupMention], persons: People) -> None:
        super().__init__(reading, groups, persons)
        self._roll = roll_of(reading, persons)
        self._own = OwnParties(reading, persons)

    def find(self) -> list[MeetingMention]:
        """Every mention that may speak of a multinational meeting, in order."""
        found: list[MeetingMention] = []
        for sentence, here in self.named(found):
            here += self.weighed(sentence, here, found)
            found.extend(sorted(here, key=lambda m: m.start))
        of_alliance(self.reading, found)
        return found

    def named(self, found: list[MeetingMention]) -> Iterator[tuple[Sentence, list[MeetingMention]]]:
        """Sentence by sentence the mentions that words for meetings make, given those `found` in sentences before."""
        for sentence in self.reading.sentences:
            two = _TWO_AGREED.search(sentence.text)
            if two is not None:
                self._refused_at = max(self._refused_at, sentence.start + two.start())
            self._refused_at = max(self._refused_at, self._two_met(sentence))
            nouns = self._nouns(sentence)
            verbs = self.clauses(sentence, nouns)
            self._named_at = max([self._named_at, *(m.start for m in verbs if m.kind == "verb")])
            here = told_together(self, sentence, sorted(nouns + verbs, key=lambda m: m.start))
            self._own.give(here)
            here += self._own.told(sentence, here)
            pronoun = self.pronoun(sentence, found) if not here else []
            here += self.listed(sentence, here) + self.diary(sentence, here)
            here += self.stops(sentence, here) + self.twice(sentence, here)
            here += self.elliptic(sentence, found, here) + pronoun
            here += self.launches(sentence, here)
            grouped = self._grouped(sentence)
            here += of_group(self.reading, sentence, here, self.groups)
            here += of_parties(self.reading, self.persons, sentence, here, grouped, self._roll)
            here += call_of(self.reading, self.persons, sentence) if not here else []
            here = programme(self, sentence, here)
            self.keep_company(sentence, here, grouped)
            if not keep_several(sentence, here):
                here += self.occasions(sentence, here, found, grouped)
            here += stations(self.reading, sentence, here, found, self.last_group(sentence.end))
            if not (here or grouped) and found and sentence.index - found[-1].sentence.index == 1:
                take_part(self.reading, self.persons, sentence, found[-1])
            yield sentence, here

    def _two_met(self, sentence: Sentence) -> int:
        """Rule meeting-of-two: after "Secretary A welcomed President B to the Pentagon", "their meeting" is theirs."""
        match = None if sentence.is_title else _TWO_MET.search(sentence.text)
        if match is None or _BESIDE_OTHERS.search(sentence.text) or self.groups_in(sentence.start, sentence.end):
            return -1
        verb = sentence.start + match.start()
        host = [p for p, _ in self.persons.between(sentence.start, verb)]
        guests = [p for p, _ in self.persons.between(verb, sentence.end)]
        alone = len(host) == 1 and len(guests) == 1 and host[0] is not guests[0]
        if not alone or host[0].affiliation == guests[0].affiliation:
            return -1
        self._two_today |= _TODAY.search(sentence.text) is not None
        return verb

    def _grouped(self, sentence: Sentence) -> bool:
        """Is a group named in the headline, or in the sentence or the one before it?"""
        before = self.reading.sentences[max(0, sentence.index - 1)]
        titles = [s for s in self.reading.sentences[:2] if s.is_title]
        return any(self.groups_in(s.start, s.end) for s in [*titles, before, sentence])

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
        left = self.left(sentence, start)
        right = self.right(sentence, end)
        before, after = self.view[left:start], self.view[end:right]
        phrase = self.view[left:right]
        # "there will be no meeting in the near future", "the forum's future": none is spoken of.
        if _NONE.search(self.view, max(sentence.start, left - 3), start) or (
            noun == "forum" and self.view.startswith("'s", end)
        ):
            return None
        if noun == "ramstein" and not self.groups_in(left, end):
            return None
        if self._going_on(sentence, start, end):
            return None
        # "this ministerial meeting" is one; "the first round" of an election is none.
        if noun == "ministerial" and _MEETS_AS.match(self.view, end):
            return None
        if self._other_round(sentence, start, end):
            return None
        # "we just saw trilateral patrols": of patrols, not of those who met.
        if noun == "trilateral" and not _THE_TRILATERAL.search(self.view, max(sentence.start, start - 40), start):
            return None
        # "her first conference call", "the meeting room".
        if _NOT_HEAD.match(self.view, end):
            return None
        if words.REJECT.search(before) or words.REJECT.search(after[:30]) or at_assembly(self.view, end):
            self._refused_at = start if words.OF_TWO.search(before) else self._refused_at
            return None
        numbered = words.NUMBERED.match(self.view[end : end + 14])
        if (
            noun == "meeting"
            and not numbered
            and re.search(
                r"\b(?:are|is|was|were|be|been)\s(?:\w+ly )?$", self.view[max(sentence.start, start - 20) : start]
            )
        ):
            return None
        # "after meeting the army's chief of staff" is what somebody did.
        if noun == "meeting" and self._gerund(sentence, start, end):
            return None
        # "Meeting the moment": what a heading or clause says is done.
        if noun == "meeting" and not before.strip(" *") and words.MET_NEED.match(self.view, end):
            return None
        if noun == "session" and re.search(
            r"\b(?:are|is|was|were|be|been) in $", self.view[max(left, start - 10) - 10 : start]
        ):
            return None
        mention = MeetingMention("noun", start, end, left, right, sentence)
        mention.plural = noun.endswith("s") and noun not in (
            "talks",
            "consultations",
            "discussions",
            "deliberations",
        )
        # "concluded two days of meetings" is one meeting of theirs.
        mention.plural = mention.plural and not re.search(r"\bdays of $", before + self.view[start - 8 : start])
        mention.summit = noun.startswith("summit")
        self.describe(mention, phrase, left)
        owner = _HOLDS.match(self.view, end) if mention.group is None and mention.organisation is None else None
        if owner is not None:
            # "the summit that NATO holds in July" is the alliance's.
            mention.organisation = "NATO" if owner["nato"] else "EU"
            mention.organisation_span = (owner.start("owner"), owner.end("owner"))
        # "At the NATO summit last summer": another than the one at hand.
        if not mention.when and _SEASON_AGO.match(self.view, max(end, right if right == end else end)):
            mention.when = "previous"
        mention.sides = sides_between(self.reading, self.persons, sentence, start, end)
        mention.states = bool(mention.sides) or several_sides(self.reading, sentence, end) or many_sided(phrase)
        mention.separate = mention.states and bool(
            re.search(r"\b(?:separate|another)\b", before)
            or _THAT_SAME_DAY.match(sentence.text)
            or _TOO.match(self.view, end, sentence.end)
        )
        if not self._convened(mention, noun):
            return None
        named = mention.group is not None or mention.organisation is not None or mention.states
        if not named and of_pair(self.reading, sentence, start):
            self._refused_at = start
            return None
        if self._in_general(mention, noun):
            return None
        # "In a meeting with the commander, the minister spoke of the coalition": no group of the meeting.
        beyond = mention.group is not None and "," in self.view[end : max(end, mention.group.start)]
        theirs = mention.group is not None and not beyond
        if words.WITH_PERSON.match(after) and not mention.states and not theirs and mention.body is None:
            self._refused_at = start
            return None
        if re.search(
            r"\b(?:[Gg]roup|[Cc]oalition|[Ff]ormat|[Cc]ompact|[Dd]ialogue|[Pp]ool|[Pp]latform|[Cc]lub|"
            r"[Ii]nitiative)'s (?:[A-Z][a-z]+\.? \d{1,2} |\w+ )?$",
            self.view[max(sentence.start, left - 1) : start],
        ):
            mention.group = mention.group or self.last_group(start)
        if mention.group is None and _FOR_GROUP.match(self.view, end, sentence.end):
            mention.group = self.last_group(sentence.end)
        if mention.group is None and _OF_THE_GROUP.search(self.view, sentence.start, left):
            mention.group = self.last_group(start)
        if re.search(r"\bwhose (?:[\w-]+ ){0,2}$", self.view[max(sentence.start, start - 40) : start]):
            mention.group = mention.group or self.last_group(start)
        # "the meeting of its steering group" is that of the group just named.
        if mention.group is None and mention.body in ("steering", "working") and mention.organisation is None:
            last = self.last_group(start)
            if last is not None and sentence.index - self.reading.document.sentence_at(last.start).index <= 2:
                mention.group = last
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
        mention.definite = bool(
            determiner and determiner.group(1).lower() in ("the", "this", "that", "these", "both", "our")
        )
        # After talks of two, "the ministerial" is theirs.
        theirs = self._refused_at > self._named_at and mention.body_span is not None
        theirs = theirs and self.view[slice(*(mention.body_span or (0, 0)))].lower() == "ministerial"
        alone = theirs or (mention.body == "leaders" and mention.body_span == (start, end))
        named = mention.group is not None or mention.organisation is not None
        named = named or (mention.body is not None and not alone)
        if not named and self._two_today and _TODAYS.search(self.view, max(0, start - 12), start):
            return None
        if named or mention.states:
            self._named_at = start
        else:
            # Rule meeting-of-two: after "a meeting with the deputy commander", "the meeting" is theirs.
            ours = mention.summit and _OURS.search(self.view, max(sentence.start, start - 16), start)
            if self._refused_at > self._named_at and not (mention.when or mention.ordinal or ours):
                return None
            if re.match(r"edition|inst|incarn", noun):
                return None
            apart = mention.when or mention.ordinal or mention.definite or words.ONE_MORE.match(self.view, left)
            told = re.match(
                r"[^.;]{0,70}\b(?:held|hosted|took place|opened|chaired|convened)\b", self.view[end : sentence.end]
            )
            if not words.PLAIN.fullmatch(noun) and noun not in ("talks", "event", "conference") and not (apart or told):
                return None
            mention.kind = "anaphor"
        return mention

    def _gerund(self, sentence: Sentence, start: int, end: int) -> bool:
        """Is "meeting" what somebody did: "after meeting the chief of staff", "after meeting Ann Lee in Oslo"?"""
        if not _BEFORE_GERUND.search(self.view, max(sentence.start, start - 7), start):
            return False
        named = _NAME.match(self.view, end, sentence.end)
        return bool(_GERUND.match(self.view, end)) or (named is not None and not self.reading.hits_in(end, named.end()))

    def _in_general(self, mention: MeetingMention, noun: str) -> bool:
        """Rule meeting-in-general: "bringing partners on board in NATO discussions" has neither body, day nor town."""
        if noun not in ("talks", "discussions", "consultations", "deliberations") or mention.definite or mention.states:
            return False
        if mention.group is not None or mention.organisation is None or mention.body is not None:
            return False
        return not self.reading.dates_of(mention.sentence) and not self._town(mention.sentence)

    def refused(self, sentence: Sentence) -> bool:
        """Does a sentence name a gathering that is none of ours: a board's general meeting, peace talks?"""
        for match in islice(words.NOUN.finditer(sentence.text), MOST_IN_SENTENCE):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            before = self.view[self.left(sentence, start) : start]
            after = self.view[end : min(self.right(sentence, end), end + 30)]
            if words.REJECT.search(before) or words.REJECT.search(after) or at_assembly(self.view, end):
                return True
            if _WHERE.match(self.view, end):
                continue
            if _NOT_HEAD.match(self.view, end) or self._going_on(sentence, start, end):
                return True
            if self._gerund(sentence, start, end):
                return True
            if self._other_round(sentence, start, end):
                return True
            if self._two_today and _TODAYS.search(self.view, max(0, start - 12), start):
                return True
            if of_pair(self.reading, sentence, start):
                return True
        return False

    def _other_round(self, sentence: Sentence, start: int, end: int) -> bool:
        """ "The first round" of an election and "the latest round of military aid" are no meetings."""
        if not self.view[start:end].lower().startswith("round"):
            return False
        return bool(_OF_VOTE.search(sentence.text) or _OF_AID.match(self.view, end, sentence.end))

    def _going_on(self, sentence: Sentence, start: int, end: int) -> bool:
        """Rule meeting-going-on: talks that somebody is familiar with, or that are under way, are no gathering."""
        if self.view[start:end].lower() not in ("talks", "discussions", "consultations", "deliberations"):
            return False
        known = _GOING_ON.search(self.view, max(sentence.start, start - 40), start)
        return bool(known or _GO_ON.match(self.view, end) or _FOR_PEACE.match(self.view, end, sentence.end))

    def _convened(self, mention: MeetingMention, noun: str) -> bool:
        """Rule meeting-signing: the signing of a paper is a gathering where a group, a day or a town is named."""
        if noun not in ("launching", "founding", "signing"):
            return True
        if words.ROUND_MADE.search(self.view, max(mention.sentence.start, mention.start - 20), mention.start):
            return False
        told = bool(self.reading.dates_of(mention.sentence)) or self._town(mention.sentence)
        return told or mention.group is not None
