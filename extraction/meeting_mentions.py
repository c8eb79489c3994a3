"""Mentions of meetings: the noun phrase or clause that names one, with what it says of group, body and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from extraction.document import Sentence
from extraction.groups import GroupMention
from extraction.lexicon import ORDINAL_WORDS, ordinal_of
from extraction.reading import Reading

Span = tuple[int, int]
# No sentence of prose names more meetings; the bound keeps the work on garbage linear.
MOST_IN_SENTENCE = 8

_NOUN = re.compile(
    r"\b(?:(?P<noun>meetings?|sessions?|summits?|gatherings?|huddle|ministerials?|conferences?|talks|plenar(?:y|"
    r"ies)|(?<=the )launch(?= of)|"
    r"(?:video|tele)[- ]?conferences?|get-together|consultations|forum|discussions|rounds?|meet-up|event|"
    r"[Rr]amstein-\d{1,2})|(?<=next )(?P<ramstein>Ramstein)|Ramstein(?= (?:was|is|took|takes|will|has|had|on|"
    r"in)\b))\b(?!-)",
    re.I,
)
# Only these say "meeting" by themselves; "talks", "forum", "event" need a body or group with them.
_PLAIN = re.compile(
    r"meetings?|sessions?|summits?|gatherings?|huddle|ministerials?|plenary|video.?conferences?|ramstein.*", re.I
)
_LEFT_STOP = re.compile(
    r"[,;:.\u2014?!]|\s-\s|\b(?:in|at|during|after|before|following|of|to|for|with|on|by|from|that|which|when|"
    r"will|would|while|"
    r"hold|holds|held|attend|attends|attended|attending|host|hosts|hosted|hosting|chair|chairs|chaired|is|was|"
    r"are|were|be|"
    r"said|announced|ahead|since|until|about|as|opened|joined|and then|called|calls|have|has|had|organi[sz]ed?|into|"
    r"took part|convened?|(?<!-)led|between|under|if|whether|than|through|against|chairing|co-chaired|preparing|"
    r"postponed?|"
    r"addressed|addressing|leads|leading|lead|visited|seeing|scheduled|told|tells|whose|who)\b(?!-)"
)
_RIGHT_STOP = re.compile(
    r"[;.?!\u2014]|, (?!Germany|the )|\b(?:will|would|is|was|are|were|has|had|have|said|says|took|takes|that|"
    r"which|when|where|"
    r"who|to discuss|to be|can|could|may|should|began|ended|opened|focused|agreed|due|set for|scheduled|she|he|they)\b"
)
_DETERMINER = re.compile(
    r"\b(?P<det>the|this|that|these|those|a|an|its|their|his|her|our|another|both|every|such)\b", re.I
)
BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "armaments_directors",
        re.compile(
            r"\b(?:[Nn]ational )?(?:[Aa]rm(?:s|ament|aments)|[Ww]eapons) (?:[Dd]irectors?|[Cc]hiefs|[Bb]uyers)\b|"
            r"\bNADs?\b|(?<=the )directors\b"
            r"|\b[Dd]irectors of (?:[Nn]ational )?[Aa]rmaments\b|\b[Dd]efen[cs]e procurement (?:chiefs|directors)\b"
        ),
    ),
    (
        "chiefs_of_defence",
        re.compile(
            r"\b(?:[Cc]hiefs of (?:the )?(?:[Dd]efen[cs]e|[Gg]eneral|[Ss]taff)(?: [Ss]taffs?)?|[Mm]ilitary (?:chiefs|"
            r"[Cc]ommittee)|"
            r"[Aa]rmy chiefs|[Tt]op (?:military )?(?:commanders|generals)|[Cc]HODs?|[Mm]ilitary commanders)\b"
        ),
    ),
    (
        "ministers",
        re.compile(
            r"\b(?:[Ff]oreign and )?[Dd]efen[cs]e(?: and [Ff]oreign)? (?:[Mm]inisters|[Cc]hiefs|[Ss]ecretaries|"
            r"[Ll]eaders|[Mm]inisterials?|[Oo]fficials|[Hh]eads)"
            r"(?:' ?)?|\b[Mm]inisters of (?:[Nn]ational )?[Dd]efen[cs]e\b|"
            r"\b[Dd]efen[cs]e [Mm]inister(?:ial)? (?:[Mm]eeting|[Ss]ession|level)"
            r"|\b[Mm]inisterials?\b|\b[Ff]oreign [Mm]inisters\b|\b[Dd]efen[cs]e counterparts\b|\b[Mm]inisters\b"
        ),
    ),
    ("steering", re.compile(r"\b(?:[Jj]oint )?[Ss]teering (?:[Gg]roups?|[Bb]oards?|[Cc]ommittees?)\b")),
    (
        "leaders",
        re.compile(
            r"\b(?:[Ll]eaders?(?:'s?)?(?:[- ][Ll]evel)?|[Hh]eads of (?:[Ss]tate|[Gg]overnment)|[Ss]ummits?|"
            r"[Pp]residents|[Pp]rime [Mm]inisters)\b"
        ),
    ),
    (
        "council",
        re.compile(r"\b(?:NATO-Ukraine|Ukraine-NATO|North Atlantic|European|Foreign Affairs) Council\b"),
    ),
    (
        "working",
        re.compile(
            r"\b[Tt]echnical [Gg]roups?\b|\b[Ww]orking (?:[Gg]roups?|[Ll]evel)\b|"
            r"\b[Ee]xpert[- ][Ll]evel\b"
        ),
    ),
)
_BODY_SUBJECT = re.compile(
    r"\b(?:(?:[Ff]oreign and )?[Dd]efen[cs]e (?:[Mm]inisters|[Cc]hiefs|[Ll]eaders|[Ss]ecretaries)|"
    r"[Mm]inisters of (?:[Nn]ational )?[Dd]efen[cs]e|"
    r"(?:[Nn]ational )?(?:[Aa]rm(?:s|ament|aments)|[Ww]eapons) (?:[Dd]irectors|[Cc]hiefs)|"
    r"[Cc]hiefs of [Dd]efen[cs]e|[Jj]oint [Ss]teering [Gg]roup|"
    r"[Ss]teering (?:[Gg]roup|[Cc]ommittee|[Bb]oard)|[Tt]echnical [Gg]roup|[Ww]orking [Gg]roup|(?:NATO-Ukraine|"
    r"North Atlantic|Foreign Affairs) Council|"
    r"[Ff]oreign [Mm]inisters|[Mm]inisters|[Ll]eaders|"
    r"[Mm]ilitary chiefs|(?<=the )directors)\b"
)
_MEET_VERB = re.compile(
    r"\b(?:met|meets?|meeting|convene[sd]?|gather(?:s|ed|ing)?|assemble[sd]?|assembling|sit(?:s|ting)?(?: down)?|"
    r"sat(?: down)?|reconvene[sd]?|huddle[sd]?|"
    r"(?:hold|holds|held|holding) (?:a |an |its |their |the )?(?:\w+[- ]){0,4}?(?:meeting|session|talks|video|"
    r"summit|conference)|"
    r"due in|come together|came together|confer(?:s|red)?|(?:are|is|was|were) in session)\b",
    re.I,
)
_HOST_VERB = re.compile(
    r"\b(?:will host|to host|hosts|hosted|is hosting|hosting|convened|brought together|brings together|gathered|"
    r"will convene|"
    r"will gather|will bring together|invited|summoned|joins?|joined|met(?: with)?|meets?(?: with)?|see|to chair|"
    r"will chair|chaired|chairs|"
    r"attend(?:s|ed|ing)?|addressed|addresses|opened|received|welcomed|receives|take part in|"
    r"took part in)\b[^.;,]{0,50}$",
    re.I,
)
_REJECT = re.compile(
    r"\b(?:press|news|bilateral|trilateral call|cabinet|peace|ceasefire|cease-fire|truce|negotiat\w+|exercise|drill|"
    r"town hall|shareholders?|annual general|climate|trade|economic|finance ministers?|emergency session of parliament|"
    r"parliamentary|phone|telephone|one-on-one|private|staff|security council|general assembly|training|photo|question|"
    r"investors?|budget|business|recovery|reconstruction|cup|league|games|match|working lunch|tabletop|table-top|"
    r"energy|agricultur\w+|health|culture|interior)\b",
    re.I,
)
_WITH_PERSON = re.compile(
    r"^\s?(?:\w+ ){0,2}?(?:with|between)\s(?!(?:the )?(?:defen[cs]e|other|allied|nato|eu|jef|more|some|about|represent|"
    r"ministers|leaders|allies|partners|members|counterparts|officials|\d))",
    re.I,
)
_ORDINAL = re.compile(
    r"\b(?P<ordinal>\d{1,3}(?:st|nd|rd|th)|(?:twenty|thirty|forty)[- ](?:first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth)|"
    + "|".join(sorted((w for w in ORDINAL_WORDS if "-" not in w and w != "zeroth"), key=len, reverse=True))
    + r")\b(?! (?:day|time|year|week|half|package|anniversary|term|of \w+ day|quarter|century|round of sanctions))",
    re.I,
)
_FOR_TIME = re.compile(r"\bfor (?:the|its|their|an?) (?P<ordinal>[\w-]+) time\b", re.I)
_PREVIOUS = re.compile(
    r"\b(?:last|latest|previous|prior|preceding|earlier|most recent|past|first met|had first met|last met|inaugural)\b",
    re.I,
)
_NEXT = re.compile(r"\b(?:next|upcoming|coming|following|forthcoming|future)\b", re.I)
_ALLIED = re.compile(
    r"\b[Aa]lliance's (?:own )?[Dd]efen[cs]e [Mm]inisters\b|\bAllied (?:[Dd]efen[cs]e )?[Mm]inisters\b|"
    r"\b[Mm]inisters (?:of [Dd]efen[cs]e )?of the [Aa]lliance\b"
)
_VIRTUAL = re.compile(
    r"\b(?:virtual(?:ly)?|online|video[- ]?(?:conference|link|call)|teleconference|remote(?:ly)?|via video)\b", re.I
)
_HYBRID = re.compile(r"\bhybrid\b", re.I)
_IN_PERSON = re.compile(r"\b(?:in person|in-person|face-to-face)\b", re.I)


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


# "the coalition", "the Compact": the group last named. "it met", "which meets": the same where a group is the subject.
_GROUP_ANAPHOR = re.compile(
    r"\b(?:(?:[Tt]he|[Tt]hat|[Tt]his) (?:[\w-]+[- ]){0,2}?(?:group|coalition|[Cc]ompact|initiative|[Dd]ialogue|"
    r"[Pp]ool|platform|club|format)\b"
    r"(?! of|'s| for)|(?<=when )it\b|(?<=, )which\b|(?:(?<=^)|(?<=\. ))It\b)"
)
_PRONOUN_STATE = re.compile(
    r"\b(?:postponed|cancel(?:l?ed)|called off|rescheduled|put off) (?:it|that|this)\b|\b[Ii]t (?:will|was|is|"
    r"had been|has been|would) (?:\w+ ){0,2}?"
    r"(?:take place|held|be held|postponed|cancel(?:l?ed)|called off|scheduled|chaired|hosted|attended|opened)\b"
)
# "today's gathering", "Saturday's meeting", "last week's session" are owned by no person.
_TIME_OWNER = re.compile(
    r"today|yesterday|tomorrow|week|month|year|autumn|spring|summer|winter|\w+day|january|"
    r"february|march|april|may|june|july|august|"
    r"september|october|november|december",
    re.I,
)
# "at the Contact Group on Jan. 9": the group's name stands for its meeting.
_AS_EVENT = re.compile(
    r"\b(?:at|for|of|to|during|after|before|attend\w*|chair\w*|host\w*|of the \w+) (?:the |a )?(?:[\w-]+ )?$"
)


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
        for match in islice(_NOUN.finditer(sentence.text), MOST_IN_SENTENCE):
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
        if _REJECT.search(before) or _REJECT.search(after[:30]):
            return None
        if noun == "meeting" and re.search(
            r"\b(?:are|is|was|were|be|been)\s(?:\w+ly )?$", self.view[max(sentence.start, start - 20) : start]
        ):
            return None
        mention = MeetingMention("noun", start, end, left, right, sentence)
        mention.plural = noun.endswith("s") and noun not in ("talks", "consultations", "discussions")
        mention.summit = noun.startswith("summit")
        self._describe(mention, phrase, left)
        if _WITH_PERSON.match(after) and mention.group is None and mention.body is None:
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
            and not _TIME_OWNER.fullmatch(owned["owner"] or "")
            and mention.group is None
            and mention.organisation is None
            and mention.body is None
        ):
            return None
        determiner = _DETERMINER.search(before) or re.search(
            r"\b(the|this|that|its|their)\s$", self.view[max(0, left - 6) : left]
        )
        mention.definite = bool(determiner and determiner.group(1).lower() in ("the", "this", "that", "these", "both"))
        named = mention.group is not None or mention.body is not None or mention.organisation is not None
        if not named:
            if not _PLAIN.fullmatch(noun) and noun not in ("talks", "event", "conference"):
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
        for match in _LEFT_STOP.finditer(masked):
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
        match = _RIGHT_STOP.search(re.sub(r"\([^)]*\)|U\.S\.|U\.K\.", lambda m: "_" * len(m.group()), text))
        return end + (match.start() if match else len(text))

    def _describe(self, mention: MeetingMention, phrase: str, offset: int) -> None:
        """Group, organisation, body, number and mode that a phrase names."""
        end = offset + len(phrase)
        groups = self._groups_in(offset, end)
        before = [g for g in groups if g.start < mention.start]
        if groups:
            mention.group = before[-1] if before else groups[0]
        for name, pattern in BODIES:
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
        if mention.organisation is None and (match := _ALLIED.search(phrase)) is not None:
            mention.organisation, mention.organisation_span = "NATO", (offset + match.start(), offset + match.end())
        for match in _ORDINAL.finditer(phrase):
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
        if _PREVIOUS.search(phrase[: max(0, mention.start - offset)]):
            mention.when = "previous"
        elif _NEXT.search(phrase[: max(0, mention.start - offset)]):
            mention.when = "next"
        mention.mode = mode_of(phrase)

    def _pronoun(self, sentence: Sentence, found: list[MeetingMention]) -> list[MeetingMention]:
        """Rule meeting-pronoun: "we have postponed that", "it will take place in May" after a meeting was named."""
        if not found or sentence.index - found[-1].sentence.index > 2 or sentence.is_title:
            return []
        match = _PRONOUN_STATE.search(sentence.text)
        if match is None:
            return []
        start = sentence.start + match.start()
        end = sentence.start + match.end()
        return [MeetingMention("anaphor", start, end, start, end, sentence, definite=True)]

    # -- verbs --------------------------------------------------------------------------------------------

    def _verbs(self, sentence: Sentence, nouns: list[MeetingMention]) -> list[MeetingMention]:
        found: list[MeetingMention] = []
        subjects: list[Span] = [(g.start, g.end) for g in self._groups_in(sentence.start, sentence.end)]
        for match in _BODY_SUBJECT.finditer(sentence.text):
            span = (sentence.start + match.start(), sentence.start + match.end())
            if not any(s < span[1] and span[0] < e for s, e in subjects):
                subjects.append(span)
        for match in _GROUP_ANAPHOR.finditer(sentence.text):
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
            anaphor = bool(_GROUP_ANAPHOR.fullmatch(self.view[start:end]))
            if mention.group is None and mention.body is None and not anaphor:
                continue
            again = _FOR_TIME.search(self.view, verb[0], sentence.end)
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
        if not _AS_EVENT.search(before):
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
        match = _MEET_VERB.search(after)
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
        host = _HOST_VERB.search(before)
        # A coalition is joined, not met: only bodies of people are.
        if (
            host
            and self._groups_in(start, end)
            and re.match(r"joins?\b|joined|see\b|invited|met\b", host.group(), re.I)
        ):
            return None
        if (
            host
            and _GROUP_ANAPHOR.fullmatch(self.view[start:end])
            and re.match(r"joins?\b|joined|see\b|invited|met\b|welcomed", host.group(), re.I)
        ):
            return None
        if host:
            offset = max(sentence.start, start - 80)
            return offset + host.start(), start
        return None


def mode_of(text: str) -> str | None:
    """in_person | virtual | hybrid, where a text says how a meeting is held."""
    if _HYBRID.search(text):
        return "hybrid"
    if _VIRTUAL.search(text):
        return "virtual"
    return "in_person" if _IN_PERSON.search(text) else None


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
