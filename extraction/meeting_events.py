"""Meetings told without any of the usual words: a sentence weighed by what it holds of a meeting.

"Seven ministers walked into the old customs house in Gdynia on Tuesday" has no noun for a meeting and no verb of
gathering, but a body, a town, a day. Rule meeting-weighed: a logistic model over such signs and the sentence's own
words (`meeting_sentences.csv`, made by `python -m extraction.meeting_fit`) says how likely a sentence with a day or a
town tells of a meeting; what it finds is joined to the meeting at hand unless day or town say otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path

from extraction import meeting_words as words
from extraction.document import Sentence
from extraction.logistic import Model
from extraction.meeting_attributes import attendance_in
from extraction.meeting_launches import LaunchReader
from extraction.meeting_mentions import MeetingMention, Span
from extraction.meeting_neighbours import of_a_thing
from extraction.screening import Screen, Screened

WEIGHTS = Model(Path(__file__).with_name("meeting_sentences.csv"))
# From this probability on a sentence tells of a meeting.
THRESHOLD = 0.5
MOST_CHARACTERS = 500

_PEOPLE = Screened(
    r"\b(?:(?:defen[cs]e )?(?:ministers|secretaries)|delegations?|delegates|directors|leaders|"
    r"(?<!Joint )chiefs|colleagues|counterparts|opposite numbers|heads of (?:state|government)|generals|admirals|"
    r"envoys|capitals|allies|partners|participants|principals|armaments (?:directors|chiefs))\b",
    re.I,
)
_SIGNS = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        (
            "meets",
            rf"\b(?:(?:met|meets?)(?!{words.NEED})|meeting|gather\w*|conven\w+|assembl\w+|reconven\w+|reunion|get-together)\b",
        ),
        (
            "gathering",
            r"\b(?:session|sitting|summit|talks|round|edition|plenary|ministerial|conference|huddle|consultations|"
            r"deliberations|dinner|lunch|retreat|discussions)\b",
        ),
        (
            "chair",
            r"\b(?:in the chair|chair(?:ed|s|ing)?|presid(?:ed|es|ing)|gavel|host(?:ed|s|ing)?|guests? of|welcom\w+|"
            r"receiv(?:e|ed|es|ing)|invit\w+|play(?:s|ed)? host|convenor)\b",
        ),
        (
            "seat",
            r"\b(?:sat(?! as)|sits?(?! as)|sitting|seated|round the table|around the table|"
            r"at the table|in the room|on screens?|by video|by link|online|virtual\w*|dial\w+ in|agenda)\b",
        ),
        (
            "agrees",
            r"\b(?:agree[ds]?|sign(?:ed|s)?|pledge[ds]?|decide[ds]?|approve[ds]?|endorse[ds]?|adopt(?:ed|s)?|"
            r"settled?|discuss(?:ed|es)?|inked|communique|declaration)\b",
        ),
        (
            "attends",
            r"\b(?:took part|take part|takes part|attend\w*|represented|(?:was|were) present|showed up|"
            r"travel\w+|flew|"
            r"arriv\w+)\b",
        ),
    )
)
_SCREEN = Screen([pattern for _, pattern in _SIGNS])
_AGAINST = Screened(
    r"\b(?:bilateral\w*|exercises?|drills?|parliament\w*|cabinet|press conference|news conference|telephone\w*|"
    r"by phone|shareholders?|court|factory|plant|company|contract|election|funeral|concert|tour|visited|"
    r"peace talks|ceasefire|negotiators|born|married|retired|arrested|festival|trade fair|"
    r"sailors|manoeuvres|maneuvers|the two (?:leaders|presidents|men|ministers)|both (?:leaders|presidents|"
    r"ministers))\b",
    re.I,
)
_FOUNDED = Screened(r"\b(?:was|were|been) (?:founded|created|set up|established|announced|born|formed|conceived)\b")
_WITH_ONE = Screened(
    r"\b(?:met|meets|meet|meeting|spoke|talked|speaks?|call) (?:separately )?with (?:the (?:[a-z]+ ){0,2})?[A-Z]|"
    r"\b(?:met|meets|hosted|hosts|received|welcomed|called) (?:today )?(?:[A-Z][\w.]+ ){0,3}?"
    r"(?:President|Prime Minister|Minister|Secretary|Chancellor|Premier|Advisor)\b|"
    r"\b(?:met|meets|to (?:meet|see)) [A-Z][\w'-]+ [A-Z][\w'-]+"
)
# Rule scope-counterpart: "with his Latvian counterpart" makes two, as "the two ministers" are, and a guest with the one
# who meets him at the station.
_OF_TWO = Screened(
    r"\b(?:was|were|is|be|been) (?:met|received|welcomed|greeted) (?:(?:at|in|on|there|outside) [^,.;]{0,40})?by "
    r"(?![^,.;]*\b(?:ministers|leaders|chiefs|counterparts|colleagues)\b)|"
    r"\b(?:with|invited|received|welcomed|hosted|visited) (?:his|her) (?:[\w-]+ ){0,3}?"
    r"(?:counterpart|colleague|opposite number)\b|"
    r"\b(?:[Tt]he two|[Bb]oth) (?:leaders|ministers|men|officials|presidents|secretaries)\b"
)
# "Under the list, agreed in July, allies pay": when a paper was made, not who met.
_MADE = re.compile(r", (?:first )?(?:agreed|signed|approved|adopted|endorsed) (?:in|on|last|this) [\w ]{3,25}, ")
# "It was announced by the leaders of three countries": they spoke, and need not have met.
_ANNOUNCED = Screened(r"\b(?:was|were|been) (?:\w+ )?(?:announced|proclaimed|unveiled) by\b")
# "Today marks three years since the leaders of our three countries announced it".
_ANNIVERSARY = Screened(r"\bmark(?:s|ed|ing)? (?:the )?(?:[\w-]+ )?(?:years?|months?|anniversary)\b")
# A ceremony gathers people for something else.
_CEREMONY = Screened(
    r"\b(?:memorial service|funeral|wreath|(?:change[- ]of[- ]command|farewell|retirement|awards?|opening|naming|"
    r"welcome|commissioning) ceremony|honor cordon|state dinner|town hall)\b",
    re.I,
)
# "the three countries signed the AUKUS pact": how a group came to be, unless it says where.
_SIGNED_PACT = Screened(r"\bsigned (?:the|an?) (?:[\w-]+ ){0,3}?(?:pact|treaty|accord)\b(?![^.;]* (?:in|at) [A-Z])")
_SPOKEN_DAY = re.compile(
    r"\b(?:said|says|told|announced|added|wrote|posted|confirmed|approved|signed|published)\b[^,;]{0,40}$", re.I
)
_MONEY = re.compile(r"[$\u20ac\u00a3]\s?\d|\b(?:million|billion|mln|bn)\b", re.I)
_COUNTS = re.compile(
    r" (?:[\w'-]+ ){0,3}?(?:meeting|session|sitting|summit|talks|round|edition|plenary|gathering|conference|time|"
    r"ministerial|encounter|reunion|one)\b|[,.;]| (?:in|on|at) "
)
_ON_A_DAY = frozenset(["date-day", "date-range", "date-weekday", "date-weekdays", "date-day_shift"])
_MEMBERS_OF = re.compile(r"\b(?:[Mm]embers|[Cc]ountries|[Nn]ations|[Ss]tates) of (?:the |its )?$")
# Names teach nothing of the next article: only words in lower case are weighed.
_WORD = re.compile(r"\b[a-z]{3,}(?:-[a-z]+)?\b")


# "there will be no meeting in the near future"
_NONE = Screened(r"\b[Nn]o (?:[\w-]+ ){0,3}?(?:meetings?|sessions?|talks|summits?|gatherings?)\b")


class EventReader(LaunchReader):
    """Weighs the sentences in which no mention of a meeting was found."""

    def weighed(
        self, sentence: Sentence, here: list[MeetingMention], found: list[MeetingMention]
    ) -> list[MeetingMention]:
        """Rule meeting-weighed: people of a group, a day, a town and the furniture of meetings."""
        if here or not self.tells_when_or_where(sentence) or self.unlikely(sentence):
            return []
        signs = self.signs(sentence, found)
        if signs is None or WEIGHTS.probability(signs) < THRESHOLD:
            return []
        if _MADE.search(sentence.text) and not signs & {"meets", "gathering", "seat", "attends"}:
            return []
        if words.MEMBERSHIP.search(sentence.text) and "town" not in signs:
            return []
        anchor = next((match for _, pattern in _SIGNS if (match := pattern.search(sentence.text))), None)
        anchor = anchor or _PEOPLE.search(sentence.text)
        there = {"town", "day-of-its-own"} <= signs and not signs.isdisjoint(_ON_A_DAY)
        members = self._members(sentence) if anchor is None and there else None
        if anchor is not None:
            start, end = sentence.start + anchor.start(), sentence.start + anchor.end()
        elif members is not None:
            start, end = members
        else:
            return []
        mention = MeetingMention("anaphor", start, end, start, end, sentence, definite=True)
        self.describe(mention, sentence.text, sentence.start)
        mention.start, mention.end = start, end
        # "where navies first trained together" counts no meetings.
        if mention.ordinal_span is not None and not _COUNTS.match(self.view, mention.ordinal_span[1]):
            mention.ordinal = mention.ordinal_span = None
        return [mention]

    def _members(self, sentence: Sentence) -> Span | None:
        """ "The Contact Group is back at Ramstein on 19 March": the group stands for its members, whatever they do.

        A coalition may be launched in a town on a day; its members come there.
        """
        for group in self.groups_in(sentence.start, sentence.end):
            if "oalition" not in self.view[group.start : group.end] or _MEMBERS_OF.search(
                self.view, sentence.start, group.start
            ):
                return group.start, group.end
        meant = words.GROUP_ANAPHOR.search(sentence.text)
        return (sentence.start + meant.start(), sentence.start + meant.end()) if meant is not None else None

    def tells_when_or_where(self, sentence: Sentence) -> bool:
        """Has a sentence a day or a town? Asked first, as most have neither and need no closer look."""
        return bool(self.reading.dates_of(sentence)) or self._town(sentence)

    def unlikely(self, sentence: Sentence) -> bool:
        """Does a sentence say that it tells of something else: a pair, a pact, a share in a purchase?"""
        text = sentence.text
        if words.TERM_OF_OFFICE.search(text) and not words.MEET_VERB.search(text):
            return True
        told = (_NONE, _OF_TWO, _SIGNED_PACT, _ANNOUNCED, _ANNIVERSARY, _CEREMONY, words.SHARING)
        return any(pattern.search(text) for pattern in told) or self.refused(sentence)

    def refused(self, sentence: Sentence) -> bool:
        """Does a sentence name a gathering that is none of ours? Said by the reader of nouns."""
        raise NotImplementedError

    def signs(self, sentence: Sentence, found: list[MeetingMention]) -> set[str] | None:
        """The signs of a sentence after the mentions `found`; None for one without a day or a town."""
        text = sentence.text
        if sentence.is_title or len(text) > MOST_CHARACTERS:
            return None
        # Rule scope-two: one official who meets another by name is no gathering.
        if _WITH_ONE.search(text) and not _PEOPLE.search(text) and not self.groups_in(sentence.start, sentence.end):
            return None
        dates = [
            d
            for d in self.reading.dates_of(sentence)
            if d.kind not in ("week", "year_shift") and not of_a_thing(self.view, d)
        ]
        town = self._town(sentence)
        if not dates and not town:
            return None
        signs = {_SIGNS[i][0] for i in _SCREEN.possible(text) if _SIGNS[i][1].search(text)}
        for name, shown in (
            ("people", _PEOPLE.search(text)),
            ("against", _AGAINST.search(text)),
            ("money", _MONEY.search(text)),
            ("group", self.groups_in(sentence.start, sentence.end)),
            ("group-meant", words.GROUP_ANAPHOR.search(text)),
            ("ordinal", words.ORDINAL.search(text)),
            ("founded", _FOUNDED.search(text)),
            ("attendance", attendance_in(self.reading, sentence.start, sentence.end)),
            ("town", town),
            ("town-and-date", town and dates),
        ):
            if shown:
                signs.add(name)
        said = [d for d in dates if _SPOKEN_DAY.search(self.view[sentence.start : d.start])]
        signs.add("day-of-statement" if said else "no-statement")
        if len(dates) > len(said):
            signs.add("day-of-its-own")
        signs |= {f"date-{d.kind}" for d in dates}
        last = next((m.sentence.index for m in reversed(found) if m.kind != "anaphor"), None)
        distance = 9 if last is None else sentence.index - last
        signs.add("near" if distance <= 1 else "close" if distance <= 3 else "far")
        signs.add(f"paragraph-{min(3, sentence.paragraph)}")
        signs.add(f"groups-{min(2, len(self.named_groups.keys))}")
        return signs | {f"word-{word}" for word in _WORD.findall(text)}
