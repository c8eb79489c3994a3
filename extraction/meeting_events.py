"""Meetings told without any of the usual words: a sentence weighed by what it holds of a meeting.

"Seven ministers walked into the old customs house in Gdynia on Tuesday" has no noun for a meeting and no verb of
gathering, but a body, a town, a day. Rule meeting-weighed: each such sign has a weight; a sentence that reaches the bar
and has a day or a town is a mention, joined to the meeting at hand unless its day or town says otherwise.
"""

from __future__ import annotations

import re

from extraction import meeting_words as words
from extraction.document import Sentence
from extraction.meeting_attributes import attendance_in
from extraction.meeting_ellipsis import EllipsisReader
from extraction.meeting_mentions import MeetingMention

_PEOPLE = re.compile(
    r"\b(?:(?:defen[cs]e )?(?:ministers|secretaries)|delegations?|delegates|directors|leaders|chiefs|colleagues|"
    r"counterparts|opposite numbers|heads of (?:state|government)|generals|admirals|envoys|capitals|allies|"
    r"partners|participants|principals|armaments (?:directors|chiefs))\b",
    re.I,
)
_SIGNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:met|meets?|meeting|gather\w*|conven\w+|assembl\w+|reconven\w+|reunion|get-together)\b",
        r"\b(?:session|summit|talks|round|edition|plenary|ministerial|conference|huddle|consultations|deliberations|"
        r"dinner|lunch|retreat|discussions)\b",
        r"\b(?:in the chair|chair(?:ed|s|ing)?|presid(?:ed|es|ing)|gavel|host(?:ed|s|ing)?|guests? of|welcom\w+|"
        r"receiv(?:e|ed|es|ing)|invit\w+|play(?:s|ed)? host|convenor)\b",
        r"\b(?:sat|sit|sits|sitting|seated|round the table|around the table|at the table|in the room|on screens?|"
        r"by video|by link|online|virtual\w*|dial\w+ in|agenda)\b",
        r"\b(?:agree[ds]?|sign(?:ed|s)?|pledge[ds]?|decide[ds]?|approve[ds]?|endorse[ds]?|adopt(?:ed|s)?|settled?|"
        r"discuss(?:ed|es)?|inked|communique|declaration)\b",
        r"\b(?:took part|take part|takes part|attend\w*|represented|(?:was|were) present|showed up|travel\w+|flew|"
        r"arriv\w+)\b",
    )
)
_AGAINST = re.compile(
    r"\b(?:bilateral\w*|exercises?|drills?|parliament\w*|cabinet|press conference|news conference|telephone\w*|"
    r"by phone|shareholders?|court|factory|plant|company|contract|election|funeral|concert|tour|visited|"
    r"peace talks|ceasefire|negotiators|born|married|retired|arrested|festival|trade fair|"
    r"sailors|manoeuvres|maneuvers)\b",
    re.I,
)
_FOUNDED = re.compile(r"\b(?:was|were|been) (?:founded|created|set up|established|born|formed|conceived)\b", re.I)
_SPOKEN_DAY = re.compile(
    r"\b(?:said|says|told|announced|added|wrote|posted|confirmed|approved|signed|published)\b[^,;]{0,40}$", re.I
)
_MONEY = re.compile(r"[$\u20ac\u00a3]\s?\d|\b(?:million|billion|mln|bn)\b", re.I)
_BAR = 5.0


class EventReader(EllipsisReader):
    """Weighs the sentences in which no mention of a meeting was found."""

    def weighed(
        self, sentence: Sentence, here: list[MeetingMention], found: list[MeetingMention]
    ) -> list[MeetingMention]:
        """Rule meeting-weighed: people of a group, a day, a town and the furniture of meetings."""
        if sentence.is_title or len(sentence.text) > 500 or any(m.kind != "anaphor" for m in here):
            return []
        text = sentence.text
        signs = [match for pattern in _SIGNS if (match := pattern.search(text)) is not None]
        people = _PEOPLE.search(text)
        groups = self.groups_in(sentence.start, sentence.end)
        if not signs or not (groups or people):
            return []
        dates = [
            d
            for d in self.reading.dates_of(sentence)
            if d.kind in ("day", "range", "month", "weekday", "day_shift", "weekdays")
            and not _SPOKEN_DAY.search(self.view[sentence.start : d.start])
        ]
        town = self._town(sentence)
        if not dates and not town:
            return []
        weight = 1.0 * min(3, len(signs)) + 1.5 * bool(people) + 2.0 * bool(groups) + 1.0 * bool(dates) + 1.0 * town
        weight += 1.0 * bool(words.ORDINAL.search(text)) + 0.5 * bool(words.GROUP_ANAPHOR.search(text))
        weight += 1.5 * (attendance_in(self.reading, sentence.start, sentence.end) is not None)
        weight -= (
            1.5 * bool(_MONEY.search(text)) + 4.0 * bool(_AGAINST.search(text)) + 2.0 * bool(_FOUNDED.search(text))
        )
        # The lead of an article tells its news: while nothing was found it is read more readily.
        lead = not any(m.kind != "anaphor" for m in found) and sentence.paragraph < 5
        if weight < _BAR - 1.5 * lead or here:
            return []
        anchor = signs[0]
        start, end = sentence.start + anchor.start(), sentence.start + anchor.end()
        mention = MeetingMention("anaphor", start, end, start, end, sentence, definite=True)
        self.describe(mention, text, sentence.start)
        mention.start, mention.end = start, end
        return [mention]

    def _town(self, sentence: Sentence) -> bool:
        return any(
            hit.get("place", "capital", "venue")
            and re.search(
                r"\b(?:in|at|to|near|outside)\s(?:the\s)?(?:\w+\s)?$", self.view[max(0, hit.start - 20) : hit.start]
            )
            for hit in self.reading.hits_in(self.reading.body_start(sentence), sentence.end)
        ) or bool(re.search(r"\b(?:in|at) [A-Z][a-z\u00e0-\u017e]{3,}(?=[,.]| on\b| in\b)", sentence.text))
